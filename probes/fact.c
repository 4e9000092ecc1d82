#include <stdlib.h>
#include <string.h>

#include "probes/append.h"
#include "probes/fact.h"
#include "probes/json_read.h"
#include "probes/json_text.h"

static const struct fact_info table[FACT_KINDS] = {
#define FACT(sym, fname, fkey, fcompare, fletter, fsays) \
	[FACT_##sym] = { \
		.name = fname, .key = fkey, .compare = fcompare, \
		.letter = fletter, .says = fsays \
	},
#include "probes/fact.def"
#undef FACT
};

static const char *const type_names[] = {
	[OBSERVED]	= "OBSERVED",
	[IMPORTED]	= "IMPORTED",
	[DERIVED]	= "DERIVED",
	[BELIEF]	= "BELIEF",
};

const struct fact_info *
fact_info(enum fact_kind kind)
{
	return &table[kind];
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(table[*(const int *)a].name,
	    table[*(const int *)b].name);
}

/* The kinds sorted by name: a fact's is looked up whenever one is read. */
static const int *
sorted_kinds(void)
{
	static int kinds[FACT_KINDS];
	static gsize done;

	if (g_once_init_enter(&done)) {
		for (int i = 0; i < FACT_KINDS; i++)
			kinds[i] = i;
		qsort(kinds, FACT_KINDS, sizeof(*kinds), by_name);
		g_once_init_leave(&done, 1);
	}
	return kinds;
}

