/*
 * Exhibit and worksheet: what counsel relies on in the documents.
 *
 * tests/data/exhibit/ is a small run in which every field that a server can
 * fill in holds markup, bidi controls, control characters or 300 bytes.
 */

#include <string.h>

#include "probes/text.h"
#include "reports/exhibit_list.h"
#include "reports/overlay.h"
#include "reports/render.h"
#include "tests/unit/recordkit.h"

#define DATA	"tests/data/exhibit/"
#define TITLE	"DEMONSTRATION: \"test\" </style>, not evidence"

struct fixture {
	struct record	*rec;
	struct run	*run;		/* in rec */
	GPtrArray	*findings, *overlays;
};

static void
set(char **to, const char *s)
{
	g_free(*to);
	*to = g_strdup(s);
}

typedef void line_fn(struct run *, const char *, size_t);

static void
add_row(struct run *run, const char *line, size_t len)
{
	struct log_row *r = log_row_read(line, len);

	g_assert_nonnull(r);
	g_ptr_array_add(run->log, r);
}

static void
add_fact(struct run *run, const char *line, size_t len)
{
	struct fact *f = fact_read(line, len);

	g_assert_nonnull(f);
	g_ptr_array_add(run->facts, f);
}

static void
add_exhibit(struct run *run, const char *line, size_t len)
{
	struct exhibit *x = exhibit_read(line, len);

	g_assert_nonnull(x);
	g_ptr_array_add(run->exhibits, x);
}

static void
each_line(struct run *run, const char *text, line_fn *fn)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (size_t i = 0; lines[i] != NULL; i++)
		if (*lines[i] != '\0')
			fn(run, lines[i], strlen(lines[i]));
}

static void
read_lines(struct run *run, const char *file, line_fn *fn)
{
	g_autofree char *text = NULL;

	g_assert_true(g_file_get_contents(file, &text, NULL, NULL));
	each_line(run, text, fn);
}

static void
keep(struct run *run, uint64_t n, const char *file)
{
	char *bytes;
	gsize len;

	g_assert_true(g_file_get_contents(file, &bytes, &len, NULL));
	g_hash_table_insert(run->received, g_memdup2(&n, sizeof n),
	    g_bytes_new_take(bytes, len));
}

static struct token_view *
token(const char *which, const char *time)
{
	struct token_view *t = g_new0(struct token_view, 1);

	t->which = g_strdup(which);
	t->authority = g_strdup("tsa.example");
	t->time = g_strdup(time);
	t->serial = g_strdup("01");
	t->accuracy = g_strdup("1 s");
	t->policy = g_strdup("");
	t->problem = g_strdup("");
	t->trust = g_strdup("root of this folder only");
	return t;
}

static struct run *
make_run(void)
{
	g_autoptr(GString) exhibits = g_string_new(NULL);
	struct file_hash *f = g_new0(struct file_hash, 1);
	struct run *run = run_new();

	run->number = 1;
	set(&run->name, "000001");
	set(&run->title, TITLE);
	set(&run->id, "46fdd97fa1d45e84ef5f6c66553de7aa");
	set(&run->program, "goodcause 0.1.0");
	set(&run->started, "2026-09-14T18:02:09Z");
	run->complete = TRUE;
	g_free(run->head);
	run->head = g_strnfill(64, '9');
	g_ptr_array_add(run->targets, g_strdup("site.example"));
	read_lines(run, DATA "log.jsonl", add_row);
	read_lines(run, DATA "facts.jsonl", add_fact);
	exhibits_assign(run, exhibits);
	each_line(run, exhibits->str, add_exhibit);
	keep(run, 12, DATA "whois.txt");
	keep(run, 18, DATA "page.http");
	g_ptr_array_add(run->tokens, token("open", "2026-09-14T18:02:09Z"));
	f->path = g_strdup("data/log.jsonl");
	f->sha256 = g_strnfill(64, 'a');
	g_ptr_array_add(run->files, f);
	return run;
}

static void
set_up(struct fixture *t, gconstpointer unused)
{
	(void)unused;
	t->rec = record_new();
	set(&t->rec->title, TITLE);
	set(&t->rec->forum, "US-HI");
	set(&t->rec->as_of, "2026-09-14");
	set(&t->rec->page_size, "Letter");
	t->run = make_run();
	g_ptr_array_add(t->rec->runs, t->run);
	t->findings = showing_assess(t->rec);
	t->overlays = overlays_of(t->rec, t->findings);
}

