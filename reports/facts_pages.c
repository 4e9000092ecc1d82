/* Sentences about certificates and pages, and what was imported. */

#include "reports/facts_list.h"

#include <string.h>

static void
names_of(struct facts *l, const struct fact *cert)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	json_t *e;
	size_t i;

	json_array_foreach(fact_get(cert, "names"), i, e)
		if (json_is_string(e))
			strings_add(names, json_string_value(e));
	if (names->len == 0) {
		say(l->h, "a certificate of the subject %t",
		    fact_str(cert, "subject"));
		return;
	}
	html_raw(l->h, "a certificate that covers ");
	facts_spell(l, names, facts_name);
}

static const struct fact_about about_server = {
	"The server at ", "The servers at ", ", asked for ", ", asked for ",
	facts_name,
};

static void
certificate(struct facts *l, const struct fact *cert)
{
	const struct fact *trust = view_first(l->v, FACT_TLS_TRUST,
	    cert->subject);
	const char *at = strrchr(cert->subject, '@');
	g_autofree char *name = g_strndup(cert->subject, at == NULL ? 0 :
	    (gsize)(at - cert->subject));

	facts_cite(l, cert);
	facts_about(l, &about_server, subject_address(cert->subject));
	say(l->h, "%P, presented ", name);
	names_of(l, cert);
	if (*fact_str(cert, "org") != '\0')
		say(l->h, "; its subject names the organisation %t",
		    fact_str(cert, "org"));
	else
		html_raw(l->h, "; its subject names no organisation");
	if (trust != NULL && json_is_true(fact_get(trust, "ok")))
		html_raw(l->h, "; the chain leads to a root of the kept "
		    "bundle");
	else if (trust != NULL)
		say(l->h, "; the chain does not lead to a root of the kept "
		    "bundle (%t)", fact_str(trust, "why"));
	html_stop(l->h);
}

/* What is shown without a name stands in section 6. */
static gboolean
nameless(const struct facts *l, const struct fact *cert)
{
	const char *ip = subject_address(cert->subject);

	return strcmp(ip, l->v->target) != 0 && g_str_has_prefix(
	    cert->subject, ip);
}

void
facts_certificate(struct facts *l)
{
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(l->v, FACT_TLS_CERT, NULL, &at)) != NULL) {
		if (fact_int(f, "depth", -1) != 0 || nameless(l, f) ||
		    !facts_begin(l))
			continue;
		certificate(l, f);
		facts_end(l, NULL);
	}
}

static gboolean
redirects(const struct facts *l, uint64_t n)
{
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(l->v, FACT_HTTP_REDIRECT, NULL, &at)) != NULL)
		if (fact_source(f) == n)
			return TRUE;
	return FALSE;
}

void
facts_redirect(struct facts *l)
{
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(l->v, FACT_HTTP_REDIRECT, NULL, &at)) != NULL) {
		if (!facts_begin(l))
			continue;
		facts_cite(l, f);
		say(l->h, "A request for %U was answered with a redirect to "
		    "%U.", f->subject, fact_str(f, "to"));
		facts_end(l, NULL);
	}
}

static const struct fact_about about_received = {
	"The page at ", "The pages at ", " was received at ",
	" were each received at ", facts_url,
};

void
facts_page(struct facts *l)
{
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(l->v, FACT_HTTP_PAGE, NULL, &at)) != NULL) {
		if (redirects(l, fact_source(f)) || !facts_begin(l))
			continue;
		facts_cite(l, f);
		facts_about(l, &about_received, f->subject);
		html_clock(l->h, f->at);
		say(l->h, " UTC with status %i; the body has %d bytes.",
		    (uint64_t)MAX(fact_int(f, "status", 0), 0),
		    (uint64_t)MAX(fact_int(f, "bytes", 0), 0));
		facts_end(l, NULL);
	}
}

#define WORDS_LIST	5	/* quotations of one rule from one page */

