/*
 * Reading one DNS message: dns/1.
 *
 * What a message says depends on who was asked for what: the question's name
 * and type, and the zone for which the server was asked (the question's note).
 *
 * 1. An rcode other than NOERROR and NXDOMAIN: the server does not answer for
 *    the zone (dns.lame).
 * 2. An answer is taken only with AA set.  Aliases are followed within the
 *    answer section from the name asked (at most 16) while they stay in the
 *    server's zone; the records of the type asked at the end of the chain are
 *    facts.  An rcode of NXDOMAIN speaks of the last name of the chain (RFC
 *    6604), and is a fact where the server answers for that name.
 * 3. No answer, AA clear, NS records below the server's zone and at or above
 *    the name asked: a referral.  Addresses come from the additional section,
 *    and only for names in the server's own zone (glue in bailiwick).
 * 4. NS records at or above the server's zone: an upward referral (dns.lame).
 * 5. AA set and no record of the type: dns.nodata; it matters only with rcode
 *    NOERROR.
 *
 * RFC 1034 4.3, RFC 1035 4.1, RFC 2308, RFC 6604, RFC 9471.
 */

#include <string.h>

#include <ldns/ldns.h>

#include "probes/dns.h"
#include "probes/dns_other.h"
#include "probes/dnssec.h"
#include "probes/guard.h"
#include "probes/limits.h"
#include "probes/origin.h"
#include "probes/reader.h"
#include "probes/text.h"

#define CHAIN_MOST	16
#define RECORDS_MOST	512

struct message {
	const struct exchange	*x;
	GString			*out;
	ldns_pkt		*p;
	ldns_rr_type		 type;
	char			*asked;		/* lower case, no final dot */
	char			*zone;		/* of the server, "" the root */
	gboolean		 looped;	/* the aliases lead back */
};

/* --- names -------------------------------------------------------------------- */

/* Presentation form in lower case, no final dot; "." for the root is "". */
static char *
name_text(const char *presented)
{
	char *s = g_ascii_strdown(presented, -1);
	size_t n = strlen(s);

	if (n > 0 && s[n - 1] == '.' && (n < 2 || s[n - 2] != '\\'))
		s[n - 1] = '\0';
	return s;
}

static char *
rdf_name(const ldns_rdf *r)
{
	char *raw = ldns_rdf2str(r), *s = name_text(raw != NULL ? raw : "");

	free(raw);
	return s;
}

static gboolean
name_within(const char *name, const char *zone)
{
	size_t n = strlen(name), z = strlen(zone);

	if (z == 0)
		return TRUE;
	return n >= z && strcmp(name + n - z, zone) == 0 &&
	    (n == z || name[n - z - 1] == '.');
}

static char *
server_zone(const struct question *q)
{
	const char *note = q->note;

	if (!g_str_has_prefix(note, DNS_ZONE_NOTE))
		return g_strdup("");
	return name_text(note + strlen(DNS_ZONE_NOTE));
}

/* "4.0.41.198.in-addr.arpa" is 198.41.0.4; the name itself where it is none. */
static char *
reverse_subject(const char *name)
{
	g_auto(GStrv) part = g_strsplit(name, ".", 40);
	guint n = g_strv_length(part);
	g_autoptr(GString) s = g_string_new(NULL);
	char ip[46];

	if (n == 6 && g_str_has_suffix(name, ".in-addr.arpa"))
		g_string_printf(s, "%s.%s.%s.%s", part[3], part[2], part[1],
		    part[0]);
	else if (n == 34 && g_str_has_suffix(name, ".ip6.arpa"))
		for (guint i = 32; i-- > 0;)
			g_string_append_printf(s, "%s%s", part[i],
			    i > 0 && i % 4 == 0 ? ":" : "");
	if (s->len > 0 && addr_canonical(s->str, ip) == 0)
		return g_strdup(ip);
	return g_strdup(name);
}

/* --- one record ----------------------------------------------------------------- */

