/*
 * geoip/: databases made here, byte by byte, so that nothing is downloaded;
 * then the same databases shortened and damaged.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "geoip/file_hash.h"
#include "geoip/geo.h"
#include "geoip/record.h"

/* ---- a writer of MaxMind DB 2.0 (24-bit records), as small as it gets */

enum {
	T_STRING = 2, T_DOUBLE, T_BYTES, T_UINT16, T_UINT32, T_MAP, T_INT32,
	T_UINT64, T_UINT128, T_ARRAY, T_BOOL = 14, T_FLOAT,
};

struct writer {
	uint32_t	 node[1024][2];	/* 0: empty; data: offset | DATA */
	uint32_t	 nodes;
	GByteArray	*data;
};

#define DATA	0x800000u

static void
put(GByteArray *b, uint64_t n, unsigned bytes)
{
	while (bytes-- > 0)
		g_byte_array_append(b, &(uint8_t){ (uint8_t)(n >> 8 * bytes) }, 1);
}

static void
head(GByteArray *b, unsigned type, unsigned size)
{
	unsigned small = size < 29 ? size : 29;

	put(b, (type <= T_MAP ? type << 5 : 0) | small, 1);
	if (type > T_MAP)
		put(b, type - T_MAP, 1);
	if (size >= 29)
		put(b, size - 29, 1);
}

static void
string(GByteArray *b, const char *s)
{
	head(b, T_STRING, (unsigned)strlen(s));
	g_byte_array_append(b, (const uint8_t *)s, (unsigned)strlen(s));
}

static void
number(GByteArray *b, unsigned type, uint64_t n, unsigned bytes)
{
	head(b, type, bytes);
	put(b, n, bytes);
}

static void
dbl(GByteArray *b, double d)
{
	uint64_t n;

	memcpy(&n, &d, sizeof(n));
	number(b, T_DOUBLE, n, 8);
}

static void
flt(GByteArray *b, float f)
{
	uint32_t n;

	memcpy(&n, &f, sizeof(n));
	number(b, T_FLOAT, n, 4);
}

static void
pointer(GByteArray *b, uint32_t to)
{
	g_assert_cmpuint(to, <, 2048);
	put(b, 0x2000 | to, 2);
}

static void
pair(GByteArray *b, const char *key, const char *value)
{
	string(b, key);
	string(b, value);
}

static void
writer_init(struct writer *w)
{
	memset(w, 0, sizeof(*w));
	w->nodes = 1;
	w->data = g_byte_array_new();
}

/* Everything below the prefix of addr (bits from its left) is at offset. */
static void
insert(struct writer *w, const uint8_t *addr, unsigned bits, uint32_t offset)
{
	uint32_t n = 0;

	for (unsigned i = 0; i < bits; i++) {
		uint32_t *next = &w->node[n][addr[i / 8] >> (7 - i % 8) & 1];

		if (i + 1 == bits)
			*next = offset | DATA;
		else if (*next == 0)
			*next = w->nodes++;
		n = *next;
	}
}

static void
insert4(struct writer *w, unsigned version, const char *ip, unsigned bits,
    uint32_t offset)
{
	uint8_t addr[16] = { 0 };

	inet_pton(AF_INET, ip, addr + (version == 6 ? 12 : 0));
	insert(w, addr, bits + (version == 6 ? 96 : 0), offset);
}

static void
put_meta(GByteArray *b, uint32_t nodes, unsigned version, const char *type,
    uint64_t epoch)
{
	g_byte_array_append(b, (const uint8_t *)"\xab\xcd\xefMaxMind.com", 14);
	head(b, T_MAP, 9);
	string(b, "binary_format_major_version"), number(b, T_UINT16, 2, 2);
	string(b, "binary_format_minor_version"), number(b, T_UINT16, 0, 2);
	string(b, "build_epoch"), number(b, T_UINT64, epoch, 8);
	pair(b, "database_type", type);
	string(b, "description"), head(b, T_MAP, 0);
	string(b, "ip_version"), number(b, T_UINT16, version, 2);
	string(b, "languages"), head(b, T_ARRAY, 0);
	string(b, "node_count"), number(b, T_UINT32, nodes, 4);
	string(b, "record_size"), number(b, T_UINT16, 24, 2);
}

