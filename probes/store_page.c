#include "probes/store_page.h"

#include <string.h>

#include "probes/fact.h"
#include "probes/page_scan.h"
#include "probes/text.h"

#define LINE	120		/* bytes of a line that may be a value */

static const struct store {
	const char	*name, *shape;
	const char	*title_end;	/* what its titles end with */
} stores[] = {
	{ "Google Play",
	    "https://play.google.com/store/apps/details?%*{0,60}id=<%h{3,120}>",
	    " - Apps on Google Play" },
	{ "Apple App Store", "https://apps.apple.com/%*{0,200}/id<%d{8,11}>",
	    " on the App Store" },
	{ "F-Droid", "https://f-droid.org/%*{0,12}packages/<%h{3,120}>",
	    " | F-Droid" },
};

/* A line of the page that names a value, which stands after or before it. */
static const struct {
	const char	*label, *field;
	gboolean	 before;
} labels[] = {
	{ "Downloads", "downloads", TRUE },
	{ "Installs", "downloads", FALSE },
	{ "Offered By", "by", FALSE },
	{ "Offered by", "by", FALSE },
	{ "Seller", "by", FALSE },
	{ "Author", "by", FALSE },
	{ "Updated on", "updated", FALSE },
	{ "Updated", "updated", FALSE },
};

/* "50,000+", "1M+", "5 000 000+": digits, and a plus at the end. */
static gboolean
is_band(const char *s)
{
	size_t n = strlen(s);

	return n >= 2 && g_ascii_isdigit(*s) && s[n - 1] == '+' &&
	    strspn(s, "0123456789,. KMBkmb+") == n;
}

static void
take(json_t *v, const char *field, const char *value)
{
	size_t n = strlen(value);

	if (n == 0 || n > LINE ||
	    *json_string_value(json_object_get(v, field)) != '\0')
		return;
	if (strcmp(field, "downloads") == 0 && !is_band(value))
		return;
	json_object_set_new(v, field, json_string(value));
}

static void
take_lines(json_t *v, const struct page_text *t)
{
	g_auto(GStrv) lines = g_strsplit(t->text->str, "\n", 4000);
	size_t i, k;

	for (i = 0; lines[i] != NULL; i++)
		for (k = 0; k < G_N_ELEMENTS(labels); k++) {
			if (strcmp(lines[i], labels[k].label) != 0)
				continue;
			if (labels[k].before && i > 0)
				take(v, labels[k].field, lines[i - 1]);
			else if (!labels[k].before && lines[i + 1] != NULL)
				take(v, labels[k].field, lines[i + 1]);
		}
}

static void
take_name(json_t *v, const struct store *s, const json_t *title)
{
	const char *text = json_string_value(title);
	g_autofree char *name = NULL;
	char *end;

	if (text == NULL)
		return;
	name = g_strndup(text, LINE);
	end = strstr(name, s->title_end);
	if (end != NULL)
		*end = '\0';
	take(v, "name", name);
}

void
store_page(const char *url, const json_t *title, const struct page_text *t,
    GString *out)
{
	static const char *const empty[] = { "name", "by", "downloads",
		"updated" };
	struct shape_hit h;
	json_t *v;
	size_t i, k;

	for (i = 0; i < G_N_ELEMENTS(stores); i++)
		if (shape_match(stores[i].shape, url, url + strlen(url), &h))
			break;
	if (i == G_N_ELEMENTS(stores))
		return;
	v = json_object();
	json_object_set_new(v, "store", json_string(stores[i].name));
	json_object_set_new(v, "app", text_json(h.value, h.len));
	for (k = 0; k < G_N_ELEMENTS(empty); k++)
		json_object_set_new(v, empty[k], json_string(""));
	take_name(v, &stores[i], title);
	if (g_utf8_validate(t->text->str, -1, NULL))
		take_lines(v, t);
	fact_emit(out, FACT_STORE_APP, url, v);
}
