/*
 * Traps in the papers: what the order held against how the motion was argued.
 *
 * Without a motion among the imports nothing was looked at: NC.  A trap that is
 * found fires as ADV, with the places; one that was looked for and is not there
 * is NONE, which says nothing of how good the argument is.  Those of dates look
 * at when an exhibit came into the record, and at the papers after the motion.
 */

#include <string.h>

#include "reports/filing.h"
#include "reports/judge.h"
#include "reports/papers.h"

#define PLACES	6	/* of problems, told in one finding */

/* ---- from problems of lint --------------------------------------------------------------- */

/* No motion: NC, and what would help. */
static const struct papers *
papers_needed(struct finding *f)
{
	const struct papers *p = papers_of(f->sight);

	if (p != NULL)
		return p;
	f->status = ST_NC;
	finding_note(f, "no motion is in the record to be looked at");
	finding_missing(f, "a comparison of the papers with the record");
	return NULL;
}

/* Whose exhibit it is, where an import is meant. */
static const struct import *
import_of(const struct record *rec, const char *exhibit)
{
	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *im = g_ptr_array_index(rec->imports, i);

		if (*exhibit != '\0' && strcmp(im->exhibit, exhibit) == 0)
			return im;
	}
	return NULL;
}

static void
point(struct finding *f, const struct papers *p, const struct lint_problem *l)
{
	const struct import *im = import_of(f->sight->rec, l->exhibit);

	if (im != NULL)
		finding_against_import(f, im, 0);
	finding_against_import(f, p->import[l->paper], 0);
}

/* Every problem of the check that the filter lets through; how many. */
typedef gboolean problem_fn(const struct record *, const struct lint_problem *);

static unsigned
told(struct finding *f, const struct papers *p, const char *check,
    problem_fn *counts, unsigned before)
{
	unsigned n = 0;

	for (guint i = 0; i < p->lint.problems->len; i++) {
		const struct lint_problem *l = g_ptr_array_index(
		    p->lint.problems, i);

		if (strcmp(l->check->id, check) != 0 ||
		    (counts != NULL && !counts(f->sight->rec, l)))
			continue;
		if (before + n++ >= PLACES)
			continue;
		finding_note(f, "%s:%u:%u: %s", p->motion[l->paper]->name,
		    l->place.line, l->place.column, l->what);
		point(f, p, l);
		if (n == 1)
			finding_missing(f, "%s", l->check->remedy);
	}
	return n;
}

/* Fires where one of the checks has found something; notes say where. */
static void
fires(struct finding *f, const char *checks, problem_fn *counts)
{
	const struct papers *p = papers_needed(f);
	g_auto(GStrv) each = g_strsplit(checks, " ", -1);
	unsigned n = 0;

	if (p == NULL)
		return;
	for (char **c = each; *c != NULL; c++)
		n += told(f, p, *c, counts, n);
	if (n > PLACES)
		finding_note(f, "and %u more; goodcause lint lists them",
		    n - PLACES);
	f->status = n > 0 ? ST_ADV : ST_NONE;
	f->adverse = n > 0;
	if (n == 0)
		finding_note(f, "looked for in %s, and not found",
		    p->import[PAPER_MOTION]->id);
}

/* ---- the traps that lint finds ------------------------------------------------------------- */

void
judge_trap_uncited(const struct record *rec, struct finding *f)
{
	(void)rec;
	fires(f, "uncited", NULL);
}

/* The factors that a kind of import serves, as bits; 0: that depends on what it is. */
static unsigned
serves(const struct import *im)
{
	switch (im->kind) {
	case IMPORT_ACTIVITY:
	case IMPORT_GEOLOCATION:
		return 1u << 1 | 1u << 3;
	case IMPORT_NUMBERS:
	case IMPORT_ADS:
		return 1u << 3 | 1u << 5;
	case IMPORT_HISTORY:
		return 1u << 1 | 1u << 4;
	case IMPORT_MAIL:
		if (im->mail != NULL && im->mail->whose == MAIL_FROM_PROVIDER)
			return 1u << 1 | 1u << 4;
		return im->mail != NULL && im->mail->whose == MAIL_FROM_OPERATOR ?
		    1u << 1 | 1u << 3 : 0;
	default:
		return 0;
	}
}

