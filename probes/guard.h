#ifndef PROBES_GUARD_H
#define PROBES_GUARD_H

/*
 * The address guard: which addresses may be connected to.
 *
 * One const table of prefixes, from the IANA special-purpose registries
 * (RFC 6890, RFC 8190 and the RFCs that each row names).  An address that a
 * stranger's DNS answer gave must never make us talk to our own network, so
 * what is not public by that table is refused, and so is an IPv6 form that
 * carries an IPv4 address inside which is not public.
 *
 * Pure: no socket, no resolver, no state.
 */

#include <glib.h>
#include <sys/socket.h>

#define ADDR_TEXT	46	/* an address as text, NUL included */

/*
 * NULL where the address may be connected to, else a static word for the
 * record: "private", "loopback", "link-local", "multicast", "reserved",
 * "documentation", "unspecified", "benchmark", "shared", "mapped",
 * "embedded private", "site-local", "unique-local", "not an address".
 * An IPv4-mapped address gives the word of the address inside, or "mapped".
 */
const char	*guard_address(const char *ip);
/* The same of the 4 or 16 bytes of an address. */
const char	*guard_bytes(const unsigned char *, size_t len);
/* The RFC that says so, "RFC 1918"; NULL where the address is public. */
const char	*guard_source(const char *ip);
/*
 * For the callback that opens sockets: TRUE where it may be connected to, else
 * FALSE and *word (may be NULL) is set as above.
 */
gboolean	 guard_sockaddr(const struct sockaddr *, socklen_t,
		    const char **word);

/*
 * The IPv4 address to which an IPv6 address leads through a translator or a
 * relay: mapped, NAT64 (RFC 6052), 6to4 (RFC 3056), Teredo (RFC 4380).  FALSE
 * where there is none.
 */
gboolean	 guard_inner(const unsigned char addr[16], unsigned char v4[4]);

/* The RFC 5952 form of an address literal (no zone, no brackets): 0 or -1. */
int		 addr_canonical(const char *in, char out[ADDR_TEXT]);
/* The same text for the 4 or 16 bytes of an address; -1 for other lengths. */
int		 addr_text(const unsigned char *, size_t len,
		    char out[ADDR_TEXT]);
/*
 * Appends the name under which the reverse record of an address stands, with
 * its final dot: "4.0.41.198.in-addr.arpa."; nothing where it is no address.
 */
void		 addr_reverse_name(const char *ip, GString *out);

#endif
