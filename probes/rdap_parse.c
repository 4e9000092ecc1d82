#include <string.h>

#include "probes/json_arena.h"
#include "probes/limits.h"
#include "probes/rdap.h"
#include "probes/rdap_bootstrap.h"

/* ---- what was asked for */

/* What stands in a URL after the last of the given path, decoded. */
static char *
after_path(const char *url, const char *path)
{
	g_autofree char *low = g_ascii_strdown(url, -1);
	const char *p = g_strrstr(low, path);
	g_autofree char *raw = NULL;
	char *s;

	if (p == NULL)
		return NULL;
	p += strlen(path);
	raw = g_strndup(p, strcspn(p, "?#"));
	s = g_uri_unescape_string(raw, NULL);
	return s != NULL && *s != '\0' && g_utf8_validate(s, -1, NULL) ? s :
	    (g_free(s), NULL);
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
domain_subject(const char *url, const json_t *object)
{
	g_autofree char *asked = after_path(url, "/domain/");
	char *name = asked != NULL ? rdap_hostname(asked) : NULL;

	if (name == NULL)
		name = rdap_hostname(rdap_str(object, "ldhName"));
	if (name == NULL)
		name = rdap_hostname(rdap_str(object, "unicodeName"));
	return name;
}

/* The address, or the prefix of a network above it. */
static char *
ip_subject(const char *url, const json_t *object)
{
	(void)object;
	return after_path(url, "/ip/");
}

/* "AS64500" of .../autnum/64500. */
static char *
as_subject(const char *url, const json_t *object)
{
	g_autofree char *s = after_path(url, "/autnum/");

	(void)object;
	if (s == NULL)
		return NULL;
	s[strcspn(s, "/")] = '\0';
	return g_ascii_strncasecmp(s, "AS", 2) == 0 ? g_ascii_strup(s, -1) :
	    g_strconcat("AS", s, NULL);
}

static char *
nameserver_subject(const char *url, const json_t *object)
{
	g_autofree char *asked = after_path(url, "/nameserver/");
	char *name = asked != NULL ? rdap_hostname(asked) : NULL;

	return name != NULL ? name : rdap_hostname(rdap_str(object,
	    "ldhName"));
}

static char *
entity_subject(const char *url, const json_t *object)
{
	char *s = after_path(url, "/entity/");

	return s != NULL || *rdap_str(object, "handle") == '\0' ? s :
	    g_strdup(rdap_str(object, "handle"));
}

static char *
list_subject(const char *url, const json_t *object)
{
	(void)object;
	return file_stem(url);
}

/* ---- kinds of answers */

static void
entity_facts(const struct rdap *r)
{
	/* Asked for what it holds, its own days would be that one's. */
	if (strcmp(r->subject, rdap_str(r->object, "handle")) == 0)
		rdap_events(r, FACT_RDAP_EVENT);
	rdap_entity_facts(r);
	rdap_notices(r);
}

/* What a server says of itself: that it speaks RDAP (RFC 9083 section 7). */
static void
help_facts(const struct rdap *r)
{
	rdap_emit(r, FACT_RDAP_HELP, json_pack("{s:o}", "conformance",
	    rdap_texts(r->object, "rdapConformance")));
	rdap_notices(r);
}

/* By the type of the question: who is the subject, which class of object
 * answers it ("" any), what is read of it. */
static const struct kind {
	const char	*type, *class;
	char		*(*subject)(const char *url, const json_t *);
	void		 (*read)(const struct rdap *);
} kinds[] = {
	{ "domain",	"domain",	domain_subject,	rdap_domain_facts },
	{ "link",	"domain",	domain_subject,	rdap_domain_facts },
	{ "ip",		"ip network",	ip_subject,	rdap_ip_facts },
	{ "autnum",	"autnum",	as_subject,	rdap_as_facts },
	{ "entity",	"entity",	entity_subject,	entity_facts },
	{ "nameserver",	"nameserver",	nameserver_subject,
	    rdap_nameserver_facts },
	{ "help",	"",		domain_subject,	help_facts },
	{ "bootstrap",	"",		list_subject,	NULL },
	{ "geofeed",	"",		ip_subject,	NULL },
};

static const struct kind *
kind_of(const struct exchange *x)
{
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (strcmp(kinds[i].type, x->q->type) == 0)
			return &kinds[i];
	return &kinds[0];
}

static char *
subject_of(const struct exchange *x, const json_t *object)
{
	char *s = question_option(x->q, "for");

	if (s == NULL || *s == '\0') {
		g_free(s);
		s = kind_of(x)->subject(x->q->name, object);
	}
	return s != NULL ? s : g_strdup(x->q->name);
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

/* "ip network" is also written "ipNetwork" and "ip-network". */
static gboolean
same_class(const char *said, const char *class)
{
	for (;; said++, class++) {
		said += strspn(said, " -_");
		class += strspn(class, " ");
		if (g_ascii_tolower(*said) != *class)
			return FALSE;
		if (*said == '\0')
			return TRUE;
	}
}

/* Of this class, or of none that is said but with what such objects have. */
static gboolean
is_class(const json_t *o, const char *class)
{
	static const char *const members[] = {
		"ldhName", "unicodeName", "handle", "entities", "status",
		"events", "startAddress", "startAutnum", "nameservers",
		"vcardArray", "redacted", "name",
	};
	const json_t *named = json_object_get(o, "objectClassName");

	if (named != NULL)
		return json_is_string(named) &&
		    same_class(json_string_value(named), class);
	/* A number for a status is that of an error. */
	for (size_t i = 0; i < G_N_ELEMENTS(members); i++) {
		const json_t *v = json_object_get(o, members[i]);

		if (v != NULL && !json_is_integer(v))
			return TRUE;
	}
	return FALSE;
}

/* Some put the error into the body only; some say nothing but a notice. */
static int
without_object(const struct rdap *r, const struct http_message *m, size_t len)
{
	if (rdap_number(r->object, "errorCode") == 404)
		return rdap_no_object(r, 404);
	rdap_notices(r);
	return rdap_refused(r, m, len);
}

static int
found(const struct rdap *r, const struct http_message *m, const char *text,
    size_t len)
{
	const struct kind *k = kind_of(r->x);

	if (strcmp(k->type, "bootstrap") == 0)
		return bootstrap_facts(r, text, len);
	if (strcmp(k->type, "geofeed") == 0)
		return geofeed_facts(r->x, text, len, r->out);
	if (!json_is_object(r->object)) {
		/* A page, or nothing; cut or broken JSON is not read. */
		if (len > 0 && strchr("{[", text[strspn(text, " \t\r\n")]))
			return -1;
		return rdap_refused(r, m, len);
	}
	if (json_object_get(r->object, "errorCode") != NULL)
		return without_object(r, m, len);
	if (*k->class == '\0' || is_class(r->object, k->class)) {
		k->read(r);
		return 0;
	}
	if (*rdap_str(r->object, "objectClassName") != '\0')
		return -1;
	return without_object(r, m, len);
}

/* ---- answers by status */

static int
answer(const struct rdap *r, const struct http_message *m, const char *text,
    size_t len)
{
	switch (m->status) {
	case 200:
	case 203:
		return found(r, m, text, len);
	case 300:
	case 301:
	case 302:
	case 303:
	case 307:
	case 308:
		return rdap_redirected(r, m);
	case 404:
	case 410:
		if (strcmp(r->x->q->type, "geofeed") != 0)
			return rdap_no_object(r, m->status);
		break;
	}
	return rdap_refused(r, m, len);
}

/* Some put the object under a name of their own, and nothing beside it. */
static json_t *
wrapped(json_t *o)
{
	void *only = json_object_size(o) == 1 ? json_object_iter(o) : NULL;
	json_t *in = only != NULL ? json_object_iter_value(only) : NULL;

	return json_object_get(in, "objectClassName") != NULL ? in : NULL;
}

/* Search results hold the object that was asked for as their first. */
static json_t *
unwrapped(json_t *o)
{
	static const char *const lists[] = {
		"ipSearchResults", "domainSearchResults",
		"autnumSearchResults", "nameserverSearchResults",
		"entitySearchResults",
	};
	json_t *first = json_array_get(o, 0);

	for (size_t i = 0; first == NULL && i < G_N_ELEMENTS(lists); i++)
		first = json_array_get(json_object_get(o, lists[i]), 0);
	if (first == NULL && json_object_get(o, "objectClassName") == NULL)
		first = wrapped(o);
	if (!json_is_object(first))
		return o;
	json_incref(first);
	json_arena_drop(o);
	return first;
}

static int
parse_text(const struct exchange *x, const struct http_message *m,
    const char *text, size_t len, GString *out)
{
	gboolean plain = strcmp(x->q->type, "geofeed") == 0;
	const char *charset = "";
	GString *utf8 = plain ? NULL : rdap_utf8(text, len,
	    http_header(m, "Content-Type"), &charset);
	json_t *object;
	struct rdap r;
	int rc;

	if (utf8 != NULL) {
		text = utf8->str;
		len = utf8->len;
	}
	object = plain ? NULL : rdap_json_load(text, len,
	    (int)limit_info(LIMIT_JSON_DEPTH)->value);
	if (strcmp(x->q->type, "bootstrap") != 0)
		object = unwrapped(object);
	g_autofree char *subject = subject_of(x, object);
	r = (struct rdap){ x, object, subject, x->q->host, charset, out,
	    rdap_redactions(object), rdap_entities_read(object) };
	rc = answer(&r, m, text, len);
	g_array_unref(r.redactions);
	g_array_unref(r.entities);
	json_arena_drop(object);
	if (utf8 != NULL)
		g_string_free(utf8, TRUE);
	return rc;
}

int
rdap_parse(const struct exchange *x, GString *out)
{
	struct http_message m;
	g_autoptr(GBytes) content = NULL;
	const char *text = "";
	gsize len = 0;
	int rc;

	if (x->received.bytes == NULL || http_message_parse(
	    g_bytes_get_data(x->received.bytes, NULL),
	    g_bytes_get_size(x->received.bytes), &m) != 0)
		return -1;
	if (x->status == X_MALFORMED || !m.ended || m.unsure) {
		http_message_clear(&m);
		return -1;
	}
	content = http_message_content(&m, (gsize)limit_info(
	    strcmp(x->q->type, "geofeed") == 0 ? LIMIT_GEOFEED_BODY :
	    LIMIT_RDAP_BODY)->value, NULL);
	if (content != NULL)
		text = g_bytes_get_data(content, &len);
	rc = parse_text(x, &m, text, len, out);
	http_message_clear(&m);
	return rc;
}
