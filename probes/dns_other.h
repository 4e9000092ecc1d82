#ifndef PROBES_DNS_OTHER_H
#define PROBES_DNS_OTHER_H

/*
 * DNS questions that are not the walk's: what is asked of somebody who does not
 * speak for the zone, or of the zone on somebody's behalf.  Their answers are
 * facts of kinds of their own, never dns.a and the like.
 *
 *	note "resolver NAME"	a public resolver's answer (data/resolvers.tsv)
 *	note "subnet LABEL"	a zone's own server, with a client subnet
 *	note "echo OPERATOR"	a name that answers with our own address
 *
 * And the walk's own, where case.ini names recursive servers:
 *	note "recursive"	asked with "rd" in place of the zone's servers.
 *				Their records are dns.a and the like with by
 *				"recursive", and dns.recursive says how each
 *				server answered; neither is ever the zone's own
 *				word
 *
 * Options of the question (dns.h has those of the ladder):
 *	rd		recursion is wanted
 *	ch		class CH
 *	ecs=PREFIX	EDNS client subnet (RFC 7871)
 *
 * A resolver that was given a subnet has both "rd" and "ecs=".
 */

#include <ldns/ldns.h>

#include "probes/exchange.h"
#include "probes/guard.h"

#define NOTE_RESOLVER	"resolver "
#define NOTE_SUBNET	"subnet "
#define NOTE_ECHO	"echo "
#define NOTE_RECURSIVE	"recursive"

/* A row of resolvers.tsv. */
struct resolver {
	char	 *name, *operator, *host;
	char	**addresses;
	gboolean  ecs;
};

/* A row of echo.tsv. */
struct echo {
	char	 *operator, *name, *type, *options, *host;
	char	**addresses;
};

/* The rows; caller unrefs.  names NULL: all of them. */
GPtrArray	*resolvers_load(char *const *names);
GPtrArray	*echoes_load(void);

/* "192.0.2.53" or "192.0.2.53#5353": 0, and the address in its plain form; -1
 * where it is neither. */
int		 dns_server_read(const char *text, char ip[ADDR_TEXT],
		    uint16_t *port);
/* The port of the list's server of that address; 53 where it has none. */
uint16_t	 dns_server_port(char *const *servers, const char *ip);
/* Whether a question went to a recursive server of the case's, for the walk. */
gboolean	 dns_is_recursive(const struct question *);
/* dns.recursive: how a recursive server answered. */
void		 dns_recursive_fact(const struct exchange *, const ldns_pkt *,
		    GString *out);

/* "203.0.113.0/24" in its wire form (RFC 7871 6, without the scope's value);
 * its length, or 0 where it is no prefix. */
size_t		 subnet_wire(const char *text, uint8_t out[20]);
/* Changes the message to what the options say; the OPT record stays last. */
void		 dns_query_extend(const struct question *, uint8_t **wire,
		    size_t *len);
/* TRUE where the exchange is of this kind: read, and *rc what came of it. */
gboolean	 dns_other_read(const struct exchange *, GString *out, int *rc);
/* The name of an extended error, RFC 8914 4; "unassigned". */
const char	*dns_ede_name(unsigned code);

#endif
