/* Section 7: certificates as presented, three handshakes side by side. */

#include "reports/exhibit_html.h"

#include <string.h>

#include "reports/alike.h"

#define SIDE	3

struct shake {
	const char	  *subject;	/* "name@ip" */
	const struct fact *cert;	/* depth 0, or NULL */
	const struct fact *hand, *trust;
};

static void
put_name(struct exhibit_doc *x, const struct shake *s)
{
	const char *at = strrchr(s->subject, '@');
	g_autofree char *name = g_strndup(s->subject, at == NULL ? 0 :
	    (gsize)(at - s->subject));

	if (strcmp(name, subject_address(s->subject)) == 0 &&
	    strcmp(name, x->v.target) != 0)
		html_raw(&x->h, "none was sent");
	else
		say(&x->h, "%p", name);
}

static void
put_subject(struct exhibit_doc *x, const struct shake *s)
{
	say(&x->h, "%t", s->cert != NULL ? fact_str(s->cert, "subject") : "");
}

static void
put_org(struct exhibit_doc *x, const struct shake *s)
{
	const char *org = s->cert != NULL ? fact_str(s->cert, "org") : "";
	const char *c = s->cert != NULL ? fact_str(s->cert, "country") : "";

	say(&x->h, "%t%t%t", *org != '\0' ? org : "none", *c != '\0' ?
	    ", country " : "", c);
}

static void
put_names(struct exhibit_doc *x, const struct shake *s)
{
	const json_t *names = s->cert != NULL ? fact_get(s->cert, "names") :
	    NULL;
	size_t n = json_array_size(names);

	for (size_t i = 0; i < n && i < 12; i++) {
		const char *name = json_string_value(json_array_get(names, i));

		say(&x->h, "%t%p", i > 0 ? ", " : "", name);
	}
	if (n > 12)
		say(&x->h, " and %d more", (uint64_t)(n - 12));
	if (s->cert != NULL && json_is_true(fact_get(s->cert, "shared")))
		html_raw(&x->h, "<br>a shared certificate: its names have "
		    "many different endings");
}

static void
put_issuer(struct exhibit_doc *x, const struct shake *s)
{
	say(&x->h, "%t", s->cert != NULL ? fact_str(s->cert, "issuer") : "");
}

static void
put_valid(struct exhibit_doc *x, const struct shake *s)
{
	if (s->cert == NULL)
		return;
	html_when(&x->h, fact_str(s->cert, "not_before"));
	html_raw(&x->h, " to ");
	html_when(&x->h, fact_str(s->cert, "not_after"));
}

static void
put_serial(struct exhibit_doc *x, const struct shake *s)
{
	if (s->cert != NULL)
		html_hash(&x->h, fact_str(s->cert, "serial"), 16);
}

static void
put_chain(struct exhibit_doc *x, const struct shake *s)
{
	guint certs = view_count(&x->v, FACT_TLS_CERT, s->subject);

	say(&x->h, "%d certificate%t presented; ", (uint64_t)certs,
	    certs == 1 ? "" : "s");
	if (s->trust == NULL)
		html_raw(&x->h, "chain not checked");
	else if (json_is_true(fact_get(s->trust, "ok")))
		html_raw(&x->h, "leads to a root of the kept bundle");
	else
		say(&x->h, "does not lead to a root of the kept bundle: %t",
		    fact_str(s->trust, "why"));
}

static void
put_bundle(struct exhibit_doc *x, const struct shake *s)
{
	if (s->trust != NULL)
		html_hash12(&x->h, fact_str(s->trust, "bundle"));
}

static void
put_protocol(struct exhibit_doc *x, const struct shake *s)
{
	if (s->hand != NULL)
		say(&x->h, "%t, %t", fact_str(s->hand, "version"),
		    fact_str(s->hand, "cipher"));
}

