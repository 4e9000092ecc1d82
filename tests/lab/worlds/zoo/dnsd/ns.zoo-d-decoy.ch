*	*	-	decoy
