#include "collector/import_date.h"

#include <stdlib.h>
#include <string.h>

#include "probes/text.h"

#define SECOND	INT64_C(1000000)
#define DAY	INT64_C(86400)

struct civil {
	int	 year, month, day;
	int	 hour, minute, second;
	int32_t	 micro;
	gboolean clock;		/* there is a time of day */
};

/* ---- days */

static int
month_length(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
	    31 };
	gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

/* Days since 1970 of a day of the Gregorian calendar. */
static int64_t
day_number(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = y / 400, of_era = y - era * 400;
	int64_t m = (month + 9) % 12;
	int64_t of_year = (153 * m + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	    of_year - 719468;
}

void
day_words(char out[16], int64_t days)
{
	int64_t z = days + 719468, era = z / 146097, of_era = z - era * 146097;
	int64_t y = (of_era - of_era / 1460 + of_era / 36524 -
	    of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
	int64_t m = (5 * of_year + 2) / 153;
	int day = (int)(of_year - (153 * m + 2) / 5 + 1);
	int month = (int)(m < 10 ? m + 3 : m - 9);

	g_snprintf(out, 16, "%04d-%02d-%02d",
	    (int)(y + era * 400 + (month <= 2)), month, day);
}

static gboolean
is_day(int year, int month, int day)
{
	return year >= 1900 && year <= 9999 && month >= 1 && month <= 12 &&
	    day >= 1 && day <= month_length(year, month);
}

/* ---- pieces of text */

static void
blanks(const char **p)
{
	while (**p == ' ' || **p == '\t')
		(*p)++;
}

/* A word of letters against a table of names, three letters or the whole. */
static int
word_of(const char **p, const char *const *names, int n)
{
	size_t len = 0;

	while (g_ascii_isalpha((*p)[len]))
		len++;
	for (int i = 0; i < n && len >= 3; i++)
		if ((len == 3 || len == strlen(names[i])) &&
		    g_ascii_strncasecmp(*p, names[i], len) == 0) {
			*p += len;
			return i + 1;
		}
	return 0;
}

static int
month_word(const char **p)
{
	static const char *const names[] = {
		"January", "February", "March", "April", "May", "June", "July",
		"August", "September", "October", "November", "December",
	};

	return word_of(p, names, G_N_ELEMENTS(names));
}

static void
skip_week_day(const char **p)
{
	static const char *const names[] = {
		"Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
		"Saturday", "Sunday",
	};

	if (word_of(p, names, G_N_ELEMENTS(names)) > 0) {
		if (**p == ',' || **p == '.')
			(*p)++;
		blanks(p);
	}
}

/* ---- the date */

static uint32_t
take_day(struct civil *c, int year, int month, int day)
{
	if (!is_day(year, month, day))
		return ROW_TIME_BAD;
	c->year = year;
	c->month = month;
	c->day = day;
	return 0;
}

/* a/b/year: which is the month is known only where the other cannot be. */
static uint32_t
day_and_month(struct civil *c, int a, int b, int year)
{
	gboolean day_first = is_day(year, b, a);
	gboolean month_first = is_day(year, a, b);

	if (day_first && month_first && a != b)
		return ROW_TIME_AMBIGUOUS;
	return day_first ? take_day(c, year, b, a) : take_day(c, year, a, b);
}

/* What begins with digits; *p is left behind the date. */
static uint32_t
numeric(struct civil *c, const char **p)
{
	int a, b, y, n = text_digits(p, 8, &a), m;
	char divider = **p;

	if (n == 8 && (divider == 'T' || divider == 't'))
		return take_day(c, a / 10000, a / 100 % 100, a % 100);
	if (n == 0 || n == 3 || n > 4 || divider == '\0' ||
	    strchr("-/. ", divider) == NULL)
		return ROW_TIME_BAD;
	(*p)++;
	if (n <= 2 && g_ascii_isalpha(**p)) {
		if ((b = month_word(p)) == 0)
			return ROW_TIME_BAD;
		if (**p == '.' || **p == ',')
			(*p)++;
		if (**p == ' ' || **p == '-' || **p == '/')
			(*p)++;
		n = text_digits(p, 4, &y);
		return n == 4 ? take_day(c, y, b, a) :
		    n == 2 ? ROW_TIME_AMBIGUOUS : ROW_TIME_BAD;
	}
	if (divider == ' ' || text_digits(p, 2, &b) == 0 ||
	    *(*p)++ != divider)
		return ROW_TIME_BAD;
	if (n == 4)
		return text_digits(p, 2, &y) > 0 ? take_day(c, a, b, y) :
		    ROW_TIME_BAD;
	m = text_digits(p, 4, &y);
	if (m == 4)
		return day_and_month(c, a, b, y);
	return m == 2 ? ROW_TIME_AMBIGUOUS : ROW_TIME_BAD;
}

/* Jul 1, 2019 */
static uint32_t
month_named(struct civil *c, const char **p)
{
	int month = month_word(p), day, year, n;

	if (month == 0)
		return ROW_TIME_BAD;
	if (**p == '.')
		(*p)++;
	blanks(p);
	if (text_digits(p, 2, &day) == 0)
		return ROW_TIME_BAD;
	if (**p == ',')
		(*p)++;
	blanks(p);
	n = text_digits(p, 4, &year);
	return n == 4 ? take_day(c, year, month, day) :
	    n == 2 ? ROW_TIME_AMBIGUOUS : ROW_TIME_BAD;
}

/* ---- the time of day */

static void
fraction(struct civil *c, const char **p)
{
	int32_t scale = 100000;

	if ((**p != '.' && **p != ',') || !g_ascii_isdigit((*p)[1]))
		return;
	for ((*p)++; g_ascii_isdigit(**p); (*p)++) {
		c->micro += scale * (**p - '0');
		scale /= 10;
	}
}

static gboolean
half_day(struct civil *c, const char **p)
{
	const char *s = *p;
	gboolean pm;

	blanks(&s);
	if (g_ascii_strncasecmp(s, "am", 2) != 0 &&
	    g_ascii_strncasecmp(s, "pm", 2) != 0)
		return TRUE;
	if (g_ascii_isalnum(s[2]))
		return TRUE;
	if (c->hour < 1 || c->hour > 12)
		return FALSE;
	pm = g_ascii_tolower(*s) == 'p';
	c->hour = c->hour % 12 + (pm ? 12 : 0);
	*p = s + 2;
	return TRUE;
}

/* hh:mm[:ss[.f]] [AM], or hhmm[ss[.f]] behind a T. */
static uint32_t
clock_time(struct civil *c, const char **p)
{
	gboolean basic = g_ascii_isdigit((*p)[0]) &&
	    g_ascii_isdigit((*p)[1]) && g_ascii_isdigit((*p)[2]);

	if (text_digits(p, 2, &c->hour) == 0 || (!basic && *(*p)++ != ':') ||
	    text_digits(p, 2, &c->minute) != 2)
		return ROW_TIME_BAD;
	if (basic ? g_ascii_isdigit(**p) : **p == ':') {
		if (!basic)
			(*p)++;
		if (text_digits(p, 2, &c->second) != 2)
			return ROW_TIME_BAD;
		fraction(c, p);
	}
	if (!half_day(c, p) || c->hour > 23 || c->minute > 59 ||
	    c->second > 60)
		return ROW_TIME_BAD;
	c->clock = TRUE;
	return 0;
}

/* The date, and a time of day where there is one; *p is left behind. */
static uint32_t
civil_read(struct civil *c, const char **p)
{
	uint32_t f;

	memset(c, 0, sizeof(*c));
	skip_week_day(p);
	f = g_ascii_isdigit(**p) ? numeric(c, p) : month_named(c, p);
	if (f != 0)
		return f;
	if (**p == '\0')
		return 0;
	if (strchr("Tt:, ", **p) == NULL)
		return ROW_TIME_BAD;
	(*p)++;
	blanks(p);
	return **p == '\0' ? 0 : clock_time(c, p);
}

/* ---- zones */

/* +09:00 +0900 +9, at most 14 hours (RFC 3339 allows 23:59; no zone has it). */
static gboolean
offset_read(const char *s, int32_t *out)
{
	int sign = *s == '-' ? -1 : 1, h, m = 0, n;

	if (strncmp(s, "\xe2\x88\x92", 3) == 0) {	/* U+2212 MINUS SIGN */
		sign = -1;
		s += 2;
	} else if (*s != '+' && *s != '-') {
		return FALSE;
	}
	s++;
	n = text_digits(&s, 2, &h);
	if (*s == ':')
		s++;
	if (n == 0 || (*s != '\0' && (n != 2 || text_digits(&s, 2, &m) != 2)) ||
	    *s != '\0' || h > 14 || m > 59)
		return FALSE;
	*out = sign * (h * 3600 + m * 60);
	return TRUE;
}

static gboolean
fixed_read(const char *s, int32_t *out)
{
	*out = 0;
	if (g_ascii_strcasecmp(s, "Z") == 0)
		return TRUE;
	if (g_ascii_strncasecmp(s, "UTC", 3) == 0 ||
	    g_ascii_strncasecmp(s, "GMT", 3) == 0)
		return s[3] == '\0' || offset_read(s + 3, out);
	return offset_read(s, out);
}

/* Letters alone, and few: short for several zones. */
static gboolean
is_abbreviation(const char *s)
{
	size_t n = 0;

	while (g_ascii_isupper(s[n]))
		n++;
	return s[n] == '\0' && n >= 2 && n <= 5;
}

/* The moment at which a clock in the zone shows local. */
static uint32_t
moment(int64_t local, const char *zone, struct tz_set *zones, int64_t *utc)
{
	const struct tz *z;
	int64_t at[2];
	int32_t east;

	if (*zone == '\0')
		return ROW_TIME_NO_ZONE;
	if (fixed_read(zone, &east)) {
		*utc = local - east;
		return 0;
	}
	z = zones != NULL ? tz_find(zones, zone) : NULL;
	if (z == NULL)
		return is_abbreviation(zone) ? ROW_TIME_AMBIGUOUS :
		    ROW_TIME_NO_ZONE;
	if (tz_utc(z, local, at) != 1)
		return ROW_TIME_AMBIGUOUS;
	*utc = at[0];
	return 0;
}

/* A second 60 is at 23:59:60 UTC, at the end of June or December. */
static gboolean
second_stands(const struct civil *c, int64_t utc)
{
	char day[16];

	if (c->second < 60)
		return TRUE;
	if (utc % DAY != 0)
		return FALSE;
	day_words(day, utc / DAY - 1);
	return strcmp(day + 5, "06-30") == 0 || strcmp(day + 5, "12-31") == 0;
}

/* A zone behind the time and one in its own cell: only where they agree. */
static uint32_t
both_zones(int64_t local, const char *behind, const char *zone,
    struct tz_set *zones, int64_t *utc)
{
	int64_t other;
	uint32_t f = moment(local, behind, zones, utc), g;

	if (f != 0 || *zone == '\0')
		return f;
	g = moment(local, zone, zones, &other);
	if (g == ROW_TIME_NO_ZONE)
		return 0;
	/* In the hour that is there twice, and beside an abbreviation, the
	 * offset tells which. */
	if (g == ROW_TIME_AMBIGUOUS) {
		const struct tz *z = zones != NULL ? tz_find(zones, zone) :
		    NULL;

		return z == NULL || tz_offset(z, *utc) == local - *utc ?
		    0 : ROW_TIME_AMBIGUOUS;
	}
	return other == *utc ? 0 : ROW_TIME_AMBIGUOUS;
}

static uint32_t
moment_of(const struct civil *c, const char *behind, const char *zone,
    struct tz_set *zones, int64_t *time)
{
	int64_t local = day_number(c->year, c->month, c->day) * DAY +
	    c->hour * 3600 + c->minute * 60 + c->second, utc;
	uint32_t f = *behind != '\0' ?
	    both_zones(local, behind, zone, zones, &utc) :
	    moment(local, zone, zones, &utc);

	if (f != 0)
		return f;
	if (!second_stands(c, utc))
		return ROW_TIME_BAD;
	*time = utc * SECOND + c->micro;
	return 0;
}

#define YEAR_LAST	80	/* bytes of a time so written */

/* "Mon Jul  1 12:34:56 2019", as ctime() writes it, with the year put where the
 * other forms have it; FALSE where it is none of these. */
static gboolean
year_last(const char *s, char out[YEAR_LAST])
{
	size_t len = strcspn(s, ":"), end = strlen(s);
	const char *year;

	if (!g_ascii_isalpha(*s) || end > YEAR_LAST - 8 || end < len + 8 ||
	    strspn(s + end - 4, "0123456789") != 4 || s[end - 5] != ' ')
		return FALSE;
	year = s + end - 4;
	while (len > 0 && g_ascii_isdigit(s[len - 1]))
		len--;
	if (len < 6 || s[len - 1] != ' ' || !g_ascii_isdigit(s[len - 2]) ||
	    (g_ascii_isdigit(s[len - 3]) && g_ascii_isdigit(s[len - 4])))
		return FALSE;
	g_snprintf(out, YEAR_LAST, "%.*s, %s %.*s", (int)len - 1, s, year,
	    (int)(end - 5 - len), s + len);
	return TRUE;
}

uint32_t
date_read(const char *text, const char *zone, struct tz_set *zones,
    int64_t *time)
{
	char usual[YEAR_LAST];
	struct civil c;
	uint32_t f;

	*time = TIME_UNKNOWN;
	blanks(&text);
	if (year_last(text, usual))
		text = usual;
	if (*text == '\0')
		return ROW_TIME_NONE;
	f = civil_read(&c, &text);
	if (f != 0)
		return f;
	blanks(&text);
	if (c.clock)
		return moment_of(&c, text, zone, zones, time);
	if (*text != '\0')
		return ROW_TIME_BAD;
	*time = day_number(c.year, c.month, c.day) * DAY * SECOND;
	return ROW_DATE_ONLY;
}

/* ---- periods */

/* "2019" and "2019-07". */
static gboolean
whole_months(const char *s, int64_t *first, int64_t *last)
{
	int year, from = 1, to = 12;

	if (text_digits(&s, 4, &year) != 4 || year < 1900)
		return FALSE;
	if (*s == '-' || *s == '/') {
		s++;
		if (text_digits(&s, 2, &from) != 2 || from < 1 || from > 12)
			return FALSE;
		to = from;
	}
	if (*s != '\0')
		return FALSE;
	*first = day_number(year, from, 1);
	*last = day_number(year, to, month_length(year, to));
	return TRUE;
}

uint32_t
period_read(const char *text, int64_t *first, int64_t *last)
{
	int64_t time;
	uint32_t f;

	blanks(&text);
	if (whole_months(text, first, last))
		return 0;
	f = date_read(text, "", NULL, &time) & ~(uint32_t)ROW_DATE_ONLY;
	if (f == 0)
		*first = *last = time / SECOND / DAY -
		    (time % (SECOND * DAY) < 0);
	return f;
}
