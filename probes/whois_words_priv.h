#ifndef PROBES_WHOIS_WORDS_PRIV_H
#define PROBES_WHOIS_WORDS_PRIV_H

/* What the index of words and their tables share. */

#include "probes/whois.h"

enum attribute {
	ATTR_NONE,
	ATTR_NAME, ATTR_ORG, ATTR_STREET, ATTR_CITY, ATTR_STATE, ATTR_POSTCODE,
	ATTR_COUNTRY, ATTR_PHONE, ATTR_PHONE_EXT, ATTR_FAX, ATTR_FAX_EXT,
	ATTR_EMAIL, ATTR_HANDLE, ATTR_TYPE, ATTR_URL, ATTR_NUMBER, ATTR_ID,
	ATTRIBUTES,
};

struct whois_word {
	const char	*word;
	int		 means;
};

struct whois_plain {
	const char	*word, *field;
};

extern const struct whois_word whois_roles[], whois_attributes[];
extern const struct whois_plain whois_plains[];
extern const size_t whois_roles_count, whois_attributes_count,
    whois_plains_count;

#endif
