#include "reports/judge.h"
#include "reports/quoted.h"

/*
 * Elements that look at what the papers say, where a motion was imported: K-07,
 * L-02, and the half of K-19 that is in the papers.  Nothing in a motion is
 * evidence: it can only show that an assertion is made.  Statements of type BELIEF
 * are shown and change nothing.
 */

struct paper { const struct import *import; char *text; };

static void
paper_clear(gpointer p)
{
	g_free(((struct paper *)p)->text);
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
	GArray *a = g_array_new(FALSE, FALSE, sizeof(struct paper));

	g_array_set_clear_func(a, paper_clear);
	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *m = g_ptr_array_index(rec->imports, i);
		struct paper p = { m, NULL };
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

static const char *const belief_words[] = {
	"believe", "belief", "suspect", "presum", "assum", "on information",
};
/* Of quantity, with no number beside them. */
static const char *const quantity_words[] = {
	"substantial", "significant", "numerous", "many", "large number",
	"countless", "prevalent", "popular", "widespread", "extensive",
};
/* What the quantity is said of, where it recites the standard. */
static const char *const audience_words[] = {
	"user", "audience", "download", "visitor", "traffic", "resident",
	"consumer", "customer", "united states",
};

static gboolean
has_word(const char *low, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (const char *p = low; (p = strstr(p, words[i])) != NULL;
		    p++)
			if (p == low || !g_ascii_isalnum(p[-1]))
				return TRUE;
	return FALSE;
}

static gboolean
is_number(const char *s)
{
	for (; *s != '\0'; s++)
		if (g_ascii_isdigit(*s))
			return TRUE;
	return FALSE;
}

/* "substantial number of users", and no digit in the sentence. */
static gboolean
recites(const char *low)
{
	return has_word(low, quantity_words, G_N_ELEMENTS(quantity_words)) &&
	    has_word(low, audience_words, G_N_ELEMENTS(audience_words)) &&
	    !is_number(low);
}

static gboolean
believes(const char *low)
{
	return has_word(low, belief_words, G_N_ELEMENTS(belief_words));
}

typedef gboolean test_fn(const char *low);

/* How many sentences of a paper pass. */
static guint
sentences(const char *text, test_fn *test)
{
	guint n = 0;

	while (*text != '\0') {
		const char *end = text;
		g_autofree char *one = NULL, *low = NULL;

		while (*end != '\0' && !(strchr(".!?", *end) != NULL &&
		    (end[1] == ' ' || end[1] == '\0')))
			end++;
		one = g_strndup(text, (gsize)(end - text) + (*end != '\0'));
		low = g_ascii_strdown(g_strstrip(one), -1);
		n += test(low) ? 1u : 0u;
		text = *end != '\0' ? end + 1 : end;
	}
	return n;
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
		const struct paper *p = &g_array_index(papers, struct paper, i);
		guint n = sentences(p->text, test);

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
		g_autofree char *low = g_ascii_strdown(s->text, -1);

		if (!(beliefs && s->type == BELIEF) && !test(low))
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
		g_autofree char *low = g_ascii_strdown(s->text, -1);

		n += s->type != BELIEF && recites(low) &&
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
	g_ptr_array_set_size(f->missing, 0);
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

static gboolean
invokes(const char *low)
{
	return strstr(low, "4(k)(2)") != NULL;
}

static guint
papers_invoke(struct finding *f, const GArray *papers)
{
	const struct record *rec = f->sight->rec;
	guint n = papers_with(f, papers, invokes);

	for (guint i = 0; i < rec->statements->len; i++) {
		const struct statement *s =
		    g_ptr_array_index(rec->statements, i);
		g_autofree char *low = g_ascii_strdown(s->text, -1);

		if (!invokes(low))
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
