#include <arpa/inet.h>
#include <string.h>

#include "probes/list_text.h"

static const char *const ofs[LIST_OFS] = {
	[LIST_IP] = "ip", [LIST_AS] = "as", [LIST_NS] = "ns",
	[LIST_REVERSE] = "reverse",
};

int
list_of_parse(const char *word)
{
	for (int i = 0; i < LIST_OFS; i++)
		if (strcmp(ofs[i], word) == 0)
			return i;
	return -1;
}

/* ---- the head */

static size_t
line_length(const char *at, size_t left)
{
	const char *lf = memchr(at, '\n', left);

	return lf != NULL ? (size_t)(lf - at) : left;
}

size_t
list_body(const char *text, size_t len)
{
	size_t at = 0;

	while (at < len && text[at] == '#') {
		size_t n = line_length(text + at, len - at);

		at += n < len - at ? n + 1 : n;
	}
	return at;
}

char *
list_head(const char *text, size_t len, const char *key)
{
	g_autofree char *want = g_strdup_printf("# %s: ", key);
	size_t body = list_body(text, len), n, k = strlen(want);

	for (size_t at = 0; at < body; at += n + 1) {
		n = line_length(text + at, body - at);
		if (n > k && n < LIST_LINE &&
		    memcmp(text + at, want, k) == 0) {
			char *s = g_strstrip(g_strndup(text + at + k, n - k));

			if (g_utf8_validate(s, -1, NULL))
				return s;
			g_free(s);
		}
	}
	return g_strdup("");
}

/* ---- keys */

/* "192.0.2.0/24", "2001:db8::1"; what lies past the prefix is cleared. */
static int
key_prefix(const char *s, size_t len, struct list_key *k)
{
	char text[INET6_ADDRSTRLEN + 8], *slash;
	unsigned all;
	guint64 bits;

	if (len == 0 || len >= sizeof text)
		return -1;
	memcpy(text, s, len);
	text[len] = '\0';
	if ((slash = strchr(text, '/')) != NULL)
		*slash++ = '\0';
	k->v6 = strchr(text, ':') != NULL;
	all = k->v6 ? 128 : 32;
	k->bits = all;
	if (inet_pton(k->v6 ? AF_INET6 : AF_INET, text, k->ip) != 1)
		return -1;
	if (slash != NULL) {
		if (!g_ascii_string_to_unsigned(slash, 10, 0, all, &bits,
		    NULL))
			return -1;
		k->bits = (unsigned)bits;
	}
	for (unsigned bit = k->bits; bit < all; bit++)
		k->ip[bit / 8] &= (uint8_t)~(0x80U >> bit % 8);
	return 0;
}

static int
key_as(const char *s, size_t len, struct list_key *k)
{
	uint64_t n = 0;

	if (len < 3 || len > 12 || g_ascii_strncasecmp(s, "AS", 2) != 0)
		return -1;
	for (size_t i = 2; i < len; i++) {
		if (!g_ascii_isdigit(s[i]))
			return -1;
		n = n * 10 + (uint64_t)(s[i] - '0');
	}
	if (n > UINT32_MAX)
		return -1;
	k->as = (uint32_t)n;
	return 0;
}

static int
key_name(const char *s, size_t len, struct list_key *k)
{
	if (len == 0 || len > 253 || s[0] == '.')
		return -1;
	for (size_t i = 0; i < len; i++)
		if (!g_ascii_isalnum(s[i]) && strchr("-_.", s[i]) == NULL)
			return -1;
	k->name = s;
	k->len = len;
	return 0;
}

static int
key_read(enum list_of of, const char *s, size_t len, struct list_key *k)
{
	memset(k, 0, sizeof *k);
	if (memchr(s, '\0', len) != NULL)
		return -1;
	switch (of) {
	case LIST_IP:
		return key_prefix(s, len, k);
	case LIST_AS:
		return key_as(s, len, k);
	default:
		return key_name(s, len, k);
	}
}

int
list_key(enum list_of of, const char *text, struct list_key *k)
{
	if (of == LIST_IP && strchr(text, '/') != NULL)
		return -1;
	return key_read(of, text, strlen(text), k);
}

int
list_line(enum list_of of, const char *line, size_t len, struct list_line *l)
{
	size_t n = 0;

	while (len > 0 && g_ascii_isspace(line[len - 1]))
		len--;
	while (n < len && !g_ascii_isspace(line[n]))
		n++;
	if (n == 0 || len >= LIST_LINE || key_read(of, line, n, &l->key) != 0)
		return -1;
	l->at = line;
	l->key_len = n;
	while (n < len && g_ascii_isspace(line[n]))
		n++;
	l->who = line + n;
	l->who_len = len - n;
	return 0;
}

