#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

#include "probes/seam.h"
#include "probes/text.h"
#include "probes/trust.h"

struct verdict {
	char	*result;
	char	*faults;	/* "" */
	char	 root[65];
};

struct trust {
	char		*file;
	trust_root_fn	*root_used;
	void		*arg;
	X509_STORE	*store;		/* NULL until first used */
	char		 bundle[65];
	GHashTable	*seen;		/* chain's hash and name -> verdict */
	GHashTable	*roots;		/* sha256 of roots reported */
};

static void
verdict_free(void *p)
{
	struct verdict *v = p;

	g_free(v->result);
	g_free(v->faults);
	g_free(v);
}

struct trust *
trust_new(const char *file, trust_root_fn *fn, void *arg)
{
	struct trust *t = g_new0(struct trust, 1);

	t->file = g_strdup(file);
	t->root_used = fn;
	t->arg = arg;
	t->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    verdict_free);
	t->roots = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	return t;
}

void
trust_free(struct trust *t)
{
	if (t == NULL)
		return;
	X509_STORE_free(t->store);
	g_hash_table_unref(t->seen);
	g_hash_table_unref(t->roots);
	g_free(t->file);
	g_free(t);
}

const char *
trust_default_file(void)
{
	static const char debian[] = "/etc/ssl/certs/ca-certificates.crt";
	const char *file = getenv(X509_get_default_cert_file_env());

	if (file == NULL)
		file = X509_get_default_cert_file();
	return g_file_test(file, G_FILE_TEST_EXISTS) ? file : debian;
}

static X509_STORE *
store_load(struct trust *t)
{
	g_autofree char *pem = NULL;
	gsize len = 0;
	BIO *bio;
	X509 *cert;

	t->store = X509_STORE_new();
	if (!g_file_get_contents(t->file, &pem, &len, NULL))
		return t->store;
	text_sha256(t->bundle, pem, len);
	bio = BIO_new_mem_buf(pem, (int)len);
	while ((cert = PEM_read_bio_X509(bio, NULL, NULL, NULL)) != NULL) {
		X509_STORE_add_cert(t->store, cert);
		X509_free(cert);
	}
	BIO_free(bio);
	ERR_clear_error();
	return t->store;
}

static void
cert_sha256(X509 *cert, char out[65])
{
	unsigned char md[EVP_MAX_MD_SIZE];
	unsigned int n = 0;

	X509_digest(cert, EVP_sha256(), md, &n);
	text_hex(out, md, n);
}

static void
root_keep(struct trust *t, X509 *root, const char *sha256)
{
	BIO *bio;
	char *pem;
	long len;
	GBytes *b;

	if (t->root_used == NULL ||
	    !g_hash_table_add(t->roots, g_strdup(sha256)))
		return;
	bio = BIO_new(BIO_s_mem());
	PEM_write_bio_X509(bio, root);
	len = BIO_get_mem_data(bio, &pem);
	b = g_bytes_new(pem, (gsize)len);
	t->root_used(sha256, b, t->arg);
	g_bytes_unref(b);
	BIO_free(bio);
}

static const struct {
	int		 error;
	const char	*word;
} fault_words[] = {
	{ X509_V_ERR_CERT_HAS_EXPIRED,			"expired" },
	{ X509_V_ERR_CERT_NOT_YET_VALID,		"not yet valid" },
	{ X509_V_ERR_HOSTNAME_MISMATCH,			"name" },
	{ X509_V_ERR_IP_ADDRESS_MISMATCH,		"name" },
	{ X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT,	"self-signed" },
	{ X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,		"self-signed" },
	{ X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT,		"issuer unknown" },
	{ X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,	"issuer unknown" },
	{ X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE,	"issuer unknown" },
};

/* One after another, so that an expired certificate of another name is told to
 * be both. */
struct fault_list {
	GString	*words;
	int	 first;
};

static int
fault_index(void)
{
	static int index = -1;

	if (index < 0)
		index = X509_STORE_CTX_get_ex_new_index(0, NULL, NULL, NULL,
		    NULL);
	return index;
}

static int
fault_found(int ok, X509_STORE_CTX *ctx)
{
	struct fault_list *f = X509_STORE_CTX_get_ex_data(ctx, fault_index());
	int error = X509_STORE_CTX_get_error(ctx);
	const char *word = "other";

	if (ok)
		return 1;
	for (size_t i = 0; i < G_N_ELEMENTS(fault_words); i++)
		if (fault_words[i].error == error)
			word = fault_words[i].word;
	if (f->first == X509_V_OK)
		f->first = error;
	if (strstr(f->words->str, word) == NULL)
		g_string_append_printf(f->words, "%s%s", f->words->len > 0 ?
		    "," : "", word);
	return 1;
}

