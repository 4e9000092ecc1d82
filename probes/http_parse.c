/*
 * Reads one kept page: status, redirect, headers that say who or where, and
 * for HTML what html_parse() finds.
 *
 * A redirect's target is absolute where it is an http or https URL without
 * credentials; anything else is kept as it was written, and "why" says what
 * keeps it from being followed.
 */

#include <string.h>

#include "probes/html_parse.h"
#include "probes/http_message.h"
#include "probes/limits.h"
#include "probes/reader.h"
#include "probes/text.h"
#include "probes/url.h"

#define VALUE	512		/* bytes of a header's value in a fact */
#define TARGET	2048		/* of a redirect's target that is no URL */
#define HEADERS	64		/* http.header facts of a page */

/* What says who or where; in lower case. */
static const char *const headers[] = {
	"server", "via", "retry-after", "x-powered-by", "x-generator", "x-aspnet-version",
	"x-served-by", "x-cache", "x-cache-hits", "x-varnish", "x-backend",
	"x-backend-server", "x-timer", "x-fastly-request-id", "cf-ray",
	"cf-cache-status", "x-amz-cf-id", "x-amz-cf-pop", "x-amz-request-id",
	"x-azure-ref", "x-sucuri-id", "x-sucuri-cache", "x-iinfo", "x-cdn",
	"x-akamai-transformed", "x-akamai-request-id", "x-edge-location",
	"x-vercel-id", "x-nf-request-id", "x-github-request-id", "x-qc-pop",
	"x-bunny-cache", "cdn-pullzone", "cdn-requestcountrycode",
	"x-country", "x-country-code", "x-geo-country", "cf-ipcountry",
	"strict-transport-security", "alt-svc", "content-language",
	"content-location", "link", "set-cookie",
};

static json_t *
bounded(const char *s, size_t len, size_t max)
{
	if (len > max) {
		len = max;
		while (len > 0 && ((guchar)s[len] & 0xc0) == 0x80)
			len--;
	}
	return text_json(s, len);
}

/* ---- redirects */

static const char *
why_not(const char *to)
{
	struct url u;
	enum url_error e = url_check(to, &u);

	url_clear(&u);
	switch (e) {
	case URL_CREDENTIALS:
		return "it holds credentials";
	case URL_SCHEME:
		return "it is not http or https";
	default:
		return "it is not a URL that can be asked for";
	}
}

static void
redirect(const struct exchange *x, int status, const char *text, size_t len,
    const char *how, GString *out)
{
	g_autofree char *url = memchr(text, '\0', len) == NULL ?
	    url_resolve(x->q->name, text) : NULL;
	json_t *v = json_object();

	json_object_set_new(v, "status", json_integer(status));
	json_object_set_new(v, "to", url != NULL ? json_string(url) :
	    bounded(text, len, TARGET));
	json_object_set_new(v, "how", json_string(how));
	if (url == NULL)
		json_object_set_new(v, "why", json_string(why_not(text)));
	fact_emit(out, FACT_HTTP_REDIRECT, x->q->name, v);
}

static void
location(const struct exchange *x, const struct http_message *m, GString *out)
{
	guint i;

	for (i = 0; i < m->fields->len; i++) {
		const struct http_field *f =
		    &g_array_index(m->fields, struct http_field, i);

		if (g_ascii_strcasecmp(f->name, "location") == 0 &&
		    m->status >= 300 && m->status < 400) {
			redirect(x, m->status, f->value, f->len, "location",
			    out);
			return;
		}
	}
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
	json_object_set_new(v, "value", bounded(f->value,
	    strcspn(f->value, "=;"), VALUE));
	json_object_set_new(v, "flags", flags);
	json_object_set_new(v, "domain", bounded(domain, strlen(domain), 253));
}

static void
header(const struct exchange *x, const struct http_field *f, GString *out)
{
	json_t *v;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(headers); i++)
		if (g_ascii_strcasecmp(f->name, headers[i]) == 0)
			break;
	if (i == G_N_ELEMENTS(headers))
		return;
	v = json_object();
	json_object_set_new(v, "name", json_string(headers[i]));
	if (strcmp(headers[i], "set-cookie") == 0)
		cookie(v, f);
	else
		json_object_set_new(v, "value",
		    bounded(f->value, f->len, VALUE));
	fact_emit(out, FACT_HTTP_HEADER, x->q->name, v);
}

