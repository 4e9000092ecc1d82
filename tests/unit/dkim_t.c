/*
 * Signatures: RFC 8463's own example, and messages that are signed here with
 * keys of the moment, over canonical forms written out by hand.
 */

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <string.h>

#include "collector/mail.h"
#include "tests/unit/recordkit.h"

#define FOOTBALL	"football.example.com"

static void
key_fact(struct kit *k, const char *name, const char *text)
{
	g_autofree char *value = g_strdup_printf("{'text':'%s','ttl':300,"
	    "'server':'192.0.2.53'}", text);

	kit_ask(k, PROBE_DNS, name, "TXT", NULL, NULL);
	kit_fact(k, FACT_DNS_TXT, name, value);
}

static struct mail *
check(struct kit *k, const char *s, gsize len)
{
	g_autoptr(GBytes) b = g_bytes_new(s, len);
	struct mail *m = mail_read(b, MAIL_FROM_PROVIDER);

	mail_check(m, b, k->rec);
	return m;
}

static const struct mail_sign *
sign(const struct mail *m, guint i)
{
	g_assert_cmpuint(i, <, m->signs->len);
	return g_ptr_array_index(m->signs, i);
}

static void
kit_begin(struct kit *k)
{
	kit_init(k);
	kit_run(k, "2026-11-23");
	kit_target(k, "site.example");
}

/* ---- the RFC's example -------------------------------------------------------------- */

static void
vector_keys(struct kit *k)
{
	key_fact(k, "brisbane._domainkey." FOOTBALL, "v=DKIM1; k=ed25519; "
	    "p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
	key_fact(k, "test._domainkey." FOOTBALL, "v=DKIM1; k=rsa; p=MIGfMA0GCS"
	    "qGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6"
	    "wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1"
	    "Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/"
	    "K4w3QIDAQAB");
}

static void
test_vector(void)
{
	g_autofree char *s = NULL, *two = NULL;
	g_auto(GStrv) names = NULL, bare = NULL;
	struct kit k;
	struct mail *m;
	gsize len;

	g_assert_true(g_file_get_contents("tests/data/mail/rfc8463.eml", &s,
	    &len, NULL));
	kit_begin(&k);
	m = check(&k, s, len);
	g_assert_cmpstr(sign(m, 0)->result, ==, "no key in the record");
	names = mail_dkim_names(m);
	g_assert_cmpuint(g_strv_length(names), ==, 2);
	g_assert_cmpstr(names[0], ==, "brisbane._domainkey." FOOTBALL);
	mail_free(m);
	vector_keys(&k);
	m = check(&k, s, len);
	g_assert_cmpstr(sign(m, 0)->result, ==, "pass");
	g_assert_cmpstr(sign(m, 1)->result, ==, "pass");
	g_assert_cmpstr(sign(m, 0)->by, ==,
	    "this program, key in 000001/F-000001");
	mail_free(m);
	/* Saved with bare LF, as many programs do. */
	bare = g_strsplit(s, "\r\n", -1);
	two = g_strjoinv("\n", bare);
	m = check(&k, two, strlen(two));
	g_assert_cmpstr(sign(m, 0)->result, ==, "pass");
	g_assert_nonnull(strstr(sign(m, 1)->why, "LF were read as"));
	mail_free(m);
	/* One letter of a signed field, and one of the body. */
	strstr(s, "dinner")[0] = 'D';
	m = check(&k, s, len);
	g_assert_cmpstr(sign(m, 0)->result, ==, "fail");
	g_assert_cmpstr(sign(m, 1)->result, ==, "fail");
	mail_free(m);
	strstr(s, "Dinner")[0] = 'd';
	strstr(s, "hungry")[0] = 'H';
	m = check(&k, s, len);
	g_assert_cmpstr(sign(m, 0)->result, ==, "body changed");
	mail_free(m);
	kit_clear(&k);
}

/* ---- signed here ------------------------------------------------------------------------ */

static char *
base64_of(EVP_PKEY *key, const char *data)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	gboolean ed = EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519;
	unsigned char md[32], sig[512];
	size_t n = sizeof(sig);

	EVP_Digest(data, strlen(data), md, NULL, EVP_sha256(), NULL);
	g_assert_cmpint(EVP_DigestSignInit(ctx, NULL, ed ? NULL : EVP_sha256(),
	    NULL, key), ==, 1);
	g_assert_cmpint(EVP_DigestSign(ctx, sig, &n, ed ? md :
	    (const unsigned char *)data, ed ? sizeof(md) : strlen(data)), ==, 1);
	EVP_MD_CTX_free(ctx);
	return g_base64_encode(sig, n);
}

