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
#include "probes/text.h"

/* --- writing -------------------------------------------------------------- */

static void
put_number(GString *out, int64_t v)
{
	char buf[24], *p = buf + sizeof(buf);
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do
		*--p = (char)('0' + u % 10);
	while ((u /= 10) > 0);
	if (v < 0)
		*--p = '-';
	g_string_append_len(out, p, buf + sizeof(buf) - p);
}

static gboolean
is_plain(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < 0x20 || (unsigned char)*s > 0x7e ||
		    *s == '"' || *s == '\\')
			return FALSE;
	return TRUE;
}

static void
put_string(GString *out, const char *s)
{
	json_t *value;
	char *text;

	if (s == NULL) {
		g_string_append(out, "null");
	} else if (is_plain(s)) {
		g_string_append_c(out, '"');
		g_string_append(out, s);
		g_string_append_c(out, '"');
	} else {
		value = text_json(s, strlen(s));
		text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
		g_string_append(out, text);
		free(text);
		json_decref(value);
	}
}

static void
put_key(GString *out, const char *key, const char *value)
{
	g_string_append(out, ",\"");
	g_string_append(out, key);
	g_string_append(out, "\":");
	put_string(out, value);
}

static void
put_int(GString *out, const char *key, int64_t value)
{
	g_string_append(out, ",\"");
	g_string_append(out, key);
	g_string_append(out, "\":");
	put_number(out, value);
}

static void
put_time(GString *out, const char *key, int64_t us)
{
	char when[32];

	text_time(when, us);
	put_key(out, key, when);
}

static void
put_question(GString *out, const struct question *q)
{
	g_string_append(out, ",\"question\":{\"name\":");
	put_string(out, q->name);
	put_key(out, "type", q->type);
	put_key(out, "host", q->host);
	put_key(out, "server", q->server);
	put_int(out, "port", q->port);
	if (*q->note != '\0')
		put_key(out, "note", q->note);
	if (*q->options != '\0')
		put_key(out, "options", q->options);
	g_string_append_c(out, '}');
}

static void
put_with(GString *out, const GArray *with)
{
	if (with == NULL || with->len == 0)
		return;
	for (guint i = 0; i < with->len; i++) {
		g_string_append(out, i == 0 ? ",\"with\":[" : ",");
		put_number(out, (int64_t)g_array_index(with, uint64_t, i));
	}
	g_string_append_c(out, ']');
}

static void
put_meta(GString *out, const GPtrArray *meta)
{
	if (meta == NULL || meta->len == 0)
		return;
	for (guint i = 0; i < meta->len; i++) {
		const struct meta *m = g_ptr_array_index(meta, i);

		g_string_append(out, i == 0 ? ",\"meta\":{" : ",");
		put_string(out, m->key);
		g_string_append_c(out, ':');
		put_string(out, m->value);
	}
	g_string_append_c(out, '}');
}

static void
put_kept(GString *out, const char *key, const struct kept *k)
{
	if (!k->there) {
		put_key(out, key, NULL);
		return;
	}
	g_string_append_printf(out, ",\"%s\":{\"warc\":", key);
	put_number(out, (int64_t)k->offset);
	put_int(out, "len", (int64_t)k->len);
	put_key(out, "sha256", k->sha256);
	put_int(out, "size", (int64_t)k->size);
	g_string_append_c(out, '}');
}

static void
put_begin(GString *out, uint64_t n, const char *type, const char *prev)
{
	g_string_append(out, "{\"n\":");
	put_number(out, (int64_t)n);
	put_key(out, "type", type);
	put_key(out, "prev", prev);
}

void
line_exchange(GString *out, const struct exchange *x, const char *prev,
    const char *salt)
{
	put_begin(out, x->n, "exchange", prev);
	put_key(out, "salt", salt);
	put_key(out, "target", x->target);
	put_key(out, "kind", probe_kind_name(x->q->kind));
	put_question(out, x->q);
	g_string_append(out, ",\"cause\":{\"n\":");
	put_number(out, (int64_t)x->cause);
	put_key(out, "rule", x->rule);
	g_string_append_c(out, '}');
	put_with(out, x->with);
	put_time(out, "start", x->start);
	put_time(out, "end", x->end);
	put_int(out, "mono_ns", x->mono);
	put_int(out, "took_ns", x->took);
	put_key(out, "local", x->local);
	put_key(out, "remote", x->remote);
	put_key(out, "exit", x->exit == NULL ? "" : x->exit);
	put_key(out, "status", xstatus_name(x->status));
	put_key(out, "detail", x->detail);
	put_meta(out, x->meta);
	put_kept(out, "sent", &x->sent_kept);
	put_kept(out, "received", &x->received_kept);
	g_string_append(out, "}\n");
}

void
line_event(GString *out, uint64_t n, const char *type, const char *prev,
    const json_t *members)
{
	char *text = members == NULL ? NULL : json_dumps(members, JSON_COMPACT);

	put_begin(out, n, type, prev);
	if (text != NULL && strlen(text) > 2) {
		g_string_append_c(out, ',');
		g_string_append_len(out, text + 1, (gssize)strlen(text) - 2);
	}
	free(text);
	g_string_append(out, "}\n");
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

/* The next whole line into buf, LF included; 0 where there is none, or one too
 * long to be ours. */
static size_t
next_line(FILE *f, GString *buf)
{
	int c;

	g_string_truncate(buf, 0);
	while (buf->len < LINE_MAX_LEN && (c = getc_unlocked(f)) != EOF) {
		g_string_append_c(buf, (char)c);
		if (c == '\n')
			return buf->len;
	}
	return 0;
}

int
line_each(const char *path, line_fn *fn, void *data, uint64_t *whole,
    GError **error)
{
	FILE *f = fopen(path, "re");
	g_autoptr(GString) buf = g_string_sized_new(4096);
	size_t n;
	int rc = 0;

	*whole = 0;
	if (f == NULL)
		return file_fail(error, path, "open");
	while (rc == 0 && (n = next_line(f, buf)) > 0) {
		rc = fn(buf->str, n - 1, data);
		if (rc == 0)
			*whole += n;
	}
	if (ferror(f))
		rc = file_fail(error, path, "read");
	fclose(f);
	return rc < 0 ? -1 : 0;
}
