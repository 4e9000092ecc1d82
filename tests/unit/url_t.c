/* URLs as they stand in pages, headers and command lines. */

#include "probes/url.h"

#include <curl/curl.h>
#include <string.h>

static void
test_good(void)
{
	static const char *const rows[][2] = {
		{ "http://example.com", "http://example.com/" },
		{ "HTTPS://Example.COM:443/a/../b?x=1#y",
		    "https://example.com/b?x=1" },
		{ "http://example.com.:8080/", "http://example.com:8080/" },
		{ "https://b\xc3\xbc" "cher.ch/\xc3\xa4",
		    "https://xn--bcher-kva.ch/%c3%a4" },
		{ "https://[2606:4700:0:0::1]/", "https://[2606:4700::1]/" },
		{ "http://198.41.0.4/x", "http://198.41.0.4/x" },
		{ "https://a.ch?q", "https://a.ch/?q" },
		{ "https://foo_bar.a.ch/%7Eu?a=%00", "https://foo_bar.a.ch/%7Eu?a=%00" },
	};
	struct url u;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = NULL;

		if (url_split(rows[i][0], &u) != 0)
			g_error("%s: refused", rows[i][0]);
		text = url_text(&u);
		g_assert_cmpstr(text, ==, rows[i][1]);
		url_clear(&u);
		/* What comes out goes in again, and is the same. */
		g_assert_cmpint(url_split(rows[i][1], &u), ==, 0);
		g_free(text);
		text = url_text(&u);
		g_assert_cmpstr(text, ==, rows[i][1]);
		url_clear(&u);
	}
}

static void
test_refused(void)
{
	static const struct {
		const char	*text;
		enum url_error	 error;
	} rows[] = {
		{ "", URL_EMPTY },
		{ "https://user:secret@example.com/", URL_CREDENTIALS },
		{ "https://user@example.com/", URL_CREDENTIALS },
		{ "ftp://example.com/", URL_SCHEME },
		{ "file:///etc/passwd", URL_SCHEME },
		{ "gopher://example.com/", URL_SCHEME },
		{ "javascript:alert(1)", URL_SCHEME },
		{ "https://example.com/a b", URL_CONTROL },
		{ "https://example.com/\r\nHost: x", URL_CONTROL },
		{ "https://example.com/\x7f", URL_CONTROL },
		{ "https://exa mple.com/", URL_CONTROL },
		{ "https://a..b/", URL_HOST },
		{ "https://", URL_HOST },
		{ "https://example.com:0/", URL_PORT },
		{ "https://example.com:70000/", URL_PORT },
		{ "https://a$b.com/", URL_HOST },
		{ "http://99.2.:", URL_HOST },
		{ "http://1.2.3.4./", URL_HOST },
		{ "http://a.0x7f./", URL_HOST },
	};
	struct url u;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(rows); i++) {
		enum url_error e = url_check(rows[i].text, &u);

		if (e != rows[i].error)
			g_error("%s: %s", rows[i].text, url_error_says(e));
		g_assert_null(u.host);
	}
}

static void
test_long(void)
{
	g_autofree char *path = g_strnfill(URL_MAX, 'a');
	g_autofree char *url = g_strconcat("https://a.ch/", path, NULL);
	struct url u;

	g_assert_cmpint(url_check(url, &u), ==, URL_LONG);
	g_assert_null(url_resolve("https://a.ch/", url));
}

