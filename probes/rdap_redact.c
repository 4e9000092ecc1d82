#include <string.h>

#include "probes/json_text.h"
#include "probes/rdap.h"

/* Types of remarks for withheld or shortened objects (RFC 9083 10.2.1). */
static const char *const withheld_remarks[] = {
	"object redacted due to authorization",
	"object truncated due to authorization",
	"object truncated due to unexplainable reasons",
};

/* Words of a redaction's name: whose it is (RFC 9537 section 7, IANA's "redacted
 * name" values, and how others write them). */
static const struct {
	const char	*word, *role;
} role_names[] = {
	{ "registrant",	"registrant" },
	{ "admin",	"administrative" },
	{ "tech",	"technical" },
	{ "billing",	"billing" },
	{ "reseller",	"reseller" },
	{ "registrar",	"registrar" },
};

/* And what it is; the first that is there. */
static const struct {
	const char	*word;
	enum rdap_field	 field;
} field_names[] = {
	{ "organi",	FIELD_ORG },
	{ "mail",	FIELD_EMAIL },
	{ "fax",	FIELD_FAX },
	{ "phone",	FIELD_PHONE },
	{ "voice",	FIELD_PHONE },
	{ "street",	FIELD_STREET },
	{ "address",	FIELD_STREET },
	{ "city",	FIELD_CITY },
	{ "locality",	FIELD_CITY },
	{ "postal",	FIELD_POSTCODE },
	{ "postcode",	FIELD_POSTCODE },
	{ "zip",	FIELD_POSTCODE },
	{ "state",	FIELD_REGION },
	{ "province",	FIELD_REGION },
	{ "country",	FIELD_COUNTRY },
	{ "handle",	FIELD_HANDLE },
	{ " id",	FIELD_HANDLE },
	{ "name",	FIELD_NAME },
};

static const char *const fields[RDAP_FIELDS + 1] = {
	"name", "org", "email", "phone", "fax", "street", "city", "region",
	"postcode", "country", "handle", "contact",
};

/* The states of a field, and the lists of rdap.contact: the later outdo the
 * earlier where a role has more than one entity. */
enum state {
	STATE_ABSENT, STATE_EMPTY, STATE_INFERRED, STATE_REDACTED,
	STATE_REPLACED, STATE_GIVEN, STATES,
};

static const char *const states[STATES] = {
	"absent", "empty", "inferred", "redacted", "replaced", "given",
};

static const char *const roles[] = {
	"registrant", "administrative", "technical",
};

struct rdap_contacts {
	struct {
		gboolean	there;
		enum state	state[RDAP_FIELDS];
	} of[G_N_ELEMENTS(roles)];
};

/* ---- what the server states */

/* RFC 9537 has name.type or name.description; some write the text itself, and
 * some nothing but a path. */
static const char *
redacted_name(const json_t *redaction)
{
	const json_t *name = json_object_get(redaction, "name");

	const char *said[] = {
		rdap_str(name, "type"), rdap_str(name, "description"),
		rdap_str(redaction, "prePath"),
		rdap_str(redaction, "postPath"), "",
	};
	size_t i = 0;

	if (json_is_string(name))
		return json_string_value(name);
	while (i + 1 < G_N_ELEMENTS(said) && *said[i] == '\0')
		i++;
	return said[i];
}

/*
 * Whether a name speaks of a contact as a whole: "Administrative Contact", a
 * role by itself.  What has another word for a field is that field, and no
 * statement about the rest ("Registrant Phone Ext").
 */
static gboolean
is_whole_contact(const char *low)
{
	return (strstr(low, "contact") != NULL && strstr(low, "uri") == NULL) ||
	    strstr(low, "entity") != NULL || strchr(low, ' ') == NULL;
}

/* Small letters, with a blank where a name of a program has none: "registrantName",
 * "registrant_name".  Caller frees. */
static char *
plain_name(const char *name)
{
	GString *s = g_string_new(NULL);

	for (const char *p = name; *p != '\0'; p++) {
		if (g_ascii_isupper(*p) && p > name && g_ascii_islower(p[-1]))
			g_string_append_c(s, ' ');
		g_string_append_c(s, *p == '_' || *p == '-' ? ' ' :
		    g_ascii_tolower(*p));
	}
	return g_string_free(s, FALSE);
}

