#ifndef COLLECTOR_MAIL_PRIV_H
#define COLLECTOR_MAIL_PRIV_H

/*
 * Shared by mail_*.c only.  A file is read where it lies: fields, parts and
 * bodies are offsets into it.
 *
 *	mail_head.c	a header: fields, unfolded values, addresses, parameters
 *	mail_words.c	RFC 2047 encoded words, RFC 2231 parameters
 *	mail_mime.c	the parts, by one pass over the lines
 *	mail_decode.c	base64, quoted-printable, character sets, hashes
 *	mail_flowed.c	RFC 3676, lines that go on in the next one
 *	mail_own.c	which words are the writer's own
 *	mail_trace.c	Received, dates, addresses of origin, automatic replies
 *	mail_sign.c	signature fields taken apart: tag=value lists
 *	mail_dkim.c mail_canon.c  RFC 6376, 8463
 *	mail_arc.c	RFC 8617, RFC 8601
 *	mail_parse.c	all of it, put together
 */

#include "collector/mail.h"

/* The file, and what was found wrong with it. */
struct eml {
	const char	*s;
	size_t		 len;
	GPtrArray	*problems;	/* char *, of the mail */
};

/* A field: "Name:" at name, its value with folds, without the last line end. */
struct field {
	size_t	name, name_len;
	size_t	value, value_len;
	size_t	end;			/* after its last line end */
};

struct head {
	size_t	 begin, end;		/* end: after the empty line */
	GArray	*fields;		/* struct field */
	gboolean full;			/* there were more */
};

enum encoding { ENC_NONE, ENC_QP, ENC_BASE64, ENC_UNKNOWN };

struct leaf {
	unsigned	 depth;
	gboolean	 foreign;	/* inside a message that was passed on */
	gboolean	 attached;	/* by its disposition, or by its name */
	size_t		 body, body_len;
	char		*type;		/* "text/plain", lower case */
	char		*charset, *name;
	enum encoding	 encoding;
	gboolean	 opened;	/* a message/rfc822: its parts follow */
	gboolean	 flowed;	/* RFC 3676, with DelSp=yes */
};

/* ---- mail_head.c ---- */
void	head_read(struct eml *, size_t at, size_t end, struct head *);
void	head_clear(struct head *);
/* The first (or from *from on) field of the name; NULL. */
const struct field *head_field(const struct eml *, const struct head *,
	    const char *name, guint *from);
/* Its value unfolded, white space at the ends off, at most MAIL_VALUE bytes. */
char	*field_value(const struct eml *, const struct field *);
/* The same of a header's first field of that name, "" where there is none. */
char	*head_value(const struct eml *, const struct head *, const char *name);
/* "LINE:COLUMN: ..." for the byte at, from 1, in characters. */
void	eml_problem(struct eml *, size_t at, const char *fmt, ...)
	    G_GNUC_PRINTF(3, 4);
/* The address in "Name <a@b>, ...": the first one; "" where there is none. */
char	*address_first(const char *value, guint *count);
/* What stands after the last @, lower case, "" where there is none. */
char	*address_domain(const char *address);
/* "text/plain; charset=x": the value before ";", lower case. */
char	*value_first(const char *value);
/* A parameter, RFC 2231 forms put together, decoded; NULL. */
char	*value_param(const char *value, const char *name);

/* ---- mail_words.c ---- */
/* Encoded words decoded; UTF-8, no NUL, no line ends. */
char	*words_decode(const char *value);
/* Bytes of a named set as UTF-8. */
char	*bytes_utf8(const char *bytes, size_t len, const char *charset);
/* %XX taken off in place; the new length. */
size_t	 percent_decode(char *);
/* The byte of two hex digits; -1 where one is none.  Reads the second only after
 * the first. */
int	 hex_byte(const char *);

/* ---- mail_mime.c ---- */
/* struct leaf, in order. */
GArray	*mime_leaves(struct eml *, const struct head *top);

/* ---- mail_decode.c ---- */
typedef void byte_fn(void *, char byte, struct span);
void	decode_bytes(const struct eml *, const struct leaf *, byte_fn *, void *);
void	leaf_hash(const struct eml *, const struct leaf *, char out[65],
	    uint64_t *size);
/* Tells of bytes that its encoding does not have; they are left out. */
void	leaf_check(struct eml *, const struct leaf *);
/* Its text as UTF-8, at most MAIL_TEXT bytes; never NULL. */
struct mapped *leaf_text(struct eml *, const struct leaf *);

/* ---- mail_flowed.c ---- */
/* Lines that go on in the next one put together; never NULL. */
struct mapped *flowed_text(const struct mapped *);

/* ---- mail_own.c ---- */
struct mapped *mail_own(struct eml *, const GArray *leaves);

/* ---- mail_trace.c ---- */
void	trace_read(struct eml *, const struct head *, struct mail *);
/* RFC 5322, 3.3 and 4.3, as RFC 3339 UTC to the second; NULL where it is not
 * a date, or its zone is not known. */
char	*date_rfc3339(const char *);

#endif
