#include <string.h>

#include "reports/judge.h"
#include "reports/lint.h"
#include "reports/quoted.h"

/*
 * Elements that look at what the papers say, where a motion was imported: K-07,
 * L-02, and the half of K-19 that is in the papers.  Nothing in a motion is
 * evidence: it can only show that an assertion is made.  Statements of type BELIEF
 * are shown and change nothing.
 */

struct draft { const struct import *import; char *text; };

static void
paper_clear(gpointer p)
{
	g_free(((struct draft *)p)->text);
}

/* Words with one blank between, tags off where it is a page. */
static char *
plain(const char *bytes, gsize n)
{
	GString *out = g_string_sized_new(n);
	gboolean tag = FALSE;

	for (gsize i = 0; i < n; i++) {
		char c = bytes[i];

		if (c == '<' && i + 1 < n && (g_ascii_isalpha(bytes[i + 1]) ||
		    bytes[i + 1] == '/' || bytes[i + 1] == '!'))
			tag = TRUE;
		if (!tag)
			g_string_append_c(out, g_ascii_isspace(c) || c == '\0' ?
			    ' ' : c);
		if (tag && c == '>') {
			tag = FALSE;
			g_string_append_c(out, ' ');
		}
	}
	return g_string_free(out, FALSE);
}

static GArray *
papers_of(const struct record *rec)
{
	GArray *a = g_array_new(FALSE, FALSE, sizeof(struct draft));

	g_array_set_clear_func(a, paper_clear);
	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *m = g_ptr_array_index(rec->imports, i);
		struct draft p = { m, NULL };
		gsize n;
		const char *bytes;

		if (m->kind != IMPORT_MOTION || m->bytes == NULL)
			continue;
		bytes = g_bytes_get_data(m->bytes, &n);
		p.text = plain(bytes, n);
		g_array_append_val(a, p);
	}
	return a;
}

/* ---- sentences ------------------------------------------------------------------ */

/* Sentences of a text that are of the kind; the words are rows of lint_words.c. */
typedef guint test_fn(const char *text);

static guint
recites(const char *text)
{
	return lint_sentences("K-07", text);
}

static guint
believes(const char *text)
{
	return lint_sentences("L-02", text);
}

/* A short listing prints the first note: the one that says what was found. */
static void
last_note_first(struct finding *f)
{
	guint last = f->notes->len - 1;

	g_ptr_array_insert(f->notes, 0, g_ptr_array_steal_index(f->notes,
	    last));
}

static guint
papers_with(struct finding *f, const GArray *papers, test_fn *test)
{
	guint all = 0;

	for (guint i = 0; i < papers->len; i++) {
		const struct draft *p = &g_array_index(papers, struct draft, i);
		guint n = test(p->text);

		all += n;
		if (n == 0)
			continue;
		finding_against_import(f, p->import, 0);
		finding_note(f, "%s has %u such sentence%s",
		    p->import->exhibit, PLURAL(n));
	}
	return all;
}

/* Beliefs are pointed at, and no more. */
static guint
statements_with(struct finding *f, test_fn *test, gboolean beliefs)
{
	const struct record *rec = f->sight->rec;
	guint n = 0;

	for (guint i = 0; i < rec->statements->len; i++) {
		const struct statement *s =
		    g_ptr_array_index(rec->statements, i);

		if (!(beliefs && s->type == BELIEF) && test(s->text) == 0)
			continue;
		n++;
		finding_against_table(f, "statements.csv", s->line);
	}
	return n;
}

/* A recital that a statement of another type than BELIEF brings, and that quotes
 * no exhibit: what an exhibit says is somebody's own word, and no recital. */
static guint
recitals(struct finding *f)
{
	const struct record *rec = f->sight->rec;
	guint n = 0;

	for (guint i = 0; i < rec->statements->len; i++) {
		const struct statement *s =
		    g_ptr_array_index(rec->statements, i);

		n += s->type != BELIEF && recites(s->text) > 0 &&
		    !quoted_source(rec, s) ? 1u : 0u;
	}
	return n;
}

