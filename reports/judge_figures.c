#include "reports/gather.h"
#include "reports/judge_userbase.h"
#include "reports/quoted.h"

/*
 * Factor 3, numbers: J-32 and what rests on it (J-17, J-23, J-25, J-34, K-06,
 * K-09, K-10).  A log's count of distinct users serves as a number as well, with
 * its source and days.  No number is too small or large.
 */

#define CITED	12

void
userbase_cite(struct finding *f, const struct figure *g, gboolean against)
{
	g_autofree char *words = figure_words(g);

	if (against)
		finding_against_import(f, g->import, g->n->row);
	else
		finding_for_import(f, g->import, g->n->row);
	if (f->notes->len < CITED)
		finding_note(f, "%s", words);
}

static gboolean
is_method_told(const struct figure *g)
{
	return *g->n->method != '\0';
}

gboolean
userbase_one(const struct number *n)
{
	return n->high >= 0 && n->high <= 1;
}

static void
say_differ(struct finding *f, const struct figure_pair *p)
{
	const struct number *a = p->one->n, *b = p->two->n;

	finding_note(f, "two numbers of one measure cannot both be right: %s "
	    "for %s from %s to %s, and %s for %s from %s to %s", a->value,
	    a->place, a->period_start, a->period_end, b->value, b->place,
	    b->period_start, b->period_end);
}

static void
extent_differ(struct finding *f, const struct figures *g, struct userbase *x)
{
	const struct figure_pair *p = figures_differ(g, FALSE);

	x->differ = p != NULL;
	if (p != NULL)
		say_differ(f, p);
}

/* Numbers of the forum: whole where source, method and period are told. */
static void
extent_here(struct finding *f, const struct figures *g, struct userbase *x)
{
	for (guint i = 0; i < g->here->len; i++) {
		const struct figure *n = &g_array_index(g->here, struct figure,
		    i);

		if (userbase_one(n->n)) {
			userbase_cite(f, n, TRUE);
			continue;
		}
		userbase_cite(f, n, FALSE);
		x->sourced += figure_sourced(n) ? 1u : 0u;
		if (figure_sourced(n) && figure_dated(n) && is_method_told(n))
			x->whole++;
		else
			x->part++;
	}
	for (guint i = 0; i < g->parts->len; i++) {
		const struct figure *n = &g_array_index(g->parts, struct figure,
		    i);

		userbase_cite(f, n, FALSE);
		x->sourced += figure_sourced(n) ? 1u : 0u;
		x->part++;
	}
	for (guint i = 0; i < g->wider->len; i++) {
		userbase_cite(f, &g_array_index(g->wider, struct figure, i), TRUE);
		x->wider++;
	}
	for (guint i = 0; i < g->shares->len; i++) {
		userbase_cite(f, &g_array_index(g->shares, struct figure, i),
		    FALSE);
		x->shares++;
	}
	extent_differ(f, g, x);
}

static void
extent_users(struct finding *f, struct userbase *x)
{
	const struct audience *u = f->sight->audience;
	const struct crowd *w = audience_crowd(u, f->forum);

	x->users = w->households;
	x->sourced += w->households > 1 && w->sourced ? 1u : 0u;
	if (w->example == NULL)
		return;
	if (w->households > 1)
		finding_for_import(f, g_ptr_array_index(u->rec->imports,
		    w->example->import), w->example->row);
	else
		finding_against_import(f, g_ptr_array_index(u->rec->imports,
		    w->example->import), w->example->row);
	finding_note(f, "counted in the logs: %u distinct third-party "
	    "address%s in the forum, %u household%s; what a log holds is what "
	    "was seen, not all users", w->users, w->users == 1 ? "" : "es",
	    PLURAL(w->households));
	if (w->households > 1 && w->sourced && w->dated)
		x->whole++;
	else if (w->households > 1)
		x->part++;
}

