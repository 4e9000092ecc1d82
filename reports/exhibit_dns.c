/* Section 3: delegation, and what the name servers answered. */

#include "reports/exhibit_html.h"

#include <string.h>

#include "reports/alike.h"

/* One kind of answer: how its value reads in a cell. */
struct answer {
	enum fact_kind	 kind;
	const char	*type;
	void		(*put)(struct html *, const struct fact *);
};

static void
put_ip(struct html *h, const struct fact *f)
{
	say(h, "%a", fact_str(f, "ip"));
}

static void
put_ns(struct html *h, const struct fact *f)
{
	say(h, "%n", fact_str(f, "ns"));
}

static void
put_alias(struct html *h, const struct fact *f)
{
	say(h, "alias of %n", fact_str(f, "to"));
}

static void
put_mail(struct html *h, const struct fact *f)
{
	say(h, "%i %n", (uint64_t)MAX(fact_int(f, "preference", 0), 0),
	    fact_str(f, "exchange"));
}

static void
put_soa(struct html *h, const struct fact *f)
{
	say(h, "%n; mailbox %t; serial %i", fact_str(f, "mname"),
	    fact_str(f, "mailbox"),
	    (uint64_t)MAX(fact_int(f, "serial", 0), 0));
}

static void
put_text(struct html *h, const struct fact *f)
{
	html_raw(h, "<code>");
	html_json(h, fact_get(f, "text"));
	html_raw(h, "</code>");
}

static void
put_caa(struct html *h, const struct fact *f)
{
	say(h, "%t ", fact_str(f, "tag"));
	html_json(h, fact_get(f, "value"));
}

static void
put_https(struct html *h, const struct fact *f)
{
	const json_t *ip;
	size_t i;

	say(h, "%i %n", (uint64_t)MAX(fact_int(f, "priority", 0), 0),
	    *fact_str(f, "target") != '\0' ? fact_str(f, "target") : ".");
	json_array_foreach(fact_get(f, "hints"), i, ip)
		say(h, "%t%a", i == 0 ? "; address hints " : ", ",
		    json_string_value(ip));
}

static void
put_dname(struct html *h, const struct fact *f)
{
	say(h, "what is below is an alias below %n", fact_str(f, "to"));
}

static void
put_token(struct html *h, const struct fact *f)
{
	say(h, "shown to %t: ", fact_str(f, "service"));
	html_raw(h, "<code>");
	html_json(h, fact_get(f, "token"));
	html_raw(h, "</code>");
}

static void
put_wildcard(struct html *h, const struct fact *f)
{
	const json_t *ips = fact_get(f, "ips"), *ip;
	size_t i;

	if (!json_is_true(fact_get(f, "there"))) {
		html_raw(h, "a random name below it does not exist");
		return;
	}
	html_raw(h, "a random name below it exists");
	json_array_foreach(ips, i, ip)
		say(h, "%t%a", i == 0 ? ": " : ", ", json_string_value(ip));
	if (*fact_str(f, "to") != '\0')
		say(h, ", as an alias of %n", fact_str(f, "to"));
	if (json_is_true(fact_get(f, "signed")))
		html_raw(h, " (made from a wildcard, by its signature)");
}

static void
put_ptr(struct html *h, const struct fact *f)
{
	say(h, "%n", fact_str(f, "name"));
}

static void
put_nodata(struct html *h, const struct fact *f)
{
	say(h, "no record of type %t", fact_str(f, "type"));
}

static void
put_nxdomain(struct html *h, const struct fact *f)
{
	(void)f;
	html_raw(h, "no such name");
}

static void
put_lame(struct html *h, const struct fact *f)
{
	say(h, "%a did not answer for the zone: %t", fact_str(f, "server"),
	    fact_str(f, "why"));
}

