#include <stdint.h>
#include <string.h>

#include "probes/append.h"
#include "probes/jcard_priv.h"
#include "probes/json_arena.h"
#include "probes/rdap_json.h"

/* ---- what both forms of a card share */

/* A text without the blanks around it; what some write for nothing is nothing. */
static void
join_one(GString *out, const char *s)
{
	size_t n;

	while (g_ascii_isspace(*s))
		s++;
	for (n = strlen(s); n > 0 && g_ascii_isspace(s[n - 1]);)
		n--;
	if (n == 0 || (n == 2 && memcmp(s, "{}", 2) == 0))
		return;
	if (out->len > 0)
		append_bytes(out, ", ", 2);
	append_bytes(out, s, n);
}

/* A part of an address may be a list, and nothing in that. */
static void
join_depth(GString *out, const json_t *v, int depth)
{
	if (json_is_string(v)) {
		join_one(out, json_string_value(v));
	} else if (json_is_integer(v)) {
		char number[24];

		g_snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT,
		    json_integer_value(v));
		join_one(out, number);
	} else if (json_is_array(v) && depth > 0) {
		for (size_t i = 0; i < MIN(json_array_size(v), JCARD_PARTS);
		    i++)
			join_depth(out, json_array_get(v, i), depth - 1);
	}
}

void
jcard_join(GString *out, const json_t *v)
{
	join_depth(out, v, 2);
}

