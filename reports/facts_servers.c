/* Sentences about name servers: copies of the zone, answers that differ, servers
 * that do not answer, names made from wildcards. */

#include "reports/facts_list.h"

#include <string.h>

void
facts_serial(struct facts *l)
{
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(l->v, FACT_DNS_SERIAL, NULL, &at)) != NULL) {
		if (json_is_true(fact_get(f, "agree")) ||
		    !facts_own_zone(l, f->subject) || !facts_begin(l))
			continue;
		facts_cite(l, f);
		say(l->h, "The name servers of %P held %d different copies of "
		    "the zone, by their serial numbers.", f->subject,
		    (uint64_t)json_array_size(fact_get(f, "serials")));
		facts_end(l, NULL);
	}
}

void
facts_differ(struct facts *l)
{
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(l->v, FACT_DNS_DIFFER, NULL, &at)) != NULL) {
		if (json_is_true(fact_get(f, "agree")) || !facts_begin(l))
			continue;
		facts_cite(l, f);
		say(l->h, "Asked for the %t records of %P, the name servers "
		    "gave %d different answers.", fact_str(f, "type"),
		    f->subject,
		    (uint64_t)json_array_size(fact_get(f, "answers")));
		facts_end(l, NULL);
	}
}

/* Those that were reached and did not answer for the zone. */
void
facts_lame(struct facts *l)
{
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(l->v, FACT_DNS_SERVER, NULL, &at)) != NULL) {
		const char *state = fact_str(f, "state");

		if (strcmp(state, "answers") == 0 || !facts_begin(l))
			continue;
		facts_cite(l, f);
		say(l->h, "The name server at %P did not answer for %P: %t.",
		    f->subject, fact_str(f, "zone"), strcmp(state, "silent") ==
		    0 ? "no answer came" : state);
		facts_end(l, NULL);
	}
}

/* What kind of name it is, and what random names beside it show: %P is the
 * subject, the second one what is there below it. */
static const struct kind_words {
	enum fact_kind	 kind;
	const char	*how, *words;
} kind_words[] = {
	{ FACT_DNS_NAME, "fake-nxdomain", "A name server answered that there "
	    "is no name %P, and yet %P is there." },
	{ FACT_DNS_NAME, "wildcard", "The address of %P is the one that any "
	    "name beside it would have (a wildcard)." },
	{ FACT_DNS_NAME, "as-wildcard", "The address of %P is the one that any "
	    "name beside it would have (a wildcard)." },
	{ FACT_DNS_NAME, "as-hijack", "The address given for %P is the one "
	    "that the same server gives for names that cannot exist: it says "
	    "nothing of the name." },
	{ FACT_DNS_NAME, "unclear", "The address of %P is one that a random "
	    "name beside it had as well; whether any name would have it was "
	    "not established." },
	{ FACT_DNS_RANDOM, "differs", "Two random names below %P are both "
	    "there, with different addresses." },
	{ FACT_DNS_RANDOM, "once", "Of two random names below %P one "
	    "was there and one was not: that is no wildcard." },
	{ FACT_DNS_RANDOM, "hijack", "The server that was asked for random "
	    "names below %P gives an address for names that cannot exist "
	    "(below .invalid) as well: its answers do not show that a name is "
	    "there." },
};

static const char *
kind_words_of(const struct fact *f)
{
	for (size_t i = 0; i < G_N_ELEMENTS(kind_words); i++)
		if (kind_words[i].kind == f->kind &&
		    strcmp(kind_words[i].how, fact_str(f, "how")) == 0)
			return kind_words[i].words;
	return NULL;
}

void
facts_name_kind(struct facts *l)
{
	static const enum fact_kind kinds[] = { FACT_DNS_NAME,
		FACT_DNS_RANDOM };
	const struct fact *f;

	for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++) {
		guint at = 0;

		while ((f = view_next(l->v, kinds[k], NULL, &at)) != NULL) {
			const char *words = kind_words_of(f);

			if (words == NULL || !facts_begin(l))
				continue;
			facts_cite(l, f);
			say(l->h, words, f->subject, fact_str(f, "below"));
			facts_end(l, NULL);
		}
	}
}
