/* Signed sets, taken out of facts again. */

#include <string.h>

#include "probes/dnssec.h"
#include "probes/text.h"

/* Fields without which a record of the type says nothing. */
static const struct {
	ldns_rr_type	 type;
	size_t		 fields;
} least[] = {
	{ LDNS_RR_TYPE_DS,	4 },
	{ LDNS_RR_TYPE_DNSKEY,	4 },
	{ LDNS_RR_TYPE_NSEC,	2 },
	{ LDNS_RR_TYPE_NSEC3,	6 },
	{ LDNS_RR_TYPE_RRSIG,	9 },
};

const char *
subject_name(const char *subject)
{
	return strcmp(subject, ".") == 0 ? "" : subject;
}

static gboolean
whole(const ldns_rr *rr, ldns_rr_type type)
{
	if (ldns_rr_get_type(rr) != type)
		return FALSE;
	for (size_t i = 0; i < G_N_ELEMENTS(least); i++)
		if (least[i].type == type)
			return ldns_rr_rd_count(rr) >= least[i].fields;
	return TRUE;
}

/* All records of the text, or NULL. */
static ldns_rr_list *
records_of(const struct fact *f, const char *field, ldns_rr_type type)
{
	gsize len = 0;
	g_autofree guchar *wire = g_base64_decode(fact_str(f, field), &len);
	ldns_rr_list *l = ldns_rr_list_new();
	size_t at = 0;

	while (at < len) {
		ldns_rr *rr = NULL;

		if (ldns_wire2rr(&rr, wire, len, &at, LDNS_SECTION_ANSWER) !=
		    LDNS_STATUS_OK)
			break;
		ldns_rr_list_push_rr(l, rr);
		if (!whole(rr, type))
			break;
	}
	if (at == len && len > 0 && ldns_rr_list_rr_count(l) > 0 && whole(
	    ldns_rr_list_rr(l, ldns_rr_list_rr_count(l) - 1), type))
		return l;
	ldns_rr_list_deep_free(l);
	return NULL;
}

static time_t
time_of(const struct fact *f)
{
	int64_t us = f->at != NULL ? text_time_parse(f->at) : INT64_MIN;

	return us == INT64_MIN ? 0 : (time_t)(us / 1000000);
}

struct rrset *
rrset_of(const struct fact *f)
{
	struct rrset *s = g_new0(struct rrset, 1);

	s->f = f;
	s->owner = subject_name(f->subject);
	s->zone = subject_name(fact_str(f, "zone"));
	s->type = ldns_get_rr_type_by_name(fact_str(f, "type"));
	s->answer = strcmp(fact_str(f, "section"), "answer") == 0;
	s->at = time_of(f);
	s->record = fact_source(f);
	s->rrs = records_of(f, "rrs", s->type);
	s->sigs = records_of(f, "sigs", LDNS_RR_TYPE_RRSIG);
	if (s->type != 0 && s->rrs != NULL && s->sigs != NULL)
		return s;
	rrset_free(s);
	return NULL;
}

void
rrset_free(struct rrset *s)
{
	if (s->rrs != NULL)
		ldns_rr_list_deep_free(s->rrs);
	if (s->sigs != NULL)
		ldns_rr_list_deep_free(s->sigs);
	g_free(s);
}
