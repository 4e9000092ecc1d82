#include "probes/html_host.h"

#include <string.h>

#include "probes/ascii.h"
#include "probes/json_text.h"
#include "probes/page_words.h"
#include "probes/url.h"

#define HOSTS		2000	/* different ones counted in a page */

struct other_host {
	char		*host;		/* lower case, as written */
	const char	*how;
	unsigned	 count;
};

static void
other_host_free(void *p)
{
	struct other_host *h = p;

	g_free(h->host);
	g_free(h);
}

void
html_host_init(struct walk *w)
{
	w->hosts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	w->host_order = g_ptr_array_new_with_free_func(other_host_free);
}

void
html_host_clear(struct walk *w)
{
	g_hash_table_unref(w->hosts);
	g_ptr_array_unref(w->host_order);
}

const char *
html_host_of(const char *s, size_t *n)
{
	const char *at;

	while (*s == ' ' || *s == '\t' || *s == '\r' || *s == '\n')
		s++;
	if (ascii_is_low(s, "http:", 5))
		s += 5;
	else if (ascii_is_low(s, "https:", 6))
		s += 6;
	if (s[0] != '/' || s[1] != '/')
		return NULL;
	s += 2;
	*n = strcspn(s, "/?#\\");
	at = memrchr(s, '@', *n);
	if (at != NULL) {
		*n -= (size_t)(at + 1 - s);
		s = at + 1;
	}
	if (*s != '[') {
		const char *port = memchr(s, ':', *n);

		*n = port != NULL ? (size_t)(port - s) : *n;
	}
	return *n > 0 && *n <= 253 ? s : NULL;
}

static const struct token_rule *
host_rule(const char *host)
{
	size_t n = strlen(host), m, i;

	for (i = 0; i < host_rules_count; i++) {
		const char *token = host_rules[i].token;

		m = host_rules[i].len;
		if (token[m - 1] == '.') {
			if (strncmp(host, token, m) == 0)
				return &host_rules[i];
			continue;
		}
		if (n >= m && host[n - m] == *token &&
		    (n == m || host[n - m - 1] == '.') &&
		    memcmp(host + n - m, token, m) == 0)
			return &host_rules[i];
	}
	return NULL;
}

/* TRUE where this host was not seen before in this way. */
static gboolean
count_host(struct walk *w, const char *host, const char *how)
{
	char key[300];
	struct other_host *h;
	size_t n = strlen(how), len = strlen(host);

	g_assert(n + len + 2 <= sizeof(key));
	memcpy(key, how, n);
	key[n] = ' ';
	memcpy(key + n + 1, host, len + 1);
	h = g_hash_table_lookup(w->hosts, key);

	if (h != NULL) {
		h->count++;
		return FALSE;
	}
	if (w->host_order->len >= HOSTS)
		return FALSE;
	h = g_new0(struct other_host, 1);
	h->host = g_strdup(host);
	h->how = how;
	h->count = 1;
	g_ptr_array_add(w->host_order, h);
	g_hash_table_insert(w->hosts, g_strdup(key), h);
	return TRUE;
}

void
html_host_take(struct walk *w, const char *s, const char *how, const char *where,
    size_t len, size_t pos)
{
	const struct token_rule *r;
	const char *said = s;
	char host[256];
	size_t n, i;

	s = html_host_of(s, &n);
	if (s == NULL)
		return;
	for (i = 0; i < n; i++)
		host[i] = g_ascii_tolower(s[i]);
	host[n] = '\0';
	if (strcmp(host, w->own_host) == 0 || !count_host(w, host, how))
		return;
	r = host_rule(host);
	if (r != NULL)
		page_words_add(w->facts, r->rule, said, len, pos,
		    where, r->detail, strlen(r->detail));
}

static char *
canonical(const char *host)
{
	g_autofree char *url = g_strdup_printf("https://%s/", host);
	struct url u;
	char *out;

	if (url_split(url, &u) != 0)
		return NULL;
	out = g_strdup(u.host);
	url_clear(&u);
	return out;
}

void
html_host_emit(const struct walk *w, GString *out)
{
	guint i, done = 0;

	for (i = 0; i < w->host_order->len && done < HTML_HOSTS; i++) {
		const struct other_host *h =
		    g_ptr_array_index(w->host_order, i);
		g_autofree char *host = canonical(h->host);

		if (host == NULL || strcmp(host, w->own_host) == 0)
			continue;
		fact_open(out, FACT_PAGE_HOST, w->src->url);
		json_put(out, "host", host);
		json_put_integer(out, "count", h->count);
		json_put(out, "how", h->how);
		fact_close(out);
		done++;
	}
}

GPtrArray *
html_host_names(const struct walk *w)
{
	GPtrArray *names = g_ptr_array_new();

	for (guint i = 0; i < w->host_order->len; i++) {
		struct other_host *h = g_ptr_array_index(w->host_order, i);

		g_ptr_array_add(names, h->host);
	}
	return names;
}
