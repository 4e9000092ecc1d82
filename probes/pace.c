#include <string.h>

#include "probes/pace.h"

#define NS_PER_MS	INT64_C(1000000)
#define SERVERS_SWEPT	512	/* servers remembered before idle ones go */

#define NOT_APART	LIMITS		/* the number at once is bound enough */

/* Of each kind: how many at once, and how far apart. */
static const struct manner {
	gboolean	 network, registry;
	enum limit	 most, apart;
} manners[PROBE_KINDS] = {
	[PROBE_DNS] = { TRUE, FALSE, LIMIT_DNS_INFLIGHT, NOT_APART },
	[PROBE_RDAP] = { TRUE, TRUE, LIMIT_RDAP_SERVER, LIMIT_PACE_RDAP },
	[PROBE_WHOIS] = { TRUE, TRUE, LIMIT_WHOIS_SERVER, LIMIT_PACE_WHOIS },
	[PROBE_TLS] = { TRUE, FALSE, LIMIT_PER_SERVER, LIMIT_PACE_PAGES },
	[PROBE_HTTP] = { TRUE, FALSE, LIMIT_PER_SERVER, LIMIT_PACE_PAGES },
};

/* What registries say they bear. */
static const struct {
	const char	*host;
	int64_t		 ms;
} stated[] = {
	/* "only 1 request per second allowed", in its refusal */
	{ "whois.domain-registry.nl", 1000 },
	/* "Rate Limit is maxed at 10 queries per 1 minutes.", in a notice */
	{ "rdap.lacnic.net", 6000 },
	{ "whois.lacnic.net", 6000 },
};

struct server {
	guint	 busy;
	int64_t	 next;		/* not before */
};

struct pace {
	const struct limits	*limits;
	GHashTable		*servers;	/* "kind server" -> struct server */
};

struct pace *
pace_new(const struct limits *limits)
{
	struct pace *p = g_new0(struct pace, 1);

	p->limits = limits;
	p->servers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    g_free);
	return p;
}

void
pace_free(struct pace *p)
{
	if (p == NULL)
		return;
	g_hash_table_unref(p->servers);
	g_free(p);
}

static char *
server_key(const struct question *q)
{
	gboolean named = manners[q->kind].registry && *q->host != '\0';
	g_autofree char *host = g_ascii_strdown(named ? q->host : q->server,
	    -1);

	return g_strconcat(probe_kind_name(q->kind), " ", host, NULL);
}

int64_t
pace_when(const struct pace *p, const struct question *q)
{
	const struct manner *m = &manners[q->kind];
	g_autofree char *key = NULL;
	const struct server *s;

	if (!m->network)
		return 0;
	key = server_key(q);
	s = g_hash_table_lookup(p->servers, key);
	if (s == NULL)
		return 0;
	return (int64_t)s->busy >= p->limits->value[m->most] ? PACE_NOT_NOW :
	    s->next;
}

static struct server *
server_of(struct pace *p, const struct question *q)
{
	g_autofree char *key = server_key(q);
	struct server *s = g_hash_table_lookup(p->servers, key);

	if (s == NULL) {
		s = g_new0(struct server, 1);
		g_hash_table_insert(p->servers, g_steal_pointer(&key), s);
	}
	return s;
}

static int64_t
apart_ns(const struct pace *p, const struct question *q)
{
	enum limit apart = manners[q->kind].apart;
	int64_t ms = apart != NOT_APART ? p->limits->value[apart] : 0;

	for (size_t i = 0; i < G_N_ELEMENTS(stated); i++)
		if (g_ascii_strcasecmp(stated[i].host, q->host) == 0)
			ms = MAX(ms, stated[i].ms);
	return ms * NS_PER_MS;
}

/* An idle server whose time has come is a new one. */
static gboolean
is_idle(void *key, void *value, void *arg)
{
	const struct server *s = value;

	(void)key;
	return s->busy == 0 && s->next <= *(const int64_t *)arg;
}

void
pace_begin(struct pace *p, const struct question *q, int64_t now)
{
	struct server *s;

	if (!manners[q->kind].network)
		return;
	if (g_hash_table_size(p->servers) > SERVERS_SWEPT)
		g_hash_table_foreach_remove(p->servers, is_idle, &now);
	s = server_of(p, q);
	s->busy++;
	s->next = MAX(s->next, now + apart_ns(p, q));
}

void
pace_end(struct pace *p, const struct question *q, int64_t now)
{
	struct server *s;

	if (!manners[q->kind].network)
		return;
	s = server_of(p, q);
	s->busy--;
	if (is_idle(NULL, s, &now)) {
		g_autofree char *key = server_key(q);

		g_hash_table_remove(p->servers, key);
	}
}

void
pace_wait(struct pace *p, const struct question *q, int64_t until)
{
	struct server *s = server_of(p, q);

	s->next = MAX(s->next, until);
}
