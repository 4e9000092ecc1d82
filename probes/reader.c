#include "probes/json_arena.h"
#include "probes/reader.h"

static const struct reader readers[PROBE_KINDS] = {
	[PROBE_LOCAL]	= { PROBE_LOCAL,	"local/2",	local_parse },
	[PROBE_DNS]	= { PROBE_DNS,		"dns/4",	dns_parse },
	[PROBE_RDAP]	= { PROBE_RDAP,		"rdap/7",	rdap_parse },
	[PROBE_WHOIS]	= { PROBE_WHOIS,	"whois/7",	whois_parse },
	[PROBE_TLS]	= { PROBE_TLS,		"tls/3",	tls_parse },
	[PROBE_HTTP]	= { PROBE_HTTP,		"http/6",	http_parse },
	[PROBE_GEO]	= { PROBE_GEO,		"geo/2",	geo_parse },
	[PROBE_REACH]	= { PROBE_REACH,	"reach/1",	reach_parse },
};

const struct reader *
reader_of(enum probe_kind kind)
{
	return &readers[kind];
}

/*
 * An empty answer is an answer (WHOIS), so what was answered is always read;
 * what failed is read where it left bytes behind.
 */
static gboolean
worth_reading(const struct exchange *x)
{
	/* That a name server was silent is said with how it was asked. */
	if (x->status == X_ANSWERED || (x->q->kind == PROBE_DNS &&
	    x->status != X_GUARD))
		return TRUE;
	return x->received.bytes != NULL &&
	    g_bytes_get_size(x->received.bytes) > 0;
}

int
reader_run(const struct exchange *x, GString *out)
{
	gsize before = out->len;
	int rc;

	if (!worth_reading(x))
		return 0;
	json_arena_begin();
	rc = readers[x->q->kind].read(x, out);
	json_arena_end();
	if (rc != 0)
		g_string_truncate(out, before);
	return rc == 0 ? 0 : -1;
}