static GByteArray *
writer_file(struct writer *w, unsigned version, const char *type, uint64_t epoch)
{
	GByteArray *b = g_byte_array_new();

	for (uint32_t i = 0; i < w->nodes; i++)
		for (int side = 0; side < 2; side++) {
			uint32_t v = w->node[i][side];

			if (v == 0)
				v = w->nodes;
			else if (v & DATA)
				v = (v & ~DATA) + w->nodes + 16;
			put(b, v, 3);
		}
	put(b, 0, 8), put(b, 0, 8);
	g_byte_array_append(b, w->data->data, w->data->len);
	put_meta(b, w->nodes, version, type, epoch);
	g_byte_array_unref(w->data);
	return b;
}

/* Flat, IPv4 only: 1.1.1.0/24 and, by a pointer, 8.8.8.8/32. */
static GByteArray *
make_flat(void)
{
	struct writer w;
	uint32_t second;

	writer_init(&w);
	head(w.data, T_MAP, 8);
	pair(w.data, "city", "Sydney");
	pair(w.data, "country_code", "AU");
	string(w.data, "latitude"), flt(w.data, -33.868801f);
	string(w.data, "longitude"), flt(w.data, 151.209f);
	pair(w.data, "postcode", "");
	pair(w.data, "state1", "New \"South\" Wales\n");
	pair(w.data, "state2", "");
	pair(w.data, "timezone", "");
	second = w.data->len;
	head(w.data, T_MAP, 1);
	pointer(w.data, 1);
	pointer(w.data, 6);
	insert4(&w, 4, "1.1.1.0", 24, 0);
	insert4(&w, 4, "8.8.8.8", 32, second);
	return writer_file(&w, 4, "city ipv4", 1780666922);
}

/* Nested as MaxMind does it, both families, a map shared by a pointer. */
static GByteArray *
make_nested(void)
{
	const uint8_t v6[16] = { 0x20, 0x01, 0x0d, 0xb8 };
	struct writer w;
	uint32_t country, start;

	writer_init(&w);
	country = w.data->len;
	head(w.data, T_MAP, 2);
	pair(w.data, "iso_code", "CH");
	string(w.data, "names"), head(w.data, T_MAP, 2);
	pair(w.data, "en", "Switzerland");
	pair(w.data, "de", "Schweiz");
	start = w.data->len;
	head(w.data, T_MAP, 4);
	string(w.data, "country"), pointer(w.data, country);
	string(w.data, "location"), head(w.data, T_MAP, 3);
	string(w.data, "accuracy_radius"), number(w.data, T_UINT16, 1000, 2);
	string(w.data, "latitude"), dbl(w.data, 47.1449);
	string(w.data, "longitude"), dbl(w.data, 8.1551);
	string(w.data, "registered_country"), pointer(w.data, country);
	string(w.data, "subdivisions"), head(w.data, T_ARRAY, 1);
	head(w.data, T_MAP, 1), pair(w.data, "iso_code", "ZH");
	insert4(&w, 6, "203.0.113.0", 25, start);
	insert(&w, v6, 32, start);
	return writer_file(&w, 6, "GeoLite2-City", 1700000000);
}

