/* What is joined of addresses: signs, networks, reverse names, origins. */

#include "tests/unit/joinkit.h"

#include <string.h>

/* --- ip.sign -------------------------------------------------------------------- */

static void
test_signs(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL;

	log_add_str(log, FACT_DNS_NS, ZONE, "ns", "a.ns.ch");
	log_add_str(log, FACT_DNS_MX, ZONE, "exchange", "mail.ch");
	log_add_str(log, FACT_DNS_A, NAME, "ip", "9.0.0.1");
	log_add_str(log, FACT_DNS_A, "a.ns.ch", "ip", "9.0.0.2");
	log_add_str(log, FACT_DNS_A, "mail.ch", "ip", "9.0.0.3");
	log_add_str(log, FACT_DNS_AAAA, "mail.ch", "ip", "2600::3");
	log_add_str(log, FACT_DNS_A, "on-the-way.ch", "ip", "9.0.0.4");
	out = target_join(NAME, ZONE, log);
	g_assert_cmpuint(out->len, ==, 4);
	joined_check(out, FACT_IP_SIGN, "9.0.0.1", "{\"signs\":[\"serves-name\"],"
	    "\"names\":[\"" NAME "\"]}", "3");
	joined_check(out, FACT_IP_SIGN, "9.0.0.2", "{\"signs\":[\"name-server\"],"
	    "\"names\":[\"a.ns.ch\"]}", "4 1");
	joined_check(out, FACT_IP_SIGN, "9.0.0.3", "{\"signs\":[\"mail-server\"],"
	    "\"names\":[\"mail.ch\"]}", "5 2");
	joined_check(out, FACT_IP_SIGN, "2600::3", "{\"signs\":[\"mail-server\"],"
	    "\"names\":[\"mail.ch\"]}", "6 2");
}

/* One machine for everything is one fact; the parent's word is enough. */
static void
test_signs_of_one_address(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL;

	log_add_str(log, FACT_DNS_REFERRAL, ZONE, "ns", "a.ns.ch");
	log_add_str(log, FACT_DNS_MX, ZONE, "exchange", "mail.ch");
	log_add_str(log, FACT_DNS_A, "a.ns.ch", "ip", "9.0.0.1");
	log_add_str(log, FACT_DNS_A, NAME, "ip", "9.0.0.1");
	log_add_str(log, FACT_DNS_A, "mail.ch", "ip", "9.0.0.1");
	out = target_join(NAME, ZONE, log);
	joined_check(out, FACT_IP_SIGN, "9.0.0.1", "{\"signs\":[\"name-server\","
	    "\"serves-name\",\"mail-server\"],\"names\":[\"a.ns.ch\",\"" NAME
	    "\",\"mail.ch\"]}", "3 1 4 5 2");
}

static void
add_network(GPtrArray *log, const char *subject, const char *start,
    const char *end, int position, const char *holder)
{
	uint64_t n = 100 + log->len;
	struct fact *f;

	log_add(log, FACT_IP_NETWORK, subject, json_pack("{s:s, s:s, s:i}",
	    "start", start, "end", end, "position", position));
	f = log->pdata[log->len - 1];
	g_array_append_val(f->from, n);
	log_add(log, FACT_IP_HOLDER, subject, json_pack("{s:s, s:s}", "org",
	    holder, "relation", position == 0 ? "customer" : "provider"));
	f = log->pdata[log->len - 1];
	g_array_append_val(f->from, n);
}

/* The smallest network first; one above serves all addresses in it, and another
 * address's own network is no link of this one's chain. */
static void
test_chain(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL;
	g_autoptr(GString) seen = g_string_new(NULL);

	add_network(log, "198.51.0.0/16", "198.51.0.0", "198.51.255.255", 2,
	    "Provider");
	add_network(log, "198.51.100.9", "198.51.100.0", "198.51.100.127", 0,
	    "Customer");
	add_network(log, "198.51.100.0/24", "198.51.100.0", "198.51.100.255",
	    1, "Reseller");
	add_network(log, "198.51.100.8", "198.51.100.8", "198.51.100.9", 0,
	    "Other");
	log_add(log, FACT_GEOFEED_LINE, "198.51.100.0/24", json_pack("{s:s, s:s}",
	    "country", "NL", "url", "https://net.example/"));
	log_add(log, FACT_GEOFEED_LINE, "198.51.100.8/31", json_pack("{s:s, s:s}",
	    "country", "US", "url", "https://net.example/"));
	out = target_join(NAME, ZONE, log);
	for (guint i = 0; i < out->len; i++) {
		const struct fact *f = out->pdata[i];

		if (strcmp(f->subject, "198.51.100.9") != 0)
			continue;
		if (f->kind == FACT_IP_CHAIN)
			g_string_append_printf(seen, "%d %s %s; ",
			    (int)fact_int(f, "position", -1),
			    fact_str(f, "holder"), fact_str(f, "relation"));
		else if (f->kind == FACT_GEOFEED_PLACE)
			g_string_append_printf(seen, "%s %s",
			    fact_str(f, "prefix"), fact_str(f, "country"));
	}
	g_assert_cmpstr(seen->str, ==, "0 Customer customer; "
	    "1 Reseller provider; 2 Provider provider; 198.51.100.8/31 US");
}

/* --- reverse names, who announces addresses, others of the zone --------------- */

/* The value of the first such fact, as text; "" where none. */
static char *
joined_one(const GPtrArray *out, enum fact_kind kind, const char *subject)
{
	for (guint i = 0; i < out->len; i++) {
		const struct fact *f = out->pdata[i];

		if (f->kind == kind && strcmp(f->subject, subject) == 0)
			return json_dumps(f->value, JSON_COMPACT |
			    JSON_SORT_KEYS);
	}
	return g_strdup("");
}

