#ifndef PROBES_JCARD_H
#define PROBES_JCARD_H

/*
 * A jCard (RFC 7095) as registration servers send it: what it says of a
 * person or an organisation.
 *
 * Never read by position.  Properties of a wrong shape are passed over; of
 * several with one name the first that is not empty is taken.  Strings are
 * owned by the card, "" where there is none, and end at a NUL.
 *
 *	country		the cc parameter of the address (RFC 8605), else its
 *			seventh part, else the last line of its label where
 *			that is a country's name in English.  A name that the
 *			table of page_rules.def knows becomes its code, another
 *			seventh part stays as written.  country_from: "cc
 *			parameter", "address", "last line of the address" or ""
 *	address		its label, else its parts, ", " between
 *	contact		a contact-uri, given by some instead of an e-mail address
 */

#include <glib.h>
#include <jansson.h>

#define JCARD_PROPERTIES	128
#define JCARD_PARTS		16	/* of an address, and of each part */

struct jcard {
	char		*name, *org, *kind;
	char		*country;
	const char	*country_from;
	char		*email, *tel, *contact, *address;
};

/* vcard: the value of vcardArray, or NULL.  Always to be cleared. */
void	jcard_read(struct jcard *, const json_t *vcard);
void	jcard_clear(struct jcard *);

#endif