static struct verdict *
verify(struct trust *t, STACK_OF(X509) *chain, const char *name)
{
	struct verdict *v = g_new0(struct verdict, 1);
	X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	X509_VERIFY_PARAM *p;
	g_autoptr(GString) words = g_string_new(NULL);
	struct fault_list faults = { words, X509_V_OK };

	X509_STORE_CTX_init(ctx, t->store, sk_X509_value(chain, 0), chain);
	X509_STORE_CTX_set_default(ctx, "ssl_server");
	p = X509_STORE_CTX_get0_param(ctx);
	X509_VERIFY_PARAM_set_time(p, (time_t)(clock_wall_us() / 1000000));
	if (*name != '\0' && !X509_VERIFY_PARAM_set1_ip_asc(p, name))
		X509_VERIFY_PARAM_set1_host(p, name, 0);
	X509_STORE_CTX_set_ex_data(ctx, fault_index(), &faults);
	X509_STORE_CTX_set_verify_cb(ctx, fault_found);
	if (t->bundle[0] == '\0')
		v->result = g_strdup("no CA bundle on this machine");
	else if (X509_verify_cert(ctx) == 1 && faults.first == X509_V_OK) {
		STACK_OF(X509) *full = X509_STORE_CTX_get0_chain(ctx);
		X509 *root = sk_X509_value(full, sk_X509_num(full) - 1);

		v->result = g_strdup("ok");
		cert_sha256(root, v->root);
		root_keep(t, root, v->root);
	} else
		v->result = g_strdup(X509_verify_cert_error_string(
		    faults.first != X509_V_OK ? faults.first :
		    X509_STORE_CTX_get_error(ctx)));
	v->faults = g_strdup(words->str);
	X509_STORE_CTX_free(ctx);
	ERR_clear_error();
	return v;
}

static void
chain_der(STACK_OF(X509) *chain, GByteArray *out, int64_t most)
{
	for (int i = 0; i < sk_X509_num(chain) && i < most; i++) {
		unsigned char *der = NULL;
		int n = i2d_X509(sk_X509_value(chain, i), &der);

		if (n > 0)
			g_byte_array_append(out, der, (guint)n);
		OPENSSL_free(der);
	}
}

static void
connection_meta(struct exchange *x, SSL *ssl)
{
	const unsigned char *alpn = NULL;
	unsigned int n = 0;
	g_autofree char *proto = NULL;

	exchange_meta(x, "tls.version", SSL_get_version(ssl));
	exchange_meta(x, "tls.cipher", SSL_get_cipher_name(ssl));
	SSL_get0_alpn_selected(ssl, &alpn, &n);
	if (n == 0)
		return;
	/* One of those we offered: OpenSSL refuses any other. */
	proto = g_strndup((const char *)alpn, n);
	exchange_meta(x, "tls.alpn", proto);
}

void
trust_look(struct trust *t, struct exchange *x, SSL *ssl, const char *name,
    GByteArray *der, int64_t most)
{
	STACK_OF(X509) *chain = SSL_get_peer_cert_chain(ssl);
	g_autoptr(GByteArray) all = g_byte_array_new();
	char sha[65], leaf[65], at[32];
	g_autofree char *key = NULL;
	struct verdict *v;

	connection_meta(x, ssl);
	if (chain == NULL || sk_X509_num(chain) == 0)
		return;
	chain_der(chain, all, most);
	if (der != NULL)
		g_byte_array_append(der, all->data, all->len);
	cert_sha256(sk_X509_value(chain, 0), leaf);
	exchange_meta(x, "tls.leaf", leaf);
	if (t == NULL)
		return;
	if (t->store == NULL)
		store_load(t);
	text_sha256(sha, all->data, all->len);
	key = g_strdup_printf("%s %s", sha, name);
	v = g_hash_table_lookup(t->seen, key);
	if (v == NULL) {
		v = verify(t, chain, name);
		g_hash_table_insert(t->seen, g_steal_pointer(&key), v);
	}
	text_time_s(at, clock_wall_us());
	exchange_meta(x, "trust.result", v->result);
	if (v->faults[0] != '\0')
		exchange_meta(x, "trust.faults", v->faults);
	if (v->root[0] != '\0')
		exchange_meta(x, "trust.root", v->root);
	if (t->bundle[0] != '\0')
		exchange_meta(x, "trust.bundle", t->bundle);
	exchange_meta(x, "trust.at", at);
}
