/*
 * The worksheet and the exhibit of imported files, with imports: every citation
 * leads to a section, every quotation is in the file that it names, what is
 * shown of a long log is bounded, and nothing of theirs stands among ours.
 *
 * SHEET_WRITE=DIR writes the documents there, to be looked at.
 */

#include <string.h>

#include "probes/text.h"
#include "reports/overlay.h"
#include "tests/unit/importkit.h"

struct fixture {
	struct kit	 k;
	GPtrArray	*findings, *overlays;
};

static void
set_up(struct fixture *t, gconstpointer unused)
{
	(void)unused;
	kit_popcorn(&t->k, 0);
	kit_brought(&t->k);
	t->findings = showing_assess(t->k.rec);
	t->overlays = overlays_of(t->k.rec, t->findings);
}

static void
tear_down(struct fixture *t, gconstpointer unused)
{
	(void)unused;
	g_ptr_array_unref(t->overlays);
	g_ptr_array_unref(t->findings);
	kit_clear(&t->k);
}

static char *
render(const struct fixture *t, const char *name)
{
	const struct report r = { .rec = t->k.rec, .run = t->k.run,
		.findings = t->findings, .overlays = t->overlays,
		.version = "test", .exhibit_file = "exhibit.html" };
	const char *dir = g_getenv("SHEET_WRITE");
	GString *out = g_string_new(NULL);

	renderer_find(name)->render(&r, out);
	if (dir != NULL) {
		g_autofree char *path = g_strdup_printf("%s/%s", dir,
		    renderer_find(name)->file);

		g_assert_true(g_file_set_contents(path, out->str, -1, NULL));
	}
	return g_string_free(out, FALSE);
}

/* ---- citations -------------------------------------------------------------------- */

/* Calls for each match of a pattern; returns how many. */
static guint
each(const char *text, const char *pattern,
    void (*fn)(const struct fixture *, GMatchInfo *, const char *),
    const struct fixture *t, const char *arg)
{
	g_autoptr(GRegex) re = g_regex_new(pattern, 0, 0, NULL);
	g_autoptr(GMatchInfo) m = NULL;
	guint n = 0;

	g_assert_nonnull(re);
	g_regex_match(re, text, 0, &m);
	for (; g_match_info_matches(m); g_match_info_next(m, NULL)) {
		if (fn != NULL)
			fn(t, m, arg);
		n++;
	}
	return n;
}

static const struct import *
import_named(const struct fixture *t, const char *id)
{
	for (guint i = 0; i < t->k.rec->imports->len; i++) {
		const struct import *m = t->k.rec->imports->pdata[i];

		if (strcmp(m->id, id) == 0)
			return m;
	}
	return NULL;
}

static void
leads(const struct fixture *t, GMatchInfo *m, const char *page)
{
	g_autofree char *id = g_match_info_fetch(m, 1);
	g_autofree char *row = g_match_info_fetch(m, 2);
	g_autofree char *to = g_match_info_fetch(m, 3);
	g_autofree char *section = g_strdup_printf("<section id=\"%s\"", to);
	const struct import *i = import_named(t, id);

	g_assert_nonnull(i);
	g_assert_cmpstr(id, ==, to);
	g_assert_nonnull(strstr(page, section));
	if (*row != '\0' && i->rows->len > 0)
		g_assert_cmpuint(strtoul(row + 1, NULL, 10), <=, i->rows->len);
}

static void
test_cites(struct fixture *t, gconstpointer unused)
{
	g_autofree char *sheet = render(t, "worksheet");
	g_autofree char *page = render(t, "imports");

	(void)unused;
	g_assert_cmpuint(each(sheet, "data-record=\"(I-[0-9]+)(:[0-9]+)?\" "
	    "href=\"imports.html#(I-[0-9]+)\"", leads, t, page), >, 8);
	g_assert_cmpuint(each(sheet, "data-record=\"I-", NULL, t, NULL), ==,
	    each(sheet, "data-record=\"I-[0-9:]+\" href=\"imports.html#I-",
	    NULL, t, NULL));
	g_assert_nonnull(strstr(sheet, "Ex. J-1 (I-0006"));
}

/* ---- quotations -------------------------------------------------------------------- */

static char *
unescaped(const char *s)
{
	static const char *const from[] = { "&lt;", "&gt;", "&quot;", "&#39;",
		"&#x27;", "&amp;" };
	static const char *const to[] = { "<", ">", "\"", "'", "'", "&" };
	GString *out = g_string_new(s);

	for (size_t i = 0; i < G_N_ELEMENTS(from); i++)
		g_string_replace(out, from[i], to[i], 0);
	return g_string_free(out, FALSE);
}

