/*
 * Scripts that a page loads: whom they report to, and what they would ask of a
 * server, by the shapes of page_ids.def.  Nothing is run.
 */

#include "probes/http_facts.h"
#include "probes/page_ids.h"

static gssize
nowhere(const void *arg, size_t pos)
{
	(void)arg;
	(void)pos;
	return -1;
}

void
script_facts(const struct exchange *x, const char *text, size_t len,
    GString *out)
{
	const struct page_range all = { 0, len, "script" };
	g_autoptr(GArray) ranges = g_array_new(FALSE, FALSE, sizeof(all));
	struct page_facts *f = page_facts_new();
	struct id_source s = {
		.html = text, .len = len, .ranges = ranges, .facts = f,
		.file = TRUE,
	};

	g_array_append_val(ranges, all);
	page_ids_scan(&s);
	page_facts_emit(f, x->q->name, nowhere, NULL, out);
	page_facts_free(f);
}
