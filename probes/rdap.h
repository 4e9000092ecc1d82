#ifndef PROBES_RDAP_H
#define PROBES_RDAP_H

/*
 * The readers of registration data (RDAP: RFC 9082, 9083, 7480; redaction: RFC
 * 9537), one file a part:
 *
 *	rdap_parse.c	the HTTP answer, what was asked for, what kind it is
 *	rdap_http.c	what a status other than 200 means
 *	rdap_object.c	what all objects have: events, notices, links
 *	rdap_domain.c	domains
 *	rdap_entity.c	organisations and persons named in any object
 *	rdap_contact.c	what is said of each of them
 *	rdap_redact.c	what is withheld: stated, inferred, absent
 *	ip_parse.c	networks, ip_holder.c: to whom an address is allocated
 *	as_parse.c	autonomous system numbers
 *	geofeed_parse.c	the file of places that a network names
 *
 * The subject of every fact is what was asked for, read from the question's
 * URL, or from its option "for"; the server's own word for it stands in the
 * value.  Every fact carries "server", the host that said it, because a registry
 * and a registrar may disagree.
 *
 * An answer about something else than what was asked for (another name, a
 * network in which the address does not lie) says that in "other" or "covers",
 * and nothing in it becomes a fact about the subject.
 *
 * A field is in one of these states, never mixed up: given; empty; absent;
 * withheld as the server states (RFC 9537); replaced, as it states; withheld as
 * only its words show (inferred).  rdap.contact has them for the contacts of a
 * domain, rdap.redacted each by itself.  JSON paths are kept as text and never
 * evaluated.  A privacy service is not the operator; service marks it.
 */

#include "probes/jcard.h"
#include "probes/http_message.h"
#include "probes/rdap_json.h"
#include "probes/rdap_words.h"
#include "probes/reader.h"

#define RDAP_ENTITIES	256	/* of one answer, nested ones included */
#define RDAP_NESTING	8	/* entities within entities */

/* What all readers of one answer share. */
struct rdap {
	const struct exchange	*x;
	const json_t		*object;
	const char		*subject;
	const char		*server;	/* the question's host */
	const char		*charset;	/* "" UTF-8 */
	GString			*out;
	GArray			*redactions;	/* struct rdap_redaction */
	GArray			*entities;	/* struct rdap_entity */
};

/* One entity, where it stands and what its card says. */
struct rdap_entity {
	const json_t	*object;
	const char	*handle;
	char		*under;		/* roles of its parents: "registrar/technical" */
	json_t		*roles;		/* as RFC 9083 spells them */
	struct jcard	 card;
	gboolean	 borrowed;	/* the card of another with its handle */
};

/* Fields of a contact, as they are withheld. */
enum rdap_field {
	FIELD_NAME, FIELD_ORG, FIELD_EMAIL, FIELD_PHONE, FIELD_FAX,
	FIELD_STREET, FIELD_CITY, FIELD_REGION, FIELD_POSTCODE, FIELD_COUNTRY,
	FIELD_HANDLE,
	RDAP_FIELDS,
	FIELD_ALL = RDAP_FIELDS,	/* the contact itself */
	FIELD_OTHER,
};

/* A member of "redacted", its name understood. */
struct rdap_redaction {
	const json_t	*object;
	const char	*name;
	const char	*role;		/* "registrant", ...; "" of no contact */
	enum rdap_field	 field;
};

/* rdap_entity.c */
/* All of an answer, in order, parents first; each is read once. */
GArray		*rdap_entities_read(const json_t *object);
/* Calls fn with each of them. */
typedef void	 rdap_entity_fn(const struct rdap *, const struct rdap_entity *,
		    void *);
void		 rdap_entities(const struct rdap *, rdap_entity_fn *, void *);
/* The name: card's name, else (or where words stand in its place) its
 * organisation, else the handle. */
