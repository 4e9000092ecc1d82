/*
 * What a report relies on: a run comes from its folder whole, or the file and
 * line at fault are named; bytes come out as they went in, or not at all.
 */

#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "collector/case.h"
#include "collector/journal.h"
#include "collector/load.h"
#include "collector/seal.h"
#include "probes/text.h"

struct place {
	char	*top, *dir;	/* dir: the sealed run */
};

static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
static const char asked[] = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";

static struct exchange *
an_exchange(const char *name, enum xstatus status, uint64_t cause)
{
	struct question *q = question_new(PROBE_HTTP, name, "page",
	    "a.example", "192.0.2.47", 443, "");
	struct exchange *x = exchange_new(q);

	question_unref(q);
	x->target = g_strdup("a.example");
	x->cause = cause;
	x->rule = "dns.a";
	x->start = x->end = 1790000000000000;
	x->took = 1500000;
	x->exit = "direct";
	x->status = status;
	g_strlcpy(x->detail, status == X_ANSWERED ? "200" : "",
	    sizeof(x->detail));
	x->sent.bytes = g_bytes_new_static(asked, strlen(asked));
	if (status == X_ANSWERED)
		x->received.bytes = g_bytes_new_static(answer, strlen(answer));
	exchange_meta(x, "tls.version", "TLSv1.3");
	return x;
}

static void
put_exchange(struct journal *j, const char *name, enum xstatus status,
    uint64_t cause)
{
	struct exchange *x = an_exchange(name, status, cause);

	g_assert_cmpint(journal_exchange(j, x), ==, 0);
	exchange_free(x);
}

static void
put_fact(struct journal *j)
{
	struct fact *f = fact_new(FACT_HTTP_PAGE, "https://a.example/",
	    json_pack("{s:i}", "status", 200));
	uint64_t n = 2;

	f->type = OBSERVED;
	g_array_append_val(f->from, n);
	g_free(f->at);
	g_free(f->reader);
	f->at = g_strdup("2026-09-21T14:13:20.000000Z");
	f->reader = g_strdup("http/1");
	f->target = g_strdup("a.example");
	g_assert_cmpint(journal_fact(j, f), ==, 0);
	fact_free(f);
}

static void
fill(const struct open_run *run)
{
	g_autoptr(GError) e = NULL;
	g_autofree char *exhibits = g_build_filename(run->dir, "data",
	    "exhibits.jsonl", NULL);
	struct journal *j = journal_create(run->dir, json_object(), &e);

	g_assert_no_error(e);
	put_exchange(j, "https://a.example/", X_ANSWERED, 0);
	put_exchange(j, "https://a.example/x", X_TIMEOUT, 2);
	put_fact(j);
	g_assert_cmpuint(journal_event(j, "close", json_object()), >, 0);
	g_assert_cmpint(journal_flush(j), ==, 0);
	journal_free(j);
	g_assert_true(g_file_set_contents(exhibits, "{\"id\":\"G-1\",\"title\":"
	    "\"Pages\",\"target\":\"a.example\",\"records\":[2,3]}\n", -1,
	    NULL));
}

/* A sealed run without authorities and key. */
static void
set_up(struct place *p, gconstpointer unused)
{
	static const char *const none[] = { NULL };
	struct run_plan plan = { .name = "000001", .title = "T", .case_id = "",
	    .organisation = "", .collector = "", .vantage = "Honolulu",
	    .previous_head = "", .ledger_tip = "", .imports_tip = "",
	    .authorities = none, .wait_ms = 1000 };
	struct run_result result = { .complete = FALSE, .why = "stopped",
	    .exchanges = 2, .facts = 1, .log_tip = "",
	    .started = "2026-09-14T18:02:09Z", .ended = "2026-09-14T18:03:10Z" };
	struct open_run run;
	struct sealed_run sealed;
	g_autoptr(GError) e = NULL;

	(void)unused;
	p->top = g_dir_make_tmp("load-XXXXXX", NULL);
	plan.parent = p->top;
	plan.settings = json_pack("{s:s}", "user_agent", "goodcause/t");
	run_open(&plan, &run, &e);
	g_assert_no_error(e);
	fill(&run);
	run_seal(&plan, &run, &result, &sealed, &e);
	g_assert_no_error(e);
	p->dir = g_strdup(sealed.dir);
	sealed_run_clear(&sealed);
	open_run_clear(&run);
	json_decref(plan.settings);
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
	nftw(p->top, drop, 16, FTW_DEPTH | FTW_PHYS);
	g_free(p->top);
	g_free(p->dir);
}

