/* Exhibits: which are cited, how often, under what, and how old they are. */

#include <string.h>

#include "reports/filing.h"
#include "reports/lint_priv.h"

#define SAYS_WORDS	15	/* beside the citation, in its sentence */
#define ONCE_WORDS	45	/* of a paragraph that explains nothing */
#define LISTED		12	/* labels named in one sentence */

/* Calls fn for every citation of an exhibit or of the docket. */
typedef void cite_fn(struct lint *, const struct lint_check *, enum paper,
    const struct cite *, void *);

static void
cites_each(struct lint *l, const struct lint_check *c, cite_fn *fn, void *arg)
{
	for (int p = 0; p < PAPERS; p++) {
		const struct motion *m = l->paper[p];

		for (guint i = 0; m != NULL && i < m->cites->len; i++) {
			const struct cite *k = motion_cite(m, i);

			/* a docket entry, where the record has it */
			if (k->kind == CITE_EXHIBIT ||
			    k->kind == CITE_RECORD ||
			    (k->kind == CITE_DOCKET &&
			    source_of(l, k) != NULL))
				fn(l, c, (enum paper)p, k, arg);
		}
	}
}

static struct lint_problem *
about(struct lint_problem *p, const char *exhibit)
{
	g_free(p->exhibit);
	p->exhibit = g_strdup(exhibit);
	return p;
}

/* ---- absent ------------------------------------------------------------------------------ */

static void
absent_one(struct lint *l, const struct lint_check *c, enum paper p,
    const struct cite *k, void *arg)
{
	GHashTable *told = arg;
	g_autofree char *key = g_strdup_printf("%d %s", (int)p, k->label);

	if (source_of(l, k) != NULL || g_hash_table_contains(told, key))
		return;
	g_hash_table_add(told, g_steal_pointer(&key));
	if (k->kind == CITE_EXHIBIT)
		about(lint_add(l, c, p, k->at, "Exhibit %s is cited, and the "
		    "record has none by that name", k->label), k->label);
	else
		about(lint_add(l, c, p, k->at, "%s is cited, and the record "
		    "has nothing by that number in an exhibit", k->label),
		    k->label);
}

static guint
exhibits_cited(const struct lint *l)
{
	const struct motion *m = l->paper[PAPER_MOTION];
	guint n = 0;

	for (guint i = 0; i < m->cites->len; i++)
		n += motion_cite(m, i)->kind == CITE_EXHIBIT ? 1 : 0;
	return n;
}

void
lint_absent(struct lint *l, const struct lint_check *c)
{
	g_autoptr(GHashTable) told = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);
	guint n = exhibits_cited(l);

	if (l->sources->all->len > 0) {
		cites_each(l, c, absent_one, told);
		return;
	}
	if (n > 0)
		lint_add(l, c, PAPER_MOTION, 0, "the motion cites exhibits %u "
		    "time%s, and the record has none: nothing was imported or "
		    "collected", n, n == 1 ? "" : "s");
}

/* ---- filed with another motion ----------------------------------------------------------- */

static const char *const elsewhere[] = {
	"to ?the|plaintiff's|its|our|first|second|prior|earlier|previous|ex|parte motion|objection|appeal|memorandum|complaint",
	"filed|submitted|attached ~3 with|to ~3 motion|objection|appeal|memorandum|reply",
};
/* Words after the citation that put it into another paper. */
static gboolean
says_elsewhere(const struct motion *m, const struct cite *k)
{
	const struct block *b = &motion_para(m, k->para)->block;
	size_t from = k->at + k->len, end = b->at + b->len;
	struct words w;
	gboolean found = FALSE;

	if (from >= end)
		return FALSE;
	words_init(&w, motion_text(m) + from, MIN(end - from, 200));
	for (size_t i = 0; i < G_N_ELEMENTS(elsewhere) && !found; i++) {
		struct pattern *p = pattern_new(&w, elsewhere[i], NULL);

		for (size_t k2 = 0; k2 < MIN(w.tokens->len, 2u) && !found; k2++)
			found = words_at(&w, k2)->sentence == 0 &&
			    pattern_match(&w, p, k2) > 0;
		pattern_free(p);
	}
	words_clear(&w);
	return found;
}

