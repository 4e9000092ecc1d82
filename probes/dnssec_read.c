/* The signed sets of a message, as facts. */

#include <string.h>

#include "probes/dnssec.h"

#define READ_SETS	24	/* of one message */
#define READ_RECORDS	128	/* looked at, of each section */

char *
dnssec_name(const ldns_rdf *r)
{
	char *raw = r != NULL ? ldns_rdf2str(r) : NULL;
	char *s = g_ascii_strdown(raw != NULL ? raw : "", -1);
	size_t n = strlen(s);

	free(raw);
	if (n > 0 && s[n - 1] == '.' && (n < 2 || s[n - 2] != '\\'))
		s[n - 1] = '\0';
	return s;
}

/* Sets that validation may need: the answer, and of the authority section what
 * speaks of delegations and of what is absent. */
static gboolean
worth_keeping(ldns_rr_type t, gboolean answer)
{
	switch (t) {
	case LDNS_RR_TYPE_DS:
	case LDNS_RR_TYPE_NSEC:
	case LDNS_RR_TYPE_NSEC3:
		return TRUE;
	case LDNS_RR_TYPE_PTR:
		return FALSE;
	default:
		return answer;
	}
}

static size_t
section_count(const ldns_rr_list *l)
{
	return l == NULL ? 0 : MIN(ldns_rr_list_rr_count(l), READ_RECORDS);
}

static ldns_rr_type
covered(const ldns_rr *sig)
{
	return ldns_rr_rd_count(sig) >= 9 ?
	    ldns_rdf2rr_type(ldns_rr_rrsig_typecovered(sig)) : 0;
}

/* A record of the set that a signature speaks of, or another one of its. */
static gboolean
belongs(const ldns_rr *rr, const ldns_rr *sig, gboolean sigs)
{
	ldns_rr_type t = ldns_rr_get_type(rr);

	if (ldns_rr_get_class(rr) != LDNS_RR_CLASS_IN ||
	    (t == LDNS_RR_TYPE_RRSIG) != sigs ||
	    (sigs ? covered(rr) : t) != covered(sig))
		return FALSE;
	return ldns_dname_compare(ldns_rr_owner(rr), ldns_rr_owner(sig)) == 0;
}

static json_t *
wire_of(ldns_buffer *b, const ldns_rr_list *l, const ldns_rr *sig,
    gboolean sigs)
{
	g_autofree char *text = NULL;

	ldns_buffer_clear(b);
	for (size_t i = 0; i < section_count(l); i++) {
		const ldns_rr *rr = ldns_rr_list_rr(l, i);
		size_t before = ldns_buffer_position(b);

		if (belongs(rr, sig, sigs) && ldns_rr2buffer_wire(b, rr,
		    LDNS_SECTION_ANSWER) != LDNS_STATUS_OK)
			ldns_buffer_set_position(b, before);
	}
	text = g_base64_encode(ldns_buffer_begin(b), ldns_buffer_position(b));
	return json_string(text);
}

static void
set_emit(const struct exchange *x, ldns_buffer *b, const ldns_rr_list *l,
    const ldns_rr *sig, gboolean answer, GString *out)
{
	g_autofree char *owner = dnssec_name(ldns_rr_owner(sig));
	g_autofree char *signer = dnssec_name(ldns_rr_rrsig_signame(sig));
	char *type = ldns_rr_type2str(covered(sig));

	fact_emit(out, FACT_DNSSEC_RRSET, *owner != '\0' ? owner : ".",
	    json_pack("{s:s, s:s, s:s, s:s, s:o, s:o}", "type", type,
	    "section", answer ? "answer" : "authority", "zone",
	    *signer != '\0' ? signer : ".", "server", x->q->server, "rrs",
	    wire_of(b, l, sig, FALSE), "sigs", wire_of(b, l, sig, TRUE)));
	free(type);
}

/* The first signature of each set stands for it. */
static gboolean
is_first(const ldns_rr_list *l, size_t at)
{
	const ldns_rr *sig = ldns_rr_list_rr(l, at);

	for (size_t i = 0; i < at; i++)
		if (belongs(ldns_rr_list_rr(l, i), sig, TRUE))
			return FALSE;
	return TRUE;
}

static void
section_read(const struct exchange *x, const ldns_rr_list *l, gboolean answer,
    GString *out)
{
	ldns_buffer *b = NULL;
	int sets = 0;

	for (size_t i = 0; i < section_count(l) && sets < READ_SETS; i++) {
		const ldns_rr *sig = ldns_rr_list_rr(l, i);

		if (ldns_rr_get_type(sig) != LDNS_RR_TYPE_RRSIG ||
		    ldns_rr_get_class(sig) != LDNS_RR_CLASS_IN ||
		    covered(sig) == 0 ||
		    !worth_keeping(covered(sig), answer) || !is_first(l, i))
			continue;
		if (b == NULL)
			b = ldns_buffer_new(LDNS_MAX_PACKETLEN);
		set_emit(x, b, l, sig, answer, out);
		sets++;
	}
	if (b != NULL)
		ldns_buffer_free(b);
}

void
dnssec_read(const ldns_pkt *p, const struct exchange *x, GString *out)
{
	section_read(x, ldns_pkt_answer(p), TRUE, out);
	section_read(x, ldns_pkt_authority(p), FALSE, out);
}
