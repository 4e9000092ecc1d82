#include "reports/facts_list.h"

#include <string.h>

static const struct {
	enum fact_group	 group;
	enum fact_kind	 kind;		/* FACT_KINDS: always */
	facts_fn	*say;
} table[] = {
	{ FACTS_NAMES, FACT_DNS_REFERRAL, facts_referral },
	{ FACTS_NAMES, FACT_NS_COMPARED, facts_ns_compared },
	{ FACTS_NAMES, FACT_DNS_SERVER, facts_lame },
	{ FACTS_NAMES, FACT_DNS_SERIAL, facts_serial },
	{ FACTS_NAMES, FACT_DNS_DIFFER, facts_differ },
	{ FACTS_NAMES, FACT_DNS_NAME, facts_name_kind },
	{ FACTS_NAMES, FACT_DNS_UNSIGNED, facts_ds },
	{ FACTS_NAMES, FACT_DNS_A, facts_address },
	{ FACTS_NAMES, FACT_DNS_CNAME, facts_alias },
	{ FACTS_NAMES, FACT_DNS_MX, facts_mail },
	{ FACTS_NAMES, FACT_DNS_NXDOMAIN, facts_absent },
	{ FACTS_NAMES, FACT_DNS_SOA, facts_authority },
	{ FACTS_REGISTRATION, FACT_RDAP_DOMAIN, facts_rdap },
	{ FACTS_REGISTRATION, FACT_RDAP_REFUSED, facts_rdap_refused },
	{ FACTS_REGISTRATION, FACT_WHOIS_RECORD, facts_whois },
	{ FACTS_REGISTRATION, FACT_WHOIS_NONE, facts_whois_none },
	{ FACTS_REGISTRATION, FACT_REG_COMPARED, facts_registrar_compared },
	{ FACTS_ADDRESSES, FACT_IP_NETWORK, facts_allocation },
	{ FACTS_ADDRESSES, FACT_IP_SPECIAL, facts_special },
	{ FACTS_ADDRESSES, FACT_IP_SIGN, facts_delivery },
	{ FACTS_ADDRESSES, FACT_KINDS, facts_doe },
	{ FACTS_PLACE, FACT_GEO_PLACE, facts_place },
	{ FACTS_PLACE, FACT_GEO_PLACE, facts_places_else },
	{ FACTS_PAGES, FACT_TLS_CERT, facts_certificate },
	{ FACTS_PAGES, FACT_HTTP_REDIRECT, facts_redirect },
	{ FACTS_PAGES, FACT_HTTP_PAGE, facts_page },
	{ FACTS_PAGES, FACT_PAGE_WORDS, facts_words },
	{ FACTS_PAGES, FACT_PAGE_PRICE, facts_price },
	{ FACTS_PAGES, FACT_PAGE_FORM, facts_form },
	{ FACTS_PAGES, FACT_PAGE_CALL, facts_calls },
	{ FACTS_PAGES, FACT_PAGE_HOST, facts_hosts },
	{ FACTS_IMPORTED, FACT_KINDS, facts_imported },
};

static const char *const titles[FACT_GROUPS] = {
	[FACTS_NAMES] = "Names and delegation",
	[FACTS_REGISTRATION] = "Registration",
	[FACTS_ADDRESSES] = "Addresses",
	[FACTS_PLACE] = "Place",
	[FACTS_PAGES] = "Certificates and pages",
	[FACTS_IMPORTED] = "Imported",
};

const char *
fact_group_title(enum fact_group g)
{
	return titles[g];
}

static void
sentence_free(void *data)
{
	struct sentence *s = data;

	g_free(s->html);
	g_free(s->other);
	g_array_unref(s->records);
	g_ptr_array_unref(s->subjects);
	g_free(s);
}

gboolean
facts_begin(struct facts *l)
{
	if (l->count >= FACTS_KIND) {
		l->left++;
		return FALSE;
	}
	l->count++;
	g_string_truncate(l->h->out, 0);
	l->about = NULL;
	l->records = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	return TRUE;
}

void
facts_cite(struct facts *l, const struct fact *f)
{
	cites_fact(l->records, l->v->run, f);
}

void
facts_about(struct facts *l, const struct fact_about *about,
    const char *subject)
{
	l->about = about;
	l->subject = subject;
}

static void
add_subject(GPtrArray *subjects, const char *s)
{
	char *copy = g_strdup(s);

	if (!strings_add(subjects, copy))
		g_free(copy);
}

