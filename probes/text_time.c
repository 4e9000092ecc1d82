#include <string.h>

#include "probes/text.h"

/* Times in text: proleptic Gregorian calendar, years 0000 to 9999. */

#define SECOND		INT64_C(1000000)
#define DAY		INT64_C(86400)
#define FIRST		INT64_C(-62167219200)	/* 0000-01-01T00:00:00Z */
#define LAST		INT64_C(253402300799)	/* 9999-12-31T23:59:59Z */

static void
digits(char *out, int64_t v, int n)
{
	while (n-- > 0) {
		out[n] = (char)('0' + v % 10);
		v /= 10;
	}
}

/* Days since 1970-01-01 to a date; years begin in March, so leap days end them. */
static void
put_date(char *out, int64_t days)
{
	int64_t z = days + 719468;	/* days since 0000-03-01 */
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	int64_t month = mp < 10 ? mp + 3 : mp - 9;

	digits(out, yoe + era * 400 + (month <= 2), 4);
	out[4] = '-';
	digits(out + 5, month, 2);
	out[7] = '-';
	digits(out + 8, doy - (153 * mp + 2) / 5 + 1, 2);
	out[10] = 'T';
}

static void
put_clock(char *out, int64_t s)
{
	digits(out, s / 3600, 2);
	out[2] = ':';
	digits(out + 3, s / 60 % 60, 2);
	out[5] = ':';
	digits(out + 6, s % 60, 2);
}

/* Writes all but the fraction, and returns the microseconds of the second. */
static int64_t
put_time(char out[32], int64_t us)
{
	int64_t sec, frac, day;

	us = CLAMP(us, FIRST * SECOND, LAST * SECOND + SECOND - 1);
	sec = us / SECOND;
	frac = us % SECOND;
	if (frac < 0) {
		sec--;
		frac += SECOND;
	}
	day = sec / DAY - (sec % DAY < 0);
	put_date(out, day);
	put_clock(out + 11, sec - day * DAY);
	return frac;
}

void
text_time(char out[32], int64_t us)
{
	int64_t frac = put_time(out, us);

	out[19] = '.';
	digits(out + 20, frac, 6);
	memcpy(out + 26, "Z", 2);
}

void
text_time_s(char out[32], int64_t us)
{
	put_time(out, us);
	memcpy(out + 19, "Z", 2);
}

/* n digits at *s, or -1; moves on. */
static int
number(const char **s, int n)
{
	int v = 0;

	for (; n > 0; n--, (*s)++) {
		if (!g_ascii_isdigit(**s))
			return -1;
		v = v * 10 + (**s - '0');
	}
	return v;
}

static gboolean
literal(const char **s, char c)
{
	if (g_ascii_toupper(**s) != c)
		return FALSE;
	(*s)++;
	return TRUE;
}

static int64_t
days_of(int y, int m, int d)
{
	int64_t yy = m <= 2 ? y - 1 : y;
	int64_t era = (yy >= 0 ? yy : yy - 399) / 400;
	int64_t yoe = yy - era * 400;
	int64_t doy = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;

	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static gboolean
parse_date(const char **s, int64_t *days)
{
	int y, m, d;

	if ((y = number(s, 4)) < 0 || !literal(s, '-') ||
	    (m = number(s, 2)) < 1 || m > 12 || !literal(s, '-') ||
	    (d = number(s, 2)) < 1)
		return FALSE;
	if (d > g_date_get_days_in_month((GDateMonth)m,
	    (GDateYear)(y > 0 ? y : 400)))
		return FALSE;
	*days = days_of(y, m, d);
	return TRUE;
}

static gboolean
parse_clock(const char **s, int64_t *sec)
{
	int h, m, x;

	if ((h = number(s, 2)) < 0 || h > 23 || !literal(s, ':') ||
	    (m = number(s, 2)) < 0 || m > 59 || !literal(s, ':') ||
	    (x = number(s, 2)) < 0 || x > 60)
		return FALSE;
	*sec = h * 3600 + m * 60 + x;
	return TRUE;
}

static gboolean
parse_fraction(const char **s, int64_t *us)
{
	int64_t unit = SECOND / 10;

	*us = 0;
	if (**s != '.')
		return TRUE;
	if (!g_ascii_isdigit(*++*s))
		return FALSE;
	for (; g_ascii_isdigit(**s); (*s)++, unit /= 10)
		*us += unit * (**s - '0');
	return TRUE;
}

static gboolean
parse_zone(const char **s, int64_t *east)
{
	int sign, h, m;

	*east = 0;
	if (literal(s, 'Z'))
		return TRUE;
	if (**s != '+' && **s != '-')
		return FALSE;
	sign = *(*s)++ == '-' ? -1 : 1;
	if ((h = number(s, 2)) < 0 || h > 23 || !literal(s, ':') ||
	    (m = number(s, 2)) < 0 || m > 59)
		return FALSE;
	*east = sign * (h * 3600 + m * 60);
	return TRUE;
}

int64_t
text_time_parse(const char *s)
{
	int64_t days, sec, us, east;

	if (!parse_date(&s, &days) || !literal(&s, 'T') ||
	    !parse_clock(&s, &sec) || !parse_fraction(&s, &us) ||
	    !parse_zone(&s, &east) || *s != '\0')
		return INT64_MIN;
	return (days * DAY + sec - east) * SECOND + us;
}

/* n digits as a number, -1 where one is none. */
static int
number_of(const char *s, int n)
{
	int v = 0;

	for (int i = 0; i < n; i++) {
		if (!g_ascii_isdigit(s[i]))
			return -1;
		v = v * 10 + (s[i] - '0');
	}
	return v;
}

int
text_digits(const char **s, int most, int *out)
{
	int n = 0;

	for (*out = 0; n < most && g_ascii_isdigit((*s)[n]); n++)
		*out = *out * 10 + (*s)[n] - '0';
	*s += n;
	return n;
}

gboolean
text_day(const char *s, GDate *day)
{
	int y = number_of(s, 4), m, d;

	g_date_clear(day, 1);
	if (y < 1 || s[4] != '-' || (m = number_of(s + 5, 2)) < 1 ||
	    s[7] != '-' || (d = number_of(s + 8, 2)) < 1 ||
	    g_ascii_isdigit(s[10]) || !g_date_valid_dmy((GDateDay)d,
	    (GDateMonth)m, (GDateYear)y))
		return FALSE;
	g_date_set_dmy(day, (GDateDay)d, (GDateMonth)m, (GDateYear)y);
	return TRUE;
}
