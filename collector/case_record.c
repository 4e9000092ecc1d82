/*
 * From a case to the record that assessments and reports read.
 *
 * 1. The bytes of case.ini and of each table are kept (table_store.h); of a
 *    time gone by, the versions that were recorded then are taken.
 * 2. What is read into the record is those bytes, not the file once more.
 * 3. Every import is loaded, in the order of their lines.
 * 4. Every sealed run is loaded, in the order of the numbers; what is
 *    unfinished is no part of a record.  Those that say what their neighbours
 *    say are there by name only.
 * 5. Notes of the ledger are taken as they stand there.
 * 6. as_of is the day of the newest run or import: never the clock.
 */

#include "collector/case.h"

#include <string.h>

#include "collector/case_ini.h"
#include "collector/cmd.h"
#include "collector/files.h"
#include "collector/import_store.h"
#include "collector/line.h"
#include "collector/load.h"
#include "collector/mail.h"
#include "collector/table_store.h"
#include "collector/tables.h"
#include "probes/text.h"
#include "reports/papers.h"
#include "reports/repeat.h"
#include "reports/settle.h"
#include "reports/told.h"

#define ROOTS_MAX	(1u << 20)

static char *
path_in(const char *dir, const char *name)
{
	return strcmp(dir, ".") == 0 ? g_strdup(name) :
	    g_build_filename(dir, name, NULL);
}

static void
set(char **at, const char *value)
{
	g_free(*at);
	*at = g_strdup(value != NULL ? value : "");
}

/* What a record is made of: the case, and of which time. */
struct making {
	const struct kase *k;
	struct record	*rec;
	int64_t		 known;		/* INT64_MAX: now */
	GHashTable	*recorded;	/* table_store.h */
};

static gboolean
is_known(const struct making *m, const char *when)
{
	return m->known == INT64_MAX || text_time_parse(when) <= m->known;
}

/* The bytes of a file of the case, noted in the record; NULL without an error
 * where it is not there. */
static GBytes *
take(struct making *m, const char *file, GError **e)
{
	GBytes *bytes = m->known == INT64_MAX ?
	    table_now(m->k->dir, file, m->recorded, e) :
	    table_then(m->k->dir, file, m->recorded, e);
	struct file_hash *f;

	if (bytes == NULL)
		return NULL;
	f = g_new0(struct file_hash, 1);
	f->path = g_strdup(file);
	f->sha256 = g_strdup(g_hash_table_lookup(m->recorded, file));
	f->size = g_bytes_get_size(bytes);
	g_ptr_array_add(m->rec->table_hashes, f);
	return bytes;
}

static int
take_tables(struct making *m, GError **error)
{
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);

	for (const struct table *t = tables; t->file != NULL; t++) {
		g_autoptr(GBytes) bytes = NULL;
		GError *e = NULL;
		gsize len;
		const char *text;

		bytes = take(m, t->file, &e);
		if (e != NULL) {
			g_propagate_error(error, e);
			return -1;
		}
		if (bytes == NULL)
			continue;
		text = g_bytes_get_data(bytes, &len);
		t->read(t->file, text != NULL ? text : "", len, m->rec,
		    problems);
	}
	for (guint i = 0; i < problems->len; i++)
		cmd_fail(0, NULL, "%s", (const char *)problems->pdata[i]);
	return 0;
}

static void
take_list(GPtrArray *to, char **from)
{
	for (size_t i = 0; from != NULL && from[i] != NULL; i++)
		g_ptr_array_add(to, g_strdup(from[i]));
}

static void
take_ini(const struct kase *k, struct record *rec)
{
	set(&rec->title, *k->report_title != '\0' ? k->report_title : k->title);
	set(&rec->court, k->court);
	set(&rec->number, k->number);
	set(&rec->forum, k->forum);
	set(&rec->motion_filed, k->motion_filed);
	set(&rec->service_date, k->service_date);
	rec->stale_after = k->stale_after;
	take_list(rec->own_domains, k->own_domains);
	take_list(rec->own_ids, k->own_ids);
	set(&rec->collector_name, k->name);
	set(&rec->collector_org, k->organisation);
	set(&rec->collector_role, k->role);
	set(&rec->letterhead, k->letterhead);
	set(&rec->worksheet_heading, k->worksheet_heading);
	set(&rec->page_size, k->page_size);
}

/* The roots that case.ini names; "" where it names none. */
static char *
roots_of(const struct kase *k, GError **e)
{
	g_autoptr(GBytes) bytes = NULL;
	gsize len;
	const char *data;

	if (k->roots == NULL)
		return g_strdup("");
	bytes = file_get(k->roots, ROOTS_MAX, e);
	if (bytes == NULL)
		return NULL;
	data = g_bytes_get_data(bytes, &len);
	return g_strndup(data != NULL ? data : "", len);
}

/*
 * From the newest to the oldest, and put in order afterwards.  Where a run says
 * what the run before it and the run after it say, those two speak for it: so of
 * a stretch of runs that say the same, the first and the last are held.  Where
 * it does not, they speak for pages of which it says no other (reports/told.h).
 */
