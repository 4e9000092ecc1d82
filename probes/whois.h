#ifndef PROBES_WHOIS_H
#define PROBES_WHOIS_H

/*
 * The reader of WHOIS answers (RFC 3912): text whose form every registry
 * chooses for itself.
 *
 *	whois_parse.c	the order of the tests, and what an answer without a
 *			record says
 *	whois_lines.c	bytes to lines, keys and values
 *	whois_layout.c	the layouts: where which field stands
 *
 * Order: empty; a record that speaks of the name asked for; limit; refusal; no
 * match; reserved; any other record.  Lines of disclaimer after a record are
 * never searched, because they speak of limits too.
 *
 * A record of another name than the one asked for is named in whois.record as
 * "other", and nothing in it becomes a fact about the subject.
 *
 * The bytes are the evidence.  A field says on which line its value stands, and
 * at which byte; values are as written (host names alone are put in lower
 * case), dates are not read.  Character set: UTF-8 where the whole answer is,
 * else ISO-8859-1; whois.record says which.
 */

#include <glib.h>
#include <jansson.h>

#define WHOIS_LINES	65536	/* lines read; the rest is left out */
#define WHOIS_FIELDS	256	/* fields of one answer */
#define WHOIS_KEY	64	/* bytes; a longer "key" is text */
#define WHOIS_VALUE	1024	/* bytes; a longer value is left out */
#define WHOIS_TESTED	64	/* lines searched for refusals and the like */

struct whois_line {
	gsize	 offset, len;	/* of the line without its end */
	gsize	 indent;	/* blanks it begins with */
	gsize	 key_len;	/* 0: no key; the key begins after the indent */
	gsize	 value, value_len;	/* offset and length; the whole text where no key */
	char	*key;		/* lower case, blanks single; NULL where none;
				 * "[key]" where it is written so */
};

struct whois_text {
	const char	*bytes;
	gsize		 len;
	const char	*charset;	/* "US-ASCII", "UTF-8", "ISO-8859-1" */
	GArray		*lines;		/* struct whois_line */
	gboolean	 cut;		/* more than WHOIS_LINES */
};

void		 whois_text_read(struct whois_text *, const char *, gsize);
void		 whois_text_clear(struct whois_text *);
const struct whois_line *whois_line(const struct whois_text *, guint i);
gboolean	 whois_line_empty(const struct whois_line *);
/* Bytes of the answer as JSON text; new reference. */
json_t		*whois_json(const struct whois_text *, gsize offset, gsize len);
/* The same as UTF-8, NULs cut off; caller frees. */
char		*whois_utf8(const struct whois_text *, gsize offset, gsize len);

/* One field as found. */
struct whois_field {
	const char	*field;		/* static: "registrar" */
	guint		 line;		/* from 0 */
	gsize		 offset, len;	/* of its value */
};

struct whois_found {
	const char	*layout;	/* static; "unread" where no field was found */
	GArray		*fields;	/* struct whois_field, in order of lines */
};

/* Fields whose name is "refer" name the next server and are no facts of
 * their own.  host: the server asked; type: of the question. */
void		 whois_layout_read(const struct whois_text *, const char *type,
		    const char *host, struct whois_found *);
void		 whois_found_clear(struct whois_found *);

#endif