/* Lint names every exhibit that stands under one factor alone.  The trap is another:
 * that it stands under one that it does not serve, as a host's message among the
 * steps taken; of what serves one knows not which, that it stands among these. */
static gboolean
misplaced(const struct record *rec, const struct lint_problem *l)
{
	const struct import *im = import_of(rec, l->exhibit);
	unsigned bits = im != NULL ? serves(im) : 0;

	return bits != 0 ? (bits & 1u << l->factor) == 0 : l->factor == 2;
}

void
judge_trap_one_factor(const struct record *rec, struct finding *f)
{
	(void)rec;
	fires(f, "one-factor", misplaced);
}

void
judge_trap_assertion(const struct record *rec, struct finding *f)
{
	(void)rec;
	fires(f, "assertion", NULL);
}

void
judge_trap_other_filing(const struct record *rec, struct finding *f)
{
	(void)rec;
	fires(f, "other-filing absent", NULL);
}

static gboolean
of_import(const struct record *rec, const struct lint_problem *l)
{
	(void)rec;
	return *l->exhibit != '\0';
}

void
judge_trap_undiscussed(const struct record *rec, struct finding *f)
{
	(void)rec;
	fires(f, "once undiscussed", of_import);
}

static gboolean
federal(const struct record *rec, const struct lint_problem *l)
{
	(void)rec;
	return l->factor == 5;
}

void
judge_trap_federal(const struct record *rec, struct finding *f)
{
	(void)rec;
	fires(f, "factor", federal);
}

/*
 * G-01, G-02: whether the four factors are shown is for counsel and the court.  The
 * draft can be read for one thing: whether each has a section that argues it.
 */
void
judge_four_factors(const struct record *rec, struct finding *f)
{
	const struct papers *p = papers_of(f->sight);
	unsigned argued = 0;

	judge_counsel(rec, f);
	if (p == NULL) {
		finding_note(f, "no motion is in the record: whether it argues "
		    "each factor was not looked at");
		finding_missing(f, "the motion, imported: whether each factor "
		    "has a section that argues it");
		return;
	}
	for (int i = 1; i <= 4; i++) {
		if (lint_argued(&p->lint, PAPER_MOTION, i) == 1) {
			argued++;
			continue;
		}
		finding_missing(f, "a section of the motion that argues factor "
		    "%d", i);
		finding_against_import(f, p->import[PAPER_MOTION], 0);
	}
	if (argued > 0)
		finding_for_import(f, p->import[PAPER_MOTION], 0);
	finding_note(f, "the motion %s has an argued section for %u of the four "
	    "factors", p->import[PAPER_MOTION]->exhibit, argued);
}

static gboolean
has_exhibit(const struct record *rec)
{
	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *im = g_ptr_array_index(rec->imports, i);

		if (im->kind != IMPORT_MOTION)
			return TRUE;
	}
	return rec->runs->len > 0;
}

/* A motion is there, and nothing to compare it with: nothing was looked at. */
static gboolean
nothing_beside(struct finding *f, gboolean has, const char *what,
    const char *missing)
{
	if (has || papers_of(f->sight) == NULL)
		return FALSE;
	f->status = ST_NC;
	finding_note(f, "%s", what);
	finding_missing(f, "%s", missing);
	return TRUE;
}

/* Quotations that were compared with nothing are not "looked for". */
static void
quotations_left(struct finding *f, const struct lint *l)
{
	unsigned n = l->unread + l->of_papers + l->nowhere;

	if (l->of_law > 0)
		finding_note(f, "%u quotation%s of courts or rules %s not "
		    "compared", PLURAL(l->of_law), l->of_law == 1 ? "was" :
		    "were");
	if (n == 0)
		return;
	f->status = ST_NC;
	finding_note(f, "%u of its quotations could not be compared here "
	    "(%u of exhibits that are no text here, %u of papers that are not "
	    "in the record, %u without a citation and in no exhibit); "
	    "goodcause lint lists them", n, l->unread, l->of_papers,
	    l->nowhere);
	finding_missing(f, "a comparison of the papers with the record");
}

