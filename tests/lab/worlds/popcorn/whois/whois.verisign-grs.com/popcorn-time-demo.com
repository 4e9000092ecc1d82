   Domain Name: POPCORN-TIME-DEMO.COM
   Registry Domain ID: 2000000001_DOMAIN_COM-VRSN
   Registrar WHOIS Server: whois.instra.net
   Registrar URL: http://www.instra.com
   Updated Date: 2026-03-02T08:15:44Z
   Creation Date: 2018-03-14T10:21:07Z
   Registry Expiry Date: 2027-03-14T10:21:07Z
   Registrar: Instra Corporation Pty Ltd.
   Registrar IANA ID: 1376
   Registrar Abuse Contact Email: abuse@instra.net
   Registrar Abuse Contact Phone: +61.000000000
   Domain Status: clientTransferProhibited https://icann.org/epp#clientTransferProhibited
   Name Server: ADA.NS.CLOUDFLARE.COM
   Name Server: BOB.NS.CLOUDFLARE.COM
   DNSSEC: unsigned
   URL of the ICANN Whois Inaccuracy Complaint Form: https://www.icann.org/wicf/
>>> Last update of whois database: 2026-11-20T03:00:00Z <<<

NOTICE: simulated network, this is not the registry of .com.
