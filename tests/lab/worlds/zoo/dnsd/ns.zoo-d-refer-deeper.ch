*	*	-	refer	www.zoo-d-refer-deeper.ch. 60 IN NS ns.www.zoo-d-refer-deeper.ch.
