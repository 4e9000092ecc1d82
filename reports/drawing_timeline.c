/*
 * Figure 2: the collection as a chain of causes.  A step is a record, in the
 * order of the log; lanes are kinds; a dot is a record of the drawn chain, a tick
 * another that was answered, a cross one that was not; two strokes mark a wait.
 */

#include "reports/drawing.h"

#include <string.h>

#include "probes/text.h"
#include "reports/svg.h"

enum { X_LABEL = 4, X_FROM = 80, X_TO = 660, LANE = 34, TOP = 50,
    LABELS = 7, TIMES = 6, WAITS = 5, LABEL_WIDTH = 128 };

/* A wait of so many ms between two records that are drawn side by side. */
#define WAIT_LEAST	1000

static const char *const lanes[PROBE_KINDS] = {
	[PROBE_LOCAL] = "local file", [PROBE_DNS] = "DNS",
	[PROBE_RDAP] = "RDAP", [PROBE_WHOIS] = "WHOIS", [PROBE_TLS] = "TLS",
	[PROBE_HTTP] = "page (HTTP)", [PROBE_GEO] = "place database",
	[PROBE_REACH] = "distance",
};

struct mark {
	const struct log_row	*r;
	int			 x, y;
	gboolean		 chained;
};

struct timeline {
	struct exhibit_doc *x;
	GArray		*marks;		/* struct mark, in log order */
	gboolean	 lanes[PROBE_KINDS];
	int		 lane_y[PROBE_KINDS];
	int		 bottom;
};

/* ---- what is drawn -------------------------------------------------------------- */

/* A record with the causes behind it: of how many kinds, and how many. */
struct depth { guint kinds, count; };

static guint
bits(guint n)
{
	guint out = 0;

	for (; n != 0; n &= n - 1)
		out++;
	return out;
}

/* Of records that are the target's or everybody's, and behind which only such
 * stand.  Causes come before what they cause. */
static GHashTable *
depths_of(const struct view *v)
{
	GHashTable *depths = g_hash_table_new_full(g_int64_hash, g_int64_equal,
	    NULL, g_free);

	for (guint i = 0; i < v->run->log->len; i++) {
		struct log_row *r = v->run->log->pdata[i];
		const struct depth *above = NULL;
		struct depth *d;

		if (!row_exchange(r) || !(v->whole || *r->target == '\0' ||
		    strcmp(r->target, v->target) == 0) || (r->cause != 0 &&
		    (above = g_hash_table_lookup(depths, &r->cause)) == NULL))
			continue;
		d = g_new0(struct depth, 1);
		if (above != NULL)
			*d = *above;
		d->kinds |= 1u << r->kind;
		d->count++;
		g_hash_table_insert(depths, &r->n, d);
	}
	return depths;
}

/* Whether a chain may end with the record: an answer of the target's. */
static gboolean
may_end(const struct view *v, const struct log_row *r)
{
	return !row_failed(r) && (v->whole || strcmp(r->target, v->target) == 0);
}

/* The chain of causes with most kinds, and of those the longest, that ends in an
 * answer of the target's. */
static GHashTable *
chain_of(const struct view *v)
{
	g_autoptr(GHashTable) depths = depths_of(v);
	GHashTable *chain = g_hash_table_new(g_int64_hash, g_int64_equal);
	const struct log_row *end = NULL;
	guint most = 0;

	for (guint i = 0; i < v->run->log->len; i++) {
		const struct log_row *r = v->run->log->pdata[i];
		const struct depth *d = g_hash_table_lookup(depths, &r->n);
		guint weight = d == NULL || !may_end(v, r) ? 0 :
		    bits(d->kinds) * 0x10000 + MIN(d->count, 0xffffu);

		if (weight <= most)
			continue;
		most = weight;
		end = r;
	}
	for (; end != NULL; end = end->cause != 0 ? run_row(v->run,
	    end->cause) : NULL)
		if (!g_hash_table_add(chain, (void *)(uintptr_t)&end->n))
			break;
	return chain;
}

