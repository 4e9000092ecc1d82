/* What is joined of registration data: RDAP and WHOIS beside each other. */

#include "tests/unit/joinkit.h"

#include <string.h>

/* --- reg.compared ------------------------------------------------------------- */

static const struct {
	const char	*rdap, *whois;
	gboolean	 agree;
} registrars[] = {
	{ "Name House, Inc.", "Name House Inc", TRUE },
	{ "NAME-HOUSE INC", "Name House, Inc.", TRUE },
	{ "B\xC3\xBCro AG", "B\xC3\xBCro  ag.", TRUE },
	{ "B\xC3\xBCro AG", "B\xC3\xB6ro AG", FALSE },
	{ "Name House, Inc.", "Name House, LLC", FALSE },
	{ "Name House 1", "Name House 2", FALSE },
	{ "Name House", "Name House Inc", FALSE },
};

static void
test_registrars(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(registrars); i++) {
		g_autoptr(GPtrArray) log = log_new(), out = NULL;
		g_autofree char *value = g_strdup_printf(
		    "{\"registrar_rdap\":\"%s\",\"registrar_whois\":\"%s\","
		    "\"field\":\"registrar\",\"rdap\":[\"%s\"],"
		    "\"whois\":[\"%s\"],\"says\":\"%s\",\"agree\":%s}",
		    registrars[i].rdap, registrars[i].whois,
		    registrars[i].rdap, registrars[i].whois,
		    registrars[i].agree ? "agree" : "differ",
		    registrars[i].agree ? "true" : "false");

		log_add_whois(log, ZONE, "no such field", "CH");
		log_add_whois(log, ZONE, "registrar", registrars[i].whois);
		log_add_registrar(log, ZONE, "abuse", "Somebody Else");
		log_add_registrar(log, ZONE, "registrar", registrars[i].rdap);
		out = target_join(NAME, ZONE, log);
		g_assert_cmpuint(out->len, ==, 1);
		joined_check(out, FACT_REG_COMPARED, ZONE, value, "4 2");
	}
}

/* One field each: what RDAP gives, what WHOIS gives, and what that comes to.
 * More than one of either stand with a bar between. */
