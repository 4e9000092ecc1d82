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
 *	EXIT_PROXY	a dated list names the address as an exit of Tor or of a
 *			VPN service; the list's date is the fact's
 *	PLAINTIFF_SIDE	own_addresses.txt holds the address
 *	UNKNOWN		something was asked of the address, and nothing says more
 *
 * and from rows of imported activity logs, by who each row is of that day
 * (standing.h); an address has all that its rows give it:
 *
 *	DOE_ACTIVITY	a Doe whom parties.csv lists, and nothing that keeps the
 *			address from being the Doe's own
 *	DISMISSED_PARTY	a party who is dismissed by then
 *	USER_THIRD_PARTY nobody of the case
 *	PLAINTIFF_SIDE	the plaintiff, own_addresses.txt, or the address that a
 *			run was seen from
 *	EXIT_PROXY	any of them, through an exit that a list names
 *	UNKNOWN		somebody whom parties.csv does not have, or a named party
 *
 * What a list says of a whole network, or what its number is listed for, gives
 * no role: it stands beside it.
 */

#include "reports/record.h"

enum role {
	ROLE_HOST, ROLE_CDN_EDGE, ROLE_DNS, ROLE_MAIL, ROLE_REGISTRAR_WEB,
	ROLE_DOE_ACTIVITY, ROLE_USER_THIRD_PARTY, ROLE_DISMISSED_PARTY,
	ROLE_PLAINTIFF_SIDE, ROLE_EXIT_PROXY, ROLE_UNKNOWN, ROLES,
};

/* A row of an imported log. */
struct role_source { const struct import *import; uint32_t row; };

struct role_row {
	GRefString	*ip;
	enum role	 role;
	GRefString	*name;		/* the name through which it has the role, "" */
	GRefString	*target;
	const GPtrArray	*facts;		/* struct fact *, borrowed: what gives the role */
	/* What the record says of the address, borrowed, NULL where nothing: */
	const struct fact *network, *holder;
	const GPtrArray	*places;	/* struct fact * geo.place, borrowed */
	const GPtrArray	*listed;	/* ip.listed, then as.listed of who announces it */
	const GPtrArray	*origins;	/* ip.origin, one a network that announces it */
	const GPtrArray	*reverse;	/* ip.reverse, else dns.ptr; one a name */
	const struct run *run;
	/* The delivery network that the signs name: of a CDN_EDGE, two of them
	 * agree; of a HOST, only one was seen, so it "may be" one.  NULL: none. */
	const char	*delivery;
	/* The hosted platform that one sign or more name, NULL: none. */
	const char	*platform;
	/* A list of parking services holds it or a name server of the target. */
	const struct fact *parked;
	gboolean	 own;		/* name is the target, below it, or its alias */
	/* Rows that give the role; of roles of logs (audience_roles()), which have
	 * no run, and facts only where a list says what the address is. */
	GArray		*imports;	/* struct role_source, NULL: none */
};

const char	*role_name(enum role);
/* To whom the registry says that its network is allocated, and the country of
 * that, else of the network; "" where the record does not say. */
const char	*role_org(const struct role_row *);
const char	*role_country(const struct role_row *);
/* Every (address, role, name) of a run, by first fact; caller frees the array
 * (it frees its rows). */
GPtrArray	*roles_of_run(const struct record *, const struct run *);

/* The same, and for each of its addresses the roles that rows of imported logs
 * give it (audience.h), in place of UNKNOWN; as an assessment has them.  sight:
 * an assessment's, or NULL. */
struct sight;
GPtrArray	*roles_with_logs(const struct record *, const struct sight *,
		    const struct run *);

/*
 * Where a host behind edges might be looked for, of a target that has some:
 * zone.address facts of other addresses than the edges', and dns.a or dns.aaaa of
 * earlier runs.  Hints and no more: nothing says that one of them is the host.
 * NULL-free array of struct role_hint; caller frees it.
 */
struct role_hint {
	const struct run	*run;
	const struct fact	*fact;
	const char		*ip;	/* or a prefix */
	gboolean		 earlier;
};
GArray		*role_hints(const struct record *, const struct run *,
		    const char *target, const GPtrArray *roles);

#endif
