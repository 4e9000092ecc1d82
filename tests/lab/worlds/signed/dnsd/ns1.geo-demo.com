geo-demo.com	A	ecs=203.0.113.0/24	answer scope=24	geo-demo.com. 60 IN A 192.0.36.91
geo-demo.com	A	ecs	answer scope=0	geo-demo.com. 60 IN A 192.0.36.86
