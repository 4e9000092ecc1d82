#include "reports/link_past.h"

#include <string.h>

#include "probes/dns.h"
#include "probes/rdap_words.h"
#include "probes/url.h"
#include "reports/delivery.h"
#include "reports/link_read.h"

#define SHARES	200	/* in all */
#define NAMES	64	/* that have one value */

/* One value of a sign and who had it, each name once. */
struct had {
	const struct link_sign *sign;
	char		*value;
	enum weight	 weight;
	const char	*lowered;
	GArray		*at;		/* struct past_at; those of the case first */
	guint		 ours;		/* how many of them are */
	GPtrArray	*names;		/* theirs, canonical */
	GPtrArray	*all;		/* of all that had it by imports, canonical */
};

struct past {
	const struct sight *sight;
	GHashTable	*values;	/* "sign value" -> struct had * */
	GPtrArray	*order;		/* the same, as met */
};

static void
had_free(void *p)
{
	struct had *h = p;

	g_free(h->value);
	g_array_unref(h->at);
	g_ptr_array_unref(h->names);
	g_ptr_array_unref(h->all);
	g_free(h);
}

static void
past_free(void *p)
{
	struct past_share *s = p;

	g_free(s->value);
	g_free(s);
}

/* One and the same, or one below the other. */
static gboolean
same_site(const char *a, const char *b)
{
	return name_under(a, b) || name_under(b, a);
}

/* As archives write names: in capitals, with a dot at the end, in letters that no
 * zone has. */
static char *
name_canonical(const char *name)
{
	char *as = host_canonical(name, NULL);

	return as != NULL ? as : g_ascii_strdown(name, -1);
}

static gboolean
of_case(const struct sight *s, const char *name)
{
	for (guint i = 0; i < s->sites->len; i++)
		if (same_site(((const struct site *)s->sites->pdata[i])->name,
		    name))
			return TRUE;
	return FALSE;
}

/* One of the case is kept however many strangers came before it. */
static void
had_at(const struct past *p, struct had *h, const struct past_at *at)
{
	char *name = name_canonical(at->name);
	guint place = h->at->len;

	if (at->import != NULL)
		g_ptr_array_add(h->all, g_strdup(name));
	for (guint i = 0; i < h->names->len; i++)
		if (same_site(g_ptr_array_index(h->names, i), name)) {
			g_free(name);
			return;
		}
	if (of_case(p->sight, name)) {
		place = h->ours++;
	} else if (h->at->len - h->ours >= NAMES) {
		g_free(name);
		return;
	}
	g_array_insert_vals(h->at, place, at, 1);
	g_ptr_array_insert(h->names, (gint)place, name);
}

static void
had_add(struct past *p, const struct link_seen *s, const struct past_at *at)
{
	g_autofree char *low = g_ascii_strdown(s->value, -1);
	g_autofree char *key = g_strdup_printf("%s %s", s->sign->id, low);
	struct had *h = g_hash_table_lookup(p->values, key);

	if (h == NULL) {
		h = g_new0(struct had, 1);
		h->sign = s->sign;
		h->value = g_strdup(s->value);
		h->weight = s->sign->weight;
		h->lowered = "";
		h->at = g_array_new(FALSE, FALSE, sizeof(struct past_at));
		h->names = g_ptr_array_new_with_free_func(g_free);
		h->all = g_ptr_array_new_with_free_func(g_free);
		g_hash_table_insert(p->values, g_steal_pointer(&key), h);
		g_ptr_array_add(p->order, h);
	}
	if (s->lower < h->weight) {
		h->weight = s->lower;
		h->lowered = s->lowered;
	}
	had_at(p, h, at);
}

/* ---- which sign a row is */

/* As archives of names, registrations and certificates call them; the id of a
 * sign is one too. */
static const struct { const char *type, *id; } past[] = {
	{ "a", "address" }, { "aaaa", "address" }, { "ip", "address" },
	{ "dns", "address" }, { "name server", "ns" }, { "nameserver", "ns" },
	{ "soa", "soa-rname" }, { "rname", "soa-rname" },
	{ "holder", "registrant" }, { "owner", "registrant" },
	{ "registrant name", "registrant" }, { "whois", "registrant" },
	{ "registrant organisation", "registrant" },
	{ "registrant organization", "registrant" },
	{ "registrant email", "registrant-mail" },
	{ "registrant-email", "registrant-mail" },
	{ "registrant e-mail", "registrant-mail" },
	{ "certificate", "tls-names" }, { "cert", "tls-names" },
	{ "ct", "tls-names" }, { "key", "tls-key" }, { "spki", "tls-key" },
	{ "analytics", "page-analytics" }, { "txt", "dns-token" },
	{ "favicon", "icon" }, { "publisher", "adsense" },
};

static gboolean
read_past(const char *type, const char *value, struct link_seen *s)
{
	g_autofree char *low = g_ascii_strdown(type, -1);
	const char *id = g_strstrip(low);

	for (size_t i = 0; i < G_N_ELEMENTS(past); i++)
		if (strcmp(past[i].type, id) == 0) {
			id = past[i].id;
			break;
		}
	/* Archives have the text as it stands in the zone. */
	if (strcmp(id, "dns-token") == 0) {
		g_autofree char *service = NULL;
		const char *token = dns_token_listed(value, &service);

		return token != NULL && link_see_token(service, token, s);
	}
	if (rdap_withheld(value) || rdap_withheld_whois(value) ||
	    rdap_privacy_service(value) || !link_see(s, id, value))
		return FALSE;
	if (strcmp(id, "soa-rname") == 0 && link_shared("soa", value) != NULL)
		link_lower(s, W_C, "it is the provider's own mailbox");
	return TRUE;
}

