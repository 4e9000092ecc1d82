/*
 * Whether a sentence has a number of users, visits or the like.  The number of
 * a paragraph, an exhibit, a docket entry or a page is none, nor is a year: a
 * sentence of adjectives is not mended by citing something.
 */

#include <string.h>

#include "reports/lint_priv.h"

#define AFTER	3	/* words from a number to what it counts */
#define BEFORE	2	/* and from what is counted to a number after it */

static const char counted[] = "user|users|download|downloads|visitor|visitors|"
    "viewer|viewers|visit|visits|view|views|hit|hits|subscriber|subscribers|"
    "resident|residents|people|person|persons|customer|customers|account|"
    "accounts|install|installs|installation|installations|session|sessions|"
    "device|devices|address|addresses|peer|peers|member|members|household|"
    "households|infringer|infringers|infringement|infringements|them|whom|"
    "these|those|percent";
static const char linking[] = "of|is|are|was|were|at|about|some|over|nearly|"
    "number|numbered|total|totalled|totaled|reach|reached|exceed|exceeded|"
    "than|to|almost|around|approximately";
static const char spelled[] = "two|three|four|five|six|seven|eight|nine|ten|"
    "eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    "nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety";
static const char thousands[] = "hundred|thousand|million|billion";
/* Words that a number only names. */
static const char labels[] = "ex|exs|exh|exhs|exhibit|exhibits|ecf|no|nos|dkt|"
    "doc|docket|para|paras|paragraph|paragraphs|page|pages|p|pp|line|lines|"
    "rule|rules|section|sections|article|doe|does|count|counts|civ|decl|wl|"
    "january|february|march|april|may|june|july|august|september|october|"
    "november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|"
    "version|figure|table|factor|step";

static gboolean
is_one_of(const char *list, const struct token *t)
{
	for (const char *p = list; (p = strstr(p, t->low)) != NULL; p++) {
		char after = p[strlen(t->low)];

		if ((p == list || p[-1] == '|') &&
		    (after == '\0' || after == '|'))
			return TRUE;
	}
	return FALSE;
}

static gboolean
is_digits(const struct token *t)
{
	return g_ascii_isdigit(*t->low);
}

/* Between two words there is nothing but these. */
static gboolean
only_between(const struct words *w, size_t i, const char *these)
{
	const struct token *a = words_at(w, i), *b = words_at(w, i + 1);

	for (size_t k = a->at + a->len; k < b->at; k++)
		if (strchr(these, w->text[k]) == NULL)
			return FALSE;
	return TRUE;
}

/* A number in figures or words: where it ends, i itself: none begins there. */
static size_t
number_end(const struct words *w, size_t i, size_t end)
{
	size_t k = i;

	if (!is_digits(words_at(w, i)) && !is_one_of(spelled, words_at(w, i)))
		return i;
	for (k++; k < end; k++) {
		const struct token *t = words_at(w, k);

		if (is_one_of(thousands, t) || is_one_of(spelled, t))
			continue;
		/* 50,120; 1.2; 60 000 */
		if (!is_digits(t) || !only_between(w, k - 1, " ,.\xc2\xa0"))
			break;
	}
	return k;
}

/* After a sign or a word that makes a name of it: "¶ 6", "Ex. 3", "$4". */
static gboolean
is_label(const struct words *w, size_t i, size_t first)
{
	static const char *const signs[] = { "\xc2\xb6", "\xc2\xa7", "\xc2\xa3",
		"\xe2\x82\xac", "#", "$", "*" };
	size_t at = words_at(w, i)->at;

	if (i > first && is_one_of(labels, words_at(w, i - 1)))
		return TRUE;
	while (at > 0 && g_ascii_isspace(w->text[at - 1]))
		at--;
	for (size_t k = 0; k < G_N_ELEMENTS(signs); k++) {
		size_t n = strlen(signs[k]);

		if (at >= n && memcmp(w->text + at - n, signs[k], n) == 0)
			return TRUE;
	}
	return FALSE;
}

static gboolean
is_year(const struct words *w, size_t i, size_t end)
{
	const struct token *t = words_at(w, i);

	return end == i + 1 && t->len == 4 && (strncmp(t->low, "19", 2) == 0 ||
	    strncmp(t->low, "20", 2) == 0);
}

/* "50,120", "1.2 million": too large to be anything else. */
static gboolean
is_large(const struct words *w, size_t i, size_t end)
{
	if (is_one_of(thousands, words_at(w, end - 1)))
		return TRUE;
	return end > i + 1 && words_at(w, end - 1)->len == 3 &&
	    is_digits(words_at(w, end - 1)) && w->text[words_at(w,
	    end - 1)->at - 1] == ',';
}

/* "12%", and nothing of the clause after it. */
static gboolean
is_share(const struct words *w, size_t end)
{
	const struct token *t = words_at(w, end - 1);
	gboolean sign = t->at + t->len < w->len &&
	    w->text[t->at + t->len] == '%';

	return sign && (end == w->tokens->len ||
	    words_at(w, end)->clause != t->clause);
}

static gboolean
counts_after(const struct words *w, size_t end, size_t stop)
{
	guint32 clause = words_at(w, end - 1)->clause;

	for (size_t k = end; k < stop && k < end + AFTER &&
	    words_at(w, k)->clause == clause; k++)
		if (is_one_of(counted, words_at(w, k)))
			return TRUE;
	return FALSE;
}

/* "users: 60", "the number of users is 60". */
static gboolean
counts_before(const struct words *w, size_t i, size_t first)
{
	for (size_t n = 0; i > first && n <= BEFORE; n++, i--) {
		if (is_one_of(counted, words_at(w, i - 1)))
			return TRUE;
		if (!is_one_of(linking, words_at(w, i - 1)))
			return FALSE;
	}
	return FALSE;
}

gboolean
sentence_counts(const struct words *w, size_t first, size_t end)
{
	for (size_t i = first, stop; i < end; i = MAX(stop, i + 1)) {
		stop = number_end(w, i, end);
		if (stop == i || is_label(w, i, first) || is_year(w, i, stop))
			continue;
		if (is_large(w, i, stop) || is_share(w, stop) ||
		    counts_after(w, stop, end) || counts_before(w, i, first))
			return TRUE;
	}
	return FALSE;
}
