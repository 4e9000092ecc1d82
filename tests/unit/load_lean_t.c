/*
 * One of many runs: what an assessment needs of it is there, what it says is
 * found to be what another says, and an odd line is still an error.
 */

#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "collector/case.h"
#include "collector/load.h"

struct place { char *top; struct many many; };

/* A run as text; members that a test changes. */
struct text {
	const char	*ip, *ttl, *mail, *target;
	const char	*front, *terms;		/* words of two pages */
};

static const struct text plain = { "192.0.2.1", "300", "answered", "a.example",
	"", "" };

static void
put(const char *dir, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);

	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static char *
exchange(unsigned n, const char *kind, const char *name, const char *type,
    const char *status, const char *target)
{
	return g_strdup_printf("{\"n\":%u,\"type\":\"exchange\",\"prev\":\"\","
	    "\"salt\":\"\",\"target\":\"%s\",\"kind\":\"%s\",\"question\":{"
	    "\"name\":\"%s\",\"type\":\"%s\",\"host\":\"ns\",\"server\":"
	    "\"192.0.2.53\",\"port\":53},\"cause\":{\"n\":0,\"rule\":\"run\"},"
	    "\"start\":\"2026-01-01T00:00:00Z\",\"end\":"
	    "\"2026-01-01T00:00:00Z\",\"took_ns\":1,\"local\":\"\","
	    "\"remote\":\"192.0.2.53#53\",\"exit\":\"direct\",\"status\":"
	    "\"%s\",\"detail\":\"\",\"sent\":null,\"received\":null}\n", n,
	    target, kind, name, type, status);
}

static char *
log_of(const struct text *t)
{
	g_autofree char *a = exchange(2, "dns", "a.example.", "A", "answered",
	    t->target);
	g_autofree char *mx = exchange(3, "dns", "a.example.", "MX", t->mail,
	    t->target);
	g_autofree char *page = exchange(4, "http", "https://a.example/",
	    "page", "answered", t->target);

	return g_strconcat("{\"n\":1,\"type\":\"open\",\"prev\":\"\",\"format\":"
	    "\"run/1\"}\n", a, mx, page, "{\"n\":5,\"type\":\"close\",\"prev\":"
	    "\"\"}\n", NULL);
}

/* Two words of a page; what is joined from the second. */
static char *
page_of(unsigned id, const char *page, const char *words, gboolean joined)
{
	g_autofree char *word = g_strdup_printf("\"kind\":\"page.words\","
	    "\"subject\":\"https://a.example/%s\",\"value\":{\"rule\":"
	    "\"audience\",\"text\":", page);
	static const char rest[] = "\"at\":\"2026-01-01T00:00:01Z\",\"reader\":"
	    "\"http/1\",\"target\":\"a.example\"}\n";
	g_autofree char *join = joined ? g_strdup_printf("{\"id\":\"F-%06u\","
	    "\"kind\":\"page.class\",\"subject\":\"https://a.example/%s\","
	    "\"value\":{\"class\":\"site\",\"content\":true},\"type\":"
	    "\"DERIVED\",\"from\":[\"F-%06u\"],%s", id + 2, page, id + 1,
	    rest) : g_strdup("");

	if (*words == '\0')
		return g_strdup("");
	return g_strdup_printf("{\"id\":\"F-%06u\",%s\"%s\"},\"type\":"
	    "\"OBSERVED\",\"from\":[4],%s{\"id\":\"F-%06u\",%s\"same\"},"
	    "\"type\":\"OBSERVED\",\"from\":[4],%s%s", id, word, words, rest,
	    id + 1, word, rest, join);
}

