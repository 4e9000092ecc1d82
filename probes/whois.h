#ifndef PROBES_WHOIS_H
#define PROBES_WHOIS_H

/*
 * The reader of WHOIS answers (RFC 3912): text whose form every registry
 * chooses for itself.
 *
 *	whois_parse.c	the order of the tests, and the facts
 *	whois_lines.c	bytes to lines, keys and values
 *	whois_charset.c	which server writes in which character set
 *	whois_words.c	what the words of keys and headings mean
 *	whois_vocabulary.c	the tables of them
 *	whois_layout.c	which layout an answer is in
 *	whois_layouts.c	the table of all layouts
 *	whois_keys.c	the words that one of them alone uses
 *	whois_pairs.c	reads "key: value" and headed sections
 *	whois_heading.c	their headings, and what a key means under one
 *	whois_bare.c	their lines without keys, about somebody
 *	whois_objects.c	reads blocks of attributes with contacts by handle
 *	whois_blocks.c	where the blocks are, and which the domain names
 *	whois_tidy.c	lists in one value, and what is no value
 *	whois_split.c	two values in one, and a country among the address
 *	whois_phrases.c	what an answer without a record says
 *	whois_refer.c	the next server, in every form it is written in
 *	whois_date.c	dates
 *	whois_field.c	a field as a fact
 *	whois_net.c	networks, as the five regional registries give them
 *	whois_net_list.c	those that stand in no block of their own
 *	whois_range.c	ranges of addresses
 *	whois_iana.c	IANA's record of a TLD
 *
 * Order: empty; a record that speaks of the name asked for; limit; refusal; no
 * match; reserved; any other record.  Lines of disclaimer after a record are
 * never searched, because they speak of limits too.
 *
 * A record of another name than the one asked for is named in whois.record as
 * "other", and nothing in it becomes a fact about the subject.  Where several
 * records stand in one answer, only those of the name asked for are read.
 *
 * The bytes are the evidence.  A field says on which line its value stands, and
 * at which byte of what was received; values are as written (host names alone
 * are put in lower case), and dates are read beside that where their form is
 * known.  Character set: the server's by the table, else UTF-8 where the whole
 * answer is, else ISO-8859-1; whois.record says which.
 */

#include <glib.h>
#include <jansson.h>
#include <stdint.h>
#include <string.h>

#define WHOIS_LINES	65536	/* lines read; the rest is left out */
#define WHOIS_FIELDS	256	/* fields of one answer */
#define WHOIS_KEY	160	/* bytes; a longer "key" is text */
#define WHOIS_VALUE	1024	/* bytes; a longer value is left out */
#define WHOIS_TESTED	64	/* lines searched for refusals and the like */

struct whois_line {
	guint32	 raw, raw_len;	/* in the bytes as received, without its end
			 * and the blanks before that */
	guint32	 offset, len;	/* the same in text */
	guint32	 indent;	/* blanks it begins with */
	guint32	 key, key_len;	/* 0: no key */
	guint32	 plain;		/* its plain form, in keys */
	guint32	 value, value_len;	/* the whole text where no key */
	gboolean bracket;	/* "[key] value" */
};

struct whois_text {
	const char	*bytes;		/* as received */
	const char	*text;		/* UTF-8 where it could be converted; the
					 * same as bytes where it is that already */
	gsize		 len;		/* of text */
	GString		*converted;	/* holds text, or NULL */
	GString		*keys;		/* plain keys, each with its NUL */
	GIConv		 conv;		/* to UTF-8; (GIConv)-1 where there is none */
	const char	*charset;	/* static: "US-ASCII", "UTF-8", ... */
	GArray		*lines;		/* struct whois_line */
	gboolean	 cut;		/* more than WHOIS_LINES */
};

/* host: the server that answered. */
void		 whois_text_read(struct whois_text *, const char *host,
		    const char *, gsize);
void		 whois_text_clear(struct whois_text *);

static inline const struct whois_line *
whois_line(const struct whois_text *t, guint i)
{
	return &g_array_index(t->lines, struct whois_line, i);
}

static inline gboolean
whois_line_empty(const struct whois_line *l)
{
	return l->indent == l->len;
}

