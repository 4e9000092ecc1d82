/*
 * One of many runs.  A site that is collected every day fills a thousand runs
 * with a million facts, most of which no assessment reads, and nearly all of
 * which the day before said too.  So lines are glanced at before they are read,
 * and what a run says is summed up, so that runs that say the same are found.
 */

#include "collector/load_priv.h"

#include <stdlib.h>
#include <string.h>

#include "collector/files.h"
#include "probes/text.h"
#include "reports/assessed.h"
#include "reports/told.h"

#define FILE_MOST	((size_t)1 << 30)

/* ---- lines of a file --------------------------------------------------------- */

struct lines {
	GBytes		*bytes;
	GArray		*at;		/* size_t: where each begins, and the end */
	const char	*text;
};

static void
lines_clear(struct lines *l)
{
	g_clear_pointer(&l->bytes, g_bytes_unref);
	g_clear_pointer(&l->at, g_array_unref);
}

static const char *
line_at(const struct lines *l, guint i, size_t *len)
{
	size_t from = g_array_index(l->at, size_t, i);

	*len = g_array_index(l->at, size_t, i + 1) - from - 1;
	return l->text + from;
}

static guint
lines_count(const struct lines *l)
{
	return l->at->len - 1;
}

static int
lines_get(const char *path, struct lines *l, GError **e)
{
	size_t size, at = 0;
	const char *lf;

	*l = (struct lines){ .bytes = file_get(path, FILE_MOST, e) };
	if (l->bytes == NULL)
		return -1;
	l->text = g_bytes_get_data(l->bytes, &size);
	l->at = g_array_new(FALSE, FALSE, sizeof(size_t));
	g_array_append_val(l->at, at);
	while (at < size && (lf = memchr(l->text + at, '\n', size - at)) !=
	    NULL) {
		at = (size_t)(lf - l->text) + 1;
		g_array_append_val(l->at, at);
	}
	if (at == size)
		return 0;
	load_odd(path, lines_count(l) + 1, FALSE, e);
	lines_clear(l);
	return -1;
}

/* The value of a string member, at its first place; a quotation mark in a text
 * has a backslash before it, so no text looks like a member. */
static gboolean
member(const char *line, size_t len, const char *key, char *to, size_t size)
{
	const char *p = memmem(line, len, key, strlen(key)), *q;

	if (p == NULL)
		return FALSE;
	p += strlen(key);
	q = memchr(p, '"', len - (size_t)(p - line));
	if (q == NULL || (size_t)(q - p) >= size)
		return FALSE;
	memcpy(to, p, (size_t)(q - p));
	to[q - p] = '\0';
	return TRUE;
}

/* ---- facts ------------------------------------------------------------------- */

/* "F-000031": 31; 0 where there is none. */
static uint64_t
id_at(const char *p, const char *end)
{
	uint64_t n = 0;

	for (p += 2; p < end && *p >= '0' && *p <= '9'; p++)
		n = n * 10 + (uint64_t)(*p - '0');
	return n;
}

/* The line of a fact: its id is its place, but where lines are missing. */
static guint
line_of(const struct lines *l, uint64_t id)
{
	size_t len;
	const char *p;

	if (id >= 1 && id <= lines_count(l)) {
		p = line_at(l, (guint)id - 1, &len);
		if (len > 16 && id_at(p + 7, p + len) == id)
			return (guint)id - 1;
	}
	for (guint i = 0; i < lines_count(l); i++) {
		p = line_at(l, i, &len);
		if (len > 16 && id_at(p + 7, p + len) == id)
			return i;
	}
	return G_MAXUINT;
}

/* A joined fact rests on facts before it, which are needed with it. */
static void
need(const struct lines *l, guint i, char *needed)
{
	size_t len;
	const char *line = line_at(l, i, &len), *end = line + len, *p;

	if (needed[i])
		return;
	needed[i] = TRUE;
	p = memmem(line, len, ",\"from\":[\"F-", 12);
	while (p != NULL && p < end && *p != ']') {
		if (*p == 'F' && end - p > 2 && p[1] == '-') {
			guint of = line_of(l, id_at(p, end));

			if (of < i)
				need(l, of, needed);
		}
		p++;
	}
}

/* An odd one is read, and refused. */
static gboolean
wanted(const struct many *m, const char *line, size_t len)
{
	char name[64];

	return !member(line, MIN(len, 128u), "\"kind\":\"", name,
	    sizeof(name)) || !g_hash_table_contains(m->passed, name);
}

