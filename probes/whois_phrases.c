/*
 * What servers say instead of a record.  Lower case, blanks single, comment
 * signs gone; in the order in which they are tried: a refusal may name limits,
 * and a limit may say that nothing was found.
 */

#include <string.h>

#include "probes/whois.h"

/* Where in a line a phrase must stand. */
enum where { BEGINS, ENDS, IS, ANYWHERE };

static const struct phrase {
	const char	*what;
	enum where	 where;
	const char	*words;
} phrases[] = {
	/* A line that is one of these and no more needs no other beside it;
	 * terms of use below it speak of refusals. */
	{ "no match", IS,       "status: free" },
	{ "no match", IS,       "status: available" },
	{ "no match", IS,       "status: not registered" },
	{ "no match", IS,       "status: unassigned" },
	{ "no match", IS,       "domain status: available" },
	{ "no match", IS,       "domain status: free" },
	{ "no match", IS,       "registration status: available" },
	{ "no match", IS,       "domain status: no object found" },
	{ "no match", IS,       "query_status: 220 available" },
	{ "reserved", IS,       "domain status: unavailable" },
	{ "invalid", IS,       "domain status: invalid" },
	{ "reserved", IS,       "[status] reserved" },
	{ "no match", BEGINS,   "invalid query or domain name not known" },
	{ "no match", IS,	"whois.nic.bo solo acepta consultas con dominios .bo" },
	{ "invalid", ANYWHERE, "because it contravenes" },
	{ "limit", BEGINS, "query_status: 440" },	/* .nz */
	{ "invalid", BEGINS,   "dot ie domain names must" },
	{ "invalid", ANYWHERE, "query included an invalid character" },
	{ "limit", ANYWHERE, "limit exceeded" },
	{ "limit", ANYWHERE, "exceeded your allotted" },
	{ "limit", ANYWHERE, "number of queries exceeded" },
	{ "limit", ANYWHERE, "rate of queries from your" },
	{ "limit", ANYWHERE, "queries has exceeded the limit" },
	{ "limit", ANYWHERE, "reach query limit" },
	{ "limit", ANYWHERE, "has reached rate limit" },
	{ "limit", ANYWHERE, "excessive requests" },
	{ "limit", ANYWHERE, "quota exceeded" },
	{ "limit", ANYWHERE, "query quota" },
	{ "limit", ANYWHERE, "query rate exceeded" },
	{ "limit", ANYWHERE, "has been exceeded and will be replenished" },
	{ "limit", ANYWHERE, "whois-limit exceeded" },
	{ "limit", ANYWHERE, "request per second allowed" },
	{ "limit", ANYWHERE, "number of allowed queries exceeded" },
	{ "limit", ANYWHERE, "exceeded allowed connection rate" },
	{ "limit", ANYWHERE, "exceeded your query limit" },
	{ "limit", ANYWHERE, "exceeded the query limit" },
	{ "limit", ANYWHERE, "exceeded your daily" },
	{ "limit", ANYWHERE, "too many requests" },
	{ "limit", ANYWHERE, "too many queries" },
	{ "limit", ANYWHERE, "too many connections" },
	{ "limit", ANYWHERE, "too many simultaneous" },
	{ "limit", ANYWHERE, "too many whois" },
	{ "limit", ANYWHERE, "excessive querying" },
	{ "limit", ANYWHERE, "exceeded the maximum" },
	{ "limit", ANYWHERE, "exceeded maximum" },
	{ "limit", ANYWHERE, "maximum query rate reached" },
	{ "limit", ANYWHERE, "maximum number of queries" },
	{ "limit", ANYWHERE, "maximum queries per" },
	{ "limit", ANYWHERE, "due to incoming of a large amount" },
	{ "limit", ANYWHERE, "still in grace period, wait" },
	{ "limit", ANYWHERE, "query limit reached" },
	{ "limit", ANYWHERE, "query limit was exceeded" },
	{ "limit", ANYWHERE, "lookup quota" },
	{ "limit", ANYWHERE, "daily limit" },
	{ "limit", ANYWHERE, "rate limited" },
	{ "limit", ANYWHERE, "rate-limited" },
	{ "limit", ANYWHERE, "rate limit exceeded" },
	{ "limit", ANYWHERE, "rate limit reached" },
	{ "limit", ANYWHERE, "request rate is too" },
	{ "limit", ANYWHERE, "requests are limited" },
	{ "limit", ANYWHERE, "your access is too fast" },
	{ "limit", ANYWHERE, "queried interval is too short" },
	{ "limit", ANYWHERE, "exceeded allowed query" },
	{ "limit", ANYWHERE, "access control limit" },
	{ "limit", ANYWHERE, "you have reached" },
	{ "limit", ANYWHERE, "please slow down" },
	{ "limit", ANYWHERE, "please wait a while and try again" },
	{ "limit", ANYWHERE, "been temporarily denied" },
	{ "limit", BEGINS,   "error:201" },	/* RIPE-like: denied for volume */
	{ "limit", ANYWHERE, "look up limit" },
	{ "limit", ANYWHERE, "query rate of your host exceeded" },
	{ "limit", IS,       "toomanyrequests" },
	{ "limit", ANYWHERE, "connection limit reached" },
	{ "limit", ANYWHERE, "due to excessive usage" },
	{ "limit", ANYWHERE, "queried too frequently" },
	{ "limit", BEGINS,   "the ip address from which you have visited" },
	{ "refusal", ANYWHERE, "requests of this client are not permitted" },
	{ "refusal", ANYWHERE, "permission denied" },
	{ "refusal", ANYWHERE, "access denied" },
	/* "... to access or query our Whois database through the use of
	 * electronic processes" are terms that many answers begin with. */
	{ "refusal", ANYWHERE, "not authorized to access this" },
	{ "refusal", ANYWHERE, "not authorised to access this" },
	{ "refusal", ANYWHERE, "to perform the query is not authori" },
	{ "refusal", ANYWHERE, "is in blacklist" },
	{ "refusal", ANYWHERE, "your query was denied" },
	{ "refusal", ANYWHERE, "ip address blocked" },
	{ "refusal", ANYWHERE, "ip address has been blocked" },
	{ "refusal", ANYWHERE, "your ip has been" },
	{ "refusal", ANYWHERE, "has been blacklisted" },
	{ "refusal", ANYWHERE, "is blacklisted" },
	{ "refusal", ANYWHERE, "been banned" },
	{ "refusal", ANYWHERE, "is banned" },
	{ "refusal", ANYWHERE, "has been restricted" },
	{ "refusal", ANYWHERE, "connection refused" },
	/* A registrar on what another has. */
	{ "refusal", ANYWHERE, "information on non-local domain" },
	{ "refusal", ANYWHERE, "currently only contains information for" },
	{ "refusal", ANYWHERE, "is not registered here" },
	{ "refusal", ANYWHERE, "tld is not supported" },
	{ "refusal", ANYWHERE, "tld not supported" },
	{ "refusal", ANYWHERE, "unsupported tld" },
	{ "refusal", ANYWHERE, "this server does not have data for" },
	{ "refusal", ANYWHERE, "any records for that zone" },
	{ "refusal", ANYWHERE, "whois service is no longer" },
	{ "refusal", ANYWHERE, "whois service has been discontinued" },
	{ "refusal", ANYWHERE, "whois service has been retired" },
	{ "refusal", ANYWHERE, "is not available via port 43" },
	{ "refusal", ANYWHERE, "please use rdap" },
	{ "refusal", ANYWHERE, "use the web-based whois" },
	{ "refusal", ANYWHERE, "not accept whois requests" },
	{ "maintenance", ANYWHERE, "under maintenance" },
	{ "maintenance", ANYWHERE, "down for maintenance" },
	{ "maintenance", ANYWHERE, "undergoing maintenance" },
	{ "maintenance", ANYWHERE, "scheduled maintenance" },
	{ "maintenance", ANYWHERE, "maintenance in progress" },
	{ "maintenance", ANYWHERE, "service is not available at the moment" },
	{ "later", BEGINS,   "server too busy" },
	{ "later", ANYWHERE, "server is busy" },
	{ "later", ANYWHERE, "server busy" },
	{ "later", ANYWHERE, "temporarily unavailable" },
	{ "later", ANYWHERE, "temporarily unable" },
	{ "later", ANYWHERE, "service unavailable" },
	{ "later", ANYWHERE, "internal error" },
	{ "later", ANYWHERE, "internal server error" },
	{ "later", ANYWHERE, "failed to connect to database" },
	{ "later", ANYWHERE, "unable to process your request" },
	{ "later", ANYWHERE, "request could not be processed" },
	{ "later", ANYWHERE, "database connection" },
	{ "later", ANYWHERE, "timeout expired" },
	{ "later", ANYWHERE, "try again later" },
	{ "later", ANYWHERE, "please try again" },
	/* What may not be had at all comes before what may: "not found" stands
	 * beside it in some answers. */
	{ "blocked", ANYWHERE, "dpml" },
	{ "blocked", ANYWHERE, "globalblock" },
	{ "blocked", ANYWHERE, "is blocked by" },
	{ "blocked", ANYWHERE, "domains protected marks list" },
	{ "blocked", ANYWHERE, "this name has been blocked" },
	{ "blocked", ANYWHERE, "adultblock" },
	{ "premium", ANYWHERE, "premium name" },
	{ "premium", ANYWHERE, "premium domain" },
	{ "premium", ANYWHERE, "available at a premium" },
	{ "premium", ANYWHERE, "platinum domain" },
	{ "reserved", BEGINS,   "reserved by" },
	{ "reserved", ANYWHERE, "reserved name" },
	{ "reserved", ANYWHERE, "is restricted from registration" },
	{ "reserved", BEGINS,   "reserved domain" },
	{ "reserved", IS,       "domain reserved" },
	{ "reserved", IS,       "domain not available" },
	{ "reserved", ANYWHERE, "in the reserved list" },
	{ "reserved", ANYWHERE, "restricted domain name" },
	{ "reserved", BEGINS,   "application pending - there is" },
	{ "reserved", ENDS,     " is withdrawn" },
	{ "reserved", ENDS,     " domain in quarantine" },
	{ "reserved", ANYWHERE, "is a reserved" },
	{ "reserved", ANYWHERE, "name is reserved" },
	{ "reserved", ANYWHERE, "domain is reserved" },
	{ "reserved", ANYWHERE, "has been reserved" },
	{ "reserved", ANYWHERE, "have been reserved" },
	{ "reserved", ANYWHERE, "is reserved" },
	{ "reserved", ANYWHERE, "cannot be registered" },
	{ "reserved", ANYWHERE, "can not be registered" },
	{ "reserved", ANYWHERE, "can't be registered" },
	{ "reserved", ANYWHERE, "not available for registration" },
	{ "reserved", ANYWHERE, "unavailable for registration" },
	{ "reserved", BEGINS,   "not available for second level" },
	{ "reserved", IS,       "restricted" },
	{ "reserved", ANYWHERE, "is not available for" },
	{ "reserved", ANYWHERE, "domain is unavailable" },
	{ "reserved", ANYWHERE, "restricted name" },
	{ "reserved", ANYWHERE, "you requested is prohibited" },
	{ "reserved", ANYWHERE, "prohibited string" },
	{ "reserved", ANYWHERE, "prohibited name" },
	{ "reserved", IS,       "status: reserved" },
	{ "reserved", IS,       "status: not allowed" },
	{ "reserved", IS,       "domain status: reserved" },
	{ "reserved", IS,       "status: restricted" },
	{ "reserved", IS,       "status: unassignable" },
	{ "reserved", IS,       "status: prohibited" },
	{ "invalid", IS,       "status: invalid" },
	{ "invalid", BEGINS,   "query_status: 500 invalid" },
	{ "invalid", ANYWHERE, "invalid domain name" },
	{ "invalid", ANYWHERE, "invalid query" },
	{ "invalid", ANYWHERE, "invalid input" },
	{ "invalid", ANYWHERE, "invalid request" },
	{ "invalid", ANYWHERE, "invalid pattern" },
	{ "invalid", ANYWHERE, "is not a valid domain" },
	{ "invalid", ANYWHERE, "not a valid domain name" },
	{ "invalid", ANYWHERE, "malformed request" },
	{ "invalid", ANYWHERE, "malformed query" },
	{ "invalid", BEGINS,   "invalid parameter" },
	{ "invalid", IS,       "parameter value syntax error" },
	{ "invalid", BEGINS,   "syntax error" },
	{ "invalid", ANYWHERE, "incorrect domain name" },
	{ "invalid", ANYWHERE, "domain name is invalid" },
	{ "invalid", IS,       "is not valid!" },	/* .vu */
	{ "invalid", BEGINS,   "error: 55000000010" },	/* DENIC: no such IDN */
	{ "invalid", BEGINS,   "error: 55000000013" },	/* DENIC: invalid */
	{ "no match", ANYWHERE, "no match" },
	{ "no match", ANYWHERE, "no_match" },
	{ "no match", BEGINS,   "not found" },
	{ "no match", IS,       "notfound" },
	{ "no match", BEGINS,   "this domain is not available in our whois" },
	{ "no match", BEGINS,   "not_found" },
	{ "no match", ANYWHERE, "domain not found" },
	{ "no match", ANYWHERE, "object_not_found" },
	{ "no match", ANYWHERE, "object not found" },
	{ "no match", ANYWHERE, "domain name not found" },
	{ "no match", ANYWHERE, "was not found" },
	{ "no match", ANYWHERE, "not found in" },
	{ "no match", ANYWHERE, "cannot be found" },
	{ "no match", ANYWHERE, "could not be found" },
	{ "no match", ANYWHERE, "no data found" },
	{ "no match", ANYWHERE, "no data was found" },
	{ "no match", ANYWHERE, "no entries found" },
	{ "no match", ANYWHERE, "no entry found" },
	{ "no match", ANYWHERE, "no records found" },
	{ "no match", ANYWHERE, "no record found" },
	{ "no match", ANYWHERE, "no records matching" },
	{ "no match", ANYWHERE, "no matching record" },
	{ "no match", ANYWHERE, "no matching objects" },
	{ "no match", ANYWHERE, "no object found" },
	{ "no match", ANYWHERE, "no objects found" },
	{ "no match", ANYWHERE, "unallocated and unassigned in lacnic" },
	{ "no match", ANYWHERE, "no domain records" },
	{ "no match", ANYWHERE, "no such domain" },
	{ "no match", ANYWHERE, "no domain found" },
	{ "no match", BEGINS,   "no found" },
	{ "no match", ANYWHERE, "no information available about" },
	{ "no match", ANYWHERE, "no information available on" },
	{ "no match", ANYWHERE, "no results were found" },
	{ "no match", ANYWHERE, "no results found" },
	{ "no match", ANYWHERE, "no information was found" },
	{ "no match", ANYWHERE, "no information found" },
	{ "no match", ANYWHERE, "no whois information found" },
	{ "no match", ANYWHERE, "do not have an entry in our database" },
	{ "no match", ANYWHERE, "don't have an entry" },
	{ "no match", ANYWHERE, "returned 0 objects" },
	{ "no match", ANYWHERE, "has not been registered" },
	{ "no match", ANYWHERE, "is not registered" },
	{ "no match", ANYWHERE, "not been registered" },
	{ "no match", ANYWHERE, "domain unknown" },
	{ "no match", ANYWHERE, "is not in our database" },
	{ "no match", ANYWHERE, "not in database" },
	{ "no match", ANYWHERE, "does not exist" },
	{ "no match", ANYWHERE, "doesn't exist" },
	{ "no match", ANYWHERE, "nothing found" },
	{ "no match", ENDS,     " no existe" },
	{ "no match", ANYWHERE, "no se encuentra registrado" },
	{ "no match", ANYWHERE, " inexistant" },
	{ "no match", ANYWHERE, "not registered" },
	{ "no match", ENDS,     " is free" },
	{ "no match", ENDS,     " is free." },
	{ "no match", ENDS,     "not found" },	/* "KINO-ALFANOT FOUND": .sn */
	{ "no match", ENDS,     " not found." },
	{ "no match", ANYWHERE, "is available for registration" },
	{ "no match", ANYWHERE, "is available for" },
	{ "no match", ENDS,     " is available" },
	{ "no match", ENDS,     " is available." },
	{ "no match", ANYWHERE, "domain is available" },
	{ "no match", ANYWHERE, "can be registered" },
	{ "no match", IS,       "available" },
	{ "no match", IS,       "free" },
	{ "no match", BEGINS,   "error:101" },	/* RIPE-like: no entries */
	{ "no match", BEGINS,   "error: 101" },
	{ "no match", ANYWHERE, "검색하신 도메인" },
	{ "no match", ANYWHERE, "未找到" },
};

