/*
 * goodcause verify: runs, and cases with all their runs.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collector/cmd.h"
#include "collector/files.h"
#include "collector/key.h"
#include "collector/seal.h"
#include "collector/verify.h"
#include "probes/text.h"

#define ROOTS_MAX	(4u << 20)
#define SHOWN		12u		/* findings shown of one part, unless -v */

static char *opt_key, *opt_roots;
static gboolean opt_strict, opt_no_facts;

static const GOptionEntry entries[] = {
	{ "key", 0, 0, G_OPTION_ARG_STRING, &opt_key,
	    "the collector's key, from elsewhere: fingerprint or PEM file", "KEY" },
	{ "roots", 0, 0, G_OPTION_ARG_FILENAME, &opt_roots,
	    "roots of the time-stamp authorities, from elsewhere: PEM file",
	    "FILE" },
	{ "strict", 0, 0, G_OPTION_ARG_NONE, &opt_strict,
	    "what is only consistent ends with status 1", NULL },
	{ "no-facts", 0, 0, G_OPTION_ARG_NONE, &opt_no_facts,
	    "do not read the facts out of the bytes again", NULL },
	{ NULL, 0, 0, 0, NULL, NULL, NULL },
};

struct screen {
	const struct globals *g;
	gboolean	 colour;
};

/* --- options ------------------------------------------------------------------- */

/* A fingerprint from 64 hex digits, or from a file with a public key. */
static int
read_key(const char *arg, char out[65])
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) pem = NULL;
	struct key *key;

	if (strlen(arg) == 64 &&
	    strspn(arg, "0123456789abcdefABCDEF") == 64) {
		g_strlcpy(out, arg, 65);
		return 0;
	}
	pem = file_get(arg, 65536, &error);
	if (pem == NULL)
		return cmd_fail(EXIT_USAGE_, "Give 64 hex digits, or a PEM file.",
		    "%s", error->message);
	key = key_load_public(g_bytes_get_data(pem, NULL), g_bytes_get_size(pem),
	    &error);
	if (key == NULL)
		return cmd_fail(EXIT_USAGE_, NULL, "%s: %s", arg, error->message);
	key_fingerprint(key, out);
	key_free(key);
	return 0;
}

static int
read_roots(char **out)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) pem = NULL;

	*out = NULL;
	if (opt_roots == NULL)
		return 0;
	pem = file_get(opt_roots, ROOTS_MAX, &error);
	if (pem == NULL)
		return cmd_fail(EXIT_USAGE_, NULL, "%s", error->message);
	*out = g_strndup(g_bytes_get_size(pem) == 0 ? "" :
	    g_bytes_get_data(pem, NULL), g_bytes_get_size(pem));
	if (strstr(*out, "-----BEGIN CERTIFICATE-----") != NULL)
		return 0;
	g_clear_pointer(out, g_free);
	return cmd_fail(EXIT_USAGE_, NULL, "%s: no certificate in PEM in it",
	    opt_roots);
}

/* --- as text -------------------------------------------------------------------- */

static void
put(const char *text)
{
	g_autoptr(GString) out = g_string_new(NULL);

	text_term(out, text, -1);
	fputs(out->str, stdout);
}

static void
put_marked(const struct screen *s, const char *mark, const char *text)
{
	printf("%s", s->colour ? mark : "");
	put(text);
	printf("%s", s->colour ? "\033[0m" : "");
}

static void
put_part(const struct screen *s, const struct verify_report *r,
    enum verify_part part)
{
	unsigned shown = 0;

	printf("  %-9s  ", verify_part_name(part));
	put(r->summary[part]);
	putchar('\n');
	for (guint i = 0; i < r->findings->len; i++) {
		const struct verify_finding *f =
		    g_ptr_array_index(r->findings, i);

		if (f->part != part || (shown >= SHOWN && s->g->verbose == 0))
			continue;
		shown++;
		fputs("             ", stdout);
		put_marked(s, f->bad ? "\033[31m" : "\033[2m", f->text);
		putchar('\n');
	}
}

static const char *
several(size_t n)
{
	return n == 1 ? "" : "s";
}

static void
put_bad(const struct screen *s, const struct verify_report *r)
{
	guint files = g_hash_table_size(r->bad_files);
	guint records = r->bad_records->len;

	put_marked(s, "\033[1;31m", "does not verify");
	printf(": %u fault%s; %u file%s, %u record%s.", r->bad, several(r->bad),
	    files, several(files), records, several(records));
	if (r->exhibits->len > 0)
		fputs(" Exhibits that rest on it:", stdout);
	for (guint i = 0; i < r->exhibits->len; i++) {
		fputs(i == 0 ? " " : ", ", stdout);
		put(g_ptr_array_index(r->exhibits, i));
	}
	putchar('\n');
}

/* A missing end of the interval widens it; say so in the verdict's own line. */
static const char *
between(const struct verify_report *r)
{
	if (r->opened && r->closed)
		return "collected between the two times above";
	if (r->opened)
		return "collected after the time above; no closing token";
	if (r->closed)
		return "collected before the time above; no opening token";
	return "untimed";
}

static void
put_verdict(const struct screen *s, const struct verify_report *r)
{
	if (r->bad > 0) {
		put_bad(s, r);
	} else if (r->unfinished) {
		put_marked(s, "\033[1;33m", "not sealed");
		puts(": what is there is consistent, and nothing holds it fast.");
	} else if (r->verdict == VERDICT_CONSISTENT) {
		put_marked(s, "\033[1m", verdict_name(r->verdict));
		printf("\n%s.\n", r->unsigned_ ? "Unsigned; give --roots from "
		    "elsewhere" : "Give --key and --roots from elsewhere");
	} else {
		put_marked(s, "\033[1;32m", verdict_name(r->verdict));
		printf(": unchanged since sealing, %s\n", between(r));
	}
	if (r->bad == 0 && !r->unfinished)
		puts("What this shows: the stored bytes are unchanged. Not who "
		    "published the pages.");
}

