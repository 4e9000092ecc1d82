#ifndef PROBES_JCARD_PRIV_H
#define PROBES_JCARD_PRIV_H

/* What the readers of cards share: jcard.c, jcard_address.c, jscontact.c. */

#include "probes/jcard.h"

/* One property: [name, parameters, type, value, value ...]. */
struct jcard_property {
	const char	*name;
	const json_t	*params;
};

/* Takes s: into the member where that is empty, into the list as well. */
void	jcard_put(char **member, json_t **list, char *s);
/* Takes s; a country's name becomes its code. */
void	jcard_country(struct jcard *, char *s, const char *from);
/* Text, or each text of a list, with ", " between; appended. */
void	jcard_join(GString *, const json_t *);
/* The same by itself; caller frees. */
char	*jcard_text(const json_t *);
/* A parameter, its name in any case; NULL where it is not there. */
const json_t *jcard_param(const struct jcard_property *, const char *name);

/* jcard_address.c: the value of an "adr", and of what some have beside it. */
void	jcard_address(struct jcard *, const struct jcard_property *,
	    const json_t *value);
void	jcard_iso3166(struct jcard *, const struct jcard_property *,
	    const json_t *value);

/* JSContact; FALSE where it is none. */
gboolean jscontact_read(struct jcard *, const json_t *card);

#endif
