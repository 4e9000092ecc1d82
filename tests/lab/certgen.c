/*
 * certgen FOLDER < LIST: the lab's certificate authorities and certificates.
 *
 * Reads one wish a line:
 *	site NAME [OTHER-NAME...]	FOLDER/NAME.pem and .key for TLS
 *	odd WHAT NAME [OTHER-NAME...]	the same, and WHAT is odd: expired, self
 *					(signed by itself), staple (an OCSP answer
 *					beside it, FOLDER/NAME.ocsp)
 *	tsa NAME ORGANISATION		a root, an issuer and a signer of their
 *					own for time-stamps, FOLDER/NAME.pem, .key
 * and writes every root to FOLDER/roots.pem. Keys are made anew each time and
 * never leave FOLDER. By libcrypto, because the openssl program takes 50 ms
 * a certificate and this takes less than one.
 */
#include <err.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>

enum kind { ROOT, ISSUER, SITE, TSA };

struct pair {
	X509 *cert;
	EVP_PKEY *key;
};

static FILE *roots;

static void add_ext(X509 *cert, X509 *issuer, int nid, const char *value)
{
	X509_EXTENSION *ext;
	X509V3_CTX ctx;

	X509V3_set_ctx(&ctx, issuer, cert, NULL, NULL, 0);
	ext = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
	if (!ext || !X509_add_ext(cert, ext, -1))
		errx(1, "extension %s", value);
	X509_EXTENSION_free(ext);
}

static void add_exts(X509 *cert, X509 *issuer, enum kind kind, const char *san)
{
	static const char *const basic[] = {
		[ROOT] = "critical,CA:TRUE",
		[ISSUER] = "critical,CA:TRUE,pathlen:0",
		[SITE] = "critical,CA:FALSE",
		[TSA] = "critical,CA:FALSE",
	};

	add_ext(cert, issuer, NID_basic_constraints, basic[kind]);
	add_ext(cert, issuer, NID_key_usage,
		kind <= ISSUER ? "critical,keyCertSign,cRLSign" :
				 "critical,digitalSignature");
	add_ext(cert, issuer, NID_subject_key_identifier, "hash");
	if (kind != ROOT)
		add_ext(cert, issuer, NID_authority_key_identifier, "keyid");
	if (kind == SITE)
		add_ext(cert, issuer, NID_ext_key_usage, "serverAuth");
	if (kind == TSA)
		add_ext(cert, issuer, NID_ext_key_usage,
			"critical,timeStamping");
	if (san)
		add_ext(cert, issuer, NID_subject_alt_name, san);
}

static void set_serial(X509 *cert)
{
	unsigned char b[16];
	BIGNUM *n;

	if (RAND_bytes(b, sizeof(b)) != 1)
		errx(1, "no random bytes");
	b[0] = (unsigned char)(b[0] & 0x7f) | 1;
	n = BN_bin2bn(b, sizeof(b), NULL);
	BN_to_ASN1_INTEGER(n, X509_get_serialNumber(cert));
	BN_free(n);
}

static void set_names(X509 *cert, X509 *issuer, const char *org,
		      const char *cn)
{
	X509_NAME *name = X509_get_subject_name(cert);

	if (org)
		X509_NAME_add_entry_by_txt(name, "O", MBSTRING_UTF8,
			(const unsigned char *)org, -1, -1, 0);
	X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
		(const unsigned char *)cn, -1, -1, 0);
	X509_set_issuer_name(cert, X509_get_subject_name(issuer));
}

/* Makes a key and a certificate signed by `by` (NULL: by itself). */
static struct pair make(enum kind kind, const struct pair *by,
			const char *org, const char *cn, const char *san)
{
	const long day = 86400;
	struct pair p = { X509_new(), EVP_EC_gen("P-256") };
	X509 *issuer = by ? by->cert : p.cert;

	if (!p.cert || !p.key)
		errx(1, "%s: no key", cn);
	X509_set_version(p.cert, X509_VERSION_3);
	set_serial(p.cert);
	X509_gmtime_adj(X509_getm_notBefore(p.cert), -30 * day);
	X509_gmtime_adj(X509_getm_notAfter(p.cert),
			(kind <= ISSUER ? 3650 : 90) * day);
	set_names(p.cert, issuer, org, cn);
	X509_set_pubkey(p.cert, p.key);
	add_exts(p.cert, issuer, kind, san);
	if (!X509_sign(p.cert, by ? by->key : p.key, EVP_sha256()))
		errx(1, "%s: cannot sign", cn);
	return p;
}

static void write_pair(const char *folder, const char *name,
		       const struct pair *p, X509 *issuer)
{
	char path[600];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s.pem", folder, name);
	f = fopen(path, "w");
	if (!f || !PEM_write_X509(f, p->cert) || !PEM_write_X509(f, issuer) ||
	    fclose(f) != 0)
		err(1, "%s", path);
	snprintf(path, sizeof(path), "%s/%s.key", folder, name);
	f = fopen(path, "w");
	if (!f || !PEM_write_PrivateKey(f, p->key, NULL, NULL, 0, NULL, NULL) ||
	    fclose(f) != 0)
		err(1, "%s", path);
}

static void drop(struct pair *p)
{
	X509_free(p->cert);
	EVP_PKEY_free(p->key);
}

