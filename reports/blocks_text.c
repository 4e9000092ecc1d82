/* Markdown and plain text to blocks. */

#include "reports/blocks.h"

#include <string.h>

#define HEADING_MOST	150	/* bytes of a heading of plain text */
#define HEADING_DEEPEST	6	/* of one that looks like a title only */
#define INDENT		4	/* blanks before a block quotation of it */

struct line {
	const char	*s;
	size_t		 at, len;	/* without its end; all of it in full */
	size_t		 full;
};

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

/* ---- a line ------------------------------------------------------------------------ */

static struct line
line_at(const struct mapped *m, size_t at)
{
	struct mapped_line l = mapped_line(m, at);

	return (struct line){ m->text->str + at, l.at, l.len, l.full };
}

/* Without n bytes at its head, and blanks after them. */
static void
line_skip(struct line *l, size_t n)
{
	while (n < l->len && g_ascii_isspace(l->s[n]))
		n++;
	l->s += n;
	l->at += n;
	l->len -= n;
}

static gboolean
line_is_all(const struct line *l, char c, size_t least)
{
	for (size_t i = 0; i < l->len; i++)
		if (l->s[i] != c)
			return FALSE;
	return l->len >= least;
}

/* "IV.", "B.", "12.", "(3)", "2)": its length, 0 where there is none. */
static size_t
enumerator_one(const char *s, size_t len, gboolean more)
{
	size_t i = 0, begin;

	i += len > 0 && s[0] == '(';
	begin = i;
	while (i < len && i < 8 && strchr("IVXLC", s[i]) != NULL && s[i])
		i++;
	if (i == begin && i < len && g_ascii_isupper(s[i]))
		i++;
	while (i < len && i - begin < 4 && g_ascii_isdigit(s[i]))
		i++;
	if (i == begin || i + 1 >= len || (s[i] != '.' && s[i] != ')') ||
	    (!more && !g_ascii_isspace(s[i + 1])))
		return 0;
	return i + 1;
}

/* "III.A.2." is three of them; "U.S." is none. */
static size_t
enumerator(const char *s, size_t len)
{
	size_t at = 0, n, k;

	for (unsigned parts = 0; parts < 5; parts++, at += n) {
		n = enumerator_one(s + at, len - at, FALSE);
		if (n > 0)
			return at + n;
		n = enumerator_one(s + at, len - at, TRUE);
		k = at + n;
		if (n == 0 || k >= len || (parts == 0 && strchr("IVX", *s) ==
		    NULL && !g_ascii_isdigit(*s) && !g_ascii_isdigit(s[k])))
			return 0;
	}
	return 0;
}

/* ---- what a line of plain text looks like -------------------------------------------- */

static gboolean
all_capitals(const char *s, size_t len)
{
	size_t letters = 0;

	for (size_t i = 0; i < len; i++) {
		if (g_ascii_islower(s[i]))
			return FALSE;
		letters += g_ascii_isupper(s[i]) != 0;
	}
	return letters >= 4;
}

static gboolean
blank_at(const struct mapped *m, size_t at)
{
	return at >= m->text->len || line_at(m, at).len == 0;
}

/* The line that begins the next paragraph. */
static struct line
line_after_blank(const struct mapped *m, size_t at)
{
	struct line l = { NULL, at, 0, 0 };

	while (at < m->text->len && (l = line_at(m, at)).len == 0)
		at += l.full;
	return l;
}

static gboolean
numbered_heading(const struct mapped *m, const struct line *l, size_t num)
{
	struct line next = line_after_blank(m, l->at + l->full);

	if (memchr(l->s + num, '"', l->len - num) != NULL ||
	    g_strstr_len(l->s, (gssize)l->len, "\xe2\x80\x9c") != NULL)
		return FALSE;
	if (l->s[l->len - 1] != '.' && l->s[l->len - 1] != ';')
		return TRUE;
	/* A full stop: a heading where no numbered paragraph follows. */
	return next.len > 0 && enumerator(next.s, next.len) == 0;
}

/* Words that are written small in a title. */
static gboolean
is_small(const char *s, size_t n)
{
	static const char *const small[] = { "a", "an", "the", "of", "to", "and",
		"or", "for", "in", "on", "at", "by", "with", "be", "not", "v.",
		"from", "as", "is", "are", "who", "that", "under", "into" };

	for (size_t i = 0; i < G_N_ELEMENTS(small); i++)
		if (strlen(small[i]) == n && strncmp(small[i], s, n) == 0)
			return TRUE;
	return FALSE;
}

/* "Factor One: The Does Are Identified", and no full stop. */
static gboolean
is_title(const char *s, size_t len)
{
	size_t words = 0;

	if (len < 8 || strchr(".;:,!?\"/", s[len - 1]) != NULL ||
	    !g_ascii_isupper(*s))
		return FALSE;
	for (size_t i = 0, n; i < len; i += n + 1) {
		n = 0;
		while (i + n < len && s[i + n] != ' ')
			n++;
		if (n > 0 && g_ascii_islower(s[i]) && !is_small(s + i, n))
			return FALSE;
		words += n > 0 ? 1u : 0u;
	}
	return words >= 2;
}

