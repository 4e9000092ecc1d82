#include "reports/imports_html.h"

#include <string.h>

#include "embed.h"
#include "reports/sight.h"
#include "reports/words.h"

enum { PROBLEMS = 20 };		/* of one file that are listed */

/* What a kind is, and what is said of its rows. */
static const struct {
	const char	*title, *says;
	imports_fn	*rows;
} kinds[IMPORT_KINDS] = {
	[IMPORT_ACTIVITY] = { "log of activity", "Each row is an event as "
	    "whoever kept the log wrote it. A row with a fault serves only "
	    "what the fault leaves; nothing is guessed.", imports_activity },
	[IMPORT_NUMBERS] = { "numbers", "Each number is its source\xe2\x80\x99s "
	    "for the place and period in its row, and for no other place.",
	    imports_numbers },
	[IMPORT_ADS] = { "advertisements", "Where an advertisement was shown is "
	    "not what it is about; both are as the file has them.",
	    imports_ads },
	[IMPORT_GEOLOCATION] = { "look-ups by somebody else", "These look-ups "
	    "are theirs, not this program\xe2\x80\x99s; its own stand in the "
	    "exhibit of a run.", imports_geolocation },
	[IMPORT_HISTORY] = { "past data", "What was, as its source says.",
	    imports_history },
	[IMPORT_MAIL] = { "message", "The original is kept whole under its "
	    "hash. Who a message is from is as its own heads and whoever "
	    "brought it say.", imports_mail },
	[IMPORT_DOCUMENT] = { "document", "What a document says is not read by "
	    "this program.", NULL },
	[IMPORT_MOTION] = { "draft of a motion", "Nothing in a draft is "
	    "evidence; goodcause lint holds it against the record.", NULL },
};

void
imports_table(struct imports_doc *d, const char *caption, const char *small,
    const struct column *c, size_t columns)
{
	g_autofree char *numbered = g_strdup_printf("Table %u. %s",
	    ++d->tables, caption);

	html_table(&d->h, "", numbered, small, c, columns);
}

void
imports_faults(struct html *h, uint32_t faults)
{
	guint n = 0;

	for (unsigned bit = 0; bit < 32; bit++) {
		const char *says = row_fault_says((enum row_fault)
		    (1u << bit));

		if ((faults & (1u << bit)) != 0 && *says != '\0')
			say(h, "%t%t", n++ > 0 ? "; " : "", says);
	}
}

void
imports_rest(struct imports_doc *d, const struct import *m, guint shown,
    guint all)
{
	if (shown < all)
		say(&d->h, "<p class=\"note\">%d of %d rows are shown: the first "
		    "ones and, of each fault, the first with it. All stand in "
		    "the imported file %t.</p>\n", (uint64_t)shown,
		    (uint64_t)all, m->id);
}

/* ---- a file ------------------------------------------------------------------ */

static void
pair(struct html *h, const char *label, const char *value)
{
	if (*value != '\0')
		say(h, "<dt>%t</dt><dd>%t</dd>\n", label, value);
}

/* Its name, and the first value under it. */
static void
other_column(struct html *h, const struct import *m, guint i)
{
	const char *one = i < m->examples->len ? m->examples->pdata[i] : "";

	say(h, "%t%t", i > 0 ? ", " : "", m->columns->pdata[i]);
	if (*one != '\0')
		say(h, " (first: %t)", one);
}

static void
lists(struct html *h, const struct import *m)
{
	if (m->elements[0] != NULL) {
		html_raw(h, "<dt>Brought for</dt><dd>");
		for (guint i = 0; i < 40 && m->elements[i] != NULL; i++)
			say(h, "%t%D", i > 0 ? ", " : "", m->elements[i]);
		html_raw(h, ", as whoever brought it says</dd>\n");
	}
	if (m->columns->len > 0) {
		html_raw(h, "<dt>Other columns</dt><dd>");
		for (guint i = 0; i < m->columns->len && i < 40; i++)
			other_column(h, m, i);
		html_raw(h, "; kept in the file, not read</dd>\n");
	}
}

static void
problems(struct html *h, const GPtrArray *all)
{
	if (all->len == 0)
		return;
	html_raw(h, "<dt>Problems</dt><dd>");
	for (guint i = 0; i < all->len && i < PROBLEMS; i++) {
		html_raw(h, i > 0 ? "<br>" : "");
		html_text(h, all->pdata[i]);
	}
	if (all->len > PROBLEMS)
		say(h, "<br>and %d more", (uint64_t)(all->len - PROBLEMS));
	html_raw(h, "</dd>\n");
}

static void
particulars(struct imports_doc *d, const struct import *m)
{
	struct html *h = &d->h;

	html_raw(h, "<dl class=\"kv\">\n");
	say(h, "<dt>File</dt><dd>%f, %d bytes</dd>\n<dt>SHA-256</dt><dd>%H"
	    "</dd>\n<dt>Brought</dt><dd>", m->file, m->size, m->sha256);
	html_when(h, m->at);
	if (*m->who != '\0')
		say(h, ", by %t", m->who);
	html_raw(h, "</dd>\n");
	pair(h, "Label", m->label);
	pair(h, "Described as", m->describe);
	pair(h, "Concerns", m->entity);
	lists(h, m);
	problems(h, m->problems);
	html_raw(h, "</dl>\n");
}

