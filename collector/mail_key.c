/* Keys of signatures, from the TXT records that the runs of a record hold. */

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <string.h>

#include "collector/mail_sign.h"
#include "reports/showing.h"

#define RSA_LEAST	1024	/* RFC 8301, 3.2 */

static const struct {
	const char	*name, *k;
	int		 type;
} algorithms[] = {
	{ "rsa-sha256", "rsa", EVP_PKEY_RSA },
	{ "ed25519-sha256", "ed25519", EVP_PKEY_ED25519 },
};

static int
algorithm_at(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(algorithms); i++)
		if (g_ascii_strcasecmp(algorithms[i].name, name) == 0)
			return (int)i;
	return -1;
}

gboolean
key_knows(const char *algorithm)
{
	return algorithm_at(algorithm) >= 0;
}

/* ---- a key record (RFC 6376, 3.6.1) ----------------------------------------------------- */

static EVP_PKEY *
key_rsa(const guchar *p, gsize len)
{
	const unsigned char *at = p;
	EVP_PKEY *key = d2i_PUBKEY(NULL, &at, (long)len);

	if (key != NULL)
		return key;
	/* Some publish the bare key instead of SubjectPublicKeyInfo. */
	at = p;
	return d2i_PublicKey(EVP_PKEY_RSA, NULL, &at, (long)len);
}

/* NULL with why where the record holds no key for the algorithm. */
static EVP_PKEY *
key_read(const struct tags *t, int algorithm, const char **why)
{
	g_autofree char *packed = tag_packed(t, "p");
	const char *k = tag_value(t, "k");
	g_autofree guchar *p = NULL;
	EVP_PKEY *key;
	gsize len;

	*why = "the key record cannot be read";
	if (tags_bad(t))
		return NULL;
	*why = "the key is withdrawn (p= is empty)";
	if (*packed == '\0')
		return NULL;
	*why = "the key is of another algorithm";
	if (strcmp(*k != '\0' ? k : "rsa", algorithms[algorithm].k) != 0)
		return NULL;
	*why = "the key cannot be read";
	p = g_base64_decode(packed, &len);
	if (algorithms[algorithm].type == EVP_PKEY_ED25519)
		return EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, p,
		    len);
	key = key_rsa(p, len);
	if (key == NULL || (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA &&
	    EVP_PKEY_get_bits(key) >= RSA_LEAST))
		return key;
	*why = "a key of fewer than 1024 bits (RFC 8301)";
	EVP_PKEY_free(key);
	return NULL;
}

/* ---- the signature ------------------------------------------------------------------------ */

static gboolean
verifies(EVP_PKEY *key, const struct signed_data *d)
{
	gsize len;
	g_autofree guchar *sig = g_base64_decode(d->signature, &len);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	unsigned char md[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	gboolean good;

	if (EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519) {
		/* RFC 8463, 3: what is signed is the hash. */
		EVP_Digest(d->data->str, d->data->len, md, &n, EVP_sha256(),
		    NULL);
		good = EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, key) == 1 &&
		    EVP_DigestVerify(ctx, sig, len, md, n) == 1;
	} else {
		good = EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL,
		    key) == 1 && EVP_DigestVerify(ctx, sig, len,
		    (const unsigned char *)d->data->str, d->data->len) == 1;
	}
	EVP_MD_CTX_free(ctx);
	return good;
}

struct looking {
	struct signing	*s;
	const struct signed_data *d;
	struct mail_sign *sign;
	int		 algorithm;
	gboolean	 passed, found;
};

static void
key_try(const struct run *run, const struct fact *f, void *arg)
{
	struct looking *l = arg;
	struct tags *t = tags_read(fact_str(f, "text"));
	const char *why = "";
	EVP_PKEY *key;

	if (!l->passed && *tag_value(t, "p") == '\0' &&
	    strstr(fact_str(f, "text"), "p=") == NULL) {
		tags_free(t);
		return;			/* some other text at that name */
	}
	if (!l->passed) {
		key = key_read(t, l->algorithm, &why);
		l->found = TRUE;
		l->passed = key != NULL && verifies(key, l->d);
		g_free(l->sign->by);
		l->sign->by = pointer_text(&(struct pointer){ .run = run,
		    .fact = f });
		sign_says(l->sign, l->passed ? "pass" : "fail",
		    g_strdup_printf("%s%skey as published on %.10s",
		    key == NULL ? why : "", key == NULL ? "; " : "",
		    f->at != NULL ? f->at : ""));
		EVP_PKEY_free(key);
	}
	tags_free(t);
}

void
key_check(struct signing *s, const struct signed_data *d,
    struct mail_sign *sign)
{
	struct looking l = { .s = s, .d = d, .sign = sign,
	    .algorithm = algorithm_at(d->algorithm) };
	g_autofree char *domain = g_ascii_strdown(d->domain, -1);
	g_autofree char *selector = g_ascii_strdown(d->selector, -1);
	g_autofree char *name = g_strdup_printf("%s._domainkey.%s", selector,
	    domain);
	g_autofree char *at = NULL;

	for (guint i = s->rec != NULL ? s->rec->runs->len : 0; i-- > 0 &&
	    !l.passed;)
		run_each(g_ptr_array_index(s->rec->runs, i), FACT_DNS_TXT, name,
		    key_try, &l);
	if (!l.found) {
		sign_says(sign, "no key in the record", g_strdup_printf(
		    "the key would stand at %s", name));
		return;
	}
	at = sign->by;
	sign->by = g_strdup_printf("this program, key in %s", at);
}

/* ---- the body -------------------------------------------------------------------------------- */

static void
digest(void *arg, const char *s, size_t n)
{
	EVP_DigestUpdate(arg, s, n);
}

gboolean
body_same(struct signing *s, const struct tags *t, enum canon canon,
    int64_t limit, int64_t *whole)
{
	g_autofree char *packed = tag_packed(t, "bh");
	g_autofree guchar *bh = NULL;
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	unsigned char md[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	gsize len;

	bh = g_base64_decode(packed, &len);
	EVP_DigestInit_ex(ctx, EVP_sha256(), NULL);
	*whole = canon_body(s->m, s->h->end, canon, limit, digest, ctx);
	EVP_DigestFinal_ex(ctx, md, &n);
	EVP_MD_CTX_free(ctx);
	return len == n && memcmp(md, bh, n) == 0;
}