/* The key in lower case, blanks single, leaders, stars and brackets gone;
 * "" where there is none.  Lives as long as the text. */
static inline const char *
whois_key(const struct whois_text *t, const struct whois_line *l)
{
	return t->keys->str + l->plain;
}

/* Any piece of text in that form; returns its length. */
gsize		 whois_plain(const char *s, gsize len, char *buf, gsize size);
/* A piece of the text as a member of a value (json_text.h). */
void		 whois_put(const struct whois_text *, GString *out,
		    const char *key, gsize offset, gsize len);
/* The same as a C string, NULs cut off; caller frees. */
char		*whois_utf8(const struct whois_text *, gsize offset, gsize len);
/* Where a place in the text of the line stands in the bytes as received. */
gsize		 whois_raw(const struct whois_text *, const struct whois_line *,
		    gsize offset);

/* The character set that the server writes, NULL where it is in no table. */
const char	*whois_charset_of(const char *host);
/* One line to UTF-8 at the end of out; the bytes themselves where it cannot.
 * ISO-8859-1 needs no converter. */
void		 whois_charset_line(const char *charset, GIConv, const char *,
		    gsize, GString *out);

/* ---- words */

enum whois_role {
	ROLE_NONE,
	ROLE_HOLDER,
	ROLE_ADMIN,
	ROLE_TECH,
	ROLE_BILLING,
	ROLE_REGISTRAR,
	ROLE_RESELLER,
	ROLE_SPONSOR,
	ROLE_REGISTRY,
	ROLE_ABUSE,
	ROLE_OTHER,		/* a contact of some other kind: not read */
	WHOIS_ROLES,
};

/* The field that a key of the domain itself gives, or NULL. */
const char	*whois_word_plain(const char *key);
enum whois_role	 whois_word_role(const char *key);
/* The field that an attribute of somebody gives, or NULL: (tech, "phone"). */
const char	*whois_word_of(enum whois_role, const char *attribute);
/* "registrant phone", "tech-email", "registrar": both words in one key. */
const char	*whois_word_both(const char *key);
/* "name" or "org" where the field is the holder's and the key says which. */
const char	*whois_word_part(const char *key);
/* The same attribute of somebody else: "tech_phone" for "admin_phone". */
const char	*whois_word_same(enum whois_role, enum whois_role other,
		    const char *field);
/* "holder_handle" and so on. */
const char	*whois_word_handle(enum whois_role);
/* Whether a section gives each line of its own (ns, status). */
gboolean	 whois_word_list(const char *field);

/* ---- layouts */

/* A key, or "heading/key", and the field that it gives.  Field "" is: leave
 * out.  Field "@holder" and so on: the key is a heading, and what follows is
 * about that one; "@holder#": and its value is that one's handle; "@" alone:
 * about nobody.  A key that ends in a blank is the
 * beginning of a line without a colon ("record expires on "; one blank stands
 * for any number), "$ " the first label of the name asked for, and "$. in ds "
 * the whole of it and what follows. */
struct whois_key_row {
	const char	*key, *field;
};

enum whois_form { FORM_PAIRS, FORM_SECTIONS, FORM_OBJECTS };
enum whois_order { ORDER_NONE, ORDER_DMY, ORDER_MDY };

struct whois_layout {
	const char	*name;
	const char	*hosts;	/* servers that answer so, blanks around each */
	const char	*tlds;	/* of the name asked for, blanks around each */
	const char	*sign;	/* a key that must be there, NULL: none */
	gboolean	 flat;	/* no contact may be a heading */
	enum whois_form	 form;
	enum whois_order order;	/* of days and months written in digits */
	const struct whois_key_row *keys;
	gboolean	 headed; /* some heading must be there */
	gboolean	 open;	/* "registrant: x" also begins a section */
	gboolean	 joined; /* blocks without a handle are one */
	gboolean	 titled; /* "registrar: HANDLE" begins that one's block */
	gboolean	 faxes;	/* of two numbers the second is the fax's */
	gboolean	 twice;	/* the holder's name stands in two scripts */
	gboolean	 owners; /* "owner: x", and ": y" below it, are lines of
				  * name and address */
	const char	*after;	/* read from the line that says so, where it is */
	const char	*begins; /* keys with which objects begin, blank line or
				  * not; blanks around each */
	const char	*sets;	/* the same, but in a domain they name others */
};

