#ifndef COLLECTOR_CASE_H
#define COLLECTOR_CASE_H

/*
 * A case on disk: case.ini, tables, runs/, ledger.jsonl, reports/ (formats.md's
 * layout, specified in FORMAT.md).
 */

#include "probes/limits.h"
#include "reports/record.h"

struct kase {			/* "case" is a word of C */
	char		*dir;		/* as given: "." */
	char		*title, *court, *number, *forum, *motion_filed, *service_date;
	int		 stale_after;
	char		*name, *organisation, *role, *signing_key;
	char		**authorities;	/* URLs */
	char		*roots;		/* PEM file, or NULL */
	int64_t		 wait_ms;
	char		*vantage, *proxy, *proxy_password_file, *user_agent;
	char		**dns_servers;
	gboolean	 follow_hosts;
	struct limits	 limits;
	char		*report_title, *letterhead, *page_size, *worksheet_heading;
	GPtrArray	*targets;	/* char *: lines of targets.txt */
};

/* Outside a case (no case.ini in dir): defaults, dir NULL, and 0. */
int		 case_load(const char *dir, struct kase *, GError **);
void		 case_clear(struct kase *);
/* The exit status for a GError of the case's domain: 64 usage, 2 otherwise. */
int		 case_make(const char *dir, const char *forum, const char *title, GError **);
/* Takes the case's lock without waiting: fd, or -1 (another one: 75). */
int		 case_lock(const char *dir);
unsigned	 case_next_run(const char *dir);	/* 1 for an empty case */
unsigned	 case_last_run(const char *dir);	/* sealed; 0 none */
int		 ledger_append(const char *dir, const char *event, json_t *members, GError **);
char		*ledger_tip(const char *dir);		/* SHA-256 of the last line, "" */
/* Tables and all sealed runs; stores the tables' bytes by hash first. */
struct record	*case_record(const struct kase *, GError **);
/* A record of one stand-alone run folder. */
struct record	*standalone_record(const char *rundir, GError **);

#endif