static void
no_motion(struct finding *f)
{
	f->status = ST_NONE;
	finding_note(f, "nothing in the record: no motion imported");
	finding_missing(f, "the draft: goodcause import motion FILE");
}

static void
judge_sentences(struct finding *f, test_fn *test, const char *found,
    const char *missing)
{
	GArray *papers = papers_of(f->sight->rec);

	statements_with(f, test, FALSE);
	if (papers->len == 0) {
		no_motion(f);
	} else if (papers_with(f, papers, test) > 0) {
		f->status = ST_INSUF;
		finding_note(f, "%s", found);
		last_note_first(f);
		finding_missing(f, "%s", missing);
	} else {
		f->status = ST_NONE;
		finding_note(f, "no sentence of that kind in the motions "
		    "imported");
	}
	g_array_unref(papers);
}

void
judge_recited(const struct record *rec, struct finding *f)
{
	static const char found[] = "a quantity of users or audience, and no "
		"number", missing[] = "numbers in place of adjectives";

	(void)rec;
	judge_sentences(f, recites, found, missing);
	if (f->status != ST_NONE || recitals(f) == 0)
		return;
	f->status = ST_INSUF;
	g_ptr_array_set_size(f->notes, 0);
	finding_missing_none(f);
	finding_note(f, "in statements.csv: %s", found);
	finding_missing(f, "%s", missing);
}

void
judge_own_belief(const struct record *rec, struct finding *f)
{
	(void)rec;
	judge_sentences(f, believes, "words of belief; alone they are no basis",
	    "facts in their place");
}

/* No statement of type BELIEF raises anything; they are listed here. */
void
judge_beliefs(const struct record *rec, struct finding *f)
{
	(void)rec;
	f->status = ST_NONE;
	finding_note(f, "no belief is counted: a statement of type BELIEF "
	    "raises no status in this program");
	statements_with(f, believes, TRUE);
}

/* ---- K-19 ------------------------------------------------------------------------------ */

/* That the papers rest on the rule, by its number or by the words of its limb. */
static guint
invokes(const char *text)
{
	static const char *const words[] = { "4(k)(2)", "any state's courts",
		"any state\xe2\x80\x99s courts", "courts of any state",
		"jurisdiction of any state", "courts of general jurisdiction",
		"jurisdiction in any state", "state court of general "
		"jurisdiction" };
	g_autofree char *low = g_ascii_strdown(text, -1);

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (strstr(low, words[i]) != NULL)
			return 1;
	return 0;
}

static guint
papers_invoke(struct finding *f, const GArray *papers)
{
	const struct record *rec = f->sight->rec;
	guint n = papers_with(f, papers, invokes);

	for (guint i = 0; i < rec->statements->len; i++) {
		const struct statement *s =
		    g_ptr_array_index(rec->statements, i);

		if (invokes(s->text) == 0)
			continue;
		finding_against_table(f, "statements.csv", s->line);
		n += s->type != BELIEF;
	}
	return n;
}

void
judge_undercut(const struct record *rec, struct finding *f)
{
	GArray *papers = papers_of(rec);
	guint us = judge_us_services(f), said = papers_invoke(f, papers);

	if (us > 0 && said > 0) {
		f->status = ST_CONF;
		f->adverse = TRUE;
		finding_note(f, "US providers are in the record (K-15), and the "
		    "papers rest on Rule 4(k)(2), that no state's courts have "
		    "jurisdiction (K-03)");
		last_note_first(f);
		finding_missing(f, "how the two fit together");
	} else if (us > 0 && papers->len == 0) {
		f->status = ST_NC;
		finding_note(f, "US providers are in the record (K-15); whether "
		    "the papers also rest on K-03 was not read: no motion is "
		    "imported");
		finding_missing(f, "the draft: goodcause import motion FILE");
	} else if (us > 0) {
		f->status = ST_NONE;
		finding_note(f, "US providers are in the record (K-15); no "
		    "motion imported names Rule 4(k)(2)");
	} else if (!judge_no_run(f) && !judge_providers_open(f)) {
		f->status = ST_NONE;
		finding_note(f, "no provider seen has a US holder, so nothing "
		    "to set against K-03");
	}
	g_array_unref(papers);
}
