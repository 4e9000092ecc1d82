/*
 * Site maps (sitemaps.org 0.9), XML or one URL a line, also gzipped as a file;
 * and the manifest of a web app (W3C).
 *
 * The XML is not validated: what stands in <loc> and <lastmod> is taken, which
 * is all that a site map says, and no entity but the five of XML is known.
 */

#include <string.h>
#include <zlib.h>

#include "probes/http_facts.h"
#include "probes/limits.h"
#include "probes/rdap_json.h"
#include "probes/url.h"

#define URLS		300		/* facts of one map */
#define SCANNED		50000		/* entries looked at: sitemaps.org's most */
#define LONG		2048

/* ---- gzip as a file */

static GBytes *
unzipped(const char *text, size_t len, size_t most)
{
	GByteArray *out = g_byte_array_new();
	z_stream z = { .next_in = (z_const Bytef *)text,
	    .avail_in = (uInt)len };
	guint8 buf[16384];
	int rc = inflateInit2(&z, MAX_WBITS + 16);

	while (rc == Z_OK && out->len < most) {
		z.next_out = buf;
		z.avail_out = sizeof(buf);
		rc = inflate(&z, Z_NO_FLUSH);
		g_byte_array_append(out, buf,
		    (guint)(sizeof(buf) - z.avail_out));
	}
	inflateEnd(&z);
	return g_byte_array_free_to_bytes(out);
}

/* ---- XML */

static const struct {
	const char	*name;
	char		 c;
} entities[] = {
	{ "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' },
	{ "&apos;", '\'' },
};

static char *
xml_text(const char *s, size_t len)
{
	GString *out = g_string_new(NULL);

	if (len >= 12 && memcmp(s, "<![CDATA[", 9) == 0) {
		g_string_append_len(out, s + 9, (gssize)len - 12);
		return g_string_free(out, FALSE);
	}
	for (size_t i = 0; i < len; i++) {
		size_t k = 0, n = 0;

		while (s[i] == '&' && k < G_N_ELEMENTS(entities)) {
			n = strlen(entities[k].name);
			if (n <= len - i &&
			    memcmp(s + i, entities[k].name, n) == 0)
				break;
			k++;
		}
		if (s[i] == '&' && k < G_N_ELEMENTS(entities)) {
			g_string_append_c(out, entities[k].c);
			i += n - 1;
		} else {
			g_string_append_c(out, s[i]);
		}
	}
	return g_string_free(out, FALSE);
}

/* What stands between <tag> and </tag>, from *p on and before end; NULL. */
static char *
element(const char **p, const char *end, const char *tag)
{
	g_autofree char *open = g_strdup_printf("<%s>", tag);
	g_autofree char *close = g_strdup_printf("</%s>", tag);
	const char *from = memmem(*p, (size_t)(end - *p), open, strlen(open));
	const char *to;

	if (from == NULL)
		return NULL;
	from += strlen(open);
	to = memmem(from, (size_t)(end - from), close, strlen(close));
	if (to == NULL)
		return NULL;
	*p = to + strlen(close);
	while (from < to && g_ascii_isspace(*from))
		from++;
	while (to > from && g_ascii_isspace(to[-1]))
		to--;
	return to - from <= LONG ? xml_text(from, (size_t)(to - from)) :
	    g_strdup("");
}

static gboolean
take_url(const struct exchange *x, const char *loc, const char *modified,
    gboolean index, GString *out)
{
	g_autofree char *url = url_resolve(x->q->name, loc);
	json_t *v;

	if (url == NULL)
		return FALSE;
	v = json_pack("{s:s, s:b}", "url", url, "index", index);
	if (modified != NULL)
		json_object_set_new(v, "modified", http_text(modified,
		    strlen(modified), 64));
	fact_emit(out, FACT_SITEMAP_URL, x->q->name, v);
	return TRUE;
}

static void
map_xml(const struct exchange *x, const char *p, const char *end, GString *out)
{
	gboolean index = memmem(p, MIN((size_t)(end - p), 4096),
	    "<sitemapindex", 13) != NULL;
	unsigned urls = 0, scanned = 0;

	while (urls < URLS && scanned++ < SCANNED) {
		g_autofree char *loc = element(&p, end, "loc");
		g_autofree char *modified = NULL;
		const char *next, *q = p;

		if (loc == NULL)
			break;
		/* Of this entry: before the next one begins. */
		next = memmem(p, (size_t)(end - p), "<loc>", 5);
		modified = element(&q, next != NULL ? next : end, "lastmod");
		urls += take_url(x, loc, modified, index, out) ? 1 : 0;
	}
}

static void
map_lines(const struct exchange *x, const char *p, const char *end,
    GString *out)
{
	unsigned urls = 0, scanned = 0;

	while (p < end && urls < URLS && scanned++ < SCANNED) {
		const char *lf = memchr(p, '\n', (size_t)(end - p));
		const char *e = lf != NULL ? lf : end;
		g_autofree char *line = g_strstrip(g_strndup(p,
		    MIN((size_t)(e - p), LONG)));

		if (g_str_has_prefix(line, "http"))
			urls += take_url(x, line, NULL, FALSE, out) ? 1 : 0;
		p = e + 1;
	}
}

void
sitemap_facts(const struct exchange *x, const char *text, size_t len,
    GString *out)
{
	g_autoptr(GBytes) plain = NULL;

	if (len > 2 && memcmp(text, "\x1f\x8b", 2) == 0) {
		plain = unzipped(text, len,
		    (size_t)limit_info(LIMIT_HTTP_BODY)->value);
		text = g_bytes_get_data(plain, &len);
	}
	if (len == 0)
		return;
	if (memmem(text, MIN(len, 4096), "<", 1) != NULL)
		map_xml(x, text, text + len, out);
	else
		map_lines(x, text, text + len, out);
}

/* ---- the manifest of a web app */

static void
member(const struct exchange *x, const char *name, const json_t *value,
    const json_t *platform, GString *out)
{
	const char *s = json_string_value(value);
	json_t *v;

	if (s == NULL || *s == '\0')
		return;
	v = json_object();
	json_object_set_new(v, "name", json_string(name));
	json_object_set_new(v, "value", http_text(s, strlen(s), LONG));
	if (json_is_string(platform))
		json_object_set_new(v, "platform", http_text(
		    json_string_value(platform),
		    strlen(json_string_value(platform)), 64));
	fact_emit(out, FACT_MANIFEST_FIELD, x->q->name, v);
}

void
manifest_facts(const struct exchange *x, const char *text, size_t len,
    GString *out)
{
	static const char *const names[] = { "name", "short_name",
		"start_url", "scope", "description", "lang" };
	json_t *m = rdap_json_load(text, len,
	    (int)limit_info(LIMIT_JSON_DEPTH)->value), *app;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(names); i++)
		member(x, names[i], json_object_get(m, names[i]), NULL, out);
	json_array_foreach(json_object_get(m, "related_applications"), i, app) {
		if (i >= 20)
			break;
		member(x, "related_application", json_object_get(app,
		    json_is_string(json_object_get(app, "url")) ? "url" :
		    "id"), json_object_get(app, "platform"), out);
	}
	json_decref(m);
}
