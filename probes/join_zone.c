/*
 * What further look-ups say of addresses, joined: reverse names asked back,
 * sources of who announces an address compared, and the other addresses that
 * the records of a zone name.
 */

#include <string.h>

#include "probes/join_priv.h"

enum { ALIASES = 8 };		/* followed from one name */

static gboolean
is_address(const struct fact *f)
{
	return f->kind == FACT_DNS_A || f->kind == FACT_DNS_AAAA;
}

/* ---- reverse names ---------------------------------------------------------- */

enum back { BACK_SILENT, BACK_NO, BACK_YES };

/* Whether the name has the address, by what was answered about it. */
static enum back
leads_back(const struct join *j, struct fact *out, const char *name,
    const char *ip)
{
	enum back said = BACK_SILENT;
	const char *next = name;

	for (int hop = 0; next != NULL && hop < ALIASES; hop++) {
		const char *at = next;

		next = NULL;
		for (guint i = 0; i < j->facts->len; i++) {
			const struct fact *f = j->facts->pdata[i];

			if (strcmp(f->subject, at) != 0)
				continue;
			if (f->kind == FACT_DNS_CNAME)
				next = fact_str(f, "to");
			else if (!is_address(f) && f->kind != FACT_DNS_NXDOMAIN
			    && f->kind != FACT_DNS_NODATA)
				continue;
			else if (said != BACK_YES)
				said = BACK_NO;
			if (is_address(f) && strcmp(fact_str(f, "ip"), ip) == 0)
				said = BACK_YES;
			join_rests_on(out, f);
		}
	}
	return said;
}

static gboolean
reverse_known(const struct join *j, const struct fact *ptr)
{
	for (guint i = 0; i < j->out->len; i++) {
		const struct fact *f = j->out->pdata[i];

		if (join_is(f, FACT_IP_REVERSE, ptr->subject) &&
		    strcmp(fact_str(f, "name"), fact_str(ptr, "name")) == 0)
			return TRUE;
	}
	return FALSE;
}

void
join_reverse(struct join *j)
{
	static const char *const words[] = {
		[BACK_SILENT] = "not answered", [BACK_NO] = "no",
		[BACK_YES] = "yes",
	};

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *ptr = j->facts->pdata[i];
		struct fact *f;

		if (ptr->kind != FACT_DNS_PTR || *fact_str(ptr, "name") == '\0'
		    || reverse_known(j, ptr))
			continue;
		f = join_fact(j, FACT_IP_REVERSE, ptr->subject, json_pack(
		    "{s:s}", "name", fact_str(ptr, "name")));
		join_rests_on(f, ptr);
		json_object_set_new(f->value, "confirmed", json_string(
		    words[leads_back(j, f, fact_str(ptr, "name"),
		    ptr->subject)]));
	}
}

/* ---- who announces an address -------------------------------------------------- */

/* A source's numbers, in the order in which they came. */
static json_t *
numbers_of(const struct join *j, const char *ip, const char *source)
{
	json_t *a = json_array();

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];
		g_autofree char *n = NULL;

		if (!join_is(f, FACT_IP_ORIGIN, ip) || (source != NULL &&
		    strcmp(fact_str(f, "source"), source) != 0))
			continue;
		n = g_strdup_printf("AS%" G_GINT64_FORMAT,
		    fact_int(f, "asn", 0));
		join_array_add(a, n);
	}
	return a;
}

static gboolean
sources_agree(const struct join *j, const char *ip, const json_t *sources,
    const json_t *all, gboolean *several)
{
	gboolean agree = TRUE;
	const json_t *s;
	size_t i;

	*several = FALSE;
	json_array_foreach(sources, i, s) {
		json_t *one = numbers_of(j, ip, json_string_value(s));

		agree &= join_array_same(one, all);
		*several |= json_array_size(one) > 1;
		json_decref(one);
	}
	return agree;
}

static gboolean
origin_known(const struct join *j, const char *ip)
{
	for (guint i = 0; i < j->out->len; i++)
		if (join_is(j->out->pdata[i], FACT_ORIGIN_COMPARED, ip))
			return TRUE;
	return FALSE;
}

