/*
 * goodcause init: a case, and once a user, the key that signs runs.
 */

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "collector/case.h"
#include "collector/cmd.h"
#include "collector/key.h"
#include "collector/seal.h"
#include "probes/text.h"

/* The user's key, made where there is none; its fingerprint. */
static int
have_key(char **path, gboolean *made, char print[65], GError **e)
{
	struct stat st;
	struct key *key;

	*path = key_default_path();
	*made = lstat(*path, &st) != 0;
	if (*made && key_create(*path, e) != 0)
		return -1;
	key = key_load(*path, e);
	if (key == NULL)
		return -1;
	key_fingerprint(key, print);
	key_free(key);
	return 0;
}

static void
say_json(const char *dir, const char *forum, const char *key, gboolean made)
{
	cmd_json(json_pack("{s:s, s:s, s:o, s:s, s:s, s:b}", "goodcause",
	    goodcause_version, "schema", "init/1", "case",
	    text_json(dir, strlen(dir)), "forum", forum, "key_sha256", key,
	    "key_made", made));
}

static void
say(const char *dir, const char *path, const char *key, gboolean made)
{
	g_autoptr(GString) where = g_string_new(NULL);
	g_autoptr(GString) file = g_string_new(NULL);

	text_term(where, dir, -1);
	text_term(file, path, -1);
	printf("made      %s: case.ini, targets.txt, parties.csv, entities.csv,\n"
	    "          statements.csv, own_addresses.txt, ledger.jsonl and "
	    "folders\n", where->str);
	printf("signing   key %s\n          %s %s\n", key,
	    made ? "made now, readable by you alone:" : "of yours:", file->str);
	printf("next: fill in case.ini and targets.txt, then "
	    "goodcause -C %s collect\n", where->str);
}

static int
make(const struct globals *g, const char *dir, const char *forum,
    const char *title)
{
	g_autoptr(GError) e = NULL;
	g_autofree char *path = NULL;
	gboolean made;
	char print[65];

	if (case_make(dir, forum, title, &e) != 0)
		return cmd_error(e);
	if (have_key(&path, &made, print, &e) != 0)
		return cmd_fail(EXIT_CANNOT, "The case is made; runs will be "
		    "unsigned until there is a key.", "%s", e->message);
	if (g->json)
		say_json(dir, forum, print, made);
	else if (!g->quiet)
		say(dir, path, print, made);
	return EXIT_DONE;
}

int
cmd_init(const struct globals *globals, int argc, char **argv)
{
	struct globals g = *globals;
	g_autofree char *forum = NULL, *title = NULL;
	const GOptionEntry entries[] = {
		{ "forum", 'f', 0, G_OPTION_ARG_FILENAME, &forum,
		    "forum state, ISO 3166-2: US-HI", "US-XX" },
		{ "title", 't', 0, G_OPTION_ARG_FILENAME, &title,
		    "stands on every page", "TEXT" },
		{ .long_name = NULL },
	};
	int over = cmd_options(&g, "init DIR --forum US-HI [--title TEXT]",
	    "Makes a case in DIR: a commented case.ini, empty tables with "
	    "their headers,\ntargets.txt; and once a user the key that signs "
	    "runs, under the user's data\nfolder. An existing case is left "
	    "as it is.", entries, &argc, &argv);

	if (over != 0)
		return over - 1;
	if (argc > 2)
		return cmd_fail(EXIT_USAGE_, "One folder, as in: goodcause init "
		    "mycase --forum US-HI", "%s: one case at a time", argv[2]);
	if (argc < 2 && strcmp(g.dir, ".") == 0)
		return cmd_fail(EXIT_USAGE_, "As in: goodcause init mycase "
		    "--forum US-HI", "init: no folder is named");
	if (forum == NULL)
		return cmd_fail(EXIT_USAGE_, "As in: goodcause init mycase "
		    "--forum US-HI", "init: --forum is missing");
	return make(&g, argc > 1 ? argv[1] : g.dir, forum, title);
}
