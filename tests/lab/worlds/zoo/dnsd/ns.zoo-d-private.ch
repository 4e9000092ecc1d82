*	A	-	answer	zoo-d-private.ch. 60 IN A 10.9.8.7
