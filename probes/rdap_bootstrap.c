#include <arpa/inet.h>
#include <jansson.h>
#include <string.h>

#include "embed.h"
#include "probes/rdap_bootstrap.h"
#include "probes/rdap_json.h"

/* Of an address: its bits from the highest; v4 in the first four bytes. */
struct prefix {
	unsigned char	 bits[16];
	int		 family, len;
	const char	*url;		/* of urls */
};

/* Of AS numbers, both ends in it. */
struct range {
	guint32		 first, last;
	const char	*url;
};

struct bootstrap {
	char		*publication;
	GHashTable	*suffixes;	/* char * -> const char *, of urls */
	GArray		*prefixes;	/* struct prefix */
	GArray		*ranges;	/* struct range */
	GPtrArray	*urls;		/* char * */
	guint		 entries;
};

static const struct {
	const char	*which, *text, *end;
} embedded[] = {
#define CARRIED(name, w) { name, embed_probes_data_iana_rdap_##w##_json, \
	embed_probes_data_iana_rdap_##w##_json_end }
	CARRIED("dns", dns), CARRIED("ipv4", ipv4), CARRIED("ipv6", ipv6),
	CARRIED("asn", asn), CARRIED("object-tags", object_tags),
#undef CARRIED
};

const char *
bootstrap_embedded(const char *which, size_t *len)
{
	for (size_t i = 0; i < G_N_ELEMENTS(embedded); i++) {
		if (strcmp(embedded[i].which, which) == 0) {
			*len = (size_t)(embedded[i].end - embedded[i].text);
			return embedded[i].text;
		}
	}
	*len = 0;
	return NULL;
}

/* ---- reading */

static char *
one_slash(const char *url)
{
	size_t n = strlen(url);

	while (n > 0 && url[n - 1] == '/')
		n--;
	return g_strdup_printf("%.*s/", (int)n, url);
}

/* The first https URL, else the first http one; kept in b->urls. */
static const char *
best_url(struct bootstrap *b, const json_t *list)
{
	const char *best = NULL;
	size_t i;
	json_t *e;

	json_array_foreach(list, i, e) {
		const char *s = json_string_value(e);

		if (s == NULL || !rdap_url_ok(s))
			continue;
		if (g_ascii_strncasecmp(s, "https:", 6) == 0) {
			best = s;
			break;
		}
		best = best != NULL ? best : s;
	}
	if (best == NULL)
		return NULL;
	g_ptr_array_add(b->urls, one_slash(best));
	return g_ptr_array_index(b->urls, b->urls->len - 1);
}

static gboolean
prefix_parse(const char *s, struct prefix *p)
{
	g_auto(GStrv) part = g_strsplit(s, "/", 2);
	guint64 len;

	memset(p, 0, sizeof *p);
	if (part[0] == NULL)
		return FALSE;
	p->family = strchr(s, ':') != NULL ? AF_INET6 : AF_INET;
	if (inet_pton(p->family, part[0], p->bits) != 1)
		return FALSE;
	p->len = p->family == AF_INET ? 32 : 128;
	if (part[1] == NULL)
		return TRUE;
	if (!g_ascii_string_to_unsigned(part[1], 10, 0, (guint64)p->len, &len,
	    NULL))
		return FALSE;
	p->len = (int)len;
	return TRUE;
}

/* "36864-37887", or one number (RFC 9224 section 5.3). */
static gboolean
range_parse(const char *s, struct range *r)
{
	g_auto(GStrv) end = g_strsplit(s, "-", 2);
	guint64 first, last;

	if (end[0] == NULL || !g_ascii_string_to_unsigned(end[0], 10, 0,
	    G_MAXUINT32, &first, NULL))
		return FALSE;
	last = first;
	if (end[1] != NULL && !g_ascii_string_to_unsigned(end[1], 10, first,
	    G_MAXUINT32, &last, NULL))
		return FALSE;
	r->first = (guint32)first;
	r->last = (guint32)last;
	return TRUE;
}

static void
add_entry(struct bootstrap *b, const char *entry, const char *url)
{
	struct prefix p;
	struct range r;

	if (b->entries >= BOOTSTRAP_ENTRIES)
		return;
	b->entries++;
	if (prefix_parse(entry, &p)) {
		p.url = url;
		g_array_append_val(b->prefixes, p);
	} else if (range_parse(entry, &r)) {
		r.url = url;
		g_array_append_val(b->ranges, r);
	} else {
		g_hash_table_insert(b->suffixes, g_ascii_strdown(entry, -1),
		    (gpointer)url);
	}
}

/* Object tags have whom to ask about them before the rest (RFC 8521, 3). */
static void
add_service(struct bootstrap *b, const json_t *service)
{
	size_t at = json_array_size(service) == 3 ? 1 : 0;
	const json_t *entries = json_array_get(service, at);
	const char *url = best_url(b, json_array_get(service, at + 1));
	size_t i;
	json_t *e;

	json_array_foreach(entries, i, e)
		if (url != NULL && json_is_string(e))
			add_entry(b, json_string_value(e), url);
}

