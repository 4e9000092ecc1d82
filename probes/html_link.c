#include "probes/html_link.h"

#include <string.h>

#include "probes/ascii.h"
#include "probes/html_host.h"
#include "probes/html_part.h"
#include "probes/json_text.h"
#include "probes/page_kind.h"
#include "probes/page_words.h"
#include "probes/text.h"

#define ANCHORS		20000
#define SCRIPT		(64u << 10)	/* bytes read of a script's text */

/* A link; its words are known when the text is whole. */
struct anchor {
	const GumboNode	*node;
	size_t		 pos;
	size_t		 text_at, text_end;	/* in the page's text */
	const char	*other;			/* where it has no words: alt, title */
};

void
html_link_init(struct walk *w)
{
	w->anchors = g_array_new(FALSE, FALSE, sizeof(struct anchor));
}

void
html_link_clear(struct walk *w)
{
	g_array_unref(w->anchors);
}

static gboolean
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* ---- what links and tags say by themselves */

static void
take_mailto(struct walk *w, const char *href, size_t pos)
{
	size_t n = strcspn(href + 7, "?");
	const char *at = memchr(href + 7, '@', n);

	if (n <= TEXT_QUOTE && at != NULL && at > href + 7 &&
	    memchr(at, '.', (size_t)(href + 7 + n - at)) != NULL)
		page_words_add(w->facts, "email", href + 7, n, pos + 7,
		    "tag", "mailto", 6);
}

/* Cloudflare's way to hide a mailbox: the first byte is the key. */
static void
take_hidden_mailbox(struct walk *w, const GumboNode *n)
{
	const char *hex = walk_attr(n, "data-cfemail");
	size_t len = hex != NULL ? strlen(hex) : 0, i;
	char out[130];
	int key, byte;

	if (len < 8 || len > 256 || len % 2 != 0 ||
	    strspn(hex, "0123456789abcdefABCDEF") != len)
		return;
	key = g_ascii_xdigit_value(hex[0]) * 16 + g_ascii_xdigit_value(hex[1]);
	for (i = 2; i < len; i += 2) {
		byte = g_ascii_xdigit_value(hex[i]) * 16 +
		    g_ascii_xdigit_value(hex[i + 1]);
		out[i / 2 - 1] = (char)(byte ^ key);
	}
	if (memchr(out, '@', len / 2 - 1) != NULL)
		page_words_add(w->facts, "email", out, len / 2 - 1,
		    walk_attr_pos(w, n, "data-cfemail"), "tag",
		    "data-cfemail", 12);
}

static void
take_href(struct walk *w, const char *href, size_t pos)
{
	size_t path = strcspn(href, "?#"), n, i;

	if (g_ascii_strncasecmp(href, "mailto:", 7) == 0)
		take_mailto(w, href, pos);
	for (i = 0; i < scheme_rules_count; i++)
		if (ascii_low(*href) == (guchar)*scheme_rules[i].token &&
		    ascii_is_low(href, scheme_rules[i].token,
		    scheme_rules[i].len))
			page_words_add(w->facts, scheme_rules[i].rule, href,
			    strlen(href), pos, "tag", scheme_rules[i].detail,
			    strlen(scheme_rules[i].detail));
	for (i = 0; i < ending_rules_count; i++) {
		n = ending_rules[i].len;
		if (path > n && href[path - n] == *ending_rules[i].token &&
		    ascii_is_low(href + path - n, ending_rules[i].token, n))
			page_words_add(w->facts, ending_rules[i].rule, href,
			    strlen(href), pos, "tag", ending_rules[i].detail,
			    strlen(ending_rules[i].detail));
	}
}

static void
markup_words(struct walk *w, const GumboNode *n, const GumboAttribute *a)
{
	const char *s = a->value, *p = s;
	const struct rule_hit *h;
	size_t len, words = 0;

	for (; *p != '\0' && words++ < 32; p += len) {
		while (is_blank(*p))
			p++;
		for (len = 0; p[len] != '\0' && !is_blank(p[len]); len++)
			;
		h = rule_first(w->rules, word_hash(p, len));
		for (; h != NULL; h = rule_next(w->rules, h))
			if (h->table == T_MARKUP)
				page_words_add(w->facts,
				    markup_rules[h->row].rule, s, strlen(s),
				    walk_attr_pos(w, n, a->name), "tag",
				    markup_rules[h->row].detail,
				    strlen(markup_rules[h->row].detail));
	}
}

