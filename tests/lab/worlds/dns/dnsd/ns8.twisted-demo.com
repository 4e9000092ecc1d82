twisted-demo.com	A	-	answer	twisted-demo.com. 300 IN A 192.0.35.88
*	SOA	-	serial=2026103101
