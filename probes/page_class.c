#include "probes/page_class.h"

#include <string.h>

#include "probes/ascii.h"
#include "probes/text.h"

enum where { NONE, STATUS, HEADER, TITLE, TEXT, HOST, BODY, EMPTY };

static const char *const where_names[] = {
	[NONE] = "", [STATUS] = "status", [HEADER] = "header",
	[TITLE] = "title", [TEXT] = "text", [HOST] = "host", [BODY] = "body",
	[EMPTY] = "body",
};

static const struct {
	const char	*name;
	gboolean	 content;	/* the site's own words */
} classes[PAGE_CLASSES] = {
	[C_CHALLENGE] = { "challenge", FALSE },
	[C_GEO_BLOCK] = { "geo-block", FALSE },
	[C_PARKING] = { "parking", FALSE },
	[C_FOR_SALE] = { "for-sale", FALSE },
	[C_SUSPENDED] = { "suspended", FALSE },
	[C_DEFAULT] = { "default-page", FALSE },
	[C_AGE_GATE] = { "age-gate", TRUE },
	[C_LOG_IN] = { "log-in-wall", TRUE },
	[C_SCRIPT] = { "needs-script", TRUE },
};

static const struct class_rule {
	enum page_class	 class;
	const char	*rule, *dated;
	int		 status;
	struct sign {
		enum where	 where;
		const char	*needle;
		size_t		 len;
	} sign, also;
} rules[] = {
#define CLASS(c, r, d, s, w, n, a, m) \
	{ c, r, d, s, { w, n, sizeof(n) - 1 }, { a, m, sizeof(m) - 1 } },
#include "probes/page_class.def"
#undef CLASS
};

/* ---- which pairs of letters a text has: most needles are ruled out by one */

#define PAIRS	4096u

struct pairs {
	gboolean	 made;
	guchar		 has[PAIRS];	/* folded */
};

struct look {
	const struct class_look	*k;
	struct pairs		 text, body;
};

static inline unsigned
pair(unsigned a, unsigned b)
{
	return (a << 5 ^ b) % PAIRS;
}

/* Case is folded with more than that, in the fewest steps: a whole page goes
 * through it, and a pair too many rules nothing out. */
static inline unsigned
fold(char c)
{
	return (guchar)c | 0x20u;
}

static void
pairs_make(struct pairs *p, const char *s, size_t n)
{
	unsigned last = fold(0), c;

	memset(p->has, 0, sizeof(p->has));
	for (size_t i = 0; i < n; i++) {
		c = fold(s[i]);
		p->has[pair(last, c)] = 1;
		last = c;
	}
	p->made = TRUE;
}

static gboolean
pairs_may_hold(const struct pairs *p, const char *needle)
{
	unsigned last = fold(*needle), c;

	while (*needle != '\0' && *++needle != '\0') {
		c = fold(*needle);
		if (p->has[pair(last, c)] == 0)
			return FALSE;
		last = c;
	}
	return TRUE;
}

/* ---- the signs: where the needle stands, or NULL */

/* Whether s begins so, in any case: how long that is, or 0. */
static size_t
begins(const char *s, const char *with, char stop)
{
	size_t n = 0;

	while (with[n] != '\0' && with[n] != stop &&
	    ascii_low(s[n]) == ascii_low(with[n]))
		n++;
	return with[n] == '\0' || with[n] == stop ? n : 0;
}

static const char *
in_header(const struct class_look *k, const char *needle)
{
	for (guint i = 0; i < k->m->fields->len; i++) {
		const struct http_field *f = &g_array_index(k->m->fields,
		    struct http_field, i);
		size_t n = begins(f->name, needle, ':');

		if (n > 0 && f->name[n] == '\0' && strcasestr(f->value,
		    needle[n] == ':' ? needle + n + 2 : "") != NULL)
			return f->value;
	}
	return NULL;
}

static const char *
in_title(const struct class_look *k, const char *needle)
{
	gboolean whole = *needle == '=';
	size_t n = begins(k->title, needle + whole, '\0');

	return n > 0 && (!whole || k->title[n] == '\0') ? k->title : NULL;
}

