/* A run: made, read line by line, looked up. */

#include "reports/record.h"

#include <string.h>

#include "probes/json_read.h"
#include "reports/settle.h"

/* One line of the log or of exhibits.jsonl; longer ones are not ours. */
#define LINE_MAX_BYTES (1u << 20)
/* Records listed by one exhibit. */
#define EXHIBIT_RECORDS 1000000u

static void
token_view_free(void *data)
{
	struct token_view *t = data;

	g_free(t->which);
	g_free(t->authority);
	g_free(t->time);
	g_free(t->serial);
	g_free(t->accuracy);
	g_free(t->policy);
	g_free(t->problem);
	g_free(t->trust);
	g_free(t);
}

static void
free_row(void *data)
{
	log_row_free(data);
}

static void
free_fact(void *data)
{
	fact_free(data);
}

GPtrArray *
log_rows_new(void)
{
	return g_ptr_array_new_with_free_func(free_row);
}

GPtrArray *
run_facts_new(void)
{
	return g_ptr_array_new_with_free_func(free_fact);
}

static void
free_exhibit(void *data)
{
	exhibit_free(data);
}

static void
free_bytes(void *data)
{
	g_bytes_unref(data);
}

struct run *
run_new(void)
{
	struct run *r = g_new0(struct run, 1);
	char **const strings[] = {
		&r->name, &r->id, &r->title, &r->head, &r->key, &r->program,
		&r->program_sha256, &r->started, &r->ended, &r->clock,
		&r->vantage, &r->user_agent, &r->exit, &r->incomplete_why,
	};

	texts_empty(strings, G_N_ELEMENTS(strings));
	r->targets = g_ptr_array_new_with_free_func(g_free);
	r->log = log_rows_new();
	r->facts = run_facts_new();
	r->exhibits = g_ptr_array_new_with_free_func(free_exhibit);
	r->tokens = g_ptr_array_new_with_free_func(token_view_free);
	r->files = g_ptr_array_new_with_free_func(file_hash_free);
	r->settings = json_object();
	r->received = g_hash_table_new_full(g_int64_hash, g_int64_equal,
	    g_free, free_bytes);
	return r;
}

void
run_free(struct run *r)
{
	if (r == NULL)
		return;
	char *const strings[] = {
		r->name, r->id, r->title, r->head, r->key, r->program,
		r->program_sha256, r->started, r->ended, r->clock, r->vantage,
		r->user_agent, r->exit, r->incomplete_why,
	};
	for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
		g_free(strings[i]);
	g_ptr_array_unref(r->targets);
	g_ptr_array_unref(r->log);
	g_ptr_array_unref(r->facts);
	g_free(r->block);
	g_ptr_array_unref(r->exhibits);
	placed_free(r->placed);
	g_ptr_array_unref(r->tokens);
	g_ptr_array_unref(r->files);
	json_decref(r->settings);
	g_hash_table_unref(r->received);
	g_clear_pointer(&r->pages, g_array_unref);
	if (r->texts != NULL)
		g_string_chunk_free(r->texts);
	g_free(r);
}

/* All strings "": a reader fills in what a line of its type has. */
struct log_row *
log_row_new(void)
{
	struct log_row *r = g_new0(struct log_row, 1);
	char **const strings[] = {
		&r->type, &r->target, &r->name, &r->qtype, &r->host,
		&r->server, &r->note, &r->rule, &r->start, &r->end, &r->local,
		&r->remote, &r->exit, &r->detail, &r->sent_sha256,
		&r->received_sha256, &r->text,
	};

	texts_empty(strings, G_N_ELEMENTS(strings));
	return r;
}

void
log_row_free(struct log_row *r)
{
	if (r == NULL)
		return;
	char *const strings[] = {
		r->type, r->target, r->name, r->qtype, r->host, r->server,
		r->note, r->rule, r->start, r->end, r->local, r->remote,
		r->exit, r->detail, r->sent_sha256, r->received_sha256,
		r->text,
	};
	for (size_t i = 0; !r->borrows && i < G_N_ELEMENTS(strings); i++)
		g_free(strings[i]);
	json_decref(r->json);
	g_free(r);
}