static void
read_rows(struct past *p, const struct import *m)
{
	const struct record *rec = p->sight->rec;

	for (guint i = 0; i < m->rows->len; i++) {
		const struct history *h = &g_array_index(m->rows,
		    struct history, i);
		struct past_at at = { h->subject, m, h, NULL, NULL };
		struct link_seen s = { 0 };
		g_autofree char *name = name_canonical(h->subject);
		struct inet net;

		if ((h->faults & (ROW_MALFORMED | ROW_DUPLICATE)) != 0 ||
		    strchr(h->subject, '.') == NULL ||
		    inet_read_network(h->subject, &net) == 0 ||
		    link_own(rec, name))
			continue;
		if (read_past(h->type, h->value, &s) &&
		    !link_own_id(rec, s.value))
			had_add(p, &s, &at);
		g_free(s.value);
	}
}

/* What runs saw, beside what was: only of values that an import has. */
struct run_look {
	struct past	*p;
	struct past_at	 at;
};

static void
take_seen(void *arg, struct link_seen *s)
{
	struct run_look *l = arg;
	g_autofree char *low = g_ascii_strdown(s->value, -1);
	g_autofree char *key = g_strdup_printf("%s %s", s->sign->id, low);

	if (g_hash_table_contains(l->p->values, key))
		had_add(l->p, s, &l->at);
}

static void
read_fact(struct past *p, const struct site *site, const struct visit *v,
    const struct fact *f)
{
	struct run_look l = { p, { site->name, NULL, NULL, v->run, f } };

	link_read(site, f, take_seen, &l);
}

static void
read_sites(struct past *p)
{
	for (guint i = 0; i < p->sight->sites->len; i++) {
		const struct site *site =
		    g_ptr_array_index(p->sight->sites, i);

		if (link_own(p->sight->rec, site->name))
			continue;
		for (guint k = 0; k < site->visits->len; k++) {
			const struct visit *v =
			    g_ptr_array_index(site->visits, k);

			for (guint n = 0; n < v->facts->len; n++)
				read_fact(p, site, v,
				    g_ptr_array_index(v->facts, n));
		}
	}
}

static gint
by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names that had it and are neither of the two; they are sorted. */
static guint
others_of(const struct had *h, const char *a, const char *b)
{
	guint n = 0;

	for (guint i = 0; i < h->all->len; i++) {
		const char *name = h->all->pdata[i];

		if (i > 0 && strcmp(h->all->pdata[i - 1], name) == 0)
			continue;
		n += same_site(name, a) || same_site(name, b) ? 0 : 1;
	}
	return n;
}

static void
share_add(const struct had *h, guint i, guint k, GPtrArray *to)
{
	const struct past_at *a = &g_array_index(h->at, struct past_at, i);
	const struct past_at *b = &g_array_index(h->at, struct past_at, k);
	struct past_share *s;

	if (a->import == NULL && b->import == NULL)
		return;
	s = g_new0(struct past_share, 1);
	s->sign = h->sign;
	s->value = g_strdup(h->value);
	s->weight = h->weight;
	s->lowered = h->lowered;
	s->a = a->import != NULL ? *a : *b;
	s->b = a->import != NULL ? *b : *a;
	s->others = others_of(h, h->names->pdata[i], h->names->pdata[k]);
	g_ptr_array_add(to, s);
}

/* Those of the case with all others; all with all where none is of the case.  What
 * strangers have in any case is told of the case's own alone. */
static void
shares_of(const struct had *h, GPtrArray *to)
{
	guint heads = h->ours > 0 ? h->ours : h->at->len;
	guint most = h->ours > 1 && h->weight < W_B ? h->ours : h->at->len;

	g_ptr_array_sort(h->all, by_name);
	for (guint i = 0; i < heads; i++)
		for (guint k = i + 1; k < most && to->len < SHARES; k++)
			share_add(h, i, k, to);
}

/* Values that two of the case's sites have, that one has, and the others. */
static void
shares_all(const struct past *p, GPtrArray *to)
{
	for (guint ours = 3; ours-- > 0;)
		for (guint i = 0; i < p->order->len; i++) {
			const struct had *h = g_ptr_array_index(p->order, i);

			if (MIN(h->ours, 2u) == ours)
				shares_of(h, to);
		}
}

GPtrArray *
link_past(const struct sight *sight)
{
	GPtrArray *to = g_ptr_array_new_with_free_func(past_free);
	struct past p = { .sight = sight };

	p.values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	p.order = g_ptr_array_new_with_free_func(had_free);
	for (guint i = 0; i < sight->rec->imports->len; i++) {
		const struct import *m =
		    g_ptr_array_index(sight->rec->imports, i);

		if (m->kind == IMPORT_HISTORY)
			read_rows(&p, m);
	}
	if (p.order->len > 0)
		read_sites(&p);
	shares_all(&p, to);
	g_hash_table_unref(p.values);
	g_ptr_array_unref(p.order);
	return to;
}
