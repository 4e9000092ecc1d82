/* Signals of the case as a whole: what the base assessment has found, whose acts are
 * in the logs, and how the record was kept. */

#include "reports/overlay_priv.h"

#include <string.h>

#include "reports/judge.h"
#include "reports/keyed.h"
#include "reports/lint.h"

/* ---- what was found ------------------------------------------------------------- */

static void
point_all(struct overlay_note *n, const GArray *pointers)
{
	for (guint i = 0; i < pointers->len; i++)
		signal_point(n, g_array_index(pointers, struct pointer, i));
}

/* Of the elements that ids names, those with such a status: told, and what stands for
 * or against them pointed at. */
static gboolean
elements_have(const struct overlay_look *l, const char *ids, unsigned statuses,
    struct overlay_note *n)
{
	g_autoptr(GString) which = g_string_new(NULL);

	for (guint i = 0; i < l->findings->len; i++) {
		const struct finding *f = l->findings->pdata[i];

		if (!word_in(ids, f->element->id) ||
		    ((1u << f->status) & statuses) == 0)
			continue;
		list_add(which, f->element->id);
		point_all(n, f->status == ST_INSUF ? f->against : f->for_);
	}
	if (which->len > 0)
		g_string_append_printf(n->shows, "facts under %s", which->str);
	return which->len > 0;
}

#define RAISED	(1u << ST_SUP | 1u << ST_PART | 1u << ST_CONF | 1u << ST_STALE)

gboolean
signal_raised(const struct overlay_look *l, struct overlay_note *n)
{
	return elements_have(l, n->row->param, RAISED, n);
}

gboolean
signal_insufficient(const struct overlay_look *l, struct overlay_note *n)
{
	return elements_have(l, n->row->param, 1u << ST_INSUF, n);
}

gboolean
signal_adverse(const struct overlay_look *l, struct overlay_note *n)
{
	g_autoptr(GString) which = g_string_new(NULL);

	for (guint i = 0; i < l->findings->len; i++) {
		const struct finding *f = l->findings->pdata[i];

		if (!f->adverse || f->element->kind == 'T')
			continue;
		list_add(which, f->element->id);
		point_all(n, f->against);
	}
	if (which->len > 0)
		g_string_append_printf(n->shows, "adverse facts under %s",
		    which->str);
	return which->len > 0;
}

/* ---- Does --------------------------------------------------------------------------- */

static gboolean
any_word(const char *text, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_holds(text, words[i]))
			return TRUE;
	return FALSE;
}

/* A row of a swarm, by what it says of its act or source. */
static gboolean
is_of_swarm(const struct activity *a)
{
	static const char *const words[] = { "torrent", "swarm", "infohash",
		"info hash", "magnet", "peer", "tracker", "hit date" };

	return any_word(a->is->act, words, G_N_ELEMENTS(words)) ||
	    any_word(a->is->source, words, G_N_ELEMENTS(words));
}

/* What somebody wrote for others to read. */
static gboolean
is_speech(const struct activity *a)
{
	static const char *const words[] = { "posted", "post on", "comment",
		"wrote", "review", "tweet", "blog", "announce", "forum post",
		"published" };

	return any_word(a->is->act, words, G_N_ELEMENTS(words));
}

typedef gboolean row_fn(const struct activity *);

/* Rows of Does that are such; how many Does. */
static guint
rows_of_does(const struct overlay_look *l, row_fn *is, const char *said,
    struct overlay_note *n)
{
	struct hash_key key;
	struct keyed *does;
	guint found;

	hash_key_of_imports(&key, l->rec->imports);
	does = keyed_new(&key);
	for (guint k = 0; k < l->rec->imports->len; k++) {
		const struct import *m = l->rec->imports->pdata[k];
		guint rows = 0;

		for (guint i = 0; m->kind == IMPORT_ACTIVITY && i <
		    m->rows->len; i++) {
			const struct activity *a = &g_array_index(m->rows,
			    struct activity, i);

			if ((a->faults & ROW_MALFORMED) != 0 ||
			    *a->is->doe == '\0' || !is(a))
				continue;
			keyed_add_text(does, a->is->doe);
			signal_point_row(n, m, a->row);
			rows++;
		}
		signal_rows(n, rows, m, said);
	}
	found = keyed_size(does);
	keyed_free(does);
	return found;
}

gboolean
signal_swarm(const struct overlay_look *l, struct overlay_note *n)
{
	return rows_of_does(l, is_of_swarm, " with a Doe in a swarm", n) > 0;
}

/* Several Does, each by rows of a swarm. */
gboolean
signal_swarm_does(const struct overlay_look *l, struct overlay_note *n)
{
	guint does = rows_of_does(l, is_of_swarm, " with a Doe in a swarm", n);

	g_string_append_printf(n->shows, "; Does: %u", does);
	return does > 1;
}

/* Or the papers say that they speak. */
gboolean
signal_speech(const struct overlay_look *l, struct overlay_note *n)
{
	static const char *const words[] = { "first amendment",
		"anonymous speech", "defam", NULL };
	guint does = rows_of_does(l, is_speech, " with words that a Doe "
	    "published", n);

	return papers_say(l, words, n) | (does > 0);
}

