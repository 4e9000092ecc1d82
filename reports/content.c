#include "reports/content.h"

#include <string.h>

static gboolean
held_back(const struct fact *f)
{
	const char *class = fact_str(f, "class");

	return strcmp(class, "challenge") == 0 ||
	    strcmp(class, "geo-block") == 0;
}

void
content_init(struct content *c, const struct run *run)
{
	*c = (struct content){ NULL };
	for (guint i = 0; i < run->facts->len; i++) {
		struct fact *f = g_ptr_array_index(run->facts, i);
		void *n = GSIZE_TO_POINTER((gsize)fact_source(f));

		if (f->kind != FACT_PAGE_CLASS ||
		    !json_is_false(fact_get(f, "content")))
			continue;
		if (c->records == NULL) {
			c->records = g_hash_table_new(NULL, NULL);
			c->unseen = g_hash_table_new(NULL, NULL);
			c->urls = g_hash_table_new(g_str_hash, g_str_equal);
		}
		if (f->type == DERIVED)
			g_hash_table_add(c->urls, f->subject);
		else
			g_hash_table_add(c->records, n);
		if (held_back(f))
			g_hash_table_add(c->unseen, n);
	}
}

void
content_clear(struct content *c)
{
	g_clear_pointer(&c->records, g_hash_table_unref);
	g_clear_pointer(&c->unseen, g_hash_table_unref);
	g_clear_pointer(&c->urls, g_hash_table_unref);
}

/* Of what stands in a page, and of the page as one. */
static gboolean
of_page(enum fact_kind kind)
{
	const char *name = fact_info(kind)->name;

	return kind != FACT_PAGE_CLASS && (kind == FACT_HTTP_PAGE ||
	    g_str_has_prefix(name, "page."));
}

gboolean
content_has(const struct content *c, const struct fact *f)
{
	if (c->records == NULL || f->type == DERIVED || !of_page(f->kind))
		return TRUE;
	return !g_hash_table_contains(c->records,
	    GSIZE_TO_POINTER((gsize)fact_source(f))) &&
	    !g_hash_table_contains(c->urls, f->subject);
}

gboolean
content_unseen(const struct content *c, uint64_t n)
{
	return c->unseen != NULL &&
	    g_hash_table_contains(c->unseen, GSIZE_TO_POINTER((gsize)n));
}

const struct fact *
content_class(const struct run *run, const struct fact *page)
{
	for (guint i = 0; i < run->facts->len; i++) {
		const struct fact *f = g_ptr_array_index(run->facts, i);

		if (f->kind == FACT_PAGE_CLASS &&
		    (f->type == DERIVED ? strcmp(f->subject, page->subject) ==
		    0 : fact_source(f) == fact_source(page)))
			return f;
	}
	return NULL;
}
