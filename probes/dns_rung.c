/*
 * How the server took the question: dns.rung, and what came for it that was not
 * its answer: dns.mismatch.
 *
 * Said of every question for SOA, of every one that was put in an unusual way,
 * and of each that was not simply answered.
 */

#include <string.h>

#include "probes/dns.h"
#include "probes/dns_other.h"
#include "probes/dns_read.h"

static void
rung_fact(const struct exchange *x, GString *out, enum dns_gave gave,
    const ldns_pkt *p)
{
	struct dns_put put = dns_put_of(x->q);
	g_autofree char *how = NULL;
	g_autofree char *next = dns_rung_next(x->q, gave);
	g_autofree char *name = g_ascii_strdown(x->q->name, -1);
	size_t n = strlen(name);
	json_t *v;

	/* A run through a proxy has TCP only. */
	put.tcp |= exchange_meta_get(x, "dns.transport") != NULL;
	how = dns_put_words(&put);
	v = json_pack("{s:s, s:s, s:s, s:s, s:s}", "type", x->q->type,
	    "server", x->q->server, "put", how, "gave", dns_gave_words(gave),
	    "next", next != NULL ? next : "");

	if (dns_is_recursive(x->q))
		json_object_set_new(v, "by", json_string(NOTE_RECURSIVE));
	if (p != NULL && ldns_pkt_edns(p)) {
		json_object_set_new(v, "opt", json_true());
		json_object_set_new(v, "size",
		    json_integer(ldns_pkt_edns_udp_size(p)));
	} else if (p != NULL)
		json_object_set_new(v, "opt", json_false());
	if (n > 1 && name[n - 1] == '.')
		name[n - 1] = '\0';
	fact_emit(out, FACT_DNS_RUNG, n > 1 ? name : "", v);
}

static void
mismatch_fact(const struct exchange *x, GString *out)
{
	static const char *const keys[][2] = {
		{ "dns.dropped.id", "id" },
		{ "dns.dropped.question", "question" },
		{ "dns.dropped.short", "short" },
	};
	json_t *v = json_object();

	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		const char *n = exchange_meta_get(x, keys[i][0]);

		if (n != NULL)
			json_object_set_new(v, keys[i][1], json_integer(
			    (json_int_t)g_ascii_strtoull(n, NULL, 10)));
	}
	if (json_object_size(v) == 0) {
		json_decref(v);
		return;
	}
	fact_emit(out, FACT_DNS_MISMATCH, x->q->server, v);
}

static enum dns_gave
message_gave(const struct dns_message *m)
{
	unsigned rcode = ldns_pkt_get_rcode(m->p) |
	    (unsigned)ldns_pkt_edns_extended_rcode(m->p) << 4;

	if (m->x->status != X_ANSWERED)
		return DNS_CASE;
	if (ldns_pkt_tc(m->p))
		return DNS_TRUNCATED;
	switch (rcode) {
	case LDNS_RCODE_FORMERR:
		return DNS_FORMERR;
	case LDNS_RCODE_NOTIMPL:
		return DNS_NOTIMP;
	case 16:		/* RFC 6891 9 */
		return DNS_BADVERS;
	default:
		return DNS_ANSWER;
	}
}

gboolean
dns_rung_read(struct dns_message *m)
{
	enum dns_gave gave = message_gave(m);

	mismatch_fact(m->x, m->out);
	if (gave != DNS_ANSWER || (!m->recursive &&
	    (m->type == LDNS_RR_TYPE_SOA || *m->x->q->options != '\0')))
		rung_fact(m->x, m->out, gave, m->p);
	return gave == DNS_TRUNCATED || gave == DNS_CASE ||
	    gave == DNS_BADVERS;
}

void
dns_rung_silent(const struct exchange *x, GString *out)
{
	static const enum dns_gave by_status[X_STATUSES] = {
		[X_TIMEOUT] = DNS_SILENT, [X_REFUSED] = DNS_CLOSED,
		[X_RESET] = DNS_SHUT, [X_UNREACHABLE] = DNS_UNREACHED,
		[X_MALFORMED] = DNS_GARBLED,
	};
	enum dns_gave gave = by_status[x->status];

	mismatch_fact(x, out);
	if (gave != DNS_ANSWER)
		rung_fact(x, out, gave, NULL);
}