static void
all_headers(const struct exchange *x, const struct http_message *m,
    GString *out)
{
	gsize before = out->len;
	guint i, n = 0;

	for (i = 0; i < m->fields->len && n < HEADERS; i++) {
		header(x, &g_array_index(m->fields, struct http_field, i), out);
		n += out->len > before;
		before = out->len;
	}
}

/* ---- the page */

static json_t *
header_text(const struct http_message *m, const char *name)
{
	const char *s = http_header(m, name);

	s = s != NULL ? s : "";
	return bounded(s, strlen(s), VALUE);
}

static gboolean
is_html(const struct http_message *m, const char *p, gsize n)
{
	const char *type = http_header(m, "Content-Type");

	if (m->status < 200 || m->status >= 500)
		return FALSE;
	if (type != NULL)
		return g_ascii_strncasecmp(type, "text/html", 9) == 0 ||
		    g_ascii_strncasecmp(type, "application/xhtml", 17) == 0;
	while (n > 0 && g_ascii_isspace(*p))
		p++, n--;
	return n > 0 && *p == '<';
}

static void
page(const struct exchange *x, const struct http_message *m,
    const struct html_head *h, GBytes *content, gboolean cut, GString *out)
{
	gsize n;
	const void *body = g_bytes_get_data(m->body, &n);
	json_t *v = json_object();
	char sha[65];

	text_sha256(sha, n > 0 ? body : "", n);
	json_object_set_new(v, "status", json_integer(m->status));
	json_object_set_new(v, "type", header_text(m, "Content-Type"));
	json_object_set_new(v, "bytes", json_integer((json_int_t)n));
	json_object_set_new(v, "sha256", json_string(sha));
	json_object_set_new(v, "title", h->title != NULL ?
	    json_incref(h->title) : json_string(""));
	json_object_set_new(v, "server", header_text(m, "Server"));
	json_object_set_new(v, "coding", header_text(m, "Content-Encoding"));
	if (cut || x->status == X_LIMIT)
		json_object_set_new(v, "cut", json_true());
	if (content == NULL || h->read < g_bytes_get_size(content))
		json_object_set_new(v, "read", json_integer((json_int_t)h->read));
	fact_emit(out, FACT_HTTP_PAGE, x->q->name, v);
}

static gssize
place(const void *arg, size_t pos)
{
	return http_message_offset(arg, pos);
}

static void
html(const struct exchange *x, const struct http_message *m, GBytes *content,
    struct html_head *h, GString *out)
{
	const char *lang = http_header(m, "Content-Language");
	struct html_source src = {
		.url = x->q->name, .http_lang = lang != NULL ? lang : "",
		.place = place, .place_arg = m,
	};

	src.html = g_bytes_get_data(content, &src.len);
	if (src.len > 0 && is_html(m, src.html, src.len))
		html_parse(&src, h, out);
	else
		h->read = src.len;
}

int
http_parse(const struct exchange *x, GString *out)
{
	g_autoptr(GString) found = g_string_new(NULL);
	g_autoptr(GBytes) content = NULL;
	struct html_head h = { 0 };
	struct http_message m;
	gboolean cut = FALSE;
	gsize n;
	const void *p = x->received.bytes != NULL ?
	    g_bytes_get_data(x->received.bytes, &n) : NULL;

	if (p == NULL || http_message_parse(p, n, &m) != 0)
		return -1;
	content = http_message_content(&m,
	    (gsize)limit_info(LIMIT_HTTP_BODY)->value, &cut);
	if (content != NULL)
		html(x, &m, content, &h, found);
	location(x, &m, out);
	if (h.refresh != NULL)
		redirect(x, m.status, h.refresh_to != NULL ? h.refresh_to :
		    h.refresh, strlen(h.refresh_to != NULL ? h.refresh_to :
		    h.refresh), "refresh", out);
	page(x, &m, &h, content, cut, out);
	all_headers(x, &m, out);
	g_string_append_len(out, found->str, (gssize)found->len);
	html_head_clear(&h);
	http_message_clear(&m);
	return 0;
}
