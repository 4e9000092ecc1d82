/* Section 7: pages as received, what they contain, and their response heads. */

#include "reports/exhibit_html.h"

#include <string.h>

#include "reports/words.h"

#define HEADS_MAX	24	/* response heads printed */
#define HEAD_BYTES	2048	/* of each */

static const struct fact *
redirect_of(const struct view *v, uint64_t n)
{
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(v, FACT_HTTP_REDIRECT, NULL, &at)) != NULL)
		if (fact_source(f) == n)
			return f;
	return NULL;
}

/* The same answer for the same URL, from whichever address. */
static gboolean
same_answer(const struct fact *a, const struct fact *b)
{
	return fact_int(a, "status", 0) == fact_int(b, "status", 0) &&
	    strcmp(fact_str(a, "sha256"), fact_str(b, "sha256")) == 0;
}

/* One row a URL and answer: TRUE where an earlier fact has it. */
static gboolean
said_before(const struct view *v, const struct fact *f)
{
	const struct fact *g;
	guint at = 0;

	while ((g = view_next(v, FACT_HTTP_PAGE, f->subject, &at)) != NULL &&
	    g != f)
		if (same_answer(f, g))
			return TRUE;
	return FALSE;
}

static void
page_records(struct exhibit_doc *x, const struct fact *f)
{
	g_autoptr(GArray) records = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	const struct fact *g;
	guint at = 0;

	while ((g = view_next(&x->v, FACT_HTTP_PAGE, f->subject, &at)) != NULL)
		if (same_answer(f, g))
			cites_fact(records, x->v.run, g);
	html_records(&x->h, records);
}

static void
page_row(struct exhibit_doc *x, const struct fact *f)
{
	const struct fact *to = redirect_of(&x->v, fact_source(f));
	struct html *h = &x->h;

	say(h, "<tr><th scope=\"row\">%u</th><td class=\"n\">%i</td><td>%t"
	    "</td><td class=\"n\">%d</td><td>", f->subject,
	    (uint64_t)MAX(fact_int(f, "status", 0), 0), fact_str(f, "type"),
	    (uint64_t)MAX(fact_int(f, "bytes", 0), 0));
	if (*fact_str(f, "stopped") != '\0')
		say(h, "%t; not taken", fact_str(f, "stopped"));
	else if (to != NULL)
		say(h, "to %u", fact_str(to, "to"));
	else
		html_json(h, fact_get(f, "title"));
	html_raw(h, "</td><td>");
	html_hash12(h, fact_str(f, "sha256"));
	html_raw(h, "</td><td class=\"n\">");
	page_records(x, f);
	html_raw(h, "</td></tr>\n");
}

/* What was found in a page: one line a fact. */
static void
put_language(struct html *h, const struct fact *f)
{
	say(h, "html %t", *fact_str(f, "html") != '\0' ? fact_str(f, "html") :
	    "none");
	if (*fact_str(f, "http") != '\0')
		say(h, "; header %t", fact_str(f, "http"));
	if (json_array_size(fact_get(f, "hreflang")) > 0) {
		html_raw(h, "; hreflang ");
		html_json(h, fact_get(f, "hreflang"));
	}
}

static void
put_form(struct html *h, const struct fact *f)
{
	say(h, "%t, %t to %u", fact_str(f, "purpose"), fact_str(f, "method"),
	    fact_str(f, "action"));
	if (json_array_size(fact_get(f, "fields")) > 0) {
		html_raw(h, "; fields: ");
		html_json(h, fact_get(f, "fields"));
	}
}

static void
put_price(struct html *h, const struct fact *f)
{
	say(h, "%t %t; ", fact_str(f, "amount"), fact_str(f, "currency"));
	html_quote(h, fact_source(f), fact_str(f, "text"));
}

static void
put_link(struct html *h, const struct fact *f)
{
	say(h, "%t: %u", fact_str(f, "purpose"), fact_str(f, "href"));
}

