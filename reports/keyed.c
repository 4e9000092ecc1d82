#include "reports/keyed.h"

#include <string.h>

#include "probes/text.h"
#include "reports/import.h"

/* ---- SipHash-1-3 ------------------------------------------------------------------ */

struct sip { uint64_t v0, v1, v2, v3; };

static inline uint64_t
turn(uint64_t x, unsigned by)
{
	return x << by | x >> (64 - by);
}

static inline void
sip_round(struct sip *s)
{
	s->v0 += s->v1;
	s->v1 = turn(s->v1, 13) ^ s->v0;
	s->v0 = turn(s->v0, 32);
	s->v2 += s->v3;
	s->v3 = turn(s->v3, 16) ^ s->v2;
	s->v0 += s->v3;
	s->v3 = turn(s->v3, 21) ^ s->v0;
	s->v2 += s->v1;
	s->v1 = turn(s->v1, 17) ^ s->v2;
	s->v2 = turn(s->v2, 32);
}

static inline void
sip_word(struct sip *s, uint64_t w)
{
	s->v3 ^= w;
	sip_round(s);
	s->v0 ^= w;
}

uint64_t
hash_keyed(const struct hash_key *key, const void *bytes, size_t len)
{
	struct sip s = {
		key->k[0] ^ UINT64_C(0x736f6d6570736575),
		key->k[1] ^ UINT64_C(0x646f72616e646f6d),
		key->k[0] ^ UINT64_C(0x6c7967656e657261),
		key->k[1] ^ UINT64_C(0x7465646279746573),
	};
	const unsigned char *p = bytes;
	uint64_t last = (uint64_t)len << 56, w = 0;

	for (; len >= 8; p += 8, len -= 8) {
		memcpy(&w, p, 8);
		sip_word(&s, GUINT64_FROM_LE(w));
	}
	w = 0;
	if (len > 0)
		memcpy(&w, p, len);
	sip_word(&s, last | GUINT64_FROM_LE(w));
	s.v2 ^= 0xff;
	for (int i = 0; i < 3; i++)
		sip_round(&s);
	return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

void
hash_key_of(struct hash_key *key, const void *bytes, size_t len)
{
	char hash[65];

	text_sha256(hash, bytes, len);
	for (int i = 0; i < 2; i++) {
		g_autofree char *half = g_strndup(hash + 16 * i, 16);

		key->k[i] = g_ascii_strtoull(half, NULL, 16);
	}
}

static int
by_hash(const void *a, const void *b)
{
	const struct import *const *x = a, *const *y = b;

	return g_strcmp0((*x)->sha256, (*y)->sha256);
}

void
hash_key_of_imports(struct hash_key *key, const GPtrArray *imports)
{
	g_autoptr(GPtrArray) sorted = g_ptr_array_sized_new(imports->len);
	g_autoptr(GString) all = g_string_new(NULL);

	for (guint i = 0; i < imports->len; i++)
		g_ptr_array_add(sorted, imports->pdata[i]);
	g_ptr_array_sort(sorted, by_hash);
	for (guint i = 0; i < sorted->len; i++) {
		const struct import *m = sorted->pdata[i];

		g_string_append(all, m->sha256 != NULL ? m->sha256 : "");
	}
	hash_key_of(key, all->str, all->len);
}

/* ---- a set -------------------------------------------------------------------------- */

struct entry {
	char		*bytes;		/* in the chunk */
	uint32_t	 len, tag;	/* tag: half of its hash */
};

struct keyed {
	struct hash_key	 key;
	GStringChunk	*chunk;
	GArray		*entries;	/* struct entry */
	uint32_t	*slots;		/* number + 1; 0: free */
	uint32_t	 mask;
};

struct keyed *
keyed_new(const struct hash_key *key)
{
	struct keyed *k = g_new0(struct keyed, 1);

	k->key = *key;
	k->chunk = g_string_chunk_new(1024);
	k->entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
	k->mask = 63;
	k->slots = g_new0(uint32_t, k->mask + 1);
	return k;
}

void
keyed_free(struct keyed *k)
{
	if (k == NULL)
		return;
	g_string_chunk_free(k->chunk);
	g_array_unref(k->entries);
	g_free(k->slots);
	g_free(k);
}

static const struct entry *
entry_at(const struct keyed *k, uint32_t slot)
{
	return &g_array_index(k->entries, struct entry, k->slots[slot] - 1);
}

/* The slot of what equals it, or the free one where it belongs. */
static uint32_t
slot_of(const struct keyed *k, uint32_t tag, const void *bytes, size_t len)
{
	uint32_t s = tag & k->mask;

	for (; k->slots[s] != 0; s = (s + 1) & k->mask) {
		const struct entry *e = entry_at(k, s);

		if (e->tag == tag && e->len == len &&
		    memcmp(e->bytes, bytes, len) == 0)
			break;
	}
	return s;
}

static void
slots_grow(struct keyed *k)
{
	k->mask = k->mask * 2 + 1;
	g_free(k->slots);
	k->slots = g_new0(uint32_t, (size_t)k->mask + 1);
	for (uint32_t i = 0; i < k->entries->len; i++) {
		uint32_t s = g_array_index(k->entries, struct entry, i).tag &
		    k->mask;

		while (k->slots[s] != 0)
			s = (s + 1) & k->mask;
		k->slots[s] = i + 1;
	}
}

uint32_t
keyed_add(struct keyed *k, const void *bytes, size_t len)
{
	uint32_t tag = (uint32_t)hash_keyed(&k->key, bytes, len);
	uint32_t s = slot_of(k, tag, bytes, len);
	struct entry e = { .len = (uint32_t)len, .tag = tag };

	if (k->slots[s] != 0)
		return k->slots[s] - 1;
	e.bytes = g_string_chunk_insert_len(k->chunk, bytes, (gssize)len);
	g_array_append_val(k->entries, e);
	k->slots[s] = k->entries->len;
	if (k->entries->len > k->mask / 2)
		slots_grow(k);
	return k->entries->len - 1;
}

uint32_t
keyed_find(const struct keyed *k, const void *bytes, size_t len)
{
	uint32_t tag = (uint32_t)hash_keyed(&k->key, bytes, len);
	uint32_t slot = slot_of(k, tag, bytes, len);

	return k->slots[slot] != 0 ? k->slots[slot] - 1 : KEYED_NONE;
}

uint32_t
keyed_size(const struct keyed *k)
{
	return k->entries->len;
}

gboolean
keyed_add_text(struct keyed *k, const char *text)
{
	uint32_t had = keyed_size(k);

	keyed_add(k, text, strlen(text));
	return keyed_size(k) > had;
}

gboolean
keyed_has_text(const struct keyed *k, const char *text)
{
	return keyed_find(k, text, strlen(text)) != KEYED_NONE;
}
