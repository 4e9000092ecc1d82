#include <string.h>

#include "reports/judge_userbase.h"
#include "reports/papers.h"
#include "reports/parts.h"
#include "reports/quoted.h"

/*
 * Factor 3, what numbers come to beside other facts: shares (J-31), the three
 * limbs (J-30), and whether the site's people knew and used their users (J-22,
 * K-13).
 */

/* ---- what makes facts of numbers --------------------------------------------------- */

static void
count_statement(const struct statement *s, void *n)
{
	(void)s;
	++*(guint *)n;
}

gboolean
judge_audience_earns(const struct finding *f)
{
	struct figures g;
	guint n = 0;

	quoted_each(f, "J-25", NULL, count_statement, &n);
	figures_of(f->sight->rec, f->forum, &g);
	for (guint i = 0; i < g.money->len; i++)
		n += g_array_index(g.money, struct figure, i).n->high != 0;
	figures_clear(&g);
	return n > 0;
}

/* Of the imports that it points at, the first that the motion argues from is told. */
gboolean
judge_argued(struct finding *f, unsigned factors)
{
	for (guint i = 0; i < f->for_->len; i++) {
		const struct import *im = g_array_index(f->for_,
		    struct pointer, i).import;
		struct place at;

		if (im == NULL || !papers_argue(f->sight, im, factors, &at))
			continue;
		finding_note(f, "the motion argues from %s at line %u, column "
		    "%u; what that comes to is counsel's", im->exhibit, at.line,
		    at.column);
		return TRUE;
	}
	return FALSE;
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

		if (w == NULL || userbase_one(a->n))
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

/* What is told of the forum beside nothing: shares without their whole, numbers
 * without the world's. */
static guint
say_alone(struct finding *f, const struct figures *g)
{
	guint n = 0;

	for (guint i = 0; i < g->shares->len; i++, n++)
		userbase_cite(f, &g_array_index(g->shares, struct figure, i),
		    FALSE);
	for (guint i = 0; i < g->here->len; i++) {
		const struct figure *a = &g_array_index(g->here,
		    struct figure, i);

		if (userbase_one(a->n))
			continue;
		n++;
		finding_for_import(f, a->import, a->n->row);
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
	numbers = g.parts->len + say_alone(f, &g);
	figures_clear(&g);
	finding_note(f, "no share is read as a floor: the order sets none");
	if (shares > 0 && limbs == ST_SUP) {
		f->status = ST_SUP;
	} else if (shares + numbers > 0 || limbs == ST_SUP ||
	    limbs == ST_PART) {
		f->status = ST_PART;
		if (shares == 0)
			finding_lacks(f, SUPPLY_NUMBERS, "numbers of the forum "
			    "and of the world, for one measure and period");
		if (limbs != ST_SUP)
			finding_lacks(f, SUPPLY_NUMBERS_ADS,
			    "all three limbs of J-30");
		if (shares + numbers == 0)
			finding_note(f, "from J-30 alone: no number of the "
			    "forum is in the record");
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
limb_deliberate(struct finding *f, gboolean earns, struct parts *p)
{
	enum status best = ST_NONE;

	for (size_t i = 0; i < G_N_ELEMENTS(deliberate); i++) {
		enum status s;

		/* how many they are shows nothing of why */
		if (strcmp(deliberate[i], "J-25") == 0 && !earns)
			continue;
		s = parts_take(p, deliberate[i])->status;
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

static gboolean
is_there(enum status s)
{
	return s == ST_SUP || s == ST_PART;
}

static const char *
limb_word(enum status s)
{
	return s == ST_SUP ? "in the record" : s == ST_PART ?
	    "in the record in part" : "not in the record";
}

static enum status
limb_continuous(struct finding *f, enum status substantial)
{
	const struct crowd *w = audience_crowd(f->sight->audience, f->forum);
	enum status continuous = ST_NONE;
	struct figures g;

	if (!is_there(substantial))
		return ST_NONE;
	figures_of(f->sight->rec, f->forum, &g);
	if (g.periods > 1 || (w->households > 1 && w->months > 1))
		continuous = ST_SUP;
	else if (g.periods == 1 || w->months == 1)
		continuous = ST_PART;
	figures_clear(&g);
	return continuous;
}

/* The three limbs in one sentence; of the third, which elements have a fact of
 * their own. */
static void
say_limbs(struct finding *f, enum status substantial, enum status continuous,
    enum status direct, gboolean earns, const struct parts *p)
{
	g_autofree char *which = parts_list(p, TRUE);
	gboolean bare = is_there(substantial) && !earns;

	finding_note(f, "substantial: numbers of the forum %s; continuous: "
	    "more than one period %s; deliberate: facts of J-21 to J-26%s %s%s"
	    "%s", limb_word(substantial), limb_word(continuous), bare ?
	    ", but for how many they are (J-25)," : "", limb_word(direct),
	    *which != '\0' ? ": " : "", which);
	parts_note_same(p, TRUE);
}

void
judge_three_limbs(const struct record *rec, struct finding *f)
{
	enum status substantial = judge_also(f, "J-32"), direct,
	     continuous = limb_continuous(f, substantial);
	gboolean earns = judge_audience_earns(f);
	struct parts p;

	(void)rec;
	parts_init(&p, f);
	direct = limb_deliberate(f, earns, &p);
	say_limbs(f, substantial, continuous, direct, earns, &p);
	parts_clear(&p);
	if (substantial == ST_SUP && continuous == ST_SUP && direct == ST_SUP)
		f->status = ST_SUP;
	else if (substantial == ST_SUP || substantial == ST_PART ||
	    direct == ST_SUP || direct == ST_PART)
		f->status = ST_PART;
	else
		f->status = substantial == ST_NC ? ST_NC : direct;
	if (substantial != ST_SUP)
		finding_lacks(f, SUPPLY_NUMBERS, "substantial: numbers of the forum's "
		    "audience (J-32)");
	if (continuous != ST_SUP)
		finding_lacks(f, SUPPLY_NUMBERS, "continuous: numbers for more than one "
		    "period");
	if (direct != ST_SUP)
		finding_lacks(f, SUPPLY_ADS, "deliberate: facts of the kinds at J-21 to "
		    "J-26");
}

/* ---- J-22, K-13: knowledge ------------------------------------------------------------------- */

/* Words of a source that say the number is the site's people's own. */
static const char *const own_words[] = {
	"media kit", "press kit", "sales deck", "operator", "site's own",
	"own statistics", "defendant", "published by the site",
	"site statistics", "public counter", "publisher's own", "admin",
	"dashboard of the site", "statement of the site",
};
/* Words of one that somebody else counted; they go before the site's name. */
static const char *const stranger_words[] = {
	"estimate", "estimated", "alexa", "similarweb", "semrush", "comscore",
	"quantcast", "third party", "third-party", "panel", "swarm", "tracker",
	"investigator", "expert", "store", "traffic service",
};

static gboolean
has_one(const char *low, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(low, words[i]) != NULL)
			return TRUE;
	return FALSE;
}

/* A source that names the site and no stranger is the site's. */
static gboolean
is_theirs(const struct finding *f, const struct figure *g)
{
	g_autofree char *all = g_strjoin(" ", g->n->source, g->n->method, NULL);
	g_autofree char *low = g_ascii_strdown(all, -1);
	g_autofree char *source = g_ascii_strdown(g->n->source, -1);

	if (has_one(low, own_words, G_N_ELEMENTS(own_words)))
		return TRUE;
	if (has_one(low, stranger_words, G_N_ELEMENTS(stranger_words)))
		return FALSE;
	for (guint i = 0; i < f->sight->sites->len; i++) {
		const struct site *s = g_ptr_array_index(f->sight->sites, i);

		if (strstr(source, s->name) != NULL)
			return TRUE;
	}
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
		gboolean theirs;

		if (userbase_one(n->n))
			continue;
		theirs = is_theirs(f, n);
		userbase_cite(f, n, !theirs);
		if (!theirs)
			k->others++;
		else if (figure_dated(n))
			k->whole++;
		else
			k->part++;
	}
	figures_clear(&g);
}

/* What was had of J-21, where nothing else shows knowledge. */
static void
say_from_ads(struct finding *f, const struct finding *ads, guint others)
{
	g_autofree char *which = pointers_text(ads->for_);

	if (others > 0)
		finding_head(f, "from J-21: the advertisements about the forum "
		    "(%s), beside numbers of its traffic", which);
	else
		finding_head(f, "from J-21 alone: the advertisements about the "
		    "forum (%s); no word or number of the site's people beside "
		    "them", which);
}

/* Advertisements about the forum were what showed the knowledge there; with
 * numbers of its traffic beside them they do. */
static enum status
known_by_ads(struct finding *f, const struct known *k, enum status pages)
{
	struct finding *ads = judge_part(f, "J-21");
	enum status s = ads->status;

	if (is_there(s) && k->whole == 0 && pages != ST_SUP &&
	    pages != ST_PART)
		say_from_ads(f, ads, k->others + k->part);
	finding_free(ads);
	return s;
}

void
judge_knowledge(const struct record *rec, struct finding *f)
{
	struct known k = { 0 };
	enum status pages, ads;

	if (quoted_judge(f, "J-22"))
		return;
	known_figures(f, &k);
	/* A media kit can be imported as well: without a run nothing is open. */
	pages = rec->runs->len > 0 ? judge_pages_audience(f) : ST_NONE;
	ads = known_by_ads(f, &k, pages);
	if (k.whole > 0 || pages == ST_SUP ||
	    (ads == ST_SUP && k.others + k.part > 0)) {
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
	if (rec->runs->len == 0)
		finding_note(f, "nothing in the record: no words of the site's "
		    "people about an audience in the forum imported, and no "
		    "page collected");
	if (k.others > 0)
		finding_note(f, "an estimate of traffic by somebody else shows "
		    "no knowledge of the site's people");
	finding_lacks(f, SUPPLY_PAPER, "%s", f->element->raises);
}

void
judge_unknown_base(const struct record *rec, struct finding *f)
{
	enum status known, used;
	struct userbase x;
	struct parts p;

	parts_init(&p, f);
	known = parts_take(&p, "J-22")->status;
	used = parts_take(&p, "J-23")->status;
	userbase_of(f, &x);
	parts_note_same(&p, TRUE);
	parts_clear(&p);
	if (is_there(known) || is_there(used)) {
		f->status = ST_NONE;
		finding_note(f, "facts on knowledge (J-22): %s; on "
		    "exploitation (J-23): %s", limb_word(known),
		    limb_word(used));
		if (!is_there(known))
			finding_missing(f, "knowledge, with its facts (J-22)");
		if (!is_there(used))
			finding_lacks(f, SUPPLY_MONEY, "exploitation, with its facts "
			    "(J-23)");
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
