#include "reports/delivery.h"
#include "reports/judge.h"

/* ---- L-01, L-04, L-09: what an entity was seen doing -------------------------- */

static gboolean
is_current(const struct sight *s, const struct provider *p)
{
	const struct site *site = sight_site(s, p->target);

	return site != NULL && site_last(site)->run == p->run;
}

static void
say_role(struct finding *f, const struct provider *p)
{
	if (p->how != NULL)
		finding_for(f, p->run, p->how);
	finding_for(f, p->run, p->fact);
	finding_note(f, "%s of %s, in run %s of %.10s", p->role, p->about,
	    p->run->name, p->run->started);
}

static void
say_gone(struct finding *f)
{
	if (judge_providers_open(f)) {
		f->status = ST_PART;
		finding_note(f, "the newest run had not all answers");
		return;
	}
	f->status = ST_STALE;
	finding_note(f, "not seen in the newest run; the role was seen before");
}

void
judge_entity_role(const struct record *rec, struct finding *f)
{
	const struct entity_view *e = sight_entity(f->sight, f->scope);
	gboolean current = FALSE;

	(void)rec;
	if (judge_no_run(f))
		return;
	if (e == NULL || e->seen->len == 0) {
		f->status = ST_NONE;
		if (e == NULL || !judge_providers_open(f))
			finding_note(f, "no record names it in a role");
		finding_missing(f, "a role for a name or address of this "
		    "record, and its date");
	}
	finding_missing(f, "what it holds, about whom, and a duty or practice "
	    "of collecting it; by what route it can be had");
	if (e == NULL || e->seen->len == 0)
		return;
	for (guint i = 0; i < e->seen->len; i++) {
		const struct provider *p = g_ptr_array_index(e->seen, i);

		say_role(f, p);
		current |= is_current(f->sight, p);
	}
	f->status = ST_PART;
	if (!current)
		say_gone(f);
}

void
judge_entity_row(const struct record *rec, struct finding *f)
{
	judge_entity_role(rec, f);
}

/* ---- L-06: what its own pages say that it asks for ------------------------------ */

struct terms { guint forms, others; GString *fields; };

static void
add_fields(GString *list, const struct fact *fact)
{
	json_t *fields = fact_get(fact, "fields"), *x;
	size_t i;

	json_array_foreach(fields, i, x)
		if (json_is_string(x) && list->len < 200)
			list_add(list, json_string_value(x));
}

static gboolean
is_terms(const struct fact *fact)
{
	if (fact->kind == FACT_PAGE_LINK)
		return strcmp(fact_str(fact, "purpose"), "terms") == 0;
	return fact->kind == FACT_PAGE_WORDS &&
	    strcmp(fact_str(fact, "rule"), "payment-method") == 0;
}

static void
terms_visit(struct finding *f, const struct visit *v, struct terms *t)
{
	for (guint i = 0; i < v->facts->len; i++) {
		const struct fact *fact = g_ptr_array_index(v->facts, i);

		if (fact->kind == FACT_PAGE_FORM &&
		    strcmp(fact_str(fact, "purpose"), "sign-up") == 0) {
			t->forms++;
			add_fields(t->fields, fact);
			finding_for(f, v->run, fact);
		} else if (is_terms(fact)) {
			t->others++;
			finding_against(f, v->run, fact);
		}
	}
}

/* Sites of the record whose name has the entity's name as a label. */
static guint
terms_of(struct finding *f, struct terms *t)
{
	guint sites = 0;

	for (guint i = 0; i < f->sight->sites->len; i++) {
		const struct site *site =
		    g_ptr_array_index(f->sight->sites, i);

		if (!entity_is_host(f->scope, site->name))
			continue;
		sites++;
		for (guint k = 0; k < site->visits->len; k++)
			terms_visit(f, g_ptr_array_index(site->visits, k), t);
	}
	return sites;
}

static void
terms_open(struct finding *f)
{
	gboolean open = FALSE;

	f->status = ST_NONE;
	for (guint i = 0; i < f->sight->sites->len; i++) {
		const struct site *site =
		    g_ptr_array_index(f->sight->sites, i);

		if (entity_is_host(f->scope, site->name))
			open |= judge_site_open(f, site, LOOK_PAGES);
	}
	if (!open)
		finding_note(f, "its pages in the record show no sign-up and "
		    "no terms");
}

