#ifndef PROBES_LOOP_PRIV_H
#define PROBES_LOOP_PRIV_H

/*
 * What the files of the loop share: loop.c (the line, the turn), loop_curl.c
 * (the handles of libcurl).
 */

#include "probes/ask.h"
#include "probes/pace.h"

struct watched {
	int		 fd;
	short		 events;
	struct job	*job;
};

struct loop {
	struct net	 net;
	loop_done_fn	*done;
	void		*arg;
	CURLM		*multi;
	GQueue		 first, line;	/* struct job *: not begun */
	GPtrArray	*jobs;		/* struct job *: begun */
	struct pace	*pace;
	struct stock	*stock;
	int64_t		 next;		/* when one of the line may begin */
	GArray		*watched;	/* struct watched */
	GPtrArray	*spare;		/* CURL *: reset, to be used again */
	GPtrArray	*kept[PROBE_KINDS];	/* the askers' own */
	size_t		 network;	/* jobs that hold sockets */
	size_t		 channels;	/* of those, with one of c-ares */
	gboolean	 held;
};

#endif
