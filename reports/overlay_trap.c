/* A trap that the papers fell into, as the base assessment has found it. */

#include "reports/overlay_priv.h"

#include <string.h>

#include "reports/judge.h"

static void
point_all(struct overlay_note *n, const GArray *pointers)
{
	for (guint i = 0; i < pointers->len; i++)
		signal_point(n, g_array_index(pointers, struct pointer, i));
}

/* The row's parameter is the element; what fired it says why. */
gboolean
signal_trap(const struct overlay_look *l, struct overlay_note *n)
{
	gboolean any = FALSE;

	for (guint i = 0; i < l->findings->len; i++) {
		const struct finding *f = l->findings->pdata[i];

		if (!f->adverse || strcmp(f->element->id, n->row->param) != 0)
			continue;
		if (f->notes->len > 0)
			list_add(n->shows, f->notes->pdata[0]);
		point_all(n, f->against);
		any = TRUE;
	}
	return any;
}
