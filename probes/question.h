#ifndef PROBES_QUESTION_H
#define PROBES_QUESTION_H

/*
 * A question: one thing to be asked of one server.
 *
 * Two equal questions are one question; question_key() says when they are
 * equal.  What raised it (the cause) is no part of it, and neither is the
 * target for whose sake it was asked, nor the note.
 *
 *	kind	name			type		server
 *	local	file or thing		what is read	(none)
 *	dns	owner name, final dot	RR type	an address, port 53
 *	rdap	URL			bootstrap,	an address of host
 *				domain, ip,
 *				autnum, link,
 *				help, entity,
 *				geofeed
 *	whois	the query's text	iana, tld,	an address of host, port 43
 *				registrar, net	(rwhois: 4321)
 *	tls	name sent as SNI	chain		an address, port 443
 *	http	URL			page, store,	an address of host
 *				or a file's kind
 *				(crawl.h)
 *	geo	an address		place		(none; see host: file's name)
 *	reach	the address		handshakes	the same address, port 443
 *
 * options says how it is put, where that is not the usual way: words with blanks
 * between, sorted, each "key" or "key=value" ("tcp", "ecs=203.0.113.0/24").  It is
 * part of the question: the same thing put another way is another question.
 *
 * Strings are owned by the question and never NULL ("" where there is none);
 * a question is built once, counted by reference and not changed.
 */

#include <glib.h>
#include <stdint.h>

enum probe_kind {
	PROBE_LOCAL,
	PROBE_DNS,
	PROBE_RDAP,
	PROBE_WHOIS,
	PROBE_TLS,
	PROBE_HTTP,
	PROBE_GEO,
	PROBE_REACH,
	PROBE_KINDS,
};

struct question {
	gatomicrefcount	 refs;
	enum probe_kind	 kind;
	char		*name;
	char		*type;
	char		*host;		/* the server's name, "" where only an address is known */
	char		*server;	/* address literal, RFC 5952, "" for local look-ups */
	uint16_t	 port;
	char		*note;		/* why this server: "not listed by IANA", ... */
	char		*options;	/* "" the usual way */
};

struct question	*question_new(enum probe_kind, const char *name,
		    const char *type, const char *host, const char *server,
		    uint16_t port, const char *note);
struct question	*question_ref(struct question *);
void		 question_unref(struct question *);
/* For the maker of a question that nobody else has yet; gives it back. */
struct question	*question_with(struct question *, const char *options);
/* The value of an option, "" of one without; NULL where it is not there.
 * Caller frees. */
char		*question_option(const struct question *, const char *key);
/* The options with one of them set (value NULL or "": the word alone), in
 * order; caller frees. */
char		*options_set(const char *options, const char *key,
		    const char *value);
/* "kind|name|type|host|server|port", names in lower case, and "|options" where
 * there are any; caller frees. */
char		*question_key(const struct question *);
/* "dns", "rdap", ... as in log.jsonl; and back, -1 where unknown. */
const char	*probe_kind_name(enum probe_kind);
int		 probe_kind_parse(const char *);


#endif