/* A root and an issuer below it. */
static struct pair make_chain(const char *org)
{
	char cn[200];
	struct pair root, issuer;

	snprintf(cn, sizeof(cn), "%s Simulated Root", org);
	root = make(ROOT, NULL, org, cn, NULL);
	PEM_write_X509(roots, root.cert);
	snprintf(cn, sizeof(cn), "%s Simulated Issuing CA", org);
	issuer = make(ISSUER, &root, org, cn, NULL);
	drop(&root);
	return issuer;
}

/* The issuer's word that the certificate is good, for nginx to pass on. */
static void write_staple(const char *folder, const char *name,
			 const struct pair *p, const struct pair *by)
{
	OCSP_BASICRESP *b = OCSP_BASICRESP_new();
	OCSP_CERTID *id = OCSP_cert_to_id(NULL, p->cert, by->cert);
	ASN1_TIME *from = X509_gmtime_adj(NULL, -3600);
	ASN1_TIME *to = X509_gmtime_adj(NULL, 90 * 86400L);
	OCSP_RESPONSE *r;
	char path[600];
	FILE *f;

	OCSP_basic_add1_status(b, id, V_OCSP_CERTSTATUS_GOOD, 0, NULL, from,
			       to);
	if (!OCSP_basic_sign(b, by->cert, by->key, EVP_sha256(), NULL, 0))
		errx(1, "%s: cannot sign its state", name);
	r = OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, b);
	snprintf(path, sizeof(path), "%s/%s.ocsp", folder, name);
	f = fopen(path, "w");
	if (!r || !f || i2d_OCSP_RESPONSE_bio(BIO_new_fp(f, BIO_NOCLOSE), r) <
	    1 || fclose(f) != 0)
		err(1, "%s", path);
	OCSP_RESPONSE_free(r);
	OCSP_BASICRESP_free(b);
	OCSP_CERTID_free(id);
	ASN1_TIME_free(from);
	ASN1_TIME_free(to);
}

static void make_odd(struct pair *p, const struct pair *by, const char *what)
{
	int self = strcmp(what, "self") == 0;

	if (strcmp(what, "expired") == 0)
		X509_gmtime_adj(X509_getm_notAfter(p->cert), -86400L);
	if (strcmp(what, "control") == 0)
		X509_NAME_add_entry_by_txt(X509_get_subject_name(p->cert), "O",
			MBSTRING_UTF8, (const unsigned char *)
			"\033[2JZoo\033]0;x\007\xe2\x80\xae", -1, -1, 0);
	if (self) {
		int at = X509_get_ext_by_NID(p->cert,
			NID_authority_key_identifier, -1);

		X509_EXTENSION_free(X509_delete_ext(p->cert, at));
		X509_set_issuer_name(p->cert,
				     X509_get_subject_name(p->cert));
	}
	if (!X509_sign(p->cert, self ? p->key : by->key, EVP_sha256()))
		errx(1, "cannot sign what is odd");
}

static void make_site(const char *folder, const struct pair *by, char *names,
		      const char *what)
{
	char san[4000] = "", *save = NULL, *first, *n;
	size_t used = 0;
	struct pair p;

	first = n = strtok_r(names, " \n", &save);
	for (; n && used < sizeof(san); n = strtok_r(NULL, " \n", &save))
		used += (size_t)snprintf(san + used, sizeof(san) - used,
					 "%sDNS:%s", used ? "," : "", n);
	if (!first)
		return;
	p = make(SITE, by, NULL, first, san);
	make_odd(&p, by, what);
	if (strcmp(what, "staple") == 0)
		write_staple(folder, first, &p, by);
	write_pair(folder, first, &p, by->cert);
	drop(&p);
}

static void make_tsa(const char *folder, char *line)
{
	char *save = NULL, *name = strtok_r(line, " \n", &save);
	char *org = strtok_r(NULL, "\n", &save), cn[200];
	struct pair issuer, p;

	if (!name || !org)
		errx(1, "tsa: name and organisation are wanted");
	issuer = make_chain(org);
	snprintf(cn, sizeof(cn), "%s Simulated Time-stamp Signer", org);
	p = make(TSA, &issuer, org, cn, NULL);
	write_pair(folder, name, &p, issuer.cert);
	drop(&p);
	drop(&issuer);
}

int main(int argc, char **argv)
{
	struct pair sites;
	char path[600], line[4000], *names;

	if (argc != 2)
		errx(64, "usage: certgen FOLDER < LIST");
	snprintf(path, sizeof(path), "%s/roots.pem", argv[1]);
	roots = fopen(path, "w");
	if (!roots)
		err(1, "%s", path);
	sites = make_chain("Goodcause Lab");
	while (fgets(line, sizeof(line), stdin)) {
		if (strncmp(line, "site ", 5) == 0)
			make_site(argv[1], &sites, line + 5, "");
		else if (strncmp(line, "odd ", 4) == 0 &&
			 (names = strchr(line + 4, ' ')) != NULL) {
			*names = '\0';
			make_site(argv[1], &sites, names + 1, line + 4);
		}
		else if (strncmp(line, "tsa ", 4) == 0)
			make_tsa(argv[1], line + 4);
	}
	drop(&sites);
	return fclose(roots) == 0 ? 0 : 1;
}