/* Where only a path says what was left out: the property of the card that it
 * names, as text; the contact itself, where it ends with a choice among them. */
static enum rdap_field
path_field(const char *path)
{
	static const struct {
		const char	*word;
		enum rdap_field	 field;
	} properties[] = {
		{ "'fn'", FIELD_NAME }, { "'org'", FIELD_ORG },
		{ "'email'", FIELD_EMAIL }, { "'tel'", FIELD_PHONE },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(properties); i++)
		if (strstr(path, properties[i].word) != NULL)
			return properties[i].field;
	if (g_str_has_suffix(path, ".handle"))
		return FIELD_HANDLE;
	return strstr(path, "vcard") == NULL && g_str_has_suffix(path, ")]") ?
	    FIELD_ALL : FIELD_OTHER;
}

static enum rdap_field
redacted_field(const char *low, gboolean contact)
{
	if (strstr(low, " ext") != NULL)
		return FIELD_OTHER;
	for (size_t i = 0; i < G_N_ELEMENTS(field_names); i++)
		if (strstr(low, field_names[i].word) != NULL)
			return field_names[i].field;
	return contact && is_whole_contact(low) ? FIELD_ALL : FIELD_OTHER;
}

static void
add_redaction(const json_t *object, void *arg)
{
	struct rdap_redaction d = { object, redacted_name(object), "",
		FIELD_OTHER };
	g_autofree char *low = plain_name(d.name);

	if (*d.name == '\0')
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(role_names); i++)
		if (*d.role == '\0' && strstr(low, role_names[i].word) != NULL)
			d.role = role_names[i].role;
	d.field = *low != '$' ? redacted_field(low, *d.role != '\0') :
	    *d.role != '\0' ? path_field(low) : FIELD_OTHER;
	g_array_append_val((GArray *)arg, d);
}

GArray *
rdap_redactions(const json_t *object)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct rdap_redaction));

	rdap_each(object, "redacted", add_redaction, all);
	return all;
}

static void
set_text(json_t *v, const char *key, const json_t *from, const char *member)
{
	if (*rdap_str(from, member) != '\0')
		json_object_set_new(v, key, rdap_text(from, member));
}

static json_t *
text_of(const char *s)
{
	json_t *whole = json_string(s), *text = rdap_text_of(whole);

	json_decref(whole);
	return text;
}

static void
stated(const struct rdap *r, const struct rdap_redaction *d)
{
	const json_t *reason = json_object_get(d->object, "reason");
	json_t *v = json_object();

	json_object_set_new(v, "field", text_of(d->name));
	json_object_set_new(v, "method", rdap_text(d->object, "method"));
	json_object_set_new(v, "inferred", json_false());
	json_object_set_new(v, "role", json_string(d->role));
	json_object_set_new(v, "what", json_string(d->field <= FIELD_ALL ?
	    fields[d->field] : ""));
	set_text(v, "pre", d->object, "prePath");
	set_text(v, "post", d->object, "postPath");
	set_text(v, "replacement", d->object, "replacementPath");
	set_text(v, "reason", reason, *rdap_str(reason, "type") != '\0' ?
	    "type" : "description");
	if (json_is_string(reason))
		set_text(v, "reason", d->object, "reason");
	rdap_emit(r, FACT_RDAP_REDACTED, v);
}

void
rdap_redacted_facts(const struct rdap *r)
{
	for (guint i = 0; i < r->redactions->len; i++)
		stated(r, &g_array_index(r->redactions, struct rdap_redaction,
		    i));
}

/* ---- what only words show */

/* Some mark what they left out of a list as truncated: "Summary data only. For
 * complete data, send a specific query for the object." */
static gboolean
is_summary(const json_t *remark)
{
	json_t *text = rdap_lines(remark);
	const char *s = json_string_value(text);
	gboolean summary = s != NULL && g_ascii_strncasecmp(s,
	    "summary data only", 17) == 0;

	json_decref(text);
	return summary;
}

