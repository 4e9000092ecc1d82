#include <string.h>

#include "probes/question.h"
#include "probes/text.h"

static const char *const kind_names[PROBE_KINDS] = {
	[PROBE_LOCAL]	= "local",
	[PROBE_DNS]	= "dns",
	[PROBE_RDAP]	= "rdap",
	[PROBE_WHOIS]	= "whois",
	[PROBE_TLS]	= "tls",
	[PROBE_HTTP]	= "http",
	[PROBE_GEO]	= "geo",
	[PROBE_REACH]	= "reach",
};

const char *
probe_kind_name(enum probe_kind kind)
{
	return kind < PROBE_KINDS ? kind_names[kind] : "";
}

int
probe_kind_parse(const char *name)
{
	for (int i = 0; i < PROBE_KINDS; i++)
		if (strcmp(name, kind_names[i]) == 0)
			return i;
	return -1;
}

static char *
own(const char *s)
{
	return g_strdup(s != NULL ? s : "");
}

struct question *
question_new(enum probe_kind kind, const char *name, const char *type,
    const char *host, const char *server, uint16_t port, const char *note)
{
	struct question *q = g_new0(struct question, 1);

	g_atomic_ref_count_init(&q->refs);
	q->kind = kind;
	q->name = own(name);
	q->type = own(type);
	q->host = own(host);
	q->server = own(server);
	q->port = port;
	q->note = own(note);
	q->options = own(NULL);
	return q;
}

struct question *
question_with(struct question *q, const char *options)
{
	g_free(q->options);
	q->options = own(options);
	return q;
}

static gboolean
is_option(const char *word, const char *key)
{
	size_t n = strlen(key);

	return strncmp(word, key, n) == 0 && (word[n] == '=' || word[n] == '\0');
}

char *
question_option(const struct question *q, const char *key)
{
	for (const char *w = q->options; *w != '\0';) {
		size_t n = strcspn(w, " "), k = strlen(key);

		if (n >= k && strncmp(w, key, k) == 0 &&
		    (n == k || w[k] == '='))
			return n == k ? g_strdup("") :
			    g_strndup(w + k + 1, n - k - 1);
		w += n + strspn(w + n, " ");
	}
	return NULL;
}

struct question *
question_ref(struct question *q)
{
	g_atomic_ref_count_inc(&q->refs);
	return q;
}

void
question_unref(struct question *q)
{
	if (q == NULL || !g_atomic_ref_count_dec(&q->refs))
		return;
	g_free(q->name);
	g_free(q->type);
	g_free(q->host);
	g_free(q->server);
	g_free(q->note);
	g_free(q->options);
	g_free(q);
}

char *
options_set(const char *options, const char *key, const char *value)
{
	g_auto(GStrv) words = g_strsplit(options, " ", -1);
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	g_autofree char *new = value == NULL || *value == '\0' ?
	    g_strdup(key) : g_strconcat(key, "=", value, NULL);

	for (char **w = words; *w != NULL; w++)
		if (**w != '\0' && !is_option(*w, key))
			g_ptr_array_add(all, *w);
	g_ptr_array_add(all, new);
	g_ptr_array_sort(all, text_order);
	g_ptr_array_add(all, NULL);
	return g_strjoinv(" ", (char **)all->pdata);
}

/* How much of the name does not care about case: of a URL, up to the path. */
static size_t
caseless(const struct question *q)
{
	const char *p;

	if (q->kind == PROBE_LOCAL)
		return 0;
	if (q->kind != PROBE_RDAP && q->kind != PROBE_HTTP)
		return strlen(q->name);
	p = strstr(q->name, "://");
	p = p != NULL ? p + 3 : q->name;
	return (size_t)(p - q->name) + strcspn(p, "/?#");
}

/* A bar inside a name would let two questions share a key. */
static void
add_name(GString *key, const struct question *q)
{
	size_t lower = caseless(q);

	for (size_t i = 0; q->name[i] != '\0'; i++) {
		char c = q->name[i];

		if (c == '|')
			g_string_append(key, "%7C");
		else
			g_string_append_c(key,
			    i < lower ? g_ascii_tolower(c) : c);
	}
}

char *
question_key(const struct question *q)
{
	GString *key = g_string_sized_new(96);
	g_autofree char *host = g_ascii_strdown(q->host, -1);

	g_string_append(key, probe_kind_name(q->kind));
	g_string_append_c(key, '|');
	add_name(key, q);
	g_string_append_printf(key, "|%s|%s|%s|%u", q->type, host, q->server,
	    q->port);
	if (*q->options != '\0')
		g_string_append_printf(key, "|%s", q->options);
	return g_string_free(key, FALSE);
}