static void
test_reverse(void)
{
	static const struct { const char *ip, *said; } rows[] = {
		{ "9.0.0.1", "{\"confirmed\":\"yes\",\"name\":\"h.net\"}" },
		{ "9.0.0.2", "{\"confirmed\":\"no\",\"name\":\"h.net\"}" },
		{ "9.0.0.3", "{\"confirmed\":\"no\",\"name\":\"gone.net\"}" },
		{ "9.0.0.4", "{\"confirmed\":\"not answered\",\"name\":"
		    "\"mute.net\"}" },
		{ "9.0.0.5", "{\"confirmed\":\"yes\",\"name\":\"al.net\"}" },
	};
	static const char *const names[] = {
		"h.net", "h.net", "gone.net", "mute.net", "al.net",
	};
	g_autoptr(GPtrArray) log = log_new(), out = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		log_add_str(log, FACT_DNS_PTR, rows[i].ip, "name", names[i]);
	/* The same pointer from another server is no second statement. */
	log_add_str(log, FACT_DNS_PTR, "9.0.0.1", "name", "h.net");
	log_add_str(log, FACT_DNS_A, "h.net", "ip", "9.0.0.1");
	log_add_str(log, FACT_DNS_NXDOMAIN, "gone.net", "type", "A");
	log_add_str(log, FACT_DNS_CNAME, "al.net", "to", "real.net");
	log_add_str(log, FACT_DNS_CNAME, "real.net", "to", "al.net");
	log_add_str(log, FACT_DNS_A, "real.net", "ip", "9.0.0.5");
	out = target_join(NAME, ZONE, log);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *said = joined_one(out, FACT_IP_REVERSE,
		    rows[i].ip);

		g_assert_cmpstr(said, ==, rows[i].said);
	}
}

static void
add_origin(GPtrArray *log, const char *ip, int asn, const char *source)
{
	log_add(log, FACT_IP_ORIGIN, ip, json_pack("{s:i, s:s}", "asn", asn,
	    "source", source));
}

static void
test_origins(void)
{
	static const struct { const char *ip, *said; } rows[] = {
		{ "9.0.0.1", "{\"agree\":true,\"asns\":[\"AS1\"],"
		    "\"several\":false,\"sources\":[\"dns\",\"db\"]}" },
		{ "9.0.0.2", "{\"agree\":false,\"asns\":[\"AS1\",\"AS2\"],"
		    "\"several\":false,\"sources\":[\"dns\",\"db\"]}" },
		{ "9.0.0.3", "{\"agree\":true,\"asns\":[\"AS1\",\"AS2\"],"
		    "\"several\":true,\"sources\":[\"dns\"]}" },
		{ "9.0.0.4", "" },
	};
	g_autoptr(GPtrArray) log = log_new(), out = NULL;

	add_origin(log, "9.0.0.1", 1, "dns");
	add_origin(log, "9.0.0.1", 1, "db");
	add_origin(log, "9.0.0.2", 1, "dns");
	add_origin(log, "9.0.0.2", 2, "db");
	add_origin(log, "9.0.0.3", 1, "dns");
	add_origin(log, "9.0.0.3", 2, "dns");
	out = target_join(NAME, ZONE, log);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *said = joined_one(out, FACT_ORIGIN_COMPARED,
		    rows[i].ip);

		g_assert_cmpstr(said, ==, rows[i].said);
	}
}

/* What the zone names beside the site: its mail, what SPF allows, other names;
 * not the site's own address, and no stranger's. */
static void
test_zone_addresses(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL;
	g_autoptr(GString) all = g_string_new(NULL);

	log_add_str(log, FACT_DNS_A, ZONE, "ip", "9.0.0.1");
	log_add_str(log, FACT_DNS_A, NAME, "ip", "9.0.0.1");
	log_add_str(log, FACT_DNS_MX, ZONE, "exchange", "mx.site.ch");
	log_add_str(log, FACT_DNS_A, "mx.site.ch", "ip", "9.0.0.25");
	log_add_str(log, FACT_DNS_A, "direct.site.ch", "ip", "9.0.0.9");
	log_add_str(log, FACT_DNS_A, "same.site.ch", "ip", "9.0.0.1");
	log_add_str(log, FACT_DNS_A, "other.ch", "ip", "9.9.9.1");
	log_add_str(log, FACT_DNS_TXT, ZONE, "text", "v=spf1 ip4:9.0.0.1 "
	    "ip4:9.0.1.0/24 -ip4:9.0.2.1 ip4: ?ip6:2600::1 include:x.ch -all");
	log_add_str(log, FACT_DNS_TXT, "other.ch", "text", "v=spf1 ip4:9.3.3.3");
	out = target_join(NAME, ZONE, log);
	for (guint i = 0; i < out->len; i++) {
		const struct fact *f = out->pdata[i];

		if (f->kind == FACT_ZONE_ADDRESS)
			g_string_append_printf(all, "%s %s %s\n",
			    fact_str(f, "ip"), fact_str(f, "how"),
			    fact_str(f, "name"));
	}
	g_assert_cmpstr(all->str, ==, "9.0.0.25 mail server mx.site.ch\n"
	    "9.0.0.9 name direct.site.ch\n9.0.1.0/24 SPF site.ch\n"
	    "2600::1 SPF site.ch\n");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/join/the networks around an address", test_chain);
	g_test_add_func("/join/signs of addresses", test_signs);
	g_test_add_func("/join/one address, every sign",
	    test_signs_of_one_address);
	g_test_add_func("/join/reverse names asked back", test_reverse);
	g_test_add_func("/join/who announces an address", test_origins);
	g_test_add_func("/join/other addresses of the zone",
	    test_zone_addresses);
	return g_test_run();
}