static char *
facts_of(const struct text *t, unsigned run)
{
	g_autofree char *front = page_of(5, "", t->front, FALSE);
	g_autofree char *terms = page_of(7, "terms", t->terms, TRUE);

	return g_strdup_printf(
	    "{\"id\":\"F-000001\",\"kind\":\"dns.server\",\"subject\":"
	    "\"192.0.2.53\",\"value\":{\"note\":\"%u\"},\"type\":\"OBSERVED\","
	    "\"from\":[2],\"at\":\"2026-01-%02uT00:00:00Z\",\"reader\":\"dns/1\""
	    "}\n{\"id\":\"F-000002\",\"kind\":\"dns.a\",\"subject\":\"a.example\""
	    ",\"value\":{\"ip\":\"%s\",\"ttl\":%s},\"type\":\"OBSERVED\","
	    "\"from\":[2],\"at\":\"2026-01-%02uT00:00:00Z\",\"reader\":\"dns/1\","
	    "\"target\":\"a.example\"}\n"
	    "{\"id\":\"F-000003\",\"kind\":\"http.clock\",\"subject\":"
	    "\"https://a.example/\",\"value\":{},\"type\":\"OBSERVED\",\"from\":"
	    "[4],\"at\":\"2026-01-%02uT00:00:01Z\",\"reader\":\"http/1\"}\n"
	    "{\"id\":\"F-000004\",\"kind\":\"page.class\",\"subject\":"
	    "\"https://a.example/\",\"value\":{\"class\":\"soft-404\","
	    "\"content\":false},\"type\":\"DERIVED\",\"from\":[\"F-000003\"],"
	    "\"at\":\"2026-01-%02uT00:00:01Z\",\"reader\":\"join/1\",\"target\":"
	    "\"a.example\"}\n%s%s", run, run, t->ip, t->ttl, run, run, run, front,
	    terms);
}

/* The folder of a run; it was never sealed, which nobody asks here. */
static char *
write_run(const struct place *p, unsigned n, const struct text *t)
{
	char *dir = g_strdup_printf("%s/runs/%06u", p->top, n);
	g_autofree char *data = g_build_filename(dir, "data", NULL);
	g_autofree char *log = log_of(t), *facts = facts_of(t, n);
	g_autofree char *head = g_strdup_printf("started: 2026-01-%02uT00:00:00"
	    "Z\nended: 2026-01-%02uT00:01:00Z\nstate: complete\nwhy: none\n", n,
	    n);

	g_assert_cmpint(g_mkdir_with_parents(data, 0755), ==, 0);
	put(dir, "head.txt", head);
	put(dir, "open.txt", "run-id: 00\nvantage: none\n");
	put(data, "settings.json", "{\"targets\":[\"a.example\"],\"exit\":"
	    "\"direct\"}");
	put(data, "log.jsonl", log);
	put(data, "facts.jsonl", facts);
	put(data, "exhibits.jsonl", "{\"id\":\"D-1\",\"title\":\"DNS\",\"target\""
	    ":\"a.example\",\"records\":[2,3]}\n");
	return dir;
}

static struct run *
load(struct place *p, unsigned n, const struct text *t, char **said)
{
	g_autofree char *dir = write_run(p, n, t);
	g_autoptr(GError) e = NULL;
	struct run *r = run_load_lean(&p->many, dir, said, &e);

	g_assert_no_error(e);
	g_assert_nonnull(r);
	return r;
}

static void
set_up(struct place *p, gconstpointer unused)
{
	(void)unused;
	p->top = g_dir_make_tmp("lean-XXXXXX", NULL);
	many_begin(&p->many, share_new(), INT64_MAX);
}

