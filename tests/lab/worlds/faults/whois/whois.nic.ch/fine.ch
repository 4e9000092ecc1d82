Domain name:
fine.ch

Registrar:
Lab Registrar

First registration date:
2017-05-06

DNSSEC:Y

Name servers:
ns1.faults-demo.com
