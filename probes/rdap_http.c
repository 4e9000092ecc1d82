/* What an answer means that is not the object asked for (RFC 7480 section 5). */

#include <stdlib.h>
#include <string.h>

#include "probes/rdap.h"
#include "probes/rdap_value.h"
#include "probes/text.h"

static const struct {
	int		 code;
	const char	*meaning;
} meanings[] = {
	{ 200, "an answer without registration data" },
	{ 203, "an answer without registration data" },
	{ 204, "an answer without registration data" },
	{ 300, "a redirect that leads nowhere" },
	{ 301, "a redirect that leads nowhere" },
	{ 302, "a redirect that leads nowhere" },
	{ 303, "a redirect that leads nowhere" },
	{ 307, "a redirect that leads nowhere" },
	{ 308, "a redirect that leads nowhere" },
	{ 400, "the server does not take this question" },
	{ 401, "the server wants a log-in" },
	{ 402, "the server wants to be paid" },
	{ 403, "the server refuses" },
	{ 405, "the server does not take this way of asking" },
	{ 406, "the server has no such form of answer" },
	{ 408, "the server waited too long for the question" },
	{ 414, "the server does not take so long a question" },
	{ 415, "the server has no such form of answer" },
	{ 422, "the server cannot make sense of the question" },
	{ 429, "too many questions, says the server" },
	{ 451, "refused for legal reasons, says the server" },
	{ 500, "the server failed" },
	{ 501, "not offered by the server" },
	{ 502, "the server's gateway failed" },
	{ 503, "the server is not available" },
	{ 504, "the server's gateway got no answer" },
	{ 509, "too many questions, says the server" },
};

/* By its first digit, where the table has no row. */
static const char *const classes[] = {
	"", "", "an answer without registration data",
	"a redirect that leads nowhere", "the server does not answer this",
	"the server failed",
};

static const char *
meaning_of(int code)
{
	for (size_t i = 0; i < G_N_ELEMENTS(meanings); i++)
		if (meanings[i].code == code)
			return meanings[i].meaning;
	return code >= 200 && code < 600 ? classes[code / 100] :
	    "the server gave no data";
}

/* "rdap", "other" or "empty". */
static const char *
body_form(const struct rdap *r, size_t body)
{
	static const char *const members[] = {
		"errorCode", "rdapConformance", "notices",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(members); i++)
		if (json_object_get(r->object, members[i]) != NULL)
			return "rdap";
	return body > 0 ? "other" : "empty";
}

/* What an error says beside its title (RFC 9083 section 6). */
static void
put_words(const struct rdap *r, json_t *v)
{
	json_t *text = rdap_lines(r->object);

	if (json_string_length(text) > 0)
		json_object_set(v, "text", text);
	json_decref(text);
}

/*
 * A wrong path looks like an object that is not there.  A server that IANA names
 * is believed; one that it does not name has to speak RDAP in this answer, or
 * else where (its /help, which is asked then).
 */
int
rdap_no_object(const struct rdap *r, int status)
{
	const char *form = body_form(r, json_object_size(r->object) > 0);
	json_t *v = json_pack("{s:i, s:o, s:b}", "code", status, "title",
	    rdap_text(r->object, "title"), "confirmed",
	    strcmp(form, "rdap") == 0 ||
	    strcmp(r->x->q->note, "not listed by IANA") != 0);

	put_words(r, v);
	rdap_emit(r, FACT_RDAP_NONE, v);
	return 0;
}

/* Seconds to wait, of a number or a date; -1 where it is neither. */
static gint64
wait_of(const struct rdap *r, const struct http_message *m, const char *after)
{
	const char *date = http_header(m, "Date");
	gint64 now = r->x->end;
	guint64 s;

	if (g_ascii_string_to_unsigned(after, 10, 0, G_MAXINT64, &s, NULL))
		return (gint64)s;
	/* The server's own clock, where it shows it. */
	if (date != NULL && rdap_http_wait(date, 0) >= 0)
		now = rdap_http_wait(date, 0) * G_USEC_PER_SEC;
	return rdap_http_wait(after, now);
}

static void
set_type(json_t *v, const struct http_message *m)
{
	const char *type = http_header(m, "Content-Type");

	if (type != NULL)
		json_object_set_new(v, "type", text_json(type,
		    MIN(strlen(type), 64)));
}

int
rdap_refused(const struct rdap *r, const struct http_message *m, size_t body)
{
	const char *after = http_header(m, "Retry-After");
	json_int_t own = rdap_number(r->object, "errorCode");
	int code = m->status == 200 && own >= 0 ? (int)MIN(own, 999) :
	    m->status;
	const char *form = body_form(r, body);
	json_t *v = json_pack("{s:i, s:s, s:o}", "code", code, "meaning",
	    meaning_of(code), "title", rdap_text(r->object, "title"));

	if (after != NULL) {
		gint64 wait = wait_of(r, m, after);

		json_object_set_new(v, "retry_after",
		    text_json(after, MIN(strlen(after), 64)));
		json_object_set_new(v, "wait_s", wait >= 0 ?
		    json_integer(wait) : json_null());
	}
	put_words(r, v);
	json_object_set_new(v, "body", json_string(form));
	if (strcmp(form, "other") == 0)
		set_type(v, m);
	rdap_emit(r, FACT_RDAP_REFUSED, v);
	return 0;
}

/*
 * A redirect is a question of its own.  What would lead from an authenticated
 * answer to one that nobody vouches for is not followed.
 */
int
rdap_redirected(const struct rdap *r, const struct http_message *m)
{
	const char *to = http_header(m, "Location");
	g_autofree char *url = to != NULL ? rdap_url(r->x->q->name, to) : NULL;
	json_t *v;

	if (url == NULL)
		return rdap_refused(r, m, 0);
	v = json_pack("{s:s, s:s, s:s}", "rel", "redirect", "url", url, "type",
	    "");
	if (!rdap_unauthenticated(r) &&
	    g_ascii_strncasecmp(url, "http:", 5) == 0)
		json_object_set_new(v, "why", json_string("from https to http"));
	/* APNIC sends its own object with the redirect. */
	if (*rdap_str(r->object, "objectClassName") != '\0')
		json_object_set_new(v, "body", rdap_text(r->object,
		    "objectClassName"));
	rdap_emit(r, FACT_RDAP_LINK, v);
	return 0;
}
