#ifndef REPORTS_RECORD_H
#define REPORTS_RECORD_H

/*
 * The record: everything that an assessment or a renderer may look at.
 *
 * It is the one argument of every predicate and of every renderer.  The
 * collector fills it from sealed runs and from the case's tables (and is the
 * only one to read files); what is here is borrowed and constant.  A renderer
 * or predicate has no clock: as_of comes from here.
 *
 * Order matters and is fixed: runs by number, exchanges by log line, facts by
 * id, rows of tables as in their files.
 */

#include "probes/exchange.h"
#include "probes/fact.h"
#include "reports/import.h"
#include "reports/share.h"

/* One line of log.jsonl of type exchange, limit, skipped, ... as kept. */
struct log_row {
	uint64_t	 n;
	char		*type;		/* "exchange", "limit", "skipped", "also", "resume", "close", ... */
	char		*target;	/* "" where shared */
	/* of an exchange: */
	enum probe_kind	 kind;
	enum xstatus	 status;
	char		*name, *qtype, *host, *server, *note;	/* of the question */
	unsigned	 port;
	gboolean	 borrows;	/* its texts are somebody else's (reports/share.h) */
	uint64_t	 cause;
	char		*rule;
	char		*start, *end;
	int64_t		 took_ns;
	char		*local, *remote, *exit;
	char		*detail;
	char		*sent_sha256, *received_sha256;	/* "" where none */
	uint64_t	 sent_size, received_size;
	/* of the others: what happened, in words of ours */
	char		*text;
	json_t		*json;		/* the whole line; NULL in a run of a case that is not shown */
};

/* One row of exhibits.jsonl. */
struct exhibit {
	char		*id;		/* "D-1" */
	char		*title;		/* "DNS answers for popcorn-time.ch" */
	char		*target;	/* "" where shared */
	GArray		*records;	/* uint64_t n, in order */
	gboolean	 borrows;	/* its texts are somebody else's (reports/share.h) */
};

/* A time-stamp token as checked when the record was put together. */
struct token_view {
	char		*which;		/* "open" | "seal" */
	char		*authority;	/* "timestamp.digicert.com" */
	char		*time;		/* RFC 3339; "" where there is no valid token */
	char		*serial, *accuracy, *policy;
	char		*problem;	/* "" where it is good */
	char		*trust;		/* "root given from outside" | "root of this folder only" | "" */
};

/* A file of the run and its hashes, for the exhibit's hash list. */
struct file_hash {
	char		*path, *sha256;
	uint64_t	 size;
};

/* Questions, and those without an answer. */
struct run_counts { uint64_t asked, failed; };

struct run {
	unsigned	 number;	/* 1 for 000001; 0 for a stand-alone folder */
	char		*name;		/* "000001" */
	char		*id;		/* 64 hex digits */
	char		*title;		/* the case title of the run's own bag-info.txt */
	char		*head;		/* SHA-256 of head.txt */
	char		*key;		/* SHA-256 of the public key, "" unsigned */
	char		*program;	/* "goodcause 0.1.0" */
	char		*program_sha256;
	char		*started, *ended;	/* by our clock */
	char		*clock;		/* clock status in words */
	char		*vantage;	/* as the collector states it, or "" */
	char		*user_agent, *exit;
	gboolean	 complete;
	char		*incomplete_why;
	GPtrArray	*targets;	/* char *: names collected, in order */
	GPtrArray	*log;		/* struct log_row * */
	GPtrArray	*facts;		/* struct fact * */
	GPtrArray	*exhibits;	/* struct exhibit * */
	GPtrArray	*tokens;	/* struct token_view * */
	GPtrArray	*files;		/* struct file_hash * */
	json_t		*settings;	/* settings.json: limits, libraries, databases, inputs */
	/*
	 * Of a record of many runs, those that a later run replaces are lean: facts
	 * of kinds that an assessment reads (assessed.h) and what these rest on,
	 * rows that may matter to one, no settings; counted is of all rows.
	 */
	gboolean	 lean;
	struct run_counts counted;
	gboolean	 told;		/* the runs before and after say the same: no facts */
	struct fact	*block;		/* in which the facts of a settled run lie (settle.h) */
	struct placed	*placed;	/* and what it has in place of exhibits */
	GArray		*pages;		/* told.h: while runs are held against each other, or NULL */
	GStringChunk	*texts;		/* that are this run's alone, or NULL */
	/* Byte-exact pieces that a report may quote: see record_quote(). */
	GHashTable	*received;	/* uint64_t * n (g_int64_hash) -> GBytes *: WHOIS, RDAP and pages of at most 256 KiB */
};

