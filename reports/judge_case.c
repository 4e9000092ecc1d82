#include "probes/text.h"
#include "reports/judge.h"
#include "reports/quoted.h"

/* ---- for all predicates ------------------------------------------------------ */

gboolean
judge_no_run(struct finding *f)
{
	if (f->sight->rec->runs->len > 0)
		return FALSE;
	f->status = ST_NC;
	finding_note(f, "no run is in the record");
	finding_lacks(f, SUPPLY_RUN, "a run: goodcause collect TARGET");
	return TRUE;
}

static void
note_failed(struct finding *f, const struct looked *l, const char *what,
    const char *of)
{
	g_autoptr(GString) s = g_string_new(NULL);

	for (guint i = 0; i < l->failed->len; i++) {
		uint64_t n = g_array_index(l->failed, uint64_t, i);
		const struct log_row *row = run_row(l->run, n);

		finding_against_row(f, l->run, n);
		if (i < 8)
			g_string_append_printf(s, "%srecord %" G_GUINT64_FORMAT
			    " (%s %s)", i > 0 ? ", " : "", n,
			    row != NULL ? probe_kind_name(row->kind) : "?",
			    row != NULL ? xstatus_name(row->status) : "?");
	}
	if (l->failed->len > 8)
		g_string_append_printf(s, " and %u more", l->failed->len - 8);
	finding_note(f, "%s asked for %s, without an answer for it: %s", of,
	    what, s->str);
}

gboolean
judge_open(struct finding *f, const struct looked *l, const char *what,
    const char *of)
{
	if (l->how == LOOKED_ANSWERED)
		return FALSE;
	f->status = ST_NC;
	if (l->how == LOOKED_FAILED)
		note_failed(f, l, what, of);
	else
		finding_note(f, "%s: %s not asked for in run %s, or the run "
		    "ended before", of, what, l->run->name);
	finding_lacks(f, SUPPLY_RUN, "%s, of %s", what, of);
	return TRUE;
}

gboolean
judge_site_open(struct finding *f, const struct site *site, enum look look)
{
	struct looked l;
	gboolean open;

	visit_look(site_last(site), look, &l);
	open = judge_open(f, &l, look_name(look), site->name);
	looked_clear(&l);
	return open;
}

static gboolean
is_domain(const struct site *site)
{
	return !g_hostname_is_ip_address(site->name);
}

gboolean
judge_sites_open(struct finding *f, enum look look)
{
	gboolean open = FALSE;

	for (guint i = 0; i < f->sight->sites->len; i++) {
		const struct site *site =
		    g_ptr_array_index(f->sight->sites, i);

		if (is_domain(site))
			open |= judge_site_open(f, site, look);
	}
	return open;
}

/* Not asked for is no failure: what an import can give too is then NONE. */
gboolean
judge_pages_failed(struct finding *f)
{
	gboolean failed = FALSE;

	for (guint i = 0; i < f->sight->sites->len; i++) {
		const struct site *site =
		    g_ptr_array_index(f->sight->sites, i);
		struct looked l;

		if (!is_domain(site))
			continue;
		visit_look(site_last(site), LOOK_PAGES, &l);
		if (l.how == LOOKED_FAILED)
			failed |= judge_open(f, &l, look_name(LOOK_PAGES),
			    site->name);
		looked_clear(&l);
	}
	return failed;
}

/* which: bits of roles. */
static gboolean
roles_open(struct finding *f, const struct site *site, unsigned which)
{
	const struct visit *v = site_last(site);
	gboolean open = FALSE;

	for (guint i = 0; i < v->roles->len; i++) {
		const struct role_row *r = g_ptr_array_index(v->roles, i);
		struct looked l;

		if ((1u << r->role & which) == 0)
			continue;
		address_look(f->sight, r, PROBE_RDAP, &l);
		open |= judge_open(f, &l, "its allocation", r->ip);
		looked_clear(&l);
	}
	return open;
}

#define EVERY_ROLE	(~(1u << ROLE_REGISTRAR_WEB))

gboolean
judge_role_open(struct finding *f, const struct provider *p)
{
	static const struct { const char *role; enum look look; unsigned which; }
	    asked[] = {
		{ "HOST", LOOK_ADDRESS, 1u << ROLE_HOST | 1u << ROLE_CDN_EDGE },
		{ "CDN_EDGE", LOOK_ADDRESS,
		    1u << ROLE_HOST | 1u << ROLE_CDN_EDGE },
		{ "DNS", LOOK_SERVERS, 1u << ROLE_DNS },
		{ "MAIL", LOOK_MAIL, 1u << ROLE_MAIL },
		{ "registrar", LOOK_REGISTRATION, 0 },
		{ "registry", LOOK_REGISTRATION, 0 },
	};
	const struct site *site = sight_site(f->sight, p->target);

	for (size_t i = 0; site != NULL && i < G_N_ELEMENTS(asked); i++) {
		gboolean open;

		if (strcmp(p->role, asked[i].role) != 0)
			continue;
		open = judge_site_open(f, site, asked[i].look);
		return roles_open(f, site, asked[i].which) || open;
	}
	return judge_providers_open(f);
}

