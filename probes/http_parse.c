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
#include "probes/http_facts.h"
#include "probes/json_text.h"
#include "probes/limits.h"
#include "probes/page_charset.h"
#include "probes/page_class.h"
#include "probes/reader.h"
#include "probes/text.h"
#include "probes/url.h"

#define TARGET	2048		/* of a redirect's target that is no URL */

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
	    http_text(text, len, TARGET));
	json_object_set_new(v, "how", json_string(how));
	if (url == NULL)
		json_object_set_new(v, "why", json_string(why_not(text)));
	fact_emit(out, FACT_HTTP_REDIRECT, x->q->name, v);
}

gboolean
http_location(const struct exchange *x, const struct http_message *m,
    GString *out)
{
	guint i;

	for (i = 0; i < m->fields->len; i++) {
		const struct http_field *f =
		    &g_array_index(m->fields, struct http_field, i);

		if (g_ascii_strcasecmp(f->name, "location") == 0 &&
		    m->status >= 300 && m->status < 400) {
			redirect(x, m->status, f->value, f->len, "location",
			    out);
			return TRUE;
		}
	}
	return FALSE;
}

/* "5; url=/next": as browsers read a header that no RFC has. */
static void
refresh_header(const struct exchange *x, const struct http_message *m,
    GString *out)
{
	const char *s = http_header(m, "Refresh");
	const char *to = s != NULL ? strcasestr(s, "url=") : NULL;

	if (to == NULL)
		return;
	g_autofree char *url = g_strstrip(g_strdup(to + 4));
	redirect(x, m->status, url, strlen(url), "refresh", out);
}

/* ---- the page */

static gboolean
is_html(const struct http_message *m, const char *p, gsize n)
{
	const char *type = http_header(m, "Content-Type");

	if (m->status < 200)
		return FALSE;
	if (type != NULL)
		return g_ascii_strncasecmp(type, "text/html", 9) == 0 ||
		    g_ascii_strncasecmp(type, "application/xhtml", 17) == 0;
	while (n > 0 && g_ascii_isspace(*p))
		p++, n--;
	return n > 0 && *p == '<';
}

/* ---- what is read of it */

/* A page on its way through the reader. */
struct page {
	const struct exchange	*x;
	struct http_message	 m;
	GBytes			*content;	/* decoded; NULL: not known to us */
	GBytes			*utf8;		/* converted, or NULL */
	char			*charset;
	struct html_head	 head;
	gboolean		 cut;
};

static void
page(const struct page *p, GString *out)
{
	const char *stopped = exchange_meta_get(p->x, "http.stopped");
	const struct html_head *h = &p->head;
	const struct http_message *m = &p->m;
	GBytes *read = p->utf8 != NULL ? p->utf8 : p->content;
	gsize n;
	const void *body = g_bytes_get_data(m->body, &n);
	char sha[65];

	text_sha256(sha, n > 0 ? body : "", n);
	fact_open(out, FACT_HTTP_PAGE, p->x->q->name);
	json_put_integer(out, "status", m->status);
	http_put_value(out, m, "type", "Content-Type");
	json_put_integer(out, "bytes", (json_int_t)n);
	json_put(out, "sha256", sha);
	if (h->title != NULL)
		json_put_value(out, "title", h->title);
	else
		json_put(out, "title", "");
	http_put_value(out, m, "server", "Server");
	http_put_value(out, m, "coding", "Content-Encoding");
	if (p->cut || p->x->status == X_LIMIT)
		json_put_bool(out, "cut", TRUE);
	if (stopped != NULL)
		json_put_text(out, "stopped", stopped, strlen(stopped));
	if (p->utf8 != NULL)
		http_put(out, "converted", p->charset, strlen(p->charset), 40);
	if (read == NULL || h->read < g_bytes_get_size(read))
		json_put_integer(out, "read", (json_int_t)h->read);
	fact_close(out);
}

static gssize
place(const void *arg, size_t pos)
{
	const struct page *p = arg;

	return p->utf8 == NULL ? http_message_offset(&p->m, pos) : -1;
}

/* What is not HTML may still be a block in plain words. */
static void
plain(struct page *p, const char *text, gsize len, GString *out)
{
	g_autofree char *head = g_strndup(text, MIN(len, CLASS_TEXT + 1));
	struct class_look look = {
		.url = p->x->q->name, .m = &p->m, .title = "", .text = head,
		.text_len = len, .body = text, .body_len = len,
		.text_place = place, .body_place = place, .arg = p,
	};

	page_class(&look, out);
}

