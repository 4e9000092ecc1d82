#include <string.h>

#include "collector/case_ini.h"
#include "collector/import_date.h"
#include "collector/import_rows.h"
#include "collector/line.h"
#include "collector/mail.h"
#include "collector/tables.h"
#include "probes/target.h"
#include "probes/url.h"
#include "reports/motion.h"
#include "tests/unit/fixture.h"
#include "tests/unit/hostile.h"

static void
feed_exchange(enum probe_kind kind, const char *bytes, gsize len)
{
	struct exchange *x = fixture_parse(kind, bytes, len, NULL);
	g_autoptr(GString) out = g_string_new(NULL);

	if (x == NULL)
		return;
	fixture_read(x, out);
	exchange_free(x);
}

#define READER(kind, KIND)						\
static void								\
feed_##kind(const char *bytes, gsize len)				\
{									\
	feed_exchange(PROBE_##KIND, bytes, len);			\
}
READER(local, LOCAL)
READER(dns, DNS)
READER(rdap, RDAP)
READER(whois, WHOIS)
READER(tls, TLS)
READER(http, HTTP)
READER(geo, GEO)
READER(reach, REACH)
#undef READER

static void
feed_target(const char *bytes, gsize len)
{
	g_autofree char *text = g_strndup(bytes, len), *why = NULL;
	struct target t;

	if (target_parse(text, &t, &why) == 0)
		target_clear(&t);
}

/* What was read and written again is read as the same. */
static void
feed_url(const char *bytes, gsize len)
{
	g_autofree char *text = g_strndup(bytes, len), *one = NULL;
	g_autofree char *two = NULL;
	struct url u;

	if (url_split(text, &u) != 0)
		return;
	one = url_text(&u);
	url_clear(&u);
	g_assert_cmpint(url_split(one, &u), ==, 0);
	two = url_text(&u);
	url_clear(&u);
	g_assert_cmpstr(one, ==, two);
}

static void
feed_csv(const char *bytes, gsize len)
{
	csv_free(csv_read("table.csv", bytes, len));
}

static void
feed_ini(const char *bytes, gsize len)
{
	g_autoptr(GError) error = NULL;
	struct kase k;

	case_ini_defaults(&k);
	case_ini_read("case.ini", bytes, len, &k, &error);
	case_clear(&k);
}

static void
feed_log(const char *bytes, gsize len)
{
	json_t *line = json_loadb(bytes, len, 0, NULL);
	struct exchange *x = line != NULL ? line_read(line) : NULL;

	if (x != NULL)
		exchange_free(x);
	json_decref(line);
}

/* A line that is a fact gives the same line again. */
static void
feed_fact(const char *bytes, gsize len)
{
	struct fact *f = fact_read(bytes, len), *again;
	g_autoptr(GString) one = g_string_new(NULL);
	g_autoptr(GString) two = g_string_new(NULL);

	if (f == NULL)
		return;
	fact_write(f, one);
	again = fact_read(one->str, one->len - 1);
	g_assert_nonnull(again);
	fact_write(again, two);
	g_assert_cmpstr(one->str, ==, two->str);
	fact_free(f);
	fact_free(again);
}

/* What is quoted lies in the file, and all of it is text. */
static void
feed_mail(const char *bytes, gsize len)
{
	g_autoptr(GBytes) b = g_bytes_new(bytes, len);
	struct mail *m = mail_read(b, MAIL_FROM_PROVIDER);

	g_assert_true(g_utf8_validate(m->text, -1, NULL));
	g_assert_true(g_utf8_validate(m->subject, -1, NULL));
	for (guint i = 0; i < m->words->len; i++) {
		const struct reply_words *w = g_ptr_array_index(m->words, i);

		g_assert_cmpuint(w->offset + w->len, <=, len);
		g_assert_nonnull(strstr(m->text, w->text));
	}
	g_strfreev(mail_dkim_names(m));
	mail_free(m);
}

static void
feed_draft(const char *bytes, gsize len, const char *name)
{
	g_autoptr(GBytes) b = g_bytes_new(bytes, len);
	struct motion *m = motion_read(name, b);

	g_assert_true(g_utf8_validate(motion_text(m), -1, NULL));
	for (guint i = 0; i < m->cites->len; i++)
		g_assert_cmpuint(motion_place(m, motion_cite(m, i)->at).offset,
		    <, len);
	motion_free(m);
}

/* ---- tables that people bring */

struct fed {
	const char	*at;
	gsize		 left;
};

static size_t
fed_pull(void *arg, void *to, size_t max)
{
	struct fed *f = arg;
	size_t n = MIN(MIN(max, f->left), 61u);

	memcpy(to, f->at, n);
	f->at += n;
	f->left -= n;
	return n;
}

/* All text is UTF-8, and no row is lost or made up. */
static void
feed_rows(enum import_kind kind, const char *bytes, gsize len)
{
	struct import *im = import_new(kind);
	struct text_survey *s = g_new(struct text_survey, 1);
	struct fed f = { bytes, len };
	const struct csv_source source = { fed_pull, &f };
	struct import_tally t;

	g_free(im->at);
	im->at = g_strdup("2026-11-25T12:00:00Z");
	text_survey_begin(s);
	text_survey_add(s, bytes, len);
	text_survey_end(s);
	import_rows(im, s, &source, NULL, &t);
	g_assert_cmpuint(im->rows->len, ==, t.rows);
	g_assert_cmpuint(im->counted, <=, t.rows);
	for (guint i = 0; i < im->problems->len; i++)
		g_assert_true(g_utf8_validate(im->problems->pdata[i], -1,
		    NULL));
	for (guint i = 0; kind == IMPORT_ACTIVITY && i < im->rows->len; i++)
		g_assert_true(g_utf8_validate(g_array_index(im->rows,
		    struct activity, i).is->doe, -1, NULL));
	import_free(im);
	g_free(s);
}

static void
feed_table(const char *bytes, gsize len)
{
	feed_rows(IMPORT_ACTIVITY, bytes, len);
	feed_rows(IMPORT_HISTORY, bytes, len);
}

static void
feed_numbers(const char *bytes, gsize len)
{
	feed_rows(IMPORT_NUMBERS, bytes, len);
}

/* The first line is a time, the second a zone. */
static void
feed_date(const char *bytes, gsize len)
{
	g_autofree char *text = g_strndup(bytes, len);
	char *zone = strchr(text, '\n');
	int64_t time, first, last;
	uint32_t f;

	if (zone != NULL)
		*zone++ = '\0';
	f = date_read(text, zone != NULL ? zone : "", NULL, &time);
	g_assert_true((time == TIME_UNKNOWN) ==
	    ((f & ~(uint32_t)ROW_DATE_ONLY) != 0));
	period_read(text, &first, &last);
}

static void
feed_zone(const char *bytes, gsize len)
{
	struct tz *z = tz_read(bytes, len);
	int64_t out[2];

	if (z == NULL)
		return;
	for (int64_t t = -5000000000; t < 9000000000; t += 97654321)
		tz_utc(z, t, out);
	tz_free(z);
}

static void
feed_motion(const char *bytes, gsize len)
{
	feed_draft(bytes, len, "draft.txt");
	feed_draft(bytes, len, "draft.md");
	feed_draft(bytes, len, "draft.html");
}

const struct hostile hostiles[] = {
	{ "local",	"local",	".in",		feed_local },
	{ "dns",	"dns",		".in",		feed_dns },
	{ "rdap",	"rdap",		".in",		feed_rdap },
	{ "whois",	"whois",	".in",		feed_whois },
	{ "tls",	"fuzz/tls",	"",		feed_tls },
	{ "http",	"http",		".in",		feed_http },
	{ "geo",	"geo",		".in",		feed_geo },
	{ "reach",	"reach",	".in",		feed_reach },
	{ "target",	"fuzz/target",	"",		feed_target },
	{ "url",	"fuzz/url",	"",		feed_url },
	{ "csv",	"case/csv",	".csv",		feed_csv },
	{ "ini",	"case/ini",	".ini",		feed_ini },
	{ "log",	"fuzz/log",	"",		feed_log },
	{ "fact",	"fuzz/fact",	"",		feed_fact },
	{ "mail",	"mail",		".eml",		feed_mail },
	{ "motion",	"motion",	"",		feed_motion },
	{ "table",	"import",	".activity",	feed_table },
	{ "numbers",	"import",	".numbers",	feed_numbers },
	{ "date",	"fuzz/date",	"",		feed_date },
	{ "zone",	"fuzz/zone",	"",		feed_zone },
};
const gsize hostiles_count = G_N_ELEMENTS(hostiles);

const struct hostile *
hostile_named(const char *name)
{
	for (gsize i = 0; i < hostiles_count; i++)
		if (strcmp(hostiles[i].name, name) == 0)
			return &hostiles[i];
	return NULL;
}
