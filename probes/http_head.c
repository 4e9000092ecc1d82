/* Facts from the head of a response: who and where, clocks, hosts of a policy. */

#include "probes/http_facts.h"

#include <curl/curl.h>
#include <string.h>

#include "probes/ascii.h"
#include "probes/json_text.h"
#include "probes/text.h"

#define HEADERS	64		/* http.header facts of a page */
#define POLICY	40		/* http.policy facts of a page */

/* What says who or where; in lower case. */
static const char *const headers[] = {
	"server", "via", "x-powered-by", "x-generator", "x-aspnet-version",
	"x-served-by", "x-cache", "x-cache-hits", "x-varnish", "x-backend",
	"x-backend-server", "x-timer", "x-fastly-request-id", "cf-ray",
	"cf-cache-status", "x-amz-cf-id", "x-amz-cf-pop", "x-amz-request-id",
	"x-azure-ref", "x-sucuri-id", "x-sucuri-cache", "x-iinfo", "x-cdn",
	"x-akamai-transformed", "x-akamai-request-id", "x-edge-location",
	"akamai-grn", "x-77-cache", "x-77-pop", "x-id-fe", "x-llid", "x-hw",
	"ddg-cache-status", "cdn-requestid", "x-cf1", "x-cdn-pop",
	"x-cdn-request-id", "eagleid", "x-swift-cachetime", "x-nws-log-uuid",
	"ar-poweredby", "x-gocache-cachestatus", "fly-request-id",
	"x-wix-request-id", "x-shopid", "x-shopify-stage", "powered-by",
	"x-contextid", "x-ac",
	"x-vercel-id", "x-nf-request-id", "x-github-request-id", "x-qc-pop",
	"x-bunny-cache", "cdn-pullzone", "cdn-requestcountrycode",
	"x-country", "x-country-code", "x-geo-country", "cf-ipcountry",
	"strict-transport-security", "alt-svc", "content-language",
	"content-location", "link", "set-cookie", "retry-after",
	"x-robots-tag", "cf-mitigated", "x-frame-options",
	"www-authenticate",
};

static size_t
cut_to(const char *s, size_t len, size_t max)
{
	if (len <= max)
		return len;
	len = max;
	while (len > 0 && ((guchar)s[len] & 0xc0) == 0x80)
		len--;
	return len;
}

json_t *
http_text(const char *s, size_t len, size_t max)
{
	return text_json(s, cut_to(s, len, max));
}

void
http_put(GString *out, const char *key, const char *s, size_t len, size_t max)
{
	json_put_text(out, key, s, cut_to(s, len, max));
}

void
http_put_value(GString *out, const struct http_message *m, const char *key,
    const char *name)
{
	const char *s = http_header(m, name);

	s = s != NULL ? s : "";
	http_put(out, key, s, strlen(s), HTTP_VALUE);
}

json_t *
http_value(const struct http_message *m, const char *name)
{
	const char *s = http_header(m, name);

	s = s != NULL ? s : "";
	return http_text(s, strlen(s), HTTP_VALUE);
}

/* ---- headers */

/* A cookie's value is a visitor's, and not kept: its name, and its flags. */
static void
cookie(json_t *v, const struct http_field *f)
{
	static const char *const known[] = { "secure", "httponly",
		"partitioned", "samesite=strict", "samesite=lax",
		"samesite=none" };
	g_auto(GStrv) parts = g_strsplit(f->value, ";", 16);
	const char *domain = "";
	json_t *flags = json_array();
	size_t i, j;

	for (i = 1; parts[0] != NULL && parts[i] != NULL; i++) {
		char *s = g_strstrip(parts[i]);

		for (j = 0; j < G_N_ELEMENTS(known); j++)
			if (g_ascii_strcasecmp(s, known[j]) == 0)
				json_array_append_new(flags,
				    json_string(known[j]));
		if (g_ascii_strncasecmp(s, "domain=", 7) == 0)
			domain = s + 7;
	}
	json_object_set_new(v, "value", http_text(f->value,
	    strcspn(f->value, "=;"), HTTP_VALUE));
	json_object_set_new(v, "flags", flags);
	json_object_set_new(v, "domain", http_text(domain, strlen(domain), 253));
}

