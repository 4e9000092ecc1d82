/* Steps taken, by time: from logs, tokens and imports. */

#include "reports/worksheet_html.h"

#include <string.h>

#include "reports/exhibit_html.h"
#include "reports/steps.h"

#define STEPS_MAX	400
#define NAMED_MAX	4	/* spelled out in one step; the rest is counted */
#define SAID_MAX	5

typedef void put_fn(struct html *, const char *);

/* "a, b and 3 more". */
static void
list(struct html *h, const GPtrArray *all, guint most, put_fn *put,
    const char *between)
{
	for (guint i = 0; i < all->len && i < most; i++) {
		html_raw(h, i > 0 ? between : "");
		put(h, all->pdata[i]);
	}
	if (all->len > most)
		say(h, " and %d more", (uint64_t)(all->len - most));
}

static void
put_name(struct html *h, const char *s)
{
	say(h, "%p", s);
}

static void
put_piece(struct html *h, const char *s)
{
	say(h, "%P", s);
}

static void
of_target(struct worksheet_doc *w, const struct step *s)
{
	if (w->v.run->targets->len > 1 && *s->target != '\0')
		say(&w->h, " for %p", s->target);
}

static void
what_pages(struct worksheet_doc *w, const struct step *s)
{
	say(&w->h, "asked for %d URL%t of %p", (uint64_t)s->named->len,
	    s->named->len == 1 ? "" : "s", row_server(s->first));
}

static void
what_dns(struct worksheet_doc *w, const struct step *s)
{
	static const char answers[] = "DNS answers";

	html_raw(&w->h, "asked name servers");
	if (g_str_has_prefix(s->title, answers)) {
		say(&w->h, "%p", s->title + strlen(answers));
	} else {
		html_raw(&w->h, " for ");
		list(&w->h, s->named, NAMED_MAX, put_name, ", ");
	}
}

static void
what_reverse(struct worksheet_doc *w, const struct step *s)
{
	say(&w->h, "asked for reverse names of %d address%t",
	    (uint64_t)s->named->len, s->named->len == 1 ? "" : "es");
	of_target(w, s);
}

static void
what_asked(struct worksheet_doc *w, const struct step *s)
{
	static const char *const servers[PROBE_KINDS] = {
		[PROBE_LOCAL] = "local data", [PROBE_DNS] = "the name server",
		[PROBE_RDAP] = "the RDAP server",
		[PROBE_WHOIS] = "the WHOIS server",
		[PROBE_TLS] = "for a handshake", [PROBE_HTTP] = "the server",
		[PROBE_GEO] = "the database", [PROBE_REACH] = "for a connection",
	};

	say(&w->h, "asked %t %p for ", servers[s->first->kind],
	    row_server(s->first));
	list(&w->h, s->named, NAMED_MAX, html_url, ", ");
}

static void
what_distances(struct worksheet_doc *w, const struct step *s)
{
	html_raw(&w->h, "timed TCP handshakes with ");
	list(&w->h, s->named, NAMED_MAX, put_piece, ", ");
}

static void
what_handshakes(struct worksheet_doc *w, const struct step *s)
{
	html_raw(&w->h, "made TLS handshakes for ");
	list(&w->h, s->named, NAMED_MAX, put_name, ", ");
}

static void
what_places(struct worksheet_doc *w, const struct step *s)
{
	html_raw(&w->h, "looked addresses up in ");
	list(&w->h, s->named, SAID_MAX, put_name, ", ");
}

static void
what_files(struct worksheet_doc *w, const struct step *s)
{
	html_raw(&w->h, "read local data: ");
	list(&w->h, s->named, 12, html_text, ", ");
}

static void
what_bootstrap(struct worksheet_doc *w, const struct step *s)
{
	say(&w->h, "asked %p where registration data is served",
	    row_server(s->first));
}

static void (*const whats[])(struct worksheet_doc *, const struct step *) = {
	[STEP_FILES] = what_files, [STEP_PLACES] = what_places,
	[STEP_DISTANCES] = what_distances,
	[STEP_HANDSHAKES] = what_handshakes, [STEP_PAGES] = what_pages,
	[STEP_BOOTSTRAP] = what_bootstrap, [STEP_NUMBERS] = what_asked,
	[STEP_REGISTRATION] = what_asked, [STEP_REVERSE] = what_reverse,
	[STEP_DNS] = what_dns, [STEP_UNANSWERED] = what_asked,
};

