/* Domains in RDAP (RFC 9083 section 5.3). */

#include <arpa/inet.h>
#include <string.h>

#include "probes/json_text.h"
#include "probes/rdap.h"
#include "probes/rdap_value.h"

#define ADDRESSES	32	/* of one name server */

/* ---- status */

/* As a list; some write one text with commas, or an object with the words of
 * RDAP for keys. */
static json_t *
written_statuses(const json_t *o)
{
	const json_t *v = json_object_get(o, "status");
	const char *s = json_string_value(v);
	json_t *list = json_array();

	if (s != NULL && strchr(s, ',') != NULL && strlen(s) <= RDAP_STRING) {
		g_auto(GStrv) words = g_strsplit(s, ",", 32);

		for (char **w = words; *w != NULL; w++)
			json_array_append_new(list,
			    json_string(g_strstrip(*w)));
		return list;
	}
	if (json_is_object(v)) {
		const char *key;
		json_t *e;

		json_object_foreach((json_t *)(uintptr_t)v, key, e)
			if (json_array_size(list) < RDAP_LIST &&
			    rdap_status(key) != NULL)
				json_array_append_new(list, json_string(key));
		return list;
	}
	json_decref(list);
	return rdap_texts(o, "status");
}

/* In RDAP's words; what the table does not have stays as written. */
static json_t *
statuses(const json_t *written)
{
	json_t *list = json_array(), *e;
	size_t i;

	json_array_foreach(written, i, e) {
		const char *s = json_string_value(e);
		const char *word = s != NULL ? rdap_status(s) : NULL;

		json_array_append_new(list, word != NULL ? json_string(word) :
		    json_incref(e));
	}
	return list;
}

/* ---- DNSSEC */

/* A number, or a string of digits. */
static json_t *
number(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);
	const char *s = json_string_value(v);
	guint64 n;

	if (json_is_integer(v))
		return json_integer(json_integer_value(v));
	if (s != NULL && g_ascii_string_to_unsigned(s, 10, 0, G_MAXINT32, &n,
	    NULL))
		return json_integer((json_int_t)n);
	return json_null();
}

static void
ds_data(const json_t *d, void *arg)
{
	const struct rdap *r = arg;
	g_autofree char *digest = g_ascii_strup(rdap_str(d, "digest"), -1);

	if (strlen(digest) <= 256)
		rdap_emit(r, FACT_RDAP_DS, json_pack("{s:o, s:o, s:o, s:s}",
		    "tag", number(d, "keyTag"), "algorithm",
		    number(d, "algorithm"), "digest_type",
		    number(d, "digestType"), "digest", digest));
}

static void
key_data(const json_t *k, void *arg)
{
	const struct rdap *r = arg;

	rdap_emit(r, FACT_RDAP_KEY, json_pack("{s:o, s:o, s:o, s:o}",
	    "flags", number(k, "flags"), "protocol", number(k, "protocol"),
	    "algorithm", number(k, "algorithm"), "key",
	    rdap_text(k, "publicKey")));
}

static const json_t *
secure_dns(const json_t *domain)
{
	const json_t *s = json_object_get(domain, "secureDNS");

	return s != NULL ? s : json_object_get(domain, "secureDns");
}

static void
seen(const json_t *unused, void *any)
{
	(void)unused;
	*(gboolean *)any = TRUE;
}

/* "signed", "unsigned", or "" where the server does not say. */
static const char *
dnssec(const json_t *domain)
{
	const json_t *s = secure_dns(domain);
	gboolean any = FALSE;

	switch (rdap_bool(s, "delegationSigned")) {
	case 1:
		return "signed";
	case 0:
		return "unsigned";
	}
	rdap_each(s, "dsData", seen, &any);
	rdap_each(s, "keyData", seen, &any);
	return any ? "signed" : "";
}

/* ---- name servers */

static gboolean
add_address(json_t *list, const char *s)
{
	unsigned char ip[16];
	char plain[INET6_ADDRSTRLEN];
	int family = strchr(s, ':') != NULL ? AF_INET6 : AF_INET;

	if (inet_pton(family, s, ip) != 1 ||
	    inet_ntop(family, ip, plain, sizeof plain) == NULL)
		return FALSE;
	if (json_array_size(list) < ADDRESSES)
		json_array_append_new(list, json_string(plain));
	return TRUE;
}

static void
add_addresses(json_t *list, const json_t *of, const char *key)
{
	json_t *texts = rdap_texts(of, key), *e;
	size_t i;

	json_array_foreach(texts, i, e)
		if (json_is_string(e))
			add_address(list, json_string_value(e));
	json_decref(texts);
}

static void
add_families(const json_t *ips, void *list)
{
	add_addresses(list, ips, "v4");
	add_addresses(list, ips, "v6");
}

/* The name's text; other spellings of the member and of its value are about. */
static const char *
nameserver_text(const json_t *ns)
{
	static const char *const members[] = {
		"ldhName", "unicodeName", "ldnName", "hostName", "name",
	};

	if (json_is_string(ns))
		return json_string_value(ns);
	for (size_t i = 0; i < G_N_ELEMENTS(members); i++) {
		const json_t *v = json_object_get(ns, members[i]);
		const char *s = json_is_object(v) ? rdap_str(v, "stringValue") :
		    rdap_str(ns, members[i]);

		if (*s != '\0')
			return s;
	}
	return "";
}

/* The name; in some its addresses stand behind it, between blanks, and what
 * has anything else behind it is none.  Caller frees. */
