#ifndef PROBES_APPEND_H
#define PROBES_APPEND_H

/*
 * Bytes onto the end of a GString, inline: a line of the log is sixty pieces of
 * a few bytes, and a call for each costs more than the bytes do.  The string
 * ends in NUL after each of these but append_room().
 */

#include <glib.h>
#include <string.h>

/* So many bytes more; where they are to be written. */
static inline char *
append_room(GString *out, gsize n)
{
	gsize at = out->len;

	if (at + n >= out->allocated_len) {
		g_string_set_size(out, at + n);
		out->len = at;
	}
	return out->str + at;
}

/* The string ends where the writing did. */
static inline void
append_wrote(GString *out, const char *end)
{
	out->len = (gsize)(end - out->str);
	out->str[out->len] = '\0';
}

static inline void
append_char(GString *out, char c)
{
	char *p = append_room(out, 1);

	*p = c;
	append_wrote(out, p + 1);
}

static inline void
append_bytes(GString *out, const char *s, gsize n)
{
	char *p = append_room(out, n);

	memcpy(p, s, n);
	append_wrote(out, p + n);
}

static inline void
append_text(GString *out, const char *s)
{
	append_bytes(out, s, strlen(s));
}

#endif
