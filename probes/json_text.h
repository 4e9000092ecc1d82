#ifndef PROBES_JSON_TEXT_H
#define PROBES_JSON_TEXT_H

/*
 * JSON as text, appended: byte for byte what json_dumps() of jansson 2.14 makes
 * with JSON_COMPACT | JSON_ENCODE_ANY, at a fifth of its cost.  Members stand
 * in the order in which they were added.
 *
 * The second half writes a value member by member without building it first,
 * for values that nobody looks at again:
 *
 *	json_open(out, '{');
 *	json_put(out, "server", q->server);
 *	json_put_integer(out, "ttl", 3600);
 *	json_close(out, '}');
 *
 * Keys are ours (plain ASCII, each once).  Values of json_put() and of
 * json_put_text() are any bytes, written as text_json() does.
 */

#include <glib.h>
#include <jansson.h>
#include <string.h>

#include "probes/append.h"

void	json_text(GString *out, const json_t *);
/* The string with its quotes. */
void	json_text_string(GString *out, const char *, gsize len);
void	json_text_integer(GString *out, json_int_t);
/* Whether it stands in JSON as it is: ASCII, with nothing to be escaped. */
gboolean json_text_is_plain(const char *, gsize len);

void	json_open(GString *out, char bracket);
void	json_close(GString *out, char bracket);
static inline void json_key(GString *out, const char *key);
/* Foreign text, without its key. */
void	json_text_foreign(GString *out, const char *bytes, gsize len);
/* A word of ours, with nothing in it to be escaped. */
void	json_put_plain(GString *out, const char *key, const char *);
void	json_put_bool(GString *out, const char *key, gboolean);
void	json_put_null(GString *out, const char *key);
/* The next string of a list. */
void	json_item(GString *out, const char *);
void	json_put_value(GString *out, const char *key, const json_t *);
/* All members of an object that was built. */
void	json_put_members(GString *out, const json_t *object);

/* "key": and a comma before it where one is needed; a value has to follow.
 * Inline, because nearly every key is a constant whose length is one too. */
static inline void
json_key(GString *out, const char *key)
{
	gsize n = strlen(key);
	char *p = append_room(out, n + 4), last = out->len > 0 ? p[-1] : '{';

	if (last != '{')
		*p++ = ',';
	*p++ = '"';
	memcpy(p, key, n);
	p += n;
	*p++ = '"';
	*p++ = ':';
	append_wrote(out, p);
}

static inline void
json_put_text(GString *out, const char *key, const char *bytes, gsize len)
{
	json_key(out, key);
	json_text_foreign(out, bytes, len);
}

static inline void
json_put(GString *out, const char *key, const char *s)
{
	json_put_text(out, key, s, strlen(s));
}

static inline void
json_put_integer(GString *out, const char *key, json_int_t n)
{
	json_key(out, key);
	json_text_integer(out, n);
}

#endif
