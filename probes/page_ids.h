#ifndef PROBES_PAGE_IDS_H
#define PROBES_PAGE_IDS_H

/*
 * Identifiers in the bytes of a page: page.id and page.torrent facts, by the
 * rows of page_ids.def.
 *
 * Each has "where": what a reader sees ("text"), what stands in a "tag", a
 * "script", a "style" or a "comment" (which is sent, and does nothing).  The
 * offset is that of the value's first byte.  Samples and reserved words are left
 * out.  Values are at most ID_VALUE bytes.
 */

#include "probes/page_facts.h"

#define ID_VALUE	200

/* Stretches of the page that are neither tags nor text, in order of pos. */
struct page_range {
	size_t		 pos, end;
	const char	*where;		/* "script" */
};

struct id_source {
	const char	*html;
	size_t		 len;
	const GArray	*ranges;	/* struct page_range */
	gboolean	 file;		/* a script of its own, not a page */
	struct page_facts *facts;
};

void	page_ids_scan(const struct id_source *);
/* "text", "tag", or a range's word. */
const char *page_where(const struct id_source *, size_t pos);
/* One identifier; of: whose it is; check: how a wallet was tested, or NULL. */
void	page_id_add(struct page_facts *, const char *class, const char *signal,
	    const char *of, const char *value, size_t len, size_t pos,
	    const char *where, const char *check);
/* The same for a <meta>, where a row knows its name. */
void	page_id_meta(struct page_facts *, const char *name,
	    const char *content, size_t pos);

#endif
