#include "reports/share.h"

#include <stdlib.h>
#include <string.h>

#include "reports/assessed.h"
#include "reports/diff.h"
#include "reports/record.h"

/* A statement, and the text that it is found by: from "kind" to the end of the
 * value, type, target. */
struct said {
	enum fact_kind	 kind;
	enum fact_type	 type;
	char		*subject, *target;	/* of the chunk */
	json_t		*value;
	unsigned	 turn;		/* in which it was last read */
	gboolean	 has_digest;
	uint8_t		 digest[SHARE_SAID];
};

/* Values of members, of this run and the last: char * -> json_t *. */
struct pool { GHashTable *now, *older; };

struct share {
	GStringChunk	*texts;
	GHashTable	*said;		/* char * -> struct said * */
	GHashTable	*froms;		/* n -> GArray of n alone */
	struct pool	 strings, others;
	GString		*key;		/* of the line at hand */
	struct said	*last;
	char		*time;		/* the last of this run */
	unsigned	 turn;		/* share_turn() */
};

static void
said_free(void *p)
{
	struct said *s = p;

	json_decref(s->value);
	g_free(s);
}

static void
from_free(void *p)
{
	g_array_unref(p);
}

static void
value_free(void *p)
{
	json_decref(p);
}

/* Keys of strings are their own texts; of other values, theirs as JSON. */
static GHashTable *
strings_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, NULL, value_free);
}

static GHashTable *
others_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, free, value_free);
}

static void
pool_turn(struct pool *p, GHashTable *now)
{
	if (p->older != NULL)
		g_hash_table_unref(p->older);
	p->older = p->now;
	p->now = now;
}

struct share *
share_new(void)
{
	struct share *s = g_new0(struct share, 1);

	s->texts = g_string_chunk_new(64 * 1024);
	s->said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    said_free);
	s->froms = g_hash_table_new_full(NULL, NULL, NULL, from_free);
	s->strings = (struct pool){ strings_new(), strings_new() };
	s->others = (struct pool){ others_new(), others_new() };
	s->key = g_string_new(NULL);
	return s;
}

void
share_free(struct share *s)
{
	if (s == NULL)
		return;
	g_hash_table_unref(s->said);
	g_hash_table_unref(s->froms);
	pool_turn(&s->strings, NULL);
	pool_turn(&s->strings, NULL);
	pool_turn(&s->others, NULL);
	pool_turn(&s->others, NULL);
	g_string_chunk_free(s->texts);
	g_string_free(s->key, TRUE);
	g_free(s);
}

static char *
text_of(struct share *s, const char *text)
{
	return text != NULL ? g_string_chunk_insert_const(s->texts, text) :
	    NULL;
}

/* ---- a line in parts ---------------------------------------------------------- */

struct part { const char *at; size_t len; };

/* What a line of facts.jsonl consists of; whole is from "kind" to the value. */
struct parts {
	uint64_t	 id;
	struct part	 whole, type, from, at, reader, target;
};

static gboolean
skip(const char **p, const char *end, const char *words)
{
	size_t n = strlen(words);

	if ((size_t)(end - *p) < n || memcmp(*p, words, n) != 0)
		return FALSE;
	*p += n;
	return TRUE;
}

/* As far as the character, plain ASCII without escapes before it; goes behind
 * it. */
static gboolean
until(const char **p, const char *end, char c, struct part *to)
{
	const char *q = *p;

	while (q < end && *q != c && *q >= ' ' && *q <= '~' && *q != '\\')
		q++;
	if (q == end || *q != c)
		return FALSE;
	*to = (struct part){ *p, (size_t)(q - *p) };
	*p = q + 1;
	return TRUE;
}

static uint64_t
number(const char **p, const char *end)
{
	uint64_t n = 0;

	while (*p < end && **p >= '0' && **p <= '9' && n < UINT32_MAX)
		n = n * 10 + (uint64_t)(*(*p)++ - '0');
	return n;
}

/* In no string is a quotation mark without a backslash: the last of these is
 * that of the line. */
