/*
 * goodcause report: what was collected, as documents.
 *
 * Into the case's reports/NNNNNN, a new number each time, or beside a run that
 * stands by itself into the current folder as NAME-report.  The folder is made
 * under another name, filled, synced, and renamed when it is whole; nothing is
 * ever overwritten.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collector/case.h"
#include "collector/cmd.h"
#include "collector/files.h"
#include "collector/report_folder.h"
#include "collector/seal.h"
#include "probes/text.h"
#include "reports/exhibit_list.h"
#include "reports/overlay.h"
#include "reports/render.h"

struct making {
	const struct globals	*g;
	struct record		*rec;
	const struct run	*run;
	struct when		 when;
	const char		*only;		/* target, or NULL: all */
	gboolean		 worksheet, pdf;
	struct sight		*sight;		/* of all that is rendered */
	GPtrArray		*findings, *overlays;
	struct report_folder	 folder;
	GPtrArray		*files;		/* char *: names in the folder */
	json_t			*outputs;
	gboolean		 short_;	/* something asked for was not made */
};

static void
making_clear(struct making *m)
{
	g_clear_pointer(&m->overlays, g_ptr_array_unref);
	g_clear_pointer(&m->findings, g_ptr_array_unref);
	if (m->sight != NULL)
		sight_clear(m->sight);
	g_free(m->sight);
	g_clear_pointer(&m->files, g_ptr_array_unref);
	g_clear_pointer(&m->outputs, json_decref);
	record_free(m->rec);
	when_clear(&m->when);
	report_folder_clear(&m->folder);
}

/* ---- files ------------------------------------------------------------------ */

static void
add_output(struct making *m, const char *name, const char *sha256,
    uint64_t size)
{
	json_array_append_new(m->outputs, json_pack("{s:s, s:s, s:I}", "file",
	    name, "sha256", sha256, "size", (json_int_t)size));
	g_ptr_array_add(m->files, g_strdup(name));
}

static int
put(struct making *m, const char *name, const GString *text, GError **e)
{
	g_autofree char *path = g_build_filename(m->folder.part, name, NULL);
	char sha[65];

	if (file_put(path, text->str, text->len, e) < 0)
		return -1;
	text_sha256(sha, text->str, text->len);
	add_output(m, name, sha, text->len);
	return 0;
}

static int
render(struct making *m, const struct renderer *r, const char *target,
    const char *name, GError **e)
{
	g_autoptr(GString) out = g_string_new(NULL);
	const struct report rep = {
		.rec = m->rec, .sight = m->sight, .run = m->run,
		.target = target,
		.findings = r->needs_findings ? m->findings : NULL,
		.overlays = r->needs_findings ? m->overlays : NULL,
		.version = goodcause_version, .exhibit_file = "exhibit.html",
	};

	r->render(&rep, out);
	return put(m, name, out, e);
}

static int
render_exhibits(struct making *m, const struct renderer *r, GError **e)
{
	const GPtrArray *targets = m->run->targets;

	for (guint i = 0; i < targets->len; i++) {
		const char *target = targets->pdata[i];
		g_autofree char *name = exhibit_file_name(m->run, target);

		if (m->only != NULL && strcmp(m->only, target) != 0)
			continue;
		if (render(m, r, target, name, e) < 0)
			return -1;
	}
	return targets->len > 0 ? 0 : render(m, r, NULL, r->file, e);
}

static int
render_all(struct making *m, GError **e)
{
	for (const struct renderer *r = renderers; r->name != NULL; r++) {
		int rc;

		if (r->file == NULL ||
		    (r->needs_findings && !m->worksheet) ||
		    (r->needs_imports && m->rec->imports->len +
		    m->rec->withdrawn->len == 0))
			continue;
		rc = strcmp(r->name, "exhibit") == 0 ?
		    render_exhibits(m, r, e) : render(m, r, r->of_target ?
		    m->only : NULL, r->file, e);
		if (rc < 0)
			return -1;
	}
	return 0;
}

