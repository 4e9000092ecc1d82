#include <string.h>

#include "probes/jcard.h"
#include "probes/rdap_json.h"

/* One property: [name, parameters, type, value, value ...]. */
struct property {
	const json_t	*params, *value;
};

typedef char *value_fn(const struct property *);

/* Appends a text, or each text of a list, with ", " between. */
static void
join(GString *out, const json_t *v)
{
	const json_t *e;
	size_t i;

	if (json_is_string(v)) {
		g_autofree char *s = g_strdup(json_string_value(v));

		g_strstrip(s);
		if (*s != '\0')
			g_string_append_printf(out, "%s%s",
			    out->len > 0 ? ", " : "", s);
	}
	json_array_foreach(v, i, e) {
		if (i == JCARD_PARTS)
			break;
		if (json_is_string(e))
			join(out, e);
	}
}

static char *
text(const struct property *p)
{
	GString *out = g_string_new(NULL);

	join(out, p->value);
	return g_string_free(out, FALSE);
}

static char *
telephone(const struct property *p)
{
	g_autofree char *s = text(p);
	gboolean uri = g_ascii_strncasecmp(s, "tel:", 4) == 0;

	return g_strdup(uri ? s + 4 : s);
}

static char *
address(const struct property *p)
{
	GString *out = g_string_new(NULL);
	const json_t *label = json_object_get(p->params, "label");
	size_t i;
	json_t *e;

	join(out, label);
	if (out->len > 0)
		return g_string_free(out, FALSE);
	if (json_is_string(p->value))
		join(out, p->value);
	json_array_foreach(p->value, i, e) {
		if (i == JCARD_PARTS)
			break;
		if (i != 6)
			join(out, e);
	}
	return g_string_free(out, FALSE);
}

static char *
country_code(const struct property *p)
{
	const char *cc = rdap_str(p->params, "cc");

	if (strlen(cc) != 2 || !g_ascii_isalpha(cc[0]) ||
	    !g_ascii_isalpha(cc[1]))
		return g_strdup("");
	return g_ascii_strup(cc, 2);
}

static char *
country_part(const struct property *p)
{
	GString *out = g_string_new(NULL);

	join(out, json_array_get(p->value, 6));
	return g_string_free(out, FALSE);
}

static const struct {
	const char	*name;
	size_t		 at;
	value_fn	*read;
} properties[] = {
#define AT(member) offsetof(struct jcard, member)
	{ "fn",			AT(name),	text },
	{ "org",		AT(org),	text },
	{ "kind",		AT(kind),	text },
	{ "email",		AT(email),	text },
	{ "tel",		AT(tel),	telephone },
	{ "contact-uri",	AT(contact),	text },
	{ "adr",		AT(address),	address },
	{ "adr",		AT(country),	country_code },
#undef AT
};

static char **
member(struct jcard *c, size_t i)
{
	return (char **)(void *)((char *)c + properties[i].at);
}

static void
take(char **into, char *s)
{
	if (**into != '\0') {
		g_free(s);
		return;
	}
	g_free(*into);
	*into = s;
}

static void
read_property(struct jcard *c, const json_t *prop, char **part)
{
	const char *name = json_string_value(json_array_get(prop, 0));
	struct property p = {
		.params = json_array_get(prop, 1),
		.value = json_array_get(prop, 3),
	};

	if (name == NULL || p.value == NULL)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(properties); i++)
		if (g_ascii_strcasecmp(name, properties[i].name) == 0)
			take(member(c, i), properties[i].read(&p));
	if (g_ascii_strcasecmp(name, "adr") == 0)
		take(part, country_part(&p));
}

void
jcard_read(struct jcard *c, const json_t *vcard)
{
	const json_t *list = json_array_get(vcard, 1), *prop;
	char *part = g_strdup("");
	size_t i;

	memset(c, 0, sizeof *c);
	for (i = 0; i < G_N_ELEMENTS(properties); i++)
		if (*member(c, i) == NULL)
			*member(c, i) = g_strdup("");
	json_array_foreach(list, i, prop) {
		if (i == JCARD_PROPERTIES)
			break;
		read_property(c, prop, &part);
	}
	c->country_from = *c->country != '\0' ? "cc parameter" :
	    *part != '\0' ? "address" : "";
	take(&c->country, part);
}

void
jcard_clear(struct jcard *c)
{
	for (size_t i = 0; i < G_N_ELEMENTS(properties); i++)
		g_clear_pointer(member(c, i), g_free);
}
