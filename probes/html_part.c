#include "probes/html_part.h"

#include <string.h>
#include <strings.h>

#include "probes/json_text.h"
#include "probes/page_kind.h"

static void
add_part(struct walk *w, const char *ref, const char *how, size_t pos)
{
	g_autofree char *url = NULL;
	GString *v;

	if (!page_facts_room(w->facts, FACT_PAGE_PART, how))
		return;
	url = walk_resolve(w, ref);
	if (url == NULL || strlen(url) > WALK_URL || page_work(url) != NULL)
		return;
	v = page_facts_add(w->facts, FACT_PAGE_PART, how, url, strlen(url), pos);
	if (v == NULL)
		return;
	json_put(v, "url", url);
	json_put(v, "how", how);
}

static const struct {
	GumboTag	 tag;
	const char	*attribute, *how;
} tags[] = {
	{ GUMBO_TAG_SCRIPT, "src", "script" },
	{ GUMBO_TAG_IFRAME, "src", "frame" },
	{ GUMBO_TAG_FRAME, "src", "frame" },
	{ GUMBO_TAG_IMG, "src", "image" },
	{ GUMBO_TAG_VIDEO, "poster", "image" },
};

void
html_part_loads(struct walk *w, const GumboNode *n)
{
	for (size_t i = 0; i < G_N_ELEMENTS(tags); i++) {
		const char *s = tags[i].tag == n->v.element.tag ?
		    walk_attr(n, tags[i].attribute) : NULL;

		if (s != NULL && *s != '\0')
			add_part(w, s, tags[i].how, walk_attr_pos(w, n,
			    tags[i].attribute));
	}
}

static const struct {
	const char	*rel, *how;
} rels[] = {
	{ "stylesheet", "style" }, { "icon", "icon" },
	{ "apple-touch-icon", "icon" }, { "manifest", "manifest" },
};

/* Whether a word stands in a list with blanks between. */
static gboolean
has_word(const char *list, const char *word)
{
	size_t n;

	for (; *list != '\0'; list += n) {
		list += strspn(list, " \t\r\n");
		n = strcspn(list, " \t\r\n");
		if (n == strlen(word) && strncasecmp(list, word, n) == 0)
			return TRUE;
	}
	return FALSE;
}

void
html_part_link(struct walk *w, const GumboNode *n)
{
	const char *rel = walk_attr(n, "rel"), *href = walk_attr(n, "href");

	if (rel == NULL || href == NULL)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(rels); i++)
		if (has_word(rel, rels[i].rel)) {
			add_part(w, href, rels[i].how,
			    walk_attr_pos(w, n, "href"));
			return;
		}
	if (has_word(rel, "author") && strstr(href, "humans.txt") != NULL)
		add_part(w, href, "humans", walk_attr_pos(w, n, "href"));
}

/* ---- style sheets */

static const char font_endings[] = ".woff2 .woff .ttf .otf .eot";

static const char *
style_how(const char *url, size_t n, gboolean import)
{
	size_t end = n;
	const char *dot;

	if (import)
		return "style";
	for (size_t i = 0; i < n; i++)
		if (url[i] == '?' || url[i] == '#') {
			end = i;
			break;
		}
	dot = memrchr(url, '.', end);
	if (dot != NULL) {
		g_autofree char *ending = g_ascii_strdown(dot,
		    url + end - dot);

		if (strstr(font_endings, ending) != NULL)
			return "font";
	}
	return "image";
}

/* A reference in quotes or bare, up to a parenthesis or a blank. */
static size_t
reference(const char *s, size_t left, const char **url)
{
	char quote = '\0';
	size_t i = 0, from;

	while (i < left && g_ascii_isspace(s[i]))
		i++;
	if (i < left && (s[i] == '"' || s[i] == '\''))
		quote = s[i++];
	for (from = i; i < left && i - from < WALK_URL; i++)
		if (quote != '\0' ? s[i] == quote : s[i] == ')' ||
		    g_ascii_isspace(s[i]))
			break;
	*url = s + from;
	return i - from;
}

/* TRUE where the at-rule before the url() is an import. */
static gboolean
after_import(const char *css, const char *at)
{
	while (at > css && g_ascii_isspace(at[-1]))
		at--;
	return at - css >= 7 && g_ascii_strncasecmp(at - 7, "@import", 7) == 0;
}

void
style_scan(const char *css, size_t len, void (*found)(const char *, size_t,
    size_t, const char *, void *), void *arg)
{
	const char *p = css, *end = css + len, *url;
	unsigned n = 0;

	while (p < end && n < STYLE_PARTS) {
		size_t left = (size_t)(end - p), ref, skip = 0;
		gboolean import = FALSE;

		if (*p == 'u' && left > 4 && memcmp(p, "url(", 4) == 0) {
			skip = 4;
			import = after_import(css, p);
		} else if (*p == '@' && left > 8 && (p[7] == ' ' ||
		    p[7] == '"' || p[7] == '\'') &&
		    memcmp(p, "@import", 7) == 0 &&
		    strchr("\"'", p[7 + (p[7] == ' ')]) != NULL) {
			skip = 7;
			import = TRUE;
		}
		if (skip == 0) {
			p++;
			continue;
		}
		ref = reference(p + skip, left - skip, &url);
		if (ref > 0 && *url != '#' &&
		    (ref < 5 || g_ascii_strncasecmp(url, "data:", 5) != 0)) {
			found(url, ref, (size_t)(url - css), style_how(url,
			    ref, import), arg);
			n++;
		}
		p = url + ref;
	}
}

struct in_page {
	struct walk	*w;
	size_t		 pos;
};

static void
page_style(const char *url, size_t len, size_t at, const char *how, void *arg)
{
	struct in_page *in = arg;
	g_autofree char *ref = g_strndup(url, len);

	add_part(in->w, ref, how, in->pos != WALK_NOWHERE ? in->pos + at :
	    in->w->last_pos);
}

void
html_part_style(struct walk *w, const GumboNode *n)
{
	const GumboVector *v = &n->v.element.children;
	const GumboNode *t = v->length > 0 ? v->data[0] : NULL;
	struct in_page in = { .w = w };

	if (t == NULL || t->type != GUMBO_NODE_TEXT)
		return;
	in.pos = walk_pos(w, t->v.text.original_text.data);
	style_scan(t->v.text.text, strlen(t->v.text.text), page_style, &in);
}
