/*
 * Figure 1: names, the addresses that DNS returned for them, and to whom the
 * registries allocated those.  Four columns; the role is the line's dash, the
 * record's number stands in the line.
 */

#include "reports/drawing.h"

#include <string.h>

#include "reports/alike.h"
#include "reports/svg.h"

enum { X_NAME = 4, X_IP = 262, X_HOLDER = 438, X_ROLE = 570, X_END = 676,
    X_FORK = 214, ROW = 20, TOP = 40, W_NAME = 184, W_IP = 132,
    W_HOLDER = 126 };

/* What is drawn, in this order. */
static const struct band {
	enum role	 role;
	gboolean	 own;		/* of hosts: the target's own name */
	const char	*title;		/* over the band; NULL: none */
	int		 width;		/* of its lines, tenths */
	const char	*dash;
	const char	*legend;
} bands[] = {
	{ ROLE_HOST, TRUE, NULL, 20, NULL, "HOST: an A or AAAA record" },
	{ ROLE_CDN_EDGE, TRUE, NULL, 12, "7 2.5",
	    "CDN_EDGE: a delivery network's, by two signs; the host behind it "
	    "was not observed" },
	{ ROLE_DNS, FALSE, "Name servers", 10, "3.2 2.2",
	    "DNS: answers for the zone" },
	{ ROLE_MAIL, FALSE, "Mail servers", 10, "1 2.2",
	    "MAIL: named by an MX record" },
	{ ROLE_HOST, FALSE, "Hosts that pages lead to", 20, NULL, NULL },
	{ ROLE_CDN_EDGE, FALSE, NULL, 12, "7 2.5", NULL },
};

struct graph {
	struct exhibit_doc *x;
	int		 y;
	guint		 drawn, left;
	GArray		*records;	/* uint64_t */
};

/* An address of a name, and how many more like it. */
struct line {
	const struct role_row *r;
	guint		 more;
};

static gboolean
in_band(const struct graph *g, const struct band *b, const struct role_row *r)
{
	gboolean hosts = b->role == ROLE_HOST || b->role == ROLE_CDN_EDGE;

	return r->role == b->role && view_role(&g->x->v, r) &&
	    (!hosts || (r->own != FALSE) == b->own);
}

/* Lines of a name: at most DRAWING_EQUAL of one holder. */
static GArray *
lines_of(const struct graph *g, const struct band *b, const char *name)
{
	const GPtrArray *roles = g->x->v.roles;
	GArray *out = g_array_new(FALSE, FALSE, sizeof(struct line));

	for (guint i = 0; i < roles->len; i++) {
		const struct role_row *r = roles->pdata[i];
		struct line *last = NULL, l = { r, 0 };
		guint equal = 0;

		if (!in_band(g, b, r) || strcmp(r->name, name) != 0)
			continue;
		for (guint k = 0; k < out->len; k++) {
			struct line *o = &g_array_index(out, struct line, k);

			if (strcmp(role_org(o->r), role_org(r)) == 0) {
				equal++;
				last = o;
			}
		}
		if (equal < DRAWING_EQUAL)
			g_array_append_val(out, l);
		else
			last->more++;
	}
	return out;
}

/* The records of the answer that gave the address, and of its network. */
static uint64_t
record_of(struct graph *g, const struct fact *f)
{
	uint64_t n = f != NULL ? fact_source(f) : 0;

	if (n != 0)
		cites_add(g->records, n);
	return n;
}

static void
draw_address(struct graph *g, const struct band *b, const struct line *l,
    int from_x, int from_y)
{
	static const struct ink_of ip = { 85, .mono = TRUE };
	static const struct ink_of holder = { 90, .anchor = NULL };
	static const struct ink_of role = { 85, .bold = TRUE };
	static const struct ink_of end = { 90, .bold = TRUE, .anchor = "end" };
	struct html *h = &g->x->h;
	const struct role_row *r = l->r;
	uint64_t answer = record_of(g, r->facts->len > 0 ?
	    r->facts->pdata[0] : NULL);
	uint64_t network = record_of(g, r->network);
	int y = g->y, at = X_IP + svg_reach(W_IP, &ip, r->ip) + 4;

	svg_line(h, from_x, from_y, X_FORK - 18, from_y, b->width, b->dash,
	    FALSE);
	svg_line(h, X_FORK - 18, from_y, X_FORK, y, b->width, b->dash, FALSE);
	svg_line(h, X_FORK, y, X_IP - 6, y, b->width, b->dash, FALSE);
	if (answer != 0)
		svg_number(h, (X_FORK + X_IP - 6) / 2, y, answer);
	svg_text(h, X_IP, y + 3, W_IP, &ip, r->ip);
	svg_line(h, at, y, X_HOLDER - 6, y, b->width, b->dash, FALSE);
	if (network != 0)
		svg_number(h, (at + X_HOLDER - 6) / 2, y, network);
	svg_text(h, X_HOLDER, y + 3, W_HOLDER, &holder, *role_org(r) != '\0' ?
	    role_org(r) : "not in the record");
	svg_text(h, X_ROLE, y + 3, 74, &role, role_name(r->role));
	svg_text(h, X_END, y + 3, 0, &end, role_country(r));
}