gboolean
judge_providers_open(struct finding *f)
{
	static const enum look looks[] = { LOOK_ADDRESS, LOOK_SERVERS,
		LOOK_MAIL, LOOK_REGISTRATION };
	gboolean open = FALSE;

	for (size_t i = 0; i < G_N_ELEMENTS(looks); i++)
		open |= judge_sites_open(f, looks[i]);
	for (guint i = 0; i < f->sight->sites->len; i++)
		open |= roles_open(f, g_ptr_array_index(f->sight->sites, i),
		    EVERY_ROLE);
	return open;
}

void
judge_visits(struct finding *f, visit_fn *fn, void *arg)
{
	for (guint i = 0; i < f->sight->sites->len; i++) {
		const struct site *site =
		    g_ptr_array_index(f->sight->sites, i);

		for (guint k = 0; k < site->visits->len; k++)
			fn(f, g_ptr_array_index(site->visits, k), arg);
	}
}

const struct site *
judge_site(const struct finding *f)
{
	return sight_site(f->sight, f->scope);
}

/* Words may hold commas; one that stands whole in the list is not put again. */
static gboolean
list_has(const GString *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = list->str; (p = strstr(p, word)) != NULL; p++) {
		gboolean begins = p == list->str ||
		    (p >= list->str + 2 && strncmp(p - 2, "; ", 2) == 0);

		if (begins && (p[n] == '\0' || strncmp(p + n, "; ", 2) == 0))
			return TRUE;
	}
	return FALSE;
}

void
judge_turn(struct finding *f)
{
	g_array_append_vals(f->against, f->for_->data, f->for_->len);
	g_array_set_size(f->for_, 0);
}

void
list_add(GString *list, const char *word)
{
	if (*word == '\0' || list_has(list, word))
		return;
	if (list->len > 0)
		g_string_append(list, "; ");
	g_string_append(list, word);
}

/* ---- documents that do not suffice ----------------------------------------------- */

void
judge_insufficient_files(struct finding *f)
{
	struct quoted q;

	if (f->status != ST_NONE && f->status != ST_NC)
		return;
	quoted_find(f, f->element->id, NULL, &q);
	if (q.found == 0)
		return;
	judge_turn(f);
	finding_missing_none(f);
	f->status = ST_INSUF;
	finding_note(f, "what is quoted is of a kind that does not suffice "
	    "here");
	finding_missing(f, "facts that identify: P-04 to P-09, or P-19 to "
	    "P-24");
}

/* ---- what only somebody else can give ------------------------------------------ */

void
judge_counsel(const struct record *rec, struct finding *f)
{
	(void)rec;
	f->status = ST_CO;
	finding_note(f, "for counsel: not something this program can assess");
}

/* ---- the papers --------------------------------------------------------------------- */

/* Counting fourteen days is arithmetic; whether the day is right is not. */
void
judge_service_date(const struct record *rec, struct finding *f)
{
	GDate date;
	char text[16];

	f->status = ST_NC;
	if (!text_day(rec->service_date, &date)) {
		finding_note(f, "no service date is entered");
		finding_missing(f, "the date of service");
		return;
	}
	g_date_add_days(&date, 14);
	g_date_strftime(text, sizeof(text), "%Y-%m-%d", &date);
	f->status = ST_CO;
	finding_note(f, "fourteen days after %s is %s; counsel checks the "
	    "rule and the day", rec->service_date, text);
	if (g_date_get_weekday(&date) >= G_DATE_SATURDAY)
		finding_note(f, "that day is a %s, and a period that ends on one "
		    "runs on (Rule 6(a)(1)(C))", g_date_get_weekday(&date) ==
		    G_DATE_SATURDAY ? "Saturday" : "Sunday");
	if (strcmp(rec->as_of, text) > 0)
		finding_note(f, "it is past on the day of assessment, %s",
		    rec->as_of);
}

void
judge_party_status(const struct record *rec, struct finding *f)
{
	f->status = ST_CO;
	finding_note(f, "parties.csv has %u row%s, read again at each "
	    "assessment", PLURAL(rec->parties->len));
	for (guint i = 0; i < rec->parties->len; i++) {
		const struct party *p = g_ptr_array_index(rec->parties, i);

		if (g_ascii_strcasecmp(p->kind, "dismissed") == 0 &&
		    party_valid(rec, p))
			finding_note(f, "%s is listed as dismissed from %s",
			    p->label, *p->from != '\0' ? p->from :
			    "a date not entered");
	}
}
