#include "probes/guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

/*
 * The first row that holds an address decides, so a narrow prefix stands
 * before a wide one.  word NULL: may be connected to.  inside: where an IPv4
 * address stands in the IPv6 one, in bytes from its start (0: nowhere); second
 * is another one.
 */
struct prefix {
	unsigned char	 net[16];
	unsigned	 bits;
	const char	*word;
	const char	*source;
	unsigned	 inside, second;
	gboolean	 inverted;	/* the one at inside has its bits flipped */
};

static const struct prefix v4[] = {
	{ .net = { 0 }, 8, "unspecified", "RFC 791" },
	{ .net = { 10 }, 8, "private", "RFC 1918" },
	{ .net = { 100, 64 }, 10, "shared", "RFC 6598" },
	{ .net = { 127 }, 8, "loopback", "RFC 1122" },
	{ .net = { 169, 254 }, 16, "link-local", "RFC 3927" },
	{ .net = { 172, 16 }, 12, "private", "RFC 1918" },
	{ .net = { 192, 0, 0 }, 24, "reserved", "RFC 6890" },
	{ .net = { 192, 0, 2 }, 24, "documentation", "RFC 5737" },
	{ .net = { 192, 88, 99 }, 24, "reserved", "RFC 7526" },
	{ .net = { 192, 168 }, 16, "private", "RFC 1918" },
	{ .net = { 198, 18 }, 15, "benchmark", "RFC 2544" },
	{ .net = { 198, 51, 100 }, 24, "documentation", "RFC 5737" },
	{ .net = { 203, 0, 113 }, 24, "documentation", "RFC 5737" },
	{ .net = { 224 }, 4, "multicast", "RFC 5771" },
	{ .net = { 240 }, 4, "reserved", "RFC 1112" },
	{ .net = { 0 }, 0, NULL, NULL },
};

/* What IANA has not given out for unicast is refused by the last row. */
static const struct prefix v6[] = {
	{ .net = { 0 }, 128, "unspecified", "RFC 4291" },
	{ .net = { [15] = 1 }, 128, "loopback", "RFC 4291" },
	{ .net = { [10] = 0xff, 0xff }, 96, "mapped", "RFC 4291",
	    .inside = 12 },
	{ .net = { 0, 0x64, 0xff, 0x9b }, 96, NULL, "RFC 6052",
	    .inside = 12 },
	{ .net = { 0, 0x64, 0xff, 0x9b, 0, 1 }, 48, "reserved", "RFC 8215" },
	{ .net = { 1 }, 64, "reserved", "RFC 6666" },
	{ .net = { 0x20, 0x01, 0, 0 }, 32, NULL, "RFC 4380",
	    .inside = 12, .second = 4, .inverted = TRUE },
	{ .net = { 0x20, 0x01, 0, 2 }, 48, "benchmark", "RFC 5180" },
	{ .net = { 0x20, 0x01 }, 23, "reserved", "RFC 2928" },
	{ .net = { 0x20, 0x01, 0x0d, 0xb8 }, 32, "documentation", "RFC 3849" },
	{ .net = { 0x20, 0x02 }, 16, NULL, "RFC 3056", .inside = 2 },
	{ .net = { 0x3f, 0xff }, 20, "documentation", "RFC 9637" },
	{ .net = { 0x20 }, 3, NULL, NULL },
	{ .net = { 0xfc }, 7, "unique-local", "RFC 4193" },
	{ .net = { 0xfe, 0x80 }, 10, "link-local", "RFC 4291" },
	{ .net = { 0xfe, 0xc0 }, 10, "site-local", "RFC 3879" },
	{ .net = { 0xff }, 8, "multicast", "RFC 4291" },
	{ .net = { 0 }, 0, "reserved", "RFC 4291" },
};

static const struct prefix not_an_address = {
	.word = "not an address", .source = "RFC 4291",
};

static const struct prefix embedded_private = {
	.word = "embedded private", .source = "RFC 6052",
};

static gboolean
prefix_holds(const struct prefix *p, const unsigned char *addr)
{
	unsigned whole = p->bits / 8, rest = p->bits % 8;
	unsigned mask = 0xff00u >> rest & 0xff;

	if (memcmp(p->net, addr, whole) != 0)
		return FALSE;
	return rest == 0 || ((p->net[whole] ^ addr[whole]) & mask) == 0;
}

static const struct prefix *
guard_v4(const unsigned char addr[4])
{
	const struct prefix *p = v4;

	while (!prefix_holds(p, addr))
		p++;		/* the last row holds everything */
	return p;
}

