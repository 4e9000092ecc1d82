/* One signature, one key, one DS. */

#include <string.h>

#include "probes/dnssec.h"

/* What OpenSSL 3 verifies by way of libldns; RFC 8624 3.1. */
static const uint8_t algorithms[] = { 5, 7, 8, 10, 13, 14, 15, 16 };

gboolean
algorithm_known(unsigned a)
{
	for (size_t i = 0; i < G_N_ELEMENTS(algorithms); i++)
		if (algorithms[i] == a)
			return TRUE;
	return FALSE;
}

static unsigned
field(const ldns_rr *rr, size_t at)
{
	const ldns_rdf *r = ldns_rr_rdf(rr, at);

	switch (ldns_rdf_size(r)) {
	case 1:
		return ldns_rdf2native_int8(r);
	case 2:
		return ldns_rdf2native_int16(r);
	default:
		return 0;
	}
}

gboolean
key_signs(const ldns_rr *key)
{
	unsigned flags = field(key, 0);

	return (flags & LDNS_KEY_ZONE_KEY) && !(flags & LDNS_KEY_REVOKE_KEY) &&
	    field(key, 1) == 3;
}

/* --- delegation signers --------------------------------------------------- */

static const struct {
	unsigned	 type;
	ldns_hash	 hash;
} digests[] = {
	{ 1, LDNS_SHA1 }, { 2, LDNS_SHA256 }, { 4, LDNS_SHA384 },
};

static gboolean
digest_known(unsigned type)
{
	for (size_t i = 0; i < G_N_ELEMENTS(digests); i++)
		if (digests[i].type == type)
			return TRUE;
	return FALSE;
}

static gboolean
ds_known(const ldns_rr *ds)
{
	return algorithm_known(field(ds, 1)) && digest_known(field(ds, 2));
}

ldns_rr_list *
ds_usable(const ldns_rr_list *all)
{
	ldns_rr_list *l = ldns_rr_list_new();
	size_t n = MIN(ldns_rr_list_rr_count(all), DNSSEC_KEYS);
	gboolean strong = FALSE;

	for (size_t i = 0; i < n; i++)
		strong |= ds_known(ldns_rr_list_rr(all, i)) &&
		    field(ldns_rr_list_rr(all, i), 2) != 1;
	for (size_t i = 0; i < n; i++) {
		ldns_rr *ds = ldns_rr_list_rr(all, i);

		if (ds_known(ds) && !(strong && field(ds, 2) == 1))
			ldns_rr_list_push_rr(l, ds);
	}
	return l;
}

gboolean
ds_matches(const ldns_rr *ds, const ldns_rr *key)
{
	ldns_rr *own = NULL;
	gboolean same;

	if (field(ds, 0) != ldns_calc_keytag(key) ||
	    field(ds, 1) != field(key, 2))
		return FALSE;
	for (size_t i = 0; i < G_N_ELEMENTS(digests); i++)
		if (digests[i].type == field(ds, 2))
			own = ldns_key_rr2ds(key, digests[i].hash);
	same = own != NULL && ldns_rdf_compare(ldns_rr_rdf(own, 3),
	    ldns_rr_rdf(ds, 3)) == 0;
	ldns_rr_free(own);
	return same;
}

/* --- signatures ----------------------------------------------------------- */

/* From the most to the least telling; the last stands for all else. */
static const struct {
	ldns_status	 status;
	const char	*words;
} reasons[] = {
	{ LDNS_STATUS_CRYPTO_SIG_EXPIRED, "the signature had expired" },
	{ LDNS_STATUS_CRYPTO_SIG_NOT_INCEPTED,
	    "the signature was not yet valid" },
	{ LDNS_STATUS_CRYPTO_EXPIRATION_BEFORE_INCEPTION,
	    "the signature expires before it begins" },
	{ LDNS_STATUS_CRYPTO_BOGUS, "bad signature" },
	{ LDNS_STATUS_CRYPTO_NO_MATCHING_KEYTAG_DNSKEY,
	    "no key of the zone for the signature" },
	{ LDNS_STATUS_CRYPTO_UNKNOWN_ALGO,
	    "an algorithm that is not known here" },
	{ LDNS_STATUS_ERR, "the signature cannot be read" },
};

static size_t
reason_of(ldns_status s)
{
	size_t i = 0;

	while (i + 1 < G_N_ELEMENTS(reasons) && reasons[i].status != s)
		i++;
	return i;
}

/* Labels of the owner as a signature counts them: RFC 4034 3.1.3. */
static unsigned
owner_labels(const ldns_rr *rr)
{
	unsigned n = ldns_dname_label_count(ldns_rr_owner(rr));

	return ldns_dname_is_wildcard(ldns_rr_owner(rr)) ? n - 1 : n;
}

/* Of another zone, or of a name that is not in it: RFC 4035 5.3.1. */
static const char *
sig_misfit(const struct rrset *s, const ldns_rr *sig, const char *zone)
{
	g_autofree char *signer = dnssec_name(ldns_rr_rrsig_signame(sig));
	const ldns_rr *rr = ldns_rr_list_rr(s->rrs, 0);
	const ldns_rdf *owner = ldns_rr_owner(rr);

	if (strcmp(signer, zone) != 0)
		return "signed by another zone";
	if (ldns_dname_compare(owner, ldns_rr_rrsig_signame(sig)) != 0 &&
	    !ldns_dname_is_subdomain(owner, ldns_rr_rrsig_signame(sig)))
		return "signed by another zone";
	if (field(sig, 2) > owner_labels(rr))
		return "the signature has more labels than the name";
	return NULL;
}

const char *
rrset_check(const struct rrset *s, const ldns_rr_list *keys, const char *zone,
    struct effort *e, unsigned *labels)
{
	size_t n = MIN(ldns_rr_list_rr_count(s->sigs), DNSSEC_SIGS);
	size_t best = G_N_ELEMENTS(reasons);
	const char *misfit = NULL;

	for (size_t i = 0; i < n; i++) {
		const ldns_rr *sig = ldns_rr_list_rr(s->sigs, i);
		const char *why = sig_misfit(s, sig, zone);
		ldns_rr_list *good;
		ldns_status st;

		if (why != NULL) {
			misfit = why;
			continue;
		}
		if (e->left == 0)
			return "more signatures than are tried for one target";
		e->left--;
		good = ldns_rr_list_new();
		st = ldns_verify_rrsig_keylist_time(s->rrs, sig, keys, s->at,
		    good);
		ldns_rr_list_free(good);
		if (st == LDNS_STATUS_OK) {
			*labels = field(sig, 2);
			return NULL;
		}
		best = MIN(best, reason_of(st));
	}
	if (best < G_N_ELEMENTS(reasons))
		return reasons[best].words;
	return misfit != NULL ? misfit : "no signature";
}
