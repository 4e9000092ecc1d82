/* Markdown and plain text to blocks. */

#include "reports/blocks_priv.h"

#include <string.h>

#define INDENT		4	/* blanks before a block quotation of it */

struct reading {
	struct blocks	*b;
	const struct mapped *src;
	gboolean	 markdown;
	gboolean	 open;		/* a block is being written */
	gboolean	 fence;		/* between ``` and ``` */
	size_t		 indent;	/* of the line that is read */
	gboolean	 set_in;	/* the last block was a quotation by that */
	struct block	 block;
	unsigned	 lines;		/* of the open block */
};

static gboolean
line_is_all(const struct line *l, char c, size_t least)
{
	for (size_t i = 0; i < l->len; i++)
		if (l->s[i] != c)
			return FALSE;
	return l->len >= least;
}

/* ---- Markdown ------------------------------------------------------------------------- */

static unsigned
heading_hash(const struct line *l)
{
	unsigned n = 0;

	while (n < l->len && n < 7 && l->s[n] == '#')
		n++;
	return n >= 1 && n <= 6 && (n == l->len || g_ascii_isspace(l->s[n])) ?
	    n : 0;
}

static size_t
bullet(const struct line *l)
{
	size_t n = 0;

	if (l->len > 1 && strchr("-*+", l->s[0]) != NULL &&
	    g_ascii_isspace(l->s[1]))
		return 1;
	while (n < l->len && n < 9 && g_ascii_isdigit(l->s[n]))
		n++;
	return n > 0 && n + 1 < l->len && (l->s[n] == '.' || l->s[n] == ')') &&
	    g_ascii_isspace(l->s[n + 1]) ? n + 1 : 0;
}

/* Marks of emphasis and backslashes before punctuation are no text. */
static size_t
mark_at(const struct line *l, size_t i)
{
	char c = l->s[i], before = i > 0 ? l->s[i - 1] : ' ';
	char after = i + 1 < l->len ? l->s[i + 1] : ' ';

	if (c == '\\' && g_ascii_ispunct(after))
		return 1;
	if ((c != '*' && c != '_') || before == '\\')
		return 0;
	if (after == c)
		return 2;
	if (c == '_' && g_ascii_isalnum(before) && g_ascii_isalnum(after))
		return 0;
	return g_ascii_isspace(before) && g_ascii_isspace(after) ? 0 : 1;
}

static void
copy_marked(struct reading *r, const struct line *l)
{
	for (size_t i = 0, n; i < l->len; i += n) {
		n = mark_at(l, i);
		if (n == 0) {
			n = 1;
			mapped_copy(r->b->m, r->src, l->at + i, 1);
		}
	}
}

/* ---- blocks ------------------------------------------------------------------------------ */

static void
block_end(struct reading *r)
{
	struct mapped *m = r->b->m;

	if (!r->open)
		return;
	r->open = FALSE;
	r->block.len = m->text->len - r->block.at;
	if (r->block.len == 0)
		return;
	g_array_append_val(r->b->list, r->block);
	mapped_put(m, "\n", 1, mapped_span(m, m->text->len - 1, 1));
}

static void
block_begin(struct reading *r, enum block_kind kind, unsigned level)
{
	block_end(r);
	r->open = TRUE;
	r->lines = 0;
	r->block = (struct block){ kind, level, r->b->m->text->len, 0 };
}

/* Goes on with the open block; a line's end in it is kept. */
static void
block_line(struct reading *r, const struct line *l)
{
	if (r->lines++ > 0 && l->at > 0)
		mapped_put(r->b->m, "\n", 1, mapped_span(r->src, l->at - 1, 1));
	if (r->markdown && !r->fence)
		copy_marked(r, l);
	else
		mapped_copy(r->b->m, r->src, l->at, l->len);
}

static void
one_line(struct reading *r, enum block_kind kind, unsigned level,
    const struct line *l)
{
	block_begin(r, kind, level);
	block_line(r, l);
	block_end(r);
}

/* > quoted > deeper: how deep; the marks are skipped. */
static unsigned
quote_marks(struct line *l)
{
	unsigned n = 0;

	while (l->len > 0 && l->s[0] == '>') {
		line_skip(l, 1);
		n++;
	}
	return n;
}

