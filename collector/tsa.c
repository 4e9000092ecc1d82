/*
 * Asking time-stamp authorities (RFC 3161, section 3.4: HTTP), side by side.
 *
 * Plain http is all right: what comes back is signed and holds our nonce, and
 * its root is ours, never the answer's.
 */

#include <curl/curl.h>
#include <openssl/bn.h>
#include <openssl/ts.h>
#include <string.h>

#include "collector/tsa_check.h"
#include "probes/seam.h"

struct ask {			/* one authority */
	struct tsa_answer *answer;
	CURL		*easy;
	GByteArray	*got;
	char		 reason[CURL_ERROR_SIZE];
	gboolean	 done;
};

struct asking {
	GBytes		*data;
	const char	*roots_pem;
	CURLM		*multi;
	struct curl_slist *headers;
	GPtrArray	*asks;		/* struct ask * */
	gboolean	 one_good;
};

/* --- the question ----------------------------------------------------------- */

static TS_MSG_IMPRINT *
imprint_of(GBytes *data)
{
	TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
	X509_ALGOR *alg = X509_ALGOR_new();
	unsigned char sum[EVP_MAX_MD_SIZE];
	unsigned int n = 0;
	gsize len;
	const void *bytes = g_bytes_get_data(data, &len);

	EVP_Digest(bytes, len, sum, &n, EVP_sha256(), NULL);
	X509_ALGOR_set0(alg, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL);
	TS_MSG_IMPRINT_set_algo(imprint, alg);
	TS_MSG_IMPRINT_set_msg(imprint, sum, (int)n);
	X509_ALGOR_free(alg);
	return imprint;
}

static ASN1_INTEGER *
new_nonce(void)
{
	unsigned char raw[16];
	BIGNUM *n;
	ASN1_INTEGER *out;

	random_bytes(raw, sizeof(raw));
	raw[0] = (unsigned char)((raw[0] & 0x7f) | 0x40);
	n = BN_bin2bn(raw, sizeof(raw), NULL);
	out = BN_to_ASN1_INTEGER(n, NULL);
	BN_free(n);
	return out;
}

GBytes *
tsa_query(GBytes *data)
{
	TS_REQ *req = TS_REQ_new();
	TS_MSG_IMPRINT *imprint = imprint_of(data);
	ASN1_INTEGER *nonce = new_nonce();
	unsigned char *der = NULL;
	GBytes *out;
	int n;

	TS_REQ_set_version(req, 1);
	TS_REQ_set_msg_imprint(req, imprint);
	TS_REQ_set_nonce(req, nonce);
	TS_REQ_set_cert_req(req, 1);
	n = i2d_TS_REQ(req, &der);
	out = g_bytes_new(der, (gsize)MAX(n, 0));
	OPENSSL_free(der);
	ASN1_INTEGER_free(nonce);
	TS_MSG_IMPRINT_free(imprint);
	TS_REQ_free(req);
	return out;
}

/* --- one authority ---------------------------------------------------------- */

void
tsa_answer_free(struct tsa_answer *a)
{
	if (a == NULL)
		return;
	g_free(a->name);
	g_free(a->url);
	g_clear_pointer(&a->query, g_bytes_unref);
	g_clear_pointer(&a->reply, g_bytes_unref);
	g_free(a->problem);
	g_free(a->chain_pem);
	g_free(a->serial);
	g_free(a->policy);
	g_free(a->accuracy);
	g_free(a->root_sha256);
	g_free(a);
}

/* The URL's host as part of a file's name; a second of that name is NAME-2. */
static char *
authority_name(const char *url, const GPtrArray *asks)
{
	g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NONE, NULL);
	const char *host = uri == NULL ? NULL : g_uri_get_host(uri);
	g_autofree char *name = g_ascii_strdown(host == NULL ||
	    *host == '\0' ? "unnamed" : host, 90);
	unsigned same = 1;

	g_strcanon(name, "abcdefghijklmnopqrstuvwxyz0123456789.-", '-');
	for (char *c = name; *c == '.'; c++)
		*c = '-';
	for (size_t n = strlen(name); n > 0 && name[n - 1] == '.'; n--)
		name[n - 1] = '-';
	for (guint i = 0; i < asks->len; i++) {
		const struct ask *a = g_ptr_array_index(asks, i);
		size_t n = strlen(name);

		if (strncmp(a->answer->name, name, n) == 0 &&
		    (a->answer->name[n] == '\0' || a->answer->name[n] == '-'))
			same++;
	}
	return same == 1 ? g_steal_pointer(&name) :
	    g_strdup_printf("%s-%u", name, same);
}

static size_t
take(char *bytes, size_t size, size_t n, void *data)
{
	struct ask *a = data;

	if (a->got->len + size * n > TOKEN_MAX)
		return 0;
	g_byte_array_append(a->got, (const guint8 *)bytes, (guint)(size * n));
	return size * n;
}