static void
header(const struct exchange *x, const struct http_field *f, GString *out)
{
	size_t i, n = strlen(f->name);
	json_t *v;

	for (i = 0; i < G_N_ELEMENTS(headers); i++)
		if (ascii_low(*f->name) == (guchar)*headers[i] &&
		    strlen(headers[i]) == n &&
		    ascii_is_low(f->name, headers[i], n))
			break;
	if (i == G_N_ELEMENTS(headers))
		return;
	fact_open(out, FACT_HTTP_HEADER, x->q->name);
	json_put(out, "name", headers[i]);
	if (strcmp(headers[i], "set-cookie") == 0) {
		v = json_object();
		cookie(v, f);
		json_put_members(out, v);
		json_decref(v);
	} else {
		http_put(out, "value", f->value, f->len, HTTP_VALUE);
	}
	fact_close(out);
}

/* ---- the server's clock */

static void
clock_of(const struct exchange *x, const struct http_message *m, GString *out)
{
	const char *date = http_header(m, "Date");
	gint64 theirs = date != NULL ? (gint64)curl_getdate(date, NULL) : -1;
	json_t *v;

	if (date == NULL)
		return;
	v = json_object();
	json_object_set_new(v, "date", http_value(m, "Date"));
	if (theirs > 0)
		json_object_set_new(v, "ahead_s", json_integer(theirs -
		    x->end / G_USEC_PER_SEC));
	json_object_set_new(v, "last_modified", http_value(m,
	    "Last-Modified"));
	json_object_set_new(v, "etag", http_value(m, "ETag"));
	fact_emit(out, FACT_HTTP_CLOCK, x->q->name, v);
}

/* ---- Content-Security-Policy: hosts that the page may load from */

/* "https://cdn.example.net:443/x", "*.example.net": the host as written. */
static char *
source_host(const char *s)
{
	const char *sep = strstr(s, "://");
	size_t n;

	if (*s == '\'')
		return NULL;
	s = sep != NULL ? sep + 3 : s;
	n = strcspn(s, ":/");
	if (n == 0 || n > 253 || memchr(s, '.', n) == NULL)
		return NULL;
	return g_ascii_strdown(s, (gssize)n);
}

static void
policy_of(const struct exchange *x, const char *policy, GString *out)
{
	g_auto(GStrv) directives = g_strsplit(policy, ";", 64);
	guint done = 0;

	for (size_t i = 0; directives[i] != NULL; i++) {
		g_auto(GStrv) word = g_strsplit_set(
		    g_strstrip(directives[i]), " \t", 128);

		for (size_t k = 1; word[0] != NULL && word[k] != NULL &&
		    done < POLICY; k++) {
			g_autofree char *host = source_host(word[k]);
			json_t *v;

			if (host == NULL)
				continue;
			v = json_object();
			json_object_set_new(v, "host", http_text(host,
			    strlen(host), 253));
			json_object_set_new(v, "directive", http_text(word[0],
			    strlen(word[0]), 64));
			fact_emit(out, FACT_HTTP_POLICY, x->q->name, v);
			done++;
		}
	}
}

void
http_head_facts(const struct exchange *x, const struct http_message *m,
    GString *out)
{
	const char *policy = http_header(m, "Content-Security-Policy");
	gsize before = out->len;
	guint i, n = 0;

	for (i = 0; i < m->fields->len && n < HEADERS; i++) {
		header(x, &g_array_index(m->fields, struct http_field, i), out);
		n += out->len > before;
		before = out->len;
	}
	clock_of(x, m, out);
	if (policy != NULL)
		policy_of(x, policy, out);
}
