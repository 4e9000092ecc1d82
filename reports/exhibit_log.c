/* Sections 8 and 12: what was not answered, and the whole log in short. */

#include "reports/exhibit_html.h"

#include <string.h>

#include "probes/text.h"

void
exhibit_words(struct html *h, const char *s, size_t len)
{
	text_html(h->out, s, (gssize)len);
}

gboolean
exhibit_full(struct exhibit_doc *x, guint rows, guint columns, guint all)
{
	if (rows < EXHIBIT_ROWS)
		return FALSE;
	say(&x->h, "<tr><td colspan=\"%i\">", (uint64_t)columns);
	if (all > rows)
		say(&x->h, "%d further rows stand", (uint64_t)(all - rows));
	else
		html_raw(&x->h, "Further rows stand");
	html_raw(&x->h, " in data/facts.jsonl.</td></tr>\n");
	return TRUE;
}

void
exhibit_outcome(struct html *h, const struct log_row *r)
{
	if (row_failed(r))
		say(h, "<strong>%t</strong>%t%t", xstatus_name(r->status),
		    *r->detail != '\0' ? ": " : "", r->detail);
	else
		say(h, "%t", *r->detail != '\0' ? r->detail : "answered");
}

void
exhibit_question(struct html *h, const struct log_row *r)
{
	switch (r->kind) {
	case PROBE_DNS:
		say(h, "%p %t", r->name, r->qtype);
		break;
	case PROBE_RDAP:
	case PROBE_HTTP:
		html_url(h, r->name);
		break;
	case PROBE_TLS:
		say(h, "handshake for %p", r->name);
		if (json_is_string(json_object_get(json_object_get(r->json,
		    "question"), "options")))
			say(h, " (%t)", json_string_value(json_object_get(
			    json_object_get(r->json, "question"), "options")));
		break;
	case PROBE_REACH:
		say(h, "TCP handshakes with %a", r->server);
		break;
	case PROBE_GEO:
		say(h, "%a", r->name);
		break;
	case PROBE_LOCAL:
		say(h, "%t: %u", r->qtype, r->name);
		break;
	case PROBE_WHOIS:
	case PROBE_KINDS:
		say(h, "%p", r->name);
	}
}

static void
asked_of(struct html *h, const struct log_row *r)
{
	if (r->kind == PROBE_LOCAL) {
		html_raw(h, "local file");
	} else if (r->kind == PROBE_GEO) {
		say(h, "%p", r->host);
	} else {
		if (*r->host != '\0')
			say(h, "%p%t", r->host, *r->server != '\0' ? ", " : "");
		say(h, "%a", r->server);
	}
}

/* ---- section 9 ------------------------------------------------------------- */

/* Answered, and yet a refusal in the protocol's own words. */
static const enum fact_kind refusals[] = {
	FACT_RDAP_REFUSED, FACT_WHOIS_NONE, FACT_DNS_LAME,
};

static const struct fact *
refusal_of(const struct view *v, uint64_t n)
{
	for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++) {
		const struct fact *f;
		guint at = 0;

		while ((f = view_next(v, refusals[i], NULL, &at)) != NULL)
			if (fact_source(f) == n)
				return f;
	}
	return NULL;
}

/* The field that says what kind of refusal it was. */
static const char *
refusal_says(const struct fact *f)
{
	static const char *const fields[] = { "what", "meaning", "why" };

	for (size_t i = 0; f != NULL && i < G_N_ELEMENTS(fields); i++)
		if (*fact_str(f, fields[i]) != '\0')
			return fact_str(f, fields[i]);
	return "";
}

static gboolean
is_http_error(const struct log_row *r)
{
	return r->kind == PROBE_HTTP && r->status == X_ANSWERED &&
	    (r->detail[0] == '4' || r->detail[0] == '5');
}

