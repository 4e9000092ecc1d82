#include <string.h>

#include "probes/jcard.h"
#include "probes/rdap_json.h"
#include "probes/rdap_words.h"

/* One property: [name, parameters, type, value, value ...]. */
struct property {
	const json_t	*all, *params;
};

/* ---- what both forms of a card share */

static void
join_one(GString *out, const char *s)
{
	g_autofree char *text = g_strdup(s);

	g_strstrip(text);
	if (*text != '\0')
		g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "",
		    text);
}

/* A part of an address may be a list, and nothing in that. */
static void
join_depth(GString *out, const json_t *v, int depth)
{
	const json_t *e;
	size_t i;

	if (json_is_string(v)) {
		join_one(out, json_string_value(v));
	} else if (json_is_integer(v)) {
		char number[24];

		g_snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT,
		    json_integer_value(v));
		join_one(out, number);
	}
	json_array_foreach(v, i, e) {
		if (i == JCARD_PARTS || depth == 0)
			break;
		join_depth(out, e, depth - 1);
	}
}

void
jcard_join(GString *out, const json_t *v)
{
	join_depth(out, v, 2);
}

static gboolean
list_has(const json_t *list, const char *s)
{
	const json_t *e;
	size_t i;

	json_array_foreach(list, i, e)
		if (g_strcmp0(json_string_value(e), s) == 0)
			return TRUE;
	return FALSE;
}

static void
list_add(json_t **list, const char *s)
{
	if (json_array_size(*list) >= JCARD_VALUES || list_has(*list, s))
		return;
	if (*list == NULL)
		*list = json_array();
	json_array_append_new(*list, json_string(s));
}

void
jcard_put(char **member, json_t **list, char *s)
{
	if (*s == '\0') {
		g_free(s);
	} else if (**member == '\0') {
		g_free(*member);
		*member = s;
	} else {
		if (list != NULL && strcmp(*member, s) != 0) {
			list_add(list, *member);
			list_add(list, s);
		}
		g_free(s);
	}
}

void
jcard_country(struct jcard *c, char *s, const char *from)
{
	const char *code = rdap_country(g_strstrip(s));

	if (*c->country == '\0' && *s != '\0') {
		g_free(c->country);
		c->country = code != NULL ? g_strdup(code) :
		    strlen(s) == 2 ? g_ascii_strup(s, 2) : g_strdup(s);
		c->country_from = from;
	}
	g_free(s);
}

/* ---- values */

static char *
value_text(const json_t *v)
{
	GString *out = g_string_new(NULL);

	jcard_join(out, v);
	return g_string_free(out, FALSE);
}

/* Without the scheme that some write before it. */
static char *
value_without(const json_t *v, const char *scheme)
{
	char *s = value_text(v);
	size_t n = strlen(scheme);

	if (g_ascii_strncasecmp(s, scheme, n) == 0)
		memmove(s, s + n, strlen(s) + 1 - n);
	return s;
}

static gboolean
is_fax(const struct property *p)
{
	const char *name = json_string_value(json_array_get(p->all, 0));

	return g_ascii_strcasecmp(name, "fax") == 0 ||
	    rdap_has(p->params, "type", "fax") ||
	    rdap_has(p->params, "TYPE", "fax");
}

static void
read_tel(struct jcard *c, const struct property *p, const json_t *v)
{
	if (is_fax(p)) {
		c->has |= JCARD_FAX;
		jcard_put(&c->fax, &c->faxes, value_without(v, "tel:"));
	} else {
		c->has |= JCARD_TEL;
		jcard_put(&c->tel, &c->tels, value_without(v, "tel:"));
	}
}

static void
read_email(struct jcard *c, const struct property *p, const json_t *v)
{
	(void)p;
	jcard_put(&c->email, &c->emails, value_without(v, "mailto:"));
}

static void
read_url(struct jcard *c, const struct property *p, const json_t *v)
{
	(void)p;
	jcard_put(&c->url, &c->urls, value_text(v));
}

