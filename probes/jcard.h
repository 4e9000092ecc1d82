#ifndef PROBES_JCARD_H
#define PROBES_JCARD_H

/*
 * What registration servers say of a person or an organisation: a jCard (RFC
 * 7095), or a JSContact card (RFC 9553 and the drafts before it).
 *
 * A jCard is never read by position: a property is any array of the shape
 * [name, {parameters}, type, value...], however deep the lists around it are
 * nested, which is where servers differ from the RFC.  Properties of a wrong
 * shape are passed over.
 *
 * Of several with one name the first that is not empty is the member (of mail
 * addresses and telephones the first of those with the least "pref", RFC 6350
 * section 5.3, before which goes one of the type "abuse"), and the list has them all, each once.  Strings are owned by the
 * card, "" where there is none, and end at a NUL.
 *
 *	country		the cc parameter of the address (RFC 8605), else its last
 *			part, else the last line of its label where that is a
 *			country's name or ends with one behind a comma, else
 *			what some write as a property of its own.  A name that
 *			data/countries.tsv knows becomes its code, another one
 *			stays as written.  country_from: "cc parameter",
 *			"address", "last part of the address" (one in another's
 *			place), "last line of the address", "ISO-3166-1
 *			property" or ""
 *	address		its label, else its parts, ", " between; escapes of vCard
 *			("\n" as two letters) undone
 *	street ...	the parts of the first address that has any.  Parts are
 *			counted from the end, because some servers send six or
 *			eight of the seven; a part may be a list
 *	contact		a contact-uri, given by some instead of an e-mail address
 *	tel, fax	without "tel:"; an extension stays on it
 *
 * has: which properties are there at all, if only empty; a label without parts
 * counts as all parts of an address.
 */

#include <glib.h>
#include <jansson.h>

#define JCARD_PROPERTIES	128
#define JCARD_NESTING		6	/* lists around a property */
#define JCARD_VALUES		16	/* of one property, and of one list */
#define JCARD_PARTS		16	/* of an address, and of each part */

enum jcard_has {
	JCARD_NAME	= 1 << 0,
	JCARD_ORG	= 1 << 1,
	JCARD_EMAIL	= 1 << 2,
	JCARD_TEL	= 1 << 3,
	JCARD_FAX	= 1 << 4,
	JCARD_STREET	= 1 << 5,
	JCARD_CITY	= 1 << 6,
	JCARD_REGION	= 1 << 7,
	JCARD_POSTCODE	= 1 << 8,
	JCARD_COUNTRY	= 1 << 9,
	JCARD_ADDRESS	= JCARD_STREET | JCARD_CITY | JCARD_REGION |
			  JCARD_POSTCODE | JCARD_COUNTRY,
};

struct jcard {
	char		*name, *org, *kind, *title, *lang;
	char		*country;
	const char	*country_from;
	char		*email, *tel, *fax, *contact, *address, *url;
	char		*street, *city, *region, *postcode;
	/* Lists of strings; NULL where there are fewer than two. */
	json_t		*emails, *tels, *faxes, *addresses, *urls;
	unsigned	 has;		/* enum jcard_has */
	gboolean	 whole;		/* the address is one text */
	/* The mail addresses that are wanted before others, where some are. */
	json_t		*preferred;
	int		 email_rank, tel_rank;	/* "pref" of those above */
	const char	*form;		/* "jCard", "JSContact", "" */
};

/* The card of an entity, in either form.  Always to be cleared. */
void	jcard_read(struct jcard *, const json_t *entity);
void	jcard_clear(struct jcard *);
/* The card's own word for a role, "" where it has none: some servers write there
 * what belongs into the entity's "roles".  Borrowed. */
const char *jcard_role(const json_t *entity);
/* Whether it says anything: not that it is there. */
gboolean jcard_empty(const struct jcard *);

#endif
