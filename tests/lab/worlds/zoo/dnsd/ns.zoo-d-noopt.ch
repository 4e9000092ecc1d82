*	*	-	noopt
