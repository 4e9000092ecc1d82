/*
 * goodcause: one program, a table of commands.
 *
 * What stands here concerns the process: its descriptors, its environment, its
 * first arguments and its last flush.  What a command does is in its own file.
 */

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <curl/curl.h>

#include "collector/cmd.h"
#include "collector/seal.h"

const struct command commands[] = {
	{ .name = "init", .synopsis = "init DIR --forum US-HI [--title TEXT]",
	    .says = "make a case: a folder with its case.ini and tables",
	    .run = cmd_init },
	{ .name = "collect", .synopsis = "collect [TARGET...]",
	    .says = "one run over the targets given, or those of targets.txt",
	    .run = cmd_collect },
	{ .name = "import", .synopsis = "import KIND FILE...",
	    .says = "take files into the case: logs, numbers, mail, documents",
	    .run = cmd_import },
	{ .name = "assess", .synopsis = "assess",
	    .says = "hold the record against the order, element by element",
	    .run = cmd_assess },
	{ .name = "report", .synopsis = "report [--run N] [--target T] [--pdf]",
	    .says = "exhibit and counsel worksheet as HTML and PDF, tables as CSV",
	    .run = cmd_report },
	{ .name = "verify", .synopsis = "verify PATH...",
	    .says = "check runs: bytes, chain, signature, tokens, facts",
	    .run = cmd_verify },
	{ .name = "recheck", .synopsis = "recheck",
	    .says = "for cron: collect again and say what changed",
	    .run = cmd_recheck },
	{ .name = "diff", .synopsis = "diff A B",
	    .says = "what changed between two runs",
	    .run = cmd_diff },
	{ .name = "show", .synopsis = "show RUN N [--raw]",
	    .says = "one exchange: what was asked, of whom, why, what came back",
	    .run = cmd_show },
	{ .name = "log", .synopsis = "log [RUN]",
	    .says = "the runs of a case, or the events of one run",
	    .run = cmd_log },
	{ .name = "note", .synopsis = "note TEXT",
	    .says = "a dated note of what was done outside the program",
	    .run = cmd_note },
	{ .name = "explain", .synopsis = "explain [ELEMENT]",
	    .says = "an element in plain words, and the order's own sentence",
	    .run = cmd_explain },
	{ .name = "lint", .synopsis = "lint MOTION",
	    .says = "hold a draft's text against the record",
	    .run = cmd_lint },
	{ .name = "geoip", .synopsis = "geoip [fetch | compare ADDRESS...]",
	    .says = "the databases of places: list, fetch, compare",
	    .run = cmd_geoip },
	{ .name = "doctor", .synopsis = "doctor",
	    .says = "libraries, data files, clock, reach of servers",
	    .run = cmd_doctor },
	{ .name = NULL },
};

static const struct command *
command_find(const char *name)
{
	for (const struct command *c = commands; c->name != NULL; c++)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

static size_t
least(size_t a, size_t b, size_t c)
{
	size_t m = a < b ? a : b;

	return m < c ? m : c;
}

/* Levenshtein's distance of a to b; both are cut at 31 bytes. */
static size_t
distance(const char *a, const char *b)
{
	size_t row[32];
	size_t la = strnlen(a, 31), lb = strnlen(b, 31);

	for (size_t j = 0; j <= lb; j++)
		row[j] = j;
	for (size_t i = 1; i <= la; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t j = 1; j <= lb; j++) {
			size_t up = row[j];

			row[j] = least(up + 1, row[j - 1] + 1,
			    corner + (a[i - 1] != b[j - 1]));
			corner = up;
		}
	}
	return row[lb];
}

static int
unknown_command(const char *name)
{
	const struct command *best = NULL;
	size_t least_far = 3;
	g_autofree char *remedy = NULL;

	for (const struct command *c = commands; c->name != NULL; c++) {
		size_t far = distance(name, c->name);

		if (far < least_far || (*name != '\0' && best == NULL &&
		    g_str_has_prefix(c->name, name))) {
			least_far = far;
			best = c;
		}
	}
	if (best != NULL)
		remedy = g_strdup_printf("Did you mean \"goodcause %s\"?",
		    best->name);
	return cmd_fail(EXIT_USAGE_, remedy != NULL ? remedy :
	    "goodcause --help lists the commands.",
	    "%s: no such command", name);
}

