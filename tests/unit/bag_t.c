/*
 * What a user relies on: a bag's lists are what sha256sum reads, files are born
 * whole and never overwrite, and no title can forge a line.
 */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collector/bag.h"
#include "collector/key.h"
#include "collector/seal.h"

static void
test_lines(void)
{
	g_autoptr(GString) s = g_string_new(NULL);
	g_autofree char *title = NULL, *none = NULL, *forged = NULL;

	bag_line(s, "title", "a\nforged: 1\r\xc2\x85\xe2\x80\xa8 b \xff");
	bag_line(s, "empty", "");
	g_assert_cmpuint((guint)(strchr(s->str, '\n') - s->str), ==,
	    strlen("title: a forged: 1    b \xef\xbf\xbd"));
	title = bag_value(s->str, "title");
	g_assert_cmpstr(title, ==, "a forged: 1    b \xef\xbf\xbd");
	none = bag_value(s->str, "empty");
	g_assert_cmpstr(none, ==, "");
	forged = bag_value(s->str, "forged");
	g_assert_null(forged);
}

static const struct part {
	const char	*name;
	enum bag_part	 part;
} parts[] = {
	{ "open.txt", BAG_TAG }, { "open.a-b.example.tsr", BAG_TAG },
	{ "open.a.rejected.tsq", BAG_TAG }, { "head.txt", BAG_AFTER },
	{ "seal.x.chain.pem", BAG_AFTER }, { "seal.x.crl.pem", BAG_AFTER },
	{ "after-sha256.txt", BAG_LAST },
	{ "tagmanifest-sha512.txt", BAG_TAGMANIFEST },
	{ "data", BAG_FOREIGN }, { "seal..tsr", BAG_FOREIGN },
	{ "seal.tsr", BAG_FOREIGN }, { "seal.A.tsr", BAG_FOREIGN },
	{ "seal.a b.tsr", BAG_FOREIGN }, { "seal..a.tsr", BAG_FOREIGN },
	{ "open.x.chain.pem", BAG_FOREIGN }, { "head.txt~", BAG_FOREIGN },
	{ "", BAG_FOREIGN }, { "manifest-md5.txt", BAG_FOREIGN },
};

static void
test_parts(void)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(parts); i++)
		if (bag_part(parts[i].name) != parts[i].part)
			g_error("%s: part %d", parts[i].name,
			    (int)bag_part(parts[i].name));
}

/* sha256sum and sha512sum themselves read what we wrote. */
static void
test_coreutils(void)
{
	g_autofree char *dir = g_dir_make_tmp("bag-XXXXXX", NULL);
	g_autofree char *data = g_build_filename(dir, "data", NULL);
	g_autofree char *inner = g_build_filename(data, "inputs", NULL);
	g_autofree char *a = g_build_filename(data, "b.txt", NULL);
	g_autofree char *b = g_build_filename(inner, "a-1_2.pem", NULL);
	g_autofree char *m = g_build_filename(dir, "m256", NULL);
	g_autofree char *n = g_build_filename(dir, "m512", NULL);
	g_autofree char *cmd = g_strdup_printf("cd %s && sha256sum --check "
	    "--strict --quiet m256 && sha512sum --check --strict --quiet m512 && "
	    "rm -r data m256 m512 && rmdir ../%s", dir, strrchr(dir, '/') + 1);
	g_autoptr(GPtrArray) files = NULL;
	g_autoptr(GString) x = NULL, y = NULL;
	const struct bag_file *f;

	g_assert_cmpint(dir_make(data, NULL), ==, 0);
	g_assert_cmpint(dir_make(inner, NULL), ==, 0);
	g_assert_cmpint(file_put(a, "hello", 5, NULL), ==, 0);
	g_assert_cmpint(file_put(b, "", 0, NULL), ==, 0);
	files = bag_files(dir, "data", NULL);
	g_assert_cmpuint(files->len, ==, 2);
	f = g_ptr_array_index(files, 0);
	g_assert_cmpstr(f->path, ==, "data/b.txt");
	g_assert_cmpuint(bag_octets(files), ==, 5);
	x = bag_manifest(files, BAG_SHA256);
	y = bag_manifest(files, BAG_SHA512);
	g_assert_cmpint(file_put(m, x->str, x->len, NULL), ==, 0);
	g_assert_cmpint(file_put(n, y->str, y->len, NULL), ==, 0);
	g_assert_cmpint(system(cmd), ==, 0);
}