static const struct {
	const char	*field;
	enum fact_kind	 kind;
	const char	*rdap, *whois, *says;
} compared[] = {
	{ "registrar", FACT_RDAP_ENTITY, "{\"roles\":[\"registrar\"],\"name\":"
	    "\"R-1\",\"org\":\"Name House Inc\"}",
	    "{\"value\":\"Name House, Inc.\"}", "agree" },
	{ "registrar_id", FACT_RDAP_ENTITY, "{\"roles\":[\"registrar\"],"
	    "\"iana_id\":\"9999\"}", "{\"value\":\"9999\"}", "agree" },
	{ "registrar_id", FACT_RDAP_ENTITY, "{\"roles\":[\"registrar\"],"
	    "\"iana_id\":\"9999\"}", "{\"value\":\"9998\"}", "differ" },
	/* An id of whom the registrar names is not its own. */
	{ "registrar_id", FACT_RDAP_ENTITY, "{\"roles\":[\"registrar\"],"
	    "\"iana_id\":\"9999\",\"under\":\"registrant\"}",
	    "{\"value\":\"9999\"}", "only WHOIS" },
	{ "created", FACT_RDAP_EVENT, "{\"action\":\"registration\",\"date\":"
	    "\"2015-10-26T00:30:00+02:00\"}", "{\"value\":\"26 Oct 2015\","
	    "\"read\":\"2015-10-26\"}", "agree" },
	{ "created", FACT_RDAP_EVENT, "{\"action\":\"registration\",\"date\":"
	    "\"2015-10-26T12:00:00Z\"}",
	    "{\"value\":\"2015-10-28\",\"read\":\"2015-10-28\"}", "differ" },
	/* Both say a time: the next day is another one. */
	{ "created", FACT_RDAP_EVENT, "{\"action\":\"registration\",\"date\":"
	    "\"2015-10-26T12:00:00Z\"}", "{\"value\":\"x\",\"read\":"
	    "\"2015-10-27T12:00:00Z\"}", "differ" },
	{ "changed", FACT_RDAP_EVENT, "{\"action\":\"last changed\",\"date\":"
	    "\"2026-01-02T00:00:00Z\"}", NULL, "only RDAP" },
	/* When the server's own data is from is no date of the domain. */
	{ "changed", FACT_RDAP_EVENT, "{\"action\":\"last update of RDAP "
	    "database\",\"date\":\"2026-01-02T00:00:00Z\"}",
	    "{\"value\":\"2026-01-02\",\"read\":\"2026-01-02\"}",
	    "only WHOIS" },
	{ "expires", FACT_RDAP_EVENT, "{\"action\":\"expiration\",\"date\":"
	    "\"2027-05-01T00:00:00Z\"}", "{\"value\":\"01.05.2027\","
	    "\"read\":\"2027-05-01\"}", "agree" },
	/* The registry's day and the registrar's, on both sides. */
	{ "expires", FACT_RDAP_EVENT, "{\"action\":\"expiration\",\"date\":"
	    "\"2028-05-01T00:00:00Z\"}|{\"action\":\"registrar expiration\","
	    "\"date\":\"2027-05-01T00:00:00Z\"}", "{\"value\":\"x\","
	    "\"read\":\"2028-05-01\"}|{\"value\":\"y\",\"read\":"
	    "\"2027-05-01\"}", "agree" },
	{ "status", FACT_RDAP_DOMAIN, "{\"status\":[\"client hold\",\"active\"]}",
	    "{\"value\":\"clientHold https://icann.org/epp#clientHold\"}|"
	    "{\"value\":\"ok\"}", "agree" },
	{ "status", FACT_RDAP_DOMAIN, "{\"status\":[\"client hold\",\"active\"]}",
	    "{\"value\":\"ok, clientHold\"}", "agree" },
	{ "status", FACT_RDAP_DOMAIN, "{\"status\":[\"active\"]}",
	    "{\"value\":\"clientHold\"}", "differ" },
	{ "ns", FACT_RDAP_NS, "{\"ns\":\"ns1.example.net\"}|{\"ns\":"
	    "\"ns2.example.net\"}", "{\"value\":\"ns2.example.net\"}|"
	    "{\"value\":\"ns1.example.net\"}", "agree" },
	{ "ns", FACT_RDAP_NS, "{\"ns\":\"ns1.example.net\"}",
	    "{\"value\":\"ns1.example.net\"}|{\"value\":\"ns2.example.net\"}",
	    "differ" },
	{ "holder", FACT_RDAP_ENTITY, "{\"roles\":[\"registrant\"],\"name\":"
	    "\"Ana Prueba\",\"org\":\"Kino Alfa\"}",
	    "{\"value\":\"KINO ALFA\"}", "agree" },
	{ "holder", FACT_RDAP_ENTITY, "{\"roles\":[\"registrant\"],\"name\":"
	    "\"REDACTED\",\"withheld\":true}", "{\"value\":\"Kino Alfa\"}",
	    "withheld by RDAP" },
	{ "holder", FACT_RDAP_ENTITY, "{\"roles\":[\"registrant\"],\"name\":"
	    "\"Kino Alfa\"}", "{\"value\":\"REDACTED\",\"withheld\":true}",
	    "withheld by WHOIS" },
	{ "country", FACT_RDAP_ENTITY, "{\"roles\":[\"registrant\"],"
	    "\"country\":\"AT\"}", "{\"value\":\"Austria\"}",
	    "not compared" },
	{ "country", FACT_RDAP_ENTITY, "{\"roles\":[\"registrant\"],"
	    "\"country\":\"AT\"}", "{\"value\":\"DE\"}", "differ" },
	{ "dnssec", FACT_RDAP_DOMAIN, "{\"dnssec\":\"unsigned\"}",
	    "{\"value\":\"Inactive\"}", "agree" },
	{ "dnssec", FACT_RDAP_DOMAIN, "{\"dnssec\":\"signed\"}",
	    "{\"value\":\"signedDelegation\"}", "agree" },
	{ "dnssec", FACT_RDAP_DOMAIN, "{\"dnssec\":\"signed\"}",
	    "{\"value\":\"N\"}", "differ" },
};

