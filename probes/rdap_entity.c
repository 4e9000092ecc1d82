#include <string.h>

#include "probes/rdap.h"
#include "probes/rdap_value.h"

struct walk {
	const struct rdap	*r;
	rdap_entity_fn		*fn;
	void			*arg;
	guint			 seen;
};

const char *
rdap_entity_name(const struct rdap_entity *e)
{
	return *e->card.name != '\0' ? e->card.name :
	    *e->card.org != '\0' ? e->card.org : e->handle;
}

/* ---- roles */

/* Some write the role into the card, and none into the entity. */
static json_t *
written_roles(const json_t *entity)
{
	json_t *list = rdap_texts(entity, json_object_get(entity, "roles") !=
	    NULL ? "roles" : "role");
	const char *s = json_array_size(list) == 0 ? jcard_role(entity) : "";

	if (rdap_is_role(s) || rdap_role(s) != NULL)
		json_array_append_new(list, json_string(s));
	return list;
}

json_t *
rdap_roles(const json_t *entity)
{
	json_t *list = written_roles(entity), *e;
	size_t i;

	json_array_foreach(list, i, e) {
		const char *s = json_string_value(e);
		const char *role = s != NULL ? rdap_role(s) : NULL;
		g_autofree char *low = NULL;

		if (s == NULL)
			continue;
		low = role != NULL ? g_strdup(role) : g_ascii_strdown(s, -1);
		if (strcmp(low, s) != 0)
			json_array_set_new(list, i, json_string(low));
	}
	return list;
}

gboolean
rdap_has_role(const json_t *entity, const char *role)
{
	json_t *list = rdap_roles(entity), *e;
	gboolean has = FALSE;
	size_t i;

	json_array_foreach(list, i, e)
		has |= g_strcmp0(json_string_value(e), role) == 0;
	json_decref(list);
	return has;
}

/* Roles and handles are words; what is longer is none. */
static const char *
short_word(const char *s)
{
	return s != NULL && strlen(s) <= 64 ? s : "?";
}

/* "registrant,technical", or the handle of an entity without roles. */
static void
add_roles(GString *path, const json_t *entity)
{
	json_t *roles = rdap_roles(entity), *e;
	size_t i;

	json_array_foreach(roles, i, e)
		g_string_append_printf(path, "%s%s", i > 0 ? "," : "",
		    short_word(json_string_value(e)));
	if (json_array_size(roles) == 0)
		g_string_append(path, short_word(rdap_str(entity, "handle")));
	json_decref(roles);
}

/* ---- the walk */

const json_t *
rdap_entity_list(const json_t *object)
{
	const json_t *list = json_object_get(object, "entities");

	return list != NULL ? list : json_object_get(object, "entity");
}

/*
 * Some servers give a card once and elsewhere only the handle.  Looks through
 * the lists for an entity of that handle that has a card.
 */
static const json_t *
with_card(const json_t *list, const char *handle, int depth, guint *left)
{
	const json_t *e, *in;
	size_t i;

	json_array_foreach(list, i, e) {
		if (*left == 0)
			return NULL;
		(*left)--;
		if (json_is_array(json_object_get(e, "vcardArray")) &&
		    strcmp(rdap_str(e, "handle"), handle) == 0)
			return e;
		in = depth < RDAP_NESTING ? with_card(json_object_get(e,
		    "entities"), handle, depth + 1, left) : NULL;
		if (in != NULL)
			return in;
	}
	return NULL;
}

static void
read_card(const struct rdap *r, struct rdap_entity *e)
{
	guint left = RDAP_ENTITIES;
	const json_t *other;

	jcard_read(&e->card, e->object);
	if (*e->card.form != '\0' || *e->handle == '\0')
		return;
	other = with_card(rdap_entity_list(r->object), e->handle, 1, &left);
	if (other == NULL)
		return;
	jcard_clear(&e->card);
	jcard_read(&e->card, other);
	e->borrowed = TRUE;
}

static void	walk_list(struct walk *, const json_t *, const char *, int);

static void
visit(struct walk *w, const json_t *entity, const char *under, int depth)
{
	struct rdap_entity e = {
		.object = entity, .handle = rdap_str(entity, "handle"),
		.under = under,
	};
	const json_t *below = rdap_entity_list(entity);
	g_autoptr(GString) path = NULL;

	if (w->seen++ >= RDAP_ENTITIES)
		return;
	read_card(w->r, &e);
	w->fn(w->r, &e, w->arg);
	jcard_clear(&e.card);
	if (depth == RDAP_NESTING || below == NULL)
		return;
	path = g_string_new(under);
	if (path->len > 0)
		g_string_append_c(path, '/');
	add_roles(path, entity);
	if (path->len <= RDAP_STRING)
		walk_list(w, below, path->str, depth + 1);
}