static void
test_never_overwrites(void)
{
	g_autofree char *dir = g_dir_make_tmp("bag-XXXXXX", NULL);
	g_autofree char *a = g_build_filename(dir, "a", NULL);
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_cmpint(file_put(a, "first", 5, &error), ==, 0);
	g_assert_cmpint(file_put(a, "second", 6, &error), ==, -1);
	g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
	g_assert_nonnull(strstr(error->message, a));
	g_assert_true(g_file_get_contents(a, &text, NULL, NULL));
	g_assert_cmpstr(text, ==, "first");
	g_unlink(a);
	g_assert_cmpint(g_rmdir(dir), ==, 0);	/* nothing half-made is left */
}

/* Pipes, links and devices are no files of a run. */
static void
test_only_plain(void)
{
	g_autofree char *dir = g_dir_make_tmp("bag-XXXXXX", NULL);
	g_autofree char *p = g_build_filename(dir, "p", NULL);
	struct file_sums sums;

	g_assert_cmpint(mkfifo(p, 0600), ==, 0);
	g_assert_null(file_tree(dir, "", NULL));
	g_assert_cmpint(file_sums(p, &sums, NULL), ==, -1);
	g_unlink(p);
	g_assert_cmpint(symlink("/etc/passwd", p), ==, 0);
	g_assert_null(file_tree(dir, "", NULL));
	g_assert_null(file_get(p, 65536, NULL));
	g_unlink(p);
	g_rmdir(dir);
}

static void
test_key(void)
{
	g_autofree char *dir = g_dir_make_tmp("bag-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "x", "signing.key", NULL);
	g_autofree char *sub = g_build_filename(dir, "x", NULL);
	g_autoptr(GBytes) data = g_bytes_new("head", 4);
	g_autoptr(GBytes) other = g_bytes_new("heae", 4);
	g_autoptr(GBytes) sig = NULL, pem = NULL;
	g_autoptr(GError) error = NULL;
	struct key *key, *pub;
	struct stat st;
	char a[65], b[65];

	g_assert_cmpint(key_create(path, &error), ==, 0);
	g_assert_cmpint(stat(path, &st), ==, 0);
	g_assert_cmpuint(st.st_mode & 0777, ==, 0600);
	g_assert_cmpint(key_create(path, NULL), ==, -1);
	key = key_load(path, &error);
	g_assert_no_error(error);
	sig = key_sign(key, data);
	pem = key_public_pem(key);
	pub = key_load_public(g_bytes_get_data(pem, NULL), g_bytes_get_size(pem),
	    &error);
	g_assert_no_error(error);
	g_assert_true(key_verify(pub, data, sig));
	g_assert_false(key_verify(pub, other, sig));
	key_fingerprint(key, a);
	key_fingerprint(pub, b);
	g_assert_cmpstr(a, ==, b);
	key_free(key);
	key_free(pub);
	g_assert_cmpint(g_chmod(path, 0644), ==, 0);
	g_assert_null(key_load(path, &error));
	g_assert_nonnull(strstr(error->message, "others can read"));
	g_unlink(path);
	g_rmdir(sub);
	g_rmdir(dir);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/bag/lines", test_lines);
	g_test_add_func("/bag/parts", test_parts);
	g_test_add_func("/bag/coreutils read it", test_coreutils);
	g_test_add_func("/bag/never overwrites", test_never_overwrites);
	g_test_add_func("/bag/only plain files", test_only_plain);
	g_test_add_func("/bag/key", test_key);
	return g_test_run();
}
