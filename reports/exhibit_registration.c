/* Section 4: registration data, and the servers' words. */

#include "reports/exhibit_html.h"

#include <string.h>

#include "reports/words.h"

#define WORDS_MAX	6144	/* bytes of a WHOIS answer that are printed */
#define ANSWERS_MAX	40	/* answers printed in full */

static gboolean
same_answer(const struct fact *f, const struct fact *record)
{
	return fact_source(f) == fact_source(record) &&
	    strcmp(f->subject, record->subject) == 0;
}

static void
row(struct html *h, const char *what)
{
	say(h, "<tr><th scope=\"row\">%t</th><td>", what);
}

static void
row_end(struct html *h, const struct fact *f)
{
	html_raw(h, "</td><td class=\"r\">");
	html_record(h, fact_source(f));
	html_raw(h, "</td></tr>\n");
}

static void
entity_part(struct html *h, const struct fact *f, const char *field,
    const char *before, const char *after)
{
	const char *s = fact_str(f, field);

	if (*s != '\0')
		say(h, "%t%t%t", before, s, after);
}

/* All of a list, or the one that there is. */
static void
entity_more(struct html *h, const struct fact *f, const char *field,
    const char *list, const char *before)
{
	if (json_array_size(fact_get(f, list)) == 0) {
		entity_part(h, f, field, before, "; ");
		return;
	}
	html_raw(h, before);
	html_json(h, fact_get(f, list));
	html_raw(h, "; ");
}

/* A line of an answer; what it is called and what stands beside it. */
static void
put_domain(struct html *h, const struct fact *f)
{
	row(h, "Status");
	html_json(h, fact_get(f, "status"));
	row_end(h, f);
	row(h, "DNSSEC");
	say(h, "%t", *fact_str(f, "dnssec") != '\0' ? fact_str(f, "dnssec") :
	    "not stated");
	row_end(h, f);
	row(h, "Handle");
	say(h, "%t", fact_str(f, "handle"));
	row_end(h, f);
}

static void
put_event(struct html *h, const struct fact *f)
{
	g_autofree char *label = g_strdup_printf("Event: %.60s",
	    fact_str(f, "action"));

	row(h, label);
	say(h, "%t", fact_str(f, "date"));
	if (*fact_str(f, "utc") != '\0' &&
	    strcmp(fact_str(f, "utc"), fact_str(f, "date")) != 0)
		say(h, " (%t)", fact_str(f, "utc"));
	row_end(h, f);
}

static void
put_ns(struct html *h, const struct fact *f)
{
	row(h, "Name server");
	html_name(h, fact_str(f, "ns"));
	if (json_array_size(fact_get(f, "ips")) > 0) {
		html_raw(h, ", ");
		html_json(h, fact_get(f, "ips"));
	}
	row_end(h, f);
}

static void
put_ds(struct html *h, const struct fact *f)
{
	row(h, "DS record");
	say(h, "key tag ");
	html_json(h, fact_get(f, "tag"));
	say(h, ", %t", fact_str(f, "digest"));
	row_end(h, f);
}

/* The states of a contact's fields that are not simply there or absent. */
static void
put_contact(struct html *h, const struct fact *f)
{
	static const struct {
		const char	*list, *says;
	} states[] = {
		{ "redacted", "withheld, as the server states: " },
		{ "replaced", "replaced, as the server states: " },
		{ "inferred", "withheld, as its words show: " },
		{ "empty", "left empty: " },
	};
	g_autofree char *label = g_strdup_printf("Fields of: %.40s",
	    fact_str(f, "role"));
	gboolean any = FALSE;

	for (size_t i = 0; i < G_N_ELEMENTS(states); i++) {
		if (json_array_size(fact_get(f, states[i].list)) == 0)
			continue;
		if (!any)
			row(h, label);
		say(h, "%t%t", any ? "; " : "", states[i].says);
		html_json(h, fact_get(f, states[i].list));
		any = TRUE;
	}
	if (any)
		row_end(h, f);
}

static void
put_entity(struct html *h, const struct fact *f)
{
	html_raw(h, "<tr><th scope=\"row\">Entity: ");
	html_json(h, fact_get(f, "roles"));
	html_raw(h, "</th><td>");
	entity_part(h, f, "org", "", "; ");
	entity_part(h, f, "name", "", "; ");
	if (json_is_true(fact_get(f, "withheld")))
		html_raw(h, "withheld; ");
	if (json_is_true(fact_get(f, "service")))
		html_raw(h, "a privacy service; ");
	entity_part(h, f, "country", "country ", "; ");
	entity_part(h, f, "iana_id", "IANA id ", "; ");
	entity_more(h, f, "email", "emails", "mail ");
	entity_more(h, f, "tel", "tels", "telephone ");
	entity_more(h, f, "fax", "faxes", "fax ");
	entity_more(h, f, "address", "addresses", "address ");
	entity_part(h, f, "contact", "form ", "; ");
	entity_part(h, f, "handle", "handle ", "; ");
	if (g_str_has_suffix(h->out->str, "; "))
		g_string_truncate(h->out, h->out->len - 2);
	if (*fact_str(f, "under") != '\0')
		say(h, " (under %t)", fact_str(f, "under"));
	row_end(h, f);
}

