/*
 * A difference as a page of its own.  Every row ends in the records that it
 * rests on, with their exhibits.
 */

#include "reports/diff.h"

#include <string.h>

#include "embed.h"
#include "probes/text.h"

static void
element(GString *out, const char *tag, const char *text)
{
	g_string_append_printf(out, "<%s>", tag);
	text_html(out, text, -1);
	g_string_append_printf(out, "</%s>", tag);
}

static void
head(const struct diff *d, const char *title, GString *out)
{
	g_string_append(out, "<!DOCTYPE html>\n<html lang=\"en\"><head>"
	    "<meta charset=\"utf-8\">\n<meta http-equiv=\""
	    "Content-Security-Policy\" content=\"default-src 'none'; "
	    "style-src 'unsafe-inline'\">\n<meta name=\"viewport\" content=\""
	    "width=device-width, initial-scale=1\">\n<title>");
	text_html(out, title, -1);
	g_string_append_printf(out, ": %s against %s</title>\n<style>\n%s"
	    "</style></head>\n<body><main>\n", d->b->name, d->a->name,
	    embed_reports_style_css);
	if (*title != '\0') {
		g_string_append(out, "<p class=\"label\">");
		text_html(out, title, -1);
		g_string_append(out, "</p>\n");
	}
	g_string_append_printf(out, "<h1>What changed between run %s and run "
	    "%s</h1>\n", d->a->name, d->b->name);
}

static void
run_row_html(GString *out, const char *which, const struct run *r)
{
	g_string_append_printf(out, "<tr><th scope=\"row\">%s</th><td>%s</td>"
	    "<td><span class=\"nb\">", which, r->name);
	text_html(out, r->started, -1);
	g_string_append(out, "</span></td><td><span class=\"nb\">");
	text_html(out, r->ended, -1);
	g_string_append(out, "</span></td><td>");
	text_html(out, *r->vantage != '\0' ? r->vantage : "not stated", -1);
	g_string_append(out, "</td><td>");
	text_html(out, *r->exit != '\0' ? r->exit : "not recorded", -1);
	g_string_append_printf(out, "</td><td>%s</td><td><code "
	    "class=\"h\">%.12s</code></td></tr>\n", r->complete ? "yes" : "no",
	    *r->head != '\0' ? r->head : "none");
}

static void
runs_html(const struct diff *d, GString *out)
{
	g_string_append(out, "<table><caption>The two runs</caption><thead><tr>"
	    "<th scope=\"col\"></th><th scope=\"col\">run</th><th scope=\"col\""
	    ">started</th><th scope=\"col\">ended</th><th scope=\"col\">"
	    "from, as stated</th><th scope=\"col\">exit</th><th scope=\"col\">"
	    "complete</th><th scope=\"col\">head</th></tr></thead><tbody>\n");
	run_row_html(out, "earlier", d->a);
	run_row_html(out, "later", d->b);
	g_string_append(out, "</tbody></table>\n");
	if (diff_elsewhere(d))
		g_string_append(out, "<p>" DIFF_ELSEWHERE "</p>\n");
}

/* "000001 [Ex. D-1, rec. 12]" */
static void
cite_html(GString *out, const struct run *r, const struct fact *f)
{
	uint64_t n;
	const char *exhibit;

	if (f == NULL)
		return;
	n = fact_source(f);
	exhibit = run_exhibit_of(r, n);
	g_string_append_printf(out, "<cite>%s [", r->name);
	if (*exhibit != '\0') {
		g_string_append(out, "Ex. ");
		text_html(out, exhibit, -1);
		g_string_append(out, ", ");
	}
	g_string_append_printf(out, "rec. <a class=\"rec\" data-record=\""
	    "%" G_GUINT64_FORMAT "\" data-run=\"%s\">%" G_GUINT64_FORMAT
	    "</a>]</cite> ", n, r->name, n);
}

static void
change_html(const struct diff *d, const struct change *c, GString *out)
{
	const struct fact *f = c->before != NULL ? c->before : c->after;
	g_autoptr(GString) words = g_string_new(NULL);

	change_words(c, words);
	if (*c->why != '\0')
		g_string_append_printf(words, " (%s: %s)", c->how ==
		    CHANGE_FIRST ? d->a->name : d->b->name, c->why);
	g_string_append(out, "<tr>");
	element(out, "td", change_name(c->how));
	element(out, "td", fact_info(f->kind)->name);
	g_string_append(out, "<td><code>");
	text_html(out, f->subject, -1);
	g_string_append(out, "</code></td><td>");
	text_html(out, words->str, -1);
	g_string_append(out, "</td><td>");
	cite_html(out, d->a, c->before);
	cite_html(out, d->b, c->after);
	g_string_append(out, "</td></tr>\n");
}

static void
table_html(const struct diff *d, const GPtrArray *changes, const char *id,
    const char *title, const char *note, GString *out)
{
	g_string_append_printf(out, "<section aria-labelledby=\"%s\"><h2 "
	    "id=\"%s\">%s: %u</h2>\n<p class=\"note\">%s</p>\n", id, id, title,
	    changes->len, note);
	if (changes->len > 0) {
		g_string_append(out, "<div class=\"wide\"><table class=\"fx\">"
		    "<colgroup><col style=\"width:11%\"><col style=\"width:13%"
		    "\"><col style=\"width:24%\"><col style=\"width:32%\">"
		    "<col style=\"width:20%\"></colgroup><thead><tr><th scope="
		    "\"col\">how</th><th scope=\"col\">kind</th><th scope="
		    "\"col\">subject</th><th scope=\"col\">what</th><th "
		    "scope=\"col\">records</th></tr></thead><tbody>\n");
		for (guint i = 0; i < changes->len; i++)
			change_html(d, changes->pdata[i], out);
		g_string_append(out, "</tbody></table></div>\n");
	}
	g_string_append(out, "</section>\n");
}

void
diff_html(const struct diff *d, const char *title, GString *out)
{
	head(d, title, out);
	runs_html(d, out);
	table_html(d, d->changes, "changes", "Changes",
	    "Gone means: the same question was answered in the later run, "
	    "without this statement.", out);
	table_html(d, d->unseen, "unseen", "Observed in one run only",
	    "The question was not asked or not answered in the other run; "
	    "nothing follows from that.", out);
	table_html(d, d->volatiles, "volatile", "Volatile, not counted",
	    "Values that change by themselves: lifetimes, serial numbers, "
	    "hashes of pages, builds of databases.", out);
	g_string_append(out, "</main></body></html>\n");
}
