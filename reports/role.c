#include "reports/delivery.h"
#include "reports/role.h"

/*
 * How roles are found, for one run:
 *	1. Facts are put under their subject, response headers under the address
 *	   that sent them.
 *	2. Names get tags, target by target: its own names and their aliases, its
 *	   name servers, its mail servers, hosts that its pages lead to, the
 *	   services that were asked for registration data.
 *	3. Facts are walked in order; an address of a tagged name gets a row for
 *	   each tag.
 *	4. A HOST with two agreeing signs of one delivery network becomes a
 *	   CDN_EDGE: whose network the address lies in, and a response header or
 *	   an alias under the network's own suffix.
 */

enum { CHAIN_MAX = 16 };	/* aliases followed from one name */

enum tag {
	TAG_OWN = 1 << 0, TAG_DNS = 1 << 1, TAG_MAIL = 1 << 2,
	TAG_LINKED = 1 << 3, TAG_SERVICE = 1 << 4,
};

struct tagged { const char *target; unsigned tags; };

struct building {
	const struct run *run;
	GPtrArray	*rows;
	GHashTable	*seen;		/* "ip|role|name|target" -> struct role_row * */
	GHashTable	*subjects;	/* char * -> GPtrArray of struct fact * */
	GHashTable	*names;		/* name -> GArray of struct tagged */
	GHashTable	*aliases;	/* name -> struct delivery *, by suffix */
	GHashTable	*headers;	/* ip -> struct fact *, http.header */
};

static const char *const role_names[ROLES] = {
	[ROLE_HOST] = "HOST", [ROLE_CDN_EDGE] = "CDN_EDGE",
	[ROLE_DNS] = "DNS", [ROLE_MAIL] = "MAIL",
	[ROLE_REGISTRAR_WEB] = "REGISTRAR_WEB",
	[ROLE_DOE_ACTIVITY] = "DOE_ACTIVITY",
	[ROLE_USER_THIRD_PARTY] = "USER_THIRD_PARTY",
	[ROLE_DISMISSED_PARTY] = "DISMISSED_PARTY",
	[ROLE_PLAINTIFF_SIDE] = "PLAINTIFF_SIDE",
	[ROLE_EXIT_PROXY] = "EXIT_PROXY", [ROLE_UNKNOWN] = "UNKNOWN",
};

const char *
role_name(enum role role)
{
	return role_names[role];
}

static void
role_row_free(void *p)
{
	struct role_row *r = p;

	g_free(r->ip);
	g_free(r->name);
	g_free(r->target);
	g_ptr_array_unref(r->facts);
	g_ptr_array_unref(r->places);
	g_free(r);
}

static const GPtrArray *
facts_of(const struct building *b, const char *subject)
{
	return g_hash_table_lookup(b->subjects, subject);
}

/* ---- 1. where to find what ------------------------------------------------ */

/* The first header that names a delivery network stands for its address. */
static void
index_header(struct building *b, struct fact *f)
{
	const struct log_row *row;
	const char *hash;
	char *ip;

	if (delivery_by_header(fact_str(f, "name"),
	    fact_str(f, "value")) == NULL ||
	    (row = run_row(b->run, fact_source(f))) == NULL ||
	    (hash = strchr(row->remote, '#')) == NULL)
		return;
	ip = g_strndup(row->remote, (gsize)(hash - row->remote));
	if (g_hash_table_contains(b->headers, ip))
		g_free(ip);
	else
		g_hash_table_insert(b->headers, ip, f);
}

static void
index_facts(struct building *b)
{
	for (guint i = 0; i < b->run->facts->len; i++) {
		struct fact *f = g_ptr_array_index(b->run->facts, i);
		GPtrArray *a = g_hash_table_lookup(b->subjects, f->subject);

		if (a == NULL) {
			a = g_ptr_array_new();
			g_hash_table_insert(b->subjects, f->subject, a);
		}
		g_ptr_array_add(a, f);
		if (f->kind == FACT_HTTP_HEADER)
			index_header(b, f);
	}
}

/* ---- 2. names ------------------------------------------------------------- */

