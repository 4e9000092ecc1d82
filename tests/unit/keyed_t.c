/*
 * Keys that collide in a hash that everybody knows cost no more than others in
 * one that what is read gives the key of.  Such keys are made here for the hashes
 * that these tables once had; with them each test took minutes.
 */

#include <string.h>
#include <time.h>

#include "collector/import_intern.h"
#include "reports/imports_html.h"
#include "reports/repeat.h"
#include "reports/sight.h"
#include "tests/unit/importkit.h"

#define KEYS	100000u
#define SECONDS	4		/* of this program's processor time */

static clock_t begun;

static void
begin(void)
{
	begun = clock();
}

static void
in_time(void)
{
	g_assert_cmpint((clock() - begun) / CLOCKS_PER_SEC, <, SECONDS);
}

/* ---- the hash -------------------------------------------------------------------- */

/* By OpenSSL's and the authors' way: key 00 01 ... 0f, message 00 01 ... */
static void
test_vector(void)
{
	struct hash_key k = { { UINT64_C(0x0706050403020100),
		UINT64_C(0x0f0e0d0c0b0a0908) } }, other = k;
	const unsigned char m[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8 };

	g_assert_cmphex(hash_keyed(&k, m, 0), ==, UINT64_C(0xabac0158050fc4dc));
	for (size_t i = 0; i + 1 < sizeof(m); i++)
		g_assert_cmphex(hash_keyed(&k, m, i), !=,
		    hash_keyed(&k, m, i + 1));
	other.k[1]++;
	g_assert_cmphex(hash_keyed(&k, m, 8), !=, hash_keyed(&other, m, 8));
}

/* The key follows what was imported, and not in which order. */
static void
test_key(void)
{
	struct hash_key a, b, c;
	struct kit k;

	kit_init(&k);
	kit_import(&k, IMPORT_ACTIVITY, "A-1");
	kit_import(&k, IMPORT_ACTIVITY, "A-2");
	hash_key_of_imports(&a, k.rec->imports);
	g_ptr_array_add(k.rec->imports, g_ptr_array_steal_index(k.rec->imports,
	    0));
	hash_key_of_imports(&b, k.rec->imports);
	g_assert_cmphex(a.k[0], ==, b.k[0]);
	g_assert_cmphex(a.k[1], ==, b.k[1]);
	kit_import(&k, IMPORT_ACTIVITY, "A-3");
	hash_key_of_imports(&c, k.rec->imports);
	g_assert_cmphex(a.k[0], !=, c.k[0]);
	kit_clear(&k);
}

static void
test_set(void)
{
	struct hash_key key;
	struct keyed *k;

	hash_key_of(&key, "x", 1);
	k = keyed_new(&key);
	for (uint32_t i = 0; i < 1000; i++)
		g_assert_cmpuint(keyed_add(k, &i, sizeof(i)), ==, i);
	for (uint32_t i = 0; i < 1000; i++) {
		g_assert_cmpuint(keyed_add(k, &i, sizeof(i)), ==, i);
		g_assert_cmpuint(keyed_find(k, &i, sizeof(i)), ==, i);
		g_assert_cmpuint(keyed_find(k, &i, 3), ==, KEYED_NONE);
	}
	g_assert_cmpuint(keyed_size(k), ==, 1000);
	g_assert_true(keyed_add_text(k, ""));
	g_assert_false(keyed_add_text(k, ""));
	g_assert_true(keyed_has_text(k, ""));
	g_assert_false(keyed_has_text(k, "a"));
	keyed_free(k);
}

/* ---- texts ------------------------------------------------------------------------- */

static uint64_t
inverse(uint64_t odd)
{
	uint64_t x = odd;

	for (int i = 0; i < 6; i++)
		x *= 2 - odd * x;
	return x;
}

/* What the hash of texts made of a word, and back. */
#define FACTOR	UINT64_C(0xd6e8feb86659fd93)

static uint64_t
mix(uint64_t h)
{
	h ^= h >> 32;
	h *= FACTOR;
	return h ^ (h >> 29);
}

static uint64_t
unmix(uint64_t h)
{
	h ^= h >> 29 ^ h >> 58;
	h *= inverse(FACTOR);
	return h ^ h >> 32;
}

/* Sixteen bytes without a NUL whose old hash ended in twenty zeros. */
static void
text_colliding(uint64_t *n, char out[16])
{
	const uint64_t first = UINT64_C(0x4141414141414141);
	uint64_t h = mix(16 * UINT64_C(0x9e3779b97f4a7c15) ^ first), w;

	do {
		w = unmix(unmix(unmix(++*n << 20))) ^ h;
		memcpy(out, &first, 8);
		memcpy(out + 8, &w, 8);
	} while (memchr(out, 0, 16) != NULL);
	g_assert_cmphex(mix(mix(mix(h ^ w))) & 0xfffff, ==, 0);
}

static void
test_intern(void)
{
	GStringChunk *chunk = g_string_chunk_new(4096);
	struct hash_key key;
	struct intern *t;
	uint64_t n = 0;
	char text[16];

	hash_key_of(&key, "a file", 6);
	t = intern_new(chunk, &key);
	begin();
	for (uint32_t i = 0; i < KEYS; i++) {
		text_colliding(&n, text);
		intern_text(t, text, sizeof(text));
	}
	in_time();
	intern_free(t);
	g_string_chunk_free(chunk);
}

/* "Ez" and "FY" are one to GLib's hash of strings; so are all words made of
 * seventeen of them. */
