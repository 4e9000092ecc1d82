#include "reports/footnotes.h"

#include <string.h>

#include "reports/keyed.h"

#define MARKS_WHOLE	16u	/* of one footnote */

struct mark {
	char	*id;
	guint	 para;
	size_t	 at, len;
};

struct note { guint para, marks; };

struct notes {
	struct motion	*m;
	struct keyed	*ids;		/* of footnotes: places in defined */
	GArray		*defined;	/* struct note */
	GPtrArray	*all;		/* struct mark *, by place */
};

static void
mark_free(void *p)
{
	struct mark *k = p;

	g_free(k->id);
	g_free(k);
}

static void
mark_add(struct notes *x, const char *id, guint para, size_t at, size_t len)
{
	struct mark *k = g_new0(struct mark, 1);

	k->id = g_strdup(id);
	k->para = para;
	k->at = at;
	k->len = len;
	g_ptr_array_add(x->all, k);
}

static void
define(struct notes *x, const char *id, guint para)
{
	struct note n = { para, 0 };

	if (keyed_add(x->ids, id, strlen(id)) == x->defined->len)
		g_array_append_val(x->defined, n);
}

/* "[^1]" and "[1]" in one paragraph. */
static void
marks_of_text(struct notes *x, guint para)
{
	const struct block *b = &motion_para(x->m, para)->block;
	const char *s = motion_text(x->m) + b->at;

	for (size_t i = 0; i + 2 < b->len; i++) {
		size_t from = i + 1, end;
		g_autofree char *id = NULL;

		if (s[i] != '[')
			continue;
		from += s[from] == '^';
		for (end = from; end < b->len && end - from < 12 &&
		    (g_ascii_isdigit(s[end]) || (s[i + 1] == '^' &&
		    (g_ascii_isalnum(s[end]) || s[end] == '-'))); end++)
			;
		if (end == from || end >= b->len || s[end] != ']' ||
		    (s[i + 1] != '^' && end - from > 3))
			continue;
		id = g_strndup(s + from, end - from);
		if (i == 0)
			define(x, id, para);
		else
			mark_add(x, id, para, b->at + i, end + 1 - i);
		i = end;
	}
}

/* The paragraph that byte at of the text is in, or that begins next. */
static guint
para_at(const struct motion *m, size_t at)
{
	guint low = 0, high = m->paras->len;

	while (low < high) {
		guint mid = low + (high - low) / 2;
		const struct block *b = &motion_para(m, mid)->block;

		if (b->at + b->len < at)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void
marks_of_page(struct notes *x)
{
	for (guint i = 0; i < x->m->blocks.anchors->len; i++) {
		const struct block_anchor *a = &g_array_index(
		    x->m->blocks.anchors, struct block_anchor, i);
		guint para = para_at(x->m, a->at);

		if (para >= x->m->paras->len)
			continue;
		if (a->place)
			define(x, a->id, para);
		else
			mark_add(x, a->id, para, a->at, 1);
	}
}

static struct note *
note_of(const struct notes *x, const struct mark *k)
{
	uint32_t n = keyed_find(x->ids, k->id, strlen(k->id));

	return n != KEYED_NONE ? &g_array_index(x->defined, struct note, n) :
	    NULL;
}

/* The footnote of a mark: further down, no heading, and with citations. */
static int
footnote_of(const struct notes *x, const struct mark *k)
{
	const struct note *n = note_of(x, k);
	const struct para *p;

	if (n == NULL || n->para <= k->para)
		return -1;
	p = motion_para(x->m, n->para);
	return p->cites > 0 && p->block.kind != BLOCK_HEADING ?
	    (int)n->para : -1;
}

static gint
by_place(gconstpointer a, gconstpointer b)
{
	const struct cite *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

/* Those of para, with what its marks bring, behind what is in to.  Of one footnote
 * the first marks bring all that it cites, and any more the first of it, so that
 * many marks to many citations are not as many as both multiplied. */
static void
cites_of(const struct notes *x, guint para, const GArray *marks, GArray *to)
{
	const struct para *p = motion_para(x->m, para);
	guint first = to->len;

	if (p->cites > 0)
		g_array_append_vals(to, motion_cite(x->m, p->cite), p->cites);
	for (guint i = 0; marks != NULL && i < marks->len; i++) {
		const struct mark *k = g_array_index(marks, struct mark *, i);
		const struct para *note = motion_para(x->m,
		    (guint)footnote_of(x, k));

		guint most = note_of(x, k)->marks++ < MARKS_WHOLE ?
		    note->cites : 1;

		for (guint c = 0; c < most; c++) {
			struct cite moved = *motion_cite(x->m, note->cite + c);

			moved.para = para;
			moved.at = k->at;
			moved.len = k->len;
			g_array_append_val(to, moved);
		}
	}
	if (marks != NULL)
		qsort(&g_array_index(to, struct cite, first), to->len - first,
		    sizeof(struct cite), by_place);
}

/* Marks by paragraph, and which paragraphs are footnotes. */
static GHashTable *
marks_by_para(const struct notes *x, gboolean *is_note)
{
	GHashTable *by = g_hash_table_new_full(NULL, NULL, NULL,
	    (GDestroyNotify)g_array_unref);

	for (guint i = 0; i < x->all->len; i++) {
		struct mark *k = g_ptr_array_index(x->all, i);
		int note = footnote_of(x, k);
		GArray *list = g_hash_table_lookup(by,
		    GUINT_TO_POINTER(k->para + 1));

		if (note < 0)
			continue;
		is_note[note] = TRUE;
		if (list == NULL) {
			list = g_array_new(FALSE, FALSE, sizeof(struct mark *));
			g_hash_table_insert(by, GUINT_TO_POINTER(k->para + 1),
			    list);
		}
		g_array_append_val(list, k);
	}
	return by;
}

static void
cites_move(struct notes *x)
{
	struct motion *m = x->m;
	g_autofree gboolean *is_note = g_new0(gboolean, m->paras->len + 1);
	g_autoptr(GHashTable) by = marks_by_para(x, is_note);
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct cite));
	g_autofree guint *first = g_new0(guint, m->paras->len + 1);

	for (guint i = 0; i < m->paras->len; i++) {
		first[i] = all->len;
		if (!is_note[i])
			cites_of(x, i, g_hash_table_lookup(by,
			    GUINT_TO_POINTER(i + 1)), all);
	}
	first[m->paras->len] = all->len;
	for (guint i = 0; i < m->paras->len; i++) {
		struct para *p = &g_array_index(m->paras, struct para, i);

		p->cite = first[i];
		p->cites = first[i + 1] - first[i];
		if (is_note[i])
			p->block.kind = BLOCK_ITEM;
	}
	g_array_unref(m->cites);
	m->cites = all;
}

void
footnotes_tie(struct motion *m)
{
	struct notes x = { .m = m };
	struct hash_key key;

	hash_key_of(&key, motion_text(m), strlen(motion_text(m)));
	x.ids = keyed_new(&key);
	x.defined = g_array_new(FALSE, FALSE, sizeof(struct note));
	x.all = g_ptr_array_new_with_free_func(mark_free);
	for (guint i = 0; i < m->paras->len; i++)
		marks_of_text(&x, i);
	marks_of_page(&x);
	if (x.defined->len > 0 && x.all->len > 0)
		cites_move(&x);
	keyed_free(x.ids);
	g_array_unref(x.defined);
	g_ptr_array_unref(x.all);
}
