/* The case's own chain: ledger.jsonl. */

#include "collector/case.h"

#include "collector/chainfile.h"

static char *
ledger_path(const char *dir)
{
	return g_build_filename(dir, "ledger.jsonl", NULL);
}

int
ledger_append(const char *dir, const char *event, json_t *members, GError **e)
{
	g_autofree char *path = ledger_path(dir);

	return chainfile_append(path, event, members, NULL, e);
}

char *
ledger_tip(const char *dir)
{
	g_autofree char *path = ledger_path(dir);

	return chainfile_tip(path);
}
