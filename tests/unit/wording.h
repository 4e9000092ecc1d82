#ifndef TESTS_UNIT_WORDING_H
#define TESTS_UNIT_WORDING_H

/*
 * What every document of every record has to keep to (D3 of the rules):
 *
 *	words		no forbidden word outside a verbatim quotation: <q
 *			data-quote> and <pre class="srv"> in HTML, between “ and ”
 *			in text and JSON; and outside the names and texts of the
 *			record itself (a domain, a company, a title), each whole:
 *			"Owner Ltd" is somebody's name, "owner" is ours
 *	quotations	each stands, byte for byte, in the order or in the bytes
 *			whose SHA-256 it names
 *	statuses	one that facts raise names the records it rests on
 *	time-outs	an exchange that timed out is in no finding's support, and
 *			where nothing answered nothing is NONE for want of it
 *	schema		the JSON is as its schema has it
 *
 * The faults are sentences; none is good.
 */

#include "reports/render.h"

/* char *; of all documents of the record.  What people typed into its tables is
 * theirs, and its words are not looked at. */
GPtrArray	*wording_faults(const struct record *);
/* The same of one document: HTML where html. */
void	 wording_words(GPtrArray *faults, const char *name, const char *text,
	    gboolean html);

#endif
