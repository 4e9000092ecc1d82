#include "collector/import_value.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "probes/extent.h"
#include "probes/guard.h"
#include "reports/forum.h"

/* ---- addresses */

static gboolean
port_read(const char *s, uint16_t *port)
{
	unsigned long n;
	char *end;

	if (!g_ascii_isdigit(*s) || strlen(s) > 5)
		return FALSE;
	n = strtoul(s, &end, 10);
	if (*end != '\0' || n == 0 || n > 65535)
		return FALSE;
	*port = (uint16_t)n;
	return TRUE;
}

/* "192.0.2.7:51413" and "[2001:db8::7]:51413". */
static gboolean
with_port(const char *s, struct inet *a, uint16_t *port)
{
	const char *colon = strrchr(s, ':');
	size_t len = colon != NULL ? (size_t)(colon - s) : 0;
	char text[INET6_ADDRSTRLEN];

	if (len == 0 || !port_read(colon + 1, port))
		return FALSE;
	if (*s == '[' && s[len - 1] == ']') {
		s++;
		len -= 2;
	} else if (strchr(s, ':') != colon) {
		return FALSE;
	}
	if (len >= sizeof(text))
		return FALSE;
	memcpy(text, s, len);
	text[len] = '\0';
	return inet_read(text, a) == 0;
}

/* "192.0.2.0 - 192.0.2.255" */
static gboolean
is_range(const char *s)
{
	g_auto(GStrv) part = g_strsplit(s, "-", 3);
	struct inet a;

	return g_strv_length(part) == 2 &&
	    inet_read(g_strstrip(part[0]), &a) == 0 &&
	    inet_read(g_strstrip(part[1]), &a) == 0;
}

/* guard.h's word for it, NULL where it is public. */
static const char *
special_word(const struct inet *a)
{
	char text[INET6_ADDRSTRLEN];

	if (inet_ntop(a->family == 4 ? AF_INET : AF_INET6, a->bytes, text,
	    sizeof(text)) == NULL)
		return "not an address";
	return guard_address(text);
}

gboolean
address_special(const struct inet *a)
{
	const char *word = special_word(a);

	return word != NULL && strcmp(word, "documentation") != 0;
}

gboolean
address_public(const struct inet *a)
{
	return special_word(a) == NULL;
}

uint32_t
address_read(const char *cell, const char *port_cell, struct inet *a,
    uint16_t *port)
{
	uint32_t f = 0;
	uint16_t behind = 0;

	*port = 0;
	memset(a, 0, sizeof(*a));
	if (*port_cell != '\0' && !port_read(port_cell, port))
		f |= ROW_PORT_BAD;
	if (*cell == '\0')
		return f | ROW_IP_NONE;
	if (inet_read(cell, a) != 0) {
		memset(a, 0, sizeof(*a));
		if (is_range(cell))
			return f | ROW_IP_RANGE;
		if (!with_port(cell, a, &behind)) {
			memset(a, 0, sizeof(*a));
			return f | ROW_IP_BAD;
		}
		if (*port_cell != '\0' && behind != *port)
			f |= ROW_PORT_BAD;
		*port = f & ROW_PORT_BAD ? 0 : behind;
	}
	if (a->prefix != (a->family == 4 ? 32 : 128))
		return f | ROW_IP_RANGE;
	return address_special(a) ? f | ROW_IP_SPECIAL : f;
}

/* ---- amounts */

struct amount {
	const char	*at;
	gboolean	 bad;
};

static gboolean
skip(struct amount *p, const char *word)
{
	size_t len = strlen(word);

	if (g_ascii_strncasecmp(p->at, word, len) != 0)
		return FALSE;
	p->at += len;
	return TRUE;
}

static void
skip_blanks(struct amount *p)
{
	while (skip(p, " ") || skip(p, "\xc2\xa0") || skip(p, "\xe2\x80\xaf"))
		;
}

static gboolean
skip_one(struct amount *p, const char *const *words)
{
	for (; *words != NULL; words++)
		if (skip(p, *words)) {
			skip_blanks(p);
			return TRUE;
		}
	return FALSE;
}

/* What stands between groups of three; its length, 0 where it is none. */
static size_t
group_mark(const char *s)
{
	static const char *const marks[] = {
		",", "'", " ", "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x99", ".",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
		size_t len = strlen(marks[i]);

		if (strncmp(s, marks[i], len) == 0)
			return len;
	}
	return 0;
}

static unsigned
run(const char *s)
{
	unsigned n = 0;

	while (g_ascii_isdigit(s[n]))
		n++;
	return n;
}

/*
 * Digits in groups, all with one mark; how many groups followed the first.  A
 * point is a mark only where it stands twice: "1.234.567".
 */
static unsigned
groups(struct amount *p, GString *digits)
{
	unsigned n = run(p->at), count = 0;
	size_t mark = group_mark(p->at + n);
	const char *first = p->at + n, *s = first;

	if (n == 0) {
		p->bad = TRUE;
		return 0;
	}
	g_string_append_len(digits, p->at, n);
	p->at += n;
	while (n <= 3 && mark > 0 && strncmp(s, first, mark) == 0 &&
	    run(s + mark) == 3) {
		s += mark + 3;
		count++;
	}
	if (count == 1 && *first == '.')
		return 0;
	for (unsigned i = 0; i < count; i++) {
		g_string_append_len(digits, p->at + mark, 3);
		p->at += mark + 3;
	}
	return count;
}