static const char *
find_type(const char *p, const char *end)
{
	static const char words[] = ",\"type\":\"";
	const size_t n = sizeof(words) - 1;

	for (const char *q = end - n; q > p; q--)
		if (*q == ',' && memcmp(q, words, n) == 0)
			return q;
	return NULL;
}

/* FALSE of a line that is not just as fact_write() writes it. */
static gboolean
parts_of(const char *line, size_t len, struct parts *l)
{
	const char *p = line, *end = line + len, *type;

	memset(l, 0, sizeof(*l));
	if (len < 64 || memchr(line, '\0', len) != NULL ||
	    !skip(&p, end, "{\"id\":\"F-"))
		return FALSE;
	l->id = number(&p, end);
	if (l->id == 0 || !skip(&p, end, "\",") ||
	    (type = find_type(p, end)) == NULL)
		return FALSE;
	l->whole = (struct part){ p, (size_t)(type - p) };
	p = type;
	if (!skip(&p, end, ",\"type\":\"") || !until(&p, end, '"', &l->type) ||
	    !skip(&p, end, ",\"from\":[") || !until(&p, end, ']', &l->from) ||
	    !skip(&p, end, ",\"at\":\"") || !until(&p, end, '"', &l->at) ||
	    !skip(&p, end, ",\"reader\":\"") ||
	    !until(&p, end, '"', &l->reader))
		return FALSE;
	if (skip(&p, end, ",\"target\":\"") && !until(&p, end, '"', &l->target))
		return FALSE;
	return end - p == 1 && *p == '}';
}

static void
key_of(struct share *s, const struct parts *l)
{
	g_string_truncate(s->key, 0);
	g_string_append_len(s->key, l->whole.at, (gssize)l->whole.len);
	g_string_append_c(s->key, '\n');
	g_string_append_len(s->key, l->type.at, (gssize)l->type.len);
	if (l->target.at == NULL)
		return;
	g_string_append_c(s->key, '\n');
	g_string_append_len(s->key, l->target.at, (gssize)l->target.len);
}

/* ---- facts ------------------------------------------------------------------- */

static gboolean
same_numbers(const GArray *a, const GArray *b)
{
	return a->len == b->len && (a->len == 0 ||
	    memcmp(a->data, b->data, a->len * sizeof(uint64_t)) == 0);
}

static GArray *
from_one(struct share *s, uint64_t n)
{
	GArray *a = g_hash_table_lookup(s->froms, GSIZE_TO_POINTER((gsize)n));

	if (a == NULL) {
		a = g_array_sized_new(FALSE, FALSE, sizeof(n), 1);
		g_array_append_val(a, n);
		g_hash_table_insert(s->froms, GSIZE_TO_POINTER((gsize)n), a);
	}
	return g_array_ref(a);
}

/* [17], or ["F-000031","F-000032"]; NULL where it is neither. */
static GArray *
from_read(struct share *s, const struct parts *l, enum fact_type type)
{
	const char *p = l->from.at, *end = p + l->from.len;
	GArray *a = g_array_new(FALSE, FALSE, sizeof(uint64_t));

	for (gboolean more = p < end; more;) {
		gboolean fact = skip(&p, end, "\"F-");
		uint64_t n = number(&p, end);

		if (n == 0 || fact != (type == DERIVED) ||
		    (fact && !skip(&p, end, "\"")))
			break;
		g_array_append_val(a, n);
		more = skip(&p, end, ",");
	}
	if (p == end && a->len != 1)
		return a;
	GArray *one = p == end ? from_one(s, g_array_index(a, uint64_t, 0)) :
	    NULL;
	g_array_unref(a);
	return one;
}

static char *
time_of(struct share *s, const char *at, size_t len, const struct fact *before,
    GStringChunk *own)
{
	if (before != NULL && strncmp(before->at, at, len) == 0 &&
	    before->at[len] == '\0')
		return before->at;
	if (s->time == NULL || strncmp(s->time, at, len) != 0 ||
	    s->time[len] != '\0')
		s->time = g_string_chunk_insert_len(own != NULL ? own :
		    s->texts, at, (gssize)len);
	return s->time;
}

