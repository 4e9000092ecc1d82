#include <string.h>

#include "reports/role_priv.h"

/*
 * Signs of delivery networks, one of a kind at most:
 *	alias	a name of the chain that leads to the address lies under a suffix
 *		of the network
 *	network	the address is in the network's own published ranges (a dated
 *		list), or is allocated to it, or announced by it: these three
 *		say one thing, that the address is the network's, and count once
 *	header	a response from the address has a header of the network
 *	cert	a certificate that the address showed names the network
 * Name servers are no sign.  Two kinds that name the same network agree.
 */

enum sign { SIGN_ALIAS, SIGN_NETWORK, SIGN_HEADER, SIGN_CERT, SIGNS };

struct signs {
	const struct delivery	*of[SIGNS];
	const struct fact	*fact[SIGNS];
	gboolean		 weak;	/* network: sells hosting too, no list */
};

/* ---- who sent what ---------------------------------------------------------- */

static void
index_first(GHashTable *t, char *ip, struct fact *f)
{
	if (g_hash_table_contains(t, ip))
		g_free(ip);
	else
		g_hash_table_insert(t, ip, f);
}

/* The first header that names a network stands for its address. */
static void
index_header(struct building *b, struct fact *f)
{
	const struct log_row *row;
	const char *hash;

	if (delivery_by_header(fact_str(f, "name"),
	    fact_str(f, "value")) == NULL ||
	    (row = run_row(b->run, fact_source(f))) == NULL ||
	    (hash = strchr(row->remote, '#')) == NULL)
		return;
	index_first(b->headers, g_strndup(row->remote,
	    (gsize)(hash - row->remote)), f);
}

static const struct delivery *
cert_delivery(const struct fact *f)
{
	json_t *names = fact_get(f, "names"), *name;
	size_t i;

	json_array_foreach(names, i, name) {
		const struct delivery *d = json_is_string(name) ?
		    delivery_by_cert(json_string_value(name)) : NULL;

		if (d != NULL)
			return d;
	}
	return NULL;
}

/* Subject "name@ip": the certificate that was shown at the address. */
static void
index_cert(struct building *b, struct fact *f)
{
	const char *at = strrchr(f->subject, '@');

	if (at != NULL && fact_int(f, "depth", -1) == 0 &&
	    cert_delivery(f) != NULL)
		index_first(b->certs, g_strdup(at + 1), f);
}

void
edge_index(struct building *b, struct fact *f)
{
	if (f->kind == FACT_HTTP_HEADER)
		index_header(b, f);
	else if (f->kind == FACT_TLS_CERT)
		index_cert(b, f);
}

/* ---- whose network ------------------------------------------------------------ */

static void
sign(struct signs *s, enum sign kind, const struct delivery *d,
    const struct fact *f)
{
	if (d == NULL || s->of[kind] != NULL)
		return;
	s->of[kind] = d;
	s->fact[kind] = f;
}

static void
sign_network(struct signs *s, const struct role_row *r)
{
	for (guint i = 0; i < r->listed->len; i++) {
		const struct fact *f = r->listed->pdata[i];

		if (f->kind == FACT_IP_LISTED &&
		    strcmp(fact_str(f, "what"), "cdn") == 0)
			sign(s, SIGN_NETWORK,
			    delivery_by_name(fact_str(f, "provider")), f);
	}
	if (s->of[SIGN_NETWORK] != NULL)
		return;
	sign(s, SIGN_NETWORK, delivery_by_holder(
	    r->holder != NULL ? fact_str(r->holder, "org") : "",
	    r->network != NULL ? fact_str(r->network, "name") : ""),
	    r->holder != NULL ? r->holder : r->network);
	for (guint i = 0; i < r->origins->len; i++) {
		const struct fact *f = r->origins->pdata[i];

		sign(s, SIGN_NETWORK, delivery_by_as(
		    (unsigned)fact_int(f, "asn", 0)), f);
	}
	s->weak = s->of[SIGN_NETWORK] != NULL && s->of[SIGN_NETWORK]->hosts;
}

static void
sign_all(struct building *b, struct role_row *r, struct signs *s)
{
	const struct fact *alias = g_hash_table_lookup(b->aliases, r->name);
	const struct fact *header = g_hash_table_lookup(b->headers, r->ip);
	const struct fact *cert = g_hash_table_lookup(b->certs, r->ip);

	if (alias != NULL)
		sign(s, SIGN_ALIAS, delivery_by_alias(fact_str(alias, "to")),
		    alias);
	if (header != NULL)
		sign(s, SIGN_HEADER, delivery_by_header(fact_str(header,
		    "name"), fact_str(header, "value")), header);
	if (cert != NULL)
		sign(s, SIGN_CERT, cert_delivery(cert), cert);
	sign_network(s, r);
}

/* ---- what they come to ---------------------------------------------------------- */

/* The network that two signs name, NULL where none. */
static const struct delivery *
agreed(const struct signs *s)
{
	for (int a = 0; a < SIGNS; a++)
		for (int k = a + 1; k < SIGNS; k++)
			if (s->of[a] != NULL && s->of[a] == s->of[k])
				return s->of[a];
	return NULL;
}

/* The one sign that there is; what a response says counts before the rest. */
static enum sign
alone(const struct signs *s)
{
	static const enum sign order[] = { SIGN_HEADER, SIGN_ALIAS, SIGN_CERT };

	for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
		if (s->of[order[i]] != NULL)
			return order[i];
	return s->of[SIGN_NETWORK] != NULL && !s->weak ? SIGN_NETWORK : SIGNS;
}

static void
rest_on(struct role_row *r, const struct fact *f)
{
	if (f != NULL && !packed_has(r->facts, f))
		packed_add(&r->facts, f);
}

/* An edge is one whatever name leads to it; and where a name leads to an edge, its
 * other addresses in the network that is named have two signs as well: their
 * own, and that the name is served by it. */
static gboolean
is_like(const struct role_row *r, const struct role_row *edge)
{
	if (r->role != ROLE_HOST || edge->role != ROLE_CDN_EDGE)
		return FALSE;
	if (strcmp(r->ip, edge->ip) == 0)
		return TRUE;
	return r->delivery == edge->delivery &&
	    strcmp(r->name, edge->name) == 0 &&
	    strcmp(r->target, edge->target) == 0;
}

void
edge_spread(struct building *b)
{
	guint n = b->rows->len;

	/* Twice: www may lead where the name does, and that one further. */
	for (guint i = 0; i < 2 * n; i++) {
		const struct role_row *edge =
		    b->rows->pdata[i < n ? i : i - n];

		for (guint k = 0; k < n; k++) {
			struct role_row *r = b->rows->pdata[k];

			if (!is_like(r, edge))
				continue;
			r->role = ROLE_CDN_EDGE;
			r->delivery = edge->delivery;
			for (guint f = 0; f < edge->facts->len; f++)
				rest_on(r, edge->facts->pdata[f]);
		}
	}
}

void
edge_row(struct building *b, struct role_row *r)
{
	struct signs s = { 0 };
	const struct delivery *d;
	enum sign one;

	if (r->role != ROLE_HOST)
		return;
	sign_all(b, r, &s);
	d = agreed(&s);
	one = alone(&s);
	if (d == NULL && one == SIGNS)
		return;
	if (d == NULL)
		d = s.of[one];
	else if (!d->platform)
		r->role = ROLE_CDN_EDGE;
	if (d->platform)
		r->platform = d->name;
	else
		r->delivery = d->name;
	for (int i = 0; i < SIGNS; i++)
		if (s.of[i] == d)
			rest_on(r, s.fact[i]);
}
