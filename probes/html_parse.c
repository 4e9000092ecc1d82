#include "probes/html_parse.h"

#include <string.h>
#include <strings.h>

#include "probes/html_attr.h"
#include "probes/html_form.h"
#include "probes/html_host.h"
#include "probes/html_link.h"
#include "probes/html_part.h"
#include "probes/html_restore.h"
#include "probes/html_tree.h"
#include "probes/html_walk.h"
#include "probes/json_text.h"
#include "probes/page_class.h"
#include "probes/page_ids.h"
#include "probes/page_words.h"
#include "probes/store_page.h"
#include "probes/text.h"

/*
 * One pass over the tree in document order, without recursion: enter() at a
 * start tag or text, leave() after the last child.  What a tag is for stands
 * in the table of visits; all else is text.  A template is not looked into.
 */

enum {
	BLOCK = 1,	/* begins a line of text, and ends one */
	HIDDEN = 2,	/* its text is not the page's */
};

static const unsigned char inline_tags[GUMBO_TAG_LAST] = {
	[GUMBO_TAG_A] = 1, [GUMBO_TAG_ABBR] = 1, [GUMBO_TAG_B] = 1,
	[GUMBO_TAG_BDI] = 1, [GUMBO_TAG_BDO] = 1, [GUMBO_TAG_BIG] = 1,
	[GUMBO_TAG_CITE] = 1, [GUMBO_TAG_CODE] = 1, [GUMBO_TAG_DATA] = 1,
	[GUMBO_TAG_DEL] = 1, [GUMBO_TAG_DFN] = 1, [GUMBO_TAG_EM] = 1,
	[GUMBO_TAG_FONT] = 1, [GUMBO_TAG_I] = 1, [GUMBO_TAG_IMG] = 1,
	[GUMBO_TAG_INS] = 1, [GUMBO_TAG_KBD] = 1, [GUMBO_TAG_LABEL] = 1,
	[GUMBO_TAG_MARK] = 1, [GUMBO_TAG_NOBR] = 1, [GUMBO_TAG_Q] = 1,
	[GUMBO_TAG_S] = 1, [GUMBO_TAG_SAMP] = 1, [GUMBO_TAG_SMALL] = 1,
	[GUMBO_TAG_SPAN] = 1, [GUMBO_TAG_STRIKE] = 1, [GUMBO_TAG_STRONG] = 1,
	[GUMBO_TAG_SUB] = 1, [GUMBO_TAG_SUP] = 1, [GUMBO_TAG_TIME] = 1,
	[GUMBO_TAG_TT] = 1, [GUMBO_TAG_U] = 1, [GUMBO_TAG_VAR] = 1,
	[GUMBO_TAG_WBR] = 1,
};

static unsigned
treatment(const GumboNode *n)
{
	GumboTag tag = n->v.element.tag;

	switch (tag) {
	case GUMBO_TAG_SCRIPT:
	case GUMBO_TAG_STYLE:
	case GUMBO_TAG_TITLE:
	case GUMBO_TAG_SELECT:
	case GUMBO_TAG_TEXTAREA:
		return HIDDEN;
	default:
		return tag < GUMBO_TAG_LAST && inline_tags[tag] ? 0 : BLOCK;
	}
}

/* ---- what the head says */

static void
take_title(struct walk *w, const GumboNode *n)
{
	const GumboVector *v = &n->v.element.children;
	const GumboNode *t;
	size_t len;

	if (w->head->title != NULL || v->length == 0 ||
	    n->v.element.tag_namespace != GUMBO_NAMESPACE_HTML)
		return;
	t = v->data[0];
	if (t->type != GUMBO_NODE_TEXT)
		return;
	g_autofree char *s = g_strstrip(g_strdup(t->v.text.text));
	len = text_cut(s, strlen(s), TEXT_QUOTE);
	w->head->title = text_json(s, len);
}

