#include "reports/exhibit_html.h"

#include <string.h>

#include "embed.h"
#include "reports/exhibit_list.h"
#include "reports/words.h"

void
exhibit_table(struct exhibit_doc *x, const char *class, const char *caption,
    const char *small, const struct column *c, size_t columns)
{
	g_autofree char *numbered = g_strdup_printf("Table %u. %s",
	    ++x->tables, caption);

	html_table(&x->h, class, numbered, small, c, columns);
}

GPtrArray *
exhibit_subjects(const struct exhibit_doc *x, enum fact_kind kind,
    const char *field)
{
	GPtrArray *out = g_ptr_array_new();

	for (int own = 1; own >= 0; own--) {
		const struct fact *f;
		guint at = 0;

		while ((f = view_next(&x->v, kind, NULL, &at)) != NULL) {
			const char *s = field != NULL ? fact_str(f, field) :
			    f->subject;

			if (own == (name_within(s, x->v.target) ||
			    name_within(x->v.target, s)))
				strings_add(out, s);
		}
	}
	return out;
}

void
exhibit_subject(struct exhibit_doc *x, const char *subject, guint columns)
{
	say(&x->h, "</tbody><tbody><tr><th class=\"of\" scope=\"rowgroup\" "
	    "colspan=\"%i\">%n</th></tr>\n", (uint64_t)columns, subject);
}

char *
exhibit_range(const struct run *run, char letter)
{
	const char *first = NULL, *last = NULL;

	for (guint i = 0; i < run->exhibits->len; i++) {
		const struct exhibit *e = run->exhibits->pdata[i];

		if (e->id[0] != letter)
			continue;
		if (first == NULL)
			first = e->id;
		last = e->id;
	}
	if (first == NULL)
		return g_strdup("");
	return first == last ? g_strdup_printf("Exhibit %s", first) :
	    g_strdup_printf("Exhibits %s to %s", first, last);
}

#define IMPORTS_NAMED	12	/* exhibits of one letter that are named */

static const char *
or_else(const char *s, const char *otherwise)
{
	return *s != '\0' ? s : otherwise;
}

static void
token_row(struct html *h, const struct run *run, const char *which,
    const char *label)
{
	gboolean any = FALSE;

	say(h, "<dt>%t</dt><dd>", label);
	for (guint i = 0; i < run->tokens->len; i++) {
		const struct token_view *t = run->tokens->pdata[i];

		if (strcmp(t->which, which) != 0)
			continue;
		if (any)
			html_raw(h, "<br>");
		any = TRUE;
		if (*t->time == '\0') {
			say(h, "no valid token of %t: %t", t->authority,
			    or_else(t->problem, "none came"));
			continue;
		}
		html_when(h, t->time);
		say(h, ", from the %t token of %t", strcmp(which, "open") == 0
		    ? "opening" : "closing", t->authority);
		if (*t->serial != '\0')
			say(h, ", serial %t", t->serial);
		if (*t->accuracy != '\0')
			say(h, ", accuracy %t", t->accuracy);
		if (*t->trust != '\0')
			say(h, "; checked with: %t", t->trust);
	}
	if (!any)
		html_raw(h, "no token; this end of the interval rests on the "
		    "computer\xe2\x80\x99s clock alone");
	html_raw(h, " <cite>[Ex. O-2]</cite></dd>\n");
}

static void
complete_row(struct exhibit_doc *x)
{
	const struct run *run = x->v.run;
	struct html *h = &x->h;
	uint64_t asked = 0, failed = 0;

	for (guint i = 0; i < run->log->len; i++) {
		const struct log_row *r = run->log->pdata[i];

		if (!row_exchange(r) || !view_row(&x->v, r))
			continue;
		asked++;
		failed += row_failed(r) ? 1 : 0;
	}
	html_raw(h, "<dt>Complete</dt><dd>");
	if (run->complete)
		html_raw(h, "Yes.");
	else
		say(h, "No: %t.", or_else(run->incomplete_why,
		    "the run was not sealed"));
	say(h, " %d questions%t were asked and logged; %d were answered, %d "
	    "were not: see Failures and refusals. <cite>[Ex. B-1]</cite></dd>\n",
	    asked, x->v.whole ? "" : " that concern this target", asked -
	    failed, failed);
}

