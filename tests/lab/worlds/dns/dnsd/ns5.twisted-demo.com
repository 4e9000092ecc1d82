*	*	-	silent