void
html_link_markup(struct walk *w, const GumboNode *n)
{
	const GumboVector *all = &n->v.element.attributes;
	const GumboAttribute *class = NULL, *id = NULL;
	gboolean hidden = FALSE;
	unsigned i;

	for (i = 0; i < all->length; i++) {
		const GumboAttribute *a = all->data[i];

		if (*a->name == 'c' && strcmp(a->name, "class") == 0)
			class = a;
		else if (*a->name == 'i' && strcmp(a->name, "id") == 0)
			id = a;
		else if (*a->name == 'd')
			hidden |= strcmp(a->name, "data-cfemail") == 0;
	}
	if (class != NULL)
		markup_words(w, n, class);
	if (id != NULL)
		markup_words(w, n, id);
	if (hidden)
		take_hidden_mailbox(w, n);
}

/* ---- tags */

static const struct {
	GumboTag	 tag;
	const char	*attribute, *how;
} loads[] = {
	{ GUMBO_TAG_A, "href", "link" },
	{ GUMBO_TAG_AREA, "href", "link" },
	{ GUMBO_TAG_LINK, "href", "style" },
	{ GUMBO_TAG_SCRIPT, "src", "script" },
	{ GUMBO_TAG_IFRAME, "src", "frame" },
	{ GUMBO_TAG_FRAME, "src", "frame" },
	{ GUMBO_TAG_EMBED, "src", "frame" },
	{ GUMBO_TAG_IMG, "src", "image" },
	{ GUMBO_TAG_VIDEO, "src", "media" },
	{ GUMBO_TAG_AUDIO, "src", "media" },
	{ GUMBO_TAG_SOURCE, "src", "media" },
};

void
html_link_loads(struct walk *w, const GumboNode *n)
{
	const char *s;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(loads); i++) {
		if (loads[i].tag != n->v.element.tag)
			continue;
		s = walk_attr(n, loads[i].attribute);
		if (s != NULL)
			html_host_take(w, s, loads[i].how, "tag", strlen(s),
			    walk_attr_pos(w, n, loads[i].attribute));
	}
	html_part_loads(w, n);
	s = w->anchor >= 0 ? walk_attr(n, "alt") : NULL;
	if (s != NULL && *s != '\0')
		g_array_index(w->anchors, struct anchor, w->anchor).other = s;
}

