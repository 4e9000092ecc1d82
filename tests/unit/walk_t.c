/* The walk from the root, over a small world of zones and without a network. */

#include <string.h>

#include "probes/dns_walk.h"

#define ASKS_MOST	4000

struct record {
	const char	*name, *type, *data;
};

/* One server, one zone: what it answers with. */
struct server {
	const char		*ip, *zone;
	gboolean		 lame;
	const struct record	*records;
};

struct settled {
	void			*owner;
	char			*name;
	enum walk_outcome	 outcome;
};

struct world {
	const struct server	*servers;
	struct walk		*walk;
	struct limits		 limits;
	GQueue			 line;		/* struct walk_ask *: strings owned */
	GPtrArray		*asked;		/* "name type ip" */
	GArray			*settled;
	GPtrArray		*limited;	/* names of limits */
	uint64_t		 n;
	gboolean		 refuse;	/* every question */
	char			 options[32];	/* of the last question */
};

static void
ask_free(struct walk_ask *a)
{
	g_free((char *)(uintptr_t)a->name);
	g_free((char *)(uintptr_t)a->type);
	g_free((char *)(uintptr_t)a->server);
	g_free((char *)(uintptr_t)a->zone);
	g_free(a);
}

static void
take_ask(void *arg, const struct walk_ask *a)
{
	struct world *w = arg;
	struct walk_ask *copy = g_memdup2(a, sizeof(*a));

	g_assert_cmpuint(w->asked->len, <, ASKS_MOST);
	g_strlcpy(w->options, a->options, sizeof(w->options));
	g_ptr_array_add(w->asked, g_strdup_printf("%s %s %s", a->name, a->type,
	    a->server));
	if (w->refuse) {
		g_free(copy);
		walk_refused(w->walk, a->tag, a->cause.n);
		return;
	}
	copy->name = g_strndup(a->name, strlen(a->name) - 1);
	copy->type = g_strdup(a->type);
	copy->server = g_strdup(a->server);
	copy->zone = g_strdup(a->zone);
	copy->ns = NULL;
	g_queue_push_tail(&w->line, copy);
}

static void
take_settled(void *arg, void *owner, const char *name, const char *type,
    enum walk_outcome outcome, uint64_t n)
{
	struct world *w = arg;
	struct settled s = { owner, g_strdup_printf("%s %s", name, type),
	    outcome };

	(void)n;
	g_array_append_val(w->settled, s);
}

static char *
registrable(const char *name)
{
	const char *end = name + strlen(name), *p;
	int dots = 0;

	for (p = end; p > name; p--)
		if (p[-1] == '.' && ++dots == 2)
			break;
	return dots == 0 ? NULL : g_strdup(p);
}

static void
take_limited(void *arg, void *sake, const char *name, enum limit l)
{
	struct world *w = arg;

	(void)sake, (void)name;
	g_ptr_array_add(w->limited, (char *)(uintptr_t)limit_info(l)->name);
}

static void
settled_clear(void *p)
{
	g_free(((struct settled *)p)->name);
}

static const struct walk_calls world_calls = {
	.ask = take_ask, .settled = take_settled,
	.registrable = registrable, .limited = take_limited,
};

static struct world *
world_new(const struct server *servers)
{
	struct world *w = g_new0(struct world, 1);

	w->servers = servers;
	limits_default(&w->limits);
	w->walk = walk_new(&w->limits, &world_calls, w);
	g_queue_init(&w->line);
	w->asked = g_ptr_array_new_with_free_func(g_free);
	w->limited = g_ptr_array_new();
	w->settled = g_array_new(FALSE, FALSE, sizeof(struct settled));
	g_array_set_clear_func(w->settled, settled_clear);
	walk_hint(w->walk, "a.root", "1.0.0.1", 1);
	w->n = 10;
	return w;
}