static char *
nameserver_name(const char *text, json_t *ips)
{
	g_auto(GStrv) words = g_strsplit_set(strlen(text) <= RDAP_STRING ?
	    text : "", " \t,", ADDRESSES);

	if (words[0] == NULL)
		return NULL;
	for (char **w = words + 1; *w != NULL; w++)
		if (**w != '\0' && !add_address(ips, *w))
			return NULL;
	return rdap_hostname(words[0]);
}

/* What is said of a name server that was asked for by itself. */
static void
put_own(GString *out, const json_t *ns)
{
	json_t *written = written_statuses(ns), *plain = statuses(written);

	if (*rdap_str(ns, "handle") != '\0')
		rdap_put_member(out, "handle", ns, "handle");
	if (json_array_size(plain) > 0)
		json_put_value(out, "status", plain);
	json_decref(plain);
	json_decref(written);
}

static void
nameserver(const json_t *ns, const struct rdap *r)
{
	json_t *list = json_array();
	g_autofree char *name = nameserver_name(nameserver_text(ns), list);
	const json_t *ips = json_object_get(ns, "ipAddresses");

	if (name != NULL) {
		add_families(ips, list);
		rdap_each_of(json_is_array(ips) ? ips : NULL, add_families,
		    list);
		add_addresses(list, ns, "ipAddresses");	/* a bare list */
		fact_open(r->out, FACT_RDAP_NS, r->subject);
		json_put_plain(r->out, "ns", name);
		if (json_array_size(list) > 0)
			json_put_value(r->out, "ips", list);
		if (ns == r->object)
			put_own(r->out, ns);
		rdap_close(r);
	}
	json_decref(list);
}

static void
nameservers(const struct rdap *r)
{
	const json_t *list = json_object_get(r->object, "nameservers"), *e;
	size_t i;

	if (list == NULL)
		list = json_object_get(r->object, "nameServers");
	json_array_foreach(list, i, e) {
		if (i == RDAP_LIST)
			break;
		nameserver(e, r);
	}
	if (json_is_object(list))
		nameserver(list, r);
}

/* A name server's own object (RFC 9083 section 5.2). */
void
rdap_nameserver_facts(const struct rdap *r)
{
	nameserver(r->object, r);
	rdap_events(r, FACT_RDAP_EVENT);
	rdap_entity_facts(r);
	rdap_notices(r);
}

/* ---- variants */

static void
variant_name(const json_t *n, void *arg)
{
	const char *ldh = rdap_str(n, "ldhName");

	json_array_append_new(arg, rdap_text(n, *ldh != '\0' ? "ldhName" :
	    "unicodeName"));
}

static void
variant(const json_t *v, void *arg)
{
	const struct rdap *r = arg;
	json_t *names = json_array();

	rdap_each(v, "variantNames", variant_name, names);
	rdap_emit(r, FACT_RDAP_VARIANT, json_pack("{s:o, s:o, s:o}", "names",
	    names, "relation", rdap_texts(v, "relation"), "table",
	    rdap_text(v, "idnTable")));
}

/* ---- the object */

/* Whether the object speaks of another name than the one asked for. */
static gboolean
is_other(const struct rdap *r)
{
	const char *ldh = rdap_str(r->object, "ldhName");
	g_autofree char *name = rdap_hostname(*ldh != '\0' ? ldh :
	    rdap_str(r->object, "unicodeName"));

	return name != NULL && strcmp(name, r->subject) != 0;
}

static void
domain_id(const json_t *id, void *arg)
{
	json_t *list = json_object_get(arg, "ids");

	if (list == NULL)
		json_object_set_new(arg, "ids", list = json_array());
	json_array_append_new(list, json_pack("{s:o, s:o}", "type",
	    rdap_text(id, "type"), "id", rdap_text(id, "identifier")));
}

static json_t *
domain_value(const struct rdap *r)
{
	const json_t *o = r->object;
	json_t *written = written_statuses(o), *plain = statuses(written);
	json_t *incomplete = rdap_incomplete(r);
	json_t *v = json_pack("{s:o, s:o, s:o, s:O, s:s, s:b, s:o, s:o}",
	    "handle", rdap_text(o, "handle"), "ldh", rdap_text(o, "ldhName"),
	    "unicode", rdap_text(o, "unicodeName"), "status", plain,
	    "dnssec", dnssec(o), "other", is_other(r), "port43",
	    rdap_text(o, "port43"), "conformance",
	    rdap_texts(o, "rdapConformance"));

	if (!json_equal(written, plain))
		json_object_set(v, "written", written);
	rdap_each(o, "publicIds", domain_id, v);
	if (incomplete != NULL)
		json_object_set_new(v, "incomplete", incomplete);
	if (*rdap_str(o, "lang") != '\0')
		json_object_set_new(v, "lang", rdap_text(o, "lang"));
	if (*r->charset != '\0')
		json_object_set_new(v, "charset", json_string(r->charset));
	if (rdap_unauthenticated(r))
		json_object_set_new(v, "authenticated", json_false());
	json_decref(written);
	json_decref(plain);
	return v;
}

void
rdap_domain_facts(const struct rdap *r)
{
	const json_t *o = r->object;
	const json_t *secure = secure_dns(o);

	rdap_emit(r, FACT_RDAP_DOMAIN, domain_value(r));
	if (is_other(r))
		return;
	rdap_events(r, FACT_RDAP_EVENT);
	nameservers(r);
	rdap_each(secure, "dsData", ds_data, (void *)r);
	rdap_each(secure, "keyData", key_data, (void *)r);
	rdap_entity_facts(r);
	rdap_links(r);
	rdap_each(o, "variants", variant, (void *)r);
	rdap_notices(r);
}