static void
test_resolve(void)
{
	static const char *const rows[][3] = {
		{ "https://a.ch/x/y?z", "w", "https://a.ch/x/w" },
		{ "https://a.ch/x/y?z", "/w?q#f", "https://a.ch/w?q" },
		{ "https://a.ch/x/y?z", "?q", "https://a.ch/x/y?q" },
		{ "https://a.ch/x/y", "../../../w", "https://a.ch/w" },
		{ "https://a.ch/x/", "//B.com/p", "https://b.com/p" },
		{ "https://a.ch/", "http://b.com", "http://b.com/" },
		{ "https://a.ch/", " \n/a b\t.html ", "https://a.ch/a%20b.html" },
		{ "https://a.ch/", "\\\\b.com\\x", "https://b.com/x" },
		{ "https://a.ch/", "/\xd1\x8f", "https://a.ch/%d1%8f" },
		{ "https://a.ch/", "#top", NULL },
		{ "https://a.ch/", "", NULL },
		{ "https://a.ch/", "javascript:alert(1)", NULL },
		{ "https://a.ch/", "JaVa\nScript:alert(1)", NULL },
		{ "https://a.ch/", "data:text/html,x", NULL },
		{ "https://a.ch/", "mailto:x@b.com", NULL },
		{ "https://a.ch/", "magnet:?xt=urn:btih:0", NULL },
		{ "https://a.ch/", "ftp://b.com/", NULL },
		{ "https://a.ch/", "http://u:p@b.com/", NULL },
		{ "https://a.ch/", "//u@b.com/", NULL },
		{ "https://a.ch/", "http://b.com:99999/", NULL },
		{ "https://a.ch/", "/x\x01y", NULL },
		{ "not a url", "/x", NULL },
	};
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *u = url_resolve(rows[i][0], rows[i][1]);

		if (g_strcmp0(u, rows[i][2]) != 0)
			g_error("%s: %s", rows[i][1], u);
	}
}

static void
test_host(void)
{
	static const char *const good[][2] = {
		{ "Example.COM.", "example.com" },
		{ "b\xc3\xbc" "cher.ch", "xn--bcher-kva.ch" },
		{ "fa\xc3\x9f.de", "xn--fa-hia.de" },	/* non-transitional */
		{ "XN--BCHER-KVA.ch", "xn--bcher-kva.ch" },
		{ "\xef\xbd\x81\xe3\x80\x82" "ch", "a.ch" },
		{ "r3---sn-x.example.com", "r3---sn-x.example.com" },
	};
	static const char *const bad[] = { "", ".", "a..b", ".a", "a.-b",
		"a-.b", "a b.ch", "a/b", "xn--a-.ch", "xn--\x01.ch",
		"\xff\xfe.ch", "a%2e.ch", "*.ch", "99.2.", "a.0x7F",
		"\xef\xbc\x91.\xef\xbc\x92." };
	const char *why;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(good); i++) {
		g_autofree char *h = host_canonical(good[i][0], &why);

		g_assert_cmpstr(h, ==, good[i][1]);
		g_assert_null(why);
	}
	for (i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autofree char *h = host_canonical(bad[i], &why);

		if (h != NULL)
			g_error("%s: taken as %s", bad[i], h);
		g_assert_nonnull(why);
	}
}

/* ---- what holds of any text */

/* Pieces of URLs, and of what is none. */
static const char *const bits[] = { "http://", "https://", "HTTPS:", "//", "/",
	"/", "a", "b.ch", "Example.COM", "www.example.com", "xn--", "xn--bcher-kva",
	"b\xc3\xbc" "cher", ".", "..", "./", "../", "?", "#", "&amp;", "=", "&",
	":", ":443", ":80", ":8080", "@", "%2e", "%7E", "%", " ", "\t", "\n",
	"\\", "-", "_", "~", "1", "99.2", "127.0.0.1", "0x7f", "[::1]", "[", "]",
	";", ",", "+", "(", ")", "*", "!", "$", "'", "\"", "<", "|", "^", "\xff",
	"index.html", "page", "q=1", ".well-known", "javascript:", "0", "\x7f" };

static void
made_up(GRand *r, GString *out, int most)
{
	int n = g_rand_int_range(r, 0, most + 1);

	g_string_truncate(out, 0);
	if (g_rand_int_range(r, 0, 2) == 0)
		g_string_append(out, g_rand_int_range(r, 0, 2) == 0 ?
		    "https://a.ch/" : "http://www.example.com/x/y?z");
	while (n-- > 0)
		g_string_append(out, bits[g_rand_int_range(r, 0,
		    G_N_ELEMENTS(bits))]);
}

