#include "tests/unit/wording.h"

#include <string.h>

#include "probes/text.h"
#include "reports/explain.h"
#include "reports/overlay.h"
#include "tests/unit/schema.h"

static void G_GNUC_PRINTF(2, 3)
fault(GPtrArray *to, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	g_ptr_array_add(to, g_strdup_vprintf(fmt, ap));
	va_end(ap);
}

/* ---- words ---------------------------------------------------------------------- */

static const char *const forbidden[] = {
	"prov(e|es|ed|en)", "establish(es|ed)?", "satisf(y|ies|ied)", "meets",
	"owners?", "ownership", "owned", "admissible", "forensic(ally)?",
	"tamper-?proof", "defendant's (ip )?address", "located in",
	"has jurisdiction", "will disclose", "ready to provide",
	"same (people|persons) (run|operate)", "no evidence exists",
	"infringing", "scores?", "percent(age)?", "pass mark", "passed",
	"likely to succeed", "undoubtedly", "clearly",
};

static char *
unescaped(const char *s)
{
	static const char *const from[] = { "&lt;", "&gt;", "&quot;", "&#39;",
		"&#x27;", "&amp;" };
	static const char to[] = "<>\"''&";
	GString *out = g_string_new(NULL);

	while (*s != '\0') {
		size_t i = 0;

		while (i < G_N_ELEMENTS(from) && !g_str_has_prefix(s, from[i]))
			i++;
		g_string_append_c(out, i < G_N_ELEMENTS(from) ? to[i] : *s);
		s += i < G_N_ELEMENTS(from) ? strlen(from[i]) : 1;
	}
	return g_string_free(out, FALSE);
}

static const char *
skip(const char *p, const char *open, const char *close)
{
	const char *end;

	if (!g_str_has_prefix(p, open))
		return NULL;
	end = strstr(p, close);
	return end != NULL ? end + strlen(close) : p + strlen(p);
}

/* What the program says itself: quotations, tags and what stands in <code> (names
 * and words of others) taken off; lower case. */
static char *
own_words(const char *text, gboolean html)
{
	static const char *const spans[][2] = { { "<q ", "</q>" },
		{ "<pre class=\"srv\"", "</pre>" }, { "<code", "</code>" },
		{ "<style", "</style>" }, { "<", ">" } };
	g_autoptr(GString) s = g_string_new(NULL);

	while (*text != '\0') {
		const char *next = html ? NULL : skip(text, "“", "”");

		for (size_t i = 0; html && next == NULL &&
		    i < G_N_ELEMENTS(spans); i++)
			next = skip(text, spans[i][0], spans[i][1]);
		if (next == NULL) {
			g_string_append_c(s, *text++);
			continue;
		}
		/* where a name may be broken it is still one */
		if (!g_str_has_prefix(text, "<wbr>"))
			g_string_append_c(s, ' ');
		text = next;
	}
	return g_ascii_strdown(s->str, -1);
}

static void
words_of(GPtrArray *faults, const char *name, const char *own)
{
	/* a sentence ends once: "LiteServer B.V.. Against" */
	for (const char *p = own; (p = strstr(p, ".. ")) != NULL; p++)
		if (p > own && g_ascii_isalnum(p[-1]))
			fault(faults, "%s: two full stops in ...%.40s", name,
			    MAX(p - 20, own));
	for (size_t i = 0; i < G_N_ELEMENTS(forbidden); i++) {
		g_autofree char *pattern = g_strdup_printf("\\b%s\\b",
		    forbidden[i]);
		g_autoptr(GRegex) re = g_regex_new(pattern, 0, 0, NULL);
		g_autoptr(GMatchInfo) m = NULL;
		int at = 0;

		if (!g_regex_match(re, own, 0, &m) ||
		    !g_match_info_fetch_pos(m, 0, &at, NULL))
			continue;
		fault(faults, "%s: \"%s\" in ...%.70s", name, forbidden[i],
		    own + MAX(at - 30, 0));
	}
}

void
wording_words(GPtrArray *faults, const char *name, const char *text,
    gboolean html)
{
	g_autofree char *own = own_words(text, html);

	words_of(faults, name, own);
}

/* ---- names that others chose ---------------------------------------------------------- */

/* Texts of the record that hold a forbidden word, lower case: of facts, tables and
 * imports.  One word alone is none: it could not be told from ours. */
