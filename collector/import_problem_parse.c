/* What is wrong with a table, in the order of its lines. */

#include <stdarg.h>
#include <string.h>

#include "collector/import_rows_priv.h"

struct problem {
	uint64_t	 line;
	unsigned	 column, order;
	char		*what;
};

static void
problem_clear(void *data)
{
	struct problem *p = data;

	g_free(p->what);
}

void
rows_problems_begin(struct reading *r)
{
	r->problems = g_array_new(FALSE, FALSE, sizeof(struct problem));
	g_array_set_clear_func(r->problems, problem_clear);
}

void
rows_problem(struct reading *r, uint64_t line, unsigned column,
    const char *fmt, ...)
{
	struct problem p = { .line = line, .column = column,
	    .order = r->problems->len };
	va_list ap;

	va_start(ap, fmt);
	p.what = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	g_array_append_val(r->problems, p);
}

static int
by_place(const void *a, const void *b)
{
	const struct problem *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

void
rows_problems_tell(struct reading *r)
{
	g_array_sort(r->problems, by_place);
	for (guint i = 0; i < r->problems->len; i++) {
		const struct problem *p = &g_array_index(r->problems,
		    struct problem, i);

		g_ptr_array_add(r->im->problems, g_strdup_printf("%s:%"
		    G_GUINT64_FORMAT ":%u: %s", r->im->file, p->line,
		    p->column, p->what));
	}
	g_array_unref(r->problems);
}

/* ---- what is said of all of it */

void
rows_tell_charset(struct reading *r, const struct text_survey *s)
{
	if (s->charset == CHARSET_1252 || s->charset == CHARSET_LATIN1)
		rows_problem(r, s->bad_line, (unsigned)s->bad_column, "a byte "
		    "that is not UTF-8: the file is read as %s",
		    charset_name(s->charset));
	else if (s->charset != CHARSET_UTF8)
		rows_problem(r, 1, 1, "the file is read as %s",
		    charset_name(s->charset));
	if (s->cr_only)
		rows_problem(r, 1, 1, "lines end in CR alone; read so");
}

void
rows_tell_faults(struct reading *r)
{
	for (unsigned bit = 0; bit < ROW_FAULTS; bit++) {
		uint32_t n = r->tally->fault[bit].count;

		if (n == 0 || (1u << bit == ROW_MALFORMED &&
		    n <= MALFORMED_TOLD))
			continue;
		rows_problem(r, r->tally->fault[bit].line,
		    r->tally->fault[bit].column, n == 1 ? "%s" :
		    "%s; %u rows in all",
		    row_fault_says((enum row_fault)(1u << bit)), n);
	}
}
