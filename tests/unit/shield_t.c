/* What the loop relies on: an imported address is known in every form in which a
 * packet could be sent to it. */

#include <arpa/inet.h>
#include <string.h>

#include "probes/shield.h"

static void
add(struct shield *s, const char *ip)
{
	uint8_t a[16];

	if (inet_pton(AF_INET, ip, a) == 1)
		shield_add(s, 4, a);
	else if (inet_pton(AF_INET6, ip, a) == 1)
		shield_add(s, 6, a);
}

static struct shield *
three(void)
{
	struct shield *s = shield_new();

	add(s, "203.0.113.5");
	add(s, "2001:db8::5");
	add(s, "203.0.113.5");
	add(s, "198.51.100.7");
	shield_close(s);
	return s;
}

static void
forms(void)
{
	static const struct { const char *ip; gboolean held; } all[] = {
		{ "203.0.113.5", TRUE }, { "203.0.113.6", FALSE },
		{ "198.51.100.7", TRUE }, { "2001:db8::5", TRUE },
		{ "2001:DB8:0::5", TRUE }, { "2001:db8::6", FALSE },
		/* mapped, NAT64, 6to4, Teredo (the client's bits flipped) */
		{ "::ffff:203.0.113.5", TRUE },
		{ "64:ff9b::203.0.113.5", TRUE },
		{ "64:ff9b::203.0.113.6", FALSE },
		{ "2002:cb00:7105::1", TRUE },
		{ "2001:0:0102:0304::34ff:8efa", TRUE },
		{ "", FALSE }, { "host.example", FALSE }, { NULL, FALSE },
	};
	struct shield *s = three();

	g_assert_cmpuint(shield_count(s), ==, 3);
	for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
		if (shield_holds(s, all[i].ip) != all[i].held)
			g_test_message("%s", all[i].ip);
		g_assert_true(shield_holds(s, all[i].ip) == all[i].held);
	}
	g_assert_false(shield_holds(NULL, "203.0.113.5"));
	shield_free(s);
}

static void
sockets(void)
{
	struct shield *s = three();
	struct sockaddr_in sin = { .sin_family = AF_INET };
	struct sockaddr_in6 sin6 = { .sin6_family = AF_INET6 };

	inet_pton(AF_INET, "203.0.113.5", &sin.sin_addr);
	inet_pton(AF_INET6, "64:ff9b::203.0.113.5", &sin6.sin6_addr);
	g_assert_true(shield_sockaddr(s, (struct sockaddr *)&sin,
	    sizeof(sin)));
	g_assert_true(shield_sockaddr(s, (struct sockaddr *)&sin6,
	    sizeof(sin6)));
	g_assert_false(shield_sockaddr(s, (struct sockaddr *)&sin, 4));
	inet_pton(AF_INET, "203.0.113.6", &sin.sin_addr);
	g_assert_false(shield_sockaddr(s, (struct sockaddr *)&sin,
	    sizeof(sin)));
	shield_free(s);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/shield/forms", forms);
	g_test_add_func("/shield/sockets", sockets);
	return g_test_run();
}
