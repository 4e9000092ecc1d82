#ifndef REPORTS_BLOCKS_H
#define REPORTS_BLOCKS_H

/*
 * A text in blocks: paragraphs, headings, quotations, items of lists, cells of
 * tables, in the order in which they are read; from HTML, Markdown or plain
 * text.  Used for the HTML part of a message and for the drafts that lint
 * reads.
 *
 * HTML: what a browser shows by default; scripts, styles, the head and
 * comments are left out, white space is folded to one blank, <br> is a LF.
 * Markdown: CommonMark's blocks as far as drafts have them; marks of emphasis
 * and backslashes are taken off.  Plain text: a blank line ends a paragraph,
 * lines keep their ends; a heading is a line by itself, or two or three, numbered or
 * all in capitals, and reads like one; a line by itself in a title's capitals is one
 * of the lowest level; what is set in by four blanks, after a paragraph that ends
 * with a colon, is a quotation.
 *
 * Every byte knows where it stands in the file (mapped.h).
 */

#include "reports/mapped.h"

enum block_kind {
	BLOCK_PARAGRAPH, BLOCK_HEADING, BLOCK_QUOTE, BLOCK_ITEM, BLOCK_CELL,
};

struct block {
	enum block_kind	 kind;
	unsigned	 level;		/* of a heading, 1 the highest; of a quote */
	size_t		 at, len;	/* in text */
};

/* A place by its id, or a link to one: where it stands in the text. */
struct block_anchor { size_t at; gboolean place; char id[32]; };

struct blocks {
	GArray		*anchors;	/* struct block_anchor, of HTML */
	struct mapped	*m;
	GArray		*list;		/* struct block */
	size_t		 read;		/* bytes of HTML that were read */
};

void	blocks_init(struct blocks *);
void	blocks_clear(struct blocks *);
/* The text is UTF-8 (mapped_convert); what it holds is added. */
void	blocks_html(struct blocks *, const struct mapped *html);
/*
 * The level of a line that is set like a heading, in bold by itself say: by its
 * number ("I." 2, "A." 3, "1." 4), 1 in capitals, 6 else; 0 where it is too long
 * for one.
 */
unsigned	 block_heading(const char *, size_t len);
void	blocks_text(struct blocks *, const struct mapped *text,
	    gboolean markdown);

#endif