static char *
key_text(EVP_PKEY *key)
{
	unsigned char *der = NULL, raw[32];
	size_t n = sizeof(raw);
	g_autofree char *p = NULL;
	int len;

	if (EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519) {
		EVP_PKEY_get_raw_public_key(key, raw, &n);
		p = g_base64_encode(raw, n);
		return g_strdup_printf("v=DKIM1; k=ed25519; p=%s", p);
	}
	len = i2d_PUBKEY(key, &der);
	p = g_base64_encode(der, (gsize)len);
	OPENSSL_free(der);
	return g_strdup_printf("v=DKIM1; p=%s", p);
}

static char *
hash64(const char *s)
{
	unsigned char md[32];

	EVP_Digest(s, strlen(s), md, NULL, EVP_sha256(), NULL);
	return g_base64_encode(md, sizeof(md));
}

/* What the signature is over, and the message as it is sent: DATA ends in the
 * signature field up to b=, SENT has the same field up to b=. */
struct made {
	const char	*tags;		/* "v=1; a=rsa-sha256; ..." up to bh= */
	const char	*data;		/* canonical fields */
	const char	*name;		/* of the field, as in its canonical form */
	const char	*field;		/* and as sent */
	const char	*canon_body, *fields, *body;	/* as sent */
};

static GString *
make(EVP_PKEY *key, const struct made *d)
{
	g_autofree char *bh = hash64(d->canon_body), *b = NULL, *data = NULL;
	GString *s = g_string_new(NULL);

	data = g_strdup_printf("%s%s%s bh=%s; b=", d->data, d->name, d->tags,
	    bh);
	b = base64_of(key, data);
	g_string_printf(s, "%s%s bh=%s; b=%s\r\n%s\r\n%s", d->field, d->tags, bh,
	    b, d->fields, d->body);
	return s;
}

static const char *
result_of(struct kit *k, const GString *s)
{
	struct mail *m = check(k, s->str, s->len);
	const char *r = g_intern_string(sign(m, 0)->result);

	g_test_message("%s: %s", sign(m, 0)->result, sign(m, 0)->why);
	mail_free(m);
	return r;
}

#define FIELDS	"Received: from a by b; Sun, 3 May 2020 08:00:00 +0000\r\n" \
		"From:  A  <a@site.example>\r\nSubject: one\r\n two\r\n" \
		"Date: Sun, 3 May 2020 08:00:00 +0000\r\n"

static const struct made relaxed = {
	"v=1; a=rsa-sha256; c=relaxed/relaxed; d=site.example; s=k1; "
	    "h=from:subject:nothing;",
	"from:A <a@site.example>\r\nsubject:one two\r\n", "dkim-signature:",
	"DKIM-Signature: ", "a b\r\n\r\nc\r\n", FIELDS,
	"a \t b  \r\n \t\r\nc\r\n\r\n\r\n" };
static const struct made simple = {
	"v=1; a=rsa-sha256; d=site.example; s=k1; h=From:Subject;",
	"From:  A  <a@site.example>\r\nSubject: one\r\n two\r\n",
	"DKIM-Signature: ", "DKIM-Signature: ", "\r\n", FIELDS, "\r\n\r\n" };
static const struct made limited = {
	"v=1; a=rsa-sha256; c=relaxed/simple; l=3; d=site.example; s=k1; "
	    "h=from:subject;",
	"from:A <a@site.example>\r\nsubject:one two\r\n", "dkim-signature:",
	"DKIM-Signature: ", "abc", FIELDS, "abc and a line added\r\n" };
static const struct made late = {
	"v=1; a=rsa-sha256; c=relaxed; x=1577836800; d=site.example; s=k1; "
	    "h=from;", "from:A <a@site.example>\r\n", "dkim-signature:",
	"DKIM-Signature: ", "a\r\n", FIELDS, "a" };
static const struct made no_from = {
	"v=1; a=rsa-sha256; c=relaxed; d=site.example; s=k1; h=subject;",
	"subject:one two\r\n", "dkim-signature:", "DKIM-Signature: ", "a\r\n",
	FIELDS, "a" };
static const struct made sha1 = {
	"v=1; a=rsa-sha1; c=relaxed; d=site.example; s=k1; h=from;",
	"from:A <a@site.example>\r\n", "dkim-signature:", "DKIM-Signature: ",
	"a\r\n", FIELDS, "a" };
static const struct made strange = {
	"v=1; a=rsa-sha256; c=relaxed; d=site.example; i=@else.example; s=k1; "
	    "h=from;", "from:A <a@site.example>\r\n", "dkim-signature:",
	"DKIM-Signature: ", "a\r\n", FIELDS, "a" };

static const struct { const struct made *made; const char *result; } cases[] = {
	{ &relaxed, "pass" }, { &simple, "pass" }, { &limited, "pass" },
	{ &late, "expired" }, { &no_from, "malformed" }, { &sha1, "fail" },
	{ &strange, "malformed" },
};

