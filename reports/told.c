#include "reports/told.h"

#include <string.h>

/* One statement of a page. */
struct page_said { const char *page; uint8_t said[SHARE_SAID]; };

void
run_tell(struct run *r)
{
	g_autoptr(GPtrArray) log = r->log;

	r->told = TRUE;
	g_ptr_array_set_size(r->facts, 0);
	r->log = log_rows_new();
	for (guint i = 0; i < log->len; i++) {
		struct log_row *row = log->pdata[i];

		if (strcmp(row->type, "exchange") != 0 ||
		    row->status == X_ANSWERED)
			continue;
		g_ptr_array_add(r->log, row);
		log->pdata[i] = NULL;
	}
	g_ptr_array_set_size(r->exhibits, 0);
	if (r->texts != NULL)
		g_string_chunk_free(r->texts);
	r->texts = NULL;
}

/* ---- pages -------------------------------------------------------------------- */

static gboolean
is_of_page(enum fact_kind kind)
{
	switch (kind) {
	case FACT_PAGE_FORM:
	case FACT_PAGE_LANG:
	case FACT_PAGE_LINK:
	case FACT_PAGE_PRICE:
	case FACT_PAGE_TORRENT:
	case FACT_PAGE_WORDS:
		return TRUE;
	default:
		return FALSE;
	}
}

void
pages_add(struct run *r, const struct fact *f, const uint8_t *said)
{
	struct page_said p = { .page = f->subject };

	if (!is_of_page(f->kind))
		return;
	if (r->pages == NULL)
		r->pages = g_array_new(FALSE, FALSE, sizeof(p));
	memcpy(p.said, said, sizeof(p.said));
	g_array_append_val(r->pages, p);
}

static int
compare_said(gconstpointer a, gconstpointer b)
{
	const struct page_said *x = a, *y = b;
	int by = strcmp(x->page, y->page);

	return by != 0 ? by : memcmp(x->said, y->said, sizeof(x->said));
}

/* What is said twice is said. */
void
pages_sort(struct run *r)
{
	GArray *a = r->pages;
	guint n = 0;

	if (a == NULL)
		return;
	g_array_sort(a, compare_said);
	for (guint i = 0; i < a->len; i++) {
		const struct page_said *p = &g_array_index(a, struct page_said,
		    i);

		if (n == 0 || compare_said(p, &g_array_index(a,
		    struct page_said, n - 1)) != 0)
			g_array_index(a, struct page_said, n++) = *p;
	}
	g_array_set_size(a, n);
}

/* Where the page begins, or would; how many of it follow. */
static guint
find_page(const GArray *a, const char *page, guint *count)
{
	guint lo = 0, hi = a != NULL ? a->len : 0;

	while (lo < hi) {
		guint mid = lo + (hi - lo) / 2;

		if (strcmp(g_array_index(a, struct page_said, mid).page,
		    page) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (*count = 0; a != NULL && lo + *count < a->len &&
	    strcmp(g_array_index(a, struct page_said, lo + *count).page,
	    page) == 0;)
		(*count)++;
	return lo;
}

static gboolean
says_too(const GArray *a, const struct page_said *p, guint n)
{
	guint count, at = find_page(a, p->page, &count);

	if (count != n)
		return FALSE;
	for (guint i = 0; i < n; i++)
		if (compare_said(&p[i], &g_array_index(a, struct page_said,
		    at + i)) != 0)
			return FALSE;
	return TRUE;
}

/* Pages of which all three say the same; char * -> itself, borrowed. */
static GHashTable *
pages_told(const GArray *a, const GArray *before, const GArray *after)
{
	GHashTable *told = g_hash_table_new(g_str_hash, g_str_equal);
	guint n;

	for (guint i = 0; a != NULL && i < a->len; i += n) {
		const struct page_said *p = &g_array_index(a, struct page_said,
		    i);

		find_page(a, p->page, &n);
		if (says_too(before, p, n) && says_too(after, p, n))
			g_hash_table_add(told, (gpointer)(uintptr_t)p->page);
	}
	return told;
}

GHashTable *
facts_rested_on(const struct run *r)
{
	GHashTable *ids = g_hash_table_new(NULL, NULL);

	for (guint i = 0; i < r->facts->len; i++) {
		const struct fact *f = r->facts->pdata[i];

		for (guint k = 0; f->type == DERIVED && k < f->from->len; k++)
			g_hash_table_add(ids, GSIZE_TO_POINTER((gsize)
			    g_array_index(f->from, uint64_t, k)));
	}
	return ids;
}

void
run_tell_pages(struct run *r, const struct run *before, const struct run *after)
{
	g_autoptr(GHashTable) told = pages_told(r->pages, before->pages,
	    after->pages);
	g_autoptr(GHashTable) rested = NULL;
	GPtrArray *facts = r->facts;

	if (g_hash_table_size(told) == 0)
		return;
	rested = facts_rested_on(r);
	r->facts = run_facts_new();
	for (guint i = 0; i < facts->len; i++) {
		struct fact *f = facts->pdata[i];

		if (is_of_page(f->kind) &&
		    g_hash_table_contains(told, f->subject) &&
		    !g_hash_table_contains(rested, GSIZE_TO_POINTER((gsize)
		    f->id)))
			continue;
		g_ptr_array_add(r->facts, f);
		facts->pdata[i] = NULL;
	}
	g_ptr_array_unref(facts);
}
