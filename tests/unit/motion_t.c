/*
 * Drafts in each of the formats: what is a heading, a citation, a quotation,
 * and where it stands; and that 300 pages take 300 times a page.
 */

#include <string.h>

#include "reports/motion.h"

static struct motion *
read_file(const char *name)
{
	g_autofree char *path = g_strconcat("tests/data/motion/", name, NULL);
	g_autoptr(GBytes) b = NULL;
	char *s;
	gsize len;

	g_assert_true(g_file_get_contents(path, &s, &len, NULL));
	b = g_bytes_new_take(s, len);
	return motion_read(name, b);
}

/* "kind:label" of each citation, blanks between. */
static char *
cites(const struct motion *m)
{
	static const char letters[CITE_KINDS + 1] = "xreplw";
	GString *s = g_string_new(NULL);

	for (guint i = 0; i < m->cites->len; i++)
		g_string_append_printf(s, "%s%c:%s", i > 0 ? " " : "",
		    letters[motion_cite(m, i)->kind], motion_cite(m, i)->label);
	return g_string_free(s, FALSE);
}

static char *
kinds(const struct motion *m)
{
	GString *s = g_string_new(NULL);

	for (guint i = 0; i < m->paras->len; i++) {
		const struct block *b = &motion_para(m, i)->block;

		g_string_append_c(s, "phqic"[b->kind]);
		if (b->kind == BLOCK_HEADING)
			g_string_append_printf(s, "%u", b->level);
	}
	return g_string_free(s, FALSE);
}

static char *
quoted(const struct motion *m, guint i)
{
	const struct quotation *q = motion_quote(m, i);

	return g_strndup(motion_text(m) + q->at, q->len);
}

static void
test_markdown(void)
{
	struct motion *m = read_file("draft.md");
	g_autofree char *c = cites(m), *k = kinds(m), *q = quoted(m, 1);
	g_autofree char *block = quoted(m, 2), *item = para_text(m, 7);
	struct place at;

	g_assert_cmpuint(m->problems->len, ==, 0);
	g_assert_cmpstr(k, ==, "h1ph2pqpiip");
	g_assert_cmpstr(c, ==, "w: x:I-1 x:A x:B x:C e:17-1 x:B-3 p:4 l:6 "
	    "w: w:");
	g_assert_cmpuint(m->quotes->len, ==, 3);
	g_assert_cmpstr(q, ==,
	    "forwarded your abuse complaint to the customer in question.");
	g_assert_cmpstr(motion_cite(m, (guint)motion_quote(m, 1)->cite)->label,
	    ==, "I-1");
	g_assert_cmpstr(block, ==, "We cannot share any customer details with\n"
	    "third parties.");
	g_assert_cmpstr(motion_cite(m, (guint)motion_quote(m, 2)->cite)->label,
	    ==, "B-3");
	g_assert_cmpstr(item, ==, "ISNIC - Internet hf.");
	at = motion_place(m, motion_quote(m, 1)->at);
	g_assert_cmpuint(at.line, ==, 7);
	g_assert_cmpuint(at.column, ==, 11);
	g_assert_cmpint(motion_para(m, 3)->heading, ==, 2);
	motion_free(m);
}

static void
test_html(void)
{
	struct motion *m = read_file("draft.html");
	g_autofree char *k = kinds(m), *p = para_text(m, 1), *q = quoted(m, 0);
	struct place at = motion_place(m, motion_quote(m, 0)->at);

	g_assert_cmpstr(k, ==, "h1ppqcc");
	g_assert_cmpstr(p, ==, "The host said \xe2\x80\x9cwe & others\xe2\x80"
	    "\x9d (Exhibit\xc2\xa0" "B-3).");
	g_assert_cmpstr(q, ==, "we & others");
	g_assert_cmpuint(at.line, ==, 3);
	g_assert_cmpuint(at.column, ==, 27);
	g_assert_cmpstr(motion_cite(m, 0)->label, ==, "B-3");
	motion_free(m);
}

