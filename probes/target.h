#ifndef PROBES_TARGET_H
#define PROBES_TARGET_H

/*
 * A target as typed: a domain, a URL or an address literal, and what is asked
 * about it.
 *
 * Names are read by IDNA2008 with UTS #46, non-transitional (libidn2).  suffix
 * and registrable come from the ICANN section of the public suffix list
 * (libpsl): a name under a private suffix such as blogspot.com belongs to the
 * domain that a registry has a record of.
 *
 * Refused, each with one sentence that says what is wrong and what to type
 * instead: names that no public DNS has, a public suffix itself, an address
 * that is not public, a URL that is not plain http or https on port 80 or 443.
 */

#include <glib.h>

enum target_kind { TARGET_DOMAIN, TARGET_ADDRESS };

struct target {
	enum target_kind kind;
	char	*text;		/* as typed, blanks around it gone */
	char	*name;		/* "popcorn-time.ch" (A-label, lower case), or the address (RFC 5952) */
	char	*display;	/* name as a U-label; the address */
	char	*registrable;	/* "popcorn-time.ch"; "" for an address */
	char	*suffix;	/* "ch"; "" for an address */
	char	*url;		/* normalised (url.h); "" where none was given */
	char	*host;		/* as it stands in a URL: name, or address with brackets where it has colons */
};

/* 0; or -1, *out empty and *why one sentence (caller frees). */
int	target_parse(const char *text, struct target *out, char **why);
void	target_clear(struct target *);

#endif