/* ---- inputs.json -------------------------------------------------------------- */

static json_t *
runs_json(const struct record *rec)
{
	json_t *list = json_array();

	for (guint i = 0; i < rec->runs->len; i++) {
		const struct run *r = rec->runs->pdata[i];

		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s}",
		    "run", r->name, "id", r->id, "head", r->head, "program",
		    r->program));
	}
	return list;
}

static json_t *
tables_json(const struct record *rec)
{
	json_t *list = json_array();

	for (guint i = 0; i < rec->table_hashes->len; i++) {
		const struct file_hash *f = rec->table_hashes->pdata[i];

		json_array_append_new(list, json_pack("{s:s, s:s, s:I}",
		    "file", f->path, "sha256", f->sha256, "size",
		    (json_int_t)f->size));
	}
	return list;
}

static json_t *
import_json_of(const struct import *im)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:I}", "import", im->id,
	    "exhibit", im->exhibit, "kind", import_kind_name(im->kind),
	    "sha256", im->sha256, "size", (json_int_t)im->size);
}

static json_t *
imports_json(const GPtrArray *imports)
{
	json_t *list = json_array();

	for (guint i = 0; i < imports->len; i++)
		json_array_append_new(list, import_json_of(imports->pdata[i]));
	return list;
}

/* They count for nothing, and are named on the page of imports. */
static json_t *
withdrawn_json(const GPtrArray *withdrawn)
{
	json_t *list = json_array();

	for (guint i = 0; i < withdrawn->len; i++) {
		const struct import *im = withdrawn->pdata[i];
		json_t *o = import_json_of(im);

		json_object_set_new(o, "withdrawn", json_string(im->withdrawn));
		json_array_append_new(list, o);
	}
	return list;
}

/* All that the documents are a function of, and what came out. */
static int
put_inputs(struct making *m, GError **e)
{
	g_autoptr(GString) out = g_string_new(NULL);
	json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, "
	    "s:o, s:o, s:o, s:O}", "goodcause", goodcause_version, "schema",
	    "inputs/1", "rules", RULES_VERSION, "rules_date", RULES_DATE,
	    "as_of", m->rec->as_of, "known_at", m->rec->known_at, "run",
	    m->run->name, "target", m->only != NULL ? m->only : "", "runs",
	    runs_json(m->rec), "tables", tables_json(m->rec), "imports",
	    imports_json(m->rec->imports), "withdrawn",
	    withdrawn_json(m->rec->withdrawn), "outputs", m->outputs);
	char *text;

	if (o == NULL)
		g_error("inputs.json: a name is not UTF-8");
	text = json_dumps(o, JSON_INDENT(1));
	g_string_append_printf(out, "%s\n", text);
	free(text);
	json_decref(o);
	return put(m, "inputs.json", out, e);
}

/* ---- PDF ----------------------------------------------------------------------- */

static gboolean
pdf_of(const char *weasyprint, const char *dir, const char *html,
    const char *pdf)
{
	const char *const argv[] = { weasyprint, "--quiet", html, pdf, NULL };
	int status = 0;

	return g_spawn_sync(dir, (char **)(uintptr_t)argv, NULL,
	    G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
	    NULL, NULL, NULL, &status, NULL) &&
	    g_spawn_check_wait_status(status, NULL);
}

/* weasyprint wrote it: on disk, and in inputs.json with its hash. */
static int
keep_pdf(struct making *m, const char *name, GError **e)
{
	g_autofree char *path = g_build_filename(m->folder.part, name, NULL);
	struct file_sums sums;
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC), rc;

	if (fd < 0)
		return file_fail(e, path, "open");
	rc = fsync(fd);
	close(fd);
	if (rc < 0)
		return file_fail(e, path, "sync");
	if (file_sums(path, &sums, e) < 0)
		return -1;
	add_output(m, name, sums.sha256, sums.size);
	return 0;
}

