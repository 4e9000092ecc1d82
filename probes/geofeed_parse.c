/*
 * Geofeeds: the places that a network claims for its own prefixes (RFC 8805).
 *
 * Only lines whose prefix lies inside the network that names the file are used
 * (RFC 9632 section 5); that network is the option "within" of the question.
 * A line is "prefix,country,region,city,postcode"; "#" begins a comment.  What a
 * line says is the network's own word, and nobody has looked at the place.
 */

#include <string.h>

#include "probes/ip_range.h"
#include "probes/rdap.h"
#include "probes/text.h"

#define GEOFEED_LINES	500000	/* looked at */
#define GEOFEED_USED	2048	/* of one network that become facts */
#define GEOFEED_FIELD	128	/* bytes of a field */

struct feed {
	const struct exchange	*x;
	struct ip_range		 within;
	const char		*network;
	GString			*out;
	guint			 lines, inside;
};

static const char *const fields[] = { "country", "region", "city", "postcode" };

/* Without blanks and quotes around it. */
static char *
field_text(const char *s)
{
	char *text = g_strndup(s, MIN(strlen(s), GEOFEED_FIELD));
	size_t n;

	g_strstrip(text);
	n = strlen(text);
	if (n >= 2 && text[0] == '"' && text[n - 1] == '"') {
		memmove(text, text + 1, n - 2);
		text[n - 2] = '\0';
	}
	return text;
}

static gboolean
is_country(const char *s)
{
	return strlen(s) == 2 && g_ascii_isalpha(s[0]) && g_ascii_isalpha(s[1]);
}

static void
line_fact(struct feed *f, const char *prefix, char **part)
{
	json_t *v = json_object();

	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
		g_autofree char *s = field_text(part[i + 1] != NULL ?
		    part[i + 1] : "");

		/* "What is no code is no country" (RFC 8805 section 2.1.1.2). */
		if (i == 0 && !is_country(s))
			*s = '\0';
		json_object_set_new(v, fields[i], text_json(s, strlen(s)));
		if (part[i + 1] == NULL)
			break;
	}
	json_object_set_new(v, "within", json_string(f->network));
	json_object_set_new(v, "url", json_string(f->x->q->name));
	json_object_set_new(v, "server", json_string(f->x->q->host));
	fact_emit(f->out, FACT_GEOFEED_LINE, prefix, v);
}

static char *
plain_prefix(const struct ip_range *range)
{
	json_t *list = ip_range_cidrs(range);
	char *s = g_strdup(json_string_value(json_array_get(list, 0)));

	json_decref(list);
	return s;
}

static void
feed_line(struct feed *f, const char *text, size_t len)
{
	g_autofree char *line = g_strndup(text, MIN(len, 1024));
	g_auto(GStrv) part = NULL;
	g_autofree char *written = NULL, *prefix = NULL;
	struct ip_range range;

	line[strcspn(line, "#\r")] = '\0';
	if (*g_strstrip(line) == '\0' || strchr(line, ',') == NULL)
		return;
	f->lines++;
	part = g_strsplit(line, ",", 6);
	written = field_text(part[0]);
	if (!ip_prefix(written, &range) || !ip_range_holds(&f->within, &range))
		return;
	if (++f->inside > GEOFEED_USED)
		return;
	prefix = plain_prefix(&range);
	line_fact(f, prefix, part);
}

static void
feed_lines(struct feed *f, const char *text, size_t len)
{
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		len -= 3;
	}
	while (len > 0 && f->lines < GEOFEED_LINES) {
		const char *lf = memchr(text, '\n', len);
		size_t n = lf != NULL ? (size_t)(lf - text) : len;

		feed_line(f, text, n);
		n += lf != NULL;
		text += n;
		len -= n;
	}
}

int
geofeed_facts(const struct exchange *x, const char *text, size_t len,
    GString *out)
{
	g_autofree char *within = question_option(x->q, "within");
	struct feed f = { .x = x, .network = within, .out = out };

	if (within == NULL || !ip_range(within, &f.within))
		return -1;
	feed_lines(&f, text, len);
	fact_emit(out, FACT_GEOFEED_FILE, x->q->name, json_pack(
	    "{s:s, s:i, s:i, s:i, s:b, s:s}", "within", within, "lines",
	    (int)f.lines, "inside", (int)f.inside, "used",
	    (int)MIN(f.inside, GEOFEED_USED), "cut",
	    x->status == X_LIMIT || f.inside > GEOFEED_USED ||
	    f.lines >= GEOFEED_LINES, "server", x->q->host));
	return 0;
}
