#include <string.h>

#include "probes/join.h"

struct join {
	const char		*name, *registrable;
	const GPtrArray		*facts;
	GPtrArray		*out;
};

/* --- helpers --------------------------------------------------------------------- */

static struct fact *
joined(struct join *j, enum fact_kind kind, const char *subject, json_t *value)
{
	struct fact *f = fact_new(kind, subject, value);

	f->type = DERIVED;
	g_free(f->reader);
	f->reader = g_strdup(JOIN_VERSION);
	g_ptr_array_add(j->out, f);
	return f;
}

static void
rests_on(struct fact *f, const struct fact *on)
{
	g_array_append_val(f->from, on->id);
	if (f->at == NULL || (on->at != NULL && strcmp(on->at, f->at) > 0)) {
		g_free(f->at);
		f->at = g_strdup(on->at);
	}
}

static gboolean
is_kind(const struct fact *f, enum fact_kind kind, const char *subject)
{
	return f->kind == kind &&
	    (subject == NULL || strcmp(f->subject, subject) == 0);
}

static gboolean
array_has(const json_t *a, const char *s)
{
	const json_t *v;
	size_t i;

	json_array_foreach(a, i, v)
		if (strcmp(json_string_value(v), s) == 0)
			return TRUE;
	return FALSE;
}

static void
array_add(json_t *a, const char *s)
{
	if (!array_has(a, s))
		json_array_append_new(a, json_string(s));
}

static gboolean
array_same(const json_t *a, const json_t *b)
{
	const json_t *v;
	size_t i;

	if (json_array_size(a) != json_array_size(b))
		return FALSE;
	json_array_foreach(a, i, v)
		if (!array_has(b, json_string_value(v)))
			return FALSE;
	return TRUE;
}

/* --- place.compared: the databases' countries of each address ------------------------ */

static void
place_of(struct join *j, const char *ip)
{
	json_t *countries = json_array();
	struct fact *f = joined(j, FACT_PLACE_COMPARED, ip, json_object());
	int databases = 0;

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *g = j->facts->pdata[i];

		if (!is_kind(g, FACT_GEO_PLACE, ip) ||
		    *fact_str(g, "country") == '\0')
			continue;
		databases++;
		array_add(countries, fact_str(g, "country"));
		rests_on(f, g);
	}
	json_object_set_new(f->value, "countries", countries);
	json_object_set_new(f->value, "agree",
	    json_boolean(json_array_size(countries) == 1));
	json_object_set_new(f->value, "databases", json_integer(databases));
}

static void
join_places(struct join *j)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (f->kind == FACT_GEO_PLACE &&
		    *fact_str(f, "country") != '\0' &&
		    g_hash_table_add(seen, f->subject))
			place_of(j, f->subject);
	}
}

/* --- ns.compared: parent and zone ------------------------------------------------------ */

static void
join_name_servers(struct join *j)
{
	json_t *parent = json_array(), *child = json_array();
	struct fact *f = fact_new(FACT_NS_COMPARED, j->registrable, NULL);

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *g = j->facts->pdata[i];
		gboolean up = is_kind(g, FACT_DNS_REFERRAL, j->registrable);

		if (!up && !is_kind(g, FACT_DNS_NS, j->registrable))
			continue;
		array_add(up ? parent : child, fact_str(g, "ns"));
		rests_on(f, g);
	}
	if (json_array_size(parent) > 0 && json_array_size(child) > 0) {
		f->type = DERIVED;
		g_free(f->reader);
		f->reader = g_strdup(JOIN_VERSION);
		json_object_set_new(f->value, "agree",
		    json_boolean(array_same(parent, child)));
		json_object_set(f->value, "parent", parent);
		json_object_set(f->value, "child", child);
		g_ptr_array_add(j->out, f);
	} else
		fact_free(f);
	json_decref(parent);
	json_decref(child);
}

/* --- reg.compared: the registrar in RDAP and in WHOIS ------------------------------------ */

