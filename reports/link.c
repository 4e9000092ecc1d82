#include "reports/link.h"

#include <string.h>

#include "reports/delivery.h"

#define SITES	64		/* compared with each other */
#define VALUES	20000		/* of all of them */
#define SHARES	40		/* kept of a pair */

/* A value of a sign, and the sites that have it, each with its first fact. */
struct value {
	const struct link_sign	*sign;
	char			*text;
	const char		*lowered, *rarity;
	enum weight		 weight;
	gboolean		 own;		/* the plaintiff's */
	GArray			*at;		/* struct link_at */
};

struct compare {
	struct links		*out;
	const struct sight	*sight;
	GHashTable		*values;	/* "sign text" -> struct value * */
};

static void
value_free(void *p)
{
	struct value *v = p;

	g_free(v->text);
	g_array_unref(v->at);
	g_free(v);
}

static void
pair_free(void *p)
{
	struct link_pair *pair = p;

	g_ptr_array_unref(pair->shares);
	g_free(pair);
}

gboolean
link_own(const struct record *rec, const char *name)
{
	for (guint i = 0; i < rec->own_domains->len; i++)
		if (name_under(name, g_ptr_array_index(rec->own_domains, i)))
			return TRUE;
	return FALSE;
}

gboolean
link_own_id(const struct record *rec, const char *text)
{
	const char *blank = strrchr(text, ' ');

	for (guint i = 0; i < rec->own_ids->len; i++) {
		const char *id = g_ptr_array_index(rec->own_ids, i);

		if (g_ascii_strcasecmp(id, text) == 0 || (blank != NULL &&
		    g_ascii_strcasecmp(id, blank + 1) == 0) ||
		    (g_str_has_prefix(id, text) && id[strlen(text)] == '-'))
			return TRUE;
	}
	return FALSE;
}

/* ---- values */

static struct value *
value_of(struct compare *c, const struct link_sign *sign, const char *text)
{
	g_autofree char *key = g_strdup_printf("%s %s", sign->id, text);
	struct value *v = g_hash_table_lookup(c->values, key);

	if (v != NULL || c->out->values->len >= VALUES)
		return v;
	v = g_new0(struct value, 1);
	v->sign = sign;
	v->text = g_strdup(text);
	v->lowered = v->rarity = "";
	v->weight = sign->weight;
	v->own = link_own_id(c->sight->rec, text);
	v->at = g_array_new(FALSE, FALSE, sizeof(struct link_at));
	g_hash_table_insert(c->values, g_steal_pointer(&key), v);
	g_ptr_array_add(c->out->values, v);
	return v;
}

/* What is copied with a page, or beside it; an address or a server is not. */
static gboolean
is_copied(const struct link_sign *sign)
{
	return sign->family == FAMILY_PAGE || sign->family == FAMILY_SELLERS ||
	    sign->family == FAMILY_APP;
}

/* The newest fact of a site stands for it; one that weighs less counts. */
static void
add(struct compare *c, const struct site *site, const struct run *run,
    const struct fact *f, struct link_seen *s)
{
	struct link_at at = { site, run, f };
	struct value *v = value_of(c, s->sign, s->value);

	if (v == NULL)
		return;
	if (s->lower < v->weight) {
		v->weight = s->lower;
		v->lowered = s->lowered;
	}
	if (*s->rarity != '\0')
		v->rarity = s->rarity;
	v->own |= is_copied(s->sign) &&
	    link_own(c->sight->rec, site->name);
	for (guint i = 0; i < v->at->len; i++)
		if (g_array_index(v->at, struct link_at, i).site == site) {
			g_array_index(v->at, struct link_at, i) = at;
			return;
		}
	g_array_append_val(v->at, at);
}

static void
read_addresses(struct compare *c, const struct site *site,
    const struct visit *v)
{
	for (guint i = 0; i < v->roles->len; i++) {
		const struct role_row *r = g_ptr_array_index(v->roles, i);
		struct link_seen s = { link_sign_find("address"), r->ip, "",
		    W_A, "" };

		if (r->own)
			add(c, site, v->run, g_ptr_array_index(r->facts, 0),
			    &s);
	}
}

struct fact_look {
	struct compare		*c;
	const struct site	*site;
	const struct run	*run;
	const struct fact	*f;
};

static void
take_seen(void *arg, struct link_seen *s)
{
	struct fact_look *l = arg;

	add(l->c, l->site, l->run, l->f, s);
}

static void
read_servers(struct compare *c, const struct site *site, const struct visit *v)
{
	struct fact_look l = { c, site, v->run, NULL };
	struct link_seen s = { 0 };

	if (link_servers(c->sight, site, v, &s, &l.f))
		take_seen(&l, &s);
	g_free(s.value);
}

