#ifndef PROBES_PAGE_SCAN_H
#define PROBES_PAGE_SCAN_H

/*
 * Shapes: small patterns for identifiers, and one pass that looks for all of
 * them at once.
 *
 * A shape is literal bytes and these:
 *
 *	%d{m,n}	m to n digits		%x{m,n}	hexadecimal digits
 *	%U{m,n}	upper-case and digits	%a{m,n}	letters and digits
 *	%w{m,n}	letters, digits, _ and -	%h{m,n}	the same and dots (hosts)
 *	%p{m,n}	of a path: the same and ~ % @ + /
 *	%s{m,n}	anything but white space, quotes, brackets and &
 *	%q	a quotation mark, also as \" or as a character reference
 *	%_	white space, or none
 *	%*{0,n}	as few bytes as it takes, at most n, until the rest fits
 *	%b	no letter, digit, _ or - follows
 *	< >	around what is the value
 *
 * Runs are as long as they can be and are not given back, so what follows a
 * run must not be of its class; {n,n} takes n and looks no further.  A shape begins with at least three literal
 * bytes: they are its anchor.  Where an anchor begins with a letter or digit,
 * no letter, digit or _ stands before it.
 *
 * Cost: a bit for each pair of bytes says whether an anchor begins so, and a table
 * by three; nearly all of a page is passed over by the first look.  A shape looks at no more than
 * SHAPE_MOST bytes.
 */

#include <glib.h>

#define SHAPE_MOST	1024
#define SHAPE_ANCHOR	3

struct shape_hit {
	const char	*at;		/* the anchor */
	const char	*value;
	size_t		 len;
	const char	*end;		/* of all that the shape took */
};

/* Whether the shape begins at p. */
gboolean	 shape_match(const char *shape, const char *p, const char *end,
		    struct shape_hit *);

struct shape_index;

/* shape(i) gives the i-th of count shapes. */
struct shape_index *shape_index_new(const char *(*shape)(size_t i),
		    size_t count);
void		 shape_index_free(struct shape_index *);
/*
 * Calls fn for each shape that fits somewhere, by place and then by number;
 * start is the first byte of all, before which nothing is looked at.
 */
typedef void	 shape_fn(size_t shape, const struct shape_hit *, void *);
void		 shape_scan(const struct shape_index *, const char *bytes,
		    size_t len, shape_fn *, void *);

#endif