static void
take(char **out, const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	if (s != NULL) {
		g_free(*out);
		*out = g_strdup(s);
	}
}

/* 0 where it is absent, negative or no integer. */
static uint64_t
count_of(const json_t *o, const char *key)
{
	json_int_t n = json_integer_value(json_object_get(o, key));

	return n < 0 ? 0 : (uint64_t)n;
}

/* The members that every line of its type has; others are not worth a text. */
static gboolean
is_frame(const char *key)
{
	static const char *const frame[] = {
		"n", "type", "prev", "salt", "target", "format",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(frame); i++)
		if (strcmp(key, frame[i]) == 0)
			return TRUE;
	return FALSE;
}

/* "limit http.body, value 8388608": scalar members in the line's own order; of a
 * question that was not asked, why and which. */
static char *
event_text(json_t *o)
{
	const char *said = json_string_value(json_object_get(o, "text"));
	const char *unasked = json_string_value(json_object_get(
	    json_object_get(o, "question"), "name"));
	const char *key;
	json_t *v;

	if (said != NULL && unasked != NULL)
		return g_strdup_printf("%s: %s", said, unasked);
	if (said != NULL)
		return g_strdup(said);
	GString *s = g_string_new(NULL);
	json_object_foreach(o, key, v) {
		if (is_frame(key) || json_is_object(v) || json_is_array(v))
			continue;
		g_string_append_printf(s, "%s%s ", s->len > 0 ? ", " : "", key);
		if (json_is_string(v))
			g_string_append(s, json_string_value(v));
		else if (json_is_integer(v))
			g_string_append_printf(s, "%" JSON_INTEGER_FORMAT,
			    json_integer_value(v));
		else
			g_string_append(s, json_is_true(v) ? "yes" : "no");
	}
	return g_string_free(s, FALSE);
}

static int
read_exchange(struct log_row *r, json_t *o)
{
	const json_t *q = json_object_get(o, "question");
	const json_t *cause = json_object_get(o, "cause");
	const json_t *sent = json_object_get(o, "sent");
	const json_t *received = json_object_get(o, "received");
	const char *kind = json_string_value(json_object_get(o, "kind"));
	const char *status = json_string_value(json_object_get(o, "status"));
	int k = kind != NULL ? probe_kind_parse(kind) : -1;
	int st = status != NULL ? xstatus_parse(status) : -1;

	if (k < 0 || st < 0 || !json_is_object(q))
		return -1;
	r->kind = (enum probe_kind)k;
	r->status = (enum xstatus)st;
	take(&r->name, q, "name");
	take(&r->qtype, q, "type");
	take(&r->host, q, "host");
	take(&r->server, q, "server");
	take(&r->note, q, "note");
	r->port = (unsigned)(count_of(q, "port") & 0xffff);
	r->cause = count_of(cause, "n");
	take(&r->rule, cause, "rule");
	take(&r->start, o, "start");
	take(&r->end, o, "end");
	r->took_ns = (int64_t)count_of(o, "took_ns");
	take(&r->local, o, "local");
	take(&r->remote, o, "remote");
	take(&r->exit, o, "exit");
	take(&r->detail, o, "detail");
	take(&r->sent_sha256, sent, "sha256");
	take(&r->received_sha256, received, "sha256");
	r->sent_size = count_of(sent, "size");
	r->received_size = count_of(received, "size");
	return 0;
}

struct log_row *
log_row_read(const char *line, size_t len)
{
	json_t *o;

	if (len > LINE_MAX_BYTES)
		return NULL;
	o = json_read(line, len, JSON_DEEPEST, JSON_ONCE | JSON_NO_NUL);
	if (o == NULL)
		return NULL;
	struct log_row *r = log_row_new();
	r->json = o;
	r->n = count_of(o, "n");
	take(&r->type, o, "type");
	take(&r->target, o, "target");
	if (r->n == 0 || *r->type == '\0')
		goto bad;
	if (strcmp(r->type, "exchange") == 0) {
		if (read_exchange(r, o) != 0)
			goto bad;
	} else {
		g_free(r->text);
		r->text = event_text(o);
	}
	return r;
bad:
	log_row_free(r);
	return NULL;
}

