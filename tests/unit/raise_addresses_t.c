/* What addresses raise. */

#include <string.h>

#include "probes/guard.h"
#include "tests/unit/raisekit.h"

#define SERVER	"ask dns site.ch. SOA 9.0.0.1 53 dns.server\n"
#define HANDSHAKE(ip)	"ask tls h.com chain " ip " 443 address.handshake\n"
#define FRONT(ip)	"ask http http://h.com/ page " ip " 80 address.page\n" \
	"ask http https://h.com/ page " ip " 443 address.page\n"

static void
test_address_purposes(void)
{
	static const struct {
		unsigned	 purposes;
		const char	*should;
	} rows[] = {
		{ PURPOSE_TARGET, LOOKED_INTO HANDSHAKE("9.0.0.1") DISTANCE
		    FRONT("9.0.0.1") },
		{ PURPOSE_HOP, LOOKED_INTO HANDSHAKE("9.0.0.1") },
		{ PURPOSE_ALSO, LOOKED_INTO HANDSHAKE("9.0.0.1") DISTANCE
		    FRONT("9.0.0.1") },
		{ PURPOSE_NS, LOOKED_INTO SERVER },
		{ PURPOSE_MX, LOOKED_INTO },
		{ PURPOSE_NS | PURPOSE_MX, LOOKED_INTO SERVER },
		{ PURPOSE_NS | PURPOSE_HOP, LOOKED_INTO HANDSHAKE("9.0.0.1") SERVER },
		{ 0, "" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct told *t = told_new();

		raise_address(&t->r, "h.com", "9.0.0.1", rows[i].purposes);
		expect(t, rows[i].should);
		told_free(t);
	}
}

/* Asked for, so that the log shows the guard's refusal; and nothing else. */
static void
test_address_private(void)
{
	struct told *t = told_new();

	g_assert_nonnull(guard_address("10.0.0.1"));
	raise_address(&t->r, "h.com", "10.0.0.1", PURPOSE_TARGET);
	expect(t, HANDSHAKE("10.0.0.1"));
	raise_address(&t->r, "h.com", "::1", PURPOSE_HOP);
	expect(t, HANDSHAKE("::1"));
	raise_address(&t->r, "h.com", "10.0.0.1", PURPOSE_MX);
	expect(t, "");
	raise_address(&t->r, "h.com", "10.0.0.1", PURPOSE_NS);
	expect(t, "ask dns site.ch. SOA 10.0.0.1 53 dns.server\n");
	told_free(t);
}

static void
test_reverse_name(void)
{
	struct told *t = told_new();

	raise_str(t, FACT_DNS_PTR, "9.0.0.1", "name", "h.com");
	expect(t, "want h.com A 0 reverse.confirm\n"
	    "ask local h.com listed-reverse  0 reverse.lists\n");
	raise_str(t, FACT_DNS_PTR, "2600::1", "name", "h.com");
	expect(t, "want h.com AAAA 0 reverse.confirm\n"
	    "ask local h.com listed-reverse  0 reverse.lists\n");
	/* A pointer of a name is nobody's address. */
	raise_str(t, FACT_DNS_PTR, "a.ch", "name", "h.com");
	raise_str(t, FACT_DNS_PTR, "9.0.0.1", "name", "");
	expect(t, "");
	told_free(t);
}

static void
test_announced(void)
{
	struct told *t = told_new();

	raise_value(t, FACT_IP_ORIGIN, "9.0.0.1", json_pack("{s:i}", "asn",
	    64500));
	expect(t, "want AS64500.asn.cymru.com TXT 0 origin.name\n"
	    "service AS64500 origin.registration\n"
	    "ask local AS64500 listed-as  0 origin.lists\n");
	told_free(t);
}

/* Beyond a number of addresses, one handshake is enough. */
static void
test_address_shallow(void)
{
	struct told *t = told_new();

	t->far = TRUE;
	raise_address(&t->r, "h.com", "9.0.0.1", PURPOSE_TARGET);
	expect(t, LOOKED_INTO HANDSHAKE("9.0.0.1") FRONT("9.0.0.1"));
	told_free(t);
}

static const struct raise_test tests[] = {
	{ "purposes decide for an address", test_address_purposes },
	{ "an address that is not public", test_address_private },
	{ "a reverse name is confirmed", test_reverse_name },
	{ "who announces an address", test_announced },
	{ "one handshake beyond the limit", test_address_shallow },
};

int
main(int argc, char **argv)
{
	return raise_tests(argc, argv, tests, G_N_ELEMENTS(tests));
}