static json_t *
rdf_text_join(const ldns_rr *rr)
{
	g_autoptr(GByteArray) b = g_byte_array_new();

	for (size_t i = 0; i < ldns_rr_rd_count(rr); i++) {
		const ldns_rdf *r = ldns_rr_rdf(rr, i);
		size_t n = ldns_rdf_size(r);

		/* a character-string: a length byte, then so many bytes */
		if (n > 1)
			g_byte_array_append(b, ldns_rdf_data(r) + 1,
			    (guint)n - 1);
	}
	return text_json((const char *)b->data, b->len);
}

static json_t *
value_address(const ldns_rr *rr)
{
	char *ip = ldns_rdf2str(ldns_rr_rdf(rr, 0));
	char canon[46] = "";
	json_t *v;

	if (ip == NULL || addr_canonical(ip, canon) != 0) {
		free(ip);
		return NULL;
	}
	free(ip);
	v = json_pack("{s:s}", "ip", canon);
	return v;
}

static json_t *
value_name(const ldns_rr *rr, size_t at, const char *field)
{
	g_autofree char *s = rdf_name(ldns_rr_rdf(rr, at));

	return json_pack("{s:s}", field, s);
}

static json_t *
value_ns(const ldns_rr *rr)
{
	return value_name(rr, 0, "ns");
}

static json_t *
value_cname(const ldns_rr *rr)
{
	return value_name(rr, 0, "to");
}

static json_t *
value_ptr(const ldns_rr *rr)
{
	return value_name(rr, 0, "name");
}

static json_t *
value_mx(const ldns_rr *rr)
{
	json_t *v = value_name(rr, 1, "exchange");

	json_object_set_new(v, "preference", json_integer(
	    ldns_rdf2native_int16(ldns_rr_rdf(rr, 0))));
	return v;
}

/* RFC 1035 8: the first dot that is not escaped is the mailbox's @. */
static char *
mailbox(const char *rname)
{
	g_autoptr(GString) s = g_string_new(NULL);
	gboolean at = FALSE;

	for (const char *p = rname; *p != '\0'; p++) {
		if (!at && p[0] == '\\' && p[1] == '.') {
			g_string_append_c(s, '.');
			p++;
		} else if (!at && *p == '.') {
			g_string_append_c(s, '@');
			at = TRUE;
		} else
			g_string_append_c(s, *p);
	}
	return g_string_free(g_steal_pointer(&s), FALSE);
}

static json_t *
value_soa(const ldns_rr *rr)
{
	static const char *const numbers[] = {
		"serial", "refresh", "retry", "expire", "minimum",
	};
	g_autofree char *mname = rdf_name(ldns_rr_rdf(rr, 0));
	g_autofree char *rname = rdf_name(ldns_rr_rdf(rr, 1));
	g_autofree char *box = mailbox(rname);
	json_t *v = json_pack("{s:s, s:s, s:s}", "mname", mname, "rname",
	    rname, "mailbox", box);

	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
		json_object_set_new(v, numbers[i], json_integer(
		    ldns_rdf2native_int32(ldns_rr_rdf(rr, i + 2))));
	return v;
}

static json_t *
value_txt(const ldns_rr *rr)
{
	json_t *v = json_object();

	json_object_set_new(v, "text", rdf_text_join(rr));
	return v;
}

static json_t *
value_caa(const ldns_rr *rr)
{
	const ldns_rdf *tag = ldns_rr_rdf(rr, 1), *val = ldns_rr_rdf(rr, 2);
	json_t *v = json_pack("{s:i}", "flags",
	    (int)ldns_rdf2native_int8(ldns_rr_rdf(rr, 0)));
	size_t n = ldns_rdf_size(tag);

	json_object_set_new(v, "tag", n > 1 ? text_json(
	    (const char *)ldns_rdf_data(tag) + 1, n - 1) : json_string(""));
	json_object_set_new(v, "value", text_json(
	    (const char *)ldns_rdf_data(val), ldns_rdf_size(val)));
	return v;
}

static json_t *
value_ds(const ldns_rr *rr)
{
	char *digest = ldns_rdf2str(ldns_rr_rdf(rr, 3));
	json_t *v = json_pack("{s:i, s:i, s:i, s:s}", "tag",
	    (int)ldns_rdf2native_int16(ldns_rr_rdf(rr, 0)), "algorithm",
	    (int)ldns_rdf2native_int8(ldns_rr_rdf(rr, 1)), "digest_type",
	    (int)ldns_rdf2native_int8(ldns_rr_rdf(rr, 2)), "digest",
	    digest != NULL ? digest : "");

	free(digest);
	return v;
}

