#include <string.h>

#include "probes/whois.h"

/* The key of a line (or the heading above it), and the field that it gives. */
struct key {
	const char	*key, *field;
};

struct layout {
	const char		*name;
	const char		*type;	/* of the question, NULL: any */
	const char		*host;	/* of the server, NULL: any */
	const char		*sign;	/* a key that must have a value, NULL: none */
	const char		*unless; /* a key that must not be a heading */
	const struct key	*keys;
	/* Reads fields from a text; the first layout that finds any is it. */
	void	(*read)(const struct whois_text *, const struct layout *,
		    GArray *);
};

static void	read_pairs(const struct whois_text *, const struct layout *,
		    GArray *);
static void	read_objects(const struct whois_text *, const struct layout *,
		    GArray *);
static void	read_sections(const struct whois_text *, const struct layout *,
		    GArray *);

/* What ICANN's contracts once laid down, Verisign's thin form included. */
static const struct key icann_keys[] = {
	{ "domain name",			"domain" },
	{ "registrar",				"registrar" },
	{ "sponsoring registrar",		"registrar" },
	{ "registrar iana id",			"registrar_id" },
	{ "sponsoring registrar iana id",	"registrar_id" },
	{ "registrar whois server",		"refer" },
	{ "whois server",			"refer" },
	{ "registrar abuse contact email",	"abuse_email" },
	{ "creation date",			"created" },
	{ "updated date",			"changed" },
	{ "registry expiry date",		"expires" },
	{ "registrar registration expiration date", "expires" },
	{ "expiration date",			"expires" },
	{ "domain status",			"status" },
	{ "status",				"status" },
	{ "name server",			"ns" },
	{ "registrant",				"holder" },
	{ "registrant name",			"holder" },
	{ "registrant organization",		"holder" },
	{ "registrant country",			"country" },
	{ "registrant email",			"email" },
	{ "dnssec",				"dnssec" },
	{ NULL, NULL },
};

/* Objects of attributes (RFC 2622 in form): .is .fr .ru .br and others. */
static const struct key rpsl_keys[] = {
	{ "domain",		"domain" },
	{ "registrar",		"registrar" },
	{ "registrant",		"holder" },
	{ "holder-c",		"holder" },
	{ "owner",		"holder" },
	{ "person",		"holder" },
	{ "org",		"holder" },
	{ "country",		"country" },
	{ "e-mail",		"email" },
	{ "nserver",		"ns" },
	{ "dnssec",		"dnssec" },
	{ "created",		"created" },
	{ "changed",		"changed" },
	{ "last-update",	"changed" },
	{ "expires",		"expires" },
	{ "expiry date",	"expires" },
	{ "paid-till",		"expires" },
	{ "status",		"status" },
	{ "state",		"status" },
	{ NULL, NULL },
};

/* Headings, and keys under them as "heading/key". */
static const struct key section_keys[] = {
	{ "domain name",			"domain" },
	{ "domain",				"domain" },
	{ "holder of domain name",		"holder" },
	{ "registrant",				"holder" },
	{ "registrant/organisation",		"holder" },
	{ "registrant/organization",		"holder" },
	{ "registrant/name",			"holder" },
	{ "registrar",				"registrar" },
	{ "registrar/name",			"registrar" },
	{ "registrar/organization",		"registrar" },
	{ "first registration date",		"created" },
	{ "relevant dates/registered on",	"created" },
	{ "relevant dates/last updated",	"changed" },
	{ "relevant dates/expiry date",		"expires" },
	{ "creation date",			"created" },
	{ "created",				"created" },
	{ "last update",			"changed" },
	{ "updated date",			"changed" },
	{ "expire date",			"expires" },
	{ "status",				"status" },
	{ "registration status",		"status" },
	{ "dnssec",				"dnssec" },
	{ "name servers",			"ns" },
	{ "nameservers",			"ns" },
	{ "domain nameservers",			"ns" },
	{ NULL, NULL },
};

