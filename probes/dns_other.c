/* What others say: resolvers, servers that were given a subnet, echoes. */

#include <string.h>

#include <ldns/ldns.h>

#include "probes/dns.h"
#include "probes/dns_other.h"
#include "probes/dnssec.h"
#include "probes/guard.h"
#include "probes/reader.h"
#include "probes/text.h"

#define ANSWERS		64	/* records named of one answer */
#define OPTIONS		16	/* EDNS options looked at */
#define OPTION_ECS	8
#define OPTION_EDE	15

/* --- EDNS options ----------------------------------------------------------- */

static const char *const ede_names[] = {
	"Other Error", "Unsupported DNSKEY Algorithm",
	"Unsupported DS Digest Type", "Stale Answer", "Forged Answer",
	"DNSSEC Indeterminate", "DNSSEC Bogus", "Signature Expired",
	"Signature Not Yet Valid", "DNSKEY Missing", "RRSIGs Missing",
	"No Zone Key Bit Set", "NSEC Missing", "Cached Error", "Not Ready",
	"Blocked", "Censored", "Filtered", "Prohibited",
	"Stale NXDOMAIN Answer", "Not Authoritative", "Not Supported",
	"No Reachable Authority", "Network Error", "Invalid Data",
	"Signature Expired before Valid", "Too Early",
	"Unsupported NSEC3 Iterations Value", "Unable to conform to policy",
	"Synthesized",
};

const char *
dns_ede_name(unsigned code)
{
	return code < G_N_ELEMENTS(ede_names) ? ede_names[code] : "unassigned";
}

struct option {
	unsigned	 code;
	const uint8_t	*data;
	size_t		 len;
};

/* The next option from *at on; FALSE at the end, or where it is cut short. */
static gboolean
option_next(const ldns_pkt *p, size_t *at, struct option *o)
{
	const ldns_rdf *r = ldns_pkt_edns_data(p);
	const uint8_t *b = r != NULL ? ldns_rdf_data(r) : NULL;
	size_t n = r != NULL ? ldns_rdf_size(r) : 0;

	if (b == NULL || *at + 4 > n)
		return FALSE;
	o->code = (unsigned)(b[*at] << 8 | b[*at + 1]);
	o->len = (size_t)(b[*at + 2] << 8 | b[*at + 3]);
	o->data = b + *at + 4;
	*at += 4 + o->len;
	return *at <= n;
}

static json_t *
ede_list(const ldns_pkt *p)
{
	json_t *a = json_array();
	struct option o;
	size_t at = 0;

	for (int i = 0; i < OPTIONS && option_next(p, &at, &o); i++) {
		unsigned code;

		if (o.code != OPTION_EDE || o.len < 2)
			continue;
		code = (unsigned)(o.data[0] << 8 | o.data[1]);
		json_array_append_new(a, json_pack("{s:i, s:s, s:o}", "code",
		    (int)code, "name", dns_ede_name(code), "text",
		    text_json((const char *)o.data + 2, o.len - 2)));
	}
	return a;
}

/* How much of the prefix the answer holds for; NULL where not said. */
static json_t *
scope_of(const ldns_pkt *p)
{
	struct option o;
	size_t at = 0;

	for (int i = 0; i < OPTIONS && option_next(p, &at, &o); i++)
		if (o.code == OPTION_ECS && o.len >= 4)
			return json_integer(o.data[3]);
	return json_null();
}

/* --- the answer ------------------------------------------------------------- */

/* What a record says, as it is compared: an address, a name, a preference with
 * a name; NULL for what is none of these. */
static char *
said(const ldns_rr *rr)
{
	size_t last = ldns_rr_rd_count(rr);
	char *raw, *s;

	switch (ldns_rr_get_type(rr)) {
	case LDNS_RR_TYPE_MX:
	case LDNS_RR_TYPE_NS:
	case LDNS_RR_TYPE_CNAME:
		return last > 0 ? dnssec_name(ldns_rr_rdf(rr, last - 1)) :
		    NULL;
	case LDNS_RR_TYPE_A:
	case LDNS_RR_TYPE_AAAA:
		raw = last > 0 ? ldns_rdf2str(ldns_rr_rdf(rr, 0)) : NULL;
		s = g_strdup(raw);
		free(raw);
		return s;
	default:
		return NULL;
	}
}

static json_t *
answers_of(const ldns_pkt *p, ldns_rr_type type)
{
	const ldns_rr_list *l = ldns_pkt_answer(p);
	size_t n = l != NULL ? MIN(ldns_rr_list_rr_count(l), ANSWERS) : 0;
	json_t *a = json_array();

	for (size_t i = 0; i < n; i++) {
		const ldns_rr *rr = ldns_rr_list_rr(l, i);
		g_autofree char *s = ldns_rr_get_type(rr) == type ? said(rr) :
		    NULL;

		if (s != NULL)
			json_array_append_new(a, json_string(s));
	}
	return a;
}

/* No record, and no SOA that says so: not even an absence (RFC 2308 2.2.1). */
static gboolean
is_bare(const struct exchange *x, const ldns_pkt *p)
{
	const ldns_rr_list *l = ldns_pkt_authority(p);
	size_t n = l != NULL ? ldns_rr_list_rr_count(l) : 0;

	if (strcmp(x->detail, "NOERROR") != 0 || ldns_pkt_ancount(p) > 0)
		return FALSE;
	for (size_t i = 0; i < n; i++)
		if (ldns_rr_get_type(ldns_rr_list_rr(l, i)) ==
		    LDNS_RR_TYPE_SOA)
			return FALSE;
	return TRUE;
}

