*	*	-	noqr