/* One of the table, in any case, with a full stop or without. */
static gboolean
is_withheld_type(const char *s)
{
	size_t n = strlen(s);

	n -= n > 0 && s[n - 1] == '.';
	for (size_t i = 0; i < G_N_ELEMENTS(withheld_remarks); i++)
		if (n == strlen(withheld_remarks[i]) &&
		    g_ascii_strncasecmp(s, withheld_remarks[i], n) == 0)
			return TRUE;
	return FALSE;
}

static void
find_withheld_remark(const json_t *remark, void *arg)
{
	const char *title = rdap_str(remark, "title");
	gboolean *found = arg;

	if (!is_summary(remark))
		*found |= is_withheld_type(rdap_str(remark, "type")) ||
		    is_withheld_type(title) || rdap_withheld(title);
}

static gboolean
has_withheld_remark(const struct rdap_entity *e)
{
	gboolean found = FALSE;

	rdap_each(e->object, "remarks", find_withheld_remark, &found);
	return found;
}

static gboolean
role_redacted(const struct rdap *r, const struct rdap_entity *e)
{
	for (guint i = 0; i < r->redactions->len; i++) {
		const struct rdap_redaction *d = &g_array_index(r->redactions,
		    struct rdap_redaction, i);

		if (*d->role != '\0' && rdap_has_role(e, d->role))
			return TRUE;
	}
	return FALSE;
}

static gboolean
is_given(const char *s)
{
	return *s != '\0' && !rdap_withheld(s);
}

/* Who it is: that an id or a mail address is withheld leaves that said. */
gboolean
rdap_entity_withheld(const struct rdap *r, const struct rdap_entity *e)
{
	const struct jcard *c = &e->card;

	if (is_given(c->org) || (*c->org == '\0' && is_given(c->name)))
		return FALSE;
	return rdap_withheld(c->name) || rdap_withheld(c->org) ||
	    rdap_withheld(c->email) || rdap_withheld(c->address) ||
	    rdap_withheld(c->tel) || rdap_withheld(e->handle) ||
	    has_withheld_remark(e) ||
	    (*e->under == '\0' && role_redacted(r, e));
}

static char *
role_words(const struct rdap_entity *e)
{
	GString *s = g_string_new(NULL);

	rdap_role_words(s, e);
	return g_string_free(s, FALSE);
}

static void
infer(const struct rdap *r, const struct rdap_entity *e, const char *property,
    const char *words)
{
	g_autofree char *role = NULL, *field = NULL;

	if (!rdap_withheld(words))
		return;
	role = role_words(e);
	field = g_strdup_printf("%s %s", role, property);
	rdap_emit(r, FACT_RDAP_REDACTED, json_pack("{s:s, s:s, s:o, s:b}",
	    "field", field, "method", "words in its place", "words",
	    text_of(words), "inferred", 1));
}

static void
inferred(const struct rdap *r, const struct rdap_entity *e)
{
	infer(r, e, "name", e->card.name);
	infer(r, e, "organisation", e->card.org);
	infer(r, e, "email", e->card.email);
	infer(r, e, "telephone", e->card.tel);
	infer(r, e, "address", e->card.address);
	if (has_withheld_remark(e)) {
		g_autofree char *field = role_words(e);

		rdap_emit(r, FACT_RDAP_REDACTED,
		    json_pack("{s:s, s:s, s:b}", "field", field,
		    "method", "remark on the object", "inferred", 0));
	}
}

/* ---- field by field */

static enum state
state_of(const char *value, gboolean there, gboolean remark)
{
	if (*value != '\0')
		return rdap_withheld(value) ? STATE_INFERRED : STATE_GIVEN;
	if (remark)
		return STATE_INFERRED;
	return there ? STATE_EMPTY : STATE_ABSENT;
}

