#include "collector/cmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "probes/text.h"

/* The common options, as they are parsed; copied into the globals at the end. */
struct common {
	char		*dir;
	gboolean	 json, quiet, no_color, help;
	int		 verbose;
};

static gboolean
count_verbose(const char *name, const char *value, void *data, GError **e)
{
	struct common *c = data;

	(void)name;
	(void)value;
	(void)e;
	c->verbose++;
	return TRUE;
}

static void
common_entries(struct common *c, GOptionEntry out[7])
{
	const GOptionEntry entries[7] = {
		{ "directory", 'C', 0, G_OPTION_ARG_FILENAME, &c->dir,
		    "work on the case in DIR", "DIR" },
		{ "json", 0, 0, G_OPTION_ARG_NONE, &c->json,
		    "facts as JSON", NULL },
		{ "quiet", 'q', 0, G_OPTION_ARG_NONE, &c->quiet,
		    "results only", NULL },
		{ "verbose", 'v', G_OPTION_FLAG_NO_ARG, G_OPTION_ARG_CALLBACK,
		    (void *)(uintptr_t)count_verbose, "more of them", NULL },
		{ "no-color", 0, 0, G_OPTION_ARG_NONE, &c->no_color,
		    "no colour, also on a terminal", NULL },
		{ "help", 'h', 0, G_OPTION_ARG_NONE, &c->help,
		    "this text", NULL },
		{ .long_name = NULL },
	};

	memcpy(out, entries, sizeof(entries));
}

static void
print_entries(const GOptionEntry *e)
{
	for (; e != NULL && e->long_name != NULL; e++) {
		g_autoptr(GString) s = g_string_new("  ");

		if (e->flags & G_OPTION_FLAG_HIDDEN || *e->long_name == '\0')
			continue;
		if (e->short_name != 0)
			g_string_append_printf(s, "-%c, ", e->short_name);
		g_string_append_printf(s, "--%s", e->long_name);
		if (e->arg_description != NULL)
			g_string_append_printf(s, " %s", e->arg_description);
		printf("%-26s%s%s\n", s->str, s->len > 25 ? "  " : "",
		    e->description != NULL ? e->description : "");
	}
}

static void
print_help(const char *synopsis, const char *summary,
    const GOptionEntry *own, const GOptionEntry *common)
{
	printf("usage: goodcause %s\n\n%s\n\n", synopsis, summary);
	if (own != NULL && own->long_name != NULL) {
		print_entries(own);
		putchar('\n');
	}
	print_entries(common);
}

int
cmd_options(struct globals *g, const char *synopsis, const char *summary,
    const GOptionEntry *own, int *argc, char ***argv)
{
	struct common c = { .verbose = g->verbose };
	GOptionEntry entries[7];
	g_autoptr(GOptionContext) ctx = g_option_context_new(NULL);
	GOptionGroup *group = g_option_group_new("main", "", "", &c, NULL);
	g_autoptr(GError) e = NULL;
	g_autofree char *remedy = NULL;

	common_entries(&c, entries);
	g_option_context_set_help_enabled(ctx, FALSE);
	g_option_group_add_entries(group, entries);
	if (own != NULL)
		g_option_group_add_entries(group, own);
	g_option_context_set_main_group(ctx, group);
	if (!g_option_context_parse(ctx, argc, argv, &e)) {
		remedy = g_strdup_printf("goodcause %s --help lists what it "
		    "takes.", (*argv)[0]);
		return cmd_fail(EXIT_USAGE_, remedy, "%s: %s", (*argv)[0],
		    e->message) + 1;
	}
	/* "--" has done its work. */
	if (*argc > 1 && strcmp((*argv)[1], "--") == 0) {
		for (int i = 1; i < *argc; i++)
			(*argv)[i] = (*argv)[i + 1];
		(*argc)--;
	}
	if (c.help) {
		print_help(synopsis, summary, own, entries);
		g_free(c.dir);
		return EXIT_DONE + 1;
	}
	if (c.dir != NULL)
		g->dir = g_intern_string(c.dir);	/* outlives the command */
	g_free(c.dir);
	g->json |= c.json;
	g->quiet |= c.quiet;
	g->no_color |= c.no_color;
	g->verbose = c.verbose;
	return 0;
}
