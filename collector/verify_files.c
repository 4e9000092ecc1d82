/*
 * Every file of a run is in a list, every list is what we would write today,
 * and nothing else lies there.
 */

#include <string.h>
#include <sys/stat.h>

#include "collector/verify_priv.h"

/* Paths and sums of a list as it stands; the last of two of a name counts. */
static GHashTable *
read_list(const char *text)
{
	GHashTable *out = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    g_free);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **l = lines; *l != NULL; l++) {
		char *gap = strstr(*l, "  ");

		if (gap != NULL)
			g_hash_table_replace(out, g_strdup(gap + 2),
			    g_strndup(*l, (gsize)(gap - *l)));
	}
	return out;
}

/* Says which files make a list differ from what is there. */
static unsigned
explain_list(struct verifying *v, const char *list, const char *text,
    const GPtrArray *files, enum bag_hash hash)
{
	g_autoptr(GHashTable) want = read_list(text);
	GHashTableIter i;
	gpointer path;
	unsigned wrong = 0;

	for (guint k = 0; k < files->len; k++) {
		const struct bag_file *f = g_ptr_array_index(files, k);
		const char *sum = g_hash_table_lookup(want, f->path);
		unsigned before = v->out->bad;

		if (sum == NULL)
			verify_bad(v, PART_FILES, f->path, 0,
			    "%s is not listed in %s", f->path, list);
		else if (strcmp(sum, hash == BAG_SHA256 ? f->sums.sha256 :
		    f->sums.sha512) != 0)
			verify_bad(v, PART_FILES, f->path, 0,
			    "%s differs (%s)", f->path, list);
		wrong += v->out->bad != before;
		g_hash_table_remove(want, f->path);
	}
	g_hash_table_iter_init(&i, want);
	while (g_hash_table_iter_next(&i, &path, NULL)) {
		verify_bad(v, PART_FILES, path, 0, "%s is listed in %s and "
		    "missing", (const char *)path, list);
		wrong++;
	}
	return wrong;
}

static void
check_list(struct verifying *v, const char *list, const GPtrArray *files,
    enum bag_hash hash)
{
	g_autofree char *text = verify_text(v, list);
	g_autoptr(GString) want = bag_manifest(files, hash);
	unsigned before = v->out->bad, wrong;

	if (strcmp(text, want->str) == 0) {
		v->files_good += hash == BAG_SHA256 ? files->len : 0;
		return;
	}
	if (*text == '\0') {
		verify_bad(v, PART_FILES, list, 0, "%s is missing or empty", list);
		return;
	}
	wrong = explain_list(v, list, text, files, hash);
	if (v->out->bad == before)
		verify_bad(v, PART_FILES, list, 0, "%s is not as it was written",
		    list);
	if (hash == BAG_SHA256 && wrong < files->len)
		v->files_good += files->len - wrong;
}

static GPtrArray *
files_of(struct verifying *v, enum bag_part part)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) names = bag_part_names(v->dir, part, &error);
	GPtrArray *files = names == NULL ? NULL :
	    bag_named(v->dir, names, &error);

	if (files == NULL) {
		verify_bad(v, PART_FILES, NULL, 0, "%s", error->message);
		files = g_ptr_array_new();
	}
	return files;
}

/* The folder itself holds data/ and files of ours. */
static void
check_strays(struct verifying *v)
{
	g_autoptr(GPtrArray) names = bag_part_names(v->dir, BAG_FOREIGN, NULL);

	for (guint i = 0; names != NULL && i < names->len; i++) {
		const char *name = g_ptr_array_index(names, i);
		g_autofree char *path = g_build_filename(v->dir, name, NULL);
		struct stat st;

		if (strcmp(name, "data") == 0 && lstat(path, &st) == 0 &&
		    S_ISDIR(st.st_mode))
			continue;
		verify_bad(v, PART_FILES, name, 0, "%s is no part of the run",
		    name);
	}
}

static void
check_bag(struct verifying *v)
{
	g_autofree char *bagit = verify_text(v, "bagit.txt");
	g_autofree char *info = verify_text(v, "bag-info.txt");
	g_autofree char *oxum = bag_value(info, "Payload-Oxum");
	g_autofree char *want = g_strdup_printf("%" G_GUINT64_FORMAT ".%u",
	    bag_octets(v->payload), v->payload->len);

	if (strcmp(bagit, BAG_DECLARATION) != 0)
		verify_bad(v, PART_FILES, "bagit.txt", 0,
		    "bagit.txt is not the declaration of BagIt 1.0");
	if (oxum == NULL || strcmp(oxum, want) != 0)
		verify_bad(v, PART_FILES, "bag-info.txt", 0,
		    "bag-info.txt: Payload-Oxum is not %s", want);
}

static void
check_sealed(struct verifying *v)
{
	g_autoptr(GPtrArray) tags = files_of(v, BAG_TAG);
	g_autoptr(GPtrArray) after = files_of(v, BAG_AFTER);

	v->files = v->payload->len + tags->len + after->len;
	check_list(v, "manifest-sha256.txt", v->payload, BAG_SHA256);
	check_list(v, "manifest-sha512.txt", v->payload, BAG_SHA512);
	check_list(v, "tagmanifest-sha256.txt", tags, BAG_SHA256);
	check_list(v, "tagmanifest-sha512.txt", tags, BAG_SHA512);
	check_list(v, "after-sha256.txt", after, BAG_SHA256);
	check_bag(v);
	verify_say(v, PART_FILES, "%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
	    " match%s", v->files_good, v->files, v->out->bad == 0 ?
	    " their SHA-256 and SHA-512" : "");
}

void
verify_files(struct verifying *v)
{
	g_autoptr(GError) error = NULL;

	v->payload = bag_files(v->dir, "data", &error);
	/* Killed before it had a payload. */
	if (v->payload == NULL && v->out->unfinished &&
	    !verify_has(v, "data"))
		v->payload = g_ptr_array_new_with_free_func(g_free);
	if (v->payload == NULL) {
		verify_bad(v, PART_FILES, "data", 0, "%s", error->message);
		v->payload = g_ptr_array_new();
	}
	check_strays(v);
	if (!v->out->unfinished)
		check_sealed(v);
	else
		verify_say(v, PART_FILES, "no list of files yet: the run was "
		    "not sealed");
}
