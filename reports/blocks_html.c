/* HTML to blocks, by gumbo within the bounds of html_tree.h. */

#include "reports/blocks.h"

#include <gumbo.h>
#include <string.h>

#include "probes/html_tree.h"

#define ANCHORS_MOST	20000
#define CLASSES_MOST	100u	/* that a style sheet sets in bold */

struct pass {
	struct blocks	*b;
	const struct mapped *src;
	size_t		 begin;		/* of the open block, in text */
	enum block_kind	 kind;
	unsigned	 level, quotes, pre;
	unsigned	 strong;	/* elements that set all in them bold, or underlined */
	size_t		 weak;		/* letters of the open block in none of these */
	GPtrArray	*classes;	/* char *: names of classes that do, by a style sheet */
	gboolean	 blank;		/* white space waits */
	struct span	 blank_span;
};

void
blocks_init(struct blocks *b)
{
	b->m = mapped_new();
	b->list = g_array_new(FALSE, TRUE, sizeof(struct block));
	b->anchors = g_array_new(FALSE, TRUE, sizeof(struct block_anchor));
	b->read = 0;
}

void
blocks_clear(struct blocks *b)
{
	g_clear_pointer(&b->m, mapped_free);
	g_clear_pointer(&b->list, g_array_unref);
	g_clear_pointer(&b->anchors, g_array_unref);
}

/* ---- which tags do what ---------------------------------------------------------- */

static const struct {
	GumboTag	 tag;
	enum block_kind	 kind;
	unsigned	 level;
} kinds[] = {
	{ GUMBO_TAG_H1, BLOCK_HEADING, 1 }, { GUMBO_TAG_H2, BLOCK_HEADING, 2 },
	{ GUMBO_TAG_H3, BLOCK_HEADING, 3 }, { GUMBO_TAG_H4, BLOCK_HEADING, 4 },
	{ GUMBO_TAG_H5, BLOCK_HEADING, 5 }, { GUMBO_TAG_H6, BLOCK_HEADING, 6 },
	{ GUMBO_TAG_LI, BLOCK_ITEM, 0 }, { GUMBO_TAG_DT, BLOCK_ITEM, 0 },
	{ GUMBO_TAG_DD, BLOCK_ITEM, 0 }, { GUMBO_TAG_TD, BLOCK_CELL, 0 },
	{ GUMBO_TAG_TH, BLOCK_CELL, 0 },
};

static const GumboTag breaks[] = {
	GUMBO_TAG_P, GUMBO_TAG_DIV, GUMBO_TAG_SECTION, GUMBO_TAG_ARTICLE,
	GUMBO_TAG_HEADER, GUMBO_TAG_FOOTER, GUMBO_TAG_MAIN, GUMBO_TAG_ASIDE,
	GUMBO_TAG_NAV, GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_DL,
	GUMBO_TAG_TABLE, GUMBO_TAG_TR, GUMBO_TAG_CAPTION, GUMBO_TAG_PRE,
	GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_FORM, GUMBO_TAG_FIGURE,
	GUMBO_TAG_FIGCAPTION, GUMBO_TAG_ADDRESS, GUMBO_TAG_HR,
	GUMBO_TAG_CENTER, GUMBO_TAG_BODY,
};

static const GumboTag hidden[] = {
	GUMBO_TAG_HEAD, GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_TEMPLATE,
	GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TITLE, GUMBO_TAG_SELECT,
	GUMBO_TAG_TEXTAREA, GUMBO_TAG_IFRAME, GUMBO_TAG_OBJECT,
};

static gboolean
tag_in(GumboTag tag, const GumboTag *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == tag)
			return TRUE;
	return FALSE;
}

static gboolean
tag_kind(GumboTag tag, enum block_kind *kind, unsigned *level)
{
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		if (kinds[i].tag != tag)
			continue;
		*kind = kinds[i].kind;
		*level = kinds[i].level;
		return TRUE;
	}
	return FALSE;
}

/* ---- headings without a heading's tag ------------------------------------------------ */

