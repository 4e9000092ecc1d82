#include <string.h>

#include "reports/role_priv.h"

/* Names of a target and what they are for: step 2 of role.c. */

enum { CHAIN_MAX = 16 };	/* aliases followed from one name */

static void
tag(struct building *b, const char *name, const char *target, enum tag t)
{
	GArray *a = g_hash_table_lookup(b->names, name);
	struct tagged new = { target, t };

	if (*name == '\0')
		return;
	if (a == NULL) {
		a = g_array_new(FALSE, FALSE, sizeof(struct tagged));
		g_hash_table_insert(b->names, g_strdup(name), a);
	}
	for (guint i = 0; i < a->len; i++) {
		struct tagged *x = &g_array_index(a, struct tagged, i);

		if (strcmp(x->target, target) == 0) {
			x->tags |= (unsigned)t;
			return;
		}
	}
	g_array_append_val(a, new);
}

static unsigned
tags_of(const struct building *b, const char *name, const char *target)
{
	const GArray *a = g_hash_table_lookup(b->names, name);

	for (guint i = 0; a != NULL && i < a->len; i++) {
		const struct tagged *x = &g_array_index(a, struct tagged, i);

		if (strcmp(x->target, target) == 0)
			return x->tags;
	}
	return 0;
}

/* A zone is the target's where it is the target, or where registration data
 * was given for it: never a public suffix whose delegation failed below it. */
static gboolean
zone_is_of(const struct building *b, const char *zone, const char *target)
{
	const GPtrArray *a;

	if (strcmp(zone, target) == 0)
		return TRUE;
	if (!name_under(target, zone) || (a = facts_of(b, zone)) == NULL)
		return FALSE;
	for (guint i = 0; i < a->len; i++) {
		const struct fact *f = g_ptr_array_index(a, i);

		if (f->kind == FACT_RDAP_DOMAIN || f->kind == FACT_WHOIS_RECORD)
			return strchr(zone, '.') != NULL;
	}
	return FALSE;
}

static char *
url_host(const char *url)
{
	const char *at = strstr(url, "://");
	size_t n;

	if (at == NULL)
		return g_strdup("");
	at += 3;
	n = strcspn(at, "/?#");
	if (at[0] != '[')
		n = strcspn(at, ":/?#");
	return g_ascii_strdown(at, (gssize)n);
}

static const struct fact *
alias_of(const struct building *b, const char *name)
{
	const GPtrArray *a = facts_of(b, name);

	for (guint i = 0; a != NULL && i < a->len; i++) {
		const struct fact *f = g_ptr_array_index(a, i);

		if (f->kind == FACT_DNS_CNAME)
			return f;
	}
	return NULL;
}

/* Tags the names that name is an alias of; a suffix of a delivery network
 * counts for every name of the chain. */
static void
tag_chain(struct building *b, const char *name, const char *target, enum tag t)
{
	const char *chain[CHAIN_MAX + 1] = { name };
	const struct fact *suffix = NULL;
	size_t n = 1;

	tag(b, name, target, t);
	while (n <= CHAIN_MAX) {
		const struct fact *f = alias_of(b, chain[n - 1]);
		const char *to = f != NULL ? fact_str(f, "to") : "";

		if (*to == '\0')
			break;
		tag(b, to, target, t);
		if (delivery_by_alias(to) != NULL)
			suffix = f;
		chain[n++] = to;
	}
	for (size_t i = 0; suffix != NULL && i < n; i++)
		g_hash_table_replace(b->aliases, g_strdup(chain[i]),
		    (void *)(uintptr_t)suffix);
}

static void
tag_servers(struct building *b, const struct fact *f, const char *target)
{
	switch (f->kind) {
	case FACT_DNS_NS:
	case FACT_DNS_REFERRAL:
	case FACT_RDAP_NS:
		if (zone_is_of(b, f->subject, target))
			tag(b, fact_str(f, "ns"), target, TAG_DNS);
		break;
	case FACT_DNS_MX:
		if (strcmp(f->subject, target) == 0)
			tag(b, fact_str(f, "exchange"), target, TAG_MAIL);
		break;
	default:
		break;
	}
}

static void
tag_others(struct building *b, const struct fact *f, const char *target)
{
	g_autofree char *host = NULL;

	if (f->target == NULL || strcmp(f->target, target) != 0)
		return;
	switch (f->kind) {
	case FACT_PAGE_HOST:
		host = g_strdup(fact_str(f, "host"));
		break;
	case FACT_HTTP_REDIRECT:
		host = url_host(fact_str(f, "to"));
		break;
	case FACT_RDAP_SERVICE:
	case FACT_RDAP_LINK:
		host = url_host(fact_str(f, "url"));
		tag(b, host, target, TAG_SERVICE);
		return;
	case FACT_WHOIS_REFER:
		tag(b, fact_str(f, "server"), target, TAG_SERVICE);
		return;
	default:
		return;
	}
	if (!name_under(host, target))
		tag_chain(b, host, target, TAG_LINKED);
}

/* Names below the target are its own, unless they serve its zone or its mail. */
static void
tag_own(struct building *b, const struct fact *f, const char *target)
{
	if (f->kind != FACT_DNS_A && f->kind != FACT_DNS_AAAA &&
	    f->kind != FACT_DNS_CNAME)
		return;
	if (name_under(f->subject, target) &&
	    (tags_of(b, f->subject, target) & (TAG_DNS | TAG_MAIL)) == 0)
		tag_chain(b, f->subject, target, TAG_OWN);
}

void
tag_target(struct building *b, const char *target)
{
	const GPtrArray *facts = b->run->facts;

	tag_chain(b, target, target, TAG_OWN);
	for (guint i = 0; i < facts->len; i++)
		tag_servers(b, g_ptr_array_index(facts, i), target);
	for (guint i = 0; i < facts->len; i++)
		tag_own(b, g_ptr_array_index(facts, i), target);
	for (guint i = 0; i < facts->len; i++)
		tag_others(b, g_ptr_array_index(facts, i), target);
}