static void
put_host(struct html *h, const struct fact *f)
{
	say(h, "%p, as %t, %d time%t", fact_str(f, "host"), fact_str(f, "how"),
	    (uint64_t)MAX(fact_int(f, "count", 0), 0),
	    fact_int(f, "count", 0) == 1 ? "" : "s");
}

static void
put_words(struct html *h, const struct fact *f)
{
	say(h, "%t: ", fact_str(f, "rule"));
	html_quote(h, fact_source(f), fact_str(f, "text"));
	if (fact_int(f, "offset", -1) >= 0)
		say(h, " at byte %d", (uint64_t)fact_int(f, "offset", 0));
}

static const struct {
	enum fact_kind	 kind;
	const char	*label;
	void		(*put)(struct html *, const struct fact *);
} found[] = {
	{ FACT_PAGE_LANG, "Language", put_language },
	{ FACT_PAGE_FORM, "Form", put_form },
	{ FACT_PAGE_PRICE, "Price", put_price },
	{ FACT_PAGE_LINK, "Link", put_link },
	{ FACT_PAGE_HOST, "Other host", put_host },
	{ FACT_PAGE_WORDS, "Words", put_words },
};

/* One row: what was read, and every record in which it was read. */
struct line {
	const char	*label;
	char		*cell;
	GArray		*records;
};

static void
line_free(void *data)
{
	struct line *l = data;

	g_free(l->cell);
	g_array_unref(l->records);
	g_free(l);
}

static void
add_line(struct exhibit_doc *x, GPtrArray *lines, size_t kind,
    const struct fact *f)
{
	GString *out = x->h.out;
	struct line *l = NULL;

	x->h.out = g_string_new(NULL);
	found[kind].put(&x->h, f);
	g_autofree char *cell = g_string_free(x->h.out, FALSE);
	x->h.out = out;
	for (guint i = 0; i < lines->len && l == NULL; i++) {
		struct line *o = lines->pdata[i];

		if (o->label == found[kind].label &&
		    strcmp(o->cell, cell) == 0)
			l = o;
	}
	if (l == NULL) {
		l = g_new0(struct line, 1);
		l->label = found[kind].label;
		l->cell = g_steal_pointer(&cell);
		l->records = g_array_new(FALSE, FALSE, sizeof(uint64_t));
		g_ptr_array_add(lines, l);
	}
	cites_fact(l->records, x->v.run, f);
}

/* Rows of one page; the page's URL stands once. */
static guint
contents(struct exhibit_doc *x, const char *url, guint rows)
{
	g_autoptr(GPtrArray) lines =
	    g_ptr_array_new_with_free_func(line_free);
	struct html *h = &x->h;

	for (size_t i = 0; i < G_N_ELEMENTS(found); i++) {
		const struct fact *f;
		guint at = 0;

		while (lines->len < EXHIBIT_ROWS && (f = view_next(&x->v,
		    found[i].kind, url, &at)) != NULL)
			add_line(x, lines, i, f);
	}
	for (guint i = 0; i < lines->len && rows < EXHIBIT_ROWS; i++, rows++) {
		const struct line *l = lines->pdata[i];
		gboolean same = i > 0 &&
		    l->label == ((struct line *)lines->pdata[i - 1])->label;

		html_raw(h, "<tr><th scope=\"row\">");
		say(h, i == 0 ? "%u" : "<span class=\"vh\">%t</span>", url);
		say(h, same ? "</th><td><span class=\"vh\">%t</span></td><td>" :
		    "</th><td>%t</td><td>", l->label);
		html_raw(h, l->cell);
		html_raw(h, "</td><td class=\"n\">");
		html_records(h, l->records);
		html_raw(h, "</td></tr>\n");
	}
	return rows;
}