static void
tear_down(struct fixture *t, gconstpointer unused)
{
	(void)unused;
	g_ptr_array_unref(t->overlays);
	g_ptr_array_unref(t->findings);
	record_free(t->rec);
}

static char *
render(const struct fixture *t, const char *name)
{
	GString *out = g_string_new(NULL);
	const struct report rep = {
		.rec = t->rec, .run = t->run, .findings = t->findings,
		.overlays = t->overlays,
		.exhibit_file = "exhibit.html",
	};

	renderer_find(name)->render(&rep, out);
	return g_string_free(out, FALSE);
}

/* ---- a tiny reader of HTML -------------------------------------------------- */

typedef void tag_fn(const char *name, GHashTable *attributes, void *);

static gboolean
is_void(const char *name)
{
	static const char *const all[] = { "meta", "col", "br", "wbr" };

	for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
		if (strcmp(all[i], name) == 0)
			return TRUE;
	return FALSE;
}

/* Attributes must be name="value"; returns what follows '>'. */
static const char *
read_attributes(const char *p, GHashTable *attributes)
{
	while (*p == ' ') {
		const char *eq = strchr(++p, '=');
		const char *end;

		g_assert_nonnull(eq);
		g_assert_cmpint(eq[1], ==, '"');
		end = strchr(eq + 2, '"');
		g_assert_nonnull(end);
		g_assert_true(g_hash_table_insert(attributes,
		    g_strndup(p, (gsize)(eq - p)),
		    g_strndup(eq + 2, (gsize)(end - eq - 2))));
		p = end + 1;
	}
	g_assert_cmpint(*p, ==, '>');
	return p + 1;
}

/* Every tag closes what was opened last; fn sees each opening tag. */
static void
walk(const char *html, tag_fn *fn, void *arg)
{
	g_autoptr(GPtrArray) open = g_ptr_array_new_with_free_func(g_free);
	const char *p = strstr(html, "<html");

	while ((p = strchr(p, '<')) != NULL) {
		gboolean close = p[1] == '/';
		const char *from = p + 1 + close;
		size_t n = strspn(from, "abcdefghijklmnopqrstuvwxyz123456");
		g_autofree char *name = g_strndup(from, n);
		g_autoptr(GHashTable) a = g_hash_table_new_full(g_str_hash,
		    g_str_equal, g_free, g_free);

		g_assert_cmpuint(n, >, 0);
		p = read_attributes(from + n, a);
		if (close) {
			g_assert_cmpuint(open->len, >, 0);
			g_assert_cmpstr(name, ==,
			    open->pdata[open->len - 1]);
			g_ptr_array_set_size(open, (int)open->len - 1);
			continue;
		}
		if (fn != NULL)
			fn(name, a, arg);
		if (strcmp(name, "style") == 0)
			p = strstr(p, "</style>");
		if (!is_void(name))
			g_ptr_array_add(open, g_steal_pointer(&name));
	}
	g_assert_cmpuint(open->len, ==, 0);
}

/* The text of the body, without style, quotations and tags; lower case. */
static char *
own_words(const char *html)
{
	g_autoptr(GString) s = g_string_new(NULL);
	const char *p = strstr(html, "<body>");

	while (*p != '\0') {
		if (g_str_has_prefix(p, "<q ")) {
			p = strstr(p, "</q>");
		} else if (g_str_has_prefix(p, "<pre class=\"srv\"")) {
			p = strstr(p, "</pre>");
		} else if (*p == '<') {
			p = strchr(p, '>') + 1;
		} else {
			g_string_append_c(s, *p++);
		}
	}
	return g_ascii_strdown(s->str, -1);
}

/* ---- tests -------------------------------------------------------------------- */

static const char *const documents[] = { "exhibit", "worksheet" };

static void
count_tags(const char *name, GHashTable *a, void *arg)
{
	static const char *const never[] = {
		"script", "img", "link", "iframe", "object", "base", "form",
		"input", "use", "image", "foreignObject", "foreignobject",
		"animate", "set",
	};
	GHashTableIter i;
	gpointer key;

	for (size_t k = 0; k < G_N_ELEMENTS(never); k++)
		g_assert_cmpstr(name, !=, never[k]);
	g_hash_table_iter_init(&i, a);
	while (g_hash_table_iter_next(&i, &key, NULL)) {
		g_assert_false(g_str_has_prefix(key, "on"));
		g_assert_cmpstr(key, !=, "src");
	}
	++*(guint *)arg;
}