struct stretch {
	struct run	*run, *next;	/* the run after, in time, and the one after it */
	char		*said, *after;	/* by them */
	gboolean	 each;		/* all are held */
};

static void
stretch_take(struct stretch *s, struct run *run, char *said)
{
	if (!s->each && s->next != NULL && s->run->lean) {
		if (strcmp(s->said, said) == 0 &&
		    strcmp(s->after, said) == 0)
			run_tell(s->run);
		else
			run_tell_pages(s->run, run, s->next);
		if (!s->run->told)
			run_settle(s->run);
	}
	if (s->next != NULL)
		g_clear_pointer(&s->next->pages, g_array_unref);
	g_free(s->after);
	s->after = s->said;
	s->said = said;
	s->next = s->run;
	s->run = run;
}

static void
runs_reverse(GPtrArray *runs)
{
	for (guint i = 0, k = runs->len; i + 1 < k; i++) {
		void *run = runs->pdata[i];

		runs->pdata[i] = runs->pdata[--k];
		runs->pdata[k] = run;
	}
}

static int
take_runs(struct making *m, gboolean each, GError **error)
{
	const char *dir = m->k->dir;
	g_autoptr(GArray) numbers = case_run_numbers(dir, FALSE);
	struct stretch s = { .each = each };
	GError *e = NULL;
	struct many many;

	m->rec->share = share_new();
	many_begin(&many, m->rec->share, m->known);
	for (guint i = numbers->len; i-- > 0 && e == NULL;) {
		unsigned n = g_array_index(numbers, unsigned, i);
		g_autofree char *path = case_run_dir(dir, n);
		char *said;
		struct run *run = run_load_lean(&many, path, &said, &e);

		if (run == NULL)
			continue;
		stretch_take(&s, run, said);
		g_ptr_array_add(m->rec->runs, run);
	}
	if (!each && s.run != NULL && s.run->lean)
		run_settle(s.run);
	many_end(&many);
	g_free(s.said);
	g_free(s.after);
	runs_reverse(m->rec->runs);
	if (e == NULL)
		return 0;
	g_propagate_error(error, e);
	return -1;
}

/* Runs that a draft cites are read whole, with the answers as they came: what it
 * quotes may be any fact, or words of a page (L-07). */
static int
take_cited(struct making *m, GError **e)
{
	struct motion *drafts[PAPERS] = { NULL };
	int rc = 0;

	papers_read(m->rec, drafts);
	for (guint i = 0; i < m->rec->runs->len && rc == 0; i++) {
		struct run *run = m->rec->runs->pdata[i];
		g_autofree char *path = NULL;

		if (!lint_wants_run(m->rec,
		    (const struct motion *const *)drafts, i))
			continue;
		path = case_run_dir(m->k->dir, run->number);
		run_free(run);
		run = run_load_quoted(path, e);
		m->rec->runs->pdata[i] = run;
		rc = run != NULL ? 0 : -1;
	}
	for (int i = 0; i < PAPERS; i++)
		motion_free(drafts[i]);
	return rc;
}

static gboolean
has_draft(const struct record *rec)
{
	for (guint i = 0; i < rec->imports->len; i++)
		if (((const struct import *)rec->imports->pdata[i])->kind ==
		    IMPORT_MOTION)
			return TRUE;
	return FALSE;
}

int
case_run_whole(const struct kase *k, struct record *rec, guint i, GError **e)
{
	struct run *lean = rec->runs->pdata[i], *run;
	g_autofree char *path = case_run_dir(k->dir, lean->number);
	g_autofree char *roots = roots_of(k, e);

	if (roots == NULL || (run = run_load_roots(path, roots, e)) == NULL)
		return -1;
	run_free(lean);
	rec->runs->pdata[i] = run;
	return 0;
}

static int
take_imports(struct making *m, GError **e)
{
	g_autoptr(GPtrArray) stored = imports_stored(m->k->dir, e);

	for (guint i = 0; stored != NULL && i < stored->len; i++) {
		struct stored *s = stored->pdata[i];

		if (!is_known(m, s->im->at))
			continue;
		if (*s->im->withdrawn != '\0' &&
		    is_known(m, s->im->withdrawn)) {
			g_ptr_array_add(m->rec->withdrawn,
			    g_steal_pointer(&s->im));
			continue;
		}
		if (imports_read(m->k->dir, s, NULL, e) != 0)
			return -1;
		g_ptr_array_add(m->rec->imports, g_steal_pointer(&s->im));
	}
	if (stored == NULL)
		return -1;
	repeats_mark(m->rec->imports);
	return 0;
}

/* Signatures of mail are held against the keys that runs were given. */
static void
check_mail(struct record *rec)
{
	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *im = rec->imports->pdata[i];

		if (im->mail != NULL && im->bytes != NULL)
			mail_check(im->mail, im->bytes, rec);
	}
}

static char *
member(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return g_strdup(s != NULL ? s : "");
}

