Domain Name: loop-name.com
Registrar WHOIS Server: https://whois.loop-b.com/
Registrar: Loop Registrar a
Registrar IANA ID: 9999
