/* What a target shows while it runs: its categories, and the last fact of each. */

#include <string.h>

#include "collector/engine_priv.h"
#include "probes/text.h"

const char *const category_names[CATEGORIES] = {
	[CAT_NAMES] = "names and delegation",
	[CAT_REGISTRATION] = "registration",
	[CAT_ADDRESSES] = "addresses",
	[CAT_PLACE] = "place",
	[CAT_TLS] = "certificates",
	[CAT_PAGES] = "pages",
};

enum category
question_category(const struct question *q)
{
	static const enum category by_kind[PROBE_KINDS] = {
		[PROBE_LOCAL] = CAT_REGISTRATION, [PROBE_DNS] = CAT_NAMES,
		[PROBE_RDAP] = CAT_REGISTRATION,
		[PROBE_WHOIS] = CAT_REGISTRATION, [PROBE_TLS] = CAT_TLS,
		[PROBE_HTTP] = CAT_PAGES, [PROBE_GEO] = CAT_PLACE,
		[PROBE_REACH] = CAT_PLACE,
	};

	if ((q->kind == PROBE_RDAP && (strcmp(q->type, "ip") == 0 ||
	    strcmp(q->type, "autnum") == 0)) ||
	    (q->kind == PROBE_DNS && strcmp(q->type, "PTR") == 0) ||
	    (q->kind == PROBE_LOCAL && g_hostname_is_ip_address(q->name)))
		return CAT_ADDRESSES;
	return by_kind[q->kind];
}

void
goal_show(struct goal *g, const struct exchange *x)
{
	g_strlcpy(g->server, *x->q->host != '\0' ? x->q->host : x->q->server,
	    sizeof(g->server));
	g->last_s = (double)x->took / 1e9;
	if (x->q->kind == PROBE_HTTP && x->status == X_ANSWERED)
		g->pages++;
}

static void
show(struct goal *g, enum category c, const char *fmt, const char *one,
    const char *two)
{
	g_autoptr(GString) a = g_string_new(NULL);
	g_autoptr(GString) b = g_string_new(NULL);
	g_autofree char *line = NULL;

	text_term(a, one, -1);
	text_term(b, two, -1);
	line = g_strconcat(a->str, *b->str != '\0' ? fmt : "", b->str, NULL);
	g_utf8_strncpy(g->last[c], line, 40);
	if (strlen(line) < sizeof(g->last[c]))
		g_strlcpy(g->last[c], line, sizeof(g->last[c]));
}

static void
show_address(struct goal *g, const struct fact *f)
{
	unsigned p = GPOINTER_TO_UINT(g_hash_table_lookup(g->purposes,
	    f->subject));

	if (!(p & PURPOSE_TARGET) && strcmp(f->subject, g->t.name) != 0)
		return;
	/* An alias's answer brings the same address again. */
	if (!g_hash_table_add(g->ips, g_strdup(fact_str(f, "ip"))))
		return;
	if (g->addresses++ == 0) {
		g_strlcpy(g->first, fact_str(f, "ip"), sizeof(g->first));
		show(g, CAT_NAMES, "", g->first, "");
	}
	g->usable = TRUE;
}

static void
show_entity(struct goal *g, const struct fact *f)
{
	json_t *role;
	size_t i;

	if (strcmp(f->subject, g->t.registrable) != 0)
		return;
	json_array_foreach(fact_get(f, "roles"), i, role)
		if (g_strcmp0(json_string_value(role), "registrar") == 0)
			show(g, CAT_REGISTRATION, ", ", fact_str(f, "name"),
			    fact_str(f, "country"));
}

static void
show_domain(struct goal *g, const struct fact *f)
{
	if (strcmp(f->subject, g->t.registrable) == 0)
		g->usable = TRUE;
}

static void
show_holder(struct goal *g, const struct fact *f)
{
	if (strcmp(f->subject, g->first) == 0)
		show(g, CAT_ADDRESSES, ", ", fact_str(f, "org"),
		    fact_str(f, "country"));
	g->usable |= strcmp(f->subject, g->t.name) == 0;
}

static void
show_place(struct goal *g, const struct fact *f)
{
	if (strcmp(f->subject, g->first) == 0 &&
	    g->last[CAT_PLACE][0] == '\0')
		show(g, CAT_PLACE, ", ", fact_str(f, "country"),
		    fact_str(f, "city"));
}

static void
show_trust(struct goal *g, const struct fact *f)
{
	gboolean ok = json_is_true(fact_get(f, "ok"));

	show(g, CAT_TLS, "", ok ? "chain valid" : fact_str(f, "why"), "");
}

static void
show_page(struct goal *g, const struct fact *f)
{
	show(g, CAT_PAGES, "", f->subject, "");
	g->usable = TRUE;
}

static const struct {
	enum fact_kind	  kind;
	void		(*show)(struct goal *, const struct fact *);
} shows[] = {
	{ FACT_DNS_A, show_address },
	{ FACT_DNS_AAAA, show_address },
	{ FACT_RDAP_ENTITY, show_entity },
	{ FACT_RDAP_DOMAIN, show_domain },
	{ FACT_WHOIS_RECORD, show_domain },
	{ FACT_IP_HOLDER, show_holder },
	{ FACT_GEO_PLACE, show_place },
	{ FACT_TLS_TRUST, show_trust },
	{ FACT_HTTP_PAGE, show_page },
};

void
goal_fact(struct goal *g, const struct fact *f)
{
	for (size_t i = 0; i < G_N_ELEMENTS(shows); i++)
		if (shows[i].kind == f->kind)
			shows[i].show(g, f);
}

void
goal_view(const struct goal *g, struct target_view *v)
{
	memset(v, 0, sizeof(*v));
	v->name = g->t.name;
	v->open = g->open;
	v->closed = g->closed;
	for (int c = 0; c < CATEGORIES; c++) {
		v->by[c] = g->by[c];
		v->last[c] = g->last[c];
		v->all.asked += g->by[c].asked;
		v->all.waiting += g->by[c].waiting;
		v->all.answered += g->by[c].answered;
		v->all.failed += g->by[c].failed;
	}
	v->now = g->now;
	v->server = g->server;
	v->addresses = g->addresses;
	v->pages = g->pages;
	v->usable = g->usable;
	v->last_s = g->last_s;
}

void
engine_view(const struct engine *e, guint i, struct target_view *v)
{
	goal_view(e->goals->pdata[i], v);
}
