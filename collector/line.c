/*
 * Lines of log.jsonl.  Written by hand because a run writes thousands; read by
 * jansson because a line may be anybody's.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collector/files.h"
#include "collector/line.h"
#include "collector/warc.h"
#include "probes/append.h"
#include "probes/json_text.h"
#include "probes/text.h"

/* --- writing -------------------------------------------------------------- */

/* A value of ours that needs no look: a digest, a time. */
static void
put_ours(GString *out, const char *key, const char *value)
{
	json_key(out, key);
	append_char(out, '"');
	append_text(out, value);
	append_char(out, '"');
}

static void
put_time(GString *out, const char *key, int64_t us)
{
	char when[32];

	text_time(when, us);
	put_ours(out, key, when);
}

static void
put_question(GString *out, const struct question *q)
{
	json_key(out, "question");
	json_open(out, '{');
	json_put(out, "name", q->name);
	json_put(out, "type", q->type);
	json_put(out, "host", q->host);
	json_put(out, "server", q->server);
	json_put_integer(out, "port", q->port);
	if (*q->note != '\0')
		json_put(out, "note", q->note);
	if (*q->options != '\0')
		json_put(out, "options", q->options);
	json_close(out, '}');
}

static void
put_cause(GString *out, const struct exchange *x)
{
	json_key(out, "cause");
	json_open(out, '{');
	json_put_integer(out, "n", (json_int_t)x->cause);
	if (x->rule != NULL)
		json_put(out, "rule", x->rule);
	else
		json_put_null(out, "rule");
	json_close(out, '}');
}

static void
put_with(GString *out, const GArray *with)
{
	if (with == NULL || with->len == 0)
		return;
	json_key(out, "with");
	for (guint i = 0; i < with->len; i++) {
		append_char(out, i == 0 ? '[' : ',');
		json_text_integer(out,
		    (json_int_t)g_array_index(with, uint64_t, i));
	}
	json_close(out, ']');
}

static void
put_meta(GString *out, const GPtrArray *meta)
{
	if (meta == NULL || meta->len == 0)
		return;
	json_key(out, "meta");
	json_open(out, '{');
	for (guint i = 0; i < meta->len; i++) {
		const struct meta *m = g_ptr_array_index(meta, i);

		json_put(out, m->key, m->value);
	}
	json_close(out, '}');
}

static void
put_kept(GString *out, const char *key, const struct kept *k)
{
	if (!k->there) {
		json_put_null(out, key);
		return;
	}
	json_key(out, key);
	json_open(out, '{');
	json_put_integer(out, "warc", (json_int_t)k->offset);
	json_put_integer(out, "len", (json_int_t)k->len);
	put_ours(out, "sha256", k->sha256);
	json_put_integer(out, "size", (json_int_t)k->size);
	json_close(out, '}');
}

static void
put_begin(GString *out, uint64_t n, const char *type, const char *prev)
{
	json_open(out, '{');
	json_put_integer(out, "n", (json_int_t)n);
	put_ours(out, "type", type);
	put_ours(out, "prev", prev);
}

void
line_exchange(GString *out, const struct exchange *x, const char *prev,
    const char *salt)
{
	put_begin(out, x->n, "exchange", prev);
	put_ours(out, "salt", salt);
	if (x->target != NULL)
		json_put(out, "target", x->target);
	else
		json_put_null(out, "target");
	put_ours(out, "kind", probe_kind_name(x->q->kind));
	put_question(out, x->q);
	put_cause(out, x);
	put_with(out, x->with);
	put_time(out, "start", x->start);
	put_time(out, "end", x->end);
	json_put_integer(out, "mono_ns", x->mono);
	json_put_integer(out, "took_ns", x->took);
	json_put(out, "local", x->local);
	json_put(out, "remote", x->remote);
	json_put(out, "exit", x->exit == NULL ? "" : x->exit);
	put_ours(out, "status", xstatus_name(x->status));
	json_put(out, "detail", x->detail);
	put_meta(out, x->meta);
	put_kept(out, "sent", &x->sent_kept);
	put_kept(out, "received", &x->received_kept);
	append_bytes(out, "}\n", 2);
}

void
line_event(GString *out, uint64_t n, const char *type, const char *prev,
    const GString *members)
{
	put_begin(out, n, type, prev);
	if (members != NULL) {
		append_char(out, ',');
		append_bytes(out, members->str, members->len);
	}
	append_bytes(out, "}\n", 2);
}

/* --- reading -------------------------------------------------------------- */

/* A string, or the bytes of {"b64"}; "" where neither; caller frees. */
static char *
get_text(const json_t *object, const char *key)
{
	const json_t *v = json_object_get(object, key);
	const char *b64 = json_string_value(json_object_get(v, "b64"));
	gsize len = 0;
	guchar *raw;
	char *s;

	if (b64 == NULL)
		return g_strdup(json_is_string(v) ? json_string_value(v) : "");
	raw = g_base64_decode(b64, &len);
	s = g_strndup((const char *)raw, len);
	g_free(raw);
	return s;
}

static const char *
get_string(const json_t *object, const char *key)
{
	const char *s = json_string_value(json_object_get(object, key));

	return s == NULL ? "" : s;
}

