/*
 * dns.random: what random names beside a name show, and dns.name: where the
 * name's own addresses come from, by that.
 *
 * A signature that has fewer labels than its name says that the zone has a
 * wildcard (RFC 4592, RFC 4034 3.1.3).  Without one, two random names with the
 * same answer say so; one that is there beside one that is not is no wildcard,
 * and two with different answers are said to differ, as answers of a wildcard by
 * a server that turns its addresses would.  Where the server has an address for a
 * name below .invalid as well, it answers for what does not exist, and says
 * nothing of the zone (often called NXDOMAIN hijacking).
 */

#include <string.h>

#include "probes/join_priv.h"

#define LABELS	8	/* asked below one name */
#define ALIASES	16

/* One random name, of whichever types it was asked. */
struct label {
	const char	*text;
	gboolean	 there;
	json_t		*values;
};

struct beside {
	struct label	 labels[LABELS];
	size_t		 n, there;
	gboolean	 is_signed, invalid;
	const char	*server;
	json_t		*all;
};

static struct label *
label_of(struct beside *b, const char *text)
{
	for (size_t i = 0; i < b->n; i++)
		if (strcmp(b->labels[i].text, text) == 0)
			return &b->labels[i];
	if (b->n == LABELS)
		return NULL;
	b->labels[b->n] = (struct label){ text, FALSE, json_array() };
	return &b->labels[b->n++];
}

static void
label_add(struct beside *b, const struct fact *f)
{
	struct label *l = label_of(b, fact_str(f, "label"));
	const char *to = fact_str(f, "to");
	json_t *ip;
	size_t i;

	if (l == NULL)
		return;
	if (!l->there && json_is_true(fact_get(f, "there"))) {
		l->there = TRUE;
		b->there++;
	}
	b->is_signed |= json_is_true(fact_get(f, "signed"));
	b->server = fact_str(f, "server");
	json_array_foreach(fact_get(f, "ips"), i, ip) {
		join_array_add(l->values, json_string_value(ip));
		join_array_add(b->all, json_string_value(ip));
	}
	if (*to != '\0') {
		join_array_add(l->values, to);
		join_array_add(b->all, to);
	}
}

static const char *
beside_how(const struct beside *b)
{
	if (b->is_signed)
		return "wildcard";
	if (b->there == 0)
		return "none";
	if (b->invalid)
		return "hijack";
	if (b->there < b->n)
		return "once";
	if (json_array_size(b->all) == 0)
		return "empty";
	if (b->n < 2)
		return "not compared";
	for (size_t i = 1; i < b->n; i++)
		if (!join_array_same(b->labels[0].values, b->labels[i].values))
			return "differs";
	return "wildcard";
}

/* What the server says of a name that cannot exist. */
static void
beside_control(const struct join *j, struct beside *b, struct fact *f)
{
	for (guint i = 0; b->server != NULL && i < j->facts->len; i++) {
		const struct fact *g = j->facts->pdata[i];

		if (!join_is(g, FACT_DNS_INVALID, b->server))
			continue;
		b->invalid |= json_is_true(fact_get(g, "there"));
		join_rests_on(f, g);
	}
}

static void
random_below(struct join *j, const char *parent)
{
	struct beside b = { .all = json_array() };
	struct fact *f = join_fact(j, FACT_DNS_RANDOM, parent, NULL);

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *g = j->facts->pdata[i];

		if (!join_is(g, FACT_DNS_WILDCARD, parent))
			continue;
		label_add(&b, g);
		join_rests_on(f, g);
	}
	beside_control(j, &b, f);
	json_object_set_new(f->value, "how", json_string(beside_how(&b)));
	json_object_set_new(f->value, "names", json_integer((json_int_t)b.n));
	json_object_set_new(f->value, "signed", json_boolean(b.is_signed));
	json_object_set_new(f->value, "values", b.all);
	json_object_set_new(f->value, "server", json_string(b.server));
	for (size_t i = 0; i < b.n; i++)
		json_decref(b.labels[i].values);
}

