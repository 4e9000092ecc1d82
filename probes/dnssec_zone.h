#ifndef PROBES_DNSSEC_ZONE_H
#define PROBES_DNSSEC_ZONE_H

/*
 * The zones above a name, from the anchor down, each with its keys or with the
 * reason why there is nothing to hold to.  See dnssec.h for the steps.
 */

#include "probes/dnssec.h"
#include "probes/join_priv.h"

enum security { SECURE, INSECURE, INDETERMINATE, BOGUS };

/* A zone that the anchor leads to, or the point at which the chain ends. */
struct dzone {
	char			*name;		/* "" the root */
	enum security		 status;
	const char		*why;		/* static, "" where secure */
	ldns_rr_list		*keys;		/* borrowed of a set */
	struct denial		 denial;	/* of its DS */
	GPtrArray		*on;		/* struct fact *: it rests on these */
};

struct chain {
	struct join		*j;
	GPtrArray		*signed_facts;	/* struct fact *: dnssec.rrset */
	GPtrArray		*sets;		/* struct rrset *, NULL not read yet */
	GHashTable		*names;		/* name -> struct dzone */
	GPtrArray		*zones;		/* struct dzone *, as met */
	struct effort		 effort;
};

void		 chain_open(struct chain *, struct join *);
void		 chain_close(struct chain *);
/* The zone that a name belongs to. */
const struct dzone *zone_of(struct chain *, const char *name);
/* The next set from *at on; record 0: of any. */
const struct rrset *set_next(struct chain *, const char *owner, ldns_rr_type,
		    uint64_t record, guint *at);
/* NSEC and NSEC3 records of a message that the zone's keys hold; their facts
 * are added to on.  Caller frees the list, shallow. */
ldns_rr_list	*record_denials(struct chain *, uint64_t record,
		    const struct dzone *, GPtrArray *on);
void		 rests_add(GPtrArray *on, const struct fact *);

#endif
