#include <string.h>

#include "probes/rdap.h"

/* Organisations that stand in for registrants; lower case, found anywhere. */
static const char *const privacy_services[] = {
	"1337 services", "anonymize", "contact privacy inc",
	"domain privacy", "domain protection services", "domains by proxy",
	"identity protect", "jewella privacy", "moniker privacy",
	"njalla", "perfect privacy", "privacy hero", "privacy protect",
	"privacy service", "privacydotlink", "privacyguardian",
	"proxy protection", "registration private", "super privacy",
	"whois agent", "whois privacy", "whois proxy", "whoisguard",
	"whoisprotection", "withheld for privacy",
};

/* What servers write in place of what they withhold. */
static const char *const withheld_words[] = {
	"data protected", "data redacted", "gdpr masked", "gdpr redacted",
	"masked for privacy", "non-public data", "not disclosed",
	"not shown", "private person", "redacted for gdpr",
	"redacted for privacy", "redacted",
	"statutory masking enabled", "withheld for gdpr",
};

/* Types of remarks for withheld or shortened objects (RFC 9083 10.2.1). */
static const char *const withheld_remarks[] = {
	"object redacted due to authorization",
	"object truncated due to authorization",
	"object truncated due to unexplainable reasons",
};

/* First word of a field's name in RFC 9537 answers, and the role it is of. */
static const struct {
	const char	*word, *role;
} field_roles[] = {
	{ "registrant",		"registrant" },
	{ "admin",		"administrative" },
	{ "tech",		"technical" },
	{ "billing",		"billing" },
};

struct walk {
	const struct rdap	*r;
	rdap_entity_fn		*fn;
	void			*arg;
	guint			 seen;
};

static gboolean
holds_any(const char *text, const char *const *words, size_t n)
{
	g_autofree char *low = g_ascii_strdown(text, -1);

	for (size_t i = 0; i < n; i++)
		if (strstr(low, words[i]) != NULL)
			return TRUE;
	return FALSE;
}

gboolean
rdap_withheld(const char *text)
{
	return holds_any(text, withheld_words, G_N_ELEMENTS(withheld_words));
}

gboolean
rdap_privacy_service(const char *text)
{
	return holds_any(text, privacy_services, G_N_ELEMENTS(privacy_services));
}

const char *
rdap_entity_name(const struct rdap_entity *e)
{
	return *e->card.name != '\0' ? e->card.name :
	    *e->card.org != '\0' ? e->card.org : e->handle;
}

/* ---- the walk */

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
	json_t *roles = rdap_texts(entity, "roles"), *e;
	size_t i;

	json_array_foreach(roles, i, e)
		g_string_append_printf(path, "%s%s", i > 0 ? "," : "",
		    short_word(json_string_value(e)));
	if (json_array_size(roles) == 0)
		g_string_append(path, short_word(rdap_str(entity, "handle")));
	json_decref(roles);
}

static void	walk_list(struct walk *, const json_t *, const char *, int);

