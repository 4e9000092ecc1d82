#include "collector/plan.h"

#include <stdio.h>

#include "collector/imported.h"
#include "geoip/geo.h"
#include "probes/raise.h"
#include "probes/target.h"

static void
plan_want(struct raiser *r, const char *name, const char *type,
    unsigned purpose, const char *rule)
{
	(void)purpose, (void)rule;
	printf("  dns    %-5s %s, %s\n", type, name, r->set != NULL &&
	    r->set->recursive != NULL ? "of the recursive servers of case.ini" :
	    "from the root servers down");
}

static void
plan_fetch(struct raiser *r, const struct wish *w)
{
	(void)r;
	printf("  %-6s %s, of %s port %u\n", probe_kind_name(w->kind), w->name,
	    w->host, w->port);
}

static void
plan_ask(struct raiser *r, const struct wish *w)
{
	(void)r;
	printf("  %-6s %s, %s%s\n", probe_kind_name(w->kind), w->name,
	    w->host != NULL ? w->host : "", w->server != NULL ? w->server : "");
}

static void
plan_service(struct raiser *r, const char *subject, const char *rule)
{
	(void)r, (void)rule;
	printf("  rdap   %s, where IANA's bootstrap or the program's list "
	    "says\n", subject);
}

static void
plan_again(struct raiser *r, int64_t wait_ms)
{
	(void)r, (void)wait_ms;
}

static gboolean
plan_hop(struct raiser *r, const char *from, const char *to)
{
	(void)r, (void)from, (void)to;
	return FALSE;
}

static gboolean
plan_deep(struct raiser *r, const char *ip)
{
	(void)r, (void)ip;
	return TRUE;
}

static void
plan_target(const struct target *t, const struct geo_set *geo,
    const struct kase *k)
{
	const struct raise_set set = {
		.recursive = k->dns_servers != NULL &&
		    k->dns_servers[0] != NULL ? k->dns_servers : NULL,
	};
	struct raiser r = {
		.name = t->name, .registrable = t->registrable, .tld = "",
		.url = t->url,
		.domains = g_ptr_array_new_with_free_func(g_free),
		.geo = geo, .vantage = k->vantage, .deep = plan_deep,
		.want = plan_want, .fetch = plan_fetch, .ask = plan_ask,
		.service = plan_service, .again = plan_again,
		.hop = plan_hop,
	};

	if (set.recursive != NULL)
		r.set = &set;
	printf("%s\n", t->name);
	raise_target(&r, t->kind == TARGET_ADDRESS);
	g_ptr_array_unref(r.domains);
}

/* Addresses and keys of imported files; what each raises is the same. */
static int
plan_imported(const struct kase *k)
{
	g_autoptr(GError) e = NULL;
	struct imported im;

	if (imported_open(k->dir, &k->limits, &im, &e) != 0)
		return cmd_error(e);
	if (im.ask->len > 0)
		printf("imported addresses: reverse name, registration, who "
		    "announces it, lists, place;\nnothing is sent to the "
		    "address itself\n");
	for (guint i = 0; i < im.ask->len; i++)
		printf("  %s\n", (const char *)im.ask->pdata[i]);
	if (im.left > 0)
		printf("  and not %u more, by limit.import.addresses\n",
		    im.left);
	for (guint i = 0; i < im.keys->len; i++)
		printf("  dns    TXT   %s, a key of imported mail\n",
		    (const char *)im.keys->pdata[i]);
	imported_clear(&im);
	return EXIT_DONE;
}

int
plan_print(const struct globals *g, struct kase *k, char **texts, size_t n,
    gboolean imported)
{
	struct geo_set *geo = geo_set_open();
	int rc = EXIT_DONE;

	(void)g;
	for (size_t i = 0; i < n && rc == EXIT_DONE; i++) {
		struct target t;
		g_autofree char *why = NULL;

		if (target_parse(texts[i], &t, &why) != 0) {
			rc = cmd_fail(EXIT_USAGE_, "A target is a domain, a "
			    "URL or an IP address.", "%s; nothing was asked",
			    why);
			break;
		}
		plan_target(&t, geo, k);
		target_clear(&t);
	}
	geo_set_free(geo);
	if (rc == EXIT_DONE && imported && k->dir != NULL)
		rc = plan_imported(k);
	if (rc != EXIT_DONE)
		return rc;
	printf("then, as answers come:\n");
	for (size_t i = 0; i < raise_rules_count; i++)
		printf("  %-14s %s\n", raise_rules[i].name,
		    raise_rules[i].says);
	return rc;
}
