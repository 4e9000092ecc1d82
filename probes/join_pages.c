/*
 * Pages compared: the same page from several addresses, answers that are the
 * answer to a path that cannot exist, and which kinds of page were found.
 */

#include <string.h>

#include "probes/crawl.h"
#include "probes/join_priv.h"
#include "probes/url.h"

#define SOUGHT_LINKS	200	/* of one kind */

/* ---- one page, several servers ------------------------------------------------ */

/* Facts of one URL, one a server: a fact knows its record only, so that equal
 * bytes are one body and the rest are counted by what they are. */
static void
page_compare(struct join *j, const char *url, const GPtrArray *pages)
{
	const struct fact *first = pages->pdata[0];
	g_autofree char *one = NULL;
	json_t *bodies = json_array();
	struct fact *f;

	for (guint i = 0; i < pages->len; i++) {
		const struct fact *g = pages->pdata[i];
		g_autofree char *body = g_strdup_printf("%d %s",
		    (int)fact_int(g, "status", 0), fact_str(g, "sha256"));

		join_array_add(bodies, body);
	}
	if (json_array_size(bodies) == 1) {
		f = join_fact(j, FACT_PAGE_SAME, url, json_object());
		json_object_set_new(f->value, "sha256", json_string(
		    fact_str(first, "sha256")));
		json_decref(bodies);
	} else {
		f = join_fact(j, FACT_PAGE_DIFFERS, url, json_object());
		json_object_set_new(f->value, "bodies", bodies);
	}
	json_object_set_new(f->value, "answers",
	    json_integer((json_int_t)pages->len));
	for (guint i = 0; i < pages->len; i++)
		join_rests_on(f, pages->pdata[i]);
}

static void
pages_compare(struct join *j, const GPtrArray *pages)
{
	g_autoptr(GHashTable) done = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < pages->len; i++) {
		const struct fact *f = pages->pdata[i];
		g_autoptr(GPtrArray) same = g_ptr_array_new();

		if (!g_hash_table_add(done, f->subject))
			continue;
		for (guint k = i; k < pages->len; k++) {
			struct fact *g = pages->pdata[k];

			if (strcmp(g->subject, f->subject) == 0)
				g_ptr_array_add(same, g);
		}
		if (same->len > 1)
			page_compare(j, f->subject, same);
	}
}

/* ---- soft 404s ------------------------------------------------------------------- */

/* The front page may be what a site shows for any path: it is content. */
static gboolean
is_front(const char *url)
{
	struct url u;
	gboolean front;

	if (url_split(url, &u) != 0)
		return FALSE;
	front = strcmp(u.path, "/") == 0;
	url_clear(&u);
	return front;
}

/* What of the page is as in the answer to a path that cannot exist; NULL. */
static const char *
like_missing(const struct fact *page, const struct fact *missing)
{
	const char *title = fact_str(page, "title");

	if (strcmp(fact_str(page, "sha256"), fact_str(missing, "sha256")) == 0)
		return "same body";
	return *title != '\0' && strcmp(title, fact_str(missing, "title")) == 0 ?
	    "same title" : NULL;
}

/* A site that gives every page the title of its front page has no page whose
 * title says anything. */
static gboolean
title_of_front(const GPtrArray *pages, const struct fact *missing)
{
	for (guint i = 0; i < pages->len; i++) {
		const struct fact *f = pages->pdata[i];

		if (is_front(f->subject) && *fact_str(f, "title") != '\0' &&
		    strcmp(fact_str(f, "title"), fact_str(missing, "title")) ==
		    0)
			return TRUE;
	}
	return FALSE;
}

static void
soft_404(struct join *j, const struct fact *page, const struct fact *missing,
    const char *how)
{
	struct fact *f = join_fact(j, FACT_PAGE_CLASS, page->subject,
	    json_object());

	json_object_set_new(f->value, "class", json_string("soft-404"));
	json_object_set_new(f->value, "rule", json_string(how));
	json_object_set_new(f->value, "dated", json_string("2026-11-25"));
	json_object_set_new(f->value, "where", json_string("yardstick"));
	json_object_set_new(f->value, "text", json_string(missing->subject));
	json_object_set_new(f->value, "content", json_false());
	join_rests_on(f, page);
	join_rests_on(f, missing);
}

static gboolean
answered_well(const struct fact *f)
{
	int64_t status = fact_int(f, "status", 0);

	return status >= 200 && status < 300;
}

