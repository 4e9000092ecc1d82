*	*	-	badvers
