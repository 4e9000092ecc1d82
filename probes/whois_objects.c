/*
 * Reads objects of attributes (RFC 2622 in form): blocks between blank lines,
 * the domain in one of them, and contacts in others that it names by handle.
 *
 * Of a contact only who it is becomes a field, in the roles in which the domain
 * names it; its own dates are not the domain's.  A handle that no block of the
 * answer resolves is a field that says so: it is not followed elsewhere.
 */

#include <string.h>

#include "probes/rdap_words.h"
#include "probes/whois_objects_priv.h"

/* ---- fields */

static void
give(struct objects *o, guint i, const char *field, const char *key)
{
	const struct whois_line *l = whois_line(o->t, i);

	/* Of some roles nothing is known but how they are reached. */
	if (field == NULL)
		return;
	whois_found_add(o->out, field, strcmp(field, "holder") == 0 ?
	    whois_word_part(key) : NULL, i, l->value, l->value_len);
}

/* No blank, and a digit or a hyphen: "CA100-TEST". */
static gboolean
handle_like(const char *s, gsize len)
{
	gboolean sign = FALSE;

	for (gsize i = 0; i < len; i++) {
		if (s[i] == ' ' || s[i] == '@' || s[i] == '/')
			return FALSE;
		sign = sign || g_ascii_isdigit(s[i]) || s[i] == '-';
	}
	return sign;
}

static void
give_ref(struct objects *o, const struct ref *r, const char *key)
{
	const struct whois_line *l = whois_line(o->t, r->line);
	gboolean handle = r->resolved || g_str_has_suffix(key, "-c") ||
	    handle_like(o->t->text + l->value, l->value_len);
	guint before = o->out->len;

	if (r->role == ROLE_REGISTRAR && r->resolved && o->layout->titled) {
		give(o, r->line, "registrar_handle", "");
		return;
	}
	if (r->role == ROLE_REGISTRAR || !handle) {
		give(o, r->line, whois_word_of(r->role, "name"), "");
		return;
	}
	give(o, r->line, whois_word_handle(r->role), "");
	if (o->out->len > before)
		g_array_index(o->out, struct whois_field, before).unfollowed =
		    !r->resolved;
}

