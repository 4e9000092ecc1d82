/*
 * Tokens in a run's folder: keeping answers, and finding the one that opened it.
 */

#include <string.h>

#include "collector/bag.h"
#include "collector/files.h"
#include "collector/seal_tokens.h"
#include "probes/text.h"

#define TOKEN_FILE_MAX	65536

static int
put_bytes(const char *dir, const char *name, GBytes *bytes, GError **error)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);
	gsize len;
	const void *data = g_bytes_get_data(bytes, &len);

	return file_put_entry(path, data, len, 0644, error);
}

static GBytes *
get(const char *dir, const char *name, GError **error)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);

	return file_get(path, TOKEN_FILE_MAX, error);
}

static int
put_part(const char *dir, const char *stem, const struct tsa_answer *a,
    const char *suffix, GBytes *bytes, GError **error)
{
	/* What did not hold when it came is kept, and its name says so. */
	g_autofree char *name = g_strdup_printf("%s.%s%s%s", stem, a->name,
	    a->problem == NULL ? "" : ".rejected", suffix);

	return bytes == NULL ? 0 : put_bytes(dir, name, bytes, error);
}

static int
put_answer(const char *dir, const char *stem, const struct tsa_answer *a,
    gboolean chain, GError **error)
{
	g_autoptr(GBytes) pem = NULL;

	if (a->reply == NULL)
		return 0;
	if (chain && a->chain_pem != NULL)
		pem = g_bytes_new(a->chain_pem, strlen(a->chain_pem));
	if (put_part(dir, stem, a, ".tsq", a->query, error) < 0 ||
	    put_part(dir, stem, a, ".tsr", a->reply, error) < 0 ||
	    put_part(dir, stem, a, ".chain.pem", pem, error) < 0)
		return -1;
	return 0;
}

int
seal_answers(const char *dir, const char *stem, const GPtrArray *answers,
    gboolean chain, GPtrArray *problems, const struct tsa_answer **best,
    GError **error)
{
	*best = NULL;
	for (guint i = 0; i < answers->len; i++) {
		const struct tsa_answer *a = g_ptr_array_index(answers, i);

		if (put_answer(dir, stem, a, chain, error) < 0)
			return -1;
		if (a->problem != NULL)
			g_ptr_array_add(problems, g_strdup_printf("%s: %s",
			    a->name, a->problem));
		else if (*best == NULL || strcmp(a->time, (*best)->time) < 0)
			*best = a;
	}
	return 0;
}

/* One opening token, where its answer is the one that the log names. */
static int
take_opening(struct open_run *run, const char *file, const char *want,
    GBytes *opening, GError **error)
{
	g_autofree char *stem = g_strndup(file, strlen(file) - 4);
	g_autofree char *tsq = g_strconcat(stem, ".tsq", NULL);
	g_autoptr(GBytes) reply = get(run->dir, file, error);
	g_autoptr(GBytes) query = get(run->dir, tsq, error);
	struct tsa_answer *a;
	g_autofree char *problem = NULL;
	char sum[65];

	if (reply == NULL || query == NULL)
		return -1;
	text_sha256(sum, g_bytes_get_data(reply, NULL), g_bytes_get_size(reply));
	if (strcmp(sum, want) != 0)
		return 0;
	a = g_new0(struct tsa_answer, 1);
	problem = tsa_check(opening, query, reply, NULL, NULL, NULL, a);
	if (problem == NULL) {
		g_strlcpy(run->open_token_sha256, sum, 65);
		g_free(run->opened);
		g_free(run->opened_by);
		run->opened = g_strdup(a->time);
		run->opened_by = g_strdup(stem + strlen("open."));
	}
	tsa_answer_free(a);
	return 0;
}

int
seal_find_opening(struct open_run *run, const char *want, GError **error)
{
	g_autoptr(GPtrArray) names = bag_part_names(run->dir, BAG_TAG, error);
	g_autoptr(GBytes) opening = get(run->dir, "open.txt", error);

	if (names == NULL || opening == NULL)
		return -1;
	run->open_token_sha256[0] = '\0';
	for (guint i = 0; i < names->len && *want != '\0'; i++) {
		const char *file = g_ptr_array_index(names, i);

		if (g_str_has_prefix(file, "open.") &&
		    g_str_has_suffix(file, ".tsr") &&
		    take_opening(run, file, want, opening, error) < 0)
			return -1;
	}
	return 0;
}
