#ifndef COLLECTOR_CMD_H
#define COLLECTOR_CMD_H

/*
 * Subcommands: one cmd_*.c each, one row each in the table of main.c.
 */

#include <glib.h>
#include <jansson.h>

enum {
	EXIT_DONE = 0,		/* done */
	EXIT_SHORT = 1,		/* done, but something is missing or does not verify */
	EXIT_CANNOT = 2,	/* could not be done */
	EXIT_CHANGED = 10,	/* a re-check found changes */
	EXIT_USAGE_ = 64,	/* wrong input */
	EXIT_BUSY = 75,		/* another one is at work here */
};

struct globals {
	const char	*dir;		/* -C, "." */
	gboolean	 json, quiet, no_color;
	int		 verbose;
};

struct command {
	const char	*name, *synopsis, *says;
	int		(*run)(const struct globals *, int argc, char **argv);	/* argv[0]: the command */
};

extern const struct command commands[];

int	cmd_init(const struct globals *, int, char **);
int	cmd_collect(const struct globals *, int, char **);
int	cmd_import(const struct globals *, int, char **);
int	cmd_recheck(const struct globals *, int, char **);
int	cmd_diff(const struct globals *, int, char **);
int	cmd_assess(const struct globals *, int, char **);
int	cmd_report(const struct globals *, int, char **);
int	cmd_verify(const struct globals *, int, char **);
int	cmd_show(const struct globals *, int, char **);
int	cmd_note(const struct globals *, int, char **);
int	cmd_log(const struct globals *, int, char **);
int	cmd_explain(const struct globals *, int, char **);
int	cmd_lint(const struct globals *, int, char **);
int	cmd_geoip(const struct globals *, int, char **);
int	cmd_doctor(const struct globals *, int, char **);

/*
 * Parses options of a subcommand: entries in addition to the common ones (-C,
 * --json, -q, -v, --no-color, --help), which may stand before or after its
 * name; leaves positional arguments in argv.  0, or an exit status + 1 where
 * the command is over (help printed, wrong option).
 */
int	cmd_options(struct globals *, const char *synopsis, const char *summary,
	    const GOptionEntry *, int *argc, char ***argv);
/* "goodcause: THING: what happened" and, indented, what to do (may be NULL). */
int	cmd_fail(int status, const char *remedy, const char *fmt, ...) G_GNUC_PRINTF(3, 4);
int	cmd_error(const GError *);	/* prints it; 64 or 2 (case_status) */
/* Prints it, indented, and frees it: the answer of a command under --json. */
void	cmd_json(json_t *);
/* The case of -C, to be cleared; where there is none, or none that can be read,
 * an exit status, and the message is printed. */
struct kase;
int	cmd_case(const struct globals *, struct kase *);
/*
 * The record of another day: --as-of says which rows of the tables are valid,
 * --known-at what had been recorded.  WHEN_OPTIONS(&w) are the two entries;
 * when_check() is 0 or an exit status; when_put() tells the record.
 */
struct when {
	char		*as_of, *known_at;	/* NULL: not given */
	int64_t		 known;		/* microseconds; INT64_MAX: no bound */
};
#define WHEN_OPTIONS(w) \
	{ "as-of", 0, 0, G_OPTION_ARG_STRING, &(w)->as_of, \
	    "rows of the tables valid that day", "DATE" }, \
	{ "known-at", 0, 0, G_OPTION_ARG_STRING, &(w)->known_at, \
	    "only what was recorded by then", "TIME" }
struct record;
int	when_check(struct when *, const char *command);
void	when_put(const struct when *, struct record *);
void	when_clear(struct when *);
gboolean cmd_colour(const struct globals *, int fd);
int	cmd_columns(int fd);	/* 0: not a terminal */

#endif
