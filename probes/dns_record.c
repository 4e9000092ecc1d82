/* What one DNS record says. */

#include <arpa/inet.h>
#include <string.h>

#include "probes/dns.h"
#include "probes/dns_read.h"
#include "probes/guard.h"
#include "probes/origin.h"
#include "probes/text.h"

/* --- helpers ---------------------------------------------------------------- */

size_t
dns_list_count(const ldns_rr_list *l)
{
	return l == NULL ? 0 : MIN(ldns_rr_list_rr_count(l), DNS_RECORDS_MOST);
}

gboolean
dns_rr_is(const ldns_rr *rr, ldns_rr_type type, const ldns_rdf *owner,
    size_t fields)
{
	return ldns_rr_get_type(rr) == type &&
	    ldns_rr_get_class(rr) == LDNS_RR_CLASS_IN &&
	    ldns_rr_rd_count(rr) >= fields &&
	    dns_name_same(ldns_rr_owner(rr), owner);
}

void
dns_value_server(const struct dns_message *m, json_t *v)
{
	json_object_set_new(v, "server", json_string(m->x->q->server));
	if (*m->x->q->options != '\0')
		json_object_set_new(v, "put", json_string(m->x->q->options));
}

static void
set_name(json_t *v, const char *field, const ldns_rdf *name)
{
	g_autofree char *s = dns_name_text(name);

	json_object_set_new(v, field, json_string(s));
}

static void
set_integer(json_t *v, const char *field, json_int_t n)
{
	json_object_set_new(v, field, json_integer(n));
}

/* A character-string: a length byte, then so many bytes. */
static const char *
rdf_string(const ldns_rdf *r, size_t *n)
{
	*n = ldns_rdf_size(r) > 1 ? ldns_rdf_size(r) - 1 : 0;
	return (const char *)ldns_rdf_data(r) + 1;
}

/* --- by type -------------------------------------------------------------------- */

json_t *
dns_value_address(const ldns_rr *rr)
{
	const ldns_rdf *r = ldns_rr_rdf(rr, 0);
	int family = ldns_rdf_size(r) == 4 ? AF_INET : AF_INET6;
	char ip[INET6_ADDRSTRLEN], canon[46] = "";

	if ((ldns_rdf_size(r) != 4 && ldns_rdf_size(r) != 16) ||
	    inet_ntop(family, ldns_rdf_data(r), ip, sizeof(ip)) == NULL ||
	    addr_canonical(ip, canon) != 0)
		return NULL;
	return json_pack("{s:s}", "ip", canon);
}

static json_t *
value_ns(const ldns_rr *rr)
{
	json_t *v = json_object();

	set_name(v, "ns", ldns_rr_rdf(rr, 0));
	return v;
}

static json_t *
value_alias(const ldns_rr *rr)
{
	json_t *v = json_object();

	set_name(v, "to", ldns_rr_rdf(rr, 0));
	return v;
}

static json_t *
value_ptr(const ldns_rr *rr)
{
	json_t *v = json_object();

	set_name(v, "name", ldns_rr_rdf(rr, 0));
	return v;
}

static json_t *
value_mx(const ldns_rr *rr)
{
	json_t *v = json_object();

	set_name(v, "exchange", ldns_rr_rdf(rr, 1));
	set_integer(v, "preference",
	    ldns_rdf2native_int16(ldns_rr_rdf(rr, 0)));
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
	g_autofree char *rname = dns_name_text(ldns_rr_rdf(rr, 1));
	g_autofree char *box = mailbox(rname);
	json_t *v = json_object();

	set_name(v, "mname", ldns_rr_rdf(rr, 0));
	json_object_set_new(v, "rname", json_string(rname));
	json_object_set_new(v, "mailbox", json_string(box));
	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
		set_integer(v, numbers[i],
		    ldns_rdf2native_int32(ldns_rr_rdf(rr, i + 2)));
	return v;
}

/* Several strings of one record belong together without a blank (RFC 7208
 * 3.3). */
static json_t *
value_txt(const ldns_rr *rr)
{
	g_autoptr(GByteArray) b = g_byte_array_new();
	json_t *v = json_object();

	for (size_t i = 0; i < ldns_rr_rd_count(rr); i++) {
		size_t n;
		const char *s = rdf_string(ldns_rr_rdf(rr, i), &n);

		g_byte_array_append(b, (const guint8 *)s, (guint)n);
	}
	json_object_set_new(v, "text", text_json((const char *)b->data,
	    b->len));
	return v;
}

/* RFC 8659 4.2: an issuer, then parameters; RFC 8657: whose account. */
static void
caa_issuer(json_t *v, const char *tag, const char *value)
{
	g_auto(GStrv) part = NULL;

	if (tag == NULL || value == NULL || !g_str_has_prefix(tag, "issue"))
		return;
	part = g_strsplit(value, ";", 16);
	json_object_set_new(v, "issuer", json_string(part[0] != NULL ?
	    g_strstrip(part[0]) : ""));
	for (guint i = 1; part[0] != NULL && part[i] != NULL; i++) {
		const char *p = g_strstrip(part[i]);

		if (g_str_has_prefix(p, "accounturi="))
			json_object_set_new(v, "account", json_string(p +
			    strlen("accounturi=")));
	}
}

