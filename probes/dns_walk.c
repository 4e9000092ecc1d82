/* The walk: what is told to it, and what it makes of an answer. */

#include <string.h>

#include "probes/dns_walk_priv.h"

/* --- making and freeing ---------------------------------------------------------- */

struct walk *
walk_new(const struct limits *limits, const struct walk_calls *calls, void *arg)
{
	struct walk *w = g_new0(struct walk, 1);

	w->limits = limits;
	w->call = *calls;
	w->arg = arg;
	w->zones = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
	    zone_free);
	w->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    name_free);
	w->wants = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    want_free);
	w->tags = g_hash_table_new(NULL, NULL);
	w->sleeping = g_ptr_array_new();
	zone_make(w, "", NULL);
	return w;
}

void
walk_free(struct walk *w)
{
	if (w == NULL)
		return;
	g_ptr_array_unref(w->sleeping);
	g_hash_table_unref(w->tags);
	g_hash_table_unref(w->wants);
	g_hash_table_unref(w->names);
	g_hash_table_unref(w->zones);
	g_free(w);
}

void
walk_recursive(struct walk *w)
{
	w->recursive = TRUE;
}

void
walk_want(struct walk *w, void *owner, void *keep, const char *name,
    const char *type, struct walk_cause cause)
{
	struct want *t = want_at(w, name, type, FALSE);
	gboolean begin = FALSE;

	if (t == NULL) {
		t = want_new(w, keep, name, type, cause, FALSE);
		t->sake = owner;
		begin = TRUE;
	} else {
		if (t->keep != keep)
			t->keep = NULL;
		begin = want_revive(t, owner);
	}
	if (owner != NULL && t->state == WANT_SETTLED)
		w->call.settled(w->arg, owner, name, type, t->outcome, t->n);
	else if (owner != NULL)
		g_ptr_array_add(t->owners, owner);
	if (begin)
		want_step(w, t);
}

/* --- what came back ------------------------------------------------------------------------- */

struct heard {
	gboolean	 referral, answer, nodata, nxdomain;
	const char	*alias;		/* the last one's end; the fact's */
	const char	*next;		/* how to ask the same server again */
	struct fact *const *facts;
	size_t		 nfacts;
	uint64_t	 n;
};

static void
fact_referral(struct walk *w, struct want *t, const struct fact *f, uint64_t n)
{
	void *keep = strchr(f->subject, '.') == NULL ? NULL : t->keep;
	struct zone *z = zone_make(w, f->subject, keep);
	const char *ns = fact_str(f, "ns");
	json_t *ip;
	size_t i;

	z->none = FALSE;
	if (z->n == 0)
		z->n = n;
	if (*ns != '\0')
		zone_server(z, ns);
	json_array_foreach(fact_get(f, "ips"), i, ip)
		name_address(w, ns, keep, json_string_value(ip), n);
}

static void
fact_hear(struct walk *w, struct want *t, const struct fact *f,
    struct heard *h)
{
	switch (f->kind) {
	case FACT_DNS_REFERRAL:
		fact_referral(w, t, f, h->n);
		h->referral = TRUE;
		break;
	case FACT_DNS_A:
	case FACT_DNS_AAAA:
		name_address(w, f->subject, t->keep, fact_str(f, "ip"), h->n);
		h->answer = TRUE;
		break;
	case FACT_DNS_CNAME:
		h->alias = fact_str(f, "to");
		name_alias(w, f->subject, t->keep, h->alias);
		break;
	case FACT_DNS_DNAME:
		/* Most servers write the alias down that it makes. */
		if (json_is_true(fact_get(f, "said")) ||
		    *fact_str(f, "makes") == '\0')
			break;
		h->alias = fact_str(f, "makes");
		name_alias(w, fact_str(f, "name"), t->keep, h->alias);
		break;
	case FACT_DNS_RUNG:
		if (*fact_str(f, "next") != '\0' &&
		    strcmp(fact_str(f, "gave"), "no answer") != 0)
			h->next = fact_str(f, "next");
		break;
	case FACT_DNS_NODATA:
		h->nodata = TRUE;
		break;
	case FACT_DNS_NXDOMAIN:
		h->nxdomain = TRUE;
		break;
	case FACT_DNS_LAME:
	case FACT_DNS_MISMATCH:
	case FACT_DNS_RECURSIVE:
		break;
	case FACT_IP_ORIGIN:	/* what a text was read as: origin.h */
	case FACT_AS_NAME:
		h->answer = TRUE;
		break;
	default:
		h->answer |= g_str_has_prefix(fact_info(f->kind)->name,
		    "dns.");
	}
}

