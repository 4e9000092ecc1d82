#include "collector/summary.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "collector/load.h"
#include "probes/text.h"
#include "reports/role.h"

#define TARGETS_SHOWN	5	/* more are a line each */
#define FAILED_SHOWN	40

struct summary {
	struct collecting	*c;
	const struct globals	*g;
	struct run		*run;		/* loaded again from disk */
	struct record		*rec;
	GPtrArray		*roles;
	GString			*out;
	gboolean		 colour;
};

/* --- a line a target: pipes and cron ------------------------------------------------ */

/* Whatever makes the status 1 stands in the fourth word. */
static void
line_print(const struct collecting *c, guint i)
{
	struct target_view v;
	gboolean timed = c->run.opened != NULL && *c->run.opened != '\0' &&
	    c->sealed.closed != NULL && *c->sealed.closed != '\0';

	engine_view(c->engine, i, &v);
	printf("%s %s %s sealed%s%s%s asked=%u answered=%u failed=%u "
	    "addresses=%u pages=%u\n", c->ended, c->name, v.name,
	    engine_cut(c->engine) == NULL ? "" : ",incomplete",
	    timed ? "" : ",untimed", v.usable ? "" : ",nothing-usable",
	    v.all.asked, v.all.answered, v.all.failed, v.addresses, v.pages);
}

static void
imported_print(const struct collecting *c)
{
	struct target_view v;

	if (engine_view_imported(c->engine, &v))
		printf("%s %s imported sealed%s asked=%u answered=%u failed=%u "
		    "addresses=%u\n", c->ended, c->name,
		    engine_cut(c->engine) == NULL ? "" : ",incomplete",
		    v.all.asked, v.all.answered, v.all.failed,
		    c->imported.ask->len);
}

static void
lines_print(const struct collecting *c)
{
	for (guint i = 0; i < engine_targets(c->engine); i++)
		line_print(c, i);
	imported_print(c);
}

/* --- a document ------------------------------------------------------------------------ */

static void
json_print(const struct collecting *c)
{
	struct tally y = engine_tally(c->engine);
	const char *cut = engine_cut(c->engine);
	json_t *targets = json_array(), *o;

	for (guint i = 0; i < engine_targets(c->engine); i++) {
		struct target_view v;

		engine_view(c->engine, i, &v);
		json_array_append_new(targets, json_pack(
		    "{s:s, s:i, s:i, s:i, s:i, s:i, s:b}", "target", v.name,
		    "asked", (int)v.all.asked, "answered",
		    (int)v.all.answered, "failed", (int)v.all.failed,
		    "addresses", (int)v.addresses, "pages", (int)v.pages,
		    "usable", v.usable));
	}
	o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:s, s:i, "
	    "s:i, s:i, s:i, s:o}", "goodcause", goodcause_version, "schema",
	    "collect/1", "run", c->name, "path", c->sealed.dir, "head",
	    c->sealed.head, "not_before",
	    c->run.opened != NULL ? c->run.opened : "", "not_after",
	    c->sealed.closed != NULL ? c->sealed.closed : "", "complete",
	    cut == NULL, "why", cut != NULL ? cut : "", "asked",
	    (int)y.asked, "answered", (int)y.answered, "failed",
	    (int)y.failed, "unasked", (int)engine_unasked(c->engine),
	    "targets", targets);
	json_dumpf(o, stdout, JSON_INDENT(2));
	putchar('\n');
	json_decref(o);
}

/* --- for a person -------------------------------------------------------------------------- */

static void
foreign(GString *s, const char *text, int width)
{
	g_autoptr(GString) t = g_string_new(NULL);
	glong n;

	text_term(t, text, -1);
	n = g_utf8_strlen(t->str, -1);
	if (n > width) {
		g_autofree char *cut = g_utf8_substring(t->str, 0, width - 3);

		g_string_append_printf(s, "%s...", cut);
		return;
	}
	g_string_append(s, t->str);
	for (; n < width; n++)
		g_string_append_c(s, ' ');
}

static void
head_write(struct summary *m)
{
	struct collecting *c = m->c;
	struct tally y = engine_tally(c->engine);
	const char *cut = engine_cut(c->engine);
	const char *bold = m->colour ? "\033[1m" : "";
	const char *off = m->colour ? "\033[0m" : "";

	if (cut != NULL)
		g_string_append_printf(m->out, "%srun %s sealed, INCOMPLETE"
		    "%s\nwhy         %s\n", bold, c->name, off, cut);
	else
		g_string_append_printf(m->out, "%srun %s sealed%s\n", bold,
		    c->name, off);
	g_string_append_printf(m->out, "asked       %u questions in %"
	    G_GINT64_FORMAT " s: %u answered, %u not, %u left unasked\n",
	    y.asked, (c->ended_us - c->started) / 1000000, y.answered,
	    y.failed, engine_unasked(c->engine));
	g_string_append_printf(m->out, "interval    not before %s, not after "
	    "%s\n", c->run.opened != NULL && *c->run.opened != '\0' ?
	    c->run.opened : "(no time stamp)",
	    c->sealed.closed != NULL && *c->sealed.closed != '\0' ?
	    c->sealed.closed : "(no time stamp)");
	g_string_append_printf(m->out, "complete    %s\n\n", cut == NULL ?
	    "yes, nothing left unasked" : "no");
}

