#ifndef PROBES_TEXT_H
#define PROBES_TEXT_H

/*
 * Foreign text on its way out: one escaper a medium, and times.
 *
 * text_json()	a JSON string where the bytes are UTF-8 without NUL, else
 *		{"b64":"..."}; never fails, new reference
 * text_term()	for a terminal or a log for people: control, bidi, zero-width
 *		and other invisible characters as \xNN or \uNNNN, one line
 * text_html()	for HTML text nodes and quoted attributes: & < > " ' escaped,
 *		the same invisible characters shown
 * text_css()	for a CSS string in double quotes
 * text_csv()	one RFC 4180 field, a leading = + - @ TAB CR neutralised
 *
 * All append to out; len -1 for a C string.
 */

#include <glib.h>
#include <jansson.h>
#include <stdint.h>

json_t	*text_json(const char *bytes, size_t len);
void	 text_term(GString *out, const char *bytes, gssize len);
void	 text_html(GString *out, const char *bytes, gssize len);
void	 text_css(GString *out, const char *bytes, gssize len);
void	 text_csv(GString *out, const char *bytes, gssize len);

/* RFC 3339 UTC with six digits: 2026-11-23T22:33:28.123456Z */
void	 text_time(char out[32], int64_t us);
/* The same to the second. */
void	 text_time_s(char out[32], int64_t us);
/* Microseconds since 1970, or INT64_MIN where it is not RFC 3339. */
int64_t	 text_time_parse(const char *);
/* The day that a text begins with, "2026-11-23" or a time of that day; FALSE
 * where it does not, or the calendar has no such day. */
gboolean text_day(const char *, GDate *);
/* At most that many digits from *s on, as a number; moves *s behind them, and
 * says how many there were. most is 9 at most. */
int	 text_digits(const char **s, int most, int *out);
/* For qsort(): two char *, by their bytes. */
int	 text_order(const void *, const void *);
/* Lower-case hex of n bytes; out has 2n+1. */
void	 text_hex(char *out, const unsigned char *bytes, size_t n);
/* SHA-256 of bytes as 64 hex digits. */
void	 text_sha256(char out[65], const void *bytes, size_t len);

#endif
