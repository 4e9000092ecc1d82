/*
 * JSContact cards in registration data (RFC 9553; the drafts before it, which
 * some servers still send, spell members otherwise, and both are read).
 */

#include <string.h>

#include "probes/jcard_priv.h"
#include "probes/rdap_json.h"

/* The first member of those names that is a text. */
static char *
text_of(const json_t *o, const char *const *names)
{
	for (; *names != NULL; names++) {
		const json_t *v = json_object_get(o, *names);
		GString *s = g_string_new(NULL);

		jcard_join(s, json_is_object(v) ? json_object_get(v, "value") :
		    v);
		if (s->len > 0)
			return g_string_free(s, FALSE);
		g_string_free(s, TRUE);
	}
	return g_strdup("");
}

#define TEXT(o, ...) \
	text_of(o, (const char *const[]){ __VA_ARGS__, NULL })

/* "components" of a name or an address: [{"kind":"...","value":"..."}]. */
static char *
component(const json_t *o, const char *list, const char *kind,
    const char *between)
{
	g_autoptr(GString) out = g_string_new(NULL);
	const json_t *e;
	size_t i;

	json_array_foreach(json_object_get(o, list), i, e) {
		g_autofree char *k = TEXT(e, "kind", "type");
		g_autofree char *v = TEXT(e, "value");

		if (i == JCARD_PARTS)
			break;
		if ((kind == NULL || strcmp(k, kind) == 0) && *v != '\0')
			g_string_append_printf(out, "%s%s",
			    out->len > 0 ? between : "", v);
	}
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static void
read_name(struct jcard *c, const json_t *card)
{
	const json_t *name = json_object_get(card, "name");

	c->has |= name != NULL || json_object_get(card, "fullName") != NULL ?
	    JCARD_NAME : 0U;
	jcard_put(&c->name, NULL, TEXT(name, "full"));
	jcard_put(&c->name, NULL, TEXT(card, "fullName"));
	jcard_put(&c->name, NULL, component(name, "components", NULL, " "));
	jcard_put(&c->name, NULL, component(card, "name", NULL, " "));
}

static void
read_organization(struct jcard *c, const json_t *o)
{
	c->has |= JCARD_ORG;
	jcard_put(&c->org, NULL, TEXT(o, "name"));
}

static void
read_email(struct jcard *c, const json_t *o)
{
	c->has |= JCARD_EMAIL;
	jcard_put(&c->email, &c->emails, TEXT(o, "address", "email"));
}

static void
read_phone(struct jcard *c, const json_t *o)
{
	char *number = TEXT(o, "number", "phone");
	const json_t *features = json_object_get(o, "features");
	gboolean fax = json_is_true(json_object_get(features, "fax")) ||
	    rdap_has(o, "features", "fax");

	if (g_ascii_strncasecmp(number, "tel:", 4) == 0)
		memmove(number, number + 4, strlen(number) - 3);
	c->has |= fax ? JCARD_FAX : JCARD_TEL;
	jcard_put(fax ? &c->fax : &c->tel, fax ? &c->faxes : &c->tels, number);
}

/* Older drafts have the parts as members, the street as a list. */
static char *
address_part(const json_t *o, const char *kind, const char *older)
{
	g_autofree char *s = component(o, "components", kind, ", ");

	return *s != '\0' ? g_steal_pointer(&s) : TEXT(o, older);
}

static char *
address_street(const json_t *o)
{
	g_autofree char *number = component(o, "components", "number", " ");
	g_autofree char *name = component(o, "components", "name", ", ");

	if (*name == '\0') {
		g_free(name);
		name = component(o, "street", NULL, ", ");
	}
	return g_strconcat(name, *number != '\0' ? " " : "", number, NULL);
}

static char *
address_text(const json_t *o)
{
	g_autofree char *full = TEXT(o, "full", "fullAddress");
	g_autofree char *parts = component(o, "components", NULL, ", ");
	g_autofree char *street = address_street(o);
	static const char *const rest[] = {
		"locality", "region", "postcode", "country",
	};
	g_autoptr(GString) out = g_string_new(street);

	if (*full != '\0')
		return g_steal_pointer(&full);
	if (*parts != '\0')
		return g_steal_pointer(&parts);
	for (size_t i = 0; i < G_N_ELEMENTS(rest); i++)
		jcard_join(out, json_object_get(o, rest[i]));
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static void
read_address(struct jcard *c, const json_t *o)
{
	c->has |= JCARD_ADDRESS;
	jcard_put(&c->street, NULL, address_street(o));
	jcard_put(&c->city, NULL, address_part(o, "locality", "locality"));
	jcard_put(&c->region, NULL, address_part(o, "region", "region"));
	jcard_put(&c->postcode, NULL, address_part(o, "postcode", "postcode"));
	jcard_country(c, TEXT(o, "countryCode"), "cc parameter");
	jcard_country(c, address_part(o, "country", "country"), "address");
	jcard_put(&c->address, &c->addresses, address_text(o));
	c->whole |= *c->address != '\0' && *c->street == '\0' &&
	    *c->city == '\0';
}

static void
read_title(struct jcard *c, const json_t *o)
{
	jcard_put(&c->title, NULL, TEXT(o, "name", "title"));
}

static void
read_link(struct jcard *c, const json_t *o)
{
	g_autofree char *kind = TEXT(o, "kind", "rel");

	if (strcmp(kind, "contact") == 0)
		jcard_put(&c->contact, NULL, TEXT(o, "uri", "href"));
	else
		jcard_put(&c->url, &c->urls, TEXT(o, "uri", "href"));
}

/* What stands in a map of ids, each an object (RFC 9553 section 1.4.1). */
static const struct {
	const char	*name;
	void		(*read)(struct jcard *, const json_t *);
} maps[] = {
	{ "organizations",	read_organization },
	{ "emails",		read_email },
	{ "phones",		read_phone },
	{ "addresses",		read_address },
	{ "titles",		read_title },
	{ "links",		read_link },
	{ "online",		read_link },
};

gboolean
jscontact_read(struct jcard *c, const json_t *card)
{
	const char *key;
	json_t *e;

	if (!json_is_object(card))
		return FALSE;
	c->form = "JSContact";
	read_name(c, card);
	jcard_put(&c->kind, NULL, TEXT(card, "kind"));
	jcard_put(&c->lang, NULL, TEXT(card, "language", "locale"));
	for (size_t i = 0; i < G_N_ELEMENTS(maps); i++) {
		guint n = 0;
		json_t *map = json_object_get(card, maps[i].name);

		json_object_foreach(map, key, e)
			if (n++ < JCARD_VALUES)
				maps[i].read(c, e);
	}
	return TRUE;
}