static void
entity_states(const struct rdap_entity *e, enum state out[RDAP_FIELDS])
{
	const struct jcard *c = &e->card;
	/* What stands in one text is in all parts of it. */
	const char *whole = c->whole ? c->address : "";
	const struct {
		const char	*value;
		unsigned	 has;
	} of[RDAP_FIELDS] = {
		[FIELD_NAME] = { c->name, JCARD_NAME },
		[FIELD_ORG] = { c->org, JCARD_ORG },
		[FIELD_EMAIL] = { *c->email != '\0' ? c->email : c->contact,
		    JCARD_EMAIL },
		[FIELD_PHONE] = { c->tel, JCARD_TEL },
		[FIELD_FAX] = { c->fax, JCARD_FAX },
		[FIELD_STREET] = { *c->street != '\0' ? c->street : whole,
		    JCARD_STREET },
		[FIELD_CITY] = { *c->city != '\0' ? c->city : whole,
		    JCARD_CITY },
		[FIELD_REGION] = { c->region, JCARD_REGION },
		[FIELD_POSTCODE] = { *c->postcode != '\0' ? c->postcode : whole,
		    JCARD_POSTCODE },
		[FIELD_COUNTRY] = { c->country, JCARD_COUNTRY },
		[FIELD_HANDLE] = { e->handle, 0 },
	};
	gboolean remark = has_withheld_remark(e);

	for (size_t i = 0; i < RDAP_FIELDS; i++)
		out[i] = state_of(of[i].value, (c->has & of[i].has) != 0,
		    remark);
}

struct rdap_contacts *
rdap_contacts_new(void)
{
	return g_new0(struct rdap_contacts, 1);
}

void
rdap_contacts_add(struct rdap_contacts *c, const struct rdap *r,
    const struct rdap_entity *e)
{
	enum state now[RDAP_FIELDS];
	gboolean read = FALSE;

	inferred(r, e);
	if (*e->under != '\0')
		return;
	for (size_t k = 0; k < G_N_ELEMENTS(roles); k++) {
		if (!rdap_has_role(e, roles[k]))
			continue;
		if (!read)
			entity_states(e, now);
		read = c->of[k].there = TRUE;
		for (size_t i = 0; i < RDAP_FIELDS; i++)
			c->of[k].state[i] = MAX(c->of[k].state[i], now[i]);
	}
}

/* What the server states goes before what is seen, but for a value that stands
 * there: that one is replaced or cut (RFC 9537 sections 3.3 and 3.4). */
static void
state_redacted(struct rdap_contacts *c, const struct rdap_redaction *d)
{
	for (size_t k = 0; k < G_N_ELEMENTS(roles); k++) {
		if (strcmp(roles[k], d->role) != 0)
			continue;
		for (size_t i = 0; i < RDAP_FIELDS; i++)
			if (d->field == i || d->field == FIELD_ALL)
				c->of[k].state[i] = c->of[k].state[i] ==
				    STATE_GIVEN && d->field == i ?
				    STATE_REPLACED : MAX(c->of[k].state[i],
				    STATE_REDACTED);
	}
}

/* The fields in a state, from this one on, as a list. */
static void
put_fields(GString *out, const enum state of[RDAP_FIELDS], size_t from)
{
	json_key(out, states[of[from]]);
	json_open(out, '[');
	for (size_t i = from; i < RDAP_FIELDS; i++)
		if (of[i] == of[from])
			json_item(out, fields[i]);
	json_close(out, ']');
}

static void
contact_fact(const struct rdap_contacts *c, const struct rdap *r, size_t k)
{
	const enum state *of = c->of[k].state;
	/* Of a contact that is not there nothing more is absent. */
	unsigned done = c->of[k].there ? 0 : 1u << STATE_ABSENT;

	fact_open(r->out, FACT_RDAP_CONTACT, r->subject);
	json_put_plain(r->out, "role", roles[k]);
	json_put_bool(r->out, "there", c->of[k].there);
	for (size_t i = 0; i < RDAP_FIELDS; i++) {
		if ((done & 1u << of[i]) == 0)
			put_fields(r->out, of, i);
		done |= 1u << of[i];
	}
	rdap_close(r);
}

static gboolean
is_domain(const struct rdap *r)
{
	const char *class = rdap_str(r->object, "objectClassName");

	return *class == '\0' || g_ascii_strcasecmp(class, "domain") == 0;
}

void
rdap_contacts_end(struct rdap_contacts *c, const struct rdap *r)
{
	rdap_redacted_facts(r);
	for (guint i = 0; i < r->redactions->len; i++)
		state_redacted(c, &g_array_index(r->redactions,
		    struct rdap_redaction, i));
	/* A domain has contacts; a name server or an organisation is one. */
	for (size_t k = 0; k < G_N_ELEMENTS(roles); k++)
		if (c->of[k].there || is_domain(r))
			contact_fact(c, r, k);
	g_free(c);
}
