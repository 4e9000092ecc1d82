Simulated network: this is not the registry of .ch.

Domain name:
popcorn-time.ch

Registrar:
Instra Corporation Pty Ltd.
Demonstration street 7
Melbourne
Australia

First registration date:
2015-10-26

DNSSEC:N

Name servers:
ada.ns.cloudflare.com
bob.ns.cloudflare.com
