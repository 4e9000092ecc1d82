#include <string.h>

#include "reports/gather.h"
#include "reports/quoted.h"

/*
 * J-05: users in the forum who got this work through this site.  Two halves: rows
 * of third-party users there that name a work, with a day; and that it was through
 * this site, by the row's own words, or because a page of the site lists the work
 * (its title, the name in a magnet link, its words; nothing of the work itself).
 */

#define CITED		20
#define WORK_LEAST	4	/* bytes: shorter ones stand in any text */
#define WORKS_MOST	4096	/* distinct ones that are looked for on pages */

/* What pages say, folded, to look for works in. */
struct listing {
	GPtrArray	*texts;		/* char * */
	GPtrArray	*runs, *facts;	/* of each */
	GHashTable	*seen;		/* what was folded, as pages have it; borrowed */
	GHashTable	*works;		/* work as a pointer -> place + 1, or 0 */
};

/* named: a row names a work at all; listed: one that names a work of a page. */
struct got {
	guint		 whole, part, undated;
	gboolean	 named;
	const struct activity *listed;
};

/* " the hitmans bodyguard ": of "The.Hitman's.Bodyguard" and the like. */
static char *
work_fold(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	g_autofree char *folded = g_utf8_casefold(valid, -1);
	GString *s = g_string_new(" ");

	for (const char *p = folded; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (g_unichar_isalnum(c))
			g_string_append_unichar(s, c);
		else if (c != '\'' && c != 0x2019 &&
		    s->str[s->len - 1] != ' ')
			g_string_append_c(s, ' ');
	}
	if (s->str[s->len - 1] != ' ')
		g_string_append_c(s, ' ');
	return g_string_free(s, FALSE);
}

static void
listing_fact(struct finding *f, const struct run *run, const struct fact *fact,
    void *arg)
{
	struct listing *l = arg;
	const char *text = "";

	(void)f;
	if (fact->kind == FACT_HTTP_PAGE)
		text = fact_str(fact, "title");
	else if (fact->kind == FACT_PAGE_TORRENT)
		text = fact_str(fact, "name");
	else if (fact->kind == FACT_PAGE_WORDS || fact->kind == FACT_PAGE_LINK)
		text = fact_str(fact, "text");
	if (strlen(text) < WORK_LEAST ||
	    !g_hash_table_add(l->seen, (gpointer)(uintptr_t)text))
		return;
	g_ptr_array_add(l->texts, work_fold(text));
	g_ptr_array_add(l->runs, (gpointer)(uintptr_t)run);
	g_ptr_array_add(l->facts, (gpointer)(uintptr_t)fact);
}

static void
listing_init(struct listing *l, struct finding *f)
{
	l->texts = g_ptr_array_new_with_free_func(g_free);
	l->runs = g_ptr_array_new();
	l->facts = g_ptr_array_new();
	l->seen = g_hash_table_new(g_str_hash, g_str_equal);
	l->works = g_hash_table_new(g_direct_hash, g_direct_equal);
	gather_each(f, listing_fact, l);
}

static void
listing_clear(struct listing *l)
{
	g_ptr_array_unref(l->texts);
	g_ptr_array_unref(l->runs);
	g_ptr_array_unref(l->facts);
	g_hash_table_unref(l->seen);
	g_hash_table_unref(l->works);
}

/* The place of the page that lists the work, + 1; 0: none does.  Equal cells of
 * one import are one pointer: each is looked for once.  Of a log in which each
 * row names another work, the first 4,096 are. */
static guint
listed_at(struct listing *l, const char *work)
{
	g_autofree char *folded = NULL;
	gpointer known;
	guint at = 0;

	if (l->texts->len == 0 || strlen(work) < WORK_LEAST)
		return 0;
	if (g_hash_table_lookup_extended(l->works, work, NULL, &known))
		return GPOINTER_TO_UINT(known);
	if (g_hash_table_size(l->works) >= WORKS_MOST)
		return 0;
	folded = work_fold(work);
	for (guint i = 0; i < l->texts->len && at == 0; i++)
		if (folded[1] != '\0' && strstr(g_ptr_array_index(l->texts, i),
		    folded) != NULL)
			at = i + 1;
	g_hash_table_insert(l->works, (gpointer)(uintptr_t)work,
	    GUINT_TO_POINTER(at));
	return at;
}

