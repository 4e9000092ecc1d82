/* What may be given in any order, in another one. */

#include <stdio.h>
#include <string.h>

#include "tests/cases/tool/tool.h"

/* Every second row first, then the others, each the other way round. */
int
tool_shuffle(char **w)
{
	g_autofree char *text = NULL;
	g_autoptr(GPtrArray) rows = NULL;
	g_autoptr(GError) e = NULL;

	if (!g_file_get_contents(w[0], &text, NULL, &e))
		return tool_fail(e->message);
	rows = csv_records(text);
	if (rows->len > 0)
		puts(rows->pdata[0]);
	for (guint odd = 0; odd < 2; odd++)
		for (guint i = rows->len; i-- > 1;)
			if (i % 2 == odd)
				puts(rows->pdata[i]);
	return 0;
}
