/*
 * ip.chain: the networks in which an address lies, the smallest first.
 * geofeed.place: the line of a network's own file that holds an address.
 *
 * A network above is asked for once, by its prefix, for all addresses in it;
 * here each address finds those that hold it.
 */

#include <string.h>

#include "probes/ip_range.h"
#include "probes/join_priv.h"

#define CHAIN	8	/* networks of one address */

struct link {
	const struct fact	*network, *holder;
	struct ip_range		 range;
};

static gboolean
network_range(const struct fact *f, struct ip_range *range)
{
	return ip_range_ends(fact_str(f, "start"), fact_str(f, "end"), range);
}

static const struct fact *
holder_of(const struct join *j, const struct fact *network)
{
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (f->kind == FACT_IP_HOLDER &&
		    fact_source(f) == fact_source(network))
			return f;
	}
	return NULL;
}

/* One network may come as the answer about many addresses. */
static gboolean
is_there(const GArray *links, const struct ip_range *range)
{
	for (guint i = 0; i < links->len; i++)
		if (memcmp(&g_array_index(links, struct link, i).range, range,
		    sizeof *range) == 0)
			return TRUE;
	return FALSE;
}

static gint
smaller_first(gconstpointer a, gconstpointer b)
{
	const struct link *x = a, *y = b;

	return ip_range_larger(&x->range, &y->range);
}

/* Its own network, and those above one that hold it. */
static GArray *
links_of(const struct join *j, const char *ip)
{
	GArray *links = g_array_new(FALSE, FALSE, sizeof(struct link));
	struct ip_range one;

	if (!ip_prefix(ip, &one))
		return links;
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];
		struct link l = { .network = f };

		if (f->kind != FACT_IP_NETWORK ||
		    (fact_int(f, "position", 0) == 0 &&
		    strcmp(f->subject, ip) != 0) ||
		    !network_range(f, &l.range) ||
		    !ip_range_holds(&l.range, &one) ||
		    is_there(links, &l.range))
			continue;
		l.holder = holder_of(j, f);
		g_array_append_val(links, l);
	}
	g_array_sort(links, smaller_first);
	return links;
}

static void
copy(json_t *to, const struct fact *f, const char *field, const char *as)
{
	json_t *v = f != NULL ? fact_get(f, field) : NULL;

	json_object_set(to, as, v);
	if (v == NULL)
		json_object_set_new(to, as, json_string(""));
}

static void
chain_fact(struct join *j, const char *ip, const struct link *l, guint at,
    gboolean last)
{
	static const char *const fields[] = {
		"start", "end", "cidr", "name", "handle", "type", "rir", "nir",
		"server",
	};
	json_t *v = json_object();
	struct fact *f;

	json_object_set_new(v, "position", json_integer(at));
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		copy(v, l->network, fields[i], fields[i]);
	copy(v, l->holder != NULL ? l->holder : l->network, "relation",
	    "relation");
	copy(v, l->holder, "org", "holder");
	copy(v, l->holder, "handle", "holder_handle");
	copy(v, l->holder, "country", "country");
	json_object_set_new(v, "last", json_boolean(last));
	f = join_fact(j, FACT_IP_CHAIN, ip, v);
	join_rests_on(f, l->network);
	if (l->holder != NULL)
		join_rests_on(f, l->holder);
}

/* The line of the longest prefix that holds the address. */
static const struct fact *
feed_line(const struct join *j, const char *ip)
{
	const struct fact *best = NULL;
	struct ip_range one, range, held;

	if (!ip_prefix(ip, &one))
		return NULL;
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (f->kind == FACT_GEOFEED_LINE &&
		    ip_prefix(f->subject, &range) &&
		    ip_range_holds(&range, &one) && (best == NULL ||
		    ip_range_larger(&held, &range) > 0)) {
			best = f;
			held = range;
		}
	}
	return best;
}

static void
feed_fact(struct join *j, const char *ip)
{
	static const char *const fields[] = {
		"country", "region", "city", "postcode", "url", "within",
	};
	const struct fact *line = feed_line(j, ip);
	json_t *v;

	if (line == NULL)
		return;
	v = json_pack("{s:s, s:s}", "prefix", line->subject, "whose",
	    "the network's own claim");
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		copy(v, line, fields[i], fields[i]);
	join_rests_on(join_fact(j, FACT_GEOFEED_PLACE, ip, v), line);
}

void
join_networks(struct join *j)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];
		g_autoptr(GArray) links = NULL;

		if (f->kind != FACT_IP_NETWORK ||
		    fact_int(f, "position", 0) != 0 ||
		    !g_hash_table_add(seen, f->subject))
			continue;
		links = links_of(j, f->subject);
		for (guint k = 0; k < MIN(links->len, CHAIN); k++)
			chain_fact(j, f->subject, &g_array_index(links,
			    struct link, k), k, k + 1 == links->len);
		feed_fact(j, f->subject);
	}
}
