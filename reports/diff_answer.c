/*
 * Whether the other run answered the question of a statement: only then is its
 * absence there a change.
 */

#include "reports/diff_priv.h"

#include <string.h>

/* In answers of name servers: whose side spoke. */
enum standing { FOR_ZONE, BY_PARENT, FOR_BOTH, FOR_NOTHING };

static enum standing
standing_of(enum fact_kind kind)
{
	switch (kind) {
	case FACT_DNS_REFERRAL:
	case FACT_DNS_DS:
	case FACT_DNS_UNSIGNED:
		return BY_PARENT;
	case FACT_DNS_NXDOMAIN:
		return FOR_BOTH;
	case FACT_DNS_LAME:
	case FACT_DNS_HINT:
		return FOR_NOTHING;
	default:
		return FOR_ZONE;
	}
}

/* Whether the facts that record n gave say that it answered for f. */
static gboolean
answers_for(const struct run *r, uint64_t n, const struct fact *f)
{
	enum standing wanted = standing_of(f->kind);

	for (guint i = 0; i < r->facts->len; i++) {
		const struct fact *g = r->facts->pdata[i];
		enum standing got = standing_of(g->kind);

		if (g->type != OBSERVED || fact_source(g) != n)
			continue;
		if (got == FOR_BOTH || got == wanted ||
		    (wanted == FOR_BOTH && got == FOR_ZONE))
			return TRUE;
	}
	return FALSE;
}

/* "whois.none" of a limit or a refusal is no answer. */
static gboolean
whois_refuses(const struct run *r, uint64_t n)
{
	for (guint i = 0; i < r->facts->len; i++) {
		const struct fact *f = r->facts->pdata[i];

		if (f->kind == FACT_WHOIS_NONE && fact_source(f) == n &&
		    strcmp(fact_str(f, "what"), "no match") != 0)
			return TRUE;
	}
	return FALSE;
}

static gboolean
is_answer(const struct run *r, const struct log_row *row, const struct fact *f)
{
	if (row->status != X_ANSWERED)
		return FALSE;
	switch (row->kind) {
	case PROBE_DNS:
		return answers_for(r, row->n, f);
	case PROBE_RDAP:
	case PROBE_HTTP:
		return *row->detail == '2' || *row->detail == '3' ||
		    g_str_has_prefix(row->detail, "404") ||
		    g_str_has_prefix(row->detail, "410");
	case PROBE_WHOIS:
		return !whois_refuses(r, row->n);
	default:
		return TRUE;
	}
}

/* Another server does as well, but for handshakes, which are a server's own,
 * and look-ups in a file, which are that file's. */
static gboolean
same_question(const struct log_row *a, const struct log_row *b)
{
	return a->kind == b->kind && strcmp(a->name, b->name) == 0 &&
	    strcmp(a->qtype, b->qtype) == 0 &&
	    (a->kind != PROBE_TLS || strcmp(a->server, b->server) == 0) &&
	    (a->kind != PROBE_GEO || strcmp(a->host, b->host) == 0);
}

char *
diff_why_unseen(const struct run *a, const struct run *b, const struct fact *f)
{
	const struct log_row *asked = run_row(a, fact_source(f));
	const struct log_row *last = NULL;

	if (asked == NULL)
		return g_strdup("its record is not in the log");
	for (guint i = 0; i < b->log->len; i++) {
		const struct log_row *row = b->log->pdata[i];

		if (strcmp(row->type, "exchange") != 0 ||
		    !same_question(asked, row))
			continue;
		if (is_answer(b, row, f))
			return NULL;
		last = row;
	}
	if (last == NULL)
		return g_strdup(DIFF_NOT_ASKED);
	if (last->status != X_ANSWERED)
		return g_strdup(xstatus_name(last->status));
	return g_strdup_printf("no answer to that question%s%s",
	    *last->detail != '\0' ? ": " : "", last->detail);
}
