/*
 * Exhibits of the record as a draft may cite them: those of imports by their
 * exhibit number, label or I- number; those of runs by theirs.
 */

#include <string.h>

#include "reports/lint_priv.h"
#include "reports/verbatim.h"

#define TEXT_MOST	(4u << 20)	/* of one exhibit that is searched */

/* ---- the list ---------------------------------------------------------------------------- */

static void
source_free(void *p)
{
	struct source *s = p;

	g_free(s->label);
	g_free(s->called);
	g_ptr_array_unref(s->pieces);
	g_ptr_array_unref(s->forms);
	g_free(s);
}

static struct source *
source_new(struct lint *l, const char *label)
{
	struct source *s = g_new0(struct source, 1);

	s->label = g_strdup(label);
	s->called = g_strdup(label);
	s->pieces = g_ptr_array_new_with_free_func(g_free);
	s->forms = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(l->sources->all, s);
	return s;
}

static struct source *
source_find(const struct lint *l, const char *label)
{
	for (guint i = 0; i < l->sources->all->len; i++) {
		struct source *s = g_ptr_array_index(l->sources->all, i);

		if (g_ascii_strcasecmp(s->label, label) == 0)
			return s;
	}
	return NULL;
}

/* The newest run's, where runs number theirs alike. */
static void
run_add(struct lint *l, const struct run *run)
{
	for (guint i = 0; i < run->exhibits->len; i++) {
		const struct exhibit *x = g_ptr_array_index(run->exhibits, i);
		struct source *s = source_find(l, x->id);

		if (s == NULL)
			s = source_new(l, x->id);
		s->run = run;
		s->exhibit = x;
	}
}

/* How often the motion cites each, and under which factors. */
static void
count_cites(struct lint *l)
{
	const struct motion *m = l->paper[PAPER_MOTION];

	for (guint i = 0; i < m->cites->len; i++) {
		const struct cite *c = motion_cite(m, i);
		struct source *s = source_of(l, c);

		if (s == NULL)
			continue;
		s->cited++;
		s->factors |= 1u << para_factor(l, PAPER_MOTION, c->para);
	}
}

static void
import_add(struct lint *l, const struct import *im)
{
	struct source *s = source_new(l, im->exhibit);

	s->import = im;
	if (*im->label == '\0')
		return;
	g_free(s->called);
	s->called = g_strdup_printf("%s (%s)", im->exhibit, im->label);
}

void
sources_init(struct lint *l)
{
	l->sources = g_new0(struct lint_sources, 1);
	l->sources->all = g_ptr_array_new_with_free_func(source_free);
	l->sources->uncited = g_array_new(FALSE, FALSE,
	    sizeof(struct uncited));
	for (guint i = 0; i < l->rec->imports->len; i++) {
		const struct import *im = g_ptr_array_index(l->rec->imports, i);

		if (im->kind != IMPORT_MOTION)
			import_add(l, im);
	}
	for (guint i = 0; i < l->rec->runs->len; i++)
		run_add(l, g_ptr_array_index(l->rec->runs, i));
	count_cites(l);
}

void
sources_clear(struct lint *l)
{
	g_ptr_array_unref(l->sources->all);
	g_array_unref(l->sources->uncited);
	g_free(l->sources);
}

/* ---- which one is meant ------------------------------------------------------------------- */

/* "A" and "Exhibit A"; "17-1" and "ECF No. 17-1". */
static gboolean
label_is(const char *label, const char *cited)
{
	size_t n = strlen(label), k = strlen(cited);

	if (k == 0 || n < k || g_ascii_strcasecmp(label + n - k, cited) != 0)
		return FALSE;
	return n == k || strchr(" .#", label[n - k - 1]) != NULL;
}

