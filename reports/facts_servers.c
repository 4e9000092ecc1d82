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

void
facts_name_kind(struct facts *l)
{
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(l->v, FACT_DNS_NAME, NULL, &at)) != NULL) {
		const char *how = fact_str(f, "how");
		gboolean fake = strcmp(how, "fake-nxdomain") == 0;

		if ((!fake && strcmp(how, "wildcard") != 0 &&
		    strcmp(how, "as-wildcard") != 0) || !facts_begin(l))
			continue;
		facts_cite(l, f);
		if (fake)
			say(l->h, "A name server answered that there is no name "
			    "%P, and yet %P is there.", f->subject,
			    fact_str(f, "below"));
		else
			say(l->h, "The address of %P is the one that any name "
			    "beside it would have (a wildcard).", f->subject);
		facts_end(l, NULL);
	}
}
