/*
 * A handshake with one address for one name, and no more: the chain is taken
 * when the handshake is done, and the connection is closed before anything is
 * asked on it.  HTTP/2 and HTTP/1.1 are offered.
 */

#include <string.h>

#include "probes/ask.h"
#include "probes/trust.h"

struct tls_job {
	GByteArray		*chain;
	struct curl_slist	*connect;
};

static int
handshake_done(void *arg, char *remote, char *local, int rport, int lport)
{
	struct job *j = arg;
	struct tls_job *t = j->own;
	struct curl_tlssessioninfo *tls = NULL;

	(void)remote, (void)local, (void)rport, (void)lport;
	curl_easy_getinfo(j->easy, CURLINFO_TLS_SSL_PTR, &tls);
	if (tls != NULL && tls->internals != NULL)
		trust_look(job_net(j)->trust, j->x, tls->internals,
		    j->x->q->name, t->chain, job_limit(j, LIMIT_TLS_CHAIN));
	job_addresses(j);
	return CURL_PREREQFUNC_ABORT;
}

static int
tls_start(struct job *j)
{
	const struct question *q = j->x->q;
	struct tls_job *t = g_new0(struct tls_job, 1);
	gboolean v6 = strchr(q->server, ':') != NULL;
	gboolean name6 = strchr(q->name, ':') != NULL;
	g_autofree char *url = g_strdup_printf("https://%s%s%s:%u/",
	    name6 ? "[" : "", q->name, name6 ? "]" : "", q->port);
	g_autofree char *to = g_strdup_printf("::%s%s%s:%u", v6 ? "[" : "",
	    q->server, v6 ? "]" : "", q->port);

	j->own = t;
	t->chain = g_byte_array_new();
	if (job_easy(j, url) == NULL)
		return -1;
	t->connect = curl_slist_append(NULL, to);
	curl_easy_setopt(j->easy, CURLOPT_CONNECT_TO, t->connect);
	curl_easy_setopt(j->easy, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(j->easy, CURLOPT_HTTP_VERSION,
	    (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(j->easy, CURLOPT_PREREQFUNCTION, handshake_done);
	curl_easy_setopt(j->easy, CURLOPT_PREREQDATA, j);
	job_transfer(j);
	return 0;
}

static void
tls_done(struct job *j, CURLcode code)
{
	struct tls_job *t = j->own;
	const char *detail, *version;
	enum xstatus status = job_curl_status(j, code, &detail);

	version = exchange_meta_get(j->x, "tls.version");
	if (version != NULL && t->chain->len > 0) {
		j->x->received.bytes =
		    g_byte_array_free_to_bytes(g_steal_pointer(&t->chain));
		j->x->received.media = "application/x-x509-chain";
		job_done(j, X_ANSWERED, version);
		return;
	}
	job_addresses(j);
	job_done(j, status == X_ANSWERED ? X_TLS : status, detail);
}

static void
tls_clear(struct job *j)
{
	struct tls_job *t = j->own;

	if (t == NULL)
		return;
	if (t->chain != NULL)
		g_byte_array_unref(t->chain);
	if (j->easy != NULL)
		curl_easy_setopt(j->easy, CURLOPT_CONNECT_TO, NULL);
	curl_slist_free_all(t->connect);
	g_free(t);
	j->own = NULL;
}

const struct asker tls_asker = {
	.kind = PROBE_TLS, .name = "tls", .timeout = LIMIT_TLS_TIMEOUT,
	.network = TRUE, .start = tls_start, .transfer_done = tls_done,
	.clear = tls_clear,
};
