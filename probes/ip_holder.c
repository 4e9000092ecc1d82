/* To whom a network or an AS number is allocated, and in what relation. */

#include <string.h>

#include "probes/rdap.h"

/* Whose WHOIS server a network's answer names, or who answered. */
static const struct {
	const char	*suffix, *rir;
} registries[] = {
	{ "ripe.net",		"RIPE NCC" },
	{ "arin.net",		"ARIN" },
	{ "apnic.net",		"APNIC" },
	{ "lacnic.net",		"LACNIC" },
	{ "afrinic.net",	"AFRINIC" },
	{ "registro.br",	"NIC.br" },
	{ "nic.br",		"NIC.br" },
	{ "nic.ad.jp",		"JPNIC" },
	{ "kisa.or.kr",		"KRNIC" },
	{ "krnic.net",		"KRNIC" },
	{ "twnic.tw",		"TWNIC" },
	{ "twnic.net.tw",	"TWNIC" },
	{ "cnnic.cn",		"CNNIC" },
	{ "cnnic.net.cn",	"CNNIC" },
	{ "idnic.net",		"IDNIC" },
	{ "idnic.id",		"IDNIC" },
	{ "irinn.in",		"IRINN" },
	{ "vnnic.vn",		"VNNIC" },
	{ "nic.mx",		"NIC Mexico" },
};

/*
 * National registries: the first word of their networks' names, the end of
 * their handles, the words of remarks with which a regional registry passes
 * their data on.
 */
static const struct {
	const char	*word, *nir;
} nationals[] = {
	{ "krnic",		"KRNIC" },
	{ "kornet-kisa",	"KRNIC" },
	{ "jpnic",		"JPNIC" },
	{ "twnic",		"TWNIC" },
	{ "cnnic",		"CNNIC" },
	{ "idnic",		"IDNIC" },
	{ "irinn",		"IRINN" },
	{ "vnnic",		"VNNIC" },
	{ "nic.br",		"NIC.br" },
	{ "registro.br",	"NIC.br" },
	{ "nic.mx",		"NIC Mexico" },
	{ "nicmexico",		"NIC Mexico" },
};

/*
 * What the registries call a network: who gave it to whom.
 *	provider	from the registry, to hand on
 *	customer	from a provider, to hand on or as its customer's record
 *	assignee	to be used by whom it was given to
 * top: from the registry itself.
 */
static const struct {
	const char	*type, *relation;
	gboolean	 top;
} relations[] = {
	{ "aggregated by lir",		"customer",	FALSE },
	{ "allocated",			"provider",	TRUE },
	{ "allocated assigned pa",	"provider",	TRUE },
	{ "allocated by lir",		"customer",	FALSE },
	{ "allocated by rir",		"provider",	TRUE },
	{ "allocated non portable",	"customer",	FALSE },
	{ "allocated pa",		"provider",	TRUE },
	{ "allocated pi",		"provider",	TRUE },
	{ "allocated portable",		"provider",	TRUE },
	{ "allocated unspecified",	"provider",	TRUE },
	{ "allocation",			"provider",	TRUE },
	{ "assigned",			"assignee",	FALSE },
	{ "assigned anycast",		"assignee",	TRUE },
	{ "assigned non portable",	"assignee",	FALSE },
	{ "assigned pa",		"assignee",	FALSE },
	{ "assigned pi",		"assignee",	TRUE },
	{ "assigned portable",		"assignee",	TRUE },
	{ "assignment",			"assignee",	TRUE },
	{ "direct allocation",		"provider",	TRUE },
	{ "direct assignment",		"assignee",	TRUE },
	{ "early registration",		"unknown",	TRUE },
	{ "early reservation",		"unknown",	TRUE },
	{ "iana special",		"unknown",	TRUE },
	{ "legacy",			"unknown",	TRUE },
	{ "lir partitioned pa",		"provider",	FALSE },
	{ "lir partitioned pi",		"provider",	FALSE },
	{ "re allocated",		"customer",	FALSE },
	{ "re assigned",		"assignee",	FALSE },
	{ "reallocated",		"customer",	FALSE },
	{ "reallocation",		"customer",	FALSE },
	{ "reassigned",			"assignee",	FALSE },
	{ "reassignment",		"assignee",	FALSE },
	{ "sub allocated pa",		"customer",	FALSE },
};

