/*
 * resolver.compared and ecs.compared: what resolvers say beside the zone's own
 * servers, and what visitors from different places are told.
 */

#include <string.h>

#include "probes/join_priv.h"

static const struct {
	const char	*type;
	enum fact_kind	 kind;
	const char	*field;
} types[] = {
	{ "A",		FACT_DNS_A,	"ip" },
	{ "AAAA",	FACT_DNS_AAAA,	"ip" },
	{ "NS",		FACT_DNS_NS,	"ns" },
	{ "MX",		FACT_DNS_MX,	"exchange" },
};

#define LINKS	16

/* RFC 8914 4.16 to 4.18: the resolver's own policy speaks. */
static gboolean
is_policy(const struct fact *f)
{
	json_t *e;
	size_t i;

	json_array_foreach(fact_get(f, "ede"), i, e) {
		json_int_t code = json_integer_value(json_object_get(e,
		    "code"));

		if (code >= 15 && code <= 17)
			return TRUE;
	}
	return FALSE;
}

static const struct fact *
alias_fact(const struct join *j, const char *name)
{
	for (guint i = 0; i < j->facts->len; i++)
		if (join_is(j->facts->pdata[i], FACT_DNS_CNAME, name))
			return j->facts->pdata[i];
	return NULL;
}

static gboolean
direct_at(const struct join *j, size_t type, const char *name, json_t *into,
    struct fact *rests)
{
	gboolean any = FALSE;

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];
		const char *s;

		if (!join_is(f, types[type].kind, name))
			continue;
		s = fact_str(f, types[type].field);
		if (!join_array_has(into, s)) {
			join_array_add(into, s);
			join_rests_on(rests, f);
		}
		any = TRUE;
	}
	return any;
}

/* The zone's own servers say that it is not there. */
static gboolean
denied_at(const struct join *j, size_t type, const char *name,
    struct fact *rests)
{
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (!join_is(f, FACT_DNS_NXDOMAIN, name) &&
		    !(join_is(f, FACT_DNS_NODATA, name) &&
		    strcmp(fact_str(f, "type"), types[type].type) == 0))
			continue;
		join_rests_on(rests, f);
		return TRUE;
	}
	return FALSE;
}

/* What the zone's own servers say, through the aliases; NULL where none of them
 * answered. */
static json_t *
direct_of(const struct join *j, size_t type, const char *name,
    struct fact *rests)
{
	json_t *a = json_array();

	for (unsigned i = 0; i < LINKS; i++) {
		const struct fact *to;

		if (direct_at(j, type, name, a, rests))
			return a;
		to = alias_fact(j, name);
		if (to == NULL && denied_at(j, type, name, rests))
			return a;
		if (to == NULL)
			break;
		join_rests_on(rests, to);
		name = fact_str(to, "to");
	}
	json_decref(a);
	return NULL;
}

/* An answer, whole, whatever it says. */
static gboolean
resolver_answered(const struct fact *f)
{
	const char *rcode = fact_str(f, "rcode");

	return (strcmp(rcode, "NOERROR") == 0 ||
	    strcmp(rcode, "NXDOMAIN") == 0) &&
	    !json_is_true(fact_get(f, "truncated")) &&
	    !json_is_true(fact_get(f, "bare"));
}

static void
resolver_compare(struct join *j, const struct fact *f, size_t type)
{
	struct fact *out = join_fact(j, FACT_RESOLVER_COMPARED, f->subject,
	    json_pack("{s:s, s:s, s:s}", "type", types[type].type,
	    "resolver", fact_str(f, "resolver"), "rcode",
	    fact_str(f, "rcode")));
	json_t *own = direct_of(j, type, f->subject, out);

	join_rests_on(out, f);
	json_object_set_new(out->value, "agree", own == NULL ||
	    !resolver_answered(f) ? json_null() : json_boolean(
	    join_array_same(own, fact_get(f, "answers"))));
	if (is_policy(f))
		json_object_set_new(out->value, "policy", json_true());
	json_object_set(out->value, "answers", fact_get(f, "answers"));
	json_object_set_new(out->value, "authoritative", own != NULL ? own :
	    json_null());
}

void
join_resolvers(struct join *j)
{
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (!join_is(f, FACT_RESOLVER_ANSWER, NULL))
			continue;
		for (size_t k = 0; k < G_N_ELEMENTS(types); k++)
			if (strcmp(types[k].type, fact_str(f, "type")) == 0)
				resolver_compare(j, f, k);
	}
}

/* --- client subnets --------------------------------------------------------- */

static gboolean
same_question(const struct fact *a, const struct fact *b)
{
	return strcmp(a->subject, b->subject) == 0 &&
	    strcmp(fact_str(a, "type"), fact_str(b, "type")) == 0 &&
	    strcmp(fact_str(a, "server"), fact_str(b, "server")) == 0;
}

static gboolean
is_first(const struct join *j, guint at)
{
	for (guint i = 0; i < at; i++)
		if (join_is(j->facts->pdata[i], FACT_ECS_ANSWER, NULL) &&
		    same_question(j->facts->pdata[i], j->facts->pdata[at]))
			return FALSE;
	return TRUE;
}

static void
subnets_compare(struct join *j, guint at)
{
	const struct fact *f = j->facts->pdata[at];
	struct fact *out = join_fact(j, FACT_ECS_COMPARED, f->subject,
	    json_pack("{s:s, s:s, s:s, s:[]}", "type", fact_str(f, "type"),
	    "server", fact_str(f, "server"), "by", fact_str(f, "by"),
	    "subnets"));
	gboolean same = TRUE, scoped = FALSE;

	for (guint i = at; i < j->facts->len; i++) {
		const struct fact *g = j->facts->pdata[i];

		if (!join_is(g, FACT_ECS_ANSWER, NULL) ||
		    !same_question(f, g))
			continue;
		join_rests_on(out, g);
		join_array_add(json_object_get(out->value, "subnets"),
		    fact_str(g, "subnet"));
		same &= join_array_same(fact_get(f, "answers"),
		    fact_get(g, "answers"));
		scoped |= fact_int(g, "scope", 0) > 0;
	}
	json_object_set_new(out->value, "same", json_boolean(same));
	json_object_set_new(out->value, "scoped", json_boolean(scoped));
}

void
join_subnets(struct join *j)
{
	for (guint i = 0; i < j->facts->len; i++)
		if (join_is(j->facts->pdata[i], FACT_ECS_ANSWER, NULL) &&
		    is_first(j, i))
			subnets_compare(j, i);
}
