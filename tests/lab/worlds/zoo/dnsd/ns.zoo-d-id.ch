*	*	-	id
