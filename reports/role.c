#include <string.h>

#include "probes/list_text.h"
#include "reports/role_priv.h"

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
 *	   CDN_EDGE (role_edge.c).
 *	5. What lists and tables say of an address that has a row gives rows of
 *	   its own; an address that was asked about and has no row is UNKNOWN.
 */

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

const char *
role_org(const struct role_row *r)
{
	return r->holder != NULL ? fact_str(r->holder, "org") : "";
}

const char *
role_country(const struct role_row *r)
{
	const char *c = r->holder != NULL ? fact_str(r->holder, "country") : "";

	return *c == '\0' && r->network != NULL ?
	    fact_str(r->network, "country") : c;
}

/* What is said of the address is the same in each of its rows. */
void
role_row_borrow(struct role_row *r, const struct role_row *from)
{
	r->network = from->network;
	r->holder = from->holder;
	r->places = packed_ref(from->places);
	r->listed = packed_ref(from->listed);
	r->origins = packed_ref(from->origins);
	r->reverse = packed_ref(from->reverse);
}

void
role_row_free(void *p)
{
	struct role_row *r = p;

	if (r == NULL)
		return;
	const GPtrArray *const arrays[] = {
		r->facts, r->places, r->listed, r->origins, r->reverse,
	};
	g_ref_string_release(r->ip);
	g_ref_string_release(r->name);
	g_ref_string_release(r->target);
	for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
		packed_unref(arrays[i]);
	g_clear_pointer(&r->imports, g_array_unref);
	g_free(r);
}

struct role_row *
role_row_new(const char *ip, enum role role, const char *name,
    const char *target)
{
	struct role_row *r = g_new0(struct role_row, 1);

	r->ip = g_ref_string_new_intern(ip);
	r->role = role;
	r->name = g_ref_string_new_intern(name);
	r->target = g_ref_string_new_intern(target);
	r->facts = r->places = r->listed = r->origins = r->reverse =
	    &packed_none;
	return r;
}

const GPtrArray *
facts_of(const struct building *b, const char *subject)
{
	return g_hash_table_lookup(b->subjects, subject);
}

/* ---- 1. where to find what ------------------------------------------------ */

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
		edge_index(b, f);
	}
}

/* ---- 3. rows --------------------------------------------------------------- */

static gboolean
have(const GPtrArray *facts, const struct fact *f, const char *field)
{
	for (guint i = 0; i < facts->len; i++)
		if (json_equal(fact_get(facts->pdata[i], field),
		    fact_get(f, field)))
			return TRUE;
	return FALSE;
}

/* What is listed of the network that announces the address. */
static void
row_network(struct building *b, struct role_row *r, const struct fact *origin)
{
	g_autofree char *as = g_strdup_printf("AS%" G_GINT64_FORMAT,
	    fact_int(origin, "asn", 0));
	const GPtrArray *a = facts_of(b, as);

	for (guint i = 0; a != NULL && i < a->len; i++) {
		const struct fact *f = g_ptr_array_index(a, i);

		if (f->kind == FACT_AS_LISTED && !have(r->listed, f, "list"))
			packed_add(&r->listed, f);
	}
}

static void
row_fact_of(struct role_row *r, const struct fact *f)
{
	const GPtrArray **to = NULL;

	if (f->kind == FACT_IP_NETWORK && r->network == NULL)
		r->network = f;
	else if (f->kind == FACT_IP_HOLDER && r->holder == NULL)
		r->holder = f;
	else if (f->kind == FACT_GEO_PLACE)
		to = &r->places;
	else if (f->kind == FACT_IP_LISTED && !have(r->listed, f, "list"))
		to = &r->listed;
	else if (f->kind == FACT_IP_ORIGIN && !have(r->origins, f, "asn"))
		to = &r->origins;
	else if (f->kind == FACT_DNS_PTR && !have(r->reverse, f, "name"))
		to = &r->reverse;
	if (to != NULL)
		packed_add(to, f);
}

/* A reverse name that was asked back stands for the name alone. */
static void
row_confirmed(struct role_row *r, const struct fact *f)
{
	for (guint i = 0; i < r->reverse->len; i++)
		if (f->kind == FACT_IP_REVERSE && strcmp(fact_str(f, "name"),
		    fact_str(r->reverse->pdata[i], "name")) == 0)
			r->reverse->pdata[i] = (void *)(uintptr_t)f;
}

