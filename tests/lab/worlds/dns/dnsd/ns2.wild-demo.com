*	SOA	-	decoy
*	NS	-	question
*	A	-	lowercase
