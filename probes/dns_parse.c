/*
 * Reading one DNS message: dns/4.
 *
 * What a message says depends on who was asked for what: the question's name
 * and type, and the zone for which the server was asked (the question's note).
 *
 * 1. A message whose id or question is not that of the question as sent says
 *    nothing (dns.mismatch).  One that was truncated, that changed the case of
 *    the name's letters, or that wants another EDNS version, says only that
 *    (dns.rung); so does silence.
 * 2. An rcode other than NOERROR and NXDOMAIN: the server does not answer for
 *    the zone (dns.lame).
 * 3. An answer is taken only with AA set.  Aliases are followed within the
 *    answer section from the name asked (at most 16) while they stay in the
 *    server's zone; the records of the type asked at the end of the chain are
 *    facts.  An rcode of NXDOMAIN speaks of the last name of the chain (RFC
 *    6604), and is a fact where the server answers for that name.
 * 4. An alias made from a DNAME has to be what RFC 6672 2.2 makes of the name.
 * 5. A signature with fewer labels than its owner has: the server made the
 *    records from a wildcard (RFC 4034 3.1.3).
 * 6. No answer, AA clear, NS records below the server's zone and at or above
 *    the name asked: a referral.  Addresses come from the additional section,
 *    and only for names in the server's own zone (glue in bailiwick); others
 *    are named and not used.
 * 7. NS records at or above the server's zone: an upward referral (dns.lame).
 * 8. AA set and no record of the type: dns.nodata; it matters only with rcode
 *    NOERROR.
 * 9. Where the first label was ours and random (label=random), all that is said
 *    is whether the zone has records for names that nobody made (dns.wildcard);
 *    of one below .invalid (label=invalid), whether the server has an address
 *    for what cannot exist (dns.invalid).
 * 10. A recursive server that the case names (note "recursive") speaks for no
 *    zone: AA is not looked at, aliases are followed through the whole answer,
 *    and an error says nothing but dns.recursive.
 *
 * RFC 1034 4.3, RFC 1035 4.1, RFC 2308, RFC 4592, RFC 6604, RFC 6672, RFC 9471.
 */

#include <string.h>

#include "probes/dns.h"
#include "probes/dns_other.h"
#include "probes/dns_read.h"
#include "probes/dnssec.h"
#include "probes/origin.h"
#include "probes/reader.h"

static void
lame(struct dns_message *m, const char *why)
{
	g_autofree char *name = dns_name_text(m->asked);
	json_t *v = json_pack("{s:s, s:s, s:s}", "type", m->x->q->type,
	    "rcode", m->x->detail, "why", why);

	dns_value_server(m, v);
	fact_emit(m->out, FACT_DNS_LAME, name, v);
}

/* --- the answer ------------------------------------------------------------------- */

static void
absence_fact(struct dns_message *m, const ldns_rdf *last, ldns_pkt_rcode rcode)
{
	g_autofree char *text = dns_name_text(last);
	g_autofree char *subject = m->type == LDNS_RR_TYPE_PTR ?
	    dns_name_reverse(text) : g_strdup(text);
	json_t *v = json_pack("{s:s}", "type", m->x->q->type);

	if (rcode == LDNS_RCODE_NXDOMAIN)
		origin_none(subject, m->x->q->server, m->out);
	dns_value_server(m, v);
	fact_emit(m->out, rcode == LDNS_RCODE_NXDOMAIN ? FACT_DNS_NXDOMAIN :
	    FACT_DNS_NODATA, subject, v);
}

static void
authoritative_read(struct dns_message *m, ldns_pkt_rcode rcode)
{
	ldns_rdf *last = dns_alias_chain(m);

	if (m->looped)
		lame(m, "aliases lead back");
	else if (m->longer)
		lame(m, "more aliases than are followed");
	else if (m->random)
		dns_random_read(m, last, rcode);
	else if (dns_name_within(last, m->zone) && dns_alias_records(m, last) == 0)
		absence_fact(m, last, rcode);
	ldns_rdf_deep_free(last);
}

/* --- referrals ---------------------------------------------------------------------- */