/* Acts of persons, and no address that may be a Doe's own. */
gboolean
signal_alias(const struct overlay_look *l, struct overlay_note *n)
{
	for (guint i = 0; i < l->findings->len; i++) {
		const struct finding *f = l->findings->pdata[i];

		if (strcmp(f->element->id, "P-04") == 0 &&
		    ((1u << f->status) & RAISED) != 0)
			return FALSE;
	}
	if (!elements_have(l, "P-19 P-20 P-21 P-22 P-23 P-24", RAISED, n))
		return FALSE;
	list_add(n->shows, "no address of a Doe");
	return TRUE;
}

/* Somebody took another's name: P-20, or the papers say so. */
gboolean
signal_impersonation(const struct overlay_look *l, struct overlay_note *n)
{
	static const char *const words[] = { "impersonat", NULL };
	gboolean acts = elements_have(l, "P-20", RAISED, n);

	return papers_say(l, words, n) | acts;
}

/* ---- what the sites offer ------------------------------------------------------------- */

gboolean
signal_vpn(const struct overlay_look *l, struct overlay_note *n)
{
	static const struct page_want want[] = {
		{ FACT_PAGE_WORDS, "rule", "vpn-offer", "offers of a VPN" },
		{ FACT_PAGE_LINK, "purpose", "vpn", "links to a VPN" },
	};

	return pages_have(l, want, G_N_ELEMENTS(want), n);
}

gboolean
signal_torrents(const struct overlay_look *l, struct overlay_note *n)
{
	static const struct page_want want[] = {
		{ FACT_PAGE_WORDS, "rule", "torrent-link",
		    "links to torrents" },
		{ FACT_PAGE_TORRENT, NULL, NULL, "torrents on pages" },
	};

	return pages_have(l, want, G_N_ELEMENTS(want), n);
}

gboolean
signal_application(const struct overlay_look *l, struct overlay_note *n)
{
	static const struct page_want want[] = {
		{ FACT_PAGE_WORDS, "rule", "app-offer",
		    "offers of an application" },
		{ FACT_PAGE_LINK, "purpose", "download", "downloads" },
		{ FACT_STORE_APP, NULL, NULL, "listings of an application" },
	};

	return pages_have(l, want, G_N_ELEMENTS(want), n);
}

/* ---- how the record was kept ------------------------------------------------------------ */

/* A run whose files are listed with their hashes, under one hash of all. */
gboolean
signal_sealed(const struct overlay_look *l, struct overlay_note *n)
{
	guint runs = 0;

	for (guint i = 0; i < l->rec->runs->len; i++) {
		const struct run *run = l->rec->runs->pdata[i];

		runs += *run->head != '\0' ? 1u : 0u;
	}
	if (runs == 0 || l->rec->standalone)
		return FALSE;
	g_string_append_printf(n->shows, "runs kept with the hashes of their "
	    "files: %u", runs);
	return TRUE;
}

gboolean
signal_pages(const struct overlay_look *l, struct overlay_note *n)
{
	static const struct page_want want[] = {
		{ FACT_HTTP_PAGE, NULL, NULL, "pages as received" },
	};

	return !l->rec->standalone &&
	    pages_have(l, want, G_N_ELEMENTS(want), n);
}

/* Pages or data that somebody else kept: by what the import says of itself. */
gboolean
signal_archive(const struct overlay_look *l, struct overlay_note *n)
{
	static const char *const words[] = { "wayback", "archive.org",
		"archive.today", "archive.ph", "web archive", "archived page" };

	for (guint i = 0; i < l->rec->imports->len; i++) {
		const struct import *m = l->rec->imports->pdata[i];
		g_autofree char *all = g_strjoin(" ", m->label, m->describe,
		    m->file, NULL);

		if (m->kind == IMPORT_MOTION ||
		    !any_word(all, words, G_N_ELEMENTS(words)))
			continue;
		list_add(n->shows, m->id);
		signal_point_row(n, m, 0);
	}
	return n->shows->len > 0;
}

/* Imports of rows, of which the documents print counts and the first ones. */
gboolean
signal_tables(const struct overlay_look *l, struct overlay_note *n)
{
	for (guint i = 0; i < l->rec->imports->len; i++) {
		const struct import *m = l->rec->imports->pdata[i];

		if (m->rows == NULL || m->rows->len == 0)
			continue;
		signal_rows(n, m->rows->len, m, "");
		signal_point_row(n, m, 0);
	}
	return n->shows->len > 0;
}

gboolean
signal_declaration(const struct overlay_look *l, struct overlay_note *n)
{
	for (guint i = 0; i < l->rec->imports->len; i++) {
		const struct import *m = l->rec->imports->pdata[i];

		if (m->kind != IMPORT_MOTION ||
		    paper_of(m) != PAPER_DECLARATION)
			continue;
		list_add(n->shows, m->id);
		signal_point_row(n, m, 0);
	}
	return n->shows->len > 0;
}
