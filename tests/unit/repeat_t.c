/* The same row in two files counts once, and it is no matter in which. */

#include "reports/repeat.h"
#include "tests/unit/importkit.h"

#define DAY	"2026-04-13T20:01:02Z"

static const struct activity *
row_at(const struct import *m, guint i)
{
	return &g_array_index(m->rows, struct activity, i);
}

static void
test_two_files(void)
{
	struct kit k;
	char doe[] = "Doe 1", act[] = "download", work[] = "Work 1";
	struct import *a, *b;
	const struct repeat *p;

	kit_init(&k);
	a = kit_import(&k, IMPORT_ACTIVITY, "A-1");
	kit_activity(a, "Doe 1", "192.0.2.7", DAY, "download", "Work 1", 0);
	kit_activity(a, "Doe 1", "192.0.2.8", DAY, "download", "Work 1", 0);
	b = kit_import(&k, IMPORT_ACTIVITY, "A-2");
	kit_activity(b, "Doe 1", "192.0.2.9", DAY, "download", "Work 1", 0);
	/* Texts of another file are other pointers. */
	kit_activity(b, doe, "192.0.2.8", DAY, act, work, 0);
	kit_activity(b, "Doe 1", "192.0.2.8", DAY, "download", "Work 2", 0);
	repeats_mark(k.rec->imports);
	g_assert_cmpuint(a->counted, ==, 2);
	g_assert_null(a->repeats);
	g_assert_cmpuint(b->counted, ==, 2);
	g_assert_cmpuint(row_at(b, 0)->faults, ==, 0);
	g_assert_cmpuint(row_at(b, 1)->faults, ==, ROW_DUPLICATE);
	g_assert_cmpuint(row_at(b, 2)->faults, ==, 0);
	p = repeat_find(b, 2);
	g_assert_nonnull(p);
	g_assert_true(p->of == a);
	g_assert_cmpuint(p->of_row, ==, 2);
	g_assert_null(repeat_find(b, 1));
	g_assert_null(repeat_find(a, 2));
	kit_clear(&k);
}

/* Another source, another kind of file, an address that was not read: no repeat. */
static void
test_not_the_same(void)
{
	struct kit k;
	struct import *a, *b, *c;
	static const struct activity_said other = { "Doe 1", "download",
		"Work 1", "another log", "" };
	struct history h = { .row = 1, .subject = "a.example", .type = "a",
		.value = "192.0.2.7", .first_seen = "2026-01-01",
		.last_seen = "2026-02-01", .source = "one" };

	kit_init(&k);
	a = kit_import(&k, IMPORT_ACTIVITY, "A-1");
	kit_activity(a, "Doe 1", "192.0.2.7", DAY, "download", "Work 1", 0);
	kit_activity(a, "Doe 1", "", DAY, "download", "Work 1", ROW_IP_BAD);
	b = kit_import(&k, IMPORT_ACTIVITY, "A-2");
	kit_activity(b, "Doe 1", "192.0.2.7", DAY, "download", "Work 1", 0);
	g_array_index(b->rows, struct activity, 0).is = &other;
	kit_activity(b, "Doe 1", "", DAY, "download", "Work 1", ROW_IP_BAD);
	c = kit_import(&k, IMPORT_HISTORY, "H-1");
	g_array_append_val(c->rows, h);
	c->counted = 1;
	c = kit_import(&k, IMPORT_HISTORY, "H-2");
	h.last_seen = "2026-02-02";
	g_array_append_val(c->rows, h);
	h.row = 2;
	h.last_seen = "2026-02-01";
	g_array_append_val(c->rows, h);
	c->counted = 2;
	repeats_mark(k.rec->imports);
	g_assert_cmpuint(a->counted, ==, 1 + 1);
	g_assert_cmpuint(b->counted, ==, 1 + 1);
	g_assert_null(b->repeats);
	g_assert_cmpuint(c->counted, ==, 1);
	g_assert_null(repeat_find(c, 1));
	g_assert_nonnull(repeat_find(c, 2));
	kit_clear(&k);
}

/* A time that could not be read is what was written. */
static void
test_unread_times(void)
{
	struct kit k;
	struct import *a, *b;

	kit_init(&k);
	a = kit_import(&k, IMPORT_ACTIVITY, "A-1");
	kit_activity(a, "Doe 1", "192.0.2.7", "03/04/2026", "download", "", 0);
	b = kit_import(&k, IMPORT_ACTIVITY, "A-2");
	kit_activity(b, "Doe 1", "192.0.2.7", "04/03/2026", "download", "", 0);
	kit_activity(b, "Doe 1", "192.0.2.7", "03/04/2026", "download", "", 0);
	repeats_mark(k.rec->imports);
	g_assert_cmpuint(row_at(b, 0)->faults, ==, 0);
	g_assert_cmpuint(row_at(b, 1)->faults, ==, ROW_DUPLICATE);
	kit_clear(&k);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/repeat/two-files", test_two_files);
	g_test_add_func("/repeat/not-the-same", test_not_the_same);
	g_test_add_func("/repeat/unread-times", test_unread_times);
	return g_test_run();
}