void
judge_trap_words(const struct record *rec, struct finding *f)
{
	if (!nothing_beside(f, has_exhibit(rec), "the record has no exhibit "
	    "with which the motion's words could be compared", "the messages "
	    "that it quotes, as received"))
		fires(f, "quote paraphrase", NULL);
	if (f->status == ST_NONE)
		quotations_left(f, &papers_of(f->sight)->lint);
}

void
judge_trap_entities(const struct record *rec, struct finding *f)
{
	const struct papers *p = papers_of(f->sight);
	gboolean others = p != NULL && (p->motion[PAPER_ORDER] != NULL ||
	    p->motion[PAPER_DECLARATION] != NULL ||
	    lint_count(&p->lint, "entities") > 0);

	if (!nothing_beside(f, others || rec->entities->len > 0, "entities.csv "
	    "is empty, and no other paper is in the record to compare with",
	    "entities.csv, the declaration, the proposed order"))
		fires(f, "entities", NULL);
}

/* Without a motion the table alone is told: it is for counsel to keep it. */
void
judge_trap_party(const struct record *rec, struct finding *f)
{
	if (papers_of(f->sight) == NULL)
		judge_party_status(rec, f);
	else if (!nothing_beside(f, rec->parties->len > 0, "parties.csv is "
	    "empty", "the parties with their dates, in parties.csv"))
		fires(f, "party", NULL);
}

/* ---- after the motion -------------------------------------------------------------------------- */

static const char *const arguments[] = { "", "who the Does are (factor 1)",
    "the steps taken (factor 2)", "withstanding a motion to dismiss "
    "(factor 3)", "likelihood of identification (factor 4)", "Rule 4(k)(2)" };

/* Argued in a later paper, and not in the motion. */
static gboolean
argued_later(struct finding *f, const struct papers *p, int factor)
{
	if (p == NULL || p->motion[PAPER_LATER] == NULL ||
	    lint_argued(&p->lint, PAPER_LATER, factor) != 1 ||
	    lint_argued(&p->lint, PAPER_MOTION, factor) == 1)
		return FALSE;
	finding_note(f, "%s is argued in %s, and not in the motion %s",
	    arguments[factor], p->import[PAPER_LATER]->file,
	    p->import[PAPER_MOTION]->file);
	finding_against_import(f, p->import[PAPER_LATER], 0);
	finding_against_import(f, p->import[PAPER_MOTION], 0);
	return TRUE;
}

struct late_count { unsigned late, unknown; };

static void
late_add(struct finding *f, struct late_count *n, enum late late,
    const char *says)
{
	unsigned *of = late == LATE_YES ? &n->late : &n->unknown;

	if (late != LATE_NO && (*of)++ < PLACES)
		finding_note(f, "%s%s", says, late == LATE_UNKNOWN ? ", and so "
		    "did the motion: what was before the court is not in the "
		    "record" : "");
}

/* Exhibits that are later than the filing; of factor 4 only, those of entities. */
static struct late_count
exhibits_after(const struct record *rec, struct finding *f, gboolean entities)
{
	struct late_count n = { 0, 0 };

	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *im = g_ptr_array_index(rec->imports, i);
		g_autofree char *says = NULL;
		enum late late = LATE_NO;

		if (im->kind != IMPORT_MOTION && (!entities ||
		    *im->entity != '\0'))
			late = import_late(rec, im, &says);
		late_add(f, &n, late, says);
		if (late == LATE_YES)
			finding_against_import(f, im, 0);
	}
	for (guint i = 0; i < rec->runs->len && !entities; i++) {
		const struct run *run = g_ptr_array_index(rec->runs, i);
		g_autofree char *says = NULL;
		enum late late = run_late(rec, run, &says);

		late_add(f, &n, late, says);
		if (late == LATE_YES)
			finding_against_row(f, run, 1);
	}
	return n;
}