/* An equal string of this run or the one read before; else this one. */
static json_t *
string_of(struct pool *p, json_t *v)
{
	const char *text = json_string_value(v);
	json_t *had = g_hash_table_lookup(p->now, text);

	if (had != NULL)
		return had;
	had = g_hash_table_lookup(p->older, text);
	if (had == NULL)
		had = v;
	g_hash_table_insert(p->now, (gpointer)(uintptr_t)
	    json_string_value(had), json_incref(had));
	return had;
}

/* The same of numbers, lists and objects: written alike, they are alike. */
static json_t *
other_of(struct pool *p, json_t *v)
{
	char *text = json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY);
	json_t *had = g_hash_table_lookup(p->now, text);

	if (had != NULL) {
		free(text);
		return had;
	}
	had = g_hash_table_lookup(p->older, text);
	if (had == NULL)
		had = v;
	g_hash_table_insert(p->now, text, json_incref(had));
	return had;
}

static json_t *
value_of(struct share *s, json_t *v)
{
	if (!json_is_string(v))
		return json_is_number(v) || json_is_array(v) ||
		    json_is_object(v) ? other_of(&s->others, v) : v;
	return strlen(json_string_value(v)) == json_string_length(v) ?
	    string_of(&s->strings, v) : v;
}

/* What two values of one kind differ in is mostly one member. */
static void
members_share(struct share *s, json_t *value)
{
	const char *key;
	json_t *v;

	json_object_foreach(value, key, v) {
		json_t *one = value_of(s, v);

		if (one != v)
			json_object_set(value, key, one);
	}
}

static void
said_new(struct share *s, const struct fact *f)
{
	struct said *said = g_new0(struct said, 1);

	said->kind = f->kind;
	said->type = f->type;
	said->subject = text_of(s, f->subject);
	said->target = text_of(s, f->target);
	members_share(s, f->value);
	said->value = json_incref(f->value);
	said->turn = s->turn;
	g_hash_table_insert(s->said, g_strndup(s->key->str, s->key->len), said);
	s->last = said;
}

void
share_fact(struct share *s, struct fact *f, const struct fact *before,
    GStringChunk *own, gboolean brief)
{
	g_autoptr(GString) line = g_string_new(NULL);
	char *reader = text_of(s, f->reader), *at;
	struct parts l;

	if (f->borrows)
		return;
	fact_write(f, line);
	if (!parts_of(line->str, line->len - 1, &l))
		g_string_assign(s->key, line->str);
	else
		key_of(s, &l);
	s->last = g_hash_table_lookup(s->said, s->key->str);
	if (s->last == NULL)
		said_new(s, f);
	s->last->turn = s->turn;
	at = brief && !fact_timed(f->kind) ? text_of(s, "") :
	    time_of(s, f->at, strlen(f->at), before, own);
	json_incref(s->last->value);
	json_decref(f->value);
	f->value = s->last->value;
	g_free(f->subject);
	g_free(f->target);
	g_free(f->at);
	g_free(f->reader);
	f->subject = s->last->subject;
	f->target = s->last->target;
	f->at = at;
	f->reader = reader;
	if (before != NULL && same_numbers(f->from, before->from)) {
		g_array_unref(f->from);
		f->from = g_array_ref(before->from);
	}
	f->borrows = TRUE;
}

/* A fact whose statement was read before. */
static struct fact *
fact_again(struct share *s, const struct parts *l, const struct fact *before,
    GStringChunk *own, gboolean brief)
{
	g_autofree char *reader = g_strndup(l->reader.at, l->reader.len);
	GArray *from = from_read(s, l, s->last->type);
	struct fact *f;

	if (from == NULL)
		return NULL;
	s->last->turn = s->turn;
	f = g_new0(struct fact, 1);
	f->id = (uint32_t)l->id;
	f->kind = s->last->kind;
	f->type = s->last->type;
	f->subject = s->last->subject;
	f->target = s->last->target;
	f->value = json_incref(s->last->value);
	f->from = from;
	f->at = brief && !fact_timed(f->kind) ? text_of(s, "") :
	    time_of(s, l->at.at, l->at.len, before, own);
	f->reader = text_of(s, reader);
	f->borrows = TRUE;
	return f;
}

