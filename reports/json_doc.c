#include "reports/json_doc.h"

#include <string.h>

/*
 * What is written is dumped within brackets like those of the document, which
 * gives it its indent; the brackets are left out.
 */

static int
put_bytes(const char *bytes, size_t len, void *arg)
{
	struct json_doc *d = arg;
	size_t skip = MIN(d->skip, len);

	d->skip -= skip;
	g_string_append_len(d->out, bytes + skip, (gssize)(len - skip));
	return 0;
}

/* Steals what; of its text, head bytes and as many as tail are left out. */
static void
put_dump(struct json_doc *d, json_t *what, size_t head, const char *tail)
{
	d->skip = head;
	json_dump_callback(what, put_bytes, d, JSON_INDENT(1) |
	    JSON_PRESERVE_ORDER);
	g_string_truncate(d->out, d->out->len - strlen(tail));
	json_decref(what);
	d->any = TRUE;
}

void
doc_begin(struct json_doc *d, GString *out)
{
	*d = (struct json_doc){ .out = out };
	g_string_append_c(out, '{');
}

void
doc_member(struct json_doc *d, const char *key, json_t *value)
{
	json_t *o = json_object();

	if (d->any)
		g_string_append_c(d->out, ',');
	json_object_set_new(o, key, value);
	put_dump(d, o, strlen("{"), "\n}");
}

void
doc_item(struct json_doc *d, const char *key, json_t *value)
{
	json_t *o = json_object(), *list = json_array();
	gboolean first = d->items++ == 0;

	if (d->any)
		g_string_append_c(d->out, ',');
	json_array_append_new(list, value);
	json_object_set_new(o, key, list);
	put_dump(d, o, first ? strlen("{") : strlen("{\n \"\": [") +
	    strlen(key), "\n ]\n}");
}

void
doc_list_end(struct json_doc *d, const char *key)
{
	if (d->items == 0)
		doc_member(d, key, json_array());
	else
		g_string_append(d->out, "\n ]");
	d->items = 0;
}

void
doc_end(struct json_doc *d)
{
	g_string_append(d->out, d->any ? "\n}\n" : "}\n");
}
