/*
 * goodcause geoip: the databases of where an address is said to be: which are
 * there, more of them, and what they say side by side.
 */

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "collector/case.h"
#include "collector/cmd.h"
#include "collector/line.h"
#include "geoip/geo.h"
#include "probes/guard.h"
#include "probes/reader.h"
#include "probes/seam.h"
#include "probes/text.h"

#define ADDRESSES	1000	/* compared at a time */
#define SCHEMA		"geoip/1"	/* geoip.schema.json */

/* --- the list -------------------------------------------------------------------- */

static int64_t
age_days(const struct geo_info *i)
{
	int64_t built = text_time_parse(i->build);

	return built == INT64_MIN ? -1 :
	    (clock_wall_us() - built) / INT64_C(86400000000);
}

static json_t *
info_json(const struct geo_info *i)
{
	const char *caution = geo_info_caution(i);

	return json_pack("{s:o, s:o, s:o, s:s, s:I, s:I, s:I, s:i, s:s, s:s, "
	    "s:s?}", "file", text_json(i->file, strlen(i->file)), "path",
	    text_json(i->path, strlen(i->path)), "type",
	    text_json(i->type, strlen(i->type)), "build", i->build,
	    "age_days", (json_int_t)age_days(i), "bytes",
	    (json_int_t)i->size, "nodes", (json_int_t)i->nodes, "ip_version",
	    (int)i->ip_version, "sha256", i->sha256, "licence", i->licence,
	    "caution", caution);
}

static void
line(const char *label, const char *text)
{
	g_autoptr(GString) s = g_string_new(NULL);

	text_term(s, text, -1);
	printf("  %-9s %s\n", label, s->str);
}

static void
info_print(const struct geo_info *i)
{
	g_autoptr(GString) path = g_string_new(NULL);
	g_autofree char *built = g_strdup_printf("%.10s, %" G_GINT64_FORMAT
	    " days ago", i->build, age_days(i));
	g_autofree char *size = g_strdup_printf("%" G_GUINT64_FORMAT " bytes, "
	    "%u nodes, IPv%u", i->size, (unsigned)i->nodes, i->ip_version);

	text_term(path, i->path, -1);
	printf("%s\n", path->str);
	line("type", i->type);
	line("built", *i->build != '\0' ? built : "not said");
	line("size", size);
	line("sha256", i->sha256);
	line("licence", i->licence);
	if (geo_info_caution(i) != NULL)
		line("caution", geo_info_caution(i));
}

static json_t *
list_json(const struct geo_set *set)
{
	json_t *all = json_array(), *problems = json_array();
	const char *p;

	for (size_t i = 0; i < geo_set_count(set); i++)
		json_array_append_new(all, info_json(geo_set_info(set, i)));
	for (size_t k = 0; (p = geo_set_problem(set, k)) != NULL; k++)
		json_array_append_new(problems, text_json(p, strlen(p)));
	return json_pack("{s:s, s:o, s:o}", "schema", SCHEMA, "databases", all,
	    "problems", problems);
}

static int
geoip_list(const struct globals *g, const struct geo_set *set)
{
	const char *p;

	if (g->json)
		cmd_json(list_json(set));
	for (size_t i = 0; !g->json && i < geo_set_count(set); i++)
		info_print(geo_set_info(set, i));
	for (size_t k = 0; (p = geo_set_problem(set, k)) != NULL; k++)
		cmd_fail(0, NULL, "%s", p);
	if (geo_set_count(set) > 0)
		return EXIT_DONE;
	return cmd_fail(EXIT_SHORT, "\"goodcause geoip fetch\" or \"make "
	    "geoip\" fetches two; MaxMind's geoipupdate puts its own where "
	    "they are found.", "geoip: no database was found");
}

/* --- fetching -------------------------------------------------------------------- */

/* The script of the source tree that the program was built in; NULL elsewhere. */
static char *
fetch_script(void)
{
	g_autofree char *exe = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *dir = g_path_get_dirname(exe != NULL ? exe : ".");
	char *script = g_build_filename(dir, "..", "geoip", "fetch", NULL);

	if (g_file_test(script, G_FILE_TEST_IS_EXECUTABLE))
		return script;
	g_free(script);
	return NULL;
}