static const struct answer answers[] = {
	{ FACT_DNS_A, "A", put_ip },
	{ FACT_DNS_AAAA, "AAAA", put_ip },
	{ FACT_DNS_CNAME, "CNAME", put_alias },
	{ FACT_DNS_NS, "NS", put_ns },
	{ FACT_DNS_SOA, "SOA", put_soa },
	{ FACT_DNS_MX, "MX", put_mail },
	{ FACT_DNS_TXT, "TXT", put_text },
	{ FACT_DNS_CAA, "CAA", put_caa },
	{ FACT_DNS_HTTPS, "HTTPS", put_https },
	{ FACT_DNS_DNAME, "DNAME", put_dname },
	{ FACT_DNS_TOKEN, "TXT", put_token },
	{ FACT_DNS_WILDCARD, "", put_wildcard },
	{ FACT_DNS_PTR, "PTR", put_ptr },
	{ FACT_DNS_NODATA, "", put_nodata },
	{ FACT_DNS_NXDOMAIN, "", put_nxdomain },
	{ FACT_DNS_LAME, "", put_lame },
};

struct line {
	const struct answer	*a;
	const struct fact	*f;
	char			*cell;
	GArray			*records;
};

static void
line_free(void *data)
{
	struct line *l = data;

	g_free(l->cell);
	g_array_unref(l->records);
	g_free(l);
}

static const struct answer *
answer_of(enum fact_kind kind)
{
	for (size_t i = 0; i < G_N_ELEMENTS(answers); i++)
		if (answers[i].kind == kind)
			return &answers[i];
	return NULL;
}

/* The same answer of several servers is one line with several records. */
static void
add_line(struct exhibit_doc *x, GPtrArray *lines, GHashTable *by_key,
    const struct answer *a, const struct fact *f)
{
	GString *before = html_divert(&x->h);
	struct line *l;

	a->put(&x->h, f);
	if (fact_recursive(f))
		say(&x->h, "<br><small>as the recursive server %a answered"
		    "</small>", fact_str(f, "server"));
	g_autofree char *cell = html_diverted(&x->h, before);
	char *key = g_strdup_printf("%d %s %s", (int)a->kind, f->subject, cell);
	l = g_hash_table_lookup(by_key, key);
	if (l == NULL) {
		l = g_new0(struct line, 1);
		l->a = a;
		l->f = f;
		l->cell = g_steal_pointer(&cell);
		l->records = g_array_new(FALSE, FALSE, sizeof(uint64_t));
		g_ptr_array_add(lines, l);
		g_hash_table_insert(by_key, key, l);
	} else {
		g_free(key);
	}
	cites_fact(l->records, x->v.run, f);
}

static gboolean
same_records(const struct line *a, const struct line *b)
{
	return a->records->len == b->records->len &&
	    memcmp(a->records->data, b->records->data,
	    a->records->len * sizeof(uint64_t)) == 0;
}

/* Records of one set are one row: fifty addresses are one answer. */
static void
join_sets(GPtrArray *lines)
{
	for (guint i = 0; i < lines->len; i++) {
		struct line *l = lines->pdata[i];
		g_autoptr(GString) cell = g_string_new(l->cell);
		gboolean ip = l->a->put == put_ip;

		for (guint k = i + 1; *l->a->type != '\0' && k < lines->len;) {
			const struct line *o = lines->pdata[k];

			if (o->a != l->a || strcmp(o->f->subject,
			    l->f->subject) != 0 || !same_records(o, l)) {
				k++;
				continue;
			}
			g_string_append(cell, ip ? ", " : "<br>");
			g_string_append(cell, o->cell);
			g_ptr_array_remove_index(lines, k);
		}
		g_free(l->cell);
		l->cell = g_string_free(g_steal_pointer(&cell), FALSE);
	}
}

/* Names of which the same absence was said: taken out of the lines.  Of the
 * target's own names those that the program tried by itself. */
