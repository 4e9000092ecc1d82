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

/* Countries by their names in English; states stand in the same table. */
static const struct {
	const char	*name, *code;
} countries[] = {
#define PLACE(name, code, care) { name, code },
#include "probes/page_rules.def"
#undef PLACE
};

/* The code of a country's name; NULL where the table has no such country. */
static const char *
code_of(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(countries); i++)
		if (g_ascii_strcasecmp(countries[i].name, name) == 0 &&
		    strlen(countries[i].code) == 2)
			return countries[i].code;
	return NULL;
}

/* The seventh part: as a code where the name is known, else as written. */
static char *
country_part(const struct property *p)
{
	g_autoptr(GString) name = g_string_new(NULL);
	const char *code;

	join(name, json_array_get(p->value, 6));
	code = code_of(name->str);
	return g_strdup(code != NULL ? code : name->str);
}

/* The last line of a label, only where it is a country's name. */
static char *
country_line(const struct property *p)
{
	const char *label = rdap_str(p->params, "label");
	const char *line = strrchr(label, '\n');
	g_autofree char *name = g_strdup(line != NULL ? line + 1 : "");
	const char *code = code_of(g_strstrip(name));

	return g_strdup(code != NULL ? code : "");
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
#undef AT
};

/* Where an address says its country, the best first. */
static const struct {
	const char	*from;
	value_fn	*read;
} country_ways[] = {
	{ "cc parameter",		country_code },
	{ "address",			country_part },
	{ "last line of the address",	country_line },
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

/* The first address that names a country names it for the card. */
static void
read_country(struct jcard *c, const struct property *p)
{
	for (size_t i = 0; i < G_N_ELEMENTS(country_ways); i++) {
		if (*c->country != '\0')
			return;
		take(&c->country, country_ways[i].read(p));
		if (*c->country != '\0')
			c->country_from = country_ways[i].from;
	}
}

static void
read_property(struct jcard *c, const json_t *prop)
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
		read_country(c, &p);
}

void
jcard_read(struct jcard *c, const json_t *vcard)
{
	const json_t *list = json_array_get(vcard, 1), *prop;
	size_t i;

	memset(c, 0, sizeof *c);
	c->country = g_strdup("");
	c->country_from = "";
	for (i = 0; i < G_N_ELEMENTS(properties); i++)
		*member(c, i) = g_strdup("");
	json_array_foreach(list, i, prop) {
		if (i == JCARD_PROPERTIES)
			break;
		read_property(c, prop);
	}
}

void
jcard_clear(struct jcard *c)
{
	for (size_t i = 0; i < G_N_ELEMENTS(properties); i++)
		g_clear_pointer(member(c, i), g_free);
	g_clear_pointer(&c->country, g_free);
}
