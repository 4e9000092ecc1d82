/* Steps taken, by time: from logs, tokens and imports. */

#include "reports/worksheet_html.h"

#include <string.h>

#include "reports/exhibit_html.h"

#define STEPS_MAX	400

/* Exchanges of one step: the same name asked of DNS, the same local file; each
 * failure and each other exchange by itself. */
struct step {
	const struct log_row	*first;
	GArray			*records;
};

static void
step_free(void *data)
{
	struct step *s = data;

	g_array_unref(s->records);
	g_free(s);
}

static char *
step_key(const struct log_row *r)
{
	if (row_failed(r))
		return g_strdup_printf("failed %" G_GUINT64_FORMAT, r->n);
	if (r->kind == PROBE_DNS)
		return g_strdup_printf("dns %s", r->name);
	if (r->kind == PROBE_LOCAL || r->kind == PROBE_GEO)
		return g_strdup_printf("file %d %s", (int)r->kind, r->kind ==
		    PROBE_GEO ? r->host : r->qtype);
	return g_strdup_printf("%d %s %s", (int)r->kind, r->name, r->host);
}

static GPtrArray *
steps_of(const struct run *run)
{
	GPtrArray *steps = g_ptr_array_new_with_free_func(step_free);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);

	for (guint i = 0; i < run->log->len; i++) {
		const struct log_row *r = run->log->pdata[i];
		char *key;
		struct step *s;

		if (!row_exchange(r))
			continue;
		key = step_key(r);
		s = g_hash_table_lookup(seen, key);
		if (s == NULL) {
			s = g_new0(struct step, 1);
			s->first = r;
			s->records = g_array_new(FALSE, FALSE,
			    sizeof(uint64_t));
			g_ptr_array_add(steps, s);
			g_hash_table_insert(seen, key, s);
		} else {
			g_free(key);
		}
		cites_add(s->records, r->n);
	}
	return steps;
}

static void
types(struct worksheet_doc *w, const struct step *s)
{
	g_autoptr(GPtrArray) seen = g_ptr_array_new();

	for (guint i = 0; i < s->records->len; i++) {
		const struct log_row *r = run_row(w->v.run,
		    g_array_index(s->records, uint64_t, i));

		if (r != NULL && strings_add(seen, r->qtype))
			say(&w->h, "%t%t", seen->len > 1 ? ", " : "",
			    r->qtype);
	}
}

static void
what(struct worksheet_doc *w, const struct step *s)
{
	const struct log_row *r = s->first;
	struct html *h = &w->h;

	switch (r->kind) {
	case PROBE_DNS:
		say(h, "asked name servers for %p (", r->name);
		types(w, s);
		html_raw(h, ")");
		break;
	case PROBE_LOCAL:
		say(h, "read local data: %t", r->qtype);
		break;
	case PROBE_GEO:
		say(h, "looked addresses up in %p", r->host);
		break;
	case PROBE_REACH:
		say(h, "timed TCP handshakes with %a", r->server);
		break;
	case PROBE_TLS:
		say(h, "made a handshake with %a for %p", r->server, r->name);
		break;
	case PROBE_HTTP:
		say(h, "asked for %u", r->name);
		break;
	case PROBE_RDAP:
	case PROBE_WHOIS:
	case PROBE_KINDS:
		say(h, "asked %p (%t) for ", row_server(r),
		    probe_kind_name(r->kind));
		html_url(h, r->name);
	}
}

static void
outcome(struct worksheet_doc *w, const struct step *s)
{
	if (s->records->len == 1)
		exhibit_outcome(&w->h, s->first);
	else
		say(&w->h, "%d answers", (uint64_t)s->records->len);
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
		entry_end(w, to, when, out);
	}
}

/* Other runs of the case, a line each. */
static void
other_runs(struct worksheet_doc *w, GPtrArray *to)
{
	for (guint i = 0; i < w->rec->runs->len; i++) {
		const struct run *run = w->rec->runs->pdata[i];
		uint64_t asked = 0, failed = 0;
		GString *out;

		if (run == w->v.run)
			continue;
		for (guint k = 0; k < run->log->len; k++) {
			asked += row_exchange(run->log->pdata[k]) ? 1 : 0;
			failed += row_exchange(run->log->pdata[k]) &&
			    row_failed(run->log->pdata[k]) ? 1 : 0;
		}
		out = entry_begin(w);
		when_cell(&w->h, run->started);
		say(&w->h, "run %t</td><td>%d questions, %d without an answer; "
		    "its own exhibit lists them</td><td></td></tr>\n",
		    run->name, asked, failed);
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
		what(w, s);
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

		if (!strings_add(said, reply_class_name(x->klass)))
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
		{ 21, "When (UTC)" }, { 44, "Step" }, { 19, "Outcome" },
		{ 16, "Records" },
	};
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(entry_free);

	other_runs(w, all);
	token_rows(w, all);
	run_steps(w, all);
	imports(w, all);
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
