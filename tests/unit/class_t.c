/*
 * Every rule of page_class.def: that it is found in a page that has its signs,
 * through the whole reader, and not in one that differs by a little: a word
 * changed, the host of somebody else, another status, the words in a long text.
 */

#include <string.h>

#include "probes/page_class.h"
#include "tests/unit/fixture.h"

enum where { NONE, STATUS, HEADER, TITLE, TEXT, HOST, BODY, EMPTY };
enum bent { WHOLE, FIRST, SECOND, OTHER_STATUS, LONG_TEXT, BENTS };

static const struct rule {
	enum page_class	 class;
	const char	*rule;
	int		 status;
	struct sign {
		enum where	 where;
		const char	*needle;
	} sign, also;
} rules[] = {
#define CLASS(c, r, d, s, w, n, a, m) { c, r, s, { w, n }, { a, m } },
#include "probes/page_class.def"
#undef CLASS
};

struct parts {
	GString	*head, *title, *text, *body;
};

/* The needle with its last letter another one. */
static char *
bend(const char *needle)
{
	char *s = g_strdup(needle);

	for (size_t i = strlen(s); i > 0; i--)
		if (g_ascii_isalnum(s[i - 1])) {
			s[i - 1] = g_ascii_tolower(s[i - 1]) == 'q' ? 'x' : 'q';
			return s;
		}
	/* No letter of ours: its last character is gone. */
	*g_utf8_prev_char(s + strlen(s)) = '\0';
	return s;
}

static void
add_text(GString *to, const char *s)
{
	g_autofree char *escaped = g_markup_escape_text(s, -1);

	g_string_append_printf(to, "<p>%s</p>\n", escaped);
}

static void
add_header(struct parts *p, const char *needle)
{
	size_t n = strcspn(needle, ":");

	if (needle[n] == ':')
		g_string_append_printf(p->head, "%s\r\n", needle);
	else
		g_string_append_printf(p->head, "%s: something\r\n", needle);
}

static void
add_title(struct parts *p, const char *needle, gboolean bent)
{
	const char *words = needle + (*needle == '=');
	g_autofree char *escaped = g_markup_escape_text(words, -1);

	g_string_append_printf(p->title, "%s%s%s", bent ? "About " : "",
	    escaped, *needle == '=' ? "" : " and more");
}

static void
add_sign(struct parts *p, const struct sign *s, gboolean bent)
{
	g_autofree char *needle = bent ? bend(s->needle) :
	    g_strdup(s->needle);

	switch (s->where) {
	case NONE:
	case STATUS:
		return;
	case HEADER:
		add_header(p, needle);
		return;
	case TITLE:
		add_title(p, s->needle, bent);
		return;
	case TEXT:
		add_text(p->text, needle);
		return;
	case HOST:
		/* Its end is the same, and it is another name. */
		g_string_append_printf(p->body, "<script src=\"https://%s%s/a\">"
		    "</script>\n", bent ? "not" : "", s->needle);
		return;
	case BODY:
	case EMPTY:
		g_string_append_printf(p->body, "<script>%s</script>\n",
		    needle);
	}
}

static int
status_of(const struct rule *r, gboolean other)
{
	if (other || r->status == 0)
		return r->status == 200 ? 500 : 200;
	return r->status < 10 ? r->status * 100 + 3 : r->status;
}

static GString *
page_of(const struct rule *r, enum bent bent)
{
	struct parts p = { g_string_new(NULL), g_string_new(NULL),
	    g_string_new(NULL), g_string_new(NULL) };
	GString *block = g_string_new(NULL);

	add_sign(&p, &r->sign, bent == FIRST);
	add_sign(&p, &r->also, bent == SECOND);
	for (int i = 0; bent == LONG_TEXT && i < 80; i++)
		add_text(p.text, "A long article about the films of the year, "
		    "its people and how they came to be made.");
	g_string_printf(block, "HTTP/1.1 %d X\r\nContent-Type: text/html\r\n"
	    "%s\r\n<html lang=en><head><title>%s</title>%s</head><body>%s"
	    "</body></html>", status_of(r, bent == OTHER_STATUS), p.head->str,
	    p.title->str, p.body->str, p.text->str);
	g_string_free(p.head, TRUE);
	g_string_free(p.title, TRUE);
	g_string_free(p.text, TRUE);
	g_string_free(p.body, TRUE);
	return block;
}

/* The name of the rule that found the class, in the facts of the page. */
static gboolean
names_rule(const struct rule *r, enum bent bent)
{
	g_autoptr(GString) block = page_of(r, bent);
	g_autoptr(GString) out = g_string_new(NULL);
	g_autofree char *named = g_strdup_printf("\"rule\":\"%s\"", r->rule);
	struct exchange *x = fixture_exchange(PROBE_HTTP,
	    "https://kino-alfa.ch/", "page", "kino-alfa.ch", block->str,
	    block->len);
	gboolean found;

	g_snprintf(x->detail, sizeof(x->detail), "%d",
	    status_of(r, bent == OTHER_STATUS));
	g_assert_cmpint(fixture_read(x, out), ==, 0);
	found = strstr(out->str, "\"page.class\"") != NULL &&
	    strstr(out->str, named) != NULL;
	g_test_message("%s, %d: %s", r->rule, (int)bent, out->str);
	exchange_free(x);
	return found;
}

/* Whether there is a neighbour of that kind. */
static gboolean
applies(const struct rule *r, enum bent bent)
{
	switch (bent) {
	case FIRST:
		return r->sign.where != STATUS;
	case SECOND:
		return r->also.where != NONE;
	case OTHER_STATUS:
		return r->status != 0;
	case LONG_TEXT:
		return r->sign.where == TEXT || r->also.where == TEXT;
	default:
		return FALSE;
	}
}

static void
test_rule(gconstpointer data)
{
	const struct rule *r = data;

	if (!names_rule(r, WHOLE))
		g_test_fail_printf("%s is not found where it is", r->rule);
	for (int bent = FIRST; bent < BENTS; bent++)
		if (applies(r, (enum bent)bent) &&
		    names_rule(r, (enum bent)bent))
			g_test_fail_printf("%s is found where it is not: %d",
			    r->rule, bent);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rules); i++) {
		g_autofree char *path = g_strconcat("/class/", rules[i].rule,
		    NULL);

		g_test_add_data_func(path, &rules[i], test_rule);
	}
	return g_test_run();
}
