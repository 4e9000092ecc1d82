#include "reports/human.h"

#include <string.h>

/*
 * An act is read as the places where its words begin, in small letters; "mail"
 * begins a word in "email" too.  So long as few acts are told many ways, what costs
 * is the table: each word of it is looked for only where one begins with its byte.
 */
#define TAKEN	(HUMAN_ACT | HUMAN_MAIL_TAKEN)
#define BANK	(HUMAN_ACT | HUMAN_BANK)
#define CONTACT	(HUMAN_ACT | HUMAN_CONTACT)
#define OFFER	(HUMAN_ACT | HUMAN_OFFER)
#define CLAIM	(HUMAN_ACT | HUMAN_CLAIM)

/* Whatever else the words are. */
#define MACHINE	(1u << 31)
/* Where it is the act's first word: then nothing in it is an act of a person. */
#define TRAFFIC	(1u << 30)

/* What makes an act none, or no offer and no claim: refused, did not, never. */
#define DENIED	(1u << 29)
#define DENIED_WITHIN 3	/* words: so early, it is the act that is denied */
/* Of a purchase, and of a sale. */
#define BUYS	(1u << 28)
#define SELLS	(1u << 27)

#define ACT_WORDS	64	/* of one act; those after are not read */

#define ACT(which, language, words)	{ which, words },
static const struct { unsigned is; const char *words; } rows[] = {
#include "reports/human.def"
};
#undef ACT

struct act_words {
	char		*text;
	const char	*at[ACT_WORDS];
	unsigned	 n;
	gboolean	 first[256];	/* a word begins with the byte */
};

/* ASCII, and the letters of Latin-1 as UTF-8 has them: 0xc3 0x80 is a grave A. */
static char *
lower(const char *text)
{
	char *s = g_ascii_strdown(text, -1);

	for (guchar *p = (guchar *)s; *p != '\0'; p++)
		if (p[0] == 0xc3 && p[1] >= 0x80 && p[1] <= 0x9e && p[1] != 0x97)
			p[1] = (guchar)(p[1] + 0x20);
	return s;
}

static gboolean
of_word(char c)
{
	return g_ascii_isalnum(c) || (guchar)c >= 0x80;
}

static void
word_add(struct act_words *w, const char *at)
{
	if (w->n < ACT_WORDS)
		w->at[w->n++] = at;
	w->first[(guchar)*at] = TRUE;
}

static void
words_read(struct act_words *w, const char *act)
{
	memset(w, 0, sizeof(*w));
	w->text = lower(act);
	for (const char *p = w->text; *p != '\0'; p++) {
		if (!of_word(*p) || (p > w->text && of_word(p[-1])))
			continue;
		/* an address of a page is none of its words */
		if (g_str_has_prefix(p, "http://") ||
		    g_str_has_prefix(p, "https://")) {
			p += strcspn(p, " \t") - 1;
			continue;
		}
		word_add(w, p);
		if (g_str_has_prefix(p, "email"))
			word_add(w, p + 1);
	}
}

/* One of those with | between, up to the blank or the end, among the first n
 * words. */
static gboolean
has_one(const struct act_words *w, unsigned n, const char *list,
    const char *end)
{
	while (list < end) {
		const char *bar = memchr(list, '|', (size_t)(end - list));
		size_t len = (size_t)((bar != NULL ? bar : end) - list);

		size_t whole = len > 0 && list[len - 1] == '.';

		for (unsigned i = 0; w->first[(guchar)*list] && i < n; i++)
			if (strncmp(w->at[i], list, len - whole) == 0 &&
			    !(whole && of_word(w->at[i][len - 1])))
				return TRUE;
		list += len + 1;
	}
	return FALSE;
}

static gboolean
has_all(const struct act_words *w, unsigned n, const char *words)
{
	for (;;) {
		const char *end = strchrnul(words, ' ');

		if (!has_one(w, n, words, end))
			return FALSE;
		if (*end == '\0')
			return TRUE;
		words = end + 1;
	}
}

static unsigned
words_are(const struct act_words *w)
{
	unsigned is = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (has_all(w, rows[i].is == TRAFFIC ? MIN(w->n, 1u) : w->n,
		    rows[i].words))
			is |= rows[i].is;
	return is;
}

static gboolean
denied_early(const struct act_words *w)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (rows[i].is == DENIED && has_all(w, MIN(w->n,
		    (unsigned)DENIED_WITHIN), rows[i].words))
			return TRUE;
	return FALSE;
}

/* "never opened a bank account" is no act; "replied that it is not for sale" is
 * one, and no offer.  Who offers to buy offers nothing for sale. */
static unsigned
left_of(const struct act_words *w, unsigned is)
{
	if ((is & DENIED) != 0)
		is &= ~(unsigned)(HUMAN_OFFER | HUMAN_CLAIM);
	if ((is & DENIED) != 0 && denied_early(w))
		is &= ~(unsigned)(HUMAN_MAIL_TAKEN | HUMAN_BANK |
		    HUMAN_CONTACT | HUMAN_ACT);
	if ((is & (BUYS | SELLS)) == BUYS)
		is &= ~(unsigned)HUMAN_OFFER;
	return is & ~(DENIED | BUYS | SELLS);
}

unsigned
human_acts(const char *act)
{
	struct act_words w;
	unsigned is;

	words_read(&w, act);
	is = left_of(&w, words_are(&w));
	g_free(w.text);
	if ((is & MACHINE) != 0)
		return 0;
	if ((is & TRAFFIC) != 0)
		return is & (HUMAN_PROMOTED | HUMAN_SENT | HUMAN_SOLD);
	/* a forged message is sent too, and is no contact with its writer */
	if ((is & HUMAN_MAIL_TAKEN) != 0)
		is &= ~(unsigned)HUMAN_CONTACT;
	return is;
}
