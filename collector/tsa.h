#ifndef COLLECTOR_TSA_H
#define COLLECTOR_TSA_H

/*
 * RFC 3161: asking authorities for a token over some bytes, and checking one.
 *
 * The authorities, and nothing else, are reached by the system's resolver and
 * with libcurl's own verification on; they are not part of the record.
 */

#include <glib.h>
#include <stdint.h>

struct tsa_answer {
	char	*name;		/* "timestamp.digicert.com": the URL's host */
	char	*url;
	GBytes	*query, *reply;	/* DER; reply NULL where none came */
	char	*problem;	/* NULL where the reply is a valid token */
	char	 time[32];	/* RFC 3339 */
	char	*chain_pem;	/* certificates of the token, leaf first */
	char	*serial, *policy, *accuracy;
	char	*root_sha256;	/* of the root the chain leads to; NULL unknown */
};

/* Asks all side by side; returns when all have answered, or one valid answer
 * has come and first_only is set, or after wait_ms.  Never NULL; one element an
 * URL.  roots_pem: further roots, may be NULL (the system's bundle is used). */
GPtrArray *tsa_ask(const char *const *urls, GBytes *data, int64_t wait_ms,
	    gboolean first_only, const char *roots_pem);
/*
 * Checks a token over data as integrity demands: see FORMAT.md, "Tokens".
 * roots: PEM text of trusted roots, or NULL: then the chain inside is checked
 * for consistency only, and *trusted is FALSE.  Returns NULL where good, else a
 * sentence (caller frees).  out may be NULL.
 */
char	*tsa_check(GBytes *data, GBytes *query, GBytes *reply, const char *chain_pem,
	    const char *roots_pem, gboolean *trusted, struct tsa_answer *out);
void	 tsa_answer_free(struct tsa_answer *);

#endif
