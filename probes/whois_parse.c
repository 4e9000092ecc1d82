#include <string.h>

#include "probes/json_text.h"
#include "probes/limits.h"
#include "probes/rdap.h"
#include "probes/whois_priv.h"
#include "probes/whois_query.h"

/* Every fact names the server, last. */
static void
open_fact(const struct whois *w, enum fact_kind kind)
{
	fact_open(w->out, kind, w->subject);
}

static void
close_fact(const struct whois *w)
{
	json_put(w->out, "server", w->x->q->host);
	fact_close(w->out);
}

void
whois_emit(const struct whois *w, enum fact_kind kind, json_t *value)
{
	open_fact(w, kind);
	json_put_members(w->out, value);
	close_fact(w);
	json_decref(value);
}

/* The name in a query such as "domain example.com", "domain=example.name", "n +
 * 192.0.2.1" or "example.jp/e". */
static char *
asked(const struct exchange *x)
{
	const char *word = x->q->name;
	g_autofree char *name = NULL;
	char *host;

	for (const char *p = word; *p != '\0'; p++)
		if ((*p == ' ' || *p == '=') && p[1] != '\0')
			word = p + 1;
	name = g_strndup(word, strcspn(word, "/"));
	host = rdap_hostname(name);
	return host != NULL ? host : g_strdup(name);
}

/* ---- an answer without a record */

static void
none(const struct whois *w, const char *what, const struct whois_line *l)
{
	open_fact(w, FACT_WHOIS_NONE);
	json_put(w->out, "what", what);
	if (l != NULL)
		whois_put(&w->text, w->out, "text", l->offset, MIN(l->len,
		    WHOIS_VALUE));
	else
		json_put(w->out, "text", "");
	json_put_integer(w->out, "offset", l != NULL ? l->raw : 0);
	close_fact(w);
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

/* Every referral to a server that is not the one asked: the first that names
 * one, but the last where registries write the least specific first. */
gboolean
whois_refer(const struct whois *w, gboolean last)
{
	struct whois_server found = { NULL, 0, NULL };

	for (guint i = 0; i < w->found.fields->len; i++) {
		const struct whois_field *f = &g_array_index(w->found.fields,
		    struct whois_field, i);
		g_autofree char *value = NULL;
		struct whois_server s;

		if (!whois_field_is(f, "refer") ||
		    (found.host != NULL && !last))
			continue;
		value = whois_utf8(&w->text, f->offset, f->len);
		if (!whois_server_read(value, &s))
			continue;
		if (g_ascii_strcasecmp(s.host, w->x->q->host) == 0) {
			g_free(s.host);
			continue;
		}
		g_free(found.host);
		found = s;
	}
	if (found.host == NULL)
		return FALSE;
	fact_emit(w->out, FACT_WHOIS_REFER, w->subject,
	    json_pack("{s:s, s:s, s:i, s:s}", "server", found.host, "by",
	    w->x->q->host, "port", (int)found.port, "protocol",
	    found.protocol));
	g_free(found.host);
	return TRUE;
}

/* IANA names no server: ours of the table, or the name that the servers of new
 * top-level domains have, which is a guess and says so. */
static void
refer_by_table(const struct whois *w)
{
	char host[WHOIS_HOST];
	gboolean known = whois_server_find(w->subject, host);
	gboolean guess = !known && strlen(w->subject) > 2 &&
	    strchr(w->subject, '.') == NULL && strchr(w->subject, ':') == NULL;

	if (guess)
		g_snprintf(host, sizeof(host), "whois.nic.%.63s", w->subject);
	if (*host != '\0')
		fact_emit(w->out, FACT_WHOIS_REFER, w->subject, json_pack(
		    "{s:s, s:s, s:i, s:s, s:b}", "server", host, "by",
		    "our own table", "port", 43, "protocol", "whois", "guess",
		    guess));
}

/* ---- fields */

static guint
count_fields(const struct whois_found *found)
{
	guint n = 0;

	for (guint i = 0; i < found->fields->len; i++)
		if (whois_field_said(&g_array_index(found->fields,
		    struct whois_field, i)))
			n++;
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

		if (!whois_field_is(f, "domain"))
			continue;
		s = whois_utf8(&w->text, f->offset, f->len);
		if (whois_is_label(s, w->subject))
			return g_strdup(w->subject);
		return rdap_hostname(s);
	}
	return NULL;
}

