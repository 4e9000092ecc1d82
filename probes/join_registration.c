/* reg.compared: the registrar in RDAP and in WHOIS.  reg.none: a name that is
 * said not to be registered, and how sure that is. */

#include <string.h>

#include "probes/join_priv.h"

static const struct fact *
registrar_rdap(const struct join *j)
{
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (join_is(f, FACT_RDAP_ENTITY, j->registrable) &&
		    join_array_has(fact_get(f, "roles"), "registrar"))
			return f;
	}
	return NULL;
}

static const struct fact *
registrar_whois(const struct join *j)
{
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (join_is(f, FACT_WHOIS_FIELD, j->registrable) &&
		    strcmp(fact_str(f, "field"), "registrar") == 0)
			return f;
	}
	return NULL;
}

/* Letters and digits only, lower case: punctuation and blanks differ between
 * the two services of one registry. */
static char *
plain(const char *s)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (; *s != '\0'; s++)
		if (g_ascii_isalnum(*s) || (*s & 0x80))
			g_string_append_c(out, g_ascii_tolower(*s));
	return g_string_free(g_steal_pointer(&out), FALSE);
}

void
join_registrars(struct join *j)
{
	const struct fact *r = registrar_rdap(j), *w = registrar_whois(j);
	g_autofree char *one = NULL, *two = NULL;
	struct fact *f;

	if (r == NULL || w == NULL)
		return;
	one = plain(fact_str(r, "name"));
	two = plain(fact_str(w, "value"));
	f = join_fact(j, FACT_REG_COMPARED, j->registrable, json_pack(
	    "{s:s, s:s, s:b}", "registrar_rdap", fact_str(r, "name"),
	    "registrar_whois", fact_str(w, "value"), "agree",
	    strcmp(one, two) == 0));
	join_rests_on(f, r);
	join_rests_on(f, w);
}

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
