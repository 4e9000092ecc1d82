/* Networks in RDAP (RFC 9083 section 5.4). */

#include <stdint.h>
#include <string.h>

#include "probes/ip_range.h"
#include "probes/rdap.h"

/* Old answers write "2a00::/128" for an end; the range is what is between. */
static gboolean
range_of(const struct rdap *r, struct ip_range *range)
{
	return ip_range_ends(rdap_str(r->object, "startAddress"),
	    rdap_str(r->object, "endAddress"), range);
}

/* 1 what was asked for lies in the network, 0 it does not, -1 who knows. */
static int
covers(const struct rdap *r)
{
	struct ip_range network, asked;

	if (!range_of(r, &network) || !ip_prefix(r->subject, &asked))
		return -1;
	return ip_range_holds(&network, &asked);
}

static gboolean
is_made(const struct rdap *r)
{
	return ip_range_made(rdap_str(r->object, "startAddress"),
	    rdap_str(r->object, "endAddress"), rdap_str(r->object, "name"));
}

/* ---- the network */

static void
add_cidr(const json_t *c, void *arg)
{
	json_t *list = arg;
	const char *prefix = rdap_str(c, "v4prefix");
	json_int_t len = rdap_number(c, "length");

	if (*prefix == '\0')
		prefix = rdap_str(c, "v6prefix");
	if (*prefix != '\0' && strlen(prefix) < 64 && len >= 0)
		json_array_append_new(list, json_sprintf("%s/%d", prefix,
		    (int)(len & 255)));
}

/* As the server says it, or else as its two ends have it. */
static json_t *
cidrs(const struct rdap *r)
{
	json_t *list = json_array();
	struct ip_range range;

	rdap_each(r->object, "cidr0_cidrs", add_cidr, list);
	if (json_array_size(list) == 0 && range_of(r, &range)) {
		json_decref(list);
		list = ip_range_cidrs(&range);
	}
	return list;
}

/* A number, or a text with one. */
static void
add_origin(json_t *list, const json_t *v)
{
	const char *s = json_string_value(v);
	guint64 n;

	if (s != NULL && g_ascii_strncasecmp(s, "AS", 2) == 0)
		s += 2;
	if (json_is_integer(v) && json_integer_value(v) > 0 &&
	    json_integer_value(v) <= G_MAXUINT32)
		json_array_append(list, (json_t *)(uintptr_t)v);
	else if (s != NULL && g_ascii_string_to_unsigned(s, 10, 1,
	    G_MAXUINT32, &n, NULL))
		json_array_append_new(list, json_integer((json_int_t)n));
}

/* Who is to announce it, as the registry has it: extensions of ARIN ("originas0"),
 * LACNIC and NIC.br. */
static json_t *
origins(const json_t *o)
{
	static const char *const members[] = {
		"arin_originas0_originautnums", "lacnic_originAutnum",
		"nicbr_autnum",
	};
	json_t *list = json_array(), *e;
	size_t k;

	for (size_t i = 0; i < G_N_ELEMENTS(members); i++) {
		json_t *v = json_object_get(o, members[i]);

		add_origin(list, v);
		json_array_foreach(v, k, e)
			if (json_array_size(list) < RDAP_LIST)
				add_origin(list, e);
	}
	return list;
}

/* How many networks the question is above the one that the address lies in. */
static int
position(const struct rdap *r)
{
	g_autofree char *up = question_option(r->x->q, "up");
	guint64 n;

	return up != NULL && g_ascii_string_to_unsigned(up, 10, 1, 64, &n,
	    NULL) ? (int)n : 0;
}

static void
network_fact(const struct rdap *r)
{
	const json_t *o = r->object;
	int in = covers(r);
	gboolean made = is_made(r), top;
	json_t *v = json_object(), *incomplete = rdap_incomplete(r);
	json_t *origin = origins(o);

	json_object_set_new(v, "start", rdap_text(o, "startAddress"));
	json_object_set_new(v, "end", rdap_text(o, "endAddress"));
	json_object_set_new(v, "cidr", cidrs(r));
	json_object_set_new(v, "name", rdap_text(o, "name"));
	json_object_set_new(v, "handle", rdap_text(o, "handle"));
	json_object_set_new(v, "parent", rdap_text(o, "parentHandle"));
	json_object_set_new(v, "type", rdap_text(o, "type"));
	json_object_set_new(v, "country", made ? json_string("") :
	    rdap_text(o, "country"));
	json_object_set_new(v, "rir", json_string(rdap_registry(r)));
	json_object_set_new(v, "nir", json_string(rdap_national(r)));
	json_object_set_new(v, "status", rdap_texts(o, "status"));
	json_object_set_new(v, "position", json_integer(position(r)));
	json_object_set_new(v, "relation",
	    json_string(made ? "unknown" :
	    rdap_relation(rdap_str(o, "type"), &top)));
	json_object_set_new(v, "covers", in < 0 ? json_null() :
	    json_boolean(in));
	if (json_array_size(origin) > 0)
		json_object_set(v, "origin", origin);
	json_decref(origin);
	if (incomplete != NULL)
		json_object_set_new(v, "incomplete", incomplete);
	if (rdap_unauthenticated(r))
		json_object_set_new(v, "authenticated", json_false());
	rdap_emit(r, FACT_IP_NETWORK, v);
}

/* ---- contacts */

static void
contact(const struct rdap *r, const struct rdap_entity *e, void *unused)
{
	(void)unused;
	rdap_entity_emit(r, FACT_IP_CONTACT, e);
}

