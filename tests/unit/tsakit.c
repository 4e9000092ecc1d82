/*
 * A time-stamp authority inside the test.
 */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "tests/unit/tsakit.h"

enum cert { ROOT, GOOD, EKU_TWO, EKU_PLAIN, EKU_NONE, CA, FOREIGN, CERTS };

static const struct want {
	const char	*cn, *eku;
	gboolean	 ca;
} wants[CERTS] = {
	[ROOT] = { "Test Root", NULL, TRUE },
	[GOOD] = { "Test TSA", "critical,timeStamping", FALSE },
	[EKU_TWO] = { "Test TSA two", "critical,timeStamping,serverAuth", FALSE },
	[EKU_PLAIN] = { "Test TSA plain", "timeStamping", FALSE },
	[EKU_NONE] = { "Test TSA none", NULL, FALSE },
	[CA] = { "Test TSA authority", "critical,timeStamping", TRUE },
	[FOREIGN] = { "Test TSA", "critical,timeStamping", FALSE },
};

/* Which certificate signs, and by which table row a flaw is made. */
static const enum cert signer_of[FLAWS] = {
	[FLAW_NONE] = GOOD, [FLAW_IMPRINT] = GOOD, [FLAW_NONCE] = GOOD,
	[FLAW_NO_NONCE] = GOOD, [FLAW_SHA1] = GOOD, [FLAW_TRAILING] = GOOD,
	[FLAW_EARLY] = GOOD, [FLAW_LATE] = GOOD, [FLAW_EKU_TWO] = EKU_TWO,
	[FLAW_EKU_PLAIN] = EKU_PLAIN, [FLAW_EKU_NONE] = EKU_NONE,
	[FLAW_CA] = CA, [FLAW_REJECTION] = GOOD, [FLAW_NO_CERT] = GOOD,
	[FLAW_FOREIGN] = FOREIGN, [FLAW_SIGNATURE] = GOOD,
};

struct server {
	struct tsakit	*kit;
	enum flaw	 flaw;
	int		 fd;
	char		*url;
	GThread		*thread;
};

struct tsakit {
	EVP_PKEY	*keys[CERTS];
	X509		*certs[CERTS];
	char		*root_pem;
	GPtrArray	*servers;
	long		 serial;
	GMutex		 lock;
};

/* --- certificates ----------------------------------------------------------- */

static void
extend(X509 *x, X509 *issuer, int nid, const char *value)
{
	X509V3_CTX ctx;
	X509_EXTENSION *e;

	X509V3_set_ctx(&ctx, issuer, x, NULL, NULL, 0);
	e = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
	g_assert_nonnull(e);
	X509_add_ext(x, e, -1);
	X509_EXTENSION_free(e);
}

static void
name_it(X509_NAME *name, const char *cn)
{
	X509_NAME_add_entry_by_txt(name, "O", MBSTRING_ASC,
	    (const unsigned char *)"goodcause tests", -1, -1, 0);
	X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
	    (const unsigned char *)cn, -1, -1, 0);
}

static void
make_cert(struct tsakit *k, enum cert which, gboolean rsa)
{
	const struct want *w = &wants[which];
	X509 *x = X509_new(), *issuer;
	gboolean own = which == ROOT || which == FOREIGN;

	k->keys[which] = rsa ? EVP_RSA_gen(2048) : EVP_EC_gen("P-256");
	k->certs[which] = x;
	issuer = own ? x : k->certs[ROOT];
	X509_set_version(x, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(x), 100 + (long)which);
	X509_gmtime_adj(X509_getm_notBefore(x), -86400L);
	X509_gmtime_adj(X509_getm_notAfter(x), 86400L * 365);
	name_it(X509_get_subject_name(x), w->cn);
	X509_set_issuer_name(x, X509_get_subject_name(
	    which == FOREIGN ? k->certs[ROOT] : issuer));
	X509_set_pubkey(x, k->keys[which]);
	extend(x, issuer, NID_subject_key_identifier, "hash");
	if (!own)
		extend(x, issuer, NID_authority_key_identifier, "keyid");
	extend(x, issuer, NID_basic_constraints, w->ca ? "critical,CA:TRUE" :
	    "critical,CA:FALSE");
	extend(x, issuer, NID_key_usage, w->ca ?
	    "critical,keyCertSign,cRLSign,digitalSignature" :
	    "critical,digitalSignature");
	if (w->eku != NULL)
		extend(x, issuer, NID_ext_key_usage, w->eku);
	g_assert_cmpint(X509_sign(x, k->keys[own ? which : ROOT], EVP_sha256()),
	    >, 0);
}

