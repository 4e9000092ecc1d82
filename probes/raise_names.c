/* What raises what: names in the zone of the target. */

#include <string.h>

#include "probes/dkim_selector.h"
#include "probes/dns.h"
#include "probes/dns_other.h"
#include "probes/raise_priv.h"
#include "probes/seam.h"

#define SERVERS_MOST	64	/* addresses of servers asked, a target */
#define INCLUDES_MOST	10	/* RFC 7208 4.6.4 */
#define RANDOM_NAMES	2	/* beside a name of the target's */

/* Only a server of the target's own zone is looked into; the servers of other
 * zones on the way are asked and recorded. */
static gboolean
own_zone(const struct raiser *r, const char *subject)
{
	return strcmp(subject, r->registrable) == 0 ||
	    strcmp(subject, r->name) == 0;
}

void
fact_name_server(struct raiser *r, const struct fact *f)
{
	const char *ns = fact_str(f, "ns");

	if (!own_zone(r, f->subject) || *ns == '\0')
		return;
	r->want(r, ns, "A", PURPOSE_NS, "dns.ns");
	r->want(r, ns, "AAAA", PURPOSE_NS, "dns.ns");
	r->ask(r, &(struct wish){ .kind = PROBE_LOCAL, .name = ns,
	    .type = "listed-ns", .rule = "dns.ns.lists" });
}

/* --- every server of the zone, at every address ------------------------------- */

static gboolean
recursive(const struct raiser *r)
{
	return r->set != NULL && r->set->recursive != NULL;
}

static void
ask_server(struct raiser *r, const char *name, const char *type,
    const char *ns, const char *ip, const char *options, const char *rule)
{
	const char *domain = *r->registrable != '\0' ? r->registrable :
	    r->name;
	g_autofree char *fqdn = g_strconcat(name, ".", NULL);
	g_autofree char *note = recursive(r) ? g_strdup(NOTE_RECURSIVE) :
	    g_strconcat(DNS_ZONE_NOTE, domain, ".", NULL);

	r->ask(r, &(struct wish){ .kind = PROBE_DNS, .name = fqdn,
	    .type = type, .host = ns, .server = ip, .port = recursive(r) ?
	    dns_server_port(r->set->recursive, ip) : PORT_DNS, .note = note,
	    .options = options, .rule = rule });
}

static guint
servers_asked(const struct raiser *r)
{
	GHashTableIter it;
	guint n = 0;
	void *key;

	g_hash_table_iter_init(&it, r->seen);
	while (g_hash_table_iter_next(&it, &key, NULL))
		n += g_str_has_prefix(key, "server ") ? 1 : 0;
	return n;
}

/* SOA first: a server that is silent or lame for it is not asked the rest. */
void
raise_server(struct raiser *r, const char *ns, const char *ip)
{
	/* Where the case names resolvers, they are asked and nobody else. */
	if (*r->registrable == '\0' || recursive(r) ||
	    servers_asked(r) >= SERVERS_MOST ||
	    !raise_once(r, "server", ip))
		return;
	ask_server(r, r->registrable, "SOA", ns, ip, "", "dns.server");
}

void
fact_glue(struct raiser *r, const struct fact *f)
{
	const json_t *ip;
	size_t i;

	if (strcmp(f->subject, r->registrable) != 0)
		return;
	json_array_foreach(fact_get(f, "ips"), i, ip)
		raise_server(r, fact_str(f, "ns"), json_string_value(ip));
}

/* What must be equal on all of them, in the way that gave the SOA. */
void
fact_authority(struct raiser *r, const struct fact *f)
{
	static const char *const types[] = { "NS", "MX", "TXT" };
	static const char *const addresses[] = { "A", "AAAA" };
	const struct question *q = r->x->q;

	if (strcmp(f->subject, r->registrable) != 0 || recursive(r) ||
	    strcmp(q->type, "SOA") != 0 ||
	    !raise_once(r, "each", q->server))
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
		ask_server(r, r->registrable, types[i], q->host, q->server,
		    q->options, "dns.each");
	for (size_t i = 0; i < G_N_ELEMENTS(addresses); i++)
		ask_server(r, r->name, addresses[i], q->host, q->server,
		    q->options, "dns.each");
}

/* The next rung of the ladder.  A silent server gets the whole of it once, for
 * SOA: silence costs its time-out on each rung. */
void
fact_rung(struct raiser *r, const struct fact *f)
{
	const struct question *q = r->x->q;

	if (*fact_str(f, "next") == '\0' || !own_zone(r, f->subject))
		return;
	if (strcmp(fact_str(f, "gave"), "no answer") == 0 &&
	    strcmp(q->type, "SOA") != 0)
		return;
	r->ask(r, &(struct wish){ .kind = PROBE_DNS, .name = q->name,
	    .type = q->type, .host = q->host, .server = q->server,
	    .port = q->port, .note = q->note, .options = fact_str(f, "next"),
	    .rule = "dns.rung" });
}

/* --- the target's addresses, whoever gave them ------------------------------------ */

/* Sixteen letters that nobody has made a name of. */
static char *
random_label(void)
{
	uint8_t b[16];
	char s[sizeof(b) + 1];

	random_bytes(b, sizeof(b));
	for (size_t i = 0; i < sizeof(b); i++)
		s[i] = (char)('a' + b[i] % 26);
	s[sizeof(b)] = '\0';
	return g_strdup(s);
}

