/* Which list says where registration data of a name is served. */

#include <jansson.h>
#include <string.h>

#include "probes/rdap_bootstrap.h"
#include "probes/services.h"

static const char dns[] = "{\"publication\":\"2026-01-02T03:04:05Z\","
    "\"services\":[[[\"com\",\"org\"],[\"https://rdap.com.example/\"]]]}";

static void
check(const struct services *s, const char *name, const char *url,
    const char *source)
{
	g_autofree char *found = services_find(s, name);
	json_t *o = found != NULL ? json_loads(found, 0, NULL) : NULL;

	g_assert_cmpstr(json_string_value(json_object_get(o, "url")), ==, url);
	g_assert_cmpstr(json_string_value(json_object_get(o, "source")), ==,
	    source);
	json_decref(o);
}

static void
test_longer_suffix(void)
{
	struct services *s = services_new();

	g_assert_cmpint(services_add(s, "dns", dns, strlen(dns)), ==, 0);
	check(s, "x.com", "https://rdap.com.example/", "IANA");
	check(s, "x.de.com", rdap_unlisted("de.com"), "not listed by IANA");
	check(s, "x.org", "https://rdap.com.example/", "IANA");
	check(s, "x.ch", rdap_unlisted("ch"), "not listed by IANA");
	check(s, "x.invalid", NULL, NULL);
	services_free(s);
}

/* Each kind of subject has its list; http alone is said. */
static void
test_kinds(void)
{
	static const struct {
		const char	*subject, *list;
	} cases[] = {
		{ "film.ch", "dns" }, { "as64500.net", "dns" },
		{ "192.0.2.1", "ipv4" }, { "2001:db8::1", "ipv6" },
		{ "AS64500", "asn" }, { "AS", "dns" }, { "AS6x", "dns" },
		{ "entity/X-ARIN", "object-tags" },
	};
	struct services *s = services_new();
	g_autofree char *found = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpstr(services_list(cases[i].subject), ==,
		    cases[i].list);
	for (size_t i = 0; i < SERVICES_LISTS; i++)
		services_add(s, services_lists[i], NULL, 0);
	check(s, "AS2043", "https://rdap.db.ripe.net/", "IANA");
	check(s, "entity/X-ARIN", "https://rdap.arin.net/registry/", "IANA");
	check(s, "x.kg", "http://rdap.cctld.kg/", "IANA");
	found = services_find(s, "x.kg");
	g_assert_nonnull(strstr(found, "\"authenticated\":false"));
	services_free(s);
}

/* What is no list leaves the program's own. */
static void
test_broken_list(void)
{
	struct services *s = services_new();

	g_assert_null(services_copy(s, "dns"));
	g_assert_cmpint(services_add(s, "dns", "<html>", 6), ==, -1);
	g_assert_cmpstr(services_copy(s, "dns"), ==, "carried by the program");
	services_free(s);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/services/the longer suffix is the one",
	    test_longer_suffix);
	g_test_add_func("/services/the kinds of subjects", test_kinds);
	g_test_add_func("/services/a broken list", test_broken_list);
	return g_test_run();
}