static json_t *
value_dnskey(const ldns_rr *rr)
{
	return json_pack("{s:i, s:i, s:i}", "flags",
	    (int)ldns_rdf2native_int16(ldns_rr_rdf(rr, 0)), "algorithm",
	    (int)ldns_rdf2native_int8(ldns_rr_rdf(rr, 2)), "tag",
	    (int)ldns_calc_keytag(rr));
}

static const struct rr_kind {
	ldns_rr_type	 type;
	enum fact_kind	 kind;
	size_t		 fields;	/* fewer: the record is not read */
	json_t		*(*value)(const ldns_rr *);
} rr_kinds[] = {
	{ LDNS_RR_TYPE_A,	FACT_DNS_A,	1, value_address },
	{ LDNS_RR_TYPE_AAAA,	FACT_DNS_AAAA,	1, value_address },
	{ LDNS_RR_TYPE_NS,	FACT_DNS_NS,	1, value_ns },
	{ LDNS_RR_TYPE_SOA,	FACT_DNS_SOA,	7, value_soa },
	{ LDNS_RR_TYPE_MX,	FACT_DNS_MX,	2, value_mx },
	{ LDNS_RR_TYPE_TXT,	FACT_DNS_TXT,	1, value_txt },
	{ LDNS_RR_TYPE_CAA,	FACT_DNS_CAA,	3, value_caa },
	{ LDNS_RR_TYPE_CNAME,	FACT_DNS_CNAME,	1, value_cname },
	{ LDNS_RR_TYPE_PTR,	FACT_DNS_PTR,	1, value_ptr },
	{ LDNS_RR_TYPE_DS,	FACT_DNS_DS,	4, value_ds },
	{ LDNS_RR_TYPE_DNSKEY,	FACT_DNS_DNSKEY, 4, value_dnskey },
};

/* An address that nobody may connect to is a fact of its own. */
static void
special_fact(struct message *m, const json_t *v)
{
	const char *ip = json_string_value(json_object_get(v, "ip"));
	const char *what = ip != NULL ? guard_address(ip) : NULL;

	if (what != NULL)
		fact_emit(m->out, FACT_IP_SPECIAL, ip, json_pack("{s:s}",
		    "what", what));
}

/* A text that says who announces an address is that, not a text of a name;
 * takes v where it was one. */
static gboolean
origin_record(struct message *m, enum fact_kind kind, const char *name,
    json_t *v)
{
	const char *text = json_string_value(json_object_get(v, "text"));

	if (kind != FACT_DNS_TXT || text == NULL ||
	    !origin_text(name, text, m->x->q->server, m->out))
		return FALSE;
	json_decref(v);
	return TRUE;
}

static void
record_fact(struct message *m, const ldns_rr *rr, const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rr_kinds); i++) {
		const struct rr_kind *k = &rr_kinds[i];
		g_autofree char *subject = NULL;
		json_t *v;

		if (k->type != ldns_rr_get_type(rr) ||
		    ldns_rr_rd_count(rr) < k->fields)
			continue;
		v = k->value(rr);
		if (v == NULL)
			return;
		subject = k->kind == FACT_DNS_PTR ? reverse_subject(name) :
		    g_strdup(*name != '\0' ? name : ".");
		if (origin_record(m, k->kind, name, v))
			return;
		json_object_set_new(v, "ttl", json_integer(ldns_rr_ttl(rr)));
		json_object_set_new(v, "server",
		    json_string(m->x->q->server));
		special_fact(m, v);
		fact_emit(m->out, k->kind, subject, v);
		return;
	}
}

/* --- sections --------------------------------------------------------------------- */

static size_t
list_count(const ldns_rr_list *l)
{
	return l == NULL ? 0 : MIN(ldns_rr_list_rr_count(l), RECORDS_MOST);
}

static gboolean
rr_is(const ldns_rr *rr, ldns_rr_type type, const char *name)
{
	g_autofree char *owner = NULL;

	if (ldns_rr_get_type(rr) != type ||
	    ldns_rr_get_class(rr) != LDNS_RR_CLASS_IN)
		return FALSE;
	owner = rdf_name(ldns_rr_owner(rr));
	return strcmp(owner, name) == 0;
}

