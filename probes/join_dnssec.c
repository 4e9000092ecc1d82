/*
 * dnssec.zone and dnssec.status: what of a target's names the signatures hold.
 *
 * Every link of an alias is looked at, and the answer is as good as the worst of
 * them; where servers gave different sets, as the worst of those.
 */

#include <string.h>

#include "probes/dnssec_zone.h"

#define LINKS	16
#define ANSWERS	16	/* of different records, for one name and type */

static const struct {
	const char	*prefix, *type;
	enum fact_kind	 kind;
} wanted[] = {
	{ "",		"A",	FACT_DNS_A },
	{ "",		"AAAA",	FACT_DNS_AAAA },
	{ "",		"NS",	FACT_DNS_NS },
	{ "",		"SOA",	FACT_DNS_SOA },
	{ "",		"MX",	FACT_DNS_MX },
	{ "",		"TXT",	FACT_DNS_TXT },
	{ "",		"CAA",	FACT_DNS_CAA },
	{ "www.",	"A",	FACT_DNS_A },
	{ "www.",	"AAAA",	FACT_DNS_AAAA },
};

static const char *const status_names[] = {
	[SECURE] = "secure", [INSECURE] = "insecure",
	[INDETERMINATE] = "indeterminate", [BOGUS] = "bogus",
};

/* What is known of a name and type so far. */
struct verdict {
	struct chain		*c;
	ldns_rr_type		 type;
	const char		*type_name;
	enum security		 status;
	const char		*why, *zone;
	struct denial		 denial;
	gboolean		 wildcard;
	const char		*absent;	/* "type", "name", "" */
	GPtrArray		*on, *through;
	GHashTable		*same;		/* sets that were looked at */
};

static void
worse(struct verdict *v, enum security status, const char *why,
    const char *zone)
{
	if (v->zone != NULL && status <= v->status)
		return;
	v->status = status;
	v->why = why;
	v->zone = zone;
}

/* What is below a zone that is not secure is as the zone is. */
static gboolean
zone_holds(struct verdict *v, const struct dzone *z)
{
	for (guint i = 0; i < z->on->len; i++)
		rests_add(v->on, z->on->pdata[i]);
	if (z->status == SECURE)
		return TRUE;
	if (v->zone == NULL || z->status > v->status)
		v->denial = z->denial;
	worse(v, z->status, z->why, z->name);
	return FALSE;
}

/* --- what is there -------------------------------------------------------- */

static void
set_judge(struct verdict *v, const struct dzone *z, const struct rrset *s)
{
	g_autofree char *key = g_strconcat(fact_str(s->f, "rrs"), " ",
	    fact_str(s->f, "sigs"), NULL);
	ldns_rr_list *nsecs;
	const char *why;
	unsigned labels = 0;

	if (!g_hash_table_add(v->same, g_steal_pointer(&key)))
		return;
	rests_add(v->on, s->f);
	why = rrset_check(s, z->keys, z->name, &v->c->effort, &labels);
	worse(v, why == NULL ? SECURE : BOGUS, why != NULL ? why : "",
	    z->name);
	if (why != NULL || labels >= ldns_dname_label_count(ldns_rr_owner(
	    ldns_rr_list_rr(s->rrs, 0))))
		return;
	v->wildcard = TRUE;
	nsecs = record_denials(v->c, s->record, z, v->on);
	if (!denial_closer(nsecs, z->name, s->owner, labels, &v->denial))
		worse(v, BOGUS, "a wildcard's answer with no proof that the "
		    "name itself is not there", z->name);
	else if (v->denial.optout)
		worse(v, INSECURE, "a wildcard's answer; the name lies in a "
		    "span with opt-out", z->name);
	ldns_rr_list_free(nsecs);
}

/* The answers of that kind for the name, each record's once. */
static gboolean
answers_judge(struct verdict *v, enum fact_kind kind, ldns_rr_type type,
    const char *name)
{
	const struct join *j = v->c->j;
	const struct dzone *z = zone_of(v->c, name);
	uint64_t before = 0;
	unsigned records = 0;

	for (guint i = 0; i < j->facts->len && records < ANSWERS; i++) {
		const struct fact *f = j->facts->pdata[i];
		const struct rrset *s;
		guint at = 0;

		if (!join_is(f, kind, name) || fact_source(f) == before)
			continue;
		before = fact_source(f);
		if (records++ == 0)
			rests_add(v->on, f);
		if (!zone_holds(v, z))
			break;
		s = set_next(v->c, name, type, before, &at);
		if (s != NULL)
			set_judge(v, z, s);
		else
			worse(v, BOGUS, "no signature", z->name);
	}
	return records > 0;
}

/* --- what is absent ------------------------------------------------------- */

static void
absence_judge(struct verdict *v, const struct fact *f)
{
	const struct dzone *z = zone_of(v->c, f->subject);
	gboolean name = f->kind == FACT_DNS_NXDOMAIN;
	ldns_rr_list *nsecs;
	struct denial d;

	rests_add(v->on, f);
	v->absent = name ? "name" : "type";
	if (!zone_holds(v, z))
		return;
	nsecs = record_denials(v->c, fact_source(f), z, v->on);
	denial_of(&d, nsecs, z->name, f->subject, v->type);
	ldns_rr_list_free(nsecs);
	v->denial = d;
	if (d.compact && d.what == DENIED_TYPE)
		v->absent = "name";
	if (d.what == DENIED_COSTLY)
		worse(v, INSECURE, "NSEC3 with more iterations than are held "
		    "to", z->name);
	else if (d.what == DENIED_SPAN)
		worse(v, INSECURE, "its absence lies in a span with opt-out",
		    z->name);
	else if (d.what == DENIED_NAME || (d.what == DENIED_TYPE && !name))
		worse(v, SECURE, "", z->name);
	else
		worse(v, BOGUS, "no proof that it is not there", z->name);
}