static const struct fact *
registrar_rdap(const struct join *j)
{
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (is_kind(f, FACT_RDAP_ENTITY, j->registrable) &&
		    array_has(fact_get(f, "roles"), "registrar"))
			return f;
	}
	return NULL;
}

static const struct fact *
registrar_whois(const struct join *j)
{
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (is_kind(f, FACT_WHOIS_FIELD, j->registrable) &&
		    strcmp(fact_str(f, "field"), "registrar") == 0)
			return f;
	}
	return NULL;
}

/* Letters and digits only, lower case: punctuation and blanks differ between
 * the two services of one registry. */
static char *
plain(const char *s)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (; *s != '\0'; s++)
		if (g_ascii_isalnum(*s) || (*s & 0x80))
			g_string_append_c(out, g_ascii_tolower(*s));
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static void
join_registrars(struct join *j)
{
	const struct fact *r = registrar_rdap(j), *w = registrar_whois(j);
	g_autofree char *one = NULL, *two = NULL;
	struct fact *f;

	if (r == NULL || w == NULL)
		return;
	one = plain(fact_str(r, "name"));
	two = plain(fact_str(w, "value"));
	f = joined(j, FACT_REG_COMPARED, j->registrable, json_pack(
	    "{s:s, s:s, s:b}", "registrar_rdap", fact_str(r, "name"),
	    "registrar_whois", fact_str(w, "value"), "agree",
	    strcmp(one, two) == 0));
	rests_on(f, r);
	rests_on(f, w);
}

/* --- ip.sign: what an address was seen doing ------------------------------------------------ */

struct doing {
	const char	*sign;
	enum fact_kind	 named;		/* the fact that names the host; */
	const char	*field;		/* in this field */
};

static const struct doing doings[] = {
	{ "name-server",	FACT_DNS_NS,		"ns" },
	{ "name-server",	FACT_DNS_REFERRAL,	"ns" },
	{ "mail-server",	FACT_DNS_MX,		"exchange" },
};

/* The fact by which a host has its place in the target's zone, or NULL. */
static const struct fact *
named_by(const struct join *j, const struct doing *d, const char *host)
{
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (is_kind(f, d->named, j->registrable) &&
		    strcmp(fact_str(f, d->field), host) == 0)
			return f;
	}
	return NULL;
}

static struct fact *
sign_of(struct join *j, const char *ip)
{
	for (guint i = 0; i < j->out->len; i++)
		if (is_kind(j->out->pdata[i], FACT_IP_SIGN, ip))
			return j->out->pdata[i];
	return joined(j, FACT_IP_SIGN, ip, json_pack("{s:[], s:[]}", "signs",
	    "names"));
}

static void
sign_add(struct join *j, const struct fact *address, const char *sign,
    const struct fact *why)
{
	struct fact *f = sign_of(j, fact_str(address, "ip"));

	array_add(fact_get(f, "signs"), sign);
	array_add(fact_get(f, "names"), address->subject);
	rests_on(f, address);
	if (why != NULL)
		rests_on(f, why);
}

static void
join_signs(struct join *j)
{
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (f->kind != FACT_DNS_A && f->kind != FACT_DNS_AAAA)
			continue;
		if (strcmp(f->subject, j->name) == 0)
			sign_add(j, f, "serves-name", NULL);
		for (size_t k = 0; k < G_N_ELEMENTS(doings); k++) {
			const struct fact *why = named_by(j, &doings[k],
			    f->subject);

			if (why != NULL)
				sign_add(j, f, doings[k].sign, why);
		}
	}
}

/* --- all ---------------------------------------------------------------------------------------- */

static void (*const joins[])(struct join *) = {
	join_name_servers, join_registrars, join_signs, join_places,
};

GPtrArray *
target_join(const char *name, const char *registrable, const GPtrArray *facts)
{
	struct join j = {
		.name = name, .registrable = registrable, .facts = facts,
		.out = g_ptr_array_new_with_free_func(
		    (GDestroyNotify)fact_free),
	};

	for (size_t i = 0; i < G_N_ELEMENTS(joins); i++)
		joins[i](&j);
	return j.out;
}
