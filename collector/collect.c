#include "collector/collect.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "collector/collect_priv.h"
#include "collector/import_store.h"
#include "collector/key.h"
#include "collector/term.h"
#include "probes/dns_other.h"
#include "probes/seam.h"
#include "probes/shield.h"
#include "probes/text.h"
#include "probes/trust.h"

#define HINTS	"/usr/share/dns/root.hints"
#define ANCHORS	"/usr/share/dns/root.key"

static volatile sig_atomic_t interrupts;

static void
interrupted(int sig)
{
	(void)sig;
	if (++interrupts > 1)
		_exit(EXIT_CANNOT);
}

static void
signals_take(gboolean on)
{
	struct sigaction a = { .sa_handler = on ? interrupted : SIG_DFL };

	interrupts = 0;
	sigaction(SIGINT, &a, NULL);
	sigaction(SIGTERM, &a, NULL);
}

/* --- targets ------------------------------------------------------------------------ */

/* All of them, or -1 and a message for the first that is none. */
static int
targets_parse(struct collecting *c, char **texts, size_t n)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash,
	    g_str_equal);

	c->targets = g_new0(struct target, n + 1);
	for (size_t i = 0; i < n; i++) {
		struct target *t = &c->targets[c->ntargets];
		g_autofree char *why = NULL;

		if (target_parse(texts[i], t, &why) != 0) {
			cmd_fail(EXIT_USAGE_, "A target is a domain, a URL "
			    "or an IP address.", "%s; nothing was asked",
			    why);
			return -1;
		}
		if (g_hash_table_add(seen, t->name)) {
			c->ntargets++;
			continue;
		}
		if (*t->url != '\0')
			fprintf(stderr, "goodcause: %s: a target of this run "
			    "already; of its pages only the one named first "
			    "is asked for\n", t->name);
		target_clear(t);
	}
	return 0;
}

/* --- the way out ---------------------------------------------------------------------- */

/* The proxy of case.ini; its password is read here and stands nowhere else. */
static int
way_read(struct collecting *c)
{
	const struct kase *k = c->k;
	g_autofree char *user = NULL;
	const char *why = NULL;

	if (k->proxy == NULL || *k->proxy == '\0')
		return 0;
	if (k->proxy_password_file != NULL && !g_file_get_contents(
	    k->proxy_password_file, &user, NULL, &c->error))
		return cmd_fail(EXIT_CANNOT, NULL, "%s", c->error->message);
	if (way_parse(k->proxy, user, &c->way, &why) == 0)
		return 0;
	return cmd_fail(EXIT_USAGE_, "Give it as socks5h://127.0.0.1:9050 or "
	    "http://192.0.2.1:3128: by address, since looking its name up\n"
	    "would be a question that no record holds.",
	    "case.ini: proxy: %s", why);
}

/* --- what was imported ------------------------------------------------------------------ */

/* What is in force for the run, whether or not it asks about them. */
static int
imported_read(struct collecting *c, gboolean ask)
{
	const struct kase *k = c->k;

	if (k->dir == NULL)
		return 0;
	if (imported_open(k->dir, &k->limits, &c->imported, &c->error) != 0)
		return cmd_fail(EXIT_CANNOT, "Nothing was asked: the addresses "
		    "that must not be contacted are not known.", "%s",
		    c->error->message);
	c->ask_imported = ask &&
	    c->imported.ask->len + c->imported.keys->len > 0;
	if (c->ntargets == 0 && !c->ask_imported)
		return cmd_fail(EXIT_USAGE_, "Give targets as arguments, or "
		    "one a line in targets.txt.", "targets.txt: no target in "
		    "it, and no imported file names an address");
	if (c->way.url == NULL ||
	    !shield_holds(c->imported.shield, c->way.ip))
		return 0;
	return cmd_fail(EXIT_USAGE_, "Nothing is ever sent to one; choose "
	    "another proxy.", "case.ini: proxy: %s is an imported address",
	    c->way.ip);
}

static void
settings_imported(struct collecting *c)
{
	const struct imported *im = &c->imported;

	if (im->shield == NULL || *im->tip == '\0')
		return;
	json_object_set_new(c->settings, "imported", json_pack(
	    "{s:s, s:I, s:I, s:I, s:I}", "imports_tip", im->tip,
	    "never_contacted", (json_int_t)shield_count(im->shield),
	    "asked_about", (json_int_t)(c->ask_imported ? im->ask->len : 0),
	    "left_out", (json_int_t)im->left, "mail_keys",
	    (json_int_t)(c->ask_imported ? im->keys->len : 0)));
}

/* --- the run's folder ----------------------------------------------------------------- */

static char *
standalone_name(const struct collecting *c)
{
	char at[32];
	g_autoptr(GString) s = g_string_new(c->targets[0].name);

	text_time_s(at, clock_wall_us());
	g_string_append_c(s, '-');
	for (const char *p = at; *p != '\0'; p++)
		if (*p != '-' && *p != ':')
			g_string_append_c(s, *p);
	/* An IPv6 address has colons, which some file systems refuse. */
	g_strdelimit(s->str, ":", '_');
	return g_string_free(g_steal_pointer(&s), FALSE);
}

