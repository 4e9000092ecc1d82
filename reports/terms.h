#ifndef REPORTS_TERMS_H
#define REPORTS_TERMS_H

/*
 * What a provider's own published sign-up asks of who becomes its customer (L-06,
 * L-04, the matrix): by the names of the form's fields.
 */

#include "reports/showing.h"

enum terms_asks { TERMS_NOTHING, TERMS_MAIL, TERMS_WHO };

/* forms: who signs up is asked for who it is; mail: for where it can be reached;
 * bare: for neither; coin: words on payment without a name.  linked: addresses of its
 * terms and privacy pages; a link tells nothing of what stands there. */
struct terms {
	guint	 forms, mail, bare, coin, links;
	GString	*fields, *linked;
};

void		 terms_init(struct terms *);
void		 terms_clear(struct terms *);

gboolean	 terms_is_sign_up(const struct fact *);
/* The most that one of the form's fields asks. */
enum terms_asks	 terms_form_asks(const struct fact *);
/* Sites of the record whose name has the entity's name (the finding's scope) as a
 * label: points at their forms, and adds to the counts; how many sites. */
guint		 terms_of(struct finding *, struct terms *);

#endif