/* Keys in brackets, as in .jp. */
static const struct key jprs_keys[] = {
	{ "[domain name]",	"domain" },
	{ "[registrant]",	"holder" },
	{ "[name server]",	"ns" },
	{ "[created on]",	"created" },
	{ "[expires on]",	"expires" },
	{ "[last updated]",	"changed" },
	{ "[last update]",	"changed" },
	{ "[status]",		"status" },
	{ "[state]",		"status" },
	{ NULL, NULL },
};

static const struct key iana_keys[] = {
	{ "refer",	"refer" },
	{ "whois",	"refer" },
	{ NULL, NULL },
};

/* Whatever else says "key: value": the words that servers use. */
static const struct key generic_keys[] = {
	{ "domain name",		"domain" },
	{ "domain",			"domain" },
	{ "registrar",			"registrar" },
	{ "registrar name",		"registrar" },
	{ "sponsoring registrar",	"registrar" },
	{ "registrant",			"holder" },
	{ "registrant name",		"holder" },
	{ "registrant organization",	"holder" },
	{ "owner",			"holder" },
	{ "holder",			"holder" },
	{ "organization",		"holder" },
	{ "organisation",		"holder" },
	{ "country",			"country" },
	{ "registrant country",		"country" },
	{ "created",			"created" },
	{ "created on",			"created" },
	{ "creation date",		"created" },
	{ "registered",			"created" },
	{ "registered on",		"created" },
	{ "registered date",		"created" },
	{ "registration date",		"created" },
	{ "changed",			"changed" },
	{ "modified",			"changed" },
	{ "last modified",		"changed" },
	{ "last updated",		"changed" },
	{ "last update",		"changed" },
	{ "updated",			"changed" },
	{ "updated date",		"changed" },
	{ "expires",			"expires" },
	{ "expires on",			"expires" },
	{ "expiry date",		"expires" },
	{ "expiration date",		"expires" },
	{ "expire date",		"expires" },
	{ "status",			"status" },
	{ "domain status",		"status" },
	{ "state",			"status" },
	{ "name server",		"ns" },
	{ "name servers",		"ns" },
	{ "nameserver",			"ns" },
	{ "nserver",			"ns" },
	{ "host name",			"ns" },
	{ "dnssec",			"dnssec" },
	{ NULL, NULL },
};

static const struct layout layouts[] = {
	{
		.name = "iana", .type = "iana",
		.keys = iana_keys, .read = read_pairs,
	}, {
		.name = "jprs", .sign = "[domain name]",
		.keys = jprs_keys, .read = read_pairs,
	}, {
		.name = "icann", .sign = "domain name", .unless = "registrar",
		.keys = icann_keys, .read = read_pairs,
	}, {
		.name = "switch", .host = "whois.nic.ch",
		.keys = section_keys, .read = read_sections,
	}, {
		.name = "switch", .host = "whois.nic.li",
		.keys = section_keys, .read = read_sections,
	}, {
		.name = "rpsl", .sign = "nserver",
		.keys = rpsl_keys, .read = read_objects,
	}, {
		.name = "rpsl", .sign = "nic-hdl",
		.keys = rpsl_keys, .read = read_objects,
	}, {
		.name = "sections",
		.keys = section_keys, .read = read_sections,
	}, {
		.name = "generic",
		.keys = generic_keys, .read = read_pairs,
	},
};

static const char *
field_of(const struct layout *l, const char *key)
{
	for (const struct key *k = l->keys; k->key != NULL; k++)
		if (strcmp(k->key, key) == 0)
			return k->field;
	return NULL;
}

static void
add(GArray *out, const char *field, const struct whois_line *l, guint i)
{
	struct whois_field f = { field, i, l->value, l->value_len };

	if (out->len < WHOIS_FIELDS && f.len > 0 && f.len <= WHOIS_VALUE)
		g_array_append_val(out, f);
}

