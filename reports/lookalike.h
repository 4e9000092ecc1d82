#ifndef REPORTS_LOOKALIKE_H
#define REPORTS_LOOKALIKE_H

/*
 * Domains that a reader may take for one another (P-20: a deceptive address).
 *
 *	LOOKS_SAME	the same, once letters and digits that look alike are one:
 *			"suppl1er", "rnedia", letters of other scripts in an
 *			internationalised name (RFC 5891), accents, hyphens
 *	LOOKS_NEAR	one letter more, fewer, another, or two changed round, in a
 *			name of six letters or more
 *	LOOKS_ENDING	the same name under another ending
 *
 * A domain and a name below it are not two.
 */

#include <glib.h>

enum looks { LOOKS_NOT, LOOKS_SAME, LOOKS_NEAR, LOOKS_ENDING };

enum looks	 looks_like(const char *domain, const char *other);
const char	*looks_says(enum looks);	/* "reads like", ... */

#endif
