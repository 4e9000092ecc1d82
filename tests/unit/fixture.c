#include <stdlib.h>
#include <string.h>

#include "tests/unit/fixture.h"

#define BEFORE	"what was there before\n"
#define CUTS	4096	/* prefixes tried of one fixture */
#define BENT	400	/* changed copies tried of one fixture */

struct fixture {
	char		*path;		/* without its suffix */
	enum probe_kind	 kind;
};

struct fixture_file {
	struct exchange	*x;
	int		 returns;
};

struct exchange *
fixture_exchange(enum probe_kind kind, const char *name, const char *type,
    const char *host, const void *bytes, gsize len)
{
	struct question *q = question_new(kind, name, type, host, "192.0.2.1",
	    0, "");
	struct exchange *x = exchange_new(q);

	question_unref(q);
	x->status = X_ANSWERED;
	x->received.bytes = g_bytes_new(bytes, len);
	return x;
}

/* A fact has every field that identifies it. */
static void
check_line(const char *line, gsize len)
{
	struct fact *f = fact_from_line(line, len);
	g_auto(GStrv) keys = NULL;

	if (f == NULL)
		g_error("not a fact: %.*s", (int)len, line);
	keys = g_strsplit(fact_info(f->kind)->key, " ", -1);
	for (char **k = keys; *k != NULL; k++)
		if (**k != '\0' && fact_get(f, *k) == NULL)
			g_error("no %s in: %.*s", *k, (int)len, line);
	fact_free(f);
}

int
fixture_read(const struct exchange *x, GString *out)
{
	g_autoptr(GString) mine = g_string_new(BEFORE);
	const char *line, *end;
	int rc = reader_run(x, mine);

	g_assert_true(g_str_has_prefix(mine->str, BEFORE));
	g_assert_cmpuint(strlen(mine->str), ==, mine->len);
	g_assert_true(rc == 0 || rc == -1);
	if (rc != 0)
		g_assert_cmpuint(mine->len, ==, strlen(BEFORE));
	for (line = mine->str + strlen(BEFORE); *line != '\0'; line = end + 1) {
		end = strchr(line, '\n');
		g_assert_nonnull(end);
		check_line(line, (gsize)(end - line));
	}
	g_string_append(out, mine->str + strlen(BEFORE));
	return rc;
}

/* ---- files */

static const char *
head_value(GHashTable *head, const char *key, const char *otherwise)
{
	const char *v = g_hash_table_lookup(head, key);

	return v != NULL ? v : otherwise;
}

/* Where the head's empty line ends; NULL where the head is broken. */
static const char *
read_head(const char *text, const char *end, GHashTable *head)
{
	const char *p = text;

	while (p < end && *p != '\n') {
		const char *line = memchr(p, '\n', (size_t)(end - p));
		const char *colon = memchr(p, ':', (size_t)(end - p));

		if (line == NULL || colon == NULL || colon > line)
			return NULL;
		g_hash_table_insert(head, g_strndup(p, (gsize)(colon - p)),
		    g_strstrip(g_strndup(colon + 1,
		    (gsize)(line - colon - 1))));
		p = line + 1;
	}
	/* The question is ours, and text, whatever a fuzzer makes of it. */
	return p < end && g_utf8_validate(text, p - text, NULL) ? p + 1 : NULL;
}

/* Kept for ever: interning leaves GLib's old tables behind, which a fuzzer, who
 * makes up thousands, is told of as a leak. */
static void
set_meta(struct exchange *x, GHashTable *head)
{
	static GStringChunk *keys_kept;
	g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(head),
	    (GCompareFunc)strcmp);

	if (keys_kept == NULL)
		keys_kept = g_string_chunk_new(4096);
	for (GList *k = keys; k != NULL; k = k->next)
		if (g_str_has_prefix(k->data, "meta."))
			exchange_meta(x, g_string_chunk_insert_const(keys_kept,
			    (char *)k->data + 5),
			    g_hash_table_lookup(head, k->data));
}

struct exchange *
fixture_parse(enum probe_kind kind, const char *text, gsize len, int *returns)
{
	g_autoptr(GHashTable) head = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, g_free);
	const char *body = read_head(text, text + len, head);
	int status = xstatus_parse(head_value(head, "status", "answered"));
	struct exchange *x;

	if (body == NULL || status < 0)
		return NULL;
	x = fixture_exchange(kind, head_value(head, "name", ""),
	    head_value(head, "type", ""), head_value(head, "host", ""), body,
	    len - (gsize)(body - text));
	question_unref(x->q);
	x->q = question_with(question_new(kind, head_value(head, "name", ""),
	    head_value(head, "type", ""), head_value(head, "host", ""),
	    head_value(head, "server", "192.0.2.1"), 0,
	    head_value(head, "note", "")), head_value(head, "options", ""));
	x->status = (enum xstatus)status;
	g_strlcpy(x->detail, head_value(head, "detail", ""),
	    sizeof x->detail);
	set_meta(x, head);
	if (returns != NULL)
		*returns = atoi(head_value(head, "returns", "0"));
	return x;
}

