#ifndef PROBES_SHIELD_H
#define PROBES_SHIELD_H

/*
 * Addresses that are asked about and never contacted.
 *
 * What people bring names addresses of persons: a Doe's, a user's.  They are
 * looked up at registries, in the DNS and in local lists; to the address itself
 * nothing is ever sent, also where it serves a target, a name server or a
 * registry: whoever sits there now would see who is asking.  An IPv6 address
 * that carries such an IPv4 address inside (guard.h) leads there too.
 *
 * The loop asks before a question is begun and again where libcurl opens the
 * socket; the exchange then has status guard and SHIELD_WORD.  Pure.
 */

#include <glib.h>
#include <stdint.h>
#include <sys/socket.h>

#define SHIELD_WORD	"imported address: asked about, never contacted"

struct shield;

struct shield	*shield_new(void);
void		 shield_free(struct shield *);
/* family 4 or 6, with 4 or 16 bytes. */
void		 shield_add(struct shield *, int family, const uint8_t *);
/* After the last shield_add(), and before anything else. */
void		 shield_close(struct shield *);
size_t		 shield_count(const struct shield *);	/* each once */
/* FALSE for a shield of NULL, and for what is no address. */
gboolean	 shield_holds(const struct shield *, const char *ip);
gboolean	 shield_sockaddr(const struct shield *, const struct sockaddr *,
		    socklen_t);

#endif