/* All begin and end alike. */
static void
field_facts(const struct whois *w)
{
	struct whois of = *w;
	g_autoptr(GString) head = g_string_sized_new(128);
	g_autoptr(GString) tail = g_string_new(",");

	fact_open(head, FACT_WHOIS_FIELD, w->subject);
	/* Behind a member, so with a comma before it. */
	json_put(tail, "server", w->x->q->host);
	g_string_erase(tail, 0, 1);
	fact_close(tail);
	of.head = head;
	of.tail = tail;
	for (guint i = 0; i < w->found.fields->len; i++)
		whois_field_fact(&of, &g_array_index(w->found.fields,
		    struct whois_field, i));
}

static void
record(const struct whois *w)
{
	g_autofree char *name = record_name(w);
	gboolean other = name != NULL && strcmp(name, w->subject) != 0;

	open_fact(w, FACT_WHOIS_RECORD);
	json_put(w->out, "layout", w->found.layout != NULL ?
	    w->found.layout->name : "unread");
	json_put(w->out, "charset", w->text.charset);
	json_put_integer(w->out, "lines", w->text.lines->len);
	json_put_integer(w->out, "fields", count_fields(&w->found));
	if (w->text.cut)
		json_put_bool(w->out, "cut", TRUE);
	json_put(w->out, "other", other ? name : "");
	close_fact(w);
	if (other)
		return;
	if (!whois_refer(w, FALSE) && strcmp(w->x->q->type, "iana") == 0)
		refer_by_table(w);
	field_facts(w);
}

/* A record of the name asked for, with more to it than a status and since when:
 * reserved names have that, too. */
static gboolean
speaks_of_it(const struct whois *w)
{
	g_autofree char *name = record_name(w);
	gboolean more = FALSE;

	for (guint i = 0; i < w->found.fields->len; i++) {
		const struct whois_field *f = &g_array_index(w->found.fields,
		    struct whois_field, i);

		more = more || !(whois_field_is(f, "domain") ||
		    whois_field_is(f, "status") ||
		    whois_field_is(f, "changed") ||
		    whois_field_is(f, "free_from"));
	}
	return more && name != NULL && strcmp(name, w->subject) == 0;
}

static void
judge(const struct whois *w)
{
	gboolean net = strcmp(w->x->q->type, "net") == 0;
	const char *what;
	guint line = 0;

	if (is_empty(&w->text)) {
		none(w, "empty", NULL);
		return;
	}
	if (net && whois_net(w, FALSE))
		return;
	what = speaks_of_it(w) ? NULL : whois_phrase(&w->text, &line);
	if (what != NULL) {
		none(w, what, whois_line(&w->text, line));
		return;
	}
	if (!net)
		record(w);
	else
		whois_net(w, TRUE);
}

int
whois_parse(const struct exchange *x, GString *out)
{
	g_autofree char *subject = asked(x);
	struct whois w = { .x = x, .subject = subject, .out = out };
	gsize len = 0;
	const char *bytes = x->received.bytes != NULL ?
	    g_bytes_get_data(x->received.bytes, &len) : NULL;

	whois_text_read(&w.text, x->q->host, bytes != NULL ? bytes : "",
	    MIN(len, (gsize)limit_info(LIMIT_WHOIS_BODY)->value));
	if (strcmp(x->q->type, "iana") == 0)
		whois_iana(&w);
	else if (strcmp(x->q->type, "net") == 0)
		w.found.fields = g_array_new(FALSE, FALSE,
		    sizeof(struct whois_field));
	else
		whois_layout_read(&w.text, x->q->host, subject, &w.found);
	judge(&w);
	whois_found_clear(&w.found);
	whois_text_clear(&w.text);
	return 0;
}
