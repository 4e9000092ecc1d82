/* Section 8, about the site as a whole: answers that are no page of it, kinds
 * of page that were looked for, and its files. */

#include "reports/exhibit_html.h"

#include <string.h>

#include "probes/url.h"

/* ---- no page of the site ---------------------------------------------------- */

static const struct {
	const char	*class, *says;
} classes[] = {
	{ "challenge", "a challenge: the visitor is to prove something first" },
	{ "geo-block", "a block: not shown to this visitor" },
	{ "parking", "a parking page" },
	{ "for-sale", "an offer of the name" },
	{ "suspended", "an account that its host closed" },
	{ "default-page", "a server\xe2\x80\x99s default page" },
	{ "soft-404", "the same answer as to a path that cannot exist" },
	{ "age-gate", "a question for the visitor\xe2\x80\x99s age" },
	{ "log-in-wall", "a page that asks for a log-in" },
	{ "needs-script", "a page that needs a script to show anything" },
};

static const char *
class_says(const char *class)
{
	for (size_t i = 0; i < G_N_ELEMENTS(classes); i++)
		if (strcmp(classes[i].class, class) == 0)
			return classes[i].says;
	return class;
}

static void
class_row(struct exhibit_doc *x, const struct fact *f, const GArray *records)
{
	struct html *h = &x->h;

	say(h, "<tr><th scope=\"row\">%u</th><td>%t</td><td>", f->subject,
	    class_says(fact_str(f, "class")));
	if (f->type != DERIVED && (strcmp(fact_str(f, "where"), "text") == 0 ||
	    strcmp(fact_str(f, "where"), "title") == 0))
		html_json(h, fact_get(f, "text"));
	else
		say(h, "by its %t", fact_str(f, "where"));
	say(h, "</td><td>%t, %t</td><td class=\"n\">", fact_str(f, "rule"),
	    fact_str(f, "dated"));
	html_records(h, records);
	html_raw(h, "</td></tr>\n");
}

/* One row a URL and class; every record in which it was so. */
static void
class_rows(struct exhibit_doc *x)
{
	g_autoptr(GHashTable) done = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);
	const struct fact *f, *g;
	guint at = 0, n = 0, k;

	while ((f = view_next(&x->v, FACT_PAGE_CLASS, NULL, &at)) != NULL) {
		g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
		    sizeof(uint64_t));

		if (!g_hash_table_add(done, g_strconcat(f->subject, " ",
		    fact_str(f, "class"), NULL)))
			continue;
		if (exhibit_full(x, n++, 5, 0))
			break;
		for (k = 0; (g = view_next(&x->v, FACT_PAGE_CLASS, f->subject,
		    &k)) != NULL;)
			if (strcmp(fact_str(g, "class"),
			    fact_str(f, "class")) == 0)
				cites_fact(records, x->v.run, g);
		class_row(x, f, records);
	}
}

static void
classes_table(struct exhibit_doc *x, const char *where)
{
	static const struct column columns[] = {
		{ 25, "URL" }, { 27, "What came" }, { 22, "Sign" },
		{ 16, "Rule, dated" }, { 10, ">Rec." },
	};

	if (view_first(&x->v, FACT_PAGE_CLASS, NULL) == NULL)
		return;
	exhibit_table(x, "", "Answers that are not, or not only, a page of the "
	    "site", where, columns, G_N_ELEMENTS(columns));
	class_rows(x);
	html_table_end(&x->h);
	html_raw(&x->h, "<p class=\"note\">Recognised by dated rules. What else "
	    "stands in an answer of the first seven kinds is not counted as "
	    "words of the site anywhere in this report.</p>\n");
}

/* ---- pages looked for --------------------------------------------------------- */

static void
sought_row(struct exhibit_doc *x, const struct fact *f)
{
	const json_t *found = fact_get(f, "found");
	struct html *h = &x->h;
	size_t n = json_array_size(found);
	g_autoptr(GArray) records = g_array_new(FALSE, FALSE, sizeof(uint64_t));

	say(h, "<tr><th scope=\"row\">%t</th><td class=\"n\">%d</td><td>",
	    fact_str(f, "purpose"), (uint64_t)MAX(fact_int(f, "linked", 0), 0));
	for (size_t i = 0; i < n && i < 4; i++)
		say(h, i > 0 ? "; %u" : "%u",
		    json_string_value(json_array_get(found, i)));
	if (n > 4)
		say(h, " and %d more", (uint64_t)(n - 4));
	html_raw(h, n == 0 ? "none received</td><td class=\"r\">" :
	    "</td><td class=\"r\">");
	cites_fact(records, x->v.run, f);
	html_stretches(h, records);
	html_raw(h, "</td></tr>\n");
}

