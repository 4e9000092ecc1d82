#include "reports/forum.h"
#include "reports/judge.h"
#include "reports/quoted.h"

/*
 * Factor 3: what the pages say.  Pages are read as received, without scripts:
 * what a predicate does not find may still have been there for a browser, and
 * each says so through words_capture in the documents.
 */

/* Facts of a kind whose field has the value; NULL: any. */
struct want {
	enum fact_kind	 kind;
	const char	*field, *value;
};

struct gather {
	const struct want *want;
	size_t		 wants;
	gboolean	 against;
	guint		 n;
	GString		*list;		/* of the values of the field, or NULL */
};

static gboolean
wanted(const struct gather *g, const struct fact *fact, const char **value)
{
	for (size_t i = 0; i < g->wants; i++) {
		const struct want *w = &g->want[i];

		if (fact->kind != w->kind)
			continue;
		*value = w->field != NULL ? fact_str(fact, w->field) : "";
		if (w->value == NULL || strcmp(*value, w->value) == 0)
			return TRUE;
	}
	return FALSE;
}

static void
gather_visit(struct finding *f, const struct visit *v, void *arg)
{
	struct gather *g = arg;

	for (guint i = 0; i < v->facts->len; i++) {
		const struct fact *fact = g_ptr_array_index(v->facts, i);
		const char *value;

		if (fact->target == NULL ||
		    strcmp(fact->target, v->target) != 0 ||
		    !wanted(g, fact, &value))
			continue;
		g->n++;
		if (g->list != NULL)
			list_add(g->list, value);
		if (g->against)
			finding_against(f, v->run, fact);
		else
			finding_for(f, v->run, fact);
	}
}

static guint
gather(struct finding *f, const struct want *want, size_t wants,
    gboolean against, GString *list)
{
	struct gather g = { want, wants, against, 0, list };

	judge_visits(f, gather_visit, &g);
	return g.n;
}

static const struct want any_page[] = { { FACT_HTTP_PAGE, NULL, NULL } };

/* What was looked for is on no page: NONE where all pages came, NC otherwise. */
static void
not_on_pages(struct finding *f, const char *what)
{
	gboolean open = judge_sites_open(f, LOOK_PAGES);

	finding_missing(f, "%s", f->element->raises);
	if (f->sight->sites->len == 0) {
		f->status = ST_NC;
		finding_note(f, "no page was asked for");
	} else if (!open) {
		f->status = ST_NONE;
		finding_note(f, "%s", what);
	}
}

/* ---- J-08, J-12, J-13: facts that support ------------------------------------- */

static void
judge_support(struct finding *f, const struct want *want, size_t wants,
    const char *found, const char *missing, const char *none)
{
	g_autoptr(GString) list = g_string_new(NULL);
	guint n;

	if (judge_no_run(f))
		return;
	n = gather(f, want, wants, FALSE, list);
	if (n == 0) {
		not_on_pages(f, none);
		return;
	}
	f->status = ST_PART;
	finding_note(f, "%s: %u (%s)", found, n, list->str);
	finding_missing(f, "%s", missing);
}

void
judge_act(const struct record *rec, struct finding *f)
{
	static const struct want want[] = {
		{ FACT_PAGE_LINK, "purpose", "download" },
		{ FACT_PAGE_LINK, "purpose", "vpn" },
		{ FACT_PAGE_WORDS, "rule", "app-offer" },
		{ FACT_PAGE_WORDS, "rule", "vpn-offer" },
		{ FACT_PAGE_WORDS, "rule", "torrent-link" },
	};

	(void)rec;
	judge_support(f, want, G_N_ELEMENTS(want), "offers on pages",
	    "who acted, when, and with which work",
	    "no offer of an application, a download or a service on a page");
}

void
judge_interactive(const struct record *rec, struct finding *f)
{
	static const struct want want[] = {
		{ FACT_PAGE_FORM, "purpose", NULL },
	};

	(void)rec;
	judge_support(f, want, G_N_ELEMENTS(want), "forms on pages",
	    "what is exchanged, and with whom; interactive alone is not "
	    "enough (J-20)", "no form on a page; scripts were not run");
}

