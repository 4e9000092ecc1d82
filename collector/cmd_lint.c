/*
 * goodcause lint: a draft's text held against the record.  Asks no network,
 * reads no clock, writes nothing but its answer.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "collector/case.h"
#include "collector/cmd.h"
#include "collector/files.h"
#include "collector/seal.h"
#include "reports/lint.h"

#define FILE_MOST	(64u << 20)

struct asked {
	char		*file[PAPERS];	/* NULL: not given */
	struct when	 when;
};

/* Standard input to its end, a pipe or a file. */
static GBytes *
input_get(GError **e)
{
	GByteArray *all = g_byte_array_new();
	uint8_t buf[65536];
	ssize_t n;

	while ((n = read(STDIN_FILENO, buf, sizeof(buf))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n > 0 && all->len + (size_t)n <= FILE_MOST) {
			g_byte_array_append(all, buf, (guint)n);
			continue;
		}
		g_set_error(e, G_FILE_ERROR, G_FILE_ERROR_FAILED,
		    "standard input: %s", n < 0 ? g_strerror(errno) :
		    "more than 64 MiB");
		g_byte_array_unref(all);
		return NULL;
	}
	return g_byte_array_free_to_bytes(all);
}

static gboolean
is_input(const char *path)
{
	return strcmp(path, "-") == 0 || strcmp(path, "/dev/stdin") == 0;
}

static int
paper_read(const char *path, struct motion **m)
{
	g_autoptr(GError) e = NULL;
	g_autoptr(GBytes) bytes = NULL;

	if (is_input(path)) {
		bytes = input_get(&e);
		path = "standard input";
	} else {
		bytes = file_get(path, FILE_MOST, &e);
	}
	if (bytes == NULL)
		return cmd_fail(EXIT_CANNOT, NULL, "lint: %s", e != NULL ?
		    e->message : "cannot be read");
	if (g_bytes_get_size(bytes) == 0)
		return cmd_fail(EXIT_CANNOT, "A text, Markdown or HTML file is "
		    "wanted.", "lint: %s: empty", path);
	if (g_str_has_prefix(g_bytes_get_data(bytes, NULL), "%PDF") ||
	    g_str_has_prefix(g_bytes_get_data(bytes, NULL), "PK\003\004"))
		return cmd_fail(EXIT_CANNOT, "Save it as text, Markdown or "
		    "HTML.", "lint: %s: not a text", path);
	*m = motion_read(path, bytes);
	return 0;
}

/* The record, and the bytes of those runs that a paper cites. */
static struct record *
record_of(const struct kase *k, const struct when *w,
    struct motion *const papers[PAPERS], GError **e)
{
	struct record *rec = case_record_of(k, w->known, TRUE, e);

	for (guint i = 0; rec != NULL && i < rec->runs->len; i++)
		if (lint_wants_run(rec, (const struct motion *const *)papers,
		    i) && case_run_whole(k, rec, i, e) != 0) {
			record_free(rec);
			return NULL;
		}
	if (rec != NULL)
		when_put(w, rec);
	return rec;
}

static struct record *
load(const struct globals *g, const struct when *w,
    struct motion *const papers[PAPERS], int *status)
{
	g_autoptr(GError) e = NULL;
	struct record *rec = NULL;
	struct kase k;

	*status = cmd_case(g, &k);
	if (*status != 0)
		return NULL;
	rec = record_of(&k, w, papers, &e);
	case_clear(&k);
	if (rec == NULL)
		*status = cmd_error(e);
	return rec;
}

static int
hold(const struct globals *g, const struct record *rec,
    struct motion *const papers[PAPERS])
{
	g_autoptr(GString) out = g_string_new(NULL);
	const struct lint_view v = { .version = goodcause_version,
	    .colour = cmd_colour(g, STDOUT_FILENO) };
	struct lint l;
	int status;

	lint_run(&l, rec, (const struct motion *const *)papers);
	if (g->json)
		lint_json(&l, &v, out);
	else
		lint_text(&l, &v, out);
	fwrite(out->str, 1, out->len, stdout);
	status = l.problems->len > 0 ? EXIT_SHORT : EXIT_DONE;
	lint_clear(&l);
	return status;
}

static int
run_lint(const struct globals *g, const struct asked *a)
{
	struct motion *papers[PAPERS] = { NULL };
	struct record *rec = NULL;
	int status = 0;

	for (int p = 0; p < PAPERS && status == 0; p++)
		if (a->file[p] != NULL)
			status = paper_read(a->file[p], &papers[p]);
	if (status == 0)
		rec = load(g, &a->when, papers, &status);
	if (rec != NULL) {
		status = hold(g, rec, papers);
		record_free(rec);
	}
	for (int p = 0; p < PAPERS; p++)
		motion_free(papers[p]);
	return status;
}

static int
inputs(const struct asked *a)
{
	int n = 0;

	for (int p = 0; p < PAPERS; p++)
		n += a->file[p] != NULL && is_input(a->file[p]);
	return n;
}

int
cmd_lint(const struct globals *globals, int argc, char **argv)
{
	struct globals g = *globals;
	struct asked a = { .when = { NULL } };
	const GOptionEntry entries[] = {
		{ "declaration", 0, 0, G_OPTION_ARG_FILENAME,
		    &a.file[PAPER_DECLARATION], "the declaration beside it",
		    "FILE" },
		{ "proposed-order", 0, 0, G_OPTION_ARG_FILENAME,
		    &a.file[PAPER_ORDER], "the proposed order", "FILE" },
		WHEN_OPTIONS(&a.when),
		{ .long_name = NULL },
	};
	int status, over = cmd_options(&g, "lint MOTION",
	    "Holds the text of a draft against the record: quotations and the "
	    "exhibits they\ncite, exhibits absent or never discussed, factors "
	    "without an argument, entities\nthat differ between papers, words "
	    "of belief, quantities without a number. MOTION\nis text, Markdown "
	    "or HTML; one of the papers may be \"-\", standard input.\n"
	    "Status 1 where a problem was found.", entries, &argc, &argv);

	if (over != 0)
		status = over - 1;
	else if (argc != 2)
		status = cmd_fail(EXIT_USAGE_, "As in: goodcause lint motion.md "
		    "--declaration decl.md", "lint: wants one MOTION");
	else if ((status = when_check(&a.when, "lint")) == 0) {
		a.file[PAPER_MOTION] = g_strdup(argv[1]);
		status = inputs(&a) > 1 ? cmd_fail(EXIT_USAGE_, NULL,
		    "lint: \"-\" can be one of the papers only") :
		    run_lint(&g, &a);
	}
	for (int p = 0; p < PAPERS; p++)
		g_free(a.file[p]);
	when_clear(&a.when);
	return status;
}