static int
lean_facts(const struct many *m, const struct loading *l, GError **e)
{
	g_autofree char *path = g_build_filename(l->dir, "data", "facts.jsonl",
	    NULL);
	g_autofree char *needed = NULL;
	struct lines lines;
	int rc = 0;

	if (lines_get(path, &lines, e) != 0)
		return -1;
	needed = g_malloc0(lines_count(&lines) + 1);
	for (guint i = 0; i < lines_count(&lines); i++) {
		size_t len;
		const char *line = line_at(&lines, i, &len);

		if (wanted(m, line, len))
			need(&lines, i, needed);
	}
	for (guint i = 0; i < lines_count(&lines) && rc == 0; i++) {
		size_t len;
		const char *line = line_at(&lines, i, &len);
		const struct fact *f;

		if (!needed[i])
			continue;
		f = load_fact(l, line, len);
		if (f == NULL)
			rc = load_odd(path, i + 1, TRUE, e);
		else
			load_said(l, f);
	}
	lines_clear(&lines);
	return rc;
}

/* ---- rows -------------------------------------------------------------------- */

/* Answers of name servers, handshakes and local files matter by their facts. */
static gboolean
row_needed(enum probe_kind kind, gboolean answered)
{
	return !answered || kind == PROBE_RDAP || kind == PROBE_WHOIS ||
	    kind == PROBE_HTTP || kind == PROBE_GEO;
}

/* A target that the settings do not name. */
static void
lean_target(struct run *r, const char *target)
{
	for (guint i = r->targets->len; i-- > 0;)
		if (strcmp(r->targets->pdata[i], target) == 0)
			return;
	g_ptr_array_add(r->targets, g_strdup(target));
}

/* 0, or -1 where the line is none. */
static int
lean_row(const struct loading *l, const char *line, size_t len, uint64_t *last)
{
	char kind[32], status[32], target[1024];
	struct log_row *row;
	uint64_t n;
	int k;

	if (len < 16 || memcmp(line, "{\"n\":", 5) != 0)
		return -1;
	n = id_at(line + 3, line + len);
	if (n <= *last)
		return -1;
	*last = n;
	if (memmem(line, MIN(len, 64u), "\"type\":\"exchange\"", 17) == NULL)
		return 0;
	if (!member(line, len, ",\"kind\":\"", kind, sizeof(kind)) ||
	    !member(line, len, ",\"status\":\"", status, sizeof(status)) ||
	    (k = probe_kind_parse(kind)) < 0)
		return -1;
	if (member(line, len, ",\"target\":\"", target, sizeof(target)))
		lean_target(l->run, target);
	counts_add(&l->run->counted, strcmp(status, "answered") == 0);
	if (!row_needed((enum probe_kind)k, strcmp(status, "answered") == 0))
		return 0;
	row = log_row_read(line, len);
	if (row == NULL)
		return -1;
	share_row(l->share, row, TRUE);
	g_ptr_array_add(l->run->log, row);
	return 0;
}

static int
lean_log(const struct loading *l, GError **e)
{
	g_autofree char *path = g_build_filename(l->dir, "data", "log.jsonl",
	    NULL);
	struct lines lines;
	uint64_t last = 0;
	int rc = 0;

	if (lines_get(path, &lines, e) != 0)
		return -1;
	for (guint i = 0; i < lines_count(&lines) && rc == 0; i++) {
		size_t len;
		const char *line = line_at(&lines, i, &len);

		if (lean_row(l, line, len, &last) != 0)
			rc = load_odd(path, i + 1, TRUE, e);
	}
	lines_clear(&lines);
	return rc;
}

/* ---- what a run says ----------------------------------------------------------- */

void
load_said(const struct loading *l, const struct fact *f)
{
	const uint8_t *said;

	if (!fact_assessed(f->kind))
		return;
	said = share_said(l->share);
	g_array_append_vals(l->said, said, 1);
	pages_add(l->run, f, said);
}

static int
by_bytes(const void *a, const void *b)
{
	return memcmp(a, b, SHARE_SAID);
}

static void
sum(GChecksum *c, const char *text)
{
	g_checksum_update(c, (const guchar *)text, (gssize)strlen(text) + 1);
}

