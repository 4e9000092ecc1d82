#include "collector/load_tokens.h"

#include <string.h>

#include "collector/bag.h"
#include "collector/files.h"
#include "collector/tsa.h"
#include "probes/trust.h"

#define FILE_MAX	(1u << 20)
#define ROOTS_MAX	(16u << 20)
#define TOKENS_MAX	64u

/* What one token is checked with. */
struct token {
	const char	*which;		/* "open", "seal" */
	char		*authority;	/* "timestamp.digicert.com" */
	GBytes		*data, *query, *reply;
	char		*chain;		/* NULL where none is kept */
};

static GBytes *
get(const char *dir, const char *name)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);

	return file_get(path, FILE_MAX, NULL);
}

static char *
get_text(const char *path, size_t max)
{
	g_autoptr(GBytes) b = path != NULL ? file_get(path, max, NULL) : NULL;
	gsize len;
	const char *data;

	if (b == NULL)
		return NULL;
	data = g_bytes_get_data(b, &len);
	return g_strndup(data != NULL ? data : "", len);
}

static void
token_clear(struct token *t)
{
	g_free(t->authority);
	g_clear_pointer(&t->data, g_bytes_unref);
	g_clear_pointer(&t->query, g_bytes_unref);
	g_clear_pointer(&t->reply, g_bytes_unref);
	g_free(t->chain);
}

/* The files that stand beside WHICH.AUTHORITY.tsr; -1 where one is missing. */
static int
token_read(struct token *t, const char *dir, const char *file)
{
	size_t stem = strlen(file) - strlen(".tsr");
	g_autofree char *base = g_strndup(file, stem);
	g_autofree char *about = g_strconcat(t->which, ".txt", NULL);
	g_autofree char *query = g_strconcat(base, ".tsq", NULL);
	g_autofree char *pem = g_strconcat(base, ".chain.pem", NULL);
	g_autofree char *chain = g_build_filename(dir, pem, NULL);

	t->authority = g_strdup(base + strlen(t->which) + 1);
	t->data = get(dir, about);
	t->query = get(dir, query);
	t->reply = get(dir, file);
	t->chain = get_text(chain, FILE_MAX);
	return t->data != NULL && t->query != NULL && t->reply != NULL ? 0 : -1;
}

static char *
or_empty(const char *s)
{
	return g_strdup(s != NULL ? s : "");
}

/*
 * First with the roots from outside; where the chain does not lead there, once
 * more for itself.  A view has a time only where a check came out good.
 */
static struct token_view *
token_check(const struct token *t, const char *roots)
{
	struct token_view *v = g_new0(struct token_view, 1);
	struct tsa_answer *out = g_new0(struct tsa_answer, 1);
	gboolean trusted = FALSE;
	g_autofree char *problem = tsa_check(t->data, t->query, t->reply,
	    t->chain, roots, &trusted, out);

	if (problem != NULL && roots != NULL) {
		tsa_answer_free(out);
		out = g_new0(struct tsa_answer, 1);
		g_free(problem);
		problem = tsa_check(t->data, t->query, t->reply, t->chain,
		    NULL, &trusted, out);
		trusted = FALSE;
	}
	v->which = g_strdup(t->which);
	v->authority = g_strdup(t->authority);
	v->time = g_strdup(problem == NULL ? out->time : "");
	v->serial = or_empty(out->serial);
	v->accuracy = or_empty(out->accuracy);
	v->policy = or_empty(out->policy);
	v->problem = or_empty(problem);
	v->trust = g_strdup(problem != NULL ? "" : trusted ?
	    "root given from outside" : "root of this folder only");
	tsa_answer_free(out);
	return v;
}

static void
of_part(struct run *r, const char *dir, enum bag_part part, const char *which,
    const char *roots)
{
	g_autoptr(GPtrArray) names = bag_part_names(dir, part, NULL);
	g_autofree char *prefix = g_strconcat(which, ".", NULL);

	for (guint i = 0; names != NULL && i < names->len; i++) {
		struct token t = { .which = which };
		const char *file = names->pdata[i];

		if (!g_str_has_prefix(file, prefix) ||
		    !g_str_has_suffix(file, ".tsr") ||
		    r->tokens->len >= TOKENS_MAX)
			continue;
		if (token_read(&t, dir, file) == 0)
			g_ptr_array_add(r->tokens, token_check(&t, roots));
		token_clear(&t);
	}
}

void
load_tokens(struct run *r, const char *dir, const char *roots_pem)
{
	g_autofree char *system = get_text(trust_default_file(), ROOTS_MAX);
	g_autofree char *roots = g_strconcat(system != NULL ? system : "",
	    roots_pem != NULL ? roots_pem : "", NULL);

	of_part(r, dir, BAG_TAG, "open", roots);
	of_part(r, dir, BAG_AFTER, "seal", roots);
}
