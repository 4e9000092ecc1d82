/* What raises what: servers that have had enough of us, and say so. */

#include <string.h>

#include <curl/curl.h>

#include "probes/raise_priv.h"

#define US_PER_S	INT64_C(1000000)

/* Retry-After (RFC 9110, section 10.2.3): seconds, or a date, which is held
 * against the time at which it came.  0 where it says nothing usable. */
static int64_t
retry_ms(const char *text, const struct exchange *x)
{
	gchar *end = NULL;
	gint64 s = g_ascii_strtoll(text, &end, 10);
	time_t at;

	if (end != text && *end == '\0')
		return CLAMP(s, 0, INT64_C(1000000000)) * 1000;
	at = *text != '\0' ? curl_getdate(text, NULL) : -1;
	s = at > 0 ? at - x->end / US_PER_S : 0;
	return s > 0 ? s * 1000 : 0;
}

void
fact_rdap_refused(struct raiser *r, const struct fact *f)
{
	int64_t code = fact_int(f, "code", 0);

	if (code == 429 || code == 503)
		r->again(r, retry_ms(fact_str(f, "retry_after"), r->x));
}

void
fact_whois_none(struct raiser *r, const struct fact *f)
{
	const char *what = fact_str(f, "what");

	if (strcmp(what, "limit") == 0 || strcmp(what, "later") == 0 ||
	    strcmp(what, "maintenance") == 0)
		r->again(r, fact_int(f, "retry_after", 0) * 1000);
}

/* Pages: only where the server says when. */
void
fact_retry_header(struct raiser *r, const struct fact *f)
{
	gboolean enough = strcmp(r->x->detail, "429") == 0 ||
	    strcmp(r->x->detail, "503") == 0;
	int64_t ms;

	if (!enough || strcmp(fact_str(f, "name"), "retry-after") != 0)
		return;
	ms = retry_ms(fact_str(f, "value"), r->x);
	if (ms > 0)
		r->again(r, ms);
}