static void
draw_more(struct graph *g, guint more)
{
	static const struct ink_of soft = { 75, .soft = TRUE };
	g_autofree char *text = g_strdup_printf("and %u more of the same "
	    "holder", more);

	if (more == 0)
		return;
	svg_text(&g->x->h, X_IP, g->y + 2, 0, &soft, text);
	g->y += ROW - 6;
}

static void
draw_name(struct graph *g, const struct band *b, const char *name)
{
	const struct ink_of ink = { 90, .mono = TRUE, .bold = b->own };
	g_autoptr(GArray) lines = lines_of(g, b, name);
	int y = g->y, x;

	if (g->drawn >= DRAWING_ROWS) {
		g->left += lines->len;
		return;
	}
	svg_text(&g->x->h, X_NAME, y + 3, W_NAME, &ink, name);
	x = X_NAME + svg_reach(W_NAME, &ink, name) + 4;
	for (guint i = 0; i < lines->len; i++) {
		const struct line *l = &g_array_index(lines, struct line, i);

		draw_address(g, b, l, MIN(x, X_FORK - 20), y);
		g->drawn++;
		g->y += ROW;
		draw_more(g, l->more);
	}
}

static void
draw_band(struct graph *g, const struct band *b)
{
	static const struct ink_of soft = { 85, .soft = TRUE };
	const GPtrArray *roles = g->x->v.roles;
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	for (guint i = 0; i < roles->len; i++) {
		const struct role_row *r = roles->pdata[i];

		if (in_band(g, b, r))
			strings_add(names, r->name);
	}
	if (names->len > 0 && b->title != NULL) {
		svg_line(&g->x->h, X_NAME, g->y - 6, X_END, g->y - 6, 5, NULL,
		    TRUE);
		svg_text(&g->x->h, X_NAME, g->y + 6, 0, &soft, b->title);
		g->y += ROW;
	}
	for (guint i = 0; i < names->len; i++)
		draw_name(g, b, names->pdata[i]);
	g->y += names->len > 0 ? 4 : 0;
}

static void
draw_heads(struct html *h)
{
	static const struct ink_of soft = { 85, .soft = TRUE };
	static const struct ink_of end = { 85, .soft = TRUE, .anchor = "end" };

	svg_text(h, X_NAME, 12, 0, &soft, "Name asked");
	svg_text(h, X_IP, 12, 0, &soft, "Address that DNS returned");
	svg_text(h, X_HOLDER, 12, 0, &soft, "Allocated to, per RDAP");
	svg_text(h, X_ROLE, 12, 0, &soft, "Role");
	svg_text(h, X_END, 12, 0, &end, "Country");
	svg_line(h, X_NAME, 18, X_END, 18, 10, NULL, FALSE);
}

static void
draw_legend(struct graph *g)
{
	static const struct ink_of soft = { 80, .soft = TRUE };
	static const struct ink_of bold = { 80, .bold = TRUE };
	struct html *h = &g->x->h;

	svg_line(h, X_NAME, g->y, X_END, g->y, 10, NULL, FALSE);
	for (size_t i = 0; i < G_N_ELEMENTS(bands); i++) {
		if (bands[i].legend == NULL)
			continue;
		g->y += 14;
		svg_line(h, X_NAME, g->y, X_NAME + 36, g->y, bands[i].width,
		    bands[i].dash, FALSE);
		svg_text(h, X_NAME + 44, g->y + 3, 0, &soft, bands[i].legend);
	}
	g->y += 16;
	svg_text(h, X_NAME, g->y, 0, &bold, g->x->v.run->title);
	g->y += 8;
}

static const char title[] = "Names, addresses and the holders of the addresses";
static const char desc[] = "Each name at the left is joined to the addresses "
    "that answers gave for it, and each address to the organisation to which a "
    "registry allocated it, with its role and the country of the holder. "
    "Numbers are records. Tables of the sections on names and on addresses say "
    "the same.";

void
drawing_graph(struct exhibit_doc *x)
{
	g_autoptr(GArray) records = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	struct graph g = { .x = x, .y = TOP, .records = records };
	GString *before = html_divert(&x->h);
	g_autofree char *drawn = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(bands); i++)
		draw_band(&g, &bands[i]);
	if (g.drawn > 0)
		draw_legend(&g);
	drawn = html_diverted(&x->h, before);
	if (g.drawn == 0)
		return;
	html_raw(&x->h, "<figure><figcaption>Figure 1. What DNS returned, and "
	    "to whom the registries allocated it</figcaption>\n");
	svg_open(&x->h, "graph", title, desc, g.y + 4);
	draw_heads(&x->h);
	html_raw(&x->h, drawn);
	svg_close(&x->h);
	say(&x->h, "</figure>\n<p class=\"note\">Numbers are records of run %t. "
	    "A line says what an answer stated; it does not say who used an "
	    "address. The country is that of the holder, as registered, and is "
	    "not the place of a server.", x->v.run->name);
	if (g.left > 0)
		say(&x->h, " %d further addresses are not drawn; the table of "
		    "addresses has all.", (uint64_t)g.left);
	html_raw(&x->h, " ");
	html_cite(&x->h, records);
	html_raw(&x->h, "</p>\n");
}
