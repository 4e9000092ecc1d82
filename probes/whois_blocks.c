/*
 * The blocks of an answer in objects: where each begins and ends, which is the
 * domain's, and which contacts that one names.
 */

#include <string.h>

#include "probes/whois_objects_priv.h"

static const char *const handle_keys[] = {
	"nic-hdl", "nic-hdl-br", "id", "handle", "nsset", "keyset",
	"norid handle", "nic-handle", "hun-id", "contact-handle",
	"contact-hdl",
};

static gboolean
same_value(const struct objects *o, guint a, guint b)
{
	const struct whois_line *x = whois_line(o->t, a);
	const struct whois_line *y = whois_line(o->t, b);

	/* "admin-c: KIN-1 ana@kino.example" (joker.com) */
	return x->value_len > 0 && (x->value_len == y->value_len ||
	    (x->value_len < y->value_len &&
	    o->t->text[y->value + x->value_len] == ' ' &&
	    memchr(o->t->text + y->value, '@', y->value_len) != NULL)) &&
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
	const char *key, *before;
	const struct whois_line *l = whois_line(o->t, i);

	if (b->first < 0 || l->key_len == 0 || i == 0)
		return FALSE;
	before = whois_key(o->t, whois_line(o->t, i - 1));
	if (strcmp(before, "source") == 0)
		return TRUE;
	if (o->layout->begins == NULL)
		return FALSE;
	key = whois_key(o->t, l);
	return strcmp(key, before) != 0 && (in_list(o->layout->begins, key) ||
	    (o->own >= 0 && (guint)o->own < o->blocks->len &&
	    in_list(o->layout->sets, key)));
}

static void
note_line(struct objects *o, struct block *b, guint i)
{
	const struct whois_line *l = whois_line(o->t, i);
	const char *key;

	if (l->key_len == 0) {
		if (b->first < 0 && l->len > l->indent &&
		    o->t->text[l->offset + l->indent] == '%' &&
		    l->value_len < WHOIS_KEY && strchr("=-",
		    o->t->text[l->offset + l->len - 1]) == NULL)
			b->remark = (gint)i;
		return;
	}
	key = whois_key(o->t, l);
	for (size_t k = 0; k < G_N_ELEMENTS(handle_keys); k++)
		if (b->handle < 0 && *handle_keys[k] == *key &&
		    strcmp(handle_keys[k], key) == 0)
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

/* A domain's name may stand in a block of its own, above what is said of it:
 * whether there was one to join. */
static gboolean
join_own(struct objects *o)
{
	struct block *own, *next;
	const char *key;

	if (o->own < 0 || (guint)o->own + 1 >= o->blocks->len)
		return FALSE;
	own = &g_array_index(o->blocks, struct block, o->own);
	next = own + 1;
	key = whois_key(o->t, whois_line(o->t, (guint)next->first));
	if ((own->to - own->from > 2 && !o->layout->joined && strcmp(key,
	    "additional information") != 0) || next->handle >= 0)
		return FALSE;
	own->to = next->to;
	g_array_remove_index(o->blocks, (guint)o->own + 1);
	return TRUE;
}

const struct block *
whois_block_at(const struct objects *o, guint i)
{
	return &g_array_index(o->blocks, struct block, i);
}

/* ---- which contacts the domain names */

static void
find_refs(struct objects *o, const struct block *b, enum whois_role only)
{
	const char *key;

	for (guint i = b->from; i < b->to && o->n_refs < REFS; i++) {
		const struct whois_line *l = whois_line(o->t, i);
		enum whois_role role;

		if (l->key_len == 0 || l->value_len == 0)
			continue;
		key = whois_key(o->t, l);
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
 * none (.cz); its name is not always given (.fo). */
static void
find_set_refs(struct objects *o)
{
	const char *key;

	for (guint k = 0; k < o->n_refs; k++)
		if (o->refs[k].role == ROLE_TECH)
			return;
	for (guint i = 0; i < o->blocks->len; i++) {
		const struct block *b = whois_block_at(o, i);

		key = whois_key(o->t, whois_line(o->t, (guint)b->first));
		if (strcmp(key, "nsset") == 0 || strcmp(key, "nserver") == 0)
			find_refs(o, b, ROLE_TECH);
	}
}

/* Whether the block is the contact of the reference. */
gboolean
whois_block_is_of(const struct objects *o, const struct block *b, const struct ref *r)
{
	const char *key = whois_key(o->t, whois_line(o->t, (guint)b->first));

	/* A set of servers may have a contact's name. */
	if (b->handle >= 0)
		return same_value(o, (guint)b->handle, r->line) &&
		    strcmp(key, "nsset") != 0 && strcmp(key, "keyset") != 0;
	if (r->role != ROLE_REGISTRAR)
		return FALSE;
	return strcmp(key, "registrar") == 0 &&
	    same_value(o, (guint)b->first, r->line);
}

static void
resolve(struct objects *o)
{
	for (guint i = 0; i < o->blocks->len; i++)
		for (guint k = 0; (gint)i != o->own && k < o->n_refs; k++)
			if (whois_block_is_of(o, whois_block_at(o, i), &o->refs[k]))
				o->refs[k].resolved = TRUE;
}

void
whois_blocks_find(struct objects *o, guint from)
{
	find_blocks(o, from);
	while (join_own(o) && o->layout->joined)
		;
	if (o->own < 0)
		return;
	find_refs(o, whois_block_at(o, (guint)o->own), ROLE_NONE);
	find_set_refs(o);
	resolve(o);
}
