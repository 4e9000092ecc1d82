#include "reports/forum.h"
#include "reports/judge_doe.h"
#include "reports/phrase.h"
#include "reports/quoted.h"

/*
 * Factor 1 by a document that a statement quotes: the letter of a provider, the
 * report of who traced an address, a notice of a platform.  Rows join an address to
 * what happened; a document does where one statement has it all in the words that it
 * quotes, and these stand in the file.
 */

enum word {
	W_ADDRESS = 1 << 0,	/* one that may be the Doe's own */
	W_DAY	= 1 << 1,
	W_TRACE	= 1 << 2,	/* a database, and how exact it is */
	W_FORUM	= 1 << 3,
	W_FIRM	= 1 << 4,	/* a provider's name */
	W_ACT	= 1 << 5,
	W_WORK	= 1 << 6,	/* one that the logs name */
	W_DATED	= 1 << 7,	/* the statement itself */
};

static const struct file_row {
	const char	*id;
	unsigned	 least, whole;	/* words for PART, for SUP */
	const char	*missing;
} file_rows[] = {
	{ "P-03", 0, 1u << 31, "a row of a log and a look-up that say the same" },
	{ "P-04", W_ADDRESS, W_ADDRESS | W_DATED, "the date of what is quoted" },
	{ "P-05", W_DAY, W_ADDRESS | W_DAY, "words that hold the address and the "
	    "day together" },
	{ "P-06", 0, W_ADDRESS | W_DAY | W_TRACE, "words that hold the address, "
	    "its place, the database, its build, the day of look-up and the "
	    "radius together" },
	{ "P-07", W_FORUM, W_ADDRESS | W_FORUM, "words that hold the address "
	    "and the place together" },
	{ "P-08", W_FIRM, W_ADDRESS | W_DAY | W_FIRM, "words that hold the address, "
	    "the day and the provider's name together" },
	{ "P-09", W_ACT, W_ADDRESS | W_DAY | W_ACT | W_WORK, "words that hold "
	    "address, day, act and work together" },
};

/* ---- what words hold -------------------------------------------------------------- */

static gboolean
has_address(const struct finding *f, const char *text)
{
	struct inet ip;

	while (inet_find(&text, &ip) != NULL)
		if (book_marks(f->sight->book, &ip) == 0 &&
		    !doe_is_disputed(f->sight->audience, &ip))
			return TRUE;
	return FALSE;
}

/* "2019-05-01" at p. */
static gboolean
is_day(const char *p)
{
	static const char form[] = "0000-00-00";

	for (size_t i = 0; i < sizeof(form) - 1; i++)
		if (form[i] == '0' ? !g_ascii_isdigit(p[i]) : p[i] != form[i])
			return FALSE;
	return TRUE;
}

static gboolean
has_day(const char *text)
{
	static const char *const days[] = {
		"january|february|march|april|may|june|july|august|september|"
		"october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|"
		"sept|oct|nov|dec|januar|februar|m\303\244rz|mai|juni|juli|"
		"oktober|dezember|januari|februari|maart|mei|augustus|janvier|"
		"f\303\251vrier|mars|avril|juin|juillet|ao\303\273t|septembre|"
		"octobre|novembre|d\303\251cembre|enero|febrero|marzo|abril|"
		"mayo|junio|julio|agosto|septiembre|octubre|noviembre|"
		"diciembre ~2 19*|20*",
	};

	for (const char *p = text; *p != '\0'; p++)
		if (is_day(p))
			return TRUE;
	return patterns_in(text, strlen(text), days, 1, NULL);
}

static gboolean
has_trace(const char *text)
{
	static const char *const by[] = { "database|databases|geolocation|"
		"geoip*|build|version|datenbank|base|databank" };
	static const char *const exact[] = { "km|kilometer*|kilometre*|mile|"
		"miles|radius|rayon|straal|radio|accuracy" };
	size_t n = strlen(text);

	return patterns_in(text, n, by, 1, NULL) &&
	    patterns_in(text, n, exact, 1, NULL);
}

