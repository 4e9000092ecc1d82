Domain Name: popcorn-time-demo.com
Registry Domain ID: 2000000001_DOMAIN_COM-VRSN
Registrar WHOIS Server: whois.instra.net
Registrar URL: http://www.instra.com
Updated Date: 2026-03-02T08:15:45Z
Creation Date: 2018-03-14T10:21:07Z
Registrar Registration Expiration Date: 2027-03-14T10:21:07Z
Registrar: Instra Corporation Pty Ltd.
Registrar IANA ID: 1376
Registrar Abuse Contact Email: abuse@instra.net
Registrar Abuse Contact Phone: +61.000000000
Domain Status: clientTransferProhibited https://icann.org/epp#clientTransferProhibited
Registry Registrant ID: REDACTED FOR PRIVACY
Registrant Name: REDACTED FOR PRIVACY
Registrant Organization: REDACTED FOR PRIVACY
Registrant Street: REDACTED FOR PRIVACY
Registrant City: REDACTED FOR PRIVACY
Registrant State/Province: REDACTED FOR PRIVACY
Registrant Country: SC
Registrant Email: REDACTED FOR PRIVACY
Name Server: ada.ns.cloudflare.com
Name Server: bob.ns.cloudflare.com
DNSSEC: unsigned
>>> Last update of WHOIS database: 2026-11-20T03:00:00Z <<<

Simulated network: this is not the registrar of that name.
