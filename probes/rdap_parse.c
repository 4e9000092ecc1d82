#include <string.h>

#include "probes/http_message.h"
#include "probes/limits.h"
#include "probes/rdap.h"
#include "probes/rdap_bootstrap.h"
#include "probes/text.h"

/* What a status other than 200 means for registration data (RFC 7480, 5). */
static const struct {
	int		 code;
	const char	*meaning;
} meanings[] = {
	{ 400, "the server does not take this question" },
	{ 401, "the server wants a log-in" },
	{ 403, "the server refuses" },
	{ 405, "the server does not take this question" },
	{ 406, "the server has no such form of answer" },
	{ 422, "the server does not take this question" },
	{ 429, "too many questions, says the server" },
	{ 451, "refused for legal reasons, says the server" },
	{ 500, "the server failed" },
	{ 501, "not offered by the server" },
	{ 502, "the server's gateway failed" },
	{ 503, "the server is not available" },
	{ 504, "the server's gateway got no answer" },
};

void
rdap_emit(const struct rdap *r, enum fact_kind kind, json_t *value)
{
	json_object_set_new(value, "server", json_string(r->server));
	fact_emit(r->out, kind, r->subject, value);
}

/* ---- what was asked for */

/* What stands in a URL after the last of the given path, decoded. */
static char *
after_path(const char *url, const char *path)
{
	g_autofree char *low = g_ascii_strdown(url, -1);
	const char *p = g_strrstr(low, path);
	g_autofree char *raw = NULL;

	if (p == NULL)
		return NULL;
	p += strlen(path);
	raw = g_strndup(p, strcspn(p, "?#"));
	return g_uri_unescape_string(raw, NULL);
}

/* "dns" of https://data.iana.org/rdap/dns.json. */
static char *
file_stem(const char *url)
{
	const char *slash = strrchr(url, '/');

	url = slash != NULL ? slash + 1 : url;
	return g_strndup(url, strcspn(url, ".?#"));
}

static char *
domain_subject(const struct exchange *x, const json_t *object)
{
	g_autofree char *asked = after_path(x->q->name, "/domain/");
	char *name = asked != NULL ? rdap_hostname(asked) : NULL;

	if (name == NULL)
		name = rdap_hostname(rdap_str(object, "ldhName"));
	return name != NULL ? name : g_strdup(x->q->name);
}

/* "AS64500" of .../autnum/64500. */
static char *
as_subject(const char *url)
{
	g_autofree char *s = after_path(url, "/autnum/");

	if (s == NULL)
		return g_strdup(url);
	s[strcspn(s, "/")] = '\0';
	return g_ascii_strncasecmp(s, "AS", 2) == 0 ? g_ascii_strup(s, -1) :
	    g_strconcat("AS", s, NULL);
}

static char *
subject_of(const struct exchange *x, const json_t *object)
{
	char *s;

	if (strcmp(x->q->type, "bootstrap") == 0)
		return file_stem(x->q->name);
	if (strcmp(x->q->type, "autnum") == 0)
		return as_subject(x->q->name);
	if (strcmp(x->q->type, "ip") != 0)
		return domain_subject(x, object);
	s = after_path(x->q->name, "/ip/");
	if (s == NULL)
		return g_strdup(x->q->name);
	s[strcspn(s, "/")] = '\0';
	return s;
}

/* ---- domains */

/* "signed", "unsigned", or "" where the server does not say. */
static const char *
dnssec(const json_t *domain)
{
	const json_t *s = json_object_get(domain, "secureDNS");

	switch (rdap_bool(s, "delegationSigned")) {
	case 1:
		return "signed";
	case 0:
		return "unsigned";
	}
	return json_array_size(json_object_get(s, "dsData")) > 0 ||
	    json_array_size(json_object_get(s, "keyData")) > 0 ? "signed" : "";
}