static void
walk_list(struct walk *w, const json_t *list, const char *under, int depth)
{
	const json_t *e;
	size_t i;

	if (json_is_object(list))
		visit(w, list, under, depth);
	json_array_foreach(list, i, e) {
		if (w->seen >= RDAP_ENTITIES)
			break;
		if (json_is_object(e))
			visit(w, e, under, depth);
	}
}

/* An answer about an entity is about that one first. */
void
rdap_entities(const struct rdap *r, rdap_entity_fn *fn, void *arg)
{
	struct walk w = { r, fn, arg, 0 };

	if (g_ascii_strcasecmp(rdap_str(r->object, "objectClassName"),
	    "entity") == 0)
		visit(&w, r->object, "", 1);
	else
		walk_list(&w, rdap_entity_list(r->object), "", 1);
}

/* ---- what an entity says */

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

static json_t *
bounded(const char *s)
{
	size_t n = strlen(s);
	json_t *whole, *text;

	if (n <= RDAP_STRING)
		return json_stringn_nocheck(s, n);
	whole = json_string(s);
	text = rdap_text_of(whole);
	json_decref(whole);
	return text;
}

static void
set(json_t *v, const char *key, const char *s)
{
	json_object_set_new_nocheck(v, key, bounded(s));
}

/* What most entities do not have is there only where they do. */
static void
set_more(json_t *v, const struct rdap_entity *e)
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
			set(v, texts[i].key, texts[i].s);
	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		if (lists[i].list != NULL)
			json_object_set(v, lists[i].key, lists[i].list);
	if (e->borrowed)
		json_object_set_new(v, "card", json_string("same handle"));
	else if (strcmp(c->form, "JSContact") == 0)
		json_object_set_new(v, "card", json_string(c->form));
}

/*
 * Of a server that says it answers by ICANN's profile, a registrar's handle is
 * its IANA id (RDAP Response Profile, 2.4); some say it nowhere else.
 */
static gboolean
handle_is_id(const struct rdap *r, const struct rdap_entity *e)
{
	size_t n = strspn(e->handle, "0123456789");
	json_t *list, *c;
	gboolean icann = FALSE;
	size_t i;

	if (n == 0 || n > 5 || e->handle[n] != '\0' ||
	    !rdap_has_role(e->object, "registrar"))
		return FALSE;
	list = rdap_texts(r->object, "rdapConformance");
	json_array_foreach(list, i, c)
		icann |= json_is_string(c) &&
		    strncmp(json_string_value(c), "icann_rdap_", 11) == 0;
	json_decref(list);
	return icann;
}

static void
set_ids(json_t *v, const struct rdap *r, const struct rdap_entity *e)
{
	struct ids ids = { NULL, NULL };
	gboolean guess;

	rdap_each(e->object, json_object_get(e->object, "publicIds") != NULL ?
	    "publicIds" : "publicIDs", take_id, &ids);
	guess = ids.iana == NULL && handle_is_id(r, e);
	json_object_set_new(v, "iana_id", ids.iana != NULL ? ids.iana :
	    json_string(guess ? e->handle : ""));
	if (guess)
		json_object_set_new(v, "iana_id_from", json_string("handle"));
	if (ids.other != NULL)
		json_object_set_new(v, "ids", ids.other);
}

json_t *
rdap_entity_value(const struct rdap *r, const struct rdap_entity *e)
{
	const struct jcard *c = &e->card;
	json_t *v = json_object();

	json_object_set_new(v, "roles", rdap_roles(e->object));
	json_object_set_new(v, "handle", rdap_text(e->object, "handle"));
	set(v, "name", rdap_entity_name(e));
	set(v, "org", c->org);
	set(v, "kind", c->kind);
	set(v, "country", c->country);
	set(v, "country_from", c->country_from);
	set(v, "email", c->email);
	set(v, "contact", c->contact);
	set(v, "tel", c->tel);
	set(v, "address", c->address);
	set_ids(v, r, e);
	set(v, "under", e->under);
	json_object_set_new(v, "withheld",
	    json_boolean(rdap_entity_withheld(r, e)));
	json_object_set_new(v, "service",
	    json_boolean(rdap_privacy_service(c->name) ||
	    rdap_privacy_service(c->org)));
	set_more(v, e);
	return v;
}

static void
entity_fact(const struct rdap *r, const struct rdap_entity *e, void *arg)
{
	rdap_emit(r, FACT_RDAP_ENTITY, rdap_entity_value(r, e));
	rdap_contacts_add(arg, r, e);
}

void
rdap_entity_facts(const struct rdap *r)
{
	struct rdap_contacts *c = rdap_contacts_new();

	rdap_entities(r, entity_fact, c);
	rdap_contacts_end(c, r);
}