void
judge_commerce(const struct record *rec, struct finding *f)
{
	static const struct want want[] = {
		{ FACT_PAGE_PRICE, "currency", NULL },
		{ FACT_PAGE_FORM, "purpose", "payment" },
		{ FACT_PAGE_LINK, "purpose", "pricing" },
		{ FACT_PAGE_LINK, "purpose", "vpn" },
		{ FACT_PAGE_LINK, "purpose", "advertising" },
		{ FACT_PAGE_WORDS, "rule", "advertisement" },
		{ FACT_PAGE_WORDS, "rule", "vpn-offer" },
		{ FACT_PAGE_WORDS, "rule", "payment-method" },
	};

	(void)rec;
	judge_support(f, want, G_N_ELEMENTS(want), "commercial matter on pages",
	    "sales or income, and from where", "no price, payment, "
	    "advertisement or paid plan on a page");
}

/* An offer in a log, message or document stands before one on a page. */
void
judge_for_sale(const struct record *rec, struct finding *f)
{
	static const struct want want[] = {
		{ FACT_PAGE_WORDS, "rule", "for-sale" },
		{ FACT_PAGE_CLASS, "class", "for-sale" },
	};

	judge_human(rec, f);
	if (f->status != ST_NONE)
		return;
	if (rec->runs->len == 0)
		return;
	g_ptr_array_set_size(f->missing, 0);
	judge_support(f, want, G_N_ELEMENTS(want),
	    "words on pages that offer the name",
	    "who offers it: a registrar's own page says nothing of the Does",
	    "no offer of the name on a page, and none imported");
}

/* ---- J-11, J-20, J-29, K-12, K-14: facts that do not suffice --------------------- */

static void
judge_insufficient(struct finding *f, const struct want *want, size_t wants,
    const char *found, const char *missing, const char *none)
{
	guint n;

	if (judge_no_run(f))
		return;
	n = gather(f, want, wants, TRUE, NULL);
	if (n == 0) {
		not_on_pages(f, none);
		return;
	}
	f->status = ST_INSUF;
	finding_note(f, "%s: %u", found, n);
	finding_missing(f, "%s", missing);
}

static void
note_vantage(struct finding *f)
{
	const struct run *run = record_last_run(f->sight->rec);

	if (run == NULL)
		return;
	if (*run->vantage != '\0')
		finding_note(f, "fetched from: %s", run->vantage);
	else
		finding_note(f, "from where it was fetched is not stated");
}

void
judge_accessible(const struct record *rec, struct finding *f)
{
	(void)rec;
	judge_insufficient(f, any_page, G_N_ELEMENTS(any_page),
	    "ACCESSIBILITY_ONLY: pages that could be fetched",
	    "facts of the kinds at J-21 to J-26 and J-30",
	    "no page of a site is in the record");
	if (f->status == ST_INSUF)
		note_vantage(f);
}

void
judge_passive(const struct record *rec, struct finding *f)
{
	static const struct want forms[] = { { FACT_PAGE_FORM, NULL, NULL } };
	guint n;

	(void)rec;
	if (judge_no_run(f))
		return;
	n = gather(f, forms, 1, FALSE, NULL);
	if (n > 0) {
		f->status = ST_NONE;
		finding_note(f, "%u form%s on pages: not merely passive, see "
		    "J-12", PLURAL(n));
		return;
	}
	judge_insufficient(f, any_page, G_N_ELEMENTS(any_page),
	    "pages with no form on them; scripts were not run",
	    "exchange with users (J-12)", "no page of a site is in the record");
}

/* The application itself is not run: pages, and what is imported of it. */
void
judge_knows_place(const struct record *rec, struct finding *f)
{
	static const struct want want[] = {
		{ FACT_PAGE_WORDS, "rule", "visitor-location" },
	};
	struct quoted q;
	guint n;

	(void)rec;
	quoted_find(f, "J-29", NULL, &q);
	n = gather(f, want, G_N_ELEMENTS(want), TRUE, NULL);
	if (q.found + n == 0) {
		f->status = ST_NC;
		finding_note(f, "the application is not run by this program, "
		    "and no capture of it is imported");
		finding_missing(f, "%s", "a capture of what the application "
		    "sends, with a statement that quotes it");
		return;
	}
	f->status = ST_INSUF;
	finding_note(f, "words on pages about where the visitor is: %u; "
	    "documents on it: %u", n, q.found);
	finding_missing(f, "facts of the kinds at J-21 to J-26 and J-30");
}

void
judge_page_ads(const struct record *rec, struct finding *f)
{
	static const struct want want[] = {
		{ FACT_PAGE_WORDS, "rule", "advertisement" },
		{ FACT_PAGE_LINK, "purpose", "advertising" },
	};

	(void)rec;
	judge_insufficient(f, want, G_N_ELEMENTS(want),
	    "advertising on pages, with nothing on its direction",
	    "advertisements about or for the forum (J-21)",
	    "no advertising on a page");
}