/* What a domain's own block says of its holder without a contact object. */
static const char *
holder_word(const char *key)
{
	static const char *const words[] = {
		"person", "org", "organization", "country", "e-mail", "email",
		"phone", "fax-no", "address",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (strcmp(words[i], key) == 0)
			return whois_word_of(ROLE_HOLDER, key);
	return NULL;
}

static gboolean
has(const struct objects *o, const char *field)
{
	for (guint i = 0; i < o->out->len; i++)
		if (strcmp(g_array_index(o->out, struct whois_field, i).field,
		    field) == 0)
			return TRUE;
	return FALSE;
}

static void
own_line(struct objects *o, guint i, const char *key)
{
	const char *field = whois_layout_key(o->layout, "", key);

	for (guint k = 0; k < o->n_refs; k++)
		if (o->refs[k].line == i) {
			give_ref(o, &o->refs[k], key);
			return;
		}
	if (field == NULL)
		field = whois_word_plain(key);
	if (field == NULL)
		field = holder_word(key);
	if (field == NULL && strcmp(key, "reseller") != 0)
		field = whois_word_both(key);
	else if (field == NULL)
		field = "reseller";
	/* "descr": the first line names, the others say where, or what. */
	if (field != NULL && strcmp(field, "holder") == 0 &&
	    strcmp(key, "descr") == 0 && has(o, "holder")) {
		field = whois_layout_key(o->layout, "", "descr+");
		field = field != NULL ? field : "holder_street";
	}
	if (field != NULL && *field != '\0')
		give(o, i, field, key);
}

/* "type: ORGANIZATION": what is called "contact" or "name" is one. */
static gboolean
is_organization(const struct objects *o, const struct block *b)
{
	const char *key;

	for (guint i = b->from; i < b->to; i++) {
		const struct whois_line *l = whois_line(o->t, i);

		if (l->key_len != 4 || l->value_len < 3)
			continue;
		key = whois_key(o->t, l);
		if (strcmp(key, "type") == 0)
			return g_ascii_strncasecmp(o->t->text + l->value, "org",
			    3) == 0;
	}
	return FALSE;
}

static const char *
attribute(const struct objects *o, const struct block *b, const char *key)
{
	return (strcmp(key, "contact") == 0 || strcmp(key, "name") == 0) &&
	    is_organization(o, b) ? "organization" : key;
}

static void
contact_line(struct objects *o, const struct block *b, guint i,
    enum whois_role role, const char *key)
{
	const char *field = (gint)i == b->handle ? NULL :
	    whois_layout_key(o->layout, "contact", key);

	if (field == NULL && (gint)i != b->handle &&
	    !(role == ROLE_REGISTRAR && strcmp(key, "registrar") == 0)) {
		key = attribute(o, b, key);
		field = whois_word_of(role, key);
	}
	if (field == NULL && o->layout->titled && (gint)i == b->first &&
	    (gint)i != b->handle)
		field = whois_word_handle(role);
	/* "% Registrar:" above "registrar: HANDLE" (.ua) */
	if (role == ROLE_REGISTRAR && b->remark >= 0 &&
	    (gint)i == b->first && strcmp(key, "registrar") == 0)
		field = whois_word_handle(role);
	if (field == NULL && role == ROLE_REGISTRAR)
		field = g_str_has_prefix(key, "abuse-") ?
		    whois_word_plain(key) : NULL;
	if (field != NULL && *field != '\0')
		give(o, i, field, key);
}

/* "[Tech-C]" above it, "contact: administrative" in its first line, and where
 * blocks have titles any word for a role. */
static enum whois_role
role_of_first(const struct objects *o, const struct block *b)
{
	const struct whois_line *l = whois_line(o->t, (guint)b->first);
	const char *key = whois_key(o->t, l);
	char value[WHOIS_KEY + 1];

	if (o->layout->titled || (l->bracket && l->value_len == 0))
		return whois_word_role(key);
	if (strcmp(key, "contact") != 0 || l->value_len >= WHOIS_KEY)
		return ROLE_NONE;
	whois_plain(o->t->text + l->value, l->value_len, value, sizeof(value));
	return whois_word_role(value);
}

/* The roles in which a block stands: a bit each. */
static unsigned
roles_of(const struct objects *o, const struct block *b)
{
	unsigned roles = 0;
	char key[WHOIS_KEY + 1];

	for (guint k = 0; k < o->n_refs; k++)
		if (o->refs[k].resolved && whois_block_is_of(o, b, &o->refs[k]))
			roles |= 1u << o->refs[k].role;
	if (roles == 0 && b->remark >= 0) {
		const struct whois_line *l = whois_line(o->t,
		    (guint)b->remark);

		whois_plain(o->t->text + l->value, l->value_len, key,
		    sizeof(key));
		roles = 1u << whois_word_role(key);
	}
	if (roles == 0)
		roles = 1u << role_of_first(o, b);
	return roles & ~(1u << ROLE_NONE) & ~(1u << ROLE_OTHER);
}

/* Whether a block that begins with that key speaks of the domain with it. */
static gboolean
belongs(const char *field, const char *first)
{
	const char *of = whois_word_plain(first);

	if (g_str_has_prefix(field, "ns") || g_str_has_prefix(field, "ds") ||
	    strcmp(field, "dnskey") == 0)
		return g_str_has_prefix(first, "ns") ||
		    g_str_has_prefix(first, "keyset") ||
		    g_str_has_prefix(first, "ds-") ||
		    g_str_has_prefix(first, "key");
	if (strcmp(field, "created") == 0 || strcmp(field, "changed") == 0)
		return g_strcmp0(of, "created") == 0;
	return g_str_has_prefix(field, "registrar") &&
	    g_str_has_prefix(first, "registrar ");
}

/* Lists of name servers, words on the registrar and dates, in blocks of their
 * own. */
static void
other_line(struct objects *o, const struct block *b, guint i, const char *key)
{
	const char *first;
	const char *field;

	for (guint k = 0; k < o->n_refs; k++)
		if (o->refs[k].line == i) {
			give_ref(o, &o->refs[k], key);
			return;
		}
	first = whois_key(o->t, whois_line(o->t, (guint)b->first));
	field = whois_layout_key(o->layout, "", key);
	if (field == NULL)
		field = whois_word_plain(key);
	if (field == NULL)
		field = whois_word_both(key);
	if (field != NULL && belongs(field, first))
		give(o, i, field, key);
}

/* "address      1 First Street": an attribute without its colon (.il). */
static void
keyless_line(struct objects *o, unsigned roles, guint i)
{
	const struct whois_line *l = whois_line(o->t, i);
	const char *s = o->t->text + l->value;
	gsize n = l->value_len, word = 0;
	char key[WHOIS_KEY + 1];

	while (word < n && s[word] != ' ')
		word++;
	if (word + 1 >= n || word + 1 >= WHOIS_KEY)
		return;
	whois_plain(s, word, key, sizeof(key) - 1);
	memcpy(key + strlen(key), " ", 2);
	if (whois_layout_key(o->layout, "", key) == NULL)
		return;
	key[strlen(key) - 1] = '\0';
	while (word < n && s[word] == ' ')
		word++;
	for (int r = ROLE_HOLDER; r < ROLE_OTHER; r++)
		if (roles & (1u << r))
			whois_found_add(o->out, whois_word_of(
			    (enum whois_role)r, key), NULL, i,
			    l->value + word, n - word);
}

/* "Domain holder:", and "NOT DISCLOSED" on the line below (.si). */
static void
hidden_contact(struct objects *o, const struct block *b)
{
	guint i = (guint)b->first;
	const struct whois_line *l = whois_line(o->t, i), *below;
	const char *field;
	g_autofree char *s = NULL;

	if (l->value_len > 0 || i + 1 >= b->to)
		return;
	below = whois_line(o->t, i + 1);
	field = whois_word_of(whois_word_role(whois_key(o->t, l)), "name");
	if (below->key_len > 0 || field == NULL)
		return;
	s = whois_utf8(o->t, below->value, below->value_len);
	if (rdap_withheld_whois(s))
		give(o, i + 1, field, "");
}

static void
read_block(struct objects *o, guint n)
{
	const struct block *b = whois_block_at(o, n);
	unsigned roles = (gint)n == o->own ? 0 : roles_of(o, b);
	const char *key;

	if ((gint)n != o->own && roles == 0)
		hidden_contact(o, b);
	for (guint i = b->from; i < b->to; i++) {
		const struct whois_line *l = whois_line(o->t, i);

		if (l->key_len == 0 && roles != 0)
			keyless_line(o, roles, i);
		if (l->key_len == 0 || l->value_len == 0)
			continue;
		key = whois_key(o->t, l);
		if ((gint)n == o->own)
			own_line(o, i, key);
		else if (roles == 0)
			other_line(o, b, i, key);
		for (int r = ROLE_HOLDER; r < ROLE_OTHER; r++)
			if (roles & (1u << r))
				contact_line(o, b, i, (enum whois_role)r, key);
	}
}

/* Another domain's block, and whatever follows it, is another record. */
static gboolean
is_other(const struct objects *o, guint n)
{
	const struct block *b = whois_block_at(o, n);
	const struct whois_line *l = whois_line(o->t, (guint)b->first);
	const char *key;
	gboolean other = FALSE;

	if ((gint)n == o->own)
		return FALSE;
	key = whois_key(o->t, l);
	if (g_strcmp0(whois_word_plain(key), "domain") != 0)
		return FALSE;
	whois_names(o->t, l, o->subject, &other);
	return other;
}

void
whois_objects(const struct whois_text *t, const struct whois_layout *layout,
    guint from, const char *subject, GArray *out)
{
	struct objects o = { .t = t, .layout = layout, .subject = subject,
	    .out = out, .own = -1,
	    .blocks = g_array_new(FALSE, FALSE, sizeof(struct block)) };

	whois_blocks_find(&o, from);
	if (o.own >= 0) {
		for (guint i = 0; i < o.blocks->len &&
		    out->len < WHOIS_FIELDS && !is_other(&o, i); i++)
			read_block(&o, i);
	}
	g_array_unref(o.blocks);
}
