#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "collector/collect.h"
#include "collector/import_store.h"
#include "collector/plan.h"

static const char summary[] =
    "Collects what DNS, registries, servers and local databases say of each\n"
    "target, and seals it as one run. TARGET is a domain, a URL or an IP\n"
    "address; without one, the lines of the case's targets.txt, and what\n"
    "registries, the DNS and local files say of addresses in imported files,\n"
    "to which nothing is ever sent.";

static int
targets_missing(const struct kase *k)
{
	if (k->dir != NULL)
		return cmd_fail(EXIT_USAGE_,
		    "Give targets as arguments, or one a line in targets.txt.",
		    "targets.txt: no target in it");
	return cmd_fail(EXIT_USAGE_, "Give a domain, a URL or an IP address, "
	    "or make a case with \"goodcause init DIR\".",
	    "no target given, and no case here");
}

static gboolean
has_imports(const struct kase *k)
{
	g_autofree char *tip = k->dir != NULL ? imports_tip(k->dir) : NULL;

	return tip != NULL && *tip != '\0';
}

static int
collect_here(const struct globals *g, struct kase *k, char **texts, size_t n,
    gboolean imported)
{
	g_autofree char *dir = NULL;
	int lock = -1, rc;

	if (k->dir != NULL) {
		lock = case_lock(k->dir);
		if (lock < 0)
			return lock == -1 ? EXIT_BUSY : EXIT_CANNOT;
	}
	rc = collect_run(g, k, texts, n, imported, &dir);
	if (lock >= 0)
		close(lock);
	return rc;
}

int
cmd_collect(const struct globals *given, int argc, char **argv)
{
	struct globals g = *given;
	gboolean plan = FALSE;
	const GOptionEntry options[] = {
		{ "plan", 0, 0, G_OPTION_ARG_NONE, &plan,
		    "print what would be asked, and ask nothing", NULL },
		{ NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
	};
	struct kase k = { 0 };
	g_autoptr(GError) error = NULL;
	char **texts;
	size_t n;
	int rc = cmd_options(&g, "collect [TARGET...]", summary, options,
	    &argc, &argv);

	if (rc != 0)
		return rc - 1;
	if (case_load(g.dir, &k, &error) != 0)
		return cmd_error(error);
	texts = argc > 1 ? argv + 1 : (char **)k.targets->pdata;
	n = argc > 1 ? (size_t)argc - 1 : k.targets->len;
	if (n == 0 && !has_imports(&k))
		rc = targets_missing(&k);
	else if (plan)
		rc = plan_print(&g, &k, texts, n, argc == 1);
	else
		rc = collect_here(&g, &k, texts, n, argc == 1);
	case_clear(&k);
	return rc;
}
