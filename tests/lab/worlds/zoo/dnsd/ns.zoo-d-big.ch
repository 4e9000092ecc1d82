*	*	-	big