static void
lame(struct message *m, const char *why)
{
	fact_emit(m->out, FACT_DNS_LAME, m->asked, json_pack(
	    "{s:s, s:s, s:s, s:s}", "type", m->x->q->type, "rcode",
	    m->x->detail, "server", m->x->q->server, "why", why));
}

/* The one alias at a name, or NULL; its fact is written. */
static char *
alias_of(struct message *m, const ldns_rr_list *answer, const char *name)
{
	for (size_t i = 0; i < list_count(answer); i++) {
		const ldns_rr *rr = ldns_rr_list_rr(answer, i);

		if (!rr_is(rr, LDNS_RR_TYPE_CNAME, name) ||
		    ldns_rr_rd_count(rr) < 1)
			continue;
		record_fact(m, rr, name);
		return rdf_name(ldns_rr_rdf(rr, 0));
	}
	return NULL;
}

static size_t
records_at(struct message *m, const ldns_rr_list *answer, const char *name)
{
	size_t found = 0;

	for (size_t i = 0; i < list_count(answer); i++) {
		const ldns_rr *rr = ldns_rr_list_rr(answer, i);

		if (!rr_is(rr, m->type, name))
			continue;
		record_fact(m, rr, name);
		found++;
	}
	return found;
}

/* Follows the aliases; what there is at the end.  *last is the end's name. */
static size_t
answer_read(struct message *m, char **last)
{
	const ldns_rr_list *answer = ldns_pkt_answer(m->p);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);
	char *name = g_strdup(m->asked);

	/* What another zone holds is asked of that zone's servers. */
	for (int i = 0; i < CHAIN_MOST && m->type != LDNS_RR_TYPE_CNAME &&
	    name_within(name, m->zone); i++) {
		char *to = NULL;

		m->looped = !g_hash_table_add(seen, g_strdup(name));
		if (!m->looped)
			to = alias_of(m, answer, name);
		if (to == NULL)
			break;
		g_free(name);
		name = to;
	}
	*last = name;
	return name_within(name, m->zone) ? records_at(m, answer, name) : 0;
}

/* --- referrals ---------------------------------------------------------------------- */

static json_t *
glue_of(struct message *m, const char *ns)
{
	const ldns_rr_list *extra = ldns_pkt_additional(m->p);
	json_t *ips = json_array();

	for (size_t i = 0; i < list_count(extra); i++) {
		const ldns_rr *rr = ldns_rr_list_rr(extra, i);
		json_t *v;

		if (!rr_is(rr, LDNS_RR_TYPE_A, ns) &&
		    !rr_is(rr, LDNS_RR_TYPE_AAAA, ns))
			continue;
		v = ldns_rr_rd_count(rr) > 0 ? value_address(rr) : NULL;
		if (v != NULL)
			json_array_append(ips, json_object_get(v, "ip"));
		json_decref(v);
	}
	return ips;
}

static void
referral_ns(struct message *m, const ldns_rr *rr, const char *cut)
{
	g_autofree char *ns = rdf_name(ldns_rr_rdf(rr, 0));
	json_t *ips = name_within(ns, m->zone) ? glue_of(m, ns) : json_array();

	fact_emit(m->out, FACT_DNS_REFERRAL, cut, json_pack(
	    "{s:s, s:o, s:s, s:I}", "ns", ns, "ips", ips, "server",
	    m->x->q->server, "ttl", (json_int_t)ldns_rr_ttl(rr)));
}

static void
referral_ds(struct message *m, const ldns_rr *rr, const char *cut)
{
	fact_emit(m->out, FACT_DNS_DS, cut, value_ds(rr));
}

/* The zone that the NS records of the authority section hand over, or NULL. */
static char *
referral_cut(struct message *m)
{
	const ldns_rr_list *auth = ldns_pkt_authority(m->p);

	for (size_t i = 0; i < list_count(auth); i++) {
		const ldns_rr *rr = ldns_rr_list_rr(auth, i);

		if (ldns_rr_get_type(rr) == LDNS_RR_TYPE_NS &&
		    ldns_rr_rd_count(rr) > 0)
			return rdf_name(ldns_rr_owner(rr));
	}
	return NULL;
}

