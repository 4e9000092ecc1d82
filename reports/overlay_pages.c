/* Signals in pages, services and papers. */

#include "reports/overlay_priv.h"

#include <string.h>

#include "reports/forum.h"
#include "reports/judge.h"
#include "reports/provider.h"
#include "reports/view.h"

/* ---- pages ------------------------------------------------------------------ */

static gboolean
is_wanted(const struct page_want *w, const struct fact *f)
{
	return f->kind == w->kind && (w->is == NULL ||
	    strcmp(fact_str(f, w->field), w->is) == 0);
}

gboolean
pages_have(const struct overlay_look *l, const struct page_want *want,
    size_t wants, struct overlay_note *n)
{
	gboolean any = FALSE;

	for (size_t k = 0; k < wants; k++) {
		g_autofree char *word = NULL;
		guint count = 0;

		for (guint r = 0; r < l->rec->runs->len; r++) {
			const struct run *run = l->rec->runs->pdata[r];
			const struct sight_index *x =
			    sight_index_of(l->sight, run);

			for (guint i = 0; i < run->facts->len; i++) {
				const struct fact *f = run->facts->pdata[i];

				if (!is_wanted(&want[k], f) ||
				    !content_has(&x->content, f))
					continue;
				count++;
				signal_point_fact(n, run, f);
			}
		}
		if (count == 0)
			continue;
		word = g_strdup_printf("%s: %u", want[k].says, count);
		list_add(n->shows, word);
		any = TRUE;
	}
	return any;
}

/* ---- words that people brought ------------------------------------------------ */

static gboolean
bytes_hold(GBytes *bytes, const char *word)
{
	gsize len = 0, n = strlen(word);
	const char *p = bytes != NULL ? g_bytes_get_data(bytes, &len) : NULL;

	for (gsize i = 0; p != NULL && i + n <= len; i++)
		if (g_ascii_strncasecmp(p + i, word, n) == 0)
			return TRUE;
	return FALSE;
}

gboolean
text_holds(const char *text, const char *word)
{
	g_autofree char *low = g_ascii_strdown(text, -1);

	return strstr(low, word) != NULL;
}

/* A draft, or a statement of whatever type, that has one of the words: what the
 * papers say is no fact, but it is what calls for the note. */
gboolean
papers_say(const struct overlay_look *l, const char *const *words,
    struct overlay_note *n)
{
	const struct record *rec = l->rec;
	gboolean any = FALSE;

	for (; *words != NULL; words++) {
		for (guint i = 0; i < rec->imports->len; i++) {
			const struct import *m = rec->imports->pdata[i];

			if (m->kind != IMPORT_MOTION ||
			    !bytes_hold(m->bytes, *words))
				continue;
			list_add(n->shows, "the draft has the word");
			signal_point_row(n, m, 0);
			any = TRUE;
		}
		for (guint i = 0; i < rec->statements->len; i++) {
			const struct statement *s = rec->statements->pdata[i];

			if (!text_holds(s->text, *words))
				continue;
			list_add(n->shows, "a statement has the word");
			signal_point(n, (struct pointer){ .table =
			    "statements.csv", .n = s->line });
			any = TRUE;
		}
	}
	return any;
}

/* ---- services ------------------------------------------------------------------ */

/* The word by itself: "2257" is not in "/movie/122571". */
static gboolean
text_has_word(const char *text, const char *word)
{
	g_autofree char *low = g_ascii_strdown(text, -1);
	size_t n = strlen(word);

	for (const char *p = low; (p = strstr(p, word)) != NULL; p++)
		if ((p == low || !g_ascii_isalnum(p[-1])) &&
		    !g_ascii_isalnum(p[n]))
			return TRUE;
	return FALSE;
}

/* By name, in a link, a title, an address or words of a page. */
static gboolean
names_us_law(const char *text)
{
	static const char *const laws[] = { "dmca", "2257",
		"digital millennium copyright act" };

	for (size_t i = 0; i < G_N_ELEMENTS(laws); i++)
		if (text_has_word(text, laws[i]))
			return TRUE;
	return FALSE;
}

static gboolean
us_law_page(const struct fact *f)
{
	const char *rule = fact_str(f, "rule"), *text = fact_str(f, "text");

	switch (f->kind) {
	case FACT_PAGE_WORDS:
		/* Georgia is a state where it is called one. */
		return names_us_law(text) || (strcmp(rule, "governing-law") ==
		    0 && (words_name_forum(text, "US") ||
		    text_holds(text, "state of georgia")));
	case FACT_PAGE_LINK:
		return names_us_law(fact_str(f, "href")) || names_us_law(text);
	case FACT_HTTP_PAGE:
		return fact_int(f, "status", 0) == 200 &&
		    (names_us_law(f->subject) ||
		    names_us_law(fact_str(f, "title")));
	default:
		return FALSE;
	}
}