static GPtrArray *
take_absent(GPtrArray *lines, gboolean own)
{
	GPtrArray *absent = alike_list();

	for (guint i = 0; i < lines->len;) {
		struct line *l = lines->pdata[i];
		GPtrArray *parts;

		if ((l->a->kind != FACT_DNS_NXDOMAIN &&
		    l->a->kind != FACT_DNS_NODATA) ||
		    (own && !name_is_key(l->f->subject))) {
			i++;
			continue;
		}
		parts = alike_parts();
		alike_part(parts, g_strdup(l->cell), l->records);
		alike_add(absent, l->f->subject, parts);
		g_ptr_array_remove_index(lines, i);
	}
	return absent;
}

static void
absent_rows(struct exhibit_doc *x, const GPtrArray *absent)
{
	struct html *h = &x->h;

	for (guint i = 0; i < absent->len; i++) {
		const struct alike *a = absent->pdata[i];
		const struct alike_part *p = a->parts->pdata[0];

		html_raw(h, "<tr><th scope=\"row\">");
		for (guint k = 0; k < a->subjects->len &&
		    a->subjects->len <= ALIKE_SPELLED; k++)
			say(h, k > 0 ? "<br>%n" : "%n", a->subjects->pdata[k]);
		if (a->subjects->len > ALIKE_SPELLED)
			say(h, "%d names, below", (uint64_t)a->subjects->len);
		html_raw(h, "</th><td></td><td>");
		html_raw(h, p->html);
		html_raw(h, "</td><td>");
		html_records(h, p->records);
		html_raw(h, "</td></tr>\n");
		if (a->subjects->len <= ALIKE_SPELLED)
			continue;
		html_raw(h, "<tr><td colspan=\"4\">");
		alike_all(h, a);
		html_raw(h, "<br>Records ");
		html_stretches(h, p->records);
		html_raw(h, "</td></tr>\n");
	}
}

static gboolean
is_own(const struct exhibit_doc *x, const char *name)
{
	return name_within(name, x->v.target) || (strchr(name, '.') != NULL &&
	    name_within(x->v.target, name));
}

static void
answers_table(struct exhibit_doc *x, gboolean own, const char *caption)
{
	static const struct column columns[] = {
		{ 30, "Name" }, { 9, "Type" }, { 45, "Answer" },
		{ 16, "Records" },
	};
	g_autoptr(GPtrArray) lines =
	    g_ptr_array_new_with_free_func(line_free);
	g_autoptr(GHashTable) by_key = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);
	g_autofree char *where = exhibit_range(x->v.run, 'D');
	g_autoptr(GPtrArray) absent = NULL;
	const char *before = "";
	struct html *h = &x->h;

	for (guint i = 0; i < x->v.facts->len; i++) {
		const struct fact *f = x->v.facts->pdata[i];
		const struct answer *a = answer_of(f->kind);

		if (a != NULL && is_own(x, f->subject) == own)
			add_line(x, lines, by_key, a, f);
	}
	if (lines->len == 0)
		return;
	join_sets(lines);
	absent = take_absent(lines, own);
	exhibit_table(x, "", caption, where, columns, G_N_ELEMENTS(columns));
	for (guint i = 0; i < lines->len; i++) {
		const struct line *l = lines->pdata[i];
		gboolean same = strcmp(before, l->f->subject) == 0;

		if (exhibit_full(x, i, 4, lines->len))
			break;
		html_raw(h, "<tr><th scope=\"row\">");
		if (!same)
			html_name(h, l->f->subject);
		else
			say(h, "<span class=\"vh\">%t</span>", l->f->subject);
		say(h, "</th><td class=\"t\">%t</td><td>", l->a->type);
		html_raw(h, l->cell);
		html_raw(h, "</td><td>");
		html_records(h, l->records);
		html_raw(h, "</td></tr>\n");
		before = l->f->subject;
	}
	absent_rows(x, absent);
	html_table_end(h);
}

