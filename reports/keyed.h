#ifndef REPORTS_KEYED_H
#define REPORTS_KEYED_H

/*
 * Tables of what others wrote, which they cannot make slow.
 *
 * Who knows how a table hashes can write a log whose cells all fall into one
 * slot, and reading n of them then takes n times n steps.  Here the hash has a
 * key, the SHA-256 of what is read: whoever changes a cell changes the key.  So
 * no randomness is wanted, and the same bytes give the same table.  SipHash-1-3
 * (Aumasson and Bernstein, SipHash: a fast short-input PRF, 2012).
 *
 * struct keyed is a set of byte strings, each with the number of its first
 * coming, from 0: what belongs to one stands in an array of its user's.
 */

#include <glib.h>
#include <stdint.h>

struct hash_key { uint64_t k[2]; };

/* From the bytes themselves, or from a hash of them as text. */
void		 hash_key_of(struct hash_key *, const void *, size_t len);
/* From all of them (struct import *), in any order. */
void		 hash_key_of_imports(struct hash_key *, const GPtrArray *);
uint64_t	 hash_keyed(const struct hash_key *, const void *, size_t len);

#define KEYED_NONE	UINT32_MAX

struct keyed;

struct keyed	*keyed_new(const struct hash_key *);
void		 keyed_free(struct keyed *);
/* The number of what equals it; a copy is kept where nothing did. */
uint32_t	 keyed_add(struct keyed *, const void *, size_t len);
/* The same, KEYED_NONE where nothing does. */
uint32_t	 keyed_find(const struct keyed *, const void *, size_t len);
uint32_t	 keyed_size(const struct keyed *);
/* Of texts; TRUE where it was not there. */
gboolean	 keyed_add_text(struct keyed *, const char *);
gboolean	 keyed_has_text(const struct keyed *, const char *);

#endif