/* Every other type, and values that JSON cannot hold as they are. */
static GByteArray *
make_types(void)
{
	GByteArray *d;
	struct writer w;

	writer_init(&w);
	d = w.data;
	head(d, T_MAP, 11);
	string(d, "bytes"), head(d, T_BYTES, 3), put(d, 0x00ff10, 3);
	string(d, "latin1"), head(d, T_STRING, 2), put(d, 0x61e9, 2);
	string(d, "nul"), head(d, T_STRING, 3), put(d, 0x610062, 3);
	string(d, "utf8"), string(d, "Zürich");
	string(d, "i32"), number(d, T_INT32, 0xfffffffe, 4);
	string(d, "u64"), number(d, T_UINT64, UINT64_MAX, 8);
	string(d, "u128"), number(d, T_UINT128, 258, 2);
	string(d, "yes"), head(d, T_BOOL, 1);
	string(d, "tiny"), dbl(d, 1e-300);
	string(d, "third"), dbl(d, 1.0 / 3);
	string(d, "zero"), dbl(d, 0);
	insert4(&w, 4, "10.0.0.0", 8, 0);
	return writer_file(&w, 4, "types", UINT64_MAX);
}

/* ---- files */

static char *top;	/* a folder of our own */

static char *
folder(const char *name)
{
	char *path = g_build_filename(top, name, NULL);

	g_assert_cmpint(g_mkdir_with_parents(path, 0700), ==, 0);
	return path;
}