static int64_t
get_int(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

static struct question *
read_question(enum probe_kind kind, const json_t *q)
{
	g_autofree char *name = get_text(q, "name"), *type = get_text(q, "type");
	g_autofree char *host = get_text(q, "host");
	g_autofree char *server = get_text(q, "server");
	g_autofree char *note = get_text(q, "note");
	g_autofree char *options = get_text(q, "options");

	return question_with(question_new(kind, name, type, host, server,
	    (uint16_t)get_int(q, "port"), note), options);
}

static int
read_kept(const json_t *k, struct kept *kept)
{
	const char *sha256 = get_string(k, "sha256");
	int64_t offset = get_int(k, "warc"), len = get_int(k, "len");
	int64_t size = get_int(k, "size");

	if (!json_is_object(k))
		return json_is_null(k) ? 0 : -1;
	if (strlen(sha256) != 64 || offset < 0 || len <= 0 || size < 0)
		return -1;
	memcpy(kept->sha256, sha256, 65);
	kept->offset = (uint64_t)offset;
	kept->len = (uint64_t)len;
	kept->size = (uint64_t)size;
	kept->there = TRUE;
	return 0;
}

static void
read_meta(struct exchange *x, const json_t *meta)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)meta, key, value) {
		g_autofree char *text = get_text(meta, key);

		exchange_meta(x, g_intern_string(key), text);
	}
}

static void
read_with(struct exchange *x, const json_t *with)
{
	size_t i;
	const json_t *v;

	if (json_array_size(with) == 0)
		return;
	if (x->with == NULL)
		x->with = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	json_array_foreach(with, i, v) {
		uint64_t n = (uint64_t)json_integer_value(v);

		g_array_append_val(x->with, n);
	}
}

static void
read_rest(struct exchange *x, const json_t *line)
{
	const json_t *cause = json_object_get(line, "cause");
	const json_t *target = json_object_get(line, "target");

	x->n = (uint64_t)get_int(line, "n");
	x->target = json_is_null(target) ? NULL : get_text(line, "target");
	x->cause = (uint64_t)get_int(cause, "n");
	x->rule = g_intern_string(get_string(cause, "rule"));
	x->start = text_time_parse(get_string(line, "start"));
	x->end = text_time_parse(get_string(line, "end"));
	x->mono = get_int(line, "mono_ns");
	x->took = get_int(line, "took_ns");
	g_strlcpy(x->local, get_string(line, "local"), sizeof(x->local));
	g_strlcpy(x->remote, get_string(line, "remote"), sizeof(x->remote));
	g_strlcpy(x->detail, get_string(line, "detail"), sizeof(x->detail));
	x->exit = g_intern_string(get_string(line, "exit"));
	x->sent.media = warc_media(x->q->kind, 's');
	x->received.media = warc_media(x->q->kind, 'r');
	read_with(x, json_object_get(line, "with"));
	read_meta(x, json_object_get(line, "meta"));
}

struct exchange *
line_read(const json_t *line)
{
	int kind = probe_kind_parse(get_string(line, "kind"));
	int status = xstatus_parse(get_string(line, "status"));
	struct question *q;
	struct exchange *x;

	if (strcmp(get_string(line, "type"), "exchange") != 0 || kind < 0 ||
	    status < 0)
		return NULL;
	q = read_question((enum probe_kind)kind,
	    json_object_get(line, "question"));
	x = exchange_new(q);
	question_unref(q);
	x->status = (enum xstatus)status;
	read_rest(x, line);
	if (x->n > 0 &&
	    read_kept(json_object_get(line, "sent"), &x->sent_kept) == 0 &&
	    read_kept(json_object_get(line, "received"), &x->received_kept) == 0)
		return x;
	exchange_free(x);
	return NULL;
}

#define CHUNK	65536

struct lines {
	FILE	*f;
	char	*buf;		/* LINE_MAX_LEN + CHUNK */
	size_t	 at, have;	/* what is read and not given yet */
};

/* The length of the next whole line, LF included, and where it stands; 0 where
 * there is none, or one too long to be ours. */
static size_t
next_line(struct lines *l, const char **line)
{
	size_t seen = 0, n;
	const char *end;

	while ((end = memchr(l->buf + l->at + seen, '\n',
	    l->have - l->at - seen)) == NULL) {
		seen = l->have - l->at;
		if (seen >= LINE_MAX_LEN)
			return 0;
		memmove(l->buf, l->buf + l->at, seen);
		l->at = 0;
		l->have = seen;
		n = fread(l->buf + l->have, 1, CHUNK, l->f);
		if (n == 0)
			return 0;
		l->have += n;
	}
	*line = l->buf + l->at;
	n = (size_t)(end - *line) + 1;
	l->at += n;
	return n <= LINE_MAX_LEN ? n : 0;
}

int
line_each(const char *path, line_fn *fn, void *data, uint64_t *whole,
    GError **error)
{
	struct lines l = { .f = fopen(path, "re") };
	const char *line = NULL;
	size_t n;
	int rc = 0;

	*whole = 0;
	if (l.f == NULL)
		return file_fail(error, path, "open");
	l.buf = g_malloc(LINE_MAX_LEN + CHUNK);
	while (rc == 0 && (n = next_line(&l, &line)) > 0) {
		rc = fn(line, n - 1, data);
		if (rc == 0)
			*whole += n;
	}
	if (ferror(l.f))
		rc = file_fail(error, path, "read");
	fclose(l.f);
	g_free(l.buf);
	return rc < 0 ? -1 : 0;
}
