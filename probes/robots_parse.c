/*
 * robots.txt (RFC 9309): the rules of the group that speaks to us, or of the one
 * for everybody; the site maps it names.  And security.txt (RFC 9116), which is
 * written line by line too.
 */

#include <string.h>

#include "probes/http_facts.h"
#include "probes/url.h"

#define AGENT		"goodcause"
#define LINES		20000
#define RULES		500
#define SITEMAPS	50
#define FIELDS		60
#define LONG		2048		/* bytes of a path or value kept */

/* The next line, without blanks around it; FALSE at the end. */
static gboolean
next_line(const char **p, const char *end, const char **line, size_t *len)
{
	const char *s = *p, *e;

	if (s >= end)
		return FALSE;
	e = s;
	while (e < end && *e != '\n' && *e != '\r')
		e++;
	*p = e < end ? e + 1 : e;
	while (s < e && g_ascii_isspace(*s))
		s++;
	while (e > s && g_ascii_isspace(e[-1]))
		e--;
	*line = s;
	*len = (size_t)(e - s);
	return TRUE;
}

/* "Key: value" with a comment after '#'; NULL where it is not; value freed. */
static char *
key_value(const char *line, size_t len, char comment, char **key)
{
	const char *hash = comment != '\0' ? memchr(line, comment, len) : NULL;
	const char *colon;

	len = hash != NULL ? (size_t)(hash - line) : len;
	colon = memchr(line, ':', len);
	if (colon == NULL || colon == line || len > LONG)
		return NULL;
	*key = g_strstrip(g_ascii_strdown(line, colon - line));
	return g_strstrip(g_strndup(colon + 1,
	    len - (size_t)(colon + 1 - line)));
}

/* ---- robots.txt */

struct robots {
	const struct exchange	*x;
	GString			*out;
	const char		*agent;		/* whose rules are taken */
	gboolean		 in_group;	/* this group is theirs */
	gboolean		 naming;	/* agents are being named */
	guint			 rules, maps;
	gboolean		 seen;		/* a group of that agent came */
	gboolean		 look;		/* only look for the agent */
};

static void
robots_agent(struct robots *r, const char *value)
{
	gboolean is = g_ascii_strcasecmp(value, r->agent) == 0;

	r->in_group = r->naming ? r->in_group || is : is;
	r->naming = TRUE;
	r->seen |= is;
}

static void
robots_rule(struct robots *r, gboolean allow, const char *path)
{
	json_t *v;

	r->naming = FALSE;
	/* An empty path is no rule. */
	if (!r->in_group || r->look || *path == '\0' || r->rules >= RULES)
		return;
	r->rules++;
	v = json_object();
	json_object_set_new(v, "agent", json_string(r->agent));
	json_object_set_new(v, "allow", json_boolean(allow));
	json_object_set_new(v, "path", http_text(path, strlen(path), LONG));
	fact_emit(r->out, FACT_ROBOTS_RULE, r->x->q->name, v);
}

static void
robots_map(struct robots *r, const char *value)
{
	g_autofree char *url = NULL;

	if (r->look || r->maps >= SITEMAPS ||
	    (url = url_resolve(r->x->q->name, value)) == NULL)
		return;
	r->maps++;
	fact_emit(r->out, FACT_ROBOTS_SITEMAP, r->x->q->name,
	    json_pack("{s:s}", "url", url));
}

static void
robots_line(struct robots *r, const char *line, size_t len)
{
	g_autofree char *key = NULL;
	g_autofree char *value = key_value(line, len, '#', &key);

	if (value == NULL)
		return;
	if (strcmp(key, "user-agent") == 0)
		robots_agent(r, value);
	else if (strcmp(key, "disallow") == 0)
		robots_rule(r, FALSE, value);
	else if (strcmp(key, "allow") == 0)
		robots_rule(r, TRUE, value);
	else if (strcmp(key, "sitemap") == 0)
		robots_map(r, value);
}

static void
robots_read(struct robots *r, const char *text, size_t len)
{
	const char *end = text + len, *line;
	size_t n, lines = 0;

	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		text += 3;
	while (lines++ < LINES && next_line(&text, end, &line, &n))
		robots_line(r, line, n);
}

void
robots_facts(const struct exchange *x, const char *text, size_t len,
    GString *out)
{
	struct robots look = { .x = x, .agent = AGENT, .look = TRUE };
	struct robots r = { .x = x, .out = out };

	robots_read(&look, text, len);
	r.agent = look.seen ? AGENT : "*";
	robots_read(&r, text, len);
}

/* ---- security.txt */

static const char *const security_names[] = { "contact", "expires",
	"encryption", "policy", "canonical", "hiring", "acknowledgments",
	"preferred-languages", "csaf" };

void
security_facts(const struct exchange *x, const char *text, size_t len,
    GString *out)
{
	const char *end = text + len, *line;
	size_t n, lines = 0, fields = 0;

	while (lines++ < LINES && fields < FIELDS &&
	    next_line(&text, end, &line, &n)) {
		g_autofree char *key = NULL;
		g_autofree char *value = *line == '#' ? NULL :
		    key_value(line, n, '\0', &key);

		for (size_t i = 0; value != NULL &&
		    i < G_N_ELEMENTS(security_names); i++) {
			json_t *v;

			if (strcmp(key, security_names[i]) != 0)
				continue;
			v = json_object();
			json_object_set_new(v, "name", json_string(key));
			json_object_set_new(v, "value", http_text(value,
			    strlen(value), LONG));
			fact_emit(out, FACT_SECURITY_FIELD, x->q->name, v);
			fields++;
		}
	}
}