static const char *
in_hosts(const struct class_look *k, const char *needle, size_t m)
{
	for (guint i = 0; k->hosts != NULL && i < k->hosts->len; i++) {
		const char *host = k->hosts->pdata[i];
		size_t n = strlen(host);

		if (n >= m && strcmp(host + n - m, needle) == 0 &&
		    (n == m || host[n - m - 1] == '.'))
			return host;
	}
	return NULL;
}

static const char *
in_text(struct look *l, const char *needle)
{
	if (l->k->text_len > CLASS_TEXT)
		return NULL;
	if (!l->text.made)
		pairs_make(&l->text, l->k->text, strlen(l->k->text));
	return pairs_may_hold(&l->text, needle) ?
	    strcasestr(l->k->text, needle) : NULL;
}

static const char *
in_body(struct look *l, const char *needle, size_t len)
{
	size_t n = MIN(l->k->body_len, CLASS_BODY);

	if (!l->body.made)
		pairs_make(&l->body, l->k->body, n);
	return pairs_may_hold(&l->body, needle) ?
	    memmem(l->k->body, n, needle, len) : NULL;
}

static const char *
sign_at(struct look *l, const struct sign *s)
{
	switch (s->where) {
	case NONE:
	case STATUS:
		return "";
	case HEADER:
		return in_header(l->k, s->needle);
	case TITLE:
		return in_title(l->k, s->needle);
	case TEXT:
		return in_text(l, s->needle);
	case HOST:
		return in_hosts(l->k, s->needle, s->len);
	case EMPTY:
		return l->k->text_len > CLASS_EMPTY ? NULL :
		    in_body(l, s->needle, s->len);
	case BODY:
		return in_body(l, s->needle, s->len);
	}
	return NULL;
}

static gboolean
status_fits(int rule, int status)
{
	return rule == 0 || rule == status || rule == status / 100;
}

/* ---- the fact */

static gssize
offset_of(const struct class_look *k, enum where where, const char *at)
{
	if (where == TEXT && k->text_place != NULL)
		return k->text_place(k->arg, (size_t)(at - k->text));
	if ((where == BODY || where == EMPTY) && k->body_place != NULL)
		return k->body_place(k->arg, (size_t)(at - k->body));
	return -1;
}

static void
say(const struct class_look *k, const struct class_rule *r, const char *at,
    GString *out)
{
	json_t *v = json_object();
	gssize pos = offset_of(k, r->sign.where, at);
	size_t len = r->sign.where == TEXT || r->sign.where == BODY ||
	    r->sign.where == EMPTY ? r->sign.len :
	    MIN(strlen(at), 200);

	json_object_set_new(v, "class", json_string(classes[r->class].name));
	json_object_set_new(v, "rule", json_string(r->rule));
	json_object_set_new(v, "dated", json_string(r->dated));
	json_object_set_new(v, "where", json_string(where_names[r->sign.where]));
	json_object_set_new(v, "text", text_json(at, len));
	json_object_set_new(v, "content",
	    json_boolean(classes[r->class].content));
	if (pos >= 0)
		json_object_set_new(v, "offset", json_integer(pos));
	fact_emit(out, FACT_PAGE_CLASS, k->url, v);
}

gboolean
page_class(const struct class_look *k, GString *out)
{
	gboolean said[PAGE_CLASSES] = { FALSE }, content = TRUE;
	struct look l;

	l.k = k;
	l.text.made = l.body.made = FALSE;
	for (size_t i = 0; i < G_N_ELEMENTS(rules); i++) {
		const struct class_rule *r = &rules[i];
		const char *at;

		if (said[r->class] || !status_fits(r->status, k->m->status) ||
		    (at = sign_at(&l, &r->sign)) == NULL ||
		    sign_at(&l, &r->also) == NULL)
			continue;
		/* What is no page of the site at all is no shell of it either. */
		if (classes[r->class].content && !content)
			continue;
		said[r->class] = TRUE;
		content &= classes[r->class].content;
		say(k, r, at, out);
	}
	return content;
}