static const struct want vpn_offers[] = {
	{ FACT_PAGE_WORDS, "rule", "vpn-offer" },
	{ FACT_PAGE_LINK, "purpose", "vpn" },
};

static gboolean
is_vpn(const struct fact *fact)
{
	const struct gather g = { vpn_offers, G_N_ELEMENTS(vpn_offers), FALSE,
		0, NULL };
	const char *value;

	return wanted(&g, fact, &value);
}

/* A pitch that names the United States on the page of an offer. */
static void
pitch_visit(struct finding *f, const struct visit *v, void *arg)
{
	guint *n = arg;

	for (guint i = 0; i < v->facts->len; i++) {
		const struct fact *offer = g_ptr_array_index(v->facts, i);

		for (guint k = 0; is_vpn(offer) && k < v->facts->len; k++) {
			const struct fact *x = g_ptr_array_index(v->facts, k);

			if (x->kind != FACT_PAGE_WORDS ||
			    strcmp(x->subject, offer->subject) != 0 ||
			    !words_name_forum(fact_str(x, "text"), "US"))
				continue;
			(*n)++;
			finding_for(f, v->run, offer);
			finding_for(f, v->run, x);
		}
	}
}

/* A price in dollars is asked of everyone, and alone directs nothing. */
void
judge_vpn_offer(const struct record *rec, struct finding *f)
{
	guint n = 0;

	(void)rec;
	if (quoted_judge(f, "K-14"))
		return;
	judge_visits(f, pitch_visit, &n);
	if (n > 0) {
		f->status = ST_PART;
		finding_note(f, "on the page of an offer of a VPN stand words "
		    "that name the United States: %u", n);
		finding_missing(f, "that the offer speaks to users there");
		return;
	}
	judge_insufficient(f, vpn_offers, G_N_ELEMENTS(vpn_offers),
	    "offers of a VPN on pages",
	    "what directs the offer at a US audience",
	    "no offer of a VPN on a page");
}

/* ---- K-11: a store as a channel ------------------------------------------------------ */

void
judge_channel(const struct record *rec, struct finding *f)
{
	static const struct want want[] = { { FACT_STORE_APP, "store", NULL } };
	g_autoptr(GString) list = g_string_new(NULL);

	(void)rec;
	if (quoted_judge(f, "K-11"))
		return;
	if (gather(f, want, G_N_ELEMENTS(want), FALSE, list) > 0) {
		f->status = ST_PART;
		finding_note(f, "pages of stores in the record (%s): that the "
		    "storefront is of the United States is not said by them",
		    list->str);
		finding_missing(f, "a listing in a US storefront, with price "
		    "and seller, and a statement that quotes it");
		return;
	}
	f->status = ST_NONE;
	finding_note(f, "nothing in the record: no listing in a store "
	    "collected or imported");
	finding_missing(f, "the document, with a statement that quotes it");
	if (rec->runs->len > 0)
		judge_sites_open(f, LOOK_PAGES);
}

/* ---- J-14: markets that pages name -------------------------------------------------- */

struct market {
	const char	*forum;
	const char	*place;		/* "Hawaii"; NULL: the United States */
	gboolean	 known;		/* whether the forum has a name here */
	guint		 for_, elsewhere;
	GString		*list;
};

/* "US", or one of its states. */
static gboolean
names_code(const char *code)
{
	return strcmp(code, "US") == 0 || g_str_has_prefix(code, "US-");
}

/* hreflang values such as "en-US"; any: whether a region is named at all. */
static gboolean
names_region(const struct fact *fact, gboolean any)
{
	json_t *list = fact_get(fact, "hreflang"), *x;
	size_t i;

	json_array_foreach(list, i, x) {
		const char *tag = json_string_value(x);
		const char *dash = tag != NULL ? strrchr(tag, '-') : NULL;

		if (dash != NULL && (any ||
		    g_ascii_strcasecmp(dash + 1, "US") == 0))
			return TRUE;
	}
	return FALSE;
}

