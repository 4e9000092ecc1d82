*	*	udp	tc
*	*	tcp	close
