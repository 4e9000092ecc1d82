#include "reports/settle.h"

#include <string.h>

#include "reports/delivery.h"
#include "reports/judge.h"
#include "reports/told.h"

/* ---- facts ------------------------------------------------------------------- */

static void
clear_fact(void *fact)
{
	fact_clear(fact);
}

static gboolean
header_stays(const struct fact *f)
{
	const char *name = fact_str(f, "name");

	return strcmp(name, "set-cookie") == 0 || judge_country_header(name) ||
	    delivery_by_header(name, fact_str(f, "value")) != NULL;
}

static gboolean
field_stays(const struct fact *f)
{
	static const char *const fields[] = { "registrar", "holder", "email" };

	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		if (strcmp(fact_str(f, "field"), fields[i]) == 0)
			return TRUE;
	return FALSE;
}

/* Whether a question was settled is asked of the newest run, which is whole
 * (look.c).  assessed_t knows which files ask for these kinds. */
static gboolean
fact_stays(const struct fact *f)
{
	switch (f->kind) {
	case FACT_DNS_NODATA:
	case FACT_DNS_NXDOMAIN:
	case FACT_REG_NONE:
	case FACT_WHOIS_NONE:
		return FALSE;
	case FACT_DNS_TXT:		/* keys of signed mail */
		return strstr(f->subject, "._domainkey.") != NULL;
	case FACT_HTTP_HEADER:
		return header_stays(f);
	case FACT_WHOIS_FIELD:
		return field_stays(f);
	default:
		return TRUE;
	}
}

/* How many stay, in order, at the front; the others are let go of. */
static guint
sift_facts(GPtrArray *facts, GHashTable *rested)
{
	guint n = 0;

	for (guint i = 0; i < facts->len; i++) {
		struct fact *f = facts->pdata[i];

		if (fact_stays(f) || g_hash_table_contains(rested,
		    GSIZE_TO_POINTER((gsize)f->id)))
			facts->pdata[n++] = f;
		else
			fact_free(f);
	}
	return n;
}

static void
settle_facts(struct run *r)
{
	g_autoptr(GHashTable) rested = facts_rested_on(r);
	g_autoptr(GPtrArray) had = r->facts;
	guint n = sift_facts(had, rested);

	r->block = g_new(struct fact, n);
	r->facts = g_ptr_array_new_full(n, clear_fact);
	for (guint i = 0; i < n; i++) {
		r->block[i] = *(const struct fact *)had->pdata[i];
		g_free(had->pdata[i]);
		g_ptr_array_add(r->facts, &r->block[i]);
	}
	g_ptr_array_set_free_func(had, NULL);
}

/* ---- rows -------------------------------------------------------------------- */

enum rests {
	RESTS_HEADER = 1 << 0,	/* a response header, which names its server */
	RESTS_PLACE = 1 << 1,	/* a place, or that there is none */
	RESTS_NAME = 1 << 2,	/* the registration of a name, which tells who runs it */
	RESTS_NETWORK = 1 << 3,	/* whose the network of an address is */
};

static unsigned
rests_by(enum fact_kind kind)
{
	switch (kind) {
	case FACT_HTTP_HEADER:
		return RESTS_HEADER;
	case FACT_GEO_PLACE:
	case FACT_GEO_NONE:
		return RESTS_PLACE;
	case FACT_RDAP_DOMAIN:
		return RESTS_NAME;
	case FACT_IP_HOLDER:
	case FACT_IP_NETWORK:
		return RESTS_NETWORK;
	default:
		return 0;
	}
}

/* What facts of the run rest on which row: n -> enum rests. */
static GHashTable *
rests_of(const struct run *r)
{
	GHashTable *t = g_hash_table_new(NULL, NULL);

	for (guint i = 0; i < r->facts->len; i++) {
		const struct fact *f = r->facts->pdata[i];
		void *n = GSIZE_TO_POINTER((gsize)fact_source(f));
		unsigned by = f->type == DERIVED ? 0 : rests_by(f->kind);

		if (by != 0)
			g_hash_table_insert(t, n, GUINT_TO_POINTER(by |
			    GPOINTER_TO_UINT(g_hash_table_lookup(t, n))));
	}
	return t;
}

