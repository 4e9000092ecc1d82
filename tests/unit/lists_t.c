/*
 * Dated lists: what is found in them, in the carried ones and in files that
 * anybody may have written.
 */

#include <glib/gstdio.h>
#include <string.h>

#include "probes/list_text.h"
#include "probes/lists.h"

#define HEAD	"# goodcause list 1\n# what: vpn\n# of: ip\n" \
	"# date: 2026-11-25\n# source: a test\n# provider: Somebody\n"

static const struct list_hit *
hit_of(const struct list_hit *hits, int n, const char *list)
{
	for (int i = 0; i < n; i++)
		if (strcmp(hits[i].list->name, list) == 0)
			return &hits[i];
	return NULL;
}

/* ---- the lists that the program carries */

static const struct {
	const char *of, *key, *list, *entry, *who;
} carried[] = {
	{ "ip", "104.16.0.1", "cdn-cloudflare", "104.16.0.0/13", "Cloudflare" },
	{ "ip", "2606:4700::1", "cdn-cloudflare", "2606:4700::/32",
	    "Cloudflare" },
	{ "ip", "151.101.1.1", "cdn-fastly", "151.101.0.0/16", "Fastly" },
	{ "as", "AS9009", "vpn-as-x4b", "AS9009", "M247, GB (NordVPN)" },
	{ "ns", "ns1.bodis.com", "parking-ns", "bodis.com", "" },
	{ "reverse", "static.1.2.3.4.clients.your-server.de", "reverse-names",
	    "your-server.de", "Hetzner" },
};

static void
test_carried(void)
{
	struct lists *s = lists_open_dirs((const char *[]){ NULL }, TRUE);

	g_assert_cmpuint(lists_count(s), >, 15);
	g_assert_null(lists_problem(s, 0));
	for (size_t i = 0; i < G_N_ELEMENTS(carried); i++) {
		struct list_hit hits[LIST_HITS];
		int n = lists_find(s, carried[i].of, carried[i].key, hits);
		const struct list_hit *h = hit_of(hits, n, carried[i].list);

		g_test_message("%s", carried[i].key);
		g_assert_nonnull(h);
		g_assert_cmpstr(h->key, ==, carried[i].entry);
		g_assert_cmpstr(h->who, ==, carried[i].who);
		g_assert_cmpuint(strlen(h->list->sha256), ==, 64);
		g_assert_cmpuint(strlen(h->list->date), ==, 10);
	}
	lists_free(s);
}

/* Each line of a carried list is found by what it says, so it is in order. */
static void
test_in_order(void)
{
	struct lists *s = lists_open_dirs((const char *[]){ NULL }, TRUE);

	for (size_t i = 0; i < lists_count(s); i++) {
		const struct list_info *l = lists_info(s, i);
		g_autofree char *path = g_strdup_printf(
		    "probes/data/lists/%s.txt", l->name);
		g_autofree char *text = NULL;
		g_autoptr(GString) again = NULL;
		gsize len = 0, body;
		unsigned bad;

		g_assert_true(g_file_get_contents(path, &text, &len, NULL));
		body = list_body(text, len);
		again = list_sorted((enum list_of)list_of_parse(l->of),
		    text + body, len - body, &bad);
		g_assert_cmpuint(bad, ==, 0);
		g_test_message("%s", l->name);
		g_assert_cmpuint(again->len, ==, len - body);
		g_assert_cmpint(memcmp(again->str, text + body, len - body),
		    ==, 0);
	}
	lists_free(s);
}

/* Google's whole cloud is no delivery network, and nobody's resolver is one. */
static void
test_not_cdn(void)
{
	static const char *const others[] = {
		"34.64.0.1", "8.8.8.8", "5.2.64.1", "1.201.0.1",
	};
	struct lists *s = lists_open_dirs((const char *[]){ NULL }, TRUE);

	for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
		struct list_hit hits[LIST_HITS];
		int n = lists_find(s, "ip", others[i], hits);

		for (int k = 0; k < n; k++)
			g_assert_cmpstr(hits[k].list->what, !=, "cdn");
	}
	lists_free(s);
}

/* ---- files that were found */

struct folder { char *dir, *file; };

static void
folder_make(struct folder *f, const char *name, const char *text, gssize len)
{
	f->dir = g_dir_make_tmp("lists-XXXXXX", NULL);
	f->file = g_build_filename(f->dir, name, NULL);
	g_assert_true(g_file_set_contents(f->file, text, len, NULL));
}

static void
folder_end(struct folder *f)
{
	g_remove(f->file);
	g_rmdir(f->dir);
	g_free(f->file);
	g_free(f->dir);
}

static void
test_found(void)
{
	struct list_hit hits[LIST_HITS];
	struct folder f;
	struct lists *s;
	int n;

	folder_make(&f, "tor-exits.txt", HEAD "198.51.100.7\n192.0.2.0/25 Us\n"
	    "192.0.2.9\n\n# a comment\nno address\n2001:db8::/32\n", -1);
	s = lists_open_dirs((const char *[]){ f.dir, NULL }, TRUE);
	n = lists_find(s, "ip", "192.0.2.9", hits);
	g_assert_cmpint(n, ==, 1);
	/* Within another prefix: the list's outer one. */
	g_assert_cmpstr(hits[0].key, ==, "192.0.2.0/25");
	g_assert_cmpstr(hits[0].who, ==, "Us");
	g_assert_cmpstr(hits[0].list->from, ==, f.file);
	g_assert_cmpstr(hits[0].list->date, ==, "2026-11-25");
	g_assert_cmpuint(hits[0].list->entries, ==, 3);
	g_assert_cmpint(lists_find(s, "ip", "192.0.2.128", hits), ==, 0);
	g_assert_cmpint(lists_find(s, "ip", "2001:db8:ffff::1", hits), ==, 1);
	g_assert_cmpstr(hits[0].who, ==, "Somebody");
	g_assert_nonnull(strstr(lists_problem(s, 0), "1 line was not read"));
	/* It stands in for the carried list of the name. */
	n = lists_find(s, "ip", "101.99.92.179", hits);
	g_assert_null(hit_of(hits, n, "tor-exits"));
	lists_free(s);
	folder_end(&f);
}