/* Word processors write a heading as a paragraph in bold or underlined. */
static const char *const strong_styles[] = { "font-weight:bold",
    "font-weight:600", "font-weight:700", "font-weight:800", "font-weight:900",
    "text-decoration:underline" };

static gboolean
style_is_strong(const char *style, size_t len)
{
	g_autofree char *bare = g_ascii_strdown(style, (gssize)len);
	char *to = bare;

	for (const char *s = bare; *s != '\0'; s++)
		if (!g_ascii_isspace(*s))
			*to++ = *s;
	*to = '\0';
	for (size_t i = 0; i < G_N_ELEMENTS(strong_styles); i++)
		if (strstr(bare, strong_styles[i]) != NULL)
			return TRUE;
	return FALSE;
}

/* ".c1{font-weight:700}": c1.  Other selectors are passed over. */
static void
classes_of_sheet(struct pass *p, const char *sheet)
{
	const char *open, *close, *from = sheet;

	for (; (open = strchr(from, '{')) != NULL &&
	    (close = strchr(open, '}')) != NULL &&
	    p->classes->len < CLASSES_MOST; from = close + 1) {
		g_autofree char *name = g_strndup(from, (gsize)(open - from));

		g_strstrip(name);
		if (name[0] == '.' && name[strcspn(name + 1, ".,:> \t\n") +
		    1] == '\0' && style_is_strong(open, (size_t)(close -
		    open)))
			g_ptr_array_add(p->classes, g_strdup(name + 1));
	}
}

static void
classes_of_page(struct pass *p)
{
	const char *s = p->src->text->str, *end;

	while ((s = strstr(s, "<style")) != NULL && (s = strchr(s, '>')) != NULL) {
		end = strstr(s, "</style");
		if (end == NULL)
			return;
		g_autofree char *sheet = g_strndup(s + 1, (gsize)(end - s - 1));
		classes_of_sheet(p, sheet);
		s = end;
	}
}

static gboolean
has_class(const struct pass *p, const char *value)
{
	g_auto(GStrv) names = p->classes->len > 0 ? g_strsplit_set(value,
	    " \t\n", 20) : NULL;

	for (guint i = 0; names != NULL && names[i] != NULL; i++)
		for (guint k = 0; k < p->classes->len; k++)
			if (strcmp(names[i], p->classes->pdata[k]) == 0)
				return TRUE;
	return FALSE;
}

static gboolean
is_strong(const struct pass *p, const GumboNode *node)
{
	static const GumboTag strong[] = { GUMBO_TAG_B, GUMBO_TAG_STRONG,
		GUMBO_TAG_U };
	const GumboVector *all = &node->v.element.attributes;
	const GumboAttribute *style = gumbo_get_attribute(all, "style");
	const GumboAttribute *class = gumbo_get_attribute(all, "class");

	return tag_in(node->v.element.tag, strong, G_N_ELEMENTS(strong)) ||
	    (style != NULL && style_is_strong(style->value,
	    strlen(style->value))) ||
	    (class != NULL && has_class(p, class->value));
}

/* ---- blocks ------------------------------------------------------------------------ */

static void
block_end(struct pass *p)
{
	struct blocks *b = p->b;
	struct block k = { p->kind, p->level, p->begin,
	    b->m->text->len - p->begin };

	p->blank = FALSE;
	if (k.kind == BLOCK_PARAGRAPH && p->quotes == 0 && p->weak == 0)
		k.level = block_heading(b->m->text->str + k.at, k.len);
	if (k.level > 0 && k.kind == BLOCK_PARAGRAPH)
		k.kind = BLOCK_HEADING;
	if (k.len > 0) {
		if (k.kind == BLOCK_PARAGRAPH && p->quotes > 0) {
			k.kind = BLOCK_QUOTE;
			k.level = p->quotes;
		}
		g_array_append_val(b->list, k);
		mapped_put(b->m, "\n", 1, mapped_span(b->m,
		    b->m->text->len - 1, 1));
	}
	p->begin = b->m->text->len;
	p->weak = 0;
}