/* Nothing fires, and of something the day in court is not known. */
static gboolean
day_unknown(struct finding *f, unsigned fired, struct late_count n)
{
	if (fired > 0 || n.unknown == 0)
		return FALSE;
	f->status = ST_NC;
	finding_missing(f, "which exhibits were attached to the motion, and "
	    "when");
	return TRUE;
}

static void
settle(struct finding *f, unsigned n, const char *none)
{
	f->status = n > 0 ? ST_ADV : ST_NONE;
	f->adverse = n > 0;
	if (n == 0)
		finding_note(f, "%s", none);
	else
		finding_missing(f, "the same in a motion to the magistrate "
		    "judge that is filed after it");
}

static gboolean
no_date(const struct record *rec, struct finding *f)
{
	if (*rec->motion_filed != '\0')
		return FALSE;
	f->status = ST_NC;
	finding_note(f, "case.ini does not say when the motion was filed");
	finding_lacks(f, SUPPLY_MOTION_DATE, "motion_filed in case.ini");
	return TRUE;
}

/* P-32: arguments on factor 1, and exhibits, that came after the motion. */
void
judge_trap_later(const struct record *rec, struct finding *f)
{
	struct late_count late = { 0, 0 };
	unsigned n;

	n = argued_later(f, papers_of(f->sight), 1) ? 1 : 0;
	if (n == 0 && no_date(rec, f))
		return;
	if (*rec->motion_filed != '\0')
		late = exhibits_after(rec, f, FALSE);
	n += late.late;
	if (!day_unknown(f, n, late))
		settle(f, n, "nothing in the record is later than the motion");
}

void
judge_trap_new_evidence(const struct record *rec, struct finding *f)
{
	struct late_count late;

	if (no_date(rec, f))
		return;
	late = exhibits_after(rec, f, FALSE);
	if (!day_unknown(f, late.late, late))
		settle(f, late.late, "no exhibit in the record is later than "
		    "the motion");
}

/*
 * T-01: any argument that a later paper makes and the motion does not, and any
 * exhibit that is later than the motion, which no argument of it can rest on.
 */
void
judge_trap_new_argument(const struct record *rec, struct finding *f)
{
	const struct papers *p = papers_of(f->sight);
	struct late_count late = { 0, 0 };
	unsigned n = 0;

	for (int i = 1; i < (int)G_N_ELEMENTS(arguments); i++)
		n += argued_later(f, p, i) ? 1 : 0;
	if (*rec->motion_filed != '\0') {
		n += p != NULL ? told(f, p, "after-filing", NULL, n) : 0;
		late = exhibits_after(rec, f, FALSE);
		n += late.late;
	}
	if (day_unknown(f, n, late) ||
	    (n == 0 && (p = papers_needed(f)) == NULL))
		return;
	settle(f, n, p != NULL && p->motion[PAPER_LATER] != NULL ? "the later "
	    "paper argues nothing that the motion does not" : "the record has "
	    "nothing that came after the motion; no later paper is in it");
}

/* An argument that is in the motion cannot be first made after it. */
static void
argument_judge(struct finding *f, int factor, unsigned n)
{
	const struct papers *p = papers_needed(f);

	if (p == NULL)
		return;
	n += argued_later(f, p, factor) ? 1 : 0;
	if (n > 0 || lint_argued(&p->lint, PAPER_MOTION, factor) == 1) {
		settle(f, n, "the motion argues it");
		return;
	}
	f->status = ST_NC;
	finding_note(f, "the motion does not argue it, and no later paper that "
	    "does is in the record");
	finding_missing(f, "the papers after the motion, imported with "
	    "--label Objection");
}

void
judge_trap_federal_later(const struct record *rec, struct finding *f)
{
	(void)rec;
	argument_judge(f, 5, 0);
}

void
judge_trap_likelihood_later(const struct record *rec, struct finding *f)
{
	struct late_count late = { 0, 0 };

	if (*rec->motion_filed != '\0')
		late = exhibits_after(rec, f, TRUE);
	if (late.late > 0)
		settle(f, late.late, "");
	else if (!day_unknown(f, 0, late))
		argument_judge(f, 4, 0);
}
