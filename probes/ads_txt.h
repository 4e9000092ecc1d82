#ifndef PROBES_ADS_TXT_H
#define PROBES_ADS_TXT_H

/*
 * ads.txt and app-ads.txt (IAB Tech Lab, ads.txt 1.1): who may sell a site's
 * advertisements, by the site's own word.
 *
 *	domain, account, DIRECT|RESELLER[, certification id]	ads.seller
 *	OWNERDOMAIN=, MANAGERDOMAIN=, CONTACT=, SUBDOMAIN=,
 *	INVENTORYPARTNERDOMAIN=					ads.variable
 *
 * '#' begins a comment, ';' an extension, a byte-order mark is passed over, and
 * the relation is read in any case.  A line that is neither is counted.  An
 * answer in which no line is either gives ads.file with all of them as faults:
 * a page of HTML in place of the list is not a list without sellers.
 */

#include "probes/exchange.h"

#define ADS_LINES	20000
#define ADS_ROWS	400	/* ads.seller facts: DIRECT ones first */

void	ads_facts(const struct exchange *, const char *text, size_t len,
	    GString *out);

#endif
