*	*	-	question