void
judge_holds(const struct record *rec, struct finding *f)
{
	struct terms t = { .fields = g_string_new(NULL) };
	guint sites = terms_of(f, &t);

	(void)rec;
	if (sites == 0) {
		f->status = ST_NONE;
		finding_note(f, "nothing in the record: no mail of it "
		    "imported, and no sign-up page of it collected");
	} else if (t.forms > 0) {
		f->status = ST_PART;
		finding_note(f, "%u sign-up form%s; fields: %s", PLURAL(t.forms),
		    t.fields->str);
	} else if (t.others > 0) {
		f->status = ST_INSUF;
		finding_note(f, "%u fact%s on terms or payment, and no sign-up "
		    "form", PLURAL(t.others));
	} else {
		terms_open(f);
	}
	finding_missing(f, "a statement of what it holds, about which "
	    "customer, for which dates");
	g_string_free(t.fields, TRUE);
}

/* ---- L-03: what sites share, and how else that comes about ----------------------- */

enum share { SHARE_ADDRESS, SHARE_SERVER, SHARE_CERTIFICATE, SHARE_LINK };

static const struct { const char *what, *also; } shares[] = {
	[SHARE_ADDRESS] = { "the same address",
	    "providers put many customers on one address" },
	[SHARE_SERVER] = { "the same name server",
	    "providers give the same servers to many customers" },
	[SHARE_CERTIFICATE] = { "the same certificate",
	    "delivery networks put many customers into one certificate" },
	[SHARE_LINK] = { "a link from one to the other",
	    "anybody can set a link" },
};

struct first { const struct visit *visit; const struct fact *fact; };

struct links {
	GHashTable	*seen;		/* "share text" -> struct first * */
	guint		 n;
};

static void
share(struct finding *f, struct links *l, enum share kind, const char *text,
    const struct visit *v, const struct fact *fact)
{
	g_autofree char *key = g_strdup_printf("%d %s", (int)kind, text);
	const struct first *one = g_hash_table_lookup(l->seen, key);

	if (*text == '\0')
		return;
	if (one == NULL) {
		struct first first = { v, fact };

		g_hash_table_insert(l->seen, g_steal_pointer(&key),
		    g_memdup2(&first, sizeof(first)));
		return;
	}
	if (strcmp(one->visit->target, v->target) == 0)
		return;
	l->n++;
	finding_against(f, one->visit->run, one->fact);
	finding_against(f, v->run, fact);
	if (f->notes->len < 12)
		finding_note(f, "%s and %s: %s (%s); %s", one->visit->target,
		    v->target, shares[kind].what, text, shares[kind].also);
}

static void
share_link(struct finding *f, struct links *l, const struct visit *v,
    const struct fact *fact)
{
	const char *host = fact_str(fact, "host");

	for (guint i = 0; i < f->sight->sites->len; i++) {
		const struct site *site =
		    g_ptr_array_index(f->sight->sites, i);

		if (strcmp(site->name, v->target) == 0 ||
		    !name_under(host, site->name))
			continue;
		l->n++;
		finding_against(f, v->run, fact);
		if (f->notes->len < 12)
			finding_note(f, "%s and %s: %s; %s", v->target,
			    site->name, shares[SHARE_LINK].what,
			    shares[SHARE_LINK].also);
	}
}

static void
share_visit(struct finding *f, const struct visit *v, void *arg)
{
	struct links *l = arg;

	for (guint i = 0; i < v->roles->len; i++) {
		const struct role_row *r = g_ptr_array_index(v->roles, i);

		if (r->own)
			share(f, l, SHARE_ADDRESS, r->ip, v,
			    g_ptr_array_index(r->facts, 0));
	}
	for (guint i = 0; i < v->facts->len; i++) {
		const struct fact *x = g_ptr_array_index(v->facts, i);

		if (x->kind == FACT_DNS_NS && strcmp(x->subject, v->target) == 0)
			share(f, l, SHARE_SERVER, fact_str(x, "ns"), v, x);
		else if (x->kind == FACT_TLS_CERT &&
		    fact_int(x, "depth", -1) == 0)
			share(f, l, SHARE_CERTIFICATE, fact_str(x, "sha256"), v,
			    x);
		else if (x->kind == FACT_PAGE_HOST)
			share_link(f, l, v, x);
	}
}

void
judge_links(const struct record *rec, struct finding *f)
{
	struct links l = { .seen = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, g_free) };

	(void)rec;
	if (f->sight->sites->len > 1)
		judge_visits(f, share_visit, &l);
	g_hash_table_unref(l.seen);
	finding_missing(f, "identifiers that the sites share and that are not "
	    "generic");
	if (l.n > 0) {
		f->status = ST_INSUF;
	} else if (f->sight->sites->len < 2) {
		f->status = ST_NONE;
		finding_note(f, "fewer than two domains are in the record: "
		    "nothing to compare");
	} else if (!judge_sites_open(f, LOOK_ADDRESS)) {
		f->status = ST_NONE;
		finding_note(f, "the domains of the record share no address, "
		    "name server, certificate or link");
	}
}
