/* Sections 9 to 11: method and limits, how to verify, hashes. */

#include "reports/exhibit_html.h"

#include <string.h>

#include "reports/words.h"

/* ---- section 10 ------------------------------------------------------------ */

static const char by_recursion[] =
	"Names were asked of the recursive servers that the case names, in "
	"place of the root and the zones\xe2\x80\x99 own servers; every fact "
	"that is from one says so. The program finds registration servers by "
	"IANA\xe2\x80\x99s published lists, and by a list of its own where "
	"IANA lists none, which the record then says. Each answer is read, and "
	"what it says raises the next questions, until nothing is unasked or a "
	"limit is met; the log names for each question the record that raised "
	"it.";

static const struct {
	const char	*head, *text;
} paragraphs[] = {
	{ "Method.", "The program starts at the root name servers and asks each "
	    "zone\xe2\x80\x99s own servers; no fact about the target rests on a "
	    "resolver, and what resolvers say is shown as theirs. It finds "
	    "registration servers by IANA\xe2\x80\x99s published lists, and by "
	    "a list of its own where IANA lists none, which the record then "
	    "says. Each answer is read, and what it says raises the next "
	    "questions, until nothing is unasked or a limit is met; the log "
	    "names for each question the record that raised it." },
	{ "Manners.", "It connects only to public addresses that a recorded "
	    "answer gave, over a connection of its own for each question, "
	    "follows redirects one by one, sends no cookies, fills in no form, "
	    "signs in nowhere, runs no script, downloads no work and no "
	    "program, and goes around no barrier." },
	{ "What is kept.", "The bytes sent and received, the addresses at both "
	    "ends, the times by clock and by a steady counter, and the SHA-256 "
	    "of each block. Facts are read from the kept bytes and can be read "
	    "from them again." },
	{ "Trust in servers.", "A certificate chain that does not validate does "
	    "not stop the collection; whether it validates is recorded, with "
	    "the bundle of roots that was used." },
	{ "What this record cannot show.", "Who runs a site, who used an "
	    "address, how many people visit a site and from where. Those are "
	    "not in what this program reads." },
};

/* A value of settings.json: text, number, yes or no, an object's value. */
static void
setting_value(struct html *h, const json_t *v)
{
	const json_t *value = json_object_get(v, "value");
	const json_t *unit = json_object_get(v, "unit");

	html_json(h, value != NULL ? value : v);
	if (json_is_string(unit) && *json_string_value(unit) != '\0')
		say(h, " %t", json_string_value(unit));
}

static void
pairs(struct exhibit_doc *x, const char *key, const char *caption,
    const char *left)
{
	const struct column columns[] = {
		{ 30, left }, { 20, "Value" }, { 30, left }, { 20, "Value" },
	};
	json_t *o = json_object_get(x->v.run->settings, key);
	struct html *h = &x->h;
	const char *name;
	json_t *v;
	guint n = 0;

	if (json_object_size(o) == 0)
		return;
	exhibit_table(x, "", caption, "data/settings.json, Exhibit A-1",
	    columns, G_N_ELEMENTS(columns));
	json_object_foreach(o, name, v) {
		html_raw(h, n % 2 == 0 ? "<tr><th scope=\"row\">" :
		    "<th scope=\"row\">");
		say(h, "%t</th><td>", name);
		setting_value(h, v);
		html_raw(h, n++ % 2 == 0 ? "</td>" : "</td></tr>\n");
	}
	html_raw(h, n % 2 == 1 ? "<td></td><td></td></tr>\n" : "");
	html_table_end(h);
}

/* A list of versions, or an object with one a kind. */
static void
readers(struct exhibit_doc *x)
{
	json_t *o = json_object_get(x->v.run->settings, "readers");
	const char *key;
	gboolean any = FALSE;
	json_t *v;

	if (json_is_array(o)) {
		html_json(&x->h, o);
		return;
	}
	json_object_foreach(o, key, v) {
		html_raw(&x->h, any ? ", " : "");
		html_json(&x->h, v);
		any = TRUE;
	}
	html_raw(&x->h, any ? "" : "not recorded");
}

static const char *
member(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s != NULL ? s : "";
}