static void
plan_clear(struct collecting *c)
{
	g_clear_pointer(&c->parent, g_free);
	g_clear_pointer(&c->name, g_free);
	g_clear_pointer(&c->ledger, g_free);
	g_clear_pointer(&c->imports, g_free);
	g_clear_pointer(&c->previous, g_free);
	g_clear_pointer(&c->key, g_free);
	g_clear_pointer(&c->roots, g_free);
}

int
plan_make(struct collecting *c)
{
	struct kase *k = c->k;
	unsigned last = k->dir != NULL ? case_last_run(k->dir) : 0;
	g_autofree char *key = NULL;

	plan_clear(c);
	if (k->dir != NULL) {
		c->parent = g_build_filename(k->dir, "runs", NULL);
		c->name = g_strdup_printf("%06u", c->number);
		c->ledger = ledger_tip(k->dir);
		c->imports = imports_tip(k->dir);
		c->previous = run_head_of(k->dir, last);
	} else {
		c->parent = g_strdup(".");
		c->name = standalone_name(c);
	}
	key = k->signing_key != NULL ? g_strdup(k->signing_key) :
	    key_default_path();
	if (k->signing_key != NULL || g_file_test(key, G_FILE_TEST_EXISTS))
		c->key = g_steal_pointer(&key);
	if (k->roots != NULL &&
	    !g_file_get_contents(k->roots, &c->roots, NULL, &c->error))
		return -1;
	c->plan = (struct run_plan){
		.parent = c->parent, .name = c->name, .title = k->title,
		.case_id = k->number, .organisation = k->organisation,
		.collector = k->name, .vantage = k->vantage,
		.previous_head = c->previous != NULL ? c->previous : "",
		.ledger_tip = c->ledger != NULL ? c->ledger : "",
		.imports_tip = c->imports != NULL ? c->imports : "",
		.authorities = (const char *const *)k->authorities,
		.roots_pem = c->roots, .wait_ms = k->wait_ms,
		.key_file = c->key, .settings = c->settings,
	};
	return 0;
}

static json_t *
first_line(const struct collecting *c)
{
	json_t *m = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "format",
	    "run/1", "run", c->run.id, "program", "goodcause",
	    "version", goodcause_version, "case", c->plan.title, "opened",
	    c->run.opened != NULL ? c->run.opened : "");

	json_object_set_new(m, "open_token_sha256", *c->run.open_token_sha256
	    != '\0' ? json_string(c->run.open_token_sha256) : json_null());
	return m;
}

static int
run_begin(struct collecting *c)
{
	if (c->resumed)
		return run_go_on(c);
	if (run_open(&c->plan, &c->run, &c->error) != 0)
		return -1;
	c->journal = journal_create(c->run.dir, first_line(c), &c->error);
	return c->journal != NULL ? 0 : -1;
}

/* --- small inputs, whole ----------------------------------------------------------------- */

static void
input_file(struct collecting *c, const char *name, const char *path)
{
	g_autofree char *text = NULL;
	gsize len = 0;
	g_autoptr(GBytes) b = NULL;

	if (!g_file_get_contents(path, &text, &len, NULL))
		return;
	b = g_bytes_new_take(g_steal_pointer(&text), len);
	run_input(&c->run, name, b, NULL);
}

static void
root_used(const char *sha256, GBytes *pem, void *arg)
{
	struct collecting *c = arg;
	g_autofree char *name = g_strdup_printf("root-%.16s.pem", sha256);

	run_input(&c->run, name, pem, NULL);
}

/* --- collecting ------------------------------------------------------------------------------ */

static void
tell(const struct exchange *x, void *arg)
{
	struct collecting *c = arg;

	told_add(c->told, x);
}

static void
set_make(struct collecting *c)
{
	struct kase *k = c->k;

	c->set = (struct raise_set){
		.anchor = ANCHORS, .all = resolvers_load(NULL),
		.resolvers = resolvers_load(k->second_opinion),
		.subnets = k->client_subnets != NULL &&
		    k->client_subnets[0] != NULL ? k->client_subnets : NULL,
		.echoes = k->own_address ? echoes_load() : NULL,
		.follow_hosts = k->follow_hosts,
		.recursive = k->dns_servers != NULL &&
		    k->dns_servers[0] != NULL ? k->dns_servers : NULL,
	};
}

static void
set_clear(struct raise_set *s)
{
	g_clear_pointer(&s->all, g_ptr_array_unref);
	g_clear_pointer(&s->resolvers, g_ptr_array_unref);
	g_clear_pointer(&s->echoes, g_ptr_array_unref);
}

