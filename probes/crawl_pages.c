/* Further pages: found by links and site maps, chosen kind by kind. */

#include "probes/crawl.h"

#include <string.h>

#include "probes/limits.h"
#include "probes/url.h"

/* ---- robots.txt (RFC 9309 section 2.2.2) ------------------------------------- */

void
robots_rule_free(void *p)
{
	struct robots_rule *r = p;

	g_free(r->path);
	g_free(r);
}

/* '*' is any bytes, '$' at the end is the end; else a prefix.  Without
 * recursion: on a mismatch the last star takes one byte more. */
static gboolean
rule_matches(const char *p, const char *s)
{
	const char *star = NULL, *from = NULL;

	for (;;) {
		if (*p == '*') {
			star = ++p;
			from = s;
			continue;
		}
		if (*p == '\0' || (*p == '$' && p[1] == '\0' && *s == '\0'))
			return TRUE;
		if (*s != '\0' && *p == *s) {
			p++, s++;
			continue;
		}
		if (star == NULL || *from == '\0')
			return FALSE;
		p = star;
		s = ++from;
	}
}

/* The longest rule that matches decides; of two as long the one that allows. */
gboolean
robots_allow(const GPtrArray *rules, const char *path)
{
	size_t most = 0;
	gboolean allow = TRUE;

	for (guint i = 0; i < rules->len; i++) {
		const struct robots_rule *r = rules->pdata[i];
		size_t n = strlen(r->path);

		if (n == 0 || n < most || (n == most && !r->allow) ||
		    !rule_matches(r->path, path))
			continue;
		most = n;
		allow = r->allow;
	}
	return allow;
}

/* ---- what is found ----------------------------------------------------------------- */

static void
not_followed(struct raiser *r, const char *url, const char *why)
{
	if (g_hash_table_add(r->crawl->seen, crawl_key(url)))
		r->skip(r, &(struct wish){ .kind = PROBE_HTTP, .name = url,
		    .type = "page", .host = "", .rule = "page.link" }, why);
}

static void
found_add(struct raiser *r, const char *href, enum page_kind kind,
    const char *text, gboolean mapped)
{
	g_autofree char *plain = url_plain(href);
	g_autofree char *url = plain != NULL ? crawl_plain(plain) : NULL;
	const char *work = url != NULL ? page_work(url) : NULL;
	struct crawl_found *f;
	struct url u;
	gboolean own, never;

	if (url == NULL || url_split(url, &u) != 0)
		return;
	own = own_name(r, u.host);
	never = page_kind_never(text, u.path);
	url_clear(&u);
	if (!own || r->crawl->found->len >= CRAWL_FOUND)
		return;
	if (work != NULL || never) {
		not_followed(r, url, work != NULL ? work : "an action of a "
		    "visitor's, which is never followed");
		return;
	}
	if (!g_hash_table_add(r->crawl->seen, crawl_key(url)))
		return;
	f = g_new0(struct crawl_found, 1);
	f->url = g_steal_pointer(&url);
	f->kind = kind;
	f->n = r->n;
	f->mapped = mapped;
	g_ptr_array_add(r->crawl->found, f);
}

void
crawl_link(struct raiser *r, const struct fact *f)
{
	enum page_kind kind = page_kind_parse(fact_str(f, "purpose"));

	if (kind != KIND_NEVER && kind < PAGE_KINDS)
		found_add(r, fact_str(f, "href"), kind, fact_str(f, "text"),
		    FALSE);
}

void
crawl_mapped(struct raiser *r, const struct fact *f)
{
	struct url u;
	enum page_kind kind;

	if (json_is_true(fact_get(f, "index")) ||
	    url_split(fact_str(f, "url"), &u) != 0)
		return;
	kind = page_kind_of("", u.path);
	url_clear(&u);
	if (kind != KIND_NEVER && kind < PAGE_KINDS)
		found_add(r, fact_str(f, "url"), kind, "", TRUE);
}

/* ---- choosing ------------------------------------------------------------------------ */

/* Published for whoever has to deal with the site. */
static gboolean
is_policy(enum page_kind k)
{
	return k == KIND_TERMS || k == KIND_PRIVACY || k == KIND_IMPRINT ||
	    k == KIND_CONTACT || k == KIND_ABUSE;
}

static gboolean
disallowed(const struct raiser *r, const struct crawl_found *f)
{
	const struct crawl_host *h;
	struct url u;
	gboolean no = FALSE;

	if (url_split(f->url, &u) != 0)
		return TRUE;
	h = crawl_host_of(r->crawl, u.host);
	/* A host that was not asked has said nothing. */
	if (h != NULL && h->asked)
		no = !h->robots_read || h->robots_closed ||
		    !robots_allow(h->rules, u.path);
	url_clear(&u);
	return no;
}

/* As its host is asked: by https where that answers. */
static void
found_upgrade(const struct crawl *c, struct crawl_found *f)
{
	const struct crawl_host *h;
	struct url u;
	char *better;

	if (url_split(f->url, &u) != 0)
		return;
	h = crawl_host_of(c, u.host);
	if (h != NULL && strcmp(u.scheme, "http") == 0 && u.port == PORT_HTTP &&
	    g_str_has_prefix(h->origin, "https:")) {
		better = g_strdup_printf("https://%s%s", u.host, u.path);
		g_free(f->url);
		f->url = better;
	}
	url_clear(&u);
}

/* TRUE where it was asked for. */
static gboolean
found_take(struct raiser *r, struct crawl_found *f)
{
	gboolean no = disallowed(r, f);

	found_upgrade(r->crawl, f);
	f->taken = TRUE;
	r->n = f->n;
	if (no && !is_policy(f->kind)) {
		r->skip(r, &(struct wish){ .kind = PROBE_HTTP, .name = f->url,
		    .type = "page", .host = "", .rule = "page.link" },
		    "robots.txt asks crawlers not to, or could not be had");
		return FALSE;
	}
	if (!crawl_room(r, r->crawl->pages, LIMIT_PAGES,
	    "further pages of the site were not fetched"))
		return FALSE;
	r->crawl->pages++;
	r->crawl->by_kind[f->kind]++;
	fetch_url(r, PROBE_HTTP, f->url, "page", no ? "robots.txt asks "
	    "crawlers not to; asked once, as a page for the public" : "",
	    f->mapped ? "sitemap.url" : "page.link");
	return TRUE;
}

/* The first of a kind not taken yet: by a link before by a site map. */
static struct crawl_found *
found_next(const struct crawl *c, enum page_kind kind)
{
	for (int mapped = 0; mapped < 2; mapped++)
		for (guint i = 0; i < c->found->len; i++) {
			struct crawl_found *f = c->found->pdata[i];

			if (!f->taken && f->kind == kind &&
			    f->mapped == mapped)
				return f;
		}
	return NULL;
}

/* One of each kind that has had so many; how many were asked for. */
static guint
round_of(struct raiser *r, guint had)
{
	guint asked = 0;

	for (int k = KIND_TERMS; k < PAGE_KINDS; k++) {
		struct crawl_found *f;

		while (r->crawl->by_kind[k] == had &&
		    (f = found_next(r->crawl, k)) != NULL)
			asked += found_take(r, f) ? 1 : 0;
	}
	return asked;
}

void
crawl_pages(struct raiser *r)
{
	guint most = (guint)r->limits->value[LIMIT_PAGES], had;

	if (round_of(r, 0) > 0)
		return;
	for (had = 1; had < most && r->crawl->pages < most; had++)
		round_of(r, had);
}
