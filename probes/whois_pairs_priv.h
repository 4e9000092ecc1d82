#ifndef PROBES_WHOIS_PAIRS_PRIV_H
#define PROBES_WHOIS_PAIRS_PRIV_H

/* What the files that read pairs share: one answer being read. */

#include "probes/whois.h"

struct pairs {
	const struct whois_text		*t;
	const struct whois_layout	*layout;
	const char			*subject;
	GArray				*out;
	char		 heading[WHOIS_KEY + 1];	/* "" none */
	guint		 indent;	/* of the heading */
	enum whois_role	 role;		/* whom it is about */
	const char	*field;		/* what its bare lines give, or NULL */
	guint		 lines;		/* bare ones that it gave, and names */
	guint		 numbers;	/* telephone numbers among them */
	guint		 both;		/* the contact is the technical one too:
					 * its first field, from 1 */
	gboolean	 open;		/* nothing stood under it yet */
	gboolean	 gap;		/* a blank line since */
	gboolean	 seen;		/* the domain's name */
	gboolean	 beginnings;	/* the layout has keys without a colon */
	const char	*last;		/* field of the line before, which may go on */
	guint		 last_indent;
};

/* The value of the line as a field, which the lines below may go on with. */
void	 whois_pairs_give(struct pairs *, guint i, const char *field,
	    const char *key);
/* A section begins with that key, or ends. */
void	 whois_heading_enter(struct pairs *, const struct whois_line *,
	    const char *key);
void	 whois_heading_leave(struct pairs *);
/* Whom or what a heading is about; FALSE: it is none. */
gboolean whois_heading_means(const struct pairs *, const char *key,
	    enum whois_role *, const char **field);
/* "Address" and no more, above the lines that are one. */
gboolean whois_heading_street(const struct pairs *, const char *key);
/* What the key gives where it stands, or NULL.  outside: it is not about whom
 * the section is about. */
const char *whois_heading_key(const struct pairs *, const struct whois_line *,
	    const char *key, gboolean *outside);

/* A line without a key, about whom the heading is about. */
void	 whois_bare_contact(struct pairs *, guint i);
/* Telephone numbers of which the line says what they are; FALSE: none. */
gboolean whois_bare_numbers(struct pairs *, guint i);

#endif
