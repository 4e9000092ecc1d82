#ifndef REPORTS_HTML_H
#define REPORTS_HTML_H

/*
 * Writing HTML: the helpers that exhibit and worksheet are made with.
 *
 * A document is one GString.  What the program says goes in as markup written
 * in its source; everything else, whoever wrote it, goes in through one of the
 * functions here, all of which escape by text_html() and put it into text nodes
 * or into attributes that are no link, style or script.  The only links are
 * "#rN" within a document and "exhibit.html#rN", both made of numbers and of a
 * file name of ours.
 *
 * say() takes the program's own markup with places for the rest:
 *
 *	%t	const char *	text
 *	%n	const char *	a name: broken after dots only (screen), <code>
 *	%p	const char *	the same without <code>
 *	%P	const char *	a name or address in running text: in one piece
 *	%a	const char *	an address: broken after colons only
 *	%u	const char *	a URL: broken after / ? & =
 *	%U	const char *	the same in running text: in one piece where short
 *	%f	const char *	a file: broken after / and .
 *	%d	uint64_t	a number with commas
 *	%i	uint64_t	a number without
 *	%D	const char *	a date or time that stays in one line
 *	%h	const char *	the first 12 digits of a hash and an ellipsis
 *	%H	const char *	a whole hash, a <wbr> every 8 digits
 *	%%	a percent sign
 *
 * A text that is not UTF-8 reaches the reports as {"b64":...} and is shown by
 * html_json() with its length.  Texts longer than HTML_TEXT_MAX bytes are cut
 * there, and say so.
 */

#include "reports/render.h"

#define HTML_TEXT_MAX	2048	/* bytes of one foreign text, before escaping */
#define HTML_CITES_MAX	12	/* records in one citation; the rest is counted */

struct html {
	GString			*out;
	const struct run	*run;		/* whose records are cited */
	const char		*file;		/* "" in the exhibit itself; else its file, or
						 * that of the record's own target where
						 * the run has several */
	const char		*imports;	/* the page of imports: "", or its file */
	GHashTable		*exhibits;	/* uint64_t * -> const char *, borrowed */
	GHashTable		*cited;		/* uint64_t *: set of records named */
};

void	html_open(struct html *, GString *out, const struct run *,
	    const char *file);
void	html_close(struct html *);

void	html_raw(struct html *, const char *markup);	/* ours only */
/* Ends a sentence, once: a name may have ended with a full stop ("B.V."). */
void	html_stop(struct html *);
void	html_text(struct html *, const char *);
void	html_name(struct html *, const char *);
void	html_address(struct html *, const char *);
void	html_url(struct html *, const char *);
void	html_count(struct html *, uint64_t);
void	html_hash(struct html *, const char *, size_t step);
void	html_hash12(struct html *, const char *);
/* A value of a fact: text, number, list of them, or bytes by their length. */
void	html_json(struct html *, const json_t *);
void	say(struct html *, const char *fmt, ...);

/* "2026-09-14T18:02:09.123456Z": its date, its time, its time to the ms. */
void	html_when(struct html *, const char *rfc3339);	/* date and time UTC */
void	html_stamp(struct html *, const char *rfc3339);	/* the same in one line */
void	html_clock(struct html *, const char *rfc3339);	/* HH:MM:SS */

/* Records that a sentence rests on: a set in ascending order. */
void	cites_add(GArray *records, uint64_t n);
void	cites_fact(GArray *records, const struct run *, const struct fact *);
/* A pointer to a fact, with the first record that it rests on. */
struct pointer	cites_pointer(const struct run *, const struct fact *);
/* " <cite>[Ex. D-1, rec. 12, 13]</cite>"; nothing where there are none. */
void	html_cite(struct html *, const GArray *records);
/* "12, 13" as links: for the last column of a table. */
void	html_records(struct html *, const GArray *records);
/* "12, 14 to 19" as links, all of them. */
void	html_stretches(struct html *, const GArray *records);
void	html_record(struct html *, uint64_t n);
/* Exhibit of a record, "" where it has none. */
const char *html_exhibit_of(const struct html *, uint64_t n);

/*
 * Words that record n holds: <q data-quote="SHA-256 of the record's received
 * block">, where the text stands byte for byte in the bytes that this document
 * was given; else without quotation marks and with the reason (the page was
 * compressed, or is not among what was loaded).
 */
void	html_quote(struct html *, uint64_t n, const char *text);
/* Markup without the marks of whose record its quotations are from: equal
 * where two records hold the same words.  Caller frees. */
char	*html_unquoted(const char *markup);

/* Characters that are shown as they are, and not too many: what a quotation
 * must be. */
gboolean html_plain(const char *text);

/* An import, or a row of it: "Ex. J-1 (I-0004:17)", a link to its section; row
 * 0: the file. */
void	html_import(struct html *, const struct import *, uint64_t row);
/* What pointers name of imports and of tables of the case, as one citation:
 * " <cite>[Ex. I-1 (I-0004:17, 18); parties.csv:3]</cite>"; FALSE: none. */
gboolean html_brought(struct html *, const GArray *pointers);
void	html_reply_class(struct html *, enum reply_class);
/* Words of an imported file, and from which byte of it on; <q> for each line of
 * them that stands there byte for byte, else <code> and why. */
void	html_import_quote(struct html *, const struct import *,
	    const char *text, uint64_t offset);
/* The same without the byte. */
void	html_import_words(struct html *, const struct import *,
	    const char *text, uint64_t offset);

/* The mark of a status: shape and word. count 0: none is printed. */
void	html_status(struct html *, enum status, unsigned count);

/* <table class="fx CLASS">, caption, widths in per cent, heads.  A head that
 * begins with '>' is of a column of numbers. */
struct column {
	unsigned	 width;
	const char	*head;
};
void	html_table(struct html *, const char *class, const char *caption,
	    const char *small, const struct column *, size_t columns);
void	html_table_end(struct html *);

/* Head of a document up to <body>. */
struct page {
	const char	*title;
	const char	*css;			/* a further style sheet of ours */
	const char	*size;			/* "A4", or else Letter */
	/* The margins of a printed page: plain text, escaped here. */
	const char	*top_left, *top_right, *bottom_left;
};
void	html_head(struct html *, const struct page *);
/* At most n characters of a text, with an ellipsis where it was cut. */
char	*html_shorten(const char *, size_t n);

#endif