/* content="5; url='/next'" (HTML standard, "shared declarative refresh"). */
static void
take_refresh(struct walk *w, const char *content)
{
	const char *p = content + strspn(content, " \t\r\n0123456789.");
	size_t n;

	p += strspn(p, ";, \t\r\n");
	if (g_ascii_strncasecmp(p, "url", 3) == 0) {
		p += 3 + strspn(p + 3, " \t\r\n");
		if (*p == '=')
			p++;
		p += strspn(p, " \t\r\n");
	}
	n = *p == '"' || *p == '\'' ? strcspn(p + 1, *p == '"' ? "\"" : "'") : 0;
	if (*p == '\0' || w->head->refresh != NULL)
		return;
	w->head->refresh = n > 0 ? g_strndup(p + 1, n) : g_strdup(p);
	w->head->refresh_to = walk_resolve(w, w->head->refresh);
}

static void
take_meta(struct walk *w, const GumboNode *n)
{
	const char *equiv = walk_attr(n, "http-equiv");
	const char *content = walk_attr(n, "content");

	html_attr_meta(w, n);
	if (content == NULL || equiv == NULL)
		return;
	if (strcasecmp(equiv, "refresh") == 0)
		take_refresh(w, content);
	else if (strcasecmp(equiv, "content-language") == 0 &&
	    w->meta_lang == NULL)
		w->meta_lang = g_strndup(content, 64);
}

static void
take_base(struct walk *w, const GumboNode *n)
{
	const char *href = walk_attr(n, "href");
	char *base;

	if (href == NULL || w->base_seen)
		return;
	w->base_seen = TRUE;
	base = walk_resolve(w, href);
	if (base == NULL)
		return;
	g_free(w->base);
	w->base = base;
}

static void
take_head_link(struct walk *w, const GumboNode *n)
{
	const char *lang = walk_attr(n, "hreflang");

	if (lang != NULL && *lang != '\0' && w->hreflang->len < 64)
		g_ptr_array_add(w->hreflang, g_strndup(lang, 32));
	html_part_link(w, n);
	html_link_loads(w, n);
}

static void
take_html(struct walk *w, const GumboNode *n)
{
	const char *lang = walk_attr(n, "lang");

	if (w->html_lang == NULL && lang != NULL)
		w->html_lang = g_strndup(lang, 64);
}

/* ---- the pass */

static const struct visit {
	void		(*enter)(struct walk *, const GumboNode *);
	void		(*leave)(struct walk *, const GumboNode *);
} visits[GUMBO_TAG_LAST] = {
	[GUMBO_TAG_A] = { html_link_enter, html_link_leave },
	[GUMBO_TAG_AREA] = { html_link_loads, NULL },
	[GUMBO_TAG_IMG] = { html_link_loads, NULL },
	[GUMBO_TAG_SCRIPT] = { html_link_script, NULL },
	[GUMBO_TAG_LINK] = { take_head_link, NULL },
	[GUMBO_TAG_STYLE] = { html_part_style, NULL },
	[GUMBO_TAG_IFRAME] = { html_link_loads, NULL },
	[GUMBO_TAG_FRAME] = { html_link_loads, NULL },
	[GUMBO_TAG_EMBED] = { html_link_loads, NULL },
	[GUMBO_TAG_VIDEO] = { html_link_loads, NULL },
	[GUMBO_TAG_AUDIO] = { html_link_loads, NULL },
	[GUMBO_TAG_SOURCE] = { html_link_loads, NULL },
	[GUMBO_TAG_FORM] = { html_form_enter, html_form_leave },
	[GUMBO_TAG_TABLE] = { NULL, html_form_table },
	[GUMBO_TAG_INPUT] = { html_form_field, NULL },
	[GUMBO_TAG_SELECT] = { html_form_field, NULL },
	[GUMBO_TAG_TEXTAREA] = { html_form_field, NULL },
	[GUMBO_TAG_BUTTON] = { html_form_field, NULL },
	[GUMBO_TAG_TITLE] = { take_title, NULL },
	[GUMBO_TAG_META] = { take_meta, NULL },
	[GUMBO_TAG_BASE] = { take_base, NULL },
	[GUMBO_TAG_HTML] = { take_html, NULL },
};

