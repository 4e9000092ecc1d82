/*
 * Which words of a message are the writer's own: not what is quoted of others,
 * and not what was passed on.
 */

#include <string.h>

#include "collector/mail_priv.h"
#include "reports/blocks.h"

/* ---- a line of the text ------------------------------------------------------------------ */

struct line { const char *s; size_t at, len, full; };

static struct line
line_at(const struct mapped *m, size_t at)
{
	const char *s = m->text->str + at;
	size_t left = m->text->len - at;
	const char *lf = memchr(s, '\n', left);
	struct line l = { s, at, left, left };

	if (lf != NULL) {
		l.len = (size_t)(lf - s);
		l.full = l.len + 1;
	}
	while (l.len > 0 && g_ascii_isspace(l.s[l.len - 1]))
		l.len--;
	return l;
}

static gboolean
line_has(const struct line *l, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= l->len && i < 300; i++)
		if (g_ascii_strncasecmp(l->s + i, word, n) == 0)
			return TRUE;
	return FALSE;
}

static gboolean
line_begins(const struct line *l, const char *word)
{
	size_t n = strlen(word);

	return l->len >= n && g_ascii_strncasecmp(l->s, word, n) == 0;
}

/* Below these nothing is the writer's. */
static const char *const rulers[] = {
	"original message", "forwarded message", "begin forwarded message",
	"urspr\xc3\xbcngliche nachricht", "weitergeleitete nachricht",
	"oorspronkelijk bericht", "doorgestuurd bericht",
	"message d'origine", "message transf\xc3\xa9r\xc3\xa9",
	"reply above this line", "mensaje original", "messaggio originale",
	"messaggio inoltrato", "mensagem original", "mensaje reenviado",
	"ursprungligt meddelande", "oprindelig meddelelse", "upprunaleg",
};

static gboolean
is_ruler(const struct line *l)
{
	if (l->len > 90 || (!line_begins(l, "--") && !line_begins(l, "__") &&
	    !line_begins(l, "##") && !line_begins(l, "Begin ")))
		return FALSE;
	for (size_t i = 0; i < G_N_ELEMENTS(rulers); i++)
		if (line_has(l, rulers[i]))
			return TRUE;
	return FALSE;
}

/* "On ... wrote:" and its like, above what is quoted. */
static const char *const wrote[] = {
	" wrote:", " schrieb:", " schreef:", " a \xc3\xa9""crit", "schreef op ",
	"schrieb am ", " escribi\xc3\xb3:", " ha scritto:", " escreveu:",
	" skrev:", " napisa\xc5\x82", " skrifa\xc3\xb0i:",
};

static gboolean
is_attribution(const struct line *l)
{
	if (l->len == 0 || l->s[l->len - 1] != ':')
		return FALSE;
	for (size_t i = 0; i < G_N_ELEMENTS(wrote); i++)
		if (line_has(l, wrote[i]))
			return TRUE;
	return FALSE;
}

static const char *const head_words[] = {
	"from", "sent", "to", "date", "subject", "cc", "von",
	"gesendet", "an", "betreff", "datum", "van", "verzonden", "aan",
	"onderwerp", "de", "envoy\xc3\xa9", "envoy\xc3\xa9 le", "\xc3\xa0",
	"objet", "enviado", "enviado el", "fecha", "para", "asunto", "da",
	"inviato", "data", "a", "oggetto", "enviada em", "assunto",
	"fr\xc3\xa5n", "skickat", "till", "\xc3\xa4mne", "fra", "sendt", "til",
	"emne", "od", "wys\xc5\x82""ano", "do", "temat",
};

/* Blanks of both kinds before a colon: French has one there. */
static gboolean
colon_at(const struct line *l, size_t at)
{
	while (at < l->len && (l->s[at] == ' ' || (at + 1 < l->len &&
	    memcmp(l->s + at, "\xc2\xa0", 2) == 0)))
		at += l->s[at] == ' ' ? 1 : 2;
	return at < l->len && l->s[at] == ':';
}

static gboolean
is_head_word(const struct line *l)
{
	size_t stars = l->len > 1 && l->s[0] == '*' ? 1 : 0;
	struct line in = { l->s + stars, l->at, l->len - stars, l->full };

	for (size_t i = 0; i < G_N_ELEMENTS(head_words); i++)
		if (line_begins(&in, head_words[i]) &&
		    colon_at(&in, strlen(head_words[i])))
			return TRUE;
	return FALSE;
}

/* Three such lines of the next five: a header that Outlook put there. */
static gboolean
is_header(const struct mapped *m, const struct line *first)
{
	size_t at = first->at + first->full;
	unsigned n = 1;

	if (!is_head_word(first))
		return FALSE;
	for (unsigned i = 0; i < 4 && at < m->text->len; i++) {
		struct line l = line_at(m, at);

		n += is_head_word(&l) ? 1 : 0;
		at += l.full;
	}
	return n >= 3;
}