const char	*rdap_entity_name(const struct rdap_entity *);
gboolean	 rdap_has_role(const struct rdap_entity *, const char *role);
/* Its roles with commas between, "registrant,technical", or the handle of one
 * that has none; appended. */
void		 rdap_role_words(GString *, const struct rdap_entity *);

/* rdap_contact.c */
/* rdap.entity for each, rdap.redacted for what was withheld, rdap.contact. */
void		 rdap_entity_facts(const struct rdap *);
/* A fact of this kind with what the entity says: rdap.entity and its like. */
void		 rdap_entity_emit(const struct rdap *, enum fact_kind,
		    const struct rdap_entity *);

/* rdap_redact.c */
struct rdap_contacts;
struct rdap_contacts *rdap_contacts_new(void);
/* Takes note of an entity, with rdap.redacted for what its words show. */
void		 rdap_contacts_add(struct rdap_contacts *, const struct rdap *,
		    const struct rdap_entity *);
/* rdap.redacted for what the server states, rdap.contact; and frees. */
void		 rdap_contacts_end(struct rdap_contacts *, const struct rdap *);
GArray		*rdap_redactions(const json_t *object);
/* rdap.redacted for each of them, by itself. */
void		 rdap_redacted_facts(const struct rdap *);
/* Whether it is withheld who the entity is: neither name nor organisation. */
gboolean	 rdap_entity_withheld(const struct rdap *,
		    const struct rdap_entity *);

/* rdap_domain.c */
void		 rdap_domain_facts(const struct rdap *);
/* rdap.ns and what all objects have; the subject is the server's name. */
void		 rdap_nameserver_facts(const struct rdap *);
/* ip_parse.c: ip.network, ip.holder, ip.contact, ip.abuse, ip.geofeed. */
void		 rdap_ip_facts(const struct rdap *);
/* as_parse.c: as.number, as.holder, as.contact; subject "AS64500". */
void		 rdap_as_facts(const struct rdap *);
/* ip_holder.c: to whom a network or number is allocated, the value of
 * ip.holder; NULL where the answer does not say.  New reference. */
json_t		*rdap_holder(const struct rdap *);
/* The registry whose word it is; "" where it is not known. */
const char	*rdap_registry(const struct rdap *);
/* The national registry that a network was handed to or is kept by; "". */
const char	*rdap_national(const struct rdap *);
/* "provider", "customer", "assignee" or "unknown", by the network's type; top:
 * it is from the registry itself, and what is above is the registry's own. */
const char	*rdap_relation(const char *type, gboolean *top);

/* geofeed_parse.c */
int		 geofeed_facts(const struct exchange *, const char *, size_t,
		    GString *out);

/* rdap_object.c */
/* A fact of the kind for each event: action, date as written, UTC or null. */
void		 rdap_events(const struct rdap *, enum fact_kind);
/* rdap.notice for notices and remarks, rdap.limit for limits in them. */
void		 rdap_notices(const struct rdap *);
/* Where the server says that the answer is not all of it: its words. */
json_t		*rdap_incomplete(const struct rdap *);
/* The lines of a notice as one text.  New reference. */
json_t		*rdap_lines(const json_t *notice);
/* rdap.link for links to more data about the same object. */
void		 rdap_links(const struct rdap *);
/* "http" was asked: nobody vouches for the answer. */
gboolean	 rdap_unauthenticated(const struct rdap *);
/* fact_emit() with "server" added; takes the value. */
void		 rdap_emit(const struct rdap *, enum fact_kind, json_t *value);
/* The end of a fact that fact_open() began: "server", and fact_close(). */
void		 rdap_close(const struct rdap *);

/* rdap_http.c: what is not the object asked for; 0, or -1. */
int		 rdap_no_object(const struct rdap *, int status);
int		 rdap_refused(const struct rdap *, const struct http_message *,
		    size_t body);
int		 rdap_redirected(const struct rdap *,
		    const struct http_message *);

#endif