static gboolean
has_firm(const struct import *i, const char *text)
{
	static const char *const firms[] = { "inc|llc|ltd|limited|gmbh|corp|"
		"corporation|company|telecom*|telekom*|telefon*|cable|"
		"communications|broadband|networks|isp|wireless|mobile|"
		"internet|fiber|fibre|bv|sarl" };

	return (*i->entity != '\0' && strstr(text, i->entity) != NULL) ||
	    patterns_in(text, strlen(text), firms, 1, NULL);
}

static gboolean
has_act(const char *text)
{
	static const char *const acts[] = { "upload*|download*|seed*|shared|"
		"sharing|distribut*|publish*|stream*|copied|copying|reproduc*|"
		"transmit*|infring*|posted|hosted|swarm|torrent*" };

	return patterns_in(text, strlen(text), acts, 1, NULL);
}

static gboolean
has_work(const struct record *rec, const char *text)
{
	const char *last = NULL;

	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *m = g_ptr_array_index(rec->imports, i);

		for (guint k = 0; m->kind == IMPORT_ACTIVITY &&
		    k < m->rows->len; k++) {
			const char *work = g_array_index(m->rows,
			    struct activity, k).is->work;

			if (work != last && *work != '\0' &&
			    strstr(text, work) != NULL)
				return TRUE;
			last = work;
		}
	}
	return FALSE;
}

/* Those of the wanted that the statement's words hold. */
static unsigned
held(const struct finding *f, const struct import *i,
    const struct statement *s, unsigned wanted)
{
	g_autofree char *words = quoted_words(s);
	unsigned has = 0;

	has |= (wanted & W_ADDRESS) != 0 && has_address(f, words) ?
	    W_ADDRESS : 0u;
	has |= (wanted & W_DAY) != 0 && has_day(words) ? W_DAY : 0u;
	has |= (wanted & W_TRACE) != 0 && has_trace(words) ? W_TRACE : 0u;
	has |= (wanted & W_FORUM) != 0 && words_name_forum(words,
	    f->sight->rec->forum) ? W_FORUM : 0u;
	has |= (wanted & W_FIRM) != 0 && has_firm(i, words) ? W_FIRM : 0u;
	has |= (wanted & W_ACT) != 0 && has_act(words) ? W_ACT : 0u;
	has |= (wanted & W_WORK) != 0 && has_work(f->sight->rec, words) ?
	    W_WORK : 0u;
	return has | (*s->date != '\0' ? W_DATED : 0u);
}

/* ---- the documents of a Doe --------------------------------------------------------- */

struct document { const struct finding *f; unsigned wanted; };

static gboolean
document_lets(const struct import *i, const struct statement *s,
    const char *text, const void *arg)
{
	const struct document *d = arg;
	const struct party *only = party_only_doe(d->f->sight->rec);
	gboolean own = quoted_tells(i, s, text, d->f->scope) || (only != NULL &&
	    g_ascii_strcasecmp(only->label, d->f->scope) == 0);

	return own && (held(d->f, i, s, d->wanted) & d->wanted) == d->wanted;
}

static gboolean
documents(struct finding *f, const char *id, unsigned wanted)
{
	const struct document d = { f, wanted };
	struct quoted q;

	quoted_which(f, id, document_lets, &d, &q);
	return q.found > 0;
}

void
doe_documents(struct finding *f, const char *id)
{
	const struct file_row *row = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(file_rows); i++)
		if (strcmp(file_rows[i].id, id) == 0)
			row = &file_rows[i];
	if (row == NULL || (f->status != ST_NONE && f->status != ST_NC))
		return;
	if (documents(f, id, row->whole)) {
		f->status = ST_SUP;
		finding_missing_none(f);
	} else if (documents(f, id, row->least)) {
		f->status = ST_PART;
		finding_missing_none(f);
		finding_lacks(f, SUPPLY_PAPER, "%s", row->missing);
	}
}
