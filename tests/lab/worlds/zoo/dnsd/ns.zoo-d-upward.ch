*	*	-	upward
