#include <string.h>

#include "probes/exchange.h"
#include "probes/limits.h"
#include "probes/reader.h"

static void
key_is(const char *want, enum probe_kind kind, const char *name,
    const char *type, const char *host, const char *server, uint16_t port,
    const char *note)
{
	struct question *q = question_new(kind, name, type, host, server, port,
	    note);
	g_autofree char *key = question_key(q);

	g_assert_cmpstr(key, ==, want);
	question_unref(q);
}

/* Two questions are one exactly where the same server gets the same words. */
static void
keys(void)
{
	key_is("dns|popcorn-time.ch.|A||198.41.0.4|53", PROBE_DNS,
	    "Popcorn-Time.CH.", "A", "", "198.41.0.4", 53, "a reason");
	key_is("http|https://a.example/P?Q#F|page|a.example|192.0.2.1|443",
	    PROBE_HTTP, "HTTPS://A.Example/P?Q#F", "page", "A.example",
	    "192.0.2.1", 443, NULL);
	key_is("http|https://a.example?Q|page|||0", PROBE_HTTP,
	    "https://A.example?Q", "page", NULL, NULL, 0, NULL);
	key_is("local|/Etc/Hints|hints|||0", PROBE_LOCAL, "/Etc/Hints",
	    "hints", NULL, NULL, 0, NULL);
	key_is("whois|a%7Cb|tld|x||0", PROBE_WHOIS, "a|b", "tld", "x", "", 0,
	    "");
	key_is("whois||tld|||0", PROBE_WHOIS, NULL, "tld", NULL, NULL, 0, NULL);
}

static void
references(void)
{
	struct question *q = question_new(PROBE_GEO, "192.0.2.1", "place",
	    "db.mmdb", "", 0, "");
	struct exchange *x = exchange_new(q);

	question_unref(q);
	g_assert_cmpstr(x->q->name, ==, "192.0.2.1");
	g_assert_cmpstr(x->exit, ==, "direct");
	question_ref(x->q);
	question_unref(x->q);
	exchange_free(x);
	exchange_free(NULL);
	question_unref(NULL);
}

static void
names(void)
{
	for (int i = 0; i < PROBE_KINDS; i++) {
		const struct reader *r = reader_of((enum probe_kind)i);
		const char *name = probe_kind_name((enum probe_kind)i);

		g_assert_cmpint(probe_kind_parse(name), ==, i);
		g_assert_cmpint((int)r->kind, ==, i);
		g_assert_true(g_str_has_prefix(r->version, name));
		g_assert_cmpint(r->version[strlen(name)], ==, '/');
	}
	for (int i = 0; i < X_STATUSES; i++)
		g_assert_cmpint(xstatus_parse(xstatus_name((enum xstatus)i)),
		    ==, i);
	g_assert_cmpint(probe_kind_parse("smtp"), ==, -1);
	g_assert_cmpint(xstatus_parse(""), ==, -1);
}

static void
meta(void)
{
	struct question *q = question_new(PROBE_TLS, "a", "chain", "", "", 443,
	    "");
	struct exchange *x = exchange_new(q);

	g_assert_null(exchange_meta_get(x, "tls.version"));
	exchange_meta(x, "tls.version", "TLSv1.2");
	exchange_meta(x, "tls.cipher", NULL);
	exchange_meta(x, "tls.version", "TLSv1.3");
	g_assert_cmpstr(exchange_meta_get(x, "tls.version"), ==, "TLSv1.3");
	g_assert_cmpstr(exchange_meta_get(x, "tls.cipher"), ==, "");
	g_assert_cmpuint(x->meta->len, ==, 2);
	exchange_free(x);
	question_unref(q);
}

static void
limits(void)
{
	struct limits l;

	limits_default(&l);
	for (int i = 0; i < LIMITS; i++) {
		g_assert_cmpint(l.value[i], >, 0);
		g_assert_cmpint(l.value[i], ==,
		    limit_info((enum limit)i)->value);
	}
	g_assert_cmpint(limits_set(&l, "http.body", 1000), ==, 0);
	g_assert_cmpint(l.value[LIMIT_HTTP_BODY], ==, 1000);
	g_assert_cmpint(limits_set(&l, "http.body", 0), ==, -1);
	g_assert_cmpint(limits_set(&l, "http.body", -1), ==, -1);
	g_assert_cmpint(limits_set(&l, "no.such", 1), ==, -1);
	g_assert_cmpint(l.value[LIMIT_HTTP_BODY], ==, 1000);
}

/* The same thing put another way is another question. */
static void
options(void)
{
	struct question *q = question_with(question_new(PROBE_DNS, "a.ch.",
	    "A", "", "192.0.2.1", 53, ""), "ecs=203.0.113.0/24 tcp");
	g_autofree char *key = question_key(q);
	g_autofree char *ecs = question_option(q, "ecs");
	g_autofree char *tcp = question_option(q, "tcp");
	g_autofree char *ec = question_option(q, "ec");

	g_assert_cmpstr(key, ==,
	    "dns|a.ch.|A||192.0.2.1|53|ecs=203.0.113.0/24 tcp");
	g_assert_cmpstr(ecs, ==, "203.0.113.0/24");
	g_assert_cmpstr(tcp, ==, "");
	g_assert_null(ec);
	question_unref(q);
}

/* In order, so that equal ways are equal texts. */
static void
options_in_order(void)
{
	g_autofree char *one = options_set("", "tcp", NULL);
	g_autofree char *two = options_set(one, "again", "1");
	g_autofree char *three = options_set(two, "again", "2");
	g_autofree char *four = options_set(three, "aga", "");

	g_assert_cmpstr(one, ==, "tcp");
	g_assert_cmpstr(two, ==, "again=1 tcp");
	g_assert_cmpstr(three, ==, "again=2 tcp");
	g_assert_cmpstr(four, ==, "aga again=2 tcp");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/question/key", keys);
	g_test_add_func("/question/options", options);
	g_test_add_func("/question/options/order", options_in_order);
	g_test_add_func("/question/references", references);
	g_test_add_func("/question/names", names);
	g_test_add_func("/exchange/meta", meta);
	g_test_add_func("/limits", limits);
	return g_test_run();
}
