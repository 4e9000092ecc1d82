#ifndef PROBES_ORIGIN_H
#define PROBES_ORIGIN_H

/*
 * Who announces an address: Team Cymru's mapping of addresses to the networks
 * that originate their route, asked over DNS.  It rests on what a number of
 * routers saw, renewed every few hours; it says nothing of who runs a machine,
 * and its country is that of an allocation, no place.
 *
 *	1.0.16.104.origin.asn.cymru.com.  TXT
 *		"13335 | 104.16.0.0/13 | US | arin | 2014-03-28"
 *	1.0.0....origin6.asn.cymru.com.   the same, by nibbles
 *	AS13335.asn.cymru.com.            TXT
 *		"13335 | US | arin | 2010-07-14 | CLOUDFLARENET, US"
 *
 * More than one number before the first bar, or more than one record: more than
 * one network announces it.  Pure.
 */

#include <glib.h>
#include <jansson.h>

#define ORIGIN_SOURCE	"Team Cymru, routing data over DNS"

/* The name under which an address is looked up, NULL where it is none. */
char		*origin_name(const char *ip);
/* The same for "AS13335". */
char		*origin_as_name(const char *as);
/* The address that a name asks about, or the AS number; NULL.  Caller frees. */
char		*origin_address(const char *name);
char		*origin_as(const char *name);
/*
 * Facts of a text record of such a name (ip.origin, as.name); FALSE, and
 * nothing, where the name or the text is no such thing.
 */
gboolean	 origin_text(const char *name, const char *text,
		    const char *server, GString *out);
/* The same of a name that is not there: nobody was seen to announce it. */
gboolean	 origin_none(const char *name, const char *server,
		    GString *out);

#endif
