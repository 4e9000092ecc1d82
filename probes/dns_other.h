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
 * Options of the question (dns.h has those of the ladder):
 *	rd		recursion is wanted
 *	ch		class CH
 *	ecs=PREFIX	EDNS client subnet (RFC 7871)
 *
 * A resolver that was given a subnet has both "rd" and "ecs=".
 */

#include "probes/exchange.h"

#define NOTE_RESOLVER	"resolver "
#define NOTE_SUBNET	"subnet "
#define NOTE_ECHO	"echo "

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
