#include "reports/worksheet_html.h"

#include <string.h>

#include "embed.h"
#include "probes/text.h"
#include "reports/words.h"

const struct finding *
worksheet_finding(const struct worksheet_doc *w, guint i)
{
	return w->rep->findings->pdata[i];
}

gboolean
worksheet_next(const struct worksheet_doc *w, guint *at, struct span *s)
{
	const GPtrArray *all = w->rep->findings;

	if (all == NULL || *at >= all->len)
		return FALSE;
	s->first = *at;
	s->e = worksheet_finding(w, s->first)->element;
	while (*at < all->len && worksheet_finding(w, *at)->element == s->e)
		(*at)++;
	s->end = *at;
	return TRUE;
}

gboolean
worksheet_of_state(const struct finding *f)
{
	return f->forum == NULL || strcmp(f->forum, "US") != 0;
}

static gboolean
in_column(const struct finding *f, int column)
{
	return column == COLUMN_ALL ||
	    worksheet_of_state(f) == (column == COLUMN_STATE);
}

void
worksheet_marks(struct worksheet_doc *w, const struct span *s, int column)
{
	unsigned count[STATUSES] = { 0 }, adverse = 0, all = 0;

	for (guint i = s->first; i < s->end; i++) {
		const struct finding *f = worksheet_finding(w, i);

		if (!in_column(f, column))
			continue;
		all++;
		count[f->status]++;
		adverse += f->adverse && f->status != ST_ADV ? 1 : 0;
	}
	for (int st = 0; st < STATUSES; st++)
		if (count[st] > 0)
			html_status(&w->h, (enum status)st,
			    all > 1 ? count[st] : 0);
	if (adverse > 0)
		html_status(&w->h, ST_ADV, all > 1 ? adverse : 0);
	if (all == 0)
		html_raw(&w->h, "\xe2\x80\x93");
}

static void
cite_other_runs(struct worksheet_doc *w, const GArray *pointers)
{
	guint n = 0;

	for (guint i = 0; i < pointers->len; i++) {
		const struct pointer *p = &g_array_index(pointers,
		    struct pointer, i);
		const char *ex;

		if (p->run == w->v.run || p->run == NULL || p->n == 0)
			continue;
		if (n++ >= HTML_CITES_MAX)
			break;
		ex = run_exhibit_of(p->run, p->n);
		say(&w->h, "%t<cite>[run %t, %t%t%trec. %i]</cite>",
		    n > 1 ? ", " : " ", p->run->name, *ex != '\0' ? "Ex. " :
		    "", ex, *ex != '\0' ? ", " : "", p->n);
	}
}

void
worksheet_records(const struct worksheet_doc *w, const GArray *pointers,
    GArray *records)
{
	for (guint i = 0; pointers != NULL && i < pointers->len; i++) {
		const struct pointer *p = &g_array_index(pointers,
		    struct pointer, i);

		if (p->run == w->v.run && p->fact != NULL)
			cites_fact(records, p->run, p->fact);
		else if (p->run == w->v.run)
			cites_add(records, p->n);
	}
}

void
worksheet_cite(struct worksheet_doc *w, const GArray *pointers,
    const GArray *more)
{
	g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
	    sizeof(uint64_t));

	worksheet_records(w, pointers, records);
	worksheet_records(w, more, records);
	html_cite(&w->h, records);
	cite_other_runs(w, pointers);
	html_brought(&w->h, pointers);
	if (more == NULL)
		return;
	cite_other_runs(w, more);
	html_brought(&w->h, more);
}

/* ---- the document ---------------------------------------------------------- */

static guint
runs_told(const struct record *rec)
{
	guint n = 0;

	for (guint i = 0; i < rec->runs->len; i++)
		n += ((const struct run *)rec->runs->pdata[i])->told ? 1 : 0;
	return n;
}

static void
heading(struct worksheet_doc *w)
{
	const struct record *rec = w->rec;
	struct html *h = &w->h;

	html_raw(h, "<header aria-label=\"Heading\">\n");
	if (*rec->worksheet_heading != '\0')
		say(h, "<p class=\"priv\">%t</p>\n", rec->worksheet_heading);
	say(h, "<p class=\"label\">%t</p>\n<h1>Counsel worksheet: ",
	    rec->title);
	for (guint i = 0; i < w->v.run->targets->len && i < 4; i++)
		say(h, "%t%p", i > 0 ? ", " : "", w->v.run->targets->pdata[i]);
	if (w->v.run->targets->len > 4)
		say(h, " and %d more", (uint64_t)(w->v.run->targets->len - 4));
	html_raw(h, "</h1>\n<p class=\"sub\">");
	if (*rec->forum != '\0')
		say(h, "Forum %D and the United States. ", rec->forum);
	else
		html_raw(h, "No forum is entered; the United States is. ");
	say(h, "As of %D. Citations are to run %t%t", rec->as_of,
	    w->v.run->name, rec->runs->len > 1 ?
	    "; findings rest on all runs of the case" : "");
	if (runs_told(rec) > 0)
		say(h, ", %d of which say what the runs before and after them "
		    "say", (uint64_t)runs_told(rec));
	if (rec->imports->len > 0)
		say(h, "; %d file%t imported", (uint64_t)rec->imports->len,
		    rec->imports->len == 1 ? "" : "s");
	say(h, ". %t</p>\n", words_rules);
	say(h, "<p class=\"disc\">%t</p>\n", words_worksheet);
	if (*rec->worksheet_heading != '\0')
		html_raw(h, "<p class=\"note\">The first line above is printed "
		    "because it was set in case.ini; the program claims no "
		    "privilege.</p>\n");
	if (rec->standalone)
		html_raw(h, "<p class=\"disc\">This is a run outside a case: "
		    "only network roles are shown, no party, entity or "
		    "statement was entered, and nothing was imported.</p>\n");
	html_raw(h, "</header>\n<main>\n");
}

