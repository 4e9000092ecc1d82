#include "reports/packed.h"

#include <stdint.h>
#include <string.h>

struct packed {
	GPtrArray	 read;		/* first: what others see */
	guint		 refs;
	void		*at[];
};

const GPtrArray packed_none;

static struct packed *
packed(const GPtrArray *a)
{
	return (struct packed *)(uintptr_t)a;
}

/* Makes room for n; NULL: a new one. */
static struct packed *
resize(struct packed *p, guint n)
{
	gboolean new = p == NULL;

	p = g_realloc(p, sizeof(*p) + n * sizeof(void *));
	if (new)
		p->refs = 1;
	p->read = (GPtrArray){ .pdata = p->at, .len = n };
	return p;
}

const GPtrArray *
packed_of(const GPtrArray *a)
{
	struct packed *p;

	if (a->len == 0)
		return &packed_none;
	p = resize(NULL, a->len);
	memcpy(p->at, a->pdata, a->len * sizeof(void *));
	return &p->read;
}

void
packed_add(const GPtrArray **to, const void *what)
{
	guint n = (*to)->len;
	struct packed *p = resize(*to == &packed_none ? NULL : packed(*to),
	    n + 1);

	p->at[n] = (void *)(uintptr_t)what;
	*to = &p->read;
}

gboolean
packed_has(const GPtrArray *a, const void *what)
{
	for (guint i = 0; i < a->len; i++)
		if (a->pdata[i] == what)
			return TRUE;
	return FALSE;
}

const GPtrArray *
packed_ref(const GPtrArray *a)
{
	if (a != &packed_none)
		packed(a)->refs++;
	return a;
}

void
packed_unref(const GPtrArray *a)
{
	if (a != &packed_none && --packed(a)->refs == 0)
		g_free(packed(a));
}
