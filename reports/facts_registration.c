/* Sentences about registration data. */

#include "reports/facts_list.h"

#include <string.h>

/* The entity of that role which the same answer names. */
static const struct fact *
entity_of(const struct facts *l, const struct fact *domain, const char *role)
{
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(l->v, FACT_RDAP_ENTITY, domain->subject, &at))
	    != NULL)
		if (fact_source(f) == fact_source(domain) &&
		    fact_list_has(f, "roles", role))
			return f;
	return NULL;
}

static const char *
entity_name(const struct fact *f)
{
	const char *org = fact_str(f, "org"), *name = fact_str(f, "name");

	return *org != '\0' ? org : name;
}

static const char *
event_of(const struct facts *l, const struct fact *domain, const char *action)
{
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(l->v, FACT_RDAP_EVENT, domain->subject, &at))
	    != NULL)
		if (fact_source(f) == fact_source(domain) &&
		    strcmp(fact_str(f, "action"), action) == 0)
			return fact_str(f, "date");
	return "";
}

static gboolean
withholds(const struct facts *l, const struct fact *domain, const char *what)
{
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(l->v, FACT_RDAP_REDACTED, domain->subject, &at))
	    != NULL) {
		g_autofree char *field = g_ascii_strdown(fact_str(f, "field"),
		    -1);

		if (fact_source(f) == fact_source(domain) &&
		    strstr(field, what) != NULL)
			return TRUE;
	}
	return FALSE;
}

static void
registrant(struct facts *l, const struct fact *domain)
{
	const struct fact *r = entity_of(l, domain, "registrant");
	const char *name = r != NULL ? entity_name(r) : "";

	if (*name != '\0' && !json_is_true(fact_get(r, "withheld"))) {
		say(l->h, "; its data names %t%t as registrant, which the "
		    "registrant supplied and this program did not verify", name,
		    json_is_true(fact_get(r, "service")) ?
		    " (a privacy service)" : "");
	} else if ((r != NULL && json_is_true(fact_get(r, "withheld"))) ||
	    withholds(l, domain, "registrant")) {
		html_raw(l->h, "; it withheld the registrant");
	} else {
		html_raw(l->h, "; it published no registrant");
	}
}

static void
rdap_of(struct facts *l, const char *name)
{
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(l->v, FACT_RDAP_DOMAIN, name, &at)) != NULL) {
		const struct fact *registrar = entity_of(l, f, "registrar");
		const char *since = event_of(l, f, "registration");

		if (!facts_begin(l))
			continue;
		facts_cite(l, f);
		say(l->h, "The RDAP server %P ", facts_server(l, f));
		if (registrar != NULL && *entity_name(registrar) != '\0')
			say(l->h, "named %t as registrar of %P",
			    entity_name(registrar), f->subject);
		else
			say(l->h, "gave registration data of %P that names no "
			    "registrar", f->subject);
		if (*since != '\0')
			say(l->h, " and gave %D as the date of registration",
			    since);
		registrant(l, f);
		html_stop(l->h);
		facts_end(l, NULL);
	}
}

void
facts_rdap(struct facts *l)
{
	g_autoptr(GPtrArray) names = view_subjects(l->v, FACT_RDAP_DOMAIN,
	    FACT_KINDS);

	facts_own_first(l, names);
	for (guint i = 0; i < names->len; i++)
		rdap_of(l, names->pdata[i]);
}

/* A 404 is no more than that of a server that nobody names, unless it speaks
 * RDAP. */
static gboolean
is_registered_service(const struct facts *l, const struct fact *none)
{
	const struct fact *f;
	guint at = 0;

	if (!json_is_false(fact_get(none, "confirmed")))
		return TRUE;
	while ((f = view_next(l->v, FACT_REG_NONE, none->subject, &at)) != NULL)
		if (strcmp(fact_str(f, "server"), fact_str(none, "server")) ==
		    0)
			return TRUE;
	return FALSE;
}

void
facts_rdap_refused(struct facts *l)
{
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(l->v, FACT_RDAP_NONE, NULL, &at)) != NULL) {
		if (!facts_begin(l))
			continue;
		facts_cite(l, f);
		say(l->h, is_registered_service(l, f) ?
		    "The RDAP server %P answered that it has no data of %P." :
		    "The server %P, which IANA does not name for RDAP, answered "
		    "that it has nothing of %P; nothing in its answers shows "
		    "that it is a registration service.", facts_server(l, f),
		    f->subject);
		facts_end(l, NULL);
	}
	at = 0;
	while ((f = view_next(l->v, FACT_RDAP_REFUSED, NULL, &at)) != NULL) {
		if (!facts_begin(l))
			continue;
		facts_cite(l, f);
		say(l->h, "The RDAP server %P, asked about %P, answered %i (%t) "
		    "and gave no data", facts_server(l, f), f->subject,
		    (uint64_t)MAX(fact_int(f, "code", 0), 0),
		    fact_str(f, "meaning"));
		if (fact_int(f, "wait_s", 0) > 0)
			say(l->h, "; it asked to wait %i seconds",
			    (uint64_t)fact_int(f, "wait_s", 0));
		html_stop(l->h);
		facts_end(l, NULL);
	}
}

