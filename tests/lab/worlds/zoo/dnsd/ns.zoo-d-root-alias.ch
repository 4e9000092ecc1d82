zoo-d-root-alias.ch	A,AAAA	-	answer	zoo-d-root-alias.ch. 60 IN CNAME .