extern const struct whois_layout whois_layouts[];
extern const size_t whois_layouts_count;

/* One field as found. */
struct whois_field {
	const char	*field;		/* static: "registrar" */
	const char	*part;		/* static: "name", "org" of a holder, or NULL */
	guint		 line;		/* from 0 */
	gsize		 offset, len;	/* of its value in text */
	gboolean	 unfollowed;	/* a handle that the answer does not resolve */
};

/* Whether it is the field of that name. */
static inline gboolean
whois_field_is(const struct whois_field *f, const char *name)
{
	return *f->field == *name && strcmp(f->field, name) == 0;
}

/* Whether the field's name ends so, as "_street". */
static inline gboolean
whois_field_ends(const char *field, const char *end)
{
	gsize n = strlen(field), k = strlen(end);

	return n >= k && memcmp(field + n - k, end, k) == 0;
}

struct whois_found {
	const struct whois_layout *layout;	/* NULL where no field was found */
	GArray		*fields;	/* struct whois_field, in order of lines */
};

/* Fields whose name is "refer" name the next server and are no facts of
 * their own.  host: the server asked; subject: the name asked for. */
void		 whois_layout_read(const struct whois_text *, const char *host,
		    const char *subject, struct whois_found *);
void		 whois_found_clear(struct whois_found *);
/* Takes out what is no value, and makes several fields of a list. */
void		 whois_tidy(const struct whois_layout *,
		    const struct whois_text *, GArray *fields);
/* Whom a person is of, where that is the holder; after the next. */
void		 whois_tidy_orgs(const struct whois_text *, GArray *fields);
/* Gives the handle behind a name a field of its own, and the last line of an
 * address where it is a country. */
void		 whois_split(const struct whois_text *, GArray *fields);
/* The first line of the record of the subject where others come before it. */
guint		 whois_layout_start(const struct whois_text *,
		    const char *subject);
/* The layout's own word for the key (or heading/key), or NULL. */
const char	*whois_layout_key(const struct whois_layout *,
		    const char *heading, const char *key);
/* Whether the layout has keys under that heading. */
gboolean	 whois_layout_section(const struct whois_layout *,
		    const char *heading);
/* The line after i on which a further record of the subject begins, or the
 * number of lines. */
guint		 whois_layout_next(const struct whois_text *, guint i,
		    const char *subject);
void		 whois_found_add(GArray *, const char *field, const char *part,
		    guint line, gsize offset, gsize len);
/* Where a record ends and the server's own words begin. */
gboolean	 whois_layout_end(const struct whois_text *,
		    const struct whois_line *);
/* Whether the value names the subject; another host: other is set. */
gboolean	 whois_names(const struct whois_text *,
		    const struct whois_line *, const char *subject,
		    gboolean *other);

/* Whether the value is the subject's first label, which some give alone. */
gboolean	 whois_is_label(const char *value, const char *subject);

void		 whois_pairs(const struct whois_text *,
		    const struct whois_layout *, guint from,
		    const char *subject, GArray *out);
void		 whois_objects(const struct whois_text *,
		    const struct whois_layout *, guint from,
		    const char *subject, GArray *out);

/* ---- what is not a record, where to go on, dates */

/* What the answer says instead of a record ("no match", "limit", ...), and on
 * which line; NULL where it says nothing of the kind. */
const char	*whois_phrase(const struct whois_text *, guint *line);
/* "2026-04-01T08:09:10Z" or "2026-04-01"; FALSE where the form is not known. */
gboolean	 whois_date(const char *, enum whois_order, char out[32],
		    gboolean *by_layout);

/* The order of day and month that a date shows by a day that is no month. */
enum whois_order whois_date_order(const char *, gsize len);

/* A server that a line names.  protocol: "whois" or "rwhois". */
struct whois_server {
	char		*host;
	uint16_t	 port;
	const char	*protocol;	/* static */
};

/* FALSE where the text names no server. */
gboolean	 whois_server_read(const char *text, struct whois_server *);

#endif
