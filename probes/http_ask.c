/*
 * Asking for one page, or one registration object, over HTTP/1.1.
 *
 * HTTP/1.1 only, since libcurl rewrites the heads of HTTP/2; transfer coding
 * is kept, so what is recorded is what was on the wire after TLS.  The address
 * is the one in the question (CONNECT_TO, which leaves name and SNI alone), and
 * a redirect is an answer like any other: following it is a question of its
 * own.
 *
 * No Accept-Encoding is sent: most servers then send a page as it reads, so that
 * what is quoted stands in the kept bytes where its offset says.  What is sent
 * in a coding nevertheless is kept as sent and undone by the reader
 * (http_coding.h); libcurl undoes nothing.
 */

#include <string.h>

#include "probes/ask.h"
#include "probes/trust.h"

struct http_job {
	GByteArray		*got;		/* head and body */
	GByteArray		*sent;
	gsize			 head;		/* bytes of heads in got */
	gsize			 body;
	gboolean		 stopped;
	const char		*over;		/* the limit that was met, or NULL */
	char			 error[CURL_ERROR_SIZE];
	gboolean		 good;		/* the head being read is of a 2xx */
	const char		*work;		/* what its type says that it is */
	struct curl_slist	*headers, *connect;
	struct job		*job;
};

/* Types of what is recorded and never fetched: the transfer is broken off
 * before the body, and the record says what it would have been. */
static const struct {
	const char	*type, *is;
} works[] = {
	{ "video/", "a video" }, { "audio/", "a sound" },
	{ "application/vnd.android.package-archive", "a program" },
	{ "application/x-msdownload", "a program" },
	{ "application/x-msdos-program", "a program" },
	{ "application/x-dosexec", "a program" },
	{ "application/vnd.microsoft.portable-executable", "a program" },
	{ "application/x-msi", "a program" },
	{ "application/x-apple-diskimage", "a program" },
	{ "application/vnd.debian.binary-package", "a program" },
	{ "application/x-iso9660-image", "an archive" },
	{ "application/zip", "an archive" },
	{ "application/x-7z-compressed", "an archive" },
	{ "application/x-rar", "an archive" },
	{ "application/vnd.rar", "an archive" },
	{ "application/x-bittorrent", "a torrent" },
	{ "application/vnd.apple.mpegurl", "a video" },
	{ "application/x-mpegurl", "a video" },
	{ "application/octet-stream", "bytes of no named kind" },
	{ "application/force-download", "bytes of no named kind" },
	{ "application/epub", "a book" },
};

static const char *
work_of(const char *line, size_t n)
{
	static const char name[] = "content-type:";
	size_t k = sizeof(name) - 1;

	if (n < k || g_ascii_strncasecmp(line, name, k) != 0)
		return NULL;
	while (k < n && (line[k] == ' ' || line[k] == '\t'))
		k++;
	for (size_t i = 0; i < G_N_ELEMENTS(works); i++)
		if (n - k > strlen(works[i].type) && g_ascii_strncasecmp(
		    line + k, works[i].type, strlen(works[i].type)) == 0)
			return works[i].is;
	return NULL;
}

/* One line of a head; FALSE where nothing more is to be taken.  What a page is
 * made of is told by its tag (fonts often have no type), a page by its type. */
static gboolean
head_line(struct http_job *h, const char *line, size_t n)
{
	const char *space = n > 5 && memcmp(line, "HTTP/", 5) == 0 ?
	    memchr(line, ' ', n) : NULL;
	const char *work = work_of(line, n);

	if (space != NULL) {
		h->good = space + 1 < line + n && space[1] == '2';
		h->work = NULL;
	}
	if (work != NULL && (strcmp(h->job->x->q->type, "page") == 0 ||
	    g_str_has_prefix(work, "a video") ||
	    g_str_has_prefix(work, "a sound")))
		h->work = work;
	return !(h->good && h->work != NULL && n <= 2);
}

static size_t
take_head(char *data, size_t one, size_t n, void *arg)
{
	struct http_job *h = arg;

	(void)one;
	h->head += n;
	if ((int64_t)h->head > job_limit(h->job, LIMIT_HTTP_HEAD)) {
		h->over = limit_info(LIMIT_HTTP_HEAD)->name;
		return 0;
	}
	g_byte_array_append(h->got, (const guint8 *)data, (guint)n);
	if (h->job->x->q->kind == PROBE_HTTP && !head_line(h, data, n)) {
		h->stopped = TRUE;
		return 0;
	}
	return n;
}

