#include "reports/call.h"

#include <string.h>

#include "reports/delivery.h"

/* The host of a URL, "" of a path. */
static char *
host_of(const char *url)
{
	const char *at = strstr(url, "//");

	if (at == NULL || strcspn(url, "/?#") < (size_t)(at - url))
		return g_strdup("");
	at += 2;
	return g_strndup(at, strcspn(at, "/:?#"));
}

static gboolean
is_targets(const char *host, const struct fact *f)
{
	const char *target = f->target != NULL ? f->target : "";

	if (g_str_has_prefix(target, "www."))
		target += 4;
	return *target != '\0' && name_under(host, target);
}

/* The script, or the page that it stands in, came from the target's host. */
static gboolean
script_own(const struct fact *f)
{
	g_autofree char *host = NULL;

	if (f->kind != FACT_PAGE_CALL)
		return FALSE;
	host = host_of(f->subject);
	return is_targets(host, f);
}

gboolean
call_own(const struct fact *f)
{
	g_autofree char *host = NULL;

	if (!script_own(f))
		return FALSE;
	host = host_of(fact_str(f, "text"));
	return *host == '\0' || is_targets(host, f);
}

/* ---- where the visitor is */

static const char *const locators[] = {
	"ipinfo.io", "ip-api.com", "ipapi.co", "ipapi.com", "ipstack.com",
	"ipgeolocation.io", "ipdata.co", "geojs.io", "freegeoip.app",
	"geolocation-db.com", "geoip-js.com", "db-ip.com", "ipwhois.app",
	"ipwho.is", "extreme-ip-lookup.com", "geoplugin.net",
};

gboolean
locator(const char *host)
{
	for (size_t i = 0; i < G_N_ELEMENTS(locators); i++)
		if (name_under(host, locators[i]))
			return TRUE;
	return FALSE;
}

/* A whole step of the path: "/api/where", "/geoip.json?x". */
static gboolean
asks_place(const char *url)
{
	static const char *const words[] = {
		"where", "whereami", "where-am-i", "geo", "geoip", "geolocate",
		"geolocation", "mylocation", "my-location", "visitor-country",
		"visitor-location",
	};
	const char *end = url + strcspn(url, "?#");

	for (const char *p = url; p < end; p += strspn(p, "/.")) {
		size_t n = strcspn(p, "/.?#");

		for (size_t i = 0; n > 0 && i < G_N_ELEMENTS(words); i++)
			if (strlen(words[i]) == n &&
			    g_ascii_strncasecmp(p, words[i], n) == 0)
				return TRUE;
		p += n;
	}
	return FALSE;
}

gboolean
call_place(const struct fact *f)
{
	const char *text = fact_str(f, "text");
	g_autofree char *host = NULL;

	if (!script_own(f))
		return FALSE;
	if (strcmp(fact_str(f, "how"), "place") == 0)
		return TRUE;
	host = host_of(text);
	return *host != '\0' && !is_targets(host, f) ? locator(host) :
	    asks_place(text);
}