static void
elsewhere_one(struct lint *l, const struct lint_check *c, enum paper p,
    const struct cite *k, void *arg)
{
	(void)arg;
	if (p == PAPER_MOTION && k->kind == CITE_EXHIBIT &&
	    says_elsewhere(l->paper[p], k))
		about(lint_add(l, c, p, k->at, "Exhibit %s is cited from "
		    "another filing", k->label), k->label);
}

void
lint_other_filing(struct lint *l, const struct lint_check *c)
{
	cites_each(l, c, elsewhere_one, NULL);
}

/* ---- never discussed ------------------------------------------------------------------------- */

/* Exhibits of runs are many and made by the program: told in one sentence. */
void
lint_undiscussed(struct lint *l, const struct lint_check *c)
{
	g_autoptr(GString) runs = g_string_new(NULL);
	guint n = 0;

	for (guint i = 0; i < l->sources->all->len; i++) {
		const struct source *s = g_ptr_array_index(l->sources->all, i);

		if (s->cited > 0)
			continue;
		if (s->import != NULL) {
			about(lint_add(l, c, PAPER_MOTION, 0, "Exhibit %s (%s) "
			    "is in the record, and the motion never cites it",
			    s->label, *s->import->label != '\0' ?
			    s->import->label : s->import->file), s->label);
			continue;
		}
		if (n++ < LISTED)
			g_string_append_printf(runs, "%s%s", n > 1 ? ", " : "",
			    s->label);
	}
	if (n > LISTED)
		g_string_append_printf(runs, " and %u more", n - LISTED);
	if (n > 0)
		lint_add(l, c, PAPER_MOTION, 0, "of the runs, %s %s never "
		    "cited", runs->str, n == 1 ? "is" : "are");
}

/* ---- once, and under one factor ----------------------------------------------------------------- */

static unsigned
words_of(const struct motion *m, guint para)
{
	const struct block *b = &motion_para(m, para)->block;
	struct words w;
	unsigned n;

	words_init(&w, motion_text(m) + b->at, b->len);
	n = w.tokens->len;
	words_clear(&w);
	return n;
}

/* A sentence of its own, in which the citation stands beside what it shows:
 * "The log (Ex. 3) gives an address, a port and a time for Doe 1 and ...". */
static gboolean
says_what(const struct motion *m, const struct cite *k)
{
	size_t begin;
	g_autofree char *sentence = sentence_at(m, k->para, k->at, &begin);
	struct words w;
	guint n = 0;

	words_init(&w, sentence, strlen(sentence));
	for (guint i = 0; i < w.tokens->len; i++) {
		size_t at = begin + words_at(&w, i)->at;

		n += at < k->at || at >= k->at + k->len;
	}
	words_clear(&w);
	return n >= SAYS_WORDS;
}

static void
once_one(struct lint *l, const struct lint_check *c, enum paper p,
    const struct cite *k, void *arg)
{
	const struct source *s = source_of(l, k);

	(void)arg;
	if (p == PAPER_MOTION && s != NULL && s->cited == 1 &&
	    words_of(l->paper[p], k->para) < ONCE_WORDS &&
	    !says_what(l->paper[p], k))
		about(lint_add(l, c, p, k->at, "Exhibit %s is cited once, in a "
		    "paragraph that does not say what it shows", s->called),
		    s->label);
}

void
lint_mentioned_once(struct lint *l, const struct lint_check *c)
{
	cites_each(l, c, once_one, NULL);
}

static const char *const factor_names[] = { "", "factor 1", "factor 2",
    "factor 3", "factor 4", "Rule 4(k)(2)" };

/* Which factor the only one of the bits is, 0 where there are more or none. */
static int
only_factor(unsigned bits)
{
	bits &= ~1u;
	for (int i = 1; i <= FACTOR_FEDERAL; i++)
		if (bits == 1u << i)
			return i;
	return 0;
}

