#include "collector/import_intern.h"

#include <string.h>

#define KEY_MAX	256u

static uint64_t
mix(uint64_t h)
{
	h ^= h >> 32;
	h *= UINT64_C(0xd6e8feb86659fd93);
	return h ^ (h >> 29);
}

static uint64_t
hash(const void *data, size_t len)
{
	const unsigned char *p = data;
	uint64_t h = len * UINT64_C(0x9e3779b97f4a7c15), w;

	for (; len >= 8; p += 8, len -= 8) {
		memcpy(&w, p, 8);
		h = mix(h ^ w);
	}
	w = 0;
	memcpy(&w, p, len);
	return mix(mix(h ^ w));
}

/* ---- text */

struct intern {
	GStringChunk	*chunk;
	const char	**slot;
	size_t		 size, used;	/* size is a power of two */
};

struct intern *
intern_new(GStringChunk *chunk)
{
	struct intern *t = g_new0(struct intern, 1);

	t->chunk = chunk;
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
	size_t i = hash(s, len) & (t->size - 1);

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

struct seen {
	const GArray	*rows;
	size_t		 key_size;
	seen_key_fn	*key;
	uint32_t	*slot;		/* index + 1; 0: free */
	size_t		 size, used;
};

struct seen *
seen_new(const GArray *rows, size_t key_size, seen_key_fn *key)
{
	struct seen *s = g_new0(struct seen, 1);

	g_assert(key_size <= KEY_MAX);
	s->rows = rows;
	s->key_size = key_size;
	s->key = key;
	s->size = 1024;
	s->slot = g_new0(uint32_t, s->size);
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
	size_t size = g_array_get_element_size((GArray *)(uintptr_t)s->rows);

	memset(key, 0, s->key_size);
	s->key(s->rows->data + i * size, key);
}

static uint32_t *
row_slot(const struct seen *s, const void *key)
{
	size_t i = hash(key, s->key_size) & (s->size - 1);
	uint64_t other[KEY_MAX / 8];

	while (s->slot[i] != 0) {
		key_of(s, s->slot[i] - 1, other);
		if (memcmp(other, key, s->key_size) == 0)
			break;
		i = (i + 1) & (s->size - 1);
	}
	return &s->slot[i];
}

static void
rows_grow(struct seen *s)
{
	uint32_t *old = s->slot;
	size_t n = s->size;
	uint64_t key[KEY_MAX / 8];

	s->size *= 2;
	s->slot = g_new0(uint32_t, s->size);
	for (size_t i = 0; i < n; i++)
		if (old[i] != 0) {
			key_of(s, old[i] - 1, key);
			*row_slot(s, key) = old[i];
		}
	g_free(old);
}

gboolean
seen_before(struct seen *s, uint32_t i)
{
	uint64_t key[KEY_MAX / 8];
	uint32_t *slot;

	if (s->used * 2 >= s->size)
		rows_grow(s);
	key_of(s, i, key);
	slot = row_slot(s, key);
	if (*slot != 0)
		return TRUE;
	*slot = i + 1;
	s->used++;
	return FALSE;
}
