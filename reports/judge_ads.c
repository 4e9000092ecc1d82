#include <string.h>

#include "probes/text.h"
#include "reports/forum.h"
#include "reports/gather.h"
#include "reports/keyed.h"
#include "reports/parts.h"
#include "reports/quoted.h"

/*
 * Factor 3, advertisements, as imported and as runs saw them on pages: J-16, J-21,
 * J-26, J-33, K-12.  What one is about counts, not where it was shown: an
 * advertisement that a visitor from the forum is served says where the visitor was.
 */

#define CITED	20

struct ads {
	guint		 about, shown, general;	/* rows */
	guint		 files;
	struct keyed	*texts, *days, *vantages;	/* of those about the forum */
	GHashTable	*seen;		/* on pages: gather_first */
	gboolean	 outside;	/* one of them was seen from outside it */
	guint		 bought, bought_timed;	/* off the site, in the forum */
};

static void
ads_init(struct ads *n, const struct record *rec)
{
	struct hash_key key;

	hash_key_of_imports(&key, rec->imports);
	*n = (struct ads){ 0 };
	n->texts = keyed_new(&key);
	n->days = keyed_new(&key);
	n->vantages = keyed_new(&key);
	n->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static void
ads_clear(struct ads *n)
{
	keyed_free(n->texts);
	keyed_free(n->days);
	keyed_free(n->vantages);
	g_hash_table_unref(n->seen);
}

static enum within
where(const char *text, const char *forum)
{
	char code[PLACE_CODE];

	return place_of_words(text, code) ? place_within(code, forum) :
	    WITHIN_UNKNOWN;
}

/* Radio, print and the like: bought by the advertiser off the site. */
static const char *const media[] = {
	"radio", "newspaper", "magazine", "billboard", "television", "tv",
	"poster", "direct mail", "invoice", "ad library", "print ad",
	"print advertisement", "printed advertisement", "in print",
};

static gboolean
is_off_site(const struct ad *a)
{
	g_autofree char *all = g_strjoin(" ", a->vantage, a->source, NULL);
	g_autofree char *low = g_ascii_strdown(all, -1);

	/* A medium by itself; "print screen" is how somebody kept it. */
	if (g_ascii_strcasecmp(a->vantage, "print") == 0)
		return TRUE;
	for (size_t i = 0; i < G_N_ELEMENTS(media); i++) {
		const char *p = strstr(low, media[i]);

		if (p != NULL && (p == low || !g_ascii_isalnum(p[-1])) &&
		    !g_ascii_isalnum(p[strlen(media[i])]))
			return TRUE;
	}
	return FALSE;
}

static gboolean
is_timed(const struct ad *a)
{
	return a->time != TIME_UNKNOWN && (a->faults & (ROW_TIME_NONE |
	    ROW_TIME_BAD | ROW_TIME_AMBIGUOUS | ROW_TIME_FUTURE)) == 0;
}

static void
about_seen(struct ads *n, const char *text, const char *vantage)
{
	g_autofree char *words = g_utf8_casefold(text, -1);
	g_autofree char *from = g_utf8_casefold(vantage, -1);

	keyed_add_text(n->texts, words);
	if (*from != '\0')
		keyed_add_text(n->vantages, from);
}

/* One of the two columns has to say so: a town that cannot be read, with nothing
 * beside it, may well lie in the forum. */
static gboolean
is_outside(const struct ad *a, const char *forum)
{
	return where(a->place_shown, forum) == WITHIN_OUT ||
	    where(a->vantage, forum) == WITHIN_OUT;
}

static void
ad_about(struct ads *n, const struct ad *a, const char *forum)
{
	char day[32];

	n->about++;
	about_seen(n, a->text, *a->vantage != '\0' ? a->vantage :
	    a->place_shown);
	n->outside |= is_outside(a, forum);
	if (!is_timed(a))
		return;
	text_time(day, a->time);
	keyed_add(n->days, day, 10);
}

enum ads_of { ADS_ON_SITE, ADS_BOUGHT };

static void
read_ad(struct finding *f, const struct import *i, const struct ad *a,
    enum ads_of of, struct ads *n)
{
	gboolean here = where(a->about_place, f->forum) == WITHIN_IN;
	gboolean shown = where(a->place_shown, f->forum) == WITHIN_IN;

	if ((a->faults & (ROW_MALFORMED | ROW_DUPLICATE)) != 0)
		return;
	if (is_off_site(a)) {
		n->bought += (guint)shown;
		n->bought_timed += shown && is_timed(a) ? 1u : 0u;
		if (of == ADS_BOUGHT && shown && f->for_->len < CITED)
			finding_for_import(f, i, a->row);
		return;
	}
	if (here)
		ad_about(n, a, f->forum);
	else if (shown)
		n->shown++;
	else
		n->general++;
	if (of != ADS_ON_SITE)
		return;
	if (here && f->for_->len < CITED)
		finding_for_import(f, i, a->row);
	else if (!here && f->against->len < CITED)
		finding_against_import(f, i, a->row);
}

static gboolean
is_page_ad(const struct fact *fact)
{
	return fact->kind == FACT_PAGE_WORDS &&
	    strcmp(fact_str(fact, "rule"), "advertisement") == 0;
}

/* Words of an advertisement on a page that name the forum. */
static void
page_ad(struct finding *f, const struct run *run, const struct fact *fact,
    void *arg)
{
	struct ads *n = arg;

	if (!is_page_ad(fact) ||
	    !words_name_forum(fact_str(fact, "text"), f->forum))
		return;
	n->about += gather_first(n->seen, fact) ? 1u : 0u;
	about_seen(n, fact_str(fact, "text"), run->vantage);
	n->outside |= where(run->vantage, f->forum) == WITHIN_OUT;
	keyed_add(n->days, run->started, MIN(strlen(run->started), 10u));
	if (f->for_->len < CITED)
		finding_for(f, run, fact);
}

static void
ads_of(struct finding *f, enum ads_of of, struct ads *n)
{
	const struct record *rec = f->sight->rec;

	ads_init(n, rec);
	if (of == ADS_ON_SITE)
		gather_each(f, page_ad, n);
	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *m = g_ptr_array_index(rec->imports, i);

		if (m->kind != IMPORT_ADS)
			continue;
		n->files++;
		for (guint k = 0; k < m->rows->len; k++)
			read_ad(f, m, &g_array_index(m->rows, struct ad, k),
			    of, n);
	}
}

