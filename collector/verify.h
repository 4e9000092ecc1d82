#ifndef COLLECTOR_VERIFY_H
#define COLLECTOR_VERIFY_H

/*
 * Checking a run folder, sealed or not, with nothing trusted in it.
 *
 * Keys and roots that lie in a run are copies: with them alone the best verdict
 * is "consistent".  "Verified" needs the key's fingerprint and the authorities'
 * roots from elsewhere, a signature, and tokens at both ends.
 *
 * Memory is bounded by the number of files and of exchanges, and by one record.
 * Strings of a report may be foreign (names of files, URLs): print them through
 * text_term() or text_json().
 */

#include <glib.h>
#include <jansson.h>
#include <stdint.h>

struct verify_options {
	const char	*key;		/* 64 hex digits; NULL: none given */
	const char	*roots_pem;	/* text; NULL: none given */
	gboolean	 no_facts;	/* do not read the bytes again */
};

enum verdict {
	VERDICT_BAD,		/* something does not match */
	VERDICT_CONSISTENT,	/* matches itself; key or roots not from outside */
	VERDICT_VERIFIED,
};

enum verify_part {
	PART_FILES, PART_LOG, PART_RECORDS, PART_SIGNATURE, PART_OPENING,
	PART_CLOSING, PART_FACTS, PARTS,
};

struct verify_finding {
	enum verify_part part;
	gboolean	 bad;
	char		*text;		/* "data/evidence.warc.gz differs" */
	uint64_t	 record;	/* line of the log, 0 where none */
};

struct verify_report {
	char		*path;
	gboolean	 unfinished;	/* a .part: nothing seals it */
	gboolean	 unsigned_;	/* made without a key */
	gboolean	 key_outside, roots_outside;
	gboolean	 opened, closed;	/* a good token at that end */
	gboolean	 opened_outside, closed_outside;	/* under roots given */
	char		*summary[PARTS];	/* one line each, in words */
	GPtrArray	*findings;	/* struct verify_finding *, bounded; in order */
	unsigned	 bad;		/* findings that are bad, also those past the bound */
	unsigned	 bad_of[PARTS];
	GHashTable	*bad_files;	/* set of char * */
	GArray		*bad_records;	/* uint64_t */
	GPtrArray	*exhibits;	/* char *: rest on a bad record */
	char		*not_before, *not_after;	/* RFC 3339, "" */
	char		*head;		/* SHA-256 of head.txt, "" */
	char		*previous_head;	/* "" */
	char		*ledger_tip;	/* "" */
	char		*imports_tip;	/* "" */
	char		*key;		/* fingerprint of collector.pub, "" */
	char		*title;
	enum verdict	 verdict;
};

struct verify_report *verify_run(const char *dir, const struct verify_options *);
void		 verify_report_free(struct verify_report *);
const char	*verify_part_name(enum verify_part);
const char	*verdict_name(enum verdict);	/* "does not verify", ... */
json_t		*verify_report_json(const struct verify_report *);

/* A case: the chains of its ledger and its imports, the bytes of each import,
 * the order of its runs, each run. */
struct verify_case {
	GPtrArray	*runs;		/* struct verify_report * */
	GPtrArray	*faults;	/* char *: of all but the runs themselves */
	uint64_t	 ledger_lines, imports;
};
struct verify_case *verify_case(const char *dir, const struct verify_options *);
void		 verify_case_free(struct verify_case *);

#endif