static void
collector_row(struct html *h, const struct record *rec, const struct run *run)
{
	html_raw(h, "<dt>Collected by</dt><dd>");
	if (*rec->collector_name == '\0' && *rec->collector_org == '\0')
		html_raw(h, "name and organisation not entered in case.ini");
	else
		say(h, "%t%t%t", rec->collector_name,
		    *rec->collector_name != '\0' && *rec->collector_org != '\0'
		    ? ", " : "", rec->collector_org);
	if (*rec->collector_role != '\0')
		say(h, " (%t)", rec->collector_role);
	if (*run->vantage != '\0')
		say(h, "; from %t, as stated by the collector", run->vantage);
	else
		html_raw(h, "; place of collection not stated");
	html_raw(h, " <cite>[Ex. A-1]</cite></dd>\n");
}

static void
target_row(struct exhibit_doc *x)
{
	const struct run *run = x->v.run;
	struct html *h = &x->h;

	say(h, "<dt>Target</dt><dd>%p", x->v.target);
	if (!x->v.whole)
		say(h, ", one of %d targets of the run; this exhibit shows what "
		    "was asked for it, what all targets share, and what its "
		    "answers and pages lead to",
		    (uint64_t)run->targets->len);
	html_raw(h, "</dd>\n");
}

static void
cover_rows(struct exhibit_doc *x)
{
	const struct record *rec = x->v.rec;
	const struct run *run = x->v.run;
	struct html *h = &x->h;

	html_raw(h, "<dl class=\"kv\">\n");
	say(h, "<dt>Case</dt><dd>%t</dd>\n", or_else(run->title, rec->standalone
	    ? "none: a run outside a case" : "no title entered"));
	html_raw(h, "<dt>Court, number</dt><dd>");
	if (*rec->court == '\0' && *rec->number == '\0')
		html_raw(h, "not entered in case.ini</dd>\n");
	else
		say(h, "%t%t%t</dd>\n", rec->court, *rec->court != '\0' &&
		    *rec->number != '\0' ? ", " : "", rec->number);
	target_row(x);
	say(h, "<dt>Run</dt><dd>%t, id %H</dd>\n", run->name, run->id);
	token_row(h, run, "open", "Not before");
	token_row(h, run, "seal", "Not after");
	complete_row(x);
	html_raw(h, "<dt>Head hash</dt><dd>");
	if (*run->head != '\0')
		html_hash(h, run->head, 8);
	else
		html_raw(h, "none: the run is not sealed");
	html_raw(h, " <cite>[Ex. O-1]</cite></dd>\n<dt>Signed by</dt><dd>");
	if (*run->key != '\0')
		say(h, "key %h <cite>[Ex. O-2]</cite></dd>\n", run->key);
	else
		html_raw(h, "nobody: the run is not signed "
		    "<cite>[Ex. O-2]</cite></dd>\n");
	collector_row(h, rec, run);
	say(h, "<dt>Program</dt><dd>%t, build %h <cite>[Ex. A-1]</cite></dd>\n"
	    "</dl>\n", run->program, run->program_sha256);
}

static gboolean
is_listed(const struct exhibit_doc *x, const struct exhibit *e)
{
	if (x->v.whole || *e->target == '\0' ||
	    strcmp(e->target, x->v.target) == 0)
		return TRUE;
	for (guint i = 0; i < e->records->len; i++) {
		const struct log_row *r = run_row(x->v.run,
		    g_array_index(e->records, uint64_t, i));

		if (r != NULL && view_row(&x->v, r))
			return TRUE;
	}
	return FALSE;
}

/* The next exhibit from i on that is listed under a letter; len at the end. */
static guint
next_listed(const struct exhibit_doc *x, char letter, guint i)
{
	const GPtrArray *all = x->v.run->exhibits;

	while (i < all->len) {
		const struct exhibit *e = all->pdata[i];

		if (e->id[0] == letter && is_listed(x, e))
			break;
		i++;
	}
	return i;
}