void
userbase_of(struct finding *f, struct userbase *x)
{
	struct figures g;

	*x = (struct userbase){ 0 };
	figures_of(f->sight->rec, f->forum, &g);
	extent_here(f, &g, x);
	extent_users(f, x);
	if (g.bad > 0)
		finding_note(f, "%u row%s of numbers kept and not counted: no "
		    "value, or a place that is no country or state",
		    PLURAL(g.bad));
	if (g.other != NULL)
		finding_note(f, "imported numbers that count no audience (%s) "
		    "are kept and not counted", g.other);
	figures_clear(&g);
}

void
userbase_counted(struct finding *f, struct counted *c)
{
	struct figures g;

	*c = (struct counted){ 0 };
	figures_of(f->sight->rec, f->forum, &g);
	for (guint i = 0; i < g.here->len + g.parts->len; i++) {
		const struct figure *n = i < g.here->len ?
		    &g_array_index(g.here, struct figure, i) :
		    &g_array_index(g.parts, struct figure, i - g.here->len);
		gboolean one = userbase_one(n->n);

		if (n->n->high == 0)
			continue;
		c->one += one ? 1u : 0u;
		c->more += one ? 0u : 1u;
		userbase_cite(f, n, one);
	}
	figures_clear(&g);
}

static void
nothing_here(struct finding *f, const struct userbase *x)
{
	f->status = ST_NONE;
	if (x->wider > 0)
		finding_note(f, "numbers of the country or of the world are "
		    "in the record; they do not fill this cell");
	else if (x->users == 0)
		finding_note(f, "nothing in the record: no numbers imported "
		    "for the forum");
	finding_missing(f, "numbers by place and period, with source and "
	    "method");
}

/* The log's users are no extent while nobody knows where they are: nothing was looked
 * up, or it did not answer.  One of them would be none anywhere. */
static void
nobody_here(struct finding *f, const struct userbase *x)
{
	const struct crowd *w = audience_crowd(f->sight->audience, f->forum);
	guint lost = w->unknown + w->conflict;

	nothing_here(f, x);
	if (lost == 0 || w->households + lost < 2)
		return;
	f->status = ST_NC;
	finding_note(f, "the place of %u address%s in the logs is not known: not "
	    "looked up, no answer, or sources that differ", lost,
	    lost == 1 ? "" : "es");
	finding_lacks(f, SUPPLY_LOOK_UP, "a look-up in databases of places: "
	    "goodcause collect");
}

/* ---- J-32, K-06, J-34 --------------------------------------------------------------- */

/* A document that a statement quotes, with a number of the forum in it. */
static void
extent_quoted(struct finding *f, struct userbase *x)
{
	struct quoted q;

	quoted_find(f, f->element->id, NULL, &q);
	if (q.found == 0)
		return;
	if (!quoted_counts(f))
		finding_note(f, "what is quoted has no number that it says is "
		    "of the forum");
	else if (q.dated > 0)
		x->whole++;
	else
		x->part++;
}

void
judge_extent(const struct record *rec, struct finding *f)
{
	struct userbase x;

	(void)rec;
	userbase_of(f, &x);
	extent_quoted(f, &x);
	if (x.differ) {
		f->status = ST_CONF;
		finding_missing(f, "which of the numbers is right");
	} else if (x.whole > 0) {
		f->status = ST_SUP;
		finding_note(f, "no threshold is applied: the order sets none");
	} else if (x.part > 0) {
		f->status = ST_PART;
		finding_missing(f, "source, method and period of the number, "
		    "for the forum as a whole");
	} else if (x.shares > 0) {
		f->status = ST_PART;
		finding_missing(f, "the number itself: a share says not of how "
		    "many");
	} else {
		nobody_here(f, &x);
	}
}

/* A number of the state fills the state's cell; the country's does not. */
void
judge_national(const struct record *rec, struct finding *f)
{
	struct userbase x;

	(void)rec;
	userbase_of(f, &x);
	if (x.whole + x.part == 0) {
		nobody_here(f, &x);
	} else if (g_strcmp0(f->forum, "US") == 0) {
		f->status = x.sourced > 0 ? ST_PART : ST_INSUF;
		finding_missing(f, x.sourced > 0 ? "a number for the state" :
		    "the number's source, and a number for the state");
	} else {
		f->status = ST_NONE;
		finding_note(f, "a number for the state is in the record: see "
		    "J-32");
	}
}

