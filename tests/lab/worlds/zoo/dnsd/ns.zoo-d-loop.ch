*	*	-	loop