static json_t *
glue_of(const struct dns_message *m, const ldns_rdf *ns)
{
	const ldns_rr_list *extra = ldns_pkt_additional(m->p);
	json_t *ips = json_array();

	for (size_t i = 0; i < dns_list_count(extra); i++) {
		const ldns_rr *rr = ldns_rr_list_rr(extra, i);
		json_t *v;

		if (!dns_rr_is(rr, LDNS_RR_TYPE_A, ns, 1) &&
		    !dns_rr_is(rr, LDNS_RR_TYPE_AAAA, ns, 1))
			continue;
		v = dns_value_address(rr);
		if (v != NULL)
			json_array_append(ips, json_object_get(v, "ip"));
		json_decref(v);
	}
	return ips;
}

static void
referral_ns(struct dns_message *m, const ldns_rr *rr, const char *cut)
{
	const ldns_rdf *name = ldns_rr_rdf(rr, 0);
	g_autofree char *ns = dns_name_text(name);
	json_t *ips = glue_of(m, name);
	json_t *v = json_pack("{s:s, s:[], s:s, s:I}", "ns", ns, "ips",
	    "server", m->x->q->server, "ttl", (json_int_t)ldns_rr_ttl(rr));

	if (dns_name_within(name, m->zone))
		json_object_set(v, "ips", ips);
	else if (json_array_size(ips) > 0)
		json_object_set(v, "outside", ips);
	json_decref(ips);
	fact_emit(m->out, FACT_DNS_REFERRAL, cut, v);
}

/* The zone that the NS records of the authority section hand over, or NULL. */
static const ldns_rdf *
referral_cut(const struct dns_message *m)
{
	const ldns_rr_list *auth = ldns_pkt_authority(m->p);

	for (size_t i = 0; i < dns_list_count(auth); i++) {
		const ldns_rr *rr = ldns_rr_list_rr(auth, i);

		if (ldns_rr_get_type(rr) == LDNS_RR_TYPE_NS &&
		    ldns_rr_rd_count(rr) > 0)
			return ldns_rr_owner(rr);
	}
	return NULL;
}

static void
referral_read(struct dns_message *m, const ldns_rdf *owner)
{
	const ldns_rr_list *auth = ldns_pkt_authority(m->p);
	g_autofree char *cut = dns_name_text(owner);
	gboolean ds = FALSE, denied = FALSE;

	for (size_t i = 0; i < dns_list_count(auth); i++) {
		const ldns_rr *rr = ldns_rr_list_rr(auth, i);
		ldns_rr_type t = ldns_rr_get_type(rr);

		if (t == LDNS_RR_TYPE_NSEC || t == LDNS_RR_TYPE_NSEC3)
			denied = TRUE;
		if (dns_rr_is(rr, LDNS_RR_TYPE_NS, owner, 1))
			referral_ns(m, rr, cut);
		else if (dns_rr_is(rr, LDNS_RR_TYPE_DS, owner, 4)) {
			dns_record_fact(m, rr, cut, NULL);
			ds = TRUE;
		}
	}
	if (!ds && denied)
		fact_emit(m->out, FACT_DNS_UNSIGNED, cut, json_pack("{s:b}",
		    "unsigned", 1));
}

static void
no_answer_read(struct dns_message *m)
{
	const ldns_rdf *cut = referral_cut(m);

	if (cut == NULL)
		lame(m, "not authoritative");
	else if (!dns_name_within(cut, m->zone) ||
	    dns_name_same(cut, m->zone))
		lame(m, "upward referral");
	else if (!dns_name_within(m->asked, cut))
		lame(m, "referral elsewhere");
	else if (!m->random)
		referral_read(m, cut);
}

/* --- the whole message ------------------------------------------------------------------ */

static const char *
rcode_why(ldns_pkt_rcode rcode)
{
	switch (rcode) {
	case LDNS_RCODE_REFUSED:
		return "refused";
	case LDNS_RCODE_SERVFAIL:
		return "server failure";
	case LDNS_RCODE_FORMERR:
		return "format error";
	case LDNS_RCODE_NOTIMPL:
		return "not implemented";
	case LDNS_RCODE_YXDOMAIN:	/* RFC 6672 2.2 */
		return "name too long after DNAME";
	default:
		return "another error code";
	}
}

