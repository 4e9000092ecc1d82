/* Citations, status marks, tables and heads of documents. */

#include "reports/html.h"

#include <string.h>

#include "embed.h"
#include "probes/text.h"
#include "reports/exhibit_list.h"

#define JOINED_DEPTH	4	/* facts of facts of facts */
#define CITE_APART	5	/* exhibits named one by one in a citation */

void
cites_add(GArray *records, uint64_t n)
{
	guint i = 0;

	if (n == 0)
		return;
	while (i < records->len && g_array_index(records, uint64_t, i) < n)
		i++;
	if (i == records->len || g_array_index(records, uint64_t, i) != n)
		g_array_insert_val(records, i, n);
}

static const struct fact *
fact_by_id(const struct run *r, uint64_t id)
{
	if (id >= 1 && id <= r->facts->len) {
		const struct fact *f = r->facts->pdata[id - 1];

		if (f->id == id)
			return f;
	}
	for (guint i = 0; i < r->facts->len; i++) {
		const struct fact *f = r->facts->pdata[i];

		if (f->id == id)
			return f;
	}
	return NULL;
}

static void
add_fact(GArray *records, const struct run *r, const struct fact *f,
    unsigned depth)
{
	for (guint i = 0; f->from != NULL && i < f->from->len; i++) {
		uint64_t n = g_array_index(f->from, uint64_t, i);
		const struct fact *g;

		if (f->type != DERIVED)
			cites_add(records, n);
		else if (depth < JOINED_DEPTH &&
		    (g = fact_by_id(r, n)) != NULL && g != f)
			add_fact(records, r, g, depth + 1);
	}
}

void
cites_fact(GArray *records, const struct run *r, const struct fact *f)
{
	if (f != NULL)
		add_fact(records, r, f, 0);
}

struct pointer
cites_pointer(const struct run *run, const struct fact *fact)
{
	g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
	    sizeof(uint64_t));

	cites_fact(records, run, fact);
	return (struct pointer){ .run = run, .fact = fact, .n =
	    records->len > 0 ? g_array_index(records, uint64_t, 0) : 0 };
}

const char *
html_exhibit_of(const struct html *h, uint64_t n)
{
	const char *id = g_hash_table_lookup(h->exhibits, &n);

	return id != NULL ? id : "";
}

/* Where record n is shown: "" within the exhibit itself. */
static char *
file_of(const struct html *h, uint64_t n)
{
	const struct log_row *r;

	if (*h->file == '\0' || h->run->targets->len <= 1)
		return g_strdup(h->file);
	r = run_row(h->run, n);
	return exhibit_file_name(h->run, r != NULL ? r->target : "");
}

static void
link_open(struct html *h, uint64_t n)
{
	g_autofree char *file = file_of(h, n);

	g_hash_table_add(h->cited, g_memdup2(&n, sizeof n));
	g_string_append_printf(h->out, "<a class=\"rec\" data-record=\"%"
	    G_GUINT64_FORMAT "\" href=\"", n);
	html_text(h, file);
	g_string_append_printf(h->out, "#r%" G_GUINT64_FORMAT "\">", n);
}

void
html_record(struct html *h, uint64_t n)
{
	link_open(h, n);
	say(h, "%i</a>", n);
}

void
html_records(struct html *h, const GArray *records)
{
	for (guint i = 0; i < records->len && i < HTML_CITES_MAX; i++) {
		if (i > 0)
			html_raw(h, ", ");
		html_record(h, g_array_index(records, uint64_t, i));
	}
	if (records->len > HTML_CITES_MAX)
		say(h, " and %d more",
		    (uint64_t)(records->len - HTML_CITES_MAX));
}

void
html_stretches(struct html *h, const GArray *r)
{
	guint i = 0;

	while (i < r->len) {
		guint last = i;

		while (last + 1 < r->len &&
		    g_array_index(r, uint64_t, last + 1) ==
		    g_array_index(r, uint64_t, last) + 1)
			last++;
		html_raw(h, i > 0 ? ", " : "");
		html_record(h, g_array_index(r, uint64_t, i));
		if (last > i)
			html_raw(h, last == i + 1 ? ", " : " to ");
		if (last > i)
			html_record(h, g_array_index(r, uint64_t, last));
		i = last + 1;
	}
}