static void
row_facts(struct building *b, struct role_row *r)
{
	const struct role_row *other = g_hash_table_lookup(b->addresses, r->ip);
	const GPtrArray *a = facts_of(b, r->ip);

	if (other != NULL) {
		role_row_borrow(r, other);
		return;
	}
	g_hash_table_insert(b->addresses, r->ip, r);
	for (guint i = 0; a != NULL && i < a->len; i++)
		row_fact_of(r, a->pdata[i]);
	for (guint i = 0; a != NULL && i < a->len; i++)
		row_confirmed(r, a->pdata[i]);
	for (guint i = 0; i < r->origins->len; i++)
		row_network(b, r, r->origins->pdata[i]);
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
		r = role_row_new(ip, role, name, target);
		r->run = b->run;
		row_facts(b, r);
		g_ptr_array_add(b->rows, r);
		g_hash_table_insert(b->seen, g_steal_pointer(&key), r);
	}
	packed_add(&r->facts, f);
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

/* ---- 5. lists and tables ------------------------------------------------------ */

/* Addresses and prefixes of the plaintiff's side, as the case's table has them. */
static gboolean
is_own(const struct record *rec, const char *ip)
{
	struct list_key key;
	struct list_line line;

	if (list_key(LIST_IP, ip, &key) != 0)
		return FALSE;
	for (guint i = 0; i < rec->own->len; i++) {
		const char *s = rec->own->pdata[i];

		if (list_find(LIST_IP, s, strlen(s), &key, &line))
			return TRUE;
	}
	return FALSE;
}

static gboolean
is_exit(const struct fact *f)
{
	const char *what = fact_str(f, "what");

	return f->kind == FACT_IP_LISTED && (strcmp(what, "tor") == 0 ||
	    strcmp(what, "vpn") == 0);
}

static gboolean
is_parking(const struct fact *f)
{
	return (f->kind == FACT_IP_LISTED || f->kind == FACT_NAME_LISTED) &&
	    strcmp(fact_str(f, "what"), "parking") == 0;
}

static void
row_others(struct building *b, const struct role_row *r)
{
	g_autofree char *ip = g_strdup(r->ip);
	g_autofree char *target = g_strdup(r->target);
	const struct fact *why = r->facts->pdata[0];

	for (guint i = 0; i < r->listed->len; i++)
		if (is_exit(r->listed->pdata[i]))
			row_add(b, ip, ROLE_EXIT_PROXY, "", target,
			    r->listed->pdata[i]);
	if (is_own(b->rec, ip))
		row_add(b, ip, ROLE_PLAINTIFF_SIDE, "", target, why);
}

/* A name server of the target that a list of parking services holds. */
static const struct fact *
parked_by_server(const struct building *b, const char *target)
{
	const GPtrArray *a = facts_of(b, target);

	for (guint i = 0; a != NULL && i < a->len; i++) {
		const struct fact *ns = a->pdata[i];
		const GPtrArray *of = ns->kind == FACT_DNS_NS ?
		    facts_of(b, fact_str(ns, "ns")) : NULL;

		for (guint k = 0; of != NULL && k < of->len; k++)
			if (is_parking(of->pdata[k]))
				return of->pdata[k];
	}
	return NULL;
}

static void
row_parked(const struct building *b, struct role_row *r)
{
	if (!r->own || (r->role != ROLE_HOST && r->role != ROLE_CDN_EDGE))
		return;
	for (guint i = 0; i < r->listed->len && r->parked == NULL; i++)
		if (is_parking(r->listed->pdata[i]))
			r->parked = r->listed->pdata[i];
	if (r->parked == NULL)
		r->parked = parked_by_server(b, r->target);
}

/* Asked about, and of no role. */
static void
rows_unknown(struct building *b)
{
	g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
	const GPtrArray *facts = b->run->facts;

	for (guint i = 0; i < b->rows->len; i++) {
		struct role_row *r = b->rows->pdata[i];

		g_hash_table_add(known, r->ip);
	}
	for (guint i = 0; i < facts->len; i++) {
		const struct fact *f = facts->pdata[i];

		if ((f->kind == FACT_IP_NETWORK || f->kind == FACT_IP_ORIGIN ||
		    f->kind == FACT_IP_LISTED) &&
		    !g_hash_table_contains(known, f->subject))
			row_add(b, f->subject, ROLE_UNKNOWN, "",
			    f->target != NULL ? f->target : "", f);
	}
}

