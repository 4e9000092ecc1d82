#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "embed.h"
#include "probes/list_text.h"
#include "probes/lists.h"
#include "probes/text.h"

enum { FILE_MAX = 64 << 20 };		/* bytes of a list that was found */

struct list {
	struct list_info	 info;
	enum list_of		 of;
	const char		*body;
	size_t			 len;
	char			*owned[LIST_HEAD];	/* what info borrows */
	GString			*sorted;	/* body, where it was found */
};

struct lists {
	GPtrArray		*all;		/* of struct list * */
	GPtrArray		*problems;	/* of char * */
};

static const struct {
	const char	*name, *text, *end;
} carried[] = {
#define LIST(name, sym)	{ name, embed_probes_data_lists_##sym##_txt, \
	embed_probes_data_lists_##sym##_txt_end }
	LIST("cdn-akamai", cdn_akamai),
	LIST("cdn-cloudflare", cdn_cloudflare),
	LIST("cdn-fastly", cdn_fastly),
	LIST("cdn-others", cdn_others),
	LIST("cloud-amazon", cloud_amazon),
	LIST("cloud-azure", cloud_azure),
	LIST("cloud-google", cloud_google),
	LIST("cloud-others", cloud_others),
	LIST("hosting-as-bad", hosting_as_bad),
	LIST("hosting-as-x4b", hosting_as_x4b),
	LIST("hosting-ovh", hosting_ovh),
	LIST("hosting-x4b", hosting_x4b),
	LIST("parking", parking),
	LIST("parking-ns", parking_ns),
	LIST("reverse-names", reverse_names),
	LIST("sinkhole", sinkhole),
	LIST("tor-exits", tor_exits),
	LIST("vpn-as-x4b", vpn_as_x4b),
	LIST("vpn-x4b", vpn_x4b),
#undef LIST
};

static void
list_free(void *p)
{
	struct list *l = p;

	for (size_t i = 0; i < G_N_ELEMENTS(l->owned); i++)
		g_free(l->owned[i]);
	if (l->sorted != NULL)
		g_string_free(l->sorted, TRUE);
	g_free(l);
}

/* ---- opening */

/* What the list says of itself; FALSE where that is too little. */
static gboolean
head_read(struct list *l, const char *text, size_t len)
{
	static const char *const keys[] = {
		"what", "of", "provider", "date", "source", "licence",
		"caution",
	};
	const char **to[] = {
		&l->info.what, &l->info.of, &l->info.provider, &l->info.date,
		&l->info.source, &l->info.licence, &l->info.caution,
	};
	int of;

	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		*to[i] = l->owned[i] = list_head(text, len, keys[i]);
	of = list_of_parse(l->info.of);
	l->of = of < 0 ? LIST_IP : (enum list_of)of;
	return of >= 0 && *l->info.what != '\0' && *l->info.date != '\0' &&
	    *l->info.source != '\0';
}

static size_t
lines_count(const char *body, size_t len)
{
	size_t n = 0;
	const char *p = body, *end = body + len;

	while (p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		n++;
		p++;
	}
	return n;
}

static struct list *
list_new(const char *name, const char *from, const char *text, size_t len)
{
	struct list *l = g_new0(struct list, 1);
	size_t at = list_body(text, len);

	if (!head_read(l, text, len)) {
		list_free(l);
		return NULL;
	}
	l->info.name = l->owned[LIST_HEAD - 2] = g_strdup(name);
	l->info.from = l->owned[LIST_HEAD - 1] = g_strdup(from);
	text_sha256(l->info.sha256, text, len);
	l->body = text + at;
	l->len = len - at;
	return l;
}

static gboolean
is_taken(const struct lists *s, const char *name)
{
	for (guint i = 0; i < s->all->len; i++) {
		const struct list *l = s->all->pdata[i];

		if (strcmp(l->info.name, name) == 0)
			return TRUE;
	}
	return FALSE;
}

static void G_GNUC_PRINTF(2, 3)
problem(struct lists *s, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	g_ptr_array_add(s->problems, g_strdup_vprintf(format, ap));
	va_end(ap);
}

/* A list that was found; what cannot serve is a problem, never half a list. */
static void
open_file(struct lists *s, const char *dir, const char *file)
{
	g_autofree char *path = g_build_filename(dir, file, NULL);
	g_autofree char *name = g_strndup(file, strlen(file) - 4);
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;
	struct list *l;
	gsize len = 0;
	unsigned bad = 0;

	if (is_taken(s, name))
		return;
	if (!g_file_get_contents(path, &text, &len, &error)) {
		problem(s, "%s.", error->message);
		return;
	}
	l = len > FILE_MAX ? NULL : list_new(name, path, text, len);
	if (l == NULL) {
		problem(s, "%s cannot be used as a list: its head does not say "
		    "what, of, date and source.", path);
		return;
	}
	l->sorted = list_sorted(l->of, l->body, l->len, &bad);
	l->body = l->sorted->str;
	l->len = l->sorted->len;
	if (bad > 0)
		problem(s, "%s: %u line%s not read.", path, bad,
		    bad == 1 ? " was" : "s were");
	g_ptr_array_add(s->all, l);
}

