/* Words apart from how they are set: what counts, and what does not. */

#include <string.h>

#include "reports/verbatim.h"

static const struct { const char *a, *b; gboolean same; } pairs[] = {
	{ "a b", "a \t\r\n\xc2\xa0 b", TRUE },
	{ "it\xe2\x80\x99s \xe2\x80\x9cso\xe2\x80\x9d", "it's 'so'", TRUE },
	{ "He said \xe2\x80\x98no\xe2\x80\x99.", "He said \"no\".", TRUE },
	{ "a customer", "a cus-\ntomer", TRUE },
	{ "third-party", "third\xe2\x80\x91party", TRUE },
	{ "non-public data", "non-\r\npublic data", TRUE },
	{ "data\xe2\x80\x94so it is", "data -- so it is", TRUE },
	{ "data - so", "data \xe2\x80\x94 so", TRUE },
	{ "1999-2004", "1999\xe2\x80\x93""2004", TRUE },
	{ "\xef\xac\x81le", "file", TRUE },
	{ "cus\xc2\xadtomer", "customer", TRUE },
	{ "data.\xc2\xb3 We", "data. We", TRUE },
	{ "in question.3 We", "in question. We", TRUE },
	{ "share,12 unless", "share, unless", TRUE },
	{ "one\n> two\n> > three", "one two three", TRUE },
	/* and these do count */
	{ "can", "cannot", FALSE },
	{ "can", "can't", FALSE },
	{ "cant", "can't", FALSE },
	{ "We", "we", FALSE },
	{ "share, unless", "share unless", FALSE },
	{ "4.3 We", "4. We", FALSE },
	{ "version 4.12 of", "version 4. of", FALSE },
	{ "1 > 2", "1 2", FALSE },
	{ "well", "we'll", FALSE },
};

static void
test_pairs(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
		g_autofree char *a = verbatim(pairs[i].a, strlen(pairs[i].a));
		g_autofree char *b = verbatim(pairs[i].b, strlen(pairs[i].b));

		g_test_message("%zu: \"%s\" \"%s\"", i, a, b);
		g_assert_cmpint(strcmp(a, b) == 0, ==, pairs[i].same);
	}
}

static const struct { const char *form, *pattern, *found; } finds[] = {
	{ "We cannot share it", "We can", NULL },
	{ "We cannot share it", "not share", NULL },
	{ "We cannot share it", "We cannot", "We cannot" },
	{ "We can't share it", "We can", NULL },
	{ "the customer's data", "the customer", "the customer" },
	{ "the customer's data", "\x01The customer", "the customer" },
	{ "We have it", "We ha\x02 it", "We have it" },
	{ "We cannot have it", "We can\x02 have", NULL },
	{ "two files of it", "two file\x02 of", "two files of" },
	{ "recall all", "all", "all" },
	{ "over all", "call", NULL },
	{ "", "all", NULL },
};

static void
test_find(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(finds); i++) {
		const char *form = finds[i].form, *end = NULL;
		const char *at = verbatim_find(form, form, form + strlen(form),
		    finds[i].pattern, &end);
		g_autofree char *got = at != NULL ? g_strndup(at,
		    (size_t)(end - at)) : NULL;

		g_test_message("%zu", i);
		g_assert_cmpstr(got, ==, finds[i].found);
	}
}

/* A place of the form is found again in the text. */
static void
test_origin(void)
{
	static const char text[] = "We \xe2\x80\x9c" "cus-\r\n  tomer\xe2\x80\x9d "
	    "it\xe2\x80\x99s here.3 Yes";
	g_autofree char *form = verbatim(text, strlen(text));
	static const char *const words[] = { "We", "it's", "here", "Yes" };

	g_assert_cmpstr(form, ==, "We customer it's here. Yes");
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		size_t at = (size_t)(strstr(form, words[i]) - form);

		g_assert_cmpint(text[verbatim_origin(text, strlen(text), at)],
		    ==, *words[i]);
	}
	g_assert_cmpuint(verbatim_origin(text, strlen(text), strlen(form)), ==,
	    strlen(text));
	g_assert_cmpuint(verbatim_words(form, form + strlen(form)), ==, 5);
}

/* Bytes of no text, and each prefix of a hostile one: no more out than in. */
static void
test_hostile(void)
{
	static const char bad[] = "\xe2\x80\xef\xac-\xff'\xc2\x81\x80-\n>\xe2"
	    "\x80\x99\x01\x02--\xe2";

	for (size_t n = 0; n < sizeof(bad); n++) {
		g_autofree char *s = g_strndup(bad, n);
		g_autofree char *form = verbatim(s, n);
		const char *end;

		g_assert_cmpuint(strlen(form), <=, 3 * n);
		g_assert_cmpuint(verbatim_origin(s, n, strlen(form)), <=, n);
		verbatim_find(form, form, form + strlen(form), "\x01" "a\x02",
		    &end);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/verbatim/pairs", test_pairs);
	g_test_add_func("/verbatim/find", test_find);
	g_test_add_func("/verbatim/origin", test_origin);
	g_test_add_func("/verbatim/hostile", test_hostile);
	return g_test_run();
}