static gboolean
import_is(const struct import *im, const struct cite *c)
{
	if (c->kind == CITE_RECORD)
		return g_str_has_prefix(c->label, im->id) &&
		    strchr(":", c->label[strlen(im->id)]) != NULL;
	if (c->kind == CITE_DOCKET)
		return label_is(im->label, c->label) ||
		    label_is(im->describe, c->label);
	return label_is(im->label, c->label) ||
	    g_ascii_strcasecmp(im->exhibit, c->label) == 0;
}

/* "000001/F-000031" and "000001:17": the record that it rests on. */
static uint64_t
record_cited(const struct run *run, const char *rest)
{
	uint64_t n;

	if (*rest == ':')
		return g_ascii_strtoull(rest + 1, NULL, 10);
	if (strncmp(rest, "/F-", 3) != 0)
		return 0;
	n = g_ascii_strtoull(rest + 3, NULL, 10);
	for (guint i = 0; i < run->facts->len; i++) {
		const struct fact *f = g_ptr_array_index(run->facts, i);

		if (f->id == n)
			return f->type == DERIVED ? 0 : fact_source(f);
	}
	return 0;
}

static gboolean
run_is(const struct source *s, const struct cite *c)
{
	size_t len = strlen(s->run->name);
	uint64_t n;

	if (c->kind == CITE_EXHIBIT)
		return g_ascii_strcasecmp(s->label, c->label) == 0;
	if (c->kind != CITE_RECORD ||
	    strncmp(c->label, s->run->name, len) != 0)
		return FALSE;
	n = record_cited(s->run, c->label + len);
	for (guint i = 0; i < s->exhibit->records->len; i++)
		if (g_array_index(s->exhibit->records, uint64_t, i) == n)
			return n != 0;
	return FALSE;
}

struct source *
source_of(const struct lint *l, const struct cite *c)
{
	if (c->kind != CITE_EXHIBIT && c->kind != CITE_DOCKET &&
	    c->kind != CITE_RECORD)
		return NULL;
	for (guint i = 0; i < l->sources->all->len; i++) {
		struct source *s = g_ptr_array_index(l->sources->all, i);

		if (s->import != NULL ? import_is(s->import, c) : run_is(s, c))
			return s;
	}
	return NULL;
}

/* ---- its text -------------------------------------------------------------------------------- */

static void
piece_add(struct source *s, const char *text, size_t len)
{
	len = MIN(len, TEXT_MOST);
	if (len > 0)
		g_ptr_array_add(s->pieces, g_utf8_make_valid(text,
		    (gssize)len));
}

/* Text, and of a page also what it shows. */
static void
piece_bytes(struct source *s, GBytes *bytes)
{
	gsize len;
	const char *p = g_bytes_get_data(bytes, &len);
	g_autoptr(mapped_auto) raw = NULL;
	struct blocks b;

	s->partial |= len > TEXT_MOST || memchr(p, '\0', MIN(len,
	    TEXT_MOST)) != NULL;
	len = MIN(len, TEXT_MOST);
	if (memchr(p, '\0', len) != NULL)
		return;
	if (g_strstr_len(p, (gssize)MIN(len, 4096), "<") != NULL &&
	    g_utf8_validate(p, (gssize)len, NULL)) {
		raw = mapped_new();
		mapped_same(raw, p, len, 0);
		blocks_init(&b);
		blocks_html(&b, raw);
		piece_add(s, b.m->text->str, b.m->text->len);
		blocks_clear(&b);
	}
	piece_add(s, p, len);
}

static void
load_import(struct source *s)
{
	const struct mail *m = s->import->mail;

	if (m != NULL) {
		piece_add(s, m->text, strlen(m->text));
		piece_add(s, m->subject, strlen(m->subject));
		piece_add(s, m->from, strlen(m->from));
	}
	if (s->import->bytes != NULL)
		piece_bytes(s, s->import->bytes);
	else
		s->partial = TRUE;
}

