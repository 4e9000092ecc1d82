/*
 * Section 1: the numbered facts, at most FACTS_PAGE of them on a page, and no
 * more than fit a printed one.  No renderer can measure type, so lines are
 * counted by characters, of the narrower of the two papers and with room to
 * spare.
 */

#include "reports/exhibit_html.h"
#include "reports/facts_list.h"

#include <string.h>

#define FACTS_PAGE	28
#define PAGE_LINES	51	/* of 9.3 pt on 11.2, below the heading */
#define TEXT_CHARS	79	/* in the column of the facts */
#define CITE_CHARS	22	/* in that of the citations */

static void
open_table(struct html *h)
{
	html_raw(h, "<table class=\"facts\"><caption class=\"vh\">Facts, each "
	    "with its exhibit and record</caption><colgroup><col style=\"width:"
	    "5%\"><col style=\"width:75%\"><col style=\"width:20%\"></colgroup>"
	    "<thead class=\"vh\"><tr><th scope=\"col\">No.</th><th scope=\""
	    "col\">Fact</th><th scope=\"col\">Exhibit, record</th></tr></thead>"
	    "\n");
}

static void
open_group(struct html *h, enum fact_group g)
{
	say(h, "<tbody><tr><th class=\"grp\" scope=\"rowgroup\" colspan=\"3\">"
	    "%t</th></tr>\n", fact_group_title(g));
}

static void
row(struct html *h, const struct sentence *s, guint number)
{
	say(h, "<tr><th scope=\"row\" class=\"n\">%i</th><td>",
	    (uint64_t)number);
	html_raw(h, s->html);
	html_raw(h, "</td><td>");
	if (s->other != NULL)
		say(h, "<cite>[%t]</cite>", s->other);
	else
		html_cite(h, s->records);
	html_raw(h, "</td></tr>\n");
}

/* Characters that are seen: no tags, an entity is one. */
static guint
seen_chars(const char *html)
{
	gboolean tag = FALSE, entity = FALSE;
	guint n = 0;

	for (; *html != '\0'; html++) {
		if (*html == '<')
			tag = TRUE;
		else if (*html == '>')
			tag = FALSE;
		else if (*html == '&')
			entity = TRUE;
		if (!tag && !entity && *html != '>' &&
		    ((unsigned char)*html & 0xc0) != 0x80)
			n++;
		if (*html == ';' && entity) {
			entity = FALSE;
			n += tag ? 0 : 1;
		}
	}
	return n;
}

/* "Ex. E-15, rec. 182, " takes a line of its own. */
static guint
lines_of(const struct sentence *s)
{
	guint text = 1 + seen_chars(s->html) / TEXT_CHARS;
	guint cite = s->other != NULL ?
	    1 + (guint)strlen(s->other) / CITE_CHARS :
	    (MIN(s->records->len, HTML_CITES_MAX) + 1) / 2;

	return MAX(text, cite);
}

void
exhibit_facts(struct exhibit_doc *x)
{
	g_autoptr(GPtrArray) list = facts_list(&x->v, &x->h);
	enum fact_group group = FACT_GROUPS;
	guint lines = PAGE_LINES, on_page = 0;
	struct html *h = &x->h;

	for (guint i = 0; i < list->len; i++) {
		const struct sentence *s = list->pdata[i];

		lines += lines_of(s) + (s->group != group ? 2 : 0);
		on_page++;
		if (i == 0 || lines > PAGE_LINES || on_page > FACTS_PAGE) {
			if (i > 0)
				html_raw(h, "</tbody></table>\n<h2 class=\""
				    "page\">Facts, continued</h2>\n");
			open_table(h);
			group = FACT_GROUPS;
			lines = lines_of(s) + 2;
			on_page = 1;
		} else if (s->group != group) {
			html_raw(h, "</tbody>\n");
		}
		if (s->group != group)
			open_group(h, s->group);
		group = s->group;
		row(h, s, i + 1);
	}
	html_raw(h, list->len > 0 ? "</tbody></table>\n" :
	    "<p>No facts were drawn from this run.</p>\n");
}