static int
geoip_fetch(void)
{
	g_autofree char *script = fetch_script();
	g_autofree char *to = g_build_filename(g_get_user_data_dir(),
	    "goodcause", "geoip", NULL);
	g_autofree char *parent = g_path_get_dirname(to);
	g_autoptr(GError) e = NULL;
	char *args[] = { script, to, NULL };
	int status = 0;

	if (script == NULL)
		return cmd_fail(EXIT_CANNOT, "Run \"make geoip\" in the source "
		    "tree, or put .mmdb files into the folder\nthat "
		    "\"goodcause geoip --help\" names.", "geoip: this program "
		    "does not stand in its source tree");
	if (g_mkdir_with_parents(parent, 0755) != 0 ||
	    !g_spawn_sync(NULL, args, NULL, G_SPAWN_CHILD_INHERITS_STDIN, NULL,
	    NULL, NULL, NULL, &status, &e))
		return cmd_fail(EXIT_CANNOT, NULL, "geoip: %s", e != NULL ?
		    e->message : "no folder can be made for the databases");
	return g_spawn_check_wait_status(status, NULL) ? EXIT_DONE :
	    EXIT_CANNOT;
}

/* --- comparing -------------------------------------------------------------------- */

/* What database i says, in the words of a run's own reader; NULL where it is
 * not for this address. */
static struct fact *
answer(const struct geo_set *set, size_t i, const char *ip)
{
	const struct geo_info *db = geo_set_info(set, i);
	g_autoptr(GString) json = g_string_new(NULL);
	g_autoptr(GString) out = g_string_new(NULL);
	struct question *q = question_new(PROBE_GEO, ip, "place", db->file, "",
	    0, "");
	struct exchange *x = exchange_new(q);
	char network[64] = "";
	int rc = geo_lookup(set, i, ip, json, network);
	struct fact *f = NULL;

	g_strlcpy(x->detail, rc == 1 ? "found" : "none", sizeof(x->detail));
	exchange_meta(x, "db.network", network);
	exchange_meta(x, "db.build", db->build);
	if (rc == 1)
		x->received.bytes = g_bytes_new(json->str, json->len);
	if (rc >= 0 && reader_of(PROBE_GEO)->read(x, out) == 0 && out->len > 0)
		f = fact_from_line(out->str, strcspn(out->str, "\n"));
	/* A database of networks' numbers names no place. */
	if (f != NULL && f->kind != FACT_GEO_PLACE &&
	    f->kind != FACT_GEO_NONE)
		g_clear_pointer(&f, fact_free);
	exchange_free(x);
	question_unref(q);
	return f;
}

static void
answer_print(const struct fact *f)
{
	static const char *const fields[] = { "country", "region", "city" };
	g_autoptr(GString) s = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		if (*fact_str(f, fields[i]) != '\0') {
			g_string_append(s, s->len > 0 ? ", " : "");
			text_term(s, fact_str(f, fields[i]), -1);
		}
	printf("  %-36s %s  (%s)\n", fact_str(f, "db"), f->kind ==
	    FACT_GEO_NONE ? "no place for it" : s->str, fact_str(f,
	    "network"));
}

static void
country_add(json_t *countries, const char *c)
{
	const json_t *v;
	size_t i;

	json_array_foreach(countries, i, v)
		if (strcmp(json_string_value(v), c) == 0)
			return;
	if (*c != '\0')
		json_array_append_new(countries, json_string(c));
}

static json_t *
compare_one(const struct globals *g, const struct geo_set *set,
    const char *ip)
{
	json_t *answers = json_array(), *countries = json_array();
	size_t n;

	if (!g->json)
		printf("%s\n", ip);
	for (size_t i = 0; i < geo_set_count(set); i++) {
		struct fact *f = answer(set, i, ip);

		if (f == NULL)
			continue;
		if (!g->json)
			answer_print(f);
		country_add(countries, fact_str(f, "country"));
		json_array_append(answers, f->value);
		fact_free(f);
	}
	n = json_array_size(countries);
	if (!g->json)
		printf("  %s\n", n == 0 ? "no database names a country" :
		    n == 1 ? "agree on the country, where they name one" :
		    "differ on the country");
	return json_pack("{s:s, s:b, s:o, s:o}", "address", ip, "agree", n == 1,
	    "countries", countries, "answers", answers);
}

