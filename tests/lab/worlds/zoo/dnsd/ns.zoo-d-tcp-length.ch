*	*	udp	tc
*	*	tcp	length=65535
