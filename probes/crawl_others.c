/*
 * What a case that follows hosts ([collect] follow_hosts) asks of others for a
 * site's sake: the page of each application that the site's pages link to, in the
 * store, and who the accounts of its own ads.txt are, by the systems that sell for
 * them.  Pages of a store, never an application; one page each, and nothing that
 * stands on it is followed.
 */

#include "probes/crawl.h"

#include <string.h>

#include "probes/limits.h"
#include "probes/sellers_json.h"
#include "probes/target.h"
#include "probes/url.h"

static gboolean
follows(const struct raiser *r)
{
	return r->set != NULL && r->set->follow_hosts;
}

/* Said by the site itself, and not by what it leads to. */
static gboolean
is_own_word(const struct raiser *r, const struct fact *f)
{
	struct url u;
	gboolean own;

	if (url_split(f->subject, &u) != 0)
		return FALSE;
	own = own_name(r, u.host);
	url_clear(&u);
	return own;
}

/* A store or a system may send on to another name of its own. */
gboolean
crawl_is_other(const struct question *q, const char *host)
{
	struct target a, b;
	g_autofree char *why = NULL;
	gboolean same;

	if (strcmp(q->type, "store") != 0 && strcmp(q->type, "sellers") != 0)
		return FALSE;
	if (target_parse(q->host, &a, &why) != 0)
		return FALSE;
	g_clear_pointer(&why, g_free);
	if (target_parse(host, &b, &why) != 0) {
		target_clear(&a);
		return FALSE;
	}
	same = *a.registrable != '\0' &&
	    strcmp(a.registrable, b.registrable) == 0;
	target_clear(&a);
	target_clear(&b);
	return same;
}

/* ---- applications in stores */

/* Stores have a front a country: what the order asks of is the one of the United
 * States; the words that are read of a page are English. */
static const struct {
	const char	*signal, *url;
} stores[] = {
	{ "google-play",
	    "https://play.google.com/store/apps/details?id=%s&hl=en&gl=US" },
	{ "app-store", "https://apps.apple.com/us/app/id%s" },
	{ "f-droid", "https://f-droid.org/packages/%s/" },
};

/* The site's page may write anything: what is no name of an application is not
 * put into an address. */
static gboolean
is_app(const char *s)
{
	size_t n = strlen(s);

	return n > 0 && n <= 150 && strspn(s, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._") == n;
}

void
fact_app(struct raiser *r, const struct fact *f)
{
	const char *signal = fact_str(f, "signal"), *app = fact_str(f, "value");
	struct crawl *c = r->crawl;

	if (!follows(r) || strcmp(fact_str(f, "class"), "app") != 0 ||
	    !is_app(app) || !is_own_word(r, f))
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(stores); i++) {
		GString *url;

		if (strcmp(stores[i].signal, signal) != 0 ||
		    !raise_once(r, signal, app) || !crawl_room(r, c->stores,
		    LIMIT_PAGE_STORES, "pages of further applications in "
		    "their stores were not fetched"))
			continue;
		c->stores++;
		url = g_string_new(stores[i].url);
		g_string_replace(url, "%s", app, 1);
		fetch_url(r, PROBE_HTTP, url->str, "store", "", "page.app");
		g_string_free(url, TRUE);
	}
}

/* ---- who sells */

static struct crawl_seller *
seller_of(struct raiser *r, const char *domain)
{
	GPtrArray *all = r->crawl->sellers;
	struct crawl_seller *s;

	for (guint i = 0; i < all->len; i++) {
		s = g_ptr_array_index(all, i);
		if (strcmp(s->domain, domain) == 0)
			return s;
	}
	if (!crawl_room(r, all->len, LIMIT_PAGE_SELLERS, "further systems of "
	    "ads.txt were not asked who its accounts are"))
		return NULL;
	s = g_new0(struct crawl_seller, 1);
	s->domain = g_strdup(domain);
	s->accounts = g_ptr_array_new_with_free_func(g_free);
	s->n = r->n;
	g_ptr_array_add(all, s);
	return s;
}

void
crawl_seller_free(void *p)
{
	struct crawl_seller *s = p;

	g_free(s->domain);
	g_ptr_array_unref(s->accounts);
	g_free(s);
}

/* Rows of one system are asked about together, when all of them are read. */
void
fact_seller(struct raiser *r, const struct fact *f)
{
	const char *domain = fact_str(f, "domain");
	const char *account = fact_str(f, "account");
	struct crawl_seller *s;
	struct target t;
	g_autofree char *why = NULL;
	gboolean named;

	if (!follows(r) || strcmp(fact_str(f, "relation"), "DIRECT") != 0 ||
	    !sellers_account_ok(account) || !is_own_word(r, f) ||
	    target_parse(domain, &t, &why) != 0)
		return;
	named = t.kind != TARGET_ADDRESS && !own_name(r, t.name);
	s = named ? seller_of(r, t.name) : NULL;
	target_clear(&t);
	if (s != NULL && !s->asked && s->accounts->len < SELLERS_ACCOUNTS &&
	    !g_ptr_array_find_with_equal_func(s->accounts, account,
	    g_str_equal, NULL))
		g_ptr_array_add(s->accounts, g_strdup(account));
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

gboolean
crawl_sellers(struct raiser *r)
{
	GPtrArray *all = r->crawl->sellers;
	gboolean any = FALSE;

	for (guint i = 0; i < all->len; i++) {
		struct crawl_seller *s = g_ptr_array_index(all, i);
		g_autofree char *url = NULL, *list = NULL, *options = NULL;

		if (s->asked || s->accounts->len == 0)
			continue;
		s->asked = any = TRUE;
		g_ptr_array_sort(s->accounts, by_text);
		g_ptr_array_add(s->accounts, NULL);
		list = g_strjoinv(",", (char **)s->accounts->pdata);
		options = options_set("", "accounts", list);
		url = g_strdup_printf("https://%s/sellers.json", s->domain);
		r->n = s->n;
		r->fetch(r, &(struct wish){ .kind = PROBE_HTTP, .name = url,
		    .type = "sellers", .host = s->domain, .port = PORT_TLS,
		    .options = options, .rule = "ads.seller" });
	}
	return any;
}
