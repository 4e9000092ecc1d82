#include <string.h>

#include "probes/pace.h"

#define NS_PER_MS	INT64_C(1000000)
#define KEY_MOST	300	/* a kind, and a host name of 253 bytes */
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

struct pace_server {
	char		*key;		/* "kind server" */
	enum probe_kind	 kind;
	int64_t		 apart;		/* ns between two beginnings */
	guint		 held;		/* questions in line or under way */
	guint		 busy;		/* under way */
	int64_t		 next;		/* not before */
};

struct pace {
	const struct limits	*limits;
	GHashTable		*servers;	/* key -> struct pace_server */
};

static void
server_free(void *p)
{
	struct pace_server *s = p;

	g_free(s->key);
	g_free(s);
}

struct pace *
pace_new(const struct limits *limits)
{
	struct pace *p = g_new0(struct pace, 1);

	p->limits = limits;
	p->servers = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
	    server_free);
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

/* A host name that is too long to be one is cut. */
static void
server_key(const struct question *q, char *out, size_t most)
{
	gboolean named = manners[q->kind].registry && *q->host != '\0';
	const char *host = named ? q->host : q->server;
	size_t n = g_strlcpy(out, probe_kind_name(q->kind), most);

	out[n++] = ' ';
	while (*host != '\0' && n + 1 < most)
		out[n++] = g_ascii_tolower(*host++);
	out[n] = '\0';
}

static int64_t
apart_ns(const struct pace *p, const struct question *q)
{
	enum limit apart = manners[q->kind].apart;
	int64_t ms = apart != NOT_APART ? p->limits->value[apart] : 0;

	for (size_t i = 0; i < G_N_ELEMENTS(stated); i++)
		if (manners[q->kind].registry &&
		    g_ascii_strcasecmp(stated[i].host, q->host) == 0)
			ms = MAX(ms, stated[i].ms);
	return ms * NS_PER_MS;
}

/* One that nobody asks, and whose time has come, is as one never asked. */
static gboolean
is_over(void *key, void *value, void *now)
{
	const struct pace_server *s = value;

	(void)key;
	return s->held == 0 && s->next <= *(const int64_t *)now;
}

struct pace_server *
pace_server(struct pace *p, const struct question *q)
{
	char key[KEY_MOST];
	struct pace_server *s;

	if (!manners[q->kind].network)
		return NULL;
	server_key(q, key, sizeof(key));
	s = g_hash_table_lookup(p->servers, key);
	if (s == NULL) {
		s = g_new0(struct pace_server, 1);
		s->key = g_strdup(key);
		s->kind = q->kind;
		s->apart = apart_ns(p, q);
		g_hash_table_insert(p->servers, s->key, s);
	}
	s->held++;
	return s;
}

void
pace_leave(struct pace *p, struct pace_server *s, int64_t now)
{
	if (s == NULL)
		return;
	s->held--;
	if (is_over(NULL, s, &now))
		g_hash_table_remove(p->servers, s->key);
	else if (g_hash_table_size(p->servers) > SERVERS_SWEPT)
		g_hash_table_foreach_remove(p->servers, is_over, &now);
}

int64_t
pace_when(const struct pace *p, const struct pace_server *s)
{
	if (s == NULL)
		return 0;
	return (int64_t)s->busy >= p->limits->value[manners[s->kind].most] ?
	    PACE_NOT_NOW : s->next;
}

gboolean
pace_idle(const struct pace_server *s)
{
	return s == NULL || s->busy == 0;
}

/* Where the number at once is bound enough, a beginning delays nobody: as many
 * as may be under way begin in one turn. */
void
pace_begin(struct pace_server *s, int64_t now)
{
	if (s == NULL)
		return;
	s->busy++;
	if (s->apart > 0)
		s->next = MAX(s->next, now + s->apart);
}

void
pace_end(struct pace_server *s)
{
	if (s != NULL)
		s->busy--;
}

void
pace_wait(struct pace_server *s, int64_t until)
{
	if (s != NULL)
		s->next = MAX(s->next, until);
}