struct fact *
share_fact_read(struct share *s, const char *line, size_t len,
    const struct fact *before, GStringChunk *own, gboolean brief)
{
	struct fact *f = NULL;
	struct parts l;

	if (parts_of(line, len, &l)) {
		key_of(s, &l);
		s->last = g_hash_table_lookup(s->said, s->key->str);
		if (s->last != NULL)
			f = fact_again(s, &l, before, own, brief);
	}
	if (f != NULL || (f = fact_read(line, len)) == NULL)
		return f;
	share_fact(s, f, before, own, brief);
	return f;
}

static gboolean
is_old(gpointer key, gpointer value, gpointer turn)
{
	(void)key;
	return ((const struct said *)value)->turn != GPOINTER_TO_UINT(turn);
}

void
share_turn(struct share *s)
{
	g_hash_table_foreach_remove(s->said, is_old, GUINT_TO_POINTER(s->turn));
	pool_turn(&s->strings, strings_new());
	pool_turn(&s->others, others_new());
	s->last = NULL;
	s->time = NULL;
	s->turn++;
}

/* ---- statements ---------------------------------------------------------------- */

static void
sum_text(GChecksum *c, const char *text)
{
	g_checksum_update(c, (const guchar *)(text != NULL ? text : "\1"),
	    text != NULL ? (gssize)strlen(text) + 1 : 1);
}

static void
sum_value(GChecksum *c, enum fact_kind kind, json_t *value)
{
	const char *key;
	json_t *v;

	json_object_foreach(value, key, v) {
		char *text;

		if (!diff_counts(kind, key))
			continue;
		text = json_dumps(v, JSON_COMPACT | JSON_SORT_KEYS |
		    JSON_ENCODE_ANY);
		sum_text(c, key);
		sum_text(c, text);
		free(text);
	}
}

const uint8_t *
share_said(struct share *s)
{
	struct said *x = s->last;
	GChecksum *c;
	guint8 all[32];
	gsize len = sizeof(all);

	if (x->has_digest)
		return x->digest;
	c = g_checksum_new(G_CHECKSUM_SHA256);
	sum_text(c, fact_info(x->kind)->name);
	sum_text(c, fact_type_name(x->type));
	sum_text(c, x->subject);
	sum_text(c, x->target);
	sum_value(c, x->kind, x->value);
	g_checksum_get_digest(c, all, &len);
	g_checksum_free(c);
	memcpy(x->digest, all, sizeof(x->digest));
	x->has_digest = TRUE;
	return x->digest;
}

/* ---- rows ---------------------------------------------------------------------- */

static void
own_text(struct share *s, char **text)
{
	char *own = *text;

	*text = text_of(s, own);
	g_free(own);
}

void
share_row(struct share *s, struct log_row *r, gboolean brief)
{
	char **alike[] = {
		&r->type, &r->target, &r->name, &r->qtype, &r->host,
		&r->server, &r->note, &r->rule, &r->remote, &r->exit,
		&r->detail, &r->text,
	};
	char **alone[] = {
		&r->start, &r->end, &r->local, &r->sent_sha256,
		&r->received_sha256,
	};

	if (r->borrows)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(alike); i++)
		own_text(s, alike[i]);
	for (size_t i = 0; i < G_N_ELEMENTS(alone); i++) {
		if (brief)
			(*alone[i])[0] = '\0';
		own_text(s, alone[i]);
	}
	json_decref(r->json);
	r->json = NULL;
	r->borrows = TRUE;
}

void
share_exhibit(struct share *s, struct exhibit *x)
{
	if (x->borrows)
		return;
	own_text(s, &x->id);
	own_text(s, &x->title);
	own_text(s, &x->target);
	x->borrows = TRUE;
}
