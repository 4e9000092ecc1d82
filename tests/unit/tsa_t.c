/*
 * What a user relies on: a token is accepted only where it is over these bytes,
 * answers this question, was signed by a time-stamping certificate that was
 * valid at the token's own time and leads to a root that was given; and an
 * authority that fails, lies or stays silent never stops a run.
 */

#include <string.h>

#include "collector/tsa_check.h"
#include "tests/unit/tsakit.h"

static const struct row {
	const char	*name;
	enum flaw	 flaw;
	const char	*says;		/* NULL: good */
} rows[] = {
	{ "good", FLAW_NONE, NULL },
	{ "other bytes", FLAW_IMPRINT, "over other bytes" },
	{ "other nonce", FLAW_NONCE, "nonce" },
	{ "no nonce", FLAW_NO_NONCE, "nonce" },
	{ "SHA-1 imprint", FLAW_SHA1, "not SHA-256" },
	{ "trailing bytes", FLAW_TRAILING, "behind the answer" },
	{ "time before the certificate", FLAW_EARLY, "not yet valid" },
	{ "time after the certificate", FLAW_LATE, "expired" },
	{ "two purposes", FLAW_EKU_TWO, "certificate" },
	{ "purpose not critical", FLAW_EKU_PLAIN, "certificate" },
	{ "no purpose", FLAW_EKU_NONE, "certificate" },
	{ "an authority's certificate", FLAW_CA, "certificate" },
	{ "rejection", FLAW_REJECTION, "refused" },
	{ "no certificate", FLAW_NO_CERT, "not there" },
	{ "a stranger of the same name", FLAW_FOREIGN, "certificate" },
	{ "garbage", FLAW_GARBAGE, "not one of" },
	{ "empty", FLAW_EMPTY, "empty" },
	{ "a bit of the signature", FLAW_SIGNATURE, "signature" },
};

static void
check_row(const struct row *r, gboolean rsa)
{
	struct tsakit *kit = tsakit_new(rsa);
	g_autoptr(GBytes) data = g_bytes_new("seal", 4);
	g_autoptr(GBytes) query = tsa_query(data);
	g_autoptr(GBytes) reply = tsakit_answer(kit, query, r->flaw);
	struct tsa_answer *out = g_new0(struct tsa_answer, 1);
	gboolean trusted = FALSE;
	g_autofree char *problem = tsa_check(data, query, reply, NULL,
	    tsakit_root(kit), &trusted, out);

	if (r->says == NULL) {
		g_assert_cmpstr(problem, ==, NULL);
		g_assert_true(trusted);
		g_assert_cmpint((int)strlen(out->time), >=, 20);
		g_assert_cmpint((int)strlen(out->root_sha256), ==, 64);
		g_assert_cmpstr(out->policy, ==, "1.3.6.1.4.1.32473.1");
		g_assert_cmpstr(out->accuracy, ==, "1.000000 s");
	} else {
		g_assert_nonnull(problem);
		if (strstr(problem, r->says) == NULL)
			g_error("%s: %s", r->name, problem);
		g_assert_cmpstr(out->time, ==, "");
	}
	tsa_answer_free(out);
	tsakit_free(kit);
}

static void
test_row(gconstpointer data)
{
	check_row(data, FALSE);
}

static void
test_rsa(void)
{
	check_row(&rows[0], TRUE);
}

/* Without roots from outside the token may hold together, and is not trusted;
 * with other roots it is refused. */
static void
test_roots(void)
{
	struct tsakit *kit = tsakit_new(FALSE), *other = tsakit_new(FALSE);
	g_autoptr(GBytes) data = g_bytes_new("seal", 4);
	g_autoptr(GBytes) query = tsa_query(data);
	g_autoptr(GBytes) reply = tsakit_answer(kit, query, FLAW_NONE);
	g_autoptr(GBytes) bad = tsakit_answer(kit, query, FLAW_SIGNATURE);
	gboolean trusted = TRUE;
	char *problem = tsa_check(data, query, reply, NULL, NULL, &trusted, NULL);

	g_assert_cmpstr(problem, ==, NULL);
	g_assert_false(trusted);
	problem = tsa_check(data, query, bad, NULL, NULL, &trusted, NULL);
	g_assert_nonnull(problem);
	g_free(problem);
	problem = tsa_check(data, query, reply, NULL, tsakit_root(other),
	    &trusted, NULL);
	g_assert_nonnull(problem);
	g_free(problem);
	problem = tsa_check(data, query, reply, NULL, "", &trusted, NULL);
	g_assert_nonnull(problem);
	g_free(problem);
	tsakit_free(kit);
	tsakit_free(other);
}