static void
contents_table(struct exhibit_doc *x, const char *where)
{
	static const struct column columns[] = {
		{ 25, "Page" }, { 11, "What" }, { 52, "As read" },
		{ 12, ">Rec." },
	};
	g_autoptr(GPtrArray) pages = view_subjects(&x->v, FACT_PAGE_LANG,
	    FACT_PAGE_FORM, FACT_PAGE_PRICE, FACT_PAGE_LINK, FACT_PAGE_HOST,
	    FACT_PAGE_WORDS, FACT_KINDS);
	guint rows = 0;

	if (pages->len == 0)
		return;
	exhibit_table(x, "", "What the pages contain", where, columns,
	    G_N_ELEMENTS(columns));
	for (guint i = 0; i < pages->len && rows < EXHIBIT_ROWS; i++)
		rows = contents(x, pages->pdata[i], rows);
	exhibit_full(x, rows, 4, 0);
	html_table_end(&x->h);
	html_raw(&x->h, "<p class=\"note\">Words were picked by rules that look "
	    "for their form; a rule does not say what the words mean. Words "
	    "between quotation marks stand byte for byte in the record named. "
	    "</p>\n");
}

static void
response_head(struct exhibit_doc *x, const struct fact *f)
{
	uint64_t n = fact_source(f);
	GBytes *bytes = g_hash_table_lookup(x->v.run->received, &n);
	struct html *h = &x->h;
	gsize len = 0;
	const char *p = bytes != NULL ? g_bytes_get_data(bytes, &len) : NULL;
	const char *end = p != NULL ? memmem(p, len, "\r\n\r\n", 4) : NULL;

	if (end == NULL)
		return;
	g_autoptr(GString) lines = g_string_new_len(p,
	    MIN(end - p, HEAD_BYTES));
	g_string_replace(lines, "\r\n", "\n", 0);
	html_raw(h, "<div class=\"keep\"><p class=\"srvhead\">Quoted from the "
	    "server: response head, record ");
	html_record(h, n);
	say(h, ", %u</p>\n<pre class=\"srv\" lang=\"und\" dir=\"ltr\">",
	    f->subject);
	exhibit_words(h, lines->str, lines->len);
	html_raw(h, end - p > HEAD_BYTES ? "\n[cut here]</pre></div>\n" :
	    "</pre></div>\n");
}

void
exhibit_pages(struct exhibit_doc *x)
{
	static const struct column columns[] = {
		{ 25, "URL" }, { 8, ">Status" }, { 15, "Type" },
		{ 9, ">Bytes" }, { 21, "Title, or where to" },
		{ 15, "SHA-256, first 12" }, { 7, ">Rec." },
	};
	g_autofree char *where = exhibit_range(x->v.run, 'G');
	const struct fact *f;
	guint at = 0, n = 0;

	say(&x->h, "<p>%t</p>\n", words_capture);
	if (view_first(&x->v, FACT_HTTP_PAGE, NULL) == NULL) {
		html_raw(&x->h, "<p>No page was received in this run; section 8 "
		    "lists what was not answered. <cite>[Ex. B-1]</cite></p>"
		    "\n");
		return;
	}
	exhibit_table(x, "", "Requests for pages", where, columns,
	    G_N_ELEMENTS(columns));
	while ((f = view_next(&x->v, FACT_HTTP_PAGE, NULL, &at)) != NULL) {
		if (said_before(&x->v, f))
			continue;
		if (exhibit_full(x, n++, 7, 0))
			break;
		page_row(x, f);
	}
	html_table_end(&x->h);
	html_raw(&x->h, "<p class=\"note\">HTTP/1.1, to one address each, no "
	    "cookies sent. The hash is of the body after transfer coding; the "
	    "bytes as they came stand in data/evidence.warc.gz. Equal answers for "
	    "one URL, from several addresses, are one row.</p>\n");
	exhibit_site(x, where);
	contents_table(x, where);
	at = 0;
	n = 0;
	while ((f = view_next(&x->v, FACT_HTTP_PAGE, NULL, &at)) != NULL &&
	    n++ < HEADS_MAX)
		response_head(x, f);
}
