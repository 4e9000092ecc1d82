zoo-d-alias.ch	*	-	answer	zoo-d-alias.ch. 60 IN CNAME zoo-d-alias.ch.
