/*
 * Opening and sealing a run folder.  The numbers are FORMAT.md's.
 *
 * Opening
 *	1. PARENT/NAME.part/ and data/, which must be new
 *	2. bagit.txt, data/settings.json
 *	3. open.txt
 *	4. opening tokens over open.txt: open.<tsa>.tsq, .tsr
 *	5. collector.pub
 * Sealing
 *	6. what an earlier sealing left unfinished goes; data/ is synced
 *	7. bag-info.txt, manifests of data/, VERIFY.txt, verify.sh
 *	8. tagmanifests
 *	9. head.txt, head.sig, seal.txt
 *	10. closing tokens over seal.txt: seal.<tsa>.tsq, .tsr, .chain.pem
 *	11. after-sha256.txt
 *	12. .part is renamed away, which fails where the name is taken
 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "collector/bag.h"
#include "collector/key.h"
#include "collector/runtext.h"
#include "collector/seal.h"
#include "collector/seal_tokens.h"
#include "collector/tsa.h"
#include "embed.h"
#include "probes/text.h"

#define TEXT_MAX	65536

/* --- small steps ---------------------------------------------------------- */

static int
put(const char *dir, const char *name, const void *bytes, size_t len,
    GError **error)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);

	/* The folder is synced once, when opening or sealing is over. */
	return file_put_entry(path, bytes, len, 0644, error);
}

static int
put_string(const char *dir, const char *name, const GString *text,
    GError **error)
{
	return put(dir, name, text->str, text->len, error);
}

static int
put_bytes(const char *dir, const char *name, GBytes *bytes, GError **error)
{
	gsize len;
	const void *data = g_bytes_get_data(bytes, &len);

	return put(dir, name, data, len, error);
}

static GBytes *
get(const char *dir, const char *name, GError **error)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);

	return file_get(path, TEXT_MAX, error);
}

static int
put_settings(const struct run_plan *plan, const char *dir, char sum[65],
    GError **error)
{
	char *text = json_dumps(plan->settings, JSON_INDENT(2));
	g_autofree char *lines = g_strconcat(text == NULL ? "{}" : text, "\n",
	    NULL);

	free(text);
	text_sha256(sum, lines, strlen(lines));
	return put(dir, "data/settings.json", lines, strlen(lines), error);
}

/* --- tokens --------------------------------------------------------------- */

static int
open_tokens(const struct run_plan *plan, struct open_run *run, GBytes *opening,
    GError **error)
{
	g_autoptr(GPtrArray) answers = tsa_ask(plan->authorities, opening,
	    plan->wait_ms, TRUE, plan->roots_pem);
	const struct tsa_answer *best;
	gsize len;
	const void *reply;

	if (seal_answers(run->dir, "open", answers, FALSE, run->problems, &best,
	    error) < 0)
		return -1;
	if (best == NULL)
		return 0;
	reply = g_bytes_get_data(best->reply, &len);
	text_sha256(run->open_token_sha256, reply, len);
	g_free(run->opened);
	g_free(run->opened_by);
	run->opened = g_strdup(best->time);
	run->opened_by = g_strdup(best->name);
	return 0;
}

/* --- opening -------------------------------------------------------------- */

static void
name_run(const struct run_plan *plan, struct open_run *run)
{
	memset(run, 0, sizeof(*run));
	run->final = g_build_filename(plan->parent, plan->name, NULL);
	run->dir = g_strconcat(run->final, ".part", NULL);
	run->opened = g_strdup("");
	run->opened_by = g_strdup("");
	run->problems = g_ptr_array_new_with_free_func(g_free);
}

static int
make_folder(const struct open_run *run, GError **error)
{
	g_autofree char *data = g_build_filename(run->dir, "data", NULL);
	struct stat st;

	if (lstat(run->final, &st) == 0) {
		errno = EEXIST;
		return file_fail(error, run->final, "make");
	}
	if (dir_make(run->dir, error) < 0)
		return -1;
	return dir_make(data, error);
}

static int
load_key(const struct run_plan *plan, struct key **key, char print[65],
    GError **error)
{
	*key = NULL;
	*print = '\0';
	if (plan->key_file == NULL)
		return 0;
	*key = key_load(plan->key_file, error);
	if (*key == NULL)
		return -1;
	key_fingerprint(*key, print);
	return 0;
}

static int
put_public(const struct open_run *run, const struct key *key, GError **error)
{
	g_autoptr(GBytes) pem = NULL;

	if (key == NULL)
		return 0;
	pem = key_public_pem(key);
	return put_bytes(run->dir, "collector.pub", pem, error);
}

static int
open_folder(const struct run_plan *plan, struct open_run *run,
    const struct key *key, const char *print, GError **error)
{
	g_autoptr(GString) text = NULL;
	g_autoptr(GBytes) opening = NULL;
	char settings[65];

	if (put(run->dir, "bagit.txt", BAG_DECLARATION,
	    strlen(BAG_DECLARATION), error) < 0 ||
	    put_settings(plan, run->dir, settings, error) < 0)
		return -1;
	text = runtext_open(plan, run->id, settings, print);
	opening = g_bytes_new(text->str, text->len);
	if (put_string(run->dir, "open.txt", text, error) < 0 ||
	    open_tokens(plan, run, opening, error) < 0)
		return -1;
	if (put_public(run, key, error) < 0)
		return -1;
	return dir_sync(run->dir, error);
}

