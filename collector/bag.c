/*
 * The bag's texts.
 */

#include <string.h>

#include "collector/bag.h"

/* What may stand in the top folder, in the order in which it is written.
 * star: a name of ours between prefix and suffix. */
static const struct name {
	const char	*prefix, *suffix;
	gboolean	 star;
	enum bag_part	 part;
	gboolean	 sealing;	/* written by run_seal() */
} names[] = {
	{ "bagit.txt", "", FALSE, BAG_TAG, FALSE },
	{ "bag-info.txt", "", FALSE, BAG_TAG, TRUE },
	{ "open.txt", "", FALSE, BAG_TAG, FALSE },
	{ "open.", ".tsq", TRUE, BAG_TAG, FALSE },
	{ "open.", ".tsr", TRUE, BAG_TAG, FALSE },
	{ "collector.pub", "", FALSE, BAG_TAG, FALSE },
	{ "manifest-sha256.txt", "", FALSE, BAG_TAG, TRUE },
	{ "manifest-sha512.txt", "", FALSE, BAG_TAG, TRUE },
	{ "VERIFY.txt", "", FALSE, BAG_TAG, TRUE },
	{ "verify.sh", "", FALSE, BAG_TAG, TRUE },
	{ "tagmanifest-sha256.txt", "", FALSE, BAG_TAGMANIFEST, TRUE },
	{ "tagmanifest-sha512.txt", "", FALSE, BAG_TAGMANIFEST, TRUE },
	{ "head.txt", "", FALSE, BAG_AFTER, TRUE },
	{ "head.sig", "", FALSE, BAG_AFTER, TRUE },
	{ "seal.txt", "", FALSE, BAG_AFTER, TRUE },
	{ "seal.", ".tsq", TRUE, BAG_AFTER, TRUE },
	{ "seal.", ".tsr", TRUE, BAG_AFTER, TRUE },
	{ "seal.", ".chain.pem", TRUE, BAG_AFTER, TRUE },
	{ "seal.", ".crl.pem", TRUE, BAG_AFTER, TRUE },
	{ "after-sha256.txt", "", FALSE, BAG_LAST, TRUE },
};

/* A host's name as seal.c makes it: [a-z0-9.-], no dot at either end. */
static gboolean
is_authority(const char *s, size_t len)
{
	if (len == 0 || len > 100 || s[0] == '.' || s[len - 1] == '.')
		return FALSE;
	for (size_t i = 0; i < len; i++)
		if (!g_ascii_islower(s[i]) && !g_ascii_isdigit(s[i]) &&
		    s[i] != '.' && s[i] != '-')
			return FALSE;
	return TRUE;
}

static const struct name *
name_of(const char *file)
{
	size_t len = strlen(file);

	for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
		const struct name *n = &names[i];
		size_t a = strlen(n->prefix), b = strlen(n->suffix);

		if (!n->star && strcmp(file, n->prefix) == 0)
			return n;
		if (n->star && len > a + b && g_str_has_prefix(file, n->prefix) &&
		    g_str_has_suffix(file, n->suffix) &&
		    is_authority(file + a, len - a - b))
			return n;
	}
	return NULL;
}

enum bag_part
bag_part(const char *file)
{
	const struct name *n = name_of(file);

	return n == NULL ? BAG_FOREIGN : n->part;
}

gboolean
bag_made_by_sealing(const char *file)
{
	const struct name *n = name_of(file);

	return n != NULL && n->sealing;
}

static int
by_place(gconstpointer a, gconstpointer b)
{
	const char *x = *(char *const *)a, *y = *(char *const *)b;
	const struct name *m = name_of(x), *n = name_of(y);

	return m != n ? (m < n ? -1 : 1) : strcmp(x, y);
}

GPtrArray *
bag_part_names(const char *dir, enum bag_part part, GError **error)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
	GDir *d = g_dir_open(dir, 0, error);
	const char *file;

	if (d == NULL) {
		g_ptr_array_unref(out);
		return NULL;
	}
	while ((file = g_dir_read_name(d)) != NULL)
		if (bag_part(file) == part)
			g_ptr_array_add(out, g_strdup(file));
	g_dir_close(d);
	if (part != BAG_FOREIGN)
		g_ptr_array_sort(out, by_place);
	return out;
}

void
bag_file_free(struct bag_file *f)
{
	if (f == NULL)
		return;
	g_free(f->path);
	g_free(f);
}

GPtrArray *
bag_named(const char *dir, const GPtrArray *list, GError **error)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)bag_file_free);

	for (guint i = 0; i < list->len; i++) {
		const char *path = g_ptr_array_index(list, i);
		g_autofree char *full = g_build_filename(dir, path, NULL);
		struct bag_file *f = g_new0(struct bag_file, 1);

		f->path = g_strdup(path);
		g_ptr_array_add(out, f);
		if (file_sums(full, &f->sums, error) < 0) {
			g_ptr_array_unref(out);
			return NULL;
		}
	}
	return out;
}

GPtrArray *
bag_files(const char *dir, const char *sub, GError **error)
{
	g_autoptr(GPtrArray) list = file_tree(dir, sub, error);

	return list == NULL ? NULL : bag_named(dir, list, error);
}

GString *
bag_manifest(const GPtrArray *files, enum bag_hash hash)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < files->len; i++) {
		const struct bag_file *f = g_ptr_array_index(files, i);

		g_string_append(out, hash == BAG_SHA256 ? f->sums.sha256 :
		    f->sums.sha512);
		g_string_append(out, "  ");
		g_string_append(out, f->path);
		g_string_append_c(out, '\n');
	}
	return out;
}

uint64_t
bag_octets(const GPtrArray *files)
{
	uint64_t sum = 0;

	for (guint i = 0; i < files->len; i++)
		sum += ((const struct bag_file *)
		    g_ptr_array_index(files, i))->sums.size;
	return sum;
}

void
bag_line(GString *out, const char *label, const char *value)
{
	g_autofree char *text = g_utf8_make_valid(value == NULL ? "" : value, -1);
	const char *p = text;

	g_string_append(out, label);
	g_string_append_c(out, ':');
	if (*p != '\0')
		g_string_append_c(out, ' ');
	for (; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		/* U+2028, U+2029 and the C1 controls end lines for some. */
		g_string_append_unichar(out, g_unichar_iscntrl(c) ||
		    c == 0x2028 || c == 0x2029 ? ' ' : c);
	}
	g_string_append_c(out, '\n');
}

char *
bag_value(const char *text, const char *label)
{
	size_t len = strlen(label);

	for (const char *line = text; *line != '\0';) {
		const char *end = strchrnul(line, '\n');

		if (strncmp(line, label, len) == 0 && line[len] == ':') {
			const char *v = line + len + 1;

			if (v < end && *v == ' ')
				v++;
			return g_strndup(v, (gsize)(end - v));
		}
		line = *end == '\0' ? end : end + 1;
	}
	return NULL;
}
