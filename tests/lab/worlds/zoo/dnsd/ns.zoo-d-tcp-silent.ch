*	*	udp	tc
*	*	tcp	silent