/* ---- order: prefixes by where they begin, shorter ones first */

static int
compare_names(const struct list_key *a, const struct list_key *b)
{
	int c = memcmp(a->name, b->name, MIN(a->len, b->len));

	return c != 0 ? c : (a->len > b->len) - (a->len < b->len);
}

static int
key_compare(enum list_of of, const struct list_key *a, const struct list_key *b)
{
	int c;

	if (of == LIST_AS)
		return (a->as > b->as) - (a->as < b->as);
	if (of != LIST_IP)
		return compare_names(a, b);
	if (a->v6 != b->v6)
		return a->v6 ? 1 : -1;
	c = memcmp(a->ip, b->ip, sizeof a->ip);
	return c != 0 ? c : (a->bits > b->bits) - (a->bits < b->bits);
}

/* Whether what a says holds b. */
static gboolean
key_holds(enum list_of of, const struct list_key *a, const struct list_key *b)
{
	unsigned whole = a->bits / 8, rest = a->bits % 8;

	if (of != LIST_IP)
		return key_compare(of, a, b) == 0;
	if (a->v6 != b->v6 || a->bits > b->bits ||
	    memcmp(a->ip, b->ip, whole) != 0)
		return FALSE;
	return rest == 0 || (a->ip[whole] ^ b->ip[whole]) >> (8 - rest) == 0;
}

/* ---- finding */

/* The last line whose key is not after k is the only one that can hold it. */
static gboolean
find_one(enum list_of of, const char *body, size_t len,
    const struct list_key *k, struct list_line *found)
{
	size_t lo = 0, hi = len;
	gboolean any = FALSE;

	while (lo < hi) {
		size_t at = lo + (hi - lo) / 2, n;
		struct list_line l;

		while (at > lo && body[at - 1] != '\n')
			at--;
		n = line_length(body + at, hi - at);
		if (list_line(of, body + at, n, &l) != 0)
			return FALSE;
		if (key_compare(of, &l.key, k) > 0) {
			hi = at;
			continue;
		}
		*found = l;
		any = TRUE;
		lo = MIN(at + n + 1, hi);
	}
	return any && key_holds(of, &found->key, k);
}

gboolean
list_find(enum list_of of, const char *body, size_t len,
    const struct list_key *k, struct list_line *found)
{
	struct list_key part = *k;
	const char *dot;

	if (find_one(of, body, len, k, found))
		return TRUE;
	if (of != LIST_NS && of != LIST_REVERSE)
		return FALSE;
	while ((dot = memchr(part.name, '.', part.len)) != NULL) {
		part.len -= (size_t)(dot + 1 - part.name);
		part.name = dot + 1;
		if (part.len > 0 && find_one(of, body, len, &part, found))
			return TRUE;
	}
	return FALSE;
}

/* ---- putting in order */

static gint
line_compare(gconstpointer a, gconstpointer b, gpointer of)
{
	const struct list_line *x = a, *y = b;

	return key_compare((enum list_of)GPOINTER_TO_INT(of), &x->key,
	    &y->key);
}

static GArray *
lines_of(enum list_of of, const char *body, size_t len, unsigned *bad)
{
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct list_line));
	struct list_line l;
	size_t n;

	for (size_t at = 0; at < len; at += n + 1) {
		n = line_length(body + at, len - at);
		if (n == 0 || body[at] == '#' || body[at] == '\r')
			continue;
		if (list_line(of, body + at, n, &l) == 0)
			g_array_append_val(lines, l);
		else
			++*bad;
	}
	g_array_sort_with_data(lines, line_compare, GINT_TO_POINTER((int)of));
	return lines;
}

GString *
list_sorted(enum list_of of, const char *body, size_t len, unsigned *bad)
{
	g_autoptr(GArray) lines = NULL;
	const struct list_line *last = NULL;
	GString *out = g_string_new(NULL);

	*bad = 0;
	lines = lines_of(of, body, len, bad);
	for (guint i = 0; i < lines->len; i++) {
		const struct list_line *l = &g_array_index(lines,
		    struct list_line, i);

		if (last != NULL && key_holds(of, &last->key, &l->key))
			continue;
		g_string_append_len(out, l->at, (gssize)l->key_len);
		if (l->who_len > 0) {
			g_string_append_c(out, ' ');
			g_string_append_len(out, l->who, (gssize)l->who_len);
		}
		g_string_append_c(out, '\n');
		last = l;
	}
	return out;
}
