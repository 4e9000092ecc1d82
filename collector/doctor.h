#ifndef COLLECTOR_DOCTOR_H
#define COLLECTOR_DOCTOR_H

/*
 * What "doctor" looks at: one function a thing, each says one line or more.
 * A note is something that a run would do without, and say so; a fault is
 * something without which there can be no run.
 */

#include "collector/case.h"
#include "collector/cmd.h"

enum doctor_state { DOCTOR_OK, DOCTOR_NOTE, DOCTOR_FAULT };

struct doctor {
	const struct globals *g;
	const struct kase *k;		/* defaults outside a case */
	json_t		*lines;		/* array; with --json */
	unsigned	 notes, faults;
};

void	doctor_say(struct doctor *, const char *name, enum doctor_state,
	    const char *fmt, ...) G_GNUC_PRINTF(4, 5);
/* The root hints in use: *where "this machine's", or "the program's". */
char	*doctor_hints(const char **where);

typedef void doctor_fn(struct doctor *);

/* doctor_here.c */
doctor_fn doctor_clock, doctor_root, doctor_bootstrap, doctor_trust,
    doctor_suffixes, doctor_places, doctor_dated, doctor_signing, doctor_pdf,
    doctor_case;
/* doctor_net.c: these ask the network */
doctor_fn doctor_servers, doctor_stamping;

#endif