static struct fixture_file
load(const struct fixture *f)
{
	g_autofree char *path = g_strconcat(f->path, ".in", NULL);
	g_autofree char *text = NULL;
	struct fixture_file file = { NULL, 0 };
	gsize len;

	if (!g_file_get_contents(path, &text, &len, NULL))
		g_error("%s: cannot be read", path);
	file.x = fixture_parse(f->kind, text, len, &file.returns);
	if (file.x == NULL)
		g_error("%s: its head is broken", path);
	return file;
}

static void
compare(const struct fixture *f, const GString *got)
{
	g_autofree char *path = g_strconcat(f->path, ".facts", NULL);
	g_autofree char *want = NULL;

	if (g_getenv("FIXTURE_WRITE") != NULL) {
		g_assert_true(g_file_set_contents(path, got->str,
		    (gssize)got->len, NULL));
		return;
	}
	if (!g_file_get_contents(path, &want, NULL, NULL))
		g_error("%s: cannot be read", path);
	g_assert_cmpstr(got->str, ==, want);
}

static void
test_facts(gconstpointer arg)
{
	const struct fixture *f = arg;
	struct fixture_file file = load(f);
	g_autoptr(GString) got = g_string_new(NULL);
	g_autoptr(GString) again = g_string_new(NULL);

	g_assert_cmpint(fixture_read(file.x, got), ==, file.returns);
	if (file.returns == 0)
		compare(f, got);
	g_assert_cmpint(fixture_read(file.x, again), ==, file.returns);
	g_assert_cmpstr(got->str, ==, again->str);
	exchange_free(file.x);
}

/* A connection may break after any byte. */
static void
test_cut(gconstpointer arg)
{
	const struct fixture *f = arg;
	struct fixture_file file = load(f);
	GBytes *whole = file.x->received.bytes;
	gsize len = g_bytes_get_size(whole), step = 1 + len / CUTS;

	for (gsize n = 0; n < len; n += step) {
		g_autoptr(GString) got = g_string_new(NULL);
		g_autofree char *copy = g_memdup2(
		    n > 0 ? g_bytes_get_data(whole, NULL) : "", n > 0 ? n : 1);

		/* A block of its own, so that a read past it is seen. */
		file.x->received.bytes = g_bytes_new_take(
		    g_steal_pointer(&copy), n);
		file.x->status = X_LIMIT;
		fixture_read(file.x, got);
		g_bytes_unref(file.x->received.bytes);
	}
	file.x->received.bytes = whole;
	exchange_free(file.x);
}

/* Bytes that mean something to some reader. */
static const char telling[] = "\"\\{}[],:;%#<>&= \t\r\n\0" "\x1b\x7f\x80"
    "\xc2\xe2\xff" "019azAZ./-@";

char *
fixture_bent(const char *bytes, gsize len, int k, guint32 *seed)
{
	char *copy = g_memdup2(bytes, len);

	for (int i = 0; i <= k % 4; i++) {
		*seed = *seed * 1664525 + 1013904223;
		copy[(*seed >> 8) % len] = telling[(*seed >> 4) %
		    sizeof telling];
	}
	return copy;
}

static void
test_bent(gconstpointer arg)
{
	const struct fixture *f = arg;
	struct fixture_file file = load(f);
	GBytes *whole = file.x->received.bytes;
	gsize len = g_bytes_get_size(whole);
	guint32 seed = FIXTURE_SEED;

	for (int k = 0; len > 0 && k < BENT; k++) {
		g_autoptr(GString) got = g_string_new(NULL);

		file.x->received.bytes = g_bytes_new_take(fixture_bent(
		    g_bytes_get_data(whole, NULL), len, k, &seed), len);
		fixture_read(file.x, got);
		g_bytes_unref(file.x->received.bytes);
	}
	file.x->received.bytes = whole;
	exchange_free(file.x);
}

static int
by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
fixture_free(void *p)
{
	struct fixture *f = p;

	g_free(f->path);
	g_free(f);
}

static struct fixture *
fixture_new(const char *dir, const char *name, enum probe_kind kind)
{
	struct fixture *f = g_new0(struct fixture, 1);

	f->path = g_build_filename("tests/data", dir, name, NULL);
	f->kind = kind;
	return f;
}

void
fixture_suite(const char *dir, enum probe_kind kind)
{
	g_autofree char *folder = g_build_filename("tests/data", dir, NULL);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GDir) d = g_dir_open(folder, 0, NULL);
	const char *e;

	if (d == NULL)
		g_error("%s: cannot be opened; run from the top folder", folder);
	while ((e = g_dir_read_name(d)) != NULL)
		if (g_str_has_suffix(e, ".in"))
			g_ptr_array_add(names, g_strndup(e, strlen(e) - 3));
	g_ptr_array_sort(names, by_name);
	for (guint i = 0; i < names->len; i++) {
		const char *n = g_ptr_array_index(names, i);
		g_autofree char *facts = g_strdup_printf("/%s/%s", dir, n);
		g_autofree char *cut = g_strdup_printf("/%s/%s/cut", dir, n);
		g_autofree char *bent = g_strdup_printf("/%s/%s/bent", dir, n);

		g_test_add_data_func_full(facts, fixture_new(dir, n, kind),
		    test_facts, fixture_free);
		g_test_add_data_func_full(cut, fixture_new(dir, n, kind),
		    test_cut, fixture_free);
		g_test_add_data_func_full(bent, fixture_new(dir, n, kind),
		    test_bent, fixture_free);
	}
}