/* ---- K-09, K-10 ------------------------------------------------------------------------ */

/* Numbers and their source are facts; what explains them is counsel's: a document
 * that a statement quotes, or a paragraph of the motion that argues from them. */
static gboolean
is_explained(struct finding *f, gboolean told)
{
	gboolean argued = judge_argued(f, 1u << 3 | 1u << 5);

	return told || argued;
}

void
judge_explained(const struct record *rec, struct finding *f)
{
	gboolean told = quoted_judge(f, "K-09"), counts = quoted_counts(f);
	struct userbase x;

	(void)rec;
	userbase_of(f, &x);
	if (x.whole > 0 && is_explained(f, told)) {
		f->status = ST_SUP;
		finding_missing_none(f);
	} else if (x.whole + x.part > 0 || counts) {
		f->status = ST_PART;
		finding_lacks(f, x.whole > 0 ? SUPPLY_COUNSEL : SUPPLY_NUMBERS,
		    "%s", x.whole > 0 ? "an explanation of what the numbers "
		    "show: a document, or a paragraph of the motion" :
		    "numbers, with their source");
	} else {
		nobody_here(f, &x);
		if (told)
			finding_note(f, "what is quoted has no number of the "
			    "United States: an assertion");
		judge_turn(f);
	}
}

static gboolean
is_downloads(const struct figure *g)
{
	return figure_measured(g->n) == MEASURED_DOWNLOADS;
}

static void
downloads(struct finding *f, const GArray *list, gboolean here,
    struct userbase *x)
{
	for (guint i = 0; i < list->len; i++) {
		const struct figure *n = &g_array_index(list, struct figure, i);

		if (!is_downloads(n) || userbase_one(n->n))
			continue;
		userbase_cite(f, n, !here && !figure_sourced(n));
		if (here && figure_sourced(n))
			x->whole++;
		else if (here)
			x->part++;
		else
			x->wider += figure_sourced(n) ? 1u : 0u;
	}
}

/* The band that a store's page shows is of all its storefronts. */
static void
band_fact(struct finding *f, const struct run *run, const struct fact *fact,
    void *arg)
{
	struct userbase *x = arg;

	if (fact->kind != FACT_STORE_APP || *fact_str(fact, "downloads") ==
	    '\0')
		return;
	x->wider++;
	finding_for(f, run, fact);
	finding_note(f, "%s shows %s downloads, over all countries",
	    fact_str(fact, "store"), fact_str(fact, "downloads"));
}

/* A store's band over the world is a sourced number of downloads, and not the
 * United States': some of the facts, never all. */
void
judge_downloads(const struct record *rec, struct finding *f)
{
	struct userbase x = { 0 };
	const struct figure_pair *p;
	struct figures g;

	extent_quoted(f, &x);
	gather_each(f, band_fact, &x);

	figures_of(rec, f->forum, &g);
	downloads(f, g.here, TRUE, &x);
	downloads(f, g.parts, TRUE, &x);
	downloads(f, g.wider, FALSE, &x);
	p = figures_differ(&g, TRUE);
	if (p != NULL) {
		f->status = ST_CONF;
		say_differ(f, p);
		finding_missing(f, "which of the counts is right");
	} else if (x.whole > 0) {
		f->status = ST_SUP;
		finding_note(f, "the order cites a case with roughly 50,000 "
		    "undisputed US downloads; it sets no threshold");
	} else if (x.part + x.wider > 0) {
		f->status = ST_PART;
		finding_missing(f, x.part > 0 ? "the source of the count" :
		    "a count for the United States: a count over the world is "
		    "not one");
	} else {
		nothing_here(f, &x);
		judge_pages_failed(f);
	}
	if (f->status != ST_SUP)
		judge_stores_unasked(f);
	figures_clear(&g);
}

/* ---- money: J-17, J-23, J-25 ---------------------------------------------------------- */

struct money { guint whole, part, zero, wider; };