static void
put_report(const struct screen *s, const struct verify_report *r)
{
	put(r->path);
	putchar('\n');
	for (int i = 0; i < PARTS; i++)
		put_part(s, r, (enum verify_part)i);
	put_verdict(s, r);
}

static void
put_case(const struct screen *s, const char *dir, const struct verify_case *c)
{
	for (guint i = 0; i < c->runs->len; i++)
		put_report(s, g_ptr_array_index(c->runs, i));
	put(dir);
	printf("\n  ledger     %" G_GUINT64_FORMAT " lines, %s\n", c->ledger_lines,
	    c->faults->len == 0 ? "chain unbroken, every run in it and in order" :
	    "NOT as it should be");
	if (c->imports > 0)
		printf("  imports    %" G_GUINT64_FORMAT " files\n",
		    c->imports);
	for (guint i = 0; i < c->faults->len; i++) {
		fputs("             ", stdout);
		put_marked(s, "\033[31m", g_ptr_array_index(c->faults, i));
		putchar('\n');
	}
}

/* --- one path -------------------------------------------------------------------- */

static int
status_of(const struct verify_report *r)
{
	if (r->verdict == VERDICT_BAD)
		return EXIT_SHORT;
	return opt_strict && r->verdict != VERDICT_VERIFIED ? EXIT_SHORT :
	    EXIT_DONE;
}

static gboolean
has(const char *dir, const char *name)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);

	return g_file_test(path, G_FILE_TEST_EXISTS);
}

static int
do_case(const struct screen *s, const char *dir,
    const struct verify_options *options, json_t *out)
{
	struct verify_case *c = verify_case(dir, options);
	json_t *faults = json_array(), *runs = json_array();
	int status = c->faults->len > 0 ? EXIT_SHORT : EXIT_DONE;

	for (guint i = 0; i < c->faults->len; i++) {
		const char *f = g_ptr_array_index(c->faults, i);

		json_array_append_new(faults, text_json(f, strlen(f)));
	}
	for (guint i = 0; i < c->runs->len; i++) {
		int one = status_of(g_ptr_array_index(c->runs, i));

		status = MAX(status, one);
		json_array_append_new(runs, verify_report_json(
		    g_ptr_array_index(c->runs, i)));
	}
	if (!s->g->json && !s->g->quiet)
		put_case(s, dir, c);
	json_array_append_new(out, json_pack("{s:o,s:I,s:I,s:o,s:o}", "case",
	    text_json(dir, strlen(dir)), "ledger_lines",
	    (json_int_t)c->ledger_lines, "imports", (json_int_t)c->imports,
	    "faults", faults, "runs", runs));
	verify_case_free(c);
	return status;
}

static int
do_run(const struct screen *s, const char *dir,
    const struct verify_options *options, json_t *out)
{
	struct verify_report *r = verify_run(dir, options);
	int status = status_of(r);

	if (!s->g->json && !s->g->quiet)
		put_report(s, r);
	json_array_append_new(out, verify_report_json(r));
	verify_report_free(r);
	return status;
}

static int
do_path(const struct screen *s, const char *given,
    const struct verify_options *options, json_t *out)
{
	g_autofree char *dir = g_strdup(given);

	for (size_t n = strlen(dir); n > 1 && dir[n - 1] == '/'; n--)
		dir[n - 1] = '\0';
	/* One killed before its first file is there is unfinished as well. */
	if (has(dir, "open.txt") || has(dir, "bagit.txt") ||
	    (g_str_has_suffix(dir, ".part") && has(dir, ".")))
		return do_run(s, dir, options, out);
	if (has(dir, "case.ini") || has(dir, "runs"))
		return do_case(s, dir, options, out);
	return cmd_fail(EXIT_CANNOT, "Give a run's folder, or a case's.",
	    "%s: neither a run nor a case", dir);
}

int
cmd_verify(const struct globals *given, int argc, char **argv)
{
	struct globals g = *given;
	struct screen s = { .g = &g };
	struct verify_options options = { 0 };
	g_autofree char *roots = NULL;
	char key[65];
	json_t *out;
	int status = cmd_options(&g, "verify PATH...", "Checks runs, or a case with all "
	    "its runs: bytes, chain, signature, tokens, and that the facts come "
	    "out of the bytes again.", entries, &argc, &argv);

	if (status != 0)
		return status - 1;
	if ((opt_key != NULL && (status = read_key(opt_key, key)) != 0) ||
	    (status = read_roots(&roots)) != 0)
		return status;
	options.key = opt_key == NULL ? NULL : key;
	options.roots_pem = roots;
	options.no_facts = opt_no_facts;
	s.colour = cmd_colour(&g, STDOUT_FILENO);
	out = json_array();
	if (argc < 2)
		status = do_path(&s, g.dir, &options, out);
	for (int i = 1; i < argc; i++) {
		g_autofree char *path = g_path_is_absolute(argv[i]) ||
		    strcmp(g.dir, ".") == 0 ? g_strdup(argv[i]) :
		    g_build_filename(g.dir, argv[i], NULL);
		int one = do_path(&s, path, &options, out);

		status = MAX(status, one);
	}
	if (g.json)
		cmd_json(json_pack("{s:s, s:s, s:O}", "goodcause",
		    goodcause_version, "schema", "verify/1", "paths", out));
	json_decref(out);
	return status;
}
