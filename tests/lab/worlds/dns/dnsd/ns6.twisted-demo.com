*	*	edns	formerr header
