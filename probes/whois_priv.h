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
};

/* fact_emit() with "server" added. */
void	 whois_emit(const struct whois *, enum fact_kind, json_t *value);
/* whois.refer to the first server named, or to the last. */
void	 whois_refer(const struct whois *, gboolean last);
/* IANA's record of a TLD: the registry, who is named, where to ask next. */
void	 whois_iana(struct whois *);
/* A network, or an AS, of a regional registry. */
void	 whois_net(struct whois *);

#endif