static void
world_free(struct world *w)
{
	walk_free(w->walk);
	g_queue_clear_full(&w->line, (GDestroyNotify)ask_free);
	g_ptr_array_unref(w->asked);
	g_ptr_array_unref(w->limited);
	g_array_unref(w->settled);
	g_free(w);
}

/* --- a server's answer, as facts -------------------------------------------- */

static gboolean
within(const char *name, const char *zone)
{
	size_t n = strlen(name), z = strlen(zone);

	return z == 0 || (n >= z && strcmp(name + n - z, zone) == 0 &&
	    (n == z || name[n - z - 1] == '.'));
}

static void
give(GPtrArray *to, enum fact_kind kind, const char *subject, json_t *v)
{
	g_ptr_array_add(to, fact_new(kind, subject, v));
}

/* NS records below the server's zone and at or above the name. */
static gboolean
refer(const struct server *s, const char *name, GPtrArray *to)
{
	gboolean any = FALSE;

	for (const struct record *r = s->records; r->name != NULL; r++) {
		json_t *ips;

		if (strcmp(r->type, "NS") != 0 || !within(name, r->name) ||
		    strcmp(r->name, s->zone) == 0)
			continue;
		ips = json_array();
		for (const struct record *g = s->records; g->name != NULL; g++)
			if (strcmp(g->type, "A") == 0 &&
			    strcmp(g->name, r->data) == 0)
				json_array_append_new(ips,
				    json_string(g->data));
		give(to, FACT_DNS_REFERRAL, r->name, json_pack("{s:s, s:o}",
		    "ns", r->data, "ips", ips));
		any = TRUE;
	}
	return any;
}

static void
answer(const struct server *s, const char *name, const char *type,
    GPtrArray *to)
{
	gboolean there = FALSE;

	if (refer(s, name, to))
		return;
	for (const struct record *r = s->records; r->name != NULL; r++) {
		if (strcmp(r->name, name) != 0)
			continue;
		there = TRUE;
		if (strcmp(r->type, "CNAME") == 0)
			give(to, FACT_DNS_CNAME, name, json_pack("{s:s}", "to",
			    r->data));
		else if (strcmp(r->type, type) == 0 && *type == 'A')
			give(to, FACT_DNS_A, name, json_pack("{s:s}", "ip",
			    r->data));
		else if (strcmp(r->type, type) == 0)
			give(to, FACT_DNS_NS, name, json_pack("{s:s}", "ns",
			    r->data));
	}
	if (to->len == 0)
		give(to, there ? FACT_DNS_NODATA : FACT_DNS_NXDOMAIN, name,
		    json_pack("{s:s}", "type", type));
}

static void
answer_one(struct world *w)
{
	struct walk_ask *a = g_queue_pop_head(&w->line);
	g_autoptr(GPtrArray) facts = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)fact_free);
	size_t zone = strlen(a->zone) - 1;

	for (const struct server *s = w->servers; s->ip != NULL; s++)
		if (strcmp(s->ip, a->server) == 0 && !s->lame &&
		    strlen(s->zone) == zone &&
		    strncmp(s->zone, a->zone, zone) == 0)
			answer(s, a->name, a->type, facts);
	walk_answer(w->walk, a->tag, ++w->n,
	    (struct fact *const *)facts->pdata, facts->len);
	ask_free(a);
}

static void
run(struct world *w)
{
	while (w->line.length > 0)
		answer_one(w);
}

static struct walk_cause because = { 1, "test" };

static void
want(struct world *w, void *owner, const char *name, const char *type)
{
	walk_want(w->walk, owner, owner, name, type, because);
}

static void
check(struct world *w, guint i, void *owner, enum walk_outcome outcome)
{
	g_assert_cmpuint(i, <, w->settled->len);
	g_assert_true(g_array_index(w->settled, struct settled, i).owner ==
	    owner);
	g_assert_cmpint(g_array_index(w->settled, struct settled, i).outcome,
	    ==, outcome);
}