/* Who holds a network, best first; of one role an organisation first. */
static const char *const holder_roles[] = {
	"registrant", "sponsor", "administrative",
};

struct holder {
	json_t	*value;		/* of ip.holder, NULL where none yet */
	guint	 rank;
};

static gboolean
ends_with(const char *host, const char *suffix)
{
	size_t h = strlen(host), s = strlen(suffix);

	return h >= s && g_ascii_strcasecmp(host + h - s, suffix) == 0 &&
	    (h == s || host[h - s - 1] == '.');
}

const char *
rdap_registry(const struct rdap *r)
{
	const char *said[] = { rdap_str(r->object, "port43"), r->server };

	for (size_t k = 0; k < G_N_ELEMENTS(said); k++)
		for (size_t i = 0; i < G_N_ELEMENTS(registries); i++)
			if (ends_with(said[k], registries[i].suffix))
				return registries[i].rir;
	return "";
}

/* ---- national registries */

static const char *
national_of(const char *text)
{
	g_autofree char *low = g_ascii_strdown(text, -1);

	for (size_t i = 0; i < G_N_ELEMENTS(nationals); i++)
		if (strstr(low, nationals[i].word) != NULL)
			return nationals[i].nir;
	return "";
}

static void
national_remark(const json_t *remark, void *arg)
{
	const char **nir = arg;
	json_t *text = rdap_lines(remark);
	const char *s = json_string_value(text);

	if (**nir == '\0' && s != NULL && strlen(s) < 1024)
		*nir = national_of(s);
	json_decref(text);
}

/* "Objects returned came from source", and the next line: whence. */
static void
national_source(const json_t *notice, void *arg)
{
	if (g_ascii_strcasecmp(rdap_str(notice, "title"), "source") == 0)
		national_remark(notice, arg);
}

static void
national_handle(const json_t *entity, void *arg)
{
	const char **nir = arg;
	const char *dash = strrchr(rdap_str(entity, "handle"), '-');

	if (**nir == '\0' && dash != NULL)
		*nir = national_of(dash + 1);
}

const char *
rdap_national(const struct rdap *r)
{
	const char *rir = rdap_registry(r);
	const char *nir = national_of(rir);

	if (*nir == '\0')
		nir = national_of(r->server);	/* jpnic.rdap.apnic.net */
	if (*nir == '\0')
		nir = national_of(rdap_str(r->object, "name"));
	if (*nir == '\0')
		rdap_each(r->object, "notices", national_source, &nir);
	if (*nir == '\0')
		rdap_each(r->object, "remarks", national_remark, &nir);
	if (*nir == '\0')
		rdap_each(r->object, "entities", national_handle, &nir);
	return nir;
}

/* ---- relations */

const char *
rdap_relation(const char *type, gboolean *top)
{
	g_autofree char *low = g_ascii_strdown(type, -1);

	g_strdelimit(low, "-_", ' ');
	g_strstrip(low);
	*top = FALSE;
	for (size_t i = 0; i < G_N_ELEMENTS(relations); i++)
		if (strcmp(relations[i].type, low) == 0) {
			*top = relations[i].top;
			return relations[i].relation;
		}
	return "unknown";
}

/* ARIN's records of customers have handles of their own: C and digits. */
static gboolean
is_customer(const struct rdap *r, const char *handle)
{
	size_t n;

	if (handle == NULL || *handle != 'C')
		return FALSE;
	n = strspn(handle + 1, "0123456789");
	return n >= 4 && handle[n + 1] == '\0' &&
	    strcmp(rdap_registry(r), "ARIN") == 0;
}

/* ---- the holder */

/* A maintainer object has its own handle for a name and is nobody. */
static gboolean
is_nobody(const struct rdap_entity *e)
{
	const char *name = rdap_entity_name(e);

	return *name == '\0' || rdap_withheld(name) ||
	    (g_ascii_strcasecmp(name, e->handle) == 0 &&
	    g_ascii_strcasecmp(e->card.kind, "org") != 0);
}