static void
no_ads(struct finding *f, const struct ads *n)
{
	f->status = ST_NONE;
	if (n->files == 0)
		finding_note(f, "nothing in the record: no advertisements "
		    "imported, and none about the forum on a page");
	else
		finding_note(f, "imported advertisements: %u shown in the forum "
		    "and not about it, %u neither; none about the forum",
		    n->shown, n->general);
	finding_missing(f, "%s", f->element->raises);
	judge_pages_failed(f);
}

/* ---- J-21 ------------------------------------------------------------------------ */

static void
say_about(struct finding *f, const struct ads *n)
{
	guint from = keyed_size(n->vantages);
	g_autofree char *seen = from == 0 ?
	    g_strdup("from where they were seen is not stated") :
	    g_strdup_printf("seen from %u place%s%s", PLURAL(from),
	    !n->outside ? "" : from == 1 ? ", not in the forum" :
	    ", one of them not in the forum");

	finding_note(f, "%u advertisement%s about the forum: %u text%s, on %u "
	    "day%s, %s", PLURAL(n->about),
	    PLURAL(keyed_size(n->texts)),
	    PLURAL(keyed_size(n->days)), seen);
}

void
judge_ads(const struct record *rec, struct finding *f)
{
	struct ads n;

	(void)rec;
	if (quoted_judge(f, "J-21"))
		return;
	ads_of(f, ADS_ON_SITE, &n);
	if (n.about == 0) {
		no_ads(f, &n);
		ads_clear(&n);
		return;
	}
	say_about(f, &n);
	f->status = keyed_size(n.texts) > 1 &&
	    keyed_size(n.days) > 1 &&
	    keyed_size(n.vantages) > 1 && n.outside ? ST_SUP : ST_PART;
	if (keyed_size(n.texts) < 2)
		finding_missing(f, "more than one such advertisement");
	if (keyed_size(n.days) < 2)
		finding_missing(f, "the same over time: more than one day");
	if (keyed_size(n.vantages) < 2 || !n.outside)
		finding_lacks(f, SUPPLY_ADS_ELSEWHERE, "the same seen from a second place, outside "
		    "the forum");
	ads_clear(&n);
}

/* ---- J-26 ------------------------------------------------------------------------ */

void
judge_bought_ads(const struct record *rec, struct finding *f)
{
	struct ads n;

	(void)rec;
	if (quoted_judge(f, "J-26"))
		return;
	ads_of(f, ADS_BOUGHT, &n);
	if (n.bought > 0) {
		f->status = n.bought_timed > 0 ? ST_SUP : ST_PART;
		finding_note(f, "%u advertisement%s off the site (radio, print "
		    "and the like) run in the forum; that the site's people "
		    "bought them is as imported", PLURAL(n.bought));
		if (n.bought_timed == 0)
			finding_missing(f, "their dates");
	} else {
		f->status = ST_NONE;
		finding_note(f, n.files == 0 ? "nothing in the record: no "
		    "advertisements imported" : "no imported advertisement was "
		    "run off the site in the forum");
		finding_missing(f, "%s", f->element->raises);
	}
	ads_clear(&n);
}

/* ---- J-16, K-12 ------------------------------------------------------------------- */

