/*
 * Networks, as the five regional registries and the national ones below them
 * give them in WHOIS: the same kinds of facts as RDAP's, from another server.
 *
 * Of several networks in one answer the smallest that holds the address is
 * read (ARIN, asked "n + ", writes the least specific first).  Whom a network is
 * allocated to stands in its organisation object, else in its first "descr".
 * The country of a network or of its holder is no place.
 */

#include <string.h>

#include "probes/ip_range.h"
#include "probes/whois_net_priv.h"

#define EMAIL	320	/* bytes */

static const struct {
	const char	*host, *rir;
} registries[] = {
	{ "whois.ripe.net", "RIPE NCC" }, { "whois.arin.net", "ARIN" },
	{ "whois.apnic.net", "APNIC" }, { "whois.lacnic.net", "LACNIC" },
	{ "whois.afrinic.net", "AFRINIC" }, { "whois.registro.br", "NIC.br" },
	{ "whois.nic.ad.jp", "JPNIC" }, { "whois.kisa.or.kr", "KRNIC" },
	{ "whois.krnic.net", "KRNIC" }, { "whois.nic.or.kr", "KRNIC" },
	{ "whois.twnic.net", "TWNIC" }, { "whois.twnic.net.tw", "TWNIC" },
	{ "whois.idnic.net", "IDNIC" }, { "whois.irinn.in", "IRINN" },
	{ "whois.vnnic.vn", "VNNIC" },
};

/* What each registry calls it; RWhois (RFC 2167) writes "network:" before. */
static const struct {
	const char	*key;
	enum what	 what;
} keys[] = {
	{ "netrange", START }, { "inetnum", START }, { "inet6num", START },
	{ "ipv4 address", START }, { "ipv6 address", START },
	{ "network number", START }, { "ip-network", START },
	{ "ip-network-block", START }, { "netblock", START },
	{ "ipネットワークアドレス", START },
	{ "cidr", CIDR },
	{ "netname", NAME }, { "network name", NAME }, { "network-name", NAME },
	{ "service name", NAME }, { "ネットワーク名", NAME },
	{ "nethandle", HANDLE }, { "id", HANDLE },
	{ "parent", PARENT }, { "nettype", TYPE }, { "status", TYPE },
	{ "network type", TYPE }, { "country", COUNTRY },
	{ "country-code", COUNTRY },
	{ "orgname", ORG }, { "org-name", ORG }, { "owner", ORG },
	{ "organization name", ORG }, { "custname", ORG },
	{ "organization", ORG }, { "customer", ORG },
	{ "orgid", ORG_REF }, { "org", ORG_REF }, { "ownerid", ORG_REF },
	{ "descr", DESCR }, { "組織名", DESCR },
	{ "orgabuseemail", ABUSE }, { "abuse-mailbox", ABUSE },
	{ "rabuseemail", ABUSE }, { "abuse", ABUSE },
	{ "abuse-contact", ABUSE },
	{ "regdate", CREATED }, { "created", CREATED },
	{ "assigned date", CREATED }, { "割当年月日", CREATED },
	{ "registered date", CREATED }, { "registration date", CREATED },
	{ "updated", CHANGED }, { "last-modified", CHANGED },
	{ "changed", CHANGED }, { "last update", CHANGED },
	{ "last updated", CHANGED }, { "最終更新", CHANGED },
};

/* ---- lines */

/* "organization;i" (RWhois): what stands there is another object's ID, or is to
 * be, and often it is the name. */
static int
referred(char *key, const char *value)
{
	char *semicolon = strchr(key, ';');

	if (semicolon == NULL)
		return -1;
	*semicolon = '\0';
	return strcmp(key, "organization") == 0 && strchr(value, ' ') == NULL ?
	    (int)ORG_REF : -1;
}