static void
read_site(struct compare *c, const struct site *site)
{
	for (guint i = 0; i < site->visits->len; i++) {
		const struct visit *v = g_ptr_array_index(site->visits, i);

		read_addresses(c, site, v);
		read_servers(c, site, v);
		for (guint k = 0; k < v->facts->len; k++) {
			const struct fact *f = g_ptr_array_index(v->facts, k);
			struct fact_look l = { c, site, v->run, f };

			if (f->kind == FACT_TLS_CERT && (f->target == NULL ||
			    strcmp(f->target, site->name) != 0))
				continue;
			link_read(site, f, take_seen, &l);
		}
	}
}

/* ---- pairs */

static struct link_pair *
pair_of(struct compare *c, const struct site *a, const struct site *b)
{
	struct link_pair *p;

	for (guint i = 0; i < c->out->pairs->len; i++) {
		p = g_ptr_array_index(c->out->pairs, i);
		if ((p->a == a && p->b == b) || (p->a == b && p->b == a))
			return p;
	}
	p = g_new0(struct link_pair, 1);
	p->a = a;
	p->b = b;
	p->shares = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(c->out->pairs, p);
	return p;
}

static void
share(struct compare *c, const struct value *v, const struct link_at *a,
    const struct link_at *b)
{
	struct link_pair *p = pair_of(c, a->site, b->site);
	struct link_share s = {
		.sign = v->sign, .value = v->text, .weight = v->weight,
		.lowered = v->lowered, .rarity = v->rarity, .a = *a, .b = *b,
		.sites = v->at->len,
	};

	if (p->shares->len < SHARES)
		g_ptr_array_add(p->shares, g_memdup2(&s, sizeof(s)));
}

static void
drop(struct compare *c, const struct value *v, const struct link_at *at)
{
	struct link_drop d = { v->sign, v->text, *at,
		"one of the plaintiff's own sites or ids has it: a copy of its "
		"page carries it" };

	g_ptr_array_add(c->out->drops, g_memdup2(&d, sizeof(d)));
}

static void
pairs_of_value(struct compare *c, const struct value *v)
{
	const struct record *rec = c->sight->rec;

	for (guint i = 0; i < v->at->len; i++) {
		const struct link_at *a = &g_array_index(v->at, struct link_at,
		    i);

		if (link_own(rec, a->site->name))
			continue;
		if (v->own && v->sign->weight > W_C)
			drop(c, v, a);
		for (guint k = i + 1; !v->own && k < v->at->len; k++) {
			const struct link_at *b = &g_array_index(v->at,
			    struct link_at, k);

			if (!link_own(rec, b->site->name))
				share(c, v, a, b);
		}
	}
}

/* ---- who names whom */

/* The host that a fact leads to, and by which sign; NULL where to none. */
static char *
leads_to(const struct fact *f, const char **id)
{
	if (f->kind == FACT_APP_LINK) {
		*id = "app-site";
		return strcmp(fact_str(f, "platform"), "web") == 0 ?
		    g_strdup(fact_str(f, "site")) : NULL;
	}
	if (f->kind == FACT_PAGE_HOST) {
		*id = "reference";
		return g_strdup(fact_str(f, "host"));
	}
	if (f->kind != FACT_HTTP_REDIRECT)
		return NULL;
	*id = "redirect";
	return link_host(fact_str(f, "to"));
}

static gboolean
was_said(const struct link_pair *p, const struct link_sign *sign,
    const char *value)
{
	for (guint i = 0; i < p->shares->len; i++) {
		const struct link_share *s = g_ptr_array_index(p->shares, i);

		if (s->sign == sign && strcmp(s->value, value) == 0)
			return TRUE;
	}
	return FALSE;
}

static void
say_direct(struct compare *c, const struct link_sign *sign, enum weight weight,
    const char *lowered, const struct site *site, const struct site *other,
    const struct run *run, const struct fact *f)
{
	struct link_pair *p = pair_of(c, site, other);
	struct link_at at = { site, run, f };
	struct link_share s = {
		.sign = sign, .value = other->name, .weight = weight,
		.lowered = lowered, .rarity = "", .a = at, .b = at,
		.sites = 2,
	};

	if (p->shares->len < SHARES && !was_said(p, sign, other->name))
		g_ptr_array_add(p->shares, g_memdup2(&s, sizeof(s)));
}

struct cert_look {
	struct fact_look	*of;
	const struct site	*other;
};

/* One certificate for both, which weighs what its key does. */
static void
take_cert(void *arg, struct link_seen *s)
{
	struct cert_look *look = arg;
	const struct link_sign *sign = link_sign_find("tls-names");

	say_direct(look->of->c, sign, MIN(sign->weight, s->lower), s->lowered,
	    look->of->site, look->other, look->of->run, look->of->f);
}

static void
direct(struct compare *c, const struct site *site, const struct run *run,
    const struct fact *f, const struct site *other)
{
	const char *id = NULL;
	g_autofree char *host = leads_to(f, &id);

	if (host != NULL && name_under(host, other->name)) {
		const struct link_sign *sign = link_sign_find(id);

		say_direct(c, sign, sign->weight, "", site, other, run, f);
	}
	if (f->kind == FACT_TLS_CERT && link_cert_names(f, site->name) &&
	    link_cert_names(f, other->name)) {
		struct fact_look l = { c, site, run, f };
		struct cert_look look = { &l, other };

		link_read(site, f, take_cert, &look);
	}
}

