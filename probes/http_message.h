#ifndef PROBES_HTTP_MESSAGE_H
#define PROBES_HTTP_MESSAGE_H

/*
 * An HTTP/1.1 response taken apart (RFC 9112): pure, for bytes kept as they
 * came, with interim responses before the final one.
 *
 * Lenient where that loses nothing: a bare LF ends a line, a line without a
 * colon is counted and passed over, a folded line is joined by one blank.  A
 * body that its framing says is longer, a chunk size that is no number, a head
 * without an end: what is there is given, and truncated is set.
 *
 * What is no answer at all is said apart: ended is FALSE where the head broke off
 * or only interim responses came, and unsure TRUE where two lengths contradict
 * each other (RFC 9112 6.3 has such an answer thrown away).
 *
 * body is what is left after Transfer-Encoding; Content-Encoding is undone by
 * http_message_content() only, up to a size.  Everything is owned by the
 * message and freed by http_message_clear(), which may be called twice.
 */

#include <glib.h>

#define HTTP_FIELDS	1024	/* header lines read; the rest is left out */
#define HTTP_CHUNKS	(1 << 20)
#define HTTP_INTERIM	16	/* 1xx responses before the final one */

struct http_field {
	char	*name;		/* as written */
	char	*value;		/* blanks around it gone; NUL-terminated */
	gsize	 len;		/* of value, which may hold NULs */
	gsize	 offset;	/* of the line in the received bytes */
};

/* Where a stretch of body stands in the received bytes. */
struct http_piece {
	gsize	 body, block;
};

struct http_message {
	int		 status;	/* 100..999 */
	int		 minor;		/* HTTP/1.minor; 0 for other versions */
	GArray		*fields;	/* struct http_field, in order */
	gsize		 head;		/* offset of the final response's head */
	gsize		 start;		/* offset of its body */
	GBytes		*body;		/* never NULL after a good parse */
	GArray		*pieces;	/* struct http_piece, ascending */
	guint		 interim;	/* 1xx responses passed over */
	guint		 odd;		/* header lines without a colon or name */
	gboolean	 ended;		/* a response's head is whole, and its status final */
	gboolean	 unsure;	/* Content-Length says two things */
	gboolean	 chunked;
	gboolean	 truncated;	/* less came than the framing promised */
};

/* 0, or -1 where the bytes do not begin with an HTTP status line. */
int		 http_message_parse(const void *, gsize, struct http_message *);
void		 http_message_clear(struct http_message *);
/* Value of the first field of that name, in any case; NULL where none. */
const char	*http_header(const struct http_message *, const char *name);
/*
 * The body with its codings undone (http_coding.h), four at the most and each
 * to max bytes; *cut is set where there was more, or where one broke off.  NULL
 * where one is not known to us.  New reference; cut may be NULL.
 */
GBytes		*http_message_content(const struct http_message *, gsize max,
		    gboolean *cut);
/*
 * Where byte pos of body stands in the received bytes; -1 where body is content
 * coded, because then a place in the text is no place on the wire.
 */
gssize		 http_message_offset(const struct http_message *, gsize pos);

#endif
