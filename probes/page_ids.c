#include "probes/page_ids.h"

#include <string.h>

#include "probes/ascii.h"
#include "probes/json_text.h"
#include "probes/magnet.h"
#include "probes/page_scan.h"

#define ID_SIGNAL	48	/* bytes of a signal that tell it from others */

enum take_id { VALUE, FOLD, HOSTED, AFFILIATE, MAGNET, CALL };

static const struct id_row {
	const char	*class, *signal, *of;
	enum take_id	 take;
	const char	*shape;
} rows[] = {
#define ID(c, s, o, t, x)	{ c, s, o, t, x },
#include "probes/page_ids.def"
#undef ID
};

static const struct { const char *signal, *value; } none[] = {
#define NOT(s, v)	{ s, v },
#include "probes/page_ids.def"
#undef NOT
};

static const struct {
	const char	*name, *class, *signal, *of;
} metas[] = {
#define META(n, c, s, o)	{ n, c, s, o },
#include "probes/page_ids.def"
#undef META
};

/* ---- samples */

static gboolean
in_table(const char *signal, const char *v, size_t n)
{
	size_t i, m;

	for (i = 0; i < G_N_ELEMENTS(none); i++) {
		if (*none[i].signal != '\0' &&
		    strcmp(none[i].signal, signal) != 0)
			continue;
		m = strlen(none[i].value);
		if (none[i].value[m - 1] == '*' ? n >= m - 1 &&
		    g_ascii_strncasecmp(v, none[i].value, m - 1) == 0 :
		    n == m && g_ascii_strncasecmp(v, none[i].value, m) == 0)
			return TRUE;
	}
	return FALSE;
}

/*
 * "UA-000000-1", "GTM-XXXXXX", "0123456789abcdef...": five or more letters and
 * digits after the prefix, and all of them the same, or each the next.
 */
static gboolean
is_sample(const char *v, size_t n)
{
	const char *dash = memchr(v, '-', n);
	size_t i = dash != NULL && dash - v <= 4 ? (size_t)(dash - v) + 1 : 0;
	size_t same = 1, next = 1, all = n - i;

	for (i++; i < n && g_ascii_isalnum(v[i]); i++) {
		same = v[i] == v[i - 1] ? same + 1 : same;
		next = v[i] == v[i - 1] + 1 || (v[i - 1] == '9' &&
		    (v[i] == '0' || v[i] == 'a' || v[i] == 'A')) ?
		    next + 1 : next;
	}
	all -= n - i;
	return all >= 5 && (same == all || next == all);
}

/* Classes whose values are numbers and keys; names may be anything. */
static gboolean
has_samples(const char *class)
{
	return strcmp(class, "analytics") == 0 ||
	    strcmp(class, "advertising") == 0 || strcmp(class, "service") == 0;
}

/* ---- facts */

void
page_id_add(struct page_facts *f, const char *class, const char *signal,
    const char *of, const char *value, size_t len, size_t pos,
    const char *where, const char *check)
{
	char key[ID_VALUE + ID_SIGNAL + 1];
	size_t n = MIN(strlen(signal), ID_SIGNAL);
	GString *v;

	if (len == 0 || !page_facts_room(f, FACT_PAGE_ID, class))
		return;
	len = MIN(len, ID_VALUE);
	memcpy(key, signal, n);
	key[n] = ' ';
	memcpy(key + n + 1, value, len);
	v = page_facts_add(f, FACT_PAGE_ID, class, key, n + 1 + len, pos);
	if (v == NULL)
		return;
	json_put(v, "class", class);
	json_put(v, "signal", signal);
	json_put_text(v, "value", value, len);
	json_put(v, "of", of);
	json_put(v, "where", where);
	if (check != NULL)
		json_put(v, "check", check);
}

void
page_id_meta(struct page_facts *f, const char *name, const char *content,
    size_t pos)
{
	size_t i, n;

	while (g_ascii_isspace(*content))
		content++;
	for (i = 0; i < G_N_ELEMENTS(metas); i++) {
		if (!ascii_is(metas[i].name, name))
			continue;
		if (g_str_has_prefix(content, "ca-pub-"))
			content += 3;
		else if (g_str_has_prefix(content, "app-id="))
			content += 7;
		else if (*content == '@')
			content++;
		n = strnlen(content, ID_VALUE);
		if (strcmp(metas[i].class, "asset") != 0)
			n = MIN(n, strcspn(content, " ,;\t\r\n"));
		if (!in_table(metas[i].signal, content, n) && n >= 3)
			page_id_add(f, metas[i].class, metas[i].signal,
			    metas[i].of, content, n, pos, "tag", NULL);
		return;
	}
}

