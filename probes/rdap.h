#ifndef PROBES_RDAP_H
#define PROBES_RDAP_H

/*
 * The readers of registration data (RDAP: RFC 9082, 9083, 7480; redaction: RFC
 * 9537), one file a part:
 *
 *	rdap_parse.c	the HTTP answer, what kind it is, domains
 *	rdap_entity.c	organisations and persons named in any object
 *	ip_parse.c	networks: to whom an address is allocated
 *	as_parse.c	autonomous system numbers
 *
 * The subject of every fact is what was asked for, read from the question's
 * URL: the server's own word for it stands in the value.  Every fact carries
 * "server", the host that said it, because a registry and a registrar may
 * disagree.
 *
 * An answer about something else than what was asked for (another name, a
 * network in which the address does not lie) says that in "other" or "covers",
 * and nothing in it becomes a fact about the subject.
 *
 * A field is in one of three states, never mixed up: given; empty or absent
 * (""); withheld (rdap.redacted, and withheld true on its entity).  Redaction
 * is stated by the server (RFC 9537) or inferred from its words, and then says
 * so.  A privacy service is not the operator; service marks it.
 */

#include "probes/jcard.h"
#include "probes/rdap_json.h"
#include "probes/reader.h"

#define RDAP_ENTITIES	256	/* of one answer, nested ones included */
#define RDAP_NESTING	8	/* entities within entities */

/* What all readers of one answer share. */
struct rdap {
	const struct exchange	*x;
	const json_t		*object;
	const char		*subject;
	const char		*server;	/* the question's host */
	GString			*out;
};

/* One entity, where it stands and what its card says. */
struct rdap_entity {
	const json_t	*object;
	const char	*handle;
	const char	*under;		/* roles of its parents: "registrar/technical" */
	struct jcard	 card;
};

/* Calls fn with each entity of the answer, in order, parents first. */
typedef void rdap_entity_fn(const struct rdap *, const struct rdap_entity *,
    void *);
void		 rdap_entities(const struct rdap *, rdap_entity_fn *, void *);
/* rdap.entity for each, and rdap.redacted for what was withheld. */
void		 rdap_entity_facts(const struct rdap *);
/* The name: card's name, else its organisation, else the handle. */
const char	*rdap_entity_name(const struct rdap_entity *);
/* Whether the words say that something is withheld. */
gboolean	 rdap_withheld(const char *);
/* Whether it names an organisation that stands in for registrants. */
gboolean	 rdap_privacy_service(const char *);
/* ip.network, ip.holder, ip.abuse. */
void		 rdap_ip_facts(const struct rdap *);
/* as.number, as.holder; the subject is "AS64500". */
void		 rdap_as_facts(const struct rdap *);
/* To whom a network or number is allocated: value of ip.holder; NULL where
 * the answer does not say.  New reference. */
json_t		*rdap_holder(const struct rdap *);
/* The registry whose word it is; "" where it is not known. */
const char	*rdap_registry(const struct rdap *);
/* A fact of the kind for each event, with its action and date as written. */
void		 rdap_events(const struct rdap *, enum fact_kind);
/* fact_emit() with "server" added. */
void		 rdap_emit(const struct rdap *, enum fact_kind, json_t *value);

#endif
