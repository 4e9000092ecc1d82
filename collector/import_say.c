#include "collector/import_say.h"

#include <string.h>

#include "probes/text.h"
#include "reports/mapped.h"

#define SAID_MAX	12u		/* problems of a file that are printed */

static const struct {
	enum row_fault	 fault;
	const char	*word, *remedy;
} faults[] = {
	{ ROW_TIME_NONE, "time-none",
	    "rows without a time serve as addresses, never as dates" },
	{ ROW_TIME_NO_ZONE, "time-no-zone", "say in the column \"zone\" by "
	    "which clock: +09:00, UTC or Pacific/Honolulu" },
	{ ROW_TIME_AMBIGUOUS, "time-ambiguous",
	    "write it as 2026-04-03, and times with an offset: "
	    "2026-04-03T12:30:00-10:00" },
	{ ROW_TIME_BAD, "time-bad", "write it as 2026-04-03T12:30:00-10:00" },
	{ ROW_TIME_FUTURE, "time-future",
	    "look at the year, and at the clock that wrote it" },
	{ ROW_DATE_ONLY, "date-only", NULL },
	{ ROW_IP_NONE, "ip-none", NULL },
	{ ROW_IP_BAD, "ip-bad", "an address is 192.0.2.7 or 2001:db8::7, with "
	    "no name and no blanks in it" },
	{ ROW_IP_RANGE, "ip-range", "a range is nobody's address; one row for "
	    "each address that was seen" },
	{ ROW_IP_SPECIAL, "ip-special", "addresses of private networks say "
	    "nothing outside them; is there a log of the far side?" },
	{ ROW_DUPLICATE, "duplicate", NULL },
	{ ROW_MALFORMED, "malformed", "mend the line in a copy and import the "
	    "copy: both stay in the case" },
	{ ROW_PORT_BAD, "port-bad", "a port is 1 to 65535" },
	{ ROW_VALUE_BAD, "value-bad", "write 50000 or 50,000, and a band as "
	    "50,000+ or 10,000-50,000" },
	{ ROW_PLACE_BAD, "place-bad", "write US-HI, US, another code of "
	    "ISO 3166, or WORLD" },
	{ ROW_PERIOD_BAD, "period-bad", "give period_start and period_end as "
	    "2026-04-01 and 2026-04-30, or a month as 2026-04" },
};

const char *
row_fault_word(enum row_fault fault)
{
	for (size_t i = 0; i < G_N_ELEMENTS(faults); i++)
		if (faults[i].fault == fault)
			return faults[i].word;
	return "";
}

const char *
row_fault_remedy(enum row_fault fault)
{
	for (size_t i = 0; i < G_N_ELEMENTS(faults); i++)
		if (faults[i].fault == fault)
			return faults[i].remedy;
	return NULL;
}

/* ---- for people */

static void
line(GString *out, const char *text)
{
	g_string_append(out, "          ");
	text_term(out, text, -1);
	g_string_append_c(out, '\n');
}

static void
say_remedies(const struct import_tally *t, GString *out)
{
	for (unsigned bit = 0; bit < ROW_FAULTS; bit++) {
		const char *remedy = row_fault_remedy(
		    (enum row_fault)(1u << bit));
		g_autofree char *text = NULL;

		if (t->fault[bit].count == 0 || remedy == NULL)
			continue;
		text = g_strdup_printf("to do: %s", remedy);
		line(out, text);
	}
}

static void
say_mail(const struct mail *m, GString *out)
{
	g_autofree char *head = g_strdup_printf("from %s, %s: %s", m->from,
	    *m->date != '\0' ? m->date : "undated", m->subject);

	line(out, head);
	for (guint i = 0; i < m->words->len; i++) {
		const struct reply_words *w = m->words->pdata[i];
		g_autofree char *flat = folded(w->text, strlen(w->text));
		g_autofree char *text = g_strdup_printf("%s: \xe2\x80\x9c%s"
		    "\xe2\x80\x9d", reply_class_name(w->klass), flat);

		line(out, text);
	}
	for (guint i = 0; i < MIN(m->problems->len, SAID_MAX); i++)
		line(out, m->problems->pdata[i]);
}

void
import_say(const struct stored *s, const struct import_tally *t, GString *out)
{
	const struct import *im = s->im;
	g_autofree char *counts = NULL;

	g_string_append_printf(out, "%-8s  ", im->id);
	text_term(out, im->file, -1);
	g_string_append_printf(out, ": %s, %" G_GUINT64_FORMAT " bytes, "
	    "exhibit %s\n", import_kind_name(im->kind), im->size,
	    im->exhibit);
	if (import_is_table(im->kind)) {
		counts = g_strdup_printf("%u row%s, %u of them counted",
		    t->rows, t->rows == 1 ? "" : "s", im->counted);
		line(out, counts);
	}
	if (im->mail != NULL)
		say_mail(im->mail, out);
	for (guint i = 0; i < im->columns->len; i++) {
		const char *one = im->examples->pdata[i];
		g_autofree char *flat = folded(one, strlen(one));
		g_autofree char *text = g_strdup_printf("column \"%s\" is kept "
		    "in the file, and read by nothing; %s%s%s",
		    (const char *)im->columns->pdata[i], *one != '\0' ?
		    "its first value is \xe2\x80\x9c" : "it is empty", flat,
		    *one != '\0' ? "\xe2\x80\x9d" : "");

		line(out, text);
	}
	for (guint i = 0; i < MIN(im->problems->len, SAID_MAX); i++)
		line(out, im->problems->pdata[i]);
	if (im->problems->len > SAID_MAX) {
		g_autofree char *more = g_strdup_printf("%u more of them: "
		    "--json", im->problems->len - SAID_MAX);

		line(out, more);
	}
	say_remedies(t, out);
}

/* ---- for programs */

static json_t *
texts_json(const GPtrArray *texts)
{
	json_t *list = json_array();

	for (guint i = 0; i < texts->len; i++)
		json_array_append_new(list, text_json(texts->pdata[i],
		    strlen(texts->pdata[i])));
	return list;
}

static json_t *
faults_json(const struct import_tally *t)
{
	json_t *list = json_array();

	for (unsigned bit = 0; bit < ROW_FAULTS; bit++) {
		enum row_fault f = (enum row_fault)(1u << bit);

		if (t->fault[bit].count > 0)
			json_array_append_new(list, json_pack(
			    "{s:s, s:s, s:I, s:I, s:I}", "fault",
			    row_fault_word(f), "says", row_fault_says(f),
			    "rows", (json_int_t)t->fault[bit].count, "line",
			    (json_int_t)t->fault[bit].line, "column",
			    (json_int_t)t->fault[bit].column));
	}
	return list;
}

json_t *
import_json(const struct stored *s, const struct import_tally *t)
{
	const struct import *im = s->im;

	json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:I, s:s, s:I, s:I, s:o, "
	    "s:o, s:o, s:o}", "import", im->id, "exhibit", im->exhibit, "kind",
	    import_kind_name(im->kind), "sha256", im->sha256, "size",
	    (json_int_t)im->size, "at", im->at, "rows", (json_int_t)t->rows,
	    "counted", (json_int_t)im->counted, "faults", faults_json(t),
	    "columns", texts_json(im->columns), "examples",
	    texts_json(im->examples), "problems",
	    texts_json(im->problems));

	if (im->mail != NULL)
		json_object_set_new(o, "mail_problems",
		    texts_json(im->mail->problems));
	return o;
}