static gboolean
begins_markdown(struct reading *r, struct line *l, gboolean alone)
{
	unsigned h = heading_hash(l);
	size_t n;

	if (h > 0) {
		line_skip(l, h);
		while (l->len > 0 && l->s[l->len - 1] == '#')
			l->len--;
		one_line(r, BLOCK_HEADING, h, l);
		return TRUE;
	}
	if ((h = heading_bold(l)) > 0 ||
	    (h = heading_unmarked(r->src, l, alone)) > 0) {
		one_line(r, BLOCK_HEADING, h, l);
		return TRUE;
	}
	if ((n = bullet(l)) > 0) {
		if (g_ascii_isdigit(l->s[0]))
			n = 0;		/* the number is text: "4." is cited */
		line_skip(l, n);
		block_begin(r, BLOCK_ITEM, 0);
		block_line(r, l);
		return TRUE;
	}
	return FALSE;
}

/* A line of = or - under a paragraph of one line makes it a heading; in plain text
 * its number says of which level. */
static gboolean
underline(struct reading *r, const struct line *l)
{
	if (!r->open || r->lines != 1 || (r->block.kind != BLOCK_PARAGRAPH &&
	    r->block.kind != BLOCK_HEADING) ||
	    (!line_is_all(l, '=', 2) && !line_is_all(l, '-', 3)))
		return FALSE;
	r->block.kind = BLOCK_HEADING;
	r->block.level = l->s[0] == '=' ? 1 : 2;
	if (!r->markdown)
		r->block.level = MAX(1u, block_heading(r->b->m->text->str +
		    r->block.at, r->b->m->text->len - r->block.at));
	block_end(r);
	return TRUE;
}

/* Whether the block before ends with a colon. */
static gboolean
announced(const struct reading *r)
{
	const GArray *list = r->b->list;
	const struct block *b = list->len > 0 ? &g_array_index(list,
	    struct block, list->len - 1) : NULL;

	return b != NULL && b->kind != BLOCK_HEADING && b->len > 0 &&
	    r->b->m->text->str[b->at + b->len - 1] == ':';
}

/* Plain text: set in after a colon, and what is set in after that. */
static gboolean
set_in(struct reading *r, const struct line *l)
{
	if (r->markdown || r->indent < INDENT)
		return r->set_in = FALSE;
	if (!r->open) {
		if (!r->set_in && !announced(r))
			return FALSE;
		block_begin(r, BLOCK_QUOTE, 1);
		r->set_in = TRUE;
	}
	if (!r->set_in)
		return FALSE;
	block_line(r, l);
	return TRUE;
}

static void
text_line(struct reading *r, struct line *l)
{
	unsigned depth = quote_marks(l), level;
	gboolean alone = !r->open && blank_at(r->src, l->at + l->full);

	if (depth > 0) {
		if (!r->open || r->block.kind != BLOCK_QUOTE ||
		    r->block.level != depth)
			block_begin(r, BLOCK_QUOTE, depth);
		block_line(r, l);
		return;
	}
	if (set_in(r, l))
		return;
	if (underline(r, l))
		return;
	if (r->markdown && begins_markdown(r, l, alone))
		return;
	level = r->markdown ? 0 : heading_plain(r->src, l, alone);
	if (level > 0) {
		one_line(r, BLOCK_HEADING, level, l);
		return;
	}
	if (!r->markdown && !r->open &&
	    (level = heading_wrapped(r->src, l)) > 0)
		block_begin(r, BLOCK_HEADING, level);
	if (!r->open || r->block.kind == BLOCK_QUOTE)
		block_begin(r, BLOCK_PARAGRAPH, 0);
	block_line(r, l);
}

void
blocks_text(struct blocks *b, const struct mapped *text, gboolean markdown)
{
	struct reading r = { .b = b, .src = text, .markdown = markdown };

	for (size_t at = 0; at < text->text->len;) {
		struct line l = line_at(text, at);
		size_t begin = at;

		at += l.full;
		if (l.len == 0) {
			block_end(&r);
			continue;
		}
		if (markdown && strncmp(l.s, "```", MIN(l.len, 3)) == 0 &&
		    l.len >= 3) {
			block_end(&r);
			r.fence = !r.fence;
			continue;
		}
		line_skip(&l, 0);
		l.full = at - l.at;
		r.indent = l.at - begin + (text->text->str[begin] == '\t' ?
		    INDENT : 0);
		text_line(&r, &l);
	}
	block_end(&r);
	b->read = text->text->len;
}