static void
failure_row(struct exhibit_doc *x, const struct log_row *r)
{
	const char *says = refusal_says(refusal_of(&x->v, r->n));
	struct html *h = &x->h;

	html_raw(h, "<tr><th scope=\"row\" class=\"n\">");
	html_record(h, r->n);
	html_raw(h, "</th><td>");
	html_clock(h, r->end);
	say(h, "</td><td>%t</td><td>", probe_kind_name(r->kind));
	asked_of(h, r);
	html_raw(h, "</td><td>");
	exhibit_question(h, r);
	say(h, "</td><td>%t%t%t%t%t</td></tr>\n", xstatus_name(r->status),
	    *r->detail != '\0' ? ": " : "", r->detail, *says != '\0' ? "; " :
	    "", says);
}

static guint
failures_table(struct exhibit_doc *x)
{
	static const struct column columns[] = {
		{ 7, ">Rec." }, { 10, "Time" }, { 8, "Kind" },
		{ 27, "Asked of" }, { 27, "What" }, { 21, "Outcome" },
	};
	guint n = 0;

	for (guint i = 0; i < x->v.run->log->len; i++) {
		const struct log_row *r = x->v.run->log->pdata[i];

		if (!row_exchange(r) || !view_row(&x->v, r) ||
		    (!row_failed(r) && !is_http_error(r) &&
		    refusal_of(&x->v, r->n) == NULL))
			continue;
		if (n == 0)
			exhibit_table(x, "", "Not answered, refused, or held "
			    "back", "all in Exhibit B-1; the outcome as logged",
			    columns, G_N_ELEMENTS(columns));
		if (exhibit_full(x, n++, 6, 0))
			break;
		failure_row(x, r);
	}
	if (n > 0)
		html_table_end(&x->h);
	return n;
}

static const char *const told[] = { "limit", "skipped", "resume", "clock" };

static gboolean
is_told(const struct log_row *r)
{
	for (size_t i = 0; i < G_N_ELEMENTS(told); i++)
		if (strcmp(told[i], r->type) == 0)
			return TRUE;
	return FALSE;
}

static guint
events_table(struct exhibit_doc *x)
{
	static const struct column columns[] = {
		{ 8, ">Line" }, { 14, "Event" }, { 78, "As logged" },
	};
	guint n = 0;

	for (guint i = 0; i < x->v.run->log->len; i++) {
		const struct log_row *r = x->v.run->log->pdata[i];

		if (!is_told(r) || !view_row(&x->v, r))
			continue;
		if (n == 0)
			exhibit_table(x, "", "Limits met and questions left "
			    "unasked", "Exhibit B-1", columns,
			    G_N_ELEMENTS(columns));
		if (exhibit_full(x, n++, 3, 0))
			break;
		say(&x->h, "<tr><th scope=\"row\" class=\"n\"><span id=\"r%i\" "
		    "data-record=\"%i\">%i</span></th><td>%t</td><td>%t</td>"
		    "</tr>\n", r->n, r->n, r->n, r->type, r->text);
	}
	if (n > 0)
		html_table_end(&x->h);
	return n;
}

/* Whether the case follows hosts, by what was asked of them. */
static gboolean
stores_asked(const struct run *run)
{
	for (guint i = 0; i < run->log->len; i++) {
		const struct log_row *r = g_ptr_array_index(run->log, i);

		if (g_strcmp0(r->qtype, "store") == 0)
			return TRUE;
	}
	return FALSE;
}

void
exhibit_failures(struct exhibit_doc *x)
{
	html_raw(&x->h, "<p>What was asked and not answered is listed whole. A "
	    "question that was not answered is not a finding that nothing is "
	    "there.</p>\n");
	if (failures_table(x) == 0)
		html_raw(&x->h, "<p>Every question of this record was answered. "
		    "<cite>[Ex. B-1]</cite></p>\n");
	if (events_table(x) == 0)
		html_raw(&x->h, "<p>No limit was met. <cite>[Ex. B-1]</cite>"
		    "</p>\n");
	say(&x->h, "<p class=\"note\">Not attempted by design: sign-in, "
	    "forms, scripts, downloads of works or programs, logs of "
	    "certificates, %tadvertising libraries.</p>\n",
	    stores_asked(x->v.run) ? "" : "app stores, ");
}

