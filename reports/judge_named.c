#include "reports/deed.h"
#include "reports/delivery.h"
#include "reports/judge.h"
#include "reports/quoted.h"

/*
 * P-18: names that might lead to a person or company, and accounts that pages
 * publish.  Each is a lead and no more.  Withheld fields, privacy services and
 * providers' own names are none.  Documents and acts of persons about the site
 * are more than leads.
 */

/* Words of fields that withhold, where a WHOIS server marks nothing. */
static const char *const withholding[] = {
	"redacted", "withheld", "privacy", "not disclosed", "not shown",
	"not displayed", "data protected", "gdpr", "proxy", "whoisguard",
};

static gboolean
withholds(const char *text)
{
	g_autofree char *low = g_ascii_strdown(text, -1);

	for (size_t i = 0; i < G_N_ELEMENTS(withholding); i++)
		if (strstr(low, withholding[i]) != NULL)
			return TRUE;
	return FALSE;
}

/* What a registry calls an entry, "PTD1-IS": no name of anybody. */
static gboolean
is_handle(const char *name)
{
	const char *dash = strrchr(name, '-');

	if (dash == NULL || dash == name || dash[1] == '\0')
		return FALSE;
	for (; *name != '\0'; name++)
		if (!g_ascii_isupper(*name) && !g_ascii_isdigit(*name) &&
		    *name != '-')
			return FALSE;
	return TRUE;
}

static gboolean
names_registrant(const struct fact *f)
{
	json_t *roles = fact_get(f, "roles"), *r;
	size_t i;

	json_array_foreach(roles, i, r)
		if (json_is_string(r) && g_ascii_strcasecmp(
		    json_string_value(r), "registrant") == 0)
			return TRUE;
	return FALSE;
}

/* The name in an entity, "" where there is none that may count. */
static const char *
entity_lead(const struct fact *f)
{
	const char *name = fact_str(f, "org");

	if (!names_registrant(f) || json_is_true(fact_get(f, "withheld")) ||
	    json_is_true(fact_get(f, "service")))
		return "";
	return *name != '\0' ? name : fact_str(f, "name");
}

static gboolean
is_provider(const struct sight *s, const char *name)
{
	for (guint i = 0; i < s->providers->len; i++) {
		const struct provider *p = g_ptr_array_index(s->providers, i);

		if (entity_is(p->name, name) || entity_is(name, p->name))
			return TRUE;
	}
	return FALSE;
}

/* subject "name@ip": the certificate of the target, not of a host it leads to */
static const char *
certificate_lead(const struct visit *v, const struct fact *f)
{
	const char *at = strchr(f->subject, '@');
	g_autofree char *name = at != NULL ?
	    g_strndup(f->subject, (gsize)(at - f->subject)) :
	    g_strdup(f->subject);

	if (fact_int(f, "depth", -1) != 0 || !name_under(name, v->target))
		return "";
	return fact_str(f, "org");
}

static const char *
lead_of(const struct visit *v, const struct fact *f, const char **from)
{
	switch (f->kind) {
	case FACT_RDAP_ENTITY:
		*from = "registration data names";
		return entity_lead(f);
	case FACT_WHOIS_FIELD:
		*from = "registration data (WHOIS) names";
		return strcmp(fact_str(f, "field"), "holder") == 0 ?
		    fact_str(f, "value") : "";
	case FACT_TLS_CERT:
		*from = "the certificate names";
		return certificate_lead(v, f);
	case FACT_PAGE_WORDS:
		*from = "a page names";
		return strcmp(fact_str(f, "rule"), "company") == 0 ?
		    fact_str(f, "text") : "";
	case FACT_STORE_APP:
		*from = "a store names as seller";
		return fact_str(f, "by");
	default:
		return "";
	}
}

static gboolean
is_withheld(const struct fact *f)
{
	if (f->kind == FACT_RDAP_REDACTED)
		return TRUE;
	return f->kind == FACT_RDAP_ENTITY && names_registrant(f) &&
	    (json_is_true(fact_get(f, "withheld")) ||
	    json_is_true(fact_get(f, "service")));
}

static guint
visit_leads(struct finding *f, const struct visit *v)
{
	guint leads = 0;

	for (guint i = 0; i < v->facts->len; i++) {
		const struct fact *fact = g_ptr_array_index(v->facts, i);
		const char *from = "", *name = lead_of(v, fact, &from);
		gboolean hidden = is_withheld(fact) ||
		    (*name != '\0' && withholds(name));

		if (hidden) {
			finding_against(f, v->run, fact);
			finding_note(f, "withheld fields and privacy services "
			    "are in the record, and not counted");
		}
		if (hidden || *name == '\0' || is_handle(name) ||
		    is_provider(f->sight, name))
			continue;
		leads++;
		finding_for(f, v->run, fact);
		finding_note(f, "lead: %s: %s", from, name);
	}
	return leads + judge_accounts(f, v);
}

/* A document that a statement quotes, about the site: more than a lead. */
static gboolean
lets(const struct import *i, const struct statement *s, const char *text,
    const void *arg)
{
	return arg == NULL || quoted_tells(i, s, text, arg);
}

/* Whether documents or acts of persons are about the site; the only site of the
 * record, or none at all, is what all of them are about. */
static gboolean
named_otherwise(struct finding *f, const struct site *site)
{
	static const char *const acts[] = { "P-19", "P-20", "P-21", "P-22",
		"P-23", "P-24" };
	const struct deed_of of = { NULL, FALSE, site != NULL ? site->name :
	    NULL };
	gboolean all = site == NULL || f->sight->sites->len == 1;
	struct deeds n = { 0 };
	struct quoted q;

	if (all)
		quoted_find(f, "P-18", NULL, &q);
	else
		quoted_which(f, "P-18", lets, site->name, &q);
	for (size_t i = 0; i < G_N_ELEMENTS(acts); i++) {
		guint before = n.whole + n.part;

		deeds_find(f, acts[i], &of, &n);
		if (n.whole + n.part > before)
			finding_note(f, "acts of a person are in the record: "
			    "see %s", acts[i]);
	}
	if (q.found + n.whole + n.part == 0)
		return FALSE;
	f->status = q.dated + n.whole > 0 ? ST_SUP : ST_PART;
	if (f->status == ST_SUP)
		finding_missing_none(f);
	else if (q.found > 0)
		finding_lacks(f, SUPPLY_STATEMENTS, "the date of what is quoted");
	return TRUE;
}

void
judge_named(const struct record *rec, struct finding *f)
{
	static const enum look looks[] = { LOOK_REGISTRATION, LOOK_PAGES,
		LOOK_CERTIFICATE };
	const struct site *site = judge_site(f);
	gboolean open = FALSE;
	guint leads = 0;

	(void)rec;
	if (named_otherwise(f, site) || judge_no_run(f))
		return;
	for (guint i = 0; site != NULL && i < site->visits->len; i++)
		leads += visit_leads(f, g_ptr_array_index(site->visits, i));
	finding_missing(f, "a name that can be shown to be a person or company "
	    "behind the site");
	if (leads > 0) {
		f->status = ST_PART;
		finding_note(f, "registration data and pages are what somebody "
		    "wrote; nothing in them is verified by this program");
		return;
	}
	f->status = ST_NONE;
	for (size_t i = 0; site != NULL && i < G_N_ELEMENTS(looks); i++)
		open |= judge_site_open(f, site, looks[i]);
	if (!open)
		finding_note(f, "registration data, pages and certificate name "
		    "no person or company but providers");
}