static void
sum_failed(GChecksum *c, const struct run *r)
{
	for (guint i = 0; i < r->log->len; i++) {
		const struct log_row *row = r->log->pdata[i];

		if (strcmp(row->type, "exchange") != 0 ||
		    row->status == X_ANSWERED)
			continue;
		sum(c, probe_kind_name(row->kind));
		sum(c, xstatus_name(row->status));
		sum(c, row->name);
		sum(c, row->qtype);
		sum(c, row->host);
		sum(c, row->server);
	}
}

/* A set: the order of answers, and how many said the same, are no matter. */
static char *
said_of(const struct loading *l)
{
	GChecksum *c = g_checksum_new(G_CHECKSUM_SHA256);
	const struct run *r = l->run;
	const char *before = NULL;
	char *text;

	g_array_sort(l->said, by_bytes);
	for (guint i = 0; i < l->said->len; i++) {
		const char *one = l->said->data + (size_t)i * SHARE_SAID;

		if (before == NULL || memcmp(one, before, SHARE_SAID) != 0)
			g_checksum_update(c, (const guchar *)one, SHARE_SAID);
		before = one;
	}
	sum_failed(c, r);
	sum(c, r->complete ? "complete" : r->incomplete_why);
	sum(c, r->vantage);
	sum(c, r->exit);
	for (guint i = 0; i < r->targets->len; i++)
		sum(c, r->targets->pdata[i]);
	text = g_strdup(g_checksum_get_string(c));
	g_checksum_free(c);
	return text;
}

/* ---- a run ------------------------------------------------------------------- */

void
many_begin(struct many *m, struct share *share, int64_t known)
{
	*m = (struct many){ .share = share, .known = known };
	m->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	m->passed = g_hash_table_new(g_str_hash, g_str_equal);
	for (int k = 0; k < FACT_KINDS; k++)
		if (!fact_assessed((enum fact_kind)k))
			g_hash_table_add(m->passed, (void *)(uintptr_t)
			    fact_info((enum fact_kind)k)->name);
}

void
many_end(struct many *m)
{
	g_hash_table_unref(m->seen);
	g_hash_table_unref(m->passed);
}

/* Whether it is the newest of a target from a place. */
static gboolean
is_newest(const struct run *r, GHashTable *seen)
{
	gboolean new = r->targets->len == 0;

	for (guint i = 0; i < r->targets->len; i++)
		new |= g_hash_table_add(seen, g_strdup_printf("%s\n%s\n%s",
		    (const char *)r->targets->pdata[i], r->vantage, r->exit));
	return new;
}

static int
read_whole(struct loading *l, GHashTable *seen, GError **e)
{
	struct run *r = l->run;

	if (load_lines(l, e) != 0)
		return -1;
	g_ptr_array_set_size(r->targets, 0);
	load_targets(r);
	is_newest(r, seen);
	return 0;
}

/* FALSE where a row names a target that no newer run has. */
static gboolean
read_lean(struct many *m, struct loading *l, int *rc, GError **e)
{
	struct run *r = l->run;

	r->lean = TRUE;
	*rc = lean_log(l, e);
	if (*rc == 0 && is_newest(r, m->seen)) {
		g_ptr_array_set_size(r->log, 0);
		r->lean = FALSE;
		return FALSE;
	}
	if (*rc == 0)
		*rc = lean_facts(m, l, e);
	if (*rc == 0)
		*rc = load_exhibits(l, e);
	return TRUE;
}

static int
read_run(struct many *m, struct loading *l, GError **e)
{
	struct run *r = l->run;
	int rc = 0;

	load_targets(r);
	if (is_newest(r, m->seen) || !read_lean(m, l, &rc, e))
		rc = read_whole(l, m->seen, e);
	json_decref(r->settings);
	r->settings = json_object();
	return rc;
}

struct run *
run_load_lean(struct many *m, const char *dir, char **said, GError **e)
{
	struct loading l;
	const struct run *r;
	int rc;

	*said = NULL;
	load_begin(&l, dir, m->share);
	r = l.run;
	rc = load_head(&l, e);
	if (rc == 0 && m->known != INT64_MAX && text_time_parse(*r->ended !=
	    '\0' ? r->ended : r->started) > m->known)
		return load_end(&l, -1);
	l.run->texts = g_string_chunk_new(1024);
	l.said = g_array_new(FALSE, FALSE, SHARE_SAID);
	if (rc == 0)
		rc = read_run(m, &l, e);
	if (rc == 0)
		*said = said_of(&l);
	pages_sort(l.run);
	share_turn(m->share);
	g_array_unref(l.said);
	return load_end(&l, rc);
}
