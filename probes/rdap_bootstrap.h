#ifndef PROBES_RDAP_BOOTSTRAP_H
#define PROBES_RDAP_BOOTSTRAP_H

/*
 * Which server has registration data of a name or an address: IANA's bootstrap
 * registries (RFC 9224), and a short list of services that are not in them.
 *
 * A name is matched by its longest suffix of labels, an address by its longest
 * prefix, an AS number by its range, the handle of an entity by the tag after
its last "-" (RFC 9224 sections 4 and 5, RFC 8521).  Of several URLs the first https one is
 * taken, http only where there is no other; a URL ends in exactly one slash.
 * What is not a plain http(s) URL is passed over.
 *
 * Names are given as lower-case A-labels; a final dot is ignored.  What comes
 * back is borrowed from the bootstrap, or interned for the life of the program.
 */

#include <glib.h>

#define BOOTSTRAP_ENTRIES	65536	/* suffixes or prefixes read of one file */
#define BOOTSTRAP_DEPTH		8	/* of its JSON; RFC 9224 needs 4 */

struct bootstrap;

/* NULL where the bytes are not a bootstrap registry. */
struct bootstrap *bootstrap_parse(const char *, size_t);
void		 bootstrap_free(struct bootstrap *);
/* "" where the file does not say. */
const char	*bootstrap_publication(const struct bootstrap *);
/* How many suffixes, prefixes or ranges it lists. */
guint		 bootstrap_entries(const struct bootstrap *);
/* The base URL, or NULL where not listed; publication may be NULL. */
const char	*bootstrap_domain(const struct bootstrap *, const char *name,
		    const char **publication);
const char	*bootstrap_ip(const struct bootstrap *, const char *ip,
		    const char **publication);
const char	*bootstrap_asn(const struct bootstrap *, guint32 as,
		    const char **publication);
const char	*bootstrap_tag(const struct bootstrap *, const char *handle,
		    const char **publication);
/* IANA's file as the program carries it: "dns", "ipv4", "ipv6", "asn",
 * "object-tags". */
const char	*bootstrap_embedded(const char *which, size_t *len);
/* A service that IANA does not list; NULL where none is known. */
const char	*rdap_unlisted(const char *name);

#endif