/* Its hash names an import or the order; the words stand there. */
static void
stands(const struct fixture *t, GMatchInfo *m, const char *order)
{
	g_autofree char *sha = g_match_info_fetch(m, 1);
	g_autofree char *markup = g_match_info_fetch(m, 2);
	g_autofree char *words = unescaped(markup);
	gsize len;

	for (guint i = 0; i < t->k.rec->imports->len; i++) {
		const struct import *x = t->k.rec->imports->pdata[i];

		if (strcmp(x->sha256, sha) != 0)
			continue;
		g_assert_nonnull(x->bytes);
		const char *p = g_bytes_get_data(x->bytes, &len);
		g_assert_nonnull(memmem(p, len, words, strlen(words)));
		return;
	}
	g_assert_cmpstr(sha, ==, order);
}

static void
test_quotes(struct fixture *t, gconstpointer unused)
{
	g_autofree char *sheet = render(t, "worksheet");
	g_autofree char *page = render(t, "imports");
	g_autofree char *law = NULL;
	gsize len;
	char order[65];

	(void)unused;
	g_assert_true(g_file_get_contents("reports/law/order.txt", &law, &len,
	    NULL));
	text_sha256(order, law, len);
	g_assert_cmpuint(each(sheet, "<q data-quote=\"([0-9a-f]+)\">([^<]*)</q>",
	    stands, t, order), >, 100);
	g_assert_cmpuint(each(page, "<q data-quote=\"([0-9a-f]+)\">([^<]*)</q>",
	    stands, t, order), ==, 6);
	/* lines of the file, one quotation each, and where they begin */
	g_assert_nonnull(strstr(page, ">cannot share any customer details</q> "
	    "<q "));
	g_assert_nonnull(strstr(sheet, ">short periods</q> <small>from byte "));
}

/* Words that the file does not hold byte for byte are no quotation. */
static void
test_decoded(struct fixture *t, gconstpointer unused)
{
	struct import *m = t->k.rec->imports->pdata[5];
	struct reply_words *w = m->mail->words->pdata[0];

	(void)unused;
	g_free(w->text);
	w->text = g_strdup("we never wrote <this>");
	g_autofree char *page = render(t, "imports");
	g_assert_nonnull(strstr(page, "<code>we never wrote &lt;this&gt;</code>"
	    " (as decoded from the file)"));
	g_assert_null(strstr(page, ">we never wrote &lt;this&gt;</q>"));
}

/* ---- what is shown --------------------------------------------------------------------- */

static void
test_rows(struct fixture *t, gconstpointer unused)
{
	g_autofree char *page = render(t, "imports");

	(void)unused;
	/* the first 25 and the three with faults of 43 */
	g_assert_cmpuint(each(page, "<span class=\"nb\">I-0001:[0-9]+</span>",
	    NULL, t, NULL), ==, 28);
	g_assert_nonnull(strstr(page, "28 of 43 rows are shown"));
	g_assert_nonnull(strstr(page, "as written: 03/04/2026"));
	g_assert_nonnull(strstr(page, "43 rows, 42 counted: 2 labels of Does, 2 "
	    "distinct addresses, 40 rows with act, work, address and time"));
	g_assert_nonnull(strstr(page, "50,000+<br>a band"));
	g_assert_nonnull(strstr(page, "peer_id (first: -GC0001-); kept in the file, "
	    "not read"));
	g_assert_nonnull(strstr(page, "activity.csv:43:2:"));
	g_assert_nonnull(strstr(page, "Their look-ups"));
	g_assert_nonnull(strstr(page, "no run asked for the key"));
}

/* A million rows are a page, not a book. */
static void
test_many(struct fixture *t, gconstpointer unused)
{
	struct import *m = t->k.rec->imports->pdata[0];
	gsize before, after;

	(void)unused;
	g_autofree char *small = render(t, "imports");
	before = strlen(small);
	for (int i = 0; i < 200000; i++)
		kit_activity(m, "Doe 3", "203.0.113.9", "", "upload", "Film",
		    ROW_TIME_NONE);
	g_autofree char *large = render(t, "imports");
	after = strlen(large);
	g_assert_cmpuint(after, <, before + 8000);
	g_assert_nonnull(strstr(large, "of 200,043 rows are shown"));
}

/* Somebody's look-up is in no table of ours, and ours in none of theirs. */
static void
test_theirs(struct fixture *t, gconstpointer unused)
{
	g_autofree char *exhibit = render(t, "exhibit");

	(void)unused;
	g_assert_null(strstr(exhibit, "Vendor City"));
	g_assert_null(strstr(exhibit, "203.0.113.7"));
	/* "terms of ISNIC.pdf" may hold an image of a page */
	g_assert_nonnull(strstr(exhibit, "images or PDF files were imported"));
	g_assert_nonnull(strstr(exhibit, "Files that people brought: 8 (1 "
	    "activity, 1 numbers, 1 ads, 1 geolocation, 1 history, 1 mail, 1 "
	    "document, 1 motion)"));
}

/* Sent, then imported, then collected: by time, failures and all. */
static void
test_steps(struct fixture *t, gconstpointer unused)
{
	g_autofree char *sheet = render(t, "worksheet");
	const char *steps = strstr(sheet, "Chronology for factor 2");
	const char *sent = strstr(steps, "message of a provider, LiteServer");
	const char *brought = strstr(steps, "mail imported: ");
	const char *asked = strstr(steps, "asked name servers for ");

	(void)unused;
	g_assert_true(steps < sent && sent < brought && brought < asked);
	g_assert_nonnull(strstr(steps, "words: forwarded "
	    "only; refused absent local order; states retention"));
}

