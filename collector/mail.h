#ifndef COLLECTOR_MAIL_H
#define COLLECTOR_MAIL_H

/*
 * An .eml file read: RFC 5322, MIME (RFC 2045 to 2049, 2047, 2231), and what
 * the message says of its way here.  Pure: bytes in, struct mail out
 * (reports/import.h); nothing in a message can stop an import.
 *
 * Our own reader, though GMime is there: it gives the offsets of headers and
 * parts, but not of a word in decoded text, and what a report quotes must be
 * found in the hashed file; DKIM wants the bytes as they were sent, which a
 * library that mends what it reads has lost; and attachments of any size are
 * hashed here from where they lie, never copied.
 *
 * What is broken is kept and said in problems ("12:1: ...", line and column, to
 * which an import puts the file's name), at most MAIL_PROBLEMS of them.  Lines
 * that end in CR alone are read so; of a mailbox (mbox) the first message.  No recursion: nesting past MAIL_DEPTH, and parts
 * past MAIL_PARTS, are told and not opened.
 *
 * text is the writer's own words: the text/plain parts, or else the HTML as
 * text, line ends as sent (but for format=flowed with DelSp, RFC 3676, where a line
 * may break in a word); without lines that begin with ">", quoted blocks of
 * HTML, what stands below "Original Message" and its like, forwarded messages
 * and attachments.  words are found in it (reports/reply.h) and point into the
 * file.
 */

#include "reports/mapped.h"
#include "reports/record.h"

#define MAIL_DEPTH	64
#define MAIL_PARTS	2000
#define MAIL_FIELDS	5000		/* of one header */
#define MAIL_VALUE	(64u << 10)	/* bytes of one field that are read */
#define MAIL_TEXT	(1u << 20)	/* bytes of decoded text */
#define MAIL_PROBLEMS	100
#define MAIL_SIGNS	50

/* Never NULL. */
struct mail	*mail_read(GBytes *eml, enum mail_from whose);

/*
 * DKIM and ARC held against the keys in the record's DNS facts, and the
 * sender's domain against its targets: fills in result, by and why of signs,
 * and adds to problems.  The record's runs are loaded; once for each mail.
 */
void		 mail_check(struct mail *, GBytes *eml, const struct record *);

/*
 * The names at which the keys of its signatures stand,
 * "s1._domainkey.example.org", each once, lower case; caller frees.
 */
char		**mail_dkim_names(const struct mail *);

#endif
