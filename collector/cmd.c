/*
 * What the commands share: how they say that something failed, how they print
 * JSON, how they open the case at hand, and what the terminal is like.
 */

#include "collector/cmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "collector/case.h"
#include "probes/text.h"

/* Each line of text on a line of its own, indented; nothing else of it acts. */
static void
print_remedy(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", 12);

	for (size_t i = 0; lines[i] != NULL; i++) {
		g_autoptr(GString) s = g_string_new(NULL);

		text_term(s, lines[i], -1);
		if (s->len > 0)
			fprintf(stderr, "  %s\n", s->str);
	}
}

int
cmd_fail(int status, const char *remedy, const char *fmt, ...)
{
	va_list ap;
	g_autofree char *what = NULL;
	g_autoptr(GString) s = g_string_new(NULL);
	char *more;

	va_start(ap, fmt);
	what = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	more = strchr(what, '\n');
	if (more != NULL)
		*more++ = '\0';
	text_term(s, what, -1);
	/* Results first: a pipe and the terminal may be one. */
	fflush(stdout);
	fprintf(stderr, "goodcause: %s\n", s->str);
	if (more != NULL)
		print_remedy(more);
	if (remedy != NULL)
		print_remedy(remedy);
	return status;
}

int
cmd_error(const GError *e)
{
	return cmd_fail(case_status(e), NULL, "%s", e->message);
}

void
cmd_json(json_t *o)
{
	char *text = json_dumps(o, JSON_INDENT(2));

	if (text == NULL)
		g_error("JSON: a text is not UTF-8");
	puts(text);
	free(text);
	json_decref(o);
}

int
cmd_case(const struct globals *g, struct kase *k)
{
	g_autoptr(GError) e = NULL;

	if (case_load(g->dir, k, &e) != 0)
		return cmd_error(e);
	if (k->dir != NULL)
		return 0;
	case_clear(k);
	return cmd_fail(EXIT_USAGE_, "\"goodcause init DIR --forum US-HI\" "
	    "makes one; -C DIR names another folder.", "%s: there is no case "
	    "here", g->dir);
}

gboolean
cmd_colour(const struct globals *g, int fd)
{
	const char *no = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	if (g->no_color || (no != NULL && *no != '\0'))
		return FALSE;
	if (term == NULL || strcmp(term, "dumb") == 0)
		return FALSE;
	return isatty(fd) == 1;
}

int
cmd_columns(int fd)
{
	struct winsize w = { .ws_col = 0 };

	if (isatty(fd) != 1)
		return 0;
	if (ioctl(fd, TIOCGWINSZ, &w) != 0 || w.ws_col == 0)
		return 80;
	return w.ws_col < 20 ? 20 : w.ws_col;
}