static void
test_hostile(struct fixture *t, gconstpointer unused)
{
	(void)unused;
	for (size_t i = 0; i < G_N_ELEMENTS(documents); i++) {
		g_autofree char *html = render(t, documents[i]);
		guint tags = 0;

		walk(html, count_tags, &tags);
		/* The two drawings are the program's own, and the only ones. */
		g_assert_cmpuint(kit_count(html, "<svg"), ==, i == 0 ? 2 : 0);
		g_assert_cmpuint(tags, >, 500);
		g_assert_true(g_utf8_validate(html, -1, NULL));
		g_assert_null(strstr(html, "\xe2\x80\xae"));
		g_assert_null(strstr(html, "\xe2\x80\x8b"));
		for (const char *p = html; *p != '\0'; p++)
			g_assert_true((unsigned char)*p >= 0x20 ||
			    *p == '\n' || *p == '\t');
		g_assert_cmpuint(strlen(html), <, 600000);
	}
	/* It is there to be read, though. */
	g_autofree char *html = render(t, "exhibit");
	g_assert_nonnull(strstr(html, "&lt;script&gt;alert(1)"));
	g_assert_nonnull(strstr(html, "\\u202E"));
	g_assert_nonnull(strstr(html, "4 bytes that are not UTF-8 text"));
	g_assert_nonnull(strstr(html, "caf\xc3\xa9"));
}

struct links {
	GHashTable	*ids, *inside;
	const char	*file;
};

static void
see_link(const char *name, GHashTable *a, void *arg)
{
	struct links *l = arg;
	const char *id = g_hash_table_lookup(a, "id");
	const char *href = g_hash_table_lookup(a, "href");
	const char *record = g_hash_table_lookup(a, "data-record");

	if (id != NULL)
		g_assert_true(g_hash_table_add(l->ids, g_strdup(id)));
	if (href == NULL)
		return;
	g_assert_cmpstr(name, ==, "a");
	if (record != NULL) {
		g_autofree char *want = g_strdup_printf("%s#r%s", l->file,
		    record);
		g_assert_cmpstr(href, ==, want);
	} else {
		g_assert_cmpint(*href, ==, '#');
	}
	if (*href == '#')
		g_hash_table_add(l->inside, g_strdup(href + 1));
}

