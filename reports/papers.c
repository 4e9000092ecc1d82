/* The drafts of a record, read when the first predicate asks. */

#include "reports/papers.h"

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

static void
find(const struct record *rec, const struct import *found[PAPERS])
{
	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *im = g_ptr_array_index(rec->imports, i);

		if (im->kind == IMPORT_MOTION && im->bytes != NULL)
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