static void
marks_of(struct timeline *t)
{
	const struct view *v = &t->x->v;
	g_autoptr(GHashTable) chain = chain_of(v);
	guint all = 0;

	for (guint i = 0; i < v->run->log->len; i++) {
		const struct log_row *r = v->run->log->pdata[i];

		all += row_exchange(r) && view_row(v, r);
	}
	for (guint i = 0; i < v->run->log->len; i++) {
		const struct log_row *r = v->run->log->pdata[i];
		struct mark m = { r, 0, 0, g_hash_table_contains(chain, &r->n) };

		if (!row_exchange(r) || !(m.chained || view_row(v, r)) ||
		    !(m.chained || row_failed(r) || all <= DRAWING_ALL))
			continue;
		g_array_append_val(t->marks, m);
		t->lanes[r->kind] = TRUE;
	}
}

static void
place_marks(struct timeline *t)
{
	int y = TOP + 16, steps = MAX((int)t->marks->len - 1, 1);

	for (int k = 0; k < PROBE_KINDS; k++)
		if (t->lanes[k]) {
			t->lane_y[k] = y;
			y += LANE;
		}
	t->bottom = y - LANE + 26;
	for (guint i = 0; i < t->marks->len; i++) {
		struct mark *m = &g_array_index(t->marks, struct mark, i);

		m->x = X_FROM + 8 + (int)i * (X_TO - X_FROM - 16) / steps;
		m->y = t->lane_y[m->r->kind];
	}
}

/* ---- lanes, times, waits ---------------------------------------------------------- */

static void
draw_lanes(struct timeline *t)
{
	static const struct ink_of ink = { 85, .anchor = NULL };
	struct html *h = &t->x->h;

	for (int k = 0; k < PROBE_KINDS; k++) {
		if (!t->lanes[k])
			continue;
		svg_text(h, X_LABEL, t->lane_y[k] + 3, 70, &ink,
		    lanes[k]);
		svg_line(h, X_FROM, t->lane_y[k], X_TO, t->lane_y[k], 5, NULL,
		    TRUE);
	}
	svg_line(h, X_FROM - 10, TOP - 10, X_FROM - 10, t->bottom, 15, NULL,
	    FALSE);
	svg_line(h, X_TO + 8, TOP - 10, X_TO + 8, t->bottom, 15, NULL, FALSE);
	svg_line(h, X_FROM, t->bottom, X_TO, t->bottom, 8, NULL, FALSE);
}

static const char *
token_time(const struct run *run, const char *which)
{
	for (guint i = 0; i < run->tokens->len; i++) {
		const struct token_view *k = run->tokens->pdata[i];

		if (strcmp(k->which, which) == 0 && strlen(k->time) >= 19)
			return k->time;
	}
	return NULL;
}

static void
draw_end(struct timeline *t, const char *which, const char *name,
    const char *says, const char *anchor)
{
	const struct ink_of bold = { 85, .bold = TRUE, .anchor = anchor };
	const struct ink_of soft = { 85, .soft = TRUE, .anchor = anchor };
	int x = strcmp(anchor, "end") == 0 ? SVG_WIDTH - 4 : X_LABEL;
	const char *at = token_time(t->x->v.run, which);
	g_autofree char *text = at == NULL ? g_strdup("no valid token") :
	    g_strdup_printf("%s %.8s", says, at + 11);

	svg_text(&t->x->h, x, 14, 0, &bold, name);
	svg_text(&t->x->h, x, 26, 0, &soft, text);
}

static void
draw_times(struct timeline *t)
{
	static const struct ink_of ink = { 75, .soft = TRUE,
		.anchor = "middle" };
	guint n = t->marks->len, shown = MIN(n, TIMES);

	for (guint i = 0; i < shown; i++) {
		const struct mark *m = &g_array_index(t->marks, struct mark,
		    shown > 1 ? i * (n - 1) / (shown - 1) : 0);
		g_autofree char *text = g_strndup(strlen(m->r->start) >= 19 ?
		    m->r->start + 11 : "", 8);

		svg_line(&t->x->h, m->x, t->bottom - 3, m->x, t->bottom + 3, 8,
		    NULL, FALSE);
		svg_text(&t->x->h, m->x, t->bottom + 13, 0, &ink, text);
	}
}

