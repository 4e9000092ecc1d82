#include "collector/import_zone.h"

#include <stdlib.h>
#include <string.h>

#define HEAD	44u		/* RFC 9636 section 3.1 */
#define DAY	86400

/* When summer time begins or ends, of a POSIX TZ string (section 3.3.1). */
struct change {
	char		 form;		/* 'M' month.week.day, 'J' 1..365, 'n' 0..365 */
	int		 month, week, day;
	int32_t		 seconds;	/* of the local day */
};

struct tz {
	size_t		 n;
	int64_t		*at;		/* seconds since 1970, in order */
	int32_t		*offset;	/* from at[i] on */
	int32_t		 before;	/* of at[0] */
	gboolean	 rule;		/* from at[n - 1] on: */
	int32_t		 standard, summer;
	gboolean	 has_summer;
	struct change	 begin, end;
};

void
tz_free(struct tz *z)
{
	if (z == NULL)
		return;
	g_free(z->at);
	g_free(z->offset);
	g_free(z);
}

/* ---- the string behind the table */

static gboolean
tz_name(const char **p)
{
	const char *s = *p;

	if (*s == '<') {
		while (*s != '\0' && *s != '>')
			s++;
		if (*s != '>')
			return FALSE;
		s++;
	} else {
		while (g_ascii_isalpha(*s))
			s++;
	}
	if (s - *p < 3)
		return FALSE;
	*p = s;
	return TRUE;
}

static gboolean
tz_number(const char **p, int most, int *out)
{
	char *end;
	long n;

	if (!g_ascii_isdigit(**p))
		return FALSE;
	n = strtol(*p, &end, 10);
	if (n > most)
		return FALSE;
	*out = (int)n;
	*p = end;
	return TRUE;
}

/* [+-]hh[:mm[:ss]], in seconds; hours up to 167. */
static gboolean
tz_time(const char **p, int32_t *out)
{
	int sign = **p == '-' ? -1 : 1, h = 0, m = 0, s = 0;

	if (**p == '-' || **p == '+')
		(*p)++;
	if (!tz_number(p, 167, &h))
		return FALSE;
	if (**p == ':' && (++*p, !tz_number(p, 59, &m)))
		return FALSE;
	if (**p == ':' && (++*p, !tz_number(p, 59, &s)))
		return FALSE;
	*out = sign * (h * 3600 + m * 60 + s);
	return TRUE;
}

static gboolean
tz_change(const char **p, struct change *c)
{
	if (**p != ',')
		return FALSE;
	++*p;
	c->seconds = 2 * 3600;
	c->form = **p == 'M' || **p == 'J' ? *(*p)++ : 'n';
	if (c->form == 'M') {
		if (!tz_number(p, 12, &c->month) || *(*p)++ != '.' ||
		    !tz_number(p, 5, &c->week) || *(*p)++ != '.' ||
		    !tz_number(p, 6, &c->day) || c->month < 1 || c->week < 1)
			return FALSE;
	} else if (!tz_number(p, 365, &c->day)) {
		return FALSE;
	}
	return **p != '/' || (++*p, tz_time(p, &c->seconds));
}

static gboolean
tz_string(const char *s, struct tz *z)
{
	int32_t west;

	if (!tz_name(&s) || !tz_time(&s, &west))
		return FALSE;
	z->standard = -west;
	z->rule = TRUE;
	if (*s == '\0')
		return TRUE;
	z->has_summer = TRUE;
	z->summer = z->standard + 3600;
	if (!tz_name(&s))
		return FALSE;
	if (*s != ',' && tz_time(&s, &west))
		z->summer = -west;
	return tz_change(&s, &z->begin) && tz_change(&s, &z->end) &&
	    *s == '\0';
}

/* ---- the table */

static uint32_t
be32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	    (uint32_t)p[2] << 8 | p[3];
}