static guint
us_law_pages(const struct overlay_look *l, struct overlay_note *n)
{
	guint count = 0;

	for (guint r = 0; r < l->rec->runs->len; r++) {
		const struct run *run = l->rec->runs->pdata[r];

		for (guint i = 0; i < run->facts->len; i++) {
			if (!us_law_page(run->facts->pdata[i]))
				continue;
			count++;
			signal_point_fact(n, run, run->facts->pdata[i]);
		}
	}
	return count;
}

static guint
us_services(const struct overlay_look *l, struct overlay_note *n)
{
	guint count = 0;

	for (guint i = 0; i < l->sight->providers->len; i++) {
		const struct provider *p = l->sight->providers->pdata[i];
		g_autofree char *word = NULL;

		if (country_is_us(p->country) != 1 ||
		    strcmp(p->role, PROVIDER_LINKED) == 0)
			continue;
		word = g_strdup_printf("%s: %s", p->role, p->name);
		list_add(n->shows, word);
		signal_point_fact(n, p->run, p->fact);
		count++;
	}
	return count;
}

gboolean
signal_us_service(const struct overlay_look *l, struct overlay_note *n)
{
	guint services = us_services(l, n), pages = us_law_pages(l, n);

	if (services + pages == 0)
		return FALSE;
	if (pages > 0)
		g_string_append_printf(n->shows, "%swords or links on pages "
		    "about US law: %u", n->shows->len > 0 ? "; " : "", pages);
	if (us_numbers(l, NULL, n) == 0)
		list_add(n->shows, "no number of US audience or revenue "
		    "imported");
	return TRUE;
}

/* ---- places of visitors ---------------------------------------------------------- */

static const struct finding *
finding_of(const struct overlay_look *l, const char *id)
{
	for (guint i = 0; i < l->findings->len; i++) {
		const struct finding *f = l->findings->pdata[i];

		if (strcmp(f->element->id, id) == 0)
			return f;
	}
	return NULL;
}

static gboolean
has_facts(const struct finding *f)
{
	return f != NULL && f->status != ST_NONE && f->status != ST_NC &&
	    f->status != ST_CO && f->for_->len + f->against->len > 0;
}

/* Cookies that follow a visitor, by the names that their makers publish; one of a
 * session alone follows nobody. */
static gboolean
is_tracking(const char *cookie)
{
	static const char *const begins[] = { "_ga", "_gid", "_gcl_", "__gads",
		"__utma", "_fbp", "_fbc", "_ym_", "yandexuid", "_hj", "_pk_id",
		"_uetvid", "_uetsid", "_scid", "_ttp", "_tt_", "_clck", "_clsk",
		"IDE", "MUID", "NID", "cto_bundle", "_cc_id", "__qca",
		"_pin_unauth", "ajs_anonymous_id", "mp_", "amplitude_" };

	for (size_t i = 0; i < G_N_ELEMENTS(begins); i++)
		if (g_str_has_prefix(cookie, begins[i]))
			return TRUE;
	return FALSE;
}

static guint
tracking_cookies(const struct overlay_look *l, struct overlay_note *n)
{
	guint count = 0;

	for (guint r = 0; r < l->rec->runs->len; r++) {
		const struct run *run = l->rec->runs->pdata[r];

		for (guint i = 0; i < run->facts->len; i++) {
			const struct fact *f = run->facts->pdata[i];

			if (f->kind != FACT_HTTP_HEADER ||
			    strcmp(fact_str(f, "name"), "set-cookie") != 0 ||
			    !is_tracking(fact_str(f, "value")))
				continue;
			count++;
			signal_point_fact(n, run, f);
		}
	}
	if (count > 0) {
		g_autofree char *word = g_strdup_printf("tracking cookies: %u",
		    count);

		list_add(n->shows, word);
	}
	return count;
}

/* A device in the forum: a row of a user or a party there that J-27 points at, or
 * this program's own. */
static gboolean
forum_device(const struct overlay_look *l)
{
	char code[PLACE_CODE];

	for (guint i = 0; i < l->findings->len; i++) {
		const struct finding *f = l->findings->pdata[i];

		if (strcmp(f->element->id, "J-27") == 0 &&
		    f->for_->len + f->against->len > 0)
			return TRUE;
	}
	for (guint r = 0; r < l->rec->runs->len; r++) {
		const struct run *run = l->rec->runs->pdata[r];

		if (place_of_words(run->vantage, code) &&
		    place_within(code, "US") == WITHIN_IN)
			return TRUE;
	}
	return FALSE;
}

/*
 * That a page or application tells where its visitor is fires alone: J-29.  A
 * cookie that follows, or a measuring service, fires where a device in the forum
 * is in the record.
 */
