/* What all objects of registration data have (RFC 9083 section 4). */

#include <string.h>

#include "probes/json_arena.h"
#include "probes/json_text.h"
#include "probes/rdap.h"
#include "probes/rdap_value.h"

void
rdap_emit(const struct rdap *r, enum fact_kind kind, json_t *value)
{
	fact_open(r->out, kind, r->subject);
	json_put_members(r->out, value);
	rdap_close(r);
	json_arena_drop(value);
}

void
rdap_close(const struct rdap *r)
{
	json_put(r->out, "server", r->server);
	fact_close(r->out);
}

gboolean
rdap_unauthenticated(const struct rdap *r)
{
	return g_ascii_strncasecmp(r->x->q->name, "http:", 5) == 0;
}

/* ---- events */

struct events {
	const struct rdap	*r;
	enum fact_kind		 kind;
};

/* The words of RFC 9083 section 10.2.3 begin with a small letter; those of some
 * servers do not, or are others. */
static void
put_action(GString *out, const char *said, const char *usual)
{
	g_autofree char *word = NULL;

	if (usual != NULL) {
		json_put_plain(out, "action", usual);
		return;
	}
	word = g_strdup(said);
	*word = g_ascii_tolower(*word);
	rdap_put(out, "action", word);
}

static void
event(const json_t *e, void *arg)
{
	const struct events *s = arg;
	GString *out = s->r->out;
	const char *said = rdap_str(e, "eventAction");
	const char *date = rdap_str(e, "eventDate");
	const char *usual = rdap_event(said);
	g_autofree char *utc = rdap_utc(date);

	if (*said == '\0')
		return;
	fact_open(out, s->kind, s->r->subject);
	put_action(out, said, usual);
	rdap_put_member(out, "date", e, "eventDate");
	if (utc != NULL)
		json_put_plain(out, "utc", utc);
	else
		json_put_null(out, "utc");
	if (usual != NULL)
		rdap_put(out, "written", said);
	if (*rdap_str(e, "eventActor") != '\0')
		rdap_put_member(out, "actor", e, "eventActor");
	rdap_close(s->r);
}

void
rdap_events(const struct rdap *r, enum fact_kind kind)
{
	struct events s = { r, kind };

	rdap_each(r->object, json_object_get(r->object, "events") != NULL ?
	    "events" : "enents", event, &s);	/* sic */
}

/* ---- notices and remarks */

json_t *
rdap_lines(const json_t *notice)
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

static const struct {
	const char	*word;
	int		 seconds;
} units[] = {
	{ "second", 1 }, { "minute", 60 }, { "hour", 3600 }, { "day", 86400 },
};

/* Reads at most six digits and the blanks after them; NULL where none is. */
static const char *
count(const char *s, int *n)
{
	const char *at = s;

	for (*n = 0; g_ascii_isdigit(*at) && at - s < 6; at++)
		*n = *n * 10 + (*at - '0');
	if (at == s || (*at != ' ' && *at != '\0'))
		return NULL;
	while (*at == ' ')
		at++;
	return at;
}

/* LACNIC says its limit in every answer: "Rate Limit is maxed at 10 queries per
 * 1 minutes." */
static void
limit(const struct rdap *r, const char *text)
{
	const char *at = strstr(text, "maxed at ");
	int queries, number, seconds = 0;

	if (at == NULL || (at = count(at + strlen("maxed at "), &queries)) ==
	    NULL || (at = strstr(at, " per ")) == NULL ||
	    (at = count(at + strlen(" per "), &number)) == NULL)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
		if (strncmp(at, units[i].word, strlen(units[i].word)) == 0)
			seconds = number * units[i].seconds;
	rdap_emit(r, FACT_RDAP_LIMIT, json_pack("{s:i, s:i, s:s}", "queries",
	    queries, "seconds", seconds, "text", text));
}

struct notes {
	const struct rdap	*r;
	const char		*where;
	json_t			*incomplete;
};

static void
notice(const json_t *n, void *arg)
{
	const struct notes *s = arg;
	json_t *text = rdap_lines(n);
	json_t *v = json_pack("{s:o, s:O, s:s}", "title", rdap_text(n, "title"),
	    "text", text, "where", s->where);

	if (*rdap_str(n, "type") != '\0')
		json_object_set_new(v, "type", rdap_text(n, "type"));
	rdap_emit(s->r, FACT_RDAP_NOTICE, v);
	if (json_is_string(text))
		limit(s->r, json_string_value(text));
	json_decref(text);
}

void
rdap_notices(const struct rdap *r)
{
	struct notes s = { r, "notice", NULL };

	rdap_each(r->object, "notices", notice, &s);
	s.where = "remark";
	rdap_each(r->object, "remarks", notice, &s);
}

/* Types of RFC 9083 section 10.2.1 that say something was left out; some
 * servers write them as the title. */
static void
truncated(const json_t *n, void *arg)
{
	struct notes *s = arg;
	const char *type = rdap_str(n, "type"), *title = rdap_str(n, "title");
	const char *said = *type != '\0' ? type : title;

	if (strstr(said, "truncated") == NULL)
		return;
	if (s->incomplete == NULL)
		s->incomplete = json_array();
	json_array_append_new(s->incomplete, rdap_text(n, said == type ?
	    "type" : "title"));
}

json_t *
rdap_incomplete(const struct rdap *r)
{
	struct notes s = { r, "", NULL };

	rdap_each(r->object, "notices", truncated, &s);
	rdap_each(r->object, "remarks", truncated, &s);
	return s.incomplete;
}

/* ---- links */

static gboolean
is_rdap_type(const char *type)
{
	static const char rdap[] = "application/rdap+json";

	return g_ascii_strncasecmp(type, rdap, strlen(rdap)) == 0 &&
	    strchr("; ", type[strlen(rdap)]) != NULL;
}

/* None, or one that tells no more. */
static gboolean
is_plain_json(const char *type)
{
	return *type == '\0' ||
	    g_ascii_strcasecmp(type, "application/json") == 0;
}

/* Which links lead to data about the same object, where the type does not say. */
static gboolean
looks_like_one(const json_t *l, const char *url)
{
	return strstr(url, "/domain/") != NULL || rdap_has(l, "rel", "up") ||
	    rdap_has(l, "rel", "rdap-up");
}

static void
link_to(const json_t *l, void *arg)
{
	const struct rdap *r = arg;
	const char *type = rdap_str(l, "type");
	g_autofree char *url = rdap_url(r->x->q->name, rdap_str(l, "href"));

	if (url == NULL || rdap_has(l, "rel", "self") ||
	    strcmp(url, r->x->q->name) == 0)
		return;
	if (is_plain_json(type) ? !looks_like_one(l, url) :
	    !is_rdap_type(type))
		return;
	rdap_emit(r, FACT_RDAP_LINK, json_pack("{s:o, s:s, s:o}", "rel",
	    rdap_text(l, "rel"), "url", url, "type", rdap_text(l, "type")));
}

static void
registrar_link(const json_t *l, void *arg)
{
	if (rdap_has(l, "rel", "related") &&
	    strstr(rdap_str(l, "href"), "/domain/") != NULL)
		link_to(l, arg);
}

/* Some registries hang the registrar's service on the registrar. */
static void
entity_links(const struct rdap *r, const struct rdap_entity *e, void *unused)
{
	(void)unused;
	if (*e->under == '\0' && rdap_has_role(e, "registrar"))
		rdap_each(e->object, "links", registrar_link, (void *)r);
}

void
rdap_links(const struct rdap *r)
{
	rdap_each(r->object, "links", link_to, (void *)r);
	rdap_entities(r, entity_links, NULL);
}