/* Rows of tables; line is that of the file, cited as parties.csv:3. */
struct party { char *label, *kind, *from, *to, *note; unsigned line; };
struct entity { char *name, *country, *sought_for, *letter, *note; unsigned line; };
/* goodcause note: a line of the ledger, in the examiner's words. */
struct case_note { uint64_t n; char *at, *who, *text; };
struct statement { char *id, *text, *source, *date; enum fact_type type; unsigned line; };

struct record {
	/* case.ini; "" where not entered */
	char		*title, *court, *number, *forum;	/* forum "US-HI" */
	char		*motion_filed, *service_date;
	int		 stale_after;		/* days */
	char		*collector_name, *collector_org, *collector_role;
	char		*letterhead, *worksheet_heading;
	char		*page_size;		/* "Letter" | "A4" */
	gboolean	 standalone;		/* no case: network roles only */
	char		*as_of;			/* YYYY-MM-DD */
	char		*known_at;		/* RFC 3339 or "" */
	GPtrArray	*runs;			/* struct run * */
	struct share	*share;			/* what facts and rows of the runs borrow, or NULL */
	GPtrArray	*parties, *entities, *statements;
	GPtrArray	*notes;			/* struct case_note *, by line */
	GPtrArray	*own;			/* char *: addresses or CIDRs of plaintiff's side */
	GPtrArray	*own_domains;		/* char *: sites of plaintiff's side */
	GPtrArray	*own_ids;		/* char *: identifiers of plaintiff's side */
	GPtrArray	*imports;		/* struct import *, by number */
	GPtrArray	*withdrawn;		/* the same, without rows: they count for nothing */
	GPtrArray	*table_hashes;		/* struct file_hash *: case.ini and tables as used */
};

/* Sets each of n strings to an empty one of its own. */
void		 texts_empty(char **const *, size_t n);
struct record	*record_new(void);		/* all strings "", all arrays empty */
void		 record_free(struct record *);
void		 file_hash_free(void *);
struct run	*run_new(void);
/* What a run keeps its rows and facts in; they free them. */
GPtrArray	*log_rows_new(void);
GPtrArray	*run_facts_new(void);
void		 run_free(struct run *);
struct log_row	*log_row_new(void);
void		 log_row_free(struct log_row *);
/* Reads one line of log.jsonl; NULL where it is not one. */
struct log_row	*log_row_read(const char *line, size_t len);
struct exhibit	*exhibit_read(const char *line, size_t len);
void		 exhibit_free(struct exhibit *);

/* Looking things up.  Bounded by what is there; all results borrowed. */
const struct run	*record_last_run(const struct record *);	/* NULL if none */
const struct log_row	*run_row(const struct run *, uint64_t n);
struct run_counts	 run_counts(const struct run *);
void		 counts_add(struct run_counts *, gboolean answered);
/* The exhibit in which record n stands, e.g. "D-1"; "" where in none. */
const char		*run_exhibit_of(const struct run *, uint64_t n);
/* Calls fn for each fact of the kind (subject NULL: any), in order. */
typedef void fact_fn(const struct run *, const struct fact *, void *);
void	 run_each(const struct run *, enum fact_kind, const char *subject,
	    fact_fn *, void *);
/* First such fact, or NULL. */
const struct fact	*run_first(const struct run *, enum fact_kind,
			    const char *subject);

#endif
