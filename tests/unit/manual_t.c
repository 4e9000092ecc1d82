/*
 * The manual names what a user may set, and FORMAT.md what a log may hold: a
 * limit, a key of case.ini or a meta that stands in the source alone is found
 * here.
 */

#include <string.h>

#include "collector/case_ini.h"
#include "probes/limits.h"

#define MANUAL	"collector/goodcause.1"
#define FORMAT	"collector/FORMAT.md"

static char *
text_of(const char *file)
{
	char *text = NULL;

	g_assert_true(g_file_get_contents(file, &text, NULL, NULL));
	return text;
}

static void
limits(void)
{
	g_autofree char *manual = text_of(MANUAL);

	for (int i = 0; i < LIMITS; i++) {
		const struct limit_info *l = limit_info((enum limit)i);
		g_autofree char *item = g_strdup_printf(
		    "\n.It Cm limit.%s Bq %" G_GINT64_FORMAT "%s%s\n", l->name,
		    (gint64)l->value, *l->unit != '\0' ? " " : "", l->unit);

		if (strstr(manual, item) == NULL)
			g_test_fail_printf("limit.%s, or its value, is not in "
			    MANUAL, l->name);
	}
}

/* Every key that "init" writes, commented out or not. */
static void
settings(void)
{
	g_autofree char *manual = text_of(MANUAL);
	g_autofree char *ini = case_ini_template("US-HI", "x");
	g_auto(GStrv) lines = g_strsplit(ini, "\n", -1);
	guint n = 0;

	for (char **p = lines; *p != NULL; p++) {
		const char *s = *p + (**p == '#' ? 1 : 0);
		size_t len = strspn(s, "abcdefghijklmnopqrstuvwxyz_.");
		g_autofree char *item = NULL, *with = NULL;

		if (len == 0 || strncmp(s + len, " =", 2) != 0 ||
		    g_str_has_prefix(s, "limit."))
			continue;
		item = g_strdup_printf("\n.It Cm %.*s\n", (int)len, s);
		with = g_strdup_printf("\n.It Cm %.*s Bq ", (int)len, s);
		if (strstr(manual, item) == NULL &&
		    strstr(manual, with) == NULL)
			g_test_fail_printf("%.*s is not in " MANUAL, (int)len,
			    s);
		n++;
	}
	g_assert_cmpuint(n, >, 20);
}

/* "exchange_meta(x, "dns.again", ...": the names that are written as such. */
static void
meta_of(const char *path, const char *format)
{
	g_autofree char *source = text_of(path);
	const char *at = source;

	while ((at = strstr(at, "exchange_meta(")) != NULL) {
		const char *quote = strchr(at, '"'), *end = strchr(at, ';');
		g_autofree char *name = NULL;

		at += strlen("exchange_meta(");
		if (quote == NULL || end == NULL || quote > end)
			continue;
		name = g_strndup(quote + 1, strcspn(quote + 1, "\""));
		if (strcspn(name, "%") < strlen(name))
			continue;
		g_autofree char *cell = g_strdup_printf("`%s`", name);
		if (strstr(format, cell) == NULL)
			g_test_fail_printf("%s: %s is not in " FORMAT, path,
			    name);
	}
}

static void
metas(void)
{
	g_autofree char *format = text_of(FORMAT);
	GDir *dir = g_dir_open("probes", 0, NULL);
	const char *name;

	g_assert_nonnull(dir);
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_strconcat("probes/", name, NULL);

		if (g_str_has_suffix(name, ".c"))
			meta_of(path, format);
	}
	g_dir_close(dir);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/manual/limits", limits);
	g_test_add_func("/manual/settings", settings);
	g_test_add_func("/manual/metas", metas);
	return g_test_run();
}
