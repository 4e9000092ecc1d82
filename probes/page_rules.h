#ifndef PROBES_PAGE_RULES_H
#define PROBES_PAGE_RULES_H

/*
 * The tables of page_rules.def, and an index over their first words.
 *
 * The index is asked for each word of a page which rows begin with it.  It is
 * made once and holds nothing but the tables.
 */

#include <glib.h>

#include "probes/ascii.h"

enum take { SENTENCE, MATCH, AFTER };

struct phrase {
	const char	*rule, *pattern, *near, *detail;
	enum take	 take;
};

struct place {
	const char	*name, *code;
	gboolean	 care;
};

struct company {
	const char	*form;
	gboolean	 keep_dot;
};

struct currency {
	const char	*sign, *code;
	gboolean	 word;
	size_t		 len;		/* of the sign */
};

/* A register's number: REGISTER and PHONE rows. */
struct reg {
	const char	*pattern, *signal, *country, *shape, *check;
	size_t		 prefix;	/* bytes before what the check is of */
	gboolean	 self;		/* the label is part of the number */
};

struct phone_label {
	const char	*word, *signal;
};

struct link_rule {
	const char	*purpose, *pattern, *path;
};

/* rule, what is looked for, what it says: HOST, ENDING, SCHEME, MARKUP. */
struct token_rule {
	const char	*rule, *token, *detail;
	size_t		 len;		/* of the token */
};

enum field_what { FIELD_CARD = 1, FIELD_NEW = 2, FIELD_JOIN = 4, FIELD_FIND = 8,
	FIELD_COMMENT = 16, FIELD_CONTACT = 32, FIELD_NEWS = 64 };

struct field_rule {
	enum field_what	 what;
	const char	*fragment;
};

extern const struct phrase phrases[];
extern const struct place places[];
extern const struct company companies[];
extern const struct currency currencies[];
extern const struct reg registers[];
extern const struct phone_label phone_labels[];
extern const struct link_rule link_rules[];
extern const struct token_rule host_rules[], ending_rules[], scheme_rules[],
	markup_rules[];
extern const struct field_rule field_rules[];
extern const size_t phrases_count, places_count, companies_count,
	currencies_count, link_rules_count, host_rules_count,
	ending_rules_count, scheme_rules_count, markup_rules_count,
	field_rules_count, registers_count, phone_labels_count;

/* Which table a row of the index is of. */
enum rule_table { T_PHRASE, T_PLACE, T_COMPANY, T_CURRENCY, T_LINK, T_PATH,
	T_MARKUP, T_REGISTER, T_PHONE };

struct rule_hit {
	guint32		 hash;
	enum rule_table	 table;
	guint16		 row;
	guint16		 next;		/* place in hits plus one; 0: no more */
};

#define RULE_SLOTS	2048

struct rule_index {
	guint16		 slots[RULE_SLOTS];	/* place in hits plus one */
	GArray		*hits;			/* struct rule_hit */
};

const struct rule_index	*rule_index(void);
/* The first row whose first word has that hash, then the next; NULL at the end. */
const struct rule_hit	*rule_first(const struct rule_index *, guint32 hash);
const struct rule_hit	*rule_next(const struct rule_index *,
			    const struct rule_hit *);
/* Of a word's bytes in lower case (ASCII): the index is asked by it. */
guint32			 word_hash(const char *, size_t);

/* The same byte by byte: FNV-1a, 32 bits. */
#define WORD_HASH	2166136261u

static inline guint32
word_hash_add(guint32 hash, char c)
{
	return (hash ^ ascii_low(c)) * 16777619u;
}

#endif