static const struct {
	const char	*rule, *says;
} word_rules[] = {
	{ "vpn-offer", "as an offer of a VPN" },
	{ "advertisement", "as an advertisement or about one" },
	{ "app-offer", "as an offer of an app" },
	{ "governing-law", "as being about governing law" },
	{ "country", "as naming a country or a place in one" },
	{ "company", "as having the form of a company\xe2\x80\x99s name" },
	{ "copyright-statement", "as a copyright statement" },
	{ "payment-method", "as being about a way of paying" },
	{ "email", "as having the form of a mail address" },
	{ "audience", "as being about visitors or users and where they are" },
	{ "visitor-location", "as being about where the visitor is" },
	{ "torrent-link", "as a link to a torrent" },
	{ "for-sale", "as an offer of the name itself" },
};

static const char *
rule_says(const char *rule)
{
	for (size_t i = 0; i < G_N_ELEMENTS(word_rules); i++)
		if (strcmp(word_rules[i].rule, rule) == 0)
			return word_rules[i].says;
	return "";
}

static const struct fact_about about_words = {
	"The page at ", "The pages at ", " contains the words ",
	" each contain the words ", facts_url,
};

/* Words of one page that one rule picked: quoted once each. */
static void
words_of(struct facts *l, const char *page, const char *rule)
{
	g_autoptr(GPtrArray) seen = g_ptr_array_new();
	const struct fact *f;
	guint at = 0;

	if (!facts_begin(l))
		return;
	facts_about(l, &about_words, page);
	while ((f = view_next(l->v, FACT_PAGE_WORDS, page, &at)) != NULL) {
		if (strcmp(fact_str(f, "rule"), rule) != 0)
			continue;
		facts_cite(l, f);
		if (!strings_add(seen, fact_str(f, "text")) ||
		    seen->len > WORDS_LIST)
			continue;
		html_raw(l->h, seen->len > 1 ? "; " : "");
		html_quote(l->h, fact_source(f), fact_str(f, "text"));
	}
	if (seen->len > WORDS_LIST)
		say(l->h, " and %d more", (uint64_t)(seen->len - WORDS_LIST));
	if (*rule_says(rule) != '\0')
		say(l->h, "; picked %t", rule_says(rule));
	html_stop(l->h);
	facts_end(l, NULL);
}

void
facts_words(struct facts *l)
{
	g_autoptr(GPtrArray) pages = view_subjects(l->v, FACT_PAGE_WORDS,
	    FACT_KINDS);

	for (guint i = 0; i < pages->len; i++) {
		g_autoptr(GPtrArray) rules = g_ptr_array_new();
		const struct fact *f;
		guint at = 0;

		while ((f = view_next(l->v, FACT_PAGE_WORDS, pages->pdata[i],
		    &at)) != NULL)
			strings_add(rules, fact_str(f, "rule"));
		for (guint k = 0; k < rules->len; k++)
			words_of(l, pages->pdata[i], rules->pdata[k]);
	}
}

/* An item of a list as it is written, by itself. */
static char *
item_text(struct facts *l, const struct fact *f,
    void (*one)(struct facts *, const struct fact *))
{
	GString *out = l->h->out;
	char *text;

	l->h->out = g_string_new(NULL);
	one(l, f);
	text = g_string_free(l->h->out, FALSE);
	l->h->out = out;
	return text;
}

static void
page_list(struct facts *l, enum fact_kind kind, const char *page,
    void (*one)(struct facts *, const struct fact *))
{
	g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(g_free);
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(l->v, kind, page, &at)) != NULL) {
		char *text = item_text(l, f, one);

		facts_cite(l, f);
		if (!strings_add(items, text))
			g_free(text);
	}
	facts_spell(l, items, html_raw);
	html_stop(l->h);
}

/* Sentences about pages that name several things of one kind each. */
static void
page_lists(struct facts *l, enum fact_kind kind, const struct fact_about *about,
    void (*one)(struct facts *, const struct fact *))
{
	g_autoptr(GPtrArray) pages = view_subjects(l->v, kind, FACT_KINDS);

	for (guint i = 0; i < pages->len; i++) {
		if (!facts_begin(l))
			continue;
		facts_about(l, about, pages->pdata[i]);
		page_list(l, kind, pages->pdata[i], one);
		facts_end(l, NULL);
	}
}