/* What was said, where it is known in words; else how the answers ended. */
static void
outcome(struct worksheet_doc *w, const struct step *s)
{
	struct html *h = &w->h;

	if (s->family == STEP_UNANSWERED) {
		exhibit_outcome(h, s->first);
		if (s->records->len > 1)
			say(h, " (%d)", (uint64_t)s->records->len);
		return;
	}
	if (s->said->len > 0) {
		list(h, s->said, SAID_MAX, html_text, "; ");
		return;
	}
	for (guint i = 0; i < s->ends->len && i < SAID_MAX; i++) {
		const struct step_end *e = &g_array_index(s->ends,
		    struct step_end, i);

		say(h, "%t%t", i > 0 ? ", " : "", e->how);
		if (s->records->len > 1)
			say(h, " (%d)", e->n);
	}
	if (s->ends->len > SAID_MAX)
		html_raw(h, " and others");
}

/* ---- all of it, by time ------------------------------------------------------ */

/* One row, written before its place is known. */
struct entry {
	char	*when;		/* RFC 3339, or a day, or "" */
	guint	 order;		/* where times are equal */
	char	*row;
};

static void
entry_free(void *data)
{
	struct entry *e = data;

	g_free(e->when);
	g_free(e->row);
	g_free(e);
}

static gint
by_time(gconstpointer a, gconstpointer b)
{
	const struct entry *x = *(const struct entry *const *)a;
	const struct entry *y = *(const struct entry *const *)b;
	int by = strcmp(x->when, y->when);

	return by != 0 ? by : x->order < y->order ? -1 : 1;
}

/* What was written to w since entry_begin() is a row of that time. */
static GString *
entry_begin(struct worksheet_doc *w)
{
	GString *out = w->h.out;

	w->h.out = g_string_new(NULL);
	return out;
}

static void
entry_end(struct worksheet_doc *w, GPtrArray *to, const char *when,
    GString *out)
{
	struct entry *e = g_new0(struct entry, 1);

	e->when = g_strdup(when);
	e->order = to->len;
	e->row = g_string_free(w->h.out, FALSE);
	w->h.out = out;
	g_ptr_array_add(to, e);
}

static void
when_cell(struct html *h, const char *when)
{
	html_raw(h, "<tr><th scope=\"row\">");
	if (strlen(when) > 10)
		html_stamp(h, when);
	else
		say(h, "%D", *when != '\0' ? when : "no date");
	html_raw(h, "</th><td>");
}

static void
token_rows(struct worksheet_doc *w, GPtrArray *to)
{
	const struct run *run = w->v.run;

	for (guint i = 0; i < run->tokens->len; i++) {
		const struct token_view *t = run->tokens->pdata[i];
		gboolean open = strcmp(t->which, "open") == 0;
		const char *when = *t->time != '\0' ? t->time :
		    open ? run->started : run->ended;
		GString *out = entry_begin(w);

		when_cell(&w->h, when);
		say(&w->h, "%t token of %t</td><td>%t</td><td>O-2</td></tr>\n",
		    open ? "opening" : "closing", t->authority, *t->time !=
		    '\0' ? "valid" : *t->problem != '\0' ? t->problem :
		    "none came");
		/* Whole seconds would put it behind what it came before. */
		entry_end(w, to, open ? run->started : run->ended, out);
	}
}

/* Other runs of the case, a line each. */
static void
other_runs(struct worksheet_doc *w, GPtrArray *to)
{
	for (guint i = 0; i < w->rec->runs->len; i++) {
		const struct run *run = w->rec->runs->pdata[i];
		const struct run_counts c = run_counts(run);
		GString *out;

		if (run == w->v.run)
			continue;
		out = entry_begin(w);
		when_cell(&w->h, run->started);
		say(&w->h, "run %t</td><td>%d questions, %d without an answer; "
		    "its own exhibit lists them</td><td></td></tr>\n",
		    run->name, c.asked, c.failed);
		entry_end(w, to, run->started, out);
	}
}

static void
run_steps(struct worksheet_doc *w, GPtrArray *to)
{
	g_autoptr(GPtrArray) steps = steps_of(w->v.run);

	for (guint i = 0; i < steps->len && i < STEPS_MAX; i++) {
		const struct step *s = steps->pdata[i];
		const char *when = *s->first->start != '\0' ?
		    s->first->start : w->v.run->started;
		GString *out = entry_begin(w);

		when_cell(&w->h, when);
		whats[s->family](w, s);
		html_raw(&w->h, "</td><td>");
		outcome(w, s);
		html_raw(&w->h, "</td><td>");
		html_records(&w->h, s->records);
		html_raw(&w->h, "</td></tr>\n");
		entry_end(w, to, when, out);
	}
	if (steps->len <= STEPS_MAX)
		return;
	GString *out = entry_begin(w);
	say(&w->h, "<tr><td colspan=\"4\">%d further steps of run %t stand in "
	    "the log.</td></tr>\n", (uint64_t)(steps->len - STEPS_MAX),
	    w->v.run->name);
	entry_end(w, to, ((const struct step *)
	    steps->pdata[STEPS_MAX - 1])->first->start, out);
}