/* Lower case, single blanks, no comment signs before it, no leaders. */
static void
plain_line(const struct whois_text *t, const struct whois_line *l, GString *s)
{
	gsize n = MIN(l->len, WHOIS_VALUE), i = l->indent;

	char *out, *p;

	g_string_set_size(s, n);
	p = out = s->str;
	while (i < n && strchr("%#;*-!> \t", t->text[l->offset + i]) != NULL &&
	    t->text[l->offset + i] != '\0')
		i++;
	for (; i < n; i++) {
		char c = t->text[l->offset + i];

		while (c == ':' && p > out && (p[-1] == ' ' || p[-1] == '.'))
			p--;
		if (c >= 'A' && c <= 'Z')
			*p++ = (char)(c + ('a' - 'A'));
		else if (c != ' ' && c != '\t')
			*p++ = c != '\0' ? c : '?';
		else if (p > out && p[-1] != ' ')
			*p++ = ' ';
	}
	g_string_set_size(s, (gsize)(p - out));
}

/* Whether the phrase, found at that place of the line, stands where it must. */
static gboolean
in_place(const struct phrase *p, gsize words, gsize at, gsize len)
{
	return (at == 0 || p->where == ENDS || p->where == ANYWHERE) &&
	    (at + words == len || p->where == BEGINS || p->where == ANYWHERE);
}