static void
one_price(struct facts *l, const struct fact *f)
{
	say(l->h, "%t", fact_str(f, "amount"));
	if (*fact_str(f, "currency") != '\0')
		say(l->h, " %t", fact_str(f, "currency"));
}

void
facts_price(struct facts *l)
{
	static const struct fact_about about = {
		"The page at ", "The pages at ",
		" states these amounts of money: ",
		" each state these amounts of money: ", facts_url,
	};

	page_lists(l, FACT_PAGE_PRICE, &about, one_price);
}

static void
one_form(struct facts *l, const struct fact *f)
{
	say(l->h, "%t (%t, %d field%t)", fact_str(f, "purpose"),
	    fact_str(f, "method"),
	    (uint64_t)json_array_size(fact_get(f, "fields")),
	    json_array_size(fact_get(f, "fields")) == 1 ? "" : "s");
}

void
facts_form(struct facts *l)
{
	static const struct fact_about about = {
		"The page at ", "The pages at ", " has forms, by their fields: ",
		" each have forms, by their fields: ", facts_url,
	};

	page_lists(l, FACT_PAGE_FORM, &about, one_form);
}

static void
one_call(struct facts *l, const struct fact *f)
{
	static const struct { const char *how, *says; } hows[] = {
		{ "request", "asked" }, { "send", "sent to" },
		{ "place", "where the browser is" },
	};

	html_quote(l->h, fact_source(f), fact_str(f, "text"));
	for (size_t i = 0; i < G_N_ELEMENTS(hows); i++)
		if (strcmp(hows[i].how, fact_str(f, "how")) == 0)
			say(l->h, " (%t)", hows[i].says);
}

void
facts_calls(struct facts *l)
{
	static const struct fact_about about = {
		"The page or script at ", "The pages or scripts at ",
		" holds these requests of a script, which was not run: ",
		" each hold these requests of a script, which was not run: ",
		facts_url,
	};

	page_lists(l, FACT_PAGE_CALL, &about, one_call);
}

static void
one_host(struct facts *l, const struct fact *f)
{
	say(l->h, "%P (%t)", fact_str(f, "host"), fact_str(f, "how"));
}

void
facts_hosts(struct facts *l)
{
	static const struct fact_about about = {
		"The page at ", "The pages at ", " names these other hosts: ",
		" each name these other hosts: ", facts_url,
	};

	page_lists(l, FACT_PAGE_HOST, &about, one_host);
}

/* "2 activity, 1 mail", by kind. */
static char *
imported_kinds(const struct record *rec)
{
	GString *s = g_string_new(NULL);

	for (int kind = 0; kind < IMPORT_KINDS; kind++) {
		guint n = 0;

		for (guint i = 0; i < rec->imports->len; i++)
			n += (int)((const struct import *)
			    rec->imports->pdata[i])->kind == kind;
		if (n > 0)
			g_string_append_printf(s, "%s%u %s", s->len > 0 ?
			    ", " : "", n, import_kind_name(
			    (enum import_kind)kind));
	}
	return g_string_free(s, FALSE);
}

/* What was imported has an exhibit of its own: here it is counted. */
void
facts_imported(struct facts *l)
{
	const struct record *rec = l->v->rec;
	guint n = rec->imports->len;
	g_autofree char *kinds = imported_kinds(rec);
	g_autofree char *from = n == 0 ? g_strdup("imports.jsonl, no lines") :
	    g_strdup_printf("imports.jsonl, %u line%s", n, n == 1 ? "" : "s");

	if (!facts_begin(l))
		return;
	if (rec->standalone)
		html_raw(l->h, "This run stands by itself, outside a case: "
		    "nothing was imported.");
	else if (n == 0)
		html_raw(l->h, "Nothing was imported: no activity log, no "
		    "numbers, no advertisements, no correspondence.");
	else
		say(l->h, "Files that people brought: %d (%t). They are shown "
		    "in the exhibit of imported files; this program did not "
		    "observe what they say.", (uint64_t)n, kinds);
	facts_end(l, rec->standalone ? "no imports.jsonl" : from);
}