struct bootstrap *
bootstrap_parse(const char *text, size_t len)
{
	json_t *o = rdap_json_load(text, len, BOOTSTRAP_DEPTH);
	json_t *services = json_object_get(o, "services"), *s;
	const char *when = json_string_value(json_object_get(o, "publication"));
	struct bootstrap *b = NULL;
	size_t i;

	if (json_is_array(services)) {
		b = g_new0(struct bootstrap, 1);
		b->publication = g_strdup(when != NULL ? when : "");
		b->urls = g_ptr_array_new_with_free_func(g_free);
		b->prefixes = g_array_new(FALSE, FALSE, sizeof(struct prefix));
		b->ranges = g_array_new(FALSE, FALSE, sizeof(struct range));
		b->suffixes = g_hash_table_new_full(g_str_hash, g_str_equal,
		    g_free, NULL);
		json_array_foreach(services, i, s)
			add_service(b, s);
	}
	json_decref(o);
	return b;
}

void
bootstrap_free(struct bootstrap *b)
{
	if (b == NULL)
		return;
	g_free(b->publication);
	g_hash_table_unref(b->suffixes);
	g_array_unref(b->prefixes);
	g_array_unref(b->ranges);
	g_ptr_array_unref(b->urls);
	g_free(b);
}

const char *
bootstrap_publication(const struct bootstrap *b)
{
	return b->publication;
}

guint
bootstrap_entries(const struct bootstrap *b)
{
	return b->entries;
}

/* ---- looking */

/* The suffix with one label less; NULL after the last. */
static const char *
parent(const char *name)
{
	const char *dot = strchr(name, '.');

	return dot != NULL && dot[1] != '\0' ? dot + 1 : NULL;
}

static char *
plain_name(const char *name)
{
	char *s = g_ascii_strdown(name, -1);
	size_t n = strlen(s);

	if (n > 0 && s[n - 1] == '.')
		s[n - 1] = '\0';
	return s;
}

const char *
bootstrap_domain(const struct bootstrap *b, const char *name,
    const char **publication)
{
	g_autofree char *plain = plain_name(name);
	const char *url = NULL;

	for (const char *s = plain; s != NULL && url == NULL; s = parent(s))
		url = g_hash_table_lookup(b->suffixes, s);
	if (publication != NULL)
		*publication = b->publication;
	return url;
}

static gboolean
covers(const struct prefix *p, const struct prefix *ip)
{
	int whole = p->len / 8, rest = p->len % 8;

	if (p->family != ip->family || memcmp(p->bits, ip->bits,
	    (size_t)whole) != 0)
		return FALSE;
	return rest == 0 ||
	    ((p->bits[whole] ^ ip->bits[whole]) >> (8 - rest)) == 0;
}

const char *
bootstrap_ip(const struct bootstrap *b, const char *text,
    const char **publication)
{
	struct prefix ip;
	const struct prefix *best = NULL;

	if (publication != NULL)
		*publication = b->publication;
	if (!prefix_parse(text, &ip))
		return NULL;
	for (guint i = 0; i < b->prefixes->len; i++) {
		const struct prefix *p =
		    &g_array_index(b->prefixes, struct prefix, i);

		if (covers(p, &ip) && (best == NULL || p->len > best->len))
			best = p;
	}
	return best != NULL ? best->url : NULL;
}

const char *
bootstrap_asn(const struct bootstrap *b, guint32 as, const char **publication)
{
	if (publication != NULL)
		*publication = b->publication;
	for (guint i = 0; i < b->ranges->len; i++) {
		const struct range *r =
		    &g_array_index(b->ranges, struct range, i);

		if (r->first <= as && as <= r->last)
			return r->url;
	}
	return NULL;
}

const char *
bootstrap_tag(const struct bootstrap *b, const char *handle,
    const char **publication)
{
	const char *dash = strrchr(handle, '-');
	g_autofree char *tag = dash != NULL ? g_ascii_strdown(dash + 1, -1) :
	    NULL;

	if (publication != NULL)
		*publication = b->publication;
	return tag != NULL ? g_hash_table_lookup(b->suffixes, tag) : NULL;
}

/* The second column of the row whose first column is that suffix. */
static char *
unlisted_row(const char *suffix)
{
	const char *p = embed_probes_data_rdap_unlisted_tsv;
	size_t n = strlen(suffix);

	for (; *p != '\0'; p += *p == '\n') {
		size_t line = strcspn(p, "\n");

		if (*p != '#' && line > n && p[n] == '\t' &&
		    strncmp(p, suffix, n) == 0)
			return g_strndup(p + n + 1, line - n - 1);
		p += line;
	}
	return NULL;
}

const char *
rdap_unlisted(const char *name)
{
	g_autofree char *plain = plain_name(name);

	for (const char *s = plain; s != NULL; s = parent(s)) {
		g_autofree char *url = unlisted_row(s);

		if (url != NULL)
			return g_intern_string(url);
	}
	return NULL;
}