static char *
pem_of(X509 *x)
{
	BIO *bio = BIO_new(BIO_s_mem());
	char *data, *out;
	long n;

	PEM_write_bio_X509(bio, x);
	n = BIO_get_mem_data(bio, &data);
	out = g_strndup(data, (gsize)n);
	BIO_free(bio);
	return out;
}

struct tsakit *
tsakit_new(gboolean rsa)
{
	struct tsakit *k = g_new0(struct tsakit, 1);

	for (int i = 0; i < CERTS; i++)
		make_cert(k, (enum cert)i, rsa && (i == ROOT || i == GOOD));
	k->root_pem = pem_of(k->certs[ROOT]);
	k->servers = g_ptr_array_new();
	g_mutex_init(&k->lock);
	return k;
}

const char *
tsakit_root(const struct tsakit *k)
{
	return k->root_pem;
}

/* --- answers ---------------------------------------------------------------- */

static ASN1_INTEGER *
next_serial(TS_RESP_CTX *ctx, void *data)
{
	struct tsakit *k = data;
	ASN1_INTEGER *n = ASN1_INTEGER_new();

	(void)ctx;
	ASN1_INTEGER_set(n, ++k->serial);
	return n;
}

static int
no_extension(TS_RESP_CTX *ctx, X509_EXTENSION *e, void *data)
{
	(void)ctx, (void)e, (void)data;
	return 0;
}

/* The request as the flaw would have it. */
static GBytes *
spoil_query(GBytes *query, enum flaw flaw)
{
	gsize len;
	const unsigned char *p = g_bytes_get_data(query, &len);
	TS_REQ *req = d2i_TS_REQ(NULL, &p, (long)len);
	TS_MSG_IMPRINT *imprint = TS_REQ_get_msg_imprint(req);
	unsigned char sum[32] = "other bytes", *der = NULL;
	ASN1_INTEGER *nonce = ASN1_INTEGER_new();
	X509_ALGOR *sha1 = X509_ALGOR_new();
	GBytes *out;
	int n;

	ASN1_INTEGER_set(nonce, 12345);
	X509_ALGOR_set0(sha1, OBJ_nid2obj(NID_sha1), V_ASN1_NULL, NULL);
	if (flaw == FLAW_IMPRINT)
		TS_MSG_IMPRINT_set_msg(imprint, sum, 32);
	if (flaw == FLAW_NONCE)
		TS_REQ_set_nonce(req, nonce);
	if (flaw == FLAW_NO_NONCE) {
		TS_REQ *bare = TS_REQ_new();

		TS_REQ_set_version(bare, 1);
		TS_REQ_set_msg_imprint(bare, imprint);
		TS_REQ_set_cert_req(bare, 1);
		TS_REQ_free(req);
		req = bare;
	}
	if (flaw == FLAW_SHA1) {
		TS_MSG_IMPRINT_set_algo(imprint, sha1);
		TS_MSG_IMPRINT_set_msg(imprint, sum, 20);
	}
	if (flaw == FLAW_NO_CERT)
		TS_REQ_set_cert_req(req, 0);
	n = i2d_TS_REQ(req, &der);
	out = g_bytes_new(der, (gsize)n);
	OPENSSL_free(der);
	ASN1_INTEGER_free(nonce);
	X509_ALGOR_free(sha1);
	TS_REQ_free(req);
	return out;
}

static TS_RESP *
honest(struct tsakit *k, GBytes *query)
{
	gsize len;
	const void *bytes = g_bytes_get_data(query, &len);
	BIO *bio = BIO_new_mem_buf(bytes, (int)len);
	TS_RESP_CTX *ctx = TS_RESP_CTX_new();
	ASN1_OBJECT *policy = OBJ_txt2obj("1.3.6.1.4.1.32473.1", 1);
	STACK_OF(X509) *extra = sk_X509_new_null();
	TS_RESP *resp;

	sk_X509_push(extra, k->certs[ROOT]);
	TS_RESP_CTX_set_serial_cb(ctx, next_serial, k);
	TS_RESP_CTX_set_extension_cb(ctx, no_extension, NULL);
	TS_RESP_CTX_set_signer_cert(ctx, k->certs[GOOD]);
	TS_RESP_CTX_set_signer_key(ctx, k->keys[GOOD]);
	TS_RESP_CTX_set_signer_digest(ctx, EVP_sha256());
	TS_RESP_CTX_set_ess_cert_id_digest(ctx, EVP_sha256());
	TS_RESP_CTX_set_def_policy(ctx, policy);
	TS_RESP_CTX_set_certs(ctx, extra);
	TS_RESP_CTX_set_accuracy(ctx, 1, 0, 0);
	TS_RESP_CTX_add_md(ctx, EVP_sha256());
	TS_RESP_CTX_add_md(ctx, EVP_sha1());
	resp = TS_RESP_create_response(ctx, bio);
	sk_X509_free(extra);
	ASN1_OBJECT_free(policy);
	TS_RESP_CTX_free(ctx);
	BIO_free(bio);
	return resp;
}

