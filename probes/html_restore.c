#include "probes/html_restore.h"

#include <string.h>

gboolean
html_is_verbatim(const GumboNode *n, size_t len)
{
	const GumboStringPiece *s = &n->v.text.original_text;

	return len <= s->length && memcmp(n->v.text.text, s->data, len) == 0 &&
	    (len == s->length || s->data[len] == '<');
}

gboolean
html_is_code(const GumboNode *up)
{
	return up != NULL && up->type == GUMBO_NODE_ELEMENT &&
	    (up->v.element.tag == GUMBO_TAG_SCRIPT ||
	    up->v.element.tag == GUMBO_TAG_STYLE);
}

static const char *
kept_text(struct walk *w, size_t pos, size_t len)
{
	if (w->values == NULL)
		w->values = g_string_chunk_new(2048);
	return g_string_chunk_insert_len(w->values, w->src->html + pos,
	    (gssize)len);
}

/* A value that was shortened, with its quotes, becomes what the page says. */
static void
restore(struct walk *w, GumboAttribute *a)
{
	GumboStringPiece *s = &a->original_value;
	size_t pos = walk_pos(w, s->data), at, len;
	guint before, after;

	if (pos == WALK_NOWHERE || s->length < 3)
		return;
	at = (size_t)(s->data - w->page->html);
	before = html_short_cuts(w->page, at);
	after = html_short_cuts(w->page, at + s->length - 1);
	if (before == after || strlen(a->value) != s->length - 2 ||
	    memcmp(a->value, s->data + 1, s->length - 2) != 0)
		return;
	len = html_short_pos(w->page, at + s->length - 1) - pos;
	a->value = kept_text(w, pos + 1, len - 1);
	s->length = len + 1;
	html_short_saw(w->page, before, after, FALSE);
}

static void
restore_values(struct walk *w, const GumboNode *n)
{
	const GumboVector *all = &n->v.element.attributes;
	const GumboStringPiece *tag = &n->v.element.original_tag;
	size_t at;

	if (all->length == 0 || walk_pos(w, tag->data) == WALK_NOWHERE)
		return;
	at = (size_t)(tag->data - w->page->html);
	if (html_short_cuts(w->page, at) ==
	    html_short_cuts(w->page, at + tag->length))
		return;
	for (unsigned i = 0; i < all->length; i++)
		restore(w, all->data[i]);
}

/* The text of a script or a style sheet. */
static void
restore_code(struct walk *w, GumboNode *n)
{
	GumboStringPiece *s = &n->v.text.original_text;
	size_t pos = walk_pos(w, s->data), at, len, all;
	guint before, after;

	if (n->type != GUMBO_NODE_TEXT || pos == WALK_NOWHERE ||
	    s->length > w->page->len - (size_t)(s->data - w->page->html))
		return;
	at = (size_t)(s->data - w->page->html);
	len = strlen(n->v.text.text);
	before = html_short_cuts(w->page, at);
	after = html_short_cuts(w->page, at + len);
	if (before == after || !html_is_verbatim(n, len))
		return;
	all = html_short_pos(w->page, at + len) - pos;
	n->v.text.text = kept_text(w, pos, all);
	s->length += all - len;
	html_short_saw(w->page, before, after,
	    n->parent->v.element.tag_namespace == GUMBO_NAMESPACE_HTML);
}

static void
restore_codes(struct walk *w, const GumboNode *n)
{
	const GumboVector *all = &n->v.element.children;

	for (unsigned i = 0; html_is_code(n) && i < all->length; i++) {
		GumboNode *child = all->data[i];

		if (child->type != GUMBO_NODE_ELEMENT)
			restore_code(w, child);
	}
}

void
html_restore(struct walk *w, const GumboNode *n)
{
	restore_values(w, n);
	restore_codes(w, n);
}