/* Bytes without a head are no answer of HTTP/1; libcurl gives them as a body. */
static gboolean
is_plain(const struct http_job *h)
{
	return h->head == 0 && h->body > 0;
}

static enum limit
body_limit(const struct http_job *h)
{
	const struct question *q = h->job->x->q;

	if (h->head == 0)
		return LIMIT_HTTP_HEAD;
	if (q->kind != PROBE_RDAP)
		return strcmp(q->type, "requisite") == 0 ? LIMIT_PAGE_PART :
		    LIMIT_HTTP_BODY;
	return strcmp(q->type, "geofeed") == 0 ? LIMIT_GEOFEED_BODY :
	    LIMIT_RDAP_BODY;
}

/* What is asked for; some servers answer 406 where it is RDAP's own alone. */
static const char *
accept_line(const struct question *q)
{
	if (q->kind != PROBE_RDAP)
		return strcmp(q->type, "page") != 0 ? "Accept: */*" :
		    "Accept: text/html,application/xhtml+xml,*/*;q=0.8";
	if (strcmp(q->type, "geofeed") == 0)
		return "Accept: application/geofeed+csv, text/csv, */*;q=0.5";
	return "Accept: application/rdap+json, application/json;q=0.9";
}

static size_t
take_body(char *data, size_t one, size_t n, void *arg)
{
	struct http_job *h = arg;
	enum limit l = body_limit(h);
	size_t room = (size_t)job_limit(h->job, l) - h->body;

	(void)one;
	g_byte_array_append(h->got, (const guint8 *)data,
	    (guint)MIN(n, room));
	h->body += MIN(n, room);
	if (n > room) {
		h->over = limit_info(l)->name;
		return 0;
	}
	return n;
}

/* The handshake is done and nothing has been asked: the only moment at which
 * libcurl shows the TLS session. */
static int
before_request(void *arg, char *remote, char *local, int rport, int lport)
{
	struct job *j = arg;
	struct curl_tlssessioninfo *tls = NULL;

	(void)remote, (void)local, (void)rport, (void)lport;
	curl_easy_getinfo(j->easy, CURLINFO_TLS_SSL_PTR, &tls);
	if (tls != NULL && tls->backend == CURLSSLBACKEND_OPENSSL &&
	    tls->internals != NULL)
		trust_look(job_net(j)->trust, j->x, tls->internals,
		    j->x->q->host, NULL, job_limit(j, LIMIT_TLS_CHAIN));
	return CURL_PREREQFUNC_OK;
}

static void
http_options(struct job *j, struct http_job *h)
{
	CURL *c = j->easy;
	const struct question *q = j->x->q;
	gboolean v6 = strchr(q->server, ':') != NULL;
	g_autofree char *to = g_strdup_printf("::%s%s%s:%u", v6 ? "[" : "",
	    q->server, v6 ? "]" : "", q->port);

	h->connect = curl_slist_append(NULL, to);
	h->headers = curl_slist_append(NULL, accept_line(q));
	h->headers = curl_slist_append(h->headers, "Accept-Language: en");
	curl_easy_setopt(c, CURLOPT_CONNECT_TO, h->connect);
	curl_easy_setopt(c, CURLOPT_HTTPHEADER, h->headers);
	curl_easy_setopt(c, CURLOPT_FRESH_CONNECT,
	    q->kind == PROBE_RDAP ? 0L : 1L);
	curl_easy_setopt(c, CURLOPT_FORBID_REUSE,
	    q->kind == PROBE_RDAP ? 0L : 1L);
	curl_easy_setopt(c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(c, CURLOPT_HTTP_TRANSFER_DECODING, 0L);
	/* So that we are given what is not HTTP, and can keep it. */
	curl_easy_setopt(c, CURLOPT_HTTP09_ALLOWED, 1L);
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, h->error);
	curl_easy_setopt(c, CURLOPT_USERAGENT, job_net(j)->user_agent);
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_head);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, h);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, h);
	curl_easy_setopt(c, CURLOPT_PREREQFUNCTION, before_request);
	curl_easy_setopt(c, CURLOPT_PREREQDATA, j);
	job_keep_sent(j, h->sent);
}

static int
http_start(struct job *j)
{
	struct http_job *h = g_new0(struct http_job, 1);

	j->own = h;
	h->job = j;
	h->got = g_byte_array_new();
	h->sent = g_byte_array_new();
	if (job_easy(j, j->x->q->name) == NULL)
		return -1;
	http_options(j, h);
	job_transfer(j);
	return 0;
}

