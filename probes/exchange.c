#include <string.h>

#include "probes/exchange.h"

static const char *const status_names[X_STATUSES] = {
	[X_ANSWERED]	= "answered",
	[X_REFUSED]	= "refused",
	[X_TIMEOUT]	= "timeout",
	[X_RESET]	= "reset",
	[X_UNREACHABLE]	= "unreachable",
	[X_TLS]		= "tls",
	[X_MALFORMED]	= "malformed",
	[X_LIMIT]	= "limit",
	[X_GUARD]	= "guard",
	[X_SPARED]	= "spared",
};

const char *
xstatus_name(enum xstatus status)
{
	return status < X_STATUSES ? status_names[status] : "";
}

int
xstatus_parse(const char *name)
{
	for (int i = 0; i < X_STATUSES; i++)
		if (strcmp(name, status_names[i]) == 0)
			return i;
	return -1;
}

static void
meta_free(void *p)
{
	struct meta *m = p;

	g_free(m->value);
	g_free(m);
}

struct exchange *
exchange_new(struct question *q)
{
	struct exchange *x = g_new0(struct exchange, 1);

	x->q = question_ref(q);
	x->exit = "direct";
	return x;
}

void
exchange_free(struct exchange *x)
{
	if (x == NULL)
		return;
	question_unref(x->q);
	g_free(x->target);
	g_clear_pointer(&x->with, g_array_unref);
	g_clear_pointer(&x->sent.bytes, g_bytes_unref);
	g_clear_pointer(&x->received.bytes, g_bytes_unref);
	g_clear_pointer(&x->meta, g_ptr_array_unref);
	g_free(x);
}

static GPtrArray *
meta_copy(const GPtrArray *all)
{
	GPtrArray *copy = g_ptr_array_new_with_free_func(meta_free);

	for (guint i = 0; i < all->len; i++) {
		const struct meta *m = all->pdata[i];
		struct meta *c = g_new0(struct meta, 1);

		c->key = m->key;
		c->value = g_strdup(m->value);
		g_ptr_array_add(copy, c);
	}
	return copy;
}

struct exchange *
exchange_copy(const struct exchange *x)
{
	struct exchange *c = g_memdup2(x, sizeof(*x));

	question_ref(c->q);
	c->target = g_strdup(x->target);
	if (x->with != NULL)
		c->with = g_array_copy(x->with);
	if (x->sent.bytes != NULL)
		g_bytes_ref(c->sent.bytes);
	if (x->received.bytes != NULL)
		g_bytes_ref(c->received.bytes);
	if (x->meta != NULL)
		c->meta = meta_copy(x->meta);
	return c;
}

static size_t
body_size(const struct body *b)
{
	return b->bytes != NULL ? g_bytes_get_size(b->bytes) : 0;
}

size_t
exchange_size(const struct exchange *x)
{
	return body_size(&x->sent) + body_size(&x->received);
}

static struct meta *
meta_find(const struct exchange *x, const char *key)
{
	for (guint i = 0; x->meta != NULL && i < x->meta->len; i++) {
		struct meta *m = g_ptr_array_index(x->meta, i);

		if (strcmp(m->key, key) == 0)
			return m;
	}
	return NULL;
}

void
exchange_meta(struct exchange *x, const char *key, const char *value)
{
	struct meta *m = meta_find(x, key);

	if (m == NULL) {
		if (x->meta == NULL)
			x->meta = g_ptr_array_new_with_free_func(meta_free);
		m = g_new0(struct meta, 1);
		m->key = key;
		g_ptr_array_add(x->meta, m);
	}
	g_free(m->value);
	m->value = g_strdup(value != NULL ? value : "");
}

const char *
exchange_meta_get(const struct exchange *x, const char *key)
{
	const struct meta *m = meta_find(x, key);

	return m != NULL ? m->value : NULL;
}