static void
point_listing(struct finding *f, const struct listing *l, guint at,
    const char *work)
{
	finding_for(f, g_ptr_array_index(l->runs, at - 1),
	    g_ptr_array_index(l->facts, at - 1));
	finding_note(f, "a page of the site lists the work: %s", work);
}

static gboolean
names_site(const struct finding *f, const struct activity *a)
{
	for (guint i = 0; i < f->sight->sites->len; i++) {
		const struct site *s = g_ptr_array_index(f->sight->sites, i);

		if (strstr(a->is->source, s->name) != NULL ||
		    strstr(a->is->act, s->name) != NULL)
			return TRUE;
	}
	return FALSE;
}

/* One row of a user there: through this site, and dated, or what of it is told. */
static void
got_row(struct finding *f, const struct import *i, const struct activity *a,
    struct listing *l, struct got *n)
{
	guint at = listed_at(l, a->is->work);
	gboolean site = names_site(f, a) || at > 0, whole, dated;
	int32_t day;

	if ((!site && n->part >= CITED) || !judge_user_in(f, a))
		return;
	dated = activity_day(a, &day, &whole);
	n->whole += site && dated ? 1u : 0u;
	n->part += site && dated ? 0u : 1u;
	n->undated += site && !dated ? 1u : 0u;
	if (n->whole > 0 || f->for_->len < CITED)
		finding_for_import(f, i, a->row);
	if (at > 0)
		point_listing(f, l, at, a->is->work);
}

static void
got_log(struct finding *f, const struct import *i, struct listing *l,
    gboolean users, struct got *n)
{
	for (guint k = 0; k < i->rows->len && n->whole == 0; k++) {
		const struct activity *a = &g_array_index(i->rows,
		    struct activity, k);

		if (*a->is->work == '\0' || (a->faults & ROW_MALFORMED) != 0)
			continue;
		n->named = TRUE;
		if (n->listed == NULL && listed_at(l, a->is->work) > 0)
			n->listed = a;
		if (users)
			got_row(f, i, a, l, n);
	}
}

static void
got_none(struct finding *f, struct listing *l, const struct got *n)
{
	gboolean open = judge_no_user(f);

	finding_missing(f, "users in the forum who got this work through this "
	    "site");
	if (n->listed != NULL && f->status != ST_NC) {
		f->status = ST_PART;
		point_listing(f, l, listed_at(l, n->listed->is->work),
		    n->listed->is->work);
	} else if (!open) {
		f->status = ST_NONE;
		judge_say_crowd(f);
		finding_note(f, "no row of a third-party user in the forum "
		    "names a work");
	}
	if (f->status == ST_NONE && n->named)
		judge_pages_failed(f);
}

static void
got_verdict(struct finding *f, const struct got *n)
{
	f->status = n->whole > 0 ? ST_SUP : ST_PART;
	finding_note(f, "rows of third-party users in %s that name a work%s",
	    f->forum != NULL ? f->forum : "the forum, which is not set",
	    n->whole > 0 ? ", which this site had" : "");
	if (n->whole == 0 && n->undated > 0)
		finding_missing(f, "the day on which they got it");
	else if (n->whole == 0)
		finding_missing(f, "that they got it through this site or "
		    "application: its name in act or source, or a page of it "
		    "that lists the work");
}

void
judge_arises(const struct record *rec, struct finding *f)
{
	const struct crowd *w = audience_crowd(f->sight->audience, f->forum);
	struct got n = { 0 };
	struct listing l;

	if (quoted_judge(f, "J-05"))
		return;
	listing_init(&l, f);
	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *m = g_ptr_array_index(rec->imports, i);

		if (m->kind == IMPORT_ACTIVITY)
			got_log(f, m, &l, w->households > 0, &n);
	}
	if (n.whole + n.part > 0)
		got_verdict(f, &n);
	else
		got_none(f, &l, &n);
	listing_clear(&l);
}