int
fact_kind_parse(const char *name)
{
	const int *kinds = sorted_kinds();
	size_t low = 0, high = FACT_KINDS;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int c = strcmp(name, table[kinds[mid]].name);

		if (c == 0)
			return kinds[mid];
		if (c < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return -1;
}

const char *
fact_type_name(enum fact_type type)
{
	return type <= BELIEF ? type_names[type] : "";
}

int
fact_type_parse(const char *name)
{
	for (int i = 0; i <= BELIEF; i++)
		if (strcmp(name, type_names[i]) == 0)
			return i;
	return -1;
}

/* ---- writing */

/* A control character of a subject is written by its number, always. */
static void
put_subject(GString *out, const char *s)
{
	const char *run = s;
	size_t i = 0;

	while ((unsigned char)s[i] >= 0x20)
		i++;
	if (s[i] == '\0') {
		json_text_string(out, s, i);
		return;
	}
	g_string_append_c(out, '"');
	for (; *s != '\0'; s++) {
		if ((unsigned char)*s >= 0x20 && *s != '"' && *s != '\\')
			continue;
		g_string_append_len(out, run, s - run);
		if ((unsigned char)*s >= 0x20)
			g_string_append_printf(out, "\\%c", *s);
		else
			g_string_append_printf(out, "\\u%04X", (unsigned)*s);
		run = s + 1;
	}
	g_string_append_len(out, run, s - run);
	g_string_append_c(out, '"');
}

static void
put_member(GString *out, const char *key, const char *s)
{
	json_key(out, key);
	put_subject(out, s != NULL ? s : "");
}

static void
put_head(GString *out, enum fact_kind kind, const char *subject)
{
	json_put_plain(out, "kind", table[kind].name);
	json_key(out, "subject");
	put_subject(out, subject);
	json_key(out, "value");
}

void
fact_open(GString *out, enum fact_kind kind, const char *subject)
{
	g_autofree char *fixed = NULL;

	if (!json_text_is_plain(subject, strlen(subject)) &&
	    !g_utf8_validate(subject, -1, NULL))
		fixed = g_utf8_make_valid(subject, -1);
	json_open(out, '{');
	put_head(out, kind, fixed != NULL ? fixed : subject);
	json_open(out, '{');
}

void
fact_close(GString *out)
{
	append_bytes(out, "}}\n", 3);
}

void
fact_emit(GString *out, enum fact_kind kind, const char *subject, json_t *value)
{
	fact_open(out, kind, subject);
	if (value != NULL)
		json_put_members(out, value);
	fact_close(out);
	json_decref(value);
}

/* "F-000031": six digits, or as many as it takes. */
static void
put_id(GString *out, uint64_t id)
{
	char text[24], *end = text + sizeof(text), *p = end, *six = end - 7;

	*--p = '"';
	while (id > 0 || p > six) {
		*--p = (char)('0' + id % 10);
		id /= 10;
	}
	append_bytes(out, "\"F-", 3);
	append_bytes(out, p, (gsize)(end - p));
}

/* A direct fact names log lines, a joined one facts. */
static void
put_from(GString *out, const struct fact *f)
{
	json_key(out, "from");
	append_char(out, '[');
	for (guint i = 0; f->from != NULL && i < f->from->len; i++) {
		uint64_t n = g_array_index(f->from, uint64_t, i);

		if (i > 0)
			append_char(out, ',');
		if (f->type == DERIVED)
			put_id(out, n);
		else
			json_text_integer(out, (json_int_t)n);
	}
	append_char(out, ']');
}

void
fact_write(const struct fact *f, GString *out)
{
	json_open(out, '{');
	json_key(out, "id");
	put_id(out, f->id);
	put_head(out, f->kind, f->subject);
	json_text(out, f->value);
	put_member(out, "type", fact_type_name(f->type));
	put_from(out, f);
	put_member(out, "at", f->at);
	put_member(out, "reader", f->reader);
	if (f->target != NULL)
		put_member(out, "target", f->target);
	append_bytes(out, "}\n", 2);
}

/* ---- reading */

/* Takes the subject. */
static struct fact *
fact_make(enum fact_kind kind, char *subject, json_t *value)
{
	struct fact *f = g_new0(struct fact, 1);

	f->kind = kind;
	f->subject = subject;
	f->value = value != NULL ? value : json_object();
	f->from = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	f->at = g_strdup("");
	f->reader = g_strdup("");
	return f;
}

struct fact *
fact_new(enum fact_kind kind, const char *subject, json_t *value)
{
	return fact_make(kind, g_strdup(subject), value);
}

void
fact_clear(struct fact *f)
{
	json_decref(f->value);
	g_clear_pointer(&f->from, g_array_unref);
	if (f->borrows)
		return;
	g_free(f->subject);
	g_free(f->at);
	g_free(f->reader);
	g_free(f->target);
}

void
fact_free(struct fact *f)
{
	if (f == NULL)
		return;
	fact_clear(f);
	g_free(f);
}

static struct fact *
from_object(json_t *o)
{
	const char *name = json_string_value(json_object_get(o, "kind"));
	const char *subject = json_string_value(json_object_get(o, "subject"));
	json_t *value = json_object_get(o, "value");
	int kind;

	if (name == NULL || subject == NULL || !json_is_object(value) ||
	    (kind = fact_kind_parse(name)) < 0)
		return NULL;
	return fact_new((enum fact_kind)kind, subject, json_incref(value));
}

static json_t *
load(const char *line, size_t len)
{
	json_t *o = json_read(line, len, JSON_DEEPEST,
	    JSON_ONCE | JSON_NO_NUL);

	if (json_is_object(o))
		return o;
	json_decref(o);
	return NULL;
}

/* Passes this text; FALSE where another stands there. */
static gboolean
skip(const char **p, const char *end, const char *text)
{
	size_t n = strlen(text);

	if ((size_t)(end - *p) < n || memcmp(*p, text, n) != 0)
		return FALSE;
	*p += n;
	return TRUE;
}

/* Passes a string without escapes, and says where it stands; FALSE where it is
 * none. */
static gboolean
skip_string(const char **p, const char *end, const char **s, size_t *n)
{
	const char *q = *p + 1;
	unsigned char high = 0;

	if (*p == end || **p != '"')
		return FALSE;
	for (*s = q; q < end && *q != '"' && *q != '\\' &&
	    (unsigned char)*q >= 0x20; q++)
		high |= (unsigned char)*q;
	*n = (size_t)(q - *s);
	if (q == end || *q != '"' || (high >= 0x80 &&
	    !g_utf8_validate_len(*s, *n, NULL)))
		return FALSE;
	*p = q + 1;
	return TRUE;
}

/* Of a kind's name that stands within a line. */
static int
kind_within(const char *name, size_t n)
{
	char copy[64];

	if (n >= sizeof(copy))
		return -1;
	memcpy(copy, name, n);
	copy[n] = '\0';
	return fact_kind_parse(copy);
}

/* A line in the very form in which fact_open() begins one: only the value is
 * built.  NULL where it is in another, or none. */
static struct fact *
from_own(const char *line, size_t len)
{
	const char *p = line, *end = line + len, *name, *subject;
	size_t n, subject_len;
	json_t *value;
	int kind;

	if (!skip(&p, end, "{\"kind\":") || !skip_string(&p, end, &name, &n) ||
	    (kind = kind_within(name, n)) < 0 ||
	    !skip(&p, end, ",\"subject\":") ||
	    !skip_string(&p, end, &subject, &subject_len) ||
	    !skip(&p, end, ",\"value\":{") || end[-1] != '}')
		return NULL;
	value = json_read(p - 1, (size_t)(end - p), JSON_DEEPEST - 1,
	    JSON_ONCE | JSON_NO_NUL);
	if (json_is_object(value))
		return fact_make((enum fact_kind)kind,
		    g_strndup(subject, subject_len), value);
	json_decref(value);
	return NULL;
}

struct fact *
fact_from_line(const char *line, size_t len)
{
	struct fact *f = from_own(line, len);
	json_t *o;

	if (f != NULL)
		return f;
	o = load(line, len);
	if (o != NULL && json_object_size(o) == 3)
		f = from_object(o);
	json_decref(o);
	return f;
}

/* "F-000031" to 31; 0 where it is not an id. */
static uint64_t
id_parse(const char *s)
{
	char *end;
	uint64_t id;

	if (s == NULL || strncmp(s, "F-", 2) != 0 || !g_ascii_isdigit(s[2]))
		return 0;
	id = g_ascii_strtoull(s + 2, &end, 10);
	return *end == '\0' ? id : 0;
}

static int
read_from(struct fact *f, const json_t *list)
{
	size_t i;
	json_t *e;

	if (!json_is_array(list))
		return -1;
	json_array_foreach(list, i, e) {
		uint64_t n = json_is_string(e) ?
		    id_parse(json_string_value(e)) :
		    (uint64_t)json_integer_value(e);

		if (n == 0 || json_is_string(e) != (f->type == DERIVED))
			return -1;
		g_array_append_val(f->from, n);
	}
	return 0;
}

static int
read_rest(struct fact *f, const json_t *o)
{
	const char *type = json_string_value(json_object_get(o, "type"));
	const char *at = json_string_value(json_object_get(o, "at"));
	const char *reader = json_string_value(json_object_get(o, "reader"));
	const char *target = json_string_value(json_object_get(o, "target"));
	uint64_t id = id_parse(json_string_value(json_object_get(o, "id")));
	int t;

	if (id == 0 || id > UINT32_MAX || type == NULL || (t = fact_type_parse(type)) < 0 ||
	    at == NULL || reader == NULL)
		return -1;
	f->id = (uint32_t)id;
	f->type = (enum fact_type)t;
	g_free(f->at);
	f->at = g_strdup(at);
	g_free(f->reader);
	f->reader = g_strdup(reader);
	f->target = g_strdup(target);
	return read_from(f, json_object_get(o, "from"));
}

struct fact *
fact_read(const char *line, size_t len)
{
	json_t *o = load(line, len);
	struct fact *f = o != NULL ? from_object(o) : NULL;

	if (f != NULL && read_rest(f, o) != 0)
		g_clear_pointer(&f, fact_free);
	json_decref(o);
	return f;
}

/* ---- looking */

json_t *
fact_get(const struct fact *f, const char *field)
{
	return json_object_get(f->value, field);
}

const char *
fact_str(const struct fact *f, const char *field)
{
	const char *s = json_string_value(fact_get(f, field));

	return s != NULL ? s : "";
}

int64_t
fact_int(const struct fact *f, const char *field, int64_t otherwise)
{
	const json_t *v = fact_get(f, field);

	return json_is_integer(v) ? json_integer_value(v) : otherwise;
}

uint64_t
fact_source(const struct fact *f)
{
	if (f->from == NULL || f->from->len == 0)
		return 0;
	return g_array_index(f->from, uint64_t, 0);
}

/* ["dns.a","popcorn-time.ch","192.0.2.1"]: no two statements look the same. */
char *
fact_identity(const struct fact *f)
{
	const struct fact_info *info = &table[f->kind];
	g_auto(GStrv) keys = g_strsplit(info->key, " ", -1);
	GString *out = g_string_sized_new(96);

	g_string_append(out, "[\"");
	g_string_append(out, info->name);
	g_string_append(out, "\",");
	put_subject(out, f->subject);
	for (char **k = keys; *k != NULL; k++) {
		const json_t *v = fact_get(f, *k);

		g_string_append_c(out, ',');
		if (v != NULL)
			json_text(out, v);
		else
			g_string_append(out, "null");
	}
	g_string_append_c(out, ']');
	return g_string_free(out, FALSE);
}