static int
run_fact(const char *text, size_t len, void *arg)
{
	GPtrArray *ips = arg;
	struct fact *f = fact_read(text, len);

	if (f != NULL && (f->kind == FACT_GEO_PLACE ||
	    f->kind == FACT_GEO_NONE) && ips->len < ADDRESSES &&
	    !g_ptr_array_find_with_equal_func(ips, f->subject, g_str_equal,
	    NULL))
		g_ptr_array_add(ips, g_strdup(f->subject));
	fact_free(f);
	return 0;
}

static int
run_addresses(const struct globals *g, const char *run, GPtrArray *ips)
{
	g_autofree char *dir = case_run_named(g->dir, run);
	g_autofree char *file = g_build_filename(dir, "data", "facts.jsonl",
	    NULL);
	g_autoptr(GError) e = NULL;
	uint64_t whole;

	if (line_each(file, run_fact, ips, &whole, &e) == 0)
		return 0;
	return cmd_fail(EXIT_USAGE_, "As in: goodcause geoip compare --run 1",
	    "geoip: %s: %s", file, e != NULL ? e->message : "cannot be read");
}

static int
geoip_compare(const struct globals *g, const struct geo_set *set,
    const char *run, char **given)
{
	g_autoptr(GPtrArray) ips = g_ptr_array_new_with_free_func(g_free);
	json_t *all;
	int rc;

	for (char **a = given; *a != NULL && ips->len < ADDRESSES; a++) {
		char ip[ADDR_TEXT];

		if (addr_canonical(*a, ip) != 0)
			return cmd_fail(EXIT_USAGE_, "As in: goodcause geoip "
			    "compare 192.0.2.7", "%s: not an address", *a);
		g_ptr_array_add(ips, g_strdup(ip));
	}
	if (run != NULL && (rc = run_addresses(g, run, ips)) != 0)
		return rc;
	if (ips->len == 0)
		return cmd_fail(EXIT_USAGE_, "Give addresses, or a run that "
		    "has some: --run 1", "geoip compare: nothing to compare");
	all = json_array();
	for (guint i = 0; i < ips->len; i++)
		json_array_append_new(all, compare_one(g, set, ips->pdata[i]));
	if (g->json)
		cmd_json(json_pack("{s:s, s:O}", "schema", SCHEMA,
		    "addresses", all));
	json_decref(all);
	return EXIT_DONE;
}

/* --- the command -------------------------------------------------------------------- */

int
cmd_geoip(const struct globals *globals, int argc, char **argv)
{
	struct globals g = *globals;
	g_autofree char *run = NULL;
	const GOptionEntry entries[] = {
		{ "run", 0, 0, G_OPTION_ARG_STRING, &run,
		    "compare: the addresses of that run", "N" },
		{ .long_name = NULL },
	};
	struct geo_set *set;
	int rc, over = cmd_options(&g, "geoip [fetch | compare ADDRESS...]",
	    "The databases of places that a run would ask, in the order in "
	    "which it asks them.\nfetch gets those that may be passed on into "
	    "~/.local/share/goodcause/geoip; compare\nlooks addresses up in "
	    "all of them. Databases that MaxMind's geoipupdate keeps are\n"
	    "found by themselves.", entries, &argc, &argv);

	if (over != 0)
		return over - 1;
	if (argc == 2 && strcmp(argv[1], "fetch") == 0)
		return geoip_fetch();
	if (argc > 1 && strcmp(argv[1], "compare") != 0)
		return cmd_fail(EXIT_USAGE_, "goodcause geoip --help lists "
		    "what it takes.", "geoip: %s: no such thing to do",
		    argv[1]);
	set = geo_set_open();
	rc = argc > 1 ? geoip_compare(&g, set, run, argv + 2) :
	    geoip_list(&g, set);
	geo_set_free(set);
	return rc;
}
