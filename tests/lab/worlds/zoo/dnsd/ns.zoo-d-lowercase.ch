*	*	-	lowercase