static void
sought_table(struct exhibit_doc *x, const char *where)
{
	static const struct column columns[] = {
		{ 14, "Kind" }, { 8, ">Links" }, { 54, "Received" },
		{ 24, ">Rec." },
	};
	g_autoptr(GPtrArray) sites = exhibit_subjects(x, FACT_PAGE_SOUGHT, NULL);

	if (sites->len == 0)
		return;
	exhibit_table(x, "", "Kinds of page that were looked for", where,
	    columns, G_N_ELEMENTS(columns));
	for (guint i = 0; i < sites->len; i++) {
		const struct fact *f;
		guint at = 0;

		exhibit_subject(x, sites->pdata[i], G_N_ELEMENTS(columns));
		while ((f = view_next(&x->v, FACT_PAGE_SOUGHT, sites->pdata[i],
		    &at)) != NULL)
			sought_row(x, f);
	}
	html_table_end(&x->h);
	html_raw(&x->h, "<p class=\"note\">By the words of links and of their "
	    "addresses, in twelve languages, on pages that were received. Where "
	    "none was received a page may still be there: not linked, linked "
	    "by other words, or kept from being asked for; the log has a line "
	    "for each that was not asked for.</p>\n");
}

/* ---- files ---------------------------------------------------------------------- */

static void
file_row(struct exhibit_doc *x, const struct fact *f)
{
	struct html *h = &x->h;

	say(h, "<tr><th scope=\"row\">%u</th><td>%t</td><td class=\"n\">%i</td>"
	    "<td class=\"n\">%d</td><td>", f->subject, fact_str(f, "what"),
	    (uint64_t)MAX(fact_int(f, "status", 0), 0),
	    (uint64_t)MAX(fact_int(f, "bytes", 0), 0));
	html_hash12(h, fact_str(f, "sha256"));
	html_raw(h, "</td><td class=\"r\">");
	html_record(h, fact_source(f));
	html_raw(h, "</td></tr>\n");
}

/* What pages are made of: one row a host. */
static void
parts_row(struct exhibit_doc *x, const char *host)
{
	g_autoptr(GArray) records = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	struct html *h = &x->h;
	const struct fact *f;
	guint at = 0;
	uint64_t bytes = 0;

	while ((f = view_next(&x->v, FACT_HTTP_FILE, NULL, &at)) != NULL) {
		g_autofree char *own = url_host(f->subject);

		if (strcmp(fact_str(f, "what"), "requisite") != 0 ||
		    strcmp(own, host) != 0)
			continue;
		bytes += (uint64_t)MAX(fact_int(f, "bytes", 0), 0);
		cites_fact(records, x->v.run, f);
	}
	say(h, "<tr><th scope=\"row\">%p</th><td>parts of pages: %d</td><td>"
	    "</td><td class=\"n\">%d</td><td></td><td class=\"r\">", host,
	    (uint64_t)records->len, bytes);
	html_stretches(h, records);
	html_raw(h, "</td></tr>\n");
}

static void
files_table(struct exhibit_doc *x, const char *where)
{
	static const struct column columns[] = {
		{ 36, "File" }, { 17, "What" }, { 8, ">Status" },
		{ 11, ">Bytes" }, { 15, "SHA-256, first 12" }, { 13, ">Rec." },
	};
	g_autoptr(GPtrArray) hosts = g_ptr_array_new_with_free_func(g_free);
	const struct fact *f;
	guint at = 0, n = 0;

	if (view_first(&x->v, FACT_HTTP_FILE, NULL) == NULL)
		return;
	exhibit_table(x, "", "Files of the site, and what its pages are made of",
	    where, columns, G_N_ELEMENTS(columns));
	while ((f = view_next(&x->v, FACT_HTTP_FILE, NULL, &at)) != NULL) {
		char *host;

		if (strcmp(fact_str(f, "what"), "requisite") != 0) {
			if (exhibit_full(x, n++, 6, 0))
				break;
			file_row(x, f);
			continue;
		}
		host = url_host(f->subject);
		if (!strings_add(hosts, host))
			g_free(host);
	}
	for (guint i = 0; i < hosts->len; i++)
		parts_row(x, hosts->pdata[i]);
	html_table_end(&x->h);
	html_raw(&x->h, "<p class=\"note\"><i>missing</i> is a "
	    "path that cannot exist: its answer shows what this server says of "
	    "pages that are not there. Parts of pages are kept so that a page "
	    "can be shown again; nothing is read from them.</p>\n");
}

void
exhibit_site(struct exhibit_doc *x, const char *where)
{
	classes_table(x, where);
	sought_table(x, where);
	files_table(x, where);
}
