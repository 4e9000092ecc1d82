*	*	udp	tc
*	*	tcp	cut=20
