/*
 * Addresses in a draft that a log has as a dismissed party's.  The order asks what
 * such an address has to do with the Does (P-16, T-05): a sentence that offers one,
 * and does not say whose it is by now, is told.
 */

#include <string.h>

#include "reports/lint_priv.h"
#include "reports/standing.h"

#define ADDRESSES	200	/* of one draft */

struct written {
	struct inet	 ip;
	guint		 para;
	size_t		 at;		/* in the paragraph */
};

static void
para_addresses(const struct motion *m, guint para, GArray *out)
{
	g_autofree char *text = para_text(m, para);
	struct written w = { .para = para };
	const char *p = text, *at;

	while (out->len < ADDRESSES && (at = inet_find(&p, &w.ip)) != NULL) {
		w.at = (size_t)(at - text);
		g_array_append_val(out, w);
	}
}

/* Whose the log says that it is, where that is a party dismissed by now. */
static const struct party *
dismissed(const struct record *rec, const struct inet *ip,
    const struct import **im, uint32_t *row)
{
	const struct party *who;

	for (guint i = 0; i < rec->imports->len; i++) {
		*im = g_ptr_array_index(rec->imports, i);
		for (guint k = 0; (*im)->kind == IMPORT_ACTIVITY &&
		    k < (*im)->rows->len; k++) {
			const struct activity *a = &g_array_index((*im)->rows,
			    struct activity, k);

			*row = a->row;
			if (inet_same(&a->ip, ip) && standing_of(rec, a,
			    &who) == STANDING_DISMISSED && who != NULL)
				return who;
		}
	}
	return NULL;
}

static gboolean
says_so(const char *sentence)
{
	static const char *const gone[] = { "dismissed|dismissal|settled|"
		"settlement|former|formerly|non-party|nonparty|"
		"now-dismissed|longer|released" };

	return patterns_in(sentence, strlen(sentence), gone, 1, NULL);
}

static void
tell(struct lint *l, const struct lint_check *c, enum paper paper,
    const struct written *w)
{
	const struct motion *m = l->paper[paper];
	size_t at = motion_para(m, w->para)->block.at + w->at, begin;
	g_autofree char *sentence = sentence_at(m, w->para, at, &begin);
	g_autofree char *ip = inet_words(&w->ip);
	const struct import *im;
	const struct party *who;
	struct lint_problem *p;
	uint32_t row;

	if (says_so(sentence))
		return;
	who = dismissed(l->rec, &w->ip, &im, &row);
	if (who == NULL)
		return;
	p = lint_add(l, c, paper, at, "%s:%u has %s as an address of %s, whom "
	    "parties.csv:%u has as dismissed from %s", im->id, row, ip,
	    who->label, who->line, *who->from != '\0' ? who->from :
	    "the beginning");
	p->factor = para_factor(l, paper, w->para);
	g_free(p->theirs);
	p->theirs = g_steal_pointer(&sentence);
	g_free(p->exhibit);
	p->exhibit = g_strdup(im->exhibit);
}

void
lint_addresses(struct lint *l, const struct lint_check *c)
{
	for (int p = 0; p < PAPERS; p++) {
		const struct motion *m = l->paper[p];
		g_autoptr(GArray) all = NULL;

		if (m == NULL)
			continue;
		all = g_array_new(FALSE, FALSE, sizeof(struct written));
		for (guint i = 0; i < m->paras->len; i++)
			if (para_runs(m, i))
				para_addresses(m, i, all);
		for (guint i = 0; i < all->len; i++)
			tell(l, c, (enum paper)p, &g_array_index(all,
			    struct written, i));
	}
}
