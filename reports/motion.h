#ifndef REPORTS_MOTION_H
#define REPORTS_MOTION_H

/*
 * A draft as lint sees it: paragraphs in order, the headings above them, what
 * they cite and what they quote, each with its line, column and offset in the
 * file.  Nothing in it is evidence.
 *
 * From HTML (.html, .htm), Markdown (.md, .markdown) or plain text (any other
 * name; one without a suffix is told by what it holds), in UTF-8 or UTF-16 with a byte order mark; what is neither is read as
 * windows-1252, and problems says so.  Time and memory grow with the length;
 * more than MOTION_BYTES are not read.
 *
 * Line and page numbers of a paper are no text (pages.h); what footnotes cite is
 * cited at their marks (footnotes.h).
 *
 * A quotation is what stands between quotation marks: double ones of either
 * kind, two single ones for a double, or single curly ones; or a block
 * quotation.  One that is not closed in its paragraph goes on in the next where
 * that begins with a mark.  It belongs to what is cited next in the same paragraph, or
 * else before it; a block quotation also to the paragraph after or before it.
 * "Id." is what was cited before.  A bare rule is passed over where an exhibit
 * is cited after it, or in the quotation's own sentence; so is a declaration or
 * pleading to which an exhibit is joined.
 */

#include "reports/blocks.h"

#define MOTION_BYTES	(16u << 20)
#define MOTION_PROBLEMS	50

enum cite_kind {
	CITE_EXHIBIT,		/* "Exhibit B-3", "Exs. A and C" */
	CITE_RECORD,		/* "000001/F-000031", "I-0004:17" */
	CITE_DOCKET,		/* "ECF No. 17-1", "Doc. #17-1" */
	CITE_DECLARATION,	/* "Decl. of Counsel ¶ 4" */
	CITE_PLEADING,		/* "Am. Compl. ¶ 6" */
	CITE_LAW,		/* a rule, a statute, a reporter, "Id." */
	CITE_KINDS,
};

struct cite {
	enum cite_kind	 kind;
	guint		 para;
	size_t		 at, len;	/* in text */
	const char	*label;		/* "B-3", "17-1"; "" of law */
};

struct quotation {
	guint		 para;
	size_t		 at, len;	/* without its marks */
	gboolean	 block;
	gboolean	 of_case;	/* a case's name follows: a court's words */
	int		 cite;		/* an exhibit, of cites; -1: with none */
	int		 other;		/* law, or another paper; -1: with none */
};

struct para {
	struct block	 block;
	int		 heading;	/* of paras; -1: above the first one */
	guint		 cite, cites;	/* first, how many */
	guint		 quote, quotes;
};

struct motion {
	char		*name;		/* as given, for people */
	struct blocks	 blocks;
	GArray		*paras;		/* struct para */
	GArray		*cites;		/* struct cite, by place */
	GArray		*quotes;	/* struct quotation, by place */
	GArray		*lines;		/* uint32_t: where each begins, in the file */
	GStringChunk	*chunk;
	GPtrArray	*problems;	/* char *: "draft.md:12:3: ..." */
	GBytes		*bytes;
};

struct motion	*motion_read(const char *name, GBytes *);
void		 motion_free(struct motion *);

struct place { unsigned line, column; uint64_t offset; };	/* from 1, 1, 0 */
/* Where a byte of text stands in the file; columns count characters. */
struct place	 motion_place(const struct motion *, size_t at);

static inline const char *
motion_text(const struct motion *m)
{
	return m->blocks.m->text->str;
}

static inline const struct para *
motion_para(const struct motion *m, guint i)
{
	return &g_array_index(m->paras, struct para, i);
}

static inline const struct cite *
motion_cite(const struct motion *m, guint i)
{
	return &g_array_index(m->cites, struct cite, i);
}

static inline const struct quotation *
motion_quote(const struct motion *m, guint i)
{
	return &g_array_index(m->quotes, struct quotation, i);
}

/* Text of a paragraph; caller frees. */
char		*para_text(const struct motion *, guint para);

#endif