/* Hosts in "//host" of a script's text; escaped slashes are not read. */
void
html_link_script(struct walk *w, const GumboNode *n)
{
	const GumboVector *v = &n->v.element.children;
	const GumboNode *t = v->length > 0 ? v->data[0] : NULL;
	const char *s, *p;
	size_t pos, len;

	html_link_loads(w, n);
	if (t == NULL || t->type != GUMBO_NODE_TEXT)
		return;
	pos = walk_pos(w, t->v.text.original_text.data);
	s = t->v.text.text;
	for (p = s; (p = strstr(p, "//")) != NULL && p - s < SCRIPT; p += 2) {
		len = strspn(p + 2, "abcdefghijklmnopqrstuvwxyz"
		    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");
		if (len == 0 || (p > s && p[-1] != ':' && p[-1] != '"' &&
		    p[-1] != '\'') || memchr(p + 2, '.', len) == NULL ||
		    strchr("/\"'?:`", p[2 + len]) == NULL)
			continue;
		html_host_take(w, p, "script", "script", len + 2, pos != WALK_NOWHERE ?
		    pos + (size_t)(p - s) : w->last_pos);
	}
}

void
html_link_enter(struct walk *w, const GumboNode *n)
{
	const char *href = walk_attr(n, "href");
	struct anchor a = {
		.node = n, .other = walk_attr(n, "title"),
	};

	if (href == NULL)
		return;
	/* Links side by side, with nothing between them, are no sentence. */
	if (w->text->text->len == w->link_end)
		page_text_break(w->text);
	a.text_at = w->text->text->len;
	a.pos = walk_attr_pos(w, n, "href");
	take_href(w, href, a.pos);
	html_link_loads(w, n);
	if (w->anchors->len >= ANCHORS)
		return;
	a.text_end = a.text_at;
	g_array_append_val(w->anchors, a);
	w->anchor = (gssize)w->anchors->len - 1;
}

void
html_link_leave(struct walk *w, const GumboNode *n)
{
	struct anchor *a;

	if (w->anchor < 0)
		return;
	a = &g_array_index(w->anchors, struct anchor, w->anchor);
	if (a->node != n)
		return;
	a->text_end = w->link_end = w->text->text->len;
	w->anchor = -1;
}

/* ---- after the pass */

/* The first word that begins at or after a place of the text. */
static size_t
word_at(const struct page_text *t, size_t at)
{
	size_t lo = 0, hi = t->words->len, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (text_word(t, mid)->at < at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static const char *
path_of(const char *href)
{
	size_t n;
	const char *host = html_host_of(href, &n);

	return host != NULL ? host + n : href;
}

static void
add_link(struct walk *w, const struct anchor *a, const char *purpose,
    const char *text)
{
	g_autofree char *url = walk_resolve(w, walk_attr(a->node, "href"));
	char key[WALK_URL + TEXT_QUOTE + 2];
	size_t n, len = strlen(text);
	GString *v;

	if (url == NULL || strlen(url) > WALK_URL)
		return;
	/* A list of a hundred titles is one link with a hundred queries. */
	n = strcspn(url, "?");
	memcpy(key, url, n);
	key[n] = ' ';
	memcpy(key + n + 1, text, len);
	v = page_facts_add(w->facts, FACT_PAGE_LINK, purpose, key, n + 1 + len,
	    a->pos);
	if (v == NULL)
		return;
	json_put(v, "href", url);
	json_put_text(v, "text", text, len);
	json_put(v, "purpose", purpose);
}

/* What stands between its tags, or else what it is called by. */
static char *
link_text(const struct page_text *t, const struct anchor *a)
{
	const char *s = t->text->str + a->text_at;
	size_t n = text_cut(s, a->text_end - a->text_at, TEXT_QUOTE);
	char *text = g_strstrip(g_strndup(s, n));

	if (*text == '\0' && a->other != NULL) {
		g_free(text);
		n = text_cut(a->other, strlen(a->other), TEXT_QUOTE);
		text = g_strstrip(g_strndup(a->other, n));
	}
	return g_strdelimit(text, "\r\n\t", ' ');
}

/* rel="sponsored": the page itself says that it was paid for the link. */
static void
take_sponsored(struct walk *w, const struct anchor *a)
{
	static const char says[] = "a link marked as sponsored";
	const char *rel = walk_attr(a->node, "rel");
	g_autofree char *text = NULL;

	if (rel == NULL || strstr(rel, "sponsored") == NULL)
		return;
	text = link_text(w->text, a);
	if (*text != '\0')
		page_words_add(w->facts, "advertisement", text, strlen(text),
		    a->pos, "text", says, sizeof(says) - 1);
}

static void
take_anchor(struct walk *w, const struct anchor *a)
{
	size_t first = word_at(w->text, a->text_at);
	size_t last = word_at(w->text, a->text_end);
	g_autofree char *text = link_text(w->text, a);
	const char *path = path_of(walk_attr(a->node, "href")), *purpose;
	enum page_kind kind = page_kind_of(text, path);

	take_sponsored(w, a);
	if (kind == KIND_NEVER)
		return;
	purpose = kind < PAGE_KINDS ? page_kind_name(kind) :
	    page_link_purpose(w->text, w->rules, first, last, path);
	if (purpose == NULL ||
	    !page_facts_room(w->facts, FACT_PAGE_LINK, purpose))
		return;
	add_link(w, a, purpose, text);
}

void
html_link_purposes(struct walk *w)
{
	guint i;

	for (i = 0; i < w->anchors->len; i++)
		take_anchor(w, &g_array_index(w->anchors, struct anchor, i));
}
