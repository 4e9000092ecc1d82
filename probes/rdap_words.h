#ifndef PROBES_RDAP_WORDS_H
#define PROBES_RDAP_WORDS_H

/*
 * Lists of words about registration data, carried as data:
 *
 *	data/privacy-services.txt	who stands in for registrants
 *	data/withheld-words.txt		what stands in place of a value
 *	data/withheld-whois.txt		the same, in WHOIS answers only
 *	data/countries.tsv		names of countries, and their codes
 *
 * A row of the first three is found anywhere in a text, in any case of ASCII
 * letters; one that begins with "=" must be the whole text.  Nothing is learned
 * at run time: the tables are built once from what the program carries.
 */

#include <glib.h>

#define RDAP_WORDS_TEXT	2048	/* bytes of one text that are looked at */

/* Whether the words say that something is withheld. */
gboolean	 rdap_withheld(const char *);
/* The further words that only WHOIS servers use; of any length. */
gboolean	 rdap_withheld_whois(const char *);
/* Whether it names an organisation that stands in for registrants. */
gboolean	 rdap_privacy_service(const char *);
/* The ISO 3166 code of a country's name; NULL where it is none of the table. */
const char	*rdap_country(const char *name);
/* Whether the two bytes are a code of that table. */
gboolean	 rdap_country_code(const char *);

#endif
