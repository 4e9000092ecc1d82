/* What raises what: pages, and the hosts that they lead to. */

#include <string.h>

#include "probes/raise_priv.h"
#include "probes/target.h"
#include "probes/url.h"

static gboolean
own_name(const struct raiser *r, const char *host)
{
	size_t n = strlen(host), z = strlen(r->registrable);

	if (z == 0 || n < z || strcmp(host + n - z, r->registrable) != 0)
		return FALSE;
	return n == z || host[n - z - 1] == '.';
}

/* A host of somebody else's: its names, registration, addresses and handshake,
 * never its pages. */
static void
raise_host(struct raiser *r, const char *host, const char *rule)
{
	struct target t;
	g_autofree char *why = NULL;

	if (target_parse(host, &t, &why) != 0)
		return;
	if (t.kind == TARGET_ADDRESS)
		raise_address(r, t.name, t.name, PURPOSE_HOP);
	else {
		r->want(r, t.name, "A", PURPOSE_HOP, rule);
		r->want(r, t.name, "AAAA", PURPOSE_HOP, rule);
		if (*t.registrable != '\0')
			raise_registration(r, t.registrable, rule);
	}
	target_clear(&t);
}

void
fact_redirect(struct raiser *r, const struct fact *f)
{
	g_autofree char *to = url_plain(fact_str(f, "to"));
	struct url u;

	if (to == NULL || url_split(to, &u) != 0)
		return;
	if (!own_name(r, u.host))
		raise_host(r, u.host, "http.redirect");
	else if (r->hop(r, r->x->q->name, to))
		fetch_url(r, PROBE_HTTP, to, "page", "", "http.redirect");
	url_clear(&u);
}

void
fact_link(struct raiser *r, const struct fact *f)
{
	struct url u;

	if (strcmp(fact_str(f, "purpose"), "download") != 0 ||
	    url_split(fact_str(f, "href"), &u) != 0)
		return;
	if (!own_name(r, u.host))
		raise_host(r, u.host, "page.download");
	url_clear(&u);
}
