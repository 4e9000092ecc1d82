#include <string.h>

#include "probes/vantage.h"

#define CODE	"(?:^|,\\s*)(([A-Z]{2})(?:-[A-Z0-9]{1,3})?)"
#define NUMBER	"([+-]?[0-9]{1,3}(?:\\.[0-9]{1,8})?)"

static void
group(const GMatchInfo *m, int n, char *out, size_t size)
{
	g_autofree char *s = g_match_info_fetch(m, n);

	g_strlcpy(out, s != NULL ? s : "", size);
}

void
vantage_read(const char *text, struct vantage *v)
{
	g_autoptr(GRegex) re = g_regex_new(CODE "(?:[,\\s]+" NUMBER
	    "\\s*,\\s*" NUMBER ")?\\s*$", 0, 0, NULL);
	g_autoptr(GMatchInfo) m = NULL;
	struct extent e;
	double lat, lon;

	memset(v, 0, sizeof(*v));
	if (!g_utf8_validate(text, -1, NULL) ||
	    !g_regex_match(re, text, 0, &m))
		return;
	group(m, 1, v->region, sizeof(v->region));
	group(m, 2, v->country, sizeof(v->country));
	if (!extent_of(v->country, &e)) {
		memset(v, 0, sizeof(*v));
		return;
	}
	if (strchr(v->region, '-') == NULL)
		v->region[0] = '\0';
	group(m, 3, v->lat, sizeof(v->lat));
	group(m, 4, v->lon, sizeof(v->lon));
	if (!extent_degrees(v->lat, 90, &lat) ||
	    !extent_degrees(v->lon, 180, &lon))
		v->lat[0] = v->lon[0] = '\0';
}

gboolean
vantage_extent(const struct vantage *v, struct extent *e)
{
	if (v->lat[0] != '\0')
		return extent_point(v->lat, v->lon, 0, e);
	if (v->country[0] == '\0')
		return FALSE;
	return extent_of(v->region[0] != '\0' ? v->region : v->country, e);
}
