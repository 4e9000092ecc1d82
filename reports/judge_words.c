#include <string.h>

#include "reports/delivery.h"
#include "reports/forum.h"
#include "reports/call.h"
#include "reports/gather.h"
#include "reports/phrase.h"
#include "reports/quoted.h"

/*
 * Factor 3, words of pages: of an audience (J-22), offers that name the forum
 * (J-23), what pages are about (J-24), and where their visitor is (J-29).
 */

struct naming {
	const char	*rule;
	guint		 here, elsewhere, numbers;
	GHashTable	*seen;
};

static gboolean
names_forum(const struct finding *f, const struct fact *fact)
{
	return words_name_forum(fact_str(fact, "text"), f->forum) ||
	    place_within(fact_str(fact, "detail"), f->forum) == WITHIN_IN;
}

/* In digits or in words: "forty thousand people", "half of our viewers"; "millions"
 * is none. */
static gboolean
has_number(const char *text)
{
	static const char *const words[] = {
		"hundred|thousand|million|half|third|quarter",
	};

	return strpbrk(text, "0123456789") != NULL || patterns_in(text,
	    strlen(text), words, G_N_ELEMENTS(words), NULL);
}

/* A price cut for visitors of a place is an offer to them, by whoever advertises:
 * it tells of no audience that is there. */
static gboolean
is_offer(const char *text)
{
	static const char *const offers[] = {
		"off ~2 for", "discount|discounts|coupon|save|saves|deal|deals",
		"rabatt|korting|remise|descuento|sconto|desconto",
	};

	return patterns_in(text, strlen(text), offers, G_N_ELEMENTS(offers),
	    NULL);
}

static void
naming_fact(struct finding *f, const struct run *run, const struct fact *fact,
    void *arg)
{
	struct naming *n = arg;

	if (fact->kind != FACT_PAGE_WORDS ||
	    strcmp(fact_str(fact, "rule"), n->rule) != 0)
		return;
	if (is_offer(fact_str(fact, "text")))
		return;
	if (!names_forum(f, fact)) {
		n->elsewhere += gather_first(n->seen, fact) ? 1u : 0u;
		finding_against(f, run, fact);
		return;
	}
	finding_for(f, run, fact);
	if (!gather_first(n->seen, fact))
		return;
	n->here++;
	n->numbers += has_number(fact_str(fact, "text")) ? 1u : 0u;
}

/* ---- J-22 ---------------------------------------------------------------------- */

/* What the site itself publishes of its audience is its people's word: with a
 * number, whole.  A number of the whole world, or of the country, says nothing
 * of the state. */
enum status
judge_pages_audience(struct finding *f)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);
	struct naming n = { .rule = "audience", .seen = seen };

	if (judge_no_run(f))
		return ST_NC;
	gather_each(f, naming_fact, &n);
	if (n.here > 0) {
		f->status = n.numbers > 0 ? ST_SUP : ST_PART;
		finding_note(f, "words on the site's own pages about an "
		    "audience that name the forum: %u, with a number: %u",
		    n.here, n.numbers);
		return f->status;
	}
	gather_none(f, "no words on a page about an audience in the forum, "
	    "and no numbers of the site's people imported");
	if (n.elsewhere > 0)
		finding_note(f, "words on pages about an audience that do not "
		    "name the forum: %u", n.elsewhere);
	return f->status;
}

/* ---- J-23 ---------------------------------------------------------------------- */

static void
offer_fact(struct finding *f, const struct run *run, const struct fact *fact,
    void *arg)
{
	static const struct want offers[] = {
		{ FACT_PAGE_WORDS, "rule", "vpn-offer" },
		{ FACT_PAGE_WORDS, "rule", "app-offer" },
	};
	struct tally *n = arg;
	const char *value;

	if (!gather_wants(offers, G_N_ELEMENTS(offers), fact, &value) ||
	    !words_name_forum(fact_str(fact, "text"), f->forum))
		return;
	tally(n, fact);
	finding_for(f, run, fact);
}

guint
judge_offers_there(struct finding *f)
{
	struct tally n = tally_new();

	gather_each(f, offer_fact, &n);
	if (n.n > 0)
		finding_note(f, "offers on pages that name the forum: %u", n.n);
	return tally_end(&n);
}

/* ---- J-24 ---------------------------------------------------------------------- */

/* Pages (gather_page): in the title or words of which the forum is named. */
struct subject { GHashTable *pages, *named, *titled; };

