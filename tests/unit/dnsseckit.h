#ifndef TESTS_UNIT_DNSSECKIT_H
#define TESTS_UNIT_DNSSECKIT_H

/*
 * A small tree of signed zones (the root, ch, site.ch, and another ch), made and
 * signed here: its messages are read by the reader, and the facts joined.  All keys
 * are new each time, all times fixed.
 */

#include <ldns/ldns.h>

#include "probes/dnssec.h"
#include "probes/join.h"
#include "probes/reader.h"
#include "probes/text.h"

#define NOW		UINT32_C(1767225600)	/* 2026-01-01 */
#define DAY		UINT32_C(86400)

enum { ROOT, CH, SITE, OTHER, ZONES };
extern const char *const zone_names[ZONES];

struct tree {
	ldns_key_list	*keys[ZONES];
	ldns_rr		*public[ZONES];
	GPtrArray	*log;
	uint64_t	 record;
	int64_t		 at;		/* us, of the next message's end */
	uint32_t	 from, until;	/* of the next signatures */
	ldns_pkt	*p;
	char		*name, *type, *zone;
};

struct tree *tree_new(void);
void	tree_free(struct tree *);
void	tree_ask(struct tree *, const char *name, const char *type, const char *zone);
ldns_rr_list *tree_set_of(const char *lines);
/* The set's signatures by a zone, or none for -1. */
ldns_rr_list *tree_sign(struct tree *, ldns_rr_list *set, int z);
void	tree_push(struct tree *, ldns_pkt_section s, ldns_rr_list *set,
    ldns_rr_list *sigs);
void	tree_answer(struct tree *, const char *lines, int z);
void	tree_authority(struct tree *, const char *lines, int z);
/* The set of a wildcard, given out for a name. */
void	tree_expanded(struct tree *, const char *name, const char *lines, int z);
void	tree_exchange_take(struct tree *, enum probe_kind kind, const char *name,
    const char *type, const char *note, const void *bytes, gsize len);
void	tree_said(struct tree *);
char *tree_ds_line(const struct tree *, int z, ldns_hash hash);
void	tree_keys_said(struct tree *, int z);
void	tree_ds_said(struct tree *, int z, int up, const char *line);
/* The anchor, the root's keys, and those of ch. */
void	tree_upper(struct tree *);
struct tree *tree_whole(void);
void	tree_address_said(struct tree *, int z);
/* What an apex that is signed by NSEC3 has. */
extern const char apex3[];
/* The one NSEC3 of a zone that has nothing else: its span is all names. */
char	*tree_nsec3_line(const char *zone, int flags, int iterations);
void	tree_referral_said(struct tree *, const char *proof, int z);
void	tree_expect(struct tree *, const char *name, const char *type,
    const char *status, const char *why);

#endif
