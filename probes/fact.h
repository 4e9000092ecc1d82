#ifndef PROBES_FACT_H
#define PROBES_FACT_H

/*
 * A fact: one statement drawn from one or more exchanges, of a kind in the
 * dictionary fact.def.  It always points at what it was drawn from, and can be
 * drawn again from the kept bytes.
 *
 * Direct facts come from exactly one exchange, are OBSERVED, and may raise
 * questions.  Joined facts are computed after their target has closed from the
 * direct facts in log order, are DERIVED, and raise nothing.
 *
 * A reader writes a fact as one line of JSON without id, source or time:
 *	{"kind":"dns.a","subject":"popcorn-time.ch","value":{"ip":"..."}}
 * The collector reads that line, gives it an id and its source, and keeps it:
 *	{"id":"F-000031","kind":"dns.a","subject":"popcorn-time.ch",
 *	 "value":{"ip":"..."},"type":"OBSERVED","from":[17],"at":"...Z",
 *	 "reader":"dns/1","target":"popcorn-time.ch"}
 *
 * Names in subject and value are lower-case A-labels without the final dot.
 * Foreign text is UTF-8; what cannot be is {"b64":"..."}.
 */

#include <glib.h>
#include <jansson.h>
#include <stdint.h>

enum fact_kind {
#define FACT(sym, name, key, compare, letter, says) FACT_##sym,
#include "probes/fact.def"
#undef FACT
	FACT_KINDS,
};

enum fact_type { OBSERVED, IMPORTED, DERIVED, BELIEF };

/* How two runs are compared; see fact.def. */
enum fact_compare { CMP_IDENTITY, CMP_SET, CMP_VOLATILE };

struct fact_info {
	const char		*name;		/* "dns.a" */
	const char		*key;		/* fields of value that identify it, blanks between */
	enum fact_compare	 compare;
	char			 letter;	/* exhibit letter of design.md: C D E F G H, or A */
	const char		*says;		/* one line for a person */
};

/* A record of many runs holds a million of these: keep it small. */
struct fact {
	uint32_t	 id;		/* F-%06u within its run */
	enum fact_kind	 kind : 16;
	enum fact_type	 type : 8;
	unsigned	 borrows : 1;	/* its texts are somebody else's (reports/share.h) */
	char		*subject;
	json_t		*value;		/* an object */
	GArray		*from;		/* uint64_t: exchanges (direct), fact ids (joined) */
	char		*at;		/* end of the exchange it came from */
	char		*reader;	/* "dns/1" */
	char		*target;	/* NULL: shared */
};

const struct fact_info	*fact_info(enum fact_kind);
int		 fact_kind_parse(const char *);		/* -1 where unknown */
const char	*fact_type_name(enum fact_type);
int		 fact_type_parse(const char *);

/*
 * Appends one line to out; steals value.  For readers.  The subject must be
 * UTF-8; a NULL value is an empty object.
 */
void		 fact_emit(GString *out, enum fact_kind, const char *subject,
		    json_t *value);
/*
 * The same for a value that nobody looks at again: members are written between
 * the two, by json_put() and its like (json_text.h).
 */
void		 fact_open(GString *out, enum fact_kind, const char *subject);
void		 fact_close(GString *out);
/* Reads a line written by fact_emit; NULL where it is not one. */
struct fact	*fact_from_line(const char *line, size_t len);
/* The whole line of facts.jsonl, LF included; and back. */
void		 fact_write(const struct fact *, GString *out);
struct fact	*fact_read(const char *line, size_t len);
struct fact	*fact_new(enum fact_kind, const char *subject, json_t *value);
void		 fact_free(struct fact *);
void		 fact_clear(struct fact *);	/* all of it but the struct */
/* "" where the field is not there or not a string. */
const char	*fact_str(const struct fact *, const char *field);
int64_t		 fact_int(const struct fact *, const char *field, int64_t otherwise);
json_t		*fact_get(const struct fact *, const char *field);	/* borrowed */
/* What makes two facts of two runs the same statement; caller frees. */
char		*fact_identity(const struct fact *);
uint64_t	 fact_source(const struct fact *);	/* first of from; 0 if none */

#endif