static int
make_pdf(struct making *m, const char *weasyprint, const char *html, GError **e)
{
	g_autoptr(GString) pdf = g_string_new(html);

	g_string_truncate(pdf, pdf->len - strlen("html"));
	g_string_append(pdf, "pdf");
	if (pdf_of(weasyprint, m->folder.part, html, pdf->str))
		return keep_pdf(m, pdf->str, e);
	cmd_fail(EXIT_SHORT, NULL, "%s: weasyprint made no PDF of it", html);
	m->short_ = TRUE;
	return 0;
}

static int
make_pdfs(struct making *m, GError **e)
{
	g_autofree char *weasyprint = g_find_program_in_path("weasyprint");
	guint n = m->files->len;

	if (weasyprint == NULL) {
		cmd_fail(EXIT_SHORT, "Install weasyprint, or print the HTML "
		    "from a browser.", "report: no PDF: weasyprint is not "
		    "installed");
		m->short_ = TRUE;
		return 0;
	}
	for (guint i = 0; i < n; i++) {
		g_autofree char *html = g_strdup(m->files->pdata[i]);

		if (g_str_has_suffix(html, ".html") &&
		    make_pdf(m, weasyprint, html, e) < 0)
			return -1;
	}
	return 0;
}

/* ---- the command ----------------------------------------------------------------- */

static const struct run *
run_numbered(const struct record *rec, const char *name)
{
	guint64 n;

	if (name == NULL)
		return record_last_run(rec);
	for (guint i = 0; i < rec->runs->len; i++) {
		const struct run *r = rec->runs->pdata[i];

		if (strcmp(r->name, name) == 0 ||
		    (g_ascii_string_to_unsigned(name, 10, 1, REPORTS_MAX, &n,
		    NULL) && r->number == n))
			return r;
	}
	return NULL;
}

/* Which run of the record is shown; -1 where none is. */
static int
choose(struct making *m, const char *run)
{
	m->run = run_numbered(m->rec, run);
	if (m->run != NULL)
		return 0;
	if (run != NULL)
		return cmd_fail(EXIT_USAGE_, "goodcause log lists the runs.",
		    "report: there is no run %s", run);
	return cmd_fail(EXIT_CANNOT, "goodcause collect makes one.",
	    "report: the case has no run yet");
}

/* The run that is shown, with its answers and tokens. */
static int
make_whole(struct making *m, const struct kase *k, GError **e)
{
	guint i;

	if (!g_ptr_array_find(m->rec->runs, m->run, &i))
		return 0;
	if (case_run_whole(k, m->rec, i, e) != 0)
		return -1;
	m->run = m->rec->runs->pdata[i];
	return 0;
}

static int
load_case(struct making *m, const char *run)
{
	g_autoptr(GError) e = NULL;
	struct kase k;
	int rc = cmd_case(m->g, &k);

	if (rc != 0)
		return rc;
	m->rec = case_record_known(&k, m->when.known, &e);
	if (m->rec != NULL && (rc = choose(m, run)) == 0)
		make_whole(m, &k, &e);
	case_clear(&k);
	return e != NULL ? cmd_error(e) : rc;
}

static int
load(struct making *m, const char *path, const char *run)
{
	g_autoptr(GError) e = NULL;

	if (path == NULL)
		return load_case(m, run);
	m->rec = standalone_record(path, &e);
	if (m->rec == NULL)
		return cmd_error(e);
	return choose(m, run);
}

static gboolean
has_target(const struct run *run, const char *target)
{
	for (guint i = 0; i < run->targets->len; i++)
		if (strcmp(run->targets->pdata[i], target) == 0)
			return TRUE;
	return FALSE;
}

