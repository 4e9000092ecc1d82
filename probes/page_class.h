#ifndef PROBES_PAGE_CLASS_H
#define PROBES_PAGE_CLASS_H

/*
 * Whether an answer is a page of the site at all: page.class facts, by the
 * dated rules of page_class.def.  Pure.
 *
 * A challenge, a block, a parking page, an offer of the name, a closed account,
 * a server's default page: the words are not the site's, so nothing else of
 * what stands in them becomes a fact.  A log-in wall, an age gate and an empty
 * shell are the site's own, and are said beside their other facts.  A soft 404
 * is seen by comparing two answers: probes/join_pages.c.
 *
 * Rules that look at text look at short pages only (CLASS_TEXT): a long article
 * may well speak of domains that are for sale.
 */

#include "probes/http_message.h"
#include "probes/fact.h"

#define CLASS_TEXT	3000		/* bytes of visible text */
#define CLASS_BODY	(64u << 10)
#define CLASS_EMPTY	200		/* bytes of text: next to none */

enum page_class {
	C_CHALLENGE, C_GEO_BLOCK, C_PARKING, C_FOR_SALE, C_SUSPENDED, C_DEFAULT,
	C_AGE_GATE, C_LOG_IN, C_SCRIPT, PAGE_CLASSES,
};

/* What the rules look at. */
struct class_look {
	const char			*url;
	const struct http_message	*m;
	const char			*title;		/* "" where none */
	const char			*text;		/* visible, NUL-terminated */
	size_t				 text_len;
	const char			*body;		/* decoded */
	size_t				 body_len;
	const GPtrArray			*hosts;		/* char *, or NULL */
	/* Where a byte of text, of body stands in the block; either may be
	 * NULL, and give -1: nowhere. */
	gssize	(*text_place)(const void *, size_t);
	gssize	(*body_place)(const void *, size_t);
	const void			*arg;
};

/* Appends facts; FALSE where what the page holds is not the site's. */
gboolean	 page_class(const struct class_look *, GString *out);

#endif
