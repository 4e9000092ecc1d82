*	*	-	tc