/* A cut's question that was answered: the server serves both sides, or there
 * is no cut. */
static void
cut_answered(struct walk *w, struct want *t, const struct heard *h)
{
	struct zone *z = zone_make(w, t->name, t->keep);

	if (h->answer && h->alias == NULL) {
		z->n = h->n;
		z->none = FALSE;
		zone_glue(z, t->server, h->n);
		for (size_t i = 0; i < h->nfacts; i++)
			if (h->facts[i]->kind == FACT_DNS_NS &&
			    *fact_str(h->facts[i], "ns") != '\0')
				zone_server(z, fact_str(h->facts[i], "ns"));
	} else
		z->none = TRUE;
	want_settle(w, t, WALK_FOUND, h->n);
}

/* The alias is wanted in turn, and settles this want with it. */
static void
want_follow(struct walk *w, struct want *t, const char *to, uint64_t n)
{
	struct walk_cause cause = { n, "dns.cname" };
	struct want *o = want_at(w, to, t->type, FALSE);
	gboolean begin = FALSE;

	if (t->aliases >= walk_most(w, LIMIT_DNS_CNAMES)) {
		want_limited(w, t, LIMIT_DNS_CNAMES);
		want_settle(w, t, WALK_FAILED, n);
		return;
	}
	if (o == NULL) {
		o = want_new(w, t->keep, to, t->type, cause, FALSE);
		o->sake = t->sake;
		begin = TRUE;
	} else
		begin = want_revive(o, t->sake);
	if (begin) {
		o->depth = t->depth;
		o->aliases = t->aliases + 1;
	}
	if (o->state == WANT_SETTLED) {
		t->limited = o->limited;
		want_settle(w, t, o->outcome, o->n);
		return;
	}
	if (!want_waits(w, t, WANT_ALIAS, o))
		return;
	g_ptr_array_add(o->followers, t);
	if (begin)
		want_step(w, o);
}

static void
want_heard(struct walk *w, struct want *t, const struct heard *h)
{
	t->n = h->n;
	if (h->referral && t->is_cut && zone_at(w, t->name) != NULL)
		want_settle(w, t, WALK_FOUND, h->n);
	else if (h->referral) {
		/* To the zone itself, or to one on the way to a cut. */
		t->cause.n = h->n;
		t->cause.rule = "dns.referral";
		want_step(w, t);
	} else if (h->nxdomain)
		want_settle(w, t, WALK_NXDOMAIN, h->n);
	else if (t->is_cut && (h->answer || h->nodata || h->alias != NULL))
		cut_answered(w, t, h);
	else if (h->answer)
		want_settle(w, t, WALK_FOUND, h->n);
	else if (h->alias != NULL && !h->nodata)
		want_follow(w, t, h->alias, h->n);
	else if (h->nodata)
		want_settle(w, t, WALK_NODATA, h->n);
	else if (h->next != NULL) {
		t->cause.n = h->n;
		t->cause.rule = "dns.rung";
		want_again(w, t, h->next);
	} else {
		t->cause.n = h->n;
		t->cause.rule = "dns.next_server";
		want_ask(w, t);
	}
}

void
walk_answer(struct walk *w, unsigned tag, uint64_t n,
    struct fact *const *facts, size_t nfacts)
{
	struct want *t = g_hash_table_lookup(w->tags, GUINT_TO_POINTER(tag));
	struct heard h = { .facts = facts, .nfacts = nfacts, .n = n };

	if (t == NULL || t->state != WANT_ASKED)
		return;
	for (size_t i = 0; i < nfacts; i++)
		fact_hear(w, t, facts[i], &h);
	want_heard(w, t, &h);
}

void
walk_refused(struct walk *w, unsigned tag, uint64_t n)
{
	struct want *t = g_hash_table_lookup(w->tags, GUINT_TO_POINTER(tag));

	if (t == NULL || t->state != WANT_ASKED)
		return;
	t->limited = TRUE;
	want_settle(w, t, WALK_FAILED, n);
}

gboolean
walk_awaits(const struct walk *w, unsigned tag)
{
	const struct want *t = g_hash_table_lookup(w->tags,
	    GUINT_TO_POINTER(tag));

	return t != NULL && t->state == WANT_ASKED;
}
