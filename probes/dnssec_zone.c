/* From the anchor to a zone's keys. */

#include <string.h>

#include "probes/dnssec_zone.h"
#include "probes/text.h"

/* --- the facts there are -------------------------------------------------- */

static void
set_clear(void *p)
{
	if (p != NULL)
		rrset_free(p);
}

static void
dzone_free(void *p)
{
	struct dzone *z = p;

	g_free(z->name);
	if (z->keys != NULL)
		ldns_rr_list_free(z->keys);
	g_ptr_array_unref(z->on);
	g_free(z);
}

void
chain_open(struct chain *c, struct join *j)
{
	*c = (struct chain){
		.j = j, .signed_facts = g_ptr_array_new(),
		.sets = g_ptr_array_new_with_free_func(set_clear),
		.names = g_hash_table_new_full(g_str_hash, g_str_equal,
		    g_free, NULL),
		.zones = g_ptr_array_new_with_free_func(dzone_free),
		.effort = { DNSSEC_CHECKS },
	};
	for (guint i = 0; i < j->facts->len; i++) {
		struct fact *f = j->facts->pdata[i];

		if (f->kind == FACT_DNSSEC_RRSET &&
		    c->signed_facts->len < DNSSEC_SETS)
			g_ptr_array_add(c->signed_facts, f);
	}
	g_ptr_array_set_size(c->sets, (int)c->signed_facts->len);
}

void
chain_close(struct chain *c)
{
	g_ptr_array_unref(c->zones);
	g_hash_table_unref(c->names);
	g_ptr_array_unref(c->sets);
	g_ptr_array_unref(c->signed_facts);
}

void
rests_add(GPtrArray *on, const struct fact *f)
{
	if (!g_ptr_array_find(on, f, NULL))
		g_ptr_array_add(on, (struct fact *)(uintptr_t)f);
}

static void
rests_all(GPtrArray *on, const GPtrArray *more)
{
	for (guint i = 0; i < more->len; i++)
		rests_add(on, more->pdata[i]);
}

/* Read when it is first looked at; one that cannot be read is none. */
static const struct rrset *
set_at(struct chain *c, guint i)
{
	if (c->sets->pdata[i] == NULL)
		c->sets->pdata[i] = rrset_of(c->signed_facts->pdata[i]);
	return c->sets->pdata[i];
}

const struct rrset *
set_next(struct chain *c, const char *owner, ldns_rr_type type,
    uint64_t record, guint *at)
{
	g_autofree char *t = NULL;
	char *raw = ldns_rr_type2str(type);

	t = g_strdup(raw);
	free(raw);
	while (*at < c->signed_facts->len) {
		guint i = (*at)++;
		const struct fact *f = c->signed_facts->pdata[i];

		if ((owner != NULL &&
		    strcmp(subject_name(f->subject), owner) != 0) ||
		    (record != 0 && fact_source(f) != record) ||
		    strcmp(fact_str(f, "type"), t) != 0)
			continue;
		if (set_at(c, i) != NULL)
			return set_at(c, i);
	}
	return NULL;
}

ldns_rr_list *
record_denials(struct chain *c, uint64_t record, const struct dzone *z,
    GPtrArray *on)
{
	static const ldns_rr_type types[] = {
		LDNS_RR_TYPE_NSEC, LDNS_RR_TYPE_NSEC3,
	};
	ldns_rr_list *l = ldns_rr_list_new();
	const struct rrset *s;
	unsigned labels;

	for (size_t k = 0; k < G_N_ELEMENTS(types); k++) {
		guint at = 0;

		while ((s = set_next(c, NULL, types[k], record, &at)) != NULL)
			if (rrset_check(s, z->keys, z->name, &c->effort,
			    &labels) == NULL) {
				ldns_rr_list_push_rr_list(l, s->rrs);
				rests_add(on, s->f);
			}
	}
	return l;
}

/* --- keys ----------------------------------------------------------------- */