static void
tag(struct building *b, const char *name, const char *target, enum tag t)
{
	GArray *a = g_hash_table_lookup(b->names, name);
	struct tagged new = { target, t };

	if (*name == '\0')
		return;
	if (a == NULL) {
		a = g_array_new(FALSE, FALSE, sizeof(struct tagged));
		g_hash_table_insert(b->names, g_strdup(name), a);
	}
	for (guint i = 0; i < a->len; i++) {
		struct tagged *x = &g_array_index(a, struct tagged, i);

		if (strcmp(x->target, target) == 0) {
			x->tags |= (unsigned)t;
			return;
		}
	}
	g_array_append_val(a, new);
}

static unsigned
tags_of(const struct building *b, const char *name, const char *target)
{
	const GArray *a = g_hash_table_lookup(b->names, name);

	for (guint i = 0; a != NULL && i < a->len; i++) {
		const struct tagged *x = &g_array_index(a, struct tagged, i);

		if (strcmp(x->target, target) == 0)
			return x->tags;
	}
	return 0;
}

/* A zone is the target's where it is the target, or where registration data
 * was given for it: never a public suffix whose delegation failed below it. */
static gboolean
zone_is_of(const struct building *b, const char *zone, const char *target)
{
	const GPtrArray *a;

	if (strcmp(zone, target) == 0)
		return TRUE;
	if (!name_under(target, zone) || (a = facts_of(b, zone)) == NULL)
		return FALSE;
	for (guint i = 0; i < a->len; i++) {
		const struct fact *f = g_ptr_array_index(a, i);

		if (f->kind == FACT_RDAP_DOMAIN || f->kind == FACT_WHOIS_RECORD)
			return strchr(zone, '.') != NULL;
	}
	return FALSE;
}

static char *
url_host(const char *url)
{
	const char *at = strstr(url, "://");
	size_t n;

	if (at == NULL)
		return g_strdup("");
	at += 3;
	n = strcspn(at, "/?#");
	if (at[0] != '[')
		n = strcspn(at, ":/?#");
	return g_ascii_strdown(at, (gssize)n);
}

static const char *
alias_of(const struct building *b, const char *name)
{
	const GPtrArray *a = facts_of(b, name);

	for (guint i = 0; a != NULL && i < a->len; i++) {
		const struct fact *f = g_ptr_array_index(a, i);

		if (f->kind == FACT_DNS_CNAME)
			return fact_str(f, "to");
	}
	return NULL;
}

/* Tags the names that name is an alias of; a suffix of a delivery network
 * counts for every name of the chain. */
static void
tag_chain(struct building *b, const char *name, const char *target, enum tag t)
{
	const char *chain[CHAIN_MAX + 1] = { name };
	const struct delivery *d = NULL, *one;
	size_t n = 1;

	tag(b, name, target, t);
	while (n <= CHAIN_MAX) {
		const char *to = alias_of(b, chain[n - 1]);

		if (to == NULL || *to == '\0')
			break;
		tag(b, to, target, t);
		if ((one = delivery_by_alias(to)) != NULL)
			d = one;
		chain[n++] = to;
	}
	for (size_t i = 0; d != NULL && i < n; i++)
		g_hash_table_replace(b->aliases, g_strdup(chain[i]),
		    (void *)(uintptr_t)d);
}

static void
tag_servers(struct building *b, const struct fact *f, const char *target)
{
	switch (f->kind) {
	case FACT_DNS_NS:
	case FACT_DNS_REFERRAL:
	case FACT_RDAP_NS:
		if (zone_is_of(b, f->subject, target))
			tag(b, fact_str(f, "ns"), target, TAG_DNS);
		break;
	case FACT_DNS_MX:
		if (strcmp(f->subject, target) == 0)
			tag(b, fact_str(f, "exchange"), target, TAG_MAIL);
		break;
	default:
		break;
	}
}

