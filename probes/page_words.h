#ifndef PROBES_PAGE_WORDS_H
#define PROBES_PAGE_WORDS_H

/*
 * The rules for words (page_rules.def), held against a page's visible text:
 * page.words and page.price facts.  What is quoted is the text as a reader of
 * the page sees it, white space folded, at most TEXT_QUOTE bytes.
 */

#include "probes/page_facts.h"
#include "probes/page_rules.h"
#include "probes/page_text.h"

void	page_words(const struct page_text *, const struct rule_index *,
	    struct page_facts *);
/*
 * The purpose of a link by words first..last of the text and by the path of
 * its URL (both may be empty); NULL where no rule knows it.
 */
const char *page_link_purpose(const struct page_text *,
	    const struct rule_index *, size_t first, size_t last,
	    const char *path);
/*
 * A page.words fact; text is foreign, cut to TEXT_QUOTE bytes.  where: "text"
 * that a reader of the page sees, or what stands in a "tag" or a "script".
 */
void	page_words_add(struct page_facts *, const char *rule, const char *text,
	    size_t len, size_t pos, const char *where, const char *detail,
	    size_t detail_len);

#endif