struct foreign { GRegex *re; GHashTable *set; GPtrArray *list; };

static void
foreign_add(struct foreign *x, const char *text)
{
	char *low;

	if (text == NULL || strlen(text) > 400 ||
	    strpbrk(text, " .-_/@") == NULL ||
	    !g_regex_match(x->re, text, 0, NULL))
		return;
	low = g_ascii_strdown(text, -1);
	if (g_hash_table_contains(x->set, low)) {
		g_free(low);
		return;
	}
	g_hash_table_add(x->set, low);
	g_ptr_array_add(x->list, low);
}

/* A host's name, and the domains in which it lies. */
static void
foreign_name(struct foreign *x, const char *name)
{
	for (; name != NULL && strchr(name, '.') != NULL;
	    name = strchr(name, '.') + 1)
		foreign_add(x, name);
}

static void
foreign_json(struct foreign *x, json_t *v)
{
	const char *key;
	json_t *o;
	size_t i;

	if (json_is_string(v)) {
		const char *s = json_string_value(v), *at = strstr(s, "://");
		g_autofree char *host = at == NULL ? NULL : g_strndup(at + 3,
		    strcspn(at + 3, "/:?#"));

		foreign_add(x, s);
		foreign_name(x, host != NULL ? host : s);
	}
	json_array_foreach(v, i, o)
		foreign_json(x, o);
	json_object_foreach(v, key, o)
		foreign_json(x, o);
}

static void
foreign_run(struct foreign *x, const struct run *run)
{
	for (guint i = 0; i < run->targets->len; i++)
		foreign_name(x, run->targets->pdata[i]);
	for (guint i = 0; i < run->facts->len; i++) {
		const struct fact *f = run->facts->pdata[i];
		json_t *subject = json_string(f->subject);

		foreign_json(x, subject);
		foreign_json(x, f->value);
		json_decref(subject);
	}
	for (guint i = 0; i < run->log->len; i++) {
		const struct log_row *r = run->log->pdata[i];
		json_t *asked = json_pack("[s?, s?, s?]", r->name, r->host,
		    r->server);

		foreign_json(x, asked);
		json_decref(asked);
	}
}

static int
by_length(gconstpointer a, gconstpointer b)
{
	size_t x = strlen(*(char *const *)a), y = strlen(*(char *const *)b);

	return x < y ? 1 : x > y ? -1 : 0;
}

static void
foreign_of(struct foreign *x, const struct record *rec)
{
	GString *any = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(forbidden); i++)
		g_string_append_printf(any, "%s\\b%s\\b", i > 0 ? "|" : "",
		    forbidden[i]);
	x->re = g_regex_new(any->str, G_REGEX_CASELESS, 0, NULL);
	g_string_free(any, TRUE);
	x->set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	x->list = g_ptr_array_new();
	for (guint i = 0; i < rec->runs->len; i++)
		foreign_run(x, rec->runs->pdata[i]);
	for (guint i = 0; i < rec->entities->len; i++)
		foreign_add(x, ((struct entity *)rec->entities->pdata[i])->name);
	for (guint i = 0; i < rec->parties->len; i++)
		foreign_add(x, ((struct party *)rec->parties->pdata[i])->label);
	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *m = rec->imports->pdata[i];

		foreign_add(x, m->file);
		foreign_add(x, m->label);
		foreign_add(x, m->entity);
		foreign_add(x, m->describe);
	}
	g_ptr_array_sort(x->list, by_length);
}

static void
foreign_clear(struct foreign *x)
{
	g_regex_unref(x->re);
	g_ptr_array_unref(x->list);
	g_hash_table_unref(x->set);
}

/* Takes whole ones off a text in lower case; what is left is ours. */
static void
foreign_off(const struct foreign *x, char *own)
{
	for (guint i = 0; i < x->list->len; i++) {
		const char *name = x->list->pdata[i];
		size_t n = strlen(name);

		for (char *p = own; (p = strstr(p, name)) != NULL; p += n)
			if ((p == own || !g_ascii_isalnum(p[-1])) &&
			    !g_ascii_isalnum(p[n]))
				memset(p, ' ', n);
	}
}

/* ---- quotations -------------------------------------------------------------------- */

static gboolean
holds(GBytes *bytes, const char *words)
{
	gsize len = 0;
	const void *p = bytes != NULL ? g_bytes_get_data(bytes, &len) : NULL;

	return p != NULL && memmem(p, len, words, strlen(words)) != NULL;
}

