#include "reports/human.h"

#include <string.h>

/*
 * All words of a row must stand in the act, each at the beginning of a word of
 * it ("forg" in "forged", not in "reforge").  A row with PROMOTED, SENT or SOLD
 * alone tells of the site's traffic with others, and is no act of P-19.
 */
static const struct { const char *words[3]; unsigned is; } rows[] = {
	{ { "intercept", "mail" }, HUMAN_ACT | HUMAN_MAIL_TAKEN },
	{ { "intercept", "message" }, HUMAN_ACT | HUMAN_MAIL_TAKEN },
	{ { "delet", "mail" }, HUMAN_ACT | HUMAN_MAIL_TAKEN },
	{ { "delet", "message" }, HUMAN_ACT | HUMAN_MAIL_TAKEN },
	{ { "forg" }, HUMAN_ACT | HUMAN_MAIL_TAKEN },
	{ { "spoof", "mail" }, HUMAN_ACT | HUMAN_MAIL_TAKEN },
	{ { "impersonat" }, HUMAN_ACT | HUMAN_MAIL_TAKEN },
	{ { "decepti", "address" }, HUMAN_ACT | HUMAN_MAIL_TAKEN },
	{ { "bank" }, HUMAN_ACT | HUMAN_BANK },
	{ { "withdr" }, HUMAN_ACT | HUMAN_BANK },
	{ { "payment", "account" }, HUMAN_ACT | HUMAN_BANK },
	{ { "transfer", "fund" }, HUMAN_ACT | HUMAN_BANK },
	{ { "cash" }, HUMAN_ACT | HUMAN_BANK },
	{ { "repl" }, HUMAN_ACT | HUMAN_CONTACT },
	{ { "mailed" }, HUMAN_ACT | HUMAN_CONTACT },
	{ { "contact", "mail" }, HUMAN_ACT | HUMAN_CONTACT },
	{ { "exchang", "mail" }, HUMAN_ACT | HUMAN_CONTACT },
	{ { "correspond" }, HUMAN_ACT | HUMAN_CONTACT },
	{ { "answer", "mail" }, HUMAN_ACT | HUMAN_CONTACT },
	{ { "wrote" }, HUMAN_ACT | HUMAN_CONTACT },
	{ { "offer", "sell" }, HUMAN_ACT | HUMAN_OFFER },
	{ { "offer", "sale" }, HUMAN_ACT | HUMAN_OFFER },
	{ { "claim" }, HUMAN_ACT | HUMAN_CLAIM },
	{ { "chat" }, HUMAN_ACT }, { { "telephon" }, HUMAN_ACT },
	{ { "phone" }, HUMAN_ACT }, { { "signed", "release" }, HUMAN_ACT },
	{ { "signed", "contract" }, HUMAN_ACT }, { { "post" }, HUMAN_ACT },
	{ { "promot" }, HUMAN_PROMOTED }, { { "recommend" }, HUMAN_PROMOTED },
	{ { "newsletter" }, HUMAN_SENT }, { { "push" }, HUMAN_SENT },
	{ { "notification" }, HUMAN_SENT },
	{ { "purchas" }, HUMAN_SOLD }, { { "bought" }, HUMAN_SOLD },
	{ { "subscri" }, HUMAN_SOLD }, { { "paid" }, HUMAN_SOLD },
};

/* What makes it a machine's act, whatever else the words are. */
static const char *const machine[] = {
	"automatic", "autorespon", "bounce", "tracker", "seed", "http",
	"dns", "crawl",
};

/* "mail" begins a word in "email" too. */
static gboolean
starts(const char *text, const char *p)
{
	if (p > text && g_ascii_tolower(p[-1]) == 'e' &&
	    g_ascii_strncasecmp(p, "mail", 4) == 0)
		p--;
	return p == text || !g_ascii_isalnum(p[-1]);
}

static gboolean
begins_word(const char *text, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = text; *p != '\0'; p++)
		if (starts(text, p) && g_ascii_strncasecmp(p, word, n) == 0)
			return TRUE;
	return FALSE;
}

unsigned
human_acts(const char *act)
{
	unsigned is = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(machine); i++)
		if (begins_word(act, machine[i]))
			return 0;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		gboolean all = TRUE;

		for (size_t w = 0; w < G_N_ELEMENTS(rows[i].words) &&
		    rows[i].words[w] != NULL; w++)
			all = all && begins_word(act, rows[i].words[w]);
		if (all)
			is |= rows[i].is;
	}
	return is;
}
