#include <string.h>

#include "reports/forum.h"
#include "reports/gather.h"
#include "reports/provider.h"
#include "reports/quoted.h"

/*
 * Factor 3, markets and channels: which market pages name (J-14), a store as a
 * channel (K-11), and at whom a VPN is aimed (K-14).
 */

/* ---- J-14 ---------------------------------------------------------------------- */

struct market {
	const char	*forum;
	const char	*place;		/* "Hawaii"; NULL: the United States */
	gboolean	 known;		/* whether the forum has a name here */
	struct tally	 for_, elsewhere;
	GString		*list, *names;	/* kinds of facts; those that name it */
};

/* "US", or one of its states. */
static gboolean
names_code(const char *code)
{
	return place_within(code, "US") == WITHIN_IN;
}

/* hreflang values such as "en-US"; forum NULL: whether a region is named. */
static gboolean
names_region(const struct fact *fact, const char *forum)
{
	char place[PLACE_CODE];
	json_t *list = fact_get(fact, "hreflang"), *x;
	size_t i;

	json_array_foreach(list, i, x) {
		const char *tag = json_string_value(x);
		const char *dash = tag != NULL ? strrchr(tag, '-') : NULL;

		if (dash != NULL && (forum == NULL ||
		    (place_of(dash + 1, "", place) &&
		    place_within(place, forum) == WITHIN_IN)))
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
		if (!names_region(fact, NULL))
			return -1;
		return m->forum != NULL && names_region(fact, m->forum);
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
market_fact(struct finding *f, const struct run *run, const struct fact *fact,
    void *arg)
{
	struct market *m = arg;
	const char *what = "";
	int is = market_of(m, fact, &what);

	if (is < 0)
		return;
	list_add(m->list, what);
	if (is == 1 && m->known) {
		tally(&m->for_, fact);
		list_add(m->names, what);
		finding_for(f, run, fact);
	} else {
		tally(&m->elsewhere, fact);
		finding_against(f, run, fact);
	}
}

/* Facts of one kind are some of it; of two kinds, whole. */
static void
market_verdict(struct finding *f, struct market *m)
{
	guint here = tally_end(&m->for_), elsewhere = tally_end(&m->elsewhere);

	if (here == 0) {
		gather_none(f, "no page names the forum's currency, region "
		    "or law");
		if (elsewhere > 0)
			finding_note(f, "%u fact%s on a market name%s another "
			    "one, or the country only (%s)",
			    PLURAL(elsewhere), elsewhere == 1 ? "s" : "",
			    m->list->str);
		return;
	}
	f->status = strstr(m->names->str, "; ") != NULL ? ST_SUP : ST_PART;
	finding_note(f, "%u of %u facts on a market name the forum (%s)",
	    here, here + elsewhere, m->names->str);
	if (f->status == ST_PART)
		finding_lacks(f, SUPPLY_PAPER, "a second kind of such facts: currency, "
		    "region, law, or a media kit with a statement that quotes "
		    "it");
}

void
judge_ambition(const struct record *rec, struct finding *f)
{
	gboolean us = g_strcmp0(f->forum, "US") == 0;
	struct market m = { .forum = f->forum,
		.place = us ? NULL : forum_name(f->forum) };

	(void)rec;
	if (quoted_judge(f, "J-14") || judge_no_run(f))
		return;
	m.for_ = tally_new();
	m.elsewhere = tally_new();
	m.known = us || m.place != NULL;
	m.list = g_string_new(NULL);
	m.names = g_string_new(NULL);
	gather_each(f, market_fact, &m);
	market_verdict(f, &m);
	g_string_free(m.list, TRUE);
	g_string_free(m.names, TRUE);
}

/* ---- K-11: a store as a channel -------------------------------------------------- */

enum storefront { STOREFRONT_NONE, STOREFRONT_NOT_SAID, STOREFRONT_US,
	STOREFRONT_OTHER };

/* How a store's URL names the country of its storefront. */
static const struct store_row {
	const char	*host;
	enum { BY_SEGMENT, BY_LANGUAGE, BY_PARAMETER } by;
	const char	*name;		/* of the parameter */
} stores[] = {
	{ "apps.apple.com", BY_SEGMENT, NULL },		/* /us/app/... */
	{ "itunes.apple.com", BY_SEGMENT, NULL },
	{ "play.google.com", BY_PARAMETER, "gl=" },	/* ...&gl=US */
	{ "apps.microsoft.com", BY_PARAMETER, "gl=" },
	{ "www.microsoft.com", BY_LANGUAGE, NULL },	/* /en-us/p/... */
	{ "store.steampowered.com", BY_PARAMETER, "cc=" },
};

/* Two letters of a country at s, and nothing of a word after them. */
static enum storefront
country_at(const char *s)
{
	if (!g_ascii_isalpha(s[0]) || !g_ascii_isalpha(s[1]) ||
	    g_ascii_isalnum(s[2]))
		return STOREFRONT_NOT_SAID;
	return country_is_us((const char[]){ s[0], s[1], '\0' }) == 1 ?
	    STOREFRONT_US : STOREFRONT_OTHER;
}

static enum storefront
storefront_in(const struct store_row *s, const char *path)
{
	const char *p = strchr(path, '?');

	switch (s->by) {
	case BY_SEGMENT:
		return *path == '/' && strspn(path + 1, "abcdefghijklmnopqrst"
		    "uvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2 ?
		    country_at(path + 1) : STOREFRONT_NOT_SAID;
	case BY_LANGUAGE:
		return *path == '/' && strlen(path) > 5 && path[3] == '-' ?
		    country_at(path + 4) : STOREFRONT_NONE;
	case BY_PARAMETER:
		for (; p != NULL; p = strchr(p, '&'))
			if (g_str_has_prefix(++p, s->name))
				return country_at(p + strlen(s->name));
	}
	return STOREFRONT_NOT_SAID;
}

static enum storefront
storefront_of(const char *url)
{
	const char *host = strstr(url, "://");

	for (size_t i = 0; host != NULL && i < G_N_ELEMENTS(stores); i++) {
		size_t n = strlen(stores[i].host);

		if (g_ascii_strncasecmp(host + 3, stores[i].host, n) == 0 &&
		    strchr("/?", host[3 + n]) != NULL)
			return storefront_in(&stores[i], host + 3 + n);
	}
	return STOREFRONT_NONE;
}

/* told: words on a listing whose URL names no country that its users there are
 * served; dollars: prices on it. */
struct channel {
	guint		 us, linked, other, not_said, priced, told, dollars;
	GHashTable	*seen;		/* gather_first */
};

static gboolean
is_paid(const struct fact *f)
{
	const char *n = fact_str(f, "number");

	return strcmp(fact_str(f, "currency"), "USD") == 0 &&
	    (*n == '\0' || strpbrk(n, "123456789") != NULL);
}

static gboolean
is_of_listing(const struct fact *f, enum storefront s)
{
	switch (f->kind) {
	case FACT_PAGE_LINK:
	case FACT_STORE_APP:
		return TRUE;
	case FACT_HTTP_PAGE:
		return fact_int(f, "status", 0) == 200;
	case FACT_PAGE_PRICE:
		return is_paid(f);
	case FACT_PAGE_WORDS:
		return s == STOREFRONT_NOT_SAID &&
		    strcmp(fact_str(f, "rule"), "visitor-location") != 0 &&
		    (words_name_forum(fact_str(f, "text"), "US") ||
		    strcmp(fact_str(f, "detail"), "US") == 0);
	default:
		return FALSE;
	}
}

/* A listing, a price in it, a link to it: each by the storefront of its URL. */
static void
channel_fact(struct finding *f, const struct run *run, const struct fact *fact,
    void *arg)
{
	struct channel *c = arg;
	gboolean link = fact->kind == FACT_PAGE_LINK;
	enum storefront s = storefront_of(link ? fact_str(fact, "href") :
	    fact->subject);
	guint one;

	if (s == STOREFRONT_NONE && fact->kind == FACT_STORE_APP)
		s = STOREFRONT_NOT_SAID;
	if (s == STOREFRONT_NONE || !is_of_listing(fact, s))
		return;
	one = gather_first(c->seen, fact) ? 1 : 0;
	if (fact->kind == FACT_PAGE_WORDS ||
	    (fact->kind == FACT_PAGE_PRICE && s == STOREFRONT_NOT_SAID)) {
		c->told += fact->kind == FACT_PAGE_WORDS ? one : 0;
		c->dollars += fact->kind == FACT_PAGE_PRICE ? one : 0;
		finding_for(f, run, fact);
		return;
	}
	if (s != STOREFRONT_US) {
		c->other += s == STOREFRONT_OTHER ? one : 0;
		c->not_said += s == STOREFRONT_NOT_SAID && !link ? one : 0;
		if (s == STOREFRONT_OTHER || link)
			finding_against(f, run, fact);
		else
			finding_for(f, run, fact);
		return;
	}
	c->linked += link ? one : 0;
	c->priced += fact->kind == FACT_PAGE_PRICE ? one : 0;
	c->us += !link && fact->kind != FACT_PAGE_PRICE ? one : 0;
	finding_for(f, run, fact);
}

static void
channel_verdict(struct finding *f, const struct channel *c)
{
	gboolean by_words = c->not_said > 0 && c->told > 0 && c->dollars > 0;

	f->status = (c->us > 0 && c->priced > 0) || by_words ? ST_SUP : ST_PART;
	finding_note(f, "facts of listings in a storefront of the United "
	    "States: %u; prices in dollars there: %u; links to it: %u; of "
	    "storefronts that do not say their country: %u", c->us, c->priced,
	    c->linked, c->not_said);
	if (c->not_said > 0 && c->told + c->dollars > 0)
		finding_note(f, "on a listing whose address names no country: "
		    "words that name the United States %u, prices in dollars "
		    "%u", c->told, c->dollars);
	if (f->status == ST_SUP)
		return;
	if (c->us + c->linked == 0)
		finding_lacks(f, SUPPLY_PAPER, "a listing in a US storefront, with price "
		    "and seller, and a statement that quotes it");
	else if (c->priced == 0)
		finding_missing(f, "how it is monetised there: a price or sale "
		    "in that storefront");
	else if (c->us == 0)
		finding_lacks(f, SUPPLY_RUN, "the page of the listing itself");
}

void
judge_channel(const struct record *rec, struct finding *f)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);
	struct channel c = { .seen = seen };

	if (quoted_judge(f, "K-11"))
		return;
	gather_each(f, channel_fact, &c);
	if (c.us + c.linked + c.not_said > 0) {
		channel_verdict(f, &c);
		judge_stores_unasked(f);
		return;
	}
	f->status = ST_NONE;
	if (c.other > 0)
		finding_note(f, "listings are in storefronts of other "
		    "countries: %u", c.other);
	else
		finding_note(f, "nothing in the record: no listing in a store "
		    "collected or imported");
	finding_lacks(f, SUPPLY_PAPER, "the document, with a statement that quotes it");
	if (rec->runs->len > 0)
		judge_sites_open(f, LOOK_PAGES);
}

/* ---- K-14: at whom a VPN is aimed -------------------------------------------------- */

static const struct want vpn_offers[] = {
	{ FACT_PAGE_WORDS, "rule", "vpn-offer" },
	{ FACT_PAGE_LINK, "purpose", "vpn" },
};

struct pitch { guint marketed, priced, law; GHashTable *seen; };

/* A law of the United States by name, in the offer itself. */
static gboolean
names_us_law(const struct fact *x)
{
	g_autofree char *low = g_ascii_strdown(fact_str(x, "text"), -1);

	return strcmp(fact_str(x, "rule"), "vpn-offer") == 0 &&
	    (strstr(low, "dmca") != NULL || strstr(low, "copyright act") !=
	    NULL);
}

/* What stands on the page of an offer: words that name the country, a price. */
static void
pitch_fact(struct finding *f, const struct visit *v, const struct fact *x,
    struct pitch *p)
{
	gboolean words = x->kind == FACT_PAGE_WORDS, law;

	if (x->kind == FACT_PAGE_PRICE && is_paid(x)) {
		p->priced += gather_first(p->seen, x) ? 1u : 0u;
		finding_for(f, v->run, x);
	}
	/* "You are in Honolulu" says where we are, whoever we are. */
	if (!words || strcmp(fact_str(x, "rule"), "visitor-location") == 0 ||
	    (!words_name_forum(fact_str(x, "text"), "US") &&
	    !names_us_law(x)))
		return;
	law = strcmp(fact_str(x, "rule"), "governing-law") == 0;
	finding_for(f, v->run, x);
	if (!gather_first(p->seen, x))
		return;
	p->law += law ? 1u : 0u;
	p->marketed += law ? 0u : 1u;
}

static void
pitch_visit(struct finding *f, const struct visit *v, void *arg)
{
	g_autoptr(GHashTable) pages = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < v->facts->len; i++) {
		const struct fact *offer = g_ptr_array_index(v->facts, i);
		const char *value;

		/* A page with ten offers is read once. */
		if (!gather_wants(vpn_offers, G_N_ELEMENTS(vpn_offers), offer,
		    &value) || !g_hash_table_add(pages, offer->subject))
			continue;
		for (guint k = 0; k < v->facts->len; k++) {
			const struct fact *x = g_ptr_array_index(v->facts, k);

			if (strcmp(x->subject, offer->subject) == 0)
				pitch_fact(f, v, x, arg);
		}
	}
}