unsigned
block_heading(const char *s, size_t len)
{
	size_t num = enumerator(s, len), letters = 0;
	char first = len > 0 ? s[s[0] == '(' && len > 1] : '\0';

	for (size_t i = 0; i < len; i++)
		letters += g_ascii_isalpha(s[i]) ? 1 : 0;
	/* a sentence that somebody wanted to be heard is none */
	if (letters < 3 || len > HEADING_MOST + 50 ||
	    (num == 0 && strchr(".;,", s[len - 1]) != NULL))
		return 0;
	if (num == 0)
		return all_capitals(s, len) ? 1 : HEADING_DEEPEST;
	if (g_ascii_isdigit(first))
		return 4;
	return strchr("IVX", first) != NULL ? 2 : 3;
}

/* A heading that goes over two or three lines, with a number or in capitals, and
 * ends like one: its level, 0 none. */
static unsigned
heading_wrapped(const struct mapped *m, const struct line *l)
{
	size_t num = enumerator(l->s, l->len), len = l->len, at = l->at + l->full;
	gboolean capitals = all_capitals(l->s, l->len);
	struct line next = *l;
	unsigned lines = 1;

	for (; at < m->text->len && lines < 5; at += next.full, lines++) {
		struct line n = line_at(m, at);

		if (n.len == 0)
			break;
		next = n;
		len += n.len;
		capitals = capitals && all_capitals(n.s, n.len);
	}
	if (lines < 2 || lines > 3 || len > HEADING_MOST + 50 ||
	    (num == 0 && !capitals) ||
	    memchr(l->s, '"', len + lines) != NULL ||
	    g_strstr_len(l->s, (gssize)len, "\xe2\x80\x9c") != NULL)
		return 0;
	if (!capitals && strchr(".;:,", next.s[next.len - 1]) != NULL)
		return 0;
	return num == 0 ? 1 : g_ascii_isdigit(*l->s) ? 4 :
	    strchr("IVX", *l->s) != NULL ? 2 : 3;
}

/* The level of a heading, 0 where the line is none. */
static unsigned
heading_plain(const struct mapped *m, const struct line *l, gboolean alone)
{
	size_t num = enumerator(l->s, l->len);
	char first = l->len > 0 ? l->s[l->s[0] == '(' && l->len > 1] : '\0';

	if (!alone || l->len == 0 || l->len > HEADING_MOST)
		return 0;
	if (num == 0 && l->len < 100 && !all_capitals(l->s, l->len) &&
	    is_title(l->s, l->len))
		return HEADING_DEEPEST;
	if (num == 0)
		return all_capitals(l->s, l->len) ? 1 : 0;
	if (!all_capitals(l->s + num, l->len - num) &&
	    !numbered_heading(m, l, num))
		return 0;
	if (g_ascii_isdigit(first))
		return 4;
	return strchr("IVX", first) != NULL ? 2 : 3;
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

/* Marks that set a line in bold, or underlined, from its begin to its end. */
static const struct { const char *open, *close; } bold[] = {
	{ "**", "**" }, { "__", "__" }, { "<u>", "</u>" }, { "<b>", "</b>" },
	{ "<ins>", "</ins>" }, { "[", "]{.underline}" }, { "*", "*" },
};

/* Takes off a pair that stands around the line and nowhere in it. */
static gboolean
bold_off(struct line *l, size_t row)
{
	size_t n = strlen(bold[row].open), end = strlen(bold[row].close);

	if (l->len <= n + end || strncmp(l->s, bold[row].open, n) != 0 ||
	    strncmp(l->s + l->len - end, bold[row].close, end) != 0 ||
	    g_strstr_len(l->s + n, (gssize)(l->len - n - end),
	    bold[row].close) != NULL)
		return FALSE;
	l->s += n;
	l->at += n;
	l->len -= n + end;
	return TRUE;
}

/* "**A. Argument**" by itself, also "__A. Argument__" or "**<u>A. Argument</u>**":
 * its level; l is left without the marks. */
static unsigned
bold_alone(struct line *l)
{
	struct line in = *l;
	gboolean strong = FALSE;
	unsigned level;

	if (l->len >= HEADING_MOST || l->len <= 5)
		return 0;
	for (size_t i = 0; i < G_N_ELEMENTS(bold);)
		if (bold_off(&in, i)) {
			strong |= bold[i].open[1] != '\0' || *bold[i].close == ']';
			i = 0;
		} else {
			i++;
		}
	level = strong ? block_heading(in.s, in.len) : 0;
	if (level > 0)
		*l = in;
	return level;
}

/* In capitals, or numbered as no list of Markdown is ("II. Facts", "A. Steps"),
 * and a line by itself. */
static unsigned
heading_unmarked(const struct mapped *m, const struct line *l, gboolean alone)
{
	size_t num = enumerator(l->s, l->len);

	if (!alone || l->len == 0 || strchr("*_#>|-+", *l->s) != NULL)
		return 0;
	if (num > 0 ? g_ascii_isdigit(*l->s) || *l->s == '(' :
	    !all_capitals(l->s, l->len))
		return 0;
	return heading_plain(m, l, TRUE);
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
	if ((h = bold_alone(l)) > 0 ||
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