/* ---- addresses */

/* How many parts: what is empty after the seventh is none. */
static size_t
parts_count(const json_t *parts)
{
	size_t n = MIN(json_array_size(parts), JCARD_PARTS);

	for (; n > 7; n--) {
		g_autofree char *last = value_text(json_array_get(parts, n - 1));

		if (*last != '\0')
			break;
	}
	return n;
}

static char *
part(const json_t *parts, size_t from, size_t end)
{
	GString *out = g_string_new(NULL);

	for (size_t i = from; i < end; i++)
		jcard_join(out, json_array_get(parts, i));
	return g_string_free(out, FALSE);
}

/* What stands behind the last comma: a country's name, but for one
 * that is a state's as well. */
static const char *
last_words(const char *line)
{
	const char *comma = strrchr(line, ',');
	const char *words = comma != NULL ? comma + 1 : line;

	words += strspn(words, " \t");
	return strlen(words) > 3 && g_ascii_strcasecmp(words, "georgia") != 0 ?
	    words : "";
}

/* The last part that there is, where it is a country's name in another's place. */
static void
read_misplaced(struct jcard *c, const json_t *parts, size_t n)
{
	g_autofree char *last = NULL;

	if (*c->country != '\0')
		return;
	while (n > 0 && (last == NULL || *last == '\0')) {
		g_free(last);
		last = value_text(json_array_get(parts, --n));
	}
	if (last != NULL && rdap_country(last_words(last)) != NULL)
		jcard_country(c, g_strdup(last_words(last)),
		    "last part of the address");
}

static void
read_parts(struct jcard *c, const json_t *parts)
{
	size_t n = parts_count(parts), end;

	if (n < 5)		/* who knows which they are */
		return;
	end = n - 4;
	jcard_put(&c->street, NULL, part(parts, 0, end));
	jcard_put(&c->city, NULL, part(parts, end, end + 1));
	jcard_put(&c->region, NULL, part(parts, end + 1, end + 2));
	jcard_put(&c->postcode, NULL, part(parts, end + 2, end + 3));
	jcard_country(c, part(parts, end + 3, n), "address");
	read_misplaced(c, parts, n);
}

/* The last line of a label, only where it is a country's name or ends with
 * one. */
static void
read_last_line(struct jcard *c, const char *label)
{
	g_autofree char *all = g_strchomp(g_strdup(label));
	const char *line = strrchr(all, '\n');
	g_autofree char *name = g_strstrip(g_strdup(line != NULL ? line + 1 :
	    all));

	if (line == NULL || rdap_country(name) == NULL) {
		char *words = g_strdup(strchr(name, ',') != NULL ?
		    last_words(name) : "");

		g_free(name);
		name = words;
	}
	if (rdap_country(name) != NULL)
		jcard_country(c, g_steal_pointer(&name),
		    "last line of the address");
}

/* A jCard's text has its line ends as they are (RFC 7095 section 3.3); some
 * send those of a vCard, a backslash and a letter. */
static char *
unescaped(char *s)
{
	char *to = s;

	for (const char *from = s; *from != '\0'; from++) {
		if (*from == '\\' && (from[1] == 'n' || from[1] == 'N'))
			*to++ = '\n', from++;
		else if (*from == '\\' && (from[1] == ',' || from[1] == ';'))
			*to++ = *++from;
		else
			*to++ = *from;
	}
	*to = '\0';
	return s;
}

static void
read_code(struct jcard *c, const char *cc)
{
	if (strlen(cc) == 2 && g_ascii_isalpha(cc[0]) && g_ascii_isalpha(cc[1]))
		jcard_country(c, g_ascii_strup(cc, 2), "cc parameter");
}

/* No property of vCard, but in use for the country's code. */
static void
read_iso3166(struct jcard *c, const struct property *p, const json_t *v)
{
	g_autofree char *code = value_text(v);

	(void)p;
	if (strlen(code) == 2 && g_ascii_isalpha(code[0]) &&
	    g_ascii_isalpha(code[1]))
		jcard_country(c, g_steal_pointer(&code),
		    "ISO-3166-1 property");
}

