/* Sentences about names: delegation, addresses, mail, registration. */

#include "reports/facts_list.h"

#include <string.h>

/* Distinct strings of a field over facts of a kind and subject; cites all. */
static GPtrArray *
gather(struct facts *l, enum fact_kind kind, const char *subject,
    const char *field, gboolean cite)
{
	GPtrArray *out = g_ptr_array_new();
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(l->v, kind, subject, &at)) != NULL) {
		const char *s = fact_str(f, field);

		if (*s != '\0')
			strings_add(out, s);
		if (cite)
			facts_cite(l, f);
	}
	return out;
}

static void
zone_name(struct html *h, const char *zone)
{
	if (*zone == '\0')
		html_raw(h, "the root");
	else
		say(h, "the .%P zone", zone);
}

void
facts_referral(struct facts *l)
{
	g_autoptr(GPtrArray) zones = view_subjects(l->v, FACT_DNS_REFERRAL,
	    FACT_KINDS);

	for (guint i = 0; i < zones->len; i++) {
		const char *zone = zones->pdata[i];

		if (!facts_own_zone(l, zone) || !facts_begin(l))
			continue;
		g_autoptr(GPtrArray) ns = gather(l, FACT_DNS_REFERRAL, zone,
		    "ns", TRUE);
		g_autoptr(GPtrArray) by = gather(l, FACT_DNS_REFERRAL, zone,
		    "server", FALSE);
		if (by->len > 1)
			say(l->h, "%d servers of ", (uint64_t)by->len);
		else
			html_raw(l->h, "A server of ");
		zone_name(l->h, zone_parent(zone));
		html_raw(l->h, " named ");
		facts_spell(l, ns, html_name);
		say(l->h, " as the name server%t of %P.",
		    ns->len == 1 ? "" : "s", zone);
		facts_end(l, NULL);
	}
}

void
facts_ns_compared(struct facts *l)
{
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(l->v, FACT_NS_COMPARED, NULL, &at)) != NULL) {
		if (!facts_own_zone(l, f->subject) || !facts_begin(l))
			continue;
		facts_cite(l, f);
		say(l->h, "The zone above and the servers of %P itself name ",
		    f->subject);
		if (json_is_true(fact_get(f, "agree"))) {
			html_raw(l->h, "the same name servers.");
		} else {
			html_raw(l->h, "different name servers: above, ");
			html_json(l->h, fact_get(f, "parent"));
			html_raw(l->h, "; itself, ");
			html_json(l->h, fact_get(f, "child"));
			html_stop(l->h);
		}
		facts_end(l, NULL);
	}
}

static const struct {
	const char	*status, *words;
} held[] = {
	{ "secure", "signatures lead from the trust anchor of the root to the "
	    "keys of the zone" },
	{ "insecure", "the chain of signatures from the root ends there" },
	{ "bogus", "the chain of signatures from the root breaks there" },
	{ "indeterminate", "where the chain of signatures from the root leads "
	    "was not found" },
};

/* What validation made of the zone. */
static void
zone_held(struct facts *l, const char *zone)
{
	const struct fact *f = view_first(l->v, FACT_DNSSEC_ZONE, zone);
	const char *status = f != NULL ? fact_str(f, "status") : "";

	for (size_t i = 0; i < G_N_ELEMENTS(held); i++) {
		if (strcmp(held[i].status, status) != 0)
			continue;
		say(l->h, "; %t", held[i].words);
		if (*fact_str(f, "why") != '\0')
			say(l->h, " (%t)", fact_str(f, "why"));
		facts_cite(l, f);
		html_stop(l->h);
		return;
	}
	html_raw(l->h, "; signatures were not validated.");
}

static void
ds_of(struct facts *l, const char *zone)
{
	const struct fact *ds = view_first(l->v, FACT_DNS_DS, zone);
	const struct fact *none = view_first(l->v, FACT_DNS_UNSIGNED, zone);

	if ((ds == NULL && none == NULL) || !facts_begin(l))
		return;
	html_raw(l->h, "The answer of ");
	zone_name(l->h, zone_parent(zone));
	if (ds != NULL) {
		facts_cite(l, ds);
		say(l->h, " holds a DS record for %P, which says that the zone "
		    "is signed", zone);
	} else {
		facts_cite(l, none);
		say(l->h, " holds a denial of a DS record for %P, which says "
		    "that the zone is not signed", zone);
	}
	zone_held(l, zone);
	facts_end(l, NULL);
}

void
facts_ds(struct facts *l)
{
	g_autoptr(GPtrArray) zones = view_subjects(l->v, FACT_DNS_DS,
	    FACT_DNS_UNSIGNED, FACT_KINDS);

	for (guint i = 0; i < zones->len; i++)
		if (facts_own_zone(l, zones->pdata[i]))
			ds_of(l, zones->pdata[i]);
}

/* "2 name servers, asked at 4 addresses, answered that ": a server has several
 * addresses, and each is asked. */