static void
add_attributes(PKCS7_SIGNER_INFO *si, X509 *signer)
{
	ESS_SIGNING_CERT_V2 *ess = OSSL_ESS_signing_cert_v2_new_init(
	    EVP_sha256(), signer, NULL, 0);
	unsigned char *der = NULL;
	int n = i2d_ESS_SIGNING_CERT_V2(ess, &der);
	ASN1_STRING *seq = ASN1_STRING_new();

	ASN1_STRING_set0(seq, der, n);
	PKCS7_add_signed_attribute(si, NID_pkcs9_contentType, V_ASN1_OBJECT,
	    OBJ_nid2obj(NID_id_smime_ct_TSTInfo));
	PKCS7_add_signed_attribute(si, NID_id_smime_aa_signingCertificateV2,
	    V_ASN1_SEQUENCE, seq);
	ESS_SIGNING_CERT_V2_free(ess);
}

/* Signs info anew with any certificate, as no honest library would. */
static void
sign_again(struct tsakit *k, TS_RESP *resp, enum cert which)
{
	TS_TST_INFO *info = TS_TST_INFO_dup(TS_RESP_get_tst_info(resp));
	PKCS7 *p7 = PKCS7_new(), *inner = PKCS7_new();
	PKCS7_SIGNER_INFO *si;
	ASN1_OCTET_STRING *octets = ASN1_OCTET_STRING_new();
	unsigned char *der = NULL;
	BIO *bio;
	int n = i2d_TS_TST_INFO(info, &der);

	PKCS7_set_type(p7, NID_pkcs7_signed);
	p7->d.sign->version->length = 1;
	ASN1_INTEGER_set(p7->d.sign->version, 3);
	PKCS7_add_certificate(p7, k->certs[which]);
	PKCS7_add_certificate(p7, k->certs[ROOT]);
	si = PKCS7_add_signature(p7, k->certs[which], k->keys[which],
	    EVP_sha256());
	g_assert_nonnull(si);
	add_attributes(si, k->certs[which]);
	inner->type = OBJ_nid2obj(NID_id_smime_ct_TSTInfo);
	inner->d.other = ASN1_TYPE_new();
	ASN1_TYPE_set(inner->d.other, V_ASN1_OCTET_STRING, octets);
	PKCS7_set_content(p7, inner);
	bio = PKCS7_dataInit(p7, NULL);
	BIO_write(bio, der, n);
	g_assert_cmpint(PKCS7_dataFinal(p7, bio), ==, 1);
	BIO_free_all(bio);
	OPENSSL_free(der);
	TS_RESP_set_tst_info(resp, p7, info);
}

static void
set_time(TS_RESP *resp, long days)
{
	TS_TST_INFO *info = TS_RESP_get_tst_info(resp);
	ASN1_GENERALIZEDTIME *t = ASN1_GENERALIZEDTIME_adj(NULL, time(NULL),
	    (int)days, 0);

	TS_TST_INFO_set_time(info, t);
	ASN1_GENERALIZEDTIME_free(t);
}

static TS_RESP *
rejection(void)
{
	TS_RESP *resp = TS_RESP_new();
	TS_STATUS_INFO *si = TS_STATUS_INFO_new();

	TS_STATUS_INFO_set_status(si, TS_STATUS_REJECTION);
	TS_RESP_set_status_info(resp, si);
	TS_STATUS_INFO_free(si);
	return resp;
}

static TS_RESP *
make_answer(struct tsakit *k, GBytes *query, enum flaw flaw)
{
	g_autoptr(GBytes) spoilt = spoil_query(query, flaw);
	TS_RESP *resp;

	if (flaw == FLAW_REJECTION)
		return rejection();
	resp = honest(k, spoilt);
	g_assert_nonnull(TS_RESP_get_tst_info(resp));
	if (flaw == FLAW_EARLY || flaw == FLAW_LATE) {
		set_time(resp, flaw == FLAW_EARLY ? -5000 : 5000);
		sign_again(k, resp, GOOD);
	} else if (signer_of[flaw] != GOOD) {
		sign_again(k, resp, signer_of[flaw]);
	}
	return resp;
}

