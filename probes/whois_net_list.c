/*
 * Networks that stand in no block of their own: ARIN's list of several, and what
 * TWNIC writes above one.
 */

#include <string.h>

#include "probes/whois_net_priv.h"

/* "Kino Alfa, LLC KINO-NET (NET-192-0-2-0-1) 192.0.2.0 - 192.0.2.255": who, what
 * it is called, its handle and its range. */
struct listed {
	char		*org, *name, *handle;
	struct range	 range;
};

static void
listed_clear(struct listed *l)
{
	g_clear_pointer(&l->org, g_free);
	g_clear_pointer(&l->name, g_free);
	g_clear_pointer(&l->handle, g_free);
}

static char *
line_text(const struct net *n, guint i)
{
	const struct whois_line *l = whois_line(&n->w->text, i);

	return g_strstrip(whois_utf8(&n->w->text, l->offset,
	    MIN(l->len, WHOIS_VALUE)));
}

/* Until about 2010 the range stood in the line below. */
static gboolean
read_listed(const struct net *n, guint i, struct listed *l)
{
	g_autofree char *s = line_text(n, i), *below = NULL;
	char *open = strstr(s, " (NET"), *close, *name;

	if (open == NULL || (close = strchr(open, ')')) == NULL ||
	    g_ascii_isspace(*s) || strstr(open, "NET-") == NULL)
		return FALSE;
	*open = *close = '\0';
	if ((name = strrchr(s, ' ')) == NULL)
		return FALSE;
	if (close[1] == '\0' && i + 1 < n->w->text.lines->len)
		below = line_text(n, i + 1);
	if (!whois_range_read(below != NULL ? below : close + 1, &l->range))
		return FALSE;
	*name = '\0';
	l->org = g_strdup(g_strstrip(s));
	l->name = g_strdup(name + 1);
	l->handle = g_strdup(open + 2);
	return TRUE;
}

static void
take(struct net *n, struct listed *l)
{
	n->range = l->range;
	n->found = TRUE;
	n->line = n->start = n->w->text.lines->len;
	g_free(n->values[ORG]);
	g_free(n->values[NAME]);
	g_free(n->values[HANDLE]);
	n->values[ORG] = g_steal_pointer(&l->org);
	n->values[NAME] = g_steal_pointer(&l->name);
	n->values[HANDLE] = g_steal_pointer(&l->handle);
}

gboolean
whois_net_listed(struct net *n)
{
	struct range ip;

	if (!whois_address(n->w->subject, ip.from))
		return FALSE;
	memcpy(ip.to, ip.from, sizeof(ip.to));
	for (guint i = 0; i < n->w->text.lines->len; i++) {
		struct listed l = { 0 };

		if (read_listed(n, i, &l) &&
		    whois_range_inside(&ip, &l.range) &&
		    (!n->found || whois_range_inside(&l.range, &n->range)))
			take(n, &l);
		listed_clear(&l);
	}
	return n->found;
}

/* Its first line is who. */
void
whois_net_above(struct net *n)
{
	const char *host = n->w->x->q->host;
	const struct whois_line *l;

	if (g_ascii_strcasecmp(host, "whois.twnic.net") != 0 &&
	    g_ascii_strcasecmp(host, "whois.twnic.net.tw") != 0)
		return;
	for (guint i = 0; i < n->line && n->values[ORG] == NULL; i++) {
		g_autofree char *s = NULL;

		l = whois_line(&n->w->text, i);
		if (whois_line_empty(l))
			continue;
		s = line_text(n, i);
		if (l->key_len > 0 || strchr("%#[", *s) != NULL)
			return;
		n->values[ORG] = g_steal_pointer(&s);
	}
}