void
join_random(struct join *j)
{
	json_t *parents = json_array(), *p;
	size_t k;

	for (guint i = 0; i < j->facts->len; i++)
		if (join_is(j->facts->pdata[i], FACT_DNS_WILDCARD, NULL))
			join_array_add(parents,
			    ((const struct fact *)j->facts->pdata[i])->subject);
	json_array_foreach(parents, k, p)
		random_below(j, json_string_value(p));
	json_decref(parents);
}

/* --- where a name's addresses come from ---------------------------------------------- */

static const struct fact *
random_of(const struct join *j, const char *parent)
{
	for (guint i = 0; parent != NULL && i < j->out->len; i++)
		if (join_is(j->out->pdata[i], FACT_DNS_RANDOM, parent))
			return j->out->pdata[i];
	return NULL;
}

/* Where the name's aliases lead; the name itself where it has none. */
static const char *
alias_end(const struct join *j, const char *name, struct fact *f)
{
	for (int n = 0; n < ALIASES; n++) {
		const char *to = NULL;

		for (guint i = 0; i < j->facts->len && to == NULL; i++) {
			const struct fact *g = j->facts->pdata[i];

			if (!join_is(g, FACT_DNS_CNAME, name))
				continue;
			to = fact_str(g, "to");
			join_rests_on(f, g);
		}
		if (to == NULL || *to == '\0')
			break;
		name = to;
	}
	return name;
}

/* Its addresses and its alias, as those of a random name are listed: IPv6 only
 * where there is no other.  made: the wildcard that a signature shows. */
static json_t *
values_of(const struct join *j, const char *name, struct fact *f,
    const char **made)
{
	static const enum fact_kind kinds[] = { FACT_DNS_A, FACT_DNS_AAAA };
	json_t *values = json_array();
	const char *end = alias_end(j, name, f);

	for (size_t k = 0; k < G_N_ELEMENTS(kinds) &&
	    json_array_size(values) == 0; k++)
		for (guint i = 0; i < j->facts->len; i++) {
			const struct fact *g = j->facts->pdata[i];

			if (!join_is(g, kinds[k], end))
				continue;
			join_array_add(values, fact_str(g, "ip"));
			join_rests_on(f, g);
			if (strcmp(end, name) == 0 &&
			    *fact_str(g, "wildcard") != '\0')
				*made = fact_str(g, "wildcard");
		}
	if (strcmp(end, name) != 0)
		join_array_add(values, end);
	return values;
}

static gboolean
are_all_in(const json_t *a, const json_t *b)
{
	const json_t *v;
	size_t i;

	json_array_foreach(a, i, v)
		if (!join_array_has(b, json_string_value(v)))
			return FALSE;
	return json_array_size(a) > 0;
}

static const char *
source_how(const json_t *mine, const struct fact *random)
{
	static const struct { const char *random, *how; } rows[] = {
		{ "wildcard", "as-wildcard" }, { "hijack", "as-hijack" },
		{ "differs", "unclear" }, { "once", "unclear" },
		{ "not compared", "unclear" },
	};
	const json_t *all = fact_get(random, "values");
	const char *how = fact_str(random, "how");

	if (!are_all_in(mine, all))
		return "own";
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (strcmp(rows[i].random, how) == 0)
			return i > 0 || join_array_same(mine, all) ?
			    rows[i].how : "own";
	return "own";
}

/* The domain itself has no names beside it that we may ask for: all that is seen
 * is whether it has what its server gives to anything. */
void
join_name_source(struct join *j, const char *name)
{
	const char *dot = strchr(name, '.'), *made = "", *how;
	gboolean apex = strcmp(name, j->registrable) == 0;
	const struct fact *random = random_of(j, apex ? name : dot != NULL ?
	    dot + 1 : NULL);
	struct fact *f;
	json_t *mine;

	if (random == NULL || join_record_of(j, name, TRUE) == NULL ||
	    (apex && strcmp(fact_str(random, "how"), "hijack") != 0))
		return;
	f = fact_new(FACT_DNS_NAME, name, NULL);
	join_rests_on(f, random);
	mine = values_of(j, name, f, &made);
	how = *made != '\0' ? "wildcard" : source_how(mine, random);
	json_object_set_new(f->value, "how", json_string(how));
	if (*made != '\0')
		json_object_set_new(f->value, "wildcard", json_string(made));
	json_decref(mine);
	join_give(j, f);
}
