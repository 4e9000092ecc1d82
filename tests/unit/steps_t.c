/* A run as steps: what belongs together, what came of it, nothing left out. */

#include <string.h>

#include "reports/steps.h"
#include "reports/view.h"
#include "tests/unit/recordkit.h"

/* "FAMILY named named = said; said | how n, how n", a line a step. */
static char *
lines(const struct run *run)
{
	g_autoptr(GPtrArray) steps = steps_of(run);
	GString *s = g_string_new(NULL);

	for (guint i = 0; i < steps->len; i++) {
		const struct step *p = steps->pdata[i];

		g_string_append_printf(s, "%d", (int)p->family);
		for (guint k = 0; k < p->named->len; k++)
			g_string_append_printf(s, " %s",
			    (const char *)p->named->pdata[k]);
		g_string_append(s, " =");
		for (guint k = 0; k < p->said->len; k++)
			g_string_append_printf(s, "%s %s", k > 0 ? ";" : "",
			    (const char *)p->said->pdata[k]);
		g_string_append(s, " |");
		for (guint k = 0; k < p->ends->len; k++) {
			const struct step_end *e = &g_array_index(p->ends,
			    struct step_end, k);

			g_string_append_printf(s, " %s %u", e->how,
			    (unsigned)e->n);
		}
		g_string_append_c(s, '\n');
	}
	return g_string_free(s, FALSE);
}

/* Each exchange is in one step, under every failure. */
static void
each_once(unsigned fail)
{
	struct kit k;
	g_autoptr(GPtrArray) steps = NULL;
	g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash,
	    g_int64_equal);
	uint64_t last = 0;
	guint asked = 0, unanswered = 0, failed = 0;

	kit_popcorn(&k, fail);
	steps = steps_of(k.run);
	for (guint i = 0; i < steps->len; i++) {
		const struct step *s = steps->pdata[i];

		g_assert_cmpuint(s->first->n, >, last);
		last = s->first->n;
		for (guint r = 0; r < s->records->len; r++)
			g_assert_true(g_hash_table_add(seen, &g_array_index(
			    s->records, uint64_t, r)));
		if (s->family == STEP_UNANSWERED)
			failed += s->records->len;
	}
	for (guint i = 0; i < k.run->log->len; i++) {
		asked += row_exchange(k.run->log->pdata[i]) ? 1 : 0;
		unanswered += row_failed(k.run->log->pdata[i]) ? 1 : 0;
	}
	g_assert_cmpuint(g_hash_table_size(seen), ==, asked);
	g_assert_cmpuint(failed, ==, unanswered);
	kit_clear(&k);
}

static void
test_each_once(void)
{
	each_once(0);
	each_once(KIT_ALL);
	for (unsigned i = 1; i <= 20; i++)
		each_once(i);
}

static void
test_together(void)
{
	struct kit k;
	g_autofree char *got = NULL;

	kit_init(&k);
	kit_run(&k, "2026-11-23");
	kit_target(&k, "site.ch");
	kit_ask(&k, PROBE_RDAP, "https://r.example/ip/192.0.2.1", "ip",
	    "r.example", "198.51.100.1");
	kit_fact(&k, FACT_IP_HOLDER, "192.0.2.1",
	    "{'org':'Host B.V.','country':'NL'}");
	kit_ask(&k, PROBE_RDAP, "https://r.example/autnum/64500", "autnum",
	    "r.example", "198.51.100.1");
	kit_fact(&k, FACT_AS_HOLDER, "AS64500",
	    "{'org':'Host B.V.','country':'NL'}");
	kit_ask(&k, PROBE_RDAP, "https://nic.example/domain/site.ch",
	    "domain", "nic.example", "198.51.100.2");
	kit_fact(&k, FACT_RDAP_ENTITY, "site.ch",
	    "{'roles':['registrar'],'name':'House','org':''}");
	kit_fact(&k, FACT_RDAP_ENTITY, "site.ch",
	    "{'roles':['registrant'],'name':'x','withheld':true}");
	kit_ask(&k, PROBE_HTTP, "https://site.ch/", "page", "site.ch",
	    "192.0.2.1");
	kit_ask(&k, PROBE_HTTP, "https://site.ch/terms", "page", "site.ch",
	    "192.0.2.1");
	k.fail = k.asked + 1;
	kit_ask(&k, PROBE_HTTP, "https://site.ch/ads.txt", "ads", "site.ch",
	    "192.0.2.1");
	kit_ask(&k, PROBE_WHOIS, "site.ch", "tld", "whois.example",
	    "198.51.100.3");
	kit_fact(&k, FACT_WHOIS_NONE, "site.ch", "{'what':'limit'}");
	got = lines(k.run);
	g_assert_cmpstr(got, ==,
	    "6 192.0.2.1 64500 = Host B.V., NL | answered 2\n"
	    "7 site.ch = registrar House; registrant withheld | answered 1\n"
	    "4 https://site.ch/ https://site.ch/terms = | answered 2\n"
	    "10 https://site.ch/ads.txt = | timeout 1\n"
	    "7 site.ch = no record: limit | answered 1\n");
	kit_clear(&k);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/steps/each exchange once", test_each_once);
	g_test_add_func("/steps/what belongs together", test_together);
	return g_test_run();
}
