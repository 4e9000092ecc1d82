*	*	udp	tc
*	*	tcp	id
