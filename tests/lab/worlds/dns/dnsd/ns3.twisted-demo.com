*	*	-	noaa