/* The map has a row and a blank for each import. */
static void
test_map(struct fixture *t, gconstpointer unused)
{
	g_autofree char *sheet = render(t, "worksheet");
	const char *map = strstr(sheet, "<h2 id=\"h-map\">");

	(void)unused;
	g_assert_nonnull(map);
	g_assert_cmpuint(each(map, "href=\"imports.html#I-[0-9]+\"", NULL, t,
	    NULL), ==, t->k.rec->imports->len);
	g_assert_cmpuint(each(map, "____ at ____", NULL, t, NULL), >=,
	    t->k.rec->imports->len);
}

/* What is there is not adverse; and where an address of a Doe is there, in a log
 * alone, nobody says that none was seen. */
static void
test_adverse(struct fixture *t, gconstpointer unused)
{
	g_autofree char *text = render(t, "worksheet"), *list = NULL;
	const char *from = strstr(text, "<ol class=\"adv\">"), *to;
	guint there = 0;

	(void)unused;
	for (guint i = 0; i < t->findings->len; i++) {
		const struct finding *f = t->findings->pdata[i];

		there += strcmp(f->element->id, "P-04") == 0 &&
		    f->status == ST_SUP;
	}
	g_assert_cmpuint(there, >, 0);
	g_assert_nonnull(from);
	to = strstr(from, "</ol>");
	g_assert_nonnull(to);
	list = g_strndup(from, (gsize)(to - from));
	g_assert_null(strstr(list, "class=\"s SUP\""));
	g_assert_null(strstr(text, "did not observe the network address"));
}

/* Later authority: once each, contrary beside, and a pointer at its elements. */
static void
test_overlays(struct fixture *t, gconstpointer unused)
{
	g_autofree char *sheet = render(t, "worksheet");
	const char *block = strstr(sheet, "<h2 id=\"h-ov\">");

	(void)unused;
	g_assert_cmpuint(each(sheet, "<tr id=\"O-WILL\">", NULL, t, NULL), ==,
	    1);
	g_assert_nonnull(strstr(block, "<a class=\"nb\" href=\"#O-WANAT\">"));
	g_assert_nonnull(strstr(sheet, "Later authority, status unchanged: <a "
	    "class=\"nb\" href=\"#O-WILL\">"));
	g_assert_nonnull(strstr(sheet, "see overlay notes, current only to "
	    "2026-07-31"));
}

/* Markup, controls and bidi marks in every field that a file can fill. */
static void
test_hostile(struct fixture *t, gconstpointer unused)
{
	static const char evil[] = "<script>x</script>\"'\x1b[2J\xe2\x80\xae";
	static const char *const names[] = { "imports", "worksheet" };
	struct import *m = t->k.rec->imports->pdata[0];
	struct mail_hop *hop;

	(void)unused;
	kit_activity(m, evil, "203.0.113.1", evil, evil, evil, ROW_TIME_BAD);
	g_free(m->file);
	m->file = g_strdup(evil);
	g_ptr_array_add(m->problems, g_strdup(evil));
	m = t->k.rec->imports->pdata[5];
	hop = m->mail->hops->pdata[0];
	g_free(hop->from);
	hop->from = g_strdup(evil);
	g_free(m->mail->subject);
	m->mail->subject = g_strdup(evil);
	g_free(m->entity);
	m->entity = g_strdup(evil);
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *html = render(t, names[i]);

		g_assert_null(strstr(html, "<script"));
		g_assert_null(strchr(html, '\x1b'));
		g_assert_null(strstr(html, "\xe2\x80\xae"));
		g_assert_nonnull(strstr(html, "&lt;script&gt;x"));
	}
}

static void
test_csv(struct fixture *t, gconstpointer unused)
{
	g_autofree char *csv = render(t, "imported");

	(void)unused;
	g_assert_true(g_str_has_prefix(csv, "import,exhibit,kind,file,"));
	g_assert_cmpuint(each(csv, "\r\nI-000[0-9],", NULL, t, NULL), ==, 8);
	g_assert_nonnull(strstr(csv, ",43,42,1\r\n"));
}

#define TEST(name, fn) \
	g_test_add(name, struct fixture, NULL, set_up, fn, tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	TEST("/sheet/cites", test_cites);
	TEST("/sheet/quotes", test_quotes);
	TEST("/sheet/decoded", test_decoded);
	TEST("/sheet/rows", test_rows);
	TEST("/sheet/many", test_many);
	TEST("/sheet/theirs", test_theirs);
	TEST("/sheet/steps", test_steps);
	TEST("/sheet/map", test_map);
	TEST("/sheet/adverse", test_adverse);
	TEST("/sheet/overlays", test_overlays);
	TEST("/sheet/hostile", test_hostile);
	TEST("/sheet/csv", test_csv);
	return g_test_run();
}