static void
http_take(struct exchange *x, struct http_job *h)
{
	if (h->sent->len > 0) {
		x->sent.bytes = g_byte_array_free_to_bytes(h->sent);
		x->sent.media = "application/http;msgtype=request";
		h->sent = NULL;
	}
	if (h->got->len > 0) {
		x->received.bytes = g_byte_array_free_to_bytes(h->got);
		x->received.media = "application/http;msgtype=response";
		h->got = NULL;
	}
}

/* What libcurl says that it does not take, and in our words.  The line itself
 * it keeps to itself. */
static const struct {
	const char	*reason;
	enum xstatus	 status;
	const char	*detail;
} reasons[] = {
	{ "Header without colon",	X_MALFORMED,
	    "a header line without a colon" },
	{ "Nul byte in header",		X_MALFORMED, "a NUL in a header line" },
	{ "Invalid Content-Length",	X_MALFORMED,
	    "a length of the body that is no number" },
	{ "Unsupported HTTP",		X_MALFORMED,
	    "a status line of no known form" },
	{ "Unsupported response code",	X_MALFORMED,
	    "a status line of no known form" },
};

/* A line that outgrows libcurl's buffer (CURL_MAX_HTTP_HEADER, less than
 * http.head) is told as a want of memory; no other want of memory is survived. */
static enum xstatus
refused(const struct http_job *h, CURLcode code, enum xstatus status,
    const char **detail)
{
	if (is_plain(h)) {
		*detail = "not an HTTP answer";
		return X_MALFORMED;
	}
	if (code == CURLE_OUT_OF_MEMORY) {
		*detail = "a header line longer than 100 KiB";
		return X_LIMIT;
	}
	if (status == X_TIMEOUT && h->head + h->body > 0)
		*detail = "not finished in time";
	if (code == CURLE_GOT_NOTHING && h->head > 0)
		*detail = "closed before an answer";
	for (size_t i = 0; code != CURLE_OK && i < G_N_ELEMENTS(reasons); i++)
		if (strstr(h->error, reasons[i].reason) != NULL) {
			*detail = reasons[i].detail;
			return reasons[i].status;
		}
	return status;
}

static void
http_done(struct job *j, CURLcode code)
{
	struct http_job *h = j->own;
	const char *detail;
	enum xstatus status = job_curl_status(j, code, &detail);
	long http = 0;
	char text[64];

	job_addresses(j);
	curl_easy_getinfo(j->easy, CURLINFO_RESPONSE_CODE, &http);
	http_take(j->x, h);
	if (h->stopped) {
		status = X_ANSWERED;
		exchange_meta(j->x, "http.stopped", h->work);
	} else {
		status = refused(h, code, status, &detail);
	}
	if (h->over != NULL && !is_plain(h)) {
		status = X_LIMIT;
		g_snprintf(text, sizeof(text), "%ld, longer than %s", http,
		    h->over);
		detail = text;
	} else if (status == X_ANSWERED) {
		g_snprintf(text, sizeof(text), "%ld", http);
		detail = text;
	}
	job_done(j, status, detail);
}

static void
http_clear(struct job *j)
{
	struct http_job *h = j->own;

	if (h == NULL)
		return;
	if (h->got != NULL)
		g_byte_array_unref(h->got);
	if (h->sent != NULL)
		g_byte_array_unref(h->sent);
	/* The handle still points at the lists until it is reset. */
	curl_easy_setopt(j->easy, CURLOPT_HTTPHEADER, NULL);
	curl_easy_setopt(j->easy, CURLOPT_CONNECT_TO, NULL);
	curl_easy_setopt(j->easy, CURLOPT_VERBOSE, 0L);
	curl_easy_setopt(j->easy, CURLOPT_ERRORBUFFER, NULL);
	curl_slist_free_all(h->headers);
	curl_slist_free_all(h->connect);
	g_free(h);
	j->own = NULL;
}

const struct asker http_asker = {
	.kind = PROBE_HTTP, .name = "http", .timeout = LIMIT_HTTP_TIMEOUT,
	.network = TRUE, .start = http_start, .transfer_done = http_done,
	.clear = http_clear,
};

const struct asker rdap_asker = {
	.kind = PROBE_RDAP, .name = "rdap", .timeout = LIMIT_RDAP_TIMEOUT,
	.network = TRUE, .start = http_start, .transfer_done = http_done,
	.clear = http_clear,
};