/* In ms; 0 where a time cannot be read. */
static int64_t
wait_of(const struct log_row *a, const struct log_row *b)
{
	int64_t from = text_time_parse(a->start), to = text_time_parse(b->start);

	return from == INT64_MIN || to == INT64_MIN ? 0 : (to - from) / 1000;
}

static void
draw_waits(struct timeline *t)
{
	static const struct ink_of ink = { 75, .soft = TRUE,
		.anchor = "middle" };
	struct html *h = &t->x->h;
	guint n = 0;

	for (guint i = 1; i < t->marks->len && n < WAITS; i++) {
		const struct mark *a = &g_array_index(t->marks, struct mark,
		    i - 1), *b = a + 1;
		int64_t wait = wait_of(a->r, b->r);
		int x = (a->x + b->x) / 2;
		g_autofree char *text = NULL;

		if (wait < WAIT_LEAST)
			continue;
		text = g_strdup_printf("%d s", (int)MIN(wait / 1000, 99999));
		svg_line(h, x - 4, t->bottom + 5, x, t->bottom - 5, 8, NULL,
		    FALSE);
		svg_line(h, x, t->bottom + 5, x + 4, t->bottom - 5, 8, NULL,
		    FALSE);
		svg_text(h, x, TOP - 4, 0, &ink, text);
		n++;
	}
}

/* ---- records ------------------------------------------------------------------------ */

static void
draw_mark(struct html *h, const struct mark *m)
{
	if (row_failed(m->r)) {
		svg_line(h, m->x - 3, m->y - 3, m->x + 3, m->y + 3, 15, NULL,
		    FALSE);
		svg_line(h, m->x - 3, m->y + 3, m->x + 3, m->y - 3, 15, NULL,
		    FALSE);
	} else if (m->chained) {
		g_string_append_printf(h->out, "<circle cx=\"%d\" cy=\"%d\" "
		    "r=\"3\" fill=\"#111\"></circle>\n", m->x, m->y);
	} else {
		svg_line(h, m->x, m->y - 4, m->x, m->y + 4, 5, NULL, TRUE);
	}
}

/* The chain lies over all else. */
static void
draw_marks(struct timeline *t, gboolean chained)
{
	for (guint i = 0; i < t->marks->len; i++) {
		const struct mark *m = &g_array_index(t->marks, struct mark, i);

		if (m->chained == chained)
			draw_mark(&t->x->h, m);
	}
}

static void
draw_chain(struct timeline *t)
{
	const struct mark *before = NULL;

	for (guint i = 0; i < t->marks->len; i++) {
		const struct mark *m = &g_array_index(t->marks, struct mark, i);

		if (!m->chained)
			continue;
		if (before != NULL)
			svg_line(&t->x->h, before->x, before->y, m->x, m->y, 10,
			    NULL, FALSE);
		before = m;
	}
}

/* "114 popcorn-time.ch A" */
static char *
label_of(const struct log_row *r)
{
	return g_strdup_printf("%" G_GUINT64_FORMAT " %s%s%s", r->n, r->name,
	    r->kind == PROBE_DNS ? " " : "", r->kind == PROBE_DNS ? r->qtype :
	    "");
}

/* Some of the chain's records, the first and the last among them; none where it
 * would stand on the one before. */
