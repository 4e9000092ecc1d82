Domain Name: reset-name.com
Registrar: Reset Registrar
Registrar IANA ID: 9999
Registrant Organization: Reset Cinema LLC
Registrant Country: US
Registrar Registration Expiration Date: 2028-05-06T07:08:09Z
!reset