static void
subject_fact(struct finding *f, const struct run *run, const struct fact *fact,
    void *arg)
{
	struct subject *s = arg;
	gpointer page = (gpointer)(guintptr)gather_page(fact);

	if (fact->kind == FACT_HTTP_PAGE) {
		g_hash_table_add(s->pages, page);
		if (!words_name_forum(fact_str(fact, "title"), f->forum))
			return;
		g_hash_table_add(s->titled, page);
		finding_for(f, run, fact);
	} else if (fact->kind == FACT_PAGE_WORDS &&
	    strcmp(fact_str(fact, "rule"), "country") == 0) {
		if (!names_forum(f, fact)) {
			finding_against(f, run, fact);
			return;
		}
		g_hash_table_add(s->named, page);
		finding_for(f, run, fact);
	}
}

/*
 * What a page is about is for a reader; what can be counted is its title, and the
 * words in it that name the forum.  The subject is centred there where the titles
 * of two pages or more, and of half of all, name it.
 */
static void
subject_verdict(struct finding *f, const struct subject *s)
{
	guint titled = g_hash_table_size(s->titled);
	guint named = g_hash_table_size(s->named);
	guint pages = g_hash_table_size(s->pages);

	if (titled + named == 0) {
		gather_none(f, "no title of a page and no words on one name "
		    "the forum");
		return;
	}
	f->status = titled > 1 && 2 * titled >= pages ? ST_SUP : ST_PART;
	finding_note(f, "of %u page%s, %u name the forum in the title, %u in "
	    "the text; films made there are another matter, and were not "
	    "counted", PLURAL(pages), titled, named);
	if (f->status == ST_PART)
		finding_missing(f, "that the subject matter is the forum's: "
		    "more of the pages, or a document, with a statement that "
		    "quotes it");
}

void
judge_subject(const struct record *rec, struct finding *f)
{
	struct subject s;

	(void)rec;
	if (quoted_judge(f, "J-24") || judge_no_run(f))
		return;
	s.pages = g_hash_table_new(g_str_hash, g_str_equal);
	s.named = g_hash_table_new(g_str_hash, g_str_equal);
	s.titled = g_hash_table_new(g_str_hash, g_str_equal);
	gather_each(f, subject_fact, &s);
	subject_verdict(f, &s);
	g_hash_table_unref(s.pages);
	g_hash_table_unref(s.named);
	g_hash_table_unref(s.titled);
}

/* ---- J-29 ---------------------------------------------------------------------- */

/* Headers in which the far side wrote our country. */
static const char *const country_headers[] = {
	"cf-ipcountry", "x-country", "x-country-code", "x-geo-country",
};

gboolean
judge_country_header(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(country_headers); i++)
		if (g_ascii_strcasecmp(name, country_headers[i]) == 0)
			return TRUE;
	return FALSE;
}

static gboolean
tells_place(const struct fact *fact)
{
	switch (fact->kind) {
	case FACT_PAGE_WORDS:
		return strcmp(fact_str(fact, "rule"), "visitor-location") == 0;
	case FACT_HTTP_HEADER:
		return judge_country_header(fact_str(fact, "name"));
	case FACT_PAGE_HOST:
		return locator(fact_str(fact, "host"));
	case FACT_PAGE_CALL:
		return call_place(fact);
	default:
		return FALSE;
	}
}

static void
place_fact(struct finding *f, const struct run *run, const struct fact *fact,
    void *arg)
{
	if (!tells_place(fact))
		return;
	tally(arg, fact);
	finding_against(f, run, fact);
}

/* The application itself is not run: pages, and what is imported of it. */
void
judge_knows_place(const struct record *rec, struct finding *f)
{
	struct tally places = tally_new();
	struct quoted q;
	guint n;

	(void)rec;
	quoted_find(f, "J-29", NULL, &q);
	gather_each(f, place_fact, &places);
	n = tally_end(&places);
	if (q.found + n > 0) {
		f->status = ST_INSUF;
		finding_note(f, "words, headers, services and scripts of pages "
		    "about where the visitor is: %u; documents on it: %u", n,
		    q.found);
		finding_lacks(f, SUPPLY_NUMBERS_ADS, "facts of the kinds at "
		    "J-21 to J-26 and J-30");
		return;
	}
	if (!judge_no_run(f))
		gather_none(f, "no page tells or asks where its visitor is");
	finding_note(f, "the application is not run by this program, and no "
	    "capture of it is imported");
	finding_lacks(f, SUPPLY_APPLICATION, "a capture of what the application sends, with a "
	    "statement that quotes it");
}
