#include "reports/figures.h"
#include "reports/judge.h"
#include "reports/quoted.h"

/*
 * Factor 3, numbers: J-32 and what rests on it (J-17, J-22, J-23, J-25, J-31,
 * J-34, K-06, K-09, K-10, K-13).  A log's count of distinct users serves as a
 * number as well, with its source and days.  No number is too small or large.
 */

#define CITED	12

struct extent { guint whole, part, wider, users; gboolean differ; };

static void
cite(struct finding *f, const struct figure *g, gboolean against)
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

/* A single user is what the order had, whoever counts it. */
static gboolean
is_one(const struct number *n)
{
	return n->high >= 0 && n->high <= 1;
}

/* Numbers of the forum: whole where source, method and period are told. */
static void
extent_here(struct finding *f, const struct figures *g, struct extent *x)
{
	for (guint i = 0; i < g->here->len; i++) {
		const struct figure *n = &g_array_index(g->here, struct figure,
		    i);

		if (is_one(n->n)) {
			cite(f, n, TRUE);
			continue;
		}
		cite(f, n, FALSE);
		if (figure_sourced(n) && figure_dated(n) && is_method_told(n))
			x->whole++;
		else
			x->part++;
	}
	for (guint i = 0; i < g->parts->len; i++) {
		cite(f, &g_array_index(g->parts, struct figure, i), FALSE);
		x->part++;
	}
	for (guint i = 0; i < g->wider->len; i++) {
		cite(f, &g_array_index(g->wider, struct figure, i), TRUE);
		x->wider++;
	}
	if (g->differ[0] != NULL) {
		x->differ = TRUE;
		finding_note(f, "two numbers of one measure and period cannot "
		    "both be right: %s and %s", g->differ[0]->n->value,
		    g->differ[1]->n->value);
	}
}

static void
extent_users(struct finding *f, struct extent *x)
{
	const struct audience *u = f->sight->audience;
	const struct crowd *w = audience_crowd(u, f->forum);

	x->users = w->households;
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

static void
extent_of(struct finding *f, struct extent *x)
{
	struct figures g;

	*x = (struct extent){ 0 };
	figures_of(f->sight->rec, f->forum, &g);
	extent_here(f, &g, x);
	extent_users(f, x);
	if (g.bad > 0)
		finding_note(f, "%u row%s of numbers kept and not counted: no "
		    "value or no place", PLURAL(g.bad));
	figures_clear(&g);
}

static void
nothing_here(struct finding *f, const struct extent *x)
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

/* ---- J-32, K-06, J-34 --------------------------------------------------------------- */

void
judge_extent(const struct record *rec, struct finding *f)
{
	struct extent x;

	(void)rec;
	extent_of(f, &x);
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
	} else {
		nothing_here(f, &x);
	}
}

/* A number of the state fills the state's cell; the country's does not. */
void
judge_national(const struct record *rec, struct finding *f)
{
	struct extent x;

	(void)rec;
	extent_of(f, &x);
	if (x.whole + x.part == 0) {
		nothing_here(f, &x);
	} else if (g_strcmp0(f->forum, "US") == 0) {
		f->status = ST_PART;
		finding_missing(f, "a number for the state");
	} else {
		f->status = ST_NONE;
		finding_note(f, "a number for the state is in the record: see "
		    "J-32");
	}
}

/* ---- K-09, K-10 ------------------------------------------------------------------------ */

void
judge_explained(const struct record *rec, struct finding *f)
{
	gboolean told = quoted_judge(f, "K-09");
	struct extent x;

	(void)rec;
	extent_of(f, &x);
	if (x.whole > 0 && told) {
		f->status = ST_SUP;
	} else if (x.whole + x.part > 0 || told) {
		f->status = ST_PART;
		finding_missing(f, told ? "numbers, with their source" :
		    "an explanation of what the numbers show");
	} else {
		nothing_here(f, &x);
	}
}

static gboolean
is_downloads(const struct figure *g)
{
	return g_ascii_strcasecmp(g->n->measure, "downloads") == 0;
}

static void
downloads(struct finding *f, const GArray *list, gboolean here,
    struct extent *x)
{
	for (guint i = 0; i < list->len; i++) {
		const struct figure *n = &g_array_index(list, struct figure, i);

		if (!is_downloads(n) || is_one(n->n))
			continue;
		cite(f, n, !here && !figure_sourced(n));
		if (here && figure_sourced(n))
			x->whole++;
		else if (here)
			x->part++;
		else
			x->wider += figure_sourced(n) ? 1u : 0u;
	}
}

/* A store's band over the world is a sourced number of downloads, and not the
 * United States': some of the facts, never all. */
