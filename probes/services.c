#include <jansson.h>
#include <string.h>

#include "probes/rdap_bootstrap.h"
#include "probes/services.h"

const char *const services_lists[SERVICES_LISTS] = {
	"dns", "ipv4", "ipv6", "asn", "object-tags",
};

struct services {
	struct bootstrap	*list[SERVICES_LISTS];
	const char		*copy[SERVICES_LISTS];
};

static size_t
list_index(const char *which)
{
	for (size_t i = 0; i < SERVICES_LISTS; i++)
		if (strcmp(services_lists[i], which) == 0)
			return i;
	g_assert_not_reached();
}

struct services *
services_new(void)
{
	return g_new0(struct services, 1);
}

void
services_free(struct services *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < SERVICES_LISTS; i++)
		bootstrap_free(s->list[i]);
	g_free(s);
}

int
services_add(struct services *s, const char *which, const char *bytes,
    gsize len)
{
	size_t i = list_index(which);
	struct bootstrap *b = bytes != NULL ? bootstrap_parse(bytes, len) :
	    NULL;
	int rc = 0;

	s->copy[i] = "fetched";
	if (b == NULL) {
		size_t own = 0;
		const char *text = bootstrap_embedded(which, &own);

		b = bootstrap_parse(text, own);
		s->copy[i] = "carried by the program";
		rc = bytes != NULL ? -1 : 0;
	}
	bootstrap_free(s->list[i]);
	s->list[i] = b;
	return rc;
}

const char *
services_copy(const struct services *s, const char *which)
{
	return s->copy[list_index(which)];
}

/* The number of "AS64500"; FALSE where it is no such word. */
static gboolean
as_number(const char *subject, guint32 *as)
{
	guint64 n;

	if (strncmp(subject, "AS", 2) != 0 || !g_ascii_string_to_unsigned(
	    subject + 2, 10, 0, G_MAXUINT32, &n, NULL))
		return FALSE;
	*as = (guint32)n;
	return TRUE;
}

const char *
services_list(const char *subject)
{
	guint32 as;

	if (g_str_has_prefix(subject, "entity/"))
		return "object-tags";
	if (strchr(subject, ':') != NULL)
		return "ipv6";
	if (as_number(subject, &as))
		return "asn";
	return g_hostname_is_ip_address(subject) ? "ipv4" : "dns";
}

/* How many labels of the name a list's answer rests on: the fewest that give
 * it. */
static guint
depth(const struct bootstrap *b, const char *name, const char *url)
{
	guint labels = 0;

	for (const char *p = name + strlen(name); p > name; p--) {
		const char *at = p - 1, *got;

		if (at > name && at[-1] != '.')
			continue;
		labels++;
		got = b != NULL ? bootstrap_domain(b, at, NULL) :
		    rdap_unlisted(at);
		if (g_strcmp0(got, url) == 0)
			return labels;
	}
	return 0;
}

/* What the list of the subject's kind has for it. */
static const char *
listed(const struct bootstrap *b, const char *which, const char *subject,
    const char **published)
{
	guint32 as = 0;

	if (strcmp(which, "dns") == 0)
		return bootstrap_domain(b, subject, published);
	if (strcmp(which, "object-tags") == 0)
		return bootstrap_tag(b, subject, published);
	if (strcmp(which, "asn") == 0)
		return as_number(subject, &as) ?
		    bootstrap_asn(b, as, published) : NULL;
	return bootstrap_ip(b, subject, published);
}

char *
services_find(const struct services *s, const char *subject)
{
	const char *which = services_list(subject), *published = "", *url, *own;
	const struct bootstrap *b = s->list[list_index(which)];
	const char *source = "IANA", *copy = services_copy(s, which);
	json_t *o;
	char *text;

	if (b == NULL)
		return NULL;
	url = listed(b, which, subject, &published);
	own = strcmp(which, "dns") == 0 ? rdap_unlisted(subject) : NULL;
	/* The longer suffix: de.com is not com. */
	if (own != NULL && (url == NULL ||
	    depth(NULL, subject, own) > depth(b, subject, url))) {
		url = own;
		source = "not listed by IANA";
		copy = "carried by the program";
		published = "";
	}
	if (url == NULL)
		return NULL;
	o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:b}", "for", subject,
	    "url", url, "source", source, "list", which, "published",
	    published, "copy", copy, "authenticated",
	    g_ascii_strncasecmp(url, "https:", 6) == 0);
	text = json_dumps(o, JSON_COMPACT);
	json_decref(o);
	return text;
}
