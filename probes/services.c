#include <jansson.h>
#include <string.h>

#include "probes/rdap_bootstrap.h"
#include "probes/services.h"

static const char *const lists[] = { "dns", "ipv4", "ipv6" };

struct services {
	struct bootstrap	*list[G_N_ELEMENTS(lists)];
	const char		*copy[G_N_ELEMENTS(lists)];
};

static size_t
list_index(const char *which)
{
	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		if (strcmp(lists[i], which) == 0)
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
	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
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

const char *
services_list(const char *subject)
{
	if (strchr(subject, ':') != NULL)
		return "ipv6";
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
	url = strcmp(which, "dns") == 0 ?
	    bootstrap_domain(b, subject, &published) :
	    bootstrap_ip(b, subject, &published);
	own = strcmp(which, "dns") == 0 ? rdap_unlisted(subject) : NULL;
	/* The longer suffix: de.com is not com. */
	if (own != NULL && (url == NULL ||
	    depth(NULL, subject, own) > depth(b, subject, url))) {
		url = own;
		source = "not listed by IANA";
		copy = "carried by the program";
	}
	if (url == NULL)
		return NULL;
	o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "for", subject,
	    "url", url, "source", source, "list", which, "published",
	    published != NULL ? published : "", "copy", copy);
	text = json_dumps(o, JSON_COMPACT);
	json_decref(o);
	return text;
}
