*	*	-	delay=300
