/* What raises what: names in the zone of the target. */

#include <string.h>

#include "probes/raise_priv.h"

/* Only a server of the target's own zone is looked into; the servers of other
 * zones on the way are asked and recorded. */
static gboolean
own_zone(const struct raiser *r, const char *subject)
{
	return strcmp(subject, r->registrable) == 0 ||
	    strcmp(subject, r->name) == 0;
}

void
fact_name_server(struct raiser *r, const struct fact *f)
{
	const char *ns = fact_str(f, "ns");

	if (!own_zone(r, f->subject) || *ns == '\0')
		return;
	r->want(r, ns, "A", PURPOSE_NS, "dns.ns");
	r->want(r, ns, "AAAA", PURPOSE_NS, "dns.ns");
	r->ask(r, &(struct wish){ .kind = PROBE_LOCAL, .name = ns,
	    .type = "listed-ns", .rule = "dns.ns.lists" });
}

void
fact_mail_server(struct raiser *r, const struct fact *f)
{
	const char *mx = fact_str(f, "exchange");

	/* RFC 7505: a single dot says that there is no mail. */
	if (!own_zone(r, f->subject) || *mx == '\0')
		return;
	r->want(r, mx, "A", PURPOSE_MX, "dns.mx");
	r->want(r, mx, "AAAA", PURPOSE_MX, "dns.mx");
}
