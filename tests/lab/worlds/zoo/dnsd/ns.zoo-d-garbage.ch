*	*	-	garbage
