#include "geoip/asn.h"

/* A word of its own; case does not count. */
static bool
has_word(const char *type, const char *word, size_t n)
{
	for (const char *p = type; *p != '\0'; p++)
		if ((p == type || !g_ascii_isalnum(p[-1])) &&
		    g_ascii_strncasecmp(p, word, n) == 0 &&
		    !g_ascii_isalnum(p[n]))
			return true;
	return false;
}

/* A country database made from AS registrations names both, and is asked for a
 * place. */
bool
geo_info_is_asn(const struct geo_info *info)
{
	return has_word(info->type, "asn", 3) &&
	    !has_word(info->type, "country", 7) &&
	    !has_word(info->type, "city", 4);
}
