/* What raises what: the zones that signatures of the target's names lead to. */

#include <string.h>

#include "probes/raise_priv.h"
#include "probes/target.h"

static const char *
name_of(const char *subject)
{
	return strcmp(subject, ".") == 0 ? "" : subject;
}

static gboolean
within(const char *name, const char *zone)
{
	size_t n = strlen(name), z = strlen(zone);

	return n >= z && strcmp(name + n - z, zone) == 0 &&
	    (n == z || z == 0 || name[n - z - 1] == '.');
}

/* Once a target. */
static gboolean
first(struct raiser *r, const char *what, const char *name)
{
	return g_hash_table_add(r->seen, g_strconcat(what, " ", name, NULL));
}

/* A zone's keys, and what the zone above says of them. */
static void
zone_want(struct raiser *r, const char *zone, const char *rule)
{
	if (!first(r, "zone", zone))
		return;
	if (*zone != '\0')
		r->want(r, zone, "DS", 0, rule);
	r->want(r, zone, "DNSKEY", 0, rule);
}

/* Every cut there may be from the root to the name. */
static void
path_want(struct raiser *r, const char *name, const char *rule)
{
	for (const char *p = name; p != NULL && *p != '\0';
	    p = strchr(p, '.')) {
		p += *p == '.';
		zone_want(r, p, rule);
	}
	zone_want(r, "", rule);
}

void
raise_dnssec(struct raiser *r)
{
	if (r->set == NULL || r->set->anchor == NULL)
		return;
	r->ask(r, &(struct wish){ .kind = PROBE_LOCAL,
	    .name = r->set->anchor, .type = "anchor", .rule = "target" });
	path_want(r, *r->registrable != '\0' ? r->registrable : r->name,
	    "target");
}

/* The target's own names, and those that its aliases lead to. */
gboolean
raise_concerns(const struct raiser *r, const char *name)
{
	g_autofree char *key = g_strconcat("alias ", name, NULL);

	return within(name, r->registrable) ||
	    g_hash_table_contains(r->seen, key);
}

/* The zones above where an alias leads. */
void
fact_alias(struct raiser *r, const struct fact *f)
{
	const char *to = fact_str(f, "to");
	g_autofree char *why = NULL;
	struct target t;

	if (r->set == NULL || r->set->anchor == NULL || *to == '\0' ||
	    *r->registrable == '\0' || !raise_concerns(r, f->subject) ||
	    !first(r, "alias", to) || target_parse(to, &t, &why) != 0)
		return;
	if (*t.registrable != '\0')
		path_want(r, t.registrable, "dns.cname");
	target_clear(&t);
}

/* A signer that is a zone of its own below those. */
void
fact_signed(struct raiser *r, const struct fact *f)
{
	const char *zone = name_of(fact_str(f, "zone"));

	if (r->set == NULL || r->set->anchor == NULL ||
	    *r->registrable == '\0' || !raise_concerns(r, f->subject) ||
	    !within(f->subject, zone))
		return;
	zone_want(r, zone, "dnssec.signer");
}