static void
file_rows(struct exhibit_doc *x, const char *key, const char *label)
{
	const json_t *list = json_object_get(x->v.run->settings, key);
	struct html *h = &x->h;
	json_t *e;
	size_t i;

	json_array_foreach(list, i, e) {
		say(h, "<tr><th scope=\"row\">%f</th><td>%t</td><td>%t",
		    member(e, "file"), *member(e, "what") != '\0' ?
		    member(e, "what") : member(e, "type"), label);
		if (*member(e, "build") != '\0') {
			g_autofree char *day = g_strndup(member(e, "build"),
			    10);
			say(h, ", built %D", day);
		}
		html_raw(h, "</td><td>");
		html_hash(h, member(e, "sha256"), 16);
		html_raw(h, "</td></tr>\n");
	}
}

static void
local_files(struct exhibit_doc *x)
{
	static const struct column columns[] = {
		{ 32, "File" }, { 22, "What it is" }, { 20, "Kind" },
		{ 26, "SHA-256" },
	};

	if (json_object_get(x->v.run->settings, "inputs") == NULL &&
	    json_object_get(x->v.run->settings, "databases") == NULL)
		return;
	exhibit_table(x, "", "Local files that were read",
	    "data/settings.json, Exhibit A-1", columns, G_N_ELEMENTS(columns));
	file_rows(x, "inputs", "input, kept whole where small");
	file_rows(x, "databases", "geolocation database");
	html_table_end(&x->h);
}

/* The addresses at our end, as the log has them. */
static void
local_ends(struct exhibit_doc *x)
{
	g_autoptr(GPtrArray) ends = g_ptr_array_new_with_free_func(g_free);
	struct html *h = &x->h;

	for (guint i = 0; i < x->v.run->log->len && ends->len < 8; i++) {
		const struct log_row *r = x->v.run->log->pdata[i];
		const char *hash = strchr(r->local, '#');
		g_autofree char *ip = hash == NULL ? NULL :
		    g_strndup(r->local, (gsize)(hash - r->local));

		if (ip != NULL && !g_str_has_prefix(r->remote, ip) &&
		    strings_add(ends, ip))
			ip = NULL;
	}
	html_raw(h, "<p><strong>Where from.</strong> The log has the address at "
	    "this end of each connection");
	if (ends->len > 0)
		html_raw(h, ": ");
	for (guint i = 0; i < ends->len; i++) {
		html_raw(h, i > 0 ? ", " : "");
		html_address(h, ends->pdata[i]);
	}
	say(h, "; exit: %t", *x->v.run->exit != '\0' ? x->v.run->exit : "not recorded");
	if (*x->v.run->vantage != '\0')
		say(h, "; at a place that the collector states as %t",
		    x->v.run->vantage);
	else
		html_raw(h, "; the collector states no place");
	say(h, ". Pages were asked for with the user agent <code>%t</code>. "
	    "<cite>[Ex. A-1]</cite></p>\n", x->v.run->user_agent);
}

void
exhibit_method(struct exhibit_doc *x)
{
	g_autoptr(GString) time = g_string_new(NULL);
	struct html *h = &x->h;

	for (size_t i = 0; i < G_N_ELEMENTS(paragraphs); i++) {
		say(h, "<p><strong>%t</strong> ", paragraphs[i].head);
		say(h, "%t <cite>[Ex. A-1]</cite></p>\n", i == 0 &&
		    view_recursive(&x->v) ? by_recursion : paragraphs[i].text);
	}
	local_ends(x);
	words_time(time, x->v.run);
	say(h, "<p><strong>Clock.</strong> %t <cite>[Ex. O-2]</cite></p>\n",
	    time->str);
	say(h, "<p><strong>What a matching hash shows.</strong> %t</p>\n",
	    words_hash);
	say(h, "<p><strong>Captures.</strong> %t%t</p>\n", words_capture,
	    words_images(x->v.rec));
	say(h, "<p><strong>Program.</strong> %t, build %H; readers ",
	    x->v.run->program, x->v.run->program_sha256);
	readers(x);
	html_raw(h, ". <cite>[Ex. A-1]</cite></p>\n");
	exhibit_vantage(x);
	pairs(x, "libraries", "Libraries", "Library");
	pairs(x, "limits", "Limits in force", "Limit");
	local_files(x);
}

