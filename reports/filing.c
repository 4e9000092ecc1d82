/* Exhibits by their dates, beside the day of the filing. */

#include "reports/filing.h"

#include <string.h>

#define DAY	10	/* "2019-06-23" */

struct own_date {
	char		 day[DAY + 1];	/* "": it has none */
	const char	*is;		/* "is a message of" */
};

static gboolean
is_after(const char *day, const struct record *rec)
{
	return strncmp(day, rec->motion_filed, DAY) > 0;
}

static void
day_set(struct own_date *d, const char *day, const char *is)
{
	if (strlen(day) >= DAY)
		g_strlcpy(d->day, day, sizeof(d->day));
	d->is = is;
}

/* The newest advertisement: a file of them is as late as its last row. */
static void
ads_date(struct own_date *d, const struct import *im)
{
	int64_t newest = TIME_UNKNOWN;
	g_autoptr(GDateTime) t = NULL;
	g_autofree char *day = NULL;

	for (guint i = 0; i < im->rows->len; i++) {
		const struct ad *a = &g_array_index(im->rows, struct ad, i);

		if (a->time != TIME_UNKNOWN && (newest == TIME_UNKNOWN ||
		    a->time > newest))
			newest = a->time;
	}
	if (newest == TIME_UNKNOWN)
		return;
	t = g_date_time_new_from_unix_utc(newest / G_USEC_PER_SEC);
	day = t != NULL ? g_date_time_format(t, "%Y-%m-%d") : g_strdup("");
	day_set(d, day, "has an advertisement that was seen on");
}

static struct own_date
own_date(const struct import *im)
{
	struct own_date d = { "", "" };

	if (im->mail != NULL)
		day_set(&d, im->mail->date, "is a message of");
	else if (im->kind == IMPORT_ADS)
		ads_date(&d, im);
	return d;
}

/* Every motion that the record has came into it after the filing. */
static gboolean
made_later(const struct record *rec)
{
	gboolean any = FALSE;

	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *im = g_ptr_array_index(rec->imports, i);

		if (im->kind != IMPORT_MOTION)
			continue;
		if (!is_after(im->at, rec))
			return FALSE;
		any = TRUE;
	}
	return any;
}

/* "M-1 (Exhibit A)": by both names. */
static char *
called(const struct import *im)
{
	return *im->label != '\0' ? g_strdup_printf("%s (%s)", im->exhibit,
	    im->label) : g_strdup(im->exhibit);
}

enum late
import_late(const struct record *rec, const struct import *im, char **says)
{
	struct own_date d = own_date(im);
	g_autofree char *name = called(im);

	if (*d.day != '\0' && is_after(d.day, rec)) {
		*says = g_strdup_printf("Exhibit %s %s %s, after the motion "
		    "was filed on %s; it came into the record on %.10s",
		    name, d.is, d.day, rec->motion_filed, im->at);
		return LATE_YES;
	}
	if (!is_after(im->at, rec))
		return LATE_NO;
	*says = g_strdup_printf("Exhibit %s came into the record on %.10s, "
	    "after the motion was filed on %s; it %s%s%s", name, im->at,
	    rec->motion_filed, *d.day != '\0' ? d.is : "has no date of its own",
	    *d.day != '\0' ? " " : "", d.day);
	return *d.day != '\0' && made_later(rec) ? LATE_UNKNOWN : LATE_YES;
}

enum late
run_late(const struct record *rec, const struct run *run, char **says)
{
	if (!is_after(run->started, rec))
		return LATE_NO;
	*says = g_strdup_printf("run %s began on %.10s, after the motion was "
	    "filed on %s", run->name, run->started, rec->motion_filed);
	return LATE_YES;
}
