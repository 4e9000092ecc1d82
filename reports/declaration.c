#include "reports/declaration.h"

#include <string.h>

#include "reports/facts_list.h"
#include "reports/words.h"

/* ---- who, where ------------------------------------------------------------------- */

static void
who(struct draft *d)
{
	struct html *h = &d->h;

	draft_paragraph(d);
	html_raw(h, "I am ");
	draft_blank(h, "name");
	html_raw(h, ", ");
	draft_blank(h, "position");
	html_raw(h, ", employed by ");
	draft_blank(h, "employer");
	html_raw(h, ". What follows is of my own knowledge, and I could testify "
	    "to it.</p>\n");
	draft_paragraph(d);
	html_raw(h, "My training and experience with this program and with the "
	    "protocols that it speaks: ");
	draft_blank(h, "training, experience");
	html_raw(h, ".</p>\n");
}

static void
where(struct draft *d)
{
	struct html *h = &d->h;

	draft_paragraph(d);
	html_raw(h, "On ");
	html_when(h, d->run->started);
	html_raw(h, ", that is ");
	draft_blank(h, "local time and zone");
	if (*d->run->vantage != '\0')
		say(h, ", at a place that case.ini states as %t (",
		    d->run->vantage);
	else
		html_raw(h, ", at (");
	draft_blank(h, "place");
	html_raw(h, "), I ran the program named below on ");
	draft_blank(h, "computer, operating system");
	html_raw(h, ". <cite>[Ex. A-1]</cite></p>\n");
}

static void
tested(struct draft *d)
{
	struct html *h = &d->h;

	draft_paragraph(d);
	html_raw(h, "Before it was used the program was tested by ");
	draft_blank(h, "whom, how");
	html_raw(h, ", with this result: ");
	draft_blank(h, "result");
	html_raw(h, ".</p>\n");
}

/* "A-1 to A-2, B-1": the exhibits of the run, letter by letter. */
static void
reviewed(struct draft *d)
{
	const GPtrArray *all = d->run->exhibits;
	struct html *h = &d->h;

	draft_paragraph(d);
	if (all->len > 0)
		say(h, "I have looked at Exhibits %D to %D (%d in all), ",
		    ((const struct exhibit *)all->pdata[0])->id,
		    ((const struct exhibit *)all->pdata[all->len - 1])->id,
		    (uint64_t)all->len);
	else
		html_raw(h, "I have looked at ");
	draft_blank(h, "which of them, when");
	html_raw(h, "; they are ");
	draft_blank(h, "in what relation to what the program stored");
	html_raw(h, ". Images of pages: ");
	draft_blank(h, "by whom, with which browser, when; or none");
	html_raw(h, ".</p>\n");
}

/* ---- facts -------------------------------------------------------------------------- */

static void
fact(struct draft *d, const struct sentence *s, guint n)
{
	struct html *h = &d->h;

	say(h, "<p class=\"fact\"><span class=\"no\">%i.%i</span> ",
	    (uint64_t)d->paragraph, (uint64_t)n);
	html_raw(h, s->html);
	if (s->other != NULL)
		say(h, " <cite>[%t]</cite>", s->other);
	else
		html_cite(h, s->records);
	html_raw(h, "</p>\n");
}

/* What people brought is of the case, and told with the last target. */
static gboolean
is_told(const struct draft *d, const char *target, const struct sentence *s)
{
	const GPtrArray *targets = d->run->targets;

	return s->group != FACTS_IMPORTED || d->rep->target != NULL ||
	    targets->len == 0 || target == targets->pdata[targets->len - 1];
}