static void
put_redacted(struct html *h, const struct fact *f)
{
	row(h, "Withheld");
	html_json(h, fact_get(f, "field"));
	if (json_is_string(fact_get(f, "method")) &&
	    *fact_str(f, "method") != '\0')
		say(h, " (%t)", fact_str(f, "method"));
	if (json_is_true(fact_get(f, "inferred")))
		html_raw(h, " (read from its words, not from a mark)");
	row_end(h, f);
}

static const struct {
	enum fact_kind	 kind;
	void		(*put)(struct html *, const struct fact *);
} members[] = {
	{ FACT_RDAP_DOMAIN, put_domain },
	{ FACT_RDAP_EVENT, put_event },
	{ FACT_RDAP_NS, put_ns },
	{ FACT_RDAP_DS, put_ds },
	{ FACT_RDAP_ENTITY, put_entity },
	{ FACT_RDAP_CONTACT, put_contact },
	{ FACT_RDAP_REDACTED, put_redacted },
};

static const struct column three[] = {
	{ 24, "Field" }, { 66, "As published" }, { 10, ">Rec." },
};

static void
answer_head(struct exhibit_doc *x, const struct fact *f, const char *protocol)
{
	const struct log_row *r = run_row(x->v.run, fact_source(f));
	g_autoptr(GString) caption = g_string_new(NULL);
	g_autoptr(GString) small = g_string_new(NULL);

	g_string_append_printf(caption, "%s data of %.253s", protocol,
	    f->subject);
	if (r != NULL)
		g_string_append_printf(small, "Exhibit %s; server %.253s, "
		    "%.19s UTC", html_exhibit_of(&x->h, r->n), row_server(r),
		    r->end);
	exhibit_table(x, "", caption->str, small->str, three,
	    G_N_ELEMENTS(three));
}

static void
rdap_answer(struct exhibit_doc *x, const struct fact *domain)
{
	answer_head(x, domain, "RDAP");
	for (size_t i = 0; i < G_N_ELEMENTS(members); i++) {
		const struct fact *f;
		guint at = 0, n = 0;

		while ((f = view_next(&x->v, members[i].kind, domain->subject,
		    &at)) != NULL) {
			if (!same_answer(f, domain))
				continue;
			if (exhibit_full(x, n++, 3, 0))
				break;
			members[i].put(&x->h, f);
		}
	}
	html_table_end(&x->h);
}

/* Everything up to WORDS_MAX, with CR LF shown as one line end. */
static void
server_words(struct exhibit_doc *x, const struct fact *record)
{
	uint64_t n = fact_source(record);
	GBytes *bytes = g_hash_table_lookup(x->v.run->received, &n);
	const char *charset = fact_str(record, "charset");
	struct html *h = &x->h;
	gsize len = 0, used;
	const char *p = bytes != NULL ? g_bytes_get_data(bytes, &len) : NULL;

	if (p == NULL || len == 0)
		return;
	used = MIN(len, WORDS_MAX);
	g_autofree char *text = *charset != '\0' ? g_convert(p, (gssize)used,
	    "UTF-8", charset, NULL, NULL, NULL) : NULL;
	g_autoptr(GString) lines = g_string_new(NULL);
	g_string_append_len(lines, text != NULL ? text : p,
	    text != NULL ? (gssize)strlen(text) : (gssize)used);
	g_string_replace(lines, "\r\n", "\n", 0);
	html_raw(h, "<div><p class=\"srvhead\">Quoted from the server: ");
	say(h, "%p, record ", row_server(run_row(x->v.run, n)));
	html_record(h, n);
	say(h, ", first %d of %d bytes, character set %t</p>\n<pre class=\""
	    "srv\" lang=\"und\" dir=\"ltr\">", (uint64_t)used, (uint64_t)len,
	    *charset != '\0' ? charset : "not known");
	exhibit_words(h, lines->str, lines->len);
	html_raw(h, "</pre></div>\n");
}

static const struct {
	const char	*field, *says;
} field_names[] = {
	{ "ns", "Name server" }, { "ds", "DS record" },
	{ "dnskey", "DNSSEC key" }, { "dnssec", "DNSSEC" },
	{ "created", "Registered" }, { "changed", "Last changed" },
	{ "registrar_id", "Registrar\xe2\x80\x99s IANA id" },
	{ "country", "Holder\xe2\x80\x99s country" },
	{ "phone", "Holder\xe2\x80\x99s phone" },
	{ "email", "Holder\xe2\x80\x99s email" },
};