char *
jcard_text(const json_t *v)
{
	GString *out;

	if (v == NULL)
		return g_strdup("");
	out = g_string_sized_new(json_string_length(v));
	jcard_join(out, v);
	return g_string_free(out, FALSE);
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

/* What a member is that has no text; it is nobody's. */
static char none[] = "";

void
jcard_put(char **member, json_t **list, char *s)
{
	if (*s == '\0') {
		g_free(s);
	} else if (**member == '\0') {
		*member = s;
	} else {
		if (list != NULL && strcmp(*member, s) != 0) {
			list_add(list, *member);
			list_add(list, s);
		}
		g_free(s);
	}
}

/* ---- values */

const json_t *
jcard_param(const struct jcard_property *p, const char *name)
{
	const json_t *v = json_object_get(p->params, name);
	const char *key;
	json_t *e;

	if (v != NULL)
		return v;
	json_object_foreach((json_t *)(uintptr_t)p->params, key, e)
		if (g_ascii_strcasecmp(key, name) == 0)
			return e;
	return NULL;
}

/* Without the scheme that some write before it. */
static char *
value_without(const json_t *v, const char *scheme)
{
	char *s = jcard_text(v);
	size_t n = strlen(scheme);

	if (g_ascii_strncasecmp(s, scheme, n) == 0)
		memmove(s, s + n, strlen(s) + 1 - n);
	return s;
}

static gboolean
is_word(const json_t *v, const char *word)
{
	return json_is_string(v) &&
	    g_ascii_strcasecmp(json_string_value(v), word) == 0;
}

/* Whether the property is of a type: a word, a list of words. */
static gboolean
is_type(const struct jcard_property *p, const char *word)
{
	const json_t *type = jcard_param(p, "type"), *e;
	size_t i;

	if (is_word(type, word))
		return TRUE;
	json_array_foreach(type, i, e)
		if (is_word(e, word))
			return TRUE;
	return FALSE;
}

#define RANKS	100	/* of "pref"; one more where it is not said */

/* RFC 6350 section 5.3: of 1 to 100 the least is wanted most, and none last.
 * RIPE has the mailbox for abuse as a type beside the other address. */
static int
rank(const struct jcard_property *p)
{
	const json_t *v = jcard_param(p, "pref");
	const char *s = json_string_value(v);
	gint64 n = json_is_integer(v) ? json_integer_value(v) : s != NULL ?
	    g_ascii_strtoll(s, NULL, 10) : 0;

	if (is_type(p, "abuse"))
		return 0;
	return n >= 1 && n <= RANKS ? (int)n : RANKS + 1;
}

/* As jcard_put(); one of a lesser rank takes the place of what is there. */
static void
put_ranked(char **member, json_t **list, char *s, int *ranked, int now)
{
	char *before = *member;

	if (*s == '\0' || *before == '\0' || now >= *ranked ||
	    strcmp(before, s) == 0) {
		if (*before == '\0')
			*ranked = now;
		jcard_put(member, list, s);
		return;
	}
	list_add(list, before);
	list_add(list, s);
	g_free(before);
	*member = s;
	*ranked = now;
}

static gboolean
is_fax(const struct jcard_property *p)
{
	return g_ascii_strcasecmp(p->name, "fax") == 0 || is_type(p, "fax");
}

static void
read_tel(struct jcard *c, const struct jcard_property *p, const json_t *v)
{
	if (is_fax(p)) {
		c->has |= JCARD_FAX;
		jcard_put(&c->fax, &c->faxes, value_without(v, "tel:"));
	} else {
		c->has |= JCARD_TEL;
		put_ranked(&c->tel, &c->tels, value_without(v, "tel:"),
		    &c->tel_rank, rank(p));
	}
}

static void
read_email(struct jcard *c, const struct jcard_property *p, const json_t *v)
{
	char *s = value_without(v, "mailto:");
	int now = rank(p);

	if (now <= RANKS && *s != '\0') {
		if (now < c->email_rank)
			g_clear_pointer(&c->preferred, json_decref);
		if (now <= c->email_rank || c->preferred == NULL)
			list_add(&c->preferred, s);
	}
	put_ranked(&c->email, &c->emails, s, &c->email_rank, now);
}

static void
read_url(struct jcard *c, const struct jcard_property *p, const json_t *v)
{
	(void)p;
	jcard_put(&c->url, &c->urls, jcard_text(v));
}

/* ---- properties */

static const struct known {
	const char	*name;
	size_t		 at;		/* of the member, for a plain text */
	unsigned	 has;
	void		(*read)(struct jcard *, const struct jcard_property *,
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
	{ "adr",		0,		0,		jcard_address },
	{ "iso-3166-1-alpha-2",	0,		0,		jcard_iso3166 },
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

static const struct known *
known(const char *name)
{
	for (size_t k = 0; k < G_N_ELEMENTS(properties); k++)
		if (g_ascii_strcasecmp(name, properties[k].name) == 0)
			return &properties[k];
	return NULL;
}

static void
read_value(struct jcard *c, const struct known *k,
    const struct jcard_property *p, const json_t *v)
{
	c->has |= k->has;
	if (k->read != NULL)
		k->read(c, p, v);
	else
		jcard_put(member(c, k->at), NULL, jcard_text(v));
}

/* The name comes in parts where there is no "fn". */
static char *
name_in_parts(const json_t *v)
{
	static const size_t order[] = { 3, 1, 2, 0, 4 };
	g_autoptr(GString) out = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
		g_autofree char *s = jcard_text(json_array_get(v, order[i]));

		if (*s != '\0')
			g_string_append_printf(out, "%s%s",
			    out->len > 0 ? " " : "", s);
	}
	return g_string_free(g_steal_pointer(&out), FALSE);
}

/* A property's values stand one after the other (RFC 7095 section 3.3.1.3). */
static void
read_property(struct jcard *c, const json_t *all, char **parted)
{
	const struct jcard_property p = {
		json_string_value(json_array_get(all, 0)),
		json_array_get(all, 1),
	};
	const struct known *k = known(p.name);
	size_t end = MIN(json_array_size(all), 3 + JCARD_VALUES);

	for (size_t i = 3; k != NULL && i < end; i++)
		read_value(c, k, &p, json_array_get(all, i));
	if (g_ascii_strcasecmp(p.name, "n") == 0 && *parted == NULL)
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

/* Of so many members at least. */
static gboolean
is_property(const json_t *a, size_t least)
{
	const char *name = json_string_value(json_array_get(a, 0));

	return json_array_size(a) >= least && name != NULL &&
	    g_ascii_isalpha(*name) && is_parameters(json_array_get(a, 1)) &&
	    json_is_string(json_array_get(a, 2));
}

/* No property, and none in it. */
static gboolean
is_values(const json_t *next)
{
	return json_is_array(next) && !is_property(next, 3) &&
	    !is_property(json_array_get(next, 0), 3);
}

/* One without a value, which some write as the next list. */
static void
read_split(struct jcard *c, const json_t *all, const json_t *next)
{
	const struct jcard_property p = {
		json_string_value(json_array_get(all, 0)),
		json_array_get(all, 1),
	};
	const struct known *k = known(p.name);

	if (k != NULL && json_array_size(all) == 3 && is_values(next))
		read_value(c, k, &p, next);
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
		if (is_property(e, 4))
			read_property(c, e, parted);
		else if (is_property(e, 3))
			read_split(c, e, json_array_get(list, i + 1));
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
	const char *uri = rdap_str(entity, "contact_URI");

	if (*uri != '\0')
		jcard_put(&c->contact, NULL, g_strdup(uri));
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
		if (!is_property(e, 4) && depth < JCARD_NESTING)
			find_role(e, depth + 1, left, role);
		else if (is_property(e, 4) && g_ascii_strcasecmp(
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
	static const char *const forms[] = { "jscard", "jscard_0",
		"jscontact_card", "jsContact", "jscontact" };
	static const char *const names[] = { "vcardArray", "vCardArray",
		"vcards" };
	const json_t *vcard = NULL;

	memset(c, 0, sizeof *c);
	c->country_from = c->form = "";
	c->email_rank = c->tel_rank = RANKS + 1;
	for (size_t i = 0; i < G_N_ELEMENTS(owned); i++)
		*member(c, owned[i]) = none;
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
		&c->preferred,
	};

	for (size_t i = 0; i < G_N_ELEMENTS(owned); i++)
		if (**member(c, owned[i]) != '\0')
			g_free(*member(c, owned[i]));
	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		json_arena_drop(*lists[i]);
}
