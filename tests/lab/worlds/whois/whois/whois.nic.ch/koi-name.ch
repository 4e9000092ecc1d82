Domain name:
koi-name.ch

Holder of domain name:
Büro Kino GmbH
Musterweg 1

Registrar:
Kino Registrar AG

First registration date:
2015-10-26