/* Versions tried one by one, and the one agreed on. */
static void
put_versions(struct exhibit_doc *x, const struct shake *s)
{
	const struct fact *f;
	gboolean any = FALSE;
	guint at = 0;

	if (s->hand == NULL)
		return;
	say(&x->h, "%t, of all that were offered", fact_str(s->hand,
	    "version"));
	while ((f = view_next(&x->v, FACT_TLS_OFFER, s->subject, &at)) !=
	    NULL) {
		html_raw(&x->h, any ? ", " : "<br>");
		say(&x->h, "%t%t", fact_str(f, "version"), json_is_true(
		    fact_get(f, "offered")) ? " spoken" : " refused");
		any = TRUE;
	}
}

static void
put_validation(struct exhibit_doc *x, const struct shake *s)
{
	const char *v = s->cert != NULL ? fact_str(s->cert, "validation") :
	    "";

	if (s->cert == NULL)
		return;
	say(&x->h, "%t%t", *v != '\0' ? v : "no policy names it", *v != '\0' ?
	    " validation, by its policy" : "");
}

static void
put_key(struct exhibit_doc *x, const struct shake *s)
{
	if (s->cert == NULL)
		return;
	say(&x->h, "%t, signed by %t", fact_str(s->cert, "key"),
	    fact_str(s->cert, "signature"));
}

/* Records of older readers have a sentence there. */
static const char *
checked_words(const struct fact *f)
{
	const char *s = fact_str(f, "checked");

	return *s == '\0' || g_str_has_prefix(s, "not checked") ?
	    "not checked" : s;
}

static void
put_logs(struct exhibit_doc *x, const struct shake *s)
{
	const struct fact *f;
	guint at = 0, n = 0;

	while ((f = view_next(&x->v, FACT_TLS_SCT, s->subject, &at)) != NULL) {
		const char *name = fact_str(f, "name");

		html_raw(&x->h, n++ > 0 ? "<br>" : "");
		say(&x->h, "%t, ", *name != '\0' ? name : fact_str(f, "log"));
		html_when(&x->h, fact_str(f, "at"));
		say(&x->h, ": %t", checked_words(f));
	}
	html_raw(&x->h, n > 0 ? "" : "none");
}

static void
put_staple(struct exhibit_doc *x, const struct shake *s)
{
	const struct fact *f = view_first(&x->v, FACT_TLS_STAPLE, s->subject);

	if (f == NULL) {
		html_raw(&x->h, "none was sent");
		return;
	}
	say(&x->h, "%t", fact_str(f, "status"));
	if (*fact_str(f, "this_update") != '\0') {
		html_raw(&x->h, ", of ");
		html_when(&x->h, fact_str(f, "this_update"));
	}
	if (fact_get(f, "checked") != NULL)
		say(&x->h, "<br>%t", checked_words(f));
}

static void
put_hash(struct exhibit_doc *x, const struct shake *s)
{
	if (s->cert != NULL)
		html_hash(&x->h, fact_str(s->cert, "sha256"), 16);
}

static const struct {
	const char	*label;
	void		(*put)(struct exhibit_doc *, const struct shake *);
} rows[] = {
	{ "Name asked for", put_name },
	{ "Subject", put_subject },
	{ "Organisation in subject", put_org },
	{ "Names covered", put_names },
	{ "Issuer", put_issuer },
	{ "Valid", put_valid },
	{ "Serial number", put_serial },
	{ "Chain", put_chain },
	{ "Bundle of roots", put_bundle },
	{ "Protocol", put_protocol },
	{ "Versions of TLS", put_versions },
	{ "Validation", put_validation },
	{ "Key and signature", put_key },
	{ "Timestamps of logs", put_logs },
	{ "Stapled OCSP answer", put_staple },
	{ "SHA-256 of certificate", put_hash },
};

