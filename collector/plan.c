#include "collector/plan.h"

#include <stdio.h>
#include <string.h>

#include "collector/imported.h"
#include "collector/seal.h"
#include "geoip/geo.h"
#include "probes/raise.h"
#include "probes/target.h"
#include "probes/text.h"

struct plan {
	const struct kase *k;
	struct geo_set	*geo;
	gboolean	 json;
	json_t		*targets;	/* of {target, asks []} */
	json_t		*asks;		/* of the target at hand; borrowed */
};

/* A question, on a line or as an object; words: what stands on the line. */
static void
plan_add(struct plan *p, const char *kind, const char *name, const char *type,
    const char *of, const char *words)
{
	if (!p->json) {
		printf("  %-6s %s\n", kind, words);
		return;
	}
	json_array_append_new(p->asks, json_pack("{s:s, s:o, s:s, s:s}", "kind",
	    kind, "name", text_json(name, strlen(name)), "type", type, "of",
	    of));
}

static void
plan_want(struct raiser *r, const char *name, const char *type,
    unsigned purpose, const char *rule)
{
	const char *of = r->set != NULL && r->set->recursive != NULL ?
	    "the recursive servers of case.ini" : "the root servers down";
	g_autofree char *words = g_strdup_printf("%-5s %s, %s %s", type, name,
	    r->set != NULL && r->set->recursive != NULL ? "of" : "from", of);

	(void)purpose, (void)rule;
	plan_add(r->arg, "dns", name, type, of, words);
}

static void
plan_fetch(struct raiser *r, const struct wish *w)
{
	g_autofree char *of = g_strdup_printf("%s port %u", w->host, w->port);
	g_autofree char *words = g_strdup_printf("%s, of %s", w->name, of);

	plan_add(r->arg, probe_kind_name(w->kind), w->name, "", of, words);
}

static void
plan_ask(struct raiser *r, const struct wish *w)
{
	g_autofree char *of = g_strconcat(w->host != NULL ? w->host : "",
	    w->server, NULL);
	g_autofree char *words = g_strdup_printf("%s, %s", w->name, of);

	plan_add(r->arg, probe_kind_name(w->kind), w->name, "", of, words);
}

static void
plan_service(struct raiser *r, const char *subject, const char *rule)
{
	static const char of[] = "IANA's bootstrap or the program's list";
	g_autofree char *words = g_strdup_printf("%s, where %s says", subject,
	    of);

	(void)rule;
	plan_add(r->arg, "rdap", subject, "", of, words);
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
plan_begin(struct plan *p, const char *target)
{
	if (!p->json) {
		printf("%s\n", target);
		return;
	}
	p->asks = json_array();
	json_array_append_new(p->targets, json_pack("{s:o, s:o}", "target",
	    text_json(target, strlen(target)), "asks", p->asks));
}

static void
plan_target(struct plan *p, const struct target *t)
{
	const struct kase *k = p->k;
	const struct raise_set set = { .recursive = k->dns_servers };
	struct raiser r = {
		.arg = p,
		.name = t->name, .registrable = t->registrable, .tld = "",
		.url = t->url,
		.domains = g_ptr_array_new_with_free_func(g_free),
		.geo = p->geo, .vantage = k->vantage, .deep = plan_deep,
		.want = plan_want, .fetch = plan_fetch, .ask = plan_ask,
		.service = plan_service, .again = plan_again,
		.hop = plan_hop,
	};

	if (k->dns_servers != NULL && k->dns_servers[0] != NULL)
		r.set = &set;
	plan_begin(p, t->name);
	raise_target(&r, t->kind == TARGET_ADDRESS);
	g_ptr_array_unref(r.domains);
}

static int
plan_targets(struct plan *p, char **texts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct target t;
		g_autofree char *why = NULL;

		if (target_parse(texts[i], &t, &why) != 0)
			return cmd_fail(EXIT_USAGE_, "A target is a domain, a "
			    "URL or an IP address.", "%s; nothing was asked",
			    why);
		plan_target(p, &t);
		target_clear(&t);
	}
	return EXIT_DONE;
}

/* ---- imported addresses, and keys of imported mail --------------------------- */

static void
imported_print(const struct imported *im)
{
	if (im->ask->len > 0)
		printf("imported addresses: reverse name, registration, who "
		    "announces it, lists, place;\nnothing is sent to the "
		    "address itself\n");
	for (guint i = 0; i < im->ask->len; i++)
		printf("  %s\n", (const char *)im->ask->pdata[i]);
	if (im->left > 0)
		printf("  and not %u more, by limit.import.addresses\n",
		    im->left);
	for (guint i = 0; i < im->keys->len; i++)
		printf("  dns    TXT   %s, a key of imported mail\n",
		    (const char *)im->keys->pdata[i]);
}

static json_t *
strings_json(const GPtrArray *list)
{
	json_t *out = json_array();

	for (guint i = 0; i < list->len; i++)
		json_array_append_new(out, text_json(list->pdata[i],
		    strlen(list->pdata[i])));
	return out;
}

/* What each of them raises is the same. */
static int
plan_imported(const struct plan *p, json_t **out)
{
	g_autoptr(GError) e = NULL;
	struct imported im;

	if (imported_open(p->k->dir, &p->k->limits, &im, &e) != 0)
		return cmd_error(e);
	if (p->json)
		*out = json_pack("{s:o, s:i, s:o}", "addresses",
		    strings_json(im.ask), "left_out", (int)im.left, "keys",
		    strings_json(im.keys));
	else
		imported_print(&im);
	imported_clear(&im);
	return EXIT_DONE;
}

/* ---- rules -------------------------------------------------------------------- */

/* One rule may look at several kinds of facts: it is told of once. */
static gboolean
rule_told(size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(raise_rules[i].name, raise_rules[n].name) == 0 &&
		    strcmp(raise_rules[i].says, raise_rules[n].says) == 0)
			return TRUE;
	return FALSE;
}

static void
rules_print(void)
{
	printf("then, as answers come:\n");
	for (size_t i = 0; i < raise_rules_count; i++)
		if (!rule_told(i))
			printf("  %-14s %s\n", raise_rules[i].name,
			    raise_rules[i].says);
}

static json_t *
rules_json(void)
{
	json_t *out = json_array();

	for (size_t i = 0; i < raise_rules_count; i++)
		if (!rule_told(i))
			json_array_append_new(out, json_pack("{s:s, s:s}",
			    "rule", raise_rules[i].name, "says",
			    raise_rules[i].says));
	return out;
}

int
plan_print(const struct globals *g, struct kase *k, char **texts, size_t n,
    gboolean imported)
{
	struct plan p = { .k = k, .json = g->json, .targets = json_array() };
	json_t *brought = NULL;
	int rc;

	p.geo = geo_set_open();
	rc = plan_targets(&p, texts, n);
	geo_set_free(p.geo);
	if (rc == EXIT_DONE && imported && k->dir != NULL)
		rc = plan_imported(&p, &brought);
	if (rc == EXIT_DONE && p.json)
		cmd_json(json_pack("{s:s, s:s, s:O, s:o*, s:o}", "goodcause",
		    goodcause_version, "schema", "plan/1", "targets", p.targets,
		    "imported", brought, "rules", rules_json()));
	else if (rc == EXIT_DONE)
		rules_print();
	json_decref(p.targets);
	return rc;
}