int
run_open(const struct run_plan *plan, struct open_run *run, GError **error)
{
	struct key *key = NULL;
	char print[65];
	int rc = -1;

	name_run(plan, run);
	runtext_id(run->id);
	if (load_key(plan, &key, print, error) == 0 &&
	    make_folder(run, error) == 0)
		rc = open_folder(plan, run, key, print, error);
	key_free(key);
	return rc;
}

int
run_input(const struct open_run *run, const char *name, GBytes *bytes,
    GError **error)
{
	g_autofree char *dir = g_build_filename(run->dir, "data", "inputs", NULL);
	g_autofree char *path = g_build_filename(dir, name, NULL);
	struct stat st;
	gsize len;
	const void *data = g_bytes_get_data(bytes, &len);

	if (*name == '\0' || *name == '.' || strspn(name, "abcdefghijklmnopqrst"
	    "uvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") != strlen(name)) {
		errno = EINVAL;
		return file_fail(error, path, "use as a name");
	}
	if (lstat(dir, &st) < 0 && dir_make(dir, error) < 0)
		return -1;
	return lstat(path, &st) == 0 ? 0 : file_put(path, data, len, error);
}

/* --- sealing -------------------------------------------------------------- */

/* A sealing that was cut short has no standing: its files are made again. */
static int
clear_sealing(const char *dir, GError **error)
{
	g_autoptr(GPtrArray) all = file_tree(dir, "", error);

	if (all == NULL)
		return -1;
	for (guint i = 0; i < all->len; i++) {
		const char *name = g_ptr_array_index(all, i);
		g_autofree char *path = g_build_filename(dir, name, NULL);

		if (bag_made_by_sealing(name) && unlink(path) < 0)
			return file_fail(error, path, "remove");
		if (strchr(name, '/') == NULL && bag_part(name) == BAG_FOREIGN) {
			errno = EEXIST;
			return file_fail(error, path, "seal with it");
		}
	}
	return 0;
}

static int
sync_payload(const char *dir, GError **error)
{
	g_autofree char *facts = g_build_filename(dir, "data", "facts.jsonl",
	    NULL);
	int fd = open(facts, O_RDWR | O_CLOEXEC), rc;

	if (fd < 0)
		return file_fail(error, facts, "open");
	rc = fsync(fd);
	if (rc < 0)
		file_fail(error, facts, "sync");
	close(fd);
	return rc;
}

static int
put_manifests(const char *dir, const GPtrArray *files, const char *prefix,
    GError **error)
{
	g_autoptr(GString) a = bag_manifest(files, BAG_SHA256);
	g_autoptr(GString) b = bag_manifest(files, BAG_SHA512);
	g_autofree char *name_a = g_strconcat(prefix, "-sha256.txt", NULL);
	g_autofree char *name_b = g_strconcat(prefix, "-sha512.txt", NULL);

	if (put_string(dir, name_a, a, error) < 0)
		return -1;
	return put_string(dir, name_b, b, error);
}

static int
put_bag(const struct run_plan *plan, const char *dir, const GPtrArray *payload,
    GError **error)
{
	g_autoptr(GPtrArray) names = NULL, tags = NULL;
	g_autoptr(GString) info = runtext_bag_info(plan, payload);

	if (put_string(dir, "bag-info.txt", info, error) < 0 ||
	    put_manifests(dir, payload, "manifest", error) < 0 ||
	    put(dir, "VERIFY.txt", embed_collector_VERIFY_txt,
	    (size_t)(embed_collector_VERIFY_txt_end -
	    embed_collector_VERIFY_txt), error) < 0 ||
	    put(dir, "verify.sh", embed_collector_verify_sh,
	    (size_t)(embed_collector_verify_sh_end -
	    embed_collector_verify_sh), error) < 0)
		return -1;
	names = bag_part_names(dir, BAG_TAG, error);
	tags = names == NULL ? NULL : bag_named(dir, names, error);
	return tags == NULL ? -1 : put_manifests(dir, tags, "tagmanifest", error);
}

static int
sign_head(const struct key *key, const char *dir, const GString *head,
    GError **error)
{
	g_autoptr(GBytes) bytes = g_bytes_new(head->str, head->len);
	g_autoptr(GBytes) sig = NULL;

	if (key == NULL)
		return 0;
	sig = key_sign(key, bytes);
	if (sig == NULL) {
		errno = EIO;
		return file_fail(error, "head.txt", "sign");
	}
	return put_bytes(dir, "head.sig", sig, error);
}

