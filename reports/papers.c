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
read_all(struct papers *p, const struct record *rec)
{
	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *im = g_ptr_array_index(rec->imports, i);

		if (im->kind == IMPORT_MOTION && im->bytes != NULL)
			p->import[paper_of(im)] = im;
	}
	if (p->import[PAPER_MOTION] == NULL)
		return;
	for (int i = 0; i < PAPERS; i++)
		if (p->import[i] != NULL)
			p->motion[i] = motion_read(p->import[i]->file,
			    p->import[i]->bytes);
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