/* A place that was answered is in a fact, and so is whose an address is; a page
 * matters by its server's name; a registry's host by the registration that it told. */
static gboolean
row_stays(const struct log_row *row, GHashTable *rests)
{
	unsigned by = GPOINTER_TO_UINT(g_hash_table_lookup(rests,
	    GSIZE_TO_POINTER((gsize)row->n)));

	if (row->status != X_ANSWERED)
		return TRUE;
	switch (row->kind) {
	case PROBE_HTTP:
		return (by & RESTS_HEADER) != 0;
	case PROBE_GEO:
		return (by & RESTS_PLACE) == 0;
	case PROBE_RDAP:
		return (by & RESTS_NAME) != 0 ||
		    (strcmp(row->qtype, "ip") == 0 && (by & RESTS_NETWORK) == 0);
	default:
		return TRUE;
	}
}

static void
settle_rows(struct run *r)
{
	g_autoptr(GHashTable) rests = rests_of(r);
	g_autoptr(GPtrArray) had = r->log;

	r->log = log_rows_new();
	for (guint i = 0; i < had->len; i++) {
		if (!row_stays(had->pdata[i], rests))
			continue;
		g_ptr_array_add(r->log, had->pdata[i]);
		had->pdata[i] = NULL;
	}
}

/* ---- exhibits ---------------------------------------------------------------- */

/* ids[of[n]] is the exhibit of record n; of is 0, and that id "", where it is in
 * none. */
struct placed {
	uint64_t	 count;
	uint16_t	*of;
	const char	**ids;		/* texts of the record's share */
};

void
placed_free(struct placed *p)
{
	if (p == NULL)
		return;
	g_free(p->of);
	g_free(p->ids);
	g_free(p);
}

const char *
placed_id(const struct placed *p, uint64_t n)
{
	return n < p->count ? p->ids[p->of[n]] : "";
}

/* One more than the highest number; 0 where the numbers are few and far between,
 * as no log has them. */
static uint64_t
records_end(const GPtrArray *exhibits)
{
	uint64_t end = 0, all = 0;

	for (guint i = 0; i < exhibits->len; i++) {
		const struct exhibit *x = exhibits->pdata[i];

		all += x->records->len;
		for (guint k = 0; k < x->records->len; k++)
			end = MAX(end, g_array_index(x->records, uint64_t, k));
	}
	return end < 1024 + 16 * all ? end + 1 : 0;
}

/* The first that lists a record has it. */
static void
place(struct placed *p, const struct exhibit *x, uint16_t which)
{
	p->ids[which] = x->id;
	for (guint k = 0; k < x->records->len; k++) {
		uint64_t n = g_array_index(x->records, uint64_t, k);

		if (p->of[n] == 0)
			p->of[n] = which;
	}
}

static void
settle_exhibits(struct run *r)
{
	uint64_t end = records_end(r->exhibits);

	for (guint i = 0; i < r->exhibits->len; i++)
		if (!((const struct exhibit *)r->exhibits->pdata[i])->borrows)
			return;
	if (end == 0 || r->exhibits->len >= UINT16_MAX)
		return;
	r->placed = g_new0(struct placed, 1);
	r->placed->count = end;
	r->placed->of = g_new0(uint16_t, end);
	r->placed->ids = g_new0(const char *, r->exhibits->len + 1);
	r->placed->ids[0] = "";
	for (guint i = 0; i < r->exhibits->len; i++)
		place(r->placed, r->exhibits->pdata[i], (uint16_t)(i + 1));
	g_ptr_array_unref(r->exhibits);
	r->exhibits = g_ptr_array_new();
}

void
run_settle(struct run *r)
{
	settle_facts(r);
	settle_rows(r);
	settle_exhibits(r);
}
