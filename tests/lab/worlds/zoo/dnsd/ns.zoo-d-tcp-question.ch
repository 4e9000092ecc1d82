*	*	udp	tc
*	*	tcp	question