static void
abuse_mail(const struct rdap *r, const struct rdap_entity *e, GHashTable *seen,
    const char *mail)
{
	g_autofree char *low = g_ascii_strdown(mail, -1);
	json_t *name;

	if (*mail == '\0' || strlen(mail) > 320 ||
	    !g_hash_table_add(seen, g_steal_pointer(&low)))
		return;
	name = json_string(rdap_entity_name(e));
	rdap_emit(r, FACT_IP_ABUSE, json_pack("{s:s, s:o, s:o}", "email", mail,
	    "name", rdap_text_of(name), "handle",
	    rdap_text(e->object, "handle")));
	json_decref(name);
}

static void
abuse(const struct rdap *r, const struct rdap_entity *e, void *seen)
{
	const json_t *list = e->card.preferred, *more;
	size_t i;

	if (!rdap_has_role(e, "abuse"))
		return;
	/* The others are for something else. */
	if (list == NULL) {
		abuse_mail(r, e, seen, e->card.email);
		list = e->card.emails;
	}
	json_array_foreach(list, i, more)
		abuse_mail(r, e, seen, json_string_value(more));
}

/* ---- the way up */

struct up {
	const struct rdap	*r;
	gboolean		 found;
};

static void
up_link(const json_t *l, void *arg)
{
	struct up *up = arg;

	up->found |= rdap_has(l, "rel", "up") || rdap_has(l, "rel", "rdap-up");
}

/* No link leads up: the network that holds a prefix of one bit less is the next
 * one, because a server answers with the smallest that holds all of it (RFC 9082
 * section 3.1.1). */
static void
made_link(const struct rdap *r)
{
	const char *url = r->x->q->name, *path = strstr(url, "/ip/");
	struct ip_range range;
	g_autofree char *wider = NULL, *up = NULL;

	if (path == NULL || !range_of(r, &range))
		return;
	wider = ip_range_wider(&range);
	if (wider == NULL)
		return;
	up = g_strdup_printf("%.*s/ip/%s", (int)(path - url), url, wider);
	rdap_emit(r, FACT_RDAP_LINK, json_pack("{s:s, s:s, s:s, s:b}", "rel",
	    "up", "url", up, "type", "", "made", 1));
}

/* Above what is from the registry itself there is only the registry. */
static void
way_up(const struct rdap *r)
{
	struct up up = { r, FALSE };
	gboolean top;

	rdap_relation(rdap_str(r->object, "type"), &top);
	if (top)
		return;
	rdap_each(r->object, "links", up_link, &up);
	if (up.found)
		rdap_links(r);
	else if (*rdap_str(r->object, "parentHandle") != '\0' &&
	    *rdap_str(r->object, "type") != '\0')
		made_link(r);
}

/* ---- geofeeds */

/* RFC 9632 section 3: the word, a blank, an https URL; nothing after it. */
static char *
geofeed_in(const char *text)
{
	const char *at = text;
	size_t n;

	at += strspn(at, " \t\r\n");
	if (g_ascii_strncasecmp(at, "geofeed", 7) != 0)
		return NULL;
	at += 7;
	at += *at == ':';
	n = strspn(at, " \t");
	if (g_ascii_strncasecmp(at + n, "http", 4) != 0)
		return NULL;
	at += n;
	return g_strndup(at, strcspn(at, " \t\r\n\"<>"));
}

static void
geofeed(const struct rdap *r, const char *url, const char *how)
{
	struct ip_range range;
	g_autofree char *within = NULL;
	json_t *v;

	if (!rdap_url_ok(url) || !range_of(r, &range))
		return;
	within = ip_range_text(&range);
	v = json_pack("{s:s, s:s, s:s}", "url", url, "how", how, "within",
	    within);
	if (g_ascii_strncasecmp(url, "https:", 6) != 0)
		json_object_set_new(v, "why", json_string("not https"));
	rdap_emit(r, FACT_IP_GEOFEED, v);
}

static void
geofeed_link(const json_t *l, void *arg)
{
	const struct rdap *r = arg;
	g_autofree char *url = NULL;

	if (!rdap_has(l, "rel", "geo") && !rdap_has(l, "rel", "geofeed") &&
	    strncmp(rdap_str(l, "type"), "application/geofeed+csv", 23) != 0)
		return;
	url = rdap_url(r->x->q->name, rdap_str(l, "href"));
	if (url != NULL)
		geofeed(r, url, "link");
}

static void
geofeed_remark(const json_t *remark, void *arg)
{
	const struct rdap *r = arg;
	json_t *lines = rdap_texts(remark, "description"), *e;
	size_t i;

	json_array_foreach(lines, i, e) {
		const char *s = json_string_value(e);
		g_autofree char *url = s != NULL ? geofeed_in(s) : NULL;

		if (url != NULL)
			geofeed(r, url, "remark");
	}
	json_decref(lines);
}

static void
geofeeds(const struct rdap *r)
{
	rdap_each(r->object, "links", geofeed_link, (void *)r);
	rdap_each(r->object, "remarks", geofeed_remark, (void *)r);
	if (rdap_url_ok(rdap_str(r->object, "geofeed")))
		geofeed(r, rdap_str(r->object, "geofeed"), "member");
}

/* ---- all of it */

void
rdap_ip_facts(const struct rdap *r)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);
	json_t *holder;

	network_fact(r);
	if (covers(r) == 0 || is_made(r))
		return;
	holder = rdap_holder(r);
	if (holder != NULL)
		rdap_emit(r, FACT_IP_HOLDER, holder);
	rdap_entities(r, contact, NULL);
	rdap_redacted_facts(r);
	rdap_entities(r, abuse, seen);
	rdap_events(r, FACT_IP_EVENT);
	rdap_notices(r);
	geofeeds(r);
	way_up(r);
}
