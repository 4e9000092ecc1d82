/*
 * IANA's record of a TLD: which organisation runs it, where that one says it
 * is, whom to write to, and which WHOIS server it names.  An address line is as
 * written; the last one is a country's name.
 */

#include <string.h>

#include "probes/whois_priv.h"

enum about { ABOUT_REGISTRY, ABOUT_ADMIN, ABOUT_TECH, ABOUTS };

static const struct {
	const char	*key, *fields[ABOUTS];
} keys[] = {
	{ "organisation", { "registry", "registry_admin_org",
	    "registry_tech_org" } },
	{ "name", { NULL, "registry_admin_name", "registry_tech_name" } },
	{ "address", { "registry_street", "registry_admin_street",
	    "registry_tech_street" } },
	{ "phone", { NULL, "registry_admin_phone", "registry_tech_phone" } },
	{ "fax-no", { NULL, "registry_admin_fax", "registry_tech_fax" } },
	{ "e-mail", { NULL, "registry_admin_email", "registry_tech_email" } },
	{ "nserver", { "ns", "ns", "ns" } },
	{ "ds-rdata", { "ds", "ds", "ds" } },
	{ "status", { "status", "status", "status" } },
	{ "created", { "created", "created", "created" } },
	{ "changed", { "changed", "changed", "changed" } },
	{ "whois", { "refer", "refer", "refer" } },
	{ "refer", { "refer", "refer", "refer" } },
};

static const char *const country_fields[ABOUTS] = {
	"registry_country", "registry_admin_country", "registry_tech_country",
};

static const struct whois_layout iana = { .name = "iana" };

static const char *
field_of(const char *key, enum about about)
{
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		if (strcmp(keys[i].key, key) == 0)
			return keys[i].fields[about];
	return NULL;
}

static enum about
about_of(const struct whois *w, const struct whois_line *l)
{
	g_autofree char *value = whois_utf8(&w->text, l->value, l->value_len);

	return g_ascii_strcasecmp(value, "administrative") == 0 ? ABOUT_ADMIN :
	    ABOUT_TECH;
}

/* The line after an address's last one has another key. */
static gboolean
goes_on(const struct whois *w, guint i)
{
	const char *key;

	if (i + 1 >= w->text.lines->len)
		return FALSE;
	key = whois_key(&w->text, whois_line(&w->text, i + 1));
	return strcmp(key, "address") == 0;
}

void
whois_iana(struct whois *w)
{
	enum about about = ABOUT_REGISTRY;
	const char *key;

	w->found.layout = &iana;
	w->found.fields = g_array_new(FALSE, FALSE, sizeof(struct whois_field));
	for (guint i = 0; i < w->text.lines->len; i++) {
		const struct whois_line *l = whois_line(&w->text, i);
		const char *field;

		if (l->key_len == 0)
			continue;
		key = whois_key(&w->text, l);
		if (strcmp(key, "contact") == 0)
			about = about_of(w, l);
		/* The answer of the server referred to may stand behind it. */
		if (strcmp(key, "source") == 0)
			return;
		field = field_of(key, about);
		if (field != NULL && strcmp(key, "address") == 0 &&
		    !goes_on(w, i))
			field = country_fields[about];
		if (field != NULL)
			whois_found_add(w->found.fields, field, NULL, i,
			    l->value, l->value_len);
	}
}
