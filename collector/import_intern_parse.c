#include "collector/import_intern.h"

#include <string.h>

#define KEY_MAX	256u

/* ---- text */

struct intern {
	GStringChunk	*chunk;
	struct hash_key	 key;
	const char	**slot;
	size_t		 size, used;	/* size is a power of two */
};

struct intern *
intern_new(GStringChunk *chunk, const struct hash_key *key)
{
	struct intern *t = g_new0(struct intern, 1);

	t->chunk = chunk;
	t->key = *key;
	t->size = 1024;
	t->slot = g_new0(const char *, t->size);
	return t;
}

void
intern_free(struct intern *t)
{
	if (t == NULL)
		return;
	g_free(t->slot);
	g_free(t);
}

/* The slot of the text, or the free one where it belongs. */
static const char **
text_slot(const struct intern *t, const char *s, size_t len)
{
	size_t i = hash_keyed(&t->key, s, len) & (t->size - 1);

	while (t->slot[i] != NULL && (strncmp(t->slot[i], s, len) != 0 ||
	    t->slot[i][len] != '\0'))
		i = (i + 1) & (t->size - 1);
	return &t->slot[i];
}

static void
text_grow(struct intern *t)
{
	const char **old = t->slot;
	size_t n = t->size;

	t->size *= 2;
	t->slot = g_new0(const char *, t->size);
	for (size_t i = 0; i < n; i++)
		if (old[i] != NULL)
			*text_slot(t, old[i], strlen(old[i])) = old[i];
	g_free(old);
}

const char *
intern_text(struct intern *t, const char *s, size_t len)
{
	const char **slot;

	if (len == 0)
		return "";
	if (t->used * 4 >= t->size * 3)
		text_grow(t);
	slot = text_slot(t, s, len);
	if (*slot == NULL) {
		*slot = g_string_chunk_insert_len(t->chunk, s, (gssize)len);
		t->used++;
	}
	return *slot;
}

/* ---- rows */

/* A slot is the upper half of the key's hash, and the row's index + 1; 0: free.
 * So most rows need no second look at another, which would not be in cache. */
struct seen {
	const GArray	*rows;
	size_t		 row_size, key_size;
	seen_key_fn	*key;
	struct hash_key	 hash;
	uint64_t	*slot;
	size_t		 size, used;	/* size is a power of two */
};

struct seen *
seen_new(const GArray *rows, size_t key_size, seen_key_fn *key,
    const struct hash_key *hash)
{
	struct seen *s = g_new0(struct seen, 1);

	g_assert(key_size <= KEY_MAX);
	s->rows = rows;
	s->row_size = g_array_get_element_size((GArray *)(uintptr_t)rows);
	s->key_size = key_size;
	s->key = key;
	s->hash = *hash;
	s->size = 1024;
	s->slot = g_new0(uint64_t, s->size);
	return s;
}

void
seen_free(struct seen *s)
{
	if (s == NULL)
		return;
	g_free(s->slot);
	g_free(s);
}

static void
key_of(const struct seen *s, uint32_t i, void *key)
{
	memset(key, 0, s->key_size);
	s->key(s->rows->data + i * s->row_size, key);
}

static gboolean
is_key(const struct seen *s, uint32_t i, const void *key)
{
	uint64_t other[KEY_MAX / 8];

	key_of(s, i, other);
	return memcmp(other, key, s->key_size) == 0;
}

/* Where a slot belongs that no other is the same as. */
static uint64_t *
free_slot(const struct seen *s, uint32_t tag)
{
	size_t i = tag & (s->size - 1);

	while (s->slot[i] != 0)
		i = (i + 1) & (s->size - 1);
	return &s->slot[i];
}

static void
rows_grow(struct seen *s)
{
	uint64_t *old = s->slot;
	size_t n = s->size;

	s->size *= 2;
	s->slot = g_new0(uint64_t, s->size);
	for (size_t i = 0; i < n; i++)
		if (old[i] != 0)
			*free_slot(s, (uint32_t)(old[i] >> 32)) = old[i];
	g_free(old);
}

gboolean
seen_before(struct seen *s, uint32_t row)
{
	uint64_t key[KEY_MAX / 8];
	uint32_t tag;
	size_t i;

	if (s->used * 2 >= s->size)
		rows_grow(s);
	key_of(s, row, key);
	tag = (uint32_t)hash_keyed(&s->hash, key, s->key_size);
	for (i = tag & (s->size - 1); s->slot[i] != 0;
	    i = (i + 1) & (s->size - 1))
		if (s->slot[i] >> 32 == tag &&
		    is_key(s, (uint32_t)s->slot[i] - 1, key))
			return TRUE;
	s->slot[i] = (uint64_t)tag << 32 | (row + 1);
	s->used++;
	return FALSE;
}
