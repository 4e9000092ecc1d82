*	*	-	refused
