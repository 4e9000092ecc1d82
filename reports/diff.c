/*
 * The comparison.
 *
 * 1. Each run's direct facts are grouped: identity -> the values stated.
 * 2. Groups of both runs: equal, changed, or changed in volatile fields only.
 * 3. Groups of one run: new, gone or not observed again.
 * 4. Within a kind and subject, one gone and one new become one change.
 * Everything is in the order of the earlier run's facts, then the later's.
 */

#include "reports/diff_priv.h"

#include <string.h>

/* ---- groups */

struct group {
	const struct fact *first;
	GPtrArray	*facts;		/* const struct fact *, borrowed */
};

struct groups {
	const struct run *run;
	GHashTable	*services;	/* hosts asked for registration data */
	GPtrArray	*order;		/* struct group * */
	GHashTable	*by_identity;	/* char * -> struct group * */
};

static void
group_free(void *data)
{
	struct group *g = data;

	g_ptr_array_unref(g->facts);
	g_free(g);
}

static void
group_facts(struct groups *out, const struct run *r)
{
	out->run = r;
	out->services = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < r->log->len; i++) {
		const struct log_row *row = r->log->pdata[i];

		if (row->kind == PROBE_RDAP || row->kind == PROBE_WHOIS)
			g_hash_table_add(out->services, row->host);
	}
	out->order = g_ptr_array_new_with_free_func(group_free);
	out->by_identity = g_hash_table_new_full(g_str_hash, g_str_equal,
	    g_free, NULL);
	for (guint i = 0; i < r->facts->len; i++) {
		const struct fact *f = r->facts->pdata[i];
		struct group *g;
		char *id;

		if (f->type != OBSERVED)
			continue;
		id = fact_identity(f);
		g = g_hash_table_lookup(out->by_identity, id);
		if (g == NULL) {
			g = g_new0(struct group, 1);
			g->first = f;
			g->facts = g_ptr_array_new();
			g_ptr_array_add(out->order, g);
			g_hash_table_insert(out->by_identity, id, g);
		} else {
			g_free(id);
		}
		g_ptr_array_add(g->facts, (void *)(uintptr_t)f);
	}
}

static void
groups_clear(struct groups *g)
{
	g_hash_table_unref(g->by_identity);
	g_hash_table_unref(g->services);
	g_ptr_array_unref(g->order);
}

static struct group *
counterpart(const struct groups *others, const struct fact *f)
{
	g_autofree char *id = fact_identity(f);

	return g_hash_table_lookup(others->by_identity, id);
}

/* ---- what is about the way to an answer, not about a target */

/* subject is name, or a zone over it; never a top-level domain. */
static gboolean
is_within(const char *name, const char *subject)
{
	size_t n = strlen(name), s = strlen(subject);

	return strchr(subject, '.') != NULL && n >= s &&
	    strcmp(name + n - s, subject) == 0 &&
	    (n == s || name[n - s - 1] == '.');
}

/*
 * Answers of name servers about zones that everybody shares (root, top-level
 * and reverse zones, registries'), and about hosts that were only asked for
 * registration data.  They may change daily, and nothing follows for a target.
 */
static gboolean
is_on_the_way(const struct groups *g, const struct fact *f)
{
	const struct log_row *row = run_row(g->run, fact_source(f));
	gboolean service = g_hash_table_contains(g->services, f->subject);

	if (row == NULL || row->kind != PROBE_DNS ||
	    (f->target != NULL && !service))
		return FALSE;
	for (guint i = 0; i < g->run->targets->len; i++) {
		const char *target = g->run->targets->pdata[i];

		if (is_within(target, f->subject) ||
		    is_within(f->subject, target))
			return FALSE;
	}
	return TRUE;
}

/* Kinds and statements that are never a change, whatever fact.def says. */
static gboolean
is_volatile(const struct groups *g, const struct fact *f)
{
	if (fact_info(f->kind)->compare == CMP_VOLATILE || is_on_the_way(g, f))
		return TRUE;
	switch (f->kind) {
	case FACT_DNS_HINT:		/* a file of this machine */
	case FACT_DNS_LAME:		/* a server would not say: no news of */
		return TRUE;		/* what it would have said */
	case FACT_WHOIS_NONE:
		return strcmp(fact_str(f, "what"), "no match") != 0;
	default:
		break;
	}
	return (f->kind == FACT_RDAP_EVENT || f->kind == FACT_IP_EVENT) &&
	    g_ascii_strcasecmp(fact_str(f, "action"),
	    "last update of rdap database") == 0;
}

/* Whether some value of the one is a value of the other. */
static gboolean
share_value(const struct group *a, const struct group *b, gboolean quiet)
{
	g_autoptr(GHashTable) values = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);

	for (guint i = 0; i < a->facts->len; i++)
		g_hash_table_add(values, diff_canonical(a->facts->pdata[i], quiet));
	for (guint i = 0; i < b->facts->len; i++) {
		g_autofree char *v = diff_canonical(b->facts->pdata[i], quiet);

		if (g_hash_table_contains(values, v))
			return TRUE;
	}
	return FALSE;
}

/* ---- the result */

static void
change_free(void *data)
{
	struct change *c = data;

	g_free(c->why);
	g_free(c);
}

static struct change *
add(GPtrArray *to, enum change_how how, const struct fact *before,
    const struct fact *after, char *why)
{
	struct change *c = g_new0(struct change, 1);

	c->how = how;
	c->before = before;
	c->after = after;
	c->why = why != NULL ? why : g_strdup("");
	g_ptr_array_add(to, c);
	return c;
}