/* As the answer at hand was got, with the label's word. */
static char *
random_options(const struct raiser *r, const char *word)
{
	const struct question *q = r->x->q;

	return g_strconcat(strstr(q->options, "edns=none") != NULL ?
	    "edns=none " : "", word, recursive(r) ? " rd" : "",
	    strstr(q->options, "tcp") != NULL ? " tcp" : "", NULL);
}

static void
ask_label(struct raiser *r, const char *label, const char *parent,
    const char *type, const char *word)
{
	const struct question *q = r->x->q;
	g_autofree char *name = g_strconcat(label, ".", parent, NULL);
	g_autofree char *options = random_options(r, word);

	ask_server(r, name, type, q->host, q->server, options, "dns.random");
}

/* One that is answered for may be chance, or the server's way with one name; two
 * with the same answer are not. */
static void
ask_random(struct raiser *r, const char *parent)
{
	if (!raise_once(r, "random", parent))
		return;
	for (int i = 0; i < RANDOM_NAMES; i++) {
		g_autofree char *label = random_label();

		ask_label(r, label, parent, "A", "label=random");
	}
}

/*
 * A random name is there, and no signature shows a wildcard.  Who answers for a
 * name below .invalid as well (RFC 6761 6.4) answers for what does not exist: a
 * resolver, or something on the way, that sends visitors elsewhere.  A name with
 * no IPv4 address may have another.
 */
void
fact_random(struct raiser *r, const struct fact *f)
{
	const char *label = fact_str(f, "label");

	if (!json_is_true(fact_get(f, "there")) ||
	    json_is_true(fact_get(f, "signed")))
		return;
	if (raise_once(r, "invalid", r->x->q->server)) {
		g_autofree char *other = random_label();

		ask_label(r, other, "invalid", "A", "label=invalid");
	}
	if (strcmp(fact_str(f, "type"), "A") == 0 && *label != '\0' &&
	    json_array_size(fact_get(f, "ips")) == 0 &&
	    *fact_str(f, "to") == '\0')
		ask_label(r, label, f->subject, "AAAA", "label=random");
}

void
fact_own_address(struct raiser *r, const struct fact *f)
{
	const char *dot = strchr(r->name, '.');

	if (strcmp(f->subject, r->name) != 0 || r->x == NULL ||
	    r->x->q->kind != PROBE_DNS)
		return;
	raise_address(r, r->name, fact_str(f, "ip"), PURPOSE_TARGET);
	if (*r->registrable == '\0')
		return;
	ask_random(r, r->registrable);
	if (dot != NULL && strlen(dot + 1) > strlen(r->registrable))
		ask_random(r, dot + 1);
}

/* --- CAA, SPF ----------------------------------------------------------------------- */

/* RFC 8659 3: the name above, up to the top-level domain. */
void
fact_absent(struct raiser *r, const struct fact *f)
{
	const char *dot = strchr(f->subject, '.');

	if (strcmp(fact_str(f, "type"), "CAA") != 0 || dot == NULL ||
	    !raise_once(r, "caa", dot + 1))
		return;
	r->want(r, dot + 1, "CAA", 0, "dns.caa");
}

static void
follow_spf(struct raiser *r, const char *from, const char *to)
{
	g_autofree char *a = g_strconcat("spf ", from, NULL);
	g_autofree char *b = g_strconcat("spf ", to, NULL);

	/* Macros (RFC 7208 7) make a name of each mail's sender. */
	if (*to == '\0' || strchr(to, '%') != NULL || !r->hop(r, a, b))
		return;
	r->want(r, to, "TXT", 0, "dns.spf");
}

/* Whoever sends mail, or takes it, may sign it: which selectors a domain has cannot
 * be asked, so the usual ones are tried (dkim_selector.h). */
static void
raise_selectors(struct raiser *r, const char *domain)
{
	gint64 most = r->limits->value[LIMIT_DNS_SELECTORS];
	char *selector;

	if (!raise_once(r, "dkim", domain))
		return;
	for (guint i = 0; i < most && (selector = dkim_selector(i)) != NULL;
	    i++) {
		g_autofree char *name = g_strconcat(selector, "._domainkey.",
		    domain, NULL);

		r->want(r, name, "TXT", 0, "dns.dkim");
		g_free(selector);
	}
}

/* "v=spf1 -all" says that there is no mail. */
static gboolean
names_senders(const struct fact *f)
{
	static const char *const lists[] = { "includes", "ip4", "ip6", "a",
		"mx" };

	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		if (json_array_size(fact_get(f, lists[i])) > 0)
			return TRUE;
	return *fact_str(f, "redirect") != '\0';
}

void
fact_spf(struct raiser *r, const struct fact *f)
{
	const json_t *to;
	size_t i;

	if (own_zone(r, f->subject) && names_senders(f))
		raise_selectors(r, f->subject);

	json_array_foreach(fact_get(f, "includes"), i, to) {
		g_autofree char *name = g_ascii_strdown(
		    json_string_value(to), -1);

		if (i < INCLUDES_MOST)
			follow_spf(r, f->subject, name);
	}
	follow_spf(r, f->subject, fact_str(f, "redirect"));
}

/* --- mail --------------------------------------------------------------------------- */

void
fact_mail_server(struct raiser *r, const struct fact *f)
{
	const char *mx = fact_str(f, "exchange");

	/* RFC 7505: a single dot says that there is no mail. */
	if (!own_zone(r, f->subject) || *mx == '\0')
		return;
	r->want(r, mx, "A", PURPOSE_MX, "dns.mx");
	r->want(r, mx, "AAAA", PURPOSE_MX, "dns.mx");
	raise_selectors(r, f->subject);
}
