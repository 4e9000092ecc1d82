#include <arpa/inet.h>
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
	{ "nic.ad.jp",		"JPNIC" },
	{ "kisa.or.kr",		"KRNIC" },
	{ "twnic.tw",		"TWNIC" },
	{ "idnic.net",		"IDNIC" },
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

static void
add_cidr(const json_t *c, void *arg)
{
	json_t *list = arg;
	const char *prefix = rdap_str(c, "v4prefix");
	const json_t *len = json_object_get(c, "length");

	if (*prefix == '\0')
		prefix = rdap_str(c, "v6prefix");
	if (*prefix != '\0' && strlen(prefix) < 64 && json_is_integer(len))
		json_array_append_new(list, json_sprintf("%s/%d", prefix,
		    (int)(json_integer_value(len) & 255)));
}

/* An address as 16 bytes, IPv4 mapped; old servers add a mask to it. */
static gboolean
address_bytes(const char *text, unsigned char out[16])
{
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
	g_autofree char *plain = g_strndup(text, strcspn(text, "/ "));

	memcpy(out, mapped, sizeof mapped);
	return inet_pton(AF_INET, plain, out + 12) == 1 ||
	    inet_pton(AF_INET6, plain, out) == 1;
}

/* 1 the address lies in the network, 0 it does not, -1 who knows. */
static int
covers(const struct rdap *r)
{
	unsigned char ip[16], start[16], end[16];

	if (!address_bytes(r->subject, ip) ||
	    !address_bytes(rdap_str(r->object, "startAddress"), start) ||
	    !address_bytes(rdap_str(r->object, "endAddress"), end))
		return -1;
	return memcmp(start, ip, 16) <= 0 && memcmp(ip, end, 16) <= 0;
}

static void
network_fact(const struct rdap *r)
{
	const json_t *o = r->object;
	int in = covers(r);
	json_t *cidr = json_array(), *v = json_object();

	rdap_each(o, "cidr0_cidrs", add_cidr, cidr);
	json_object_set_new(v, "start", rdap_text(o, "startAddress"));
	json_object_set_new(v, "end", rdap_text(o, "endAddress"));
	json_object_set_new(v, "cidr", cidr);
	json_object_set_new(v, "name", rdap_text(o, "name"));
	json_object_set_new(v, "handle", rdap_text(o, "handle"));
	json_object_set_new(v, "parent", rdap_text(o, "parentHandle"));
	json_object_set_new(v, "type", rdap_text(o, "type"));
	json_object_set_new(v, "country", rdap_text(o, "country"));
	json_object_set_new(v, "rir", json_string(rdap_registry(r)));
	json_object_set_new(v, "covers", in < 0 ? json_null() :
	    json_boolean(in));
	rdap_emit(r, FACT_IP_NETWORK, v);
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
		if (!rdap_has(e->object, "roles", holder_roles[i]))
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
	json_object_set_new(h->value, "roles", rdap_texts(e->object, "roles"));
	if (*e->card.country != '\0' && strlen(e->card.country) <= RDAP_STRING)
		set_country(h->value, e->card.country, e->card.country_from);
	else
		set_country(h->value, rdap_str(r->object, "country"),
		    "network");
	json_object_set_new(h->value, "via", json_string("entity"));
}

/* No entity to name: the network's own name is all that the registry says. */
static json_t *
by_network_name(const struct rdap *r)
{
	json_t *v;

	if (*rdap_str(r->object, "name") == '\0')
		return NULL;
	v = json_pack("{s:o, s:s, s:[]}", "org", rdap_text(r->object, "name"),
	    "handle", "", "roles");
	set_country(v, rdap_str(r->object, "country"), "network");
	json_object_set_new(v, "via", json_string("network name"));
	return v;
}

static void
abuse(const struct rdap *r, const struct rdap_entity *e, void *unused)
{
	(void)unused;
	if (*e->card.email != '\0' && strlen(e->card.email) <= 320 &&
	    rdap_has(e->object, "roles", "abuse"))
		rdap_emit(r, FACT_IP_ABUSE, json_pack("{s:s}", "email",
		    e->card.email));
}

json_t *
rdap_holder(const struct rdap *r)
{
	struct holder h = { NULL, 0 };

	rdap_entities(r, consider, &h);
	return h.value != NULL ? h.value : by_network_name(r);
}

void
rdap_ip_facts(const struct rdap *r)
{
	json_t *holder;

	network_fact(r);
	if (covers(r) == 0)
		return;
	holder = rdap_holder(r);
	if (holder != NULL)
		rdap_emit(r, FACT_IP_HOLDER, holder);
	rdap_entities(r, abuse, NULL);
	rdap_events(r, FACT_IP_EVENT);
}