static void
test_whole(struct place *p, gconstpointer unused)
{
	g_autoptr(GError) e = NULL;
	struct run *r = run_load(p->dir, &e);
	uint64_t two = 2, three = 3;

	(void)unused;
	g_assert_no_error(e);
	g_assert_cmpuint(r->number, ==, 1);
	g_assert_cmpstr(r->name, ==, "000001");
	g_assert_cmpuint(strlen(r->id), ==, 64);
	g_assert_cmpuint(strlen(r->head), ==, 64);
	g_assert_cmpstr(r->title, ==, "T");
	g_assert_cmpstr(r->key, ==, "");
	g_assert_cmpstr(r->vantage, ==, "Honolulu");
	g_assert_cmpstr(r->user_agent, ==, "goodcause/t");
	g_assert_cmpstr(r->ended, ==, "2026-09-14T18:03:10Z");
	g_assert_false(r->complete);
	g_assert_cmpstr(r->incomplete_why, ==, "stopped");
	g_assert_cmpuint(r->targets->len, ==, 1);
	g_assert_cmpstr(r->targets->pdata[0], ==, "a.example");
	g_assert_cmpuint(r->log->len, ==, 4);
	g_assert_cmpuint(r->facts->len, ==, 1);
	g_assert_cmpstr(run_exhibit_of(r, 3), ==, "G-1");
	g_assert_cmpuint(r->tokens->len, ==, 0);
	g_assert_cmpuint(r->files->len, >, 8);
	/* What a report may quote, and nothing where nothing came. */
	g_assert_nonnull(g_hash_table_lookup(r->received, &two));
	g_assert_null(g_hash_table_lookup(r->received, &three));
	run_free(r);
}

static void
test_bytes(struct place *p, gconstpointer unused)
{
	g_autoptr(GError) e = NULL;
	struct run *r = run_load_plain(p->dir, &e);
	g_autoptr(GBytes) got = run_bytes(p->dir, run_row(r, 2), 'r', &e);
	g_autoptr(GBytes) sent = run_bytes(p->dir, run_row(r, 2), 's', &e);
	g_autoptr(GBytes) none = run_bytes(p->dir, run_row(r, 3), 'r', &e);
	struct exchange *x = run_exchange(p->dir, run_row(r, 2), &e);

	(void)unused;
	g_assert_no_error(e);
	g_assert_cmpuint(g_bytes_get_size(got), ==, strlen(answer));
	g_assert_true(memcmp(g_bytes_get_data(got, NULL), answer,
	    strlen(answer)) == 0);
	g_assert_true(memcmp(g_bytes_get_data(sent, NULL), asked,
	    strlen(asked)) == 0);
	g_assert_cmpuint(g_bytes_get_size(none), ==, 0);
	g_assert_cmpstr(x->q->name, ==, "https://a.example/");
	g_assert_cmpint(x->status, ==, X_ANSWERED);
	g_assert_cmpstr(exchange_meta_get(x, "tls.version"), ==, "TLSv1.3");
	g_assert_true(g_bytes_equal(x->received.bytes, got));
	exchange_free(x);
	/* A line that is no exchange has no bytes. */
	g_assert_null(run_bytes(p->dir, run_row(r, 4), 'r', &e));
	g_assert_nonnull(e);
	run_free(r);
}

static char *
in_run(const struct place *p, const char *name)
{
	return g_build_filename(p->dir, name, NULL);
}

/* Rewrites a file as f makes it; the load must fail and name FILE:LINE. */
static void
must_fail(const struct place *p, const char *file, const char *text, gsize len,
    const char *named)
{
	g_autofree char *path = in_run(p, file);
	g_autoptr(GError) e = NULL;

	g_assert_true(g_file_set_contents(path, text, (gssize)len, NULL));
	g_assert_null(run_load(p->dir, &e));
	g_assert_error(e, CASE_ERROR, CASE_ERROR_IO);
	g_assert_nonnull(strstr(e->message, named));
}

static void
test_cut_short(struct place *p, gconstpointer unused)
{
	g_autofree char *path = in_run(p, "data/facts.jsonl"), *text = NULL;
	gsize len;

	(void)unused;
	g_assert_true(g_file_get_contents(path, &text, &len, NULL));
	must_fail(p, "data/facts.jsonl", text, len - 1, "facts.jsonl:1: ");
	must_fail(p, "data/facts.jsonl", text, len / 2, "facts.jsonl:1: ");
}

