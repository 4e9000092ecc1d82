*	*	udp	tc
*	*	tcp	garbage
