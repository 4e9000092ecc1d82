#ifndef PROBES_ASCII_H
#define PROBES_ASCII_H

/*
 * ASCII in lower case, inlined, for loops over every byte of a page: GLib's
 * are calls into a library.  What is not a letter of ASCII stays as it is.
 */

#include <glib.h>

static inline guchar
ascii_low(char c)
{
	return (guchar)((guchar)(c - 'A') < 26 ? c | 32 : c);
}

/* Whether n bytes are those of low, which is in lower case already. */
static inline gboolean
ascii_is_low(const char *s, const char *low, size_t n)
{
	size_t i = 0;

	while (i < n && ascii_low(s[i]) == (guchar)low[i])
		i++;
	return i == n;
}

/* Whether two C strings are the same but for case. */
static inline gboolean
ascii_is(const char *a, const char *b)
{
	while (*a != '\0' && ascii_low(*a) == ascii_low(*b))
		a++, b++;
	return *a == '\0' && *b == '\0';
}

/* Whether n bytes are the same but for case. */
static inline gboolean
ascii_same(const char *a, const char *b, size_t n)
{
	size_t i = 0;

	while (i < n && ascii_low(a[i]) == ascii_low(b[i]))
		i++;
	return i == n;
}

#endif
