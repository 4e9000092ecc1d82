/*
 * Addresses of a jCard (RFC 6350 section 6.3.1, RFC 7095 section 3.3.1.3), and
 * the country that they name.
 */

#include <string.h>

#include "probes/jcard_priv.h"
#include "probes/rdap_json.h"
#include "probes/rdap_words.h"

void
jcard_country(struct jcard *c, char *s, const char *from)
{
	const char *code = rdap_country(g_strstrip(s));

	if (*c->country == '\0' && *s != '\0') {
		jcard_put(&c->country, NULL, code != NULL ? g_strdup(code) :
		    strlen(s) == 2 ? g_ascii_strup(s, 2) : g_strdup(s));
		c->country_from = from;
	}
	g_free(s);
}

/* ---- in parts */

/* How many parts: what is empty after the seventh is none. */
static size_t
parts_count(const json_t *parts)
{
	size_t n = MIN(json_array_size(parts), JCARD_PARTS);

	for (; n > 7; n--) {
		g_autofree char *last = jcard_text(json_array_get(parts,
		    n - 1));

		if (*last != '\0')
			break;
	}
	return n;
}

static char *
part(const json_t *parts, size_t from, size_t end)
{
	GString *out;

	if (end - from == 1)
		return jcard_text(json_array_get(parts, from));
	out = g_string_new(NULL);
	for (size_t i = from; i < end; i++)
		jcard_join(out, json_array_get(parts, i));
	return g_string_free(out, FALSE);
}

/* What stands behind the last comma: a country's name, but for one
 * that is a state's as well. */
static const char *
last_words(const char *line)
{
	const char *comma = strrchr(line, ',');
	const char *words = comma != NULL ? comma + 1 : line;

	words += strspn(words, " \t");
	return strlen(words) > 3 && g_ascii_strcasecmp(words, "georgia") != 0 ?
	    words : "";
}

/* The last part that there is, where it is a country's name in another's place. */
static void
read_misplaced(struct jcard *c, const json_t *parts, size_t n)
{
	g_autofree char *last = NULL;

	if (*c->country != '\0')
		return;
	while (n > 0 && (last == NULL || *last == '\0')) {
		g_free(last);
		last = jcard_text(json_array_get(parts, --n));
	}
	if (last != NULL && rdap_country(last_words(last)) != NULL)
		jcard_country(c, g_strdup(last_words(last)),
		    "last part of the address");
}

static void
read_parts(struct jcard *c, const json_t *parts)
{
	size_t n = parts_count(parts), end;

	if (n < 5)		/* who knows which they are */
		return;
	end = n - 4;
	jcard_put(&c->street, NULL, part(parts, 0, end));
	jcard_put(&c->city, NULL, part(parts, end, end + 1));
	jcard_put(&c->region, NULL, part(parts, end + 1, end + 2));
	jcard_put(&c->postcode, NULL, part(parts, end + 2, end + 3));
	jcard_country(c, part(parts, end + 3, n), "address");
	read_misplaced(c, parts, n);
}

/* ---- as lines */

/* A country's name by itself, or behind a comma; caller frees. */
static char *
country_in(const char *line, size_t len)
{
	g_autofree char *name = g_strndup(line, len);
	const char *words;

	g_strstrip(name);
	if (rdap_country(name) != NULL)
		return g_steal_pointer(&name);
	words = strchr(name, ',') != NULL ? last_words(name) : "";
	return rdap_country(words) != NULL ? g_strdup(words) : NULL;
}

/* The line before the last, of those that end with the postal code: a country's
 * name that is no state's. */
static char *
country_before(const char *all, const char *last)
{
	const char *from = g_strrstr_len(all, last - all, "\n");
	g_autofree char *name = NULL;

	from = from != NULL ? from + 1 : all;
	if (from == all || strpbrk(last, "0123456789") == NULL)
		return NULL;
	name = g_strndup(from, (gsize)(last - from));
	return rdap_country(last_words(g_strstrip(name))) != NULL ?
	    g_steal_pointer(&name) : NULL;
}

/* The last line of a label, only where it is a country's name or ends with
 * one. */
static void
read_last_line(struct jcard *c, const char *label)
{
	g_autofree char *all = g_strchomp(g_strdup(label));
	const char *line = strrchr(all, '\n');
	char *name;

	if (*c->country != '\0' || *all == '\0')
		return;
	if (line == NULL) {
		/* A name by itself is no address. */
		name = strchr(all, ',') != NULL ? country_in(all,
		    strlen(all)) : NULL;
	} else {
		name = country_in(line + 1, strlen(line + 1));
		if (name == NULL)
			name = country_before(all, line);
	}
	if (name != NULL)
		jcard_country(c, name, "last line of the address");
}

/* A jCard's text has its line ends as they are (RFC 7095 section 3.3); some
 * send those of a vCard, a backslash and a letter. */
static char *
unescaped(char *s)
{
	char *to = s;

	for (const char *from = s; *from != '\0'; from++) {
		if (*from == '\\' && (from[1] == 'n' || from[1] == 'N'))
			*to++ = '\n', from++;
		else if (*from == '\\' && (from[1] == ',' || from[1] == ';'))
			*to++ = *++from;
		else
			*to++ = *from;
	}
	*to = '\0';
	return s;
}

/* AFRINIC gives the lines of the label once more for parts, the first line as
 * the first part: which is a town is not said. */
static gboolean
is_label(const char *parts, const char *label)
{
	for (; *parts != '\0'; parts++) {
		if (*parts == ',' || *parts == ' ')
			continue;
		label += strspn(label, ", \r\n\t");
		if (*label++ != *parts)
			return FALSE;
	}
	return label[strspn(label, ", \r\n\t")] == '\0';
}

/* ---- the property */

static gboolean
is_code(const char *s)
{
	return strlen(s) == 2 && g_ascii_isalpha(s[0]) &&
	    g_ascii_isalpha(s[1]);
}

void
jcard_iso3166(struct jcard *c, const struct jcard_property *p, const json_t *v)
{
	g_autofree char *code = jcard_text(v);

	(void)p;
	if (is_code(code))
		jcard_country(c, g_steal_pointer(&code),
		    "ISO-3166-1 property");
}

void
jcard_address(struct jcard *c, const struct jcard_property *p, const json_t *v)
{
	const char *cc = json_string_value(jcard_param(p, "cc"));
	g_autofree char *label = unescaped(jcard_text(jcard_param(p,
	    "label")));
	g_autofree char *parts = unescaped(jcard_text(v));

	c->has |= JCARD_ADDRESS;
	if (cc != NULL && is_code(cc))
		jcard_country(c, g_strdup(cc), "cc parameter");
	if (*parts != '\0' && (*label == '\0' || !is_label(parts, label)))
		read_parts(c, v);
	if (*label != '\0' || !json_is_array(v))
		c->whole |= *label != '\0' || *parts != '\0';
	read_last_line(c, *label != '\0' ? label : json_is_string(v) ? parts :
	    "");
	jcard_put(&c->address, &c->addresses, *label != '\0' ?
	    g_steal_pointer(&label) : g_steal_pointer(&parts));
}