/* ---- where */

const char *
page_where(const struct id_source *s, size_t pos)
{
	size_t lo = 0, hi = s->ranges->len, mid, least;
	const struct page_range *r;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		r = &g_array_index(s->ranges, struct page_range, mid);
		if (r->end <= pos)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo < s->ranges->len) {
		r = &g_array_index(s->ranges, struct page_range, lo);
		if (r->pos <= pos)
			return r->where;
	}
	least = pos > 4096 ? pos - 4096 : 0;
	for (; pos > least; pos--)
		if (s->html[pos - 1] == '<' || s->html[pos - 1] == '>')
			return s->html[pos - 1] == '<' ? "tag" : "text";
	return least > 0 ? "tag" : "text";
}

/* ---- what takes more than the value */

static gboolean
in_url(char c)
{
	return (guchar)c > ' ' && strchr("\"'<>`()\\", c) == NULL;
}

/* The URL, or what looks like one, around a stretch. */
static void
url_around(const struct id_source *s, const struct shape_hit *h,
    const char **from, const char **to)
{
	const char *end = s->html + s->len;

	*from = h->at;
	*to = h->end;
	while (*from > s->html && h->at - *from < 512 && in_url((*from)[-1]))
		--*from;
	while (*to < end && *to - h->end < 1024 && in_url(**to))
		++*to;
}

/*
 * "https://stats.example/matomo.php?...idsite=3" has its host before it; in
 * script it is the last "//host/" that a string begins with.
 */
static void
take_hosted(const struct id_source *s, const struct id_row *r,
    const struct shape_hit *h)
{
	const char *p = h->at, *least = h->at - MIN(h->at - s->html, 600);
	g_autofree char *value = NULL;
	size_t n = 0;

	for (; p >= least + 2; p--) {
		if (p[-1] != '/' || p[-2] != '/')
			continue;
		while (p + n < s->html + s->len && n < 254 &&
		    (g_ascii_isalnum(p[n]) || p[n] == '.' || p[n] == '-'))
			n++;
		if (n > 3 && memchr(p, '.', n) != NULL)
			break;
		n = 0;
	}
	if (n == 0)
		return;
	value = g_strdup_printf("%.*s site %.*s", (int)n, p, (int)h->len,
	    h->value);
	page_id_add(s->facts, r->class, r->signal, r->of, value, strlen(value),
	    (size_t)(h->value - s->html),
	    page_where(s, (size_t)(h->value - s->html)), NULL);
}

/* How a link says by whom the visitor was sent. */
static const char *const affiliate_keys[] = {
	"aff_id", "a_aid", "affid", "aff", "affiliate", "affiliate_id", "ref",
	"refid", "referral", "r", "coupon", "promo", "offer_id", "tap_a",
	"a_fid", "data1", "irclickid", "irgwc", "awc", "clickid", "source",
	"utm_source", "utm_campaign", "tid", "pid", "campaign", "hop",
};

static gboolean
is_affiliate_key(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(affiliate_keys); i++)
		if (strlen(affiliate_keys[i]) == n &&
		    g_ascii_strncasecmp(affiliate_keys[i], s, n) == 0)
			return TRUE;
	return FALSE;
}

/* A link to a VPN's host: the provider, and each key with its value. */
static void
take_affiliate(const struct id_source *s, const struct id_row *r,
    const struct shape_hit *h)
{
	const char *from, *to, *p, *end = s->html + s->len;
	size_t n, key;

	/* The page may end here: it is not a C string. */
	if (h->end < end && (g_ascii_isalnum(*h->end) || *h->end == '-'))
		return;			/* of a longer name */
	url_around(s, h, &from, &to);
	n = (size_t)(h->end - from);
	page_id_add(s->facts, "vpn", r->signal, r->of, from, n,
	    (size_t)(from - s->html), page_where(s, (size_t)(h->at - s->html)),
	    NULL);
	p = memchr(from, '?', (size_t)(to - from));
	for (; p != NULL && p < to; p += n) {
		while (p < to && (*p == '?' || *p == '&'))
			p++;
		if (to - p > 4 && memcmp(p, "amp;", 4) == 0)
			p += 4;
		for (n = 0; p + n < to && strchr("&#", p[n]) == NULL; n++)
			;
		for (key = 0; key < n && p[key] != '='; key++)
			;
		if (n == 0)
			break;
		if (key < n && is_affiliate_key(p, key))
			page_id_add(s->facts, r->class, r->signal, r->of, p, n,
			    (size_t)(p - s->html),
			    page_where(s, (size_t)(p - s->html)), NULL);
	}
}

