#include "reports/svg.h"

#include <string.h>

#include "probes/text.h"

#define SMALLEST	60	/* tenths of a unit */

static const char sans[] = "Liberation Sans, Arial, Helvetica, sans-serif";
static const char mono[] = "DejaVu Sans Mono, Liberation Mono, Menlo, monospace";

void
svg_open(struct html *h, const char *id, const char *title, const char *desc,
    int height)
{
	g_string_append_printf(h->out, "<svg xmlns=\"http://www.w3.org/2000/svg\""
	    " viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" "
	    "aria-labelledby=\"%s-t %s-d\" font-family=\"%s\">\n", SVG_WIDTH,
	    height, SVG_WIDTH, height, id, id, sans);
	say(h, "<title id=\"%t-t\">%t</title>\n<desc id=\"%t-d\">%t</desc>\n",
	    id, title, id, desc);
	g_string_append_printf(h->out, "<rect width=\"%d\" height=\"%d\" "
	    "fill=\"#fff\"></rect>\n", SVG_WIDTH, height);
}

void
svg_close(struct html *h)
{
	html_raw(h, "</svg>");
}

/* Hundredths of a unit that a character is wide at a size of ten tenths; a
 * little more than most are, so that what is cut never is what would fit. */
static int
advance(const struct ink_of *i)
{
	return i->mono ? 61 : i->bold ? 60 : 55;
}

/* The size at which n characters fit, not below the smallest. */
static int
size_fit(int width, const struct ink_of *i, glong n)
{
	glong fit = n > 0 ? (glong)width * 1000 / (n * advance(i)) : i->size;

	return width == 0 ? i->size :
	    (int)CLAMP(fit, MIN(SMALLEST, i->size), i->size);
}

static char *
text_fit(int width, const struct ink_of *i, const char *text)
{
	g_autofree char *whole = g_utf8_make_valid(text, -1);
	glong n = g_utf8_strlen(whole, -1), most = width == 0 ? n :
	    (glong)width * 1000 / (size_fit(width, i, n) * advance(i));

	if (n <= most || most < 2)
		return g_steal_pointer(&whole);
	*g_utf8_offset_to_pointer(whole, most - 1) = '\0';
	return g_strconcat(whole, "\342\200\246", NULL);
}

void
svg_text(struct html *h, int x, int y, int width, const struct ink_of *i,
    const char *text)
{
	g_autofree char *fit = text_fit(width, i, text);
	int size = size_fit(width, i, g_utf8_strlen(fit, -1));

	g_string_append_printf(h->out, "<text x=\"%d\" y=\"%d\" font-size=\""
	    "%d.%d\" fill=\"%s\"%s", x, y, size / 10, size % 10, i->soft ?
	    "#333" : "#111", i->bold ? " font-weight=\"bold\"" : "");
	if (i->mono)
		g_string_append_printf(h->out, " font-family=\"%s\"", mono);
	if (i->anchor != NULL)
		g_string_append_printf(h->out, " text-anchor=\"%s\"",
		    i->anchor);
	html_raw(h, ">");
	html_text(h, fit);
	html_raw(h, "</text>\n");
}

int
svg_reach(int width, const struct ink_of *i, const char *text)
{
	g_autofree char *fit = text_fit(width, i, text);
	glong n = g_utf8_strlen(fit, -1);

	return (int)(n * size_fit(width, i, n) * advance(i) / 1000);
}

void
svg_line(struct html *h, int x1, int y1, int x2, int y2, int width,
    const char *dash, gboolean soft)
{
	g_string_append_printf(h->out, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" "
	    "y2=\"%d\" stroke=\"%s\" stroke-width=\"%d.%d\"", x1, y1, x2, y2,
	    soft ? "#b9b9b9" : "#111", width / 10, width % 10);
	if (dash != NULL)
		g_string_append_printf(h->out, " stroke-dasharray=\"%s\"",
		    dash);
	html_raw(h, "></line>\n");
}

void
svg_number(struct html *h, int x, int y, uint64_t n)
{
	static const struct ink_of ink = { 75, .soft = TRUE,
		.anchor = "middle" };
	g_autofree char *text = g_strdup_printf("%" G_GUINT64_FORMAT, n);
	int wide = 5 * (int)strlen(text) + 6;

	g_string_append_printf(h->out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" "
	    "height=\"10\" fill=\"#fff\"></rect>\n", x - wide / 2, y - 5, wide);
	svg_text(h, x, y + 3, 0, &ink, text);
}
