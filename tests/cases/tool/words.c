/*
 * case-words NAME CASE: the words, quotations, statuses and JSON of every
 * document of the case (tests/unit/wording.h), as lines of TAP without a plan.
 */

#include <stdio.h>

#include "collector/case.h"
#include "collector/cmd.h"
#include "tests/unit/wording.h"

static struct record *
load(const char *dir)
{
	g_autoptr(GError) e = NULL;
	struct record *rec = NULL;
	struct kase k;

	if (case_load(dir, &k, &e) == 0) {
		if (k.dir != NULL)
			rec = case_record(&k, &e);
		/* what a report quotes is in a run that was read whole */
		if (rec != NULL && rec->runs->len > 0 &&
		    case_run_whole(&k, rec, rec->runs->len - 1, &e) != 0)
			g_clear_pointer(&rec, record_free);
		case_clear(&k);
	}
	if (rec == NULL)
		printf("# %s\n", e != NULL ? e->message : "no case");
	return rec;
}

int
main(int argc, char **argv)
{
	g_autoptr(GPtrArray) faults = NULL;
	struct record *rec;

	if (argc != 3)
		return 2;
	rec = load(argv[2]);
	if (rec == NULL)
		return 2;
	faults = wording_faults(rec);
	printf("%sok - %s: words, quotations, statuses and JSON of its "
	    "documents\n", faults->len > 0 ? "not " : "", argv[1]);
	for (guint i = 0; i < faults->len && i < 20; i++)
		printf("# %s\n", (char *)faults->pdata[i]);
	record_free(rec);
	return faults->len > 0;
}