static void
visit(struct walk *w, const GumboNode *n, gboolean leaving)
{
	const struct visit *v;

	if (n->v.element.tag >= GUMBO_TAG_LAST)
		return;
	v = &visits[n->v.element.tag];
	if (!leaving && v->enter != NULL)
		v->enter(w, n);
	if (leaving && v->leave != NULL)
		v->leave(w, n);
}

/* What is read from the tree itself must stand there as a whole. */
static gboolean
is_title(const GumboNode *up)
{
	return up != NULL && up->type == GUMBO_NODE_ELEMENT &&
	    up->v.element.tag == GUMBO_TAG_TITLE;
}

static void
take_text(struct walk *w, const GumboNode *n)
{
	const GumboStringPiece *s = &n->v.text.original_text;
	size_t pos, at, end, len;
	guint before, after;

	if (html_is_code(n->parent))
		return;		/* restored with its element */
	pos = walk_pos(w, s->data);
	if (pos == WALK_NOWHERE ||
	    s->length > w->page->len - (size_t)(s->data - w->page->html)) {
		if (w->hidden == 0)
			page_text_add(w->text, n->v.text.text, NULL, 0,
			    w->last_pos);
		return;
	}
	at = (size_t)(s->data - w->page->html);
	len = strlen(n->v.text.text);
	before = html_short_cuts(w->page, at);
	after = html_short_cuts(w->page, at + len);
	if (before == after && w->hidden > 0)
		return;
	end = html_short_pos(w->page, at + len);
	if (html_is_verbatim(n, len)) {
		if (!is_title(n->parent))
			html_short_saw(w->page, before, after, FALSE);
		if (w->hidden == 0)
			page_text_plain(w->text, w->src->html + pos, end - pos,
			    pos);
	} else if (w->hidden == 0) {
		page_text_add(w->text, n->v.text.text, s->data, s->length, pos);
	}
}

/* TRUE where its children are to be looked at. */
static gboolean
enter(struct walk *w, const GumboNode *n)
{
	unsigned how;
	size_t pos;

	if (n->type == GUMBO_NODE_TEXT || n->type == GUMBO_NODE_WHITESPACE ||
	    n->type == GUMBO_NODE_CDATA)
		take_text(w, n);
	html_attr_range(w, n);
	if (n->type != GUMBO_NODE_ELEMENT)
		return FALSE;
	pos = walk_pos(w, n->v.element.original_tag.data);
	if (pos != WALK_NOWHERE)
		w->last_pos = pos;
	html_restore(w, n);
	how = treatment(n);
	if (how & BLOCK)
		page_text_break(w->text);
	visit(w, n, FALSE);
	html_link_markup(w, n);
	html_attr_values(w, n);
	w->hidden += (how & HIDDEN) != 0;
	return TRUE;
}

static void
leave(struct walk *w, const GumboNode *n)
{
	unsigned how = treatment(n);

	w->hidden -= (how & HIDDEN) != 0;
	visit(w, n, TRUE);
	if (how & BLOCK)
		page_text_break(w->text);
}

struct frame {
	const GumboNode	*node;
	unsigned	 next;
};

static void
walk_tree(struct walk *w, const GumboNode *root)
{
	GArray *stack = g_array_sized_new(FALSE, FALSE, sizeof(struct frame),
	    64);
	struct frame *f, begin = { .node = root };
	size_t nodes = 0;

	if (enter(w, root))
		g_array_append_val(stack, begin);
	while (stack->len > 0) {
		const GumboVector *v;

		f = &g_array_index(stack, struct frame, stack->len - 1);
		v = &f->node->v.element.children;
		if (f->next < v->length && nodes++ < HTML_NODES) {
			begin.node = v->data[f->next++];
			if (enter(w, begin.node))
				g_array_append_val(stack, begin);
		} else {
			leave(w, f->node);
			g_array_set_size(stack, stack->len - 1);
		}
	}
	g_array_unref(stack);
}

