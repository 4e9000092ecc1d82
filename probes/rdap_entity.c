/*
 * Organisations and persons in registration data (RFC 9083 section 5.1): the
 * walk through an answer, in which each card is read once.
 */

#include <string.h>

#include "probes/append.h"
#include "probes/json_arena.h"
#include "probes/rdap.h"
#include "probes/rdap_value.h"

struct walk {
	const json_t	*root;
	GArray		*found;
};

/* Words in place of a name are none where an organisation is named. */
const char *
rdap_entity_name(const struct rdap_entity *e)
{
	const char *name = e->card.name, *org = e->card.org;

	if (*name == '\0' || (*org != '\0' && rdap_withheld(name) &&
	    !rdap_withheld(org)))
		name = org;
	return *name != '\0' ? name : e->handle;
}

static void
entity_clear(void *p)
{
	struct rdap_entity *e = p;

	g_free(e->under);
	json_arena_drop(e->roles);
	jcard_clear(&e->card);
}

/* ---- roles */

/* Some write the role for the class as well, or into the card and none into the
 * entity. */
static json_t *
written_roles(const json_t *entity)
{
	json_t *list = rdap_texts(entity, json_object_get(entity, "roles") !=
	    NULL ? "roles" : "role");
	const char *s = rdap_str(entity, "objectClassName");

	if (rdap_is_role(s))
		json_array_append_new(list, json_string(s));
	s = json_array_size(list) == 0 ? jcard_role(entity) : "";
	if (rdap_is_role(s) || rdap_role(s) != NULL)
		json_array_append_new(list, json_string(s));
	return list;
}

/* In small letters, and by the name that RFC 9083 has for it. */
static json_t *
plain_roles(const json_t *entity)
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
rdap_has_role(const struct rdap_entity *e, const char *role)
{
	for (size_t i = 0; i < json_array_size(e->roles); i++)
		if (g_strcmp0(json_string_value(json_array_get(e->roles, i)),
		    role) == 0)
			return TRUE;
	return FALSE;
}

/* Roles and handles are words; what is longer is none. */
static void
add_word(GString *out, const char *s)
{
	append_text(out, s != NULL && strlen(s) <= 64 ? s : "?");
}

void
rdap_role_words(GString *out, const struct rdap_entity *e)
{
	for (size_t i = 0; i < json_array_size(e->roles); i++) {
		if (i > 0)
			append_char(out, ',');
		add_word(out, json_string_value(json_array_get(e->roles, i)));
	}
	if (json_array_size(e->roles) == 0)
		add_word(out, e->handle);
}

/* ---- the walk */

/* "entities", or what some call "entity"; NULL where there are none. */
static const json_t *
entity_list(const json_t *object)
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
read_card(const struct walk *w, struct rdap_entity *e)
{
	guint left = RDAP_ENTITIES;
	const json_t *other;

	jcard_read(&e->card, e->object);
	if (*e->card.form != '\0' || *e->handle == '\0')
		return;
	other = with_card(entity_list(w->root), e->handle, 1, &left);
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
		.under = g_strdup(under), .roles = plain_roles(entity),
	};
	const json_t *below = entity_list(entity);
	g_autoptr(GString) path = NULL;

	read_card(w, &e);
	g_array_append_val(w->found, e);
	if (depth == RDAP_NESTING || below == NULL)
		return;
	path = g_string_new(under);
	if (path->len > 0)
		append_char(path, '/');
	rdap_role_words(path, &e);
	if (path->len <= RDAP_STRING)
		walk_list(w, below, path->str, depth + 1);
}

static void
walk_list(struct walk *w, const json_t *list, const char *under, int depth)
{
	const json_t *e;
	size_t i;

	if (json_is_object(list) && w->found->len < RDAP_ENTITIES)
		visit(w, list, under, depth);
	json_array_foreach(list, i, e) {
		if (w->found->len >= RDAP_ENTITIES)
			break;
		if (json_object_size(e) > 0)
			visit(w, e, under, depth);
	}
}

/* An answer about an entity is about that one first. */
GArray *
rdap_entities_read(const json_t *root)
{
	struct walk w = { root, g_array_new(FALSE, FALSE,
	    sizeof(struct rdap_entity)) };

	g_array_set_clear_func(w.found, entity_clear);
	if (g_ascii_strcasecmp(rdap_str(root, "objectClassName"),
	    "entity") == 0)
		visit(&w, root, "", 1);
	else
		walk_list(&w, entity_list(root), "", 1);
	return w.found;
}

void
rdap_entities(const struct rdap *r, rdap_entity_fn *fn, void *arg)
{
	for (guint i = 0; i < r->entities->len; i++)
		fn(r, &g_array_index(r->entities, struct rdap_entity, i), arg);
}
