/* What is said of an entity: rdap.entity, and the like of networks. */

#include <string.h>

#include "probes/json_arena.h"
#include "probes/json_text.h"
#include "probes/rdap.h"

/* ---- its ids */

struct ids {
	json_t	*iana, *other;
};

/* "IANA Registrar ID", in whatever case and spacing. */
static gboolean
is_iana(const char *type)
{
	static const char want[] = "ianaregistrarid";
	size_t n = 0;

	for (; *type != '\0'; type++) {
		if (*type == ' ' || *type == '_' || *type == '-')
			continue;
		if (g_ascii_tolower(*type) != want[n])
			return FALSE;
		n++;
	}
	return want[n] == '\0';
}

/* An id is IANA's where it says so; any other keeps its type. */
static void
take_id(const json_t *id, void *arg)
{
	struct ids *ids = arg;
	json_t *value = rdap_text(id, json_object_get(id, "identifier") !=
	    NULL ? "identifier" : "Identifier");

	if (is_iana(rdap_str(id, "type")) && ids->iana == NULL) {
		ids->iana = value;
		return;
	}
	if (ids->other == NULL)
		ids->other = json_array();
	json_array_append_new(ids->other, json_pack("{s:o, s:o}", "type",
	    rdap_text(id, "type"), "id", value));
}

static const json_t *
public_ids(const json_t *object)
{
	const json_t *ids = json_object_get(object, "publicIds");

	return ids != NULL ? ids : json_object_get(object, "publicIDs");
}

/*
 * Of a server that says it answers by ICANN's profile, a registrar's handle is
 * its IANA id (RDAP Response Profile, 2.4); some say it nowhere else.
 */
static gboolean
handle_is_id(const struct rdap *r, const struct rdap_entity *e)
{
	size_t n = strspn(e->handle, "0123456789");
	const json_t *c, *list = json_object_get(r->object, "rdapConformance");
	size_t i;

	if (n == 0 || n > 5 || e->handle[n] != '\0')
		return FALSE;
	json_array_foreach(list, i, c)
		if (json_is_string(c) && strncmp(json_string_value(c),
		    "icann_rdap_", 11) == 0)
			return TRUE;
	return FALSE;
}

struct hung {
	const char	*name;		/* of the registrar */
	const char	*id;
};

/* Some hang the registrar's id on the domain, with its name for the type. */
static void
hung_on_domain(const json_t *id, void *arg)
{
	struct hung *h = arg;
	const char *type = rdap_str(id, "type"), *s = rdap_str(id,
	    "identifier");

	if (*h->id == '\0' && strlen(s) <= 5 && s[strspn(s, "0123456789")] ==
	    '\0' && (is_iana(type) || (*type != '\0' &&
	    strcmp(type, h->name) == 0)))
		h->id = s;
}

/* The id of a registrar that has none of its own, and from where it is. */
static const char *
id_elsewhere(const struct rdap *r, const struct rdap_entity *e,
    const char **from)
{
	struct hung h = { rdap_entity_name(e), "" };

	if (!rdap_has_role(e, "registrar"))
		return "";
	*from = "handle";
	if (handle_is_id(r, e))
		return e->handle;
	*from = "domain";
	rdap_each(r->object, "publicIds", hung_on_domain, &h);
	return h.id;
}

static void
put_ids(const struct rdap *r, const struct rdap_entity *e)
{
	struct ids ids = { NULL, NULL };
	const char *from = "", *id = "";
	const json_t *list = public_ids(e->object);

	rdap_each_of(list, take_id, &ids);
	if (ids.iana == NULL)
		id = id_elsewhere(r, e, &from);
	if (ids.iana != NULL)
		json_put_value(r->out, "iana_id", ids.iana);
	else
		json_put(r->out, "iana_id", id);
	if (*id != '\0')
		json_put_plain(r->out, "iana_id_from", from);
	if (ids.other != NULL)
		json_put_value(r->out, "ids", ids.other);
	json_arena_drop(ids.iana);
	json_arena_drop(ids.other);
}