static int64_t
be_time(const unsigned char *p, unsigned width)
{
	if (width == 4)
		return (int32_t)be32(p);
	return (int64_t)((uint64_t)be32(p) << 32 | be32(p + 4));
}

struct block {
	const unsigned char *data;	/* behind the head */
	size_t		 size;
	uint32_t	 times, types, chars, leaps, isstd, isut;
	unsigned	 width;
};

/* The counts of a block, and that its bytes are there. */
static gboolean
block_read(const unsigned char *p, size_t len, unsigned width,
    struct block *b)
{
	const uint32_t most = 1u << 16;

	if (len < HEAD || memcmp(p, "TZif", 4) != 0)
		return FALSE;
	*b = (struct block){ .data = p + HEAD, .width = width,
	    .isut = be32(p + 20), .isstd = be32(p + 24),
	    .leaps = be32(p + 28), .times = be32(p + 32),
	    .types = be32(p + 36), .chars = be32(p + 40) };
	if (b->isut > most || b->isstd > most || b->leaps > most ||
	    b->times > most || b->types > 256 || b->types == 0 ||
	    b->chars > most)
		return FALSE;
	b->size = (size_t)b->times * (width + 1u) + (size_t)b->types * 6u +
	    b->chars + (size_t)b->leaps * (width + 4u) + b->isstd + b->isut;
	return len - HEAD >= b->size;
}

static gboolean
table_read(const struct block *b, struct tz *z)
{
	const unsigned char *index = b->data + (size_t)b->times * b->width;
	const unsigned char *types = index + b->times;

	z->n = b->times;
	z->at = g_new(int64_t, z->n + 1);
	z->offset = g_new(int32_t, z->n + 1);
	/* RFC 9636 section 3.2: type 0 is for times before the first. */
	z->before = (int32_t)be32(types);
	for (size_t i = 0; i < z->n; i++) {
		int32_t off;

		if (index[i] >= b->types)
			return FALSE;
		off = (int32_t)be32(types + (size_t)index[i] * 6u);
		z->at[i] = be_time(b->data + i * b->width, b->width);
		z->offset[i] = off;
		if (off < -26 * 3600 || off > 26 * 3600 ||
		    (i > 0 && z->at[i] <= z->at[i - 1]))
			return FALSE;
	}
	return z->before >= -26 * 3600 && z->before <= 26 * 3600;
}

/* The line behind the second block, between two LF. */
static gboolean
footer_read(const unsigned char *p, size_t len, struct tz *z)
{
	const unsigned char *end;
	g_autofree char *s = NULL;

	if (len < 2 || *p != '\n' ||
	    (end = memchr(p + 1, '\n', len - 1)) == NULL)
		return FALSE;
	s = g_strndup((const char *)p + 1, (size_t)(end - p - 1));
	return *s == '\0' || tz_string(s, z);
}

struct tz *
tz_read(const void *tzif, size_t len)
{
	const unsigned char *p = tzif;
	struct tz *z;
	struct block b;
	size_t skip;
	gboolean ok;

	if (len > ZONE_FILE_MAX || !block_read(p, len, 4, &b))
		return NULL;
	z = g_new0(struct tz, 1);
	if (p[4] == 0) {
		ok = table_read(&b, z);
	} else {
		skip = HEAD + b.size;
		ok = block_read(p + skip, len - skip, 8, &b) &&
		    table_read(&b, z) && footer_read(b.data + b.size,
		    len - skip - HEAD - b.size, z);
	}
	if (ok)
		return z;
	tz_free(z);
	return NULL;
}

/* ---- what is the time there */

static const int month_days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

