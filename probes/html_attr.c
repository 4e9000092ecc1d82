#include "probes/html_attr.h"

#include <string.h>

#include "probes/page_ids.h"
#include "probes/page_phone.h"
#include "probes/wallet.h"

/* ---- stretches that are no text */

static void
range_add(struct walk *w, const GumboStringPiece *s, const char *where)
{
	struct page_range r = { .pos = walk_pos(w, s->data), .where = where };
	size_t last = w->ranges->len == 0 ? 0 : g_array_index(w->ranges,
	    struct page_range, w->ranges->len - 1).end;

	/* What the parser moved stands out of order: it is left out. */
	if (r.pos == WALK_NOWHERE || r.pos < last)
		return;
	r.end = MIN(r.pos + s->length, w->src->len);
	g_array_append_val(w->ranges, r);
}

void
html_attr_range(struct walk *w, const GumboNode *n)
{
	const GumboNode *up = n->parent;

	if (n->type == GUMBO_NODE_COMMENT) {
		range_add(w, &n->v.text.original_text, "comment");
		return;
	}
	if (n->type != GUMBO_NODE_TEXT || up == NULL ||
	    up->type != GUMBO_NODE_ELEMENT)
		return;
	if (up->v.element.tag == GUMBO_TAG_SCRIPT)
		range_add(w, &n->v.text.original_text, "script");
	else if (up->v.element.tag == GUMBO_TAG_STYLE)
		range_add(w, &n->v.text.original_text, "style");
}

/* ---- metas */

void
html_attr_meta(struct walk *w, const GumboNode *n)
{
	const char *name = walk_attr(n, "name");
	const char *content = walk_attr(n, "content");

	if (name == NULL)
		name = walk_attr(n, "property");
	if (name != NULL && content != NULL)
		page_id_meta(w->facts, name, content,
		    walk_attr_pos(w, n, "content"));
}

/* ---- values */

/* "bitcoin:1Abc...?amount=1", or the address alone. */
static void
take_wallet(struct walk *w, const GumboNode *n, const GumboAttribute *a)
{
	const char *s = a->value, *colon = strchr(s, ':');
	struct wallet found;
	size_t len;

	if (colon != NULL && colon - s < 16)
		s = colon + 1;
	len = strcspn(s, "?&# \t\r\n");
	if (wallet_read(s, len, g_ascii_strncasecmp(a->value, "solana", 6) == 0,
	    &found))
		page_id_add(w->facts, "wallet", found.coin, "wallet", s, len,
		    walk_attr_pos(w, n, a->name) + (size_t)(s - a->value),
		    "tag", found.check);
}

/*
 * Adsterra's path: /ab/cd/ef/abcdef....js, the three pairs being those that
 * the 32 digits begin with.
 */
static void
take_script_path(struct walk *w, const GumboNode *n, const char *src)
{
	const char *dot = strrchr(src, '.'), *p;
	char pairs[7];
	size_t i;

	if (dot == NULL || strncmp(dot, ".js", 3) != 0 || dot - src < 42)
		return;
	p = dot - 32;
	g_snprintf(pairs, sizeof(pairs), "%.2s%.2s%.2s", p - 9, p - 6, p - 3);
	if (p[-1] != '/' || p[-4] != '/' || p[-7] != '/' || p[-10] != '/' ||
	    memcmp(pairs, p, 6) != 0)
		return;
	for (i = 0; i < 32; i++)
		if (!g_ascii_isxdigit(p[i]))
			return;
	page_id_add(w->facts, "advertising", "adsterra-key", "Adsterra", p, 32,
	    walk_attr_pos(w, n, "src") + (size_t)(p - src), "tag", NULL);
}

/* The length is looked at first: few values are as long as a wallet. */
void
html_attr_values(struct walk *w, const GumboNode *n)
{
	const GumboVector *all = &n->v.element.attributes;
	unsigned i;

	for (i = 0; i < all->length; i++) {
		const GumboAttribute *a = all->data[i];
		size_t len = a->original_value.length;

		if (len >= WALLET_LEAST && len <= WALLET_MOST + 64)
			take_wallet(w, n, a);
		if (len > 42 && len < WALK_URL && strcmp(a->name, "src") == 0)
			take_script_path(w, n, a->value);
		if (len > 8 && len < 64 && strcmp(a->name, "href") == 0 &&
		    g_ascii_strncasecmp(a->value, "tel:", 4) == 0)
			page_phone_link(w->facts, a->value + 4,
			    walk_attr_pos(w, n, "href") + 4);
	}
}