/* ---- its card */

/* A link about the entity leads to its own pages where it is no data (.com
 * names the registrar's so, whose card names none). */
static void
take_about(const json_t *link, void *arg)
{
	const char **url = arg, *href = rdap_str(link, "href");

	if (**url == '\0' && rdap_has(link, "rel", "about") &&
	    strcmp(rdap_str(link, "type"), "application/rdap+json") != 0 &&
	    rdap_url_ok(href))
		*url = href;
}

/* What is no part of the card, or not always. */
static void
put_elsewhere(GString *out, const struct rdap_entity *e)
{
	const char *url = "";

	if (*e->card.url == '\0')
		rdap_each(e->object, "links", take_about, &url);
	if (*url != '\0') {
		rdap_put(out, "url", url);
		json_put_plain(out, "url_from", "link");
	}
	if (e->borrowed)
		json_put_plain(out, "card", "same handle");
	else if (strcmp(e->card.form, "JSContact") == 0)
		json_put_plain(out, "card", e->card.form);
}

/* What most entities do not have is there only where they do. */
static void
put_more(GString *out, const struct rdap_entity *e)
{
	const struct jcard *c = &e->card;
	const struct {
		const char	*key, *s;
	} texts[] = {
		{ "fax", c->fax }, { "title", c->title }, { "url", c->url },
		{ "street", c->street }, { "city", c->city },
		{ "region", c->region }, { "postcode", c->postcode },
	};
	const struct {
		const char	*key;
		json_t		*list;
	} lists[] = {
		{ "emails", c->emails }, { "tels", c->tels },
		{ "faxes", c->faxes }, { "addresses", c->addresses },
		{ "urls", c->urls },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		if (*texts[i].s != '\0')
			rdap_put(out, texts[i].key, texts[i].s);
	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		if (lists[i].list != NULL)
			json_put_value(out, lists[i].key, lists[i].list);
	put_elsewhere(out, e);
}

/* "validated", "active": of the entity itself, where it has one. */
static void
put_status(GString *out, const json_t *object)
{
	json_t *list = rdap_texts(object, "status");

	if (json_array_size(list) > 0)
		json_put_value(out, "status", list);
	json_arena_drop(list);
}

static void
put_card(GString *out, const struct jcard *c)
{
	rdap_put(out, "org", c->org);
	rdap_put(out, "kind", c->kind);
	rdap_put(out, "country", c->country);
	json_put_plain(out, "country_from", c->country_from);
	rdap_put(out, "email", c->email);
	rdap_put(out, "contact", c->contact);
	rdap_put(out, "tel", c->tel);
	rdap_put(out, "address", c->address);
}

/* ---- the facts */

void
rdap_entity_emit(const struct rdap *r, enum fact_kind kind,
    const struct rdap_entity *e)
{
	const struct jcard *c = &e->card;
	GString *out = r->out;

	fact_open(out, kind, r->subject);
	json_put_value(out, "roles", e->roles);
	rdap_put_member(out, "handle", e->object, "handle");
	rdap_put(out, "name", rdap_entity_name(e));
	put_card(out, c);
	put_ids(r, e);
	rdap_put(out, "under", e->under);
	put_status(out, e->object);
	json_put_bool(out, "withheld", rdap_entity_withheld(r, e));
	json_put_bool(out, "service", rdap_privacy_service(c->name) ||
	    rdap_privacy_service(c->org));
	put_more(out, e);
	rdap_close(r);
}

static void
entity_fact(const struct rdap *r, const struct rdap_entity *e, void *arg)
{
	rdap_entity_emit(r, FACT_RDAP_ENTITY, e);
	rdap_contacts_add(arg, r, e);
}

void
rdap_entity_facts(const struct rdap *r)
{
	struct rdap_contacts *c = rdap_contacts_new();

	rdap_entities(r, entity_fact, c);
	rdap_contacts_end(c, r);
}
