#ifndef PROBES_HTTP_FACTS_H
#define PROBES_HTTP_FACTS_H

/*
 * What the files of the page reader share: http_parse.c (pages), http_head.c
 * (what the head of a response says), http_file.c (files that are no pages).
 * Pure, all of them.
 */

#include "probes/exchange.h"
#include "probes/fact.h"
#include "probes/http_message.h"

#define HTTP_VALUE	512	/* bytes of a header's value in a fact */

/* Foreign text cut to max bytes, between two letters. */
json_t	*http_text(const char *s, size_t len, size_t max);
/* The value of a header as foreign text, "" where it is not there. */
json_t	*http_value(const struct http_message *, const char *name);
/* The same as a member of a fact that is being written. */
void	 http_put(GString *, const char *key, const char *, size_t len,
	    size_t max);
void	 http_put_value(GString *, const struct http_message *,
	    const char *key, const char *name);
/* http.header, http.clock and http.policy facts. */
void	 http_head_facts(const struct exchange *, const struct http_message *,
	    GString *out);
/* An http.redirect fact from Location; TRUE where there was one. */
gboolean http_location(const struct exchange *, const struct http_message *,
	    GString *out);

/*
 * Anything but a page: an http.file fact, and what the file's own reader finds
 * where the answer was 200 and is no page of HTML instead of the file.  content
 * is NULL where its coding is not known to us.
 */
void	 http_file(const struct exchange *, const struct http_message *,
	    GBytes *content, gboolean cut, GString *out);

/* ---- readers of files (http_file.c has the table): text of len bytes ------- */

typedef void http_file_fn(const struct exchange *, const char *text, size_t len,
	    GString *out);
http_file_fn robots_facts, security_facts, sitemap_facts, manifest_facts,
	    style_facts, script_facts;

#endif