/* Phrases by their first three bytes, which no phrase is without, made once from
 * the table: next[] chains those of a slot, in the table's order; 0 ends, k + 1
 * is phrase k. */
#define SLOTS	1024

struct chains {
	guint16		first[SLOTS], next[G_N_ELEMENTS(phrases)];
	unsigned char	len[G_N_ELEMENTS(phrases)];
};

static inline size_t
slot_of(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;

	return (u[0] * 131U + u[1] * 31U + u[2]) % SLOTS;
}

static const struct chains *
chains(void)
{
	static struct chains c;
	static gsize once;

	if (g_once_init_enter(&once)) {
		for (size_t k = G_N_ELEMENTS(phrases); k-- > 0;) {
			guint16 *f = &c.first[slot_of(phrases[k].words)];

			c.len[k] = (unsigned char)strlen(phrases[k].words);
			c.next[k] = *f;
			*f = (guint16)(k + 1);
		}
		g_once_init_leave(&once, 1);
	}
	return &c;
}

/* The first phrase of the table, before the one that was found so far, that the
 * line says. */
static size_t
line_says(const char *line, gsize len, size_t found)
{
	const struct chains *c = chains();

	for (gsize at = 0; at + 3 <= len; at++) {
		size_t k = c->first[slot_of(line + at)];

		for (; k != 0 && k - 1 < found; k = c->next[k - 1])
			if (line[at] == phrases[k - 1].words[0] &&
			    strncmp(line + at, phrases[k - 1].words,
			    c->len[k - 1]) == 0 && in_place(&phrases[k - 1],
			    c->len[k - 1], at, len))
				found = k - 1;
	}
	return found;
}

