/* The 112 elements on one page. */

#include "reports/worksheet_html.h"

#include <string.h>

#include "reports/words.h"

static void
legend(struct html *h)
{
	html_raw(h, "<p class=\"legend\">");
	for (int st = 0; st < STATUSES; st++) {
		html_raw(h, "<span class=\"lg\">");
		html_status(h, (enum status)st, 0);
		say(h, "%t</span> ", words_status[st].brief);
	}
	say(h, "</p>\n<p class=\"legend\">%d elements. A number after a word "
	    "counts Does, domains or entities. The short names are labels, not "
	    "the law: the order\xe2\x80\x99s sentence stands with each element. "
	    "The words never add up to a mark for a factor.</p>\n",
	    (uint64_t)elements_count);
}

static void
group_head(struct worksheet_doc *w, const char *title, gboolean forums)
{
	struct html *h = &w->h;

	say(h, "<tbody><tr><th class=\"grp\" colspan=\"%i\" scope=\"rowgroup\">"
	    "%t</th>", (uint64_t)(forums ? 2 : 3), title);
	if (forums)
		say(h, "<th class=\"hd\" scope=\"col\">%t</th><th class=\"hd\" "
		    "scope=\"col\">US</th>", *w->rec->forum != '\0' ?
		    w->rec->forum : "State");
	html_raw(h, "</tr>\n");
}

static void
mark_cell(struct worksheet_doc *w, const struct span *s, int column)
{
	html_raw(&w->h, "<td>");
	worksheet_marks(w, s, column);
	html_raw(&w->h, "</td>");
}

static void
matrix_row(struct worksheet_doc *w, const struct span *s, gboolean forums)
{
	struct html *h = &w->h;

	html_raw(h, "<tr><th scope=\"row\">");
	worksheet_id(h, s->e);
	say(h, "</th><td>%t</td>", s->e->label);
	if (!forums) {
		mark_cell(w, s, COLUMN_ALL);
	} else if (s->e->forums == FORUMS_NONE) {
		html_raw(h, "<td colspan=\"2\">");
		worksheet_marks(w, s, COLUMN_ALL);
		html_raw(h, "</td>");
	} else {
		mark_cell(w, s, COLUMN_STATE);
		mark_cell(w, s, COLUMN_US);
	}
	html_raw(h, "</tr>\n");
}

static const struct {
	gboolean	 right;
	enum factor	 factor;
	char		 letter;	/* of the id; 0: any */
	const char	*title;		/* NULL: that of the factor */
	gboolean	 forums;
} groups[] = {
	{ FALSE, FACTOR_SETTING, 0, NULL, FALSE },
	{ FALSE, FACTOR_1, 0, NULL, FALSE },
	{ FALSE, FACTOR_2, 0, "Factor 2: steps taken", FALSE },
	{ FALSE, FACTOR_4, 0, "Factor 4: likely to identify", FALSE },
	{ FALSE, FACTOR_TRAPS, 0, NULL, FALSE },
	{ TRUE, FACTOR_3, 'J', NULL, TRUE },
	{ TRUE, FACTOR_3, 'K', "Factor 3: Rule 4(k)(2)", TRUE },
};

static void
half(struct worksheet_doc *w, gboolean right)
{
	struct html *h = &w->h;
	struct span s;

	html_raw(h, right ? "<div class=\"half r\"><table class=\"mx\">"
	    "<caption class=\"vh\">Elements J and K, by forum</caption>\n" :
	    "<div class=\"half\"><table class=\"mx\"><caption class=\"vh\">"
	    "Elements G, P, S, L and T</caption>\n");
	for (size_t i = 0; i < G_N_ELEMENTS(groups); i++) {
		if (groups[i].right != right)
			continue;
		group_head(w, groups[i].title != NULL ? groups[i].title :
		    factor_title(groups[i].factor), groups[i].forums);
		for (guint at = 0; worksheet_next(w, &at, &s);)
			if (s.e->factor == groups[i].factor &&
			    (groups[i].letter == 0 ||
			    s.e->id[0] == groups[i].letter))
				matrix_row(w, &s, groups[i].forums);
		html_raw(h, "</tbody>\n");
	}
	html_raw(h, "</table></div>\n");
}

void
worksheet_matrix(struct worksheet_doc *w)
{
	legend(&w->h);
	half(w, FALSE);
	half(w, TRUE);
	html_raw(&w->h, "<div class=\"clr\"></div>\n");
}