static void
read_address(struct jcard *c, const struct property *p, const json_t *v)
{
	g_autofree char *label = unescaped(value_text(json_object_get(
	    p->params, "label")));
	g_autofree char *parts = unescaped(value_text(v));

	c->has |= JCARD_ADDRESS;
	read_code(c, rdap_str(p->params, "cc"));
	read_parts(c, v);
	if (*label != '\0' || !json_is_array(v))
		c->whole |= *label != '\0' || *parts != '\0';
	read_last_line(c, *label != '\0' ? label : json_is_string(v) ? parts :
	    "");
	jcard_put(&c->address, &c->addresses, *label != '\0' ?
	    g_steal_pointer(&label) : g_steal_pointer(&parts));
}

/* ---- properties */

static const struct {
	const char	*name;
	size_t		 at;		/* of the member, for a plain text */
	unsigned	 has;
	void		(*read)(struct jcard *, const struct property *,
			    const json_t *);
} properties[] = {
#define AT(member) offsetof(struct jcard, member)
	{ "fn",			AT(name),	JCARD_NAME,	NULL },
	{ "org",		AT(org),	JCARD_ORG,	NULL },
	{ "kind",		AT(kind),	0,		NULL },
	{ "title",		AT(title),	0,		NULL },
	{ "lang",		AT(lang),	0,		NULL },
	{ "contact-uri",	AT(contact),	0,		NULL },
	{ "email",		0,		JCARD_EMAIL,	read_email },
	{ "tel",		0,		0,		read_tel },
	{ "fax",		0,		0,		read_tel },
	{ "url",		0,		0,		read_url },
	{ "adr",		0,		0,		read_address },
	{ "iso-3166-1-alpha-2",	0,		0,		read_iso3166 },
#undef AT
};

static const size_t owned[] = {
#define AT(member) offsetof(struct jcard, member)
	AT(name), AT(org), AT(kind), AT(title), AT(lang), AT(country),
	AT(email), AT(tel), AT(fax), AT(contact), AT(address), AT(url),
	AT(street), AT(city), AT(region), AT(postcode),
#undef AT
};

static char **
member(struct jcard *c, size_t at)
{
	return (char **)(void *)((char *)c + at);
}

/* A property's values stand one after the other (RFC 7095 section 3.3.1.3). */
static void
read_values(struct jcard *c, const struct property *p, size_t k)
{
	size_t n = json_array_size(p->all);

	c->has |= properties[k].has;
	for (size_t i = 3; i < MIN(n, 3 + JCARD_VALUES); i++) {
		const json_t *v = json_array_get(p->all, i);

		if (properties[k].read != NULL)
			properties[k].read(c, p, v);
		else
			jcard_put(member(c, properties[k].at), NULL,
			    value_text(v));
	}
}

/* The name comes in parts where there is no "fn". */
static char *
name_in_parts(const json_t *v)
{
	static const size_t order[] = { 3, 1, 2, 0, 4 };
	g_autoptr(GString) out = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
		g_autofree char *s = value_text(json_array_get(v, order[i]));

		if (*s != '\0')
			g_string_append_printf(out, "%s%s",
			    out->len > 0 ? " " : "", s);
	}
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static void
read_property(struct jcard *c, const json_t *all, char **parted)
{
	const char *name = json_string_value(json_array_get(all, 0));
	struct property p = { all, json_array_get(all, 1) };

	for (size_t k = 0; k < G_N_ELEMENTS(properties); k++)
		if (g_ascii_strcasecmp(name, properties[k].name) == 0)
			read_values(c, &p, k);
	if (g_ascii_strcasecmp(name, "n") == 0 && *parted == NULL)
		*parted = name_in_parts(json_array_get(all, 3));
}