/* Every byte of a good token, changed: never accepted with its question. */
static void
test_every_byte(void)
{
	struct tsakit *kit = tsakit_new(FALSE);
	g_autoptr(GBytes) data = g_bytes_new("seal", 4);
	g_autoptr(GBytes) query = tsa_query(data);
	g_autoptr(GBytes) reply = tsakit_answer(kit, query, FLAW_NONE);
	gsize len;
	const guint8 *good = g_bytes_get_data(reply, &len);
	unsigned accepted = 0;

	for (gsize i = 0; i < len; i++) {
		guint8 *copy = g_memdup2(good, len);
		g_autoptr(GBytes) bad = NULL;
		g_autofree char *problem = NULL;

		copy[i] ^= 0x21;
		bad = g_bytes_new_take(copy, len);
		problem = tsa_check(data, query, bad, NULL, tsakit_root(kit),
		    NULL, NULL);
		accepted += problem == NULL;
	}
	/* The root's copy in the token is not part of what is relied on. */
	g_test_message("%u of %zu changes accepted", accepted, len);
	g_assert_cmpuint(accepted, <, 500);
	tsakit_free(kit);
}

static void
test_ask(void)
{
	struct tsakit *kit = tsakit_new(FALSE);
	const char *urls[] = {
		tsakit_serve(kit, FLAW_NONE), tsakit_serve(kit, FLAW_SILENT),
		tsakit_serve(kit, FLAW_HTTP_500), tsakit_serve(kit, FLAW_NONCE),
		"http://127.0.0.1:1/", "gopher://127.0.0.1/", "no url", NULL };
	g_autoptr(GBytes) data = g_bytes_new("seal", 4);
	gint64 start = g_get_monotonic_time();
	g_autoptr(GPtrArray) got = tsa_ask(urls, data, 1500, FALSE,
	    tsakit_root(kit));
	struct tsa_answer *a;

	g_assert_cmpint(g_get_monotonic_time() - start, <, 4000000);
	g_assert_cmpuint(got->len, ==, 7);
	a = g_ptr_array_index(got, 0);
	g_assert_cmpstr(a->problem, ==, NULL);
	g_assert_cmpstr(a->name, ==, "127.0.0.1");
	g_assert_nonnull(strstr(a->chain_pem, "BEGIN CERTIFICATE"));
	for (guint i = 1; i < got->len; i++) {
		a = g_ptr_array_index(got, i);
		g_assert_nonnull(a->problem);
		g_test_message("%s: %s", a->name, a->problem);
	}
	a = g_ptr_array_index(got, 3);
	g_assert_nonnull(a->reply);	/* kept, although it lies */
	g_assert_cmpstr(a->name, ==, "127.0.0.1-4");
	a = g_ptr_array_index(got, 1);
	g_assert_null(a->reply);
	tsakit_free(kit);
}

/* The first good answer is enough to begin with. */
static void
test_first(void)
{
	struct tsakit *kit = tsakit_new(FALSE);
	const char *urls[] = { tsakit_serve(kit, FLAW_SILENT),
		tsakit_serve(kit, FLAW_NONE), NULL };
	g_autoptr(GBytes) data = g_bytes_new("open", 4);
	gint64 start = g_get_monotonic_time();
	g_autoptr(GPtrArray) got = tsa_ask(urls, data, 20000, TRUE,
	    tsakit_root(kit));
	const struct tsa_answer *a = g_ptr_array_index(got, 1);

	g_assert_cmpint(g_get_monotonic_time() - start, <, 5000000);
	g_assert_cmpstr(a->problem, ==, NULL);
	tsakit_free(kit);
}

static void
test_nobody(void)
{
	const char *urls[] = { NULL };
	g_autoptr(GBytes) data = g_bytes_new("open", 4);
	g_autoptr(GPtrArray) got = tsa_ask(urls, data, 20000, TRUE, NULL);

	g_assert_cmpuint(got->len, ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path = g_strconcat("/tsa/", rows[i].name, NULL);

		g_test_add_data_func(path, &rows[i], test_row);
	}
	g_test_add_func("/tsa/RSA", test_rsa);
	g_test_add_func("/tsa/roots", test_roots);
	g_test_add_func("/tsa/every byte", test_every_byte);
	g_test_add_func("/tsa/ask", test_ask);
	g_test_add_func("/tsa/first", test_first);
	g_test_add_func("/tsa/nobody", test_nobody);
	return g_test_run();
}
