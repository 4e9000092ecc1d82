#include "reports/lookalike.h"

#include <string.h>

#include "probes/text.h"
#include "reports/delivery.h"

#define NAME_MOST	253	/* RFC 1035, 2.3.4 */
#define NEAR_LEAST	6	/* letters: of shorter names many differ by one */

/* ---- letters that look like one of a to z ------------------------------------------ */

/* Cyrillic, Greek, and Latin letters that do not decompose to one of a to z. */
static const struct { gunichar from; char to; } scripts[] = {
	{ 0x0430, 'a' }, { 0x0432, 'b' }, { 0x0435, 'e' }, { 0x043a, 'k' },
	{ 0x043c, 'm' }, { 0x043d, 'h' }, { 0x043e, 'o' }, { 0x043f, 'n' },
	{ 0x0440, 'p' }, { 0x0441, 'c' }, { 0x0442, 't' }, { 0x0443, 'y' },
	{ 0x0445, 'x' }, { 0x0455, 's' }, { 0x0456, 'l' }, { 0x0458, 'l' },
	{ 0x04bb, 'h' }, { 0x04cf, 'l' }, { 0x0501, 'd' }, { 0x051b, 'q' },
	{ 0x051d, 'w' }, { 0x03b1, 'a' }, { 0x03b5, 'e' }, { 0x03b9, 'l' },
	{ 0x03ba, 'k' }, { 0x03bd, 'v' }, { 0x03bf, 'o' }, { 0x03c1, 'p' },
	{ 0x03c4, 't' }, { 0x03c5, 'u' }, { 0x03c7, 'x' }, { 0x03f2, 'c' },
	{ 0x0131, 'l' }, { 0x0142, 'l' }, { 0x00f8, 'o' }, { 0x0111, 'd' },
	{ 0x0261, 'g' }, { 0x0237, 'l' }, { 0x0254, 'c' }, { 0x057d, 'u' },
	{ 0x0585, 'o' }, { 0x0570, 'h' },
};

static char
letter(gunichar c)
{
	static const char from[] = "01354789@$!ij", to[] = "olesatbgaslll";
	const char *at = c < 0x80 ? strchr(from, (int)c) : NULL;

	if (at != NULL && *at != '\0')
		return to[at - from];
	if (c < 0x80)
		return g_ascii_isalnum((char)c) || c == '.' ? (char)c : '\0';
	for (size_t i = 0; i < G_N_ELEMENTS(scripts); i++)
		if (scripts[i].from == c)
			return scripts[i].to;
	return g_unichar_ismark(c) ? '\0' : '?';
}

/* Two letters that read as one. */
static void
pairs(GString *s)
{
	static const struct { char two[3]; char one; } rows[] = {
		{ "rn", 'm' }, { "vv", 'w' }, { "cl", 'd' }, { "nn", 'm' },
	};

	for (size_t i = 0; i + 1 < s->len; i++)
		for (size_t k = 0; k < G_N_ELEMENTS(rows); k++)
			if (strncmp(s->str + i, rows[k].two, 2) == 0) {
				s->str[i] = rows[k].one;
				g_string_erase(s, (gssize)i + 1, 1);
			}
}

/* As it looks: small letters a to z and dots. */
static GString *
shape(const char *domain)
{
	GString *out = g_string_new(NULL);
	g_autofree char *host = g_strndup(domain, NAME_MOST);
	g_autofree char *wide = g_hostname_to_unicode(host);
	g_autofree char *low = g_utf8_strdown(wide != NULL ? wide : host, -1);
	g_autofree char *plain = g_utf8_normalize(low, -1, G_NORMALIZE_ALL);

	for (const char *p = plain != NULL ? plain : low; *p != '\0';
	    p = g_utf8_next_char(p)) {
		char c = letter(g_utf8_get_char(p));

		if (c != '\0')
			g_string_append_c(out, c);
	}
	pairs(out);
	return out;
}

/* ---- how two differ ------------------------------------------------------------------ */

/* One letter more, fewer or other, or two neighbours changed round. */
static gboolean
near(const char *a, size_t n, const char *b, size_t k)
{
	size_t i = 0, end = 0;

	if (n > k)
		return near(b, k, a, n);
	if (k - n > 1)
		return FALSE;
	while (i < n && a[i] == b[i])
		i++;
	while (end < n - i && a[n - 1 - end] == b[k - 1 - end])
		end++;
	if (k - n == 1)
		return i + end >= n;
	return n - i - end == 1 || (n - i - end == 2 && a[i] == b[i + 1] &&
	    a[i + 1] == b[i]);
}

/* The name before its ending: "studio" of "mail.studio.example". */
static const char *
label(const GString *s, size_t *n)
{
	const char *end = strrchr(s->str, '.'), *at;

	if (end == NULL)
		end = s->str + s->len;
	for (at = end; at > s->str && at[-1] != '.'; at--)
		;
	*n = (size_t)(end - at);
	return at;
}

enum looks
looks_like(const char *domain, const char *other)
{
	g_autofree char *a = g_ascii_strdown(domain, -1);
	g_autofree char *b = g_ascii_strdown(other, -1);
	enum looks is = LOOKS_NOT;
	GString *x, *y;
	size_t n, k;

	if (*a == '\0' || *b == '\0' || !g_utf8_validate(a, -1, NULL) ||
	    !g_utf8_validate(b, -1, NULL) || name_under(a, b) ||
	    name_under(b, a))
		return LOOKS_NOT;
	x = shape(a);
	y = shape(b);
	if (strcmp(x->str, y->str) == 0) {
		is = LOOKS_SAME;
	} else {
		const char *p = label(x, &n), *q = label(y, &k);

		if (n == k && n > 3 && strncmp(p, q, n) == 0)
			is = LOOKS_ENDING;
		else if (MIN(n, k) >= NEAR_LEAST && near(p, n, q, k))
			is = LOOKS_NEAR;
	}
	g_string_free(x, TRUE);
	g_string_free(y, TRUE);
	return is;
}

const char *
looks_says(enum looks is)
{
	static const char *const words[] = { "", "reads like",
		"is one letter from", "has the name, under another ending, of" };

	return words[is];
}