static void
visit(struct walk *w, const json_t *entity, const char *under, int depth)
{
	struct rdap_entity e = {
		.object = entity, .handle = rdap_str(entity, "handle"),
		.under = under,
	};
	g_autoptr(GString) path = NULL;

	if (w->seen++ >= RDAP_ENTITIES)
		return;
	jcard_read(&e.card, json_object_get(entity, "vcardArray"));
	w->fn(w->r, &e, w->arg);
	jcard_clear(&e.card);
	if (depth == RDAP_NESTING)
		return;
	path = g_string_new(under);
	if (path->len > 0)
		g_string_append_c(path, '/');
	add_roles(path, entity);
	if (path->len <= RDAP_STRING)
		walk_list(w, json_object_get(entity, "entities"), path->str,
		    depth + 1);
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

void
rdap_entities(const struct rdap *r, rdap_entity_fn *fn, void *arg)
{
	struct walk w = { r, fn, arg, 0 };

	walk_list(&w, json_object_get(r->object, "entities"), "", 1);
}

/* ---- what an entity says */

static void
find_iana_id(const json_t *id, void *arg)
{
	json_t **found = arg;

	if (*found == NULL && g_ascii_strcasecmp(rdap_str(id, "type"),
	    "IANA Registrar ID") == 0)
		*found = rdap_text(id, "identifier");
}

static void
find_withheld_remark(const json_t *remark, void *arg)
{
	gboolean *found = arg;

	for (size_t i = 0; i < G_N_ELEMENTS(withheld_remarks); i++)
		if (rdap_has(remark, "type", withheld_remarks[i]))
			*found = TRUE;
	if (rdap_withheld(rdap_str(remark, "title")))
		*found = TRUE;
}

/* The word that a redaction's name begins with, after RFC 9537 "type". */
static const char *
redacted_name(const json_t *redaction)
{
	const json_t *name = json_object_get(redaction, "name");

	if (json_is_string(name))
		return json_string_value(name);
	return *rdap_str(name, "type") != '\0' ? rdap_str(name, "type") :
	    rdap_str(name, "description");
}

struct about {
	const json_t	*entity;
	gboolean	 found;
};

static void
find_redaction(const json_t *redaction, void *arg)
{
	struct about *a = arg;
	const char *name = redacted_name(redaction);

	for (size_t i = 0; i < G_N_ELEMENTS(field_roles); i++)
		if (g_ascii_strncasecmp(name, field_roles[i].word,
		    strlen(field_roles[i].word)) == 0 &&
		    rdap_has(a->entity, "roles", field_roles[i].role))
			a->found = TRUE;
}

static gboolean
card_withheld(const struct jcard *c)
{
	return rdap_withheld(c->name) || rdap_withheld(c->org) ||
	    rdap_withheld(c->email) || rdap_withheld(c->address) ||
	    rdap_withheld(c->tel);
}

static gboolean
is_withheld(const struct rdap *r, const struct rdap_entity *e)
{
	struct about a = { e->object, FALSE };
	gboolean remark = FALSE;

	if (card_withheld(&e->card) || rdap_withheld(e->handle))
		return TRUE;
	rdap_each(e->object, "remarks", find_withheld_remark, &remark);
	if (!remark && *e->under == '\0')
		rdap_each(r->object, "redacted", find_redaction, &a);
	return remark || a.found;
}

static json_t *
bounded(const char *s)
{
	json_t *whole = json_string(s), *text = rdap_text_of(whole);

	json_decref(whole);
	return text;
}

/* One inferred redaction, named by role and property. */
static void
infer(const struct rdap *r, const struct rdap_entity *e, const char *property,
    const char *words)
{
	g_autoptr(GString) field = g_string_new(NULL);

	if (!rdap_withheld(words))
		return;
	add_roles(field, e->object);
	g_string_append_printf(field, " %s", property);
	rdap_emit(r, FACT_RDAP_REDACTED, json_pack("{s:s, s:s, s:o, s:b}",
	    "field", field->str, "method", "words in its place", "words",
	    bounded(words), "inferred", 1));
}

static void
inferred(const struct rdap *r, const struct rdap_entity *e)
{
	gboolean remark = FALSE;

	infer(r, e, "name", e->card.name);
	infer(r, e, "organisation", e->card.org);
	infer(r, e, "email", e->card.email);
	infer(r, e, "telephone", e->card.tel);
	infer(r, e, "address", e->card.address);
	rdap_each(e->object, "remarks", find_withheld_remark, &remark);
	if (remark) {
		g_autoptr(GString) field = g_string_new(NULL);

		add_roles(field, e->object);
		rdap_emit(r, FACT_RDAP_REDACTED,
		    json_pack("{s:s, s:s, s:b}", "field", field->str,
		    "method", "remark on the object", "inferred", 0));
	}
}

static void
entity_fact(const struct rdap *r, const struct rdap_entity *e, void *unused)
{
	const struct jcard *c = &e->card;
	json_t *v = json_object(), *id = NULL;

	(void)unused;
	rdap_each(e->object, "publicIds", find_iana_id, &id);
	json_object_set_new(v, "roles", rdap_texts(e->object, "roles"));
	json_object_set_new(v, "handle", rdap_text(e->object, "handle"));
	json_object_set_new(v, "name", bounded(rdap_entity_name(e)));
	json_object_set_new(v, "org", bounded(c->org));
	json_object_set_new(v, "kind", bounded(c->kind));
	json_object_set_new(v, "country", bounded(c->country));
	json_object_set_new(v, "country_from", json_string(c->country_from));
	json_object_set_new(v, "email", bounded(c->email));
	json_object_set_new(v, "contact", bounded(c->contact));
	json_object_set_new(v, "tel", bounded(c->tel));
	json_object_set_new(v, "address", bounded(c->address));
	json_object_set_new(v, "iana_id", id != NULL ? id : json_string(""));
	json_object_set_new(v, "under", bounded(e->under));
	json_object_set_new(v, "withheld", json_boolean(is_withheld(r, e)));
	json_object_set_new(v, "service",
	    json_boolean(rdap_privacy_service(c->name) ||
	    rdap_privacy_service(c->org)));
	rdap_emit(r, FACT_RDAP_ENTITY, v);
	inferred(r, e);
}

static void
stated(const json_t *redaction, void *arg)
{
	const struct rdap *r = arg;
	const char *name = redacted_name(redaction);

	if (*name == '\0')
		return;
	rdap_emit(r, FACT_RDAP_REDACTED, json_pack("{s:o, s:o, s:b}",
	    "field", bounded(name), "method", rdap_text(redaction, "method"),
	    "inferred", 0));
}

void
rdap_entity_facts(const struct rdap *r)
{
	rdap_entities(r, entity_fact, NULL);
	rdap_each(r->object, "redacted", stated, (void *)r);
}