/* "C-1 to C-3, C-8": neighbours in the list of the run are one stretch. */
static void
letter_row(struct exhibit_doc *x, char letter)
{
	const GPtrArray *all = x->v.run->exhibits;
	struct html *h = &x->h;
	guint i = next_listed(x, letter, 0), n = 0;

	if (i == all->len)
		return;
	html_raw(h, "<tr><th scope=\"row\">");
	while (i < all->len) {
		guint last = i, next;

		while ((next = next_listed(x, letter, last + 1)) == last + 1 &&
		    next < all->len)
			last = next;
		say(h, "%t%D", n++ > 0 ? ", " : "",
		    ((const struct exhibit *)all->pdata[i])->id);
		if (last > i)
			say(h, "%t%D", last == i + 1 ? ", " : " to ",
			    ((const struct exhibit *)all->pdata[last])->id);
		i = next;
	}
	say(h, "</th><td>%t</td></tr>\n", exhibit_letter_title(letter));
}

/* What people brought, by letter; shown in an exhibit of its own. */
static void
imports_row(struct exhibit_doc *x, char letter)
{
	const GPtrArray *all = x->v.rec->imports;
	struct html *h = &x->h;
	guint n = 0;

	for (guint i = 0; i < all->len; i++) {
		const struct import *m = all->pdata[i];

		if (m->exhibit[0] != letter || n++ >= IMPORTS_NAMED)
			continue;
		html_raw(h, n == 1 ? "<tr><th scope=\"row\">" : ", ");
		say(h, "%D", m->exhibit);
	}
	if (n > IMPORTS_NAMED)
		say(h, " and %d more", (uint64_t)(n - IMPORTS_NAMED));
	if (n > 0)
		html_raw(h, "</th><td>Imported: see the exhibit of imported "
		    "files</td></tr>\n");
}

static void
exhibits(struct exhibit_doc *x)
{
	static const struct column columns[] = {
		{ 34, "Exhibit" }, { 66, "What it is" },
	};

	html_table(&x->h, "", "Exhibits in this record", "those of the run "
	    "are listed one by one below; letters without a row are kept for "
	    "kinds of which this record has none", columns,
	    G_N_ELEMENTS(columns));
	for (int c = 'A'; c <= 'Z'; c++) {
		letter_row(x, (char)c);
		imports_row(x, (char)c);
	}
	html_table_end(&x->h);
}

static void
exhibit_each(struct exhibit_doc *x)
{
	static const struct column columns[] = {
		{ 9, "Exhibit" }, { 56, "What it is" }, { 35, "Records" },
	};
	const GPtrArray *all = x->v.run->exhibits;
	struct html *h = &x->h;

	exhibit_table(x, "", "Exhibits and their records", "", columns,
	    G_N_ELEMENTS(columns));
	for (guint i = 0; i < all->len; i++) {
		const struct exhibit *e = all->pdata[i];

		if (!is_listed(x, e))
			continue;
		say(h, "<tr id=\"ex-%t\"><th scope=\"row\">%D</th><td>",
		    e->id, e->id);
		html_url(h, e->title);
		html_raw(h, "</td><td>");
		if (e->records->len > 0)
			html_stretches(h, e->records);
		else
			html_raw(h, e->id[0] == 'B' ? "all" :
			    "files of the run");
		html_raw(h, "</td></tr>\n");
	}
	html_table_end(h);
}

static const struct {
	const char	*id, *title;
	gboolean	 page;		/* begins a page in print */
	exhibit_fn	*write;
} sections[] = {
	{ "facts", "Facts", TRUE, exhibit_facts },
	{ "drawn", "Names, addresses, holders: drawn", TRUE, exhibit_drawn },
	{ "dns", "Names (DNS) and delegation", TRUE, exhibit_dns },
	{ "reg", "Registration", FALSE, exhibit_registration },
	{ "addr", "Addresses and roles", FALSE, exhibit_addresses },
	{ "geo", "Geolocation", FALSE, exhibit_geo },
	{ "tls", "TLS certificates", FALSE, exhibit_tls },
	{ "pages", "Pages captured", FALSE, exhibit_pages },
	{ "fail", "Failures and refusals", FALSE, exhibit_failures },
	{ "method", "Method and limits", FALSE, exhibit_method },
	{ "verify", "How to verify", FALSE, exhibit_verify },
	{ "exhibits", "Exhibits, one by one", FALSE, exhibit_each },
	{ "hash", "Hashes", FALSE, exhibit_hashes },
	{ "shared", "What the sites share", FALSE, exhibit_links },
	{ "places", "Seen from another place", FALSE, exhibit_elsewhere },
	{ "log", "Every question asked", TRUE, exhibit_log },
};

