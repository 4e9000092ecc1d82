/* The site: its hosts, and the files that each is asked for. */

#include "probes/crawl.h"

#include <string.h>

#include "probes/limits.h"
#include "probes/text.h"
#include "probes/url.h"

static void
host_free(void *p)
{
	struct crawl_host *h = p;

	g_free(h->host);
	g_free(h->origin);
	g_ptr_array_unref(h->rules);
	g_free(h);
}

static void
found_free(void *p)
{
	struct crawl_found *f = p;

	g_free(f->url);
	g_free(f);
}

struct crawl *
crawl_new(void)
{
	struct crawl *c = g_new0(struct crawl, 1);

	c->hosts = g_ptr_array_new_with_free_func(host_free);
	c->found = g_ptr_array_new_with_free_func(found_free);
	c->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	c->fronts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	c->parts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	c->part_hosts = g_ptr_array_new_with_free_func(g_free);
	c->sellers = g_ptr_array_new_with_free_func(crawl_seller_free);
	return c;
}

void
crawl_free(struct crawl *c)
{
	if (c == NULL)
		return;
	g_ptr_array_unref(c->hosts);
	g_ptr_array_unref(c->found);
	g_hash_table_unref(c->seen);
	g_hash_table_unref(c->fronts);
	g_hash_table_unref(c->parts);
	g_ptr_array_unref(c->part_hosts);
	g_ptr_array_unref(c->sellers);
	g_free(c);
}

/* ---- one page, one key ------------------------------------------------------- */

static gboolean
noise(const char *name)
{
	static const char *const known[] = { "fbclid", "gclid", "msclkid",
		"yclid", "dclid", "igshid", "ref", "referrer", "phpsessid",
		"jsessionid", "sid", "sessionid", "session_id", "mc_cid",
		"mc_eid", "_ga" };
	size_t n = strcspn(name, "=");

	if (g_ascii_strncasecmp(name, "utm_", 4) == 0)
		return TRUE;
	for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
		if (strlen(known[i]) == n &&
		    g_ascii_strncasecmp(name, known[i], n) == 0)
			return TRUE;
	return FALSE;
}

char *
crawl_plain(const char *url)
{
	const char *q = strchr(url, '?');
	g_auto(GStrv) parts = NULL;
	GString *s;

	if (q == NULL)
		return g_strdup(url);
	s = g_string_new_len(url, q - url);
	parts = g_strsplit(q + 1, "&", 64);
	for (size_t i = 0; parts[i] != NULL; i++) {
		if (*parts[i] == '\0' || noise(parts[i]))
			continue;
		g_string_append_c(s, memchr(s->str, '?', s->len) == NULL ?
		    '?' : '&');
		g_string_append(s, parts[i]);
	}
	return g_string_free(s, FALSE);
}

static const char *
plain_host(const char *host)
{
	return g_str_has_prefix(host, "www.") ? host + 4 : host;
}

char *
crawl_key(const char *url)
{
	g_autofree char *plain = crawl_plain(url);
	const char *sep = strstr(plain, "://");

	return g_strdup(plain_host(sep != NULL ? sep + 3 : plain));
}

struct crawl_host *
crawl_host_of(const struct crawl *c, const char *host)
{
	for (guint i = 0; i < c->hosts->len; i++) {
		struct crawl_host *h = c->hosts->pdata[i];

		if (strcmp(h->host, plain_host(host)) == 0)
			return h;
	}
	return NULL;
}

gboolean
crawl_room(struct raiser *r, guint count, enum limit l, const char *text)
{
	guint bit = 1u << (l - LIMIT_PAGES);

	if ((int64_t)count < r->limits->value[l])
		return TRUE;
	if (!(r->crawl->met & bit))
		r->met(r, l, text);
	r->crawl->met |= bit;
	return FALSE;
}

/* ---- the front page, address by address -------------------------------------- */

void
crawl_front(struct raiser *r, const char *name, const char *ip)
{
	static const char *const schemes[] = { "http", "https" };
	guint *count = &r->crawl->addresses[strcmp(name, r->name) != 0];
	g_autofree char *key = g_strdup_printf("%s %s", name, ip);

	/* Each name server that gives the address comes here with it. */
	if (g_hostname_is_ip_address(name) ||
	    g_hash_table_contains(r->crawl->fronts, key) || !crawl_room(r, *count, LIMIT_PAGE_ADDRESSES,
	    "further addresses of the name were not asked for its pages"))
		return;
	g_hash_table_add(r->crawl->fronts, g_steal_pointer(&key));
	++*count;
	for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
		g_autofree char *url = g_strdup_printf("%s://%s/", schemes[i],
		    name);

		g_hash_table_add(r->crawl->seen, crawl_key(url));
		r->ask(r, &(struct wish){ .kind = PROBE_HTTP, .name = url,
		    .type = "page", .host = name, .server = ip,
		    .port = i == 0 ? PORT_HTTP : PORT_TLS,
		    .rule = "address.page" });
	}
}

/* ---- hosts that answer ----------------------------------------------------------- */

static gboolean
is_redirect(int64_t status)
{
	return status >= 300 && status < 400 && status != 304;
}

/* Which of the ways to a host is asked for its files and pages. */
static guint
origin_rank(const struct url *u)
{
	guint rank = strcmp(u->scheme, "https") == 0 ? 3 : 1;

	return g_str_has_prefix(u->host, "www.") ? rank : rank + 1;
}