static gboolean
is_leap(int64_t y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int64_t
year_start(int64_t y)		/* in days since 1970 */
{
	int64_t p = y - 1;

	return 365 * (y - 1970) + (p / 4 - p / 100 + p / 400) -
	    (1969 / 4 - 1969 / 100 + 1969 / 400);
}

static int64_t
year_of(int64_t seconds)
{
	int64_t y = 1970 + seconds / (DAY * INT64_C(365));

	while (year_start(y) * DAY > seconds)
		y--;
	return y;
}

/* Seconds since 1970 of a change, by the clock on the wall, in year y. */
static int64_t
change_at(const struct change *c, int64_t y)
{
	int64_t day = year_start(y);
	int length, week_day, first;

	if (c->form == 'J')
		day += c->day - 1 + (is_leap(y) && c->day > 59);
	else if (c->form == 'n')
		day += c->day;
	if (c->form != 'M')
		return day * DAY + c->seconds;
	for (int m = 1; m < c->month; m++)
		day += month_days[m - 1] + (m == 2 && is_leap(y));
	length = month_days[c->month - 1] + (c->month == 2 && is_leap(y));
	week_day = (int)(((day + 4) % 7 + 7) % 7);	/* 1970 began on a Thursday */
	first = (c->day - week_day + 7) % 7 + (c->week - 1) * 7;
	if (first >= length)
		first -= 7;
	return (day + first) * DAY + c->seconds;
}

static int32_t
rule_offset(const struct tz *z, int64_t utc)
{
	int64_t y, from, to;

	if (!z->has_summer)
		return z->standard;
	y = year_of(utc + z->standard);
	from = change_at(&z->begin, y) - z->standard;
	to = change_at(&z->end, y) - z->summer;
	if (from < to)
		return utc >= from && utc < to ? z->summer : z->standard;
	return utc >= to && utc < from ? z->standard : z->summer;
}

int32_t
tz_offset(const struct tz *z, int64_t utc)
{
	size_t lo = 0, hi = z->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (z->at[mid] <= utc)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == z->n && z->rule)
		return rule_offset(z, utc);
	return lo == 0 ? z->before : z->offset[lo - 1];
}

unsigned
tz_utc(const struct tz *z, int64_t local, int64_t out[2])
{
	const int64_t looks[] = { -DAY, 0, DAY };
	int32_t seen[3];
	unsigned n = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(looks); i++) {
		seen[i] = tz_offset(z, local + looks[i]);
		if ((i > 0 && seen[i] == seen[0]) ||
		    (i > 1 && seen[i] == seen[1]))
			continue;
		if (n < 2 && tz_offset(z, local - seen[i]) == seen[i])
			out[n++] = local - seen[i];
	}
	return n;
}

/* ---- the zones of a file */

struct tz_set {
	tz_load_fn	*load;
	void		*arg;
	GHashTable	*by_name;	/* -> struct tz *, or NULL */
};

struct tz_set *
tz_set_new(tz_load_fn *load, void *arg)
{
	struct tz_set *z = g_new0(struct tz_set, 1);

	z->load = load;
	z->arg = arg;
	z->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    (GDestroyNotify)tz_free);
	return z;
}

void
tz_set_free(struct tz_set *z)
{
	if (z == NULL)
		return;
	g_hash_table_unref(z->by_name);
	g_free(z);
}

gboolean
tz_name_ok(const char *s)
{
	size_t len = strlen(s);

	return len >= 2 && len <= 64 && g_ascii_isalpha(*s) &&
	    strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "0123456789_+-/") == len && strstr(s, "//") == NULL &&
	    s[len - 1] != '/';
}

const struct tz *
tz_find(struct tz_set *z, const char *name)
{
	struct tz *zone = NULL;
	GBytes *bytes;
	gpointer found;
	gsize len;

	if (g_hash_table_lookup_extended(z->by_name, name, NULL, &found))
		return found;
	if (g_hash_table_size(z->by_name) >= ZONES_MAX || !tz_name_ok(name))
		return NULL;
	bytes = z->load(name, z->arg);
	if (bytes != NULL) {
		const void *data = g_bytes_get_data(bytes, &len);

		zone = tz_read(data, len);
		g_bytes_unref(bytes);
	}
	g_hash_table_insert(z->by_name, g_strdup(name), zone);
	return zone;
}
