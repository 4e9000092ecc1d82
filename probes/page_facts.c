#include "probes/page_facts.h"

#include <string.h>

#include "probes/json_text.h"

struct row {
	size_t		 pos;
	guint32		 seq;
	guint32		 hash;		/* of kind, rule and text */
	guint32		 key, key_len;	/* the text, in keys */
	guint32		 value;		/* in values, to where the next begins */
	guint16		 count;		/* in counts: its kind and rule */
	guint16		 next;		/* with such a hash, plus one; 0: none */
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
	{ FACT_PAGE_CALL, 40, 30 },
	{ FACT_PAGE_TORRENT, 60, 60 },
	{ FACT_PAGE_PART, 120, 60 },
};

#define RULES	64	/* rules with a count of their own */
#define HEADS	256

struct count {
	enum fact_kind	 kind;
	const char	*rule;
	guint		 n;
};

/* Rows are numbered in 16 bits: RULES times the highest limit is less. */
struct page_facts {
	GArray		*rows;		/* struct row */
	GString		*keys, *values;
	guint16		 heads[HEADS];	/* a row plus one, by hash */
	struct count	 counts[RULES];
	guint		 used;
};

/* One stays from page to page: most pages need no more room than the last. */
#define KEPT_BYTES	65536
static struct page_facts *kept;

static struct page_facts *
take_kept(void)
{
	struct page_facts *f = g_steal_pointer(&kept);

	g_array_set_size(f->rows, 0);
	g_string_truncate(f->keys, 0);
	g_string_truncate(f->values, 0);
	return f;
}

static struct page_facts *
make(void)
{
	struct page_facts *f = g_new(struct page_facts, 1);

	f->rows = g_array_sized_new(FALSE, FALSE, sizeof(struct row), 64);
	f->keys = g_string_sized_new(2048);
	f->values = g_string_sized_new(8192);
	return f;
}

struct page_facts *
page_facts_new(void)
{
	struct page_facts *f = kept != NULL ? take_kept() : make();

	memset(f->heads, 0, sizeof(f->heads));
	f->used = 0;
	return f;
}

void
page_facts_free(struct page_facts *f)
{
	if (f == NULL)
		return;
	if (kept == NULL && f->keys->len + f->values->len < KEPT_BYTES) {
		kept = f;
		return;
	}
	g_array_unref(f->rows);
	g_string_free(f->keys, TRUE);
	g_string_free(f->values, TRUE);
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

/* used where there is none yet. */
static guint
count_find(const struct page_facts *f, enum fact_kind kind, const char *rule)
{
	guint i;

	for (i = 0; i < f->used; i++)
		if (f->counts[i].kind == kind && (f->counts[i].rule == rule ||
		    strcmp(f->counts[i].rule, rule) == 0))
			break;
	return i;
}

static gboolean
has_room(const struct page_facts *f, guint count, enum fact_kind kind)
{
	return count < f->used ? f->counts[count].n < limit_of(kind, TRUE) :
	    count < RULES;
}

gboolean
page_facts_room(const struct page_facts *f, enum fact_kind kind,
    const char *rule)
{
	return has_room(f, count_find(f, kind, rule), kind);
}

static guint32
hash_of(guint count, const char *text, size_t len)
{
	guint32 h = 2166136261u ^ count;
	size_t i;

	for (i = 0; i < len; i++)
		h = (h ^ (guchar)text[i]) * 16777619u;
	return h ^ h >> 15;
}

static gboolean
is_known(const struct page_facts *f, const struct row *n, const char *text)
{
	guint at = f->heads[n->hash % HEADS];

	while (at != 0) {
		const struct row *r = &g_array_index(f->rows, struct row,
		    at - 1);

		if (r->hash == n->hash && r->count == n->count &&
		    r->key_len == n->key_len && memcmp(f->keys->str + r->key,
		    text, n->key_len) == 0)
			return TRUE;
		at = r->next;
	}
	return FALSE;
}

GString *
page_facts_add(struct page_facts *f, enum fact_kind kind, const char *rule,
    const char *text, size_t len, size_t pos)
{
	guint c = count_find(f, kind, rule);
	struct row r = {
		.pos = pos, .seq = f->rows->len, .count = (guint16)c,
		.hash = hash_of(c, text, len), .key = (guint32)f->keys->len,
		.key_len = (guint32)len, .value = (guint32)f->values->len,
	};
	guint16 *head = &f->heads[r.hash % HEADS];

	if (!has_room(f, c, kind) || is_known(f, &r, text))
		return NULL;
	if (c == f->used)
		f->counts[f->used++] = (struct count){ kind, rule, 0 };
	f->counts[c].n++;
	r.next = *head;
	g_array_append_val(f->rows, r);
	*head = (guint16)f->rows->len;
	append_bytes(f->keys, text, len);
	json_open(f->values, '{');
	return f->values;
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

/* Where each value ends is where the next begins; sorted, they part. */
static guint32 *
value_ends(const struct page_facts *f)
{
	guint32 *ends = g_new(guint32, f->rows->len + 1);
	guint i;

	for (i = 0; i < f->rows->len; i++)
		ends[i] = i + 1 < f->rows->len ? g_array_index(f->rows,
		    struct row, i + 1).value : (guint32)f->values->len;
	return ends;
}

static void
emit(const struct page_facts *f, const struct row *r, guint32 end,
    const char *url, gssize at, GString *out)
{
	fact_open(out, f->counts[r->count].kind, url);
	/* Both have written the bracket that opens the value. */
	append_bytes(out, f->values->str + r->value + 1, end - r->value - 1);
	json_put_integer(out, "offset", at >= 0 ? at : (json_int_t)r->pos);
	json_put(out, "in", at >= 0 ? "block" : "body");
	fact_close(out);
}

void
page_facts_emit(struct page_facts *f, const char *url, page_place_fn *place,
    const void *arg, GString *out)
{
	guint left[FACT_KINDS] = { 0 }, share[FACT_KINDS] = { 0 }, i;
	g_autofree guint32 *ends = value_ends(f);

	for (i = 0; i < G_N_ELEMENTS(most); i++) {
		left[most[i].kind] = most[i].total;
		share[most[i].kind] = fair_share(f, most[i].kind);
	}
	for (i = 0; i < f->used; i++)
		f->counts[i].n = share[f->counts[i].kind];
	g_array_sort(f->rows, by_place);
	for (i = 0; i < f->rows->len; i++) {
		const struct row *r = &g_array_index(f->rows, struct row, i);
		struct count *c = &f->counts[r->count];

		if (left[c->kind] == 0 || c->n == 0)
			continue;
		left[c->kind]--;
		c->n--;
		emit(f, r, ends[r->seq], url, place(arg, r->pos), out);
	}
}
