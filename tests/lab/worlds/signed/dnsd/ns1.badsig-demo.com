badsig-demo.com	A	-	badsig