static void
tag_others(struct building *b, const struct fact *f, const char *target)
{
	g_autofree char *host = NULL;

	if (f->target == NULL || strcmp(f->target, target) != 0)
		return;
	switch (f->kind) {
	case FACT_PAGE_HOST:
		host = g_strdup(fact_str(f, "host"));
		break;
	case FACT_HTTP_REDIRECT:
		host = url_host(fact_str(f, "to"));
		break;
	case FACT_RDAP_SERVICE:
	case FACT_RDAP_LINK:
		host = url_host(fact_str(f, "url"));
		tag(b, host, target, TAG_SERVICE);
		return;
	case FACT_WHOIS_REFER:
		tag(b, fact_str(f, "server"), target, TAG_SERVICE);
		return;
	default:
		return;
	}
	if (!name_under(host, target))
		tag_chain(b, host, target, TAG_LINKED);
}

/* Names below the target are its own, unless they serve its zone or its mail. */
static void
tag_own(struct building *b, const struct fact *f, const char *target)
{
	if (f->kind != FACT_DNS_A && f->kind != FACT_DNS_AAAA &&
	    f->kind != FACT_DNS_CNAME)
		return;
	if (name_under(f->subject, target) &&
	    (tags_of(b, f->subject, target) & (TAG_DNS | TAG_MAIL)) == 0)
		tag_chain(b, f->subject, target, TAG_OWN);
}

static void
tag_target(struct building *b, const char *target)
{
	const GPtrArray *facts = b->run->facts;

	tag_chain(b, target, target, TAG_OWN);
	for (guint i = 0; i < facts->len; i++)
		tag_servers(b, g_ptr_array_index(facts, i), target);
	for (guint i = 0; i < facts->len; i++)
		tag_own(b, g_ptr_array_index(facts, i), target);
	for (guint i = 0; i < facts->len; i++)
		tag_others(b, g_ptr_array_index(facts, i), target);
}

/* ---- 3. rows --------------------------------------------------------------- */

static void
row_facts(struct building *b, struct role_row *r)
{
	const GPtrArray *a = facts_of(b, r->ip);

	for (guint i = 0; a != NULL && i < a->len; i++) {
		const struct fact *f = g_ptr_array_index(a, i);

		if (f->kind == FACT_IP_NETWORK && r->network == NULL)
			r->network = f;
		else if (f->kind == FACT_IP_HOLDER && r->holder == NULL)
			r->holder = f;
		else if (f->kind == FACT_GEO_PLACE)
			g_ptr_array_add(r->places, (void *)(uintptr_t)f);
	}
}

static struct role_row *
row_add(struct building *b, const char *ip, enum role role, const char *name,
    const char *target, const struct fact *f)
{
	g_autofree char *key = g_strdup_printf("%s|%d|%s|%s", ip, (int)role,
	    name, target);
	struct role_row *r = g_hash_table_lookup(b->seen, key);

	if (*ip == '\0')
		return NULL;
	if (r == NULL) {
		r = g_new0(struct role_row, 1);
		r->ip = g_strdup(ip);
		r->role = role;
		r->name = g_strdup(name);
		r->target = g_strdup(target);
		r->facts = g_ptr_array_new();
		r->places = g_ptr_array_new();
		r->run = b->run;
		row_facts(b, r);
		g_ptr_array_add(b->rows, r);
		g_hash_table_insert(b->seen, g_steal_pointer(&key), r);
	}
	g_ptr_array_add(r->facts, (void *)(uintptr_t)f);
	return r;
}

static const struct { enum tag tag; enum role role; } tag_roles[] = {
	{ TAG_OWN, ROLE_HOST }, { TAG_DNS, ROLE_DNS }, { TAG_MAIL, ROLE_MAIL },
	{ TAG_LINKED, ROLE_HOST }, { TAG_SERVICE, ROLE_REGISTRAR_WEB },
};

