#ifndef COLLECTOR_SEAL_H
#define COLLECTOR_SEAL_H

/*
 * Opening and sealing a run folder.  FORMAT.md is the specification of what
 * lands on disk; the numbers of its steps stand in seal.c.
 *
 *	run_open()	makes PARENT/NAME.part/, bagit.txt, bag-info.txt, open.txt,
 *			the opening tokens, collector.pub; fills in run id
 *	run_seal()	settings, exhibits, manifests, VERIFY.txt, verify.sh, head,
 *			signature, closing tokens; renames .part away
 *
 * A run folder without .part is sealed; a run never overwrites anything.
 */

#include <glib.h>
#include <jansson.h>
#include <stdint.h>

struct run_plan {		/* what the opener is told; all borrowed */
	const char	*parent;	/* "runs" of a case, or the current folder */
	const char	*name;		/* "000001", or "popcorn-time.ch-20261123T180209Z" */
	const char	*title;		/* case title, "" */
	const char	*case_id;	/* "" outside a case */
	const char	*organisation, *collector, *vantage;
	const char	*previous_head;	/* 64 hex digits or "" */
	const char	*ledger_tip, *imports_tip;	/* "" */
	const char	*const *authorities;	/* URLs, NULL-terminated; empty: untimed */
	const char	*roots_pem;	/* further TSA roots, or NULL */
	int64_t		 wait_ms;
	const char	*key_file;	/* private key PEM, or NULL: unsigned */
	json_t		*settings;	/* effective settings and limits: goes to data/settings.json */
};

struct open_run {
	char	*dir;		/* PARENT/NAME.part */
	char	*final;		/* PARENT/NAME */
	char	 id[65];
	char	*opened;	/* genTime of the opening token, or "" untimed */
	char	*opened_by;	/* authority, or "" */
	char	 open_token_sha256[65];	/* "" untimed */
	GPtrArray *problems;	/* char *: authorities that did not answer, in words */
};

struct run_result {
	gboolean	 complete;
	const char	*why;		/* where not complete */
	uint64_t	 exchanges, facts;
	const char	*log_tip;
	const char	*started, *ended;	/* RFC 3339 */
};

struct sealed_run {
	char	*dir;
	char	 head[65];
	char	*closed;	/* genTime of the closing token, or "" */
	GPtrArray *problems;
};

int	 run_open(const struct run_plan *, struct open_run *, GError **);
/* Keeps a small local input whole: data/inputs/NAME; once a run. */
int	 run_input(const struct open_run *, const char *name, GBytes *, GError **);
int	 run_seal(const struct run_plan *, struct open_run *,
	    const struct run_result *, struct sealed_run *, GError **);
void	 open_run_clear(struct open_run *);
void	 sealed_run_clear(struct sealed_run *);
/* Durable file: temp, write, fsync, link (never overwrites), fsync of folder. */
int	 file_put(const char *path, const void *bytes, size_t len, GError **);
/* SHA-256 of the running program, computed once. */
const char *program_sha256(void);
extern const char goodcause_version[];

#endif
