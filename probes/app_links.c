#include "probes/app_links.h"

#include <string.h>

#include "probes/json_read.h"
#include "probes/url.h"

#define DEPTH		32
#define STATEMENTS	200	/* of one list */
#define CERTS		16	/* of one statement */
#define USES		16
#define TEXT		255

/* What is found: a key "platform app team cert site" in the order of the file,
 * and what each is for. */
struct found {
	const struct exchange	*x;
	const char		*text;
	size_t			 len;
	json_t			*links;		/* key: {the fact's value} */
};

static const char *
str(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s != NULL ? s : "";
}

static gboolean
is_name(const char *s)
{
	size_t n = strlen(s);

	return n > 0 && n <= TEXT && strspn(s, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == n;
}

static void
use_add(json_t *uses, const char *use)
{
	const json_t *u;
	size_t i;

	json_array_foreach(uses, i, u)
		if (strcmp(json_string_value(u), use) == 0)
			return;
	if (is_name(use) && json_array_size(uses) < USES)
		json_array_append_new(uses, json_string(use));
}

/* What stands between a relation's parts ("delegate_permission/common.x") is told
 * by its end alone. */
static const char *
relation_end(const char *relation)
{
	const char *slash = strrchr(relation, '/');

	return slash != NULL ? slash + 1 : relation;
}

/* The value of a link that is there already, or of a new one; raw is the text as
 * the file has it, for its place. */
static json_t *
found_link(struct found *f, const char *const part[5], const char *raw)
{
	static const char *const names[] = { "platform", "app", "team", "cert",
		"site" };
	g_autofree char *key = g_strjoin(" ", part[0], part[1], part[2],
	    part[3], part[4], NULL);
	json_t *v = json_object_get(f->links, key);
	const char *at;

	if (v != NULL || json_object_size(f->links) >= APP_LINKS)
		return v;
	v = json_object();
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		json_object_set_new(v, names[i], json_string(part[i]));
	json_object_set_new(v, "uses", json_array());
	at = *raw != '\0' ? memmem(f->text, f->len, raw, strlen(raw)) : NULL;
	if (at != NULL) {
		json_object_set_new(v, "offset", json_integer(
		    (json_int_t)(at - f->text)));
		json_object_set_new(v, "in", json_string("body"));
	}
	json_object_set_new(f->links, key, v);
	return v;
}

static void
found_emit(struct found *f, GString *out)
{
	const char *key;
	json_t *v;

	json_object_foreach(f->links, key, v)
		fact_emit(out, FACT_APP_LINK, f->x->q->name, json_incref(v));
	json_decref(f->links);
}

/* ---- Digital Asset Links */

/* "14:6D:..." as 64 digits in lower case; FALSE where it is none. */
static gboolean
fingerprint(const char *s, char to[65])
{
	size_t n = 0;

	for (; *s != '\0' && n < 64; s++) {
		if (*s == ':' && n > 0 && n % 2 == 0)
			continue;
		if (!g_ascii_isxdigit(*s))
			return FALSE;
		to[n++] = g_ascii_tolower(*s);
	}
	to[n] = '\0';
	return n == 64 && *s == '\0';
}

static void
uses_of(json_t *v, const json_t *statement)
{
	const json_t *r, *relation = json_object_get(statement, "relation");
	size_t i;

	if (v != NULL && json_is_string(relation))
		use_add(json_object_get(v, "uses"),
		    relation_end(json_string_value(relation)));
	json_array_foreach(relation, i, r)
		if (v != NULL && json_is_string(r))
			use_add(json_object_get(v, "uses"),
			    relation_end(json_string_value(r)));
}

static void
android(struct found *f, const json_t *statement, const json_t *target)
{
	const char *package = str(target, "package_name");
	const json_t *c, *certs = json_object_get(target,
	    "sha256_cert_fingerprints");
	gboolean any = FALSE;
	char hex[65];
	size_t i;

	if (!is_name(package))
		return;
	json_array_foreach(certs, i, c) {
		const char *raw = json_string_value(c);

		if (i >= CERTS || raw == NULL || !fingerprint(raw, hex))
			continue;
		any = TRUE;
		uses_of(found_link(f, (const char *[]){ "android", package, "",
		    hex, "" }, raw), statement);
	}
	if (!any)
		uses_of(found_link(f, (const char *[]){ "android", package, "",
		    "", "" }, package), statement);
}

/* Another site, or another list, by its host or URL. */
static void
elsewhere(struct found *f, const char *platform, const json_t *statement,
    const char *text)
{
	struct url u;
	g_autofree char *url = NULL;

	if (url_split(text, &u) != 0)
		return;
	url = strcmp(platform, "web") == 0 ? g_strdup(u.host) : url_text(&u);
	url_clear(&u);
	if (strlen(url) <= TEXT)
		uses_of(found_link(f, (const char *[]){ platform, "", "", "",
		    url }, text), statement);
}

static void
statement_read(struct found *f, const json_t *s)
{
	const json_t *target = json_object_get(s, "target");
	const char *space = str(target, "namespace");

	if (strcmp(space, "android_app") == 0)
		android(f, s, target);
	else if (strcmp(space, "web") == 0)
		elsewhere(f, "web", s, str(target, "site"));
	else if (*str(s, "include") != '\0')
		elsewhere(f, "list", s, str(s, "include"));
}

void
assetlinks_facts(const struct exchange *x, const char *text, size_t len,
    GString *out)
{
	json_t *all = json_read(text, len, DEPTH, JSON_ANY), *s;
	struct found f = { x, text, len, json_object() };
	size_t i;

	json_array_foreach(all, i, s)
		if (i < STATEMENTS)
			statement_read(&f, s);
	found_emit(&f, out);
	json_decref(all);
}

/* ---- Apple */

/* "ABCDE12345.com.example.app": ten letters or digits, and the bundle. */
static void
apple(struct found *f, const json_t *id, const char *use)
{
	const char *s = json_string_value(id);
	g_autofree char *team = NULL;
	json_t *v;

	if (s == NULL || strlen(s) < 12 || s[10] != '.' || !is_name(s))
		return;
	team = g_strndup(s, 10);
	for (size_t i = 0; i < 10; i++)
		if (!g_ascii_isupper(s[i]) && !g_ascii_isdigit(s[i]))
			return;
	v = found_link(f, (const char *[]){ "apple", s + 11, team, "", "" }, s);
	if (v != NULL)
		use_add(json_object_get(v, "uses"), use);
}

static void
apples(struct found *f, const json_t *list, const char *use)
{
	const json_t *id;
	size_t i;

	json_array_foreach(list, i, id)
		if (i < STATEMENTS)
			apple(f, id, use);
}

/* Of links: a list of objects with appID or appIDs, or an object whose keys are
 * the applications (as until 2015). */
static void
details(struct found *f, json_t *list)
{
	const char *key;
	json_t *d;
	size_t i;

	json_array_foreach(list, i, d) {
		if (i >= STATEMENTS)
			break;
		apple(f, json_object_get(d, "appID"), "applinks");
		apples(f, json_object_get(d, "appIDs"), "applinks");
	}
	i = 0;
	json_object_foreach(list, key, d) {
		json_t *id = json_string(key);

		if (i++ < STATEMENTS)
			apple(f, id, "applinks");
		json_decref(id);
	}
}

void
apple_app_facts(const struct exchange *x, const char *text, size_t len,
    GString *out)
{
	static const char *const services[] = { "webcredentials", "appclips",
		"activitycontinuation" };
	json_t *all = json_read(text, len, DEPTH, JSON_ANY);
	struct found f = { x, text, len, json_object() };

	details(&f, json_object_get(json_object_get(all, "applinks"),
	    "details"));
	for (size_t i = 0; i < G_N_ELEMENTS(services); i++)
		apples(&f, json_object_get(json_object_get(all, services[i]),
		    "apps"), services[i]);
	found_emit(&f, out);
	json_decref(all);
}