/* The number of "E-15" where it is of the letter, else 0; a record that is in no
 * exhibit has "" and no letter. */
static guint
exhibit_number(const char *id, char letter)
{
	return letter != '\0' && id[0] == letter && id[1] == '-' ?
	    (guint)g_ascii_strtoull(id + 2, NULL, 10) : 0;
}

/* Many exhibits of one letter, a record each: "Ex. E-4 to E-18, rec. " */
static gboolean
cite_stretch(struct html *h, const GArray *records, guint shown)
{
	char letter = *html_exhibit_of(h, g_array_index(records, uint64_t, 0));
	guint least = G_MAXUINT, most = 0, changes = 0, before = 0;

	for (guint i = 0; i < shown; i++) {
		guint n = exhibit_number(html_exhibit_of(h,
		    g_array_index(records, uint64_t, i)), letter);

		if (n == 0)
			return FALSE;
		changes += n != before ? 1 : 0;
		least = MIN(least, n);
		most = MAX(most, n);
		before = n;
	}
	if (changes < CITE_APART)
		return FALSE;
	g_string_append_printf(h->out, "Ex. %c-%u to %c-%u, rec. ", letter,
	    least, letter, most);
	return TRUE;
}

/* A citation is parted from what it follows, and stands first in a cell. */
static void
space_before(struct html *h)
{
	const GString *out = h->out;

	if (out->len > 0 && !g_ascii_isspace(out->str[out->len - 1]) &&
	    !g_str_has_suffix(out->str, "<td>"))
		html_raw(h, " ");
}

void
html_cite(struct html *h, const GArray *records)
{
	guint shown = MIN(records->len, HTML_CITES_MAX);
	const char *before = NULL;
	gboolean stretch;

	if (records->len == 0)
		return;
	space_before(h);
	html_raw(h, "<cite>[");
	stretch = cite_stretch(h, records, shown);
	for (guint i = 0; i < shown; i++) {
		uint64_t n = g_array_index(records, uint64_t, i);
		const char *ex = html_exhibit_of(h, n);

		if (i > 0)
			html_raw(h, ", ");
		link_open(h, n);
		if (!stretch && (before == NULL || strcmp(before, ex) != 0))
			say(h, *ex != '\0' ? "Ex. %t, rec. " : "%trec. ", ex);
		say(h, "%i</a>", n);
		before = ex;
	}
	if (records->len > HTML_CITES_MAX)
		say(h, " and %d more",
		    (uint64_t)(records->len - HTML_CITES_MAX));
	html_raw(h, "]</cite>");
}

gboolean
html_plain(const char *text)
{
	g_autoptr(GString) shown = g_string_new(NULL);

	text_term(shown, text, -1);
	return strcmp(shown->str, text) == 0 && strlen(text) <= HTML_TEXT_MAX;
}

void
html_quote(struct html *h, uint64_t n, const char *text)
{
	const struct log_row *r = run_row(h->run, n);
	GBytes *bytes = g_hash_table_lookup(h->run->received, &n);
	gsize len = 0;
	const void *p = bytes != NULL ? g_bytes_get_data(bytes, &len) : NULL;

	if (r != NULL && p != NULL && *text != '\0' && html_plain(text) &&
	    memmem(p, len, text, strlen(text)) != NULL)
		say(h, "<q data-quote=\"%t\">%t</q>", r->received_sha256,
		    text);
	else
		say(h, "<code>%t</code> (as read from the decoded page)", text);
}

char *
html_unquoted(const char *markup)
{
	static const char mark[] = "<q data-quote=\"";
	GString *out = g_string_new(NULL);
	const char *q;

	while ((q = strstr(markup, mark)) != NULL) {
		const char *end = strchr(q, '>');

		g_string_append_len(out, markup, q - markup);
		g_string_append(out, "<q");
		markup = end != NULL ? end : q + strlen(mark);
	}
	g_string_append(out, markup);
	return g_string_free(out, FALSE);
}

