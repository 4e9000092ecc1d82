/*
 * A run that is put away: its facts are what they were, of its rows those stay that
 * somebody looks up, and each record is in the exhibit in which it was.
 */

#include <string.h>

#include "reports/settle.h"

static void
add_row(struct run *r, struct share *s, unsigned n, const char *kind,
    const char *type, const char *status)
{
	g_autofree char *line = g_strdup_printf("{\"n\":%u,\"type\":"
	    "\"exchange\",\"target\":\"a.example\",\"kind\":\"%s\","
	    "\"question\":{\"type\":\"%s\",\"name\":\"192.0.2.1\"},"
	    "\"status\":\"%s\"}", n, kind, type, status);
	struct log_row *row = log_row_read(line, strlen(line));

	g_assert_nonnull(row);
	share_row(s, row, TRUE);
	g_ptr_array_add(r->log, row);
}

static void
add_fact_of(struct run *r, struct share *s, enum fact_kind kind,
    const char *subject, uint64_t from, json_t *value)
{
	struct fact *f = fact_new(kind, subject, value);

	f->id = r->facts->len + 1;
	g_array_append_val(f->from, from);
	share_fact(s, f, NULL, NULL, TRUE);
	g_ptr_array_add(r->facts, f);
}

static void
add_fact(struct run *r, struct share *s, enum fact_kind kind, uint64_t from)
{
	add_fact_of(r, s, kind, "192.0.2.1", from, json_pack("{s:s}", "name",
	    "set-cookie"));
}

static void
add_exhibit(struct run *r, struct share *s, const char *line)
{
	struct exhibit *x = exhibit_read(line, strlen(line));

	g_assert_nonnull(x);
	share_exhibit(s, x);
	g_ptr_array_add(r->exhibits, x);
}

static void
test_facts(void)
{
	struct share *s = share_new();
	struct run *r = run_new();
	const struct fact *f;

	add_fact(r, s, FACT_DNS_A, 3);
	add_fact(r, s, FACT_GEO_PLACE, 4);
	run_settle(r);
	g_assert_cmpuint(r->facts->len, ==, 2);
	f = r->facts->pdata[1];
	g_assert_cmpuint(f->id, ==, 2);
	g_assert_cmpint(f->kind, ==, FACT_GEO_PLACE);
	g_assert_cmpstr(f->subject, ==, "192.0.2.1");
	g_assert_cmpstr(fact_str(f, "name"), ==, "set-cookie");
	g_assert_cmpuint(fact_source(f), ==, 4);
	g_assert_true(run_first(r, FACT_GEO_PLACE, "192.0.2.1") == f);
	run_free(r);
	share_free(s);
}

/* What nobody asks of an older run goes, but for what a joined fact rests on. */
static void
test_sifted(void)
{
	static const struct {
		enum fact_kind	 kind;
		const char	*subject, *field, *value;
		gboolean	 stays;
	} facts[] = {
		{ FACT_DNS_A, "a.example", "ip", "192.0.2.1", TRUE },
		{ FACT_DNS_NODATA, "a.example", "type", "AAAA", FALSE },
		{ FACT_DNS_NXDOMAIN, "b.example", "type", "A", TRUE },
		{ FACT_DNS_TXT, "a.example", "text", "v=spf1", FALSE },
		{ FACT_DNS_TXT, "s._domainkey.a.example", "text", "p=", TRUE },
		{ FACT_HTTP_HEADER, "https://a.example/", "name", "server",
		    FALSE },
		{ FACT_HTTP_HEADER, "https://a.example/", "name", "cf-ray",
		    TRUE },
		{ FACT_HTTP_HEADER, "https://a.example/", "name",
		    "CF-IPCountry", TRUE },
		{ FACT_WHOIS_FIELD, "a.example", "field", "holder", TRUE },
		{ FACT_WHOIS_FIELD, "a.example", "field", "expires", FALSE },
	};
	struct share *s = share_new();
	struct run *r = run_new();
	guint at = 0;

	for (unsigned i = 0; i < G_N_ELEMENTS(facts); i++)
		add_fact_of(r, s, facts[i].kind, facts[i].subject, i + 1,
		    json_pack("{s:s}", facts[i].field, facts[i].value));
	add_fact(r, s, FACT_PAGE_CLASS, 3);
	((struct fact *)r->facts->pdata[r->facts->len - 1])->type = DERIVED;
	run_settle(r);
	for (unsigned i = 0; i < G_N_ELEMENTS(facts); i++)
		if (facts[i].stays)
			g_assert_cmpuint(((struct fact *)
			    r->facts->pdata[at++])->id, ==, i + 1);
	g_assert_cmpuint(r->facts->len, ==, at + 1);
	run_free(r);
	share_free(s);
}