static void
role_write(struct summary *m, const struct role_row *r, const char *label)
{
	const struct fact *first = r->facts->len > 0 ? r->facts->pdata[0] :
	    NULL;

	g_string_append_printf(m->out, "  %-9s ", label);
	foreign(m->out, r->ip, 25);
	g_string_append_printf(m->out, " %-8s ", role_name(r->role));
	foreign(m->out, r->holder != NULL ? fact_str(r->holder, "org") :
	    "holder not known", 18);
	g_string_append_printf(m->out, " %-2s",
	    r->holder != NULL ? fact_str(r->holder, "country") : "");
	if (first != NULL)
		g_string_append_printf(m->out, " rec %" G_GUINT64_FORMAT,
		    fact_source(first));
	g_string_append_c(m->out, '\n');
}

static const struct {
	enum role	 role;
	gboolean	 own;		/* a name of the target's */
	const char	*label;
} role_labels[] = {
	{ ROLE_HOST,	 TRUE,	"address" },
	{ ROLE_CDN_EDGE, TRUE,	"address" },
	{ ROLE_DNS,	 FALSE,	"servers" },
	{ ROLE_MAIL,	 FALSE,	"mail" },
	{ ROLE_HOST,	 FALSE,	"leads to" },
	{ ROLE_CDN_EDGE, FALSE,	"leads to" },
};

/* The same address under a further name (www, an alias). */
static gboolean
role_shown(const struct summary *m, guint before, const struct role_row *r)
{
	for (guint i = 0; i < before; i++) {
		const struct role_row *o = m->roles->pdata[i];

		if (o->role == r->role && o->own == r->own &&
		    strcmp(o->ip, r->ip) == 0 &&
		    strcmp(o->target, r->target) == 0)
			return TRUE;
	}
	return FALSE;
}

static void
roles_write(struct summary *m, const char *target)
{
	for (size_t k = 0; k < G_N_ELEMENTS(role_labels); k++) {
		const char *label = role_labels[k].label;

		for (guint i = 0; i < m->roles->len; i++) {
			const struct role_row *r = m->roles->pdata[i];

			gboolean host = r->role == ROLE_HOST ||
			    r->role == ROLE_CDN_EDGE;

			if (r->role != role_labels[k].role ||
			    (host && r->own != role_labels[k].own) ||
			    strcmp(r->target, target) != 0 ||
			    role_shown(m, i, r))
				continue;
			role_write(m, r, label);
			label = "";
		}
	}
}

static void
registrar_fact(const struct run *run, const struct fact *f, void *arg)
{
	struct summary *m = arg;
	json_t *role;
	size_t i;

	(void)run;
	json_array_foreach(fact_get(f, "roles"), i, role) {
		if (g_strcmp0(json_string_value(role), "registrar") != 0)
			continue;
		g_string_append(m->out, "  registrar ");
		foreign(m->out, fact_str(f, "name"), 53);
		g_string_append_printf(m->out, " %-2s rec %"
		    G_GUINT64_FORMAT "\n", fact_str(f, "country"),
		    fact_source(f));
	}
}

static void
failed_write(struct summary *m)
{
	int shown = 0;

	for (guint i = 0; i < m->run->log->len; i++) {
		const struct log_row *r = m->run->log->pdata[i];

		if (strcmp(r->type, "exchange") != 0 ||
		    r->status == X_ANSWERED)
			continue;
		if (shown++ == 0)
			g_string_append(m->out,
			    "\nnot answered (say so in any declaration)\n");
		if (shown > FAILED_SHOWN)
			break;
		g_string_append_printf(m->out, "  %4" G_GUINT64_FORMAT
		    "  %-5s ", r->n, probe_kind_name(r->kind));
		foreign(m->out, r->name, 36);
		g_string_append_printf(m->out, " %s, %s\n",
		    xstatus_name(r->status), r->detail);
	}
}

static void
person_write(struct summary *m)
{
	struct collecting *c = m->c;

	head_write(m);
	for (size_t i = 0; i < c->ntargets; i++) {
		const char *t = c->targets[i].name;

		g_string_append_printf(m->out, "%s\n", t);
		roles_write(m, t);
		run_each(m->run, FACT_RDAP_ENTITY, t, registrar_fact, m);
	}
	if (c->ask_imported)
		g_string_append_printf(m->out, "imported    %u addresses were "
		    "asked about, and none was sent anything\n",
		    c->imported.ask->len);
	failed_write(m);
	g_string_append(m->out, "\nhead");
	for (size_t i = 0; i < 64; i += 16)
		g_string_append_printf(m->out, " %.16s", c->sealed.head + i);
	g_string_append_c(m->out, '\n');
	if (c->k->dir != NULL)
		g_string_append_printf(m->out, "next: goodcause assess    "
		    "goodcause report    goodcause verify runs/%s\n",
		    c->name);
	else
		g_string_append_printf(m->out, "next: goodcause assess %s\n"
		    "      goodcause verify %s\n", c->sealed.dir,
		    c->sealed.dir);
}

static void
person_print(struct summary *m)
{
	m->run = run_load_plain(m->c->sealed.dir, NULL);
	if (m->run == NULL)
		return;
	m->rec = record_new();
	m->rec->standalone = TRUE;
	g_ptr_array_add(m->rec->runs, m->run);
	m->roles = roles_of_run(m->rec, m->run);
	m->out = g_string_new(NULL);
	person_write(m);
	fputs(m->out->str, stdout);
	g_string_free(m->out, TRUE);
	g_ptr_array_unref(m->roles);
	record_free(m->rec);
}

void
summary_write(struct collecting *c, const struct globals *g)
{
	struct summary m = { .c = c, .g = g,
	    .colour = cmd_colour(g, STDOUT_FILENO) };

	if (g->quiet)
		return;
	if (g->json)
		json_print(c);
	else if (c->ntargets <= TARGETS_SHOWN &&
	    (cmd_columns(STDOUT_FILENO) > 0 || g->verbose > 0))
		person_print(&m);
	else
		lines_print(c);
}
