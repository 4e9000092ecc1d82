*	*	-	header