/* The values of a field in one WHOIS answer. */
static GPtrArray *
field_of(const struct facts *l, const struct fact *record, const char *field,
    gboolean withheld)
{
	GPtrArray *out = g_ptr_array_new();
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(l->v, FACT_WHOIS_FIELD, record->subject, &at))
	    != NULL)
		if (fact_source(f) == fact_source(record) &&
		    strcmp(fact_str(f, "field"), field) == 0 &&
		    json_is_true(fact_get(f, "withheld")) == withheld &&
		    *fact_str(f, "value") != '\0')
			strings_add(out, fact_str(f, "value"));
	return out;
}

static void
whois_of(struct facts *l, const struct fact *f)
{
	g_autoptr(GPtrArray) registrar = field_of(l, f, "registrar",
	    FALSE);
	g_autoptr(GPtrArray) created = field_of(l, f, "created", FALSE);
	g_autoptr(GPtrArray) holder = field_of(l, f, "holder", FALSE);
	g_autoptr(GPtrArray) withheld = field_of(l, f, "holder", TRUE);

	facts_cite(l, f);
	say(l->h, "The WHOIS server %P ", facts_server(l, f));
	if (registrar->len > 0) {
		html_raw(l->h, "named ");
		facts_spell(l, registrar, html_text);
		say(l->h, " as registrar of %P", f->subject);
	} else {
		say(l->h, "gave a record of %P that names no registrar",
		    f->subject);
	}
	if (created->len > 0)
		say(l->h, " and gave %t as the date of registration",
		    created->pdata[0]);
	if (holder->len > 0) {
		html_raw(l->h, "; its field for the holder reads ");
		facts_spell(l, holder, html_text);
		html_raw(l->h, ", which this program did not verify");
	} else if (withheld->len > 0) {
		html_raw(l->h, "; it withheld the holder");
	} else {
		html_raw(l->h, "; the record names no holder");
	}
	html_stop(l->h);
}

/* IANA's own record of a top-level domain is a way, not a fact of the case; a
 * network is no domain. */
static gboolean
of_domain(const struct facts *l, const struct fact *f)
{
	const struct log_row *r = run_row(l->v->run, fact_source(f));

	return r == NULL || (strcmp(r->qtype, "iana") != 0 &&
	    strcmp(r->qtype, "net") != 0);
}

void
facts_whois(struct facts *l)
{
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(l->v, FACT_WHOIS_RECORD, NULL, &at)) != NULL) {
		if (!of_domain(l, f) || !facts_begin(l))
			continue;
		whois_of(l, f);
		facts_end(l, NULL);
	}
}

static const struct {
	const char	*what, *says;
} whois_none[] = {
	{ "no match", "answered that it has no record of" },
	{ "limit", "answered with its limit on questions, and gave no record "
	    "of" },
	{ "refusal", "refused to answer about" },
	{ "empty", "closed the connection without a record of" },
	{ "reserved", "answered that the name is reserved, and gave no record "
	    "of" },
	{ "blocked", "answered that the name is blocked, and gave no record "
	    "of" },
	{ "premium", "answered that the name is for sale by the registry, and "
	    "gave no record of" },
	{ "maintenance", "was under maintenance and gave no record of" },
	{ "later", "asked to be asked again later and gave no record of" },
	{ "invalid", "did not take as a valid name" },
};

void
facts_whois_none(struct facts *l)
{
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(l->v, FACT_WHOIS_NONE, NULL, &at)) != NULL) {
		const char *says = "gave no record of";

		if (!of_domain(l, f) || !facts_begin(l))
			continue;
		for (size_t i = 0; i < G_N_ELEMENTS(whois_none); i++)
			if (strcmp(whois_none[i].what, fact_str(f, "what")) == 0)
				says = whois_none[i].says;
		facts_cite(l, f);
		say(l->h, "The WHOIS server %P %t %P.", facts_server(l, f),
		    says, f->subject);
		facts_end(l, NULL);
	}
}

void
facts_registrar_compared(struct facts *l)
{
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(l->v, FACT_REG_COMPARED, NULL, &at)) != NULL) {
		const char *rdap = fact_str(f, "registrar_rdap");
		const char *whois = fact_str(f, "registrar_whois");

		if (*rdap == '\0' || *whois == '\0' || !facts_begin(l))
			continue;
		facts_cite(l, f);
		if (json_is_true(fact_get(f, "agree")))
			say(l->h, "RDAP and WHOIS name the same registrar of "
			    "%P.", f->subject);
		else
			say(l->h, "RDAP names %t as registrar of %P, and WHOIS "
			    "names %t.", rdap, f->subject, whois);
		facts_end(l, NULL);
	}
}