static int
engine_make(struct collecting *c, const struct globals *g)
{
	struct engine_setup s = {
		.limits = &c->k->limits, .journal = c->journal,
		.user_agent = c->k->user_agent, .hints = HINTS,
		.geo = c->geo, .lists = c->lists, .vantage = c->k->vantage,
		.trust = c->trust, .way = c->way.url != NULL ? &c->way : NULL,
		.imported = &c->imported,
		.verbose = g->verbose, .rows = c->rows,
		.set = &c->set,
		.told = g->verbose > 0 ? tell : NULL, .arg = c,
	};

	set_make(c);
	c->told = told_new(c->journal);
	c->engine = engine_new(&s);
	for (size_t i = 0; i < c->ntargets; i++)
		engine_target(c->engine, &c->targets[i]);
	if (c->ask_imported)
		engine_imported(c->engine);
	return run_remember(c);
}

static int
turn_all(struct collecting *c, struct term *t)
{
	int more = 1;

	while (more > 0) {
		if (interrupts > 0)
			engine_stop(c->engine, "stopped by the user");
		more = engine_turn(c->engine, t != NULL ? 100 : 1000);
		told_print(c->told);
		term_draw(t, c->engine, FALSE);
	}
	term_draw(t, c->engine, TRUE);
	return more;
}

static int
journal_failed(struct collecting *c)
{
	uint64_t n = journal_durable(c->journal);
	g_autofree char *sound = n == 0 ?
	    g_strdup("What was on disk before is sound.") :
	    g_strdup_printf("The log is on disk and sound up to its line %"
	    G_GUINT64_FORMAT ".", n);
	g_autofree char *remedy = g_strdup_printf("%s Free space and run the "
	    "same command within the hour to resume;\n  later the part is "
	    "sealed as incomplete and a new run begins.", sound);

	return cmd_fail(EXIT_CANNOT, remedy, "%s", c->error != NULL ?
	    c->error->message : journal_error(c->journal));
}

static int
collect_all(struct collecting *c, const struct globals *g)
{
	struct term *t = term_new(g);
	int rc;

	term_head(t, c->k->title, c->name, c->run.opened != NULL ?
	    c->run.opened : "", c->run.opened_by != NULL ?
	    c->run.opened_by : "");
	rc = engine_make(c, g) == 0 ? turn_all(c, t) : -1;
	signals_take(FALSE);
	term_free(t);
	if (rc == 0 && (run_close(c) != 0 || journal_flush(c->journal) != 0))
		rc = -1;
	told_print(c->told);
	return rc;
}

/* --- in order ----------------------------------------------------------------------------------- */

static int
run_whole(struct collecting *c, const struct globals *g)
{
	/* From the first byte on disk: a Ctrl-C seals what there is. */
	signals_take(TRUE);
	if (run_begin(c) != 0 ||
	    (c->rows = rows_new(c->run.dir, &c->error)) == NULL)
		return cmd_fail(EXIT_CANNOT, NULL, "%s", c->error->message);
	if (!c->resumed) {
		input_file(c, "root.hints", HINTS);
		input_file(c, "root.key", ANCHORS);
	}
	c->trust = trust_new(trust_default_file(), root_used, c);
	if (collect_all(c, g) != 0)
		return journal_failed(c);
	if (run_finish(c) != 0)
		return cmd_fail(EXIT_CANNOT, NULL, "%s", c->error->message);
	return summary_print(c, g);
}

static void
collecting_clear(struct collecting *c)
{
	engine_free(c->engine);
	set_clear(&c->set);
	told_free(c->told);
	journal_free(c->journal);
	rows_free(c->rows);
	trust_free(c->trust);
	way_clear(&c->way);
	imported_clear(&c->imported);
	geo_set_free(c->geo);
	lists_free(c->lists);
	for (size_t i = 0; i < c->ntargets; i++)
		target_clear(&c->targets[i]);
	g_free(c->targets);
	open_run_clear(&c->run);
	sealed_run_clear(&c->sealed);
	json_decref(c->settings);
	plan_clear(c);
	g_clear_error(&c->error);
}

int
collect_run(const struct globals *g, struct kase *k, char **targets, size_t n,
    gboolean imported, char **rundir)
{
	struct collecting c = { .k = k, .started = clock_wall_us() };
	int rc = EXIT_USAGE_;

	*rundir = NULL;
	if (targets_parse(&c, targets, n) != 0 || (rc = way_read(&c)) != 0 ||
	    (rc = imported_read(&c, imported)) != 0)
		goto out;
	c.geo = geo_set_open();
	c.lists = lists_open();
	c.settings = settings_make(k, c.targets, c.ntargets, c.geo, c.lists,
	    HINTS, ANCHORS, trust_default_file(),
	    c.way.label != NULL ? c.way.label : "direct");
	settings_imported(&c);
	rc = EXIT_CANNOT;
	if (run_unfinished(&c) != 0 || plan_make(&c) != 0)
		cmd_fail(EXIT_CANNOT, NULL, "%s", c.error->message);
	else
		rc = run_whole(&c, g);
	if (c.sealed.dir != NULL && rc != EXIT_CANNOT)
		*rundir = g_strdup(c.sealed.dir);
out:
	collecting_clear(&c);
	return rc;
}
