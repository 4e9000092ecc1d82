#ifndef PROBES_WHOIS_OBJECTS_PRIV_H
#define PROBES_WHOIS_OBJECTS_PRIV_H

/* What the files that read objects share: one answer being read. */

#include "probes/whois.h"

#define REFS	16	/* handles that a domain names */

struct block {
	guint	 from, to;	/* lines */
	gint	 handle;	/* line of its handle, -1 none */
	gint	 first;		/* its first line with a key */
	gint	 remark;	/* the comment above it, -1 none */
};

struct ref {
	enum whois_role	 role;
	guint		 line;
	gboolean	 resolved;
};

struct objects {
	const struct whois_text		*t;
	const struct whois_layout	*layout;
	const char			*subject;
	GArray				*out;
	GArray				*blocks;
	gint				 own;	/* the domain's block */
	struct ref			 refs[REFS];
	guint				 n_refs;
};

/* Blocks, the domain's own, and the contacts that it names. */
void	 whois_blocks_find(struct objects *, guint from);
const struct block *whois_block_at(const struct objects *, guint i);
/* Whether the block is the contact of the reference. */
gboolean whois_block_is_of(const struct objects *, const struct block *,
	    const struct ref *);

#endif