/* ---- section 13 ------------------------------------------------------------ */

static gboolean
is_shown(const struct exhibit_doc *x, const struct log_row *r)
{
	return row_exchange(r) && (view_row(&x->v, r) ||
	    g_hash_table_contains(x->h.cited, &r->n));
}

/* The record that raised a shown one is shown too; causes come before, so one
 * walk from the end finds them all. */
static void
cite_causes(struct exhibit_doc *x)
{
	for (guint i = x->v.run->log->len; i > 0; i--) {
		const struct log_row *r = x->v.run->log->pdata[i - 1];

		if (is_shown(x, r) && r->cause != 0)
			g_hash_table_add(x->h.cited, g_memdup2(&r->cause,
			    sizeof r->cause));
	}
}

/* The lines that open and close the log. */
static gboolean
is_end(const struct log_row *r)
{
	return strcmp(r->type, "open") == 0 || strcmp(r->type, "close") == 0;
}

static void
end_row(struct exhibit_doc *x, const struct log_row *r)
{
	say(&x->h, "<tr id=\"r%i\" data-record=\"%i\"><th scope=\"row\" "
	    "class=\"n\">%i</th><td></td><td></td><td>%t</td><td colspan=\"3\">"
	    "%t</td><td><span class=\"nb\">%t</span></td></tr>\n", r->n, r->n,
	    r->n, r->type, r->text, html_exhibit_of(&x->h, r->n));
}

static void
log_row(struct exhibit_doc *x, const struct log_row *r)
{
	struct html *h = &x->h;
	const struct log_row *cause = r->cause != 0 ?
	    run_row(x->v.run, r->cause) : NULL;

	say(h, "<tr id=\"r%i\" data-record=\"%i\"><th scope=\"row\" class=\"n\">"
	    "%i</th><td class=\"nb\">", r->n, r->n, r->n);
	if (strlen(r->start) >= 23)
		text_html(h->out, r->start + 11, 12);
	else
		html_text(h, r->start);
	html_raw(h, "</td><td class=\"n\">");
	if (cause != NULL && row_exchange(cause))
		html_record(h, r->cause);
	else
		html_raw(h, "start");
	say(h, "</td><td>%t</td><td>", probe_kind_name(r->kind));
	asked_of(h, r);
	html_raw(h, "</td><td>");
	exhibit_question(h, r);
	html_raw(h, "</td><td>");
	exhibit_outcome(h, r);
	if (r->received_size > 0)
		say(h, ", %d bytes", r->received_size);
	say(h, "</td><td><span class=\"nb\">%t</span></td></tr>\n",
	    html_exhibit_of(h, r->n));
}

void
exhibit_log(struct exhibit_doc *x)
{
	static const struct column columns[] = {
		{ 5, ">Rec." }, { 11, "Time" }, { 7, ">Raised by" },
		{ 6, "Kind" }, { 25, "Asked of" }, { 25, "Question" },
		{ 15, "Outcome" }, { 6, "Ex." },
	};
	const GPtrArray *log = x->v.run->log;
	guint left = 0;

	cite_causes(x);
	exhibit_table(x, "log", "The log in short", "Exhibit B-1. Raised by: "
	    "the record whose fact raised the question. Times are UTC.",
	    columns, G_N_ELEMENTS(columns));
	for (guint i = 0; i < log->len; i++) {
		const struct log_row *r = log->pdata[i];

		if (is_end(r))
			end_row(x, r);
		else if (is_shown(x, r))
			log_row(x, r);
		else if (row_exchange(r))
			left++;
	}
	html_table_end(&x->h);
	if (left > 0)
		say(&x->h, "<p class=\"note\">%d questions for other targets of "
		    "the run are left out here; they stand in data/log.jsonl."
		    "</p>\n", (uint64_t)left);
}
