#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "collector/term.h"
#include "probes/seam.h"
#include "probes/text.h"

#define NARROW		60
#define WIDE		110
#define EVERY_NS	INT64_C(100000000)
#define ROWS_MOST	8	/* targets drawn at once */

struct term {
	gboolean	 colour;
	int64_t		 drawn;
	int		 lines;		/* of the last drawing */
};

struct term *
term_new(const struct globals *g)
{
	struct term *t;

	if (g->quiet || g->json || cmd_columns(STDERR_FILENO) == 0)
		return NULL;
	t = g_new0(struct term, 1);
	t->colour = cmd_colour(g, STDERR_FILENO);
	return t;
}

void
term_free(struct term *t)
{
	g_free(t);
}

void
term_head(struct term *t, const char *title, const char *run,
    const char *opened, const char *by)
{
	g_autoptr(GString) s = g_string_new(NULL);

	if (t == NULL)
		return;
	if (*title != '\0') {
		text_term(s, title, -1);
		fprintf(stderr, "case      %s\n", s->str);
	}
	if (*opened != '\0')
		fprintf(stderr, "run       %s\nopened    not before %s (%s)\n",
		    run, opened, by);
	else
		fprintf(stderr, "run       %s\nopened    without a time "
		    "stamp\n", run);
	fprintf(stderr, "from      direct, no resolver\n\n");
}

static void
cell(GString *s, const char *text, int width)
{
	glong n = g_utf8_strlen(text, -1);
	g_autofree char *cut = NULL;

	if (n > width && width > 3) {
		g_autofree char *head = g_utf8_substring(text, 0, width - 3);

		cut = g_strconcat(head, "...", NULL);
		text = cut;
		n = width;
	}
	g_string_append(s, text);
	for (; n < width; n++)
		g_string_append_c(s, ' ');
}

static void
failed_cell(const struct term *t, GString *s, unsigned failed, unsigned asked)
{
	g_autofree char *n = g_strdup_printf("%6u", failed);

	(void)asked;
	if (failed > 0 && t->colour)
		g_string_append_printf(s, "\033[33m%s\033[0m", n);
	else
		g_string_append(s, n);
}

static void
line_add(struct term *t, GString *s, const char *label, const struct tally *y,
    const char *words, int columns, const char *tail)
{
	int label_w = 30, room = columns - label_w - 20;

	cell(s, label, label_w);
	g_string_append_printf(s, "%7u%6u", y->asked, y->waiting);
	failed_cell(t, s, y->failed, y->asked);
	g_string_append(s, "  ");
	if (columns >= WIDE)
		room -= 30;
	cell(s, words, MAX(room - 2, 8));
	if (columns >= WIDE)
		cell(s, tail, 29);
	while (s->len > 0 && s->str[s->len - 1] == ' ')
		g_string_truncate(s, s->len - 1);
	g_string_append(s, "\033[K\n");
	t->lines++;
}

static void
target_draw(struct term *t, GString *s, const struct target_view *v,
    gboolean detail, int columns)
{
	g_autofree char *tail = g_strdup_printf("%s  %.2f", v->server,
	    v->last_s);

	line_add(t, s, v->name, &v->all, v->now, columns, tail);
	for (int c = 0; detail && c < CATEGORIES; c++) {
		g_autofree char *label = g_strconcat("  ", category_names[c],
		    NULL);
		g_autofree char *more = NULL;

		if (v->by[c].asked == 0)
			continue;
		if (c == CAT_NAMES && v->addresses > 1)
			more = g_strdup_printf("%s +%u address%s", v->last[c],
			    v->addresses - 1, v->addresses > 2 ? "es" : "");
		line_add(t, s, label, &v->by[c],
		    more != NULL ? more : v->last[c], columns, "");
	}
}

static void
head_draw(struct term *t, GString *s, int columns)
{
	cell(s, "target", 30);
	g_string_append(s, "  asked  wait  fail  ");
	g_string_append(s, columns >= WIDE ? "last answer" : "now");
	g_string_append(s, "\033[K\n");
	t->lines++;
}

static void
table_draw(struct term *t, GString *s, const struct engine *e, int columns)
{
	guint n = engine_targets(e), shown = 0, closed = 0;
	struct target_view v;

	head_draw(t, s, columns);
	for (guint i = 0; i < n; i++) {
		engine_view(e, i, &v);
		closed += v.closed ? 1 : 0;
		if ((!v.open && n > ROWS_MOST) || (!v.open && !v.closed) ||
		    shown >= ROWS_MOST)
			continue;
		shown++;
		target_draw(t, s, &v, n <= 3, columns);
	}
	if (n > ROWS_MOST) {
		g_string_append_printf(s, "%u of %u targets done\033[K\n",
		    closed, n);
		t->lines++;
	}
}

static void
narrow_draw(struct term *t, const struct engine *e)
{
	struct tally all = engine_tally(e);

	(void)t;
	fprintf(stderr, "\r%u asked, %u waiting, %u failed\033[K", all.asked,
	    all.waiting, all.failed);
}

void
term_draw(struct term *t, const struct engine *e, gboolean last)
{
	g_autoptr(GString) s = g_string_new(NULL);
	int64_t now = clock_mono_ns();
	int columns = cmd_columns(STDERR_FILENO);

	if (t == NULL || (!last && now - t->drawn < EVERY_NS))
		return;
	t->drawn = now;
	if (columns < NARROW) {
		narrow_draw(t, e);
		if (last)
			fputc('\n', stderr);
		return;
	}
	if (t->lines > 0)
		g_string_append_printf(s, "\033[%dA", t->lines);
	t->lines = 0;
	table_draw(t, s, e, columns);
	g_string_append(s, "\033[J");
	if (last)
		g_string_append_c(s, '\n');
	fwrite(s->str, 1, s->len, stderr);
}
