#include <string.h>

#include "probes/limits.h"
#include "probes/rdap.h"
#include "probes/whois.h"

/* Where in a line a phrase must stand. */
enum where { BEGINS, ENDS, IS, ANYWHERE };

/*
 * What servers say instead of a record; lower case, blanks single, comment
 * signs gone.  In the order in which they are tried.
 */
static const struct phrase {
	const char	*what;
	enum where	 where;
	const char	*words;
} phrases[] = {
	{ "limit",	ANYWHERE, "limit exceeded" },
	{ "limit",	ANYWHERE, "quota exceeded" },
	{ "limit",	ANYWHERE, "query rate exceeded" },
	{ "limit",	ANYWHERE, "has been exceeded and will be replenished" },
	{ "limit",	ANYWHERE, "whois-limit exceeded" },
	{ "limit",	ANYWHERE, "request per second allowed" },
	{ "limit",	ANYWHERE, "number of allowed queries exceeded" },
	{ "limit",	ANYWHERE, "exceeded allowed connection rate" },
	{ "limit",	ANYWHERE, "too many requests" },
	{ "limit",	ANYWHERE, "too many queries" },
	{ "limit",	ANYWHERE, "excessive querying" },
	{ "limit",	ANYWHERE, "exceeded the maximum" },
	{ "limit",	BEGINS,	  "server too busy" },
	{ "limit",	ANYWHERE, "access control limit" },
	{ "limit",	ANYWHERE, "try again later" },
	{ "refusal",	ANYWHERE, "requests of this client are not permitted" },
	{ "refusal",	ANYWHERE, "permission denied" },
	{ "refusal",	ANYWHERE, "access denied" },
	{ "refusal",	ANYWHERE, "ip address blocked" },
	{ "refusal",	ANYWHERE, "ip address has been blocked" },
	{ "refusal",	ANYWHERE, "connection refused" },
	{ "refusal",	ANYWHERE, "tld is not supported" },
	{ "refusal",	ANYWHERE, "this server does not have data for" },
	{ "no match",	ANYWHERE, "no match for" },
	{ "no match",	BEGINS,	  "no match" },
	{ "no match",	BEGINS,	  "not found" },
	{ "no match",	ANYWHERE, "domain not found" },
	{ "no match",	BEGINS,	  "no data found" },
	{ "no match",	BEGINS,	  "no entries found" },
	{ "no match",	ANYWHERE, "no entries found" },
	{ "no match",	BEGINS,	  "no object found" },
	{ "no match",	BEGINS,	  "no information available about" },
	{ "no match",	ANYWHERE, "do not have an entry in our database" },
	{ "no match",	ANYWHERE, "returned 0 objects" },
	{ "no match",	ANYWHERE, "has not been registered" },
	{ "no match",	BEGINS,	  "object does not exist" },
	{ "no match",	BEGINS,	  "the queried object does not exist" },
	{ "no match",	BEGINS,	  "nothing found" },
	{ "no match",	ENDS,	  " is free" },
	{ "no match",	ENDS,	  " not found." },
	{ "no match",	ENDS,	  "\" not found" },
	{ "no match",	ENDS,	  " is available for registration" },
	{ "no match",	IS,	  "status: free" },
	{ "no match",	IS,	  "status: available" },
	{ "reserved",	BEGINS,	  "reserved by" },
	{ "reserved",	BEGINS,	  "reserved domain" },
	{ "reserved",	ANYWHERE, "dpml brand protection" },
	{ "reserved",	ANYWHERE, "name is reserved" },
	{ "reserved",	ANYWHERE, "domain is reserved" },
	{ "reserved",	ANYWHERE, "cannot be registered" },
};

struct whois {
	const struct exchange	*x;
	const char		*subject;
	struct whois_text	 text;
	struct whois_found	 found;
	GString			*out;
};

static void
emit(const struct whois *w, enum fact_kind kind, json_t *value)
{
	json_object_set_new(value, "server", json_string(w->x->q->host));
	fact_emit(w->out, kind, w->subject, value);
}

/* The name in a query such as "domain example.com" or "-T dn example.de/e". */
static char *
asked(const struct exchange *x)
{
	const char *blank = strrchr(x->q->name, ' ');
	const char *word = blank != NULL ? blank + 1 : x->q->name;
	g_autofree char *name = g_strndup(word, strcspn(word, "/"));
	char *host = rdap_hostname(name);

	return host != NULL ? host : g_strdup(name);
}