static json_t *
value_of(const struct exchange *x, const ldns_pkt *p)
{
	return json_pack("{s:s, s:s, s:o, s:o, s:s}", "type", x->q->type,
	    "rcode", x->detail, "answers", answers_of(p,
	    ldns_get_rr_type_by_name(x->q->type)), "aliases",
	    answers_of(p, LDNS_RR_TYPE_CNAME), "server", x->q->server);
}

static char *
asked_name(const struct exchange *x)
{
	char *s = g_ascii_strdown(x->q->name, -1);

	if (*s != '\0' && s[strlen(s) - 1] == '.')
		s[strlen(s) - 1] = '\0';
	return s;
}

/* --- who said it ------------------------------------------------------------ */

static void
subnet_read(const struct exchange *x, const ldns_pkt *p, const char *by,
    const char *label, GString *out)
{
	g_autofree char *name = asked_name(x);
	g_autofree char *ecs = question_option(x->q, "ecs");
	json_t *v;

	if (ecs == NULL)
		return;
	v = value_of(x, p);
	json_object_set_new(v, "subnet", json_string(ecs));
	json_object_set_new(v, "label", json_string(label));
	json_object_set_new(v, "scope", scope_of(p));
	json_object_set_new(v, "by", json_string(by));
	fact_emit(out, FACT_ECS_ANSWER, name, v);
}

static void
resolver_read(const struct exchange *x, const ldns_pkt *p, const char *who,
    GString *out)
{
	g_autofree char *name = asked_name(x);
	g_autofree char *ecs = question_option(x->q, "ecs");
	json_t *v;

	if (ecs != NULL) {
		subnet_read(x, p, who, "", out);
		return;
	}
	v = value_of(x, p);
	json_object_set_new(v, "resolver", json_string(who));
	json_object_set_new(v, "ad", json_boolean(ldns_pkt_ad(p)));
	if (ldns_pkt_tc(p))
		json_object_set_new(v, "truncated", json_true());
	if (is_bare(x, p))
		json_object_set_new(v, "bare", json_true());
	json_object_set_new(v, "ede", ede_list(p));
	fact_emit(out, FACT_RESOLVER_ANSWER, name, v);
}

void
dns_recursive_fact(const struct exchange *x, const ldns_pkt *p, GString *out)
{
	g_autofree char *name = asked_name(x);

	fact_emit(out, FACT_DNS_RECURSIVE, name, json_pack(
	    "{s:s, s:s, s:s, s:b, s:b, s:o}", "type", x->q->type, "rcode",
	    x->detail, "server", x->q->server, "ra", ldns_pkt_ra(p), "ad",
	    ldns_pkt_ad(p), "ede", ede_list(p)));
}

static void
echo_fact(const struct exchange *x, const char *ip, const char *who,
    GString *out)
{
	char canon[46];
	const char *special;

	if (addr_canonical(ip, canon) != 0)
		return;
	/* An address that is not public is not what the far side sees. */
	special = guard_address(canon);
	fact_emit(out, special == NULL ? FACT_VANTAGE_ADDRESS :
	    FACT_VANTAGE_SPECIAL, canon, json_pack("{s:s, s:s, s:s, s:s}",
	    "family", strchr(canon, ':') != NULL ? "IPv6" : "IPv4", "by", who,
	    "server", x->q->server, "what", special != NULL ? special : ""));
}

static void
echo_read(const struct exchange *x, const ldns_pkt *p, const char *who,
    GString *out)
{
	const ldns_rr_list *l = ldns_pkt_answer(p);
	size_t n = l != NULL ? MIN(ldns_rr_list_rr_count(l), ANSWERS) : 0;

	for (size_t i = 0; i < n; i++) {
		const ldns_rr *rr = ldns_rr_list_rr(l, i);
		const ldns_rdf *r = ldns_rr_rd_count(rr) > 0 ?
		    ldns_rr_rdf(rr, 0) : NULL;
		g_autofree char *s = NULL;

		if (r == NULL)
			continue;
		if (ldns_rr_get_type(rr) == LDNS_RR_TYPE_TXT &&
		    ldns_rdf_size(r) > 1)
			s = g_strndup((const char *)ldns_rdf_data(r) + 1,
			    ldns_rdf_size(r) - 1);
		else
			s = said(rr);
		if (s != NULL)
			echo_fact(x, s, who, out);
	}
}

/* --- which ------------------------------------------------------------------ */

static const struct {
	const char	*note;
	void		(*read)(const struct exchange *, const ldns_pkt *,
			    const char *, GString *);
} readers[] = {
	{ NOTE_RESOLVER,	resolver_read },
	{ NOTE_ECHO,		echo_read },
};

static int
message_read(const struct exchange *x, GString *out)
{
	gsize len = 0;
	const uint8_t *wire = g_bytes_get_data(x->received.bytes, &len);
	const char *note = x->q->note;
	ldns_pkt *p = NULL;

	if (len < DNS_HEADER ||
	    ldns_wire2pkt(&p, wire, len) != LDNS_STATUS_OK)
		return -1;
	if (g_str_has_prefix(note, NOTE_SUBNET))
		subnet_read(x, p, "authoritative", note +
		    strlen(NOTE_SUBNET), out);
	for (size_t i = 0; i < G_N_ELEMENTS(readers); i++)
		if (g_str_has_prefix(note, readers[i].note))
			readers[i].read(x, p, note +
			    strlen(readers[i].note), out);
	ldns_pkt_free(p);
	return 0;
}

gboolean
dns_other_read(const struct exchange *x, GString *out, int *rc)
{
	const char *note = x->q->note;

	if (!g_str_has_prefix(note, NOTE_SUBNET) &&
	    !g_str_has_prefix(note, NOTE_RESOLVER) &&
	    !g_str_has_prefix(note, NOTE_ECHO))
		return FALSE;
	*rc = x->received.bytes != NULL ? message_read(x, out) : 0;
	return TRUE;
}