static void
recursive_read(struct dns_message *m, ldns_pkt_rcode rcode)
{
	dns_recursive_fact(m->x, m->p, m->out);
	if (rcode != LDNS_RCODE_NOERROR && rcode != LDNS_RCODE_NXDOMAIN)
		return;
	/* One that does not recurse says by its silence nothing of a name. */
	if (!ldns_pkt_ra(m->p) && !ldns_pkt_aa(m->p) &&
	    dns_list_count(ldns_pkt_answer(m->p)) == 0)
		return;
	authoritative_read(m, rcode);
	if (!m->random)
		dnssec_read(m->p, m->x, m->out);
}

static void
message_read(struct dns_message *m)
{
	ldns_pkt_rcode rcode = ldns_pkt_get_rcode(m->p);

	if (dns_rung_read(m))
		return;
	if (m->invalid) {
		dns_invalid_read(m, rcode);
		return;
	}
	if (m->recursive) {
		recursive_read(m, rcode);
		return;
	}
	if (rcode != LDNS_RCODE_NOERROR && rcode != LDNS_RCODE_NXDOMAIN)
		lame(m, rcode_why(rcode));
	else if (ldns_pkt_aa(m->p))
		authoritative_read(m, rcode);
	else if (rcode == LDNS_RCODE_NXDOMAIN ||
	    dns_list_count(ldns_pkt_answer(m->p)) > 0)
		lame(m, "not authoritative");
	else
		no_answer_read(m);
	if (!m->random)
		dnssec_read(m->p, m->x, m->out);
}

/* By the bytes of both ways; where nothing is kept of what was sent (a fixture),
 * the question is taken as put. */
static gboolean
is_for_question(const struct exchange *x, const uint8_t *wire, gsize len)
{
	gsize n = 0;
	const uint8_t *sent = x->sent.bytes != NULL ?
	    g_bytes_get_data(x->sent.bytes, &n) : NULL;

	return sent == NULL || n < DNS_HEADER ||
	    dns_datagram_judge(sent, n, wire, len) <= DATAGRAM_CASE;
}

static int
message_open(struct dns_message *m, const uint8_t *wire, gsize len)
{
	const struct question *q = m->x->q;
	const char *note = q->note;
	g_autofree char *label = question_option(q, "label");

	m->type = ldns_get_rr_type_by_name(q->type);
	if (len < DNS_HEADER || m->type == 0 ||
	    ldns_wire2pkt(&m->p, wire, len) != LDNS_STATUS_OK)
		return -1;
	m->random = g_strcmp0(label, "random") == 0;
	m->invalid = g_strcmp0(label, "invalid") == 0;
	m->recursive = dns_is_recursive(q);
	m->asked = dns_name_make(q->name);
	m->zone = dns_name_make(g_str_has_prefix(note, DNS_ZONE_NOTE) ?
	    note + strlen(DNS_ZONE_NOTE) : "");
	return m->asked != NULL && m->zone != NULL ? 0 : -1;
}

static void
message_close(struct dns_message *m)
{
	if (m->p != NULL)
		ldns_pkt_free(m->p);
	ldns_rdf_deep_free(m->asked);
	ldns_rdf_deep_free(m->zone);
}

int
dns_parse(const struct exchange *x, GString *out)
{
	struct dns_message m = { .x = x, .out = out };
	gsize len = 0;
	const uint8_t *wire;
	int rc;

	if (dns_other_read(x, out, &rc))
		return rc;
	if (x->received.bytes == NULL) {
		dns_rung_silent(x, out);
		return 0;
	}
	wire = g_bytes_get_data(x->received.bytes, &len);
	rc = message_open(&m, wire, len);
	if (rc == 0 && is_for_question(x, wire, len))
		message_read(&m);
	else if (rc == 0)
		fact_emit(out, FACT_DNS_MISMATCH, x->q->server, json_pack(
		    "{s:i}", "question", 1));
	message_close(&m);
	return rc;
}
