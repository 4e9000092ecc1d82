   Domain Name: PLAIN-DEMO.COM
   Registry Domain ID: 2000000002_DOMAIN_COM-VRSN
   Updated Date: 2026-01-02T03:04:05Z
   Creation Date: 2017-05-06T07:08:09Z
   Registry Expiry Date: 2028-05-06T07:08:09Z
   Registrar: Lab Registrar
   Registrar IANA ID: 9999
   Registrar Abuse Contact Email: abuse@lab.example
   Domain Status: ok https://icann.org/epp#ok
   Name Server: NS1.PLAIN-DEMO.COM
   Name Server: NS2.PLAIN-DEMO.COM
   DNSSEC: signedDelegation
>>> Last update of whois database: 2026-11-20T03:00:00Z <<<