static void
take_magnet(const struct id_source *s, const struct shape_hit *h)
{
	const char *end = s->html + s->len, *p = h->at;
	g_autofree char *key = NULL;
	GString *out;
	json_t *v;

	while (p < end && p - h->at < MAGNET_MOST && in_url(*p))
		p++;
	if (!page_facts_room(s->facts, FACT_PAGE_TORRENT, ""))
		return;
	v = magnet_read(h->at, (size_t)(p - h->at), &key);
	if (v == NULL)
		return;
	out = page_facts_add(s->facts, FACT_PAGE_TORRENT, "", key, strlen(key),
	    (size_t)(h->at - s->html));
	if (out != NULL) {
		json_put_members(out, v);
		json_put(out, "where", page_where(s,
		    (size_t)(h->at - s->html)));
	}
	json_decref(v);
}

/* ---- calls */

static void
take_call(const struct id_source *s, const struct id_row *r,
    const struct shape_hit *h)
{
	size_t pos = (size_t)(h->value - s->html);
	const char *where = page_where(s, pos);
	GString *v;

	/* In the text of a page it is a lesson, in a comment it was one. */
	if (strcmp(where, "text") == 0 || strcmp(where, "comment") == 0 ||
	    in_table(r->signal, h->value, h->len) ||
	    !page_facts_room(s->facts, FACT_PAGE_CALL, r->signal))
		return;
	v = page_facts_add(s->facts, FACT_PAGE_CALL, r->signal, h->value,
	    h->len, pos);
	if (v == NULL)
		return;
	json_put(v, "how", r->signal);
	json_put_text(v, "text", h->value, h->len);
	json_put(v, "where", where);
}

/* ---- the pass */

static const char *
shape_of(size_t i)
{
	return rows[i].shape;
}

/* "ca-host-pub-...": of the platform that the page is on, not of the page. */
static gboolean
is_hosts_own(const struct id_source *s, const struct shape_hit *h)
{
	return h->at - s->html >= 5 && memcmp(h->at - 5, "host-", 5) == 0;
}

static void
take_value(const struct id_source *s, const struct id_row *r,
    const struct shape_hit *h)
{
	size_t pos = (size_t)(h->value - s->html), n = h->len;
	g_autofree char *low = NULL;
	const char *v = h->value;

	/* A dot at the end of a sentence is no part of a name. */
	while (n > 1 && (v[n - 1] == '.' || v[n - 1] == '/'))
		n--;
	if (in_table(r->signal, v, n) || is_hosts_own(s, h) ||
	    (has_samples(r->class) && is_sample(v, n)))
		return;
	if (r->take == FOLD)
		low = g_ascii_strdown(v, (gssize)n);
	page_id_add(s->facts, r->class, r->signal, r->of,
	    low != NULL ? low : v, n, pos, page_where(s, pos), NULL);
}

/* What a program that many sites load says of its makers is nothing of the
 * site's: of a file, only whom it reports to and what it asks. */
static gboolean
of_file(const struct id_row *r)
{
	static const char *const classes[] = {
		"analytics", "advertising", "service", "call",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(classes); i++)
		if (strcmp(r->class, classes[i]) == 0)
			return TRUE;
	return FALSE;
}

static void
take(size_t shape, const struct shape_hit *h, void *arg)
{
	const struct id_source *s = arg;
	const struct id_row *r = &rows[shape];

	if (s->file && !of_file(r))
		return;
	switch (r->take) {
	case HOSTED:
		take_hosted(s, r, h);
		break;
	case AFFILIATE:
		take_affiliate(s, r, h);
		break;
	case MAGNET:
		take_magnet(s, h);
		break;
	case CALL:
		take_call(s, r, h);
		break;
	case VALUE:
	case FOLD:
		take_value(s, r, h);
		break;
	}
}

static const struct shape_index *
shapes(void)
{
	static gsize made;

	if (g_once_init_enter(&made))
		g_once_init_leave(&made, (gsize)shape_index_new(shape_of,
		    G_N_ELEMENTS(rows)));
	return (const struct shape_index *)made;
}

void
page_ids_scan(const struct id_source *s)
{
	struct id_source copy = *s;

	shape_scan(shapes(), s->html, s->len, take, &copy);
}