static guint
asked(const struct world *w, const char *what)
{
	guint times = 0;

	for (guint i = 0; i < w->asked->len; i++)
		times += strcmp(w->asked->pdata[i], what) == 0;
	return times;
}

static void
see(const char *ip, uint64_t n, void *arg)
{
	(void)n;
	g_string_append_printf(arg, "%s ", ip);
}

static char *
addresses(const struct world *w, const char *name)
{
	GString *s = g_string_new(NULL);

	walk_addresses(w->walk, name, see, s);
	return g_string_free(s, FALSE);
}

/* --- the world --------------------------------------------------------------- */

static const struct record com[] = {
	{ "plain.com", "NS", "ns1.plain.com" },
	{ "ns1.plain.com", "A", "1.0.1.1" },
	{ "far.com", "NS", "ns1.plain.com" },
	{ "lame.com", "NS", "ns1.lame.com" },
	{ "lame.com", "NS", "ns2.lame.com" },
	{ "ns1.lame.com", "A", "1.0.1.2" },
	{ "ns2.lame.com", "A", "1.0.1.3" },
	{ "one.com", "NS", "ns.two.com" },
	{ "two.com", "NS", "ns.one.com" },
	{ "self.com", "NS", "ns.self.com" },
	{ "dead.com", "NS", "ns.dead.com" },
	{ "ns.dead.com", "A", "1.0.1.9" },
	{ "hosted.com", "NS", "ns.dead.com" },
	{ "c0.com", "NS", "ns.c1.com" }, { "c1.com", "NS", "ns.c2.com" },
	{ "c2.com", "NS", "ns.c3.com" }, { "c3.com", "NS", "ns.c4.com" },
	{ "c4.com", "NS", "ns.c5.com" }, { "c5.com", "NS", "ns1.plain.com" },
	{ NULL, NULL, NULL },
};
static const struct record plain[] = {
	{ "plain.com", "A", "9.0.0.1" },
	{ "ns1.plain.com", "A", "1.0.1.1" },
	{ "alias.plain.com", "CNAME", "www.far.com" },
	{ "lost.plain.com", "CNAME", "nothing.far.com" },
	{ "round.plain.com", "CNAME", "trip.plain.com" },
	{ "trip.plain.com", "CNAME", "round.plain.com" },
	{ "same.plain.com", "CNAME", "same.plain.com" },
	{ NULL, NULL, NULL },
};
static const struct record far[] = {
	{ "www.far.com", "A", "9.0.0.2" }, { NULL, NULL, NULL },
};
static const struct record second[] = {
	{ "www.lame.com", "A", "9.0.0.3" }, { NULL, NULL, NULL },
};
static const struct record both[] = {
	{ "both.org", "NS", "b.org" }, { "www.both.org", "A", "9.0.0.5" },
	{ NULL, NULL, NULL },
};
static const struct record org_root[] = {
	{ "com", "NS", "a.gtld.com" }, { "a.gtld.com", "A", "1.0.0.2" },
	{ "org", "NS", "b.org" }, { "b.org", "A", "1.0.0.3" },
	{ NULL, NULL, NULL },
};
static const struct record org[] = {
	{ "www.both.org", "A", "9.0.0.5" }, { "both.org", "SOA", "x" },
	{ "away.org", "NS", "ns1.plain.com" },
	{ NULL, NULL, NULL },
};

static const struct record away[] = {
	{ "www.away.org", "A", "9.0.0.6" }, { NULL, NULL, NULL },
};

static const struct server servers[] = {
	{ "1.0.0.1", "", FALSE, org_root },
	{ "1.0.0.2", "com", FALSE, com },
	{ "1.0.0.3", "org", FALSE, org },
	{ "1.0.0.3", "both.org", FALSE, both },
	{ "1.0.1.1", "plain.com", FALSE, plain },
	{ "1.0.1.1", "far.com", FALSE, far },
	{ "1.0.1.1", "away.org", FALSE, away },
	{ "1.0.1.2", "lame.com", TRUE, NULL },
	{ "1.0.1.3", "lame.com", FALSE, second },
	{ NULL, NULL, FALSE, NULL },
};

