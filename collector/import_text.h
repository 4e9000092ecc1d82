#ifndef COLLECTOR_IMPORT_TEXT_H
#define COLLECTOR_IMPORT_TEXT_H

/*
 * In which character set a file that somebody brought is written.
 *
 * The whole file is surveyed once, piece by piece, before it is read: a byte
 * in row 900 000 decides as well as one in the first.  In this order:
 *
 *	a byte-order mark	says UTF-8, UTF-16 or UTF-32
 *	no mark, and of the first bytes every second one is NUL: UTF-16
 *	all of it is UTF-8	UTF-8
 *	some is UTF-8 beyond ASCII, some bytes are not: UTF-8, and the rows that
 *				hold those bytes are faulty
 *	nothing is UTF-8 beyond ASCII, and no byte stands that windows-1252 does
 *				not have: windows-1252 (ISO-8859-1 where no byte
 *				is in 80 to 9F)
 *
 * What else there is cannot be read as a table: UTF-32, archives (.xlsx is
 * one), PDF, anything with a byte that windows-1252 lacks.  Pure.
 */

#include <glib.h>
#include <stdint.h>

enum charset {
	CHARSET_UTF8, CHARSET_UTF16LE, CHARSET_UTF16BE, CHARSET_1252,
	CHARSET_LATIN1, CHARSET_NONE,
};

struct text_survey {
	enum charset	 charset;	/* after text_survey_end() */
	const char	*refused;	/* CHARSET_NONE: why, in words */
	unsigned	 mark;		/* bytes of the byte-order mark */
	gboolean	 bad;		/* UTF-8 with bytes that are not */
	gboolean	 nuls;		/* a NUL that belongs to the text */
	gboolean	 cr_only;	/* lines end in CR alone */
	uint64_t	 bytes, lf, cr;
	uint64_t	 bad_line;	/* line and byte of the first byte that is */
	uint64_t	 bad_column;	/* not UTF-8, from 1 */
	/* while under way: */
	uint64_t	 nul[2], beyond, undefined, c1, wrong;
	uint64_t	 line_start;
	unsigned	 need;		/* bytes that a sequence still wants */
	unsigned char	 lo, hi;	/* between which the next one is */
	unsigned char	 head[4096];
};

void		 text_survey_begin(struct text_survey *);
void		 text_survey_add(struct text_survey *, const void *, size_t);
void		 text_survey_end(struct text_survey *);
const char	*charset_name(enum charset);	/* "windows-1252" */

/* ---- bytes into UTF-8 */

#define TEXT_GROWS	3	/* UTF-8 bytes that a byte may become */

struct text_decoder {
	enum charset	 charset;
	unsigned char	 left[4];	/* of a character cut in two */
	unsigned	 nleft;
};

/*
 * Appends what len bytes say to out, which has room for TEXT_GROWS * (len + 4),
 * and gives how many bytes it wrote.  A surrogate alone becomes the byte FF,
 * which no UTF-8 has, so that its row is found to be faulty.  last: nothing
 * follows.
 */
size_t	 text_decode(struct text_decoder *, const unsigned char *, size_t len,
	    gboolean last, char *out);

#endif
