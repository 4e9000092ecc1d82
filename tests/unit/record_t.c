/*
 * What a report relies on: a line of a log is read whole or refused; a record
 * is found by its number even where lines are missing; nothing is NULL.
 */

#include <string.h>

#include "reports/record.h"

/* Lines of tests/data/record/NAME; each once to fn. */
typedef void each_fn(const char *line, size_t len, unsigned i);

static unsigned
each(const char *name, each_fn *fn)
{
	g_autofree char *path = g_build_filename("tests/data/record", name, NULL);
	g_autofree char *text = NULL;
	gsize len, at = 0;
	unsigned n = 0;

	g_assert_true(g_file_get_contents(path, &text, &len, NULL));
	while (at < len) {
		const char *lf = memchr(text + at, '\n', len - at);
		size_t line = lf != NULL ? (size_t)(lf - text) - at : len - at;

		fn(text + at, line, n++);
		at += line + 1;
	}
	return n;
}

static struct run *run;

static void
keep(const char *line, size_t len, unsigned i)
{
	struct log_row *row = log_row_read(line, len);

	(void)i;
	g_assert_nonnull(row);
	g_ptr_array_add(run->log, row);
}

static void
test_log(void)
{
	const struct log_row *row;

	run = run_new();
	g_assert_cmpuint(each("log.jsonl", keep), ==, 5);
	row = run_row(run, 17);
	g_assert_nonnull(row);
	g_assert_cmpstr(row->type, ==, "exchange");
	g_assert_cmpint(row->kind, ==, PROBE_DNS);
	g_assert_cmpstr(row->name, ==, "popcorn-time.ch.");
	g_assert_cmpstr(row->qtype, ==, "A");
	g_assert_cmpstr(row->host, ==, "a.nic.ch");
	g_assert_cmpstr(row->server, ==, "198.41.0.4");
	g_assert_cmpuint(row->port, ==, 53);
	g_assert_cmpuint(row->cause, ==, 12);
	g_assert_cmpstr(row->rule, ==, "dns.referral");
	g_assert_cmpint(row->status, ==, X_ANSWERED);
	g_assert_cmpstr(row->detail, ==, "NOERROR");
	g_assert_cmpint(row->took_ns, ==, 1234567);
	g_assert_cmpuint(row->received_size, ==, 45);
	g_assert_cmpstr(row->sent_sha256, !=, "");
	/* Nothing received is "", a shared question has target "". */
	row = run_row(run, 20);
	g_assert_cmpint(row->status, ==, X_TIMEOUT);
	g_assert_cmpstr(row->received_sha256, ==, "");
	g_assert_cmpstr(row->target, ==, "");
	/* Lines are missing between, and after. */
	g_assert_null(run_row(run, 2));
	g_assert_null(run_row(run, 19));
	g_assert_null(run_row(run, 0));
	g_assert_null(run_row(run, 99));
	/* Other types say what happened, without frame and hash. */
	row = run_row(run, 21);
	g_assert_cmpstr(row->type, ==, "limit");
	g_assert_cmpstr(row->text, ==, "limit http.body, value 8388608");
	g_assert_cmpstr(run_row(run, 22)->text, ==, "stopped by the user");
	run_free(run);
}

static void
refused(const char *line, size_t len, unsigned i)
{
	struct log_row *row = log_row_read(line, len);

	if (row != NULL)
		g_test_message("line %u was taken", i + 1);
	g_assert_null(row);
}

static void
test_odd_lines(void)
{
	g_assert_cmpuint(each("odd.jsonl", refused), >=, 12);
}

static void
not_exhibit(const char *line, size_t len, unsigned i)
{
	(void)i;
	g_assert_null(exhibit_read(line, len));
}

static void
test_exhibits(void)
{
	static const char line[] = "{\"id\":\"D-1\",\"title\":\"DNS answers\","
	    "\"target\":\"popcorn-time.ch\",\"records\":[3,17,20]}";
	struct exhibit *x = exhibit_read(line, strlen(line));

	g_assert_nonnull(x);
	run = run_new();
	g_ptr_array_add(run->exhibits, x);
	g_assert_cmpstr(run_exhibit_of(run, 17), ==, "D-1");
	g_assert_cmpstr(run_exhibit_of(run, 18), ==, "");
	run_free(run);
	g_assert_cmpuint(each("odd-exhibits.jsonl", not_exhibit), >=, 5);
}

