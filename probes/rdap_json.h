#ifndef PROBES_RDAP_JSON_H
#define PROBES_RDAP_JSON_H

/*
 * JSON from registration servers: loaded within limits, read leniently.
 *
 * Servers write a string where RFC 9083 has an array, a number or "true" where
 * it has a string or a boolean, an object with the keys "0", "1", ... where it
 * has an array; what was meant is taken.  Anything else of a wrong type counts
 * as not there.  Nothing here fails on a NULL.
 */

#include <glib.h>
#include <jansson.h>

#define RDAP_STRING	2048	/* bytes of one string that reach a fact */
#define RDAP_LIST	128	/* members read of one list */
#define RDAP_URL	2048

/* NULL where it is no JSON object or array, is nested deeper than depth, or is
 * not UTF-8; a byte order mark is passed over, control characters within
 * strings count as blanks.  New reference. */
json_t		*rdap_json_load(const char *, size_t, int depth);
/*
 * The same text in UTF-8, or NULL where it is that already.  media: the
 * Content-Type, or NULL.  said: the character set it was read as, static or
 * interned, "" where it was UTF-8.
 */
GString		*rdap_utf8(const char *, size_t, const char *media,
		    const char **said);
/* The member's text; "" where it is none.  Borrowed; ends at a NUL. */
const char	*rdap_str(const json_t *object, const char *key);
/* The same as JSON for a fact, at most RDAP_STRING bytes; new reference. */
json_t		*rdap_text(const json_t *object, const char *key);
json_t		*rdap_text_of(const json_t *string);
/* A list of texts; a lone string is a list of one.  New reference. */
json_t		*rdap_texts(const json_t *object, const char *key);
/* Calls with each object of a list that says anything, or with a lone object:
 * some write [{}] for none. */
typedef void	 rdap_each_fn(const json_t *, void *);
void		 rdap_each(const json_t *object, const char *key,
		    rdap_each_fn *, void *);
/* The same of the list itself. */
void		 rdap_each_of(const json_t *list, rdap_each_fn *, void *);
/* As a member of a fact that is being written: a text, at most RDAP_STRING bytes
 * of it; the member of an object, as rdap_text() has it. */
void		 rdap_put(GString *out, const char *key, const char *);
void		 rdap_put_member(GString *out, const char *key,
		    const json_t *object, const char *member);
/* 1, 0, or -1 where it is not there or no boolean. */
int		 rdap_bool(const json_t *object, const char *key);
/* A number, or a text of digits, of 32 bits; -1 where it is neither. */
json_int_t	 rdap_number(const json_t *object, const char *key);
/* Whether a list (or lone string) holds the word, in any case. */
gboolean	 rdap_has(const json_t *object, const char *key,
		    const char *word);
/* An http(s) URL with a host, no user, nothing but printable ASCII. */
gboolean	 rdap_url_ok(const char *);
/* ref resolved against base, where the outcome is rdap_url_ok(), else NULL. */
char		*rdap_url(const char *base, const char *ref);
/* A host name as lower-case A-labels without the final dot, or NULL where it
 * is none; caller frees. */
char		*rdap_hostname(const char *);

#endif
