   Domain Name: RESET-NAME.COM
   Registry Domain ID: 2000000005_DOMAIN_COM-VRSN
   Registrar WHOIS Server: whois.reset-registrar.com
   Updated Date: 2026-01-02T03:04:05Z
   Creation Date: 2017-05-06T07:08:09Z
   Registry Expiry Date: 2028-05-06T07:08:09Z
   Registrar: Lab Registrar
   Registrar IANA ID: 9999
   Name Server: NS1.WHOIS-DEMO.COM
   DNSSEC: unsigned
>>> Last update of whois database: 2026-11-20T03:00:00Z <<<