static void
write_file(const char *dir, const char *name, const void *bytes, size_t len)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);

	g_assert_true(g_file_set_contents_full(path, bytes, (gssize)len,
	    G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
write_db(const char *dir, const char *name, GByteArray *b)
{
	write_file(dir, name, b->data, b->len);
	g_byte_array_unref(b);
}

static struct geo_set *
open_one(const char *dir)
{
	return geo_set_open_dirs((const char *const[]){ dir, NULL });
}

static void
expect(const struct geo_set *set, const char *ip, int status, const char *json,
    const char *network)
{
	g_autoptr(GString) got = g_string_new("left over");
	char net[64] = "left over";

	g_assert_cmpint(geo_lookup(set, 0, ip, got, net), ==, status);
	g_assert_cmpstr(got->str, ==, json);
	g_assert_cmpstr(net, ==, network);
}

/* ---- tests */

static void
test_flat(void)
{
	g_autofree char *dir = folder("flat");
	struct geo_set *set;

	write_db(dir, "dbip-city-ipv4.mmdb", make_flat());
	set = open_one(dir);
	g_assert_cmpuint(geo_set_count(set), ==, 1);
	expect(set, "1.1.1.77", 1, "{\"city\":\"Sydney\",\"country_code\":\"AU\","
	    "\"latitude\":\"-33.8688\",\"longitude\":\"151.209\","
	    "\"postcode\":\"\",\"state1\":\"New \\\"South\\\" Wales\\u000a\","
	    "\"state2\":\"\",\"timezone\":\"\"}", "1.1.1.0/24");
	expect(set, "8.8.8.8", 1, "{\"city\":\"Sydney\"}", "8.8.8.8/32");
	expect(set, "8.8.8.9", 0, "", "8.8.8.9/32");
	expect(set, "192.0.2.1", 0, "", "128.0.0.0/1");
	expect(set, "2001:db8::1", -1, "", "");
	expect(set, "1.1.1", -1, "", "");
	expect(set, "localhost", -1, "", "");
	geo_set_free(set);
}

static void
test_nested(void)
{
	static const char record[] = "{\"country\":{\"iso_code\":\"CH\","
	    "\"names\":{\"en\":\"Switzerland\",\"de\":\"Schweiz\"}},"
	    "\"location\":{\"accuracy_radius\":1000,\"latitude\":\"47.1449\","
	    "\"longitude\":\"8.1551\"},\"registered_country\":{\"iso_code\":"
	    "\"CH\",\"names\":{\"en\":\"Switzerland\",\"de\":\"Schweiz\"}},"
	    "\"subdivisions\":[{\"iso_code\":\"ZH\"}]}";
	g_autofree char *dir = folder("nested");
	struct geo_set *set;

	write_db(dir, "GeoLite2-City.mmdb", make_nested());
	set = open_one(dir);
	g_assert_cmpuint(geo_set_count(set), ==, 1);
	expect(set, "203.0.113.9", 1, record, "203.0.113.0/25");
	expect(set, "203.0.113.200", 0, "", "203.0.113.128/25");
	expect(set, "2001:db8:5::1", 1, record, "2001:db8::/32");
	expect(set, "2001:db9::1", 0, "", "2001:db9::/32");
	geo_set_free(set);
}

/* A file of IPv6 that has no ::/96 says nothing of IPv4, not "not found". */
static void
test_no_ipv4(void)
{
	g_autofree char *dir = folder("v6only");
	const uint8_t v6[16] = { 0x20, 0x01 };
	struct writer w;
	struct geo_set *set;

	writer_init(&w);
	head(w.data, T_MAP, 0);
	insert(&w, v6, 16, 0);
	write_db(dir, "a.mmdb", writer_file(&w, 6, "city ipv6", 1));
	set = open_one(dir);
	expect(set, "2001::1", 1, "{}", "2001::/16");
	expect(set, "1.1.1.1", -1, "", "");
	geo_set_free(set);
}

static void
test_types(void)
{
	g_autofree char *dir = folder("types");
	struct geo_set *set;

	write_db(dir, "t.mmdb", make_types());
	set = open_one(dir);
	expect(set, "10.1.2.3", 1, "{\"bytes\":{\"b64\":\"AP8Q\"},"
	    "\"latin1\":{\"b64\":\"Yek=\"},\"nul\":{\"b64\":\"YQBi\"},"
	    "\"utf8\":\"Zürich\",\"i32\":-2,\"u64\":\"18446744073709551615\","
	    "\"u128\":\"0x00000000000000000000000000000102\",\"yes\":true,"
	    "\"tiny\":\"1e-300\",\"third\":\"0.3333333333333333\","
	    "\"zero\":\"0\"}", "10.0.0.0/8");
	g_assert_cmpstr(geo_set_info(set, 0)->build, ==, "");
	g_assert_cmpstr(geo_set_info(set, 0)->licence, ==,
	    "not known to this program");
	geo_set_free(set);
}

static void
test_info(void)
{
	g_autofree char *dir = folder("info");
	g_autoptr(GByteArray) bytes = make_flat();
	g_autofree char *hash = g_compute_checksum_for_data(G_CHECKSUM_SHA256,
	    bytes->data, bytes->len);
	const struct geo_info *info;
	struct geo_set *set;

	write_file(dir, "dbip-city-ipv4.mmdb", bytes->data, bytes->len);
	set = open_one(dir);
	info = geo_set_info(set, 0);
	g_assert_true(g_str_has_suffix(info->path, "/info/dbip-city-ipv4.mmdb"));
	g_assert_cmpstr(info->file, ==, "dbip-city-ipv4.mmdb");
	g_assert_cmpstr(info->type, ==, "city ipv4");
	g_assert_cmpstr(info->licence, ==, "CC BY 4.0, DB-IP.com");
	g_assert_cmpstr(info->build, ==, "2026-06-05T13:42:02Z");
	g_assert_cmpuint(info->size, ==, bytes->len);
	g_assert_cmpuint(info->ip_version, ==, 4);
	g_assert_cmpstr(info->sha256, ==, hash);
	g_assert_false(info->sha256_cached);
	g_assert_null(geo_info_caution(info));
	g_assert_null(geo_set_info(set, 1));
	geo_set_free(set);
}

static void
test_set(void)
{
	g_autofree char *one = folder("one"), *two = folder("two");
	g_autofree char *none = g_build_filename(top, "none", NULL);
	g_autofree char *sub = folder("two/folder.mmdb");
	struct geo_set *set;

	write_db(one, "b.mmdb", make_flat());
	write_db(one, "a.mmdb", make_nested());
	write_db(one, "c.mmdb", make_flat());		/* the bytes of b */
	write_db(two, "a.mmdb", make_types());		/* the name of a */
	write_db(two, "d.mmdb", make_types());
	write_file(two, "e.mmdb", "not a database", 14);
	write_file(two, "f.mmdb", "", 0);
	write_file(two, "readme.txt", "x", 1);
	set = geo_set_open_dirs((const char *const[]){ none, one, two, NULL });
	g_assert_cmpuint(geo_set_count(set), ==, 3);
	g_assert_cmpstr(geo_set_info(set, 0)->type, ==, "GeoLite2-City");
	g_assert_cmpstr(geo_set_info(set, 1)->file, ==, "b.mmdb");
	g_assert_cmpstr(geo_set_info(set, 2)->file, ==, "d.mmdb");
	g_assert_nonnull(strstr(geo_set_problem(set, 0), "two/e.mmdb"));
	g_assert_nonnull(strstr(geo_set_problem(set, 1), "empty"));
	g_assert_nonnull(strstr(geo_set_problem(set, 2), "regular"));
	g_assert_null(geo_set_problem(set, 3));
	geo_set_free(set);
	set = open_one(none);
	g_assert_cmpuint(geo_set_count(set), ==, 0);
	g_assert_null(geo_set_problem(set, 0));
	geo_set_free(set);
	geo_set_free(NULL);
}

/* Records that point at themselves or into each other, or nest too deep. */
static void
test_bombs(void)
{
	g_autofree char *dir = folder("bombs");
	struct writer w;
	struct geo_set *set;
	uint32_t before, wide, deep, self, last;

	writer_init(&w);
	before = w.data->len;
	string(w.data, "x");
	for (int level = 0; level < 12; level++) {
		uint32_t here = w.data->len;

		head(w.data, T_ARRAY, 20);
		for (int i = 0; i < 20; i++)
			pointer(w.data, before);
		before = here;
	}
	wide = w.data->len;
	head(w.data, T_MAP, 1), string(w.data, "k"), pointer(w.data, before);
	deep = w.data->len;
	for (int i = 0; i < RECORD_DEPTH_MAX + 1; i++)
		head(w.data, T_MAP, 1), string(w.data, "k");
	string(w.data, "x");
	self = w.data->len;
	head(w.data, T_MAP, 1), string(w.data, "k"), pointer(w.data, self);
	last = w.data->len;
	string(w.data, "not a map");
	insert4(&w, 4, "1.0.0.0", 8, wide);
	insert4(&w, 4, "2.0.0.0", 8, deep);
	insert4(&w, 4, "3.0.0.0", 8, self);
	insert4(&w, 4, "4.0.0.0", 8, last);
	insert4(&w, 4, "5.0.0.0", 8, 0x7000);
	write_db(dir, "bomb.mmdb", writer_file(&w, 4, "bomb", 1));
	set = open_one(dir);
	for (char ip[] = "1.2.3.4"; ip[0] <= '5'; ip[0]++)
		expect(set, ip, -1, "", "");
	geo_set_free(set);
}

static void
try_bytes(const char *dir, const void *bytes, size_t len)
{
	static const char *const ips[] = {
		"1.1.1.1", "8.8.8.8", "203.0.113.1", "10.0.0.1", "2001:db8::1",
		"ffff::", "255.255.255.255",
	};
	g_autoptr(GString) json = g_string_new(NULL);
	char network[64];
	struct geo_set *set;

	write_file(dir, "x.mmdb", bytes, len);
	set = open_one(dir);
	g_assert_cmpuint(geo_set_count(set), <=, 1);
	g_assert_true((geo_set_problem(set, 0) == NULL) ==
	    (geo_set_count(set) == 1));
	for (size_t i = 0; i < G_N_ELEMENTS(ips); i++) {
		int status = geo_lookup(set, 0, ips[i], json, network);

		g_assert_true((status == 1) == (json->len > 0));
		g_assert_true((status < 0) == (network[0] == '\0'));
		g_assert_cmpuint(json->len, <=, RECORD_JSON_MAX);
		g_assert_true(g_utf8_validate(json->str, -1, NULL));
	}
	geo_set_free(set);
}

/* Cut at every length; every byte set to each of some values. */
static void
damage(const char *dir, GByteArray *b)
{
	static const uint8_t values[] = { 0x00, 0xff, 0x20, 0x7f, 0x3f, 0xe1 };
	size_t step = b->len > 3000 ? 7 : 1;

	for (size_t len = 1; len < b->len; len += step)
		try_bytes(dir, b->data, len);
	for (size_t i = 0; i < b->len; i += step) {
		uint8_t was = b->data[i];

		for (size_t v = 0; v < G_N_ELEMENTS(values); v++) {
			b->data[i] = values[v];
			try_bytes(dir, b->data, b->len);
		}
		b->data[i] = was ^ 1;
		try_bytes(dir, b->data, b->len);
		b->data[i] = was;
	}
	g_byte_array_unref(b);
}

static void
test_damaged(void)
{
	g_autofree char *dir = folder("damaged");

	damage(dir, make_flat());
	damage(dir, make_nested());
	damage(dir, make_types());
}

static bool
hash_shell(char hex[65])
{
	bool cached = false;
	int fd = open("/bin/sh", O_RDONLY | O_CLOEXEC);

	g_assert_cmpint(fd, >=, 0);
	g_assert_cmpint(file_hash(fd, hex, &cached), ==, 0);
	close(fd);
	return cached;
}

static void
test_cache(void)
{
	g_autofree char *path = g_build_filename(top, "cache", "goodcause",
	    "sha256", NULL);
	g_autofree char *text = NULL;
	char hex[65], again[65];

	g_assert_false(hash_shell(hex));
	g_assert_true(hash_shell(again));
	g_assert_cmpstr(hex, ==, again);
	/* a line that is not exactly so */
	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	text[strlen(text) - 3] = 'G';
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	g_assert_false(hash_shell(again));
	g_assert_cmpstr(hex, ==, again);
	g_assert_true(hash_shell(again));
	/* a cache that others may write */
	g_assert_cmpint(g_chmod(path, 0666), ==, 0);
	g_assert_false(hash_shell(again));
	g_assert_true(hash_shell(again));
	g_assert_cmpstr(hex, ==, again);
	/* no cache to write */
	g_assert_cmpint(g_unlink(path), ==, 0);
	g_assert_cmpint(g_mkdir(path, 0700), ==, 0);
	g_assert_false(hash_shell(again));
	g_assert_cmpstr(hex, ==, again);
}

static void
remove_tree(const char *path)
{
	GDir *dir = g_dir_open(path, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *inner = g_build_filename(path, name, NULL);

		remove_tree(inner);
	}
	if (dir != NULL)
		g_dir_close(dir);
	g_assert_cmpint(g_remove(path), ==, 0);
}

int
main(int argc, char **argv)
{
	g_autofree char *cache = NULL;
	int status;

	top = g_dir_make_tmp("geoip_t-XXXXXX", NULL);
	cache = folder("cache");
	g_setenv("XDG_CACHE_HOME", cache, TRUE);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/geo/flat", test_flat);
	g_test_add_func("/geo/nested", test_nested);
	g_test_add_func("/geo/no-ipv4", test_no_ipv4);
	g_test_add_func("/geo/types", test_types);
	g_test_add_func("/geo/info", test_info);
	g_test_add_func("/geo/set", test_set);
	g_test_add_func("/geo/bombs", test_bombs);
	g_test_add_func("/geo/damaged", test_damaged);
	g_test_add_func("/geo/cache", test_cache);
	status = g_test_run();
	remove_tree(top);
	g_free(top);
	return status;
}
