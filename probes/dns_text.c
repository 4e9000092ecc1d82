/*
 * What is said in TXT records: SPF (RFC 7208), DMARC (RFC 7489), MTA-STS (RFC
 * 8461), TLS reports (RFC 8460), keys of DKIM (RFC 6376), and the tokens by which a domain's holder showed
 * a service that he could change the zone.
 */

#include <string.h>

#include "embed.h"
#include "probes/dkim_selector.h"
#include "probes/dns.h"
#include "probes/dns_read.h"
#include "probes/text.h"

#define TERMS_MOST	128
#define TAGS_MOST	32
#define DKIM_BELOW	"._domainkey."

/* --- SPF ---------------------------------------------------------------------- */

/* The mechanisms that name something, and in which list it stands. */
static const struct {
	const char	*begins, *field;
	gboolean	 bare;		/* may stand without a value */
} mechanisms[] = {
	{ "include:",	"includes",	FALSE },
	{ "ip4:",	"ip4",		FALSE },
	{ "ip6:",	"ip6",		FALSE },
	{ "a:",		"a",		FALSE },
	{ "a/",		"a",		FALSE },
	{ "a",		"a",		TRUE },
	{ "mx:",	"mx",		FALSE },
	{ "mx/",	"mx",		FALSE },
	{ "mx",		"mx",		TRUE },
	{ "exists:",	"exists",	FALSE },
	{ "ptr",	"ptr",		TRUE },
};

static void
list_add(json_t *v, const char *field, const char *s)
{
	json_t *a = json_object_get(v, field);

	if (a == NULL) {
		a = json_array();
		json_object_set_new(v, field, a);
	}
	json_array_append_new(a, json_string(s));
}

/* "a" and "mx" alone mean the domain itself. */
static gboolean
spf_mechanism(json_t *v, const char *term, const char *subject)
{
	for (size_t i = 0; i < G_N_ELEMENTS(mechanisms); i++) {
		size_t n = strlen(mechanisms[i].begins);

		if (g_ascii_strncasecmp(term, mechanisms[i].begins, n) != 0 ||
		    (mechanisms[i].bare && term[n] != '\0'))
			continue;
		list_add(v, mechanisms[i].field, mechanisms[i].bare ? subject :
		    term[n - 1] == '/' ? term + n - 1 : term + n);
		return TRUE;
	}
	return FALSE;
}

static void
spf_term(json_t *v, const char *term, const char *subject)
{
	const char *plain = strchr("+-~?", *term) != NULL ? term + 1 : term;

	if (g_ascii_strcasecmp(plain, "all") == 0)
		json_object_set_new(v, "all", json_string(plain == term ?
		    "+all" : term));
	else if (g_ascii_strncasecmp(term, "redirect=", 9) == 0)
		json_object_set_new(v, "redirect", json_string(term + 9));
	else if (!spf_mechanism(v, plain, subject))
		list_add(v, "other", term);
}

static void
spf_fact(struct dns_message *m, const char *subject, const char *text)
{
	g_auto(GStrv) term = g_strsplit(text, " ", TERMS_MOST);
	json_t *v = json_pack("{s:[], s:[], s:[]}", "includes", "ip4", "ip6");

	for (guint i = 1; term[0] != NULL && term[i] != NULL; i++)
		if (*term[i] != '\0')
			spf_term(v, term[i], subject);
	dns_value_server(m, v);
	fact_emit(m->out, FACT_DNS_SPF, subject, v);
}

/* --- tag lists: DMARC and the like ------------------------------------------------ */

/* "k=v; k=v" into an object: only the tags named, blanks between. */
static json_t *
tags_read(const char *text, const char *wanted)
{
	g_auto(GStrv) part = g_strsplit(text, ";", TAGS_MOST);
	g_auto(GStrv) key = g_strsplit(wanted, " ", -1);
	json_t *v = json_object();

	for (guint i = 0; part[i] != NULL; i++) {
		char *eq = strchr(part[i], '=');

		if (eq == NULL)
			continue;
		*eq = '\0';
		g_strstrip(part[i]);
		g_strstrip(eq + 1);
		if (g_strv_contains((const char *const *)key, part[i]))
			json_object_set_new(v, part[i], json_string(eq + 1));
	}
	return v;
}

static void
tags_fact(struct dns_message *m, enum fact_kind kind, const char *subject,
    const char *text, const char *wanted)
{
	json_t *v = tags_read(text, wanted);

	dns_value_server(m, v);
	fact_emit(m->out, kind, subject, v);
}

static const struct {
	const char	*version;
	enum fact_kind	 kind;
	const char	*tags;
} policies[] = {
	{ "v=DMARC1",	FACT_DNS_DMARC,	"p sp rua ruf pct adkim aspf" },
	{ "v=STSv1",	FACT_DNS_MTA_STS, "id" },
	{ "v=TLSRPTv1",	FACT_DNS_TLSRPT, "rua" },
};

