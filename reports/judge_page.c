#include <string.h>

#include "reports/call.h"
#include "reports/gather.h"
#include "reports/quoted.h"

/*
 * Factor 3, what a site does with its visitors: J-08, J-11 to J-13, J-20, and
 * P-23's offer of the name.
 */

static const struct want any_page[] = { { FACT_HTTP_PAGE, NULL, NULL } };

/* A document first, where one is quoted for the element; then whether a run is
 * there at all. TRUE: nothing is left to do. */
static gboolean
told_or_no_run(struct finding *f)
{
	return quoted_judge(f, f->element->id) || judge_no_run(f);
}

/* ---- J-08 -------------------------------------------------------------------- */

/* Rows of Does: an act, and its day.  Who else has looked at which address is no
 * matter here: the row is its importer's word that the Doe did it. */
static void
does_acted(struct finding *f, guint *dated, guint *bare)
{
	const struct audience *u = f->sight->audience;

	for (guint i = 0; i < u->does->len; i++) {
		const struct doe *d = g_ptr_array_index(u->does, i);

		for (guint k = 0; k < d->rows->len && *dated < 1; k++) {
			const struct doing *x = &g_array_index(d->rows,
			    struct doing, k);
			gboolean whole, has;
			int32_t day;

			if (*x->row->is->act == '\0')
				continue;
			has = activity_day(x->row, &day, &whole);
			*dated += has ? 1u : 0u;
			*bare += has ? 0u : 1u;
			if (has || *bare == 1)
				finding_for_import(f, x->import, x->row->row);
		}
	}
}

void
judge_act(const struct record *rec, struct finding *f)
{
	static const struct want want[] = {
		{ FACT_PAGE_LINK, "purpose", "download" },
		{ FACT_PAGE_LINK, "purpose", "vpn" },
		{ FACT_PAGE_WORDS, "rule", "app-offer" },
		{ FACT_PAGE_WORDS, "rule", "vpn-offer" },
		{ FACT_PAGE_WORDS, "rule", "torrent-link" },
		{ FACT_PAGE_TORRENT, NULL, NULL },
	};
	g_autoptr(GString) list = g_string_new(NULL);
	guint dated = 0, bare = 0, n;

	(void)rec;
	if (quoted_judge(f, "J-08"))
		return;
	does_acted(f, &dated, &bare);
	n = gather(f, want, G_N_ELEMENTS(want), FALSE, list);
	if (n > 0)
		finding_note(f, "offers on pages: %u (%s)", n, list->str);
	if (dated > 0) {
		f->status = ST_SUP;
		finding_note(f, "an act of a Doe stands in an activity log, "
		    "with its day; that it is the Doe's is as imported");
	} else if (bare + n > 0) {
		f->status = ST_PART;
		finding_lacks(f, SUPPLY_ACTIVITY, "%s", bare > 0 ?
		    "when the Doe acted" :
		    "who acted, when, and with which work");
	} else if (!judge_no_run(f)) {
		gather_none(f, "no offer of an application, a download or a "
		    "service on a page, and no act of a Doe imported");
	}
}

/* ---- J-12, J-13, J-11 ---------------------------------------------------------- */

/* What is only taken from the host, or leads to where something could be given,
 * is some of an exchange.  A cookie is none: no user gives it. */
static const struct want one_way[] = {
	{ FACT_PAGE_LINK, "purpose", "download" },
	{ FACT_PAGE_LINK, "purpose", "sign-up" },
	{ FACT_PAGE_WORDS, "rule", "torrent-link" },
	{ FACT_PAGE_TORRENT, NULL, NULL },
};

struct calls { struct tally sends, requests; };

static void
call_fact(struct finding *f, const struct run *run, const struct fact *fact,
    void *arg)
{
	struct calls *c = arg;
	const char *how;

	if (!call_own(fact))
		return;
	how = fact_str(fact, "how");
	if (strcmp(how, "request") == 0)
		tally(&c->requests, fact);
	if (strcmp(how, "send") != 0)
		return;
	tally(&c->sends, fact);
	finding_for(f, run, fact);
}

/* How many scripts of the site would send something to it; a request alone only
 * takes, and is told. */
static guint
scripts_send(struct finding *f)
{
	struct calls c = { tally_new(), tally_new() };
	guint sends, requests;

	gather_each(f, call_fact, &c);
	sends = tally_end(&c.sends);
	requests = tally_end(&c.requests);
	if (sends + requests > 0)
		finding_note(f, "addresses of the site that stand in its own "
		    "scripts, which were not run: to send to %u, to ask %u",
		    sends, requests);
	return sends;
}

void
judge_interactive(const struct record *rec, struct finding *f)
{
	static const struct want forms[] = {
		{ FACT_PAGE_FORM, "purpose", NULL },
	};
	g_autoptr(GString) list = g_string_new(NULL);
	guint n, less, sent;

	(void)rec;
	if (told_or_no_run(f))
		return;
	n = gather(f, forms, G_N_ELEMENTS(forms), FALSE, list);
	less = gather(f, one_way, G_N_ELEMENTS(one_way), FALSE, list);
	sent = scripts_send(f);
	if (n + less + sent == 0) {
		gather_none(f, "no form on a page, nothing to take and no "
		    "account; scripts were not run");
		return;
	}
	f->status = n > 0 ? ST_SUP : ST_PART;
	if (n > 0)
		finding_note(f, "forms on pages: %u (%s); interactive alone is "
		    "not enough (J-20)", n, list->str);
	else if (less > 0)
		finding_note(f, "downloads and accounts on pages: %u (%s), and "
		    "no form", less, list->str);
	if (n == 0)
		finding_lacks(f, SUPPLY_PAPER, "what users send to the host: a form, or a "
		    "recording of an exchange with a statement that quotes it");
}

