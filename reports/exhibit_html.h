#ifndef REPORTS_EXHIBIT_HTML_H
#define REPORTS_EXHIBIT_HTML_H

/*
 * The exhibit: facts, tables, method, hashes and the whole log of one target of
 * one run; no assessment.  One function a section, one row a section in the
 * table of exhibit_html.c, which also numbers sections and contents.
 *
 * Sections come in the order of the table and may count on what came before:
 * the log is last, because it shows every record that another section cites.
 */

#include "reports/html.h"
#include "reports/view.h"

#define EXHIBIT_ROWS	2000	/* of one table; the rest is counted */

struct exhibit_doc {
	struct view	 v;
	struct html	 h;
	unsigned	 tables;	/* numbered so far */
};

typedef void exhibit_fn(struct exhibit_doc *);

exhibit_fn exhibit_facts, exhibit_drawn, exhibit_dns, exhibit_registration,
	   exhibit_addresses, exhibit_geo, exhibit_tls, exhibit_pages,
	   exhibit_failures, exhibit_method, exhibit_verify, exhibit_hashes,
	   exhibit_links, exhibit_elsewhere, exhibit_log;

/* The first table of the registration section. */
exhibit_fn exhibit_compare;
/* Parts of sections: the second half of 2, a table of 4, the last table of 5, a
 * paragraph of 9. */
exhibit_fn exhibit_dnssec, exhibit_networks, exhibit_databases,
	   exhibit_vantage;

/* Of the section on pages: what is no page, what was looked for, files. */
void	exhibit_site(struct exhibit_doc *, const char *where);
void	exhibit_contents(struct exhibit_doc *, const char *where);
/* A part of exhibit_dns: each server, glue, what differs. */
void	exhibit_servers(struct exhibit_doc *);
/* html_table() with "Table 3. " before the caption. */
void	exhibit_table(struct exhibit_doc *, const char *class,
	    const char *caption, const char *small, const struct column *,
	    size_t columns);
/* "Exhibits D-1 to D-4", "Exhibit B-1"; caller frees. */
char	*exhibit_range(const struct run *, char letter);
/* Words for an outcome that is no answer: "timeout". */
void	exhibit_outcome(struct html *, const struct log_row *);
/* What was asked: "popcorn-time.ch A", "/ip/192.0.2.7". */
void	exhibit_question(struct html *, const struct log_row *);
/* Words of a server for a <pre>: lines as they are, all else escaped. */
void	exhibit_words(struct html *, const char *, size_t len);
/* The subjects of a kind of fact, or the values of a field of it, each once: the
 * target's own first.  A row that names one stands over its rows, so that none is
 * read as the target's that is not.  Caller frees the array. */
GPtrArray *exhibit_subjects(const struct exhibit_doc *, enum fact_kind,
	    const char *field);
void	exhibit_subject(struct exhibit_doc *, const char *subject,
	    guint columns);
/* Rows over EXHIBIT_ROWS: says how many were left out; TRUE at the limit. */
gboolean exhibit_full(struct exhibit_doc *, guint rows, guint columns,
	    guint all);

#endif