/* A version is followed by the end, a blank or a semicolon. */
static gboolean
begins(const char *text, const char *version)
{
	size_t n = strlen(version);

	return g_ascii_strncasecmp(text, version, n) == 0 &&
	    strchr(" ;", text[n]) != NULL;
}

/* --- DKIM keys (RFC 6376 3.6.1) ----------------------------------------------------- */

/* The key's bytes as a hash; "" of a revoked one.  FALSE: it is no key. */
static gboolean
key_hash(const char *p, char hex[65])
{
	g_autofree guchar *bytes = NULL;
	g_auto(GStrv) part = g_strsplit_set(p, " \t\r\n", -1);
	g_autofree char *text = g_strjoinv("", part);
	gsize n = 0;

	hex[0] = '\0';
	if (*text == '\0')
		return TRUE;
	bytes = g_base64_decode(text, &n);
	if (n > 0)
		text_sha256(hex, bytes, n);
	return n > 0;
}

/* A key, by its version or by the name at which it stands; TRUE where it is one. */
static gboolean
dkim_read(struct dns_message *m, const char *subject, const char *text)
{
	const char *at = strstr(subject, DKIM_BELOW);
	g_autofree char *selector = at != NULL ? g_strndup(subject,
	    (gsize)(at - subject)) : g_strdup("");
	g_autofree char *house = dkim_house(selector);
	json_t *tags = tags_read(text, "k p"), *v;
	const char *p = json_string_value(json_object_get(tags, "p"));
	const char *k = json_string_value(json_object_get(tags, "k"));
	char key[65];

	if ((at == NULL && !begins(text, "v=DKIM1")) || p == NULL ||
	    !key_hash(p, key)) {
		json_decref(tags);
		return FALSE;
	}
	v = json_pack("{s:s, s:s, s:s, s:s, s:b, s:s}", "selector", selector,
	    "domain", at != NULL ? at + strlen(DKIM_BELOW) : "", "key", key,
	    "type", k != NULL && *k != '\0' ? k : "rsa", "revoked",
	    *key == '\0', "house", house);
	dns_value_server(m, v);
	fact_emit(m->out, FACT_DNS_DKIM, subject, v);
	json_decref(tags);
	return TRUE;
}

/* --- tokens ----------------------------------------------------------------------- */

static void
token_fact(struct dns_message *m, const char *subject, const char *service,
    const char *token, gboolean listed)
{
	g_autofree char *plain = g_strdup(token);
	json_t *v;

	g_strstrip(plain);
	if (*plain == '\0')
		return;
	v = json_pack("{s:s, s:s, s:b}", "service", service, "token", plain,
	    "listed", listed);
	dns_value_server(m, v);
	fact_emit(m->out, FACT_DNS_TOKEN, subject, v);
}

const char *
dns_token_listed(const char *text, char **service)
{
	const char *line = embed_probes_data_txt_tokens_tsv, *end;

	for (; (end = strchr(line, '\n')) != NULL; line = end + 1) {
		const char *tab = memchr(line, '\t', (size_t)(end - line));
		size_t n = tab != NULL ? (size_t)(tab - line) : 0;

		if (n == 0 || *line == '#' ||
		    g_ascii_strncasecmp(text, line, n) != 0)
			continue;
		*service = g_strndup(tab + 1, (gsize)(end - tab - 1));
		return text + n;
	}
	return NULL;
}

/* "zz-domain-verification=..." speaks of a service that is not listed. */
static const char *
token_by_form(const char *text, char **service)
{
	static const char *const forms[] = {
		"-domain-verification", "-site-verification", "-verification",
	};
	size_t n = strcspn(text, "=: ");

	if (text[n] != '=' && text[n] != ':')
		return NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
		const char *at = g_strstr_len(text, (gssize)n, forms[i]);

		if (at == NULL || at == text)
			continue;
		*service = g_strndup(text, (gsize)(at - text));
		return text + n + 1;
	}
	return NULL;
}

static void
token_read(struct dns_message *m, const char *subject, const char *text)
{
	g_autofree char *service = NULL;
	const char *token = dns_token_listed(text, &service);
	gboolean listed = token != NULL;

	if (!listed)
		token = token_by_form(text, &service);
	if (token != NULL)
		token_fact(m, subject, service, token + strspn(token, "=: "),
		    listed);
}

/* --- the whole -------------------------------------------------------------------- */

void
dns_text_facts(struct dns_message *m, const char *subject, const json_t *text)
{
	const char *s = json_string_value(text);

	if (s == NULL)
		return;
	if (begins(s, "v=spf1")) {
		spf_fact(m, subject, s);
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(policies); i++) {
		if (begins(s, policies[i].version)) {
			tags_fact(m, policies[i].kind, subject, s,
			    policies[i].tags);
			return;
		}
	}
	if (!dkim_read(m, subject, s))
		token_read(m, subject, s);
}