static json_t *
value_caa(const ldns_rr *rr)
{
	const ldns_rdf *val = ldns_rr_rdf(rr, 2);
	json_t *v = json_object();
	size_t n;
	const char *tag = rdf_string(ldns_rr_rdf(rr, 1), &n);

	set_integer(v, "flags", ldns_rdf2native_int8(ldns_rr_rdf(rr, 0)));
	json_object_set_new(v, "tag", text_json(tag, n));
	json_object_set_new(v, "value", text_json(
	    (const char *)ldns_rdf_data(val), ldns_rdf_size(val)));
	caa_issuer(v, json_string_value(json_object_get(v, "tag")),
	    json_string_value(json_object_get(v, "value")));
	return v;
}

static json_t *
value_ds(const ldns_rr *rr)
{
	const ldns_rdf *d = ldns_rr_rdf(rr, 3);
	g_autoptr(GString) hex = g_string_new(NULL);
	json_t *v = json_object();

	for (size_t i = 0; i < ldns_rdf_size(d); i++)
		g_string_append_printf(hex, "%02x", ldns_rdf_data(d)[i]);
	set_integer(v, "tag", ldns_rdf2native_int16(ldns_rr_rdf(rr, 0)));
	set_integer(v, "algorithm", ldns_rdf2native_int8(ldns_rr_rdf(rr, 1)));
	set_integer(v, "digest_type",
	    ldns_rdf2native_int8(ldns_rr_rdf(rr, 2)));
	json_object_set_new(v, "digest", json_string(hex->str));
	return v;
}

/* RFC 4034 2: bit 15 of the flags marks a key that signs keys. */
static json_t *
value_dnskey(const ldns_rr *rr)
{
	unsigned flags = ldns_rdf2native_int16(ldns_rr_rdf(rr, 0));

	return json_pack("{s:i, s:i, s:i, s:b, s:i}", "tag",
	    (int)ldns_calc_keytag(rr), "flags", (int)flags, "algorithm",
	    (int)ldns_rdf2native_int8(ldns_rr_rdf(rr, 2)), "entry",
	    (int)(flags & 1), "bytes", (int)ldns_rdf_size(ldns_rr_rdf(rr, 3)));
}

static const struct rr_kind {
	ldns_rr_type	 type;
	enum fact_kind	 kind;
	size_t		 fields;	/* fewer: the record is not read */
	json_t		*(*value)(const ldns_rr *);
} rr_kinds[] = {
	{ LDNS_RR_TYPE_A,	FACT_DNS_A,	1, dns_value_address },
	{ LDNS_RR_TYPE_AAAA,	FACT_DNS_AAAA,	1, dns_value_address },
	{ LDNS_RR_TYPE_NS,	FACT_DNS_NS,	1, value_ns },
	{ LDNS_RR_TYPE_SOA,	FACT_DNS_SOA,	7, value_soa },
	{ LDNS_RR_TYPE_MX,	FACT_DNS_MX,	2, value_mx },
	{ LDNS_RR_TYPE_TXT,	FACT_DNS_TXT,	1, value_txt },
	{ LDNS_RR_TYPE_CAA,	FACT_DNS_CAA,	3, value_caa },
	{ LDNS_RR_TYPE_CNAME,	FACT_DNS_CNAME,	1, value_alias },
	{ LDNS_RR_TYPE_PTR,	FACT_DNS_PTR,	1, value_ptr },
	{ LDNS_RR_TYPE_DS,	FACT_DNS_DS,	4, value_ds },
	{ LDNS_RR_TYPE_DNSKEY,	FACT_DNS_DNSKEY, 4, value_dnskey },
	{ LDNS_RR_TYPE_HTTPS,	FACT_DNS_HTTPS,	1, dns_value_svcb },
};

/* --- its fact ------------------------------------------------------------------------ */

/* An address that nobody may connect to is a fact of its own. */
static void
special_fact(struct dns_message *m, const json_t *v)
{
	const char *ip = json_string_value(json_object_get(v, "ip"));
	const char *what = ip != NULL ? guard_address(ip) : NULL;

	if (what != NULL)
		fact_emit(m->out, FACT_IP_SPECIAL, ip, json_pack("{s:s}",
		    "what", what));
}

/* A text that says who announces an address is that, not a text of a name. */
static gboolean
origin_record(struct dns_message *m, const char *subject, const json_t *v)
{
	const char *text = json_string_value(json_object_get(v, "text"));

	return text != NULL && origin_text(subject, text, m->x->q->server,
	    m->out);
}

void
dns_record_fact(struct dns_message *m, const ldns_rr *rr, const char *subject,
    const char *wildcard)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rr_kinds); i++) {
		const struct rr_kind *k = &rr_kinds[i];
		json_t *v;

		if (k->type != ldns_rr_get_type(rr) ||
		    ldns_rr_rd_count(rr) < k->fields)
			continue;
		v = k->value(rr);
		if (v == NULL)
			return;
		if (k->kind == FACT_DNS_TXT && origin_record(m, subject, v)) {
			json_decref(v);
			return;
		}
		set_integer(v, "ttl", ldns_rr_ttl(rr));
		if (wildcard != NULL)
			json_object_set_new(v, "wildcard",
			    json_string(wildcard));
		dns_value_server(m, v);
		special_fact(m, v);
		if (k->kind == FACT_DNS_TXT)
			dns_text_facts(m, subject, json_object_get(v, "text"));
		fact_emit(m->out, k->kind, subject, v);
		return;
	}
}
