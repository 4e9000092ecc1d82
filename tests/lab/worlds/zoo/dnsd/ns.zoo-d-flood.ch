*	A	-	flood=600