/* 1 names the forum's market, 0 another one, -1 none. */
static int
market_of(const struct market *m, const struct fact *fact, const char **what)
{
	const char *rule = fact_str(fact, "rule");

	switch (fact->kind) {
	case FACT_PAGE_PRICE:
		*what = fact_str(fact, "currency");
		return m->place == NULL && strcmp(*what, "USD") == 0;
	case FACT_PAGE_LANG:
		*what = "hreflang";
		if (!names_region(fact, TRUE))
			return -1;
		return m->place == NULL && names_region(fact, FALSE);
	case FACT_PAGE_WORDS:
		*what = rule;
		if (strcmp(rule, "country") == 0 &&
		    *fact_str(fact, "detail") != '\0' && m->place == NULL)
			return names_code(fact_str(fact, "detail"));
		if (strcmp(rule, "governing-law") != 0 &&
		    strcmp(rule, "country") != 0)
			return -1;
		return words_name_forum(fact_str(fact, "text"), m->forum);
	default:
		return -1;
	}
}

static void
market_visit(struct finding *f, const struct visit *v, void *arg)
{
	struct market *m = arg;

	for (guint i = 0; i < v->facts->len; i++) {
		const struct fact *fact = g_ptr_array_index(v->facts, i);
		const char *what = "";
		int is = market_of(m, fact, &what);

		if (is < 0)
			continue;
		list_add(m->list, what);
		if (is == 1 && m->known) {
			m->for_++;
			finding_for(f, v->run, fact);
		} else {
			m->elsewhere++;
			finding_against(f, v->run, fact);
		}
	}
}

void
judge_ambition(const struct record *rec, struct finding *f)
{
	gboolean us = g_strcmp0(f->forum, "US") == 0;
	struct market m = { .forum = f->forum,
		.place = us ? NULL : forum_name(f->forum) };

	(void)rec;
	if (judge_no_run(f))
		return;
	m.known = us || m.place != NULL;
	m.list = g_string_new(NULL);
	judge_visits(f, market_visit, &m);
	if (m.for_ > 0) {
		f->status = ST_PART;
		finding_note(f, "%u of %u facts on a market name the forum "
		    "(%s)", m.for_, m.for_ + m.elsewhere, m.list->str);
		finding_missing(f, "the rest of the offer: what is sold there, "
		    "to whom, on which terms");
	} else {
		not_on_pages(f, "no page names the forum's currency, region "
		    "or law");
		if (m.elsewhere > 0)
			finding_note(f, "%u fact%s on a market name%s another "
			    "one, or the country only (%s)",
			    PLURAL(m.elsewhere), m.elsewhere == 1 ? "s" : "",
			    m.list->str);
	}
	g_string_free(m.list, TRUE);
}

/* ---- J-22, J-24: words of pages that name the forum --------------------------------- */

static void
naming_visit(struct finding *f, const struct visit *v, void *arg)
{
	struct market *m = arg;

	for (guint i = 0; i < v->facts->len; i++) {
		const struct fact *fact = g_ptr_array_index(v->facts, i);

		if (fact->kind != FACT_PAGE_WORDS ||
		    strcmp(fact_str(fact, "rule"), m->place) != 0)
			continue;
		if (words_name_forum(fact_str(fact, "text"), m->forum) ||
		    place_within(fact_str(fact, "detail"), m->forum) ==
		    WITHIN_IN) {
			m->for_++;
			finding_for(f, v->run, fact);
		} else {
			m->elsewhere++;
			finding_against(f, v->run, fact);
		}
	}
}

/* A number of users of the whole world, or of the country, says nothing of the
 * state. */
enum status
judge_pages_audience(struct finding *f)
{
	struct market m = { .forum = f->forum, .place = "audience" };

	if (judge_no_run(f))
		return ST_NC;
	judge_visits(f, naming_visit, &m);
	if (m.for_ > 0) {
		f->status = ST_PART;
		finding_note(f, "words on pages about an audience that name "
		    "the forum: %u", m.for_);
		return ST_PART;
	}
	not_on_pages(f, "no words on a page about an audience in the forum, "
	    "and no numbers of the site's people imported");
	if (m.elsewhere > 0)
		finding_note(f, "words on pages about an audience that do not "
		    "name the forum: %u", m.elsewhere);
	return f->status;
}

/* What a page is about is for a reader; which places it names is counted. */
void
judge_subject(const struct record *rec, struct finding *f)
{
	struct market m = { .forum = f->forum, .place = "country" };

	(void)rec;
	if (quoted_judge(f, "J-24") || judge_no_run(f))
		return;
	judge_visits(f, naming_visit, &m);
	if (m.for_ > 0) {
		f->status = ST_PART;
		finding_note(f, "words on pages that name the forum: %u; what "
		    "a page is about was not judged", m.for_);
		finding_missing(f, "that the subject matter is the forum's: a "
		    "document, with a statement that quotes it");
		return;
	}
	not_on_pages(f, "no words on a page name the forum");
}
