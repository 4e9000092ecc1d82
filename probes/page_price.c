#include "probes/page_price.h"

#include <string.h>

#include "probes/json_text.h"

/* Digits with separators between them; their length, 0 where none. */
static size_t
amount(const char *s, const char *end)
{
	const char *p = s, *last = s;

	for (; p < end && p - s < 24; p++) {
		if (g_ascii_isdigit(*p))
			last = p + 1;
		else if (p == s || strchr(".,'", *p) == NULL)
			break;
	}
	return (size_t)(last - s);
}

/* "per month", "/month", "a year" after a price belong to it. */
static size_t
price_end(const struct page_text *t, size_t i)
{
	static const char *const per[] = { "per", "a", "/", "each", "every",
		"month", "monthly", "year", "yearly", "mo", "annually",
		"day", "week", "yr", "im", "pro", "monat", "jahr", "par", "mois",
		"al", "por", "mes", "mese", "m\xc3\xaas", "maand", "jaar", "an",
		"anno", "ano", "\xd0\xb2", "\xd0\xbc\xd0\xb5\xd1\x81",
		"\xd0\xbc\xd0\xb5\xd1\x81\xd1\x8f\xd1\x86",
		"\xd0\xb3\xd0\xbe\xd0\xb4" };
	guint32 line = text_word(t, i)->line;
	size_t end = i + 1, j;

	while (end < t->words->len && end - i < 4 &&
	    text_word(t, end)->line == line) {
		gboolean more = t->text->str[text_word(t, end)->at] == '/';

		for (j = 0; !more && j < G_N_ELEMENTS(per); j++)
			more = text_is(t, end, per[j], TRUE);
		if (!more)
			break;
		end++;
	}
	return end;
}

/* Amounts of these have more than two places after the point. */
static gboolean
is_coin(const char *code)
{
	static const char *const coins[] = { "BTC", "ETH", "XMR", "LTC", "DOGE",
		"USDT", "SOL" };
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(coins); i++)
		if (strcmp(coins[i], code) == 0)
			return TRUE;
	return FALSE;
}

/*
 * "1.299,00" and "1,299.00" are 1299.00: the last mark is the point where it
 * is of another kind than those before it, or not followed by three digits.
 * "1.299" alone is 1299, but of a coin it can be either, and is "".
 */
static char *
number_of(const char *s, size_t n, const char *code)
{
	GString *out = g_string_new(NULL);
	size_t last = n, marks = 0, i, after;

	for (i = 0; i < n; i++)
		if (!g_ascii_isdigit(s[i])) {
			last = i;
			marks++;
		}
	after = last < n ? n - last - 1 : 0;
	if (after == 3 && marks == 1 && is_coin(code) && s[0] != '0')
		return g_string_free(out, FALSE);
	if (after == 3 && (s[0] != '0' || marks > 1) &&
	    (marks == 1 || memchr(s, s[last], last) != NULL))
		last = n;
	for (i = 0; i < n; i++) {
		if (g_ascii_isdigit(s[i]))
			g_string_append_c(out, s[i]);
		else if (i == last)
			g_string_append_c(out, '.');
	}
	return g_string_free(out, FALSE);
}

static const struct { const char *word, *period; } periods[] = {
	{ "month", "month" }, { "monthly", "month" }, { "mo", "month" },
	{ "year", "year" }, { "yearly", "year" }, { "annually", "year" },
	{ "yr", "year" }, { "week", "week" }, { "day", "day" },
	{ "monat", "month" }, { "jahr", "year" }, { "mois", "month" },
	{ "mes", "month" }, { "mese", "month" }, { "m\xc3\xaas", "month" },
	{ "maand", "month" }, { "jaar", "year" }, { "an", "year" },
	{ "anno", "year" }, { "ano", "year" },
	{ "\xd0\xbc\xd0\xb5\xd1\x81", "month" },
	{ "\xd0\xbc\xd0\xb5\xd1\x81\xd1\x8f\xd1\x86", "month" },
	{ "\xd0\xb3\xd0\xbe\xd0\xb4", "year" },
};