/* The key, and where its value stands; RWhois has both behind a colon. */
static int
what_of(const struct whois *w, const struct whois_line *l, char **value)
{
	char network[WHOIS_KEY + 1];
	const char *key;
	char *colon;
	int what;

	*value = NULL;
	if (l->key_len == 0 || l->value_len == 0 || l->value_len > WHOIS_VALUE)
		return -1;
	key = whois_key(&w->text, l);
	if (strcmp(key, "network") == 0) {
		*value = whois_utf8(&w->text, l->value, l->value_len);
		if ((colon = strchr(*value, ':')) == NULL)
			return -1;
		whois_plain(*value, (gsize)(colon - *value), network,
		    sizeof(network));
		key = network;
		memmove(*value, colon + 1, strlen(colon + 1) + 1);
		if ((what = referred(network, *value)) >= 0)
			return what;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		if (*keys[i].key == *key && strcmp(keys[i].key, key) == 0) {
			if (*value == NULL)
				*value = whois_utf8(&w->text, l->value,
				    l->value_len);
			return (int)keys[i].what;
		}
	return -1;
}

static void
find_network(struct net *n)
{
	struct range ip;
	guint block = 0;

	if (!whois_address(n->w->subject, ip.from))
		return;
	memcpy(ip.to, ip.from, 16);
	for (guint i = 0; i < n->w->text.lines->len; i++) {
		struct range r;
		g_autofree char *value = NULL;

		if (whois_line_empty(whois_line(&n->w->text, i)))
			block = i + 1;
		if (what_of(n->w, whois_line(&n->w->text, i), &value) != START ||
		    !whois_range_read(value, &r) || !whois_range_inside(&ip, &r) || (n->found &&
		    (!whois_range_inside(&r, &n->range) || whois_range_inside(&n->range, &r))))
			continue;
		n->range = r;
		n->line = block;
		n->start = i;
		n->found = TRUE;
	}
}

/* What is no part of the value is taken from it; whether something is left. */
static gboolean
clean(enum what what, char *s)
{
	char *cut;

	/* "EU # Country is really world wide" */
	if (what == COUNTRY && (cut = strchr(s, '#')) != NULL)
		*cut = '\0';
	/* "hostmaster@example.net 20060804" */
	if ((what == CREATED || what == CHANGED) && strchr(s, '@') != NULL) {
		cut = strrchr(s, ' ');
		memmove(s, cut != NULL ? cut : "", cut != NULL ?
		    strlen(cut) + 1 : 1);
	}
	g_strstrip(s);
	if (what == ABUSE)
		return strchr(s, '@') != NULL;
	return *s != '\0' && strcmp(s, "()") != 0;
}

/* Whether the line may be read outside the network's own block. */
static gboolean
of_organisation(const struct net *n, const struct whois_line *l, int what)
{
	return what == ORG || what == ABUSE || what == COUNTRY ||
	    (what == ORG_REF &&
	    strcmp(whois_key(&n->w->text, l), "orgid") == 0);
}

/* Of "changed" the last is the latest (RPSL until 2016), and ARIN's contact for
 * the network goes before the one for all that the organisation has. */
static gboolean
is_better(const struct net *n, const struct whois_line *l, int what,
    gboolean own)
{
	const char *key = whois_key(&n->w->text, l);

	return (own && what == CHANGED && strcmp(key, "changed") == 0) ||
	    strcmp(key, "rabuseemail") == 0;
}

/* Whether a line with a range begins another network: not the same one's range in
 * another form (RWhois). */
static gboolean
is_next(const struct net *n, const char *value, gboolean own)
{
	struct range r;

	return !own || !whois_range_read(value, &r) ||
	    !whois_range_inside(&r, &n->range) ||
	    !whois_range_inside(&n->range, &r);
}

/* The network's own block, and then what its organisation's says, until the next
 * network. */
static void
read_values(struct net *n)
{
	gboolean own = TRUE;

	for (guint i = n->line; i < n->w->text.lines->len; i++) {
		const struct whois_line *l = whois_line(&n->w->text, i);
		g_autofree char *value = NULL;
		int what;

		if (whois_line_empty(l))
			own = FALSE;
		what = what_of(n->w, l, &value);
		if (what == START && i > n->start && is_next(n, value, own))
			break;
		if (what < 0 || !(own || of_organisation(n, l, what)) ||
		    !clean((enum what)what, value) ||
		    (n->values[what] != NULL && !is_better(n, l, what, own)))
			continue;
		g_free(n->values[what]);
		n->values[what] = g_steal_pointer(&value);
	}
}

/* "% Abuse contact for '192.0.2.0 - 192.0.2.255' is 'abuse@example.net'" */
static void
abuse_remark(struct net *n)
{
	for (guint i = 0; n->values[ABUSE] == NULL &&
	    i < n->w->text.lines->len; i++) {
		const struct whois_line *l = whois_line(&n->w->text, i);
		g_autofree char *s = NULL;
		char *at, *end;

		if (l->len < 17 || n->w->text.text[l->offset] != '%')
			continue;
		s = whois_utf8(&n->w->text, l->offset, MIN(l->len, WHOIS_VALUE));
		at = strstr(s, "Abuse contact for") != NULL ?
		    strstr(s, " is '") : NULL;
		if (at == NULL || (end = strchr(at + 5, '\'')) == NULL)
			continue;
		n->values[ABUSE] = g_strndup(at + 5, (gsize)(end - at) - 5);
	}
}

static gboolean
key_is(const struct net *n, guint i, const char *a, const char *b)
{
	const struct whois_line *l = whois_line(&n->w->text, i);
	const char *key;

	if (l->key_len == 0 || l->value_len == 0)
		return FALSE;
	key = whois_key(&n->w->text, l);
	return strcmp(key, a) == 0 || strcmp(key, b) == 0;
}

static char *
line_value(const struct net *n, guint i)
{
	const struct whois_line *l = whois_line(&n->w->text, i);

	return whois_utf8(&n->w->text, l->value, l->value_len);
}

/* The mail address of the person in whose block the handle stands. */
static char *
mail_of(const struct net *n, const char *handle)
{
	g_autofree char *mail = NULL;
	gboolean its = FALSE;

	for (guint i = 0; i < n->w->text.lines->len; i++) {
		g_autofree char *text = NULL;

		if (whois_line_empty(whois_line(&n->w->text, i))) {
			if (its && mail != NULL)
				break;
			g_clear_pointer(&mail, g_free);
			its = FALSE;
		} else if (key_is(n, i, "nic-hdl", "nic-hdl-br")) {
			text = line_value(n, i);
			its = g_ascii_strcasecmp(text, handle) == 0;
		} else if (mail == NULL && key_is(n, i, "e-mail", "email")) {
			mail = line_value(n, i);
		}
	}
	return its ? g_steal_pointer(&mail) : NULL;
}

/* "abuse-c: LUM", and a block of the same answer that says who that is (LACNIC,
 * NIC.br). */
static void
abuse_handle(struct net *n)
{
	for (guint i = n->line; n->values[ABUSE] == NULL &&
	    i < n->w->text.lines->len; i++) {
		g_autofree char *handle = NULL;

		if (whois_line_empty(whois_line(&n->w->text, i)))
			return;
		if (!key_is(n, i, "abuse-c", "abuse-c"))
			continue;
		handle = line_value(n, i);
		n->values[ABUSE] = mail_of(n, handle);
	}
}

/* ---- facts */

static const char *
value(const struct net *n, enum what what)
{
	return n->values[what] != NULL ? n->values[what] : "";
}

static json_t *
text_of(const char *s)
{
	json_t *v = json_string(s);

	return v != NULL ? v : json_string("");
}

static const char *
registry(const struct whois *w)
{
	for (size_t i = 0; i < G_N_ELEMENTS(registries); i++)
		if (g_ascii_strcasecmp(registries[i].host, w->x->q->host) == 0)
			return registries[i].rir;
	return "";
}

static json_t *
prefixes(const struct net *n)
{
	g_auto(GStrv) parts = g_strsplit(value(n, CIDR), ",", 64);
	json_t *list = json_array();

	for (char **p = parts; *p != NULL; p++)
		if (*g_strstrip(*p) != '\0')
			json_array_append_new(list, text_of(*p));
	return list;
}

static gboolean
is_made(const struct net *n)
{
	return ip_range_made(n->range.start, n->range.end, value(n, NAME));
}

static void
network_fact(const struct net *n)
{
	json_t *v = json_object();

	json_object_set_new(v, "start", json_string(n->range.start));
	json_object_set_new(v, "end", json_string(n->range.end));
	json_object_set_new(v, "cidr", prefixes(n));
	json_object_set_new(v, "name", text_of(value(n, NAME)));
	json_object_set_new(v, "handle", text_of(value(n, HANDLE)));
	json_object_set_new(v, "parent", text_of(value(n, PARENT)));
	json_object_set_new(v, "type", text_of(value(n, TYPE)));
	json_object_set_new(v, "country", text_of(is_made(n) ? "" :
	    value(n, COUNTRY)));
	json_object_set_new(v, "rir", json_string(registry(n->w)));
	json_object_set_new(v, "covers", json_true());
	whois_emit(n->w, FACT_IP_NETWORK, v);
}

static void
holder_fact(const struct net *n)
{
	gboolean org = n->values[ORG] != NULL;
	g_autofree char *name = g_strdup(org ? value(n, ORG) :
	    *value(n, DESCR) != '\0' ? value(n, DESCR) : value(n, NAME));
	const char *handle = value(n, ORG_REF);
	char *open = strrchr(name, '(');
	gsize len = strlen(handle);
	json_t *v;

	if (*name == '\0' || n->stub || is_made(n))
		return;
	/* ARIN: "Example Networks LLC (ENL-12)" */
	if (org && open > name && open[-1] == ' ' &&
	    g_str_has_suffix(open, ")") && (len == 0 ||
	    (strlen(open) == len + 2 && memcmp(open + 1, handle, len) == 0))) {
		open[-1] = '\0';
		open[strlen(open + 1)] = '\0';
		handle = open + 1;
	}
	v = json_pack("{s:o, s:o, s:[]}", "org", text_of(name), "handle",
	    text_of(handle), "roles");
	if (org)
		json_array_append_new(json_object_get(v, "roles"),
		    json_string("registrant"));
	json_object_set_new(v, "country", text_of(value(n, COUNTRY)));
	json_object_set_new(v, "country_from",
	    json_string(*value(n, COUNTRY) != '\0' ? "network" : ""));
	json_object_set_new(v, "via", json_string(org ? "entity" :
	    "network name"));
	whois_emit(n->w, FACT_IP_HOLDER, v);
}

static void
event_fact(const struct net *n, enum what what, const char *action)
{
	if (*value(n, what) != '\0')
		whois_emit(n->w, FACT_IP_EVENT, json_pack("{s:s, s:o}",
		    "action", action, "date", text_of(value(n, what))));
}

/* A stub that says who has the network now (APNIC), or a line for that
 * (ARIN: the last of them is the most specific).  Whether it is a stub. */
static gboolean
find_referral(const struct whois *w)
{
	static const struct {
		const char	*words, *server;
	} stubs[] = {
		{ "transferred to the ripe", "whois.ripe.net" },
		{ "transferred to the arin", "whois.arin.net" },
		{ "transferred to the lacnic", "whois.lacnic.net" },
		{ "transferred to the afrinic", "whois.afrinic.net" },
		{ "erx-netblock", "whois.arin.net" },
	};
	gboolean stub = FALSE;
	const char *to = NULL;

	for (guint i = 0; i < w->text.lines->len; i++) {
		const struct whois_line *l = whois_line(&w->text, i);
		char text[WHOIS_KEY + 1];

		whois_plain(w->text.text + l->offset, l->len, text,
		    sizeof(text));
		stub = stub || strstr(text, "apnic-stub") != NULL;
		for (size_t k = 0; k < G_N_ELEMENTS(stubs); k++)
			if (to == NULL && strstr(text, stubs[k].words) != NULL)
				to = stubs[k].server;
		if (g_str_has_prefix(text, "referralserver:") ||
		    g_str_has_prefix(text, "resourcelink: whois"))
			whois_found_add(w->found.fields, "refer", NULL, i,
			    l->value, l->value_len);
	}
	stub = stub && to != NULL;
	if (stub)
		fact_emit(w->out, FACT_WHOIS_REFER, w->subject, json_pack(
		    "{s:s, s:s, s:i, s:s}", "server", to, "by",
		    w->x->q->host, "port", 43, "protocol", "whois"));
	return stub;
}

static void
facts(struct net *n)
{
	read_values(n);
	whois_net_above(n);
	abuse_remark(n);
	abuse_handle(n);
	network_fact(n);
	holder_fact(n);
	if (*value(n, ABUSE) != '\0' && strlen(value(n, ABUSE)) <= EMAIL)
		whois_emit(n->w, FACT_IP_ABUSE, json_pack("{s:o}", "email",
		    text_of(value(n, ABUSE))));
	if (!is_made(n)) {
		event_fact(n, CREATED, "registration");
		event_fact(n, CHANGED, "last changed");
	}
	for (int i = 0; i < WHATS; i++)
		g_free(n->values[i]);
}

gboolean
whois_net(const struct whois *w, gboolean anyway)
{
	struct net n = { .w = w };

	find_network(&n);
	n.found = n.found || whois_net_listed(&n);
	if (!n.found && !anyway)
		return FALSE;
	whois_emit(w, FACT_WHOIS_RECORD, json_pack(
	    "{s:s, s:s, s:i, s:i, s:s}", "layout", n.found ? "network" :
	    "unread", "charset", w->text.charset, "lines",
	    (int)w->text.lines->len, "fields", 0, "other", ""));
	n.stub = find_referral(w);
	whois_refer(w, TRUE);
	if (n.found)
		facts(&n);
	return TRUE;
}
