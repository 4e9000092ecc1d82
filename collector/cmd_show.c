/*
 * goodcause show: one exchange, all that the run keeps of it.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collector/case.h"
#include "collector/chain.h"
#include "collector/cmd.h"
#include "collector/load.h"
#include "collector/seal.h"
#include "collector/show.h"
#include "probes/text.h"

/* A label and foreign words on one line. */
static void G_GNUC_PRINTF(3, 4)
say(GString *out, const char *label, const char *fmt, ...)
{
	g_autofree char *words = NULL;
	va_list ap;

	va_start(ap, fmt);
	words = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	g_string_append_printf(out, "%-10s", label);
	text_term(out, words, -1);
	g_string_append_c(out, '\n');
}

static void
say_why(GString *out, const struct run *run, const struct log_row *row)
{
	g_autoptr(GArray) chain = causes_of(run, row);
	const char *label = "why";

	for (guint i = 0; i < chain->len; i++) {
		uint64_t n = g_array_index(chain, uint64_t, i);
		const struct log_row *cause = run_row(run, n);
		g_autofree char *what = cause != NULL ? asked_what(cause) :
		    g_strdup("not in the log");

		say(out, label, "%s, record %llu: %s", row->rule,
		    (unsigned long long)n, what);
		label = "";
		if (cause == NULL)
			return;
		row = cause;
	}
	say(out, label, "%s%sthe operator", row->rule,
	    *row->rule != '\0' ? ", " : "");
}

static void
say_body(GString *out, const char *label, const char *sha256, uint64_t size)
{
	if (*sha256 == '\0')
		say(out, label, "nothing");
	else
		say(out, label, "%llu bytes, sha256 %s",
		    (unsigned long long)size, sha256);
}

static void
say_facts(GString *out, const struct run *run, uint64_t n)
{
	const char *label = "facts";

	for (guint i = 0; i < run->facts->len; i++) {
		const struct fact *f = run->facts->pdata[i];
		char *value;

		if (f->type != OBSERVED || fact_source(f) != n)
			continue;
		value = json_dumps(f->value, JSON_COMPACT);
		say(out, label, "F-%06llu %s %s %s", (unsigned long long)f->id,
		    fact_info(f->kind)->name, f->subject, value);
		free(value);
		label = "";
	}
}

static void
say_meta(GString *out, const struct exchange *x)
{
	for (guint i = 0; x->meta != NULL && i < x->meta->len; i++) {
		const struct meta *m = x->meta->pdata[i];

		say(out, i == 0 ? "noted" : "", "%s %s", m->key, m->value);
	}
}

static void
say_asked(GString *out, const struct run *run, const struct log_row *row)
{
	g_autofree char *what = asked_what(row), *server = asked_of(row);
	const char *exhibit = run_exhibit_of(run, row->n);

	say(out, "record", "%llu of run %s%s%s", (unsigned long long)row->n,
	    run->name, *exhibit ? ", exhibit " : "", exhibit);
	say(out, "target", "%s", *row->target ? row->target : "shared");
	say(out, "asked", "%s %s", probe_kind_name(row->kind), what);
	if (*server != '\0')
		say(out, "of", "%s port %u%s%s", server, row->port,
		    *row->note ? ", " : "", row->note);
	say_why(out, run, row);
	say(out, "when", "%s to %s, %lld.%06lld ms", row->start, row->end,
	    (long long)(row->took_ns / 1000000),
	    (long long)(row->took_ns % 1000000));
	if (*row->remote != '\0')
		say(out, "between", "%s and %s, %s", row->local, row->remote,
		    row->exit);
	say(out, "came back", "%s%s%s", xstatus_name(row->status),
	    *row->detail ? ", " : "", row->detail);
	say_body(out, "sent", row->sent_sha256, row->sent_size);
	say_body(out, "received", row->received_sha256, row->received_size);
}

static void
show_text(const struct run *run, const struct log_row *row,
    const struct exchange *x)
{
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GString) body = g_string_new(NULL);

	say_asked(out, run, row);
	say_meta(out, x);
	say_facts(out, run, row->n);
	show_decoded(x, 's', body);
	if (body->len > 0)
		g_string_append_printf(out, "\nsent\n%s", body->str);
	g_string_truncate(body, 0);
	show_decoded(x, 'r', body);
	if (body->len > 0)
		g_string_append_printf(out, "\nreceived\n%s", body->str);
	fputs(out->str, stdout);
}

static json_t *
facts_json(const struct run *run, uint64_t n)
{
	json_t *a = json_array();

	for (guint i = 0; i < run->facts->len; i++) {
		const struct fact *f = run->facts->pdata[i];

		if (f->type == OBSERVED && fact_source(f) == n)
			json_array_append_new(a, json_pack("{s:o, s:s, s:s, "
			    "s:O}", "fact", json_sprintf("F-%06llu",
			    (unsigned long long)f->id), "kind",
			    fact_info(f->kind)->name, "subject", f->subject,
			    "value", f->value));
	}
	return a;
}