static int me, you;

static struct world *
walked(const char *name)
{
	struct world *w = world_new(servers);

	want(w, &me, name, "A");
	run(w);
	g_assert_cmpuint(w->settled->len, ==, 1);
	return w;
}

static void
test_glue(void)
{
	struct world *w = walked("plain.com");
	g_autofree char *ips = addresses(w, "plain.com");

	check(w, 0, &me, WALK_FOUND);
	g_assert_cmpstr(ips, ==, "9.0.0.1 ");
	g_assert_cmpuint(w->asked->len, ==, 3);
	g_assert_cmpstr(w->asked->pdata[0], ==, "com. NS 1.0.0.1");
	g_assert_cmpstr(w->asked->pdata[1], ==, "plain.com. NS 1.0.0.2");
	g_assert_cmpstr(w->asked->pdata[2], ==, "plain.com. A 1.0.1.1");
	world_free(w);
}

/* The parent gives no address: the name server's name is looked up. */
static void
test_no_glue(void)
{
	struct world *w = walked("www.away.org");

	check(w, 0, &me, WALK_FOUND);
	g_assert_cmpuint(asked(w, "ns1.plain.com. A 1.0.1.1"), ==, 1);
	g_assert_cmpuint(asked(w, "com. NS 1.0.0.1"), ==, 1);
	world_free(w);
}

static void
test_lame_then_next(void)
{
	struct world *w = walked("www.lame.com");

	check(w, 0, &me, WALK_FOUND);
	g_assert_cmpuint(asked(w, "www.lame.com. A 1.0.1.2"), ==, 1);
	g_assert_cmpuint(asked(w, "www.lame.com. A 1.0.1.3"), ==, 1);
	world_free(w);
}

static void
test_both_sides(void)
{
	struct world *w = walked("www.both.org");

	check(w, 0, &me, WALK_FOUND);
	g_assert_cmpuint(asked(w, "www.both.org. A 1.0.0.3"), ==, 1);
	world_free(w);
}

static void
test_no_tld(void)
{
	struct world *w = walked("www.name.nowhere");

	check(w, 0, &me, WALK_NXDOMAIN);
	g_assert_cmpuint(w->asked->len, ==, 1);
	want(w, &me, "other.nowhere", "A");
	run(w);
	check(w, 1, &me, WALK_NXDOMAIN);
	g_assert_cmpuint(w->asked->len, ==, 1);
	world_free(w);
}

static void
test_alias(void)
{
	struct world *w = walked("alias.plain.com");
	g_autofree char *ips = addresses(w, "alias.plain.com");

	check(w, 0, &me, WALK_FOUND);
	g_assert_cmpstr(ips, ==, "9.0.0.2 ");
	world_free(w);
	w = walked("lost.plain.com");
	check(w, 0, &me, WALK_NXDOMAIN);
	world_free(w);
}

static void
test_alias_leads_back(void)
{
	static const char *const names[] = { "round.plain.com",
	    "same.plain.com" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		struct world *w = walked(names[i]);

		check(w, 0, &me, WALK_FAILED);
		world_free(w);
	}
}

/* Each zone's servers are named in the other; or in the zone itself. */
static void
test_servers_in_each_other(void)
{
	static const char *const names[] = { "www.one.com", "www.two.com",
	    "www.self.com" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		struct world *w = walked(names[i]);

		check(w, 0, &me, WALK_FAILED);
		world_free(w);
	}
}

/* Found in the lab: a server that refuses even its own name's questions. */
static void
test_server_of_its_own_name_is_dead(void)
{
	struct world *w = walked("www.dead.com");

	check(w, 0, &me, WALK_FAILED);
	world_free(w);
	w = walked("www.hosted.com");
	check(w, 0, &me, WALK_FAILED);
	world_free(w);
}