/* A fraction behind a point, at most thousandths: as many thousandths. */
static int64_t
fraction(struct amount *p, gboolean grouped, gboolean *any)
{
	unsigned n;
	int64_t v = 0;

	*any = FALSE;
	if (*p->at != '.' && *p->at != ',')
		return 0;
	n = run(p->at + 1);
	/* "50.000" and "1,5": no telling; "1,234.567" has shown its comma. */
	if (n == 0 || *p->at == ',' || (n == 3 && !grouped))
		p->bad = TRUE;
	for (unsigned i = 1; i <= 3; i++)
		v = v * 10 + (i <= n ? p->at[i] - '0' : 0);
	p->at += n + 1;
	*any = TRUE;
	return v;
}

static int64_t
scale(struct amount *p)
{
	static const struct { const char *word; int64_t by; } words[] = {
		{ "thousand", 1000 }, { "million", 1000000 },
		{ "mio", 1000000 }, { "billion", 1000000000 },
		{ "k", 1000 }, { "m", 1000000 }, { "b", 1000000000 },
	};
	struct amount q = *p;

	skip_blanks(&q);
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (skip(&q, words[i].word) && !g_ascii_isalpha(*q.at)) {
			*p = q;
			return words[i].by;
		} else {
			q = *p;
			skip_blanks(&q);
		}
	return 1;
}

/* One figure. */
static int64_t
figure(struct amount *p)
{
	static const char *const signs[] = { "US$", "$", "\xe2\x82\xac",
	    "\xc2\xa3", NULL };
	g_autoptr(GString) digits = g_string_new(NULL);
	gboolean any;
	unsigned grouped;
	int64_t n, parts, by;

	skip_one(p, signs);
	grouped = groups(p, digits);
	parts = fraction(p, grouped > 0, &any);
	by = scale(p);
	errno = 0;
	n = g_ascii_strtoll(digits->str, NULL, 10);
	if (p->bad || errno != 0 || n > INT64_MAX / by - 1) {
		p->bad = TRUE;
		return 0;
	}
	return n * by + (any ? parts * (by / 1000) : 0);
}

static uint32_t
band(struct number *out, int64_t low, int64_t high, const struct amount *p)
{
	if (p->bad || *p->at != '\0' || (high >= 0 && high < low))
		return ROW_VALUE_BAD;
	out->low = low;
	out->high = high;
	out->band = low != high;
	return 0;
}

uint32_t
amount_read(const char *text, struct number *out)
{
	static const char *const from[] = { ">=", "\xe2\x89\xa5", "at least ",
	    "from ", "min. ", NULL };
	static const char *const over[] = { ">", "more than ", "over ",
	    "above ", NULL };
	static const char *const to[] = { "<=", "\xe2\x89\xa4", "up to ",
	    "at most ", "max. ", NULL };
	static const char *const under[] = { "<", "less than ", "fewer than ",
	    "under ", "below ", NULL };
	static const char *const dashes[] = { "-", "\xe2\x80\x93",
	    "\xe2\x80\x94", "to ", "and ", NULL };
	static const char *const about[] = { "~", "\xe2\x89\x88", "about ",
	    "roughly ", "approximately ", "approx. ", "circa ", "ca. ", NULL };
	struct amount p = { .at = text };
	int64_t n;

	out->low = out->high = 0;
	out->band = FALSE;
	skip_blanks(&p);
	if (skip_one(&p, about))
		skip_blanks(&p);
	if (skip_one(&p, from))
		return n = figure(&p), band(out, n, -1, &p);
	if (skip_one(&p, over))
		return n = figure(&p), band(out, n + 1, -1, &p);
	if (skip_one(&p, to))
		return n = figure(&p), band(out, 0, n, &p);
	if (skip_one(&p, under))
		return n = figure(&p), band(out, 0, n - 1, &p);
	skip(&p, "between ");
	n = figure(&p);
	skip_blanks(&p);
	if (skip(&p, "+") || skip(&p, "or more") || skip(&p, "and more"))
		return skip_blanks(&p), band(out, n, -1, &p);
	if (skip_one(&p, dashes)) {
		int64_t high = figure(&p);

		skip_blanks(&p);
		return band(out, n, high, &p);
	}
	skip_blanks(&p);
	skip(&p, "%");
	return band(out, n, n, &p);
}

/* ---- places */

gboolean
place_read(const char *text, char out[16])
{
	size_t len = strlen(text);
	char country[3] = "";

	*out = '\0';
	if (len < 2 || len > 6)
		return FALSE;
	for (size_t i = 0; i <= len; i++)
		out[i] = g_ascii_toupper(text[i]);
	if (strcmp(out, "WORLD") == 0)
		return TRUE;
	if (strcmp(out, "USA") == 0)
		out[2] = '\0', len = 2;
	memcpy(country, out, 2);
	if (!g_ascii_isupper(out[0]) || !g_ascii_isupper(out[1]) ||
	    extent_name(country) == NULL)
		return FALSE;
	if (len == 2) {
		/* Puerto Rico is a state's place by either of its codes. */
		if (place_is_territory(country))
			g_snprintf(out, 16, "US-%s", country);
		return TRUE;
	}
	if (out[2] != '-' || len < 4)
		return FALSE;
	for (size_t i = 3; i < len; i++)
		if (!g_ascii_isalnum(out[i]))
			return FALSE;
	return strncmp(out, "US-", 3) != 0 || extent_name(out) != NULL ||
	    place_is_territory(out + 3);
}