/* "Name server", "Holder postcode", "Holder (org)" */
static char *
field_name(const struct fact *f)
{
	const char *field = fact_str(f, "field"), *part = fact_str(f, "part");
	char *name;

	for (size_t i = 0; i < G_N_ELEMENTS(field_names); i++)
		if (strcmp(field_names[i].field, field) == 0)
			return g_strdup(field_names[i].says);
	name = *part != '\0' ? g_strdup_printf("%s (%s)", field, part) :
	    g_strdup(field);
	*name = g_ascii_toupper(*name);
	return g_strdelimit(name, "_", ' ');
}

static void
whois_answer(struct exhibit_doc *x, const struct fact *record)
{
	const struct log_row *r = run_row(x->v.run, fact_source(record));
	const struct fact *f, *before = NULL;
	g_autofree char *label = NULL;
	guint at = 0, n = 0;

	if (r == NULL || strcmp(r->qtype, "iana") == 0)
		return;
	answer_head(x, record, "WHOIS");
	while ((f = view_next(&x->v, FACT_WHOIS_FIELD, record->subject, &at))
	    != NULL) {
		if (!same_answer(f, record))
			continue;
		if (exhibit_full(x, n++, 3, 0))
			break;
		g_autofree char *name = field_name(f);

		if (before != NULL && strcmp(name, label) == 0) {
			html_raw(&x->h, "<br>");
		} else {
			if (before != NULL)
				row_end(&x->h, before);
			row(&x->h, name);
		}
		html_json(&x->h, fact_get(f, "value"));
		before = f;
		g_free(label);
		label = g_steal_pointer(&name);
	}
	if (before != NULL)
		row_end(&x->h, before);
	html_table_end(&x->h);
	server_words(x, record);
}

static void
no_data(struct exhibit_doc *x, enum fact_kind kind)
{
	const struct fact *f;
	struct html *h = &x->h;
	guint at = 0;

	while ((f = view_next(&x->v, kind, NULL, &at)) != NULL) {
		const struct log_row *r = run_row(x->v.run, fact_source(f));
		g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
		    sizeof(uint64_t));

		cites_fact(records, x->v.run, f);
		say(h, "<p>%p, asked about %p: ", r != NULL ? row_server(r) :
		    "a server", f->subject);
		if (kind == FACT_WHOIS_NONE)
			say(h, "%t", fact_str(f, "what"));
		else
			say(h, "status %i, %t", (uint64_t)MAX(fact_int(f,
			    "code", 0), 0), kind == FACT_RDAP_NONE ?
			    "no such object" : fact_str(f, "meaning"));
		if (fact_int(f, "wait_s", 0) > 0)
			say(h, ", to be asked again after %i seconds",
			    (uint64_t)fact_int(f, "wait_s", 0));
		if (json_is_false(fact_get(f, "confirmed")) &&
		    view_first(&x->v, FACT_REG_NONE, f->subject) == NULL)
			html_raw(h, ", from a server that IANA does not name "
			    "and that did not answer as RDAP");
		html_raw(h, ". ");
		html_cite(h, records);
		html_raw(h, "</p>\n");
	}
}

/* Answers about the target and names under it; or those about others. */
static guint
rdap_answers(struct exhibit_doc *x, gboolean own)
{
	const struct fact *f;
	guint at = 0, n = 0;

	while ((f = view_next(&x->v, FACT_RDAP_DOMAIN, NULL, &at)) != NULL)
		if (name_within(f->subject, x->v.target) == own &&
		    n++ < ANSWERS_MAX)
			rdap_answer(x, f);
	return n;
}

void
exhibit_registration(struct exhibit_doc *x)
{
	const struct fact *f;
	guint at = 0, n = 0;

	say(&x->h, "<p>%t</p>\n", words_registration);
	exhibit_compare(x);
	for (int own = 1; own >= 0; own--)
		n += rdap_answers(x, own == 1);
	while ((f = view_next(&x->v, FACT_WHOIS_RECORD, NULL, &at)) != NULL)
		if (n++ < ANSWERS_MAX)
			whois_answer(x, f);
	no_data(x, FACT_RDAP_NONE);
	no_data(x, FACT_RDAP_REFUSED);
	no_data(x, FACT_WHOIS_NONE);
	if (n == 0)
		html_raw(&x->h, "<p>No registration record is in this run; "
		    "Failures and refusals lists what was not answered. <cite>[Ex. B-1]"
		    "</cite></p>\n");
}
