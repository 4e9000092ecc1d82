/*
 * tsad TABLE: RFC 3161 time-stamping authorities of the lab.
 *
 * TABLE has one authority a line: ADDRESS CERTS KEY POLICY, where CERTS is a
 * PEM file with the signer's certificate first and its issuer after it.
 * Each answers POST of application/timestamp-query on port 80, path /, with
 * the real clock. One child a connection, random serial numbers: nothing is
 * shared, so any number of clients may ask at once.
 */
#define _GNU_SOURCE
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <strings.h>

#include "forkserve.h"

enum { REQUEST_MAX = 65536 };

static TS_RESP_CTX *authorities[SERVE_MAX];

static ASN1_INTEGER *random_serial(TS_RESP_CTX *ctx, void *unused)
{
	ASN1_INTEGER *serial = ASN1_INTEGER_new();
	unsigned char b[8];
	uint64_t v = 0;
	size_t i;

	(void)ctx;
	(void)unused;
	if (!serial || RAND_bytes(b, sizeof(b)) != 1)
		return NULL;
	b[0] &= 0x7f;
	for (i = 0; i < sizeof(b); i++)
		v = v << 8 | b[i];
	ASN1_INTEGER_set_uint64(serial, v);
	return serial;
}

static void read_certs(TS_RESP_CTX *ctx, const char *path)
{
	STACK_OF(X509) *others = sk_X509_new_null();
	FILE *f = fopen(path, "r");
	X509 *cert;

	if (!f)
		err(1, "%s", path);
	cert = PEM_read_X509(f, NULL, NULL, NULL);
	if (!cert || !TS_RESP_CTX_set_signer_cert(ctx, cert))
		errx(1, "%s: no certificate for time-stamping", path);
	while ((cert = PEM_read_X509(f, NULL, NULL, NULL)))
		sk_X509_push(others, cert);
	if (!TS_RESP_CTX_set_certs(ctx, others))
		errx(1, "%s: chain", path);
	fclose(f);
}

static void read_key(TS_RESP_CTX *ctx, const char *path)
{
	FILE *f = fopen(path, "r");
	EVP_PKEY *key = f ? PEM_read_PrivateKey(f, NULL, NULL, NULL) : NULL;

	if (!key || !TS_RESP_CTX_set_signer_key(ctx, key))
		errx(1, "%s: no key", path);
	fclose(f);
}

static TS_RESP_CTX *new_authority(const char *certs, const char *key,
				  const char *policy)
{
	TS_RESP_CTX *ctx = TS_RESP_CTX_new();
	ASN1_OBJECT *oid = OBJ_txt2obj(policy, 1);

	if (!ctx || !oid)
		errx(1, "%s: no policy", policy);
	read_certs(ctx, certs);
	read_key(ctx, key);
	TS_RESP_CTX_set_def_policy(ctx, oid);
	TS_RESP_CTX_set_signer_digest(ctx, EVP_sha256());
	TS_RESP_CTX_set_ess_cert_id_digest(ctx, EVP_sha256());
	TS_RESP_CTX_add_md(ctx, EVP_sha256());
	TS_RESP_CTX_add_md(ctx, EVP_sha384());
	TS_RESP_CTX_add_md(ctx, EVP_sha512());
	TS_RESP_CTX_set_accuracy(ctx, 1, 0, 0);
	TS_RESP_CTX_set_serial_cb(ctx, random_serial, NULL);
	return ctx;
}

static nfds_t read_table(const char *path, int *fds)
{
	char addr[64], certs[400], key[400], policy[64];
	FILE *f = fopen(path, "r");
	nfds_t n = 0;

	if (!f)
		err(1, "%s", path);
	while (n < SERVE_MAX && fscanf(f, "%63s %399s %399s %63s", addr,
				       certs, key, policy) == 4) {
		authorities[n] = new_authority(certs, key, policy);
		fds[n++] = serve_listen(addr, "80");
	}
	fclose(f);
	return n;
}

/* Length of the body as the head of the request says, or -1. */
static long body_length(const char *head)
{
	const char *line = head;

	while ((line = strstr(line, "\r\n"))) {
		line += 2;
		if (strncasecmp(line, "content-length:", 15) == 0)
			return atol(line + 15);
	}
	return -1;
}

/* Reads one request; gives its body and length, or NULL. */
static const char *read_request(int conn, char *buf, size_t *body_len)
{
	size_t len = 0;

	while (len < REQUEST_MAX - 1) {
		ssize_t n = read(conn, buf + len, REQUEST_MAX - 1 - len);
		char *body;
		long want;

		if (n <= 0)
			return NULL;
		len += (size_t)n;
		buf[len] = '\0';
		body = strstr(buf, "\r\n\r\n");
		if (!body)
			continue;
		if (strncasecmp(buf, "POST ", 5) != 0)
			return NULL;
		if (strcasestr(buf, "\nexpect: 100-continue") && n > 0 &&
		    body + 4 == buf + len)
			serve_write(conn, "HTTP/1.1 100 Continue\r\n\r\n", 25);
		want = body_length(buf);
		body += 4;
		if (want >= 0 && buf + len >= body + want) {
			*body_len = (size_t)want;
			return body;
		}
	}
	return NULL;
}

static void reply(int conn, const char *status, const char *type,
		  const void *body, size_t len)
{
	char head[256];
	int n = snprintf(head, sizeof(head),
			 "HTTP/1.1 %s\r\nContent-Type: %s\r\n"
			 "Content-Length: %zu\r\nConnection: close\r\n\r\n",
			 status, type, len);

	serve_write(conn, head, (size_t)n);
	serve_write(conn, body, len);
}

static void answer(int conn, nfds_t which)
{
	static char buf[REQUEST_MAX];
	static const char usage[] = "a time-stamp query is wanted\n";
	size_t len = 0;
	const char *body = read_request(conn, buf, &len);
	unsigned char *der = NULL;
	TS_RESP *resp;
	BIO *in;
	int n;

	if (!body || len == 0) {
		reply(conn, "400 Bad Request", "text/plain", usage,
		      sizeof(usage) - 1);
		return;
	}
	in = BIO_new_mem_buf(body, (int)len);
	resp = TS_RESP_create_response(authorities[which], in);
	n = resp ? i2d_TS_RESP(resp, &der) : -1;
	if (n < 0)
		reply(conn, "500 Internal Server Error", "text/plain", "", 0);
	else
		reply(conn, "200 OK", "application/timestamp-reply", der,
		      (size_t)n);
}

int main(int argc, char **argv)
{
	int fds[SERVE_MAX];
	nfds_t n;

	if (argc != 2)
		errx(64, "usage: tsad TABLE");
	n = read_table(argv[1], fds);
	serve_detach();
	serve_forever(fds, n, answer);
}