static int
put_head(const struct run_plan *plan, struct open_run *run,
    const struct run_result *result, const GPtrArray *payload,
    const struct key *key, GString **seal, char head_sum[65], GError **error)
{
	g_autoptr(GString) head = NULL;
	g_autoptr(GPtrArray) names = g_ptr_array_new(), files = NULL;
	struct run_count count;

	if (run_count(run->dir, &count, error) < 0 ||
	    seal_find_opening(run, count.open_token, error) < 0)
		return -1;
	head = runtext_head(plan, run, result, &count, payload, error);
	if (head == NULL || put_string(run->dir, "head.txt", head, error) < 0 ||
	    sign_head(key, run->dir, head, error) < 0)
		return -1;
	text_sha256(head_sum, head->str, head->len);
	g_ptr_array_add(names, (char *)(uintptr_t)"head.txt");
	if (key != NULL)
		g_ptr_array_add(names, (char *)(uintptr_t)"head.sig");
	files = bag_named(run->dir, names, error);
	if (files == NULL)
		return -1;
	*seal = bag_manifest(files, BAG_SHA256);
	return put_string(run->dir, "seal.txt", *seal, error);
}

static int
close_tokens(const struct run_plan *plan, const struct open_run *run,
    const GString *seal, struct sealed_run *sealed, GError **error)
{
	g_autoptr(GBytes) bytes = g_bytes_new(seal->str, seal->len);
	g_autoptr(GPtrArray) answers = tsa_ask(plan->authorities, bytes,
	    plan->wait_ms, FALSE, plan->roots_pem);
	const struct tsa_answer *best;

	if (seal_answers(run->dir, "seal", answers, TRUE, sealed->problems, &best,
	    error) < 0)
		return -1;
	sealed->closed = g_strdup(best == NULL ? "" : best->time);
	return 0;
}

static int
put_after(const char *dir, GError **error)
{
	g_autoptr(GPtrArray) names = bag_part_names(dir, BAG_AFTER, error);
	g_autoptr(GPtrArray) files = names == NULL ? NULL :
	    bag_named(dir, names, error);
	g_autoptr(GString) text = files == NULL ? NULL :
	    bag_manifest(files, BAG_SHA256);

	return text == NULL ? -1 :
	    put_string(dir, "after-sha256.txt", text, error);
}

static int
give_final_name(const struct open_run *run, GError **error)
{
	g_autofree char *parent = g_path_get_dirname(run->final);

	if (dir_sync(run->dir, error) < 0)
		return -1;
	if (renameat2(AT_FDCWD, run->dir, AT_FDCWD, run->final,
	    RENAME_NOREPLACE) < 0)
		return file_fail(error, run->final, "give this name");
	return dir_sync(parent, error);
}

static int
seal_with(const struct run_plan *plan, struct open_run *run,
    const struct run_result *result, const struct key *key,
    struct sealed_run *sealed, GError **error)
{
	g_autoptr(GPtrArray) payload = NULL;
	g_autoptr(GString) seal = NULL;

	if (clear_sealing(run->dir, error) < 0 ||
	    sync_payload(run->dir, error) < 0 ||
	    (payload = bag_files(run->dir, "data", error)) == NULL ||
	    put_bag(plan, run->dir, payload, error) < 0 ||
	    put_head(plan, run, result, payload, key, &seal, sealed->head,
	    error) < 0 ||
	    close_tokens(plan, run, seal, sealed, error) < 0 ||
	    put_after(run->dir, error) < 0)
		return -1;
	return give_final_name(run, error);
}

/* The key that signs must be the one that open.txt names. */
static int
same_key(const struct open_run *run, const char *print, GError **error)
{
	g_autoptr(GBytes) text = get(run->dir, "open.txt", error);
	g_autofree char *all = text == NULL ? NULL : g_strndup(
	    g_bytes_get_data(text, NULL), g_bytes_get_size(text));
	g_autofree char *want = all == NULL ? NULL :
	    bag_value(all, "key-sha256");

	if (text == NULL)
		return -1;
	if (want != NULL && strcmp(want, *print == '\0' ? "none" : print) == 0)
		return 0;
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
	    "%s: the signing key is not the one that the run was opened with",
	    run->dir);
	return -1;
}

int
run_seal(const struct run_plan *plan, struct open_run *run,
    const struct run_result *result, struct sealed_run *sealed, GError **error)
{
	struct key *key = NULL;
	char print[65];
	int rc = -1;

	memset(sealed, 0, sizeof(*sealed));
	sealed->dir = g_strdup(run->final);
	sealed->problems = g_ptr_array_new_with_free_func(g_free);
	if (load_key(plan, &key, print, error) == 0 &&
	    same_key(run, print, error) == 0)
		rc = seal_with(plan, run, result, key, sealed, error);
	key_free(key);
	return rc;
}

void
open_run_clear(struct open_run *run)
{
	g_clear_pointer(&run->dir, g_free);
	g_clear_pointer(&run->final, g_free);
	g_clear_pointer(&run->opened, g_free);
	g_clear_pointer(&run->opened_by, g_free);
	g_clear_pointer(&run->problems, g_ptr_array_unref);
}

void
sealed_run_clear(struct sealed_run *sealed)
{
	g_clear_pointer(&sealed->dir, g_free);
	g_clear_pointer(&sealed->closed, g_free);
	g_clear_pointer(&sealed->problems, g_ptr_array_unref);
}
