#ifndef PROBES_HTML_PART_H
#define PROBES_HTML_PART_H

/*
 * What a page is made of: page.part facts.  Frames, styles, images, scripts,
 * fonts, icons, the manifest of a web app, humans.txt; and what a style sheet
 * brings in by @import and url().  Videos and sounds are no parts: they are
 * works.
 */

#include "probes/html_walk.h"

/* A tag that loads something; <link>, by its rel; <style>. */
void	html_part_loads(struct walk *, const GumboNode *);
void	html_part_link(struct walk *, const GumboNode *);
void	html_part_style(struct walk *, const GumboNode *);

#define STYLE_PARTS	100	/* of one style sheet */

/* Calls found for each @import and url(), in order, but for data: ones. */
void	style_scan(const char *css, size_t len, void (*found)(const char *url,
	    size_t len, size_t at, const char *how, void *arg), void *arg);

#endif
