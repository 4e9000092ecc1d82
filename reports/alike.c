#include "reports/alike.h"

#include <string.h>

#include "reports/view.h"

GString *
html_divert(struct html *h)
{
	GString *before = h->out;

	h->out = g_string_new(NULL);
	return before;
}

char *
html_diverted(struct html *h, GString *before)
{
	char *text = g_string_free(h->out, FALSE);

	h->out = before;
	return text;
}

static void
part_free(void *data)
{
	struct alike_part *p = data;

	g_free(p->html);
	g_array_unref(p->records);
	g_free(p);
}

static void
alike_free(void *data)
{
	struct alike *a = data;

	g_ptr_array_unref(a->subjects);
	g_ptr_array_unref(a->parts);
	g_free(a);
}

GPtrArray *
alike_list(void)
{
	return g_ptr_array_new_with_free_func(alike_free);
}

GPtrArray *
alike_parts(void)
{
	return g_ptr_array_new_with_free_func(part_free);
}

struct alike_part *
alike_part(GPtrArray *parts, char *html, GArray *records)
{
	struct alike_part *p = g_new0(struct alike_part, 1);

	p->html = html;
	p->records = records != NULL ? g_array_ref(records) :
	    g_array_new(FALSE, FALSE, sizeof(uint64_t));
	g_ptr_array_add(parts, p);
	return p;
}

void
alike_once(GPtrArray *parts, char *html, GArray *records)
{
	for (guint i = 0; i < parts->len; i++) {
		struct alike_part *p = parts->pdata[i];

		if (strcmp(p->html, html) != 0)
			continue;
		for (guint n = 0; n < records->len; n++)
			cites_add(p->records,
			    g_array_index(records, uint64_t, n));
		g_free(html);
		return;
	}
	alike_part(parts, html, records);
}

/* The next part at or after *i that is compared, or NULL. */
static const struct alike_part *
compared(const GPtrArray *parts, guint *i)
{
	for (; *i < parts->len; (*i)++) {
		const struct alike_part *p = parts->pdata[*i];

		if (!p->own)
			return parts->pdata[(*i)++];
	}
	return NULL;
}

static gboolean
same(const GPtrArray *a, const GPtrArray *b)
{
	guint i = 0, k = 0;

	for (;;) {
		const struct alike_part *p = compared(a, &i);
		const struct alike_part *q = compared(b, &k);

		if (p == NULL || q == NULL)
			return p == q;
		if (strcmp(p->html, q->html) != 0)
			return FALSE;
	}
}

static void
join(struct alike *a, GPtrArray *parts)
{
	guint i = 0, k = 0;
	const struct alike_part *p, *q;

	while ((p = compared(a->parts, &i)) != NULL &&
	    (q = compared(parts, &k)) != NULL)
		for (guint n = 0; n < q->records->len; n++)
			cites_add(p->records,
			    g_array_index(q->records, uint64_t, n));
	for (guint n = 0; n < parts->len;) {
		struct alike_part *own = parts->pdata[n];

		if (!own->own) {
			n++;
			continue;
		}
		g_ptr_array_add(a->parts, g_ptr_array_steal_index(parts, n));
	}
}

struct alike *
alike_add(GPtrArray *list, const char *subject, GPtrArray *parts)
{
	struct alike *a = NULL;

	for (guint i = 0; i < list->len && a == NULL; i++) {
		struct alike *o = list->pdata[i];

		if (same(o->parts, parts))
			a = o;
	}
	if (a == NULL) {
		a = g_new0(struct alike, 1);
		a->subjects = g_ptr_array_new_with_free_func(g_free);
		a->parts = g_ptr_array_ref(parts);
		g_ptr_array_add(list, a);
	} else {
		join(a, parts);
	}
	g_ptr_array_add(a->subjects, g_strdup(subject));
	g_ptr_array_unref(parts);
	return a;
}

char *
alike_title(const struct alike *a, const char *plural)
{
	const GPtrArray *s = a->subjects;

	if (s->len > ALIKE_SPELLED)
		return g_strdup_printf("%u %s", s->len, plural);
	if (s->len == 1)
		return g_strdup(s->pdata[0]);
	if (s->len == 2)
		return g_strdup_printf("%s and %s", (char *)s->pdata[0],
		    (char *)s->pdata[1]);
	return g_strdup_printf("%s, %s and %s", (char *)s->pdata[0],
	    (char *)s->pdata[1], (char *)s->pdata[2]);
}

gboolean
alike_all(struct html *h, const struct alike *a)
{
	if (a->subjects->len <= ALIKE_SPELLED)
		return FALSE;
	for (guint i = 0; i < a->subjects->len; i++)
		say(h, i > 0 ? ", %P" : "%P", a->subjects->pdata[i]);
	return TRUE;
}