/* When a message was sent, as it says; and what it says by its words. */
static void
mail_row(struct worksheet_doc *w, GPtrArray *to, const struct import *m)
{
	static const char *const whose[] = { "message", "message of a provider",
		"message of an operator" };
	g_autoptr(GPtrArray) said = g_ptr_array_new();
	GString *out = entry_begin(w);
	struct html *h = &w->h;

	when_cell(h, m->mail->date);
	say(h, "%t%t%t%t%t", m->mail->automatic ? "automatic " : "",
	    whose[m->mail->whose], *m->entity != '\0' ? ", " : "", m->entity,
	    *m->mail->date == '\0' ? " (it bears no date)" : "");
	if (*m->describe != '\0')
		say(h, ": %t", m->describe);
	html_raw(h, "</td><td>");
	for (guint i = 0; i < m->mail->words->len; i++) {
		const struct reply_words *x = m->mail->words->pdata[i];

		if (x->klass == REPLY_OTHER ||
		    !strings_add(said, reply_class_name(x->klass)))
			continue;
		html_raw(h, said->len > 1 ? "; " : "words: ");
		html_reply_class(h, x->klass);
	}
	html_raw(h, "</td><td>");
	html_import(h, m, 0);
	html_raw(h, "</td></tr>\n");
	entry_end(w, to, m->mail->date, out);
}

static void
imports(struct worksheet_doc *w, GPtrArray *to)
{
	for (guint i = 0; i < w->rec->imports->len; i++) {
		const struct import *m = w->rec->imports->pdata[i];
		GString *out;

		if (m->kind == IMPORT_MAIL && m->mail != NULL)
			mail_row(w, to, m);
		out = entry_begin(w);
		when_cell(&w->h, m->at);
		say(&w->h, "%t imported: %f%t%t</td><td>", import_kind_name(
		    m->kind), m->file, *m->who != '\0' ? ", by " : "", m->who);
		if (m->rows->len > 0)
			say(&w->h, "%d row%t, %d counted",
			    (uint64_t)m->rows->len, m->rows->len == 1 ? "" :
			    "s", (uint64_t)m->counted);
		if (m->problems->len > 0)
			say(&w->h, "%t%d problem%t", m->rows->len > 0 ? "; " :
			    "", (uint64_t)m->problems->len,
			    m->problems->len == 1 ? "" : "s");
		html_raw(&w->h, "</td><td>");
		html_import(&w->h, m, 0);
		html_raw(&w->h, "</td></tr>\n");
		entry_end(w, to, m->at, out);
	}
}

static void
withdrawn(struct worksheet_doc *w, GPtrArray *to)
{
	for (guint i = 0; i < w->rec->withdrawn->len; i++) {
		const struct import *m = w->rec->withdrawn->pdata[i];
		GString *out = entry_begin(w);

		when_cell(&w->h, m->withdrawn);
		say(&w->h, "%t withdrawn: %f, imported on %D as %t%t%t. It is "
		    "kept, and nothing here rests on it</td><td>reason: "
		    "<code>%t</code></td><td>%t</td></tr>\n",
		    import_kind_name(m->kind), m->file, m->at, m->exhibit,
		    *m->withdrawn_by != '\0' ? ", by " : "", m->withdrawn_by,
		    m->withdrawn_why, m->id);
		entry_end(w, to, m->withdrawn, out);
	}
}

/* Notes are the examiner's words, and stand as such. */
static void
notes(struct worksheet_doc *w, GPtrArray *to)
{
	for (guint i = 0; i < w->rec->notes->len; i++) {
		const struct case_note *n = w->rec->notes->pdata[i];
		GString *out = entry_begin(w);

		when_cell(&w->h, n->at);
		say(&w->h, "note%t%t: <code>%t</code></td><td></td><td>ledger "
		    "%i</td></tr>\n", *n->who != '\0' ? " of " : "", n->who,
		    n->text, n->n);
		entry_end(w, to, n->at, out);
	}
}

void
worksheet_steps(struct worksheet_doc *w)
{
	static const struct column columns[] = {
		{ 19, "When (UTC)" }, { 36, "Step" }, { 29, "Outcome" },
		{ 16, "Records" },
	};
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(entry_free);

	other_runs(w, all);
	token_rows(w, all);
	run_steps(w, all);
	imports(w, all);
	withdrawn(w, all);
	notes(w, all);
	g_ptr_array_sort(all, by_time);
	html_table(&w->h, "", "Chronology for factor 2", "from the logs of the "
	    "runs, from what was imported and from notes; failures are kept. "
	    "Steps outside this program are in it only where they were "
	    "imported or noted.", columns,
	    G_N_ELEMENTS(columns));
	for (guint i = 0; i < all->len; i++)
		html_raw(&w->h, ((const struct entry *)all->pdata[i])->row);
	html_table_end(&w->h);
}
