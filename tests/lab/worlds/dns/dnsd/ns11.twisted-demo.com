*	*	-	servfail
