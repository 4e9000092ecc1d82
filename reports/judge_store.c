/*
 * Stores that were not asked: a site's pages link to an application, and the page
 * of its store, which shows a band of downloads and who offers it, is not in the
 * record, because the case does not follow hosts.
 */

#include "reports/gather.h"
#include "reports/judge.h"

#include <string.h>

struct stores {
	guint		 asked, linked;
	const char	*app;
};

/* Those whose page the program can fetch (probes/crawl_others.c). */
static gboolean
is_in_store(const struct fact *f)
{
	static const char *const signals[] = { "google-play", "app-store",
		"f-droid" };

	if (f->kind != FACT_PAGE_ID ||
	    strcmp(fact_str(f, "class"), "app") != 0)
		return FALSE;
	for (size_t i = 0; i < G_N_ELEMENTS(signals); i++)
		if (strcmp(fact_str(f, "signal"), signals[i]) == 0)
			return TRUE;
	return FALSE;
}

static void
look_at(struct finding *f, const struct visit *v, void *arg)
{
	struct stores *s = arg;

	(void)f;
	for (guint i = 0; i < v->rows->len; i++) {
		const struct log_row *r = g_ptr_array_index(v->rows, i);

		s->asked += g_strcmp0(r->qtype, "store") == 0 ? 1u : 0u;
	}
	for (guint i = 0; i < v->facts->len; i++) {
		const struct fact *fact = g_ptr_array_index(v->facts, i);

		s->asked += fact->kind == FACT_STORE_APP ? 1u : 0u;
		if (!is_in_store(fact))
			continue;
		s->linked++;
		s->app = fact_str(fact, "value");
	}
}

void
judge_stores_unasked(struct finding *f)
{
	struct stores s = { 0 };

	judge_visits(f, look_at, &s);
	if (s.linked > 0 && s.asked == 0)
		finding_missing(f, "the store's own page of %s, to which the "
		    "site links: it shows a band of downloads and who offers "
		    "it, and is fetched where case.ini has follow_hosts = true "
		    "([collect])", s.app);
}