gboolean
signal_visitor_place(const struct overlay_look *l, struct overlay_note *n)
{
	static const struct page_want services[] = {
		{ FACT_PAGE_ID, "class", "analytics",
		    "identifiers of measuring services" },
	};
	static const struct page_want told[] = {
		{ FACT_PAGE_WORDS, "rule", "visitor-location",
		    "words about where the visitor is" },
	};
	static const char *const words[] = { "geolocat", "tracking cookie",
		NULL };
	gboolean any = papers_say(l, words, n);

	any |= pages_have(l, told, G_N_ELEMENTS(told), n);
	if (has_facts(finding_of(l, "J-29"))) {
		list_add(n->shows, "facts under J-29");
		any = TRUE;
	}
	if (forum_device(l))
		any |= pages_have(l, services, G_N_ELEMENTS(services), n) |
		    (tracking_cookies(l, n) > 0);
	return any;
}

/* ---- Rule 4(k)(2), counts, goods, claims --------------------------------------------- */

gboolean
signal_rule_4k2(const struct overlay_look *l, struct overlay_note *n)
{
	static const char *const words[] = { "4(k)(2)", NULL };
	g_autoptr(GString) ids = g_string_new(NULL);

	for (guint i = 0; i < l->findings->len; i++) {
		const struct finding *f = l->findings->pdata[i];

		if (f->element->id[0] == 'K' && has_facts(f))
			list_add(ids, f->element->id);
	}
	if (ids->len > 0)
		g_string_append_printf(n->shows, "facts held against the United "
		    "States as forum under %s", ids->str);
	return papers_say(l, words, n) | (ids->len > 0);
}

/* Whether a row tells of goods on their way. */
static gboolean
is_shipping(const char *act)
{
	static const char *const words[] = { "shipped", "shipping", "shipment",
		"delivered to" };

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (text_holds(act, words[i]))
			return TRUE;
	return FALSE;
}

gboolean
signal_goods(const struct overlay_look *l, struct overlay_note *n)
{
	static const char *const words[] = { "shipped", "shipping", "shipment",
		NULL };
	gboolean any = papers_say(l, words, n);
	guint links = 0;

	for (guint r = 0; r < l->rec->runs->len; r++) {
		const struct run *run = l->rec->runs->pdata[r];

		for (guint i = 0; i < run->facts->len; i++) {
			const struct fact *f = run->facts->pdata[i];

			if (f->kind != FACT_PAGE_LINK ||
			    !is_shipping(fact_str(f, "text")))
				continue;
			signal_point_fact(n, run, f);
			links++;
		}
	}
	if (links > 0)
		list_add(n->shows, "links about shipping on pages");
	return any || links > 0;
}

gboolean
signal_inducement(const struct overlay_look *l, struct overlay_note *n)
{
	static const struct page_want want[] = {
		{ FACT_PAGE_WORDS, "rule", "vpn-offer", "offers of a VPN" },
		{ FACT_PAGE_WORDS, "rule", "app-offer",
		    "offers of an application" },
		{ FACT_PAGE_WORDS, "rule", "torrent-link",
		    "links to torrents" },
	};
	static const char *const words[] = { "contributor", "induce", NULL };
	gboolean pages = pages_have(l, want, G_N_ELEMENTS(want), n);

	return papers_say(l, words, n) | pages;
}

/* ---- registrants, steps ------------------------------------------------- */

static gboolean
names_registrant(const struct fact *f)
{
	if (f->kind == FACT_RDAP_ENTITY)
		return fact_list_has(f, "roles", "registrant") &&
		    !json_is_true(fact_get(f, "withheld")) &&
		    !json_is_true(fact_get(f, "service")) &&
		    (*fact_str(f, "name") != '\0' || *fact_str(f, "org") !=
		    '\0');
	return f->kind == FACT_WHOIS_FIELD &&
	    strcmp(fact_str(f, "field"), "holder") == 0 &&
	    !json_is_true(fact_get(f, "withheld")) &&
	    !json_is_true(fact_get(f, "service"));
}

gboolean
signal_registrant(const struct overlay_look *l, struct overlay_note *n)
{
	guint count = 0;

	for (guint r = 0; r < l->rec->runs->len; r++) {
		const struct run *run = l->rec->runs->pdata[r];

		for (guint i = 0; i < run->facts->len; i++) {
			if (!names_registrant(run->facts->pdata[i]))
				continue;
			count++;
			signal_point_fact(n, run, run->facts->pdata[i]);
		}
	}
	if (count > 0)
		g_string_append_printf(n->shows, "registrants named in "
		    "registration data: %u", count);
	return count > 0;
}

gboolean
signal_steps(const struct overlay_look *l, struct overlay_note *n)
{
	(void)n;
	return l->rec->runs->len > 0 && !l->rec->standalone;
}