static void
block_next(struct pass *p, enum block_kind kind, unsigned level)
{
	block_end(p);
	p->kind = kind;
	p->level = level;
}

/* ---- text --------------------------------------------------------------------------- */

static void
put(struct pass *p, const char *s, size_t n, struct span span)
{
	struct mapped *m = p->b->m;

	if (p->pre == 0 && n == 1 && g_ascii_isspace(*s)) {
		p->blank_span = p->blank ? (struct span){ p->blank_span.at,
		    span.end } : span;
		p->blank = TRUE;
		return;
	}
	if (p->blank && m->text->len > p->begin &&
	    m->text->str[m->text->len - 1] != '\n')
		mapped_put(m, " ", 1, p->blank_span);
	p->blank = FALSE;
	if (p->strong == 0)
		p->weak += g_unichar_isalnum(g_utf8_get_char(s)) ? 1 : 0;
	mapped_put(m, s, n, span);
}

/* How long the character reference at s is, 0 where it is none. */
static size_t
reference(const char *s, size_t left)
{
	size_t n = 1;

	while (n < left && n < 40 && (g_ascii_isalnum(s[n]) || s[n] == '#'))
		n++;
	if (n == 1)
		return 0;
	return n < left && s[n] == ';' ? n + 1 : n;
}

/* How many bytes of source one decoded character was made of; 0: not told. */
static size_t
made_of(const char *src, size_t left, const char *text, size_t n)
{
	size_t ref;

	if (left == 0)
		return 0;
	if (*src == '&' && (ref = reference(src, left)) > 0 && (*text != '&' ||
	    strncmp(src, "&amp", MIN(left, 4)) == 0 || src[1] == '#'))
		return ref;
	if (left >= n && memcmp(src, text, n) == 0)
		return n;
	if (*src == '\r' && *text == '\n')
		return left > 1 && src[1] == '\n' ? 2 : 1;
	return 0;
}

static void
add_text(struct pass *p, const GumboText *t)
{
	const char *text = t->text, *src = t->original_text.data;
	size_t left = t->original_text.length;
	size_t at = (size_t)(src - p->src->text->str);

	while (*text != '\0') {
		size_t n = (size_t)(g_utf8_next_char(text) - text);
		size_t m = made_of(src, left, text, n);

		put(p, text, n, mapped_span(p->src, at, m > 0 ? m : left));
		src += m;
		at += m;
		left -= m;
		text += n;
	}
}

static gboolean
in_source(const struct pass *p, const GumboText *t)
{
	const char *s = p->src->text->str, *o = t->original_text.data;

	return o != NULL && o >= s && t->original_text.length > 0 &&
	    o + t->original_text.length <= s + p->src->text->len;
}

/* ---- the tree ------------------------------------------------------------------------ */

static void
line_break(struct pass *p, const GumboNode *node)
{
	size_t at = (size_t)(node->v.element.original_tag.data -
	    p->src->text->str);

	if (node->v.element.original_tag.data == NULL ||
	    at >= p->src->text->len || p->b->m->text->len == p->begin)
		return;
	p->blank = FALSE;
	mapped_put(p->b->m, "\n", 1, mapped_span(p->src, at, 1));
}

static void
anchor_add(struct pass *p, const char *id, gboolean place)
{
	struct block_anchor a = { .at = p->b->m->text->len, .place = place };

	if (*id == '\0' || p->b->anchors->len >= ANCHORS_MOST)
		return;
	g_strlcpy(a.id, id, sizeof(a.id));
	g_array_append_val(p->b->anchors, a);
}

/* <a href="#fn1">, whatever has id="fn1", and Word's <a name="fn1">. */
static void
anchors_add(struct pass *p, const GumboNode *node)
{
	const GumboVector *all = &node->v.element.attributes;
	const GumboAttribute *id = gumbo_get_attribute(all, "id");
	const GumboAttribute *name = node->v.element.tag == GUMBO_TAG_A ?
	    gumbo_get_attribute(all, "name") : NULL;
	const GumboAttribute *href = node->v.element.tag == GUMBO_TAG_A ?
	    gumbo_get_attribute(all, "href") : NULL;

	if (id != NULL)
		anchor_add(p, id->value, TRUE);
	else if (name != NULL)
		anchor_add(p, name->value, TRUE);
	if (href != NULL && href->value[0] == '#')
		anchor_add(p, href->value + 1, FALSE);
}