static void
servers_answered(struct facts *l, enum fact_kind kind, const char *name)
{
	g_autoptr(GPtrArray) by = gather(l, kind, name, "server", FALSE);
	g_autoptr(GPtrArray) hosts = g_ptr_array_new();
	const char *kinds = view_recursive(l->v) ? "recursive" : "name";
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(l->v, kind, name, &at)) != NULL) {
		const struct log_row *row = run_row(l->v->run, fact_source(f));

		strings_add(hosts, row == NULL || *row->host == '\0' ?
		    fact_str(f, "server") : row->host);
	}
	if (hosts->len > 1)
		say(l->h, "%d %t servers", (uint64_t)hosts->len, kinds);
	else
		say(l->h, "A %t server", kinds);
	if (by->len > hosts->len)
		say(l->h, ", asked at %d addresses,", (uint64_t)by->len);
	html_raw(l->h, " answered that ");
}

static void
addresses_of(struct facts *l, enum fact_kind kind, const char *name)
{
	if (view_first(l->v, kind, name) == NULL || !facts_begin(l))
		return;
	g_autoptr(GPtrArray) ips = gather(l, kind, name, "ip", TRUE);

	servers_answered(l, kind, name);
	say(l->h, "%P has the address%t ", name, ips->len == 1 ? "" : "es");
	facts_spell(l, ips, facts_name);
	html_stop(l->h);
	facts_end(l, NULL);
}

void
facts_address(struct facts *l)
{
	g_autoptr(GPtrArray) names = view_subjects(l->v, FACT_DNS_A,
	    FACT_DNS_AAAA, FACT_KINDS);

	facts_own_first(l, names);
	for (guint i = 0; i < names->len; i++) {
		if (!facts_own_name(l, names->pdata[i]))
			continue;
		addresses_of(l, FACT_DNS_A, names->pdata[i]);
		addresses_of(l, FACT_DNS_AAAA, names->pdata[i]);
	}
}

void
facts_alias(struct facts *l)
{
	g_autoptr(GPtrArray) names = view_subjects(l->v, FACT_DNS_CNAME,
	    FACT_KINDS);

	facts_own_first(l, names);
	for (guint i = 0; i < names->len; i++) {
		if (!facts_own_name(l, names->pdata[i]) || !facts_begin(l))
			continue;
		g_autoptr(GPtrArray) to = gather(l, FACT_DNS_CNAME,
		    names->pdata[i], "to", TRUE);
		say(l->h, "The name %P is an alias (CNAME) of ",
		    names->pdata[i]);
		facts_spell(l, to, facts_name);
		html_stop(l->h);
		facts_end(l, NULL);
	}
}

void
facts_mail(struct facts *l)
{
	g_autoptr(GPtrArray) names = view_subjects(l->v, FACT_DNS_MX,
	    FACT_KINDS);

	for (guint i = 0; i < names->len; i++) {
		if (!facts_is_target(l, names->pdata[i]) || !facts_begin(l))
			continue;
		g_autoptr(GPtrArray) mx = gather(l, FACT_DNS_MX,
		    names->pdata[i], "exchange", TRUE);
		say(l->h, "The answer for mail of %P named ",
		    names->pdata[i]);
		facts_spell(l, mx, facts_name);
		html_stop(l->h);
		facts_end(l, NULL);
	}
}

/* Names that are not there, and a target without mail. */
void
facts_absent(struct facts *l)
{
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(l->v, FACT_DNS_NODATA, l->v->target, &at))
	    != NULL) {
		if (strcmp(fact_str(f, "type"), "MX") != 0 || !facts_begin(l))
			continue;
		facts_cite(l, f);
		say(l->h, "A %t server answered that %P has no MX record.",
		    view_recursive(l->v) ? "recursive" : "name",
		    f->subject);
		facts_end(l, NULL);
		break;
	}
	g_autoptr(GPtrArray) names = view_subjects(l->v, FACT_DNS_NXDOMAIN,
	    FACT_KINDS);
	for (guint i = 0; i < names->len; i++) {
		if (!name_within(names->pdata[i], l->v->target) ||
		    name_is_key(names->pdata[i]) || !facts_begin(l))
			continue;
		facts_cite(l, view_first(l->v, FACT_DNS_NXDOMAIN,
		    names->pdata[i]));
		say(l->h, "A %t server answered that there is no name %P.",
		    view_recursive(l->v) ? "recursive" : "name",
		    names->pdata[i]);
		facts_end(l, NULL);
	}
}

void
facts_authority(struct facts *l)
{
	const struct fact *f = NULL;
	g_autoptr(GPtrArray) zones = view_subjects(l->v, FACT_DNS_SOA,
	    FACT_KINDS);

	for (guint i = 0; i < zones->len; i++) {
		if (!facts_own_zone(l, zones->pdata[i]) || !facts_begin(l))
			continue;
		f = view_first(l->v, FACT_DNS_SOA, zones->pdata[i]);
		facts_cite(l, f);
		say(l->h, "The start of authority of %P names %P as the "
		    "zone\xe2\x80\x99s first server and %t as its mailbox.",
		    f->subject, fact_str(f, "mname"), fact_str(f, "mailbox"));
		facts_end(l, NULL);
	}
}