/* A record ends where the server's own words begin. */
static gboolean
is_end(const struct whois_text *t, const struct whois_line *l)
{
	const char *s = t->bytes + l->offset + l->indent;
	gsize n = l->len - l->indent;

	return (n >= 3 && memcmp(s, ">>>", 3) == 0) ||
	    (l->key != NULL && (strcmp(l->key, "notice") == 0 ||
	    strcmp(l->key, "terms of use") == 0));
}

/* Every line for itself, to the end of the first record. */
static void
read_pairs(const struct whois_text *t, const struct layout *l, GArray *out)
{
	gboolean seen = FALSE;

	for (guint i = 0; i < t->lines->len; i++) {
		const struct whois_line *line = whois_line(t, i);
		const char *field = line->key != NULL ?
		    field_of(l, line->key) : NULL;

		if (is_end(t, line))
			return;
		if (field == NULL)
			continue;
		if (strcmp(field, "domain") == 0 && seen)
			return;
		seen = seen || strcmp(field, "domain") == 0;
		add(out, field, line, i);
	}
}

/* The last line of the block that begins at i. */
static guint
block_end(const struct whois_text *t, guint i)
{
	while (i + 1 < t->lines->len && !whois_line_empty(whois_line(t, i + 1)))
		i++;
	return i;
}

static const struct whois_line *
block_line(const struct whois_text *t, guint from, guint to, const char *key)
{
	for (guint i = from; i <= to; i++) {
		const struct whois_line *l = whois_line(t, i);

		if (l->key != NULL && strcmp(l->key, key) == 0)
			return l;
	}
	return NULL;
}

static gboolean
same_value(const struct whois_text *t, const struct whois_line *a,
    const struct whois_field *b)
{
	return a != NULL && a->value_len == b->len && b->len > 0 &&
	    memcmp(t->bytes + a->value, t->bytes + b->offset, b->len) == 0;
}

/* Whether the block is the contact that the domain names as its holder. */
static gboolean
is_holder(const struct whois_text *t, guint from, guint to, const GArray *out,
    guint own)
{
	const struct whois_line *handle = block_line(t, from, to, "nic-hdl");

	for (guint i = 0; i < own; i++) {
		const struct whois_field *f =
		    &g_array_index(out, struct whois_field, i);

		if (strcmp(f->field, "holder") == 0 && same_value(t, handle, f))
			return TRUE;
	}
	return FALSE;
}

/* Of a contact, only who it is; its own dates are not the domain's. */
static const struct key contact_keys[] = {
	{ "role",	"holder" },
	{ "person",	"holder" },
	{ "org",	"holder" },
	{ "contact",	"holder" },
	{ "country",	"country" },
	{ "e-mail",	"email" },
	{ NULL, NULL },
};

static void
read_block(const struct whois_text *t, const struct layout *l, guint from,
    guint to, GArray *out)
{
	for (guint i = from; i <= to; i++) {
		const struct whois_line *line = whois_line(t, i);
		const char *field = line->key != NULL ?
		    field_of(l, line->key) : NULL;

		if (field != NULL)
			add(out, field, line, i);
	}
}

/* Blocks between blank lines: the domain, and the contact that it names. */
static void
read_objects(const struct whois_text *t, const struct layout *l, GArray *out)
{
	static const struct layout contact = { .keys = contact_keys };
	guint own = 0;

	for (guint i = 0; i < t->lines->len; i++) {
		guint end = block_end(t, i);

		if (own == 0 && block_line(t, i, end, "domain") != NULL) {
			read_block(t, l, i, end, out);
			own = out->len;
		} else if (own > 0 && is_holder(t, i, end, out, own)) {
			read_block(t, &contact, i, end, out);
		}
		i = end;
	}
}

/* Fields of which a section holds many; of the others the first line counts. */
static gboolean
is_list(const char *field)
{
	return strcmp(field, "ns") == 0 || strcmp(field, "status") == 0;
}