static void
row_address(struct building *b, const struct fact *f, const char *name,
    const char *ip, unsigned only)
{
	const GArray *a = g_hash_table_lookup(b->names, name);

	for (guint i = 0; a != NULL && i < a->len; i++) {
		const struct tagged *x = &g_array_index(a, struct tagged, i);

		for (size_t t = 0; t < G_N_ELEMENTS(tag_roles); t++) {
			struct role_row *r;

			if ((x->tags & only & (unsigned)tag_roles[t].tag) == 0)
				continue;
			r = row_add(b, ip, tag_roles[t].role, name, x->target,
			    f);
			if (r != NULL && tag_roles[t].tag == TAG_OWN)
				r->own = TRUE;
		}
	}
}

static gboolean
is_target(const struct run *run, const char *name)
{
	for (guint i = 0; i < run->targets->len; i++)
		if (strcmp(g_ptr_array_index(run->targets, i), name) == 0)
			return TRUE;
	return FALSE;
}

static void
row_fact(struct building *b, const struct fact *f)
{
	json_t *ips, *ip;
	size_t i;

	switch (f->kind) {
	case FACT_DNS_A:
	case FACT_DNS_AAAA:
		row_address(b, f, f->subject, fact_str(f, "ip"), ~0U);
		break;
	case FACT_DNS_REFERRAL:
		ips = fact_get(f, "ips");
		json_array_foreach(ips, i, ip)
			if (json_is_string(ip))
				row_address(b, f, fact_str(f, "ns"),
				    json_string_value(ip), TAG_DNS);
		break;
	case FACT_IP_NETWORK:
	case FACT_IP_HOLDER:
		/* A target that is itself an address: no name, no role. */
		if (is_target(b->run, f->subject))
			row_add(b, f->subject, ROLE_UNKNOWN, "", f->subject, f);
		break;
	default:
		break;
	}
}

/* ---- 4. delivery networks --------------------------------------------------- */

static void
row_delivery(struct building *b, struct role_row *r)
{
	const struct delivery *holder, *alias, *header = NULL;
	struct fact *f = g_hash_table_lookup(b->headers, r->ip);

	if (r->role != ROLE_HOST)
		return;
	holder = delivery_by_holder(
	    r->holder != NULL ? fact_str(r->holder, "org") : "",
	    r->network != NULL ? fact_str(r->network, "name") : "");
	alias = g_hash_table_lookup(b->aliases, r->name);
	if (f != NULL)
		header = delivery_by_header(fact_str(f, "name"),
	    fact_str(f, "value"));
	if (holder != NULL && (holder == alias || holder == header)) {
		r->role = ROLE_CDN_EDGE;
		r->delivery = holder->name;
		if (holder == header)
			g_ptr_array_add(r->facts, f);
	} else if (header != NULL || alias != NULL) {
		r->delivery = (header != NULL ? header : alias)->name;
	} else if (holder != NULL && !holder->hosts) {
		r->delivery = holder->name;
	}
}

static void
tagged_free(void *p)
{
	g_array_unref(p);
}

static void
facts_free(void *p)
{
	g_ptr_array_unref(p);
}

static void
building_init(struct building *b, const struct run *run)
{
	*b = (struct building){
		.run = run,
		.rows = g_ptr_array_new_with_free_func(role_row_free),
		.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
		    NULL),
		.subjects = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
		    facts_free),
		.names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
		    tagged_free),
		.aliases = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
		    NULL),
		.headers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
		    NULL),
	};
}

static GPtrArray *
building_end(struct building *b)
{
	g_hash_table_unref(b->seen);
	g_hash_table_unref(b->subjects);
	g_hash_table_unref(b->names);
	g_hash_table_unref(b->aliases);
	g_hash_table_unref(b->headers);
	return b->rows;
}

GPtrArray *
roles_of_run(const struct record *rec, const struct run *run)
{
	struct building b;

	(void)rec;	/* tables and imports give the other roles; none are read yet */
	building_init(&b, run);
	index_facts(&b);
	for (guint i = 0; i < run->targets->len; i++)
		tag_target(&b, g_ptr_array_index(run->targets, i));
	for (guint i = 0; i < run->facts->len; i++)
		row_fact(&b, g_ptr_array_index(run->facts, i));
	for (guint i = 0; i < b.rows->len; i++)
		row_delivery(&b, g_ptr_array_index(b.rows, i));
	return building_end(&b);
}
