*	*	-	refer	zoo-d-refer-self.ch. 60 IN NS ns.zoo-d-refer-self.ch.