static void
event(const json_t *e, void *arg)
{
	json_t *list = arg;

	if (*rdap_str(e, "eventAction") != '\0')
		json_array_append_new(list, json_pack("{s:o, s:o}", "action",
		    rdap_text(e, "eventAction"), "date",
		    rdap_text(e, "eventDate")));
}

void
rdap_events(const struct rdap *r, enum fact_kind kind)
{
	json_t *list = json_array(), *e;
	size_t i;

	rdap_each(r->object, "events", event, list);
	json_array_foreach(list, i, e)
		rdap_emit(r, kind, json_incref(e));
	json_decref(list);
}

static void
nameserver(const json_t *ns, void *arg)
{
	const struct rdap *r = arg;
	const char *written = rdap_str(ns, "ldhName");
	g_autofree char *name = rdap_hostname(*written != '\0' ? written :
	    rdap_str(ns, "unicodeName"));

	if (name != NULL)
		rdap_emit(r, FACT_RDAP_NS, json_pack("{s:s}", "ns", name));
}

static void
link_to(const json_t *l, void *arg)
{
	const struct rdap *r = arg;
	const char *type = rdap_str(l, "type");
	g_autofree char *url = rdap_url(r->x->q->name, rdap_str(l, "href"));

	if (url == NULL || rdap_has(l, "rel", "self"))
		return;
	/* Some leave the type out; then the address must look like one. */
	if (*type == '\0' ? strstr(url, "/domain/") == NULL :
	    g_ascii_strcasecmp(type, "application/rdap+json") != 0)
		return;
	rdap_emit(r, FACT_RDAP_LINK, json_pack("{s:o, s:s, s:o}", "rel",
	    rdap_text(l, "rel"), "url", url, "type", rdap_text(l, "type")));
}

/* The lines of a notice as one text. */
static json_t *
lines_of(const json_t *notice)
{
	json_t *list = rdap_texts(notice, "description"), *e, *text;
	g_autoptr(GString) all = g_string_new(NULL);
	size_t i;

	json_array_foreach(list, i, e) {
		const char *s = json_string_value(e);

		if (s != NULL && all->len < RDAP_STRING)
			g_string_append_printf(all, "%s%s",
			    all->len > 0 ? "\n" : "", s);
	}
	json_decref(list);
	e = json_string(all->str);
	text = rdap_text_of(e);
	json_decref(e);
	return text;
}

static void
notice(const json_t *n, void *arg)
{
	const struct rdap *r = arg;

	rdap_emit(r, FACT_RDAP_NOTICE, json_pack("{s:o, s:o}", "title",
	    rdap_text(n, "title"), "text", lines_of(n)));
}

/* Whether the object speaks of another name than the one asked for. */
static gboolean
is_other(const struct rdap *r)
{
	g_autofree char *name = rdap_hostname(rdap_str(r->object, "ldhName"));

	return name != NULL && strcmp(name, r->subject) != 0;
}

static void
domain_facts(const struct rdap *r)
{
	const json_t *o = r->object;

	rdap_emit(r, FACT_RDAP_DOMAIN, json_pack(
	    "{s:o, s:o, s:o, s:o, s:s, s:b}", "handle", rdap_text(o, "handle"),
	    "ldh", rdap_text(o, "ldhName"),
	    "unicode", rdap_text(o, "unicodeName"),
	    "status", rdap_texts(o, "status"), "dnssec", dnssec(o),
	    "other", is_other(r)));
	if (is_other(r))
		return;
	rdap_events(r, FACT_RDAP_EVENT);
	rdap_each(o, "nameservers", nameserver, (void *)r);
	rdap_entity_facts(r);
	rdap_each(o, "links", link_to, (void *)r);
	rdap_each(o, "notices", notice, (void *)r);
}

static int
bootstrap_facts(const struct rdap *r, const char *text, size_t len)
{
	struct bootstrap *b = bootstrap_parse(text, len);

	if (b == NULL)
		return -1;
	rdap_emit(r, FACT_RDAP_BOOTSTRAP, json_pack("{s:s, s:i}",
	    "publication", bootstrap_publication(b), "entries",
	    (int)bootstrap_entries(b)));
	bootstrap_free(b);
	return 0;
}