static int
make(struct making *m, const char *path, GError **e)
{
	if ((path != NULL ? report_folder_alone(&m->folder, path, e) :
	    report_folder_numbered(&m->folder,
	    m->g->dir, e)) < 0)
		return -1;
	m->sight = g_new0(struct sight, 1);
	sight_init(m->sight, m->rec);
	if (m->worksheet) {
		m->findings = showing_assess_sight(m->sight);
		m->overlays = overlays_of_sight(m->sight, m->findings);
	}
	if (render_all(m, e) < 0 || (m->pdf && make_pdfs(m, e) < 0) ||
	    put_inputs(m, e) < 0 ||
	    report_folder_finish(&m->folder, e) < 0)
		return -1;
	if (path != NULL)
		return 0;
	g_autofree char *name = g_path_get_basename(m->folder.final);
	return ledger_append(m->g->dir, "report", json_pack("{s:s, s:s, s:O}",
	    "report", name, "run", m->run->name, "outputs", m->outputs), e);
}

static void
print(const struct making *m)
{
	json_t *list = json_array();

	for (guint i = 0; i < m->files->len; i++) {
		g_autofree char *path = g_build_filename(m->folder.final,
		    m->files->pdata[i], NULL);

		if (m->g->json)
			json_array_append_new(list, text_json(path,
			    strlen(path)));
		else
			puts(path);
	}
	if (!m->g->json) {
		json_decref(list);
		return;
	}
	cmd_json(json_pack("{s:s, s:s, s:o, s:o}", "goodcause",
	    goodcause_version, "schema", "report/1", "folder",
	    text_json(m->folder.final, strlen(m->folder.final)), "files", list));
}

static int
report(struct making *m, const char *path, const char *run)
{
	g_autoptr(GError) e = NULL;
	int status = load(m, path, run);

	if (status != 0 || m->rec == NULL || m->run == NULL)
		return status;
	when_put(&m->when, m->rec);
	if (m->only != NULL && !has_target(m->run, m->only))
		return cmd_fail(EXIT_USAGE_, NULL, "report: %s is no target of "
		    "run %s", m->only, m->run->name);
	if (make(m, path, &e) < 0)
		return cmd_fail(EXIT_CANNOT, path != NULL ? "Nothing is "
		    "overwritten: move what is there out of the way." : NULL,
		    "%s", e->message);
	if (!m->g->quiet || m->g->json)
		print(m);
	return m->short_ ? EXIT_SHORT : EXIT_DONE;
}

int
cmd_report(const struct globals *globals, int argc, char **argv)
{
	struct globals g = *globals;
	g_autofree char *run = NULL, *target = NULL;
	gboolean pdf = FALSE, alone = FALSE;
	struct making m = { .g = &g };
	const GOptionEntry entries[] = {
		{ "run", 0, 0, G_OPTION_ARG_STRING, &run,
		    "the run to show (default: the newest)", "N" },
		{ "target", 0, 0, G_OPTION_ARG_STRING, &target,
		    "the exhibit of one target of the run", "T" },
		{ "pdf", 0, 0, G_OPTION_ARG_NONE, &pdf,
		    "PDF too, by weasyprint", NULL },
		{ "no-worksheet", 0, 0, G_OPTION_ARG_NONE, &alone,
		    "the exhibit, its drafts and tables; nothing assessed",
		    NULL },
		WHEN_OPTIONS(&m.when),
		{ .long_name = NULL },
	};
	int status, over = cmd_options(&g, "report [--run N] [--target T] "
	    "[--pdf] [RUN-FOLDER]", "Writes the exhibit, the counsel "
	    "worksheet, drafts of a declaration and of\ncertifications, the "
	    "findings and the tables into a new folder of\nreports/, and "
	    "prints their paths. RUN-FOLDER is a run outside a "
	    "case:\nits report lands in the current folder.", entries, &argc,
	    &argv);

	if (over != 0)
		return over - 1;
	if (argc > 2)
		return cmd_fail(EXIT_USAGE_, "As in: goodcause report --run 1",
		    "report: one run at a time");
	m.only = target;
	m.worksheet = !alone;
	m.pdf = pdf;
	m.files = g_ptr_array_new_with_free_func(g_free);
	m.outputs = json_array();
	status = when_check(&m.when, "report");
	if (status == 0)
		status = report(&m, argc == 2 ? argv[1] : NULL, run);
	making_clear(&m);
	return status;
}