/* Servers that present the same in the same way are one column. */
static void
shake_add(struct exhibit_doc *x, GPtrArray *list, const struct shake *s)
{
	g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
	    sizeof(uint64_t));
	GPtrArray *parts = alike_parts();

	cites_fact(records, x->v.run, s->cert);
	cites_fact(records, x->v.run, s->hand);
	for (size_t r = 0; r < G_N_ELEMENTS(rows); r++) {
		GString *before = html_divert(&x->h);

		rows[r].put(x, s);
		alike_part(parts, html_diverted(&x->h, before),
		    r == 0 ? records : NULL);
	}
	alike_add(list, subject_address(s->subject), parts);
}

static void
last_rows(struct exhibit_doc *x, struct alike *const *a, guint n)
{
	gboolean many = FALSE;
	struct html *h = &x->h;

	for (guint i = 0; i < n; i++)
		many = many || a[i]->subjects->len > ALIKE_SPELLED;
	if (many)
		html_raw(h, "<tr><th scope=\"row\">The servers</th>");
	for (guint i = 0; many && i < n; i++) {
		html_raw(h, "<td>");
		alike_all(h, a[i]);
		html_raw(h, "</td>");
	}
	html_raw(h, many ? "</tr>\n<tr><th scope=\"row\">Records</th>" :
	    "<tr><th scope=\"row\">Records</th>");
	for (guint i = 0; i < n; i++) {
		const struct alike_part *p = a[i]->parts->pdata[0];

		html_raw(h, "<td>");
		html_stretches(h, p->records);
		html_raw(h, "</td>");
	}
	html_raw(h, "</tr>\n");
}

static void
table_of(struct exhibit_doc *x, struct alike *const *a, guint n)
{
	g_autofree char *where = exhibit_range(x->v.run, 'F');
	g_autoptr(GPtrArray) heads = g_ptr_array_new_with_free_func(g_free);
	struct column columns[SIDE + 1] = { { 19, "Server" } };
	struct html *h = &x->h;

	for (guint i = 0; i < n; i++) {
		g_ptr_array_add(heads, alike_title(a[i], "servers"));
		columns[i + 1] = (struct column){ 81 / n, heads->pdata[i] };
	}
	exhibit_table(x, "", "Certificates as presented", where, columns,
	    n + 1);
	for (size_t r = 0; r < G_N_ELEMENTS(rows); r++) {
		say(h, "<tr><th scope=\"row\">%t</th>", rows[r].label);
		for (guint i = 0; i < n; i++) {
			const struct alike_part *p = a[i]->parts->pdata[r];

			html_raw(h, "<td>");
			html_raw(h, p->html);
			html_raw(h, "</td>");
		}
		html_raw(h, "</tr>\n");
	}
	last_rows(x, a, n);
	html_table_end(h);
}

static const struct fact *
leaf_of(const struct view *v, const char *subject)
{
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(v, FACT_TLS_CERT, subject, &at)) != NULL)
		if (fact_int(f, "depth", -1) == 0)
			return f;
	return NULL;
}

void
exhibit_tls(struct exhibit_doc *x)
{
	g_autoptr(GPtrArray) subjects = view_subjects(&x->v, FACT_TLS_CERT,
	    FACT_TLS_HANDSHAKE, FACT_KINDS);
	g_autoptr(GPtrArray) list = alike_list();

	for (guint i = 0; i < MIN(subjects->len, EXHIBIT_ROWS / 10); i++) {
		const char *name = subjects->pdata[i];
		struct shake s = { name, leaf_of(&x->v, name),
		    view_first(&x->v, FACT_TLS_HANDSHAKE, name),
		    view_first(&x->v, FACT_TLS_TRUST, name) };

		shake_add(x, list, &s);
	}
	for (guint i = 0; i < list->len; i += SIDE)
		table_of(x, (struct alike *const *)&list->pdata[i],
		    MIN(SIDE, list->len - i));
	if (subjects->len == 0)
		html_raw(&x->h, "<p>No certificate is in this run; Failures and refusals "
		    "lists handshakes that failed. <cite>[Ex. B-1]</cite></p>"
		    "\n");
	html_raw(&x->h, "<p class=\"note\">A certificate says which names its "
	    "key was certified for. Logs of certificates were not asked. "
	    "</p>\n");
}