static void
identifiers(const struct walk *w)
{
	struct id_source s = {
		.html = w->src->html, .len = w->head->read,
		.ranges = w->ranges, .facts = w->facts,
	};

	page_ids_scan(&s);
}

static void
emit_lang(const struct walk *w, GString *out)
{
	const char *html = w->html_lang != NULL ? w->html_lang : "";
	const char *http = *w->src->http_lang != '\0' ? w->src->http_lang :
	    w->meta_lang != NULL ? w->meta_lang : "";
	json_t *list;
	guint i;

	if (*html == '\0' && *http == '\0' && w->hreflang->len == 0)
		return;
	fact_open(out, FACT_PAGE_LANG, w->src->url);
	json_put_text(out, "html", html, strlen(html));
	json_put_text(out, "http", http, MIN(strlen(http), 64));
	list = json_array();
	for (i = 0; i < w->hreflang->len; i++) {
		const char *s = g_ptr_array_index(w->hreflang, i);

		json_array_append_new(list, text_json(s, strlen(s)));
	}
	json_put_value(out, "hreflang", list);
	json_decref(list);
	fact_close(out);
}

/* ---- is it a page of the site */

static gssize
text_place(const void *arg, size_t at)
{
	const struct walk *w = arg;
	size_t lo = 0, hi = w->text->words->len;

	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (text_word(w->text, mid)->at <= at)
			lo = mid;
		else
			hi = mid;
	}
	return hi == 0 ? -1 : w->src->place(w->src->place_arg,
	    text_word(w->text, lo)->pos);
}

static gssize
body_place(const void *arg, size_t at)
{
	const struct walk *w = arg;

	return w->src->place(w->src->place_arg, at);
}

static gboolean
is_content(const struct walk *w, GString *out)
{
	const char *title = w->head->title != NULL ?
	    json_string_value(w->head->title) : NULL;
	g_autoptr(GPtrArray) hosts = html_host_names(w);
	struct class_look look = {
		.url = w->src->url, .m = w->src->m,
		.title = title != NULL ? title : "",
		.text = w->text->text->str, .text_len = w->text->text->len,
		.body = w->src->html, .body_len = w->src->len, .hosts = hosts,
		.text_place = text_place, .body_place = body_place, .arg = w,
	};

	w->head->parsed = TRUE;
	/* What a server says when it fails is not the site's. */
	return page_class(&look, out) && w->src->m->status < 500;
}

static void
page_read(struct walk *w, GString *out)
{
	html_form_end(w);
	page_text_end(w->text);
	if (!is_content(w, out))
		return;
	page_words(w->text, w->rules, w->facts);
	html_link_purposes(w);
	identifiers(w);
	emit_lang(w, out);
	store_page(w->src->url, w->head->title, w->text, out);
	page_facts_emit(w->facts, w->src->url, w->src->place,
	    w->src->place_arg, out);
	html_host_emit(w, out);
}

/* FALSE, and nothing said, where what was left out was not text for sure. */
static gboolean
parse(const struct html_source *src, gboolean whole, struct html_head *head,
    GString *out)
{
	struct html_tree tree = { 0 };
	struct walk w;
	gboolean sure = TRUE;

	memset(head, 0, sizeof(*head));
	if (whole)
		html_tree_parse(src->html, src->len, &tree);
	else
		html_tree_parse_short(src->html, src->len, &tree);
	head->read = tree.read;
	if (tree.out != NULL) {
		walk_init(&w, src, &tree.page, head);
		walk_tree(&w, tree.out->root);
		sure = html_short_seen_all(&tree.page);
		if (sure)
			page_read(&w, out);
		walk_clear(&w);
	}
	html_tree_clear(&tree);
	return sure;
}

void
html_parse(const struct html_source *src, struct html_head *head, GString *out)
{
	if (!parse(src, src->whole, head, out)) {
		html_head_clear(head);
		parse(src, TRUE, head, out);
	}
}

void
html_head_clear(struct html_head *h)
{
	json_decref(h->title);
	g_free(h->refresh);
	g_free(h->refresh_to);
	memset(h, 0, sizeof(*h));
}
