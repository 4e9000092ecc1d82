#include "reports/share.h"

#include <stdlib.h>
#include <string.h>

#include "reports/record.h"

struct share {
	GStringChunk	*texts;
	GHashTable	*values;	/* their text -> json_t * */
};

static void
value_free(void *p)
{
	json_decref(p);
}

struct share *
share_new(void)
{
	struct share *s = g_new0(struct share, 1);

	s->texts = g_string_chunk_new(64 * 1024);
	s->values = g_hash_table_new_full(g_str_hash, g_str_equal, free,
	    value_free);
	return s;
}

void
share_free(struct share *s)
{
	if (s == NULL)
		return;
	g_string_chunk_free(s->texts);
	g_hash_table_unref(s->values);
	g_free(s);
}

static void
share_text(struct share *s, char **text)
{
	char *own = *text;

	if (own == NULL)
		return;
	*text = g_string_chunk_insert_const(s->texts, own);
	g_free(own);
}

static json_t *
share_value(struct share *s, json_t *own)
{
	char *text = json_dumps(own, JSON_COMPACT);
	json_t *had;

	if (text == NULL)
		return own;
	had = g_hash_table_lookup(s->values, text);
	if (had == NULL) {
		g_hash_table_insert(s->values, text, json_incref(own));
		return own;
	}
	free(text);
	json_incref(had);
	json_decref(own);
	return had;
}

static gboolean
same_numbers(const GArray *a, const GArray *b)
{
	return a->len == b->len && (a->len == 0 ||
	    memcmp(a->data, b->data, a->len * sizeof(uint64_t)) == 0);
}

void
share_fact(struct share *s, struct fact *f, const struct fact *before)
{
	char **texts[] = { &f->subject, &f->at, &f->reader, &f->target };

	if (f->borrows)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		share_text(s, texts[i]);
	f->value = share_value(s, f->value);
	if (before != NULL && same_numbers(f->from, before->from)) {
		g_array_unref(f->from);
		f->from = g_array_ref(before->from);
	}
	f->borrows = TRUE;
}

void
share_row(struct share *s, struct log_row *r)
{
	char **texts[] = {
		&r->type, &r->target, &r->name, &r->qtype, &r->host,
		&r->server, &r->note, &r->rule, &r->start, &r->end, &r->local,
		&r->remote, &r->exit, &r->detail, &r->sent_sha256,
		&r->received_sha256, &r->text,
	};

	if (r->borrows)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		share_text(s, texts[i]);
	json_decref(r->json);
	r->json = NULL;
	r->borrows = TRUE;
}
