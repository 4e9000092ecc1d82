/* Files that are no pages: what each type of question gives. */

#include <string.h>

#include "probes/ads_txt.h"
#include "probes/app_links.h"
#include "probes/html_part.h"
#include "probes/http_facts.h"
#include "probes/icon.h"
#include "probes/sellers_json.h"
#include "probes/text.h"
#include "probes/url.h"

/* media: what its Content-Type has to hold; NULL where the name says it. */
static const struct {
	const char	*type, *media;
	http_file_fn	*read;
} readers[] = {
	{ "robots", NULL, robots_facts },
	{ "ads", NULL, ads_facts },
	{ "app-ads", NULL, ads_facts },
	{ "assetlinks", NULL, assetlinks_facts },
	{ "apple-app", NULL, apple_app_facts },
	{ "sellers", NULL, sellers_facts },
	{ "icon", NULL, icon_facts },
	{ "security", NULL, security_facts },
	{ "sitemap", NULL, sitemap_facts },
	{ "manifest", NULL, manifest_facts },
	{ "requisite", "text/css", style_facts },
	{ "requisite", "javascript", script_facts },
	{ "requisite", "ecmascript", script_facts },
};

/* ---- style sheets */

struct sheet {
	const struct exchange	*x;
	GString			*out;
};

static void
sheet_part(const char *ref, size_t len, size_t at, const char *how, void *arg)
{
	struct sheet *s = arg;
	g_autofree char *text = g_strndup(ref, len);
	g_autofree char *url = url_resolve(s->x->q->name, text);
	json_t *v;

	if (url == NULL || strlen(url) > WALK_URL)
		return;
	v = json_object();
	json_object_set_new(v, "url", json_string(url));
	json_object_set_new(v, "how", json_string(how));
	json_object_set_new(v, "offset", json_integer((json_int_t)at));
	json_object_set_new(v, "in", json_string("body"));
	fact_emit(s->out, FACT_PAGE_PART, s->x->q->name, v);
}

void
style_facts(const struct exchange *x, const char *text, size_t len,
    GString *out)
{
	struct sheet s = { x, out };

	style_scan(text, len, sheet_part, &s);
}

static gboolean
is_media(const struct http_message *m, const char *media)
{
	const char *type = http_header(m, "Content-Type");

	return media == NULL ||
	    (type != NULL && strcasestr(type, media) != NULL);
}

/* A page of HTML in place of the file: a soft 404, or a challenge.  By its
 * bytes: servers send files of a type they do not know as text/html. */
static gboolean
is_page(const char *p, size_t n)
{
	static const char *const begins[] = { "<!doctype html", "<html",
		"<head", "<title", "<!--" };

	while (n > 0 && g_ascii_isspace(*p))
		p++, n--;
	for (size_t i = 0; i < G_N_ELEMENTS(begins); i++)
		if (n >= strlen(begins[i]) && g_ascii_strncasecmp(p, begins[i],
		    strlen(begins[i])) == 0)
			return TRUE;
	return FALSE;
}

/* Of the answer to a path that cannot exist: titles are compared. */
static json_t *
title_of(const char *p, size_t n)
{
	g_autofree char *head = g_strndup(p, MIN(n, 16384));
	char *at = strcasestr(head, "<title"), *end;
	g_autofree char *title = NULL;

	at = at != NULL ? strchr(at, '>') : NULL;
	end = at != NULL ? strcasestr(at, "</title") : NULL;
	if (end == NULL)
		return json_string("");
	title = g_strstrip(g_strndup(at + 1, (gsize)(end - at - 1)));
	return http_text(title, strlen(title), 200);
}

static json_t *
file_value(const struct exchange *x, const struct http_message *m,
    gboolean cut)
{
	const char *stopped = exchange_meta_get(x, "http.stopped");
	json_t *v = json_object();
	gsize n;
	const void *body = g_bytes_get_data(m->body, &n);
	char sha[65];

	text_sha256(sha, n > 0 ? body : "", n);
	json_object_set_new(v, "what", json_string(x->q->type));
	json_object_set_new(v, "status", json_integer(m->status));
	json_object_set_new(v, "type", http_value(m, "Content-Type"));
	json_object_set_new(v, "bytes", json_integer((json_int_t)n));
	json_object_set_new(v, "sha256", json_string(sha));
	if (cut || x->status == X_LIMIT)
		json_object_set_new(v, "cut", json_true());
	if (stopped != NULL)
		json_object_set_new(v, "stopped", json_string(stopped));
	return v;
}

void
http_file(const struct exchange *x, const struct http_message *m,
    GBytes *content, gboolean cut, GString *out)
{
	json_t *v = file_value(x, m, cut);
	gsize n = 0;
	const char *p = content != NULL ? g_bytes_get_data(content, &n) : NULL;
	gboolean page = p != NULL && is_page(p, n);

	if (strcmp(x->q->type, "missing") == 0)
		json_object_set_new(v, "title", p != NULL ? title_of(p, n) :
		    json_string(""));
	else if (page && m->status == 200)
		json_object_set_new(v, "page", json_true());
	fact_emit(out, FACT_HTTP_FILE, x->q->name, v);
	http_location(x, m, out);
	if (p == NULL || page || m->status != 200)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(readers); i++)
		if (strcmp(readers[i].type, x->q->type) == 0 &&
		    is_media(m, readers[i].media))
			readers[i].read(x, p, n, out);
}