static void
compare_both(struct diff *d, const struct groups *side, const struct group *a,
    const struct group *b)
{
	if (is_volatile(side, a->first)) {
		if (!share_value(a, b, FALSE))
			add(d->volatiles, CHANGE_VOLATILE, a->first, b->first,
			    NULL);
	} else if (fact_info(a->first->kind)->compare == CMP_IDENTITY &&
	    !share_value(a, b, TRUE)) {
		add(d->changes, CHANGE_VALUE, a->first, b->first, NULL);
	} else if (!share_value(a, b, FALSE)) {
		add(d->volatiles, CHANGE_VOLATILE, a->first, b->first, NULL);
	}
}

static void
only_before(struct diff *d, const struct groups *side, const struct fact *f)
{
	char *why = diff_why_unseen(d->a, d->b, f);

	if (is_volatile(side, f)) {
		g_free(why);
		add(d->volatiles, CHANGE_VOLATILE, f, NULL, NULL);
	} else if (why != NULL) {
		add(d->unseen, CHANGE_UNSEEN, f, NULL, why);
	} else {
		add(d->changes, CHANGE_GONE, f, NULL, NULL);
	}
}

/* What a complete run did not ask, nothing had raised: it is new with what
 * raised it. */
static void
only_after(struct diff *d, const struct groups *side, const struct fact *f)
{
	g_autofree char *why = diff_why_unseen(d->b, d->a, f);

	if (is_volatile(side, f))
		add(d->volatiles, CHANGE_VOLATILE, NULL, f, NULL);
	else if (why == NULL ||
	    (d->a->complete && strcmp(why, DIFF_NOT_ASKED) == 0))
		add(d->changes, CHANGE_NEW, NULL, f, NULL);
	else
		add(d->unseen, CHANGE_FIRST, NULL, f, g_steal_pointer(&why));
}

/* Kinds whose key is itself the value: another key of one subject is another
 * value. */
static const enum fact_kind keyed_by_value[] = {
	FACT_DNS_SOA, FACT_HTTP_PAGE,
};

static gboolean
key_is_value(enum fact_kind kind)
{
	for (size_t i = 0; i < G_N_ELEMENTS(keyed_by_value); i++)
		if (keyed_by_value[i] == kind)
			return TRUE;
	return FALSE;
}

static gboolean
same_subject(const struct fact *a, const struct fact *b)
{
	return a->kind == b->kind && strcmp(a->subject, b->subject) == 0;
}

/* The only change of this kind and subject that is how; NULL where there are
 * several. */
static struct change *
only_one(const struct diff *d, const struct fact *f, enum change_how how)
{
	struct change *found = NULL;

	for (guint i = 0; i < d->changes->len; i++) {
		struct change *c = d->changes->pdata[i];
		const struct fact *of = c->before != NULL ? c->before : c->after;

		if (c->how != how || !same_subject(of, f))
			continue;
		if (found != NULL)
			return NULL;
		found = c;
	}
	return found;
}

/* One that went and one that came are one change. */
static void
pair_changes(struct diff *d)
{
	for (guint i = 0; i < d->changes->len; i++) {
		struct change *gone = d->changes->pdata[i], *came;

		if (gone->how != CHANGE_GONE ||
		    (fact_info(gone->before->kind)->compare != CMP_SET &&
		    !key_is_value(gone->before->kind)) ||
		    only_one(d, gone->before, CHANGE_GONE) != gone)
			continue;
		came = only_one(d, gone->before, CHANGE_NEW);
		if (came == NULL)
			continue;
		gone->how = CHANGE_VALUE;
		gone->after = came->after;
		g_ptr_array_remove(d->changes, came);
	}
}

struct diff *
diff_runs(const struct run *a, const struct run *b)
{
	struct diff *d = g_new0(struct diff, 1);
	struct groups ga, gb;

	d->a = a;
	d->b = b;
	d->changes = g_ptr_array_new_with_free_func(change_free);
	d->unseen = g_ptr_array_new_with_free_func(change_free);
	d->volatiles = g_ptr_array_new_with_free_func(change_free);
	group_facts(&ga, a);
	group_facts(&gb, b);
	for (guint i = 0; i < ga.order->len; i++) {
		const struct group *g = ga.order->pdata[i];
		const struct group *o = counterpart(&gb, g->first);

		if (o != NULL)
			compare_both(d, &ga, g, o);
		else
			only_before(d, &ga, g->first);
	}
	for (guint i = 0; i < gb.order->len; i++) {
		const struct group *g = gb.order->pdata[i];

		if (counterpart(&ga, g->first) == NULL)
			only_after(d, &gb, g->first);
	}
	pair_changes(d);
	groups_clear(&ga);
	groups_clear(&gb);
	return d;
}

gboolean
diff_elsewhere(const struct diff *d)
{
	return strcmp(d->a->vantage, d->b->vantage) != 0 ||
	    strcmp(d->a->exit, d->b->exit) != 0;
}

void
diff_free(struct diff *d)
{
	if (d == NULL)
		return;
	g_ptr_array_unref(d->changes);
	g_ptr_array_unref(d->unseen);
	g_ptr_array_unref(d->volatiles);
	g_free(d);
}

const char *
change_name(enum change_how how)
{
	static const char *const names[] = {
		[CHANGE_VALUE] = "changed", [CHANGE_NEW] = "new",
		[CHANGE_GONE] = "gone", [CHANGE_UNSEEN] = "not observed again",
		[CHANGE_FIRST] = "first observed",
		[CHANGE_VOLATILE] = "volatile",
	};

	return names[how];
}
