#ifndef PROBES_HTML_PARSE_H
#define PROBES_HTML_PARSE_H

/*
 * From the HTML of one page to page.* facts: languages, forms, prices, links
 * that matter, other hosts, and words that the rules of page_rules.def look
 * for.  Pure; the page is decoded of its codings already.
 *
 * URLs in facts are absolute by the page's <base>, or else its address.  Only
 * tags that the page has in its bytes are looked at; scripts are not run.  A
 * page in another encoding was converted by page_charset.h.
 *
 * Where page_class() says that the answer is no page of the site, its class is
 * the only fact.
 *
 * Limits: HTML_NODES nodes, and those of html_bound.h, page_text.h and
 * page_facts.h.
 */

#include <glib.h>
#include <jansson.h>

#include "probes/http_message.h"
#include "probes/page_facts.h"

#define HTML_NODES	250000
#define HTML_HOSTS	60	/* page.host facts of a page */

struct html_source {
	const char	*url;		/* the page's address */
	const char	*html;
	size_t		 len;
	const char	*http_lang;	/* Content-Language, "" */
	const struct http_message *m;	/* the response that it came in */
	page_place_fn	*place;
	const void	*place_arg;
	gboolean	 whole;		/* nothing is kept from the parser: tests */
};

struct html_head {
	json_t		*title;		/* NULL where none */
	char		*refresh;	/* of a meta refresh, as written; or NULL */
	char		*refresh_to;	/* absolute, or NULL */
	size_t		 read;		/* bytes of html that were read */
	gboolean	 parsed;	/* page.class was looked for */
};

/* Appends page.* facts; *head is filled in and cleared by the caller. */
void	html_parse(const struct html_source *, struct html_head *, GString *out);
void	html_head_clear(struct html_head *);

#endif
