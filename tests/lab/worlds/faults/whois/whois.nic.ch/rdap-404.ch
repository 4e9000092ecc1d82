Domain name:
rdap-404.ch

Registrar:
Lab Registrar

First registration date:
2017-05-06

DNSSEC:N

Name servers:
ns1.faults-demo.com
