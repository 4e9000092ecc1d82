/*
 * Reads objects of attributes (RFC 2622 in form): blocks between blank lines,
 * the domain in one of them, and contacts in others that it names by handle.
 *
 * Of a contact only who it is becomes a field, in the roles in which the domain
 * names it; its own dates are not the domain's.  A handle that no block of the
 * answer resolves is a field that says so: it is not followed elsewhere.
 */

#include <string.h>

#include "probes/whois.h"

#define REFS	16	/* handles that a domain names */

struct block {
	guint	 from, to;	/* lines */
	gint	 handle;	/* line of its handle, -1 none */
	gint	 first;		/* its first line with a key */
	gint	 remark;	/* the comment above it, -1 none */
};

struct ref {
	enum whois_role	 role;
	guint		 line;
	gboolean	 resolved;
};

struct objects {
	const struct whois_text		*t;
	const struct whois_layout	*layout;
	const char			*subject;
	GArray				*out;
	GArray				*blocks;
	gint				 own;	/* the domain's block */
	struct ref			 refs[REFS];
	guint				 n_refs;
};

static const char *const handle_keys[] = {
	"nic-hdl", "nic-hdl-br", "id", "handle", "nsset", "keyset",
	"norid handle",
};

static gboolean
same_value(const struct objects *o, guint a, guint b)
{
	const struct whois_line *x = whois_line(o->t, a);
	const struct whois_line *y = whois_line(o->t, b);

	return x->value_len == y->value_len && x->value_len > 0 &&
	    g_ascii_strncasecmp(o->t->text + x->value, o->t->text + y->value,
	    x->value_len) == 0;
}

/* ---- the blocks */

/* Whether the key stands in a list of keys with blanks around each. */
static gboolean
in_list(const char *list, const char *key)
{
	gsize n = strlen(key);

	for (const char *p = list; p != NULL; p = strchr(p + 1, ' '))
		if (strncmp(p + 1, key, n) == 0 && p[n + 1] == ' ')
			return TRUE;
	return FALSE;
}

/* "source" is the last attribute of an object (RFC 2622), and some keys are the
 * first of one: blank lines are lost on the way through some programs. */
static gboolean
begins_block(const struct objects *o, const struct block *b, guint i)
{
	char key[WHOIS_KEY + 1], before[WHOIS_KEY + 1];
	const struct whois_line *l = whois_line(o->t, i);

	if (b->first < 0 || l->key_len == 0 || i == 0)
		return FALSE;
	whois_key(o->t, whois_line(o->t, i - 1), before);
	if (strcmp(before, "source") == 0)
		return TRUE;
	if (o->layout->begins == NULL)
		return FALSE;
	whois_key(o->t, l, key);
	return strcmp(key, before) != 0 && (in_list(o->layout->begins, key) ||
	    (o->own >= 0 && (guint)o->own < o->blocks->len &&
	    in_list(o->layout->sets, key)));
}

static void
note_line(struct objects *o, struct block *b, guint i)
{
	const struct whois_line *l = whois_line(o->t, i);
	char key[WHOIS_KEY + 1];

	if (l->key_len == 0) {
		if (b->first < 0 && l->len > l->indent &&
		    o->t->text[l->offset + l->indent] == '%' &&
		    l->value_len < WHOIS_KEY && strchr("=-",
		    o->t->text[l->offset + l->len - 1]) == NULL)
			b->remark = (gint)i;
		return;
	}
	whois_key(o->t, l, key);
	for (size_t k = 0; k < G_N_ELEMENTS(handle_keys); k++)
		if (b->handle < 0 && strcmp(handle_keys[k], key) == 0)
			b->handle = (gint)i;
	/* "contact: HANDLE" begins a block; inside one it is a name. */
	if (b->first < 0 && strcmp(key, "contact") == 0)
		b->handle = (gint)i;
	if (b->first < 0)
		b->first = (gint)i;
	if (o->own < 0 && g_strcmp0(whois_word_plain(key), "domain") == 0)
		o->own = (gint)o->blocks->len;
}

static void
find_blocks(struct objects *o, guint from)
{
	struct block b = { from, from, -1, -1, -1 };
	guint at;

	for (guint i = from; i <= o->t->lines->len; i++) {
		gboolean end = i == o->t->lines->len ||
		    whois_line_empty(whois_line(o->t, i));

		if (!end && !begins_block(o, &b, i)) {
			note_line(o, &b, i);
			continue;
		}
		b.to = i;
		if (b.first >= 0)
			g_array_append_val(o->blocks, b);
		at = end ? i + 1 : i;
		b = (struct block){ at, at, -1, -1, -1 };
		if (!end)
			note_line(o, &b, i);
	}
}

/* A domain's name may stand in a block of its own, above what is said of it. */
static void
join_own(struct objects *o)
{
	struct block *own, *next;
	char key[WHOIS_KEY + 1];

	if (o->own < 0 || (guint)o->own + 1 >= o->blocks->len)
		return;
	own = &g_array_index(o->blocks, struct block, o->own);
	next = own + 1;
	whois_key(o->t, whois_line(o->t, (guint)next->first), key);
	if ((own->to - own->from > 2 && strcmp(key,
	    "additional information") != 0) || next->handle >= 0)
		return;
	own->to = next->to;
	g_array_remove_index(o->blocks, (guint)o->own + 1);
}

static const struct block *
block_at(const struct objects *o, guint i)
{
	return &g_array_index(o->blocks, struct block, i);
}

/* ---- which contacts the domain names */

