/* Imports in a document: how they are cited, and how their words are quoted. */

#include "reports/html.h"

#include <string.h>

/* Where import m is shown: "" on its own page. */
static void
import_open(struct html *h, const struct import *m, uint64_t row)
{
	say(h, "<a class=\"rec\" data-record=\"%t", m->id);
	if (row > 0)
		say(h, ":%i", row);
	say(h, "\" href=\"%t#%t\">", h->imports, m->id);
}

/* Rows of one import stand together: "Ex. I-1 (I-0004:17, 18)". */
static guint
import_rows(struct html *h, const GArray *pointers, guint at)
{
	const struct pointer *p = &g_array_index(pointers, struct pointer, at);
	const struct import *m = p->import;
	guint n = 0;

	import_open(h, m, p->n);
	if (*m->exhibit != '\0')
		say(h, "Ex. %t (", m->exhibit);
	html_raw(h, m->id);
	if (p->n > 0)
		say(h, ":%i", p->n);
	html_raw(h, "</a>");
	while (++at < pointers->len) {
		p = &g_array_index(pointers, struct pointer, at);
		if (p->import != m || p->n == 0)
			break;
		if (++n >= HTML_CITES_MAX)
			continue;
		html_raw(h, ", ");
		import_open(h, m, p->n);
		say(h, "%i</a>", p->n);
	}
	if (n >= HTML_CITES_MAX)
		say(h, " and %d more", (uint64_t)(n + 1 - HTML_CITES_MAX));
	html_raw(h, *m->exhibit != '\0' ? ")" : "");
	return at;
}

void
html_import(struct html *h, const struct import *m, uint64_t row)
{
	const struct pointer p = { .import = m, .n = row };
	g_autoptr(GArray) one = g_array_new(FALSE, FALSE, sizeof(p));

	g_array_append_val(one, p);
	import_rows(h, one, 0);
}

gboolean
html_brought(struct html *h, const GArray *pointers)
{
	guint i = 0, n = 0;

	while (i < pointers->len) {
		const struct pointer *p = &g_array_index(pointers,
		    struct pointer, i);

		if (p->run != NULL) {
			i++;
			continue;
		}
		html_raw(h, n == 0 ? " <cite>[" : n == HTML_CITES_MAX ?
		    " and more" : n < HTML_CITES_MAX ? "; " : "");
		if (n++ >= HTML_CITES_MAX) {
			i++;
		} else if (p->import != NULL) {
			i = import_rows(h, pointers, i);
		} else {
			say(h, "%D:%i", p->table, p->n);
			i++;
		}
	}
	html_raw(h, n > 0 ? "]</cite>" : "");
	return n > 0;
}

/* "forwarded only", as the rule's name has it. */
void
html_reply_class(struct html *h, enum reply_class klass)
{
	g_autofree char *words = g_strdelimit(g_ascii_strdown(
	    reply_class_name(klass), -1), "_", ' ');

	html_text(h, words);
}

/* The next piece of words that stands in one line of the file. */
struct piece {
	const char	*at;		/* in the file */
	gsize		 left;
	gboolean	 all;		/* every piece was found so far */
};

static void
piece_say(struct html *h, const struct import *m, struct piece *p,
    const char *text)
{
	gsize n = strlen(text);
	const char *found = p->at != NULL && html_plain(text) ?
	    memmem(p->at, p->left, text, n) : NULL;

	if (found == NULL) {
		p->all = FALSE;
		say(h, "<code>%t</code>", text);
		return;
	}
	p->left -= (gsize)(found - p->at) + n;
	p->at = found + n;
	say(h, "<q data-quote=\"%t\">%t</q>", m->sha256, text);
}

void
html_import_words(struct html *h, const struct import *m, const char *text,
    uint64_t offset)
{
	gsize len = 0;
	const char *bytes = m->bytes != NULL ? g_bytes_get_data(m->bytes, &len)
	    : NULL;
	g_auto(GStrv) lines = g_strsplit_set(text, "\r\n", -1);
	struct piece p = { .all = TRUE };
	guint n = 0;

	if (bytes != NULL && offset < len) {
		p.at = bytes + offset;
		p.left = len - (gsize)offset;
	}
	for (char **line = lines; *line != NULL; line++) {
		if (**line == '\0')
			continue;
		html_raw(h, n++ > 0 ? " " : "");
		piece_say(h, m, &p, *line);
	}
	if (!p.all)
		html_raw(h, " (as decoded from the file)");
}

void
html_import_quote(struct html *h, const struct import *m, const char *text,
    uint64_t offset)
{
	html_import_words(h, m, text, offset);
	say(h, " <small>from byte %d</small>", offset);
}
