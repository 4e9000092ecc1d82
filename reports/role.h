#ifndef REPORTS_ROLE_H
#define REPORTS_ROLE_H

/*
 * Roles are decided here and nowhere else, from signs in the facts, from the
 * tables and from the date of the assessment.  An address may hold several,
 * each with the fact that gives it.  DNS can never give DOE_ACTIVITY; without
 * imports no address has it.
 *
 *	HOST		a name of a target has the address (dns.a, dns.aaaa), and
 *			nothing says it is a delivery network's edge
 *	CDN_EDGE	the same, with two agreeing signs of a delivery network
 *	DNS		a name server of a target's zone
 *	MAIL		a mail server of a target
 *	REGISTRAR_WEB	an address of a registrar's or registry's own service
 *	others		from imports and tables only
 */

#include "reports/record.h"

enum role {
	ROLE_HOST, ROLE_CDN_EDGE, ROLE_DNS, ROLE_MAIL, ROLE_REGISTRAR_WEB,
	ROLE_DOE_ACTIVITY, ROLE_USER_THIRD_PARTY, ROLE_DISMISSED_PARTY,
	ROLE_PLAINTIFF_SIDE, ROLE_EXIT_PROXY, ROLE_UNKNOWN, ROLES,
};

struct role_row {
	char		*ip;
	enum role	 role;
	char		*name;		/* the name through which it has the role, "" */
	char		*target;
	GPtrArray	*facts;		/* struct fact *, borrowed: what gives the role */
	/* What the record says of the address, borrowed, NULL where nothing: */
	const struct fact *network, *holder;
	GPtrArray	*places;	/* struct fact * geo.place, borrowed */
	const struct run *run;
	/* The delivery network that the signs name: of a CDN_EDGE, two of them
	 * agree; of a HOST, only one was seen, so it "may be" one.  NULL: none. */
	const char	*delivery;
	gboolean	 own;		/* name is the target, below it, or its alias */
};

const char	*role_name(enum role);
/* Every (address, role, name) of a run, by first fact; caller frees the array
 * (it frees its rows). */
GPtrArray	*roles_of_run(const struct record *, const struct run *);

#endif
