/*
 * The kept corpus of `make fuzz`, replayed: whatever once broke a reader, and
 * every fixture, whole, cut and with bytes changed.  Exchanges are also read with the bytes of
 * another kind, because a server may answer in whatever protocol it likes.
 */

#include <glib/gstdio.h>

#include "tests/unit/fixture.h"
#include "tests/unit/hostile.h"

#define DATA	"tests/data/"
#define CUTS	5
#define BENT	60	/* changed copies of one file */

typedef void each_fn(const char *bytes, gsize len, void *arg);

static int
by_name(gconstpointer a, gconstpointer b)
{
	return g_strcmp0(*(char *const *)a, *(char *const *)b);
}

/* Every file of the folder, in order of names; returns how many. */
static guint
each_file(const char *folder, const char *suffix, each_fn *fn, void *arg)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL)
		if (g_str_has_suffix(name, suffix))
			g_ptr_array_add(names, g_build_filename(folder, name,
			    NULL));
	g_ptr_array_sort(names, by_name);
	for (guint i = 0; i < names->len; i++) {
		g_autofree char *text = NULL;
		gsize len = 0;

		if (g_file_get_contents(names->pdata[i], &text, &len, NULL))
			fn(text, len, arg);
	}
	return names->len;
}

static void
feed_cut(const char *bytes, gsize len, void *arg)
{
	const struct hostile *h = arg;

	h->feed(bytes, len);
	for (gsize i = 1; i < CUTS; i++) {
		/* A copy, so that a sanitizer sees the end. */
		gsize n = len * i / CUTS;
		g_autofree char *cut = g_memdup2(bytes, n + 1);

		cut[n] = '\0';
		h->feed(cut, n);
	}
}

static void
feed_bent(const char *bytes, gsize len, void *arg)
{
	const struct hostile *h = arg;
	guint32 seed = FIXTURE_SEED;

	for (int k = 0; len > 0 && k < BENT; k++) {
		g_autofree char *bent = fixture_bent(bytes, len, k, &seed);

		h->feed(bent, len);
	}
}

/* Fixtures of exchanges are bent by the suites of their own readers. */
static void
replay_bent(gconstpointer arg)
{
	const struct hostile *h = arg;
	g_autofree char *corpus = g_strconcat(DATA, h->corpus, NULL);

	each_file(corpus, h->suffix, feed_bent, (void *)(guintptr)h);
}

static void
replay(gconstpointer arg)
{
	const struct hostile *h = arg;
	g_autofree char *corpus = g_strconcat(DATA, h->corpus, NULL);
	g_autofree char *found = g_strconcat(DATA "fuzz/found/", h->name,
	    NULL);
	guint n = each_file(corpus, h->suffix, feed_cut,
	    (void *)(guintptr)h);

	g_assert_cmpuint(n, >, 0);
	each_file(found, "", feed_cut, (void *)(guintptr)h);
}

static void
feed_whole(const char *bytes, gsize len, void *arg)
{
	((const struct hostile *)arg)->feed(bytes, len);
}

/* Answers of one protocol where another was expected. */
static void
replay_others(gconstpointer arg)
{
	const struct hostile *h = arg;

	for (gsize i = 0; i < hostiles_count; i++) {
		g_autofree char *corpus = g_strconcat(DATA,
		    hostiles[i].corpus, NULL);

		if (&hostiles[i] != h)
			each_file(corpus, hostiles[i].suffix, feed_whole,
			    (void *)(guintptr)h);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < hostiles_count; i++) {
		g_autofree char *one = g_strconcat("/fuzz/", hostiles[i].name,
		    NULL);
		g_autofree char *two = g_strconcat(one, "/others", NULL);

		g_test_add_data_func(one, &hostiles[i], replay);
		g_test_add_data_func(two, &hostiles[i], replay_others);
		if (strcmp(hostiles[i].suffix, ".in") != 0) {
			g_autofree char *three = g_strconcat(one, "/bent",
			    NULL);

			g_test_add_data_func(three, &hostiles[i], replay_bent);
		}
	}
	return g_test_run();
}