static gboolean
absences_judge(struct verdict *v, const char *name)
{
	const struct join *j = v->c->j;

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (!join_is(f, FACT_DNS_NXDOMAIN, name) &&
		    !(join_is(f, FACT_DNS_NODATA, name) &&
		    strcmp(fact_str(f, "type"), v->type_name) == 0))
			continue;
		absence_judge(v, f);
		return TRUE;
	}
	return FALSE;
}

/* --- one name and type ---------------------------------------------------- */

static const char *
alias_of(const struct chain *c, const char *name)
{
	for (guint i = 0; i < c->j->facts->len; i++)
		if (join_is(c->j->facts->pdata[i], FACT_DNS_CNAME, name))
			return fact_str(c->j->facts->pdata[i], "to");
	return NULL;
}

static void
unanswered(struct verdict *v, const char *name)
{
	const struct dzone *z = zone_of(v->c, name);

	for (guint i = 0; i < z->on->len; i++)
		rests_add(v->on, z->on->pdata[i]);
	worse(v, INDETERMINATE, "no server answered for it", z->name);
}

static void
links_judge(struct verdict *v, enum fact_kind kind, const char *name)
{
	for (unsigned i = 0; i < LINKS; i++) {
		const char *to;

		if (answers_judge(v, kind, v->type, name))
			return;
		to = alias_of(v->c, name);
		if (to == NULL)
			break;
		answers_judge(v, FACT_DNS_CNAME, LDNS_RR_TYPE_CNAME, name);
		g_ptr_array_add(v->through, (char *)(uintptr_t)to);
		name = to;
	}
	if (!absences_judge(v, name))
		unanswered(v, name);
}

static void
denial_add(json_t *o, const struct denial *d)
{
	json_object_set_new(o, "denial", json_string(d->by));
	if (d->optout)
		json_object_set_new(o, "optout", json_true());
	if (strcmp(d->by, "NSEC3") == 0)
		json_object_set_new(o, "iterations", json_integer(
		    (json_int_t)d->iterations));
	if (d->compact)
		json_object_set_new(o, "compact", json_true());
}

static json_t *
verdict_value(const struct verdict *v)
{
	json_t *o = json_pack("{s:s, s:s, s:s, s:s}", "type", v->type_name,
	    "status", status_names[v->status], "why", v->why, "zone",
	    *v->zone != '\0' ? v->zone : "."), *a;

	denial_add(o, &v->denial);
	if (v->wildcard)
		json_object_set_new(o, "wildcard", json_true());
	if (*v->absent != '\0')
		json_object_set_new(o, "absent", json_string(v->absent));
	if (v->through->len == 0)
		return o;
	a = json_array();
	for (guint i = 0; i < v->through->len; i++)
		json_array_append_new(a, json_string(v->through->pdata[i]));
	json_object_set_new(o, "through", a);
	return o;
}

static void
rest_all(struct fact *f, const GPtrArray *on)
{
	for (guint i = 0; i < on->len; i++)
		join_rests_on(f, on->pdata[i]);
}

static void
name_judge(struct chain *c, const char *name, const char *type,
    enum fact_kind kind)
{
	struct verdict v = {
		.c = c, .type = ldns_get_rr_type_by_name(type),
		.type_name = type, .absent = "", .denial = { .by = "" },
		.on = g_ptr_array_new(), .through = g_ptr_array_new(),
		.same = g_hash_table_new_full(g_str_hash, g_str_equal,
		    g_free, NULL),
	};

	links_judge(&v, kind, name);
	rest_all(join_fact(c->j, FACT_DNSSEC_STATUS, name,
	    verdict_value(&v)), v.on);
	g_hash_table_unref(v.same);
	g_ptr_array_unref(v.through);
	g_ptr_array_unref(v.on);
}

/* --- zones ---------------------------------------------------------------- */

static json_t *
zone_value(const struct dzone *z)
{
	json_t *o = json_pack("{s:s, s:s, s:[]}", "status",
	    status_names[z->status], "why", z->why, "keys");
	size_t n = z->keys != NULL ? ldns_rr_list_rr_count(z->keys) : 0;

	for (size_t i = 0; i < n; i++)
		json_array_append_new(json_object_get(o, "keys"),
		    json_integer(ldns_calc_keytag(ldns_rr_list_rr(z->keys,
		    i))));
	denial_add(o, &z->denial);
	return o;
}

/* Whether the target was asked about with signatures in mind. */
static gboolean
was_looked_at(const struct join *j)
{
	for (guint i = 0; i < j->facts->len; i++)
		if (join_is(j->facts->pdata[i], FACT_DNSSEC_ANCHOR, NULL))
			return *j->registrable != '\0';
	return FALSE;
}

void
join_dnssec(struct join *j)
{
	struct chain c;

	if (!was_looked_at(j))
		return;
	chain_open(&c, j);
	for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++) {
		g_autofree char *name = g_strconcat(wanted[i].prefix, j->name,
		    NULL);

		if (*wanted[i].prefix == '\0' ||
		    !g_str_has_prefix(j->name, wanted[i].prefix))
			name_judge(&c, name, wanted[i].type, wanted[i].kind);
	}
	for (guint i = 0; i < c.zones->len; i++) {
		const struct dzone *z = c.zones->pdata[i];

		rest_all(join_fact(j, FACT_DNSSEC_ZONE, *z->name != '\0' ?
		    z->name : ".", zone_value(z)), z->on);
	}
	chain_close(&c);
}
