*	*	udp	tc
