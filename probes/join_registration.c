/* reg.none: a name that is said not to be registered, and how sure that is. */

#include <string.h>

#include "probes/join_priv.h"

/* The server's own word that it speaks RDAP, where it was asked for one. */
static const struct fact *
help_of(const struct join *j, const struct fact *none)
{
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (join_is(f, FACT_RDAP_HELP, none->subject) &&
		    strcmp(fact_str(f, "server"), fact_str(none, "server")) ==
		    0)
			return f;
	}
	return NULL;
}

void
join_not_registered(struct join *j)
{
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i], *help;
		gboolean sure;
		struct fact *out;

		/* An array of facts holds no NULL, which the analyser cannot know. */
		/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
		if (f->kind != FACT_RDAP_NONE ||
		    g_hostname_is_ip_address(f->subject))
			continue;
		sure = json_is_true(fact_get(f, "confirmed"));
		help = sure ? NULL : help_of(j, f);
		if (!sure && help == NULL)
			continue;
		out = join_fact(j, FACT_REG_NONE, f->subject, json_pack(
		    "{s:s, s:s}", "server", fact_str(f, "server"), "why",
		    sure ? "the answer is of a registration service" :
		    "its /help answers as a registration service"));
		join_rests_on(out, f);
		if (help != NULL)
			join_rests_on(out, help);
	}
}