static void
set_options(const struct asking *all, struct ask *a, int64_t wait_ms)
{
	gsize len;
	const void *query = g_bytes_get_data(a->answer->query, &len);
	CURL *e = a->easy;

	curl_easy_setopt(e, CURLOPT_URL, a->answer->url);
	curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(e, CURLOPT_PROXY, "");
	curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(e, CURLOPT_QUICK_EXIT, 1L);
	curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, (long)MAX(wait_ms, 1));
	curl_easy_setopt(e, CURLOPT_HTTPHEADER, all->headers);
	curl_easy_setopt(e, CURLOPT_USERAGENT, "goodcause");
	curl_easy_setopt(e, CURLOPT_POSTFIELDSIZE, (long)len);
	curl_easy_setopt(e, CURLOPT_POSTFIELDS, query);
	curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(e, CURLOPT_WRITEDATA, a);
	curl_easy_setopt(e, CURLOPT_ERRORBUFFER, a->reason);
	curl_easy_setopt(e, CURLOPT_PRIVATE, a);
}

static void
add_ask(struct asking *all, const char *url, int64_t wait_ms)
{
	struct ask *a = g_new0(struct ask, 1);

	a->answer = g_new0(struct tsa_answer, 1);
	a->answer->url = g_strdup(url);
	a->answer->name = authority_name(url, all->asks);
	a->answer->query = tsa_query(all->data);
	a->got = g_byte_array_new();
	a->easy = curl_easy_init();
	set_options(all, a, wait_ms);
	curl_multi_add_handle(all->multi, a->easy);
	g_ptr_array_add(all->asks, a);
}

static void
finish_ask(struct asking *all, struct ask *a, CURLcode rc)
{
	long status = 0;
	struct tsa_answer *t = a->answer;

	a->done = TRUE;
	curl_easy_getinfo(a->easy, CURLINFO_RESPONSE_CODE, &status);
	if (rc != CURLE_OK) {
		t->problem = g_strdup(*a->reason != '\0' ? a->reason :
		    curl_easy_strerror(rc));
		return;
	}
	if (status != 200 && status != 201) {
		t->problem = g_strdup_printf("answered with status %ld", status);
		return;
	}
	t->reply = g_bytes_new(a->got->data, a->got->len);
	t->problem = token_check(all->data, t->query, t->reply, NULL,
	    TRUST_SYSTEM, all->roots_pem, t);
	if (t->problem == NULL)
		all->one_good = TRUE;
}

/* --- all of them ------------------------------------------------------------ */

static void
take_finished(struct asking *all)
{
	CURLMsg *m;
	int left;

	while ((m = curl_multi_info_read(all->multi, &left)) != NULL) {
		struct ask *a = NULL;

		if (m->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&a);
		finish_ask(all, a, m->data.result);
	}
}

static void
wait_for_all(struct asking *all, int64_t wait_ms, gboolean first_only)
{
	gint64 end = g_get_monotonic_time() + wait_ms * 1000, now;
	int running = 1;

	while (running > 0 && (now = g_get_monotonic_time()) < end) {
		if (curl_multi_perform(all->multi, &running) != CURLM_OK)
			break;
		take_finished(all);
		if (first_only && all->one_good)
			break;
		if (running > 0)
			curl_multi_poll(all->multi, NULL, 0,
			    (int)MIN((end - now) / 1000 + 1, 1000), NULL);
	}
}

static GPtrArray *
collect_answers(struct asking *all, int64_t wait_ms, gboolean first_only)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)tsa_answer_free);

	for (guint i = 0; i < all->asks->len; i++) {
		struct ask *a = g_ptr_array_index(all->asks, i);

		if (!a->done)
			a->answer->problem = first_only && all->one_good ?
			    g_strdup("had not answered when another did") :
			    g_strdup_printf("no answer within %.3g s",
			    (double)wait_ms / 1000);
		curl_multi_remove_handle(all->multi, a->easy);
		curl_easy_cleanup(a->easy);
		g_byte_array_unref(a->got);
		g_ptr_array_add(out, a->answer);
		g_free(a);
	}
	return out;
}

GPtrArray *
tsa_ask(const char *const *urls, GBytes *data, int64_t wait_ms,
    gboolean first_only, const char *roots_pem)
{
	struct asking all = { .data = data, .roots_pem = roots_pem };
	GPtrArray *out;

	curl_global_init(CURL_GLOBAL_DEFAULT);
	all.multi = curl_multi_init();
	all.asks = g_ptr_array_new();
	all.headers = curl_slist_append(NULL,
	    "Content-Type: application/timestamp-query");
	all.headers = curl_slist_append(all.headers,
	    "Accept: application/timestamp-reply");
	for (; urls != NULL && *urls != NULL; urls++)
		add_ask(&all, *urls, wait_ms);
	wait_for_all(&all, wait_ms, first_only);
	out = collect_answers(&all, wait_ms, first_only);
	g_ptr_array_unref(all.asks);
	curl_slist_free_all(all.headers);
	curl_multi_cleanup(all.multi);
	curl_global_cleanup();
	return out;
}
