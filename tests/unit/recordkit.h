#ifndef TESTS_UNIT_RECORDKIT_H
#define TESTS_UNIT_RECORDKIT_H

/*
 * Small records made in a test.  kit_ask() adds an exchange to the newest run
 * and is followed by the facts that it gave, so that a test can take away an
 * answer: in a kit whose fail is that exchange's place (1 is the first), or
 * KIT_ALL, the exchange has timed out and its facts are not there.
 */

#include "reports/render.h"
#include "reports/showing.h"

#define KIT_ALL	UINT_MAX

struct kit {
	struct record	*rec;
	struct run	*run;
	const char	*target;
	uint64_t	 n;		/* of the newest exchange */
	unsigned	 asked;
	unsigned	 fail;
	gboolean	 failed;	/* the newest exchange has */
};

void	kit_init(struct kit *);
void	kit_clear(struct kit *);
/* A run that began and ended on the day, "2026-11-23". */
void	kit_run(struct kit *, const char *day);
void	kit_target(struct kit *, const char *name);
void	kit_ask(struct kit *, enum probe_kind, const char *name, const char *qtype,
	    const char *host, const char *ip);
/* value: an object as JSON with ' for " */
void	kit_fact(struct kit *, enum fact_kind, const char *subject,
	    const char *value);
void	kit_party(struct kit *, const char *label, const char *kind,
	    const char *from, const char *to);
void	kit_entity(struct kit *, const char *name, const char *country);
void	kit_statement(struct kit *, enum fact_type, const char *text);

/*
 * The order's own record, as far as the network gives it: popcorn-time.ch at a
 * Dutch host, name servers of Cloudflare, mail of Google, an Australian
 * registrar, one page with a form, a download and a VPN offer.  Ten Does, the
 * named defendant dismissed, four entities sought, forum US-HI.
 */
void	kit_popcorn(struct kit *, unsigned fail);
/* The same name, where all questions were answered, and all with nothing. */
void	kit_nothing(struct kit *, unsigned fail);
/* The case around them: forum, Does, parties, entities. */
void	kit_case(struct kit *);
/* An address of the target, allocated and placed. */
void	kit_address(struct kit *, const char *name, const char *ip,
	    const char *org, const char *country);

/* First finding of the element for scope (NULL: any) and forum (NULL: any). */
const struct finding	*kit_finding(const GPtrArray *, const char *id,
			    const char *scope, const char *forum);
/* Status word of the element in a record; frees what it made. */
const char	*kit_status(const struct kit *, const char *id,
		    const char *scope, const char *forum);
/* Assessment as JSON, or as text. */
char		*kit_render(const struct kit *, renderer_fn *, int columns,
		    gboolean verbose);

/* A host with one registry country and up to two databases; "!": that question
 * failed. */
void	 kit_host(struct kit *, const char *registry, const char *a,
	    const char *b);
/* A name with an address and one page, all answered; in a case of its own. */
void	 kit_page(struct kit *, const char *domain, const char *ip);
void	 kit_page_alone(struct kit *);
/* An assessment's JSON without its overlays, and without the ids that routes name. */
char	*kit_base_json(const char *text);
/* How often a text has another in it. */
guint	 kit_count(const char *text, const char *what);

#endif
