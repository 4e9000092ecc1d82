#ifndef PROBES_LIST_TEXT_H
#define PROBES_LIST_TEXT_H

/*
 * The text of one list (lists.h): its head, its lines, finding one.  Pure, and
 * safe on any bytes.
 */

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

#define LIST_HEAD	10		/* keys of a head that are kept */
#define LIST_LINE	512		/* a longer line is none */

enum list_of { LIST_IP, LIST_AS, LIST_NS, LIST_REVERSE, LIST_OFS };

/* What a line or a question is about. */
struct list_key {
	gboolean	 v6;		/* LIST_IP: and bits 32 or 128 of a question */
	unsigned	 bits;
	uint8_t		 ip[16];
	uint32_t	 as;
	const char	*name;		/* LIST_NS, LIST_REVERSE: not ended by NUL */
	size_t		 len;
};

struct list_line {
	struct list_key	 key;
	const char	*at;		/* the key as written, */
	size_t		 key_len;
	const char	*who;		/* and what follows it */
	size_t		 who_len;
};

/* -1 where there is none of that name. */
int		list_of_parse(const char *);
/* The value of "# key: value" in the head, "" where there is none; caller frees. */
char		*list_head(const char *text, size_t len, const char *key);
/* Where the lines begin. */
size_t		 list_body(const char *text, size_t len);
/* 0, or -1 where the line is none of a list. */
int		 list_line(enum list_of, const char *line, size_t len,
		    struct list_line *);
/* A question: an address, AS number or name as text.  0, or -1. */
int		 list_key(enum list_of, const char *text, struct list_key *);
/* The line that holds the key in a sorted body: TRUE, and *line. */
gboolean	 list_find(enum list_of, const char *body, size_t len,
		    const struct list_key *, struct list_line *line);
/* The same lines sorted, without doubles, prefixes within others and what is
 * no line; bad: how many of those.  Caller frees. */
GString		*list_sorted(enum list_of, const char *body, size_t len,
		    unsigned *bad);

#endif