static void
origin_compare(struct join *j, const char *ip)
{
	json_t *all = numbers_of(j, ip, NULL), *sources = json_array();
	struct fact *f = join_fact(j, FACT_ORIGIN_COMPARED, ip, json_object());
	gboolean several, agree;

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *o = j->facts->pdata[i];

		if (join_is(o, FACT_IP_ORIGIN, ip)) {
			join_array_add(sources, fact_str(o, "source"));
			join_rests_on(f, o);
		}
	}
	agree = sources_agree(j, ip, sources, all, &several);
	json_object_set_new(f->value, "asns", all);
	json_object_set_new(f->value, "sources", sources);
	json_object_set_new(f->value, "agree", json_boolean(agree));
	json_object_set_new(f->value, "several", json_boolean(several));
}

void
join_origins(struct join *j)
{
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (f->kind == FACT_IP_ORIGIN && !origin_known(j, f->subject))
			origin_compare(j, f->subject);
	}
}

/* ---- other addresses of the zone -------------------------------------------------- */

static gboolean
within(const char *name, const char *zone)
{
	size_t n = strlen(name), z = strlen(zone);

	return z > 0 && n > z && name[n - z - 1] == '.' &&
	    strcmp(name + n - z, zone) == 0;
}

/* The target's own name, with www before it or without. */
static gboolean
own_name(const struct join *j, const char *name)
{
	return strcmp(name, j->name) == 0 || strcmp(name, j->registrable) == 0
	    || (g_str_has_prefix(name, "www.") &&
	    strcmp(name + strlen("www."), j->registrable) == 0);
}

static gboolean
own_address(const struct join *j, const char *ip)
{
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (is_address(f) && own_name(j, f->subject) &&
		    strcmp(fact_str(f, "ip"), ip) == 0)
			return TRUE;
	}
	return FALSE;
}

static struct fact *
zone_fact(struct join *j, const char *ip, const char *how, const char *name,
    const struct fact *on)
{
	struct fact *f;

	for (guint i = 0; i < j->out->len; i++) {
		f = j->out->pdata[i];
		if (join_is(f, FACT_ZONE_ADDRESS, j->name) &&
		    strcmp(fact_str(f, "ip"), ip) == 0 &&
		    strcmp(fact_str(f, "name"), name) == 0)
			return f;
	}
	f = join_fact(j, FACT_ZONE_ADDRESS, j->name, json_pack(
	    "{s:s, s:s, s:s}", "ip", ip, "how", how, "name", name));
	join_rests_on(f, on);
	return f;
}

/* What a name below the zone is for, and the fact that says so. */
static const char *
use_of(const struct join *j, const char *name, const struct fact **why)
{
	const char *use = "name";

	*why = NULL;
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (f->kind == FACT_DNS_MX &&
		    strcmp(fact_str(f, "exchange"), name) == 0)
			use = "mail server";
		else if (f->kind == FACT_DNS_NS &&
		    strcmp(fact_str(f, "ns"), name) == 0)
			use = "name server";
		else
			continue;
		*why = f;
		break;
	}
	return use;
}

/* RFC 7208, 5.6: ip4 and ip6 name addresses; what "a" and "mx" name is there
 * by itself, and "include" leads to another's. */
static void
zone_spf(struct join *j, const struct fact *f)
{
	const char *text = fact_str(f, "text");
	g_auto(GStrv) words = NULL;

	if (!g_str_has_prefix(text, "v=spf1"))
		return;
	words = g_strsplit(text, " ", 64);
	for (char **w = words; *w != NULL; w++) {
		const char *s = *w + (strchr("+-~?", **w) != NULL ? 1 : 0);

		if (**w == '\0' || **w == '-' ||
		    (g_ascii_strncasecmp(s, "ip4:", 4) != 0 &&
		    g_ascii_strncasecmp(s, "ip6:", 4) != 0))
			continue;
		if (s[4] != '\0' && !own_address(j, s + 4))
			zone_fact(j, s + 4, "SPF", f->subject, f);
	}
}

void
join_zone_addresses(struct join *j)
{
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i], *why;
		const char *use;

		if (f->kind == FACT_DNS_TXT && own_name(j, f->subject))
			zone_spf(j, f);
		if (!is_address(f) || !within(f->subject, j->registrable) ||
		    own_name(j, f->subject) ||
		    own_address(j, fact_str(f, "ip")))
			continue;
		use = use_of(j, f->subject, &why);
		if (why != NULL)
			join_rests_on(zone_fact(j, fact_str(f, "ip"), use,
			    f->subject, f), why);
		else
			zone_fact(j, fact_str(f, "ip"), use, f->subject, f);
	}
}
