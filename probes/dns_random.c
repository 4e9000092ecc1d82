/*
 * Names that nobody made: what is said of a random label (dns.wildcard), and of
 * one below .invalid, which cannot exist (dns.invalid).
 *
 * A server that signs as it answers may say NOERROR of a name that is not there,
 * with an NSEC record of that very name whose next name is the one right after it
 * and which lists nothing but RRSIG, NSEC and (RFC 9824) NXNAME.  Of a label that
 * is ours that says that it is not there.
 */

#include <string.h>

#include "probes/dns.h"
#include "probes/dns_read.h"

#define NXNAME		128	/* RFC 9824 2 */
#define LABEL_MOST	63

static json_t *
addresses_at(const struct dns_message *m, const ldns_rdf *last)
{
	const ldns_rr_list *answer = ldns_pkt_answer(m->p);
	json_t *ips = json_array();

	for (size_t i = 0; i < dns_list_count(answer); i++) {
		const ldns_rr *rr = ldns_rr_list_rr(answer, i);
		json_t *v = NULL;

		if (dns_rr_is(rr, m->type, last, 1) &&
		    (m->type == LDNS_RR_TYPE_A ||
		    m->type == LDNS_RR_TYPE_AAAA))
			v = dns_value_address(rr);
		if (v != NULL)
			json_array_append(ips, json_object_get(v, "ip"));
		json_decref(v);
	}
	return ips;
}

/* RFC 4034 4.1.2: only the types that an NSEC record made for the answer has. */
static gboolean
lists_nothing(const ldns_rdf *bitmap)
{
	const uint8_t *p = ldns_rdf_data(bitmap);
	size_t n = ldns_rdf_size(bitmap);

	if (n < 2 || p[0] != 0 || p[1] != n - 2)
		return FALSE;
	for (size_t bit = 0; bit < (n - 2) * 8; bit++)
		if ((p[2 + bit / 8] & (0x80 >> bit % 8)) != 0 &&
		    bit != LDNS_RR_TYPE_RRSIG && bit != LDNS_RR_TYPE_NSEC &&
		    bit != NXNAME)
			return FALSE;
	return TRUE;
}

/* The name with a label of one zero byte before it. */
static gboolean
is_right_after(const ldns_rdf *next, const ldns_rdf *name)
{
	const uint8_t *p = ldns_rdf_data(next);
	size_t n = ldns_rdf_size(name);

	return ldns_rdf_size(next) == n + 2 && p[0] == 1 && p[1] == 0 &&
	    memcmp(p + 2, ldns_rdf_data(name), n) == 0;
}

static gboolean
is_denied(const struct dns_message *m, const ldns_rdf *name)
{
	const ldns_rr_list *auth = ldns_pkt_authority(m->p);

	for (size_t i = 0; i < dns_list_count(auth); i++) {
		const ldns_rr *rr = ldns_rr_list_rr(auth, i);

		if (dns_rr_is(rr, LDNS_RR_TYPE_NSEC, name, 2) &&
		    is_right_after(ldns_rr_rdf(rr, 0), name) &&
		    lists_nothing(ldns_rr_rdf(rr, 1)))
			return TRUE;
	}
	return FALSE;
}

static char *
first_label(const ldns_rdf *name)
{
	char *text = dns_name_text(name);

	text[MIN(strcspn(text, "."), LABEL_MOST)] = '\0';
	return text;
}

void
dns_random_read(struct dns_message *m, const ldns_rdf *last,
    ldns_pkt_rcode rcode)
{
	g_autofree char *parent = dns_name_tail(m->asked,
	    dns_name_labels(m->asked) - 1);
	g_autofree char *to = dns_name_same(last, m->asked) ? g_strdup("") :
	    dns_name_text(last);
	g_autofree char *proof = dns_alias_wildcard(m, m->asked, *to != '\0' ?
	    LDNS_RR_TYPE_CNAME : m->type);
	g_autofree char *label = first_label(m->asked);
	json_t *ips = addresses_at(m, last), *v;
	gboolean compact = *to == '\0' && json_array_size(ips) == 0 &&
	    rcode == LDNS_RCODE_NOERROR && is_denied(m, m->asked);

	v = json_pack("{s:b, s:s, s:s, s:o, s:s, s:b}", "there", *to != '\0' ||
	    (rcode != LDNS_RCODE_NXDOMAIN && !compact), "label", label, "type",
	    m->x->q->type, "ips", ips, "to", to, "signed", proof != NULL);
	if (compact)
		json_object_set_new(v, "compact", json_true());
	dns_value_server(m, v);
	fact_emit(m->out, FACT_DNS_WILDCARD, parent, v);
}

void
dns_invalid_read(struct dns_message *m, ldns_pkt_rcode rcode)
{
	const ldns_rr_list *answer = ldns_pkt_answer(m->p);
	gboolean alias = FALSE;
	json_t *ips = addresses_at(m, m->asked), *v;

	for (size_t i = 0; i < dns_list_count(answer); i++)
		alias |= dns_rr_is(ldns_rr_list_rr(answer, i),
		    LDNS_RR_TYPE_CNAME, m->asked, 1);
	v = json_pack("{s:b, s:s, s:o}", "there", alias ||
	    json_array_size(ips) > 0, "rcode", dns_rcode_name(rcode), "ips",
	    ips);
	fact_emit(m->out, FACT_DNS_INVALID, m->x->q->server, v);
}
