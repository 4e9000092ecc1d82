/*
 * HTTPS records: RFC 9460.
 *
 * Priority 0 is an alias; else a service with parameters.  Addresses in it are
 * hints, which are not the addresses of the name (RFC 9460 7.3): they stand in
 * "hints" and are never looked at as addresses.
 */

#include <arpa/inet.h>
#include <string.h>

#include "probes/dns_read.h"
#include "probes/text.h"

#define KEYS_MOST	32
#define HINTS_MOST	32

enum {
	KEY_ALPN = 1, KEY_NO_DEFAULT_ALPN = 2, KEY_PORT = 3, KEY_IPV4 = 4,
	KEY_ECH = 5, KEY_IPV6 = 6,
};

/* libldns has the data as one field or as several, by how it was built. */
static GByteArray *
record_data(const ldns_rr *rr)
{
	GByteArray *b = g_byte_array_new();

	for (size_t i = 0; i < ldns_rr_rd_count(rr); i++) {
		const ldns_rdf *r = ldns_rr_rdf(rr, i);

		g_byte_array_append(b, ldns_rdf_data(r),
		    (guint)ldns_rdf_size(r));
	}
	return b;
}

static void
read_alpn(json_t *v, const uint8_t *p, size_t n)
{
	json_t *a = json_array();

	for (size_t at = 0; at < n && at + 1 + p[at] <= n; at += p[at] + 1u)
		json_array_append_new(a, text_json((const char *)p + at + 1,
		    p[at]));
	json_object_set_new(v, "alpn", a);
}

static void
read_hints(json_t *v, const uint8_t *p, size_t n, int family)
{
	size_t size = family == AF_INET ? 4 : 16;
	json_t *a = json_object_get(v, "hints");
	char ip[INET6_ADDRSTRLEN];

	for (size_t at = 0; at + size <= n && json_array_size(a) < HINTS_MOST;
	    at += size)
		if (inet_ntop(family, p + at, ip, sizeof(ip)) != NULL)
			json_array_append_new(a, json_string(ip));
}

static void
read_key(json_t *v, unsigned key, const uint8_t *p, size_t n)
{
	switch (key) {
	case KEY_ALPN:
		read_alpn(v, p, n);
		break;
	case KEY_PORT:
		if (n == 2)
			json_object_set_new(v, "port",
			    json_integer(p[0] * 256 + p[1]));
		break;
	case KEY_IPV4:
		read_hints(v, p, n, AF_INET);
		break;
	case KEY_IPV6:
		read_hints(v, p, n, AF_INET6);
		break;
	case KEY_ECH:
		json_object_set_new(v, "ech", json_true());
		break;
	default:
		break;
	}
}

static void
read_keys(json_t *v, const uint8_t *p, size_t n)
{
	size_t at = 0;

	for (int i = 0; i < KEYS_MOST && at + 4 <= n; i++) {
		unsigned key = p[at] * 256u + p[at + 1];
		size_t len = p[at + 2] * 256u + p[at + 3];

		at += 4;
		if (len > n - at)
			return;
		read_key(v, key, p + at, len);
		at += len;
	}
}

json_t *
dns_value_svcb(const ldns_rr *rr)
{
	g_autoptr(GByteArray) b = record_data(rr);
	size_t at = 2;
	g_autofree char *target = NULL;
	ldns_rdf *name;
	json_t *v;

	while (at < b->len && b->data[at] != 0)
		at += b->data[at] + 1u;
	if (at >= b->len || at - 2 >= LDNS_MAX_DOMAINLEN)
		return NULL;
	name = ldns_rdf_new_frm_data(LDNS_RDF_TYPE_DNAME, at - 1,
	    b->data + 2);
	target = dns_name_text(name);
	ldns_rdf_deep_free(name);
	v = json_pack("{s:i, s:s, s:[]}", "priority", (int)(b->data[0] * 256u +
	    b->data[1]), "target", target, "hints");
	read_keys(v, b->data + at + 1, b->len - at - 1);
	return v;
}