void
fact_page(struct raiser *r, const struct fact *f)
{
	struct crawl *c = r->crawl;
	struct crawl_host *h;
	struct url u;

	g_hash_table_add(c->seen, crawl_key(f->subject));
	if (is_redirect(fact_int(f, "status", 0)) ||
	    url_split(f->subject, &u) != 0)
		return;
	h = crawl_host_of(c, u.host);
	if (h == NULL && own_name(r, u.host) && crawl_room(r, c->hosts->len,
	    LIMIT_PAGE_HOSTS, "further hosts of the site were not asked for "
	    "robots.txt and the like")) {
		h = g_new0(struct crawl_host, 1);
		h->host = g_strdup(plain_host(u.host));
		h->rules = g_ptr_array_new_with_free_func(robots_rule_free);
		g_ptr_array_add(c->hosts, h);
	}
	if (h != NULL && !h->asked && origin_rank(&u) > h->rank) {
		g_free(h->origin);
		h->origin = url_origin(&u);
		h->rank = origin_rank(&u);
		h->n = r->n;
	}
	url_clear(&u);
}

static const struct {
	const char	*type, *path;
} files[] = {
	{ "robots", "/robots.txt" },
	{ "security", "/.well-known/security.txt" },	/* RFC 9116 section 3 */
	{ "security", "/security.txt" },
	{ "ads", "/ads.txt" },
	{ "app-ads", "/app-ads.txt" },
	{ "assetlinks", "/.well-known/assetlinks.json" },
	{ "apple-app", "/.well-known/apple-app-site-association" },
	{ "sitemap", "/sitemap.xml" },
	{ "icon", "/favicon.ico" },
};

/*
 * A path that nobody has, and yet the same one in every run, so that two runs
 * can be compared: from the hash of the origin.
 */
static char *
missing_url(const char *origin)
{
	char sha[65];

	text_sha256(sha, origin, strlen(origin));
	return g_strdup_printf("%s/%.20s", origin, sha);
}

static void
host_files(struct raiser *r, struct crawl_host *h)
{
	g_autofree char *missing = missing_url(h->origin);

	h->asked = TRUE;
	r->n = h->n;
	fetch_url(r, PROBE_HTTP, missing, "missing", "", "site.missing");
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *url = g_strconcat(h->origin, files[i].path,
		    NULL);

		if (g_hash_table_add(r->crawl->parts, crawl_key(url)))
			fetch_url(r, PROBE_HTTP, url, files[i].type, "",
			    "site.file");
	}
}

/* ---- robots.txt and site maps ------------------------------------------------------ */

static struct crawl_host *
host_of_record(struct raiser *r)
{
	return crawl_host_of(r->crawl, r->x->q->host);
}

void
fact_file(struct raiser *r, const struct fact *f)
{
	struct crawl_host *h = host_of_record(r);
	int64_t status = fact_int(f, "status", 0);

	if (strcmp(fact_str(f, "what"), "requisite") == 0)
		r->crawl->part_bytes += fact_int(f, "bytes", 0);
	if (h == NULL || strcmp(fact_str(f, "what"), "robots") != 0)
		return;
	h->robots_read = TRUE;
	h->robots_closed = status >= 500;
}

void
fact_robots(struct raiser *r, const struct fact *f)
{
	struct crawl_host *h = host_of_record(r);
	struct robots_rule *rule;

	if (h == NULL || h->rules->len >= CRAWL_RULES)
		return;
	rule = g_new0(struct robots_rule, 1);
	rule->path = g_strdup(fact_str(f, "path"));
	rule->allow = json_is_true(fact_get(f, "allow"));
	g_ptr_array_add(h->rules, rule);
}

void
fact_site_map(struct raiser *r, const struct fact *f)
{
	g_autofree char *url = url_plain(fact_str(f, "url"));
	struct url u;
	gboolean own;

	if (f->kind == FACT_SITEMAP_URL && !json_is_true(fact_get(f, "index")))
		return;
	if (url == NULL || url_split(url, &u) != 0)
		return;
	own = own_name(r, u.host);
	url_clear(&u);
	/* An index is followed one level down. */
	if (!own || (f->kind == FACT_SITEMAP_URL &&
	    strcmp(r->x->rule, "sitemap.index") == 0))
		return;
	if (!crawl_room(r, r->crawl->maps, LIMIT_PAGE_SITEMAPS,
	    "further site maps were not fetched") ||
	    !g_hash_table_add(r->crawl->parts, crawl_key(url)))
		return;
	r->crawl->maps++;
	fetch_url(r, PROBE_HTTP, url, "sitemap", "",
	    f->kind == FACT_SITEMAP_URL ? "sitemap.index" : "robots.sitemap");
}

/* ---- what is next --------------------------------------------------------------------- */

void
raise_pages(struct raiser *r)
{
	struct crawl *c = r->crawl;
	gboolean more = FALSE;

	for (guint i = 0; i < c->hosts->len; i++) {
		struct crawl_host *h = c->hosts->pdata[i];

		if (h->asked || h->origin == NULL)
			continue;
		host_files(r, h);
		more = TRUE;
	}
	if (!more && !crawl_sellers(r))
		crawl_pages(r);
}
