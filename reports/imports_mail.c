/* A message: its heads, the way it came, signatures, parts, and its words. */

#include "reports/imports_html.h"

#include <string.h>

enum {
	HOPS = 40,		/* Received lines shown */
	SIGNS = 40,
	PARTS = 60,
	WORDS = 60,		/* sentences picked by their words */
	TEXT = 2000,		/* bytes of the message's text */
};

static const char *const whose[] = {
	[MAIL_FROM_OTHER] = "somebody else",
	[MAIL_FROM_PROVIDER] = "a provider",
	[MAIL_FROM_OPERATOR] = "an operator",
};

static void
heads(struct html *h, const struct mail *m)
{
	html_raw(h, "<dl class=\"kv\">\n");
	say(h, "<dt>From</dt><dd>%t</dd>\n<dt>To</dt><dd>%t</dd>\n<dt>Subject"
	    "</dt><dd>%t</dd>\n<dt>Date</dt><dd>%t", m->from, m->to,
	    m->subject, *m->date_written != '\0' ? m->date_written :
	    "none in the message");
	if (*m->date != '\0')
		say(h, ", that is %D", m->date);
	html_raw(h, "</dd>\n");
	if (*m->message_id != '\0')
		say(h, "<dt>Message-ID</dt><dd>%t</dd>\n", m->message_id);
	say(h, "<dt>Said to be of</dt><dd>%t, by whoever brought it%t</dd>\n",
	    whose[m->whose], m->automatic ? "; marked as an automatic answer" :
	    "");
	if (*m->originating_ip != '\0')
		say(h, "<dt>Originating address</dt><dd>%a, as its own head "
		    "says</dd>\n", m->originating_ip);
	html_raw(h, "</dl>\n");
}

static void
hops(struct imports_doc *d, const struct mail *m)
{
	static const struct column columns[] = {
		{ 6, ">" }, { 27, "From" }, { 27, "By" }, { 18, "Address" },
		{ 22, "Time, as written" },
	};

	if (m->hops->len == 0)
		return;
	imports_table(d, "The way it came", "Received lines, the newest first; "
	    "each is the word of the server that wrote it, and all but the "
	    "receiver\xe2\x80\x99s own can be made up", columns,
	    G_N_ELEMENTS(columns));
	for (guint i = 0; i < m->hops->len && i < HOPS; i++) {
		const struct mail_hop *x = m->hops->pdata[i];

		say(&d->h, "<tr><th scope=\"row\" class=\"n\">%i</th><td>%p</td>"
		    "<td>%p</td><td>%a</td><td>%t</td></tr>\n",
		    (uint64_t)i + 1, x->from, x->by, x->ip, x->time);
	}
	html_table_end(&d->h);
}

static void
signs(struct imports_doc *d, const struct mail *m)
{
	static const struct column columns[] = {
		{ 18, "Kind" }, { 24, "Domain" }, { 12, "Result" },
		{ 28, "Who says so" }, { 18, "Why" },
	};

	if (m->signs->len == 0) {
		html_raw(&d->h, "<p>The message bears no signature (DKIM, ARC), "
		    "and no server\xe2\x80\x99s word about one.</p>\n");
		return;
	}
	imports_table(d, "Signatures", "a good one says that the domain\xe2\x80"
	    "\x99s server signed these bytes, not who wrote them", columns,
	    G_N_ELEMENTS(columns));
	for (guint i = 0; i < m->signs->len && i < SIGNS; i++) {
		const struct mail_sign *x = m->signs->pdata[i];

		say(&d->h, "<tr><th scope=\"row\">%t</th><td>%p%t%t</td><td>%t"
		    "</td><td>%t</td><td>%t</td></tr>\n", x->kind, x->domain,
		    *x->selector != '\0' ? ", selector " : "", x->selector,
		    x->result, x->by, x->why);
	}
	html_table_end(&d->h);
}

static void
parts(struct imports_doc *d, const struct mail *m)
{
	static const struct column columns[] = {
		{ 26, "Type" }, { 34, "Name" }, { 14, ">Bytes" },
		{ 26, "SHA-256" },
	};

	if (m->parts->len == 0)
		return;
	imports_table(d, "Parts and attachments", "", columns,
	    G_N_ELEMENTS(columns));
	for (guint i = 0; i < m->parts->len && i < PARTS; i++) {
		const struct mail_part *x = m->parts->pdata[i];

		say(&d->h, "<tr><th scope=\"row\">%t</th><td>%t</td><td class=\""
		    "n\">%d</td><td><code>%h</code></td></tr>\n", x->type,
		    x->name, x->size, x->sha256);
	}
	html_table_end(&d->h);
}

static void
words(struct imports_doc *d, const struct import *i)
{
	static const struct column columns[] = {
		{ 70, "Words" }, { 30, "Picked as words of the class" },
	};
	const struct mail *m = i->mail;

	if (m->words->len == 0)
		return;
	imports_table(d, "Sentences picked by their words", "verbatim; a class "
	    "is a rule\xe2\x80\x99s, and the words stand for themselves",
	    columns, G_N_ELEMENTS(columns));
	for (guint k = 0; k < m->words->len && k < WORDS; k++) {
		const struct reply_words *w = m->words->pdata[k];

		html_raw(&d->h, "<tr><td>");
		html_import_quote(&d->h, i, w->text, w->offset);
		html_raw(&d->h, "</td><td>");
		html_reply_class(&d->h, w->klass);
		html_raw(&d->h, "</td></tr>\n");
	}
	html_table_end(&d->h);
}

/* A line feed stays one; all else is shown as it is written. */
static void
lines_of(struct html *h, const char *s)
{
	g_auto(GStrv) lines = g_strsplit(s, "\n", -1);

	for (char **line = lines; *line != NULL; line++) {
		html_raw(h, line != lines ? "\n" : "");
		html_text(h, g_strchomp(*line));
	}
}

/* The first of its text, as a reader sees it; the whole is in the original. */
static void
text(struct html *h, const struct import *i)
{
	const struct mail *m = i->mail;
	const char *end;
	g_autofree char *cut = NULL;

	if (*m->text == '\0')
		return;
	g_utf8_validate(m->text, (gssize)MIN(strlen(m->text), TEXT), &end);
	cut = g_strndup(m->text, (gsize)(end - m->text));
	say(h, "<p class=\"srvhead\">Quoted from the message: %t, decoded text, "
	    "without what it quotes itself", i->id);
	if (strlen(cut) < strlen(m->text))
		say(h, "; the first %d of %d bytes", (uint64_t)strlen(cut),
		    (uint64_t)strlen(m->text));
	say(h, "</p>\n<pre class=\"srv\" lang=\"und\" dir=\"ltr\">");
	lines_of(h, cut);
	html_raw(h, "</pre>\n");
}

void
imports_mail(struct imports_doc *d, const struct import *i)
{
	const struct mail *m = i->mail;

	if (m == NULL) {
		html_raw(&d->h, "<p>The message could not be read; the original "
		    "is kept.</p>\n");
		return;
	}
	heads(&d->h, m);
	words(d, i);
	text(&d->h, i);
	hops(d, m);
	signs(d, m);
	parts(d, m);
}
