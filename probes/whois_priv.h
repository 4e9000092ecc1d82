#ifndef PROBES_WHOIS_PRIV_H
#define PROBES_WHOIS_PRIV_H

/* What the files of the WHOIS reader share: one answer being read. */

#include "probes/reader.h"
#include "probes/whois.h"

struct whois {
	const struct exchange	*x;
	const char		*subject;
	struct whois_text	 text;
	struct whois_found	 found;
	GString			*out;
	/* How each fact on a field begins and ends. */
	const GString		*head, *tail;
};

/* fact_emit() with "server" added. */
void	 whois_emit(const struct whois *, enum fact_kind, json_t *value);
/* whois.field; nothing for what is no fact of its own. */
void	 whois_field_fact(const struct whois *, const struct whois_field *);
gboolean whois_field_said(const struct whois_field *);
/* whois.refer to the first server named, or to the last; FALSE: none is. */
gboolean whois_refer(const struct whois *, gboolean last);
/* IANA's record of a TLD: the registry, who is named, where to ask next. */
void	 whois_iana(struct whois *);
/* The network in which the address lies; FALSE, and nothing, where the answer
 * has none, unless what it has is wanted anyway. */
gboolean whois_net(const struct whois *, gboolean anyway);

#endif