static gboolean
merge(struct facts *l)
{
	g_autofree char *words = html_unquoted(l->h->out->str);

	for (guint i = 0; i < l->done->len; i++) {
		const struct sentence *s = l->done->pdata[i];
		g_autofree char *those = NULL;

		if (s->group != l->group || s->other != NULL ||
		    s->about != l->about)
			continue;
		those = html_unquoted(s->html);
		if (strcmp(those, words) != 0)
			continue;
		if (l->about != NULL)
			add_subject(s->subjects, l->subject);
		for (guint k = 0; k < l->records->len; k++)
			cites_add(s->records,
			    g_array_index(l->records, uint64_t, k));
		g_clear_pointer(&l->records, g_array_unref);
		l->count--;
		return TRUE;
	}
	return FALSE;
}

void
facts_end(struct facts *l, const char *other)
{
	struct sentence *s;

	if (other == NULL && merge(l))
		return;
	s = g_new0(struct sentence, 1);

	s->group = l->group;
	s->html = g_strdup(l->h->out->str);
	s->about = l->about;
	s->subjects = g_ptr_array_new_with_free_func(g_free);
	if (l->about != NULL)
		add_subject(s->subjects, l->subject);
	s->records = g_steal_pointer(&l->records);
	s->other = g_strdup(other);
	g_ptr_array_add(l->done, s);
}

void
facts_spell(struct facts *l, const GPtrArray *s,
    void (*put)(struct html *, const char *))
{
	guint shown = MIN(s->len, FACTS_LIST);

	for (guint i = 0; i < shown; i++) {
		if (i > 0)
			html_raw(l->h, i + 1 == s->len ? " and " : ", ");
		put(l->h, s->pdata[i]);
	}
	if (shown < s->len)
		say(l->h, " and %d more", (uint64_t)(s->len - shown));
}

void
facts_name(struct html *h, const char *name)
{
	say(h, "%P", name);
}

const char *
facts_server(const struct facts *l, const struct fact *f)
{
	const struct log_row *r = run_row(l->v->run, fact_source(f));

	return r != NULL ? row_server(r) : "";
}

void
facts_url(struct html *h, const char *url)
{
	say(h, "%U", url);
}

gboolean
facts_is_target(const struct facts *l, const char *name)
{
	return name_within(name, l->v->target);
}

void
facts_own_first(const struct facts *l, GPtrArray *names)
{
	guint own = 0;

	for (guint i = 0; i < names->len; i++) {
		char *name = names->pdata[i];

		if (!facts_is_target(l, name))
			continue;
		for (guint k = i; k > own; k--)
			names->pdata[k] = names->pdata[k - 1];
		names->pdata[own++] = name;
	}
}

gboolean
facts_own_name(const struct facts *l, const char *name)
{
	if (name_within(name, l->v->target))
		return TRUE;
	for (guint i = 0; i < l->v->roles->len; i++) {
		const struct role_row *r = l->v->roles->pdata[i];

		if ((r->role == ROLE_HOST || r->role == ROLE_CDN_EDGE) &&
		    view_role(l->v, r) && strcmp(r->name, name) == 0)
			return TRUE;
	}
	return FALSE;
}

gboolean
facts_own_zone(const struct facts *l, const char *zone)
{
	return strchr(zone, '.') != NULL && name_within(l->v->target, zone);
}

/* What was left out of a row is said, with what it would have been. */
static void
say_left(struct facts *l, enum fact_kind kind)
{
	guint left = l->left;

	l->count = 0;
	if (left == 0 || !facts_begin(l))
		return;
	say(l->h, "%d further facts of the kind %t stand in data/facts.jsonl.",
	    (uint64_t)left, kind < FACT_KINDS ? fact_info(kind)->name : "");
	facts_end(l, "data/facts.jsonl, Ex. O-1");
}

/* The subjects before the rest of their sentence. */
static void
complete(struct facts *l, struct sentence *s)
{
	gboolean one = s->subjects->len == 1;

	if (s->about == NULL)
		return;
	g_string_truncate(l->h->out, 0);
	html_raw(l->h, one ? s->about->one : s->about->many);
	facts_spell(l, s->subjects, s->about->put);
	html_raw(l->h, one ? s->about->verb : s->about->verbs);
	html_raw(l->h, s->html);
	g_free(s->html);
	s->html = g_strdup(l->h->out->str);
	s->about = NULL;
}

GPtrArray *
facts_list(const struct view *v, struct html *h)
{
	GString *out = h->out;
	struct facts l = {
		.v = v, .h = h,
		.done = g_ptr_array_new_with_free_func(sentence_free),
	};

	h->out = g_string_new(NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		l.group = table[i].group;
		l.count = 0;
		l.left = 0;
		table[i].say(&l);
		say_left(&l, table[i].kind);
	}
	for (guint i = 0; i < l.done->len; i++)
		complete(&l, l.done->pdata[i]);
	g_string_free(h->out, TRUE);
	h->out = out;
	return l.done;
}
