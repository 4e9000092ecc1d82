*	*	-	formerr