static void
test_chain_of_servers_is_bounded(void)
{
	struct world *w = walked("www.c0.com");

	check(w, 0, &me, WALK_FAILED);
	g_assert_cmpuint(w->limited->len, ==, 0);
	world_free(w);
	w = world_new(servers);
	w->limits.value[LIMIT_DNS_DEPTH] = 4;
	want(w, &me, "www.c0.com", "A");
	run(w);
	check(w, 0, &me, WALK_FAILED);
	g_assert_cmpuint(w->limited->len, >, 0);
	g_assert_cmpstr(w->limited->pdata[0], ==, "dns.depth");
	world_free(w);
}

static void
test_two_owners(void)
{
	struct world *w = world_new(servers);

	want(w, &me, "plain.com", "A");
	want(w, &you, "plain.com", "A");
	run(w);
	check(w, 0, &me, WALK_FOUND);
	check(w, 1, &you, WALK_FOUND);
	want(w, &you, "plain.com", "A");
	check(w, 2, &you, WALK_FOUND);
	g_assert_cmpuint(w->asked->len, ==, 3);
	world_free(w);
}

/* One owner goes at any moment: the other's want is settled all the same. */
static void
test_forget_while_waiting(void)
{
	for (guint after = 0; after < 12; after++) {
		struct world *w = world_new(servers);

		want(w, &me, "www.away.org", "A");
		want(w, &me, "plain.com", "A");
		want(w, &you, "www.away.org", "A");
		want(w, &you, "alias.plain.com", "A");
		for (guint i = 0; i < after && w->line.length > 0; i++)
			answer_one(w);
		g_array_set_size(w->settled, 0);
		walk_forget(w->walk, &me);
		run(w);
		for (guint i = 0; i < w->settled->len; i++)
			check(w, i, &you, WALK_FOUND);
		want(w, &you, "www.away.org", "A");
		want(w, &you, "alias.plain.com", "A");
		run(w);
		g_assert_cmpuint(w->settled->len, >=, 2);
		check(w, w->settled->len - 1, &you, WALK_FOUND);
		world_free(w);
	}
}

/* A name server's address that two owners have wanted is known to a third one
 * when the first has gone, in whose memory it was first found. */
static void
test_forget_what_two_wanted(void)
{
	struct world *w = world_new(servers);

	want(w, &me, "ns1.plain.com", "A");
	want(w, &me, "ns1.plain.com", "AAAA");
	run(w);
	walk_want(w->walk, &you, NULL, "ns1.plain.com", "A", because);
	walk_want(w->walk, &you, NULL, "ns1.plain.com", "AAAA", because);
	walk_forget(w->walk, &me);
	want(w, &you, "www.away.org", "A");
	run(w);
	check(w, w->settled->len - 1, &you, WALK_FOUND);
	world_free(w);
}

/* A zone that stays keeps the glue of servers within it: they are known by
 * nothing else. */
static void
test_forget_keeps_glue(void)
{
	struct world *w = world_new(servers);

	want(w, &me, "plain.com", "A");
	run(w);
	walk_want(w->walk, &you, &you, "plain.com", "A", because);
	want(w, &you, "alias.plain.com", "TXT");
	walk_forget(w->walk, &me);
	run(w);
	want(w, &you, "www.plain.com", "A");
	run(w);
	check(w, w->settled->len - 1, &you, WALK_NXDOMAIN);
	world_free(w);
}

/* What nobody needs any more is not asked on. */
static void
test_forgotten_is_not_asked_on(void)
{
	struct world *w = world_new(servers);
	guint before;

	want(w, &me, "www.c0.com", "A");
	for (int i = 0; i < 4; i++)
		answer_one(w);
	before = w->asked->len;
	walk_forget(w->walk, &me);
	run(w);
	g_assert_cmpuint(w->asked->len, ==, before);
	g_assert_cmpuint(w->settled->len, ==, 0);
	world_free(w);
}