/* "$4.99/mo", "per month", "im Monat": of the text that was quoted. */
static const char *
period_of(const char *s, size_t len)
{
	size_t i = 0, n, k;

	while (i < len) {
		for (n = 0; i + n < len && (g_ascii_isalpha(s[i + n]) ||
		    (guchar)s[i + n] >= 0x80); n++)
			;
		for (k = 0; n > 0 && k < G_N_ELEMENTS(periods); k++)
			if (strlen(periods[k].word) == n &&
			    g_ascii_strncasecmp(periods[k].word, s + i, n) == 0)
				return periods[k].period;
		i += n + 1;
	}
	return "";
}

static void
price(const struct page_text *t, struct page_facts *out, size_t first,
    size_t last, const char *digits, size_t n, const char *code)
{
	size_t end = price_end(t, last), len;
	const char *s = text_quote(t, first, end, &len);
	g_autofree char *key = g_strdup_printf("%.*s %s", (int)n, digits, code);
	g_autofree char *number = number_of(digits, n, code);
	GString *v = page_facts_add(out, FACT_PAGE_PRICE, "", key, strlen(key),
	    text_word(t, first)->pos);

	if (v == NULL)
		return;
	json_put_text(v, "amount", digits, n);
	json_put(v, "number", number);
	json_put(v, "per", period_of(s, len));
	json_put(v, "currency", code);
	json_put_text(v, "text", s, len);
}

/* A number and no more of letters: a wallet begins with a digit, too. */
static gboolean
number_at(const struct page_text *t, size_t i, guint32 line)
{
	const struct word *w;
	const char *s;
	size_t n;

	if (i >= t->words->len || text_word(t, i)->line != line ||
	    !(text_word(t, i)->flags & WORD_DIGIT))
		return FALSE;
	w = text_word(t, i);
	s = t->text->str + w->core;
	n = amount(s, s + w->core_len);
	return n == w->core_len || !g_ascii_isalnum(s[n]);
}

/* The number before words first to last, or else after them. */
static void
beside(const struct page_text *t, struct page_facts *out, size_t first,
    size_t last, const char *code)
{
	guint32 line = text_word(t, last)->line;
	gboolean before = first > 0 && number_at(t, first - 1, line);
	const struct word *w;
	const char *s;

	if (!before && !number_at(t, last + 1, line))
		return;
	w = text_word(t, before ? first - 1 : last + 1);
	s = t->text->str + w->core;
	price(t, out, before ? first - 1 : first, before ? last : last + 1, s,
	    amount(s, s + w->core_len), code);
}

/* A sign and a number in one word, or in two side by side: "4,99 E", "E 5". */
void
page_price_sign(const struct page_text *t, struct page_facts *out, size_t i)
{
	const struct word *w = text_word(t, i);
	const char *s = t->text->str + w->at, *end = s + w->len, *p;
	size_t j, n, len;

	for (j = 0; j < currencies_count; j++) {
		const struct currency *c = &currencies[j];

		len = c->len;
		if (c->word || w->len < len ||
		    (p = memmem(s, w->len, c->sign, len)) == NULL)
			continue;
		n = amount(p + len, end);
		if (n > 0) {
			price(t, out, i, i, p + len, n, c->code);
			return;
		}
		while (s < p && !g_ascii_isdigit(*s))
			s++;
		n = amount(s, p);
		if (n > 0) {
			price(t, out, i, i, s, n, c->code);
			return;
		}
		beside(t, out, i, i, c->code);
		return;
	}
}

/* Whose dollars: "4.99 US dollars". */
static const struct {
	const char	*word, *code;
} dollars[] = {
	{ "US", "USD" }, { "U.S", "USD" }, { "American", "USD" },
	{ "Canadian", "CAD" }, { "Australian", "AUD" },
};

void
page_price_word(const struct page_text *t, struct page_facts *out, size_t i,
    const struct currency *c)
{
	const char *code = c->code;
	size_t first = i, j;

	if (!text_is(t, i, c->sign, FALSE))
		return;
	for (j = 0; i > 0 && strcmp(code, "dollars") == 0 &&
	    j < G_N_ELEMENTS(dollars); j++)
		if (text_is(t, i - 1, dollars[j].word, FALSE)) {
			code = dollars[j].code;
			first--;
		}
	beside(t, out, first, i, code);
}
