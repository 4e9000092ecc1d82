#ifndef COLLECTOR_SHOW_H
#define COLLECTOR_SHOW_H

/*
 * The bytes of an exchange for a person: DNS messages as libldns prints them,
 * heads of HTTP messages and registration data as indented JSON, WHOIS as it
 * came, certificates by their main fields.  Everything goes through
 * text_term(), line by line; a tab is a blank.
 *
 * At most 2000 lines of 4000 bytes; what is left out is said.
 */

#include "probes/exchange.h"

/* which: 's' sent, 'r' received.  Lines, each indented by two blanks. */
void	show_decoded(const struct exchange *, char which, GString *out);

#endif
