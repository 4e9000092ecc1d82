#include "reports/quoted.h"

#include <string.h>

#include "reports/forum.h"
#include "reports/judge.h"
#include "reports/phrase.h"
#include "reports/provider.h"

/* ---- which file a statement is about --------------------------------------------- */

/* Whole: "I-1" is not named by "I-12". */
static gboolean
names(const char *source, const char *key)
{
	size_t n = strlen(key);

	if (n == 0)
		return FALSE;
	for (const char *p = source; *p != '\0'; p++) {
		gboolean begins = p == source || !g_ascii_isalnum(p[-1]);

		if (begins && g_ascii_strncasecmp(p, key, n) == 0 &&
		    !g_ascii_isalnum(p[n]))
			return TRUE;
	}
	return FALSE;
}

static gboolean
about(const struct statement *s, const struct import *i)
{
	return names(s->source, i->id) || names(s->source, i->exhibit) ||
	    names(s->source, i->label) || names(s->source, i->file) ||
	    names(s->source, i->sha256);
}

/* ---- whether its words stand there ------------------------------------------------- */

/* Words with one blank between: lines of a file are broken anywhere. */
static char *
squeeze(const char *text, size_t len)
{
	GString *out = g_string_sized_new(len);
	gboolean gap = FALSE;

	for (size_t i = 0; i < len; i++) {
		if (g_ascii_isspace(text[i])) {
			gap = TRUE;
			continue;
		}
		if (gap && out->len > 0)
			g_string_append_c(out, ' ');
		gap = FALSE;
		g_string_append_c(out, text[i]);
	}
	return g_string_free(out, FALSE);
}

/* The file's own text, NULL where it is none that can be searched. */
static char *
text_of(const struct import *i)
{
	const char *bytes;
	gsize n;

	if (i->mail != NULL)
		return squeeze(i->mail->text, strlen(i->mail->text));
	if (i->bytes == NULL)
		return NULL;
	bytes = g_bytes_get_data(i->bytes, &n);
	if (n == 0 || memchr(bytes, '\0', n) != NULL ||
	    !g_utf8_validate(bytes, (gssize)n, NULL) ||
	    (n > 4 && memcmp(bytes, "%PDF", 4) == 0))
		return NULL;
	return squeeze(bytes, n);
}

/* The next words between quotation marks; NULL where no more. */
static char *
next_quote(const char **p)
{
	static const struct { const char *open, *close; } marks[] = {
		{ "\xe2\x80\x9c", "\xe2\x80\x9d" }, { "\"", "\"" },
	};

	for (; **p != '\0'; (*p)++)
		for (size_t m = 0; m < G_N_ELEMENTS(marks); m++) {
			const char *from = *p + strlen(marks[m].open), *to;

			if (!g_str_has_prefix(*p, marks[m].open))
				continue;
			to = strstr(from, marks[m].close);
			if (to == NULL)
				continue;
			*p = to + strlen(marks[m].close);
			return squeeze(from, (size_t)(to - from));
		}
	return NULL;
}

static gboolean
stands_in(const struct statement *s, const char *text)
{
	const char *p = s->text;
	gboolean any = FALSE, all = TRUE;
	char *q;

	while ((q = next_quote(&p)) != NULL) {
		any = any || *q != '\0';
		all = all && strstr(text, q) != NULL;
		g_free(q);
	}
	if (!any) {
		q = squeeze(s->text, strlen(s->text));
		all = *q != '\0' && strstr(text, q) != NULL;
		g_free(q);
	}
	return all;
}

char *
quoted_words(const struct statement *s)
{
	GString *all = g_string_new(NULL);
	const char *p = s->text;
	char *q;

	while ((q = next_quote(&p)) != NULL) {
		g_string_append_printf(all, "%s%s", all->len > 0 ? ". " : "",
		    q);
		g_free(q);
	}
	if (all->len == 0)
		g_string_assign(all, s->text);
	return g_string_free(all, FALSE);
}