/* ---- an answer without a record */

/* Lower case, single blanks, no comment signs before it. */
static char *
plain_line(const struct whois_text *t, const struct whois_line *l)
{
	GString *s = g_string_sized_new(l->len);
	gsize n = MIN(l->len, WHOIS_VALUE), i = l->indent;

	while (i < n && strchr("%#;*-! \t", t->bytes[l->offset + i]) != NULL &&
	    t->bytes[l->offset + i] != '\0')
		i++;
	for (; i < n; i++) {
		char c = t->bytes[l->offset + i];

		if (c != ' ' && c != '\t')
			g_string_append_c(s, c != '\0' ? g_ascii_tolower(c) :
			    '?');
		else if (s->len > 0 && s->str[s->len - 1] != ' ')
			g_string_append_c(s, ' ');
	}
	return g_string_free(s, FALSE);
}

static gboolean
says(const char *line, const struct phrase *p)
{
	switch (p->where) {
	case BEGINS:
		return g_str_has_prefix(line, p->words);
	case ENDS:
		return g_str_has_suffix(line, p->words);
	case IS:
		return strcmp(line, p->words) == 0;
	case ANYWHERE:
		return strstr(line, p->words) != NULL;
	}
	return FALSE;
}

/* Tries each phrase on each line before any disclaimer. */
static const struct phrase *
find_phrase(const struct whois_text *t, guint *where)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	guint n = MIN(t->lines->len, WHOIS_TESTED);

	for (guint i = 0; i < n; i++)
		g_ptr_array_add(lines, plain_line(t, whois_line(t, i)));
	for (size_t k = 0; k < G_N_ELEMENTS(phrases); k++) {
		for (guint i = 0; i < n; i++) {
			const char *line = g_ptr_array_index(lines, i);

			if (g_str_has_prefix(line, ">>>"))
				break;
			if (says(line, &phrases[k])) {
				*where = i;
				return &phrases[k];
			}
		}
	}
	return NULL;
}

static void
none(const struct whois *w, const char *what, gsize offset, gsize len)
{
	emit(w, FACT_WHOIS_NONE, json_pack("{s:s, s:o, s:I}", "what", what,
	    "text", whois_json(&w->text, offset, MIN(len, WHOIS_VALUE)),
	    "offset", (json_int_t)offset));
}

static gboolean
is_empty(const struct whois_text *t)
{
	for (guint i = 0; i < t->lines->len; i++)
		if (!whois_line_empty(whois_line(t, i)))
			return FALSE;
	return TRUE;
}

/* ---- a record */

/* "https://whois.x.com:43/y" to "whois.x.com"; NULL where it is no server, or
 * one that wants another port. */
static char *
server_name(const char *value)
{
	const char *p = strstr(value, "://"), *colon;
	g_autofree char *host = NULL;

	if (p != NULL && g_ascii_strncasecmp(value, "rwhois", 6) == 0)
		return NULL;
	p = p != NULL ? p + 3 : value;
	colon = p + strcspn(p, ":/?# \t");
	if (*colon == ':' && !(strncmp(colon, ":43", 3) == 0 &&
	    !g_ascii_isdigit(colon[3])))
		return NULL;
	host = g_strndup(p, (gsize)(colon - p));
	return strchr(host, '.') != NULL && !g_hostname_is_ip_address(host) ?
	    rdap_hostname(host) : NULL;
}

/* The first server that is not the one asked. */
static void
refer(const struct whois *w)
{
	for (guint i = 0; i < w->found.fields->len; i++) {
		const struct whois_field *f = &g_array_index(w->found.fields,
		    struct whois_field, i);
		g_autofree char *value = NULL, *server = NULL;

		if (strcmp(f->field, "refer") != 0)
			continue;
		value = whois_utf8(&w->text, f->offset, f->len);
		server = server_name(value);
		if (server == NULL ||
		    g_ascii_strcasecmp(server, w->x->q->host) == 0)
			continue;
		fact_emit(w->out, FACT_WHOIS_REFER, w->subject,
		    json_pack("{s:s, s:s}", "server", server, "by",
		    w->x->q->host));
		return;
	}
}

