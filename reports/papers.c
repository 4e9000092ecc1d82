/* The drafts of a record, read when the first predicate asks. */

#include "reports/papers.h"

#include <string.h>

#include "reports/lint_priv.h"
#include "reports/phrase.h"
#include "reports/quoted.h"

#define ARGUES_WORDS	45	/* of a paragraph: lint holds a shorter one for a
				 * mention (T-06) */

struct papers *
papers_new(void)
{
	return g_new0(struct papers, 1);
}

void
papers_free(struct papers *p)
{
	if (p == NULL)
		return;
	if (p->motion[PAPER_MOTION] != NULL)
		lint_clear(&p->lint);
	for (int i = 0; i < PAPERS; i++)
		motion_free(p->motion[i]);
	g_free(p);
}

/* By the time of its import, then by number. */
static gboolean
is_newer(const struct import *a, const struct import *b)
{
	int by_time = b != NULL ? strcmp(a->at, b->at) : 1;

	return by_time > 0 || (by_time == 0 && a->number > b->number);
}

static const char *
called(const struct import *im)
{
	return *im->label != '\0' ? im->label : im->file;
}

/* A motion by the same name is a draft of the same one. */
static void
read_earlier(struct papers *p, const struct record *rec)
{
	const struct import *now = p->import[PAPER_MOTION];

	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *im = g_ptr_array_index(rec->imports, i);
		struct motion *m;

		if (im == now || im->kind != IMPORT_MOTION ||
		    im->bytes == NULL || paper_of(im) != PAPER_MOTION ||
		    g_ascii_strcasecmp(called(im), called(now)) == 0)
			continue;
		m = motion_read(im->file, im->bytes);
		lint_earlier(&p->lint, now, im, m);
		motion_free(m);
	}
}

static void
find(const struct record *rec, const struct import *found[PAPERS])
{
	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *im = g_ptr_array_index(rec->imports, i);

		if (im->kind == IMPORT_MOTION && im->bytes != NULL &&
		    is_newer(im, found[paper_of(im)]))
			found[paper_of(im)] = im;
	}
}

static void
read_found(const struct import *const found[PAPERS], struct motion *to[PAPERS])
{
	for (int i = 0; i < PAPERS; i++)
		if (found[i] != NULL)
			to[i] = motion_read(found[i]->file, found[i]->bytes);
}

void
papers_read(const struct record *rec, struct motion *to[PAPERS])
{
	const struct import *found[PAPERS] = { NULL };

	find(rec, found);
	read_found(found, to);
}

static void
read_all(struct papers *p, const struct record *rec)
{
	find(rec, p->import);
	if (p->import[PAPER_MOTION] == NULL)
		return;
	read_found(p->import, p->motion);
	lint_run(&p->lint, rec, (const struct motion *const *)p->motion);
	read_earlier(p, rec);
}

const struct papers *
papers_of(const struct sight *s)
{
	struct papers *p = s->papers;

	if (!p->done)
		read_all(p, s->rec);
	p->done = TRUE;
	return p->motion[PAPER_MOTION] != NULL ? p : NULL;
}

/* ---- what the motion argues from ---------------------------------------------------- */

static gboolean
para_argues(const struct motion *m, guint para)
{
	const struct block *b = &motion_para(m, para)->block;
	g_autofree char *text = g_strndup(motion_text(m) + b->at, b->len);
	struct words w;
	guint n;

	words_init(&w, text, strlen(text));
	n = w.tokens->len;
	words_clear(&w);
	return n >= ARGUES_WORDS && para_runs(m, para) && !quoted_belief(text);
}

gboolean
papers_argue(const struct sight *s, const struct import *im, unsigned factors,
    struct place *place)
{
	const struct papers *p = papers_of(s);
	const struct motion *m = p != NULL ? p->motion[PAPER_MOTION] : NULL;

	for (guint i = 0; m != NULL && i < m->cites->len; i++) {
		const struct cite *k = motion_cite(m, i);
		const struct source *from = source_of(&p->lint, k);
		int factor = para_factor(&p->lint, PAPER_MOTION, k->para);

		if (from == NULL || from->import != im ||
		    (factors & 1u << factor) == 0 || !para_argues(m, k->para))
			continue;
		*place = motion_place(m, k->at);
		return TRUE;
	}
	return FALSE;
}