GBytes *
tsakit_answer(struct tsakit *k, GBytes *query, enum flaw flaw)
{
	g_autoptr(GByteArray) out = g_byte_array_new();
	unsigned char *der = NULL;
	TS_RESP *resp;
	int n;

	if (flaw == FLAW_GARBAGE)
		return g_bytes_new("no answer at all", 16);
	if (flaw == FLAW_EMPTY)
		return g_bytes_new(NULL, 0);
	g_mutex_lock(&k->lock);
	resp = make_answer(k, query, flaw);
	g_mutex_unlock(&k->lock);
	n = i2d_TS_RESP(resp, &der);
	g_byte_array_append(out, der, (guint)n);
	if (flaw == FLAW_TRAILING)
		g_byte_array_append(out, (const guint8 *)"junk", 4);
	if (flaw == FLAW_SIGNATURE)
		out->data[out->len - 5] ^= 1;
	OPENSSL_free(der);
	TS_RESP_free(resp);
	return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}

/* --- the server ------------------------------------------------------------- */

/* The body of one POST; NULL where the other side went away. */
static GBytes *
read_post(int fd)
{
	char buf[8192];
	size_t len = 0;

	while (len < sizeof(buf) - 1) {
		ssize_t n = read(fd, buf + len, sizeof(buf) - 1 - len);
		const char *end, *field;

		if (n <= 0)
			return NULL;
		len += (size_t)n;
		buf[len] = '\0';
		end = strstr(buf, "\r\n\r\n");
		field = strcasestr(buf, "\r\nContent-Length:");
		if (end != NULL && field != NULL) {
			size_t want = strtoul(field + 17, NULL, 10);
			size_t have = len - (size_t)(end + 4 - buf);

			if (have >= want)
				return g_bytes_new(end + 4, want);
		}
	}
	return NULL;
}

static void
serve_one(struct server *s, int fd)
{
	g_autoptr(GBytes) query = read_post(fd), reply = NULL;
	g_autofree char *head = NULL;
	gsize len;
	const void *bytes;

	if (query == NULL || s->flaw == FLAW_SILENT)
		return;
	reply = tsakit_answer(s->kit, query, s->flaw == FLAW_HTTP_500 ?
	    FLAW_NONE : s->flaw);
	bytes = g_bytes_get_data(reply, &len);
	head = g_strdup_printf("HTTP/1.1 %s\r\nContent-Type: "
	    "application/timestamp-reply\r\nContent-Length: %zu\r\n"
	    "Connection: close\r\n\r\n", s->flaw == FLAW_HTTP_500 ?
	    "500 No" : "200 OK", len);
	/* Whoever asked may be gone: another was quicker. */
	if (send(fd, head, strlen(head), MSG_NOSIGNAL) > 0 && len > 0)
		(void)!send(fd, bytes, len, MSG_NOSIGNAL);
}

static gpointer
serve(gpointer data)
{
	struct server *s = data;
	int fd, held = -1;

	while ((fd = accept(s->fd, NULL, NULL)) >= 0) {
		serve_one(s, fd);
		if (s->flaw == FLAW_SILENT && held < 0)
			held = fd;	/* open, and never answered */
		else
			close(fd);
	}
	if (held >= 0)
		close(held);
	return NULL;
}

const char *
tsakit_serve(struct tsakit *k, enum flaw flaw)
{
	struct server *s = g_new0(struct server, 1);
	struct sockaddr_in in = { .sin_family = AF_INET };
	socklen_t len = sizeof(in);

	s->kit = k;
	s->flaw = flaw;
	s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	g_assert_cmpint(bind(s->fd, (struct sockaddr *)&in, len), ==, 0);
	g_assert_cmpint(listen(s->fd, 8), ==, 0);
	getsockname(s->fd, (struct sockaddr *)&in, &len);
	s->url = g_strdup_printf("http://127.0.0.1:%u/tsa",
	    (unsigned)ntohs(in.sin_port));
	s->thread = g_thread_new("tsa", serve, s);
	g_ptr_array_add(k->servers, s);
	return s->url;
}

void
tsakit_free(struct tsakit *k)
{
	for (guint i = 0; i < k->servers->len; i++) {
		struct server *s = g_ptr_array_index(k->servers, i);

		shutdown(s->fd, SHUT_RDWR);
		g_thread_join(s->thread);
		close(s->fd);
		g_free(s->url);
		g_free(s);
	}
	g_ptr_array_unref(k->servers);
	for (int i = 0; i < CERTS; i++) {
		X509_free(k->certs[i]);
		EVP_PKEY_free(k->keys[i]);
	}
	g_free(k->root_pem);
	g_mutex_clear(&k->lock);
	g_free(k);
}
