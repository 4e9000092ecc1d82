/* Notes of findings in HTML: what stands between quotation marks in a note is
 * quoted here with the hash of the file that holds it. */

#include "reports/worksheet_html.h"

#include <string.h>

static const char open_mark[] = "\xe2\x80\x9c", close_mark[] = "\xe2\x80\x9d";

/* The message whose words these are, and where they begin in it. */
static const struct reply_words *
words_of(const struct import *m, const char *text)
{
	for (guint i = 0; m->mail != NULL && i < m->mail->words->len; i++) {
		const struct reply_words *w = m->mail->words->pdata[i];

		if (strcmp(w->text, text) == 0)
			return w;
	}
	return NULL;
}

static gboolean
quote_import(struct worksheet_doc *w, const struct import *m, const char *text)
{
	const struct reply_words *words = words_of(m, text);
	gsize len = 0;
	const char *p = m->bytes != NULL ? g_bytes_get_data(m->bytes, &len) :
	    NULL;

	if (words != NULL) {
		html_import_words(&w->h, m, text, words->offset);
		return TRUE;
	}
	if (p == NULL || !html_plain(text) ||
	    memmem(p, len, text, strlen(text)) == NULL)
		return FALSE;
	say(&w->h, "<q data-quote=\"%t\">%t</q>", m->sha256, text);
	return TRUE;
}

/* Of a page or an answer of the run that is cited. */
static gboolean
quote_answer(struct worksheet_doc *w, const char *text)
{
	const struct run *run = w->v.run;

	for (guint i = 0; i < run->log->len; i++) {
		const struct log_row *r = run->log->pdata[i];
		GBytes *bytes = g_hash_table_lookup(run->received, &r->n);
		gsize len = 0;
		const void *p = bytes != NULL ? g_bytes_get_data(bytes, &len) :
		    NULL;

		if (p == NULL || memmem(p, len, text, strlen(text)) == NULL)
			continue;
		html_quote(&w->h, r->n, text);
		return TRUE;
	}
	return FALSE;
}

static void
quote(struct worksheet_doc *w, const char *text)
{
	for (guint i = 0; i < w->rec->imports->len; i++)
		if (quote_import(w, w->rec->imports->pdata[i], text))
			return;
	if (*text == '\0' || !quote_answer(w, text))
		say(&w->h, "<code>%t</code>", text);
}

void
worksheet_note(struct worksheet_doc *w, const char *s)
{
	const char *open, *close;

	while ((open = strstr(s, open_mark)) != NULL &&
	    (close = strstr(open, close_mark)) != NULL) {
		g_autofree char *before = g_strndup(s, (gsize)(open - s));
		g_autofree char *text = g_strndup(open + strlen(open_mark),
		    (gsize)(close - open) - strlen(open_mark));

		html_text(&w->h, before);
		quote(w, text);
		s = close + strlen(close_mark);
	}
	html_text(&w->h, s);
}

/* A note as a sentence's beginning; a name stays as it is written. */
void
worksheet_sentence(struct worksheet_doc *w, const char *s)
{
	g_autofree char *text = g_strdup(s);
	size_t word = strcspn(s, " ");

	if (memchr(s, '.', word) == NULL)
		*text = g_ascii_toupper(*text);
	worksheet_note(w, text);
}
