/*
 * goodcause note: an examiner's note, dated and chained into the ledger.  It
 * says what was done outside the program; the worksheet's chronology shows it.
 * A note is never changed or taken back: a further one corrects it.
 */

#include <stdio.h>
#include <string.h>

#include "collector/case.h"
#include "collector/cmd.h"
#include "collector/seal.h"
#include "probes/text.h"

enum { NOTE_MAX = 4000 };	/* bytes */

static int
check(const char *text)
{
	if (*text == '\0')
		return cmd_fail(EXIT_USAGE_, "As in: goodcause note \"called "
		    "the registrar; no answer\"", "note: no text");
	if (strlen(text) > NOTE_MAX)
		return cmd_fail(EXIT_USAGE_, "A longer text is a document: "
		    "goodcause import document FILE", "note: %zu bytes, and "
		    "%d are the most", strlen(text), NOTE_MAX);
	if (!g_utf8_validate(text, -1, NULL))
		return cmd_fail(EXIT_USAGE_, "Say it in the terminal's own "
		    "characters.", "note: the text is not UTF-8");
	return 0;
}

static int
note(const struct globals *g, const char *text)
{
	g_autoptr(GError) e = NULL;
	struct kase k;
	int rc = cmd_case(g, &k);

	if (rc != 0)
		return rc;
	rc = ledger_append(k.dir, "note", json_pack("{s:s, s:s}", "who", k.name,
	    "text", text), &e);
	case_clear(&k);
	if (rc != 0)
		return cmd_error(e);
	if (!g->quiet)
		puts("noted in ledger.jsonl");
	return EXIT_DONE;
}

int
cmd_note(const struct globals *globals, int argc, char **argv)
{
	struct globals g = *globals;
	const GOptionEntry entries[] = { { .long_name = NULL } };
	g_autofree char *text = NULL;
	int over = cmd_options(&g, "note TEXT", "Adds a dated note to the "
	    "case's ledger: what was done outside the program,\nas it was done. "
	    "The worksheet shows it among the steps. It stays: a further\nnote "
	    "corrects it.", entries, &argc, &argv);

	if (over != 0)
		return over - 1;
	text = argc > 1 ? g_strstrip(g_strjoinv(" ", argv + 1)) : g_strdup("");
	over = check(text);
	return over != 0 ? over : note(&g, text);
}
