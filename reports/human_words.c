#include "reports/human_words.h"

#include <string.h>

/* ASCII, and the letters of Latin-1 as UTF-8 has them: 0xc3 0x80 is a grave A; one
 * apostrophe for both.  No letter becomes longer or shorter. */
static char *
lower(const char *text)
{
	char *s = g_ascii_strdown(text, -1);

	for (guchar *p = (guchar *)s; *p != '\0'; p++) {
		if (p[0] == 0xc3 && p[1] >= 0x80 && p[1] <= 0x9e && p[1] != 0x97)
			p[1] = (guchar)(p[1] + 0x20);
		else if (p[0] == 0xe2 && p[1] == 0x80 && p[2] == 0x99)
			memset(p, '\'', 3);
	}
	return s;
}

static gboolean
of_word(char c)
{
	return g_ascii_isalnum(c) || (guchar)c >= 0x80;
}

static size_t
word_len(const char *s)
{
	size_t n = 0;

	while (of_word(s[n]))
		n++;
	return n;
}

/* ---- where a clause and a sentence end --------------------------------------------- */

/* "B.V. replied", "No. 5" and "3. Mai" end none: a letter alone, or a number, stands
 * before the stop, or a small letter or a number behind it.  act: the same with its capitals. */
static gboolean
stop_ends(const struct act_words *w, const char *act, const char *stop)
{
	const char *last = w->n > 0 ? w->at[w->n - 1].s : stop;
	size_t n = word_len(last);
	const char *next = act + (stop - w->text) + 1;

	next += strspn(next, " \t");
	return stop[1] == ' ' && n > 1 && !g_ascii_isdigit(*last) &&
	    !g_ascii_islower(*next) && !g_ascii_isdigit(*next);
}

static gboolean
is_joining(const char *s)
{
	static const char *const words[] = { "and", "but", "und", "aber",
		"sondern", "en", "maar", "et", "mais", "y", "pero", "sino" };
	size_t n = word_len(s);

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (strlen(words[i]) == n && strncmp(words[i], s, n) == 0)
			return TRUE;
	return FALSE;
}

static void
word_add(struct act_words *w, const char *s, guint clause, guint sentence)
{
	struct act_word *a;

	w->first[(guchar)*s] = TRUE;
	if (g_str_has_prefix(s, "email"))
		w->first['m'] = TRUE;
	if (w->n == ACT_WORDS)
		return;
	a = &w->at[w->n++];
	a->s = s;
	a->clause = clause;
	a->sentence = sentence;
	a->is = 0;
}

static gboolean
is_link(const char *p)
{
	return g_str_has_prefix(p, "http://") ||
	    g_str_has_prefix(p, "https://");
}

void
act_words_read(struct act_words *w, const char *act)
{
	guint clause = 0, sentence = 0;

	memset(w, 0, sizeof(*w));
	w->text = lower(act);
	for (const char *p = w->text; *p != '\0'; p++) {
		if (*p == ';' || (*p == '.' && stop_ends(w, act, p)))
			clause = ++sentence << 16;
		else if (*p == ',' || *p == ':')
			clause++;
		if (!of_word(*p) || (p > w->text && of_word(p[-1])))
			continue;
		if (is_link(p)) {
			p += strcspn(p, " \t") - 1;
			continue;
		}
		clause += is_joining(p) ? 1 : 0;
		word_add(w, p, clause, sentence);
	}
}

void
act_words_clear(struct act_words *w)
{
	g_free(w->text);
	w->text = NULL;
}

/* ---- one word ------------------------------------------------------------------------ */

static gboolean
begins(const char *s, const char *word, size_t n)
{
	size_t whole = n > 0 && word[n - 1] == '.';

	return strncmp(s, word, n - whole) == 0 &&
	    !(whole && of_word(s[n - 1]));
}

/* One of a list, n bytes long. */
static uint64_t
one_are(const struct act_words *w, const char *word, size_t n)
{
	uint64_t are = 0;

	for (unsigned i = 0; i < w->n; i++) {
		const char *s = w->at[i].s;

		if (*s == *word ? begins(s, word, n) : *s == 'e' &&
		    *word == 'm' && g_str_has_prefix(s, "email") &&
		    begins(s + 1, word, n))
			are |= UINT64_C(1) << i;
	}
	return are;
}

uint64_t
act_words_are(const struct act_words *w, const char *list, const char *end)
{
	uint64_t are = 0;

	while (list < end) {
		const char *bar = memchr(list, '|', (size_t)(end - list));
		size_t n = (size_t)((bar != NULL ? bar : end) - list);

		if (w->first[(guchar)*list])
			are |= one_are(w, list, n);
		list += n + 1;
	}
	return are;
}

gboolean
act_words_name(const struct act_words *w, unsigned i, char *const *name)
{
	for (; *name != NULL; name++, i++)
		if (i >= w->n || word_len(w->at[i].s) != strlen(*name) ||
		    strncmp(w->at[i].s, *name, strlen(*name)) != 0)
			return FALSE;
	return TRUE;
}