static unsigned
factors_with_sections(const struct lint *l)
{
	const struct section *s = &l->sections->paper[PAPER_MOTION];
	unsigned n = 0;

	for (int i = 1; i <= FACTOR_FEDERAL; i++)
		n += s->first[i] >= 0 ? 1 : 0;
	return n;
}

/* First letters of elements, by factor. */
static const char factor_letters[] = "PSJLK";

/* The factors that the exhibit was imported for (--elements), as bits: K elements
 * are argued under factor 3 or under the rule. */
static unsigned
factors_meant(const struct source *s)
{
	unsigned bits = 0;

	for (char **e = s->import != NULL ? s->import->elements : NULL;
	    e != NULL && *e != NULL; e++) {
		const char *at = **e != '\0' ? strchr(factor_letters,
		    g_ascii_toupper(**e)) : NULL;

		if (at != NULL)
			bits |= 1u << (at - factor_letters + 1);
	}
	return bits;
}

/* It serves one factor, and is cited there. */
static gboolean
where_it_belongs(const struct source *s, int factor)
{
	unsigned meant = factors_meant(s);

	if (meant == 1u << FACTOR_FEDERAL && factor == 3)
		return TRUE;
	return meant == 1u << factor;
}

static void
one_factor_one(struct lint *l, const struct lint_check *c, enum paper p,
    const struct cite *k, void *arg)
{
	GHashTable *told = arg;
	struct source *s = source_of(l, k);
	int factor = s != NULL ? only_factor(s->factors) : 0;

	if (p != PAPER_MOTION || factor == 0 || where_it_belongs(s, factor) ||
	    !g_hash_table_add(told, s))
		return;
	about(lint_add(l, c, p, k->at, "Exhibit %s is cited under %s only, and "
	    "will be read for no other", s->called, factor_names[factor]),
	    s->label)->factor = factor;
}

void
lint_one_factor(struct lint *l, const struct lint_check *c)
{
	g_autoptr(GHashTable) told = g_hash_table_new(NULL, NULL);

	if (factors_with_sections(l) > 1)
		cites_each(l, c, one_factor_one, told);
}

/* ---- after the filing ------------------------------------------------------------------------------ */

struct late_ones {
	GHashTable	*told;		/* struct source * */
	GString		*unknown;	/* labels */
};

static void
after_one(struct lint *l, const struct lint_check *c, enum paper p,
    const struct cite *k, void *arg)
{
	struct late_ones *o = arg;
	struct source *s = source_of(l, k);
	g_autofree char *says = NULL;
	enum late late;

	if (s == NULL || g_hash_table_contains(o->told, s))
		return;
	late = s->import != NULL ? import_late(l->rec, s->import, &says) :
	    run_late(l->rec, s->run, &says);
	if (late == LATE_NO)
		return;
	g_hash_table_add(o->told, s);
	if (late == LATE_UNKNOWN)
		g_string_append_printf(o->unknown, "%s%s", o->unknown->len > 0 ?
		    ", " : "", s->label);
	else if (s->import != NULL)
		about(lint_add(l, c, p, k->at, "%s", says), s->label);
	else
		about(lint_add(l, c, p, k->at, "Exhibit %s is of a run: %s",
		    s->called, says), s->label);
}

void
lint_after_filing(struct lint *l, const struct lint_check *c)
{
	g_autoptr(GHashTable) told = g_hash_table_new(NULL, NULL);
	g_autoptr(GString) unknown = g_string_new(NULL);
	struct late_ones o = { told, unknown };

	if (*l->rec->motion_filed == '\0') {
		lint_unchecked(l, "dates of exhibits: case.ini has no "
		    "motion_filed");
		return;
	}
	cites_each(l, c, after_one, &o);
	if (unknown->len > 0)
		lint_unchecked(l, "what was before the court: %s came into the "
		    "record after the filing, as the motion itself did, with "
		    "dates of their own before it", unknown->str);
}
