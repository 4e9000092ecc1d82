#include "probes/shield.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "probes/guard.h"

struct address {
	uint8_t		 family;
	uint8_t		 bytes[16];
};

struct shield {
	GArray		*all;		/* struct address, sorted when closed */
};

static int
compare(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct address));
}

static struct address
address_of(int family, const uint8_t *bytes)
{
	struct address a = { .family = (uint8_t)family };

	memcpy(a.bytes, bytes, family == 4 ? 4 : 16);
	return a;
}

struct shield *
shield_new(void)
{
	struct shield *s = g_new0(struct shield, 1);

	s->all = g_array_new(FALSE, FALSE, sizeof(struct address));
	return s;
}

void
shield_free(struct shield *s)
{
	if (s == NULL)
		return;
	g_array_unref(s->all);
	g_free(s);
}

void
shield_add(struct shield *s, int family, const uint8_t *bytes)
{
	struct address a = address_of(family, bytes);

	g_array_append_val(s->all, a);
}

void
shield_close(struct shield *s)
{
	guint n = 0;

	g_array_sort(s->all, compare);
	for (guint i = 0; i < s->all->len; i++) {
		struct address *all = (struct address *)(void *)s->all->data;

		if (n == 0 || compare(&all[n - 1], &all[i]) != 0)
			all[n++] = all[i];
	}
	g_array_set_size(s->all, n);
}

size_t
shield_count(const struct shield *s)
{
	return s->all->len;
}

static gboolean
has(const struct shield *s, int family, const uint8_t *bytes)
{
	struct address a = address_of(family, bytes);

	return g_array_binary_search(s->all, &a, compare, NULL);
}

static gboolean
has_v6(const struct shield *s, const uint8_t *bytes)
{
	uint8_t inner[4];

	return has(s, 6, bytes) ||
	    (guard_inner(bytes, inner) && has(s, 4, inner));
}

gboolean
shield_holds(const struct shield *s, const char *ip)
{
	uint8_t a[16];

	if (s == NULL || ip == NULL)
		return FALSE;
	if (inet_pton(AF_INET, ip, a) == 1)
		return has(s, 4, a);
	return inet_pton(AF_INET6, ip, a) == 1 && has_v6(s, a);
}

gboolean
shield_sockaddr(const struct shield *s, const struct sockaddr *sa,
    socklen_t len)
{
	struct sockaddr_in sin;
	struct sockaddr_in6 sin6;

	if (s == NULL)
		return FALSE;
	if (sa->sa_family == AF_INET && len >= sizeof(sin)) {
		memcpy(&sin, sa, sizeof(sin));
		return has(s, 4, (const uint8_t *)&sin.sin_addr);
	}
	if (sa->sa_family != AF_INET6 || len < sizeof(sin6))
		return FALSE;
	memcpy(&sin6, sa, sizeof(sin6));
	return has_v6(s, sin6.sin6_addr.s6_addr);
}