void
judge_commerce(const struct record *rec, struct finding *f)
{
	static const struct want want[] = {
		{ FACT_PAGE_PRICE, "currency", NULL },
		{ FACT_PAGE_FORM, "purpose", "payment" },
		{ FACT_PAGE_LINK, "purpose", "pricing" },
		{ FACT_PAGE_LINK, "purpose", "vpn" },
		{ FACT_PAGE_LINK, "purpose", "advertising" },
		{ FACT_PAGE_WORDS, "rule", "advertisement" },
		{ FACT_PAGE_WORDS, "rule", "vpn-offer" },
		{ FACT_PAGE_WORDS, "rule", "payment-method" },
		{ FACT_PAGE_ID, "class", "advertising" },
		{ FACT_PAGE_ID, "class", "affiliate" },
		{ FACT_ADS_SELLER, "relation", NULL },
	};
	g_autoptr(GString) list = g_string_new(NULL);
	enum status exchange;
	guint n;

	(void)rec;
	if (told_or_no_run(f))
		return;
	n = gather(f, want, G_N_ELEMENTS(want), FALSE, list);
	if (n == 0) {
		gather_none(f, "no price, payment, advertisement or paid plan "
		    "on a page");
		return;
	}
	finding_note(f, "commercial matter on pages: %u (%s)", n, list->str);
	exchange = judge_also(f, "J-12");
	f->status = exchange == ST_SUP || exchange == ST_PART ? ST_SUP :
	    ST_PART;
	if (f->status == ST_PART)
		finding_missing(f, "how interactive the exchange is (J-12)");
}

/*
 * An offer in a log, message or document stands before one on a page.  On a page
 * of the site itself it is the site's own; a page that only sells names, in place
 * of the site (page.class), leaves open who offers.
 */
void
judge_for_sale(const struct record *rec, struct finding *f)
{
	static const struct want own[] = {
		{ FACT_PAGE_WORDS, "rule", "for-sale" },
	};
	static const struct want want[] = {
		{ FACT_PAGE_CLASS, "class", "for-sale" },
	};
	guint n;

	judge_human(rec, f);
	if (f->status != ST_NONE || rec->runs->len == 0)
		return;
	finding_missing_none(f);
	if (gather(f, own, G_N_ELEMENTS(own), FALSE, NULL) > 0) {
		f->status = ST_SUP;
		g_ptr_array_set_size(f->notes, 0);
		finding_note(f, "words on pages of the site offer the name; "
		    "whether the offer is a Doe's is for counsel");
		return;
	}
	n = gather(f, want, G_N_ELEMENTS(want), FALSE, NULL);
	if (n == 0) {
		gather_none(f, "no offer of the name on a page, and none "
		    "imported");
		return;
	}
	f->status = ST_PART;
	finding_note(f, "pages in place of the site that offer the name: %u", n);
	finding_missing(f, "who offers it: a registrar's own page says nothing "
	    "of the Does");
}

static void
pages_alone(struct finding *f, const char *found, const char *missing)
{
	guint n = gather(f, any_page, G_N_ELEMENTS(any_page), TRUE, NULL);

	if (n == 0) {
		gather_none(f, "no page of a site is in the record");
		return;
	}
	f->status = ST_INSUF;
	finding_note(f, "%s: %u", found, n);
	finding_missing(f, "%s", missing);
}

void
judge_passive(const struct record *rec, struct finding *f)
{
	enum status exchange;

	(void)rec;
	if (judge_no_run(f))
		return;
	exchange = judge_status(f, "J-12");
	if (exchange == ST_SUP || exchange == ST_PART) {
		judge_also(f, "J-12");
		f->status = ST_NONE;
		finding_note(f, "not merely passive: see J-12");
		return;
	}
	pages_alone(f, "pages with no form, download or account on them; "
	    "scripts were not run", "exchange with users (J-12)");
}

/* ---- J-20 ------------------------------------------------------------------------ */

static void
note_vantage(struct finding *f)
{
	const struct run *run = record_last_run(f->sight->rec);

	if (run == NULL)
		return;
	if (*run->vantage != '\0')
		finding_note(f, "fetched from: %s", run->vantage);
	else
		finding_note(f, "from where it was fetched is not stated");
}

/* Whole facts of targeting answer it: then it is not merely accessible. */
static gboolean
is_targeted(struct finding *f)
{
	static const char *const ids[] = { "J-21", "J-22", "J-23", "J-24",
		"J-25", "J-26" };

	for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
		if (judge_status(f, ids[i]) != ST_SUP)
			continue;
		judge_also(f, ids[i]);
		f->status = ST_NONE;
		finding_note(f, "not merely accessible: see %s", ids[i]);
		return TRUE;
	}
	return FALSE;
}

void
judge_accessible(const struct record *rec, struct finding *f)
{
	(void)rec;
	if (judge_no_run(f) || is_targeted(f))
		return;
	pages_alone(f, "ACCESSIBILITY_ONLY: pages that could be fetched",
	    "facts of the kinds at J-21 to J-26 and J-30");
	if (f->status == ST_INSUF)
		note_vantage(f);
}