static const enum factor factors[] = {
	FACTOR_SETTING, FACTOR_1, FACTOR_2, FACTOR_3, FACTOR_4, FACTOR_TRAPS,
};

static void
body(struct worksheet_doc *w)
{
	struct html *h = &w->h;

	html_raw(h, "<section aria-labelledby=\"h-adv\"><h2 id=\"h-adv\">"
	    "Adverse and limiting facts</h2>\n");
	worksheet_adverse(w);
	html_raw(h, "</section>\n<section aria-labelledby=\"h-mx\" class=\""
	    "page\"><h2 id=\"h-mx\">The showing at a glance</h2>\n");
	worksheet_matrix(w);
	html_raw(h, "</section>\n<section aria-labelledby=\"h-want\" class=\""
	    "page\"><h2 id=\"h-want\">What is missing, and from whom</h2>\n");
	worksheet_wants(w);
	html_raw(h, "</section>\n");
	for (size_t i = 0; i < G_N_ELEMENTS(factors); i++) {
		uint64_t n = i;

		say(h, "<section aria-labelledby=\"h-f%i\"><h2 id=\"h-f%i\">"
		    "%t</h2>\n", n, n, factor_title(factors[i]));
		if (factors[i] == FACTOR_4) {
			worksheet_entities(w);
			worksheet_links(w);
		}
		if (factors[i] == FACTOR_TRAPS)
			worksheet_traps(w);
		else
			worksheet_factor(w, factors[i]);
		html_raw(h, "</section>\n");
	}
	html_raw(h, "<section aria-labelledby=\"h-ov\"><h2 id=\"h-ov\">Later "
	    "authority</h2>\n");
	worksheet_overlays(w);
	html_raw(h, "</section>\n<section aria-labelledby=\"h-st\"><h2 id=\"h-st\">Steps "
	    "taken, in order</h2>\n");
	worksheet_steps(w);
	html_raw(h, "</section>\n<section aria-labelledby=\"h-map\"><h2 id=\""
	    "h-map\">Exhibit-to-factor map</h2>\n");
	worksheet_map(w);
	html_raw(h, "</section>\n");
}

static void
labels(struct html *h)
{
	html_raw(h, "<p class=\"note\">Labels in full: ");
	for (int st = 0; st < STATUSES; st++)
		say(h, "%t%t, %t", st > 0 ? "; " : "", words_status[st].word,
		    words_status[st].label);
	html_raw(h, ".</p>\n");
}

static void
head(struct worksheet_doc *w)
{
	const struct record *rec = w->rec;
	const char *target = w->v.run->targets->len == 1 ? w->v.target :
	    "all targets";
	g_autofree char *heading_ = html_shorten(rec->worksheet_heading, 64);
	g_autofree char *title = html_shorten(rec->title, 48);
	g_autofree char *name = html_shorten(target, 40);
	g_autofree char *left = g_strdup_printf("Counsel worksheet: %s, run %s,"
	    " as of %s \xc2\xb7 rules " RULES_VERSION, name, w->v.run->name,
	    rec->as_of);
	g_autofree char *doc = g_strdup_printf("Counsel worksheet: %s%s%s%s",
	    target, *rec->title != '\0' ? " (" : "", rec->title,
	    *rec->title != '\0' ? ")" : "");

	html_head(&w->h, &(struct page){
		.title = doc, .css = embed_reports_worksheet_css,
		.size = rec->page_size, .top_left = heading_,
		.top_right = title, .bottom_left = left,
	});
}

static void
foot(struct worksheet_doc *w)
{
	const struct record *rec = w->rec;
	struct html *h = &w->h;

	labels(h);
	html_raw(h, "</main>\n<footer>");
	if (*rec->worksheet_heading != '\0')
		say(h, "%t \xc2\xb7 ", rec->worksheet_heading);
	if (*rec->title != '\0')
		say(h, "%t \xc2\xb7 ", rec->title);
	html_raw(h, "worksheet for counsel, not evidence</footer>\n</body>\n"
	    "</html>\n");
}

void
render_worksheet_html(const struct report *rep, GString *out)
{
	struct worksheet_doc w = { .rep = rep, .rec = rep->rec };
	char order[65];

	text_sha256(order, embed_reports_law_order_txt, (size_t)
	    (embed_reports_law_order_txt_end - embed_reports_law_order_txt));
	w.quotes = order;
	view_open(&w.v, rep);
	html_open(&w.h, out, rep->run, rep->exhibit_file != NULL ?
	    rep->exhibit_file : "exhibit.html");
	head(&w);
	heading(&w);
	body(&w);
	foot(&w);
	html_close(&w.h);
	view_close(&w.v);
}
