/*
 * Aliases in the answer section of a message: CNAME, and DNAME with what it
 * makes of a name; and the records at the end of the chain.
 *
 * RFC 1034 3.6.2, RFC 4034 3.1.3, RFC 6672.
 */

#include <string.h>

#include "probes/dns_read.h"

#define CHAIN_MOST	16

char *
dns_alias_wildcard(const struct dns_message *m, const ldns_rdf *owner,
    ldns_rr_type type)
{
	const ldns_rr_list *answer = ldns_pkt_answer(m->p);
	unsigned labels = dns_name_labels(owner), signed_labels;
	g_autofree char *tail = NULL;

	for (size_t i = 0; i < dns_list_count(answer); i++) {
		const ldns_rr *rr = ldns_rr_list_rr(answer, i);

		if (!dns_rr_is(rr, LDNS_RR_TYPE_RRSIG, owner, 9) ||
		    ldns_rdf2rr_type(ldns_rr_rdf(rr, 0)) != type)
			continue;
		signed_labels = ldns_rdf2native_int8(ldns_rr_rdf(rr, 2));
		if (signed_labels >= labels)
			return NULL;
		tail = dns_name_tail(owner, signed_labels);
		return g_strconcat("*.", tail, NULL);
	}
	return NULL;
}

/* The name with the owner's end replaced by the target; NULL where it is too
 * long (RFC 6672 2.2). */
static ldns_rdf *
dname_apply(const ldns_rdf *name, const ldns_rr *rr)
{
	const ldns_rdf *owner = ldns_rr_owner(rr), *to = ldns_rr_rdf(rr, 0);
	size_t head = ldns_rdf_size(name) - ldns_rdf_size(owner);
	uint8_t wire[LDNS_MAX_DOMAINLEN];

	if (head + ldns_rdf_size(to) > sizeof(wire))
		return NULL;
	memcpy(wire, ldns_rdf_data(name), head);
	memcpy(wire + head, ldns_rdf_data(to), ldns_rdf_size(to));
	return ldns_rdf_new_frm_data(LDNS_RDF_TYPE_DNAME,
	    head + ldns_rdf_size(to), wire);
}

static void
dname_fact(struct dns_message *m, const ldns_rr *rr, const ldns_rdf *name,
    const ldns_rdf *made, const ldns_rdf *said)
{
	g_autofree char *owner = dns_name_text(ldns_rr_owner(rr));
	g_autofree char *alias = dns_name_text(name);
	g_autofree char *to = dns_name_text(ldns_rr_rdf(rr, 0));
	g_autofree char *target = made != NULL ? dns_name_text(made) :
	    g_strdup("");
	json_t *v = json_pack("{s:s, s:s, s:s, s:b, s:b}", "to", to, "name",
	    alias, "makes", target, "said", said != NULL, "agree",
	    said == NULL || (made != NULL && dns_name_same(made, said)));

	dns_value_server(m, v);
	fact_emit(m->out, FACT_DNS_DNAME, owner, v);
}

/* The DNAME above a name, if the answer has one: its fact.  What it makes of the
 * name, where no alias says so; caller frees. */
static ldns_rdf *
dname_read(struct dns_message *m, const ldns_rdf *name, const ldns_rdf *said)
{
	const ldns_rr_list *answer = ldns_pkt_answer(m->p);

	for (size_t i = 0; i < dns_list_count(answer); i++) {
		const ldns_rr *rr = ldns_rr_list_rr(answer, i);
		ldns_rdf *made;

		if (ldns_rr_get_type(rr) != LDNS_RR_TYPE_DNAME ||
		    ldns_rr_rd_count(rr) < 1 ||
		    !dns_name_within(name, ldns_rr_owner(rr)) ||
		    dns_name_same(name, ldns_rr_owner(rr)))
			continue;
		made = dname_apply(name, rr);
		dname_fact(m, rr, name, made, said);
		if (said == NULL)
			return made;
		ldns_rdf_deep_free(made);
		return NULL;
	}
	return NULL;
}

/* The one alias at a name, or NULL; its fact is written.  Caller frees. */
static ldns_rdf *
alias_of(struct dns_message *m, const ldns_rdf *name)
{
	const ldns_rr_list *answer = ldns_pkt_answer(m->p);

	for (size_t i = 0; i < dns_list_count(answer); i++) {
		const ldns_rr *rr = ldns_rr_list_rr(answer, i);
		g_autofree char *text = NULL, *wildcard = NULL;

		if (!dns_rr_is(rr, LDNS_RR_TYPE_CNAME, name, 1))
			continue;
		text = dns_name_text(name);
		wildcard = dns_alias_wildcard(m, name, LDNS_RR_TYPE_CNAME);
		ldns_rdf_deep_free(dname_read(m, name, ldns_rr_rdf(rr, 0)));
		if (!m->random)
			dns_record_fact(m, rr, text, wildcard);
		return ldns_rdf_clone(ldns_rr_rdf(rr, 0));
	}
	return dname_read(m, name, NULL);
}

size_t
dns_alias_records(struct dns_message *m, const ldns_rdf *name)
{
	const ldns_rr_list *answer = ldns_pkt_answer(m->p);
	g_autofree char *text = NULL, *wildcard = NULL, *subject = NULL;
	size_t found = 0;

	for (size_t i = 0; i < dns_list_count(answer); i++) {
		const ldns_rr *rr = ldns_rr_list_rr(answer, i);

		if (!dns_rr_is(rr, m->type, name, 0))
			continue;
		if (found++ == 0) {
			text = dns_name_text(name);
			subject = m->type == LDNS_RR_TYPE_PTR ?
			    dns_name_reverse(text) :
			    g_strdup(*text != '\0' ? text : ".");
			wildcard = dns_alias_wildcard(m, name, m->type);
		}
		dns_record_fact(m, rr, subject, wildcard);
	}
	return found;
}

static gboolean
has_alias(const struct dns_message *m, const ldns_rdf *name)
{
	const ldns_rr_list *answer = ldns_pkt_answer(m->p);

	for (size_t i = 0; i < dns_list_count(answer); i++)
		if (dns_rr_is(ldns_rr_list_rr(answer, i), LDNS_RR_TYPE_CNAME,
		    name, 1))
			return TRUE;
	return FALSE;
}

ldns_rdf *
dns_alias_chain(struct dns_message *m)
{
	ldns_rdf *seen[CHAIN_MOST], *name = ldns_rdf_clone(m->asked);
	int n = 0;

	/* What another zone holds is asked of that zone's servers. */
	while (n < CHAIN_MOST && m->type != LDNS_RR_TYPE_CNAME &&
	    dns_name_within(name, m->zone)) {
		ldns_rdf *to;

		for (int i = 0; i < n && !m->looped; i++)
			m->looped = dns_name_same(seen[i], name);
		to = m->looped ? NULL : alias_of(m, name);
		if (to == NULL)
			break;
		seen[n++] = name;
		name = to;
	}
	m->longer = n == CHAIN_MOST && has_alias(m, name);
	while (n > 0)
		ldns_rdf_deep_free(seen[--n]);
	return name;
}