static void
zone_row(struct exhibit_doc *x, const char *zone)
{
	g_autoptr(GPtrArray) ns = g_ptr_array_new();
	g_autoptr(GPtrArray) by = g_ptr_array_new();
	g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
	    sizeof(uint64_t));
	const struct fact *f;
	struct html *h = &x->h;
	guint at = 0;

	while ((f = view_next(&x->v, FACT_DNS_REFERRAL, zone, &at)) != NULL) {
		strings_add(ns, fact_str(f, "ns"));
		strings_add(by, fact_str(f, "server"));
		cites_fact(records, x->v.run, f);
	}
	say(h, "<tr><th scope=\"row\">%n</th><td>", *zone != '\0' ? zone :
	    ".");
	for (guint i = 0; i < ns->len && i < 6; i++) {
		html_raw(h, i > 0 ? "<br>" : "");
		html_name(h, ns->pdata[i]);
	}
	if (ns->len > 6)
		say(h, "<br>and %d more", (uint64_t)(ns->len - 6));
	say(h, "</td><td>%d server%t of ", (uint64_t)by->len,
	    by->len == 1 ? "" : "s");
	if (*zone_parent(zone) != '\0')
		say(h, "%p", zone_parent(zone));
	else
		html_raw(h, "the root");
	html_raw(h, "</td><td>");
	html_raw(h, view_first(&x->v, FACT_DNS_DS, zone) != NULL ?
	    "DS held" : view_first(&x->v, FACT_DNS_UNSIGNED, zone) != NULL ?
	    "denied" : "not stated");
	html_raw(h, "</td><td>");
	html_records(h, records);
	html_raw(h, "</td></tr>\n");
}

/* What such a run's answers are, and what they are not. */
static void
recursive_say(struct exhibit_doc *x)
{
	const json_t *servers = json_object_get(x->v.run->settings,
	    "dns_servers"), *s;
	struct html *h = &x->h;
	size_t i;

	html_raw(h, "<p><strong>In this run every name was asked of the "
	    "recursive server");
	html_raw(h, json_array_size(servers) > 1 ? "s " : " ");
	json_array_foreach(servers, i, s) {
		html_raw(h, i > 0 ? ", " : "");
		html_json(h, s);
	}
	html_raw(h, ", which the case names, and not of the zones\xe2\x80\x99 "
	    "own servers.</strong> Each answer below is that server\xe2\x80"
	    "\x99s: it may come from a store, or be another than the "
	    "zone\xe2\x80\x99s own. Whether the zone\xe2\x80\x99s servers "
	    "agree was not looked into.</p>\n");
}

void
exhibit_dns(struct exhibit_doc *x)
{
	static const struct column columns[] = {
		{ 24, "Zone" }, { 30, "Name servers that the zone above names" },
		{ 18, "Said by" }, { 10, "DS" }, { 18, "Records" },
	};
	g_autoptr(GPtrArray) zones = view_subjects(&x->v, FACT_DNS_REFERRAL,
	    FACT_KINDS);
	g_autofree char *where = exhibit_range(x->v.run, 'D');
	struct html *h = &x->h;

	if (view_recursive(&x->v))
		recursive_say(x);
	else
		html_raw(h, "<p>The program began at the root servers and "
		    "asked each zone\xe2\x80\x99s own servers; no resolver "
		    "stood between. What public resolvers say is shown apart, "
		    "as theirs.</p>\n");
	if (zones->len > 0) {
		exhibit_table(x, "", "The path of delegation", where, columns,
		    G_N_ELEMENTS(columns));
		for (guint i = 0; i < zones->len; i++)
			zone_row(x, zones->pdata[i]);
		html_table_end(h);
		html_raw(h, "<p class=\"note\">DS: whether the zone above holds "
		    "a record that would tie the zone\xe2\x80\x99s signatures to "
		    "it.</p>\n");
	}
	exhibit_servers(x);
	answers_table(x, TRUE, "Answers for the target and names under it");
	exhibit_dnssec(x);
	answers_table(x, FALSE, "Answers for other names met on the way");
}
