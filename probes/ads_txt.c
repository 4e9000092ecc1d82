#include "probes/ads_txt.h"

#include <string.h>

#include "probes/fact.h"
#include "probes/text.h"

#define FIELD	120		/* bytes of one field */

struct ads {
	const struct exchange	*x;
	GString			*out;
	unsigned		 lines, direct, resellers, variables, faults,
				 written;
	gboolean		 resellers_now;	/* the second pass writes them */
};

/* A field without the blanks around it; FALSE where it is empty or too long. */
static gboolean
field(const char **s, size_t *n)
{
	while (*n > 0 && g_ascii_isspace(**s))
		++*s, --*n;
	while (*n > 0 && g_ascii_isspace((*s)[*n - 1]))
		--*n;
	return *n > 0 && *n <= FIELD;
}

static gboolean
is_domain(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!g_ascii_isalnum(s[i]) && s[i] != '.' && s[i] != '-')
			return FALSE;
	return memchr(s, '.', n) != NULL;
}

static gboolean
word(const char *s, size_t n, const char *want)
{
	return strlen(want) == n && g_ascii_strncasecmp(s, want, n) == 0;
}

static void
low(json_t *v, const char *name, const char *s, size_t n)
{
	g_autofree char *down = g_ascii_strdown(s, (gssize)n);

	json_object_set_new(v, name, text_json(down, n));
}

/* Up to four fields; returns how many there are. */
static size_t
split(const char *s, size_t n, const char *part[4], size_t len[4])
{
	size_t count = 0, m;
	const char *comma;

	while (count < 4) {
		comma = memchr(s, ',', n);
		m = comma != NULL ? (size_t)(comma - s) : n;
		part[count] = s;
		len[count] = m;
		count += field(&part[count], &len[count]) ? 1u : 0u;
		if (comma == NULL)
			break;
		n -= m + 1;
		s = comma + 1;
	}
	return count;
}

static void
seller(struct ads *a, const char *part[4], const size_t len[4], size_t count,
    gboolean direct, size_t at)
{
	json_t *v;

	if (direct == a->resellers_now || a->written >= ADS_ROWS)
		return;
	a->written++;
	v = json_object();
	low(v, "domain", part[0], len[0]);
	json_object_set_new(v, "account", text_json(part[1], len[1]));
	json_object_set_new(v, "relation", json_string(direct ? "DIRECT" :
	    "RESELLER"));
	json_object_set_new(v, "cert", count > 3 ? text_json(part[3], len[3]) :
	    json_string(""));
	json_object_set_new(v, "line", json_integer(a->lines));
	json_object_set_new(v, "offset", json_integer((json_int_t)at));
	json_object_set_new(v, "in", json_string("body"));
	fact_emit(a->out, FACT_ADS_SELLER, a->x->q->name, v);
}

static gboolean
row(struct ads *a, const char *s, size_t n, size_t at)
{
	const char *part[4];
	size_t len[4], count = split(s, n, part, len);
	gboolean direct;

	if (count < 3 || !is_domain(part[0], len[0]))
		return FALSE;
	direct = word(part[2], len[2], "DIRECT");
	if (!direct && !word(part[2], len[2], "RESELLER"))
		return FALSE;
	if (direct)
		a->direct++;
	else
		a->resellers++;
	seller(a, part, len, count, direct, at);
	return TRUE;
}

static gboolean
variable(struct ads *a, const char *s, size_t n, size_t at)
{
	static const char *const names[] = { "OWNERDOMAIN", "MANAGERDOMAIN",
		"CONTACT", "SUBDOMAIN", "INVENTORYPARTNERDOMAIN" };
	const char *eq = memchr(s, '=', n), *end = s + n, *value;
	size_t key = eq != NULL ? (size_t)(eq - s) : 0, len, i;
	json_t *v;

	if (eq == NULL || !field(&s, &key))
		return FALSE;
	value = eq + 1;
	len = (size_t)(end - value);
	for (i = 0; i < G_N_ELEMENTS(names); i++)
		if (word(s, key, names[i]))
			break;
	if (i == G_N_ELEMENTS(names) || !field(&value, &len))
		return FALSE;
	a->variables++;
	if (a->resellers_now || a->variables > 50)
		return TRUE;
	v = json_object();
	json_object_set_new(v, "name", json_string(names[i]));
	low(v, "value", value, len);
	json_object_set_new(v, "line", json_integer(a->lines));
	json_object_set_new(v, "offset", json_integer((json_int_t)at));
	json_object_set_new(v, "in", json_string("body"));
	fact_emit(a->out, FACT_ADS_VARIABLE, a->x->q->name, v);
	return TRUE;
}

static void
line(struct ads *a, const char *s, size_t n, size_t at)
{
	const char *end = memchr(s, '#', n), *semi;

	n = end != NULL ? (size_t)(end - s) : n;
	semi = memchr(s, ';', n);
	n = semi != NULL ? (size_t)(semi - s) : n;
	a->lines++;
	while (n > 0 && g_ascii_isspace(*s))
		s++, n--, at++;
	if (n > 0 && !row(a, s, n, at) && !variable(a, s, n, at))
		a->faults++;
}

static void
pass(struct ads *a, const char *text, size_t len, gboolean resellers)
{
	size_t at = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0, n;

	a->resellers_now = resellers;
	a->lines = a->direct = a->resellers = a->variables = a->faults = 0;
	for (; at < len && a->lines < ADS_LINES; at += n + 1) {
		n = strcspn(text + at, "\r\n");
		n = MIN(n, len - at);
		line(a, text + at, n, at);
		if (at + n + 1 < len && text[at + n] == '\r' &&
		    text[at + n + 1] == '\n')
			at++;
	}
}

void
ads_facts(const struct exchange *x, const char *bytes, size_t len,
    GString *out)
{
	g_autoptr(GString) text = g_string_new_len(bytes, (gssize)len);
	struct ads a = { .x = x, .out = out };
	json_t *v;
	size_t i;

	for (i = 0; i < text->len; i++)
		if (text->str[i] == '\0')
			text->str[i] = ' ';
	pass(&a, text->str, text->len, FALSE);
	pass(&a, text->str, text->len, TRUE);
	v = json_object();
	json_object_set_new(v, "lines", json_integer(a.lines));
	json_object_set_new(v, "direct", json_integer(a.direct));
	json_object_set_new(v, "resellers", json_integer(a.resellers));
	json_object_set_new(v, "variables", json_integer(a.variables));
	json_object_set_new(v, "faults", json_integer(a.faults));
	fact_emit(out, FACT_ADS_FILE, x->q->name, v);
}