static void
show_json(const struct run *run, const struct log_row *row,
    const struct exchange *x)
{
	g_autoptr(GString) sent = g_string_new(NULL);
	g_autoptr(GString) received = g_string_new(NULL);

	show_decoded(x, 's', sent);
	show_decoded(x, 'r', received);
	cmd_json(json_pack("{s:s, s:s, s:s, s:s, s:O, s:o, s:o, s:s, s:s}",
	    "goodcause", goodcause_version, "schema", "show/1",
	    "run", run->name, "exhibit", run_exhibit_of(run, row->n),
	    "line", row->json, "chain", causes_json(run, row),
	    "facts", facts_json(run, row->n),
	    "sent_text", sent->str, "received_text", received->str));
}

/* Bytes of a server's choosing may set a terminal's state: not there. */
static int
show_raw(const char *dir, const struct log_row *row, gboolean sent)
{
	g_autoptr(GError) e = NULL;
	g_autoptr(GBytes) bytes = NULL;
	gsize len;
	const void *data;

	if (isatty(STDOUT_FILENO) == 1)
		return cmd_fail(EXIT_USAGE_, "Send them to a file or a pipe.",
		    "--raw: these bytes may not go to a terminal");
	bytes = run_bytes(dir, row, sent ? 's' : 'r', &e);
	if (bytes == NULL)
		return cmd_error(e);
	data = g_bytes_get_data(bytes, &len);
	if (len > 0)
		fwrite(data, 1, len, stdout);
	return EXIT_DONE;
}

/* A line of another type: what it says, and the line itself. */
static int
show_event(const struct globals *g, const struct run *run,
    const struct log_row *row)
{
	g_autoptr(GString) out = g_string_new(NULL);
	char *text;

	if (g->json) {
		cmd_json(json_incref(row->json));
		return EXIT_DONE;
	}
	text = json_dumps(row->json, JSON_COMPACT);
	say(out, "record", "%llu of run %s: %s", (unsigned long long)row->n,
	    run->name, row->type);
	say(out, "says", "%s", row->text);
	say(out, "line", "%s", text);
	fputs(out->str, stdout);
	free(text);
	return EXIT_DONE;
}

static int
show_row(const struct globals *g, const char *dir, const struct run *run,
    const struct log_row *row)
{
	g_autoptr(GError) e = NULL;
	struct exchange *x = run_exchange(dir, row, &e);

	if (x == NULL)
		return cmd_fail(EXIT_CANNOT, "\"goodcause verify\" says what "
		    "else differs.", "record %llu: %s",
		    (unsigned long long)row->n, e->message);
	if (g->json)
		show_json(run, row, x);
	else
		show_text(run, row, x);
	exchange_free(x);
	return EXIT_DONE;
}

static int
show(const struct globals *g, const char *name, const char *number,
    gboolean raw, gboolean sent)
{
	g_autofree char *dir = case_run_named(g->dir, name);
	g_autoptr(GError) e = NULL;
	const struct log_row *row;
	struct run *run;
	guint64 n;
	int status;

	if (!g_ascii_string_to_unsigned(number, 10, 1, G_MAXINT64, &n, NULL))
		return cmd_fail(EXIT_USAGE_, "Records are numbered from 1: "
		    "goodcause log RUN", "%s: not a record's number", number);
	run = run_load_plain(dir, &e);
	if (run == NULL)
		return cmd_fail(EXIT_CANNOT, "A run is its number in the case, "
		    "or a folder.", "%s", e->message);
	row = run_row(run, n);
	if (row == NULL)
		status = cmd_fail(EXIT_USAGE_, "goodcause log RUN lists them.",
		    "%s: no record %s in this run", run->name, number);
	else if (strcmp(row->type, "exchange") != 0)
		status = show_event(g, run, row);
	else if (raw)
		status = show_raw(dir, row, sent);
	else
		status = show_row(g, dir, run, row);
	run_free(run);
	return status;
}

int
cmd_show(const struct globals *globals, int argc, char **argv)
{
	struct globals g = *globals;
	gboolean raw = FALSE, sent = FALSE;
	const GOptionEntry entries[] = {
		{ "raw", 0, 0, G_OPTION_ARG_NONE, &raw,
		    "the bytes received, and nothing else", NULL },
		{ "sent", 0, 0, G_OPTION_ARG_NONE, &sent,
		    "with --raw: the bytes sent", NULL },
		{ .long_name = NULL },
	};
	int over = cmd_options(&g, "show RUN N [--raw [--sent]]",
	    "Record N of a run: what was asked, of whom, why (back to the "
	    "operator), what\ncame back, its hashes, and the facts drawn from "
	    "it. RUN is a number in the\ncase, or a folder.", entries, &argc,
	    &argv);

	if (over != 0)
		return over - 1;
	if (argc != 3)
		return cmd_fail(EXIT_USAGE_, "As in: goodcause show 1 17",
		    "show: wants a run and a record");
	return show(&g, argv[1], argv[2], raw || sent, sent);
}
