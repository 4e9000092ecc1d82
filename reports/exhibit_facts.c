/* Section 1: the numbered facts, at most FACTS_PAGE of them on a page. */

#include "reports/exhibit_html.h"
#include "reports/facts_list.h"

#define FACTS_PAGE	28

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

void
exhibit_facts(struct exhibit_doc *x)
{
	g_autoptr(GPtrArray) list = facts_list(&x->v, &x->h);
	enum fact_group group = FACT_GROUPS;
	struct html *h = &x->h;

	for (guint i = 0; i < list->len; i++) {
		const struct sentence *s = list->pdata[i];

		if (i > 0 && i % FACTS_PAGE == 0) {
			html_raw(h, "</tbody></table>\n<h2 class=\"page\">"
			    "Facts, continued</h2>\n");
			group = FACT_GROUPS;
		} else if (i > 0 && s->group != group) {
			html_raw(h, "</tbody>\n");
		}
		if (i % FACTS_PAGE == 0)
			open_table(h);
		if (s->group != group)
			open_group(h, s->group);
		group = s->group;
		row(h, s, i + 1);
	}
	html_raw(h, list->len > 0 ? "</tbody></table>\n" :
	    "<p>No facts were drawn from this run.</p>\n");
}