/* The numbered facts of one target's exhibit, one paragraph each. */
static guint
facts_of(struct draft *d, const char *target, guint n)
{
	struct report rep = *d->rep;
	g_autoptr(GPtrArray) list = NULL;
	enum fact_group group = FACT_GROUPS;
	struct view v;

	rep.target = target;
	view_open(&v, &rep);
	list = facts_list(&v, &d->h);
	if (d->rep->target == NULL && d->run->targets->len > 1)
		say(&d->h, "<h2>%p</h2>\n", v.target);
	for (guint i = 0; i < list->len; i++) {
		const struct sentence *s = list->pdata[i];

		if (!is_told(d, target, s))
			continue;
		if (s->group != group)
			say(&d->h, "<h3>%t</h3>\n", fact_group_title(s->group));
		group = s->group;
		fact(d, s, ++n);
	}
	view_close(&v);
	return n;
}

static void
facts(struct draft *d)
{
	const GPtrArray *targets = d->run->targets;
	guint n = 0;

	draft_paragraph(d);
	html_raw(&d->h, "The exhibits hold the following facts.</p>\n");
	if (d->rep->target != NULL || targets->len == 0)
		n = facts_of(d, d->rep->target, n);
	else
		for (guint i = 0; i < targets->len; i++)
			n = facts_of(d, targets->pdata[i], n);
	if (n == 0)
		html_raw(&d->h, "<p>No facts were drawn from this run.</p>\n");
}

/* ---- files of other people --------------------------------------------------------- */

static void
import_row(struct html *h, const struct import *m)
{
	say(h, "<tr><th scope=\"row\">%D</th><td>%f (%t)</td><td>%D%t%t</td><td>",
	    m->exhibit, m->file, import_kind_name(m->kind), m->at, *m->who !=
	    '\0' ? ", " : "", m->who);
	html_hash(h, m->sha256, 16);
	html_raw(h, "</td><td>");
	draft_blank(h, "from whom, when; what was done to it");
	html_raw(h, "</td></tr>\n");
}

static void
imported(struct draft *d)
{
	static const struct column columns[] = {
		{ 8, "Exhibit" }, { 24, "File" }, { 22, "Brought, by whom" },
		{ 24, "SHA-256" }, { 22, "By hand" },
	};
	const GPtrArray *all = d->rec->imports;
	struct html *h = &d->h;
	guint n = 0;

	for (guint i = 0; i < all->len; i++) {
		const struct import *m = all->pdata[i];

		if (m->kind == IMPORT_MOTION)
			continue;
		if (n++ == 0) {
			draft_paragraph(d);
			html_raw(h, "These files were brought into the record, "
			    "as the bytes that their hashes name; the program "
			    "did not observe what they say.</p>\n");
			html_table(h, "", "Imported files", "", columns,
			    G_N_ELEMENTS(columns));
		}
		import_row(h, m);
	}
	if (n > 0)
		html_table_end(h);
}

/* ---- limits -------------------------------------------------------------------------- */

static void
limits(struct draft *d)
{
	g_autoptr(GString) time = g_string_new(NULL);
	g_autofree char *capture = g_strconcat(words_capture,
	    words_images(d->rec), NULL);
	const char *const texts[] = { words_identity, words_edge,
	    words_registration, words_place, capture, words_hash };
	struct html *h = &d->h;

	words_time(time, d->run);
	draft_paragraph(d);
	html_raw(h, "What the record does not show:</p>\n<ul>\n");
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		say(h, "<li>%t</li>\n", texts[i]);
	say(h, "<li>%t</li>\n</ul>\n", time->str);
}

void
render_declaration_html(const struct report *rep, GString *out)
{
	struct draft d;

	draft_open(&d, rep, out, "Declaration",
	    "A draft that software wrote from the record, for counsel to edit "
	    "and for the person who collected to finish. It is nobody\xe2\x80"
	    "\x99s declaration until that person has read it, filled in what "
	    "stands in brackets, struck out what that person does not know, "
	    "and signed. The program leaves blank what it cannot know.");
	who(&d);
	where(&d);
	draft_process(&d);
	tested(&d);
	reviewed(&d);
	draft_course(&d);
	facts(&d);
	imported(&d);
	limits(&d);
	draft_signature(&d);
	draft_close(&d);
}
