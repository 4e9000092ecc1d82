   Domain Name: ZOO-R-RESET.COM
   Registry Domain ID: 1_DOMAIN_COM-VRSN
   Registrar WHOIS Server: whois.verisign-grs.com
   Registrar: Zoo Registrar
   Registrar IANA ID: 9999
>>> Last update of whois database: 2026-11-01T00:00:00Z <<<