static void
draw_labels(struct timeline *t, GArray *cited)
{
	static const struct ink_of ink = { 70, .anchor = NULL };
	static const struct ink_of end = { 70, .anchor = "end" };
	g_autoptr(GArray) chain = g_array_new(FALSE, FALSE,
	    sizeof(const struct mark *));
	int taken[PROBE_KINDS][2] = { { 0 } };

	for (guint i = 0; i < t->marks->len; i++) {
		const struct mark *m = &g_array_index(t->marks, struct mark, i);

		if (m->chained) {
			g_array_append_val(chain, m);
			cites_add(cited, m->r->n);
		}
	}
	for (guint i = 0; i < chain->len; i++) {
		const struct mark *m = g_array_index(chain, const struct mark *,
		    i);
		gboolean right = m->x < X_TO - LABEL_WIDTH;
		int side = (int)(i % 2), *free_from =
		    &taken[m->r->kind][side];
		int from = right ? m->x - 2 : m->x - LABEL_WIDTH;
		g_autofree char *text = label_of(m->r);

		if (from < *free_from)
			continue;
		*free_from = from + LABEL_WIDTH + 4;
		svg_text(&t->x->h, right ? m->x + 2 : m->x - 2,
		    side == 0 ? m->y - 7 : m->y + 13, LABEL_WIDTH,
		    right ? &ink : &end, text);
	}
}

static void
draw_legend(struct timeline *t)
{
	static const struct ink_of soft = { 80, .soft = TRUE };
	static const struct ink_of bold = { 80, .bold = TRUE };
	static const char *const words[] = {
		"record on the drawn chain of causes", "another answered record",
		"refused, reset, no answer, limit or guard",
	};
	static const struct log_row answered = { .type = (char *)
	    (uintptr_t)"exchange", .status = X_ANSWERED };
	static const struct log_row failed = { .type = (char *)
	    (uintptr_t)"exchange", .status = X_TIMEOUT };
	int y = t->bottom + 32;

	svg_line(&t->x->h, X_LABEL, y - 12, SVG_WIDTH - 4, y - 12, 10, NULL,
	    FALSE);
	for (int i = 0; i < 3; i++) {
		const struct mark m = { i == 2 ? &failed : &answered,
			X_LABEL + 4 + i * 220, y, i == 0 };

		draw_mark(&t->x->h, &m);
		svg_text(&t->x->h, m.x + 8, y + 3, 0, &soft, words[i]);
	}
	svg_text(&t->x->h, X_LABEL, y + 17, 0, &bold, t->x->v.run->title);
}

static const char title[] = "The collection as a chain of causes";
static const char desc[] = "Records in the order of the log, a lane for each "
    "kind. Dots are one chain of causes, from the first record that began it to "
    "an answer of the target's; crosses are questions that were not answered. "
    "The table of every question says the same.";

static void
draw(struct timeline *t, GArray *cited)
{
	struct html *h = &t->x->h;

	svg_open(h, "timeline", title, desc, t->bottom + 56);
	draw_lanes(t);
	draw_end(t, "open", "opening token", "not before", "start");
	draw_end(t, "seal", "closing token", "not after", "end");
	draw_times(t);
	draw_waits(t);
	draw_marks(t, FALSE);
	draw_chain(t);
	draw_marks(t, TRUE);
	draw_labels(t, cited);
	draw_legend(t);
	svg_close(h);
}

void
drawing_timeline(struct exhibit_doc *x)
{
	g_autoptr(GArray) marks = g_array_new(FALSE, FALSE,
	    sizeof(struct mark));
	g_autoptr(GArray) cited = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	struct timeline t = { .x = x, .marks = marks };

	marks_of(&t);
	if (marks->len == 0)
		return;
	place_marks(&t);
	html_raw(&x->h, "<figure><figcaption>Figure 2. The collection as a chain "
	    "of causes</figcaption>\n");
	draw(&t, cited);
	html_raw(&x->h, "</figure>\n<p class=\"note\">One step is one record, in "
	    "the order of the log, and no measure of time; two strokes mark a "
	    "wait of a second or more. Times are UTC. Where there are many "
	    "records, only the chain and what was not answered are drawn. ");
	html_cite(&x->h, cited);
	html_raw(&x->h, "</p>\n");
}

void
exhibit_drawn(struct exhibit_doc *x)
{
	drawing_graph(x);
	drawing_timeline(x);
}