/* Those of the set that may sign, without the one that vouched. */
static ldns_rr_list *
keys_of(const ldns_rr_list *all)
{
	ldns_rr_list *l = ldns_rr_list_new();
	size_t n = MIN(ldns_rr_list_rr_count(all), DNSSEC_KEYS);

	for (size_t i = 0; i < n; i++)
		if (key_signs(ldns_rr_list_rr(all, i)))
			ldns_rr_list_push_rr(l, ldns_rr_list_rr(all, i));
	return l;
}

static ldns_rr_list *
keys_named(const ldns_rr_list *keys, const ldns_rr_list *ds)
{
	ldns_rr_list *l = ldns_rr_list_new();

	for (size_t i = 0; i < ldns_rr_list_rr_count(keys); i++) {
		ldns_rr *key = ldns_rr_list_rr(keys, i);

		for (size_t k = 0; k < ldns_rr_list_rr_count(ds); k++)
			if (ds_matches(ldns_rr_list_rr(ds, k), key)) {
				ldns_rr_list_push_rr(l, key);
				break;
			}
	}
	return l;
}

/* The first key set that a key named by the DS records signs. */
static void
keys_find(struct chain *c, struct dzone *z, const ldns_rr_list *ds)
{
	const struct rrset *s;
	guint at = 0;

	z->status = INDETERMINATE;
	z->why = "the zone's keys were not had";
	while ((s = set_next(c, z->name, LDNS_RR_TYPE_DNSKEY, 0, &at)) !=
	    NULL) {
		ldns_rr_list *keys = keys_of(s->rrs);
		ldns_rr_list *named = keys_named(keys, ds);
		unsigned labels;

		z->status = BOGUS;
		z->why = ldns_rr_list_rr_count(named) == 0 ?
		    "no key of the zone matches its DS" : rrset_check(s, named,
		    z->name, &c->effort, &labels);
		ldns_rr_list_free(named);
		rests_add(z->on, s->f);
		if (z->why == NULL) {
			z->status = SECURE;
			z->why = "";
			z->keys = keys;
			return;
		}
		ldns_rr_list_free(keys);
	}
}

/* --- the root ------------------------------------------------------------- */

static gboolean
anchor_valid(const struct fact *f, const char *at)
{
	int64_t when = text_time_parse(at != NULL ? at : "");
	int64_t from = text_time_parse(fact_str(f, "valid_from"));
	int64_t until = text_time_parse(fact_str(f, "valid_until"));

	return (from == INT64_MIN || when >= from) &&
	    (until == INT64_MIN || when < until);
}

/* The DS of the anchors, as records. */
static ldns_rr_list *
anchors_of(const struct chain *c, GPtrArray *on)
{
	ldns_rr_list *l = ldns_rr_list_new();

	for (guint i = 0; i < c->j->facts->len; i++) {
		const struct fact *f = c->j->facts->pdata[i];
		g_autofree char *text = NULL;
		ldns_rr *rr = NULL;

		if (f->kind != FACT_DNSSEC_ANCHOR || !anchor_valid(f, f->at))
			continue;
		text = g_strdup_printf(". 0 IN DS %d %d %d %s",
		    (int)fact_int(f, "tag", 0),
		    (int)fact_int(f, "algorithm", 0),
		    (int)fact_int(f, "digest_type", 0), fact_str(f, "digest"));
		if (ldns_rr_new_frm_str(&rr, text, 0, NULL, NULL) !=
		    LDNS_STATUS_OK)
			continue;
		ldns_rr_list_push_rr(l, rr);
		rests_add(on, f);
	}
	return l;
}

static void
root_find(struct chain *c, struct dzone *z)
{
	ldns_rr_list *ds = anchors_of(c, z->on);

	z->status = INDETERMINATE;
	z->why = "no trust anchor was had";
	if (ldns_rr_list_rr_count(ds) > 0)
		keys_find(c, z, ds);
	ldns_rr_list_deep_free(ds);
}

/* --- a cut ---------------------------------------------------------------- */

