/* Words of a draft that are stronger than the message on which they rest. */

#include <string.h>

#include "reports/lint_priv.h"

static const char *const stronger[] = {
	"can|could|will|would provide|disclose|release|produce|identify|supply",
	"ready|willing|prepared|able|happy to ?now provide|disclose|release|produce|identify|supply|give|turn|hand|share",
	"agreed|agrees|offered|offers|promised|promises|undertaken|undertook to ~4 provide|disclose|release|produce|identify|supply|give|turn|hand|share|cooperate",
	"order ~6 suffice|suffices|enough|sufficient",
	"awaiting|await|awaits ~3 order ~4 so",
	"confirmed|admitted|acknowledged ~4 has|have|had|holds|hold",
	"has|have|holds|possesses|maintains ?the|all|our|its|such|defendants'|does'|customer|customer's identifying|identification|customer|identity information|data|details|records",
};

static const char denial[] = "not|cannot|can't|unless|absent|without|"
    "refuses|refused|refuse|declined|declines|never|until|no";

static const struct reply_words *
refusal(const struct import *im)
{
	for (guint i = 0; im->mail != NULL && i < im->mail->words->len; i++) {
		const struct reply_words *w = g_ptr_array_index(im->mail->words,
		    i);

		if (w->klass == REPLY_REFUSED_ABSENT_LOCAL_ORDER)
			return w;
	}
	return NULL;
}

/* A message with a refusal that the paragraph cites, or whose sender it names. */
static const struct import *
refused_in(const struct lint *l, const struct motion *m, guint para,
    const char *text)
{
	const struct para *p = motion_para(m, para);
	g_autofree char *low = g_utf8_casefold(text, -1);

	for (guint i = p->cite; i < p->cite + p->cites; i++) {
		const struct source *s = source_of(l, motion_cite(m, i));

		if (s != NULL && s->import != NULL &&
		    refusal(s->import) != NULL)
			return s->import;
	}
	for (guint i = 0; i < l->rec->imports->len; i++) {
		const struct import *im = g_ptr_array_index(l->rec->imports, i);
		g_autofree char *name = g_utf8_casefold(im->entity, -1);

		if (refusal(im) != NULL && ((*name != '\0' &&
		    strstr(low, name) != NULL) || strstr(low,
		    "host provider") != NULL))
			return im;
	}
	return NULL;
}

/* "Only if", "only on an order": a condition.  "Is only awaiting an order" is none. */
static gboolean
only_on(struct words *w, size_t first, size_t end)
{
	static const char only[] = "only|solely|exclusively if|on|upon|with|"
	    "after|when|where|pursuant|under|by|to|in|against|through";
	struct pattern *p = pattern_new(w, only, NULL);
	gboolean is = FALSE;

	for (size_t i = first; i < end && !is; i++)
		is = pattern_match(w, p, i) > 0;
	pattern_free(p);
	return is;
}

/* The first word of a phrase stronger than a refusal; -1 none.  A sentence
 * that keeps the condition is none. */
static gssize
stronger_at(struct words *w, const struct motion *m, guint para, size_t base)
{
	struct pattern *deny = pattern_new(w, denial, NULL);
	gssize found = -1;

	for (size_t k = 0; k < G_N_ELEMENTS(stronger) && found < 0; k++) {
		struct pattern *p = pattern_new(w, stronger[k], NULL);

		for (size_t i = 0; i < w->tokens->len && found < 0; i++) {
			size_t first, end;

			if (pattern_match(w, p, i) == 0 ||
			    in_quotation(m, para, base + words_at(w, i)->at))
				continue;
			words_sentence(w, i, &first, &end);
			if (!pattern_among(w, deny, first, end - first) &&
			    !only_on(w, first, end))
				found = (gssize)i;
		}
		pattern_free(p);
	}
	pattern_free(deny);
	return found;
}

static void
paraphrase_para(struct lint *l, const struct lint_check *c, enum paper p,
    guint para)
{
	const struct motion *m = l->paper[p];
	g_autofree char *text = para_text(m, para);
	size_t base = motion_para(m, para)->block.at, begin;
	const struct import *im = refused_in(l, m, para, text);
	struct lint_problem *problem;
	struct words w;
	gssize i;

	if (im == NULL)
		return;
	words_init(&w, text, strlen(text));
	i = stronger_at(&w, m, para, base);
	if (i >= 0) {
		const struct reply_words *said = refusal(im);
		g_autofree char *sentence = sentence_at(m, para, base +
		    words_at(&w, (size_t)i)->at, &begin);

		problem = lint_add(l, c, p, begin, "stronger than Exhibit %s, "
		    "which discloses nothing without a condition",
		    im->exhibit);
		g_free(problem->theirs);
		g_free(problem->source);
		g_free(problem->exhibit);
		problem->theirs = g_steal_pointer(&sentence);
		problem->source = lint_shown(said->text, strlen(said->text));
		problem->exhibit = g_strdup(im->exhibit);
	}
	words_clear(&w);
}

void
lint_paraphrase(struct lint *l, const struct lint_check *c)
{
	for (int p = 0; p < PAPERS; p++) {
		const struct motion *m = l->paper[p];

		for (guint i = 0; m != NULL && i < m->paras->len; i++)
			if (para_runs(m, i))
				paraphrase_para(l, c, (enum paper)p, i);
	}
}
