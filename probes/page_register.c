#include "probes/page_register.h"

#include <string.h>

#include "probes/page_ids.h"
#include "probes/page_scan.h"

#define WORDS	5		/* that a number may be written in */
#define BYTES	40

/* ---- check digits */

static unsigned
digit(char c)
{
	return (unsigned)(c - '0');
}

/* Sum of the first n digits, each times its weight. */
static unsigned
weigh(const char *s, const char *weights)
{
	unsigned sum = 0;

	for (; *weights != '\0' && *s != '\0'; s++, weights++)
		sum += digit(*s) * (unsigned)(*weights - 'A' + 1);
	return sum;
}

/* A remainder digit by digit; letters are 10 to 35 (ISO 7064, ISO 17442). */
static unsigned
mod97(const char *s)
{
	unsigned m = 0, v;

	for (; *s != '\0'; s++) {
		v = g_ascii_isdigit(*s) ? digit(*s) :
		    (unsigned)(*s - 'A' + 10);
		m = (v > 9 ? m * 100 + v : m * 10 + v) % 97;
	}
	return m;
}

static gboolean
luhn(const char *s)
{
	size_t n = strlen(s), i;
	unsigned sum = 0, v;

	for (i = 0; i < n; i++) {
		v = digit(s[n - 1 - i]);
		v = i % 2 == 1 ? v * 2 : v;
		sum += v > 9 ? v - 9 : v;
	}
	return sum % 10 == 0;
}

/* ISO 7064 mod 11,10: Germany's VAT number. */
static gboolean
mod11_10(const char *s)
{
	unsigned p = 10, sum;

	for (; s[1] != '\0'; s++) {
		sum = (digit(*s) + p) % 10;
		p = 2 * (sum == 0 ? 10 : sum) % 11;
	}
	return (11 - p) % 10 == digit(*s);
}

/* Switzerland's UID: weights 5 4 3 2 7 6 5 4. */
static gboolean
uid(const char *s)
{
	unsigned c = 11 - weigh(s, "EDCBGFED") % 11;

	return (c == 11 ? 0 : c) == digit(s[8]) && c != 10;
}

static gboolean
cnpj(const char *s)
{
	unsigned a = weigh(s, "EDCBIHGFEDCB") % 11;
	unsigned b = weigh(s, "FEDCBIHGFEDCB") % 11;

	return digit(s[12]) == (a < 2 ? 0 : 11 - a) &&
	    digit(s[13]) == (b < 2 ? 0 : 11 - b);
}

/* Australia: 1 off the first digit, weights 10 1 3 5 7 9 11 13 15 17 19. */
static gboolean
abn(const char *s)
{
	return (weigh(s, "JACEGIKMOQS") - 10) % 89 == 0;
}

static gboolean
nip(const char *s)
{
	return weigh(s, "FEGBCDEFG") % 11 == digit(s[9]);
}

static gboolean
inn(const char *s)
{
	return weigh(s, "BDJCEIDFH") % 11 % 10 == digit(s[9]);
}

/* Russia's OGRN: the first 12 digits mod 11, the last digit of that. */
static gboolean
ogrn(const char *s)
{
	guint64 v = 0;

	for (size_t i = 0; i < 12; i++)
		v = v * 10 + digit(s[i]);
	return v % 11 % 10 == digit(s[12]);
}

static gboolean
lei(const char *s)
{
	return mod97(s) == 1;
}

/* Belgium: 97 less the first eight digits mod 97. */
static gboolean
belgium(const char *s)
{
	unsigned m = 0, i;

	for (i = 0; i < 8; i++)
		m = (m * 10 + digit(s[i])) % 97;
	return 97 - m == digit(s[8]) * 10 + digit(s[9]);
}

/* France: a key of two digits over the SIREN. */
static gboolean
france(const char *s)
{
	unsigned key;

	if (!luhn(s + 2))
		return FALSE;
	if (!g_ascii_isdigit(s[0]) || !g_ascii_isdigit(s[1]))
		return TRUE;	/* keys with letters: no rule is published */
	key = digit(s[0]) * 10 + digit(s[1]);
	return key == (12 + 3 * mod97(s + 2)) % 97;
}