static void
money_of(struct finding *f, const struct figures *g, struct money *m)
{
	*m = (struct money){ 0 };
	for (guint i = 0; i < g->money->len; i++) {
		const struct figure *n = &g_array_index(g->money,
		    struct figure, i);
		gboolean zero = n->n->high == 0;

		userbase_cite(f, n, zero);
		m->zero += zero ? 1u : 0u;
		if (!zero && figure_sourced(n) && figure_dated(n))
			m->whole++;
		else if (!zero)
			m->part++;
	}
	for (guint i = 0; i < g->money_wider->len; i++) {
		userbase_cite(f, &g_array_index(g->money_wider, struct figure, i), TRUE);
		m->wider++;
	}
}

void
judge_income(const struct record *rec, struct finding *f)
{
	struct figures g;
	struct money m;
	struct quoted q;
	guint acts;

	figures_of(rec, f->forum, &g);
	money_of(f, &g, &m);
	figures_clear(&g);
	quoted_find(f, "J-17", NULL, &q);
	acts = judge_acts_in_forum(f, HUMAN_SOLD);
	f->status = ST_NONE;
	if (m.whole + m.part + q.found + acts > 0) {
		finding_note(f, "contracts, sales or income from the forum are "
		    "in the record: %u", m.whole + m.part + q.found + acts);
		return;
	}
	finding_lacks(f, SUPPLY_MONEY, "contracts, sales or income from the forum, with "
	    "their papers");
	if (m.zero > 0) {
		f->status = ST_INSUF;
		finding_note(f, "the imported file states no income from the "
		    "forum");
	} else {
		finding_note(f, m.wider > 0 ? "income of the country or of the "
		    "world is not income from the forum" : "nothing in the "
		    "record: no sale to or income from the forum imported");
	}
}

/* Advertisements about the forum (J-21), where no sale or offer is beside them. */
static gboolean
exploited_by_ads(struct finding *f, gboolean alone)
{
	struct finding *ads = judge_part(f, "J-21");
	gboolean there = ads->status == ST_SUP || ads->status == ST_PART;
	g_autofree char *which = pointers_text(ads->for_);

	if (there && alone)
		finding_head(f, "from J-21 alone: the advertisements about the "
		    "forum (%s); no sale, offer or income beside them", which);
	finding_free(ads);
	return there;
}

void
judge_exploited(const struct record *rec, struct finding *f)
{
	gboolean told = quoted_judge(f, "J-23"), ads;
	guint offers = judge_offers_there(f);
	struct figures g;
	struct money m;

	figures_of(rec, f->forum, &g);
	money_of(f, &g, &m);
	figures_clear(&g);
	ads = exploited_by_ads(f, !told && m.whole + m.part + offers == 0);
	if (told)
		return;
	if (m.whole > 0) {
		f->status = ST_SUP;
	} else if (m.part + offers > 0 || ads) {
		f->status = ST_PART;
		finding_lacks(f, SUPPLY_MONEY, "sales, offers or income for the forum, with "
		    "source and period");
	} else {
		f->status = ST_NONE;
		finding_note(f, "nothing in the record: no income, sale or "
		    "offer for the forum");
		finding_lacks(f, SUPPLY_MONEY, "sales, advertisements or offers for the "
		    "forum alone");
		judge_pages_failed(f);
	}
}

void
judge_integral(const struct record *rec, struct finding *f)
{
	gboolean told = quoted_judge(f, "J-25");
	struct figures g;
	struct userbase x;
	struct money m;

	figures_of(rec, f->forum, &g);
	money_of(f, &g, &m);
	figures_clear(&g);
	userbase_of(f, &x);
	if (told)
		return;
	if (x.whole > 0 && m.whole > 0) {
		f->status = ST_SUP;
	} else if (x.whole + x.part + m.whole + m.part > 0) {
		f->status = ST_PART;
		finding_lacks(f, m.whole > 0 ? SUPPLY_NUMBERS : SUPPLY_MONEY,
		    "%s", m.whole > 0 ? "the number of the forum's "
		    "audience, with source, method and period" :
		    "what was earned by the forum's audience, with source and "
		    "period");
	} else {
		nobody_here(f, &x);
	}
}
