/* The drafts of a record, read when the first predicate asks. */

#include "reports/papers.h"

#include <string.h>

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
