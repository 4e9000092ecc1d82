#ifndef COLLECTOR_CASE_H
#define COLLECTOR_CASE_H

/*
 * A case on disk: case.ini, tables, runs/, ledger.jsonl, reports/ (formats.md's
 * layout, specified in FORMAT.md).
 */

#include "probes/limits.h"
#include "reports/record.h"

struct kase {			/* "case" is a word of C */
	char		*dir;		/* as given: "."; NULL outside a case */
	char		*title, *court, *number, *forum, *motion_filed, *service_date;
	int		 stale_after;
	char		**own_domains, **own_ids;	/* of plaintiff's side; never NULL */
	char		*name, *organisation, *role;
	char		*signing_key;	/* PEM file, or NULL: the user's own */
	char		**authorities;	/* URLs; empty: untimed; never NULL */
	char		*roots;		/* PEM file, or NULL */
	int64_t		 wait_ms;
	char		*vantage;
	char		*proxy, *proxy_password_file;	/* NULL where none */
	char		*user_agent;	/* never "" */
	char		**dns_servers;	/* "IP" or "IP#PORT"; empty: from the root */
	char		**second_opinion;	/* of resolvers.tsv; empty: none */
	char		**client_subnets;	/* "US-HI:203.0.113.0/24" */
	gboolean	 own_address;	/* asked of names that echo it */
	gboolean	 follow_hosts;
	struct limits	 limits;
	char		*report_title, *letterhead, *page_size, *worksheet_heading;
	GPtrArray	*targets;	/* char *: lines of targets.txt */
};
/*
 * Texts are "" where case.ini does not give them.  Files are NULL there, and
 * else a path that can be opened from the current folder: a relative one in
 * case.ini is meant from the case's folder.
 */

/*
 * Errors of this domain: the first line of the message names the file, the
 * line and the fault, further lines what to do; cmd_fail(case_status(e), NULL,
 * "%s", e->message) prints both.
 */
#define CASE_ERROR	(case_error_quark())
GQuark		 case_error_quark(void);
enum { CASE_ERROR_USAGE, CASE_ERROR_IO };
/* The exit status for an error: 64 where somebody typed it wrong, else 2. */
int		 case_status(const GError *);

/* Outside a case (no case.ini in dir): defaults, dir NULL, and 0. */
int		 case_load(const char *dir, struct kase *, GError **);
void		 case_clear(struct kase *);
/* Makes the folder and all that is in it but the signing key. */
int		 case_make(const char *dir, const char *forum, const char *title, GError **);
/*
 * Takes the case's lock without waiting, and holds it until the descriptor is
 * closed.  -1 where another one is at work (end with EXIT_BUSY), -2 where there
 * can be no lock (EXIT_CANNOT); both have printed their message.
 */
int		 case_lock(const char *dir);
unsigned	 case_next_run(const char *dir);	/* 1 for an empty case */
unsigned	 case_last_run(const char *dir);	/* sealed; 0 none */
/* DIR/runs/000001, for a number, or for "1" or "000001"; a folder as it is. */
char		*case_run_dir(const char *dir, unsigned number);
char		*case_run_named(const char *dir, const char *run);
/* Numbers in runs/, in order: sealed ones, or unfinished ones (.part). */
GArray		*case_run_numbers(const char *dir, gboolean unfinished);	/* unsigned */
/*
 * Appends a line {"n","at","event","prev", members...}, durably, under a lock
 * of its own; steals members, which may be NULL.  What a killed writer left of
 * a line is moved to ledger.torn and told in a line of its own.
 */
int		 ledger_append(const char *dir, const char *event, json_t *members, GError **);
char		*ledger_tip(const char *dir);		/* SHA-256 of the last line, "" */
/* Tables and all sealed runs; stores the tables' bytes by hash first. */
struct record	*case_record(const struct kase *, GError **);
/* The same of what was recorded by then, in microseconds: runs, imports, and
 * the versions of case.ini and of the tables. */
struct record	*case_record_known(const struct kase *, int64_t, GError **);
/* The same; each: no run is left to what its neighbours say (run->told). */
struct record	*case_record_of(const struct kase *, int64_t known, gboolean each,
		    GError **);
/* Sets as_of to the day of the newest run or import. */
void		 record_date(struct record *);
/* Run i of rec->runs is read again with all that a report of it shows; the
 * others have facts and rows only (run_load_lean). */
int		 case_run_whole(const struct kase *, struct record *, guint i, GError **);
/* A record of one stand-alone run folder. */
struct record	*standalone_record(const char *rundir, GError **);

#endif