/* A line under a heading: "key: value" by both names, else by the heading's. */
static gboolean
section_line(const struct whois_text *t, const struct layout *l,
    const char *heading, guint i, gboolean first, GArray *out)
{
	const struct whois_line *line = whois_line(t, i);
	const char *field;

	if (line->key != NULL) {
		g_autofree char *both = g_strconcat(heading, "/", line->key,
		    NULL);

		field = field_of(l, both);
	} else {
		field = field_of(l, heading);
		if (field != NULL && !first && !is_list(field))
			field = NULL;
	}
	if (field != NULL)
		add(out, field, line, i);
	return field != NULL;
}

/* Reads what stands under the heading at i; returns its last line. */
static guint
section(const struct whois_text *t, const struct layout *l, guint i,
    GArray *out)
{
	const struct whois_line *heading = whois_line(t, i);
	gboolean first = TRUE;

	while (i + 1 < t->lines->len) {
		const struct whois_line *next = whois_line(t, i + 1);

		if (whois_line_empty(next) || (next->key != NULL &&
		    next->indent <= heading->indent))
			break;
		section_line(t, l, heading->key, ++i, first, out);
		first = FALSE;
	}
	return i;
}

static void
read_sections(const struct whois_text *t, const struct layout *l, GArray *out)
{
	for (guint i = 0; i < t->lines->len; i++) {
		const struct whois_line *line = whois_line(t, i);
		const char *field;

		if (is_end(t, line))
			return;
		if (line->key == NULL)
			continue;
		if (line->value_len == 0) {
			i = section(t, l, i, out);
			continue;
		}
		field = field_of(l, line->key);
		if (field != NULL)
			add(out, field, line, i);
	}
}

/* ---- which layout */

static gboolean
has_key(const struct whois_text *t, const char *key)
{
	for (guint i = 0; i < t->lines->len; i++) {
		const struct whois_line *l = whois_line(t, i);

		if (l->key != NULL && strcmp(l->key, key) == 0 &&
		    l->value_len > 0)
			return TRUE;
	}
	return FALSE;
}

/* The key alone on its line, and something below it, further in. */
static gboolean
has_heading(const struct whois_text *t, const char *key)
{
	for (guint i = 0; i + 1 < t->lines->len; i++) {
		const struct whois_line *l = whois_line(t, i);
		const struct whois_line *next = whois_line(t, i + 1);

		if (l->key != NULL && strcmp(l->key, key) == 0 &&
		    l->value_len == 0 && next->indent > l->indent &&
		    !whois_line_empty(next))
			return TRUE;
	}
	return FALSE;
}

static gboolean
fits(const struct layout *l, const struct whois_text *t, const char *type,
    const char *host)
{
	return (l->type == NULL || strcmp(l->type, type) == 0) &&
	    (l->host == NULL || g_ascii_strcasecmp(l->host, host) == 0) &&
	    (l->sign == NULL || has_key(t, l->sign)) &&
	    (l->unless == NULL || !has_heading(t, l->unless));
}

/* Sections count where they gave more than a heading and its name. */
static gboolean
enough(const GArray *fields)
{
	for (guint i = 0; i < fields->len; i++) {
		const struct whois_field *f =
		    &g_array_index(fields, struct whois_field, i);

		if (strcmp(f->field, "domain") != 0 &&
		    strcmp(f->field, "status") != 0)
			return TRUE;
	}
	return FALSE;
}

void
whois_layout_read(const struct whois_text *t, const char *type,
    const char *host, struct whois_found *found)
{
	found->layout = "unread";
	found->fields = g_array_new(FALSE, FALSE, sizeof(struct whois_field));
	for (size_t i = 0; i < G_N_ELEMENTS(layouts); i++) {
		if (!fits(&layouts[i], t, type, host))
			continue;
		layouts[i].read(t, &layouts[i], found->fields);
		found->layout = layouts[i].name;
		if (enough(found->fields) || layouts[i].type != NULL ||
		    (i + 1 == G_N_ELEMENTS(layouts) && found->fields->len > 0))
			return;
		g_array_set_size(found->fields, 0);
	}
	found->layout = "unread";
}

void
whois_found_clear(struct whois_found *found)
{
	g_clear_pointer(&found->fields, g_array_unref);
}