static void
find_refs(struct objects *o, const struct block *b, enum whois_role only)
{
	char key[WHOIS_KEY + 1];

	for (guint i = b->from; i < b->to && o->n_refs < REFS; i++) {
		const struct whois_line *l = whois_line(o->t, i);
		enum whois_role role;

		if (l->key_len == 0 || l->value_len == 0)
			continue;
		whois_key(o->t, l, key);
		if (whois_layout_key(o->layout, "", key) != NULL)
			continue;
		role = whois_word_role(key);
		if (role != ROLE_NONE && role != ROLE_OTHER &&
		    role != ROLE_RESELLER &&
		    (only == ROLE_NONE || role == only))
			o->refs[o->n_refs++] = (struct ref){ role, i, FALSE };
	}
}

/* Of a set of name servers, which has a technical contact where the domain has
 * none (.cz). */
static void
find_set_refs(struct objects *o)
{
	char key[WHOIS_KEY + 1];

	for (guint k = 0; k < o->n_refs; k++)
		if (o->refs[k].role == ROLE_TECH)
			return;
	for (guint i = 0; i < o->blocks->len; i++) {
		const struct block *b = block_at(o, i);

		whois_key(o->t, whois_line(o->t, (guint)b->first), key);
		if (strcmp(key, "nsset") == 0)
			find_refs(o, b, ROLE_TECH);
	}
}

/* Whether the block is the contact of the reference. */
static gboolean
is_of(const struct objects *o, const struct block *b, const struct ref *r)
{
	char key[WHOIS_KEY + 1];

	if (b->handle >= 0)
		return same_value(o, (guint)b->handle, r->line);
	if (r->role != ROLE_REGISTRAR)
		return FALSE;
	whois_key(o->t, whois_line(o->t, (guint)b->first), key);
	return strcmp(key, "registrar") == 0 &&
	    same_value(o, (guint)b->first, r->line);
}

static void
resolve(struct objects *o)
{
	for (guint i = 0; i < o->blocks->len; i++)
		for (guint k = 0; (gint)i != o->own && k < o->n_refs; k++)
			if (is_of(o, block_at(o, i), &o->refs[k]))
				o->refs[k].resolved = TRUE;
}

/* ---- fields */

static void
give(struct objects *o, guint i, const char *field, const char *key)
{
	const struct whois_line *l = whois_line(o->t, i);

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
	/* "descr": the first line names, the others say where. */
	if (field != NULL && strcmp(field, "holder") == 0 &&
	    strcmp(key, "descr") == 0 && has(o, "holder"))
		field = "holder_street";
	if (field != NULL && *field != '\0')
		give(o, i, field, key);
}

/* "type: ORGANIZATION": what is called "contact" or "name" is one. */
static gboolean
is_organization(const struct objects *o, const struct block *b)
{
	char key[WHOIS_KEY + 1];

	for (guint i = b->from; i < b->to; i++) {
		const struct whois_line *l = whois_line(o->t, i);

		if (l->key_len != 4 || l->value_len < 3)
			continue;
		whois_key(o->t, l, key);
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
	char key[WHOIS_KEY + 1];

	whois_key(o->t, l, key);
	if (o->layout->titled || (l->bracket && l->value_len == 0))
		return whois_word_role(key);
	if (strcmp(key, "contact") != 0 || l->value_len >= WHOIS_KEY)
		return ROLE_NONE;
	whois_plain(o->t->text + l->value, l->value_len, key, sizeof(key));
	return whois_word_role(key);
}

/* The roles in which a block stands: a bit each. */
static unsigned
roles_of(const struct objects *o, const struct block *b)
{
	unsigned roles = 0;
	char key[WHOIS_KEY + 1];

	for (guint k = 0; k < o->n_refs; k++)
		if (o->refs[k].resolved && is_of(o, b, &o->refs[k]))
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
	char first[WHOIS_KEY + 1];
	const char *field;

	for (guint k = 0; k < o->n_refs; k++)
		if (o->refs[k].line == i) {
			give_ref(o, &o->refs[k], key);
			return;
		}
	whois_key(o->t, whois_line(o->t, (guint)b->first), first);
	field = g_str_has_prefix(first, "registrar ") ?
	    whois_layout_key(o->layout, "", key) : NULL;
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

static void
read_block(struct objects *o, guint n)
{
	const struct block *b = block_at(o, n);
	unsigned roles = (gint)n == o->own ? 0 : roles_of(o, b);
	char key[WHOIS_KEY + 1];

	for (guint i = b->from; i < b->to; i++) {
		const struct whois_line *l = whois_line(o->t, i);

		if (l->key_len == 0 && roles != 0)
			keyless_line(o, roles, i);
		if (l->key_len == 0 || l->value_len == 0)
			continue;
		whois_key(o->t, l, key);
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
	const struct block *b = block_at(o, n);
	const struct whois_line *l = whois_line(o->t, (guint)b->first);
	char key[WHOIS_KEY + 1];
	gboolean other = FALSE;

	if ((gint)n == o->own)
		return FALSE;
	whois_key(o->t, l, key);
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

	find_blocks(&o, from);
	join_own(&o);
	if (o.own >= 0) {
		find_refs(&o, block_at(&o, (guint)o.own), ROLE_NONE);
		find_set_refs(&o);
		resolve(&o);
		for (guint i = 0; i < o.blocks->len &&
		    out->len < WHOIS_FIELDS && !is_other(&o, i); i++)
			read_block(&o, i);
	}
	g_array_unref(o.blocks);
}