static void
test_text(void)
{
	struct motion *m = read_file("draft.txt");
	g_autofree char *c = cites(m), *k = kinds(m);

	g_assert_cmpstr(k, ==, "h1h2ph4ppp");
	g_assert_cmpstr(c, ==, "x:A x:1 e:17-1");
	g_assert_cmpuint(m->problems->len, ==, 1);
	g_assert_cmpstr(g_ptr_array_index(m->problems, 0), ==, "draft.txt:14:11"
	    ": a quotation mark without its pair in this paragraph");
	motion_free(m);
}

static void
test_charsets(void)
{
	struct motion *m = read_file("latin1.txt");
	g_autofree char *one = para_text(m, 0), *two = NULL;

	g_assert_cmpstr(one, ==, "one \xc3\xa9 two");
	g_assert_cmpstr(g_ptr_array_index(m->problems, 0), ==,
	    "latin1.txt:1:5: not UTF-8; the file is read as windows-1252. "
	    "Save it as UTF-8");
	motion_free(m);
	m = read_file("utf16.txt");
	two = para_text(m, 0);
	g_assert_cmpstr(two, ==, "one");
	motion_free(m);
}

static void
test_empty(void)
{
	g_autoptr(GBytes) b = g_bytes_new(NULL, 0);
	struct motion *m = motion_read("none.md", b);

	g_assert_cmpuint(m->paras->len, ==, 0);
	g_assert_cmpstr(g_ptr_array_index(m->problems, 0), ==,
	    "none.md:1:1: no text");
	motion_free(m);
}

static gint64
pages(unsigned n, const char *name)
{
	g_autoptr(GString) s = g_string_new(NULL);
	g_autoptr(GBytes) b = NULL;
	gint64 began = g_get_monotonic_time();
	struct motion *m;

	for (unsigned i = 0; i < n * 10; i++)
		g_string_append(s, "The host \"forwarded it\" to the customer, "
		    "Exhibit B-3, and nothing is known of him who runs the site"
		    " or of where he does it, see ECF No. 17-1 at 4, with all "
		    "that the record has on the question of the place.\n\n");
	b = g_bytes_new(s->str, s->len);
	m = motion_read(name, b);
	g_assert_cmpuint(m->cites->len, ==, n * 20);
	motion_free(m);
	return g_get_monotonic_time() - began;
}

static void
test_linear(void)
{
	gint64 small = pages(300, "a.md"), large = pages(1500, "a.md");

	g_test_message("300 pages in %" G_GINT64_FORMAT " us, 1500 in %"
	    G_GINT64_FORMAT " us", small, large);
	g_assert_cmpint(large, <, small * 20 + 1000000);
	pages(300, "a.txt");
}

/* ---- quotations --------------------------------------------------------------------- */

/* What is quoted in a draft of that name, with bars between. */
static char *
quotes_of(const char *name, const char *text)
{
	g_autoptr(GBytes) b = g_bytes_new(text, strlen(text));
	struct motion *m = motion_read(name, b);
	GString *s = g_string_new(NULL);

	for (guint i = 0; i < m->quotes->len; i++) {
		const struct quotation *q = motion_quote(m, i);

		g_string_append_printf(s, "%s%.*s", i > 0 ? "|" : "",
		    (int)q->len, motion_text(m) + q->at);
	}
	g_string_append_printf(s, "%s", m->problems->len > 0 ? " (open)" : "");
	motion_free(m);
	return g_string_free(s, FALSE);
}

