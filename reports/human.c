#include "reports/human.h"

#include <string.h>

/*
 * All words of a row must stand in the act, each at the beginning of a word of it
 * ("forged" in "forged", not in "reforged").  A row with PROMOTED, SENT or SOLD
 * alone tells of the site's traffic with others, and is no act of P-19.
 */
#define TAKEN	(HUMAN_ACT | HUMAN_MAIL_TAKEN)
#define BANK	(HUMAN_ACT | HUMAN_BANK)
#define CONTACT	(HUMAN_ACT | HUMAN_CONTACT)
#define OFFER	(HUMAN_ACT | HUMAN_OFFER)
#define CLAIM	(HUMAN_ACT | HUMAN_CLAIM)

static const struct { const char *words[3]; unsigned is; } rows[] = {
	{ { "intercept", "mail" }, TAKEN }, { { "intercept", "message" }, TAKEN },
	{ { "delet", "mail" }, TAKEN }, { { "delet", "message" }, TAKEN },
	{ { "hijack", "mail" }, TAKEN }, { { "forge" }, TAKEN },
	{ { "forging" }, TAKEN }, { { "fake", "mail" }, TAKEN },
	{ { "spoof", "mail" }, TAKEN }, { { "impersonat" }, TAKEN },
	{ { "decepti", "address" }, TAKEN }, { { "phish" }, TAKEN },
	{ { "bank" }, BANK }, { { "withdr" }, BANK },
	{ { "payment", "account" }, BANK }, { { "transfer", "fund" }, BANK },
	{ { "transfer", "money" }, BANK }, { { "paypal" }, BANK },
	{ { "wire", "fund" }, BANK }, { { "wire", "money" }, BANK },
	{ { "wire", "transfer" }, BANK }, { { "deposit", "money" }, BANK },
	{ { "cash" }, BANK }, { { "paid", "invoice" }, BANK },
	{ { "paid", "host" }, BANK }, { { "paid", "server" }, BANK },
	{ { "receiv", "payment" }, BANK }, { { "credit", "card" }, BANK },
	{ { "replied" }, CONTACT }, { { "replies" }, CONTACT },
	{ { "reply" }, CONTACT }, { { "mailed" }, CONTACT },
	{ { "mails", "with" }, CONTACT }, { { "contact", "mail" }, CONTACT },
	{ { "exchang", "mail" }, CONTACT }, { { "correspond" }, CONTACT },
	{ { "answer", "mail" }, CONTACT }, { { "answer", "letter" }, CONTACT },
	{ { "sent", "mail" }, CONTACT }, { { "sent", "letter" }, CONTACT },
	{ { "sent", "message" }, CONTACT }, { { "wrote" }, CONTACT },
	{ { "written", "mail" }, CONTACT },
	{ { "offer", "sell" }, OFFER }, { { "offer", "sale" }, OFFER },
	{ { "offer", "domain" }, OFFER }, { { "wants", "sell" }, OFFER },
	{ { "propos", "sell" }, OFFER }, { { "ask", "price" }, OFFER },
	{ { "claim" }, CLAIM }, { { "assert", "owner" }, CLAIM },
	{ { "chat" }, HUMAN_ACT }, { { "telephon" }, HUMAN_ACT },
	{ { "phone" }, HUMAN_ACT }, { { "signed" }, HUMAN_ACT },
	{ { "posted" }, HUMAN_ACT }, { { "posts" }, HUMAN_ACT },
	{ { "post", "announc" }, HUMAN_ACT }, { { "announced", "release" }, HUMAN_ACT },
	{ { "open", "account" }, HUMAN_ACT }, { { "met", "person" }, HUMAN_ACT },
	{ { "interview" }, HUMAN_ACT }, { { "threat" }, HUMAN_ACT },
	/* nl, de, fr, es */
	{ { "onderschep", "mail" }, TAKEN }, { { "vervals" }, TAKEN },
	{ { "abgefang", "mail" }, TAKEN }, { { "gef\303\244lsch" }, TAKEN },
	{ { "intercept", "courriel" }, TAKEN }, { { "falsifi" }, TAKEN },
	{ { "bankrekening" }, BANK }, { { "opgenomen", "geld" }, BANK },
	{ { "konto" }, BANK }, { { "abgehoben" }, BANK },
	{ { "\303\274berwies" }, BANK }, { { "compte", "bancaire" }, BANK },
	{ { "retir", "fonds" }, BANK }, { { "cuenta", "bancaria" }, BANK },
	{ { "antwoordde" }, CONTACT }, { { "geantwoord" }, CONTACT },
	{ { "geantwortet" }, CONTACT }, { { "antwortet" }, CONTACT },
	{ { "geschrieben" }, CONTACT }, { { "r\303\251pondu" }, CONTACT },
	{ { "respondi\303\263" }, CONTACT }, { { "bood", "aan" }, OFFER },
	{ { "aangeboden" }, OFFER }, { { "angeboten" }, OFFER },
	{ { "offert", "vente" }, OFFER }, { { "propos", "vente" }, OFFER },
	{ { "propos", "vendre" }, OFFER }, { { "ofreci\303\263" }, OFFER },
	{ { "beweert" }, CLAIM }, { { "behauptet" }, CLAIM },
	{ { "pr\303\251tend" }, CLAIM }, { { "telefon" }, HUMAN_ACT },
	{ { "gebeld" }, HUMAN_ACT },
	/* with others */
	{ { "promot" }, HUMAN_PROMOTED }, { { "recommend" }, HUMAN_PROMOTED },
	{ { "newsletter" }, HUMAN_SENT }, { { "push" }, HUMAN_SENT },
	{ { "notification" }, HUMAN_SENT },
	{ { "purchas" }, HUMAN_SOLD }, { { "bought" }, HUMAN_SOLD },
	{ { "subscri" }, HUMAN_SOLD }, { { "paid" }, HUMAN_SOLD },
};

/* What makes it a machine's act, whatever else the words are. */
static const char *const machine[] = {
	"automat", "autorespon", "auto-respon", "bounce", "tracker", "seed",
	"http", "dns", "crawl", "bot ", "cron", "announced to",
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
	/* a forged message is sent too, and is no contact with its writer */
	if ((is & HUMAN_MAIL_TAKEN) != 0)
		is &= ~(unsigned)HUMAN_CONTACT;
	return is;
}