static void
inner_bytes(const struct prefix *p, const unsigned char *addr, unsigned at,
    unsigned char out[4])
{
	unsigned char flip = p->inverted && at == p->inside ? 0xff : 0;
	unsigned i;

	for (i = 0; i < 4; i++)
		out[i] = addr[at + i] ^ flip;
}

static const struct prefix *
inner(const struct prefix *p, const unsigned char *addr, unsigned at)
{
	unsigned char a[4];

	inner_bytes(p, addr, at, a);
	return guard_v4(a);
}

static const struct prefix *
guard_v6(const unsigned char addr[16])
{
	const struct prefix *p = v6, *in = NULL;

	while (!prefix_holds(p, addr))
		p++;
	if (p->inside != 0)
		in = inner(p, addr, p->inside);
	if (in != NULL && in->word == NULL && p->second != 0)
		in = inner(p, addr, p->second);
	if (in == NULL || in->word == NULL)
		return p;
	return p->word != NULL ? in : &embedded_private;
}

gboolean
guard_inner(const unsigned char addr[16], unsigned char out[4])
{
	const struct prefix *p = v6;

	while (!prefix_holds(p, addr))
		p++;
	if (p->inside == 0)
		return FALSE;
	inner_bytes(p, addr, p->inside, out);
	return TRUE;
}

static const struct prefix *
guard_find(const char *ip)
{
	unsigned char addr[16];

	if (ip == NULL)
		return &not_an_address;
	if (inet_pton(AF_INET, ip, addr) == 1)
		return guard_v4(addr);
	if (inet_pton(AF_INET6, ip, addr) == 1)
		return guard_v6(addr);
	return &not_an_address;
}

const char *
guard_address(const char *ip)
{
	return guard_find(ip)->word;
}

const char *
guard_bytes(const unsigned char *addr, size_t len)
{
	return len == 4 ? guard_v4(addr)->word : len == 16 ?
	    guard_v6(addr)->word : not_an_address.word;
}

const char *
guard_source(const char *ip)
{
	const struct prefix *p = guard_find(ip);

	return p->word != NULL ? p->source : NULL;
}

gboolean
guard_sockaddr(const struct sockaddr *sa, socklen_t len, const char **word)
{
	const struct prefix *p = &not_an_address;
	struct sockaddr_in sin;
	struct sockaddr_in6 sin6;

	if (sa != NULL && len >= sizeof(sin) && sa->sa_family == AF_INET) {
		memcpy(&sin, sa, sizeof(sin));
		p = guard_v4((const unsigned char *)&sin.sin_addr);
	} else if (sa != NULL && len >= sizeof(sin6) &&
	    sa->sa_family == AF_INET6) {
		memcpy(&sin6, sa, sizeof(sin6));
		p = guard_v6(sin6.sin6_addr.s6_addr);
	}
	if (word != NULL)
		*word = p->word;
	return p->word == NULL;
}

static void
text_v4(const unsigned char *addr, char *p)
{
	for (int i = 0; i < 4; i++) {
		unsigned n = addr[i];

		if (n >= 100)
			*p++ = (char)('0' + n / 100);
		if (n >= 10)
			*p++ = (char)('0' + n / 10 % 10);
		*p++ = (char)('0' + n % 10);
		*p++ = i < 3 ? '.' : '\0';
	}
}

int
addr_text(const unsigned char *addr, size_t len, char out[ADDR_TEXT])
{
	if (len == 4)
		text_v4(addr, out);
	else if (len != 16 ||
	    inet_ntop(AF_INET6, addr, out, ADDR_TEXT) == NULL)
		return -1;
	return 0;
}

int
addr_canonical(const char *in, char out[ADDR_TEXT])
{
	unsigned char addr[16];
	int family = AF_INET;

	if (in == NULL)
		return -1;
	if (inet_pton(AF_INET, in, addr) != 1) {
		family = AF_INET6;
		if (inet_pton(AF_INET6, in, addr) != 1)
			return -1;
	}
	return inet_ntop(family, addr, out, ADDR_TEXT) != NULL ? 0 : -1;
}

void
addr_reverse_name(const char *ip, GString *out)
{
	unsigned char a[16];
	int i;

	if (inet_pton(AF_INET, ip, a) == 1) {
		g_string_append_printf(out, "%u.%u.%u.%u.in-addr.arpa.",
		    a[3], a[2], a[1], a[0]);
	} else if (inet_pton(AF_INET6, ip, a) == 1) {
		for (i = 15; i >= 0; i--)
			g_string_append_printf(out, "%x.%x.",
			    a[i] & 15u, a[i] >> 4u);
		g_string_append(out, "ip6.arpa.");
	}
}