static void
add_each(GPtrArray *log, enum fact_kind kind, const char *values,
    const char *field)
{
	g_auto(GStrv) each = g_strsplit(values, "|", -1);

	for (char **p = each; *p != NULL; p++) {
		json_t *v = json_loads(*p, 0, NULL);

		g_assert_nonnull(v);
		if (field != NULL)
			json_object_set_new(v, "field", json_string(field));
		log_add(log, kind, ZONE, v);
	}
}

static void
test_compared_fields(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(compared); i++) {
		g_autoptr(GPtrArray) log = log_new(), out = NULL;
		const struct fact *f = NULL;

		log_add_whois(log, ZONE, "no such field", "CH");
		add_each(log, compared[i].kind, compared[i].rdap, NULL);
		if (compared[i].whois != NULL)
			add_each(log, FACT_WHOIS_FIELD, compared[i].whois,
			    compared[i].field);
		/* An event alone is no answer about the domain. */
		log_add(log, FACT_RDAP_ENTITY, ZONE, json_pack("{s:[s]}",
		    "roles", "abuse"));
		out = target_join(NAME, ZONE, log);
		for (guint k = 0; k < out->len; k++) {
			const struct fact *o = out->pdata[k];

			if (o->kind == FACT_REG_COMPARED && strcmp(fact_str(o,
			    "field"), compared[i].field) == 0)
				f = o;
		}
		g_test_message("%s: %s", compared[i].field, compared[i].rdap);
		g_assert_nonnull(f);
		g_assert_cmpstr(fact_str(f, "says"), ==, compared[i].says);
		g_assert_true(json_is_true(fact_get(f, "agree")) ==
		    (strcmp(compared[i].says, "agree") == 0));
	}
}

/* One service alone is not compared with nothing. */
static void
test_one_registrar(void)
{
	for (int i = 0; i < 2; i++) {
		g_autoptr(GPtrArray) log = log_new(), out = NULL;

		if (i == 0)
			log_add_registrar(log, ZONE, "registrar", "Name House");
		else
			log_add_whois(log, ZONE, "registrar", "Name House");
		out = target_join(NAME, ZONE, log);
		g_assert_cmpuint(out->len, ==, 0);
	}
}

/* A 404 of an unlisted server counts where its /help is RDAP. */
static void
test_not_registered(void)
{
	for (int help = 0; help < 2; help++) {
		g_autoptr(GPtrArray) log = log_new(), out = NULL;
		guint n = 0;

		log_add(log, FACT_RDAP_NONE, ZONE, json_pack("{s:s, s:b}",
		    "server", "rdap.nic.ch", "confirmed", 0));
		log_add_str(log, FACT_RDAP_HELP, ZONE, "server", help ?
		    "rdap.nic.ch" : "rdap.other.ch");
		out = target_join(NAME, ZONE, log);
		for (guint i = 0; i < out->len; i++)
			n += ((struct fact *)out->pdata[i])->kind ==
			    FACT_REG_NONE;
		g_assert_cmpuint(n, ==, (guint)help);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/join/said not to be registered",
	    test_not_registered);
	g_test_add_func("/join/registrars, punctuation aside",
	    test_registrars);
	g_test_add_func("/join/compared-fields", test_compared_fields);
	g_test_add_func("/join/one registrar is not compared",
	    test_one_registrar);
	return g_test_run();
}
