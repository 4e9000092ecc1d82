#ifndef PROBES_IP_RANGE_H
#define PROBES_IP_RANGE_H

/*
 * Ranges of addresses as registries write them: two ends, or a prefix.
 *
 * An address is 16 bytes, IPv4 as its mapped form (::ffff:192.0.2.1), so that
 * ranges of both families compare as bytes.
 */

#include <glib.h>
#include <jansson.h>

#define RANGE_CIDRS	64	/* prefixes that one range is taken apart into */

struct ip_range {
	unsigned char	 first[16], last[16];
};

/* "192.0.2.1", "2001:db8::/128": a mask after it is passed over, because old
 * servers write one at the ends of a range.  FALSE where it is no address. */
gboolean	 ip_bytes(const char *, unsigned char out[16]);
/* "192.0.2.0/24", or one address.  Bits beyond the mask are passed over. */
gboolean	 ip_prefix(const char *, struct ip_range *);
/* "192.0.2.0-192.0.2.255", with blanks or not, or what ip_prefix() takes. */
gboolean	 ip_range(const char *, struct ip_range *);
gboolean	 ip_range_ends(const char *first, const char *last,
		    struct ip_range *);
gboolean	 ip_range_holds(const struct ip_range *,
		    const struct ip_range *inner);
/* Less than, equal to or greater than 0: by the number of addresses. */
int		 ip_range_larger(const struct ip_range *,
		    const struct ip_range *);
gboolean	 ip_range_is_v4(const struct ip_range *);
/* A block of this name that a registry made for what is not its own, or one of
 * all addresses: nobody holds it. */
gboolean	 ip_range_made(const char *first, const char *last,
		    const char *name);
/* "192.0.2.0-192.0.2.255"; caller frees. */
char		*ip_range_text(const struct ip_range *);
/* The prefixes that make it up; an empty list where there are too many. */
json_t		*ip_range_cidrs(const struct ip_range *);
/* The prefix of one bit less than the range's first; NULL where there is none
 * or the range is no prefix.  Caller frees. */
char		*ip_range_wider(const struct ip_range *);

#endif