static void
test_made(void)
{
	EVP_PKEY *key = EVP_RSA_gen(2048);
	g_autofree char *text = key_text(key);
	struct kit k;

	kit_begin(&k);
	key_fact(&k, "k1._domainkey.site.example", text);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		GString *s = make(key, cases[i].made);

		g_assert_cmpstr(result_of(&k, s), ==, cases[i].result);
		g_string_free(s, TRUE);
	}
	kit_clear(&k);
	EVP_PKEY_free(key);
}

/* l= is said beside the pass; a provider at the target's own domain is told;
 * a key of another algorithm, a short one, one withdrawn. */
static void
test_remarks(void)
{
	EVP_PKEY *key = EVP_RSA_gen(2048), *weak = EVP_RSA_gen(768);
	g_autofree char *text = key_text(key), *short_ = key_text(weak);
	GString *s = make(key, &limited), *w = make(weak, &relaxed);
	struct mail *m;
	struct kit k;

	kit_begin(&k);
	key_fact(&k, "k1._domainkey.site.example", "v=DKIM1; p=");
	g_assert_cmpstr(result_of(&k, s), ==, "fail");
	key_fact(&k, "k1._domainkey.site.example", text);
	m = check(&k, s->str, s->len);
	g_assert_cmpstr(sign(m, 0)->result, ==, "pass");
	g_assert_nonnull(strstr(sign(m, 0)->why, "only the first 3 of 22 "));
	g_assert_nonnull(strstr(g_ptr_array_index(m->problems, 0),
	    "a target's own domain"));
	mail_free(m);
	kit_clear(&k);
	kit_begin(&k);
	key_fact(&k, "k1._domainkey.site.example", short_);
	g_assert_cmpstr(result_of(&k, w), ==, "fail");
	kit_clear(&k);
	g_string_free(s, TRUE);
	g_string_free(w, TRUE);
	EVP_PKEY_free(key);
	EVP_PKEY_free(weak);
}

/* ---- ARC ----------------------------------------------------------------------------------- */

#define AAR	"i=1; mx.relay.example; dkim=pass header.d=site.example"

static GString *
arc(EVP_PKEY *key, const char *cv)
{
	g_autofree char *bh = hash64("a\r\n"), *ams = NULL, *b = NULL;
	g_autofree char *one = NULL, *as = NULL, *two = NULL, *c = NULL;
	GString *s = g_string_new(NULL);

	ams = g_strdup_printf("i=1; a=ed25519-sha256; c=relaxed/relaxed; "
	    "d=relay.example; s=k2; h=from; bh=%s; b=", bh);
	one = g_strdup_printf("from:A <a@site.example>\r\n"
	    "arc-message-signature:%s", ams);
	b = base64_of(key, one);
	as = g_strdup_printf("i=1; a=ed25519-sha256; cv=%s; d=relay.example; "
	    "s=k2; b=", cv);
	two = g_strdup_printf("arc-authentication-results:" AAR "\r\n"
	    "arc-message-signature:%s%s\r\narc-seal:%s", ams, b, as);
	c = base64_of(key, two);
	g_string_printf(s, "ARC-Seal: %s%s\r\nARC-Message-Signature: %s%s\r\n"
	    "ARC-Authentication-Results: " AAR "\r\n" FIELDS "\r\na\r\n", as, c,
	    ams, b);
	return s;
}

static void
test_arc(void)
{
	EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	g_autofree char *text = key_text(key);
	GString *s = arc(key, "none"), *bad = arc(key, "fail");
	struct mail *m;
	struct kit k;

	kit_begin(&k);
	m = check(&k, s->str, s->len);
	g_assert_cmpstr(sign(m, 0)->result, ==, "no key in the record");
	g_assert_nonnull(strstr(sign(m, 0)->why, "says cv=none"));
	mail_free(m);
	key_fact(&k, "k2._domainkey.relay.example", text);
	m = check(&k, s->str, s->len);
	g_assert_cmpuint(m->signs->len, ==, 3);
	g_assert_cmpstr(sign(m, 0)->kind, ==, "arc");
	g_assert_cmpstr(sign(m, 0)->result, ==, "pass");
	g_assert_cmpstr(sign(m, 1)->result, ==, "pass");
	g_assert_cmpstr(sign(m, 2)->result, ==, "dkim=pass");
	g_assert_cmpstr(sign(m, 2)->by, ==, "mx.relay.example");
	mail_free(m);
	g_assert_cmpstr(result_of(&k, bad), ==, "malformed");
	g_string_erase(s, 0, strstr(s->str, "ARC-Mess") - s->str);
	g_assert_cmpstr(result_of(&k, s), ==, "malformed");
	kit_clear(&k);
	g_string_free(s, TRUE);
	g_string_free(bad, TRUE);
	EVP_PKEY_free(key);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/dkim/vector", test_vector);
	g_test_add_func("/dkim/made", test_made);
	g_test_add_func("/dkim/remarks", test_remarks);
	g_test_add_func("/dkim/arc", test_arc);
	return g_test_run();
}
