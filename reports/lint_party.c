/* What the papers say of who is a party, held against parties.csv. */

#include <string.h>

#include "reports/lint_priv.h"
#include "reports/sight.h"

static const char still_party[] = "defendant|defendants|party";
static const char gone[] = "dismissed|dismissal|settled|settlement|former|"
    "formerly|non-party|nonparty|now-dismissed|then|previously|longer|"
    "stipulation|stipulated|released|third|third-party";

/* What parties.csv says of the label on the day; NULL: nothing. */
static const struct party *
party_on(const struct record *rec, const char *label, const char *day)
{
	const struct party *last = NULL;

	for (guint i = 0; i < rec->parties->len; i++) {
		const struct party *p = g_ptr_array_index(rec->parties, i);

		if (g_ascii_strcasecmp(p->label, label) == 0 &&
		    strcmp(p->from, day) <= 0 &&
		    (*p->to == '\0' || strcmp(day, p->to) <= 0))
			last = p;
	}
	return last;
}

static gboolean
is_kind(const struct party *p, const char *kind)
{
	return g_ascii_strcasecmp(p->kind, kind) == 0;
}

static gboolean
word_in(struct words *w, const char *list)
{
	struct pattern *p = pattern_new(w, list, NULL);
	gboolean is = pattern_among(w, p, 0, w->tokens->len);

	pattern_free(p);
	return is;
}

/* "Alex Musante" by his last name where that is one of its own. */
static gboolean
names_party(const char *sentence, const char *label)
{
	const char *last = strrchr(label, ' ');

	return strstr(sentence, label) != NULL || (last != NULL &&
	    strlen(last) > 4 && !g_ascii_isdigit(last[1]) &&
	    strstr(sentence, last) != NULL);
}

static void
party_said(struct lint *l, const struct lint_check *c, enum paper paper,
    const struct token *t, const struct motion *m, guint para,
    const struct party *p)
{
	size_t at = motion_para(m, para)->block.at + t->at, begin;
	g_autofree char *sentence = sentence_at(m, para, at, &begin);
	gboolean denied, out = is_kind(p, "dismissed") ||
	    is_kind(p, "third_party");
	struct lint_problem *problem;
	struct words w;

	if (!names_party(sentence, p->label))
		return;
	words_init(&w, sentence, strlen(sentence));
	denied = out ? word_in(&w, still_party) && !word_in(&w, gone) :
	    (is_kind(p, "named") || is_kind(p, "doe")) &&
	    word_in(&w, "dismissed|non-party|nonparty|now-dismissed");
	words_clear(&w);
	if (!denied)
		return;
	problem = lint_add(l, c, paper, begin, "parties.csv:%u has %s as %s "
	    "from %s", p->line, p->label, p->kind, *p->from != '\0' ?
	    p->from : "the beginning");
	g_free(problem->theirs);
	problem->theirs = g_steal_pointer(&sentence);
}

static void
party_para(struct lint *l, const struct lint_check *c, enum paper paper,
    guint para, const char *day)
{
	const struct motion *m = l->paper[paper];
	g_autofree char *text = para_text(m, para);
	struct words w;
	guint32 told = G_MAXUINT32;

	words_init(&w, text, strlen(text));
	for (guint i = 0; i < l->rec->parties->len; i++) {
		const struct party *row = g_ptr_array_index(l->rec->parties, i);
		const struct party *p = party_on(l->rec, row->label, day);

		if (p != row || !names_party(text, p->label))
			continue;
		told = G_MAXUINT32;
		for (guint k = 0; k < w.tokens->len; k++) {
			const struct token *t = words_at(&w, k);

			if (t->sentence == told)
				continue;
			told = t->sentence;
			party_said(l, c, paper, t, m, para, p);
		}
	}
	words_clear(&w);
}

/* ---- Does by number, and entities called defendants --------------------------------- */

/* "Doe 3", and parties.csv lists Does by number and not that one. */
static gboolean
is_doe_unknown(const struct record *rec, unsigned n, const char *day)
{
	gboolean listed = FALSE;

	for (guint i = 0; i < rec->parties->len; i++) {
		const struct party *p = g_ptr_array_index(rec->parties, i);
		unsigned k;

		if (!is_kind(p, "doe") || g_ascii_strncasecmp(p->label, "Doe ",
		    4) != 0 || (k = (unsigned)strtoul(p->label + 4, NULL, 10))
		    == 0 || party_on(rec, p->label, day) == NULL)
			continue;
		if (k == n)
			return FALSE;
		listed = TRUE;
	}
	return listed;
}