/* What was read and written is read as the same. */
static void
test_again(void)
{
	g_autoptr(GRand) r = g_rand_new_with_seed(4);
	g_autoptr(GString) s = g_string_new(NULL);
	unsigned taken = 0;

	for (int i = 0; i < 200000; i++) {
		g_autofree char *one = NULL, *two = NULL;
		struct url u;

		made_up(r, s, 6);
		if (url_split(s->str, &u) != 0)
			continue;
		taken++;
		one = url_text(&u);
		url_clear(&u);
		if (url_split(one, &u) != 0)
			g_error("%s: %s is refused", s->str, one);
		two = url_text(&u);
		g_assert_cmpstr(one, ==, two);
		url_clear(&u);
	}
	g_assert_cmpuint(taken, >, 10000);
}

/* Part of a URL as libcurl has it, "" where it has none. */
static char *
curl_part(CURLU *h, CURLUPart what)
{
	char *value = NULL, *copy = curl_url_get(h, what, &value,
	    CURLU_DEFAULT_PORT) == CURLUE_OK ? g_strdup(value) : g_strdup("");

	curl_free(value);
	return copy;
}

static char *
curl_resolves(const char *base, const char *ref)
{
	CURLU *h = curl_url();
	char *out = NULL;

	if (curl_url_set(h, CURLUPART_URL, base, CURLU_URLENCODE) ==
	    CURLUE_OK && curl_url_set(h, CURLUPART_URL, ref,
	    CURLU_URLENCODE) == CURLUE_OK) {
		g_autofree char *scheme = curl_part(h, CURLUPART_SCHEME);
		g_autofree char *host = curl_part(h, CURLUPART_HOST);
		g_autofree char *port = curl_part(h, CURLUPART_PORT);
		g_autofree char *path = curl_part(h, CURLUPART_PATH);
		g_autofree char *query = curl_part(h, CURLUPART_QUERY);
		gboolean usual = strcmp(port, strcmp(scheme, "https") == 0 ?
		    "443" : "80") == 0;

		out = g_strconcat(scheme, "://", host, usual ? "" : ":",
		    usual ? "" : port, path, *query != '\0' ? "?" : "", query,
		    NULL);
	}
	curl_url_cleanup(h);
	return out;
}

/* URLs that are read without libcurl are read as it reads them. */
static void
test_as_curl(void)
{
	g_autoptr(GRand) r = g_rand_new_with_seed(5);
	g_autoptr(GString) base = g_string_new(NULL);
	g_autoptr(GString) ref = g_string_new(NULL);
	unsigned same = 0;

	for (int i = 0; i < 200000; i++) {
		g_autofree char *ours = NULL, *theirs = NULL;
		struct url u;

		made_up(r, base, 3);
		made_up(r, ref, 4);
		/* What browsers and libcurl do not read alike is in /resolve. */
		if (strpbrk(ref->str, "\t\n\\# ") != NULL ||
		    url_split(base->str, &u) != 0)
			continue;
		url_clear(&u);
		ours = url_resolve(base->str, ref->str);
		if (ours == NULL || url_split(ours, &u) != 0)
			continue;
		theirs = curl_resolves(base->str, ref->str);
		/* Names are brought to one form by us, not by libcurl. */
		if (theirs != NULL && !u.literal && g_ascii_strcasecmp(ours,
		    theirs) == 0) {
			g_assert_cmpstr(strchr(ours + 8, '/'), ==,
			    strchr(theirs + 8, '/'));
			same++;
		} else if (strpbrk(ref->str, "x\xc3:[") == NULL &&
		    strpbrk(base->str, "x\xc3:[") == NULL) {
			g_error("%s in %s: %s, not %s", ref->str, base->str,
			    ours, theirs);
		}
		url_clear(&u);
	}
	g_assert_cmpuint(same, >, 10000);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/url/good", test_good);
	g_test_add_func("/url/refused", test_refused);
	g_test_add_func("/url/long", test_long);
	g_test_add_func("/url/resolve", test_resolve);
	g_test_add_func("/url/host", test_host);
	g_test_add_func("/url/again", test_again);
	g_test_add_func("/url/as-curl", test_as_curl);
	return g_test_run();
}
