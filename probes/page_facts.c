#include "probes/page_facts.h"

#include <string.h>

struct row {
	enum fact_kind	 kind;
	const char	*rule;
	size_t		 pos;
	guint		 seq;
	json_t		*value;
};

/* total: of the kind; each: of one rule of it, while gathering. */
static const struct {
	enum fact_kind	 kind;
	guint		 total, each;
} most[] = {
	{ FACT_PAGE_FORM, 20, 20 },
	{ FACT_PAGE_PRICE, 40, 40 },
	{ FACT_PAGE_LINK, 60, 10 },
	{ FACT_PAGE_WORDS, 40, 8 },
	{ FACT_PAGE_ID, 120, 24 },
	{ FACT_PAGE_TORRENT, 60, 60 },
	{ FACT_PAGE_PART, 120, 60 },
};

#define RULES	64	/* rules with a count of their own */

struct count {
	enum fact_kind	 kind;
	const char	*rule;
	guint		 n;
};

struct page_facts {
	GArray		*rows;		/* struct row */
	GHashTable	*seen;		/* kind, rule and text */
	struct count	 counts[RULES];
	guint		 used;
};

static void
row_clear(void *p)
{
	struct row *r = p;

	json_decref(r->value);
}

struct page_facts *
page_facts_new(void)
{
	struct page_facts *f = g_new0(struct page_facts, 1);

	f->rows = g_array_new(FALSE, FALSE, sizeof(struct row));
	g_array_set_clear_func(f->rows, row_clear);
	f->seen = g_hash_table_new_full(g_bytes_hash, g_bytes_equal,
	    (GDestroyNotify)g_bytes_unref, NULL);
	return f;
}

void
page_facts_free(struct page_facts *f)
{
	if (f == NULL)
		return;
	g_array_unref(f->rows);
	g_hash_table_unref(f->seen);
	g_free(f);
}

static guint
limit_of(enum fact_kind kind, gboolean each)
{
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(most); i++)
		if (most[i].kind == kind)
			return each ? most[i].each : most[i].total;
	return 0;
}

static const struct count *
count_find(const struct page_facts *f, enum fact_kind kind, const char *rule)
{
	guint i;

	for (i = 0; i < f->used; i++)
		if (f->counts[i].kind == kind &&
		    strcmp(f->counts[i].rule, rule) == 0)
			return &f->counts[i];
	return NULL;
}

gboolean
page_facts_room(const struct page_facts *f, enum fact_kind kind,
    const char *rule)
{
	const struct count *c = count_find(f, kind, rule);

	return c != NULL ? c->n < limit_of(kind, TRUE) : f->used < RULES;
}

static void
count_one(struct page_facts *f, enum fact_kind kind, const char *rule)
{
	const struct count *c = count_find(f, kind, rule);

	if (c != NULL)
		f->counts[c - f->counts].n++;
	else
		f->counts[f->used++] = (struct count){ kind, rule, 1 };
}

static gboolean
is_new(struct page_facts *f, enum fact_kind kind, const char *rule,
    const char *text, size_t len)
{
	g_autoptr(GString) key = g_string_new(NULL);

	g_string_printf(key, "%d %s ", (int)kind, rule);
	g_string_append_len(key, text, (gssize)len);
	return g_hash_table_add(f->seen, g_bytes_new(key->str, key->len));
}

void
page_facts_add(struct page_facts *f, enum fact_kind kind, const char *rule,
    const char *text, size_t len, size_t pos, json_t *value)
{
	struct row r = {
		.kind = kind, .rule = rule, .pos = pos,
		.seq = f->rows->len, .value = value,
	};

	if (!page_facts_room(f, kind, rule) ||
	    !is_new(f, kind, rule, text, len)) {
		json_decref(value);
		return;
	}
	count_one(f, kind, rule);
	g_array_append_val(f->rows, r);
}

static int
by_place(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->pos != y->pos)
		return x->pos < y->pos ? -1 : 1;
	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

/* How many of each rule may be written so that the kind keeps to its total. */
static guint
fair_share(const struct page_facts *f, enum fact_kind kind)
{
	guint share = limit_of(kind, TRUE), sum, i;

	for (; share > 1; share--) {
		sum = 0;
		for (i = 0; i < f->used; i++)
			if (f->counts[i].kind == kind)
				sum += MIN(f->counts[i].n, share);
		if (sum <= limit_of(kind, FALSE))
			break;
	}
	return share;
}

static void
emit(const struct row *r, const char *url, page_place_fn *place,
    const void *arg, GString *out)
{
	gssize at = place(arg, r->pos);

	json_object_set_new(r->value, "offset",
	    json_integer(at >= 0 ? at : (json_int_t)r->pos));
	json_object_set_new(r->value, "in",
	    json_string(at >= 0 ? "block" : "body"));
	fact_emit(out, r->kind, url, json_incref(r->value));
}

void
page_facts_emit(struct page_facts *f, const char *url, page_place_fn *place,
    const void *arg, GString *out)
{
	guint left[FACT_KINDS] = { 0 }, share[FACT_KINDS] = { 0 }, i;

	for (i = 0; i < G_N_ELEMENTS(most); i++) {
		left[most[i].kind] = most[i].total;
		share[most[i].kind] = fair_share(f, most[i].kind);
	}
	for (i = 0; i < f->used; i++)
		f->counts[i].n = share[f->counts[i].kind];
	g_array_sort(f->rows, by_place);
	for (i = 0; i < f->rows->len; i++) {
		const struct row *r = &g_array_index(f->rows, struct row, i);
		const struct count *c = count_find(f, r->kind, r->rule);

		if (left[r->kind] == 0 || c == NULL || c->n == 0)
			continue;
		left[r->kind]--;
		f->counts[c - f->counts].n--;
		emit(r, url, place, arg, out);
	}
}
