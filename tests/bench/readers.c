/*
 * build/readers [SECONDS [KIND]]: how fast the readers are, on the
 * answers kept in tests/data, in the order of their names.  Run from the top
 * folder; prints "NAME VALUE" lines as tests/bench/inside does.
 *
 *	reader.rdap.mbs		million bytes of answers a second of CPU
 *	reader.whois.mbs
 *	reader.dns.mbs
 *	reader.html.ratio	bare gumbo's CPU time over the reader's, on the
 *				HTML pages of tests/data/http and of the lab's sites
 *
 * A round reads every answer so many times; of the rounds the quickest counts,
 * because what else runs on the machine can only make one slower.  A page is
 * read whole: head, codings, hash, classes, rules and facts, against gumbo's
 * parse of the same text, and the two take turns.  Times are CPU times.
 */

#include <gumbo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "probes/http_message.h"
#include "tests/unit/fixture.h"

#define ROUNDS	9

static double	 round_s = 0.1;		/* about so long is a round */

/* ---- the kept answers */

static int
by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All files below a folder whose names end so, by name. */
static void
find(const char *folder, const char *suffix, GPtrArray *paths)
{
	g_autoptr(GDir) d = g_dir_open(folder, 0, NULL);
	const char *e;

	if (d == NULL)
		g_error("%s: cannot be opened; run from the top folder", folder);
	while ((e = g_dir_read_name(d)) != NULL) {
		g_autofree char *path = g_build_filename(folder, e, NULL);

		if (g_file_test(path, G_FILE_TEST_IS_DIR))
			find(path, suffix, paths);
		else if (g_str_has_suffix(e, suffix))
			g_ptr_array_add(paths, g_steal_pointer(&path));
	}
	g_ptr_array_sort(paths, by_name);
}

static void
take(GPtrArray *xs, struct exchange *x)
{
	g_autoptr(GString) out = g_string_new(NULL);

	/* A refusal costs nothing worth measuring. */
	if (x != NULL && reader_run(x, out) == 0)
		g_ptr_array_add(xs, x);
	else
		exchange_free(x);
}

static GPtrArray *
fixtures(const char *folder, enum probe_kind kind)
{
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
	GPtrArray *xs = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)exchange_free);

	find(folder, ".in", paths);
	for (guint i = 0; i < paths->len; i++) {
		g_autofree char *text = NULL;
		gsize len;

		if (!g_file_get_contents(paths->pdata[i], &text, &len, NULL))
			g_error("%s: cannot be read", (char *)paths->pdata[i]);
		take(xs, fixture_parse(kind, text, len, NULL));
	}
	return xs;
}

/* The lab's sites, as a server would send them. */
static void
add_sites(GPtrArray *xs)
{
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);

	find("tests/lab/worlds", ".html", paths);
	for (guint i = 0; i < paths->len; i++) {
		g_autofree char *text = NULL, *all = NULL;

		if (!g_file_get_contents(paths->pdata[i], &text, NULL, NULL))
			g_error("%s: cannot be read", (char *)paths->pdata[i]);
		all = g_strdup_printf("HTTP/1.1 200 OK\r\nContent-Type: "
		    "text/html; charset=utf-8\r\nServer: nginx\r\n\r\n%s",
		    text);
		take(xs, fixture_exchange(PROBE_HTTP, "https://example.com/",
		    "page", "example.com", all, strlen(all)));
	}
}

/* ---- one pass */

/* The text of a page as gumbo is given it; NULL where it is no HTML page. */
static GBytes *
page_text(const struct exchange *x)
{
	struct http_message m = { 0 };
	gsize n;
	const void *got = g_bytes_get_data(x->received.bytes, &n);
	const char *type;
	GBytes *text = NULL;

	if (http_message_parse(got, n, &m) == 0 &&
	    (type = http_header(&m, "Content-Type")) != NULL &&
	    strncmp(type, "text/html", 9) == 0 && m.status >= 200 &&
	    (*x->q->type == '\0' || strcmp(x->q->type, "page") == 0))
		text = http_message_content(&m, 1 << 20, NULL);
	http_message_clear(&m);
	return text;
}

