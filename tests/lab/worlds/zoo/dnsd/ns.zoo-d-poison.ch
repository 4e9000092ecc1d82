zoo-d-poison.ch	A	-	add	www.popcorn-time.ch. 60 IN A 192.0.40.2|ch. 60 IN NS ns.zoo-d-poison.ch.