static void
print_commands(FILE *to)
{
	fputs("usage: goodcause [-C DIR] COMMAND [OPTION...] [ARGUMENT...]\n\n",
	    to);
	for (const struct command *c = commands; c->name != NULL; c++)
		fprintf(to, "  %-9s %s\n", c->name, c->says);
	fputs("\n  -C DIR      work on the case in DIR\n"
	    "  --json      facts as JSON\n"
	    "  -q, -v      less, more\n"
	    "  --no-color  no colour, also on a terminal\n"
	    "  --version   the version\n"
	    "\ngoodcause COMMAND --help says what a command takes.\n", to);
}

/* The options before the command; the others are the command's. */
struct leading {
	char		*dir;
	gboolean	 json, quiet, no_color, help, version;
	gboolean	 verbose;
};

static int
parse_leading(struct leading *l, int *argc, char ***argv)
{
	const GOptionEntry entries[] = {
		{ "directory", 'C', 0, G_OPTION_ARG_FILENAME, &l->dir, "", "" },
		{ "json", 0, 0, G_OPTION_ARG_NONE, &l->json, "", NULL },
		{ "quiet", 'q', 0, G_OPTION_ARG_NONE, &l->quiet, "", NULL },
		{ "verbose", 'v', 0, G_OPTION_ARG_NONE, &l->verbose, "", NULL },
		{ "no-color", 0, 0, G_OPTION_ARG_NONE, &l->no_color, "", NULL },
		{ "help", 'h', 0, G_OPTION_ARG_NONE, &l->help, "", NULL },
		{ "version", 'V', 0, G_OPTION_ARG_NONE, &l->version, "", NULL },
		{ .long_name = NULL },
	};
	g_autoptr(GOptionContext) ctx = g_option_context_new(NULL);
	g_autoptr(GError) e = NULL;

	g_option_context_set_help_enabled(ctx, FALSE);
	g_option_context_set_strict_posix(ctx, TRUE);
	g_option_context_add_main_entries(ctx, entries, NULL);
	if (!g_option_context_parse(ctx, argc, argv, &e))
		return cmd_fail(EXIT_USAGE_,
		    "goodcause --help lists the commands.", "%s", e->message);
	return EXIT_DONE;
}

/* A socket must never be descriptor 0, 1 or 2: what is printed would be sent. */
static void
open_standard(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= 2);
	if (fd >= 0)
		close(fd);
}

/* A proxy that the environment names would silently become part of the
 * evidence: the only one is case.ini's. */
static void
clear_environment(void)
{
	static const char *const names[] = {
		"http_proxy", "https_proxy", "ftp_proxy", "all_proxy",
		"no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY",
		"ALL_PROXY", "NO_PROXY",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		unsetenv(names[i]);
}

/* Whoever closed a pipe has read enough; a full disk is another thing. */
static gboolean
is_pipe(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 &&
	    (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode));
}

static int
run(int argc, char **argv)
{
	struct leading l = { .dir = NULL };
	struct globals g = { .dir = "." };
	const struct command *c;
	int status = parse_leading(&l, &argc, &argv);

	if (status != EXIT_DONE)
		return status;
	if (argc > 1 && strcmp(argv[1], "--") == 0)
		argc--, argv++;
	if (l.version) {
		printf("goodcause %s\n", goodcause_version);
		return EXIT_DONE;
	}
	if (l.help && argc < 2) {
		print_commands(stdout);
		return EXIT_DONE;
	}
	if (argc < 2) {
		print_commands(stderr);
		return EXIT_USAGE_;
	}
	c = command_find(argv[1]);
	if (c == NULL)
		return unknown_command(argv[1]);
	if (l.help) {
		char help[] = "--help";
		char *only[] = { argv[1], help, NULL };

		return c->run(&g, 2, only);
	}
	if (l.dir != NULL)
		g.dir = g_intern_string(l.dir);
	g_free(l.dir);
	g.json = l.json;
	g.quiet = l.quiet;
	g.no_color = l.no_color;
	g.verbose = l.verbose;
	return c->run(&g, argc - 1, argv + 1);
}

int
main(int argc, char **argv)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	int status;

	open_standard();
	sigaction(SIGPIPE, &ignore, NULL);
	sigaction(SIGXFSZ, &ignore, NULL);	/* a limit is a write that fails */
	/* One character set, whatever cron or a terminal says; no language. */
	setlocale(LC_CTYPE, "C.UTF-8");
	clear_environment();
	curl_global_init(CURL_GLOBAL_DEFAULT);
	status = run(argc, argv);
	if ((fflush(stdout) != 0 || ferror(stdout)) && !is_pipe(STDOUT_FILENO))
		status = cmd_fail(EXIT_CANNOT, NULL,
		    "standard output: cannot write: %s", g_strerror(errno));
	curl_global_cleanup();
	return status;
}