/* ---- for predicates ------------------------------------------------------------------ */

/* Whose words they are, they say themselves that they are no more than belief. */
gboolean
quoted_belief(const char *text)
{
	static const char *const rows[] = {
		"information and belief",
		"plaintiff|plaintiffs|movant|movants|counsel ~2 believe|believes|"
		"allege|alleges|contend|contends|suspect|suspects",
	};

	return patterns_in(text, strlen(text), rows, G_N_ELEMENTS(rows), NULL);
}

/* 1 quotes it, 0 names it and its words are not there, -1 not about it. */
static int
quotes(const struct statement *s, const struct import *i, const char *text)
{
	if (s->type == BELIEF || quoted_belief(s->text) || *s->text == '\0' ||
	    !about(s, i))
		return -1;
	return text == NULL || stands_in(s, text);
}

gboolean
quoted_by(const struct record *rec, const struct import *i,
    const struct statement **found)
{
	g_autofree char *text = text_of(i);

	for (guint k = 0; k < rec->statements->len; k++) {
		*found = g_ptr_array_index(rec->statements, k);
		if (quotes(*found, i, text) == 1)
			return TRUE;
	}
	*found = NULL;
	return FALSE;
}

gboolean
quoted_source(const struct record *rec, const struct statement *s)
{
	for (guint i = 0; i < rec->imports->len; i++)
		if (about(s, g_ptr_array_index(rec->imports, i)))
			return TRUE;
	return FALSE;
}

static gboolean
is_for(const struct record *rec, const struct import *i, const char *id,
    const char *entity)
{
	if (i->kind != IMPORT_DOCUMENT && i->kind != IMPORT_MAIL)
		return FALSE;
	if (entity != NULL && !entity_takes(rec, entity, i->entity))
		return FALSE;
	return import_is_for(i, id);
}

#define SHOWN	400	/* bytes of a quotation in a note */

/* Whether the statement's words stand in the file byte for byte, and can be shown
 * between quotation marks. */
static gboolean
is_exact(const struct import *i, const struct statement *s)
{
	gsize n = strlen(s->text), size = 0;
	const char *in = i->mail != NULL ? i->mail->text : i->bytes != NULL ?
	    g_bytes_get_data(i->bytes, &size) : NULL;

	if (i->mail != NULL)
		size = strlen(in);
	return in != NULL && n > 0 && n <= SHOWN &&
	    strpbrk(s->text, "\r\n") == NULL &&
	    strstr(s->text, "\xe2\x80\x9c") == NULL &&
	    strstr(s->text, "\xe2\x80\x9d") == NULL &&
	    memmem(in, size, s->text, n) != NULL;
}

static void
say_quote(struct finding *f, const struct import *i, const struct statement *s,
    gboolean read)
{
	gboolean exact = read && is_exact(i, s);

	finding_for_statement(f, s);
	finding_for_import(f, i, 0);
	finding_note(f, "%s, %s, quoted by statement %s%s%s%s%s%s", i->exhibit,
	    *i->label != '\0' ? i->label : i->file, s->id,
	    *s->date != '\0' ? " of " : "", s->date,
	    exact ? ": \xe2\x80\x9c" : "", exact ? s->text : "",
	    exact ? "\xe2\x80\x9d" : "");
	if (!read)
		finding_note(f, "whether the words of statement %s stand in %s "
		    "was not looked up: it is no text", s->id, i->exhibit);
}

gboolean
quoted_tells(const struct import *i, const struct statement *s,
    const char *text, const char *word)
{
	return names(s->text, word) || names(i->label, word) ||
	    names(i->describe, word) || names(i->entity, word) ||
	    (text != NULL && names(text, word));
}

struct which { quoted_fn *lets; const void *arg; };

static void
quoted_one(struct finding *f, const struct import *i, const struct which *w,
    struct quoted *q)
{
	const struct record *rec = f->sight->rec;
	g_autofree char *text = text_of(i);
	guint found = 0, dated = 0;

