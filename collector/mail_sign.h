#ifndef COLLECTOR_MAIL_SIGN_H
#define COLLECTOR_MAIL_SIGN_H

/*
 * Signatures of a message, and statements about them; for mail_*.c only.
 *
 * DKIM (RFC 6376, 8463, 8301) and ARC (RFC 8617) are checked by this program
 * where a key stands in the DNS facts of a run.  The result is one of
 *
 *	pass			the signature is that key's, over these bytes
 *	fail			it is not, or what it uses is no longer accepted
 *	body changed		the body is not the one that was signed
 *	no key in the record	no run has the key's TXT record
 *	expired			it was past its x= when the message was received
 *	malformed		it cannot be read, or the chain is not whole
 *
 * What Authentication-Results say (RFC 8601) is theirs: "dkim=pass", by the
 * name that wrote it.  A line end that is a bare LF is read as the CRLF that it
 * was in transit, and why says so.
 */

#include "collector/mail_priv.h"

struct signing {
	struct eml	*m;
	const struct head *h;
	const struct record *rec;	/* NULL: keys are not looked for */
	const char	*received;	/* RFC 3339, "" where not told */
	GPtrArray	*signs;		/* struct mail_sign * */
	gboolean	 bare_lf;
};

/* Everything in the header, in its order by kind. */
void	sign_read(struct signing *);
void	dkim_read(struct signing *);
void	arc_read(struct signing *);
void	results_read(struct signing *);

struct mail_sign *sign_add(struct signing *, const char *kind,
	    const char *domain, const char *selector);
/* Steals why. */
void	sign_says(struct mail_sign *, const char *result, char *why);

/* ---- tag=value lists (RFC 6376, 3.2) ---- */
struct tags;
struct tags	*tags_read(const char *value);
void		 tags_free(struct tags *);
gboolean	 tags_bad(const struct tags *);		/* no list, or one twice */
const char	*tag_value(const struct tags *, const char *);	/* "" */
/* Without white space inside. */
char		*tag_packed(const struct tags *, const char *);

/* ---- mail_canon.c: RFC 6376, 3.4 ---- */
enum canon { CANON_SIMPLE, CANON_RELAXED };
typedef void canon_fn(void *, const char *, size_t);
/* Bytes from at on; limit: of the result, -1 none; returns how many there are
 * in all. */
int64_t	canon_body(const struct eml *, size_t at, enum canon, int64_t limit,
	    canon_fn *, void *);
/* One field, without its last line end; unsigned_: its b= is emptied. */
void	canon_field(const struct eml *, const struct field *, enum canon,
	    gboolean unsigned_, GString *out);

/* ---- mail_key.c ---- */
struct signed_data {
	const char	*algorithm;	/* "rsa-sha256" */
	const GString	*data;		/* what the signature is over */
	const char	*signature;	/* base64 */
	const char	*domain, *selector;
};
/* Looks for the key and holds the signature against it. */
void	key_check(struct signing *, const struct signed_data *,
	    struct mail_sign *);
gboolean key_knows(const char *algorithm);
/* Whether the body's hash is the one in bh=. */
gboolean body_same(struct signing *, const struct tags *, enum canon,
	    int64_t limit, int64_t *whole);

/* The fields that h= names, from the bottom up, and the signature itself. */
void	dkim_data(const struct signing *, const struct field *,
	    const struct tags *, enum canon, GString *out);
enum canon canon_named(const char *c, gboolean body);
/* A DKIM-Signature or an ARC-Message-Signature. */
void	dkim_check(struct signing *, const struct field *, const struct tags *,
	    const char *required, struct mail_sign *);

#endif