static const struct { const char *text, *quotes; } marks[] = {
	{ "a \"b\" c", "b" },
	{ "a “b ‘c’ d” e", "b ‘c’ d" },
	{ "a ‘b c’ d", "b c" },
	{ "a ‘‘b’’ ``c'' d", "b|c" },
	{ "the customer’s and the customers’ data", "" },
	{ "a ‘b’s c’ d", "b’s c" },
	{ "rock ‘n roll “b”", "b" },
	{ "a 'b c d' e", "b c d" },
	{ "('b c d,' he wrote)", "b c d," },
	{ "a 'b the host's c' d", "b the host's c" },
	{ "'b c d' and 'e f g.'", "b c d|e f g." },
	{ "the 'host' is 'in Reno'", "" },	/* terms */
	{ "it's the customers' data, the Does' names and the host's", "" },
	{ "in '90s style, 'til the end' of it", "" },
	{ "the Does' 'b c of customers' d", "b c of customers" },
	{ "'b the Does' c d' e", "b the Does' c d" },
	{ "'b c of customers' as said; the Does' names",
	    "b c of customers" },
	{ "he 'said \"b c\" to us'", "b c" },
	{ "a 'b c d e", "" },
	{ "“b 'c d e' f”", "b 'c d e' f" },
	{ "“b\n\n“c” d", "b|c" },
	{ "“b\n\nc", " (open)" },
	{ "He wrote:\n\n    b\n    c\n\n    d\n\ne", "b\nc|d" },
	{ "He wrote it.\n\n    b\n", "" },
	{ "\tHe wrote:\n\n\tb\nc\n", "b" },
};

static void
test_quotations(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
		g_autofree char *got = quotes_of("d.txt", marks[i].text);

		g_assert_cmpstr(got, ==, marks[i].quotes);
	}
}

/* What the first quotation of a text belongs to. */
static const struct { const char *text, *cite, *other; } ties[] = {
	{ "“a b”, Exhibit A.", "A", NULL },
	{ "Exhibit A has “a b”.", "A", NULL },
	{ "“a b.” 12 F.3d 34; Exhibit A.", NULL, "12 F.3d 34" },
	{ "Exhibit A. “a b.” Doe v. Roe, 12 F.3d 34.", NULL, "case" },
	{ "Exhibit A. “a b.” Roe, 12 F.3d at 34.", NULL, "12 F.3d at 34" },
	{ "“a b,” Rule 26(d), Exhibit A.", "A", NULL },
	{ "Exhibit A has “a b” under Rule 26(d).", "A", NULL },
	{ "See Exhibit A. The rule has “a b.” Rule 26(d).", NULL, "Rule 2" },
	{ "Exhibit A. “a b.” Id. at 2.", "A", NULL },
	{ "Doe v. Roe, 12 F.3d 34. “a b.” Id. at 2.", NULL, "12 F.3d 34" },
	{ "“a b,” Decl. of Counsel ¶ 4, Exhibit A.", "A", NULL },
	{ "“a b,” Decl. of Counsel ¶ 4.", NULL, "Decl. of Counsel ¶ 4" },
	{ "“a b” they said.", NULL, NULL },
};

static void
test_whose(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(ties); i++) {
		g_autoptr(GBytes) b = g_bytes_new(ties[i].text,
		    strlen(ties[i].text));
		struct motion *m = motion_read("d.txt", b);
		const struct quotation *q = motion_quote(m, 0);
		const struct cite *c = q->other < 0 ? NULL : motion_cite(m,
		    (guint)q->other);
		g_autofree char *other = q->of_case ? g_strdup("case") :
		    c == NULL ? NULL : g_strndup(motion_text(m) + c->at, c->len);

		g_test_message("%s", ties[i].text);
		g_assert_cmpstr(q->cite < 0 ? NULL : motion_cite(m,
		    (guint)q->cite)->label, ==, ties[i].cite);
		g_assert_cmpstr(other, ==, ties[i].other);
		motion_free(m);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/motion/markdown", test_markdown);
	g_test_add_func("/motion/html", test_html);
	g_test_add_func("/motion/text", test_text);
	g_test_add_func("/motion/quotations", test_quotations);
	g_test_add_func("/motion/whose", test_whose);
	g_test_add_func("/motion/charsets", test_charsets);
	g_test_add_func("/motion/empty", test_empty);
	g_test_add_func("/motion/linear", test_linear);
	return g_test_run();
}