/* A text, and whether blanks stand before a line for themselves: not in flowed text,
 * where one keeps ">" from being a mark (RFC 3676, 4.4). */
struct told {
	const struct mapped *m;
	gboolean	 blanks;
	size_t		 last;		/* the last marked line; 0: none, or the first */
};

/* "> ..." */
static gboolean
is_quoted(const struct told *t, const struct line *l)
{
	size_t i = 0;

	while (t->blanks && i < l->len && (l->s[i] == ' ' || l->s[i] == '\t'))
		i++;
	return i < l->len && l->s[i] == '>';
}

/* An attribution that names a mailbox and a day, with no quoted line anywhere
 * below: some programs mark none, and nothing tells what is whose then. */
static gboolean
quotes_unmarked(const struct told *t, const struct line *l)
{
	g_autofree char *s = g_strndup(l->s, l->len);

	return l->at >= t->last && is_attribution(l) && strchr(s, '@') != NULL &&
	    strpbrk(s, "0123456789") != NULL;
}

static gboolean
ends_it(const struct told *t, const struct line *l)
{
	return is_ruler(l) || is_header(t->m, l) || quotes_unmarked(t, l);
}

/* An attribution may be broken over two lines; quoted ones come below. */
static gboolean
quotes_next(const struct told *t, const struct line *l)
{
	size_t at = l->at + l->full;

	for (unsigned i = 0; i < 3 && at < t->m->text->len; i++) {
		struct line k = line_at(t->m, at);

		if (is_quoted(t, &k))
			return TRUE;
		if (k.len > 0 && !is_attribution(&k))
			return FALSE;
		at += k.full;
	}
	return FALSE;
}

static size_t
last_quoted(const struct told *t)
{
	size_t last = 0;

	for (size_t at = 0; at < t->m->text->len;) {
		struct line l = line_at(t->m, at);

		if (is_quoted(t, &l))
			last = at;
		at += l.full;
	}
	return last;
}

static void
own_lines(struct mapped *out, const struct mapped *in, gboolean flowed)
{
	struct told t = { in, !flowed, 0 };

	t.last = last_quoted(&t);
	for (size_t at = 0; at < in->text->len;) {
		struct line l = line_at(in, at);
		gboolean said_by = is_attribution(&l) ||
		    (line_begins(&l, "On ") && quotes_next(&t, &l));

		if (ends_it(&t, &l))
			return;
		if (!is_quoted(&t, &l) && !(said_by && quotes_next(&t, &l)))
			mapped_copy(out, in, l.at, l.full);
		at += l.full;
	}
}

/* ---- parts ------------------------------------------------------------------------------------ */

static gboolean
is_own(const struct leaf *l, const char *type)
{
	return !l->foreign && !l->attached && strcmp(l->type, type) == 0;
}

static gboolean
has_text(const struct mapped *m)
{
	for (size_t i = 0; i < m->text->len; i++)
		if (!g_ascii_isspace(m->text->str[i]))
			return TRUE;
	return FALSE;
}

static void
add_plain(struct eml *m, const struct leaf *l, struct mapped *out)
{
	g_autoptr(mapped_auto) text = leaf_text(m, l);
	g_autoptr(mapped_auto) whole = l->flowed ? flowed_text(text) : NULL;

	own_lines(out, whole != NULL ? whole : text, whole != NULL);
}

/* Blocks that are quotations are somebody else's. */
static void
add_html(struct eml *m, const struct leaf *l, struct mapped *out)
{
	g_autoptr(mapped_auto) html = leaf_text(m, l);
	g_autoptr(mapped_auto) text = mapped_new();
	struct blocks b;

	blocks_init(&b);
	blocks_html(&b, html);
	if (b.read < html->text->len)
		eml_problem(m, l->body, "the HTML part is read up to byte "
		    "%zu of %zu of it", b.read, html->text->len);
	for (guint i = 0; i < b.list->len; i++) {
		const struct block *k = &g_array_index(b.list, struct block, i);

		if (k->kind == BLOCK_QUOTE)
			continue;
		mapped_copy(text, b.m, k->at, k->len + 1);
	}
	own_lines(out, text, FALSE);
	blocks_clear(&b);
}

struct mapped *
mail_own(struct eml *m, const GArray *leaves)
{
	static const char *const types[] = { "text/plain", "text/html" };
	struct mapped *out = mapped_new();

	for (size_t t = 0; t < G_N_ELEMENTS(types) && !has_text(out); t++) {
		for (guint i = 0; i < leaves->len &&
		    out->text->len < MAIL_TEXT; i++) {
			const struct leaf *l = &g_array_index(leaves,
			    struct leaf, i);

			if (!is_own(l, types[t]))
				continue;
			if (t == 0)
				add_plain(m, l, out);
			else
				add_html(m, l, out);
		}
	}
	return out;
}