static void
cover(struct exhibit_doc *x)
{
	const struct run *run = x->v.run;
	struct html *h = &x->h;

	html_raw(h, "<header class=\"cover\" aria-label=\"Cover\">\n");
	if (*x->v.rec->letterhead != '\0')
		say(h, "<p class=\"letterhead\">%t</p>\n",
		    x->v.rec->letterhead);
	say(h, "<p class=\"label\">%t</p>\n<h1>Record of the collection for "
	    "%p</h1>\n<p class=\"sub\">%t</p>\n", run->title, x->v.target,
	    words_footer);
	cover_rows(x);
	say(h, "</header>\n<p class=\"note\">How to cite: Ex. D-1, rec. 12 is "
	    "exhibit D-1, record 12 of run %t. A record is one line of the "
	    "log. Exhibit and record numbers do not change; page numbers hold "
	    "for this printing only. All times are UTC.</p>\n", run->name);
	exhibits(x);
	html_raw(h, "<nav aria-label=\"Contents\"><ol>\n");
	for (size_t i = 0; i < G_N_ELEMENTS(sections); i++)
		say(h, "<li>%i&ensp;<a href=\"#%t\">%t</a></li>\n",
		    (uint64_t)i + 1, sections[i].id, sections[i].title);
	html_raw(h, "</ol></nav>\n");
}

static void
head(struct exhibit_doc *x)
{
	const struct run *run = x->v.run;
	g_autofree char *target = html_shorten(x->v.target, 44);
	g_autofree char *title = html_shorten(run->title, 48);
	g_autofree char *left = g_strdup_printf(
	    "goodcause exhibit: %s, run %s", target, run->name);
	g_autofree char *foot = g_strdup_printf("%s%sbundle %.12s \xc2\xb7 %s",
	    title, *title != '\0' ? " \xc2\xb7 " : "",
	    or_else(run->head, "not sealed"), words_footer);
	g_autofree char *doc = g_strdup_printf("Exhibit: %s, run %s%s%s%s",
	    x->v.target, run->name, *run->title != '\0' ? " (" : "",
	    run->title, *run->title != '\0' ? ")" : "");

	html_head(&x->h, &(struct page){
		.title = doc, .css = embed_reports_exhibit_css,
		.size = x->v.rec->page_size, .top_left = left,
		.top_right = title, .bottom_left = foot,
	});
}

static void
foot(struct exhibit_doc *x)
{
	struct html *h = &x->h;

	html_raw(h, "</main>\n<footer>");
	if (*x->v.run->title != '\0')
		say(h, "%t \xc2\xb7 ", x->v.run->title);
	say(h, "bundle %h \xc2\xb7 %t</footer>\n</body>\n</html>\n",
	    or_else(x->v.run->head, "not sealed"), words_footer);
}

void
render_exhibit_html(const struct report *rep, GString *out)
{
	struct exhibit_doc x = { .tables = 0 };

	view_open(&x.v, rep);
	html_open(&x.h, out, rep->run, "");
	head(&x);
	cover(&x);
	html_raw(&x.h, "<main>\n");
	for (size_t i = 0; i < G_N_ELEMENTS(sections); i++) {
		const char *id = sections[i].id;

		say(&x.h, "<section id=\"%t\"", id);
		html_raw(&x.h, sections[i].page ? " class=\"page\"" : "");
		say(&x.h, " aria-labelledby=\"h-%t\"><h2 id=\"h-%t\">%i&ensp;"
		    "%t</h2>\n", id, id, (uint64_t)i + 1, sections[i].title);
		sections[i].write(&x);
		html_raw(&x.h, "</section>\n");
	}
	foot(&x);
	html_close(&x.h);
	view_close(&x.v);
}