static void
referral_read(struct message *m, const char *cut)
{
	const ldns_rr_list *auth = ldns_pkt_authority(m->p);
	gboolean ds = FALSE, denied = FALSE;

	for (size_t i = 0; i < list_count(auth); i++) {
		const ldns_rr *rr = ldns_rr_list_rr(auth, i);
		ldns_rr_type t = ldns_rr_get_type(rr);

		if (t == LDNS_RR_TYPE_NSEC || t == LDNS_RR_TYPE_NSEC3)
			denied = TRUE;
		if (rr_is(rr, LDNS_RR_TYPE_NS, cut) &&
		    ldns_rr_rd_count(rr) > 0)
			referral_ns(m, rr, cut);
		else if (rr_is(rr, LDNS_RR_TYPE_DS, cut) &&
		    ldns_rr_rd_count(rr) > 3) {
			referral_ds(m, rr, cut);
			ds = TRUE;
		}
	}
	if (!ds && denied)
		fact_emit(m->out, FACT_DNS_UNSIGNED, cut, json_pack("{s:b}",
		    "unsigned", 1));
}

static void
no_answer_read(struct message *m)
{
	g_autofree char *cut = referral_cut(m);

	if (cut == NULL)
		lame(m, "not authoritative");
	else if (!name_within(cut, m->zone) || strcmp(cut, m->zone) == 0)
		lame(m, "upward referral");
	else if (!name_within(m->asked, cut))
		lame(m, "referral elsewhere");
	else
		referral_read(m, cut);
}

/* --- the whole message ------------------------------------------------------------------ */

static void
authoritative_read(struct message *m, ldns_pkt_rcode rcode)
{
	g_autofree char *last = NULL;
	size_t found = answer_read(m, &last);
	g_autofree char *subject = NULL;

	if (m->looped)
		lame(m, "aliases lead back");
	if (found > 0 || m->looped || !name_within(last, m->zone))
		return;
	subject = m->type == LDNS_RR_TYPE_PTR ? reverse_subject(last) :
	    g_strdup(last);
	if (rcode == LDNS_RCODE_NXDOMAIN)
		origin_none(subject, m->x->q->server, m->out);
	if (rcode == LDNS_RCODE_NXDOMAIN)
		fact_emit(m->out, FACT_DNS_NXDOMAIN, subject, json_pack(
		    "{s:s, s:s}", "type", m->x->q->type, "server",
		    m->x->q->server));
	else
		fact_emit(m->out, FACT_DNS_NODATA, subject, json_pack(
		    "{s:s, s:s}", "type", m->x->q->type, "server",
		    m->x->q->server));
}

static void
message_read(struct message *m)
{
	ldns_pkt_rcode rcode = ldns_pkt_get_rcode(m->p);

	if (rcode != LDNS_RCODE_NOERROR && rcode != LDNS_RCODE_NXDOMAIN)
		lame(m, "refused or failed");
	else if (ldns_pkt_aa(m->p))
		authoritative_read(m, rcode);
	else if (rcode == LDNS_RCODE_NXDOMAIN ||
	    list_count(ldns_pkt_answer(m->p)) > 0)
		lame(m, "not authoritative");
	else
		no_answer_read(m);
}

int
dns_parse(const struct exchange *x, GString *out)
{
	struct message m = { .x = x, .out = out };
	gsize len = 0;
	const uint8_t *wire;
	int other;

	if (dns_other_read(x, out, &other))
		return other;
	if (x->received.bytes == NULL)
		return 0;
	wire = g_bytes_get_data(x->received.bytes, &len);
	m.type = ldns_get_rr_type_by_name(x->q->type);
	if (len < DNS_HEADER || m.type == 0 ||
	    ldns_wire2pkt(&m.p, wire, len) != LDNS_STATUS_OK)
		return -1;
	m.asked = name_text(x->q->name);
	m.zone = server_zone(x->q);
	message_read(&m);
	dnssec_read(m.p, x, out);
	ldns_pkt_free(m.p);
	g_free(m.asked);
	g_free(m.zone);
	return 0;
}
