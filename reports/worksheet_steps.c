/* Steps taken, from the log; and the map from exhibits to factors. */

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

static void
token_rows(struct worksheet_doc *w, const char *which, const char *says)
{
	for (guint i = 0; i < w->v.run->tokens->len; i++) {
		const struct token_view *t = w->v.run->tokens->pdata[i];

		if (strcmp(t->which, which) != 0)
			continue;
		html_raw(&w->h, "<tr><th scope=\"row\">");
		if (*t->time != '\0')
			html_stamp(&w->h, t->time);
		say(&w->h, "</th><td>%t of %t</td><td>%t</td><td>O-2</td></tr>\n",
		    says, t->authority, *t->time != '\0' ? "valid" :
		    *t->problem != '\0' ? t->problem : "none came");
	}
}

/* Earlier runs of the case, a line each. */
static void
other_runs(struct worksheet_doc *w)
{
	for (guint i = 0; i < w->rec->runs->len; i++) {
		const struct run *run = w->rec->runs->pdata[i];
		uint64_t n = 0;

		if (run == w->v.run)
			continue;
		for (guint k = 0; k < run->log->len; k++)
			n += row_exchange(run->log->pdata[k]) ? 1 : 0;
		html_raw(&w->h, "<tr><th scope=\"row\">");
		html_stamp(&w->h, run->started);
		say(&w->h, "</th><td>run %t</td><td>%d questions; its own "
		    "exhibit lists them</td><td></td></tr>\n", run->name, n);
	}
}

void
worksheet_steps(struct worksheet_doc *w)
{
	static const struct column columns[] = {
		{ 21, "When (UTC)" }, { 44, "Step" }, { 19, "Outcome" },
		{ 16, "Records" },
	};
	g_autoptr(GPtrArray) steps = steps_of(w->v.run);
	struct html *h = &w->h;

	html_table(h, "", "Chronology for factor 2", "from the log of the run; "
	    "failures are kept. Letters, replies and steps outside this program "
	    "are not in it.", columns, G_N_ELEMENTS(columns));
	other_runs(w);
	token_rows(w, "open", "opening token");
	for (guint i = 0; i < steps->len && i < STEPS_MAX; i++) {
		const struct step *s = steps->pdata[i];

		html_raw(h, "<tr><th scope=\"row\">");
		html_stamp(h, s->first->start);
		html_raw(h, "</th><td>");
		what(w, s);
		html_raw(h, "</td><td>");
		outcome(w, s);
		html_raw(h, "</td><td>");
		html_records(h, s->records);
		html_raw(h, "</td></tr>\n");
	}
	if (steps->len > STEPS_MAX)
		say(h, "<tr><td colspan=\"4\">%d further steps stand in the "
		    "log.</td></tr>\n", (uint64_t)(steps->len - STEPS_MAX));
	token_rows(w, "seal", "closing token");
	html_table_end(h);
}

/* ---- the map ----------------------------------------------------------------- */

static gboolean
rests_on(const struct worksheet_doc *w, const GArray *pointers,
    const char *exhibit)
{
	for (guint i = 0; i < pointers->len; i++) {
		const struct pointer *p = &g_array_index(pointers,
		    struct pointer, i);

		if (p->run == w->v.run &&
		    strcmp(html_exhibit_of(&w->h, p->n), exhibit) == 0)
			return TRUE;
	}
	return FALSE;
}

static gboolean
serves(const struct worksheet_doc *w, const struct span *s,
    const char *exhibit)
{
	for (guint i = s->first; i < s->end; i++) {
		const struct finding *f = worksheet_finding(w, i);

		if (rests_on(w, f->for_, exhibit) ||
		    rests_on(w, f->against, exhibit))
			return TRUE;
	}
	return FALSE;
}

static const char *const factor_numbers[FACTORS] = {
	[FACTOR_SETTING] = "setting", [FACTOR_1] = "1", [FACTOR_2] = "2",
	[FACTOR_3] = "3", [FACTOR_4] = "4", [FACTOR_TRAPS] = "traps",
};

static void
map_row(struct worksheet_doc *w, const struct exhibit *x)
{
	gboolean factors[FACTORS] = { FALSE };
	struct html *h = &w->h;
	struct span s;
	guint n = 0;

	say(h, "<tr><th scope=\"row\"><span class=\"nb\">%t</span></th><td>",
	    x->id);
	html_url(h, x->title);
	html_raw(h, "</td><td>");
	for (guint at = 0; worksheet_next(w, &at, &s);) {
		if (!serves(w, &s, x->id))
			continue;
		say(h, "%t<a class=\"nb\" href=\"#%t\">%t</a>", n++ > 0 ? ", " :
		    "", s.e->id, s.e->id);
		factors[s.e->factor] = TRUE;
	}
	html_raw(h, n == 0 ? "none</td><td>" : "</td><td>");
	n = 0;
	for (int i = 0; i < FACTORS; i++)
		if (factors[i])
			say(h, "%t%t", n++ > 0 ? ", " : "", factor_numbers[i]);
	html_raw(h, "</td><td>____ at ____</td></tr>\n");
}

void
worksheet_map(struct worksheet_doc *w)
{
	static const struct column columns[] = {
		{ 9, "Exhibit" }, { 37, "What it is" }, { 28, "Elements" },
		{ 10, "Factor" }, { 16, "Discussed at" },
	};
	const GPtrArray *all = w->v.run->exhibits;

	html_table(&w->h, "", "Every exhibit, the elements whose findings point "
	    "to it, and where it is discussed", "last column for counsel",
	    columns, G_N_ELEMENTS(columns));
	for (guint i = 0; i < all->len && i < STEPS_MAX; i++)
		map_row(w, all->pdata[i]);
	html_table_end(&w->h);
}
