/*
 * Dates as registries write them.  Days and months in digits are read only
 * where they cannot be exchanged (14/02/2026), or where the layout says in
 * which order that registry writes them, or another date of the same answer
 * shows it.  A time without a zone gives the day.
 */

#include <string.h>

#include "probes/text.h"
#include "probes/whois.h"

#define TOKENS	12

struct token {
	int	 value;		/* of a number; the month of a month's name */
	guint	 digits;	/* 0: a word */
	char	 before;	/* the character before it, '\0' at the start */
	const char *at, *end;
};

struct date {
	struct token	 t[TOKENS];
	guint		 n, next;	/* next: the token after the date */
	int		 y, m, d;
};

/* Short names of months that are not English, and not like them. */
static int
other_month(const char *s, gsize len)
{
	static const struct {
		const char	*name;
		int		 month;
	} names[] = {
		{ "ene", 1 }, { "gen", 1 }, { "fev", 2 }, { "mrt", 3 },
		{ "abr", 4 }, { "avr", 4 }, { "mai", 5 }, { "maj", 5 },
		{ "mei", 5 }, { "mag", 5 }, { "giu", 6 }, { "juin", 6 },
		{ "lug", 7 }, { "juil", 7 }, { "ago", 8 }, { "set", 9 },
		{ "okt", 10 }, { "out", 10 }, { "ott", 10 }, { "dez", 12 },
		{ "dic", 12 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (len == strlen(names[i].name) &&
		    g_ascii_strncasecmp(names[i].name, s, len) == 0)
			return names[i].month;
	return 0;
}

static int
month_of(const char *s, gsize len)
{
	static const char *const names[] = {
		"january", "february", "march", "april", "may", "june",
		"july", "august", "september", "october", "november",
		"december",
	};

	for (int i = 0; i < 12 && len >= 3; i++)
		if (len <= strlen(names[i]) &&
		    g_ascii_strncasecmp(names[i], s, len) == 0)
			return i + 1;
	return other_month(s, len);
}

static void
take(struct date *d, const char *text, const char *s, const char *end)
{
	struct token *t = &d->t[d->n++];

	t->at = s;
	t->end = end;
	t->before = s > text ? s[-1] : '\0';
	if (g_ascii_isdigit(*s)) {
		t->digits = (guint)(end - s);
		/* "20021204000000": the day, and a time without a zone. */
		if (t->digits == 14) {
			t->digits = 8;
			end -= 6;
		}
		for (; s < end && t->digits <= 8; s++)
			t->value = t->value * 10 + (*s - '0');
	} else {
		t->value = month_of(s, (gsize)(end - s));
	}
}

static void
tokens(struct date *d, const char *text)
{
	const char *s = text;

	while (*s != '\0' && d->n < TOKENS) {
		const char *end = s;

		while (g_ascii_isdigit(*end))
			end++;
		while (end == s && g_ascii_isalpha(*end)) {
			for (; g_ascii_isalpha(*end); end++)
				;
			take(d, text, s, end);
			s = end;
		}
		if (end > s)
			take(d, text, s, end);
		s = end > s ? end : s + (*s != '\0' && !g_ascii_isalnum(*s));
	}
}

static gboolean
number(const struct date *d, guint i, guint least, guint most)
{
	return i < d->n && d->t[i].digits >= least && d->t[i].digits <= most;
}

static gboolean
month(const struct date *d, guint i)
{
	return i < d->n && d->t[i].digits == 0 && d->t[i].value > 0;
}

static gboolean
set(struct date *d, int y, int m, int day, guint next)
{
	d->y = y;
	d->m = m;
	d->d = day;
	d->next = next;
	return y >= 1970 && y < 2200 && m >= 1 && m <= 12 && day >= 1 &&
	    day <= g_date_get_days_in_month((GDateMonth)m, (GDateYear)y);
}

/* 2026-04-01, 2026/04/01, "2026. 04. 01.", 2001-Aug-23, 20260401 */
static gboolean
year_first(struct date *d, guint i)
{
	const struct token *t = &d->t[i];

	if (number(d, i, 8, 8))
		return set(d, t->value / 10000, t->value / 100 % 100,
		    t->value % 100, i + 1);
	if (!number(d, i, 4, 4) || !number(d, i + 2, 1, 2) ||
	    !(number(d, i + 1, 1, 2) || month(d, i + 1)))
		return FALSE;
	return set(d, t->value, t[1].value, t[2].value, i + 3);
}

static int
century(int year)
{
	return year + (year < 70 ? 2000 : 1900);
}

/* 14-Feb-2016, "30th April 2003" */
static gboolean
day_first(struct date *d, guint i)
{
	guint m = i + 1;

	if (!number(d, i, 1, 2))
		return FALSE;
	if (m < d->n && d->t[m].digits == 0 && d->t[m].end - d->t[m].at == 2 &&
	    d->t[m].at == d->t[i].end)
		m++;
	if (!month(d, m))
		return FALSE;
	/* 02-Mar-99; "14 Feb 16:00" has no year. */
	if (number(d, m + 1, 2, 2) && d->t[m + 1].before == '-')
		return set(d, century(d->t[m + 1].value), d->t[m].value,
		    d->t[i].value, m + 2);
	if (!number(d, m + 1, 4, 4))
		return FALSE;
	return set(d, d->t[m + 1].value, d->t[m].value, d->t[i].value, m + 2);
}

/* "February  9 2016", "Tue Dec 12 2000", "Tue Dec 12 10:00:00 UTC 2000" */
static gboolean
month_first(struct date *d, guint i)
{
	guint y;

	if (!month(d, i) || !number(d, i + 1, 1, 2))
		return FALSE;
	for (y = i + 2; y < d->n && !number(d, y, 4, 4); y++)
		;
	return y < d->n && set(d, d->t[y].value, d->t[i].value,
	    d->t[i + 1].value, y == i + 2 ? y + 1 : i + 2);
}

/* 14/02/2026; 03/04/2026 only where the layout says which is which. */
static gboolean
digits_only(struct date *d, enum whois_order order, gboolean *by_layout)
{
	int a, b;

	if (!number(d, 0, 1, 2) || !number(d, 1, 1, 2))
		return FALSE;
	a = d->t[0].value;
	b = d->t[1].value;
	/* 16/09/03 (.es) */
	if (order == ORDER_DMY && number(d, 2, 2, 2) && d->t[2].before == '/') {
		*by_layout = TRUE;
		return set(d, century(d->t[2].value), b, a, 3);
	}
	if (!number(d, 2, 4, 4))
		return FALSE;
	if (a > 12 || b > 12 || a == b)
		return a > 12 ? set(d, d->t[2].value, b, a, 3) :
		    set(d, d->t[2].value, a, b, 3);
	*by_layout = order != ORDER_NONE;
	return order == ORDER_DMY ? set(d, d->t[2].value, b, a, 3) :
	    order == ORDER_MDY && set(d, d->t[2].value, a, b, 3);
}

/* "registrar AT ns.example 20181216 (Changed)", "name@ns.example 20181216" */
static gboolean
behind_a_name(struct date *d)
{
	for (guint i = d->n; i > 1; i--)
		if (number(d, i - 1, 8, 8) && d->t[i - 1].before == ' ')
			return year_first(d, i - 1);
	return FALSE;
}

/* Minutes east of UTC behind the time; FALSE where no zone is said. */
static gboolean
zone(const char *s, int *east)
{
	int h, m = 0, used;
	gboolean named;
	char sign;

	*east = 0;
	while (*s == '.' || g_ascii_isdigit(*s))
		s++;
	while (*s == ' ' || *s == '(')
		s++;
	if (*s == 'Z')
		return TRUE;
	named = g_str_has_prefix(s, "UTC") || g_str_has_prefix(s, "GMT");
	s += named ? 3 : 0;
	sign = *s;
	if ((sign != '+' && sign != '-') || !g_ascii_isdigit(s[1]))
		return named;
	h = s[1] - '0';
	used = 2;
	/* "GMT+1" has one digit; "-3" without a name is no zone. */
	if (g_ascii_isdigit(s[2])) {
		h = h * 10 + (s[2] - '0');
		used = 3;
	} else if (!named)
		return FALSE;
	used += s[used] == ':';
	if (g_ascii_isdigit(s[used]) && g_ascii_isdigit(s[used + 1]))
		m = (s[used] - '0') * 10 + (s[used + 1] - '0');
	*east = (sign == '-' ? -1 : 1) * (h * 60 + m);
	return h < 24 && m < 60;
}

/* The last n digits of v, and what stands behind them. */
static char *
put(char *out, int v, int n, char behind)
{
	for (int i = n; i > 0; i--, v /= 10)
		out[i - 1] = (char)('0' + v % 10);
	out[n] = behind;
	return out + n + 1;
}

static void
write_date(const struct date *d, char out[32])
{
	const struct token *t = &d->t[d->next];
	guint i = d->next + (d->next < d->n && t->digits == 0);
	char iso[64], *p = put(out, d->y, 4, '-');
	int east;
	int64_t us = INT64_MIN;

	put(put(p, d->m, 2, '-'), d->d, 2, '\0');
	t = &d->t[i];
	if (!number(d, i, 1, 2) || !number(d, i + 1, 2, 2) ||
	    !number(d, i + 2, 2, 2) || t[1].before != ':' ||
	    t[2].before != ':' || !zone(t[2].end, &east))
		return;
	memcpy(iso, out, 10);
	iso[10] = 'T';
	p = put(iso + 11, t[0].value, 2, ':');
	p = put(put(p, t[1].value, 2, ':'), t[2].value, 2,
	    east < 0 ? '-' : '+');
	put(put(p, ABS(east) / 60, 2, ':'), ABS(east) % 60, 2, '\0');
	us = text_time_parse(iso);
	if (us != INT64_MIN)
		text_time_s(out, us);
}

/* "Wednesday" */
static gboolean
weekday(const struct token *t)
{
	return t->end - t->at >= 6 && t->end - t->at <= 9 &&
	    g_ascii_strncasecmp(t->end - 3, "day", 3) == 0;
}

enum whois_order
whois_date_order(const char *text, gsize len)
{
	struct date d = { .n = 0 };
	char s[32];

	/* A year first is how most begin. */
	if (len < 8 || !g_ascii_isdigit(text[0]) || (g_ascii_isdigit(text[1]) &&
	    g_ascii_isdigit(text[2])))
		return ORDER_NONE;
	len = MIN(len, sizeof(s) - 1);
	memcpy(s, text, len);
	s[len] = '\0';
	tokens(&d, s);
	if (!number(&d, 0, 1, 2) || !number(&d, 1, 1, 2) ||
	    !number(&d, 2, 4, 4))
		return ORDER_NONE;
	return d.t[0].value > 12 ? ORDER_DMY : d.t[1].value > 12 ? ORDER_MDY :
	    ORDER_NONE;
}

gboolean
whois_date(const char *text, enum whois_order order, char out[32],
    gboolean *by_layout)
{
	struct date d = { .n = 0 };
	guint i = 0;

	*by_layout = FALSE;
	tokens(&d, text);
	/* A weekday before it; "before 1996" is no date. */
	if (d.n > 0 && d.t[0].digits == 0 && d.t[0].value == 0 &&
	    (d.t[0].end - d.t[0].at <= 3 || weekday(&d.t[0])))
		i = 1;
	if (!year_first(&d, i) && !day_first(&d, i) && !month_first(&d, i) &&
	    !digits_only(&d, order, by_layout) && !behind_a_name(&d))
		return FALSE;
	write_date(&d, out);
	return TRUE;
}