/* A limit of one owner's does not stand for another. */
static void
test_refused_for_one_only(void)
{
	struct world *w = world_new(servers);

	w->refuse = TRUE;
	walk_want(w->walk, &me, NULL, "www.far.com", "A", because);
	check(w, 0, &me, WALK_FAILED);
	w->refuse = FALSE;
	walk_want(w->walk, &you, NULL, "www.far.com", "A", because);
	run(w);
	check(w, 1, &you, WALK_FOUND);
	world_free(w);
}

static void
test_servers_limit_is_said(void)
{
	struct world *w = world_new(servers);

	w->limits.value[LIMIT_DNS_SERVERS] = 1;
	want(w, &me, "www.lame.com", "A");
	run(w);
	check(w, 0, &me, WALK_FAILED);
	g_assert_cmpuint(w->limited->len, ==, 1);
	g_assert_cmpstr(w->limited->pdata[0], ==, "dns.servers");
	world_free(w);
}

/* Recursive servers are asked everything, in their order, with recursion wanted;
 * no zone and no cut is looked for. */
static void
recursive_servers(void)
{
	static const struct record all[] = {
		{ "www.site.ch", "CNAME", "edge.net" },
		{ "edge.net", "A", "192.0.2.7" }, { NULL, NULL, NULL },
	};
	static const struct server resolvers[] = {
		{ "9.9.9.1", "", TRUE, all }, { "9.9.9.2", "", FALSE, all },
		{ NULL, NULL, FALSE, NULL },
	};
	struct world *w = world_new(resolvers);
	int owner;

	walk_free(w->walk);
	w->walk = walk_new(&w->limits, &world_calls, w);
	walk_recursive(w->walk);
	walk_hint(w->walk, "", "9.9.9.1", 0);
	walk_hint(w->walk, "", "9.9.9.2", 0);
	want(w, &owner, "www.site.ch", "A");
	run(w);
	g_assert_cmpuint(w->asked->len, ==, 4);
	g_assert_cmpuint(asked(w, "www.site.ch. A 9.9.9.1"), ==, 1);
	g_assert_cmpuint(asked(w, "www.site.ch. A 9.9.9.2"), ==, 1);
	g_assert_cmpuint(asked(w, "edge.net. A 9.9.9.2"), ==, 1);
	g_assert_cmpstr(w->options, ==, "rd");
	check(w, 0, &owner, WALK_FOUND);
	world_free(w);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/walk/glue", test_glue);
	g_test_add_func("/walk/no glue", test_no_glue);
	g_test_add_func("/walk/lame, then the next", test_lame_then_next);
	g_test_add_func("/walk/one server for both sides of a cut",
	    test_both_sides);
	g_test_add_func("/walk/no such top-level domain", test_no_tld);
	g_test_add_func("/walk/alias", test_alias);
	g_test_add_func("/walk/an alias that leads back is settled",
	    test_alias_leads_back);
	g_test_add_func("/walk/servers named in each other are settled",
	    test_servers_in_each_other);
	g_test_add_func("/walk/a server dead for its own name is settled",
	    test_server_of_its_own_name_is_dead);
	g_test_add_func("/walk/a chain of servers is bounded, and it is said",
	    test_chain_of_servers_is_bounded);
	g_test_add_func("/walk/two owners, one question", test_two_owners);
	g_test_add_func("/walk/an owner goes, the other's want is settled",
	    test_forget_while_waiting);
	g_test_add_func("/walk/what two wanted stays known",
	    test_forget_what_two_wanted);
	g_test_add_func("/walk/a zone that stays keeps its glue",
	    test_forget_keeps_glue);
	g_test_add_func("/walk/what is forgotten is not asked on",
	    test_forgotten_is_not_asked_on);
	g_test_add_func("/walk/a limit of one owner's is his",
	    test_refused_for_one_only);
	g_test_add_func("/walk/the limit on servers is said",
	    test_servers_limit_is_said);
	g_test_add_func("/walk/recursive-servers", recursive_servers);
	return g_test_run();
}
