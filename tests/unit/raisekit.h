#ifndef TESTS_UNIT_RAISEKIT_H
#define TESTS_UNIT_RAISEKIT_H

/*
 * A raiser that writes down what it is told to do.  A test makes one, raises
 * facts by it, and expects lines; told_new() stands at the answer of 9.9.9.1
 * to "site.ch. NS", answered() moves it to another.
 */

#include "probes/raise.h"

#define NAME	"www.site.ch"
#define ZONE	"site.ch"
#define ASKED	"https://rdap.nic.ch/domain/site.ch"
#define NEXT	"https://rdap.house.com/domain/site.ch"

/* What is asked of any address. */
#define LOOKED_INTO \
	"want 1.0.0.9.in-addr.arpa PTR 0 address.reverse\n" \
	"service 9.0.0.1 address.registration\n" \
	"ask local 9.0.0.1 listed-ip  0 address.lists\n" \
	"want 1.0.0.9.origin.asn.cymru.com TXT 0 address.origin\n"
#define DISTANCE \
	"ask reach 9.0.0.1 handshakes 9.0.0.1 443 address.distance\n"

/* Lines "want NAME TYPE PURPOSE RULE", "fetch KIND NAME TYPE HOST PORT NOTE
 * RULE", "ask KIND NAME TYPE SERVER PORT RULE", "service SUBJECT RULE" and
 * "hop FROM > TO". */
struct told {
	struct raiser	 r;
	struct exchange	*x;
	struct geo_set	*geo;
	struct limits	 limits;
	GString		*lines;
	gboolean	 far;		/* every hop is too far */
};

struct told *told_new(void);
void	 told_free(struct told *);
/* The answer that facts are raised by from now on. */
void	 answered(struct told *, enum probe_kind, const char *name,
	    const char *type, const char *host);
/* What was told since the last look, all of it and in its order. */
void	 expect(struct told *, const char *should);
void	 raise_value(struct told *, enum fact_kind, const char *subject,
	    json_t *value);		/* steals the value */
void	 raise_str(struct told *, enum fact_kind, const char *subject,
	    const char *field, const char *value);

/* A row of a program's tests, run by raise_tests() under /raise/. */
struct raise_test {
	const char	*path;
	void		(*test)(void);
};
int	 raise_tests(int argc, char **argv, const struct raise_test *, size_t n);

#endif
