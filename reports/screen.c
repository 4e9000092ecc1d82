#include "reports/screen.h"

#include <string.h>

#include "probes/text.h"

static const char *const inks[] = {
	[INK_PLAIN] = "", [INK_BOLD] = "\033[1m", [INK_RED] = "\033[31m",
	[INK_YELLOW] = "\033[33m",
};

/* The end of a line in somebody's words is a blank here, where lines wrap. */
static char *
escaped(const char *text)
{
	g_auto(GStrv) lines = g_strsplit_set(text, "\r\n", -1);
	GString *s = g_string_new(NULL);

	for (char **line = lines; *line != NULL; line++) {
		if (**line == '\0' && line != lines)
			continue;
		if (line != lines)
			g_string_append_c(s, ' ');
		text_term(s, *line, -1);
	}
	return g_string_free(s, FALSE);
}

static int
width_of(const char *utf8, gssize len)
{
	return (int)g_utf8_strlen(utf8, len);
}

static void
blanks(struct screen *s, int n)
{
	for (int i = 0; i < n; i++)
		g_string_append_c(s->out, ' ');
}

void
screen_ink(struct screen *s, enum ink ink, const char *text)
{
	g_autofree char *t = escaped(text);

	if (s->colour && ink != INK_PLAIN)
		g_string_append_printf(s->out, "%s%s\033[0m", inks[ink], t);
	else
		g_string_append(s->out, t);
}

void
screen_end(struct screen *s)
{
	while (s->out->len > 0 && s->out->str[s->out->len - 1] == ' ')
		g_string_truncate(s->out, s->out->len - 1);
	g_string_append_c(s->out, '\n');
}

void
screen_wrap_at(struct screen *s, int at, int indent, const char *text)
{
	g_autofree char *t = escaped(text);
	const char *p = t;

	while (*p != '\0') {
		size_t n = strcspn(p, " ");
		int w = width_of(p, (gssize)n);

		if (s->columns > 0 && at > indent && at + w > s->columns) {
			screen_end(s);
			blanks(s, indent);
			at = indent;
		}
		g_string_append_len(s->out, p, (gssize)n);
		at += w;
		p += n;
		if (*p == ' ') {
			g_string_append_c(s->out, ' ');
			at++;
			p++;
		}
	}
	screen_end(s);
}

void
screen_wrap(struct screen *s, const char *head, int indent, const char *text)
{
	int at = width_of(head, -1);

	g_string_append(s->out, head);
	if (at < indent) {
		blanks(s, indent - at);
		at = indent;
	}
	screen_wrap_at(s, at, indent, text);
}

void
screen_cell(struct screen *s, const char *text, int width)
{
	g_autofree char *t = escaped(text);
	int w = width_of(t, -1);

	if (s->columns > 0 && w > width - 1 && width > 5) {
		g_autofree char *cut = g_utf8_substring(t, 0, width - 4);

		g_string_append_printf(s->out, "%s... ", cut);
		return;
	}
	g_string_append(s->out, t);
	blanks(s, w < width ? width - w : 1);
}
