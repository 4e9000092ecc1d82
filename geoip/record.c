#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "geoip/record.h"

struct walk {
	const MMDB_s	*mmdb;
	GString		*json;
	size_t		 end;		/* json may grow to here */
	unsigned	 values;	/* looked at so far */
};

static int	put_value(struct walk *, uint32_t *offset, unsigned depth);

/*
 * Decodes one value, through a pointer where there is one, without going into
 * it: an empty path means "this value".  offset moves past it: past a pointer
 * (MaxMind DB 2.0, "Data Type Encoding": two bits of its first byte say how
 * long it is), past a scalar, to the first content of a map or array.
 */
static int
next_value(struct walk *w, uint32_t *offset, MMDB_entry_data_s *v)
{
	static const char *const here[] = { NULL };
	MMDB_entry_s at = { .mmdb = w->mmdb, .offset = *offset };
	unsigned first;

	if (++w->values > RECORD_VALUES_MAX || w->json->len > w->end)
		return -1;
	if (MMDB_aget_value(&at, v, here) != MMDB_SUCCESS || !v->has_data)
		return -1;
	if (v->offset == *offset) {
		*offset = v->offset_to_next;
		return 0;
	}
	first = w->mmdb->data_section[*offset];
	*offset += 2 + (first >> 3 & 3);
	return 0;
}

static void
put_base64(GString *json, const void *bytes, size_t len)
{
	g_autofree char *b64 = g_base64_encode(bytes, len);

	g_string_append_printf(json, "{\"b64\":\"%s\"}", b64);
}

static void
put_text(GString *json, const char *s, size_t len)
{
	g_string_append_c(json, '"');
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c == '"' || c == '\\')
			g_string_append_printf(json, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			g_string_append_printf(json, "\\u%04x", c);
		else
			g_string_append_c(json, (char)c);
	}
	g_string_append_c(json, '"');
}

static bool
is_text(const MMDB_entry_data_s *v)
{
	return v->type == MMDB_DATA_TYPE_UTF8_STRING &&
	    v->data_size <= RECORD_JSON_MAX &&
	    g_utf8_validate_len(v->utf8_string, v->data_size, NULL);
}

/*
 * The shortest decimal that reads back; without an exponent where the number
 * is of a size that people write out.
 */
static void
put_number(GString *json, double d, bool is_float)
{
	bool plain = d == 0 || (fabs(d) >= 1e-9 && fabs(d) < 1e15);
	char buf[64], format[] = "%.00f";

	for (int digits = 0; digits <= 24; digits++) {
		g_snprintf(format, sizeof(format), "%%.%d%c", digits,
		    plain ? 'f' : 'g');
		g_ascii_formatd(buf, sizeof(buf), format, d);
		if (is_float ? strtof(buf, NULL) == (float)d :
		    g_ascii_strtod(buf, NULL) == d)
			break;
	}
	g_string_append_printf(json, "\"%s\"", buf);
}

static void
put_uint(GString *json, uint64_t n)
{
	bool exact = n <= UINT64_C(1) << 53;

	g_string_append_printf(json, exact ? "%" G_GUINT64_FORMAT :
	    "\"%" G_GUINT64_FORMAT "\"", n);
}

static void
put_uint128(GString *json, const MMDB_entry_data_s *v)
{
	g_string_append(json, "\"0x");
	for (int i = 15; i >= 0; i--) {
#if MMDB_UINT128_IS_BYTE_ARRAY
		unsigned byte = v->uint128[15 - i];
#else
		unsigned byte = (unsigned)(v->uint128 >> (8 * i)) & 0xff;
#endif
		g_string_append_printf(json, "%02x", byte);
	}
	g_string_append_c(json, '"');
}

/* A value with nothing inside it. */
static int
put_scalar(GString *json, const MMDB_entry_data_s *v)
{
	switch (v->type) {
	case MMDB_DATA_TYPE_UTF8_STRING:
		if (is_text(v))
			put_text(json, v->utf8_string, v->data_size);
		else if (v->data_size <= RECORD_JSON_MAX)
			put_base64(json, v->utf8_string, v->data_size);
		else
			return -1;
		return 0;
	case MMDB_DATA_TYPE_BYTES:
		if (v->data_size > RECORD_JSON_MAX)
			return -1;
		put_base64(json, v->bytes, v->data_size);
		return 0;
	case MMDB_DATA_TYPE_DOUBLE:
		put_number(json, v->double_value, false);
		return 0;
	case MMDB_DATA_TYPE_FLOAT:
		put_number(json, (double)v->float_value, true);
		return 0;
	case MMDB_DATA_TYPE_UINT16:
		put_uint(json, v->uint16);
		return 0;
	case MMDB_DATA_TYPE_UINT32:
		put_uint(json, v->uint32);
		return 0;
	case MMDB_DATA_TYPE_UINT64:
		put_uint(json, v->uint64);
		return 0;
	case MMDB_DATA_TYPE_UINT128:
		put_uint128(json, v);
		return 0;
	case MMDB_DATA_TYPE_INT32:
		g_string_append_printf(json, "%d", v->int32);
		return 0;
	case MMDB_DATA_TYPE_BOOLEAN:
		g_string_append(json, v->boolean ? "true" : "false");
		return 0;
	default:
		return -1;
	}
}

static int
put_key(struct walk *w, uint32_t *offset)
{
	MMDB_entry_data_s key;

	if (next_value(w, offset, &key) != 0 || !is_text(&key))
		return -1;
	put_text(w->json, key.utf8_string, key.data_size);
	g_string_append_c(w->json, ':');
	return 0;
}

/* The contents of a map or array, from the offset of the first of them. */
static int
put_inside(struct walk *w, const MMDB_entry_data_s *v, uint32_t *offset,
    unsigned depth)
{
	bool map = v->type == MMDB_DATA_TYPE_MAP;

	if (depth >= RECORD_DEPTH_MAX)
		return -1;
	g_string_append_c(w->json, map ? '{' : '[');
	for (uint32_t i = 0; i < v->data_size; i++) {
		if (i > 0)
			g_string_append_c(w->json, ',');
		if (map && put_key(w, offset) != 0)
			return -1;
		if (put_value(w, offset, depth + 1) != 0)
			return -1;
	}
	g_string_append_c(w->json, map ? '}' : ']');
	return 0;
}

static int
put_value(struct walk *w, uint32_t *offset, unsigned depth)
{
	MMDB_entry_data_s v, there;
	uint32_t start = *offset, inside;

	if (next_value(w, offset, &v) != 0)
		return -1;
	if (v.type != MMDB_DATA_TYPE_MAP && v.type != MMDB_DATA_TYPE_ARRAY)
		return put_scalar(w->json, &v);
	if (v.offset == start)
		return put_inside(w, &v, offset, depth);
	/* Reached by a pointer: what is inside it is where it is. */
	inside = v.offset;
	if (next_value(w, &inside, &there) != 0)
		return -1;
	return put_inside(w, &there, &inside, depth);
}

int
record_json(const MMDB_s *mmdb, uint32_t offset, GString *json)
{
	size_t before = json->len;
	struct walk w = {
		.mmdb = mmdb,
		.json = json,
		.end = before + RECORD_JSON_MAX,
	};

	if (put_value(&w, &offset, 0) == 0 && json->len <= w.end &&
	    json->str[before] == '{')
		return 0;
	g_string_truncate(json, before);
	return -1;
}
