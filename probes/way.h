#ifndef PROBES_WAY_H
#define PROBES_WAY_H

/*
 * The way out: straight to each server, or through one proxy.
 *
 * Through a proxy everything that is evidence goes: pages, registration data,
 * handshakes, and DNS too, by TCP; nothing of it is sent beside the proxy.  The
 * proxy is told addresses, never names, so that what was asked is what the
 * recorded DNS answers gave.  It is named by its own address, because looking a
 * name up would be a question that no record holds.
 *
 *	socks5://, socks5h://	RFC 1928, with user and password RFC 1929
 *	socks4://, socks4a://
 *	http://, https://	CONNECT (RFC 9110, section 9.3.6)
 *
 * label is what exchanges and settings say of it, "socks5 192.0.2.1#1080"; user
 * and password stand in no record.
 */

#include <glib.h>
#include <stdint.h>

struct way {
	char		*url;		/* scheme://host:port, nothing else */
	char		*user;		/* "user:password", NULL none */
	char		*label;
	char		*ip;		/* of the proxy, RFC 5952 */
	uint16_t	 port;
};

/*
 * From a URL as people write it (user and password may stand in it), and what a
 * password file holds (NULL: none).  0, or -1 and *why, a static text.
 */
int	way_parse(const char *url, const char *user, struct way *,
	    const char **why);
void	way_clear(struct way *);

#endif