static void
count(const struct run *r, const struct fact *f, void *data)
{
	unsigned *n = data;

	g_assert_true(r == run);
	g_assert_cmpint(f->kind, ==, FACT_DNS_A);
	(*n)++;
}

static void
add(enum fact_kind kind, const char *subject, const char *ip)
{
	g_ptr_array_add(run->facts, fact_new(kind, subject,
	    json_pack("{s:s}", "ip", ip)));
}

static void
test_facts(void)
{
	unsigned n = 0;

	run = run_new();
	add(FACT_DNS_AAAA, "a.example", "2001:db8::1");
	add(FACT_DNS_A, "a.example", "192.0.2.1");
	add(FACT_DNS_A, "b.example", "192.0.2.2");
	add(FACT_DNS_A, "b.example", "192.0.2.3");
	run_each(run, FACT_DNS_A, NULL, count, &n);
	g_assert_cmpuint(n, ==, 3);
	n = 0;
	run_each(run, FACT_DNS_A, "b.example", count, &n);
	g_assert_cmpuint(n, ==, 2);
	g_assert_cmpstr(fact_str(run_first(run, FACT_DNS_A, "b.example"),
	    "ip"), ==, "192.0.2.2");
	g_assert_null(run_first(run, FACT_DNS_MX, NULL));
	run_free(run);
}

static void
test_empty(void)
{
	struct record *r = record_new();

	g_assert_cmpstr(r->title, ==, "");
	g_assert_cmpstr(r->as_of, ==, "");
	g_assert_cmpstr(r->page_size, ==, "");
	g_assert_cmpuint(r->own->len + r->imports->len, ==, 0);
	g_assert_null(record_last_run(r));
	run = run_new();
	g_assert_cmpstr(run->head, ==, "");
	g_assert_true(json_is_object(run->settings));
	g_ptr_array_add(r->runs, run);
	g_assert_true(record_last_run(r) == run);
	record_free(r);
}

static struct fact *
fact_line(const char *id, const char *value, int from)
{
	g_autofree char *line = g_strdup_printf("{\"id\":\"%s\",\"kind\":"
	    "\"dns.a\",\"subject\":\"a.example\",\"value\":%s,\"type\":"
	    "\"OBSERVED\",\"from\":[%d],\"at\":\"2026-01-01T00:00:00Z\","
	    "\"reader\":\"dns/1\",\"target\":\"a.example\"}", id, value, from);
	struct fact *f = fact_read(line, strlen(line));

	g_assert_nonnull(f);
	return f;
}

/* Runs of a case hold what they say alike once, and write the same bytes. */
static void
test_share(void)
{
	struct share *s = share_new();
	struct fact *f[] = {
		fact_line("F-000001", "{\"ip\":\"192.0.2.1\",\"ttl\":1}", 7),
		fact_line("F-000002", "{\"ip\":\"192.0.2.1\",\"ttl\":1}", 7),
		fact_line("F-000003", "{\"ttl\":1,\"ip\":\"192.0.2.1\"}", 8),
	};
	g_autoptr(GString) before = g_string_new(NULL);
	g_autoptr(GString) after = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(f); i++)
		fact_write(f[i], before);
	for (size_t i = 0; i < G_N_ELEMENTS(f); i++)
		share_fact(s, f[i], i > 0 ? f[i - 1] : NULL, NULL, FALSE);
	for (size_t i = 0; i < G_N_ELEMENTS(f); i++)
		fact_write(f[i], after);
	g_assert_cmpstr(before->str, ==, after->str);
	g_assert_true(f[0]->value == f[1]->value);
	g_assert_true(f[0]->from == f[1]->from);
	g_assert_true(f[0]->subject == f[2]->subject);
	/* The order of members is part of what was written. */
	g_assert_true(f[0]->value != f[2]->value);
	g_assert_true(f[0]->from != f[2]->from);
	for (size_t i = 0; i < G_N_ELEMENTS(f); i++)
		fact_free(f[i]);
	share_free(s);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/record/log", test_log);
	g_test_add_func("/record/odd-lines", test_odd_lines);
	g_test_add_func("/record/exhibits", test_exhibits);
	g_test_add_func("/record/facts", test_facts);
	g_test_add_func("/record/empty", test_empty);
	g_test_add_func("/record/share", test_share);
	return g_test_run();
}