static void
say_denied(struct lint *l, const struct lint_check *c, enum paper paper,
    guint para, size_t at, const char *who, const char *what)
{
	size_t begin;
	g_autofree char *sentence = sentence_at(l->paper[paper], para, at,
	    &begin);
	struct lint_problem *problem = lint_add(l, c, paper, begin, "%s %s",
	    who, what);

	g_free(problem->theirs);
	problem->theirs = g_steal_pointer(&sentence);
}

/* Words i and i + 1 are "Doe" and a number, or "Doe Defendant 3". */
static unsigned
doe_number(const struct words *w, guint i)
{
	const char *low = words_at(w, i)->low, *next;

	if (strcmp(low, "doe") != 0 || i + 1 >= w->tokens->len)
		return 0;
	next = words_at(w, i + 1)->low;
	if (strcmp(next, "defendant") == 0 && i + 2 < w->tokens->len)
		next = words_at(w, i + 2)->low;
	return g_ascii_isdigit(*next) && strlen(next) < 5 ?
	    (unsigned)strtoul(next, NULL, 10) : 0;
}

static void
does_para(struct lint *l, const struct lint_check *c, enum paper paper,
    guint para, const char *day)
{
	const struct motion *m = l->paper[paper];
	size_t base = motion_para(m, para)->block.at;
	g_autofree char *text = para_text(m, para);
	guint32 told = G_MAXUINT32;
	struct words w;

	words_init(&w, text, strlen(text));
	for (guint i = 0; i < w.tokens->len; i++) {
		const struct token *t = words_at(&w, i);
		unsigned n = doe_number(&w, i);
		g_autofree char *who = g_strdup_printf("Doe %u", n);

		if (n == 0 || t->sentence == told ||
		    in_quotation(m, para, base + t->at) ||
		    !is_doe_unknown(l->rec, n, day))
			continue;
		told = t->sentence;
		say_denied(l, c, paper, para, base + t->at, who, "is not among "
		    "the Does of parties.csv on that day");
	}
	words_clear(&w);
}

/* "Defendant LiteServer B.V.": from whom data are sought, and no row of it. */
static void
entities_para(struct lint *l, const struct lint_check *c, enum paper paper,
    guint para)
{
	const struct motion *m = l->paper[paper];
	size_t base = motion_para(m, para)->block.at;
	g_autofree char *text = para_text(m, para);

	for (const char *p = text; (p = strstr(p, "Defendant ")) != NULL; p++) {
		const char *name = p + strlen("Defendant ");

		if ((p > text && g_ascii_isalnum(p[-1])) ||
		    in_quotation(m, para, base + (size_t)(p - text)))
			continue;
		for (guint i = 0; i < l->rec->entities->len; i++) {
			const struct entity *e = g_ptr_array_index(
			    l->rec->entities, i);
			g_autofree char *after = g_strndup(name, strlen(e->name)
			    + 8);

			if (entity_is(e->name, after))
				say_denied(l, c, paper, para, base +
				    (size_t)(p - text), e->name, "is in "
				    "entities.csv as one from whom data are "
				    "sought, and no defendant by parties.csv");
		}
	}
}

void
lint_party(struct lint *l, const struct lint_check *c)
{
	const char *day = *l->rec->motion_filed != '\0' ?
	    l->rec->motion_filed : l->rec->as_of;

	if (l->rec->parties->len == 0) {
		lint_unchecked(l, "status of parties: parties.csv is empty");
		return;
	}
	for (int p = 0; p < PAPERS; p++) {
		const struct motion *m = l->paper[p];

		for (guint i = 0; m != NULL && i < m->paras->len; i++)
			if (para_runs(m, i)) {
				party_para(l, c, (enum paper)p, i, day);
				does_para(l, c, (enum paper)p, i, day);
				entities_para(l, c, (enum paper)p, i);
			}
	}
	lint_addresses(l, c);
}