static char *
word_colliding(uint32_t i)
{
	GString *s = g_string_new(NULL);

	for (unsigned bit = 0; bit < 17; bit++)
		g_string_append(s, i >> bit & 1 ? "Ez" : "FY");
	g_assert_cmphex(g_str_hash(s->str), ==,
	    g_str_hash("FYFYFYFYFYFYFYFYFYFYFYFYFYFYFYFYFY"));
	return g_string_free(s, FALSE);
}

/* ---- addresses ---------------------------------------------------------------------- */

/* 33 a + b is the same for (a, b) and (a + 1, b - 33). */
static void
ip_colliding(struct inet *ip, uint32_t i)
{
	memset(ip, 0, sizeof(*ip));
	ip->family = 6;
	ip->prefix = 128;
	ip->bytes[0] = 0x20;
	ip->bytes[1] = 0x01;
	for (unsigned k = 4; k < 16; k += 2, i >>= 3) {
		ip->bytes[k] = (uint8_t)(i & 7);
		ip->bytes[k + 1] = (uint8_t)(231 - 33 * (i & 7));
	}
}

/* Each network of 64 bits with the host for which audience.c once had one slot. */
static void
caller_colliding(struct inet *ip, uint32_t i)
{
	uint64_t a, b;

	memset(ip, 0, sizeof(*ip));
	ip->family = 6;
	ip->prefix = 128;
	ip->bytes[0] = 0x26;
	ip->bytes[1] = 0x06;
	memcpy(ip->bytes + 4, &i, sizeof(i));
	memcpy(&a, ip->bytes, 8);
	a = (a ^ 6u) * UINT64_C(0x9e3779b97f4a7c15);
	b = a ^ a >> 29;
	memcpy(ip->bytes + 8, &b, 8);
}

typedef void ip_fn(struct inet *, uint32_t);

static struct import *
log_of(struct kit *k, ip_fn *ip, gboolean parties)
{
	struct import *m = kit_import(k, IMPORT_ACTIVITY, "A-1");

	for (uint32_t i = 0; i < KEYS; i++) {
		struct activity_said said = { "", "", "", "log", "" };
		struct activity a = { .row = i + 1, .time = TIME_UNKNOWN,
			.faults = ROW_TIME_NONE, .when = "" };

		if (parties) {
			g_autofree char *word = word_colliding(i);

			said.party = g_string_chunk_insert(m->chunk, word);
		}
		ip(&a.ip, i);
		a.is = import_said(m, &said);
		g_array_append_val(m->rows, a);
	}
	m->counted = KEYS;
	return m;
}

static void
assess(ip_fn *ip, gboolean parties, guint callers)
{
	struct sight s;
	struct kit k;

	kit_init(&k);
	kit_case(&k);
	log_of(&k, ip, parties);
	begin();
	sight_init(&s, k.rec);
	in_time();
	g_assert_cmpuint(s.audience->callers->len, ==, callers);
	sight_clear(&s);
	kit_clear(&k);
}

static void
test_callers(void)
{
	assess(caller_colliding, FALSE, KEYS);
}

static void
test_parties(void)
{
	assess(ip_colliding, TRUE, KEYS);
}

/* Somebody's look-ups of such addresses. */
static void
test_book(void)
{
	struct kit k;
	struct book *b;
	struct import *m;
	g_autoptr(GPtrArray) roles = g_ptr_array_new();
	struct inet ip;

	kit_init(&k);
	kit_case(&k);
	m = kit_import(&k, IMPORT_GEOLOCATION, "G-1");
	for (uint32_t i = 0; i < KEYS; i++) {
		struct geolocation g = { .row = i + 1, .address = "",
			.database = "d", .build = "", .looked_up = "2026-01-01",
			.place = "US-HI", .radius_km = "", .declarant = "x",
			.source = "" };

		ip_colliding(&g.ip, i);
		g_array_append_val(m->rows, g);
	}
	begin();
	b = book_new(k.rec, roles);
	in_time();
	for (uint32_t i = 0; i < KEYS; i += 999) {
		ip_colliding(&ip, i);
		g_assert_nonnull(book_find(b, &ip));
	}
	ip.bytes[0] = 0x3f;
	g_assert_null(book_find(b, &ip));
	book_free(b);
	kit_clear(&k);
}

static void
say_page(const struct record *rec, const struct sight *sight)
{
	g_autoptr(GString) page = g_string_new(NULL);
	const struct report r = { .rec = rec, .sight = sight };

	begin();
	render_imports_html(&r, page);
	in_time();
	g_assert_nonnull(strstr(page->str, "100,000 distinct addresses"));
}

/* Counted from the rows alone, or by what an assessment put in order. */
static void
test_page(void)
{
	struct import *m;
	struct sight s;
	struct kit k;

	kit_init(&k);
	kit_case(&k);
	m = log_of(&k, ip_colliding, FALSE);
	say_page(k.rec, NULL);
	/* One of them is a range, which no caller has. */
	g_array_index(m->rows, struct activity, 7).ip.prefix = 31;
	g_array_index(m->rows, struct activity, 7).faults |= ROW_IP_RANGE;
	sight_init(&s, k.rec);
	say_page(k.rec, &s);
	sight_clear(&s);
	kit_clear(&k);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/keyed/vector", test_vector);
	g_test_add_func("/keyed/key-of-imports", test_key);
	g_test_add_func("/keyed/set", test_set);
	g_test_add_func("/keyed/cells", test_intern);
	g_test_add_func("/keyed/callers", test_callers);
	g_test_add_func("/keyed/parties", test_parties);
	g_test_add_func("/keyed/look-ups", test_book);
	g_test_add_func("/keyed/page-of-imports", test_page);
	return g_test_run();
}
