/* What raises what: pages, and the hosts that they lead to. */

#include <string.h>

#include "probes/crawl.h"
#include "probes/limits.h"
#include "probes/target.h"
#include "probes/url.h"

gboolean
own_name(const struct raiser *r, const char *host)
{
	size_t n = strlen(host), z = strlen(r->registrable);

	if (strcmp(host, r->name) == 0)
		return TRUE;
	if (z == 0 || n < z || strcmp(host + n - z, r->registrable) != 0)
		return FALSE;
	return n == z || host[n - z - 1] == '.';
}

/* A host of somebody else's: its names, registration, addresses and handshake,
 * never its pages. */
static void
raise_host(struct raiser *r, const char *host, const char *rule)
{
	struct target t;
	g_autofree char *why = NULL;

	if (target_parse(host, &t, &why) != 0)
		return;
	if (t.kind == TARGET_ADDRESS)
		raise_address(r, t.name, t.name, PURPOSE_HOP);
	else {
		r->want(r, t.name, "A", PURPOSE_HOP, rule);
		r->want(r, t.name, "AAAA", PURPOSE_HOP, rule);
		if (*t.registrable != '\0')
			raise_registration(r, t.registrable, rule);
	}
	target_clear(&t);
}

/* A page that a hop leads to, a work, or another's host. */
static void
raise_hop(struct raiser *r, const char *text, const char *rule)
{
	g_autofree char *to = url_plain(text);
	const char *work = to != NULL ? page_work(to) : NULL;
	struct url u;

	if (to == NULL || url_split(to, &u) != 0)
		return;
	if (!own_name(r, u.host))
		raise_host(r, u.host, rule);
	else if (work != NULL)
		r->skip(r, &(struct wish){ .kind = PROBE_HTTP, .name = to,
		    .type = "page", .host = u.host, .rule = rule }, work);
	else if (r->hop(r, r->x->q->name, to))
		fetch_url(r, PROBE_HTTP, to, "page", "", rule);
	url_clear(&u);
}

/* A redirect of a file or a part: to the same kind of thing, where it may go. */
static void
raise_moved(struct raiser *r, const struct fact *f)
{
	g_autofree char *to = url_plain(fact_str(f, "to"));
	const char *type = r->x->q->type;
	struct url u;

	if (to == NULL || page_work(to) != NULL || url_split(to, &u) != 0)
		return;
	if ((own_name(r, u.host) || strcmp(type, "requisite") == 0 ||
	    crawl_is_other(r->x->q, u.host)) &&
	    strcmp(type, "missing") != 0 && r->hop(r, r->x->q->name, to))
		r->fetch(r, &(struct wish){ .kind = PROBE_HTTP, .name = to,
		    .type = type, .host = u.host, .port = u.port,
		    .options = r->x->q->options, .rule = "http.redirect" });
	url_clear(&u);
}

void
fact_redirect(struct raiser *r, const struct fact *f)
{
	if (r->x->q->kind == PROBE_HTTP && strcmp(r->x->q->type, "page") != 0)
		raise_moved(r, f);
	else
		raise_hop(r, fact_str(f, "to"), "http.redirect");
}

void
fact_link(struct raiser *r, const struct fact *f)
{
	struct url u;

	crawl_link(r, f);
	if (strcmp(fact_str(f, "purpose"), "download") != 0 ||
	    url_split(fact_str(f, "href"), &u) != 0)
		return;
	if (!own_name(r, u.host))
		raise_host(r, u.host, "page.download");
	url_clear(&u);
}

/* --- what a page is made of --------------------------------------------------- */

static const struct {
	const char	*how, *type;
} parts[] = {
	{ "style", "requisite" }, { "image", "requisite" },
	{ "script", "requisite" }, { "font", "requisite" },
	{ "icon", "icon" }, { "manifest", "manifest" }, { "humans", "humans" },
};

static const char *
part_type(const char *how)
{
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
		if (strcmp(parts[i].how, how) == 0)
			return parts[i].type;
	return NULL;
}

/* Another host is asked for parts only; so many of them. */
static gboolean
part_host(struct raiser *r, const char *host)
{
	GPtrArray *hosts = r->crawl->part_hosts;

	if (own_name(r, host) || g_ptr_array_find_with_equal_func(hosts, host,
	    g_str_equal, NULL))
		return TRUE;
	if (!crawl_room(r, hosts->len, LIMIT_PAGE_PART_HOSTS, "parts of pages "
	    "that stand at further other hosts were not fetched"))
		return FALSE;
	g_ptr_array_add(hosts, g_strdup(host));
	return TRUE;
}

static void
raise_part(struct raiser *r, const char *url, const char *host,
    const char *type)
{
	GHashTable *seen = r->crawl->parts;
	g_autofree char *key = crawl_key(url);

	if (g_hash_table_contains(seen, key) || page_work(url) != NULL ||
	    !crawl_room(r, g_hash_table_size(seen), LIMIT_PAGE_PARTS,
	    "further parts of pages were not fetched") ||
	    !part_host(r, host))
		return;
	if (r->crawl->part_bytes >= r->limits->value[LIMIT_PAGE_PARTS_ALL]) {
		crawl_room(r, G_MAXUINT, LIMIT_PAGE_PARTS_ALL,
		    "further parts of pages were not fetched");
		return;
	}
	g_hash_table_add(seen, g_steal_pointer(&key));
	fetch_url(r, PROBE_HTTP, url, type, "", "page.part");
}

void
fact_part(struct raiser *r, const struct fact *f)
{
	g_autofree char *url = url_plain(fact_str(f, "url"));
	const char *how = fact_str(f, "how"), *type = part_type(how);
	struct url u;

	if (url == NULL || url_split(url, &u) != 0)
		return;
	if (type != NULL)
		raise_part(r, url, u.host, type);
	else if (strcmp(how, "frame") == 0 && (!own_name(r, u.host) ||
	    crawl_room(r, r->crawl->frames++, LIMIT_PAGE_FRAMES,
	    "further frames were not fetched")))
		raise_hop(r, url, "page.frame");
	url_clear(&u);
}
