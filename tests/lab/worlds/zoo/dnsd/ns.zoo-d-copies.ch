*	*	-	copies=50
