/* Section 3, its second half: what signatures hold, and what others say. */

#include "reports/exhibit_html.h"
#include "probes/text.h"

#include <string.h>

#include "reports/alike.h"

#define KNOWN_MAX	6

/* A list of strings in a cell, each on a line. */
static void
put_list(struct html *h, const json_t *a, const char *otherwise)
{
	json_t *v;
	size_t i;

	if (json_array_size(a) == 0)
		say(h, "%t", otherwise);
	json_array_foreach(a, i, v) {
		html_raw(h, i > 0 ? "<br>" : "");
		html_name(h, json_string_value(v) != NULL ?
		    json_string_value(v) : "");
	}
}

static void
put_records(struct exhibit_doc *x, const struct fact *f)
{
	g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
	    sizeof(uint64_t));

	cites_fact(records, x->v.run, f);
	html_records(&x->h, records);
}

/* --- signatures ------------------------------------------------------------- */

static void
put_proof(struct html *h, const struct fact *f)
{
	const char *denial = fact_str(f, "denial");
	const char *why = fact_str(f, "why");

	say(h, "%t", *why != '\0' ? why : "held to the trust anchor");
	if (*fact_str(f, "zone") != '\0')
		say(h, ", at %t", fact_str(f, "zone"));
	if (*denial != '\0')
		say(h, "; by %t", denial);
	if (json_is_true(fact_get(f, "optout")))
		html_raw(h, " with opt-out");
	if (fact_int(f, "iterations", 0) > 0)
		say(h, ", %i iterations", (uint64_t)fact_int(f, "iterations",
		    0));
	if (*fact_str(f, "absent") != '\0')
		say(h, "; there is no such %t", fact_str(f, "absent"));
	if (json_is_true(fact_get(f, "wildcard")))
		html_raw(h, "; made from a wildcard");
}

static void
status_row(struct exhibit_doc *x, const struct fact *f, const char *type)
{
	struct html *h = &x->h;

	say(h, "<tr><th scope=\"row\">%n</th><td class=\"t\">%t</td><td>%t</td>"
	    "<td>", f->subject, type, fact_str(f, "status"));
	put_proof(h, f);
	html_raw(h, "</td><td>");
	put_records(x, f);
	html_raw(h, "</td></tr>\n");
}

static void
statuses(struct exhibit_doc *x)
{
	static const struct column columns[] = {
		{ 24, "Name" }, { 8, "Type" }, { 14, "Status" },
		{ 36, "Why" }, { 18, "Records" },
	};
	g_autofree char *where = exhibit_range(x->v.run, 'D');
	const struct fact *f;
	guint at = 0;

	if (view_count(&x->v, FACT_DNSSEC_STATUS, NULL) == 0)
		return;
	exhibit_table(x, "", "Signatures (DNSSEC), validated from the kept "
	    "answers", where, columns, G_N_ELEMENTS(columns));
	while ((f = view_next(&x->v, FACT_DNSSEC_ZONE, NULL, &at)) != NULL)
		status_row(x, f, "zone");
	at = 0;
	while ((f = view_next(&x->v, FACT_DNSSEC_STATUS, NULL, &at)) != NULL)
		status_row(x, f, fact_str(f, "type"));
	html_table_end(&x->h);
	html_raw(&x->h, "<p class=\"note\">Secure: signatures lead from the "
	    "trust anchor to the answer, at the time at which it came. "
	    "Insecure: a zone above says, in signed records, that there is "
	    "nothing to hold to. Bogus: a signature that should hold does not. "
	    "Indeterminate: something that this needs was not had. A signature "
	    "shows that an answer is the zone\xe2\x80\x99s, not that it is "
	    "true.</p>\n");
}

/* --- second opinions -------------------------------------------------------- */

static void
put_words(struct html *h, const struct fact *f)
{
	const json_t *agree = fact_get(f, "agree");

	say(h, "%t", json_is_true(agree) ? "the same" :
	    json_is_false(agree) ? "differs" : "not compared");
	if (strcmp(fact_str(f, "rcode"), "NOERROR") != 0)
		say(h, "; %t", fact_str(f, "rcode"));
	if (json_is_true(fact_get(f, "policy")))
		html_raw(h, "; the resolver says that it blocks by a policy");
}

