#include "tests/unit/raisekit.h"

#include "geoip/geo.h"
#include "probes/crawl.h"

static GString *
lines(struct raiser *r)
{
	return ((struct told *)r->arg)->lines;
}

static void
take_want(struct raiser *r, const char *name, const char *type,
    unsigned purpose, const char *rule)
{
	g_string_append_printf(lines(r), "want %s %s %u %s\n", name, type,
	    purpose, rule);
}

static void
take_fetch(struct raiser *r, const struct wish *w)
{
	g_string_append_printf(lines(r), "fetch %s %s %s %s %u %s %s",
	    probe_kind_name(w->kind), w->name, w->type, w->host,
	    (unsigned)w->port, w->note != NULL && *w->note != '\0' ? w->note :
	    "-", w->rule);
	if (w->options != NULL && *w->options != '\0')
		g_string_append_printf(lines(r), " {%s}", w->options);
	g_string_append_c(lines(r), '\n');
}

static void
take_ask(struct raiser *r, const struct wish *w)
{
	g_string_append_printf(lines(r), "ask %s %s %s %s %u %s%s%s\n",
	    probe_kind_name(w->kind), w->name, w->type,
	    w->server != NULL ? w->server : "", (unsigned)w->port, w->rule,
	    w->options != NULL && *w->options != '\0' ? " " : "",
	    w->options != NULL ? w->options : "");
}

static void
take_service(struct raiser *r, const char *subject, const char *rule)
{
	g_string_append_printf(lines(r), "service %s %s\n", subject, rule);
}

static void
take_again(struct raiser *r, int64_t wait_ms)
{
	g_string_append_printf(lines(r), "again %" G_GINT64_FORMAT "\n",
	    wait_ms);
}

static gboolean
take_hop(struct raiser *r, const char *from, const char *to)
{
	g_string_append_printf(lines(r), "hop %s > %s\n", from, to);
	return !((struct told *)r->arg)->far;
}

static gboolean
take_deep(struct raiser *r, const char *ip)
{
	(void)ip;
	return !((struct told *)r->arg)->far;
}

void
answered(struct told *t, enum probe_kind kind, const char *name,
    const char *type, const char *host)
{
	struct question *q = question_new(kind, name, type, host, "9.9.9.1",
	    43, "");

	exchange_free(t->x);
	t->x = exchange_new(q);
	question_unref(q);
	t->r.x = t->x;
}

static void
take_skip(struct raiser *r, const struct wish *w, const char *why)
{
	g_string_append_printf(lines(r), "skip %s %s: %s\n", w->name, w->rule,
	    why);
}

static void
take_met(struct raiser *r, enum limit l, const char *text)
{
	g_string_append_printf(lines(r), "met %s: %s\n", limit_info(l)->name,
	    text);
}

struct told *
told_new(void)
{
	static const char *const nowhere[] = { NULL };
	struct told *t = g_new0(struct told, 1);

	t->lines = g_string_new(NULL);
	t->geo = geo_set_open_dirs(nowhere);
	t->r = (struct raiser){
		.arg = t, .name = NAME, .registrable = ZONE, .tld = "ch",
		.url = "", .vantage = "", .deep = take_deep, .geo = t->geo, .n = 1,
		.domains = g_ptr_array_new_with_free_func(g_free),
		.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
		    NULL),
		.want = take_want, .fetch = take_fetch, .ask = take_ask,
		.service = take_service, .again = take_again, .hop = take_hop,
		.skip = take_skip, .met = take_met, .crawl = crawl_new(),
		.limits = &t->limits,
	};
	limits_default(&t->limits);
	answered(t, PROBE_DNS, ZONE ".", "NS", "");
	return t;
}

void
told_free(struct told *t)
{
	exchange_free(t->x);
	crawl_free(t->r.crawl);
	geo_set_free(t->geo);
	g_ptr_array_unref(t->r.domains);
	g_hash_table_unref(t->r.seen);
	g_string_free(t->lines, TRUE);
	g_free(t);
}

void
expect(struct told *t, const char *should)
{
	g_assert_cmpstr(t->lines->str, ==, should);
	g_string_truncate(t->lines, 0);
}

void
raise_value(struct told *t, enum fact_kind kind, const char *subject,
    json_t *value)
{
	struct fact *f = fact_new(kind, subject, value);

	raise_fact(&t->r, f);
	fact_free(f);
}

void
raise_str(struct told *t, enum fact_kind kind, const char *subject,
    const char *field, const char *value)
{
	raise_value(t, kind, subject, json_pack("{s:s}", field, value));
}

int
raise_tests(int argc, char **argv, const struct raise_test *tests, size_t n)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < n; i++) {
		g_autofree char *path = g_strconcat("/raise/", tests[i].path,
		    NULL);

		g_test_add_func(path, tests[i].test);
	}
	return g_test_run();
}