/* "TERMS OF USE: You are not authorized to ...": what follows, to the next empty
 * line, says nothing of this question. */
static gboolean
begins_terms(const char *line)
{
	return g_str_has_prefix(line, "terms of use") ||
	    g_str_has_prefix(line, "notice and terms of use");
}

static gboolean
is_end(const struct whois_text *t, const struct whois_line *l)
{
	return l->len - l->indent >= 3 && memcmp(t->text + l->offset +
	    l->indent, ">>>", 3) == 0;
}

/* Any phrase on any line goes before the next phrase; but what was said above
 * the terms of use is not looked for in them, or below. */
const char *
whois_phrase(const struct whois_text *t, guint *where)
{
	guint n = MIN(t->lines->len, WHOIS_TESTED);
	size_t none = G_N_ELEMENTS(phrases), found = none;
	g_autoptr(GString) line = g_string_sized_new(256);
	gboolean terms = FALSE;

	for (guint i = 0; i < n && !is_end(t, whois_line(t, i)); i++) {
		size_t k;

		plain_line(t, whois_line(t, i), line);
		if (begins_terms(line->str) && found < none)
			break;
		terms = line->len > 0 && (terms || begins_terms(line->str));
		if (terms)
			continue;
		k = line_says(line->str, line->len, found);
		if (k < found)
			*where = i;
		found = k;
	}
	return found < none ? phrases[found].what : NULL;
}