/* Resolvers turn their answers round: shown in one order. known: another table
 * has them, so many are counted. */
static void
put_sorted(struct html *h, const json_t *list, const char *none,
    gboolean known)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	const json_t *v;
	size_t i;

	if (known && json_array_size(list) > KNOWN_MAX) {
		say(h, "the %d that the zone\xe2\x80\x99s servers give",
		    (uint64_t)json_array_size(list));
		return;
	}
	json_array_foreach(list, i, v)
		if (json_is_string(v))
			g_ptr_array_add(all,
			    (char *)(uintptr_t)json_string_value(v));
	if (all->len > 0)
		qsort(all->pdata, all->len, sizeof *all->pdata, text_order);
	else
		html_raw(h, none);
	for (guint k = 0; k < all->len; k++)
		say(h, k == 0 ? "%n" : all->len > ALIKE_SPELLED ? ", %n" :
		    "<br>%n", all->pdata[k]);
}

static void
opinion_add(struct exhibit_doc *x, GPtrArray *list, const struct fact *f)
{
	g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
	    sizeof(uint64_t));
	struct html *h = &x->h;
	GString *before = html_divert(h);
	GPtrArray *parts = alike_parts();

	say(h, "<tr><th scope=\"row\">%n</th><td class=\"t\">%t</td>",
	    f->subject, fact_str(f, "type"));
	alike_part(parts, html_diverted(h, before), NULL);
	before = html_divert(h);
	html_raw(h, "<td>");
	put_sorted(h, fact_get(f, "answers"), "no record",
	    json_is_true(fact_get(f, "agree")));
	html_raw(h, "</td><td>");
	if (!json_is_true(fact_get(f, "agree")))
		put_sorted(h, fact_get(f, "authoritative"),
		    view_recursive(&x->v) ? "not asked" :
		    json_is_null(fact_get(f, "authoritative")) ?
		    "no answer" : "no record", FALSE);
	else
		html_raw(h, "the same");
	html_raw(h, "</td><td>");
	put_words(h, f);
	html_raw(h, "</td>");
	cites_fact(records, x->v.run, f);
	alike_part(parts, html_diverted(h, before), records);
	alike_add(list, fact_str(f, "resolver"), parts);
}

static void
opinion_row(struct exhibit_doc *x, const struct alike *a)
{
	const struct alike_part *head = a->parts->pdata[0];
	const struct alike_part *rest = a->parts->pdata[1];
	struct html *h = &x->h;

	html_raw(h, head->html);
	html_raw(h, "<td>");
	for (guint i = 0; i < a->subjects->len; i++)
		say(h, i > 0 ? "<br>%t" : "%t", a->subjects->pdata[i]);
	html_raw(h, "</td>");
	html_raw(h, rest->html);
	html_raw(h, "<td>");
	html_records(h, rest->records);
	html_raw(h, "</td></tr>\n");
}

/* Extended errors, in the resolver's words. */
static void
errors(struct exhibit_doc *x)
{
	struct html *h = &x->h;
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(&x->v, FACT_RESOLVER_ANSWER, NULL, &at)) !=
	    NULL) {
		json_t *e;
		size_t i;

		json_array_foreach(fact_get(f, "ede"), i, e) {
			say(h, "<p class=\"note\">%t on %n %t: extended error "
			    "%i, %t",
			    fact_str(f, "resolver"), f->subject,
			    fact_str(f, "type"), (uint64_t)json_integer_value(
			    json_object_get(e, "code")), json_string_value(
			    json_object_get(e, "name")));
			html_raw(h, ": <code>");
			html_json(h, json_object_get(e, "text"));
			html_raw(h, "</code>. It speaks of that resolver, "
			    "not of the site (record ");
			put_records(x, f);
			html_raw(h, ").</p>\n");
		}
	}
}

