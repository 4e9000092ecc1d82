/* Section 8: pages as received, and their response heads. */

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
	html_raw(h, "</td><td class=\"r\">");
	page_records(x, f);
	html_raw(h, "</td></tr>\n");
}

/* Lines of a head that differ from answer to answer of one server. */
static const char *const varying[] = {
	"date:", "content-length:", "etag:", "last-modified:", "expires:",
	"age:", "set-cookie:", "cf-ray:", "location:", "x-request-id:",
};

/* The head without those: equal where a server answered alike. */
static char *
head_key(const char *lines)
{
	g_auto(GStrv) all = g_strsplit(lines, "\n", -1);
	GString *key = g_string_new(NULL);

	for (size_t i = 0; all[i] != NULL; i++) {
		gboolean varies = FALSE;

		for (size_t k = 0; k < G_N_ELEMENTS(varying); k++)
			varies = varies || g_ascii_strncasecmp(all[i],
			    varying[k], strlen(varying[k])) == 0;
		g_string_append(key, varies ? "" : all[i]);
		g_string_append_c(key, '\n');
	}
	return g_string_free(key, FALSE);
}

/* Printed unless one like it is: then its record stands in like. */
static void
response_head(struct exhibit_doc *x, const struct fact *f, GHashTable *seen,
    GArray *like)
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
	if (!g_hash_table_add(seen, head_key(lines->str))) {
		cites_add(like, n);
		return;
	}
	html_raw(h, "<div class=\"keep\"><p class=\"srvhead\">Quoted from the "
	    "server: response head, record ");
	html_record(h, n);
	say(h, ", %u</p>\n<pre class=\"srv\" lang=\"und\" dir=\"ltr\">",
	    f->subject);
	exhibit_words(h, lines->str, lines->len);
	html_raw(h, end - p > HEAD_BYTES ? "\n[cut here]</pre></div>\n" :
	    "</pre></div>\n");
}

static void
response_heads(struct exhibit_doc *x)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);
	g_autoptr(GArray) like = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	const struct fact *f;
	guint at = 0;

	while (g_hash_table_size(seen) < HEADS_MAX &&
	    (f = view_next(&x->v, FACT_HTTP_PAGE, NULL, &at)) != NULL)
		response_head(x, f, seen, like);
	if (like->len == 0)
		return;
	html_raw(&x->h, "<p class=\"note\">Heads that differ from one of these "
	    "in no more than dates, lengths, cookies, marks of versions and "
	    "where they lead are not repeated: records ");
	html_stretches(&x->h, like);
	html_raw(&x->h, ".</p>\n");
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

	say(&x->h, "<p>%t%t</p>\n", words_capture, words_images(x->v.rec));
	if (view_first(&x->v, FACT_HTTP_PAGE, NULL) == NULL) {
		html_raw(&x->h, "<p>No page was received in this run; Failures and refusals "
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
	exhibit_contents(x, where);
	response_heads(x);
}