struct exhibit *
exhibit_read(const char *line, size_t len)
{
	struct exhibit *x = NULL;
	json_t *o, *list, *v;
	size_t i;

	if (len > LINE_MAX_BYTES * 16)
		return NULL;
	o = json_read(line, len, JSON_DEEPEST, JSON_ONCE | JSON_NO_NUL);
	list = json_object_get(o, "records");
	if (json_string_value(json_object_get(o, "id")) == NULL ||
	    !json_is_array(list) || json_array_size(list) > EXHIBIT_RECORDS)
		goto out;
	x = g_new0(struct exhibit, 1);
	x->id = g_strdup("");
	x->title = g_strdup("");
	x->target = g_strdup("");
	take(&x->id, o, "id");
	take(&x->title, o, "title");
	take(&x->target, o, "target");
	x->records = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	json_array_foreach(list, i, v) {
		uint64_t n = json_integer_value(v) > 0 ?
		    (uint64_t)json_integer_value(v) : 0;

		if (n == 0) {
			exhibit_free(x);
			x = NULL;
			goto out;
		}
		g_array_append_val(x->records, n);
	}
out:
	json_decref(o);
	return x;
}

void
exhibit_free(struct exhibit *x)
{
	if (x == NULL)
		return;
	if (!x->borrows) {
		g_free(x->id);
		g_free(x->title);
		g_free(x->target);
	}
	if (x->records != NULL)
		g_array_unref(x->records);
	g_free(x);
}

/* Rows stand in the order of their numbers, and a row's number is at least its
 * place: line n is at n - 1 unless lines are missing. */
const struct log_row *
run_row(const struct run *r, uint64_t n)
{
	size_t lo = 0, hi = r->log->len;

	if (n >= 1 && n <= hi) {
		const struct log_row *guess = r->log->pdata[n - 1];
		if (guess->n == n)
			return guess;
	}
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const struct log_row *row = r->log->pdata[mid];

		if (row->n == n)
			return row;
		if (row->n < n)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

static gboolean
array_has(const GArray *a, uint64_t n)
{
	for (guint i = 0; i < a->len; i++)
		if (g_array_index(a, uint64_t, i) == n)
			return TRUE;
	return FALSE;
}

const char *
run_exhibit_of(const struct run *r, uint64_t n)
{
	if (r->placed != NULL)
		return placed_id(r->placed, n);
	for (guint i = 0; i < r->exhibits->len; i++) {
		const struct exhibit *x = r->exhibits->pdata[i];

		if (array_has(x->records, n))
			return x->id;
	}
	return "";
}

void
run_each(const struct run *r, enum fact_kind kind, const char *subject,
    fact_fn *fn, void *user)
{
	for (guint i = 0; i < r->facts->len; i++) {
		const struct fact *f = r->facts->pdata[i];

		if (f->kind == kind && (subject == NULL ||
		    strcmp(f->subject, subject) == 0))
			fn(r, f, user);
	}
}

const struct fact *
run_first(const struct run *r, enum fact_kind kind, const char *subject)
{
	for (guint i = 0; i < r->facts->len; i++) {
		const struct fact *f = r->facts->pdata[i];

		if (f->kind == kind && (subject == NULL ||
		    strcmp(f->subject, subject) == 0))
			return f;
	}
	return NULL;
}

void
counts_add(struct run_counts *c, gboolean answered)
{
	c->asked++;
	c->failed += !answered;
}

struct run_counts
run_counts(const struct run *r)
{
	struct run_counts c = { 0 };

	if (r->lean)
		return r->counted;
	for (guint i = 0; i < r->log->len; i++) {
		const struct log_row *row = r->log->pdata[i];

		if (strcmp(row->type, "exchange") == 0)
			counts_add(&c, row->status == X_ANSWERED);
	}
	return c;
}