static gboolean
in_run(const struct run *run, const char *sha, const char *words)
{
	for (guint i = 0; i < run->log->len; i++) {
		const struct log_row *r = run->log->pdata[i];

		if (strcmp(r->received_sha256, sha) == 0 &&
		    holds(g_hash_table_lookup(run->received, &r->n), words))
			return TRUE;
	}
	return FALSE;
}

static gboolean
in_record(const struct record *rec, const char *sha, const char *words)
{
	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *m = rec->imports->pdata[i];

		if (strcmp(m->sha256, sha) == 0 && holds(m->bytes, words))
			return TRUE;
	}
	for (guint i = 0; i < rec->runs->len; i++)
		if (in_run(rec->runs->pdata[i], sha, words))
			return TRUE;
	return FALSE;
}

/* The order's own sentences; blanks count as one. */
static gboolean
in_order(const char *sha, const char *words)
{
	g_autofree char *law = NULL, *flat = NULL;
	g_autoptr(GString) s = g_string_new(NULL);
	char order[65];
	gsize len;

	if (!g_file_get_contents("reports/law/order.txt", &law, &len, NULL))
		return FALSE;
	text_sha256(order, law, len);
	for (const char *p = law; *p != '\0'; p++) {
		char c = g_ascii_isspace(*p) ? ' ' : *p;

		if (c != ' ' || s->len == 0 || s->str[s->len - 1] != ' ')
			g_string_append_c(s, c);
	}
	flat = g_strdup(words);
	return strcmp(order, sha) == 0 && strstr(s->str, flat) != NULL;
}

/* In text, and in HTML outside <q>, what stands between “ and ” is a quotation:
 * HTML has none, text has some file's words, blanks counted as one. */
static void
flat(GString *to, const char *s, gsize len)
{
	for (gsize i = 0; i < len; i++) {
		char c = g_ascii_isspace(s[i]) ? ' ' : s[i];

		if (c != ' ' || to->len == 0 || to->str[to->len - 1] != ' ')
			g_string_append_c(to, c);
	}
}

/* Everything that may be quoted, as one text. */
static GString *
sources(const struct record *rec)
{
	GString *all = g_string_new(NULL);
	g_autofree char *law = NULL;
	gsize len;

	if (g_file_get_contents("reports/law/order.txt", &law, &len, NULL))
		flat(all, law, len);
	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *m = rec->imports->pdata[i];
		const char *p = m->bytes != NULL ? g_bytes_get_data(m->bytes,
		    &len) : NULL;

		g_string_append_c(all, '\n');
		if (p != NULL)
			flat(all, p, len);
		for (guint k = 0; m->mail != NULL && k < m->mail->words->len;
		    k++) {
			const struct reply_words *w = m->mail->words->pdata[k];

			g_string_append_c(all, '\n');
			flat(all, w->text, strlen(w->text));
		}
	}
	for (guint i = 0; i < rec->statements->len; i++) {
		const struct statement *s = rec->statements->pdata[i];

		g_string_append_c(all, '\n');
		flat(all, s->text, strlen(s->text));
	}
	return all;
}

static void
quoted_text(GPtrArray *faults, const char *name, const char *text,
    const struct record *rec)
{
	g_autoptr(GRegex) re = g_regex_new("“([^”]*)”", 0, 0, NULL);
	g_autoptr(GString) all = sources(rec);
	g_autoptr(GMatchInfo) m = NULL;

	g_regex_match(re, text, 0, &m);
	for (; g_match_info_matches(m); g_match_info_next(m, NULL)) {
		g_autofree char *words = g_match_info_fetch(m, 1);
		g_autoptr(GString) one = g_string_new(NULL);

		flat(one, words, strlen(words));
		if (strstr(all->str, one->str) == NULL)
			fault(faults, "%s: between “ and ”, and nobody's words: "
			    "%.60s", name, words);
	}
}

static void
no_marks(GPtrArray *faults, const char *name, const char *html)
{
	g_autofree char *own = own_words(html, TRUE);
	const char *at = strstr(own, "“");

	if (at != NULL)
		fault(faults, "%s: “ without a hash: %.60s", name, at);
}