/* An object; some write a list, null, or its JSON as a text. */
static gboolean
is_parameters(const json_t *v)
{
	const char *s = json_string_value(v);

	return json_is_object(v) || json_is_array(v) || json_is_null(v) ||
	    (s != NULL && (*s == '\0' || strcmp(s, "{}") == 0 ||
	    strcmp(s, "[]") == 0));
}

static gboolean
is_property(const json_t *a)
{
	return json_array_size(a) >= 4 && json_is_string(json_array_get(a, 0)) &&
	    is_parameters(json_array_get(a, 1)) &&
	    json_is_string(json_array_get(a, 2));
}

/* Every property of whatever is nested how. */
static void
read_list(struct jcard *c, const json_t *list, int depth, guint *left,
    char **parted)
{
	const json_t *e;
	size_t i;

	json_array_foreach(list, i, e) {
		if (*left == 0)
			return;
		if (!json_is_array(e))
			continue;
		(*left)--;
		if (is_property(e))
			read_property(c, e, parted);
		else if (depth < JCARD_NESTING)
			read_list(c, e, depth + 1, left, parted);
	}
}

static void
read_vcard(struct jcard *c, const json_t *vcard)
{
	g_autofree char *parted = NULL;
	guint left = JCARD_PROPERTIES;

	c->form = "jCard";
	read_list(c, vcard, 0, &left, &parted);
	if (*c->name == '\0' && parted != NULL)
		jcard_put(&c->name, NULL, g_steal_pointer(&parted));
}

/* An address of a form, for want of a mail address, beside the card. */
static void
read_beside(struct jcard *c, const json_t *entity)
{
	jcard_put(&c->contact, NULL,
	    g_strdup(rdap_str(entity, "contact_URI")));
}

static void
find_role(const json_t *list, int depth, guint *left, const char **role)
{
	const json_t *e;
	size_t i;

	json_array_foreach(list, i, e) {
		if (*left == 0 || *role != NULL)
			return;
		(*left)--;
		if (!json_is_array(e))
			continue;
		if (!is_property(e) && depth < JCARD_NESTING)
			find_role(e, depth + 1, left, role);
		else if (is_property(e) && g_ascii_strcasecmp(
		    json_string_value(json_array_get(e, 0)), "role") == 0)
			*role = json_string_value(json_array_get(e, 3));
	}
}

const char *
jcard_role(const json_t *entity)
{
	const char *role = NULL;
	guint left = JCARD_PROPERTIES;

	find_role(json_object_get(entity, "vcardArray"), 0, &left, &role);
	return role != NULL ? role : "";
}

void
jcard_read(struct jcard *c, const json_t *entity)
{
	static const char *const forms[] = { "jscard", "jscontact_card",
		"jsContact" };
	static const char *const names[] = { "vcardArray", "vCardArray",
		"vcards" };
	const json_t *vcard = NULL;

	memset(c, 0, sizeof *c);
	c->country_from = c->form = "";
	for (size_t i = 0; i < G_N_ELEMENTS(owned); i++)
		*member(c, owned[i]) = g_strdup("");
	for (size_t i = 0; i < G_N_ELEMENTS(names) && vcard == NULL; i++)
		vcard = json_object_get(entity, names[i]);
	if (json_is_array(vcard))
		read_vcard(c, vcard);
	read_beside(c, entity);
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
		if (jcard_empty(c) && jscontact_read(c,
		    json_object_get(entity, forms[i])))
			return;
}

gboolean
jcard_empty(const struct jcard *c)
{
	return *c->name == '\0' && *c->org == '\0' && *c->email == '\0' &&
	    *c->tel == '\0' && *c->address == '\0' && *c->country == '\0' &&
	    *c->contact == '\0' && *c->url == '\0' && *c->fax == '\0';
}

void
jcard_clear(struct jcard *c)
{
	json_t **lists[] = {
		&c->emails, &c->tels, &c->faxes, &c->addresses, &c->urls,
	};

	for (size_t i = 0; i < G_N_ELEMENTS(owned); i++)
		g_clear_pointer(member(c, owned[i]), g_free);
	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		g_clear_pointer(lists[i], json_decref);
}