static GHashTable *
strings(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

/* No link leads out; each link within a document leads somewhere. */
static void
test_links(struct fixture *t, gconstpointer unused)
{
	(void)unused;
	for (size_t i = 0; i < G_N_ELEMENTS(documents); i++) {
		g_autofree char *html = render(t, documents[i]);
		g_autoptr(GHashTable) ids = strings();
		g_autoptr(GHashTable) inside = strings();
		struct links l = { ids, inside, i == 0 ? "" : "exhibit.html" };
		GHashTableIter it;
		gpointer to;

		walk(html, see_link, &l);
		g_hash_table_iter_init(&it, inside);
		while (g_hash_table_iter_next(&it, &to, NULL)) {
			if (!g_hash_table_contains(ids, to))
				g_test_message("%s: #%s leads nowhere",
				    documents[i], (char *)to);
			g_assert_true(g_hash_table_contains(ids, to));
		}
		g_assert_cmpuint(g_hash_table_size(inside), >, 10);
	}
}

/* The log has each record; one that is no question is in no other exhibit. */
static gboolean
in_exhibit(const struct run *run, const char *id, uint64_t n)
{
	for (guint i = 0; i < run->exhibits->len; i++) {
		const struct exhibit *x = run->exhibits->pdata[i];

		if (strcmp(x->id, id) != 0)
			continue;
		if (n == 0 || (*id == 'B' && run_row(run, n) != NULL))
			return TRUE;
		for (guint k = 0; k < x->records->len; k++)
			if (g_array_index(x->records, uint64_t, k) == n)
				return TRUE;
	}
	return FALSE;
}

/* "Ex. D-1, rec. 12" names an exhibit that has the record. */
static void
test_cites(struct fixture *t, gconstpointer unused)
{
	g_autoptr(GRegex) re = g_regex_new(
	    "Ex\\. ([A-Z]-[0-9]+)(?:, rec\\. ([0-9]+)<)?", 0, 0, NULL);
	guint n = 0;

	(void)unused;
	for (size_t i = 0; i < G_N_ELEMENTS(documents); i++) {
		g_autofree char *html = render(t, documents[i]);
		g_autoptr(GMatchInfo) m = NULL;
		const char *body = strstr(html, "</nav>");

		g_regex_match(re, body != NULL ? body : html, 0, &m);
		for (; g_match_info_matches(m); g_match_info_next(m, NULL)) {
			g_autofree char *id = g_match_info_fetch(m, 1);
			g_autofree char *rec = g_match_info_fetch(m, 2);

			g_assert_true(in_exhibit(t->run, id, rec == NULL ? 0 :
			    g_ascii_strtoull(rec, NULL, 10)));
			n++;
		}
	}
	g_assert_cmpuint(n, >, 60);
}

/* Each numbered fact has its citation in the last cell. */
static void
test_facts(struct fixture *t, gconstpointer unused)
{
	g_autofree char *html = render(t, "exhibit");
	const char *from = strstr(html, "<section id=\"facts\"");
	g_autofree char *facts = g_strndup(from,
	    (gsize)(strstr(from, "</section>") - from));
	g_auto(GStrv) rows = g_strsplit(facts, "<tr><th scope=\"row\"", -1);
	guint n = g_strv_length(rows);

	(void)unused;
	g_assert_cmpuint(n, >, 15);
	for (guint i = 1; i < n; i++) {
		g_autofree char *number = g_strdup_printf(" class=\"n\">%u</th>",
		    i);

		g_assert_true(g_str_has_prefix(rows[i], number));
		g_assert_nonnull(strstr(rows[i], ".</td><td><cite>["));
		g_assert_nonnull(strstr(rows[i], "]</cite></td></tr>"));
	}
	g_assert_nonnull(strstr(facts, "did not observe the network address "
	    "of any defendant"));
	g_assert_nonnull(strstr(facts, "addresses of the role DOE_ACTIVITY: 0"));
	g_assert_nonnull(strstr(facts, "city-a.mmdb</span> (built <span "
	    "class=\"nb\">2026-09-01</span>) returns Amsterdam, NL, radius 20"));
	g_assert_nonnull(strstr(facts, "they differ on the country"));
	g_assert_nonnull(strstr(facts, "answered 429 (too many requests) "
	    "and gave no data"));
}

/* What is printed on each page, as the margins of the style sheet have it. */
static void
test_margins(struct fixture *t, gconstpointer unused)
{
	g_autofree char *exhibit = render(t, "exhibit");
	g_autofree char *worksheet = render(t, "worksheet");
	const char *foot = strstr(exhibit, "@bottom-left");

	(void)unused;
	g_assert_nonnull(strstr(exhibit, "@page{size:Letter;"));
	g_assert_nonnull(strstr(foot, "DEMONSTRATION: \\000022test\\000022"));
	g_assert_nonnull(strstr(foot, "bundle 999999999999 \xc2\xb7 Factual "
	    "record. No legal conclusion is stated.\";"));
	g_assert_nonnull(strstr(worksheet, "@top-right{content:\""
	    "DEMONSTRATION: "));
	g_assert_null(strstr(worksheet, "class=\"priv\""));
	set(&t->rec->page_size, "A4");
	set(&t->rec->worksheet_heading, "HEADING <OF> COUNSEL");
	g_autofree char *a4 = render(t, "exhibit");
	g_autofree char *headed = render(t, "worksheet");
	g_assert_nonnull(strstr(a4, "@page{size:A4;"));
	g_assert_cmpuint(strlen(a4) + strlen("Letter"), ==, strlen(exhibit) +
	    strlen("A4"));
	g_assert_nonnull(strstr(headed,
	    "<p class=\"priv\">HEADING &lt;OF&gt; COUNSEL</p>"));
}

static void
test_words(struct fixture *t, gconstpointer unused)
{
	static const char *const never[] = {
		"proves", "establishes", "satisfies", "admissible", "owner",
		"defendant's address", "forensically sound", "tamper-proof",
		"score", "%",
	};

	(void)unused;
	for (size_t i = 0; i < G_N_ELEMENTS(documents); i++) {
		g_autofree char *html = render(t, documents[i]);
		g_autofree char *words = own_words(html);

		for (size_t k = 0; k < G_N_ELEMENTS(never); k++) {
			if (strstr(words, never[k]) != NULL)
				g_test_message("%s: %.60s", documents[i],
				    strstr(words, never[k]) - 20);
			g_assert_null(strstr(words, never[k]));
		}
		/* Quotation marks stand around quotations alone. */
		if (i == 0)
			g_assert_null(strstr(words, "\xe2\x80\x9c"));
	}
}

/* A quotation is in the record that it names, byte for byte. */
static void
test_quotes(struct fixture *t, gconstpointer unused)
{
	g_autofree char *html = render(t, "exhibit");
	const char *hash = run_row(t->run, 18)->received_sha256;
	g_autofree char *yes = g_strdup_printf("<q data-quote=\"%s\">Hide it "
	    "with our VPN now.</q>", hash);
	g_autofree char *marks = g_strdup_printf("<q data-quote=\"%s\">Tom &amp;"
	    " &quot;Ann&quot;.</q>", hash);

	(void)unused;
	g_assert_nonnull(strstr(html, yes));
	g_assert_nonnull(strstr(html, marks));
	g_assert_nonnull(strstr(html, "<code>words that are not in the page"
	    "</code>"));
}

static void
test_again(struct fixture *t, gconstpointer unused)
{
	struct fixture other;

	set_up(&other, unused);
	for (const struct renderer *r = renderers; r->name != NULL; r++) {
		g_autofree char *a = render(t, r->name);
		g_autofree char *b = render(t, r->name);
		g_autofree char *c = render(&other, r->name);

		g_assert_cmpstr(a, ==, b);
		g_assert_cmpstr(a, ==, c);
	}
	tear_down(&other, unused);
}

/* Each exchange is in one exhibit; numbers count from 1 in the log's order. */
static void
test_numbering(struct fixture *t, gconstpointer unused)
{
	static const struct {
		uint64_t	 n;
		const char	*exhibit;
	} want[] = {
		{ 2, "A-1" }, { 3, "D-1" }, { 4, "D-2" }, { 7, "D-2" },
		{ 8, "D-3" }, { 9, "C-1" }, { 10, "C-2" }, { 11, "C-2" },
		{ 12, "C-3" }, { 13, "E-1" }, { 14, "E-2" }, { 15, "H-1" },
		{ 16, "H-1" }, { 17, "F-1" }, { 18, "G-1" }, { 19, "G-2" },
	};
	g_autoptr(GString) again = g_string_new(NULL);
	guint in_all = 0;

	(void)unused;
	for (size_t i = 0; i < G_N_ELEMENTS(want); i++)
		g_assert_cmpstr(run_exhibit_of(t->run, want[i].n), ==,
		    want[i].exhibit);
	for (guint i = 0; i < t->run->exhibits->len; i++)
		in_all += ((struct exhibit *)t->run->exhibits->pdata[i])
		    ->records->len;
	g_assert_cmpuint(in_all, ==, 18);
	g_assert_true(in_exhibit(t->run, "B-1", 0));
	g_assert_true(in_exhibit(t->run, "O-2", 0));
	exhibits_assign(t->run, again);
	g_assert_nonnull(strstr(again->str, "{\"id\":\"D-2\",\"title\":\"DNS "
	    "answers for site.example and names under it\",\"target\":"
	    "\"site.example\",\"records\":[4,5,6,7]}\n"));
}

/* All elements can be found, and each by one id. */
static void
test_elements(struct fixture *t, gconstpointer unused)
{
	g_autofree char *html = render(t, "worksheet");
	const char *mx = strstr(html, "<h2 id=\"h-mx\">");
	const char *adverse = strstr(html, "<h2 id=\"h-adv\">");

	(void)unused;
	g_assert_true(adverse < mx);
	for (size_t i = 0; i < elements_count; i++) {
		g_autofree char *id = g_strdup_printf(" id=\"%s\"",
		    elements[i].id);
		g_autofree char *link = g_strdup_printf("href=\"#%s\"",
		    elements[i].id);

		g_assert_nonnull(strstr(html, id));
		g_assert_nonnull(strstr(mx, link));
	}
	g_assert_nonnull(strstr(html, "Gaps listed above remain in the record."
	    "</p>"));
}

/* Two targets: each has an exhibit of its own, and nothing of the other's. */
static void
test_targets(struct fixture *t, gconstpointer unused)
{
	const struct report rep = {
		.rec = t->rec, .run = t->run, .target = "other.example",
	};
	g_autoptr(GString) out = g_string_new(NULL);

	(void)unused;
	g_ptr_array_add(t->run->targets, g_strdup("other.example"));
	g_autofree char *file = exhibit_file_name(t->run, "other.example");
	g_autofree char *first = exhibit_file_name(t->run, "");
	g_autofree char *odd = exhibit_file_name(t->run, "../a/b:c");
	g_assert_cmpstr(file, ==, "exhibit-other.example.html");
	g_assert_cmpstr(first, ==, "exhibit-site.example.html");
	g_assert_cmpstr(odd, ==, "exhibit-.._a_b_c.html");
	render_exhibit_html(&rep, out);
	walk(out->str, NULL, NULL);
	g_assert_null(strstr(out->str, "198.51.100.7"));
	g_assert_nonnull(strstr(out->str, "id=\"r3\""));
	g_assert_null(strstr(out->str, "id=\"r5\""));
	g_autofree char *sheet = render(t, "worksheet");
	g_assert_nonnull(strstr(sheet, "href=\"exhibit-site.example.html#r5\""));
}

static void
test_csv(struct fixture *t, gconstpointer unused)
{
	static const struct {
		const char	*name;
		guint		 columns;
	} want[] = { { "facts", 10 }, { "addresses", 11 }, { "log", 17 } };

	(void)unused;
	for (size_t i = 0; i < G_N_ELEMENTS(want); i++) {
		g_autofree char *csv = render(t, want[i].name);
		gboolean quoted = FALSE;
		guint commas = 0, lines = 0;

		for (const char *p = csv; *p != '\0'; p++) {
			if (*p == '"')
				quoted = !quoted;
			commas += !quoted && *p == ',' ? 1 : 0;
			if (quoted || *p != '\n')
				continue;
			g_assert_cmpint(p[-1], ==, '\r');
			g_assert_cmpuint(commas, ==, want[i].columns - 1);
			commas = 0;
			lines++;
		}
		g_assert_cmpuint(lines, >, 1);
		g_assert_false(quoted);
	}
}

/* A run without a seal, a token, a fact or an exhibit is still a document. */
static void
test_empty(struct fixture *t, gconstpointer unused)
{
	struct run *bare = run_new();
	const struct report rep = { .rec = t->rec, .run = bare };
	g_autoptr(GString) out = g_string_new(NULL);

	(void)unused;
	set(&bare->incomplete_why, "stopped by the user");
	render_exhibit_html(&rep, out);
	walk(out->str, NULL, NULL);
	g_assert_nonnull(strstr(out->str, "No: stopped by the user."));
	g_assert_nonnull(strstr(out->str, "the run is not signed"));
	g_assert_nonnull(strstr(out->str, "rests on the computer"));
	run_free(bare);
}

/* What another place is shown stands beside, and is said to be from there. */
static void
test_elsewhere(struct fixture *t, gconstpointer unused)
{
	const struct report rep = { .rec = t->rec, .run = t->run,
	    .target = "site.example" };
	g_autoptr(GString) one = g_string_new(NULL);
	g_autoptr(GString) two = g_string_new(NULL);
	struct run *far = make_run();
	struct fact *a = NULL;

	(void)unused;
	render_exhibit_html(&rep, one);
	g_assert_nonnull(strstr(one->str, "What is shown elsewhere is not in"));
	far->number = 2;
	set(&far->name, "000002");
	set(&far->vantage, "Honolulu");
	set(&far->exit, "socks5 192.0.2.9#1080");
	for (guint i = 0; a == NULL && i < far->facts->len; i++) {
		a = far->facts->pdata[i];
		if (a->kind != FACT_DNS_A)
			a = NULL;
	}
	g_assert_nonnull(a);
	json_object_set_new(a->value, "ip", json_string("198.51.100.200"));
	g_ptr_array_add(t->rec->runs, far);
	render_exhibit_html(&rep, two);
	walk(two->str, NULL, NULL);
	g_assert_null(strstr(two->str, "What is shown elsewhere is not in"));
	g_assert_nonnull(strstr(two->str, "from Honolulu, exit socks5"));
	g_assert_nonnull(strstr(two->str, "198.51.100.200"));
}

#define TEST(name, fn) \
	g_test_add(name, struct fixture, NULL, set_up, fn, tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	TEST("/exhibit/hostile", test_hostile);
	TEST("/exhibit/links", test_links);
	TEST("/exhibit/cites", test_cites);
	TEST("/exhibit/facts", test_facts);
	TEST("/exhibit/margins", test_margins);
	TEST("/exhibit/words", test_words);
	TEST("/exhibit/quotes", test_quotes);
	TEST("/exhibit/again", test_again);
	TEST("/exhibit/numbering", test_numbering);
	TEST("/exhibit/elements", test_elements);
	TEST("/exhibit/targets", test_targets);
	TEST("/exhibit/csv", test_csv);
	TEST("/exhibit/empty", test_empty);
	TEST("/exhibit/elsewhere", test_elsewhere);
	return g_test_run();
}
