#ifndef REPORTS_JSON_DOC_H
#define REPORTS_JSON_DOC_H

/*
 * One JSON document, written member by member, and of long lists item by item:
 *
 *	struct json_doc d;
 *
 *	doc_begin(&d, out);
 *	doc_member(&d, "schema", json_string("assess/1"));
 *	for (each finding)
 *		doc_item(&d, "findings", finding_json(f));
 *	doc_list_end(&d, "findings");
 *	doc_end(&d);
 *
 * Byte for byte what json_dumps() with JSON_INDENT(1) makes of all of it.  A tree of
 * an assessment of a thousand runs would be the largest thing in memory; so there
 * is one of a finding at a time.
 */

#include <glib.h>
#include <jansson.h>

struct json_doc {
	GString		*out;
	size_t		 skip;		/* bytes of the dump at hand */
	gboolean	 any;		/* something stands there */
	guint		 items;		/* of the list at hand */
};

void	doc_begin(struct json_doc *, GString *out);
/* These steal the value.  Keys are ours: plain ASCII, each once. */
void	doc_member(struct json_doc *, const char *key, json_t *);
void	doc_item(struct json_doc *, const char *key, json_t *);
/* Also of a list without an item. */
void	doc_list_end(struct json_doc *, const char *key);
void	doc_end(struct json_doc *);

#endif