/* A name server's line may go on with its addresses. */
static json_t *
field_value(const struct whois *w, const struct whois_field *f)
{
	g_autofree char *text = NULL, *host = NULL;

	if (strcmp(f->field, "ns") != 0 && strcmp(f->field, "domain") != 0)
		return whois_json(&w->text, f->offset, f->len);
	text = whois_utf8(&w->text, f->offset, f->len);
	text[strcspn(text, " \t[")] = '\0';
	host = g_str_is_ascii(text) ? rdap_hostname(text) : NULL;
	return host != NULL ? json_string(host) :
	    whois_json(&w->text, f->offset, f->len);
}

static void
field_fact(const struct whois *w, const struct whois_field *f)
{
	g_autofree char *text = whois_utf8(&w->text, f->offset, f->len);
	json_t *v;

	if (strcmp(f->field, "refer") == 0)
		return;
	v = json_pack("{s:s, s:o, s:i, s:I, s:b}", "field", f->field,
	    "value", field_value(w, f), "line", (int)f->line + 1, "offset",
	    (json_int_t)f->offset, "withheld", rdap_withheld(text));
	if (strcmp(f->field, "holder") == 0)
		json_object_set_new(v, "service",
		    json_boolean(rdap_privacy_service(text)));
	emit(w, FACT_WHOIS_FIELD, v);
}

static guint
count_fields(const struct whois_found *found)
{
	guint n = 0;

	for (guint i = 0; i < found->fields->len; i++)
		n += strcmp(g_array_index(found->fields, struct whois_field,
		    i).field, "refer") != 0;
	return n;
}

/* The name that the record speaks of, where it is a host name; else NULL. */
static char *
record_name(const struct whois *w)
{
	for (guint i = 0; i < w->found.fields->len; i++) {
		const struct whois_field *f = &g_array_index(w->found.fields,
		    struct whois_field, i);
		g_autofree char *s = NULL;

		if (strcmp(f->field, "domain") != 0)
			continue;
		s = whois_utf8(&w->text, f->offset, f->len);
		return rdap_hostname(s);
	}
	return NULL;
}

static void
record(const struct whois *w)
{
	g_autofree char *name = record_name(w);
	gboolean other = name != NULL && strcmp(name, w->subject) != 0;
	json_t *v = json_pack("{s:s, s:s, s:i, s:i}", "layout",
	    w->found.layout, "charset", w->text.charset, "lines",
	    (int)w->text.lines->len, "fields", (int)count_fields(&w->found));

	if (w->text.cut)
		json_object_set_new(v, "cut", json_true());
	json_object_set_new(v, "other", json_string(other ? name : ""));
	emit(w, FACT_WHOIS_RECORD, v);
	if (other)
		return;
	refer(w);
	for (guint i = 0; i < w->found.fields->len; i++)
		field_fact(w, &g_array_index(w->found.fields,
		    struct whois_field, i));
}

/* A record of the name asked for, with more to it than a status. */
static gboolean
speaks_of_it(const struct whois *w)
{
	g_autofree char *name = record_name(w);
	gboolean more = FALSE;

	for (guint i = 0; i < w->found.fields->len; i++) {
		const char *field = g_array_index(w->found.fields,
		    struct whois_field, i).field;

		if (strcmp(field, "domain") != 0 &&
		    strcmp(field, "status") != 0)
			more = TRUE;
	}
	return more && name != NULL && strcmp(name, w->subject) == 0;
}

static void
judge(const struct whois *w)
{
	const struct phrase *p;
	guint line = 0;

	if (is_empty(&w->text)) {
		none(w, "empty", 0, 0);
		return;
	}
	p = speaks_of_it(w) ? NULL : find_phrase(&w->text, &line);
	if (p != NULL) {
		const struct whois_line *l = whois_line(&w->text, line);

		none(w, p->what, l->offset, l->len);
		return;
	}
	record(w);
}

int
whois_parse(const struct exchange *x, GString *out)
{
	g_autofree char *subject = asked(x);
	struct whois w = { .x = x, .subject = subject, .out = out };
	gsize len = 0;
	const char *bytes = x->received.bytes != NULL ?
	    g_bytes_get_data(x->received.bytes, &len) : NULL;

	whois_text_read(&w.text, bytes != NULL ? bytes : "",
	    MIN(len, (gsize)limit_info(LIMIT_WHOIS_BODY)->value));
	whois_layout_read(&w.text, x->q->type, x->q->host, &w.found);
	judge(&w);
	whois_found_clear(&w.found);
	whois_text_clear(&w.text);
	return 0;
}