/* ---- answers by status */

static int
no_object(const struct rdap *r, const struct http_message *m)
{
	rdap_emit(r, FACT_RDAP_NONE, json_pack("{s:i, s:o}", "code", m->status,
	    "title", rdap_text(r->object, "title")));
	return 0;
}

static int
refused(const struct rdap *r, const struct http_message *m)
{
	const char *meaning = "the server gave no data";
	const char *after = http_header(m, "Retry-After");
	json_t *v;

	for (size_t i = 0; i < G_N_ELEMENTS(meanings); i++)
		if (meanings[i].code == m->status)
			meaning = meanings[i].meaning;
	v = json_pack("{s:i, s:s, s:o}", "code", m->status, "meaning", meaning,
	    "title", rdap_text(r->object, "title"));
	if (after != NULL)
		json_object_set_new(v, "retry_after",
		    text_json(after, MIN(strlen(after), 64)));
	rdap_emit(r, FACT_RDAP_REFUSED, v);
	return 0;
}

static int
redirected(const struct rdap *r, const struct http_message *m)
{
	const char *to = http_header(m, "Location");
	g_autofree char *url = to != NULL ? rdap_url(r->x->q->name, to) : NULL;

	if (url != NULL)
		rdap_emit(r, FACT_RDAP_LINK, json_pack("{s:s, s:s, s:s}",
		    "rel", "redirect", "url", url, "type", ""));
	return 0;
}

static gboolean
is_class(const json_t *o, const char *class)
{
	const char *said = rdap_str(o, "objectClassName");

	return *said == '\0' || g_ascii_strcasecmp(said, class) == 0;
}

static int
found(const struct rdap *r, const char *text, size_t len)
{
	if (strcmp(r->x->q->type, "bootstrap") == 0)
		return bootstrap_facts(r, text, len);
	if (!json_is_object(r->object))
		return -1;
	/* Some put the error into the body only. */
	if (json_integer_value(json_object_get(r->object, "errorCode")) == 404) {
		struct http_message m = { .status = 404 };

		return no_object(r, &m);
	}
	if (strcmp(r->x->q->type, "ip") == 0) {
		if (!is_class(r->object, "ip network"))
			return -1;
		rdap_ip_facts(r);
	} else if (strcmp(r->x->q->type, "autnum") == 0) {
		if (!is_class(r->object, "autnum"))
			return -1;
		rdap_as_facts(r);
	} else {
		if (!is_class(r->object, "domain"))
			return -1;
		domain_facts(r);
	}
	return 0;
}

static int
answer(const struct rdap *r, const struct http_message *m, const char *text,
    size_t len)
{
	switch (m->status) {
	case 200:
	case 203:
		return found(r, text, len);
	case 301:
	case 302:
	case 303:
	case 307:
	case 308:
		return redirected(r, m);
	case 404:
	case 410:
		return no_object(r, m);
	}
	return refused(r, m);
}

int
rdap_parse(const struct exchange *x, GString *out)
{
	struct http_message m;
	g_autoptr(GBytes) content = NULL;
	const char *text = "";
	gsize len = 0;
	json_t *object;
	int rc;

	if (x->received.bytes == NULL || http_message_parse(
	    g_bytes_get_data(x->received.bytes, NULL),
	    g_bytes_get_size(x->received.bytes), &m) != 0)
		return -1;
	content = http_message_content(&m,
	    (gsize)limit_info(LIMIT_RDAP_BODY)->value, NULL);
	if (content != NULL)
		text = g_bytes_get_data(content, &len);
	object = rdap_json_load(text, len,
	    (int)limit_info(LIMIT_JSON_DEPTH)->value);
	g_autofree char *subject = subject_of(x, object);
	struct rdap r = { x, object, subject, x->q->host, out };

	rc = answer(&r, &m, text, len);
	json_decref(object);
	http_message_clear(&m);
	return rc;
}