void
judge_downloads(const struct record *rec, struct finding *f)
{
	struct extent x = { 0 };
	struct figures g;

	figures_of(rec, f->forum, &g);
	downloads(f, g.here, TRUE, &x);
	downloads(f, g.parts, TRUE, &x);
	downloads(f, g.wider, FALSE, &x);
	if (g.differ[0] != NULL && is_downloads(g.differ[0])) {
		f->status = ST_CONF;
		finding_note(f, "two counts of one period cannot both be "
		    "right: %s and %s", g.differ[0]->n->value,
		    g.differ[1]->n->value);
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
	}
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

		cite(f, n, zero);
		m->zero += zero ? 1u : 0u;
		if (!zero && figure_sourced(n) && figure_dated(n))
			m->whole++;
		else if (!zero)
			m->part++;
	}
	for (guint i = 0; i < g->money_wider->len; i++) {
		cite(f, &g_array_index(g->money_wider, struct figure, i), TRUE);
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
	finding_missing(f, "contracts, sales or income from the forum, with "
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

void
judge_exploited(const struct record *rec, struct finding *f)
{
	gboolean told = quoted_judge(f, "J-23");
	enum status ads = judge_also(f, "J-21");
	struct figures g;
	struct money m;

	figures_of(rec, f->forum, &g);
	money_of(f, &g, &m);
	figures_clear(&g);
	if (told)
		return;
	if (m.whole > 0) {
		f->status = ST_SUP;
	} else if (m.part > 0 || ads == ST_SUP || ads == ST_PART) {
		f->status = ST_PART;
		finding_missing(f, "sales, offers or income for the forum, with "
		    "source and period");
	} else {
		f->status = ST_NONE;
		finding_note(f, "nothing in the record: no income, sale or "
		    "offer for the forum");
		finding_missing(f, "sales, advertisements or offers for the "
		    "forum alone");
	}
}

void
judge_integral(const struct record *rec, struct finding *f)
{
	gboolean told = quoted_judge(f, "J-25");
	struct figures g;
	struct extent x;
	struct money m;

	figures_of(rec, f->forum, &g);
	money_of(f, &g, &m);
	figures_clear(&g);
	extent_of(f, &x);
	if (told)
		return;
	if (x.whole > 0 && m.whole > 0) {
		f->status = ST_SUP;
	} else if (x.whole + x.part + m.whole + m.part > 0) {
		f->status = ST_PART;
		finding_missing(f, m.whole > 0 ? "the number of the forum's "
		    "audience, with source, method and period" :
		    "what was earned by the forum's audience, with source and "
		    "period");
	} else {
		nothing_here(f, &x);
	}
}

/* ---- J-31: the number and the share, side by side ------------------------------------------ */

static guint
say_shares(struct finding *f, const struct figures *g)
{
	guint n = 0;

	for (guint i = 0; i < g->here->len; i++) {
		const struct figure *a = &g_array_index(g->here,
		    struct figure, i);
		const struct figure *w = figure_world(g, a);

		if (w == NULL || is_one(a->n))
			continue;
		n++;
		finding_for_import(f, a->import, a->n->row);
		finding_for_import(f, w->import, w->n->row);
		finding_note(f, "%s: %s in %s, of %s over the world (%s to %s)",
		    a->n->measure, a->n->value, a->n->place, w->n->value,
		    *a->n->period_start != '\0' ? a->n->period_start : "?",
		    *a->n->period_end != '\0' ? a->n->period_end : "?");
	}
	return n;
}

void
judge_share(const struct record *rec, struct finding *f)
{
	enum status limbs = judge_also(f, "J-30");
	struct figures g;
	guint shares, numbers;

	figures_of(rec, f->forum, &g);
	shares = say_shares(f, &g);
	numbers = g.here->len + g.parts->len;
	figures_clear(&g);
	finding_note(f, "no share is read as a floor: the order sets none");
	if (shares > 0 && limbs == ST_SUP) {
		f->status = ST_SUP;
	} else if (shares + numbers > 0 || limbs == ST_SUP ||
	    limbs == ST_PART) {
		f->status = ST_PART;
		if (shares == 0)
			finding_missing(f, "numbers of the forum and of the "
			    "world, for one measure and period");
		if (limbs != ST_SUP)
			finding_missing(f, "all three limbs of J-30");
	} else {
		f->status = limbs;
		finding_missing(f, "numbers by place and period, with source "
		    "and method");
		finding_note(f, "nothing in the record: no numbers imported "
		    "for the forum");
	}
}

/* ---- J-30: three limbs ---------------------------------------------------------------------- */

static const char *const deliberate[] = { "J-21", "J-22", "J-23", "J-24",
	"J-25", "J-26" };

static enum status
limb_deliberate(struct finding *f)
{
	enum status best = ST_NONE;

	for (size_t i = 0; i < G_N_ELEMENTS(deliberate); i++) {
		enum status s = judge_also(f, deliberate[i]);

		if (s == ST_SUP)
			best = ST_SUP;
		else if (s == ST_PART && best != ST_SUP)
			best = ST_PART;
		else if (s == ST_NC && best == ST_NONE &&
		    f->sight->rec->runs->len > 0)
			best = ST_NC;
	}
	return best;
}

static const char *
limb_word(enum status s)
{
	return s == ST_SUP ? "in the record" : s == ST_PART ?
	    "in the record in part" : "not in the record";
}

void
judge_three_limbs(const struct record *rec, struct finding *f)
{
	const struct crowd *w = audience_crowd(f->sight->audience, f->forum);
	enum status substantial = judge_also(f, "J-32"), continuous = ST_NONE,
	     direct = limb_deliberate(f);
	struct figures g;

	figures_of(rec, f->forum, &g);
	if (g.periods > 1 || (w->households > 1 && w->months > 1))
		continuous = ST_SUP;
	else if (g.periods == 1 || w->months == 1)
		continuous = ST_PART;
	figures_clear(&g);
	if (substantial != ST_SUP && substantial != ST_PART)
		continuous = ST_NONE;
	finding_note(f, "substantial: numbers of the forum %s; continuous: "
	    "more than one period %s; deliberate: facts of J-21 to J-26 %s",
	    limb_word(substantial), limb_word(continuous), limb_word(direct));
	if (substantial == ST_SUP && continuous == ST_SUP && direct == ST_SUP)
		f->status = ST_SUP;
	else if (substantial == ST_SUP || substantial == ST_PART ||
	    direct == ST_SUP || direct == ST_PART)
		f->status = ST_PART;
	else
		f->status = direct;
	if (substantial != ST_SUP)
		finding_missing(f, "substantial: numbers of the forum's "
		    "audience (J-32)");
	if (continuous != ST_SUP)
		finding_missing(f, "continuous: numbers for more than one "
		    "period");
	if (direct != ST_SUP)
		finding_missing(f, "deliberate: facts of the kinds at J-21 to "
		    "J-26");
}

/* ---- J-22, K-13: knowledge ------------------------------------------------------------------- */

/* Words of a source that say the number is the site's people's own. */
static const char *const own_words[] = {
	"media kit", "operator", "site's own", "own statistics", "defendant",
	"published by the site", "site statistics", "public counter",
};

static gboolean
is_theirs(const struct figure *g)
{
	g_autofree char *all = g_strjoin(" ", g->n->source, g->n->method, NULL);
	g_autofree char *low = g_ascii_strdown(all, -1);

	for (size_t i = 0; i < G_N_ELEMENTS(own_words); i++)
		if (strstr(low, own_words[i]) != NULL)
			return TRUE;
	return FALSE;
}

struct known { guint whole, part, others; };

static void
known_figures(struct finding *f, struct known *k)
{
	struct figures g;

	figures_of(f->sight->rec, f->forum, &g);
	for (guint i = 0; i < g.here->len; i++) {
		const struct figure *n = &g_array_index(g.here, struct figure,
		    i);

		if (is_one(n->n))
			continue;
		cite(f, n, !is_theirs(n));
		if (!is_theirs(n))
			k->others++;
		else if (figure_dated(n))
			k->whole++;
		else
			k->part++;
	}
	figures_clear(&g);
}

/* Advertisements about the forum were what showed the knowledge there; with
 * numbers of its traffic beside them they do. */
void
judge_knowledge(const struct record *rec, struct finding *f)
{
	struct known k = { 0 };
	enum status pages, ads;

	(void)rec;
	if (quoted_judge(f, "J-22"))
		return;
	known_figures(f, &k);
	pages = judge_pages_audience(f);
	ads = judge_also(f, "J-21");
	if (k.whole > 0 || (ads == ST_SUP && k.others + k.part > 0)) {
		f->status = ST_SUP;
		return;
	}
	if (k.part > 0 || pages == ST_PART || ads == ST_SUP || ads == ST_PART) {
		f->status = ST_PART;
		finding_missing(f, "whose words or numbers they are, and what "
		    "they rest on");
		return;
	}
	f->status = pages;
	if (k.others > 0)
		finding_note(f, "an estimate of traffic by somebody else shows "
		    "no knowledge of the site's people");
	finding_missing(f, "a statement of the site's people, a media kit or a "
	    "counter by country");
}

void
judge_unknown_base(const struct record *rec, struct finding *f)
{
	enum status known, used;
	struct extent x;

	known = judge_also(f, "J-22");
	used = judge_also(f, "J-23");
	extent_of(f, &x);
	if (known == ST_SUP || known == ST_PART || used == ST_SUP ||
	    used == ST_PART) {
		f->status = ST_NONE;
		finding_note(f, "facts on knowledge (J-22) or exploitation "
		    "(J-23) are in the record");
		return;
	}
	finding_missing(f, "knowledge and exploitation, each with its facts");
	f->status = x.whole + x.part > 0 ? ST_INSUF :
	    rec->runs->len > 0 ? known : ST_NONE;
	finding_note(f, f->status == ST_INSUF ? "numbers of users, and no fact "
	    "that shows that the site's people knew or used them" :
	    "nothing in the record: no numbers and no knowledge of users in "
	    "the United States");
}