static const struct {
	const char	*shape;
} marks[STATUSES] = {
	[ST_SUP] = { "\xe2\x97\x8f" },		/* U+25CF */
	[ST_PART] = { "\xe2\x97\x90" },		/* U+25D0 */
	[ST_INSUF] = { "\xe2\x97\x8b" },	/* U+25CB */
	[ST_ADV] = { "\xe2\x96\xbc" },		/* U+25BC */
	[ST_NONE] = { "\xe2\x96\xa1" },		/* U+25A1 */
	[ST_NC] = { "\xc3\x97" },		/* U+00D7 */
	[ST_CONF] = { "\xe2\x89\xa0" },		/* U+2260 */
	[ST_STALE] = { "\xe2\x97\x8a" },	/* U+25CA */
	[ST_CO] = { "\xc2\xa7" },		/* U+00A7 */
};

void
html_status(struct html *h, enum status st, unsigned count)
{
	const char *word = status_name(st);

	say(h, "<span class=\"s %t\"><i aria-hidden=\"true\">%t</i>%t", word,
	    marks[st].shape, word);
	if (count > 0)
		say(h, " %i", (uint64_t)count);
	html_raw(h, "</span>");
}

void
html_table(struct html *h, const char *class, const char *caption,
    const char *small, const struct column *c, size_t columns)
{
	say(h, "<div class=\"wide\"><table class=\"fx%t%t\">\n<caption>%t",
	    *class != '\0' ? " " : "", class, caption);
	if (*small != '\0')
		say(h, " <small>%t</small>", small);
	html_raw(h, "</caption>\n<colgroup>");
	for (size_t i = 0; i < columns; i++)
		say(h, "<col style=\"width:%i%%\">", (uint64_t)c[i].width);
	html_raw(h, "</colgroup>\n<thead><tr>");
	for (size_t i = 0; i < columns; i++) {
		gboolean number = *c[i].head == '>';

		html_raw(h, number ? "<th scope=\"col\" class=\"n\">" :
		    "<th scope=\"col\">");
		say(h, "%t</th>", c[i].head + number);
	}
	html_raw(h, "</tr></thead><tbody>\n");
}

void
html_table_end(struct html *h)
{
	html_raw(h, "</tbody></table></div>\n");
}

static void
margin_box(struct html *h, const char *box, const char *width,
    const char *side, gboolean top, const char *text)
{
	g_string_append_printf(h->out, " @%s{content:", box);
	if (text != NULL) {
		g_string_append_c(h->out, '"');
		text_css(h->out, text, -1);
		g_string_append_c(h->out, '"');
	} else {
		html_raw(h, "\"page \" counter(page) \" of \" counter(pages)");
	}
	g_string_append_printf(h->out, ";font:7.2pt \"Liberation Sans\",Arial,"
	    "sans-serif;color:#333;white-space:nowrap;width:%s;text-align:%s;"
	    "vertical-align:%s;padding-%s:10pt}\n", width, side,
	    top ? "bottom" : "top", top ? "bottom" : "top");
}

static void
page_rule(struct html *h, const struct page *p)
{
	g_string_append_printf(h->out,
	    "@page{size:%s;margin:1in 1in .95in 1in;\n",
	    strcmp(p->size, "A4") == 0 ? "A4" : "Letter");
	margin_box(h, "top-left", "58%", "left", TRUE, p->top_left);
	margin_box(h, "top-right", "42%", "right", TRUE, p->top_right);
	margin_box(h, "bottom-left", "89%", "left", FALSE, p->bottom_left);
	margin_box(h, "bottom-right", "11%", "right", FALSE, NULL);
	html_raw(h, "}\n");
}

void
html_head(struct html *h, const struct page *p)
{
	html_raw(h, "<!DOCTYPE html>\n<html lang=\"en-US\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
	    "content=\"width=device-width, initial-scale=1\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\""
	    "default-src 'none'; style-src 'unsafe-inline'\">\n"
	    "<meta name=\"referrer\" content=\"no-referrer\">\n");
	say(h, "<title>%t</title>\n<style>\n", p->title);
	html_raw(h, embed_reports_style_css);
	html_raw(h, p->css);
	page_rule(h, p);
	html_raw(h, "</style>\n</head>\n<body>\n");
}

char *
html_shorten(const char *s, size_t n)
{
	const char *p = s;

	if (!g_utf8_validate(s, -1, NULL) || g_utf8_strlen(s, -1) <= (glong)n)
		return g_strdup(s);
	for (size_t i = 0; i + 1 < n; i++)
		p = g_utf8_next_char(p);
	g_autofree char *head = g_strndup(s, (gsize)(p - s));
	return g_strconcat(g_strchomp(head), "\xe2\x80\xa6", NULL);
}