static void
directs_of(struct compare *c, const struct site *site)
{
	for (guint i = 0; i < site->visits->len; i++) {
		const struct visit *v = g_ptr_array_index(site->visits, i);

		for (guint k = 0; k < v->facts->len; k++) {
			const struct fact *f = g_ptr_array_index(v->facts, k);

			if (f->kind != FACT_TLS_CERT &&
			    f->kind != FACT_PAGE_HOST &&
			    f->kind != FACT_APP_LINK &&
			    f->kind != FACT_HTTP_REDIRECT)
				continue;
			for (guint n = 0; n < c->out->sites; n++) {
				const struct site *o = g_ptr_array_index(
				    c->sight->sites, n);

				if (o != site && !link_own(c->sight->rec,
				    o->name) && f->target != NULL &&
				    strcmp(f->target, site->name) == 0)
					direct(c, site, v->run, f, o);
			}
		}
	}
}

/* ---- the verdict of a pair */

static int
by_weight(const void *a, const void *b)
{
	const struct link_share *x = *(struct link_share *const *)a;
	const struct link_share *y = *(struct link_share *const *)b;

	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	if (x->sign != y->sign)
		return x->sign < y->sign ? -1 : 1;
	return strcmp(x->value, y->value);
}

/*
 * Two strong signs of two families, one of them of a family that is not copied with
 * a site's files.  An account in ads.txt that the pages of both name as well is
 * derived from it: it counts once.
 */
static gboolean
is_derived(const struct link_pair *p, const struct link_share *s)
{
	const char *account = strrchr(s->value, ' ');

	if (s->sign->family != FAMILY_SELLERS || account == NULL)
		return FALSE;
	for (guint i = 0; i < p->shares->len; i++) {
		const struct link_share *o = g_ptr_array_index(p->shares, i);

		if (o->sign->family == FAMILY_PAGE &&
		    strstr(o->value, account + 1) != NULL)
			return TRUE;
	}
	return FALSE;
}

/* One server is said with the set that it is of. */
static void
drop_covered(struct link_pair *p)
{
	gboolean set = FALSE;

	for (guint i = 0; i < p->shares->len; i++) {
		const struct link_share *s = g_ptr_array_index(p->shares, i);

		set |= strcmp(s->sign->id, "ns-set") == 0;
	}
	for (guint i = p->shares->len; set && i-- > 0;) {
		const struct link_share *s = g_ptr_array_index(p->shares, i);

		if (strcmp(s->sign->id, "ns") == 0)
			g_ptr_array_remove_index(p->shares, i);
	}
}

static void
judge(struct link_pair *p)
{
	gboolean strong[FAMILIES] = { FALSE }, apart = FALSE;
	guint n = 0;

	drop_covered(p);

	for (guint i = 0; i < p->shares->len; i++) {
		const struct link_share *s = g_ptr_array_index(p->shares, i);

		if (s->weight < W_BP || strong[s->sign->family] ||
		    is_derived(p, s))
			continue;
		strong[s->sign->family] = TRUE;
		apart |= !is_copied(s->sign);
		n++;
	}
	p->linked = n >= 2 && apart;
	g_ptr_array_sort(p->shares, by_weight);
}

/* ---- all */

void
links_init(struct links *l, const struct sight *sight)
{
	struct compare c = { .out = l, .sight = sight };

	*l = (struct links){
		.pairs = g_ptr_array_new_with_free_func(pair_free),
		.drops = g_ptr_array_new_with_free_func(g_free),
		.values = g_ptr_array_new_with_free_func(value_free),
		.sites = MIN(sight->sites->len, SITES),
	};
	c.values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < l->sites; i++)
		read_site(&c, g_ptr_array_index(sight->sites, i));
	for (guint i = 0; i < l->values->len; i++)
		pairs_of_value(&c, g_ptr_array_index(l->values, i));
	for (guint i = 0; i < l->sites; i++) {
		const struct site *s = g_ptr_array_index(sight->sites, i);

		if (!link_own(sight->rec, s->name))
			directs_of(&c, s);
	}
	for (guint i = 0; i < l->pairs->len; i++)
		judge(g_ptr_array_index(l->pairs, i));
	g_hash_table_unref(c.values);
}

void
links_clear(struct links *l)
{
	g_ptr_array_unref(l->pairs);
	g_ptr_array_unref(l->drops);
	g_ptr_array_unref(l->values);
}

char *
link_rarity(const struct links *l, const struct link_share *s)
{
	if (s->a.site == s->b.site && s->sign->family != FAMILY_TLS)
		return g_strdup("");
	if (s->lowered != NULL && *s->lowered != '\0')
		return g_strdup_printf("%u of the case's %u sites have it; %s",
		    s->sites, l->sites, s->lowered);
	return g_strdup_printf("%u of the case's %u sites have it; %s",
	    s->sites, l->sites, *s->rarity != '\0' ? s->rarity :
	    "how many others do is not known");
}