static void
strings_add(struct source *s, json_t *v)
{
	const char *key;
	json_t *item;
	size_t i;

	if (json_is_string(v))
		piece_add(s, json_string_value(v), json_string_length(v));
	else if (json_is_object(v))
		json_object_foreach(v, key, item) {
			if (json_is_string(item))
				piece_add(s, json_string_value(item),
				    json_string_length(item));
		}
	else if (json_is_array(v))
		json_array_foreach(v, i, item)
			if (json_is_string(item))
				piece_add(s, json_string_value(item),
				    json_string_length(item));
}

/* The bytes that were received, and what facts say of those records. */
static void
load_run(struct source *s)
{
	const GArray *records = s->exhibit->records;
	g_autoptr(GHashTable) in = g_hash_table_new(g_int64_hash,
	    g_int64_equal);

	for (guint i = 0; i < records->len; i++) {
		uint64_t *n = &g_array_index(records, uint64_t, i);
		GBytes *b = g_hash_table_lookup(s->run->received, n);
		const struct log_row *row = run_row(s->run, *n);

		g_hash_table_add(in, n);
		if (b != NULL)
			piece_bytes(s, b);
		else if (row != NULL && row->received_size > 0)
			s->partial = TRUE;
	}
	for (guint i = 0; i < s->run->facts->len; i++) {
		const struct fact *f = g_ptr_array_index(s->run->facts, i);
		uint64_t n = f->type == DERIVED ? 0 : fact_source(f);

		if (!g_hash_table_contains(in, &n))
			continue;
		piece_add(s, f->subject, strlen(f->subject));
		strings_add(s, f->value);
	}
}

gboolean
source_text(struct source *s)
{
	if (s->loaded)
		return s->pieces->len > 0;
	s->loaded = TRUE;
	if (s->import != NULL)
		load_import(s);
	else
		load_run(s);
	for (guint i = 0; i < s->pieces->len; i++) {
		const char *p = g_ptr_array_index(s->pieces, i);

		g_ptr_array_add(s->forms, verbatim(p, strlen(p)));
	}
	return s->pieces->len > 0;
}

/* ---- which runs have to be loaded whole ------------------------------------------------------- */

/* A quotation with no citation may be of any exhibit. */
static gboolean
quotes_uncited(const struct motion *m)
{
	for (guint i = 0; m != NULL && i < m->quotes->len; i++)
		if (motion_quote(m, i)->cite < 0)
			return TRUE;
	return FALSE;
}

static gboolean
cited_in(const struct motion *m, const struct run *run, const char *exhibit)
{
	for (guint i = 0; m != NULL && i < m->cites->len; i++) {
		const struct cite *c = motion_cite(m, i);

		if (c->kind == CITE_EXHIBIT ? g_ascii_strcasecmp(c->label,
		    exhibit) == 0 : c->kind == CITE_RECORD &&
		    g_str_has_prefix(c->label, run->name))
			return TRUE;
	}
	return FALSE;
}

/* A number that a later run has too is that run's. */
static gboolean
later_has(const struct record *rec, guint i, const char *exhibit)
{
	for (guint n = i + 1; n < rec->runs->len; n++) {
		const struct run *run = g_ptr_array_index(rec->runs, n);

		for (guint k = 0; k < run->exhibits->len; k++) {
			const struct exhibit *x = g_ptr_array_index(
			    run->exhibits, k);

			if (strcmp(x->id, exhibit) == 0)
				return TRUE;
		}
	}
	return FALSE;
}

gboolean
lint_wants_run(const struct record *rec,
    const struct motion *const papers[PAPERS], guint i)
{
	const struct run *run = g_ptr_array_index(rec->runs, i);

	for (guint k = 0; k < run->exhibits->len; k++) {
		const struct exhibit *x = g_ptr_array_index(run->exhibits, k);

		for (int p = 0; p < PAPERS; p++)
			if ((quotes_uncited(papers[p]) ||
			    cited_in(papers[p], run, x->id)) &&
			    !later_has(rec, i, x->id))
				return TRUE;
	}
	return FALSE;
}