static void
read_all(GPtrArray *xs)
{
	g_autoptr(GString) out = g_string_sized_new(1 << 16);

	for (guint i = 0; i < xs->len; i++) {
		g_string_truncate(out, 0);
		reader_run(xs->pdata[i], out);
	}
}

static void
parse_all(GPtrArray *texts)
{
	for (guint i = 0; i < texts->len; i++) {
		gsize n;
		const char *s = g_bytes_get_data(texts->pdata[i], &n);
		GumboOutput *o = gumbo_parse_with_options(
		    &kGumboDefaultOptions, s != NULL ? s : "", n);

		gumbo_destroy_output(&kGumboDefaultOptions, o);
	}
}

/* ---- time */

static double
cpu(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Seconds a pass, in a round of so many passes; *passes 0: find out first. */
static double
round_of(void (*pass)(GPtrArray *), GPtrArray *what, int *passes)
{
	double begin = cpu(), end = begin;
	int n = 0;

	while (*passes > 0 ? n < *passes : end - begin < round_s) {
		pass(what);
		end = cpu();
		n++;
	}
	*passes = n;
	return (end - begin) / n;
}

static void
measure(const char *name, GPtrArray *xs)
{
	double best = 0, bytes = 0;
	int passes = 0;

	for (guint i = 0; i < xs->len; i++) {
		const struct exchange *x = xs->pdata[i];

		if (x->received.bytes != NULL)
			bytes += (double)g_bytes_get_size(x->received.bytes);
	}
	for (int i = 0; i < ROUNDS; i++) {
		double s = round_of(read_all, xs, &passes);

		best = best == 0 ? s : MIN(best, s);
	}
	printf("reader.%s.answers %u\nreader.%s.bytes %.0f\n"
	    "reader.%s.mbs %.2f\n", name, xs->len, name, bytes, name,
	    bytes / best / 1e6);
}

static void
measure_html(GPtrArray *xs)
{
	GPtrArray *texts = g_ptr_array_new();
	GPtrArray *pages = g_ptr_array_new();
	double ours = 0, bare = 0, bytes = 0;
	int n = 0, k = 0;

	for (guint i = 0; i < xs->len; i++) {
		GBytes *text = page_text(xs->pdata[i]);

		if (text == NULL)
			continue;
		g_ptr_array_add(texts, text);
		g_ptr_array_add(pages, xs->pdata[i]);
		bytes += (double)g_bytes_get_size(text);
	}
	for (int i = 0; i < ROUNDS; i++) {
		double s = round_of(read_all, pages, &n);
		double g = round_of(parse_all, texts, &k);

		ours = ours == 0 ? s : MIN(ours, s);
		bare = bare == 0 ? g : MIN(bare, g);
	}
	printf("reader.html.answers %u\nreader.html.bytes %.0f\n"
	    "reader.html.mbs %.2f\nreader.html.ratio %.3f\n", pages->len,
	    bytes, bytes / ours / 1e6, bare / ours);
}

int
main(int argc, char **argv)
{
	static const struct {
		const char	*name;
		enum probe_kind	 kind;
	} kinds[] = {
		{ "rdap", PROBE_RDAP }, { "whois", PROBE_WHOIS },
		{ "dns", PROBE_DNS }, { "http", PROBE_HTTP },
	};
	const char *only = argc > 2 ? argv[2] : NULL;

	if (argc > 1)
		round_s = atof(argv[1]);
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		g_autofree char *folder = g_strconcat("tests/data/",
		    kinds[i].name, NULL);
		g_autoptr(GPtrArray) xs = NULL;

		if (only != NULL && strcmp(only, kinds[i].name) != 0)
			continue;
		xs = fixtures(folder, kinds[i].kind);
		if (kinds[i].kind == PROBE_HTTP) {
			add_sites(xs);
			measure_html(xs);
		} else
			measure(kinds[i].name, xs);
	}
	return 0;
}