static void
quotations(GPtrArray *faults, const char *name, const char *html,
    const struct record *rec)
{
	g_autoptr(GRegex) re = g_regex_new("<q data-quote=\"([0-9a-f]*)\">"
	    "([^<]*)</q>", 0, 0, NULL);
	g_autoptr(GMatchInfo) m = NULL;

	g_regex_match(re, html, 0, &m);
	for (; g_match_info_matches(m); g_match_info_next(m, NULL)) {
		g_autofree char *sha = g_match_info_fetch(m, 1);
		g_autofree char *markup = g_match_info_fetch(m, 2);
		g_autofree char *words = unescaped(markup);

		if (!in_record(rec, sha, words) && !in_order(sha, words))
			fault(faults, "%s: quoted, and not in %.12s: %.60s",
			    name, sha, words);
	}
}

/* ---- statuses ----------------------------------------------------------------------- */

static gboolean
is_raised(enum status s)
{
	return s == ST_SUP || s == ST_PART || s == ST_INSUF || s == ST_ADV ||
	    s == ST_CONF || s == ST_STALE;
}

/* An element about how little there is counts what is not there. */
static gboolean
counts_absence(const struct element *e)
{
	return strcmp(e->id, "P-31") == 0;
}

static gboolean
timed_out(const struct pointer *p)
{
	const struct log_row *r = p->run != NULL && p->fact == NULL ?
	    run_row(p->run, p->n) : NULL;

	return r != NULL && strcmp(r->type, "exchange") == 0 &&
	    r->status != X_ANSWERED;
}

static void
statuses(GPtrArray *faults, const GPtrArray *findings)
{
	for (guint i = 0; i < findings->len; i++) {
		const struct finding *f = findings->pdata[i];

		if (is_raised(f->status) && !counts_absence(f->element) &&
		    f->for_->len + f->against->len == 0)
			fault(faults, "%s, %s: %s rests on nothing",
			    f->element->id, f->scope, status_name(f->status));
		/* that a question had no answer supports the steps alone */
		for (guint k = 0; f->element->factor != FACTOR_2 &&
		    k < f->for_->len; k++)
			if (timed_out(&g_array_index(f->for_, struct pointer,
			    k)))
				fault(faults, "%s, %s: a question without an "
				    "answer supports it", f->element->id,
				    f->scope);
	}
}

/* ---- documents ------------------------------------------------------------------------ */

static void
schema(GPtrArray *faults, const char *json)
{
	json_t *has = schema_load("reports/assess.schema.json");
	json_t *doc = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
	g_autofree char *why = doc != NULL ? schema_fault(doc, has) :
	    g_strdup("no JSON");

	if (why != NULL)
		fault(faults, "schema: %s", why);
	json_decref(doc);
	json_decref(has);
}

static void
document(GPtrArray *faults, const struct renderer *r,
    const struct report *rep, const struct foreign *x)
{
	g_autoptr(GString) out = g_string_new(NULL);
	g_autofree char *own = NULL, *plain = NULL;
	gboolean html = r->file != NULL && g_str_has_suffix(r->file, ".html");

	if ((rep->run == NULL && strcmp(r->name, "assess") != 0 &&
	    strcmp(r->name, "findings") != 0) ||
	    (r->file != NULL && g_str_has_suffix(r->file, ".csv")))
		return;
	r->render(rep, out);
	own = own_words(out->str, html);
	plain = unescaped(own);
	foreign_off(x, plain);
	words_of(faults, r->name, plain);
	if (html) {
		quotations(faults, r->name, out->str, rep->rec);
		no_marks(faults, r->name, out->str);
	} else if (strcmp(r->name, "assess") == 0) {
		quoted_text(faults, r->name, out->str, rep->rec);
	}
	if (strcmp(r->name, "findings") == 0)
		schema(faults, out->str);
}

GPtrArray *
wording_faults(const struct record *rec)
{
	GPtrArray *faults = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) findings = showing_assess(rec);
	g_autoptr(GPtrArray) notes = overlays_of(rec, findings);
	const struct report rep = { .rec = rec, .run = record_last_run(rec),
		.findings = findings, .overlays = notes, .verbose = TRUE,
		.version = "test", .exhibit_file = "exhibit.html" };

	struct foreign x;

	statuses(faults, findings);
	foreign_of(&x, rec);
	for (const struct renderer *r = renderers; r->name != NULL; r++)
		document(faults, r, &rep, &x);
	foreign_clear(&x);
	return faults;
}