/* ---- hints of a host behind edges ------------------------------------------------- */

static gboolean
is_edge(const GPtrArray *roles, const char *ip)
{
	for (guint i = 0; i < roles->len; i++) {
		const struct role_row *r = roles->pdata[i];

		if (r->role == ROLE_CDN_EDGE && strcmp(r->ip, ip) == 0)
			return TRUE;
	}
	return FALSE;
}

static void
hint_add(GArray *hints, const GPtrArray *roles, const struct run *run,
    const struct fact *f, gboolean earlier)
{
	struct role_hint h = { run, f, fact_str(f, "ip"), earlier };

	if (*h.ip == '\0' || is_edge(roles, h.ip))
		return;
	for (guint i = 0; i < hints->len; i++) {
		const struct role_hint *o = &g_array_index(hints,
		    struct role_hint, i);

		if (o->earlier && earlier && strcmp(o->ip, h.ip) == 0)
			return;
	}
	g_array_append_val(hints, h);
}

static void
hints_of_run(GArray *hints, const GPtrArray *roles, const struct run *run,
    const char *target, gboolean earlier)
{
	for (guint i = 0; i < run->facts->len; i++) {
		const struct fact *f = run->facts->pdata[i];
		gboolean fits = earlier ? f->kind == FACT_DNS_A ||
		    f->kind == FACT_DNS_AAAA : f->kind == FACT_ZONE_ADDRESS;

		if (fits && strcmp(f->subject, target) == 0)
			hint_add(hints, roles, run, f, earlier);
	}
}

GArray *
role_hints(const struct record *rec, const struct run *run, const char *target,
    const GPtrArray *roles)
{
	GArray *hints = g_array_new(FALSE, FALSE, sizeof(struct role_hint));
	gboolean edges = FALSE;

	for (guint i = 0; i < roles->len; i++) {
		const struct role_row *r = roles->pdata[i];

		edges |= r->role == ROLE_CDN_EDGE && r->own &&
		    strcmp(r->target, target) == 0;
	}
	if (!edges)
		return hints;
	hints_of_run(hints, roles, run, target, FALSE);
	for (guint i = 0; i < rec->runs->len; i++) {
		const struct run *o = rec->runs->pdata[i];

		if (o->number < run->number)
			hints_of_run(hints, roles, o, target, TRUE);
	}
	return hints;
}

/* ---- all of it ------------------------------------------------------------------- */

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
building_init(struct building *b, const struct record *rec,
    const struct run *run)
{
	*b = (struct building){
		.rec = rec, .run = run,
		.rows = g_ptr_array_new_with_free_func(role_row_free),
		.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
		    NULL),
		.addresses = g_hash_table_new(g_str_hash, g_str_equal),
		.subjects = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
		    facts_free),
		.names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
		    tagged_free),
		.aliases = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
		    NULL),
		.headers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
		    NULL),
		.certs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
		    NULL),
	};
}

static GPtrArray *
building_end(struct building *b)
{
	g_hash_table_unref(b->seen);
	g_hash_table_unref(b->addresses);
	g_hash_table_unref(b->subjects);
	g_hash_table_unref(b->names);
	g_hash_table_unref(b->aliases);
	g_hash_table_unref(b->headers);
	g_hash_table_unref(b->certs);
	return b->rows;
}

GPtrArray *
roles_of_run(const struct record *rec, const struct run *run)
{
	struct building b;
	guint named;

	building_init(&b, rec, run);
	index_facts(&b);
	for (guint i = 0; i < run->targets->len; i++)
		tag_target(&b, g_ptr_array_index(run->targets, i));
	for (guint i = 0; i < run->facts->len; i++)
		row_fact(&b, g_ptr_array_index(run->facts, i));
	named = b.rows->len;
	for (guint i = 0; i < named; i++)
		edge_row(&b, b.rows->pdata[i]);
	edge_spread(&b);
	for (guint i = 0; i < named; i++) {
		row_parked(&b, b.rows->pdata[i]);
		row_others(&b, b.rows->pdata[i]);
	}
	rows_unknown(&b);
	return building_end(&b);
}