/* A price in dollars is asked of everyone, and alone directs nothing; beside
 * words that speak to users in the country it is a price for them. */
static gboolean
is_pitched(struct finding *f)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);
	struct pitch p = { .seen = seen };

	judge_visits(f, pitch_visit, &p);
	if (p.marketed + p.law == 0) {
		g_array_set_size(f->for_, 0);
		return FALSE;
	}
	f->status = p.marketed > 0 && p.priced > 0 ? ST_SUP : ST_PART;
	finding_note(f, "on the page of an offer of a VPN stand words that "
	    "name the United States: %u; prices in dollars: %u",
	    p.marketed + p.law, p.priced);
	if (p.marketed == 0)
		finding_missing(f, "that the offer speaks to users there");
	if (p.priced == 0)
		finding_missing(f, "a price for users there");
	return TRUE;
}

/* The order speaks of advertisements in the application too. */
void
judge_vpn_offer(const struct record *rec, struct finding *f)
{
	guint offers, ads;

	if (quoted_judge(f, "K-14") || is_pitched(f))
		return;
	offers = gather(f, vpn_offers, G_N_ELEMENTS(vpn_offers), TRUE, NULL);
	ads = judge_ads_at_large(f);
	if (offers + ads > 0) {
		f->status = ST_INSUF;
		finding_note(f, "offers of a VPN on pages: %u; advertisements "
		    "that are not about the United States: %u", offers, ads);
		finding_missing(f, "what directs the offer at a US audience");
	} else if (rec->runs->len == 0) {
		judge_no_run(f);
	} else {
		gather_none(f, "no offer of a VPN and no advertisement at "
		    "large");
	}
}
