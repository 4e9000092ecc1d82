/* What one DNS record says. */

#include <string.h>

#include "probes/dns.h"
#include "probes/dns_other.h"
#include "probes/dns_read.h"
#include "probes/guard.h"
#include "probes/json_text.h"
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
	if (m->recursive)
		json_object_set_new(v, "by", json_string(NOTE_RECURSIVE));
}

static void
put_server(const struct dns_message *m, GString *out)
{
	json_put(out, "server", m->x->q->server);
	if (*m->x->q->options != '\0')
		json_put(out, "put", m->x->q->options);
	if (m->recursive)
		json_put(out, "by", NOTE_RECURSIVE);
}

static void
put_name(GString *out, const char *field, const ldns_rdf *name)
{
	g_autofree char *s = dns_name_text(name);

	json_put(out, field, s);
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

/* -1 where the record has no address. */
static int
address_text(const ldns_rr *rr, char ip[ADDR_TEXT])
{
	const ldns_rdf *r = ldns_rr_rdf(rr, 0);

	return addr_text(ldns_rdf_data(r), ldns_rdf_size(r), ip);
}

json_t *
dns_value_address(const ldns_rr *rr)
{
	char ip[ADDR_TEXT];
	json_t *v;

	if (address_text(rr, ip) != 0)
		return NULL;
	v = json_object();
	json_object_set_new_nocheck(v, "ip", json_string_nocheck(ip));
	return v;
}

/* An address that nobody may connect to is a fact of its own, before. */
static int
say_address(struct dns_message *m, const ldns_rr *rr, enum fact_kind kind,
    const char *subject)
{
	const ldns_rdf *r = ldns_rr_rdf(rr, 0);
	const char *what = guard_bytes(ldns_rdf_data(r), ldns_rdf_size(r));
	char ip[ADDR_TEXT];

	if (address_text(rr, ip) != 0)
		return -1;
	if (what != NULL) {
		fact_open(m->out, FACT_IP_SPECIAL, ip);
		json_put(m->out, "what", what);
		fact_close(m->out);
	}
	fact_open(m->out, kind, subject);
	json_put(m->out, "ip", ip);
	return 0;
}

static int
say_ns(struct dns_message *m, const ldns_rr *rr, enum fact_kind kind,
    const char *subject)
{
	fact_open(m->out, kind, subject);
	put_name(m->out, "ns", ldns_rr_rdf(rr, 0));
	return 0;
}

static int
say_alias(struct dns_message *m, const ldns_rr *rr, enum fact_kind kind,
    const char *subject)
{
	fact_open(m->out, kind, subject);
	put_name(m->out, "to", ldns_rr_rdf(rr, 0));
	return 0;
}

static int
say_ptr(struct dns_message *m, const ldns_rr *rr, enum fact_kind kind,
    const char *subject)
{
	fact_open(m->out, kind, subject);
	put_name(m->out, "name", ldns_rr_rdf(rr, 0));
	return 0;
}

static int
say_mx(struct dns_message *m, const ldns_rr *rr, enum fact_kind kind,
    const char *subject)
{
	fact_open(m->out, kind, subject);
	put_name(m->out, "exchange", ldns_rr_rdf(rr, 1));
	json_put_integer(m->out, "preference",
	    ldns_rdf2native_int16(ldns_rr_rdf(rr, 0)));
	return 0;
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

static int
say_soa(struct dns_message *m, const ldns_rr *rr, enum fact_kind kind,
    const char *subject)
{
	static const char *const numbers[] = {
		"serial", "refresh", "retry", "expire", "minimum",
	};
	g_autofree char *rname = dns_name_text(ldns_rr_rdf(rr, 1));
	g_autofree char *box = mailbox(rname);

	fact_open(m->out, kind, subject);
	put_name(m->out, "mname", ldns_rr_rdf(rr, 0));
	json_put(m->out, "rname", rname);
	json_put(m->out, "mailbox", box);
	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
		json_put_integer(m->out, numbers[i],
		    ldns_rdf2native_int32(ldns_rr_rdf(rr, i + 2)));
	return 0;
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

static int
say_ds(struct dns_message *m, const ldns_rr *rr, enum fact_kind kind,
    const char *subject)
{
	const ldns_rdf *d = ldns_rr_rdf(rr, 3);
	g_autofree char *hex = g_malloc(2 * ldns_rdf_size(d) + 1);

	text_hex(hex, ldns_rdf_data(d), ldns_rdf_size(d));
	fact_open(m->out, kind, subject);
	json_put_integer(m->out, "tag",
	    ldns_rdf2native_int16(ldns_rr_rdf(rr, 0)));
	json_put_integer(m->out, "algorithm",
	    ldns_rdf2native_int8(ldns_rr_rdf(rr, 1)));
	json_put_integer(m->out, "digest_type",
	    ldns_rdf2native_int8(ldns_rr_rdf(rr, 2)));
	json_put(m->out, "digest", hex);
	return 0;
}

/* RFC 4034 2: bit 15 of the flags marks a key that signs keys. */
static int
say_dnskey(struct dns_message *m, const ldns_rr *rr, enum fact_kind kind,
    const char *subject)
{
	unsigned flags = ldns_rdf2native_int16(ldns_rr_rdf(rr, 0));

	fact_open(m->out, kind, subject);
	json_put_integer(m->out, "tag", ldns_calc_keytag(rr));
	json_put_integer(m->out, "flags", flags);
	json_put_integer(m->out, "algorithm",
	    ldns_rdf2native_int8(ldns_rr_rdf(rr, 2)));
	json_put_bool(m->out, "entry", (flags & 1) != 0);
	json_put_integer(m->out, "bytes",
	    (json_int_t)ldns_rdf_size(ldns_rr_rdf(rr, 3)));
	return 0;
}

/* A record whose value is written at once, or built because its parts are
 * looked at again. */
static const struct rr_kind {
	ldns_rr_type	 type;
	enum fact_kind	 kind;
	size_t		 fields;	/* fewer: the record is not read */
	/* Opens the fact and writes its value, or -1 and nothing. */
	int		(*say)(struct dns_message *, const ldns_rr *,
			    enum fact_kind, const char *subject);
	json_t		*(*value)(const ldns_rr *);
} rr_kinds[] = {
	{ LDNS_RR_TYPE_A,	FACT_DNS_A,	1, say_address, NULL },
	{ LDNS_RR_TYPE_AAAA,	FACT_DNS_AAAA,	1, say_address, NULL },
	{ LDNS_RR_TYPE_NS,	FACT_DNS_NS,	1, say_ns, NULL },
	{ LDNS_RR_TYPE_SOA,	FACT_DNS_SOA,	7, say_soa, NULL },
	{ LDNS_RR_TYPE_MX,	FACT_DNS_MX,	2, say_mx, NULL },
	{ LDNS_RR_TYPE_TXT,	FACT_DNS_TXT,	1, NULL, value_txt },
	{ LDNS_RR_TYPE_CAA,	FACT_DNS_CAA,	3, NULL, value_caa },
	{ LDNS_RR_TYPE_CNAME,	FACT_DNS_CNAME,	1, say_alias, NULL },
	{ LDNS_RR_TYPE_PTR,	FACT_DNS_PTR,	1, say_ptr, NULL },
	{ LDNS_RR_TYPE_DS,	FACT_DNS_DS,	4, say_ds, NULL },
	{ LDNS_RR_TYPE_DNSKEY,	FACT_DNS_DNSKEY, 4, say_dnskey, NULL },
	{ LDNS_RR_TYPE_HTTPS,	FACT_DNS_HTTPS,	1, NULL, dns_value_svcb },
};

/* --- its fact ------------------------------------------------------------------------ */

/* A text that says who announces an address is that, not a text of a name. */
static gboolean
origin_record(struct dns_message *m, const char *subject, const json_t *v)
{
	const char *text = json_string_value(json_object_get(v, "text"));

	return text != NULL && origin_text(subject, text, m->x->q->server,
	    m->out);
}

/* What every record's fact ends with. */
static void
say_rest(const struct dns_message *m, const ldns_rr *rr, const char *wildcard)
{
	json_put_integer(m->out, "ttl", ldns_rr_ttl(rr));
	if (wildcard != NULL)
		json_put(m->out, "wildcard", wildcard);
	put_server(m, m->out);
	fact_close(m->out);
}

static void
say_built(struct dns_message *m, const struct rr_kind *k, const ldns_rr *rr,
    const char *subject, const char *wildcard)
{
	json_t *v = k->value(rr);

	if (v == NULL)
		return;
	if (k->kind != FACT_DNS_TXT || !origin_record(m, subject, v)) {
		if (k->kind == FACT_DNS_TXT)
			dns_text_facts(m, subject, json_object_get(v, "text"));
		fact_open(m->out, k->kind, subject);
		json_put_members(m->out, v);
		say_rest(m, rr, wildcard);
	}
	json_decref(v);
}

void
dns_record_fact(struct dns_message *m, const ldns_rr *rr, const char *subject,
    const char *wildcard)
{
	const struct rr_kind *k = rr_kinds, *end = k + G_N_ELEMENTS(rr_kinds);

	while (k < end && k->type != ldns_rr_get_type(rr))
		k++;
	if (k == end || ldns_rr_rd_count(rr) < k->fields)
		return;
	if (k->value != NULL)
		say_built(m, k, rr, subject, wildcard);
	else if (k->say(m, rr, k->kind, subject) == 0)
		say_rest(m, rr, wildcard);
}