/* ---- section 11 ------------------------------------------------------------ */

static const struct {
	const char	*command, *checks;
} checks[] = {
	{ "sha256sum -c manifest-sha256.txt", "every file under data/" },
	{ "sha256sum -c tagmanifest-sha256.txt", "the files that describe "
	    "them" },
	{ "sha256sum -c seal.txt", "head.txt and head.sig" },
	{ "openssl dgst -sha256 -verify collector.pub -signature head.sig "
	    "head.txt", "the signature" },
};

static void
token_checks(struct exhibit_doc *x)
{
	struct html *h = &x->h;

	for (guint i = 0; i < x->v.run->tokens->len; i++) {
		const struct token_view *t = x->v.run->tokens->pdata[i];

		if (*t->time == '\0')
			continue;
		say(h, "openssl ts -verify -data %t.txt -in %t.%t.tsr -CAfile "
		    "ROOT.pem\n    the %t token\n", t->which, t->which,
		    t->authority, strcmp(t->which, "open") == 0 ? "opening" :
		    "closing");
	}
}

void
exhibit_verify(struct exhibit_doc *x)
{
	struct html *h = &x->h;
	const char *name = x->v.run->name;

	html_raw(h, "<p>In the folder of the run, with coreutils and OpenSSL "
	    "alone; the key\xe2\x80\x99s fingerprint and the roots of the "
	    "time-stamping authorities must come from somewhere other than "
	    "this folder.</p>\n<pre class=\"cmd\">");
	for (size_t i = 0; i < G_N_ELEMENTS(checks); i++)
		if (*x->v.run->key != '\0' ||
		    strstr(checks[i].command, "openssl") == NULL)
			say(h, "%t\n    %t\n", checks[i].command,
			    checks[i].checks);
	token_checks(x);
	say(h, "</pre>\n<p>Or all of it, and that the facts come out again the "
	    "same: <code>goodcause verify %t%t</code>. The file VERIFY.txt in "
	    "that folder says the same at more length. <cite>[Ex. O-1]</cite>"
	    "</p>\n", x->v.rec->standalone ? "" : "runs/", name);
}

/* ---- section 12 ------------------------------------------------------------ */

static const struct {
	const char	*path, *exhibit;
} of_exhibit[] = {
	{ "data/settings.json", "A-1" },
	{ "data/inputs/", "A-1" },
	{ "data/log.jsonl", "B-1" },
	{ "data/evidence.warc.gz", "B-1" },
	{ "open.", "O-2" },
	{ "seal.", "O-2" },
	{ "collector.pub", "O-2" },
	{ "head.sig", "O-2" },
	{ "", "O-1" },
};

static const char *
exhibit_of_path(const char *path)
{
	for (size_t i = 0; i < G_N_ELEMENTS(of_exhibit); i++)
		if (g_str_has_prefix(path, of_exhibit[i].path))
			return of_exhibit[i].exhibit;
	return "";
}

void
exhibit_hashes(struct exhibit_doc *x)
{
	static const struct column columns[] = {
		{ 6, "Ex." }, { 26, "File" }, { 10, ">Bytes" },
		{ 58, "SHA-256" },
	};
	const GPtrArray *files = x->v.run->files;
	struct html *h = &x->h;

	if (files->len == 0) {
		html_raw(h, "<p>The run is not sealed: it has no manifest. "
		    "<cite>[Ex. O-1]</cite></p>\n");
		return;
	}
	exhibit_table(x, "hashes", "Files of the run", "SHA-256, 64 hexadecimal "
	    "digits; SHA-512 stands in manifest-sha512.txt", columns,
	    G_N_ELEMENTS(columns));
	for (guint i = 0; i < files->len; i++) {
		const struct file_hash *f = files->pdata[i];

		if (exhibit_full(x, i, 4, files->len))
			break;
		say(h, "<tr><th scope=\"row\"><span class=\"nb\">%t</span></th>"
		    "<td><code>%f</code></td><td class=\"n\">%d</td><td>",
		    exhibit_of_path(f->path), f->path, f->size);
		html_hash(h, f->sha256, 8);
		html_raw(h, "</td></tr>\n");
	}
	html_table_end(h);
}