/* A line of the ledger; only notes are taken. */
static int
note_line(const char *text, size_t len, void *data)
{
	struct making *m = data;
	struct case_note *n;
	json_t *line;

	if (g_strstr_len(text, (gssize)len, "\"event\":\"note\"") == NULL ||
	    (line = json_loadb(text, len, 0, NULL)) == NULL)
		return 0;
	n = g_new0(struct case_note, 1);
	n->n = (uint64_t)json_integer_value(json_object_get(line, "n"));
	n->at = member(line, "at");
	n->who = member(line, "who");
	n->text = member(line, "text");
	json_decref(line);
	g_ptr_array_add(m->rec->notes, n);
	if (!is_known(m, n->at))
		g_ptr_array_set_size(m->rec->notes, (int)m->rec->notes->len -
		    1);
	return 0;
}

static int
take_notes(struct making *m, GError **e)
{
	g_autofree char *path = path_in(m->k->dir, "ledger.jsonl");
	uint64_t whole;

	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		return 0;
	return line_each(path, note_line, m, &whole, e);
}

/* The latest day on which a run ended or a file was imported. */
void
record_date(struct record *rec)
{
	set(&rec->as_of, "");
	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *im = rec->imports->pdata[i];
		g_autofree char *day = g_strndup(im->at, 10);

		if (strlen(day) == 10 && strcmp(day, rec->as_of) > 0)
			set(&rec->as_of, day);
	}
	for (guint i = 0; i < rec->runs->len; i++) {
		const struct run *run = rec->runs->pdata[i];
		const char *when = *run->ended ? run->ended : run->started;
		g_autofree char *day = g_strndup(when, 10);

		if (strlen(day) == 10 && strcmp(day, rec->as_of) > 0)
			set(&rec->as_of, day);
	}
}

/*
 * The values come from the bytes that were kept, so that what the ledger names
 * is what was used, also when the file is saved in between.
 */
static int
take_case(struct making *m, GError **error)
{
	g_autofree char *path = path_in(m->k->dir, "case.ini");
	g_autoptr(GBytes) bytes = NULL;
	GError *e = NULL;
	struct kase again;
	gsize len;
	const char *text;
	int rc;

	bytes = take(m, "case.ini", &e);
	if (bytes == NULL) {
		if (e == NULL)
			g_set_error(&e, CASE_ERROR, CASE_ERROR_USAGE,
			    m->known == INT64_MAX ? "%s: there is no case "
			    "here\n\"goodcause init DIR --forum US-HI\" makes "
			    "one." : "%s: no version of case.ini was recorded "
			    "by then\nThe ledger tells since when: lines "
			    "\"table kept\".", m->k->dir);
		g_propagate_error(error, e);
		return -1;
	}
	text = g_bytes_get_data(bytes, &len);
	case_ini_defaults(&again);
	rc = case_ini_read(path, text != NULL ? text : "", len, &again, error);
	if (rc == 0)
		take_ini(&again, m->rec);
	case_clear(&again);
	return rc;
}

/* Drafts are known first: which runs they cite, and that all are held. */
static int
take_all(struct making *m, gboolean each, GError **e)
{
	if (take_case(m, e) != 0 || take_tables(m, e) != 0 ||
	    take_imports(m, e) != 0 ||
	    take_runs(m, each || has_draft(m->rec), e) != 0 ||
	    take_notes(m, e) != 0)
		return -1;
	return has_draft(m->rec) ? take_cited(m, e) : 0;
}

struct record *
case_record_of(const struct kase *k, int64_t known, gboolean each, GError **e)
{
	struct record *rec;
	struct making m = { .k = k, .known = known };
	int rc;

	if (k->dir == NULL) {
		g_set_error(e, CASE_ERROR, CASE_ERROR_USAGE, "there is no case "
		    "here\n\"goodcause init DIR --forum US-HI\" makes one; -C "
		    "DIR names another folder.");
		return NULL;
	}
	m.recorded = tables_recorded(k->dir, known, e);
	if (m.recorded == NULL)
		return NULL;
	m.rec = rec = record_new();
	rc = take_all(&m, each, e);
	g_hash_table_unref(m.recorded);
	if (rc == 0) {
		check_mail(rec);
		record_date(rec);
		return rec;
	}
	record_free(rec);
	return NULL;
}

struct record *
case_record_known(const struct kase *k, int64_t known, GError **e)
{
	return case_record_of(k, known, FALSE, e);
}

struct record *
case_record(const struct kase *k, GError **e)
{
	return case_record_known(k, INT64_MAX, e);
}

/* What counsel would have entered is not known: network roles only. */
struct record *
standalone_record(const char *rundir, GError **e)
{
	struct run *run = run_load(rundir, e);
	struct kase none;
	struct record *rec;

	if (run == NULL)
		return NULL;
	rec = record_new();
	case_ini_defaults(&none);
	take_ini(&none, rec);
	case_clear(&none);
	rec->standalone = TRUE;
	set(&rec->title, run->title);
	g_ptr_array_add(rec->runs, run);
	record_date(rec);
	return rec;
}