/* A file without a head, or with half of one, is no list. */
static void
test_no_head(void)
{
	static const char *const texts[] = {
		"", "192.0.2.0/24\n", "# what: vpn\n192.0.2.0/24\n",
		"# what: vpn\n# of: everything\n# date: 2026-01-01\n"
		    "# source: x\n192.0.2.0/24\n",
		"#", "# what: ",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		struct folder f;
		struct lists *s;

		folder_make(&f, "x.txt", texts[i], -1);
		s = lists_open_dirs((const char *[]){ f.dir, NULL }, FALSE);
		g_assert_cmpuint(lists_count(s), ==, 0);
		g_assert_nonnull(lists_problem(s, 0));
		lists_free(s);
		folder_end(&f);
	}
}

static void
test_no_key(void)
{
	static const struct { const char *of, *key; } none[] = {
		{ "ip", "" }, { "ip", "192.0.2" }, { "ip", "192.0.2.0/24" },
		{ "ip", "a.ch" }, { "ip", "fe80::1%lo" }, { "as", "13335" },
		{ "as", "AS" }, { "as", "AS99999999999" }, { "as", "AS1x" },
		{ "ns", "" }, { "ns", ".com" }, { "ns", "a b" },
		{ "other", "192.0.2.1" },
	};
	struct lists *s = lists_open_dirs((const char *[]){ NULL }, TRUE);
	struct list_hit hits[LIST_HITS];

	for (size_t i = 0; i < G_N_ELEMENTS(none); i++) {
		g_test_message("%s %s", none[i].of, none[i].key);
		g_assert_cmpint(lists_find(s, none[i].of, none[i].key, hits),
		    ==, -1);
		g_assert_null(lists_answer(s, none[i].of, none[i].key));
	}
	lists_free(s);
}

/* Any bytes at all: sorted, searched, never past their end. */
static void
test_any_bytes(void)
{
	static const char good[] = HEAD "192.0.2.0/25 Us\n198.51.100.7\n"
	    "203.0.113.0/24\n2001:db8::/32 \xff\xfe\n::/0\n";
	g_autoptr(GRand) rand = g_rand_new_with_seed(4);
	struct list_key k;

	g_assert_cmpint(list_key(LIST_IP, "198.51.100.7", &k), ==, 0);
	for (int round = 0; round < 2000; round++) {
		size_t n = (size_t)g_rand_int_range(rand, 0, sizeof good);
		g_autofree char *text = g_memdup2(good, MAX(n, 1));
		g_autoptr(GString) s = NULL;
		g_autofree char *head = NULL;
		struct list_line l;
		unsigned bad;
		size_t body;

		for (int i = 0; n > 0 && i < round % 8; i++)
			text[g_rand_int_range(rand, 0, (int)n)] =
			    (char)g_rand_int(rand);
		body = list_body(text, n);
		head = list_head(text, n, "provider");
		g_assert_true(g_utf8_validate(head, -1, NULL));
		for (int of = 0; of < LIST_OFS; of++) {
			s = list_sorted((enum list_of)of, text + body,
			    n - body, &bad);
			if (of == LIST_IP) {
				list_find(LIST_IP, s->str, s->len, &k, &l);
				list_find(LIST_IP, text, n, &k, &l);
			}
			g_string_free(g_steal_pointer(&s), TRUE);
		}
	}
}

static void
test_answer(void)
{
	struct lists *s = lists_open_dirs((const char *[]){ NULL }, TRUE);
	g_autofree char *yes = lists_answer(s, "ip", "104.16.0.1");
	g_autofree char *no = lists_answer(s, "ip", "192.0.2.1");

	g_assert_nonnull(strstr(yes, "\"key\":\"104.16.0.0/13\""));
	g_assert_nonnull(strstr(yes, "\"date\":\"2026-08-11\""));
	g_assert_null(strstr(yes, "\"none\":[\"cdn-akamai\",\"cdn-cloudflare"));
	g_assert_nonnull(strstr(no, "\"found\":[]"));
	g_assert_nonnull(strstr(no, "\"tor-exits\""));
	g_assert_null(strstr(no, "\"vpn-as-x4b\""));
	lists_free(s);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/lists/carried", test_carried);
	g_test_add_func("/lists/in-order", test_in_order);
	g_test_add_func("/lists/not-cdn", test_not_cdn);
	g_test_add_func("/lists/found", test_found);
	g_test_add_func("/lists/no-head", test_no_head);
	g_test_add_func("/lists/no-key", test_no_key);
	g_test_add_func("/lists/any-bytes", test_any_bytes);
	g_test_add_func("/lists/answer", test_answer);
	return g_test_run();
}
