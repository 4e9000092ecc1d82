Domain name:
flood-name.ch

Registrar:
Flood Registrar AG

First registration date:
2015-10-26

Name servers:
!repeat 100000 ns1.flood-name.ch