static void
open_dir(struct lists *s, const char *path)
{
	g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GError) error = NULL;
	g_autoptr(GDir) dir = g_dir_open(path, 0, &error);
	const char *file;

	if (dir == NULL) {
		if (!g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
			problem(s, "%s.", error->message);
		return;
	}
	while ((file = g_dir_read_name(dir)) != NULL)
		if (strlen(file) > 4 && g_str_has_suffix(file, ".txt") &&
		    g_utf8_validate(file, -1, NULL))
			g_ptr_array_add(files, g_strdup(file));
	g_ptr_array_sort(files, text_order);
	for (guint i = 0; i < files->len; i++)
		open_file(s, path, files->pdata[i]);
}

static gint
compare_lists(gconstpointer a, gconstpointer b)
{
	const struct list *x = *(const struct list *const *)a;
	const struct list *y = *(const struct list *const *)b;

	return strcmp(x->info.name, y->info.name);
}

struct lists *
lists_open_dirs(const char *const *dirs, gboolean with_carried)
{
	struct lists *s = g_new0(struct lists, 1);

	s->all = g_ptr_array_new_with_free_func(list_free);
	s->problems = g_ptr_array_new_with_free_func(g_free);
	for (; *dirs != NULL; dirs++)
		open_dir(s, *dirs);
	for (size_t i = 0; with_carried && i < G_N_ELEMENTS(carried); i++)
		if (!is_taken(s, carried[i].name))
			g_ptr_array_add(s->all, list_new(carried[i].name,
			    LISTS_CARRIED, carried[i].text,
			    (size_t)(carried[i].end - carried[i].text)));
	g_ptr_array_sort(s->all, compare_lists);
	for (guint i = 0; i < s->all->len; i++) {
		struct list *l = s->all->pdata[i];

		l->info.entries = lines_count(l->body, l->len);
	}
	return s;
}

struct lists *
lists_open(void)
{
	g_autofree char *exe = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *dir = g_path_get_dirname(exe == NULL ? "." : exe);
	g_autofree char *up = g_path_get_dirname(dir);
	g_autofree char *user = g_build_filename(g_get_user_data_dir(),
	    "goodcause", "lists", NULL);
	g_autofree char *beside = g_build_filename(dir, "lists", NULL);
	g_autofree char *shared = g_build_filename(up, "share", "goodcause",
	    "lists", NULL);
	const char *const dirs[] = { user, beside, shared, NULL };

	return lists_open_dirs(dirs, TRUE);
}

void
lists_free(struct lists *s)
{
	if (s == NULL)
		return;
	g_ptr_array_unref(s->all);
	g_ptr_array_unref(s->problems);
	g_free(s);
}

size_t
lists_count(const struct lists *s)
{
	return s->all->len;
}

const struct list_info *
lists_info(const struct lists *s, size_t i)
{
	const struct list *l = i < s->all->len ? s->all->pdata[i] : NULL;

	return l != NULL ? &l->info : NULL;
}

const char *
lists_problem(const struct lists *s, size_t k)
{
	return k < s->problems->len ? s->problems->pdata[k] : NULL;
}

/* ---- looking up */

/* Whole characters of text, cut where it does not fit. */
static void
keep(char *to, size_t size, const char *s, size_t len)
{
	const char *end;

	len = MIN(len, size - 1);
	memcpy(to, s, len);
	to[len] = '\0';
	if (!g_utf8_validate(to, -1, &end))
		to[end - to] = '\0';
}

static gboolean
hit(const struct list *l, const struct list_key *k, struct list_hit *h)
{
	struct list_line line;

	if (!list_find(l->of, l->body, l->len, k, &line))
		return FALSE;
	h->list = &l->info;
	keep(h->key, sizeof h->key, line.at, line.key_len);
	if (line.who_len > 0)
		keep(h->who, sizeof h->who, line.who, line.who_len);
	else
		keep(h->who, sizeof h->who, l->info.provider,
		    strlen(l->info.provider));
	return TRUE;
}

int
lists_find(const struct lists *s, const char *of, const char *key,
    struct list_hit hits[LIST_HITS])
{
	struct list_key k;
	int kind = list_of_parse(of), n = 0;

	if (kind < 0 || list_key((enum list_of)kind, key, &k) != 0)
		return -1;
	for (guint i = 0; i < s->all->len && n < LIST_HITS; i++) {
		const struct list *l = s->all->pdata[i];

		if ((int)l->of == kind && hit(l, &k, &hits[n]))
			n++;
	}
	return n;
}

static json_t *
hit_json(const struct list_hit *h)
{
	const struct list_info *l = h->list;

	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}",
	    "list", l->name, "what", l->what, "provider", h->who, "key", h->key,
	    "date", l->date, "sha256", l->sha256, "source", l->source,
	    "licence", l->licence, "caution", l->caution);
}

char *
lists_answer(const struct lists *s, const char *of, const char *key)
{
	struct list_hit hits[LIST_HITS];
	int n = lists_find(s, of, key, hits), at = 0;
	json_t *found, *none, *o;
	char *text;

	if (n < 0)
		return NULL;
	found = json_array();
	none = json_array();
	for (guint i = 0; i < s->all->len; i++) {
		const struct list *l = s->all->pdata[i];

		if (at < n && hits[at].list == &l->info)
			json_array_append_new(found, hit_json(&hits[at++]));
		else if (strcmp(l->info.of, of) == 0)
			json_array_append_new(none,
			    json_string(l->info.name));
	}
	o = json_pack("{s:s, s:s, s:o, s:o}", "for", key, "of", of, "found",
	    found, "none", none);
	text = json_dumps(o, JSON_COMPACT);
	json_decref(o);
	return text;
}
