#include <arpa/inet.h>
#include <string.h>

#include "probes/dnssec.h"
#include "probes/rdap_bootstrap.h"
#include "probes/rdap_json.h"
#include "probes/reader.h"
#include "probes/text.h"
#include "probes/vantage.h"

#define HINTS	64	/* addresses read of a hints file; there are 26 */

/* "A.ROOT-SERVERS.NET.  3600000  A  198.41.0.4" (RFC 1035, 5.1, no more of
 * it than named.root uses). */
static gboolean
hint_line(const char *line, GString *out)
{
	g_auto(GStrv) all = g_strsplit_set(line, " \t\r", 32);
	const char *word[6] = { NULL };
	g_autofree char *ns = NULL;
	unsigned char ip[16];
	char written[INET6_ADDRSTRLEN];
	size_t n = 0;
	int family;

	for (char **w = all; *w != NULL && n < G_N_ELEMENTS(word); w++)
		if (**w != '\0')
			word[n++] = *w;
	if (n < 3 || n > 5 || g_ascii_isspace(*line))
		return FALSE;
	if (g_ascii_strcasecmp(word[n - 2], "A") == 0)
		family = AF_INET;
	else if (g_ascii_strcasecmp(word[n - 2], "AAAA") == 0)
		family = AF_INET6;
	else
		return FALSE;
	ns = rdap_hostname(word[0]);
	if (ns == NULL || inet_pton(family, word[n - 1], ip) != 1 ||
	    inet_ntop(family, ip, written, sizeof written) == NULL)
		return FALSE;
	fact_emit(out, FACT_DNS_HINT, ".", json_pack("{s:s, s:s}", "ns", ns,
	    "ip", written));
	return TRUE;
}

static int
hints(const struct exchange *x, const char *text, gsize len, GString *out)
{
	g_autofree char *all = g_strndup(text, len);
	g_auto(GStrv) lines = g_strsplit(all, "\n", 1024);
	int n = 0;

	(void)x;
	for (char **l = lines; *l != NULL && n < HINTS; l++) {
		(*l)[strcspn(*l, ";")] = '\0';
		n += hint_line(*l, out);
	}
	return n > 0 ? 0 : -1;
}

/* What the look-up in the run's lists gave: see services.h. */
static int
service(const struct exchange *x, const char *text, gsize len, GString *out)
{
	static const char *const fields[] = {
		"url", "source", "list", "published", "copy",
	};
	json_t *o = rdap_json_load(text, len, BOOTSTRAP_DEPTH), *v;
	int rc = -1;

	if (rdap_url_ok(rdap_str(o, "url"))) {
		v = json_object();
		for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
			json_object_set_new(v, fields[i],
			    rdap_text(o, fields[i]));
		/* A server that is asked without TLS is nobody's for sure. */
		if (rdap_bool(o, "authenticated") == 0)
			json_object_set_new(v, "authenticated", json_false());
		fact_emit(out, FACT_RDAP_SERVICE, x->q->name, v);
		rc = 0;
	}
	json_decref(o);
	return rc;
}

/* The program's own copy of a bootstrap registry. */
static int
bootstrap(const struct exchange *x, const char *text, gsize len, GString *out)
{
	struct bootstrap *b = bootstrap_parse(text, len);

	if (b == NULL)
		return -1;
	fact_emit(out, FACT_RDAP_BOOTSTRAP, x->q->name, json_pack("{s:s, s:i}",
	    "publication", bootstrap_publication(b), "entries",
	    (int)bootstrap_entries(b)));
	bootstrap_free(b);
	return 0;
}

/* What the dated lists hold of an address, AS number or name: see lists.h. */
static const struct {
	const char	*of;
	enum fact_kind	 kind;
} listed_kinds[] = {
	{ "ip", FACT_IP_LISTED }, { "as", FACT_AS_LISTED },
	{ "ns", FACT_NAME_LISTED }, { "reverse", FACT_NAME_LISTED },
};

static void
listed_fact(const struct exchange *x, const json_t *entry, GString *out)
{
	static const char *const fields[] = {
		"list", "what", "provider", "key", "date", "sha256", "source",
		"licence", "caution",
	};
	const char *of = x->q->type + strlen("listed-");
	json_t *v = json_pack("{s:s}", "of", of);

	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		json_object_set_new(v, fields[i], rdap_text(entry, fields[i]));
	for (size_t i = 0; i < G_N_ELEMENTS(listed_kinds); i++)
		if (strcmp(listed_kinds[i].of, of) == 0) {
			fact_emit(out, listed_kinds[i].kind, x->q->name, v);
			return;
		}
	json_decref(v);
}

static int
listed(const struct exchange *x, const char *text, gsize len, GString *out)
{
	json_t *o = rdap_json_load(text, len, BOOTSTRAP_DEPTH), *entry, *names;
	const json_t *found = json_object_get(o, "found");
	const json_t *none = json_object_get(o, "none");
	size_t i;

	if (!json_is_array(found) || !json_is_array(none)) {
		json_decref(o);
		return -1;
	}
	json_array_foreach(found, i, entry)
		listed_fact(x, entry, out);
	names = json_array();
	json_array_foreach(none, i, entry)
		if (json_is_string(entry))
			json_array_append(names, entry);
	fact_emit(out, FACT_LIST_NONE, x->q->name, json_pack("{s:s, s:o}",
	    "of", x->q->type + strlen("listed-"), "lists", names));
	json_decref(o);
	return 0;
}

/* What somebody declared, in words of their own: see vantage.h. */
static int
vantage(const struct exchange *x, const char *text, gsize len, GString *out)
{
	g_autofree char *words = g_strndup(text, len);
	struct vantage v;

	(void)x;
	vantage_read(words, &v);
	fact_emit(out, FACT_VANTAGE_PLACE, "vantage", json_pack(
	    "{s:o, s:s, s:s, s:s, s:s}", "text", text_json(text, len),
	    "country", v.country, "region", v.region, "lat", v.lat, "lon",
	    v.lon));
	return 0;
}

static const struct {
	const char	*type;
	int		(*read)(const struct exchange *, const char *, gsize,
			    GString *);
} kinds[] = {
	{ "hints",		hints },
	{ "listed-ip",		listed },
	{ "listed-as",		listed },
	{ "listed-ns",		listed },
	{ "listed-reverse",	listed },
	{ "anchor",		anchor_read },
	{ "rdap-service",	service },
	{ "bootstrap",		bootstrap },
	{ "vantage",		vantage },
};

int
local_parse(const struct exchange *x, GString *out)
{
	gsize len = 0;
	const char *text = x->received.bytes != NULL ?
	    g_bytes_get_data(x->received.bytes, &len) : NULL;

	if (text == NULL || len == 0)
		return 0;
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (strcmp(kinds[i].type, x->q->type) == 0)
			return kinds[i].read(x, text, len, out);
	return 0;
}