/* FALSE: nothing in it is shown. */
static gboolean
enter(struct pass *p, const GumboNode *node)
{
	enum block_kind kind;
	unsigned level;
	GumboTag tag = node->v.element.tag;

	if (tag_in(tag, hidden, G_N_ELEMENTS(hidden)))
		return FALSE;
	if (tag == GUMBO_TAG_BR)
		line_break(p, node);
	else if (tag_kind(tag, &kind, &level))
		block_next(p, kind, level);
	else if (tag_in(tag, breaks, G_N_ELEMENTS(breaks)))
		block_next(p, p->kind == BLOCK_HEADING ? BLOCK_PARAGRAPH :
		    p->kind, 0);
	anchors_add(p, node);
	p->quotes += tag == GUMBO_TAG_BLOCKQUOTE ? 1 : 0;
	p->pre += tag == GUMBO_TAG_PRE ? 1 : 0;
	return TRUE;
}

static void
leave(struct pass *p, const GumboNode *node)
{
	enum block_kind kind;
	unsigned level;
	GumboTag tag = node->v.element.tag;

	if (tag_kind(tag, &kind, &level))
		block_next(p, BLOCK_PARAGRAPH, 0);
	else if (tag_in(tag, breaks, G_N_ELEMENTS(breaks)))
		block_next(p, p->kind, p->level);
	p->quotes -= tag == GUMBO_TAG_BLOCKQUOTE ? 1 : 0;
	p->pre -= tag == GUMBO_TAG_PRE ? 1 : 0;
}

static const GumboVector *
children(const GumboNode *node)
{
	static const GumboVector none = { NULL, 0, 0 };

	return node->type == GUMBO_NODE_ELEMENT ||
	    node->type == GUMBO_NODE_TEMPLATE ? &node->v.element.children :
	    &none;
}

/* A place in the tree: the node, and which of its children is next. */
struct place {
	const GumboNode	*node;
	guint		 child;
	gboolean	 strong;
};

static void
visit(struct pass *p, GArray *stack, const GumboNode *node)
{
	struct place place = { node, 0, FALSE };

	if (node->type == GUMBO_NODE_ELEMENT ||
	    node->type == GUMBO_NODE_TEMPLATE) {
		if (enter(p, node)) {
			place.strong = is_strong(p, node);
			p->strong += place.strong ? 1 : 0;
			g_array_append_val(stack, place);
		}
	} else if (node->type == GUMBO_NODE_WHITESPACE ||
	    node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA) {
		if (in_source(p, &node->v.text))
			add_text(p, &node->v.text);
	}
}

void
blocks_html(struct blocks *b, const struct mapped *html)
{
	struct pass p = { .b = b, .src = html, .begin = b->m->text->len };
	g_autoptr(GArray) stack = g_array_new(FALSE, FALSE,
	    sizeof(struct place));
	struct html_tree tree;

	p.classes = g_ptr_array_new_with_free_func(g_free);
	classes_of_page(&p);
	html_tree_parse(html->text->str, html->text->len, &tree);
	b->read = tree.out != NULL ? tree.read : 0;
	if (tree.out != NULL)
		visit(&p, stack, tree.out->root);
	while (stack->len > 0) {
		struct place *at = &g_array_index(stack, struct place,
		    stack->len - 1);
		const GumboVector *all = children(at->node);

		if (at->child < all->length) {
			visit(&p, stack, all->data[at->child++]);
			continue;
		}
		p.strong -= at->strong ? 1 : 0;
		leave(&p, at->node);
		g_array_set_size(stack, stack->len - 1);
	}
	block_end(&p);
	g_ptr_array_unref(p.classes);
	html_tree_clear(&tree);
}