/* Values that differ have the members in which they do not once. */
static void
test_members(void)
{
	struct share *s = share_new();
	struct run *r = run_new();
	static const char *const alike[] = { "text", "number", "list", "o" };
	const struct fact *a, *b;

	for (int i = 1; i <= 2; i++) {
		add_fact_of(r, s, FACT_TLS_CERT, "a.example@192.0.2.1", 3,
		    json_pack("{s:i, s:s, s:I, s:[s,i], s:{s:f}}", "serial", i,
		    "text", "same", "number", (json_int_t)1 << 40, "list", "x",
		    7, "o", "in", 0.5));
		share_turn(s);
	}
	a = r->facts->pdata[0];
	b = r->facts->pdata[1];
	g_assert_cmpint(fact_int(b, "serial", 0), ==, 2);
	for (size_t i = 0; i < G_N_ELEMENTS(alike); i++)
		g_assert_true(fact_get(a, alike[i]) == fact_get(b, alike[i]));
	g_assert_true(json_is_array(fact_get(b, "list")));
	g_assert_cmpint(fact_int(b, "number", 0), ==, INT64_C(1) << 40);
	run_free(r);
	share_free(s);
}

static void
test_rows(void)
{
	static const struct {
		const char *kind, *type, *status;
		gboolean stays;
	} rows[] = {
		{ "geo", "", "answered", FALSE },	/* a place rests on it */
		{ "geo", "", "answered", TRUE },	/* nothing does: still open */
		{ "http", "", "answered", TRUE },	/* a header names its server */
		{ "http", "", "answered", FALSE },
		{ "http", "", "timeout", TRUE },
		{ "rdap", "ip", "answered", TRUE },	/* whose it is, is still open */
		{ "whois", "tld", "answered", TRUE },
		{ "geo", "", "answered", FALSE },	/* that there is no place */
		{ "rdap", "ip", "answered", FALSE },	/* whose it is, is in a fact */
		{ "rdap", "domain", "answered", TRUE },	/* who runs the name */
		{ "rdap", "domain", "answered", FALSE },
		{ "rdap", "autnum", "answered", FALSE },
		{ "rdap", "autnum", "timeout", TRUE },
	};
	struct share *s = share_new();
	struct run *r = run_new();

	for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++)
		add_row(r, s, i + 1, rows[i].kind, rows[i].type,
		    rows[i].status);
	add_fact(r, s, FACT_GEO_PLACE, 1);
	add_fact(r, s, FACT_HTTP_HEADER, 3);
	add_fact(r, s, FACT_HTTP_PAGE, 4);
	add_fact(r, s, FACT_GEO_NONE, 8);
	add_fact(r, s, FACT_IP_HOLDER, 9);
	add_fact(r, s, FACT_RDAP_DOMAIN, 10);
	add_fact(r, s, FACT_RDAP_NONE, 11);
	add_fact(r, s, FACT_RDAP_NONE, 12);
	run_settle(r);
	for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++)
		g_assert_cmpint(run_row(r, i + 1) != NULL, ==, rows[i].stays);
	run_free(r);
	share_free(s);
}

static void
test_exhibits(void)
{
	static const char *const in[] = { "", "C-1", "D-1", "C-1", "", "D-1" };
	struct share *s = share_new();
	struct run *r = run_new();

	add_exhibit(r, s, "{\"id\":\"B-1\",\"title\":\"Log\",\"records\":[]}");
	add_exhibit(r, s, "{\"id\":\"C-1\",\"title\":\"R\",\"records\":[1,3]}");
	add_exhibit(r, s, "{\"id\":\"D-1\",\"title\":\"N\",\"records\":[2,3,5]}");
	run_settle(r);
	g_assert_cmpuint(r->exhibits->len, ==, 0);
	for (unsigned n = 0; n < G_N_ELEMENTS(in); n++)
		g_assert_cmpstr(run_exhibit_of(r, n), ==, in[n]);
	g_assert_cmpstr(run_exhibit_of(r, 6), ==, "");
	g_assert_cmpstr(run_exhibit_of(r, UINT64_MAX), ==, "");
	run_free(r);
	share_free(s);
}

/* A number that no log has makes no table of that size. */
static void
test_far(void)
{
	struct share *s = share_new();
	struct run *r = run_new();

	add_exhibit(r, s, "{\"id\":\"C-1\",\"title\":\"R\",\"records\":["
	    "9007199254740992]}");
	run_settle(r);
	g_assert_cmpuint(r->exhibits->len, ==, 1);
	g_assert_cmpstr(run_exhibit_of(r, 9007199254740992), ==, "C-1");
	run_free(r);
	share_free(s);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/settle/members", test_members);
	g_test_add_func("/settle/facts", test_facts);
	g_test_add_func("/settle/sifted", test_sifted);
	g_test_add_func("/settle/rows", test_rows);
	g_test_add_func("/settle/exhibits", test_exhibits);
	g_test_add_func("/settle/far", test_far);
	return g_test_run();
}
