#ifndef PROBES_HTML_WALK_H
#define PROBES_HTML_WALK_H

/*
 * What the pass over a page's tree carries along; shared by html_parse.c,
 * html_form.c, html_host.c and html_link.c only.
 */

#include <gumbo.h>

#include "probes/html_parse.h"
#include "probes/html_short.h"
#include "probes/page_text.h"

#define WALK_NOWHERE	((size_t)-1)	/* not in the page's bytes */
#define WALK_URL	2048		/* bytes of a URL in a fact */

struct form;

struct walk {
	const struct html_source *src;
	struct html_short *page;	/* what the tree is of */
	GStringChunk	*values;	/* of attributes, where they were cut */
	struct html_head *head;
	struct page_text *text;
	const struct rule_index *rules;
	struct page_facts *facts;
	char		*base;		/* relative URLs are read by it */
	gboolean	 base_seen;
	char		*own_host;	/* of the page's address */
	char		*html_lang, *meta_lang;
	GPtrArray	*hreflang;
	unsigned	 hidden;	/* elements open whose text is not read */
	size_t		 last_pos;	/* of the last tag in the bytes */
	GArray		*ranges;	/* struct page_range of page_ids.h */
	struct form	*form;		/* the open one, or NULL */
	GArray		*anchors;	/* struct anchor of html_link.c */
	gssize		 anchor;	/* the open one, -1 none */
	size_t		 link_end;	/* length of text after the last one */
	GHashTable	*hosts;		/* of html_host.c */
	GPtrArray	*host_order;
};

void	 walk_init(struct walk *, const struct html_source *,
	    struct html_short *, struct html_head *);
void	 walk_clear(struct walk *);
/* The decoded value of an attribute, NULL where it is not there. */
const char *walk_attr(const GumboNode *, const char *name);
/* Where p, a pointer of gumbo's, stands in the page; WALK_NOWHERE. */
size_t	 walk_pos(const struct walk *, const char *p);
/* Where the value of an attribute stands, or else its tag. */
size_t	 walk_attr_pos(const struct walk *, const GumboNode *,
	    const char *name);
/* Absolute, or NULL where it is not http or https; caller frees. */
char	*walk_resolve(const struct walk *, const char *ref);

#endif