/* G_MAXUINT where the entity cannot be the holder. */
static guint
holder_rank(const struct rdap_entity *e)
{
	gboolean org = g_ascii_strcasecmp(e->card.kind, "org") == 0 ||
	    *e->card.org != '\0';

	if (is_nobody(e))
		return G_MAXUINT;
	for (guint i = 0; i < G_N_ELEMENTS(holder_roles); i++) {
		if (!rdap_has_role(e, holder_roles[i]))
			continue;
		if (!org && i > 0)	/* a contact person holds nothing */
			return G_MAXUINT;
		return i * 4 + (org ? 0 : 2) + (*e->under != '\0' ? 1 : 0);
	}
	return G_MAXUINT;
}

static void
set_country(json_t *v, const char *country, const char *from)
{
	if (strlen(country) > 64)	/* none that there is */
		country = "";
	json_object_set_new(v, "country", json_string(country));
	json_object_set_new(v, "country_from",
	    json_string(*country != '\0' ? from : ""));
}

static void
consider(const struct rdap *r, const struct rdap_entity *e, void *arg)
{
	struct holder *h = arg;
	guint rank = holder_rank(e);
	json_t *name;

	if (rank == G_MAXUINT || (h->value != NULL && rank >= h->rank))
		return;
	json_decref(h->value);
	h->rank = rank;
	h->value = json_object();
	name = json_string(rdap_entity_name(e));
	json_object_set_new(h->value, "org", rdap_text_of(name));
	json_decref(name);
	json_object_set_new(h->value, "handle", rdap_text(e->object, "handle"));
	json_object_set(h->value, "roles", e->roles);
	if (*e->card.country != '\0' && strlen(e->card.country) <= RDAP_STRING)
		set_country(h->value, e->card.country, e->card.country_from);
	else
		set_country(h->value, rdap_str(r->object, "country"),
		    "network");
	json_object_set_new(h->value, "via", json_string("entity"));
}

/* The first line of the registry's description ("descr"): by APNIC's custom the
 * name of whom the network was given to, where no organisation is named. */
static void
find_description(const json_t *remark, void *arg)
{
	json_t **name = arg, *first, *lines;

	if (*name != NULL || g_ascii_strcasecmp(rdap_str(remark, "title"),
	    "description") != 0)
		return;
	lines = rdap_texts(remark, "description");
	first = json_array_get(lines, 0);
	if (json_is_string(first) && json_string_length(first) > 0)
		*name = json_incref(first);
	json_decref(lines);
}

static json_t *
description(const struct rdap *r)
{
	json_t *name = NULL;

	if (strcmp(rdap_registry(r), "APNIC") == 0)
		rdap_each(r->object, "remarks", find_description, &name);
	return name;
}

/* No entity to name: the description, or the network's own name, is all that
 * the registry says. */
static json_t *
by_network_name(const struct rdap *r)
{
	json_t *name = description(r), *v;
	const char *via = name != NULL ? "description" : "network name";

	if (name == NULL && *rdap_str(r->object, "name") == '\0')
		return NULL;
	if (name == NULL)
		name = rdap_text(r->object, "name");
	v = json_pack("{s:o, s:s, s:[]}", "org", name, "handle", "", "roles");
	set_country(v, rdap_str(r->object, "country"), "network");
	json_object_set_new(v, "via", json_string(via));
	return v;
}

json_t *
rdap_holder(const struct rdap *r)
{
	struct holder h = { NULL, 0 };
	gboolean top;
	const char *relation = rdap_relation(rdap_str(r->object, "type"), &top);
	json_t *v;

	rdap_entities(r, consider, &h);
	v = h.value != NULL ? h.value : by_network_name(r);
	if (v == NULL || json_object_get(r->object, "startAutnum") != NULL)
		return v;
	if (is_customer(r, json_string_value(json_object_get(v, "handle"))))
		relation = "customer";
	json_object_set_new(v, "relation", json_string(relation));
	return v;
}
