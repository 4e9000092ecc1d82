Domain Name: loop-name.com
Registrar WHOIS Server: https://whois.loop-a.com/
Registrar: Loop Registrar b
Registrar IANA ID: 9999