static void
opinions(struct exhibit_doc *x)
{
	static const struct column columns[] = {
		{ 19, "Name" }, { 8, "Type" }, { 13, "Resolver" },
		{ 22, "It answers" }, { 16, "The zone\xe2\x80\x99s servers" },
		{ 11, "Compared" }, { 11, "Records" },
	};
	g_autofree char *where = exhibit_range(x->v.run, 'D');
	g_autoptr(GPtrArray) list = alike_list();
	const struct fact *f;
	guint at = 0;

	if (view_count(&x->v, FACT_RESOLVER_COMPARED, NULL) == 0)
		return;
	exhibit_table(x, "", "A second opinion: what public resolvers answer",
	    where, columns, G_N_ELEMENTS(columns));
	while ((f = view_next(&x->v, FACT_RESOLVER_COMPARED, NULL, &at)) !=
	    NULL)
		opinion_add(x, list, f);
	for (guint i = 0; i < list->len; i++)
		opinion_row(x, list->pdata[i]);
	html_table_end(&x->h);
	html_raw(&x->h, "<p class=\"note\">A resolver answers from a memory, "
	    "by rules of its own, and may be told other addresses than we are, "
	    "because of where it stands. What it says is no more than what it "
	    "says.</p>\n");
	errors(x);
}

/* --- client subnets --------------------------------------------------------- */

static void
subnet_row(struct exhibit_doc *x, const struct fact *f)
{
	struct html *h = &x->h;
	int64_t scope = fact_int(f, "scope", -1);

	say(h, "<tr><th scope=\"row\">%n</th><td>%t</td><td>%t %t</td><td>%a, "
	    "%t</td><td>", f->subject, fact_str(f, "type"),
	    fact_str(f, "label"), fact_str(f, "subnet"),
	    fact_str(f, "server"), fact_str(f, "by"));
	put_list(h, fact_get(f, "answers"), "no record");
	html_raw(h, "</td><td>");
	if (scope < 0)
		html_raw(h, "not stated");
	else if (scope == 0)
		html_raw(h, "everybody (/0)");
	else
		say(h, "/%i", (uint64_t)scope);
	html_raw(h, "</td><td>");
	put_records(x, f);
	html_raw(h, "</td></tr>\n");
}

static void
subnets(struct exhibit_doc *x)
{
	static const struct column columns[] = {
		{ 18, "Name" }, { 7, "Type" }, { 17, "On behalf of" },
		{ 18, "Asked" }, { 17, "Answer" }, { 10, "It is for" },
		{ 13, "Records" },
	};
	g_autofree char *where = exhibit_range(x->v.run, 'D');
	const struct fact *f;
	guint at = 0;

	if (view_count(&x->v, FACT_ECS_ANSWER, NULL) == 0)
		return;
	exhibit_table(x, "", "What is answered on behalf of visitors "
	    "elsewhere", where, columns, G_N_ELEMENTS(columns));
	while ((f = view_next(&x->v, FACT_ECS_ANSWER, NULL, &at)) != NULL)
		subnet_row(x, f);
	html_table_end(&x->h);
	html_raw(&x->h, "<p class=\"note\">The question named a prefix of "
	    "addresses (RFC 7871); the label is the collector\xe2\x80\x99s. The "
	    "answer is what the server says it would tell a resolver that asks "
	    "for a visitor there. It does not show that anybody there asked, "
	    "and says nothing where the answer is for everybody.</p>\n");
}

void
exhibit_dnssec(struct exhibit_doc *x)
{
	statuses(x);
	opinions(x);
	subnets(x);
}

/* --- where we stand --------------------------------------------------------- */

void
exhibit_vantage(struct exhibit_doc *x)
{
	struct html *h = &x->h;
	gboolean any = FALSE;

	html_raw(h, "<p><b>Own address.</b> ");
	for (guint i = 0; i < x->v.run->facts->len; i++) {
		const struct fact *f = x->v.run->facts->pdata[i];

		if (f->kind != FACT_VANTAGE_ADDRESS)
			continue;
		say(h, "%t%t at %a says %a (record ", any ? "; " : "As seen by others, "
		    "each in its own answer: ", fact_str(f, "by"),
		    fact_str(f, "server"), f->subject);
		put_records(x, f);
		html_raw(h, ")");
		any = TRUE;
	}
	html_raw(h, any ? ".</p>\n" : "The address from which the servers saw "
	    "this collection was not told.</p>\n");
}
