/*
 * What two places were shown: the run of this exhibit beside the newest other
 * run of the same target that looked from another place or by another way out.
 *
 * A difference may be one of place or one of time, and the section says how far
 * apart the two runs are.  What agrees is counted only.
 */

#include "reports/exhibit_html.h"

#include <string.h>

#include "reports/diff.h"

static gboolean
has_target(const struct run *r, const char *target)
{
	for (guint i = 0; i < r->targets->len; i++)
		if (strcmp(r->targets->pdata[i], target) == 0)
			return TRUE;
	return FALSE;
}

static const struct run *
other_place(const struct view *v)
{
	const GPtrArray *runs = v->rec->runs;

	for (guint i = runs->len; i-- > 0;) {
		const struct run *r = runs->pdata[i];

		if (r != v->run && has_target(r, v->target) &&
		    (strcmp(r->vantage, v->run->vantage) != 0 ||
		    strcmp(r->exit, v->run->exit) != 0))
			return r;
	}
	return NULL;
}

/* Of the target, or about a name of it. */
static gboolean
concerns(const struct view *v, const struct change *c)
{
	const struct fact *f = c->before != NULL ? c->before : c->after;

	return g_strcmp0(f->target, v->target) == 0 ||
	    name_within(f->subject, v->target);
}

static void
say_place(struct html *h, const struct run *r)
{
	say(h, "run %t of %D: from %t, exit %t", r->name, r->started,
	    *r->vantage != '\0' ? r->vantage : "a place not stated",
	    *r->exit != '\0' ? r->exit : "not recorded");
}

static void
cell(struct html *h, const struct fact *f, const char *otherwise)
{
	g_autoptr(GString) words = g_string_new(NULL);

	if (f == NULL) {
		say(h, "<td>%t</td>", otherwise);
		return;
	}
	change_words(&(struct change){ .after = (struct fact *)(uintptr_t)f },
	    words);
	say(h, "<td>%u</td>", words->str);
}

static void
cite_either(struct html *h, const struct run *r, const struct fact *f)
{
	if (f == NULL)
		return;
	if (r != h->run) {
		say(h, "run %t: %i ", r->name, fact_source(f));
		return;
	}
	g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
	    sizeof(uint64_t));
	cites_fact(records, r, f);
	html_records(h, records);
}

static void
row(struct exhibit_doc *x, const struct diff *d, const struct change *c)
{
	const struct fact *f = c->before != NULL ? c->before : c->after;
	/* The run of this exhibit stands left, whichever was earlier. */
	gboolean left = d->b == x->v.run;
	const struct fact *here = left ? c->after : c->before;
	const struct fact *there = left ? c->before : c->after;
	struct html *h = &x->h;

	say(h, "<tr><td>%t</td><td>%n</td>", fact_info(f->kind)->says,
	    f->subject);
	cell(h, here, "not said");
	cell(h, there, "not said");
	html_raw(h, "<td>");
	cite_either(h, x->v.run, here);
	cite_either(h, left ? d->a : d->b, there);
	html_raw(h, "</td></tr>\n");
}

static void
rows(struct exhibit_doc *x, const struct diff *d)
{
	static const struct column columns[] = {
		{ 22, "What" }, { 20, "Of" }, { 22, "Shown in this run" },
		{ 22, "Shown in the other" }, { 14, "Records" },
	};
	guint n = 0;

	for (guint i = 0; i < d->changes->len; i++)
		n += concerns(&x->v, d->changes->pdata[i]) ? 1 : 0;
	if (n == 0) {
		html_raw(&x->h, "<p>Nothing that both runs asked of this "
		    "target was answered differently. Values that change by "
		    "themselves (lifetimes, serial numbers, hashes of pages) "
		    "are not compared.</p>\n");
		return;
	}
	exhibit_table(x, "", "What was answered differently", "compared by "
	    "question; what was asked in one run only is not here", columns,
	    G_N_ELEMENTS(columns));
	n = 0;
	for (guint i = 0; i < d->changes->len; i++) {
		const struct change *c = d->changes->pdata[i];

		if (!concerns(&x->v, c))
			continue;
		if (exhibit_full(x, n++, G_N_ELEMENTS(columns),
		    d->changes->len))
			break;
		row(x, d, c);
	}
	html_table_end(&x->h);
}

void
exhibit_elsewhere(struct exhibit_doc *x)
{
	const struct run *other = other_place(&x->v);
	gboolean earlier = other != NULL && other->number < x->v.run->number;
	struct html *h = &x->h;
	struct diff *d;

	if (other == NULL) {
		say(h, "<p>The record holds no run of %P from another place or "
		    "by another way out. What is shown elsewhere is not in "
		    "it.</p>\n", x->v.target);
		return;
	}
	html_raw(h, "<p>This is ");
	say_place(h, x->v.run);
	html_raw(h, ". The other is ");
	say_place(h, other);
	html_raw(h, ". What differs may differ by place or by time.</p>\n");
	d = diff_runs(earlier ? other : x->v.run, earlier ? x->v.run : other);
	rows(x, d);
	diff_free(d);
}
