/* What a datagram is to the question as sent. */

#include <string.h>

#include <ldns/ldns.h>

#include "probes/dns.h"

/* The length of the question section as sent; one question, no compression. */
static size_t
question_size(const uint8_t *sent, size_t n)
{
	size_t at = DNS_HEADER;

	while (at < n && sent[at] != 0)
		at += sent[at] + 1u;
	at += 5;
	return at <= n ? at - DNS_HEADER : 0;
}

/* An old server says with a header alone that it cannot read us. */
static gboolean
error_alone(const uint8_t *got)
{
	unsigned rcode = got[3] & 15u;

	return rcode == LDNS_RCODE_FORMERR || rcode == LDNS_RCODE_SERVFAIL ||
	    rcode == LDNS_RCODE_NOTIMPL || rcode == LDNS_RCODE_REFUSED;
}

enum dns_datagram
dns_datagram_judge(const uint8_t *sent, size_t nsent, const uint8_t *got,
    size_t ngot)
{
	size_t n = question_size(sent, nsent);

	if (ngot < DNS_HEADER)
		return DATAGRAM_SHORT;
	if (memcmp(sent, got, 2) != 0)
		return DATAGRAM_ID;
	if ((got[2] & 0x80) == 0)
		return DATAGRAM_QUESTION;
	if (got[4] == 0 && got[5] == 0)
		return error_alone(got) ? DATAGRAM_BARE : DATAGRAM_QUESTION;
	if (n == 0 || ngot < DNS_HEADER + n || got[4] != 0 || got[5] != 1)
		return DATAGRAM_QUESTION;
	if (memcmp(sent + DNS_HEADER, got + DNS_HEADER, n) == 0)
		return DATAGRAM_GOOD;
	for (size_t i = DNS_HEADER; i < DNS_HEADER + n; i++)
		if (g_ascii_tolower((gchar)sent[i]) !=
		    g_ascii_tolower((gchar)got[i]))
			return DATAGRAM_QUESTION;
	return DATAGRAM_CASE;
}