void
judge_encourages(const struct record *rec, struct finding *f)
{
	struct ads n;
	struct quoted q;

	(void)rec;
	quoted_find(f, "J-16", NULL, &q);
	ads_of(f, ADS_ON_SITE, &n);
	f->status = ST_NONE;
	if (n.about + n.bought + q.found > 0) {
		finding_note(f, "promotion directed at the forum is in the "
		    "record: %u", n.about + n.bought + q.found);
	} else if (n.shown + n.general > 0) {
		f->status = ST_INSUF;
		finding_note(f, "%u imported advertisement%s, none of them "
		    "about the forum", PLURAL(n.shown + n.general));
		finding_missing(f, "promotion directed at the forum, with date "
		    "and place");
	} else {
		no_ads(f, &n);
	}
	ads_clear(&n);
}

/* Advertising on pages with nothing on its direction; once a page and words. */
static void
large_fact(struct finding *f, const struct run *run, const struct fact *fact,
    void *arg)
{
	static const struct want links[] = {
		{ FACT_PAGE_LINK, "purpose", "advertising" },
	};
	const char *value;

	if (is_page_ad(fact) ? words_name_forum(fact_str(fact, "text"),
	    f->forum) : !gather_wants(links, G_N_ELEMENTS(links), fact, &value))
		return;
	tally(arg, fact);
	finding_against(f, run, fact);
}

guint
judge_ads_at_large(struct finding *f)
{
	struct tally large = tally_new();
	struct ads n;

	gather_each(f, large_fact, &large);
	ads_of(f, ADS_ON_SITE, &n);
	ads_clear(&n);
	return tally_end(&large) + n.shown + n.general;
}

void
judge_general_ads(const struct record *rec, struct finding *f)
{
	guint large = judge_ads_at_large(f);
	struct ads n;

	(void)rec;
	ads_of(f, ADS_ON_SITE, &n);
	ads_clear(&n);
	if (large > 0) {
		f->status = ST_INSUF;
		finding_note(f, "advertising on pages, with nothing on its "
		    "direction, and imported advertisements not about the "
		    "forum: %u", large);
		finding_missing(f, "advertisements about or for the forum "
		    "(J-21)");
	} else if (n.about > 0) {
		f->status = ST_NONE;
		finding_note(f, "each advertisement is about the forum: see "
		    "J-21");
		judge_pages_failed(f);
	} else if (!judge_no_run(f)) {
		gather_none(f, "no advertising on a page, and none imported "
		    "at large");
	}
}

/* ---- J-33: how users are targeted --------------------------------------------------- */

static const char *const targeting[] = { "J-21", "J-22", "J-23", "J-24",
	"J-25", "J-26" };

/* The best of them; each that has a fact of its own is told. */
static enum status
targeting_of(struct finding *f)
{
	enum status best = ST_NONE;
	struct parts p;

	parts_init(&p, f);
	for (size_t i = 0; i < G_N_ELEMENTS(targeting); i++) {
		const struct part *x;

		/* a bare number of users targets nobody */
		if (strcmp(targeting[i], "J-25") == 0 &&
		    !judge_audience_earns(f))
			continue;
		x = parts_take(&p, targeting[i]);
		if (x->status == ST_SUP || x->status == ST_PART) {
			if (x->from == NULL)
				finding_note(f, "see %s: %s", x->id,
				    element_find(x->id)->label);
			best = x->status == ST_SUP || best == ST_SUP ? ST_SUP :
			    ST_PART;
		} else if (x->status == ST_NC && best == ST_NONE &&
		    f->sight->rec->runs->len > 0) {
			best = ST_NC;
		}
	}
	parts_note_same(&p, TRUE);
	parts_clear(&p);
	return best;
}

void
judge_targeted(const struct record *rec, struct finding *f)
{
	gboolean told = quoted_judge(f, "J-33"), names = quoted_names(f);
	enum status best = targeting_of(f);

	(void)rec;
	told |= (best == ST_SUP || best == ST_PART) &&
	    judge_argued(f, 1u << 3 | 1u << 5);
	if (best == ST_SUP && told) {
		f->status = ST_SUP;
		finding_missing_none(f);
	} else if (best == ST_SUP || best == ST_PART || names) {
		f->status = ST_PART;
		if (best != ST_SUP)
			finding_missing(f, "facts of the kinds at J-21 to "
			    "J-26");
		if (!told)
			finding_lacks(f, SUPPLY_COUNSEL, "an explanation of how "
			    "users there are targeted: a document, or a "
			    "paragraph of the motion");
	} else {
		f->status = best;
		finding_note(f, told ? "what is quoted names no user there: a "
		    "conclusion, with no facts of the kinds at J-21 to J-26" :
		    "nothing in the record: no facts of the kinds at J-21 to "
		    "J-26");
		judge_turn(f);
		finding_missing(f, "%s", f->element->raises);
	}
}