/* The DS set that the zone above signed.  FALSE where there is none. */
static gboolean
cut_signed(struct chain *c, const struct dzone *up, struct dzone *z)
{
	const struct rrset *s;
	guint at = 0;

	while ((s = set_next(c, z->name, LDNS_RR_TYPE_DS, 0, &at)) != NULL) {
		unsigned labels;
		ldns_rr_list *ds;

		z->status = BOGUS;
		z->why = rrset_check(s, up->keys, up->name, &c->effort,
		    &labels);
		rests_add(z->on, s->f);
		if (z->why != NULL)
			continue;
		ds = ds_usable(s->rrs);
		if (ldns_rr_list_rr_count(ds) > 0)
			keys_find(c, z, ds);
		else {
			z->status = INSECURE;
			z->why = "no DS of an algorithm that is known here";
		}
		ldns_rr_list_free(ds);
		return TRUE;
	}
	return z->on->len > 0;
}

/* Said of the name in a message: no DS, or no such name. */
static gboolean
speaks_of_no_ds(const struct fact *f, const char *name)
{
	if (strcmp(f->subject, name) != 0)
		return FALSE;
	return f->kind == FACT_DNS_UNSIGNED || f->kind == FACT_DNS_NXDOMAIN ||
	    f->kind == FACT_DNS_REFERRAL || (f->kind == FACT_DNS_NODATA &&
	    strcmp(fact_str(f, "type"), "DS") == 0);
}

/* Without DS: unsigned by proof, or no delegation at all. */
static void
cut_denied(struct dzone *z, gboolean referred)
{
	const struct denial *d = &z->denial;

	z->status = INSECURE;
	if (d->what == DENIED_COSTLY)
		z->why = "NSEC3 with more iterations than are held to";
	else if (d->what == DENIED_SPAN && referred)
		z->why = "no DS: the delegation lies in a span with opt-out";
	else if (d->what == DENIED_TYPE && d->ns)
		z->why = "no DS: its absence is signed";
	else if (referred) {
		z->status = BOGUS;
		z->why = "a delegation with neither DS nor proof that there "
		    "is none";
	} else
		z->why = NULL;		/* no cut here */
}

static void
cut_unsigned(struct chain *c, const struct dzone *up, struct dzone *z)
{
	gboolean referred = FALSE, said = FALSE;

	for (guint i = 0; i < c->j->facts->len; i++) {
		const struct fact *f = c->j->facts->pdata[i];
		ldns_rr_list *nsecs;

		if (!speaks_of_no_ds(f, z->name))
			continue;
		referred |= f->kind == FACT_DNS_REFERRAL;
		if (said)
			continue;
		nsecs = record_denials(c, fact_source(f), up, z->on);
		denial_of(&z->denial, nsecs, up->name, z->name,
		    LDNS_RR_TYPE_DS);
		ldns_rr_list_free(nsecs);
		said = z->denial.what != DENIED_NOT;
		if (said || f->kind == FACT_DNS_REFERRAL)
			rests_add(z->on, f);
	}
	cut_denied(z, referred);
}

/* --- every zone ----------------------------------------------------------- */

static struct dzone *
dzone_new(const char *name)
{
	struct dzone *z = g_new0(struct dzone, 1);

	z->name = g_strdup(name);
	z->denial.by = "";
	z->on = g_ptr_array_new();
	return z;
}

/* The zone of which the name is the top; NULL: it belongs to the one above. */
static struct dzone *
zone_find(struct chain *c, const struct dzone *up, const char *name)
{
	struct dzone *z = dzone_new(name);

	if (up == NULL)
		root_find(c, z);
	else if (!cut_signed(c, up, z))
		cut_unsigned(c, up, z);
	if (z->why == NULL) {
		dzone_free(z);
		return NULL;
	}
	if (up != NULL)
		rests_all(z->on, up->on);
	g_ptr_array_add(c->zones, z);
	return z;
}

const struct dzone *
zone_of(struct chain *c, const char *name)
{
	struct dzone *z = g_hash_table_lookup(c->names, name), *up = NULL;

	if (z != NULL)
		return z;
	if (*name != '\0') {
		const char *dot = strchr(name, '.');

		up = (struct dzone *)(uintptr_t)zone_of(c, dot != NULL ?
		    dot + 1 : "");
	}
	if (up == NULL || up->status == SECURE)
		z = zone_find(c, up, name);
	if (z == NULL)
		z = up;
	g_hash_table_insert(c->names, g_strdup(name), z);
	return z;
}