static void
html(struct page *p, GString *out)
{
	const char *lang = http_header(&p->m, "Content-Language");
	GBytes *content = p->utf8 != NULL ? p->utf8 : p->content;
	struct html_source src = {
		.url = p->x->q->name, .http_lang = lang != NULL ? lang : "",
		.m = &p->m, .place = place, .place_arg = p,
	};

	src.html = g_bytes_get_data(content, &src.len);
	if (src.html == NULL)
		src.html = "";
	if (src.len > 0 && is_html(&p->m, src.html, src.len))
		html_parse(&src, &p->head, out);
	else
		p->head.read = src.len;
	if (!p->head.parsed)
		plain(p, src.html, src.len, out);
}

static void
refreshed(const struct page *p, GString *out)
{
	const struct html_head *h = &p->head;
	const char *to = h->refresh_to != NULL ? h->refresh_to : h->refresh;

	if (to != NULL)
		redirect(p->x, p->m.status, to, strlen(to), "refresh", out);
	else
		refresh_header(p->x, &p->m, out);
}

/* "page", or as older records have it; a store's page of an application. */
static gboolean
is_page(const struct question *q)
{
	return *q->type == '\0' || strcmp(q->type, "page") == 0 ||
	    strcmp(q->type, "hop") == 0 || strcmp(q->type, "store") == 0;
}

/* Of a store's page only what it says of the application: its links, words and
 * identifiers are the store's.  A page of an error says nothing of it. */
static void
keep_store(GString *found, gboolean there)
{
	static const char *const kept[] = { "{\"kind\":\"store.app\"",
		"{\"kind\":\"page.class\"" };
	g_auto(GStrv) line = g_strsplit(found->str, "\n", -1);

	g_string_truncate(found, 0);
	for (size_t i = 0; line[i] != NULL; i++)
		for (size_t k = there ? 0 : 1; k < G_N_ELEMENTS(kept); k++)
			if (g_str_has_prefix(line[i], kept[k]))
				g_string_append_printf(found, "%s\n", line[i]);
}

static void
page_facts(struct page *p, GString *out)
{
	g_autoptr(GString) found = g_string_new(NULL);

	if (p->content != NULL) {
		p->utf8 = page_charset(&p->m, p->content, &p->charset);
		html(p, found);
	}
	if (strcmp(p->x->q->type, "store") == 0)
		keep_store(found, p->m.status == 200);
	http_location(p->x, &p->m, out);
	refreshed(p, out);
	page(p, out);
	http_head_facts(p->x, &p->m, out);
	g_string_append_len(out, found->str, (gssize)found->len);
	html_head_clear(&p->head);
	g_free(p->charset);
	g_clear_pointer(&p->utf8, g_bytes_unref);
}

/* A compressed body may grow so many times, and to our limit. */
static gsize
most(const struct http_message *m)
{
	gsize ratio = (gsize)limit_info(LIMIT_HTTP_RATIO)->value;
	gsize all = (gsize)limit_info(LIMIT_HTTP_BODY)->value;

	return MIN(all, g_bytes_get_size(m->body) * ratio + 65536);
}

/* An answer that HTTP does not allow, or whose head is not whole, says nothing:
 * what such a head lacks may have been about to come. */
static int
message(const struct exchange *x, struct http_message *m)
{
	gsize n = 0;
	const void *got = x->received.bytes != NULL ?
	    g_bytes_get_data(x->received.bytes, &n) : NULL;

	if (got == NULL || x->status == X_MALFORMED ||
	    http_message_parse(got, n, m) != 0)
		return -1;
	if (m->ended && !m->unsure)
		return 0;
	http_message_clear(m);
	return -1;
}

int
http_parse(const struct exchange *x, GString *out)
{
	struct page p = { .x = x };

	if (message(x, &p.m) != 0)
		return -1;
	p.content = http_message_content(&p.m, most(&p.m), &p.cut);
	if (is_page(x->q))
		page_facts(&p, out);
	else
		http_file(x, &p.m, p.content, p.cut, out);
	g_clear_pointer(&p.content, g_bytes_unref);
	http_message_clear(&p.m);
	return 0;
}