	for (guint k = 0; k < rec->statements->len; k++) {
		const struct statement *s =
		    g_ptr_array_index(rec->statements, k);
		int is = quotes(s, i, text);

		if (w != NULL && (is != 1 || !w->lets(i, s, text, w->arg)))
			continue;
		if (is == 1) {
			found++;
			dated += *s->date != '\0';
			say_quote(f, i, s, text != NULL);
		} else if (is == 0) {
			q->wrong++;
			finding_against_table(f, "statements.csv", s->line);
			finding_note(f, "the words of statement %s do not "
			    "stand in %s", s->id, i->exhibit);
		}
	}
	q->found += found > 0;
	q->dated += dated > 0;
	q->bare += found == 0 && w == NULL;
	if (found == 0 && w == NULL)
		finding_lacks(f, SUPPLY_STATEMENTS, "a row of statements.csv, IMPORTED, that "
		    "quotes %s", i->exhibit);
}

static void
quoted_all(struct finding *f, const char *id, const char *entity,
    const struct which *w, struct quoted *q)
{
	const struct record *rec = f->sight->rec;

	*q = (struct quoted){ 0 };
	for (guint k = 0; k < rec->imports->len; k++) {
		const struct import *i = g_ptr_array_index(rec->imports, k);

		if (is_for(rec, i, id, entity))
			quoted_one(f, i, w, q);
	}
}

void
quoted_find(struct finding *f, const char *id, const char *entity,
    struct quoted *q)
{
	quoted_all(f, id, entity, NULL, q);
}

void
quoted_which(struct finding *f, const char *id, quoted_fn *lets,
    const void *arg, struct quoted *q)
{
	const struct which w = { lets, arg };

	quoted_all(f, id, NULL, &w, q);
}

void
quoted_each(const struct finding *f, const char *id, const char *entity,
    quoted_each_fn *fn, void *arg)
{
	const struct record *rec = f->sight->rec;

	for (guint k = 0; k < rec->imports->len; k++) {
		const struct import *i = g_ptr_array_index(rec->imports, k);
		g_autofree char *text = NULL;

		if (!is_for(rec, i, id, entity))
			continue;
		text = text_of(i);
		for (guint n = 0; n < rec->statements->len; n++)
			if (quotes(g_ptr_array_index(rec->statements, n), i,
			    text) == 1)
				fn(g_ptr_array_index(rec->statements, n), arg);
	}
}

typedef gboolean says_fn(const struct finding *, const struct statement *);

static gboolean
has_name(const struct finding *f, const struct statement *s)
{
	return words_name_forum(s->text, f->forum);
}

static gboolean
has_count(const struct finding *f, const struct statement *s)
{
	return strpbrk(s->text, "0123456789") != NULL && has_name(f, s);
}

/* Of the statements that the finding points at. */
static gboolean
quoted_says(const struct finding *f, says_fn *says)
{
	const struct record *rec = f->sight->rec;

	for (guint i = 0; i < f->for_->len; i++) {
		const struct pointer *p = &g_array_index(f->for_,
		    struct pointer, i);

		for (guint k = 0; p->table != NULL &&
		    k < rec->statements->len; k++) {
			const struct statement *s =
			    g_ptr_array_index(rec->statements, k);

			if (s->line == p->n && says(f, s))
				return TRUE;
		}
	}
	return FALSE;
}

gboolean
quoted_names(const struct finding *f)
{
	return quoted_says(f, has_name);
}

gboolean
quoted_counts(const struct finding *f)
{
	return quoted_says(f, has_count);
}

gboolean
quoted_judge(struct finding *f, const char *id)
{
	struct quoted q;

	quoted_find(f, id, NULL, &q);
	if (q.found == 0)
		return FALSE;
	f->status = q.dated > 0 ? ST_SUP : ST_PART;
	if (q.dated == 0)
		finding_lacks(f, SUPPLY_STATEMENTS, "the date of what is quoted");
	return TRUE;
}