static void
section(struct imports_doc *d, const struct import *m)
{
	struct html *h = &d->h;

	say(h, "<section id=\"%t\" aria-labelledby=\"h-%t\"><h2 id=\"h-%t\">",
	    m->id, m->id, m->id);
	if (*m->exhibit != '\0')
		say(h, "Exhibit %D: ", m->exhibit);
	say(h, "%t %D</h2>\n", kinds[m->kind].title, m->id);
	particulars(d, m);
	say(h, "<p class=\"note\">%t</p>\n", kinds[m->kind].says);
	if (kinds[m->kind].rows != NULL)
		kinds[m->kind].rows(d, m);
	html_raw(h, "</section>\n");
}

/* ---- the page ------------------------------------------------------------------ */

static void
head(struct imports_doc *d)
{
	g_autofree char *title = html_shorten(d->rec->title, 48);
	g_autofree char *foot = g_strdup_printf("%s%s%s", title,
	    *title != '\0' ? " \xc2\xb7 " : "", words_footer);
	g_autofree char *doc = g_strdup_printf("Exhibit: imported files%s%s%s",
	    *title != '\0' ? " (" : "", d->rec->title, *title != '\0' ? ")" :
	    "");

	html_head(&d->h, &(struct page){
		.title = doc, .css = embed_reports_exhibit_css,
		.size = d->rec->page_size,
		.top_left = "goodcause exhibit: imported files",
		.top_right = title, .bottom_left = foot,
	});
}

static void
list_row(struct html *h, const struct import *m)
{
	say(h, "<tr><th scope=\"row\"><a class=\"nb\" href=\"#%t\">%t</a></th>"
	    "<td>%D</td><td>%t</td><td>%f", m->id, *m->exhibit != '\0' ?
	    m->exhibit : "none", m->id, kinds[m->kind].title, m->file);
	if (*m->describe != '\0')
		say(h, "<br>%t", m->describe);
	html_raw(h, "</td><td class=\"n\">");
	if (m->rows->len > 0)
		say(h, "%d", (uint64_t)m->rows->len);
	html_raw(h, "</td><td class=\"n\">");
	if (m->rows->len > 0)
		say(h, "%d", (uint64_t)m->counted);
	say(h, "</td><td><code>%h</code></td></tr>\n", m->sha256);
}

static void
list(struct imports_doc *d)
{
	static const struct column columns[] = {
		{ 9, "Exhibit" }, { 10, "Import" }, { 18, "Kind" },
		{ 31, "File; what it is said to be" }, { 9, ">Rows" },
		{ 10, ">Counted" }, { 13, "SHA-256" },
	};

	if (d->rec->imports->len == 0) {
		html_raw(&d->h, "<p>Every imported file was withdrawn.</p>\n");
		return;
	}
	imports_table(d, "Imported files", "rows that cannot be read, and "
	    "repeats of the same event, are kept and not counted", columns,
	    G_N_ELEMENTS(columns));
	for (guint i = 0; i < d->rec->imports->len; i++)
		list_row(&d->h, d->rec->imports->pdata[i]);
	html_table_end(&d->h);
}

static void
withdrawn(struct imports_doc *d)
{
	static const struct column columns[] = {
		{ 9, "Exhibit" }, { 9, "Import" }, { 20, "File" },
		{ 19, "Imported" }, { 19, "Withdrawn" }, { 24, "By; reason" },
	};

	if (d->rec->withdrawn->len == 0)
		return;
	imports_table(d, "Withdrawn", "kept with the case, and counted for "
	    "nothing: no finding rests on them", columns,
	    G_N_ELEMENTS(columns));
	for (guint i = 0; i < d->rec->withdrawn->len; i++) {
		const struct import *m = d->rec->withdrawn->pdata[i];

		say(&d->h, "<tr><th scope=\"row\">%t</th><td>%t</td><td>%f"
		    "<br><code>%h</code></td><td>", m->exhibit, m->id, m->file,
		    m->sha256);
		html_stamp(&d->h, m->at);
		html_raw(&d->h, "</td><td>");
		html_stamp(&d->h, m->withdrawn);
		say(&d->h, "</td><td>%t%t%t</td></tr>\n", m->withdrawn_by,
		    *m->withdrawn_by != '\0' ? ": " : "", m->withdrawn_why);
	}
	html_table_end(&d->h);
}

void
render_imports_html(const struct report *rep, GString *out)
{
	struct imports_doc d = { .rec = rep->rec, .audience =
		rep->sight != NULL ? rep->sight->audience : NULL };
	struct html *h = &d.h;

	html_open(h, out, NULL, "");
	h->imports = "";
	head(&d);
	html_raw(h, "<header class=\"cover\" aria-label=\"Cover\">\n");
	if (*d.rec->letterhead != '\0')
		say(h, "<p class=\"letterhead\">%t</p>\n", d.rec->letterhead);
	say(h, "<p class=\"label\">%t</p>\n<h1>Imported files</h1>\n<p class=\""
	    "sub\">%t</p>\n</header>\n<main>\n<p class=\"note\">What people "
	    "brought, as they brought it. This program took each file under "
	    "its hash and did not observe what it says. How to cite: Ex. J-1 "
	    "(I-0004:17) is exhibit J-1, import 4, row 17 of the file, its "
	    "header not counted.</p>\n", d.rec->title, words_footer);
	list(&d);
	withdrawn(&d);
	for (guint i = 0; i < d.rec->imports->len; i++)
		section(&d, d.rec->imports->pdata[i]);
	html_raw(h, "</main>\n<footer>");
	if (*d.rec->title != '\0')
		say(h, "%t \xc2\xb7 ", d.rec->title);
	say(h, "imported files \xc2\xb7 %t</footer>\n</body>\n</html>\n",
	    words_footer);
	html_close(h);
}