static int
drop(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

static void
tear_down(struct place *p, gconstpointer unused)
{
	(void)unused;
	share_free(p->many.share);
	many_end(&p->many);
	nftw(p->top, drop, 16, FTW_DEPTH | FTW_PHYS);
	g_free(p->top);
}

static void
test_lean(struct place *p, gconstpointer unused)
{
	g_autofree char *said = NULL, *before = NULL;
	struct text silent = plain;
	struct run *new = load(p, 2, &plain, &said), *old;
	struct run_counts c;

	(void)unused;
	silent.mail = "timeout";
	old = load(p, 1, &silent, &before);
	g_assert_false(new->lean);
	g_assert_cmpuint(new->facts->len, ==, 4);
	g_assert_cmpuint(new->log->len, ==, 5);
	g_assert_true(old->lean);
	/* What is assessed, and what a joined fact of it rests on. */
	g_assert_cmpuint(old->facts->len, ==, 3);
	g_assert_null(run_first(old, FACT_DNS_SERVER, NULL));
	g_assert_nonnull(run_first(old, FACT_HTTP_CLOCK, NULL));
	g_assert_cmpuint(((struct fact *)old->facts->pdata[2])->id, ==, 4);
	/* When an address was seen nobody asks of an older run. */
	g_assert_cmpstr(run_first(old, FACT_DNS_A, NULL)->at, ==, "");
	g_assert_cmpstr(run_first(new, FACT_DNS_A, NULL)->at, ==,
	    "2026-01-02T00:00:00Z");
	/* The answer's fact says it all; what failed is kept, and the page. */
	g_assert_cmpuint(old->log->len, ==, 2);
	g_assert_null(run_row(old, 2));
	g_assert_cmpint(run_row(old, 3)->status, ==, X_TIMEOUT);
	g_assert_nonnull(run_row(old, 4));
	c = run_counts(old);
	g_assert_cmpuint(c.asked, ==, 3);
	g_assert_cmpuint(c.failed, ==, 1);
	g_assert_cmpstr(run_exhibit_of(old, 3), ==, "D-1");
	g_assert_cmpstr(said, !=, before);
	run_free(new);
	run_free(old);
}

static void
test_said(struct place *p, gconstpointer unused)
{
	struct text t[5] = { plain, plain, plain, plain, plain };
	char *said[5];

	(void)unused;
	t[1].ttl = "60";		/* changes by itself */
	t[2].ip = "192.0.2.2";
	t[3].mail = "timeout";
	t[4].mail = "refused";
	for (unsigned i = 0; i < 5; i++)
		run_free(load(p, 9 - i, &t[i], &said[i]));
	g_assert_cmpstr(said[0], ==, said[1]);
	for (unsigned i = 2; i < 5; i++)
		for (unsigned k = 0; k < i; k++)
			g_assert_cmpstr(said[i], !=, said[k]);
	for (unsigned i = 0; i < 5; i++)
		g_free(said[i]);
}

/* The newest run of a target is whole, also where only a row names it. */
static void
test_newest(struct place *p, gconstpointer unused)
{
	struct text other = plain;
	char *said;
	struct run *r;

	(void)unused;
	run_free(load(p, 3, &plain, &said));
	g_free(said);
	other.target = "b.example";
	r = load(p, 2, &other, &said);
	g_assert_false(r->lean);
	g_assert_cmpuint(r->log->len, ==, 5);
	g_assert_cmpuint(r->targets->len, ==, 2);
	run_free(r);
	g_free(said);
	r = load(p, 1, &other, &said);
	g_assert_true(r->lean);
	g_assert_cmpuint(r->targets->len, ==, 2);
	run_free(r);
	g_free(said);
}

static void
test_odd(struct place *p, gconstpointer unused)
{
	static const struct { const char *file, *text, *says; } odd[] = {
		{ "data/facts.jsonl", "{\"id\":\"F-000001\"}\n",
		    "facts.jsonl:1: not a line" },
		{ "data/facts.jsonl", "{\"id\":\"F-000001\",\"kind\":\"dns.a\","
		    "\"subject\":1}\n", "facts.jsonl:1: not a line" },
		{ "data/facts.jsonl", "{\"id\":\"F-0", "facts.jsonl:1: the line "
		    "is cut short" },
		{ "data/log.jsonl", "{\"n\":1,\"type\":\"open\"}\n{\"n\":1,"
		    "\"type\":\"close\"}\n", "log.jsonl:2: not a line" },
		{ "data/log.jsonl", "{\"n\":1,\"type\":\"exchange\"}\n",
		    "log.jsonl:1: not a line" },
		{ "data/log.jsonl", "[]\n", "log.jsonl:1: not a line" },
	};
	char *said;

	(void)unused;
	run_free(load(p, 9, &plain, &said));
	g_free(said);
	for (size_t i = 0; i < G_N_ELEMENTS(odd); i++) {
		g_autofree char *dir = write_run(p, 1, &plain);
		g_autoptr(GError) e = NULL;

		put(dir, odd[i].file, odd[i].text);
		g_assert_null(run_load_lean(&p->many, dir, &said, &e));
		g_assert_error(e, CASE_ERROR, CASE_ERROR_IO);
		g_assert_nonnull(strstr(e->message, odd[i].says));
		g_assert_null(said);
	}
}

static void
test_known(struct place *p, gconstpointer unused)
{
	g_autofree char *dir = write_run(p, 5, &plain);
	g_autoptr(GError) e = NULL;
	char *said;
	struct run *r;

	(void)unused;
	p->many.known = 0;
	g_assert_null(run_load_lean(&p->many, dir, &said, &e));
	g_assert_no_error(e);
	/* And so it is nobody's newer run. */
	p->many.known = INT64_MAX;
	r = load(p, 4, &plain, &said);
	g_assert_false(r->lean);
	run_free(r);
	g_free(said);
}

/* Of runs that say the same, the first and the last are held. */
static void
test_stretch(struct place *p, gconstpointer unused)
{
	/*	   run	1      2      3      4      5      6      7 */
	static const char told[] = { FALSE, TRUE, FALSE, FALSE, FALSE, TRUE,
	    FALSE };
	g_autofree char *ini = g_build_filename(p->top, "case.ini", NULL);
	g_autoptr(GError) e = NULL;
	struct text moved = plain;
	struct record *rec;
	struct kase k;

	(void)unused;
	moved.ip = "192.0.2.9";
	g_assert_true(g_file_set_contents(ini, "[case]\ntitle = T\n", -1, NULL));
	for (unsigned n = 1; n <= 7; n++)
		g_free(write_run(p, n, n == 4 ? &moved : &plain));
	g_assert_cmpint(case_load(p->top, &k, &e), ==, 0);
	rec = case_record(&k, &e);
	g_assert_no_error(e);
	g_assert_cmpuint(rec->runs->len, ==, 7);
	for (guint i = 0; i < 7; i++) {
		const struct run *r = rec->runs->pdata[i];

		g_assert_cmpuint(r->number, ==, i + 1);
		g_assert_cmpint(r->told, ==, told[i]);
		g_assert_cmpuint(r->facts->len, ==, told[i] ? 0 : i == 6 ? 4 :
		    3);
		g_assert_cmpuint(run_counts(r).asked, ==, 3);
	}
	record_free(rec);
	rec = case_record_of(&k, INT64_MAX, TRUE, &e);
	for (guint i = 0; i < 7; i++)
		g_assert_false(((struct run *)rec->runs->pdata[i])->told);
	record_free(rec);
	case_clear(&k);
}

/* Of runs that differ, pages that say what they said before and after go, whole,
 * but for what a joined fact rests on. */
static void
test_pages(struct place *p, gconstpointer unused)
{
	static const struct {
		const char *ip, *front, *terms;
		guint held;		/* words of both pages */
	} runs[] = {
		{ "192.0.2.1", "one", "terms", 4 },
		{ "192.0.2.2", "two", "terms", 2 + 1 },
		{ "192.0.2.3", "three", "terms", 4 },
		{ "192.0.2.4", "three", "other", 2 },
		{ "192.0.2.5", "three", "terms", 2 },
		{ "192.0.2.6", "three", "terms", 4 },
	};
	g_autofree char *ini = g_build_filename(p->top, "case.ini", NULL);
	g_autoptr(GError) e = NULL;
	struct record *rec;
	struct kase k;

	(void)unused;
	g_assert_true(g_file_set_contents(ini, "[case]\ntitle = T\n", -1, NULL));
	for (unsigned n = 0; n < G_N_ELEMENTS(runs); n++) {
		struct text t = plain;

		t.ip = runs[n].ip;
		t.front = runs[n].front;
		t.terms = runs[n].terms;
		g_free(write_run(p, n + 1, &t));
	}
	g_assert_cmpint(case_load(p->top, &k, &e), ==, 0);
	rec = case_record(&k, &e);
	g_assert_no_error(e);
	for (guint i = 0; i < G_N_ELEMENTS(runs); i++) {
		const struct run *r = rec->runs->pdata[i];
		guint n = 0;

		g_assert_false(r->told);
		g_assert_nonnull(run_first(r, FACT_DNS_A, NULL));
		g_assert_nonnull(run_first(r, FACT_PAGE_CLASS,
		    "https://a.example/terms"));
		for (guint f = 0; f < r->facts->len; f++)
			n += ((struct fact *)r->facts->pdata[f])->kind ==
			    FACT_PAGE_WORDS;
		g_assert_cmpuint(n, ==, runs[i].held);
	}
	record_free(rec);
	case_clear(&k);
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*test)(struct place *, gconstpointer);
	} tests[] = {
		{ "/load-lean/lean", test_lean },
		{ "/load-lean/said", test_said },
		{ "/load-lean/newest", test_newest },
		{ "/load-lean/odd", test_odd },
		{ "/load-lean/known", test_known },
		{ "/load-lean/stretch", test_stretch },
		{ "/load-lean/pages", test_pages },
	};

	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].name, struct place, NULL, set_up,
		    tests[i].test, tear_down);
	return g_test_run();
}
