*	*	udp	tc
*	*	tcp	noqr