static void
test_odd_log(struct place *p, gconstpointer unused)
{
	g_autofree char *path = in_run(p, "data/log.jsonl"), *text = NULL;
	g_autofree char *more = NULL, *again = NULL;
	gsize len;

	(void)unused;
	g_assert_true(g_file_get_contents(path, &text, &len, NULL));
	more = g_strconcat(text, "{\"n\":5}\n", NULL);
	must_fail(p, "data/log.jsonl", more, strlen(more), "log.jsonl:5: ");
	/* Numbers only rise. */
	again = g_strconcat(text, "{\"n\":2,\"type\":\"close\"}\n", NULL);
	must_fail(p, "data/log.jsonl", again, strlen(again), "log.jsonl:5: ");
}

/* A manifest of somebody else's making names no file outside the run. */
static void
test_manifest(struct place *p, gconstpointer unused)
{
	static const char *const paths[] = {
		"../../etc/passwd", "/etc/passwd", "data/../../x", "",
	};

	(void)unused;
	for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
		g_autofree char *text = g_strdup_printf("%064d  %s\n", 0,
		    paths[i]);

		must_fail(p, "manifest-sha256.txt", text, strlen(text),
		    "manifest-sha256.txt:1: ");
	}
}

static void
test_no_head(struct place *p, gconstpointer unused)
{
	g_autofree char *head = in_run(p, "head.txt");
	g_autofree char *part = g_strconcat(p->dir, ".part", NULL);
	g_autoptr(GError) e = NULL;
	struct run *r;

	(void)unused;
	g_assert_cmpint(g_unlink(head), ==, 0);
	g_assert_null(run_load(p->dir, &e));
	g_assert_nonnull(strstr(e->message, "head.txt"));
	g_clear_error(&e);
	/* The same folder, unfinished: what is there is read. */
	g_assert_cmpint(g_rename(p->dir, part), ==, 0);
	r = run_load_plain(part, &e);
	g_assert_no_error(e);
	g_assert_cmpuint(r->log->len, ==, 4);
	g_assert_cmpuint(r->number, ==, 1);
	g_assert_false(r->complete);
	g_assert_cmpstr(r->head, ==, "");
	run_free(r);
}

/* Bytes that are not the ones logged are not given out. */
static void
test_tampered(struct place *p, gconstpointer unused)
{
	g_autofree char *path = in_run(p, "data/evidence.warc.gz");
	g_autofree char *text = NULL;
	g_autoptr(GError) e = NULL;
	struct run *r;
	uint64_t two = 2;
	gsize len;

	(void)unused;
	g_assert_true(g_file_get_contents(path, &text, &len, NULL));
	for (gsize i = len / 3; i < len; i += 7)
		text[i] = (char)(text[i] ^ 0x20);
	g_assert_true(g_file_set_contents(path, text, (gssize)len, NULL));
	r = run_load(p->dir, &e);
	g_assert_no_error(e);
	g_assert_null(g_hash_table_lookup(r->received, &two));
	g_assert_null(run_bytes(p->dir, run_row(r, 2), 'r', &e));
	g_assert_nonnull(e);
	run_free(r);
}

static void
test_alone(struct place *p, gconstpointer unused)
{
	g_autoptr(GError) e = NULL;
	struct record *r = standalone_record(p->dir, &e);

	(void)unused;
	g_assert_no_error(e);
	g_assert_true(r->standalone);
	g_assert_cmpstr(r->as_of, ==, "2026-09-14");
	g_assert_cmpstr(r->title, ==, "T");
	g_assert_cmpstr(r->page_size, ==, "Letter");
	g_assert_cmpuint(r->runs->len, ==, 1);
	record_free(r);
	g_assert_null(standalone_record("/nonexistent", &e));
	g_assert_nonnull(e);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define RUN(name, fn) g_test_add("/load/" name, struct place, NULL, set_up, \
	fn, tear_down)
	RUN("whole", test_whole);
	RUN("bytes", test_bytes);
	RUN("cut-short", test_cut_short);
	RUN("odd-log", test_odd_log);
	RUN("manifest", test_manifest);
	RUN("no-head", test_no_head);
	RUN("tampered", test_tampered);
	RUN("alone", test_alone);
	return g_test_run();
}