/* The United Kingdom: weights 8 to 2, mod 97, or that with 55 added. */
static gboolean
kingdom(const char *s)
{
	unsigned sum = weigh(s, "HGFEDCB") + digit(s[7]) * 10 + digit(s[8]);

	return sum % 97 == 0 || (sum + 55) % 97 == 0;
}

static const struct {
	const char	*name;
	gboolean	(*check)(const char *);
} checks[] = {
	{ "luhn", luhn }, { "mod11_10", mod11_10 }, { "uid", uid },
	{ "cnpj", cnpj }, { "abn", abn }, { "nip", nip }, { "inn", inn },
	{ "ogrn", ogrn }, { "lei", lei }, { "belgium", belgium },
	{ "france", france }, { "kingdom", kingdom },
};

gboolean
page_register_check(const char *check, const char *value)
{
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(checks); i++)
		if (strcmp(checks[i].name, check) == 0)
			return checks[i].check(value);
	return *check == '\0';
}

/* ---- reading */

/* Letters and digits of words from i on, as far as they are of the number. */
static void
gather(const struct page_text *t, size_t i, size_t words, char out[BYTES])
{
	size_t n = 0, k, last = MIN(i + words, t->words->len);
	guint32 line = text_word(t, i)->line;

	for (; i < last && text_word(t, i)->line == line; i++) {
		const struct word *w = text_word(t, i);
		const char *s = t->text->str + w->at;

		for (k = 0; k < w->len && n + 1 < BYTES; k++)
			if (g_ascii_isalnum(s[k]))
				out[n++] = g_ascii_toupper(s[k]);
	}
	out[n] = '\0';
}

/* "No.", "number", "Nr", "is" between a label and its number. */
static size_t
after_label(const struct page_text *t, size_t i)
{
	static const char *const small[] = { "no", "nr", "number", "num",
		"nummer", "is", "id", "n\xc2\xba", "n\xc2\xb0", "#", "code",
		"registration", "reg", ":", "-", "\xe2\x84\x96", "b", "vat" };
	size_t j, k;

	for (j = 0; j < 3 && i < t->words->len; j++) {
		for (k = 0; k < G_N_ELEMENTS(small); k++)
			if (text_is(t, i, small[k], TRUE))
				break;
		if (k == G_N_ELEMENTS(small))
			break;
		i++;
	}
	return i;
}

/* The fewest words, or else one more, that are the number and nothing else. */
static gboolean
value_at(const struct page_text *t, size_t i, const struct reg *r,
    char out[BYTES])
{
	struct shape_hit h;
	size_t words;

	for (words = 1; words <= WORDS; words++) {
		char all[BYTES];

		gather(t, i, words, all);
		if (shape_match(r->shape, all, all + strlen(all), &h) &&
		    *h.end == '\0') {
			memcpy(out, h.value, h.len);
			out[h.len] = '\0';
			return page_register_check(r->check,
			    out + r->prefix);
		}
	}
	return FALSE;
}

void
page_register_label(const struct page_text *t, struct page_facts *f, size_t i,
    const struct reg *r)
{
	size_t n = text_match(t, i, r->pattern), at;
	guint32 line = text_word(t, i)->line;
	char value[BYTES];

	if (n == 0)
		return;
	at = r->self ? i : after_label(t, i + n);
	if (at >= t->words->len || text_word(t, at)->line != line ||
	    !value_at(t, at, r, value))
		return;
	page_id_add(f, "register", r->signal, r->country, value, strlen(value),
	    text_word(t, at)->pos, "text", *r->check != '\0' ? "passed" :
	    "none");
}

void
page_register_word(const struct page_text *t, struct page_facts *f, size_t i)
{
	size_t k;

	for (k = 0; k < registers_count; k++)
		if (registers[k].self)
			page_register_label(t, f, i, &registers[k]);
}