static void
soft_404s(struct join *j, const GPtrArray *pages, const struct fact *missing)
{
	g_autofree char *host = url_host(missing->subject);
	gboolean front = title_of_front(pages, missing);

	for (guint i = 0; i < pages->len; i++) {
		const struct fact *f = pages->pdata[i];
		g_autofree char *own = url_host(f->subject);
		const char *how = like_missing(f, missing);

		if (how == NULL || !answered_well(f) || is_front(f->subject) ||
		    strcmp(own, host) != 0 ||
		    (front && strcmp(how, "same title") == 0))
			continue;
		soft_404(j, f, missing, how);
	}
}

/* ---- which pages were looked for ---------------------------------------------------- */

static gboolean
is_content(const struct join *j, const struct fact *page)
{
	if (!answered_well(page) || *fact_str(page, "stopped") != '\0')
		return FALSE;
	for (guint i = 0; i < j->facts->len + j->out->len; i++) {
		const struct fact *f = i < j->facts->len ?
		    j->facts->pdata[i] : j->out->pdata[i - j->facts->len];

		if (join_is(f, FACT_PAGE_CLASS, page->subject) &&
		    json_is_false(fact_get(f, "content")))
			return FALSE;
	}
	return TRUE;
}

/* One page whichever way it is linked: see crawl_key(). */
static gboolean
same_page(const char *a, const char *b)
{
	g_autofree char *x = crawl_key(a);
	g_autofree char *y = crawl_key(b);

	return strcmp(x, y) == 0;
}

/* The content page that a link's URL gave, NULL where none. */
static const struct fact *
page_at(const struct join *j, const GPtrArray *pages, const char *url)
{
	for (guint i = 0; i < pages->len; i++)
		if (same_page(((struct fact *)pages->pdata[i])->subject, url) &&
		    is_content(j, pages->pdata[i]))
			return pages->pdata[i];
	return NULL;
}

static gboolean
own_url(const struct join *j, const char *url)
{
	g_autofree char *host = url_host(url);
	size_t n = strlen(host), z = strlen(j->registrable);

	if (z == 0)
		return strcmp(host, j->name) == 0;
	return n >= z && strcmp(host + n - z, j->registrable) == 0 &&
	    (n == z || host[n - z - 1] == '.');
}

static void
kind_sought(struct join *j, const GPtrArray *pages, const GPtrArray *links,
    enum page_kind kind)
{
	struct fact *f = join_fact(j, FACT_PAGE_SOUGHT, j->name, json_object());
	json_t *found = json_array(), *linked = json_array();

	for (guint i = 0; i < links->len; i++) {
		const struct fact *l = links->pdata[i], *page;
		const char *href = fact_str(l, "href");
		g_autofree char *key = crawl_key(href);

		if (strcmp(fact_str(l, "purpose"), page_kind_name(kind)) != 0 ||
		    json_array_size(linked) >= SOUGHT_LINKS ||
		    join_array_has(linked, key) || !own_url(j, href))
			continue;
		join_array_add(linked, key);
		join_rests_on(f, l);
		page = page_at(j, pages, href);
		if (page != NULL) {
			join_array_add(found, page->subject);
			join_rests_on(f, page);
		}
	}
	json_object_set_new(f->value, "purpose",
	    json_string(page_kind_name(kind)));
	json_object_set_new(f->value, "found", found);
	json_object_set_new(f->value, "linked",
	    json_integer((json_int_t)json_array_size(linked)));
	json_decref(linked);
	if (f->from->len == 0)
		for (guint i = 0; i < pages->len; i++)
			if (is_content(j, pages->pdata[i]))
				join_rests_on(f, pages->pdata[i]);
}

void
join_pages(struct join *j)
{
	g_autoptr(GPtrArray) pages = g_ptr_array_new();
	g_autoptr(GPtrArray) links = g_ptr_array_new();
	gboolean content = FALSE;

	for (guint i = 0; i < j->facts->len; i++) {
		struct fact *f = j->facts->pdata[i];

		if (f->kind == FACT_HTTP_PAGE)
			g_ptr_array_add(pages, f);
		else if (f->kind == FACT_PAGE_LINK)
			g_ptr_array_add(links, f);
	}
	pages_compare(j, pages);
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (f->kind == FACT_HTTP_FILE && answered_well(f) &&
		    strcmp(fact_str(f, "what"), "missing") == 0)
			soft_404s(j, pages, f);
	}
	/* Nothing is said of a site of which no page was seen. */
	for (guint i = 0; i < pages->len && !content; i++)
		content = is_content(j, pages->pdata[i]);
	for (int k = KIND_TERMS; content && k < PAGE_KINDS; k++)
		kind_sought(j, pages, links, (enum page_kind)k);
}
