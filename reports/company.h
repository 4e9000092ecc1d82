#ifndef REPORTS_COMPANY_H
#define REPORTS_COMPANY_H

/*
 * Names of companies, held against one another.
 *
 * Case folded, split into words at anything but letters and digits, endings that
 * only tell the legal form (B.V., LLC, Inc, ehf., AG, Ltd, LP, Corporation, ...)
 * taken off; then the words of the entity must begin the words of the other, whole
 * word by whole word.  What goes on with a country's name or a region's is another
 * company ("Google Ireland Limited" is not Google LLC).
 *
 * Two names joined in one ("ISNIC - Internet á Íslandi hf.", "A d/b/a B") are one
 * company's: either is enough, whole.  What stands in parentheses is a remark.
 */

#include <glib.h>

/* The better comes later. */
enum company_fit {
	FIT_NONE,
	FIT_BEGINS,	/* the entity's words begin the other's */
	FIT_PART,	/* one of several names, or all but a remark */
	FIT_WORDS,	/* all but the legal form */
	FIT_WHOLE,	/* the legal form too */
};

enum company_fit company_fit(const char *entity, const char *name);
/* Whether they agree at all. */
gboolean	 entity_is(const char *entity, const char *name);
/* Whether running text names it, by the same words one after the other; what the
 * entity's name has in parentheses is a remark. */
gboolean	 entity_named(const char *entity, const char *text);
/* The same against the labels of a host's name: ISNIC and whois.isnic.is. */
gboolean	 entity_is_host(const char *entity, const char *host);
/* Lower-case words of a company's name without its legal form; at least one
 * where the name has a letter or digit. NULL-terminated, g_strfreev(). */
char		**company_words(const char *);

#endif
