#include "probes/html_walk.h"

#include <string.h>

#include "probes/html_form.h"
#include "probes/html_host.h"
#include "probes/html_link.h"
#include "probes/page_ids.h"
#include "probes/url.h"

void
walk_init(struct walk *w, const struct html_source *src,
    struct html_short *page, struct html_head *head)
{
	struct url u;

	memset(w, 0, sizeof(*w));
	w->src = src;
	w->page = page;
	w->head = head;
	w->text = page_text_new();
	w->rules = rule_index();
	w->facts = page_facts_new();
	w->base = g_strdup(src->url);
	w->hreflang = g_ptr_array_new_with_free_func(g_free);
	w->ranges = g_array_new(FALSE, FALSE, sizeof(struct page_range));
	w->anchor = -1;
	w->link_end = WALK_NOWHERE;
	if (url_split(src->url, &u) == 0) {
		w->own_host = g_strdup(u.host);
		url_clear(&u);
	} else {
		w->own_host = g_strdup("");
	}
	html_link_init(w);
	html_host_init(w);
}

void
walk_clear(struct walk *w)
{
	html_link_clear(w);
	html_host_clear(w);
	html_form_free(w->form);
	page_text_free(w->text);
	page_facts_free(w->facts);
	g_free(w->base);
	g_free(w->own_host);
	g_free(w->html_lang);
	g_free(w->meta_lang);
	g_ptr_array_unref(w->hreflang);
	g_array_unref(w->ranges);
	g_clear_pointer(&w->values, g_string_chunk_free);
}

/* Names are in lower case, ours and the parser's. */
static const GumboAttribute *
attribute(const GumboNode *n, const char *name)
{
	const GumboVector *all = &n->v.element.attributes;

	for (unsigned i = 0; i < all->length; i++) {
		const GumboAttribute *a = all->data[i];

		if (*a->name == *name && strcmp(a->name, name) == 0)
			return a;
	}
	return NULL;
}

const char *
walk_attr(const GumboNode *n, const char *name)
{
	const GumboAttribute *a = attribute(n, name);

	return a != NULL ? a->value : NULL;
}

size_t
walk_pos(const struct walk *w, const char *p)
{
	uintptr_t at = (uintptr_t)p, start = (uintptr_t)w->page->html;

	if (p == NULL || at < start || at - start >= w->page->len)
		return WALK_NOWHERE;
	return html_short_pos(w->page, (size_t)(at - start));
}

size_t
walk_attr_pos(const struct walk *w, const GumboNode *n, const char *name)
{
	const GumboAttribute *a = attribute(n, name);
	size_t pos = WALK_NOWHERE;

	if (a != NULL && a->original_value.length > 0) {
		pos = walk_pos(w, a->original_value.data);
		if (pos != WALK_NOWHERE && (*a->original_value.data == '"' ||
		    *a->original_value.data == '\''))
			pos++;
	}
	return pos != WALK_NOWHERE ? pos : w->last_pos;
}

char *
walk_resolve(const struct walk *w, const char *ref)
{
	return url_resolve(w->base, ref);
}
