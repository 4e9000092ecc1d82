#include <string.h>

#include "reports/assess_page.h"

/* -v: every finding; those of several Does or domains that say the same, once. */

enum { SCOPES_SPELLED = 3 };	/* Does or domains of one line */

static gboolean
same_texts(const GPtrArray *a, const GPtrArray *b)
{
	if (a->len != b->len)
		return FALSE;
	for (guint i = 0; i < a->len; i++)
		if (strcmp(a->pdata[i], b->pdata[i]) != 0)
			return FALSE;
	return TRUE;
}

/* Whether a reader sees no difference but of whom it is said. */
static gboolean
says_same(const struct page *p, const struct finding *a, const struct finding *b)
{
	g_autofree char *one = page_records(p, a), *two = page_records(p, b);

	return a->element == b->element && a->status == b->status &&
	    a->adverse == b->adverse && g_strcmp0(a->forum, b->forum) == 0 &&
	    same_texts(a->notes, b->notes) && strcmp(one, two) == 0;
}

/* "Doe 1", "Doe 1, Doe 2", "Doe 1 to Doe 10 (10)". */
static char *
scopes_words(const struct page *p, guint first, guint n)
{
	const char *from = page_finding(p, first)->scope;
	g_autoptr(GString) all = g_string_new(from);

	if (n > SCOPES_SPELLED)
		return g_strdup_printf("%s to %s (%u)", from,
		    page_finding(p, first + n - 1)->scope, n);
	for (guint i = 1; i < n; i++)
		g_string_append_printf(all, ", %s",
		    page_finding(p, first + i)->scope);
	return g_strdup(all->str);
}

/* Of n findings that say the same. */
static void
say_finding(struct page *p, guint first, guint n)
{
	const struct finding *f = page_finding(p, first);
	g_autofree char *records = page_records(p, f);
	g_autofree char *scopes = f->element->scope == SCOPE_CASE ? NULL :
	    scopes_words(p, first, n);
	g_autofree char *label = g_strdup_printf("%s%s%s%s%s%s",
	    f->element->label, scopes != NULL ? "; " : "",
	    scopes != NULL ? scopes : "", f->forum != NULL ? "; " : "",
	    f->forum != NULL ? f->forum : "", records);

	page_line(p, f->status, f->element->id, label, "");
	if (f->adverse && f->status != ST_ADV)
		page_line(p, ST_ADV, f->element->id, "beside it", "");
	for (guint i = 0; i < f->notes->len; i++)
		screen_wrap(&p->s, "", PAGE_TEXT, page_note(f, i));
}

void
page_findings(struct page *p, enum factor factor)
{
	const GPtrArray *all = p->r->findings;

	for (guint i = 0, n; p->r->verbose && i < all->len; i += n) {
		const struct finding *f = page_finding(p, i);

		for (n = 1; i + n < all->len &&
		    says_same(p, f, page_finding(p, i + n)); n++)
			continue;
		if (f->element->factor == factor)
			say_finding(p, i, n);
	}
}
