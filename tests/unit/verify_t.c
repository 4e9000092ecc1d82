/*
 * What a user relies on: a run as sealed verifies, with the key and the roots
 * from outside and only then as "verified"; one byte changed anywhere in its
 * folder, a file more or a file less, and it does not; and the script that lies
 * in the run, with coreutils and openssl alone, says the same.
 */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "collector/bag.h"
#include "collector/files.h"
#include "collector/journal.h"
#include "collector/key.h"
#include "collector/read.h"
#include "collector/seal.h"
#include "collector/verify.h"
#include "probes/text.h"
#include "tests/unit/tsakit.h"

struct made {			/* a sealed run, and what is needed to check it */
	char		*base, *dir, *key_file, *roots_file;
	char		 key[65];
	struct tsakit	*kit;
};

static GBytes *
bytes(const char *s, size_t len)
{
	return g_bytes_new(s, len);
}

/* --- making a run --------------------------------------------------------------- */

static void
journal_one(struct journal *j, struct exchange *x)
{
	g_autoptr(GPtrArray) facts = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)fact_free);

	g_assert_cmpint(journal_exchange(j, x), ==, 0);
	exchange_read(x, facts);
	for (guint i = 0; i < facts->len; i++)
		g_assert_cmpint(journal_fact(j,
		    g_ptr_array_index(facts, i)), ==, 0);
	exchange_free(x);
}

static struct exchange *
new_exchange(enum probe_kind kind, const char *name, const char *type,
    uint16_t port, enum xstatus status)
{
	struct question *q = question_new(kind, name, type, "host.example",
	    "192.0.2.47", port, "");
	struct exchange *x = exchange_new(q);

	question_unref(q);
	x->target = g_strdup("popcorn.example");
	x->rule = "operator";
	x->exit = "direct";
	x->status = status;
	x->start = 1790000000000000;
	x->end = x->start + 5000;
	return x;
}

/* A DNS answer with one A record, by hand: RFC 1035, section 4. */
static const char dns_query[] =
    "\x12\x34\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00"
    "\x07popcorn\x07" "example\x00\x00\x01\x00\x01";
static const char dns_answer[] =
    "\x12\x34\x84\x00\x00\x01\x00\x01\x00\x00\x00\x00"
    "\x07popcorn\x07" "example\x00\x00\x01\x00\x01"
    "\xc0\x0c\x00\x01\x00\x01\x00\x00\x01\x2c\x00\x04\xc0\x00\x02\x2f";

static void
journal_all(struct journal *j)
{
	static const char page[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html"
	    "\r\nContent-Length: 38\r\n\r\n<title>x\xe2\x80\xaey</title><p>\x1b[2J"
	    "hello</p>.....";
	struct exchange *x = new_exchange(PROBE_DNS, "popcorn.example.", "A", 53,
	    X_ANSWERED);

	g_strlcpy(x->detail, "NOERROR", sizeof(x->detail));
	x->sent.bytes = bytes(dns_query, sizeof(dns_query) - 1);
	x->received.bytes = bytes(dns_answer, sizeof(dns_answer) - 1);
	journal_one(j, x);
	x = new_exchange(PROBE_HTTP, "https://popcorn.example/a\r\nb", "page",
	    443, X_ANSWERED);
	g_strlcpy(x->detail, "200", sizeof(x->detail));
	x->sent.bytes = bytes("GET / HTTP/1.1\r\n\r\n", 18);
	x->received.bytes = bytes(page, sizeof(page) - 1);
	x->cause = 2;
	journal_one(j, x);
	x = new_exchange(PROBE_WHOIS, "popcorn.example", "tld", 43, X_TIMEOUT);
	x->sent.bytes = bytes("popcorn.example\r\n", 17);
	journal_one(j, x);
	x = new_exchange(PROBE_TLS, "popcorn.example", "chain", 443, X_REFUSED);
	journal_one(j, x);
	g_assert_cmpuint(journal_event(j, "close", json_object()), >, 0);
}

static void
seal_it(struct made *m, const char *const *urls, gboolean with_key)
{
	g_autoptr(GError) error = NULL;
	static const char exhibits[] = "{\"id\":\"D-1\",\"title\":\"DNS\","
	    "\"target\":\"popcorn.example\",\"records\":[2]}\n"
	    "{\"id\":\"G-1\",\"title\":\"pages\",\"target\":\"popcorn.example\","
	    "\"records\":[3]}\n";
	struct run_plan plan = { .parent = m->base, .name = "000001",
		.title = "A \xc3\xa4 v. B\nline", .case_id = "1:23-cv-4",
		.organisation = "Org", .collector = "Me", .vantage = "",
		.previous_head = "", .ledger_tip = "", .imports_tip = "",
		.authorities = urls, .roots_pem = tsakit_root(m->kit),
		.wait_ms = 5000, .key_file = with_key ? m->key_file : NULL,
		.settings = json_pack("{s:i}", "limit", 5) };
	struct run_result result = { .complete = TRUE, .started =
		"2026-11-23T00:00:00Z", .ended = "2026-11-23T00:00:01Z" };
	struct open_run run;
	struct sealed_run sealed;
	g_autoptr(GBytes) input = bytes("root hints", 10);
	g_autofree char *ex = NULL;
	struct journal *j;

	g_assert_cmpint(run_open(&plan, &run, &error), ==, 0);
	g_assert_no_error(error);
	j = journal_create(run.dir, json_pack("{s:s,s:s}", "run", run.id,
	    "open_token_sha256", run.open_token_sha256), &error);
	g_assert_no_error(error);
	g_assert_cmpint(run_input(&run, "root.hints", input, &error), ==, 0);
	journal_all(j);
	g_assert_cmpint(journal_flush(j), ==, 0);
	ex = g_build_filename(run.dir, "data", "exhibits.jsonl", NULL);
	g_assert_cmpint(file_put(ex, exhibits, strlen(exhibits), &error), ==, 0);
	g_assert_cmpint(run_seal(&plan, &run, &result, &sealed, &error), ==, 0);
	g_assert_no_error(error);
	m->dir = g_strdup(sealed.dir);
	g_assert_false(g_file_test(run.dir, G_FILE_TEST_EXISTS));
	journal_free(j);
	open_run_clear(&run);
	sealed_run_clear(&sealed);
	json_decref(plan.settings);
}

static void
make(struct made *m, enum flaw second, gboolean with_key, gboolean untimed)
{
	g_autoptr(GError) error = NULL;
	const char *urls[3] = { NULL };
	struct key *key;

	m->base = g_dir_make_tmp("verify-XXXXXX", NULL);
	m->key_file = g_build_filename(m->base, "signing.key", NULL);
	m->roots_file = g_build_filename(m->base, "roots.pem", NULL);
	g_assert_cmpint(key_create(m->key_file, &error), ==, 0);
	key = key_load(m->key_file, &error);
	g_assert_no_error(error);
	key_fingerprint(key, m->key);
	key_free(key);
	m->kit = tsakit_new(FALSE);
	g_assert_true(g_file_set_contents(m->roots_file, tsakit_root(m->kit), -1,
	    NULL));
	if (!untimed) {
		urls[0] = tsakit_serve(m->kit, FLAW_NONE);
		urls[1] = tsakit_serve(m->kit, second);
	}
	seal_it(m, urls, with_key);
}

static void
remove_tree(const char *dir)
{
	g_autofree char *quoted = g_shell_quote(dir);
	g_autofree char *cmd = g_strconcat("rm -rf ", quoted, NULL);

	g_assert_cmpint(system(cmd), ==, 0);
}

static void
unmake(struct made *m)
{
	remove_tree(m->base);
	tsakit_free(m->kit);
	g_free(m->base);
	g_free(m->dir);
	g_free(m->key_file);
	g_free(m->roots_file);
}

/* --- checking one ----------------------------------------------------------------- */

static enum verdict
check(const struct made *m, gboolean outside)
{
	struct verify_options o = { .key = outside ? m->key : NULL,
		.roots_pem = outside ? tsakit_root(m->kit) : NULL };
	struct verify_report *r = verify_run(m->dir, &o);
	enum verdict v = r->verdict;

	for (guint i = 0; i < r->findings->len; i++)
		g_test_message("%s: %s", verify_part_name(((struct
		    verify_finding *)r->findings->pdata[i])->part), ((struct
		    verify_finding *)r->findings->pdata[i])->text);
	verify_report_free(r);
	return v;
}

static enum verdict
check_quick(const struct made *m)
{
	struct verify_options o = { 0 };
	struct verify_report *r = verify_run(m->dir, &o);
	enum verdict v = r->verdict;

	verify_report_free(r);
	return v;
}

/* verify.sh of the run, in the run; its status. */
static int
script(const struct made *m, gboolean outside)
{
	g_autofree char *dir = g_shell_quote(m->dir);
	g_autofree char *cmd = g_strdup_printf("cd %s && %s%s %s%s sh ./verify.sh "
	    ">%s/script.log 2>&1", dir, outside ? "KEY=" : "",
	    outside ? m->key : "", outside ? "ROOTS=" : "",
	    outside ? m->roots_file : "", m->base);
	int status = system(cmd);

	if (g_test_verbose()) {
		g_autofree char *log = g_build_filename(m->base, "script.log",
		    NULL);
		g_autofree char *text = NULL;

		g_file_get_contents(log, &text, NULL, NULL);
		g_test_message("%s", text);
	}
	return WEXITSTATUS(status);
}

static void
test_good(void)
{
	struct made m;

	make(&m, FLAW_NONE, TRUE, FALSE);
	g_assert_cmpint(check(&m, FALSE), ==, VERDICT_CONSISTENT);
	g_assert_cmpint(check(&m, TRUE), ==, VERDICT_VERIFIED);
	g_assert_cmpint(script(&m, FALSE), ==, 0);
	g_assert_cmpint(script(&m, TRUE), ==, 0);
	unmake(&m);
}

/* Whoever gives another key, or other roots, is told so. */
static void
test_outside(void)
{
	struct made m;
	struct tsakit *other = tsakit_new(FALSE);
	struct verify_options o = { .roots_pem = tsakit_root(other) };
	struct verify_report *r;

	make(&m, FLAW_NONE, TRUE, FALSE);
	r = verify_run(m.dir, &o);
	g_assert_cmpint(r->verdict, ==, VERDICT_BAD);
	verify_report_free(r);
	o.roots_pem = tsakit_root(m.kit);
	o.key = "00000000000000000000000000000000"
	    "00000000000000000000000000000000";
	r = verify_run(m.dir, &o);
	g_assert_cmpint(r->verdict, ==, VERDICT_BAD);
	verify_report_free(r);
	m.key[0] = m.key[0] == '0' ? '1' : '0';
	g_assert_cmpint(script(&m, TRUE), ==, 1);
	tsakit_free(other);
	unmake(&m);
}

/* An authority that lies: kept, named for it, and not relied on. */
static void
test_liar(void)
{
	struct made m;
	g_autofree char *bad = NULL;

	make(&m, FLAW_NONCE, TRUE, FALSE);
	bad = g_build_filename(m.dir, "seal.127.0.0.1-2.rejected.tsr", NULL);
	g_assert_true(g_file_test(bad, G_FILE_TEST_EXISTS));
	g_assert_cmpint(check(&m, TRUE), ==, VERDICT_VERIFIED);
	g_assert_cmpint(script(&m, TRUE), ==, 0);
	unmake(&m);
}

static void
test_untimed(void)
{
	struct made m;
	g_autofree char *head = NULL, *text = NULL;

	make(&m, FLAW_NONE, TRUE, TRUE);
	head = g_build_filename(m.dir, "head.txt", NULL);
	g_assert_true(g_file_get_contents(head, &text, NULL, NULL));
	g_assert_nonnull(strstr(text, "\nopened: untimed\n"));
	g_assert_cmpint(check(&m, FALSE), ==, VERDICT_CONSISTENT);
	g_assert_cmpint(script(&m, FALSE), ==, 0);
	unmake(&m);
}

static void
test_unsigned(void)
{
	struct made m;

	make(&m, FLAW_NONE, FALSE, FALSE);
	g_assert_cmpint(check(&m, FALSE), ==, VERDICT_CONSISTENT);
	g_assert_cmpint(check(&m, TRUE), ==, VERDICT_BAD);
	g_assert_cmpint(script(&m, FALSE), ==, 0);
	unmake(&m);
}

/* --- one byte ---------------------------------------------------------------------- */

static void
flip(const char *path, uint64_t offset, unsigned char bits)
{
	int fd = open(path, O_RDWR);
	unsigned char c;

	g_assert_cmpint(fd, >=, 0);
	g_assert_cmpint(pread(fd, &c, 1, (off_t)offset), ==, 1);
	c ^= bits;
	g_assert_cmpint(pwrite(fd, &c, 1, (off_t)offset), ==, 1);
	close(fd);
}

/* Every byte of a small file; of a larger one its ends and a stride. */
static unsigned
flip_file(struct made *m, const char *name)
{
	g_autofree char *path = g_build_filename(m->dir, name, NULL);
	struct stat st;
	uint64_t size, step;
	unsigned tried = 0;

	g_assert_cmpint(stat(path, &st), ==, 0);
	size = (uint64_t)st.st_size;
	step = g_test_thorough() ? 1 : MAX(1, size / 12);
	for (uint64_t at = 0; at < size; at += at + 8 > size ? 1 : step) {
		unsigned char bits = (unsigned char)(1u << (at % 8));

		flip(path, at, bits);
		if (check_quick(m) != VERDICT_BAD)
			g_error("%s, byte %" G_GUINT64_FORMAT " changed, and it "
			    "verifies", name, at);
		flip(path, at, bits);
		tried++;
	}
	return tried;
}

static void
test_every_file(void)
{
	struct made m;
	g_autoptr(GPtrArray) files = NULL;
	unsigned tried = 0;

	make(&m, FLAW_NONE, TRUE, FALSE);
	files = file_tree(m.dir, "", NULL);
	g_assert_cmpuint(files->len, >=, 25);
	for (guint i = 0; i < files->len; i++)
		tried += flip_file(&m, g_ptr_array_index(files, i));
	g_test_message("%u bytes changed, one at a time, in %u files", tried,
	    files->len);
	g_assert_cmpint(check_quick(&m), ==, VERDICT_CONSISTENT);
	unmake(&m);
}

/* A byte more at the end, a byte less, or nothing left, of each file; of the
 * first the script is told too. */
static void
test_ends(void)
{
	struct made m;
	g_autoptr(GPtrArray) files = NULL;

	make(&m, FLAW_NONE, TRUE, FALSE);
	files = file_tree(m.dir, "", NULL);
	for (guint i = 0; i < files->len; i++) {
		const char *name = g_ptr_array_index(files, i);
		g_autofree char *path = g_build_filename(m.dir, name, NULL);
		g_autofree char *was = NULL;
		gsize len;

		g_assert_true(g_file_get_contents(path, &was, &len, NULL));
		for (unsigned k = 0; k < 3; k++) {
			const gssize lens[] = { (gssize)len + 1,
				(gssize)len - 1, 0 };
			g_autofree char *now = g_malloc0(len + 1);

			memcpy(now, was, len);
			now[len] = '\n';
			g_assert_true(g_file_set_contents(path, now, lens[k],
			    NULL));
			if (check_quick(&m) != VERDICT_BAD)
				g_error("%s: %zd bytes, and it verifies", name,
				    lens[k]);
			/* The script cannot check the bytes it is run from. */
			if (k == 0 && strcmp(name, "verify.sh") != 0 &&
			    script(&m, FALSE) != 1)
				g_error("%s: a byte more, and verify.sh is "
				    "content", name);
		}
		g_assert_true(g_file_set_contents(path, was, (gssize)len, NULL));
	}
	g_assert_cmpint(script(&m, FALSE), ==, 0);
	unmake(&m);
}

/* A file taken away, and a file put there. */
static void
test_files(void)
{
	static const char *const strays[] = { "x", "seal.txt.bak", "data/more",
	    ".hidden", "open.other.tsr", "data/inputs/.x", "seal.evil.tsr" };
	struct made m;
	g_autoptr(GPtrArray) files = NULL;

	make(&m, FLAW_NONE, TRUE, FALSE);
	files = file_tree(m.dir, "", NULL);
	for (guint i = 0; i < files->len; i++) {
		const char *name = g_ptr_array_index(files, i);
		g_autofree char *path = g_build_filename(m.dir, name, NULL);
		g_autofree char *aside = g_build_filename(m.base, "aside", NULL);

		g_assert_cmpint(g_rename(path, aside), ==, 0);
		if (check_quick(&m) != VERDICT_BAD)
			g_error("%s is missing, and it verifies", name);
		/* A second each: every third one, unless there is time. */
		if ((i % 3 == 0 || g_test_thorough()) &&
		    strcmp(name, "verify.sh") != 0 && script(&m, FALSE) != 1)
			g_error("%s is missing, and verify.sh is content", name);
		g_assert_cmpint(g_rename(aside, path), ==, 0);
	}
	for (guint i = 0; i < G_N_ELEMENTS(strays); i++) {
		g_autofree char *path = g_build_filename(m.dir, strays[i], NULL);

		g_assert_true(g_file_set_contents(path, "x", 1, NULL));
		if (check_quick(&m) != VERDICT_BAD)
			g_error("%s was added, and it verifies", strays[i]);
		if (script(&m, FALSE) != 1)
			g_error("%s was added, and verify.sh is content",
			    strays[i]);
		g_unlink(path);
	}
	g_assert_cmpint(check_quick(&m), ==, VERDICT_CONSISTENT);
	unmake(&m);
}

/* A link to the right bytes is not the file. */
static void
test_link(void)
{
	struct made m;
	g_autofree char *path = NULL, *aside = NULL;

	make(&m, FLAW_NONE, TRUE, FALSE);
	path = g_build_filename(m.dir, "data", "facts.jsonl", NULL);
	aside = g_build_filename(m.base, "aside", NULL);
	g_assert_cmpint(g_rename(path, aside), ==, 0);
	g_assert_cmpint(symlink(aside, path), ==, 0);
	g_assert_cmpint(check_quick(&m), ==, VERDICT_BAD);
	unmake(&m);
}

/* --- what it says -------------------------------------------------------------------- */

/* A changed record is named, and so is the exhibit that rests on it. */
static void
test_names_record(void)
{
	struct made m;
	struct verify_options o = { 0 };
	struct verify_report *r;
	g_autofree char *path = NULL;
	struct stat st;
	gboolean named = FALSE;

	make(&m, FLAW_NONE, TRUE, FALSE);
	path = g_build_filename(m.dir, "data", "evidence.warc.gz", NULL);
	g_assert_cmpint(stat(path, &st), ==, 0);
	for (off_t at = 0; at < st.st_size && !named; at += 20) {
		flip(path, (uint64_t)at, 0x10);
		r = verify_run(m.dir, &o);
		g_assert_cmpint(r->verdict, ==, VERDICT_BAD);
		g_assert_true(g_hash_table_contains(r->bad_files,
		    "data/evidence.warc.gz"));
		named = r->exhibits->len > 0 && strcmp(
		    g_ptr_array_index(r->exhibits, 0), "G-1") == 0;
		verify_report_free(r);
		flip(path, (uint64_t)at, 0x10);
	}
	g_assert_true(named);
	unmake(&m);
}

/* Facts that do not come out of the bytes are seen even where every list,
 * signature and token was made again around them. */
static void
test_forged_facts(void)
{
	struct made m;
	struct verify_options o = { 0 };
	struct verify_report *r;
	g_autofree char *path = NULL, *text = NULL, *at = NULL;
	gboolean seen = FALSE;

	make(&m, FLAW_NONE, TRUE, FALSE);
	path = g_build_filename(m.dir, "data", "facts.jsonl", NULL);
	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	at = strstr(text, "192.0.2.47");
	g_assert_nonnull(at);
	memcpy(at, "192.0.2.48", 10);
	at = NULL;
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	r = verify_run(m.dir, &o);
	for (guint i = 0; i < r->findings->len; i++) {
		const struct verify_finding *f = r->findings->pdata[i];

		seen |= f->part == PART_FACTS && f->bad && f->record == 2;
	}
	g_assert_true(seen);
	verify_report_free(r);
	unmake(&m);
}

static void
test_unfinished(void)
{
	struct made m;
	struct verify_options o = { 0 };
	struct verify_report *r;
	g_autofree char *part = NULL;

	make(&m, FLAW_NONE, TRUE, FALSE);
	part = g_strconcat(m.dir, ".part", NULL);
	g_assert_cmpint(g_rename(m.dir, part), ==, 0);
	r = verify_run(part, &o);
	g_assert_true(r->unfinished);
	g_assert_cmpint(r->verdict, ==, VERDICT_BAD);
	g_assert_cmpuint(r->bad, ==, 0);
	verify_report_free(r);
	unmake(&m);
}

/* Killed after any file of the sealing: sealing again, by a program that knows
 * of the run only what lies there, ends in a run that verifies. */
static void
seal_again(struct made *m, const GPtrArray *order, guint kept)
{
	g_autofree char *part = g_strconcat(m->dir, ".part", NULL);
	struct run_plan plan = { .parent = m->base, .name = "000001",
		.title = "A \xc3\xa4 v. B\nline", .case_id = "1:23-cv-4",
		.roots_pem = tsakit_root(m->kit), .key_file = m->key_file };
	struct run_result result = { .why = "killed", .started = "", .ended = "" };
	struct open_run run = { .dir = part, .final = m->dir };
	struct sealed_run sealed;
	g_autoptr(GError) error = NULL;
	g_autofree char *head = g_build_filename(m->dir, "head.txt", NULL);
	g_autofree char *text = NULL, *id = NULL, *open = NULL, *was = NULL;

	g_assert_true(g_file_get_contents(head, &was, NULL, NULL));
	g_assert_cmpint(g_rename(m->dir, part), ==, 0);
	for (guint i = kept; i < order->len; i++) {
		g_autofree char *f = g_build_filename(part,
		    g_ptr_array_index(order, i), NULL);

		g_unlink(f);
	}
	open = g_build_filename(part, "open.txt", NULL);
	g_assert_true(g_file_get_contents(open, &text, NULL, NULL));
	id = bag_value(text, "run-id");
	g_strlcpy(run.id, id, sizeof(run.id));
	g_assert_cmpint(run_seal(&plan, &run, &result, &sealed, &error), ==, 0);
	g_assert_no_error(error);
	g_clear_pointer(&text, g_free);
	g_clear_pointer(&id, g_free);
	g_assert_true(g_file_get_contents(head, &text, NULL, NULL));
	id = bag_value(text, "open-token-sha256");
	g_assert_cmpuint((guint)strlen(id), ==, 64);
	g_assert_nonnull(strstr(was, id));
	g_assert_nonnull(strstr(text, "\nstate: incomplete\nwhy: killed\n"));
	g_assert_cmpint(check_quick(m), ==, VERDICT_CONSISTENT);
	g_free(run.opened);
	g_free(run.opened_by);
	sealed_run_clear(&sealed);
}

static void
test_killed_sealing(void)
{
	struct made m;
	g_autoptr(GPtrArray) order = g_ptr_array_new_with_free_func(g_free);

	make(&m, FLAW_NONE, TRUE, FALSE);
	for (int part = BAG_TAG; part <= BAG_LAST; part++) {
		g_autoptr(GPtrArray) names = bag_part_names(m.dir,
		    (enum bag_part)part, NULL);

		for (guint i = 0; i < names->len; i++)
			if (bag_made_by_sealing(g_ptr_array_index(names, i)))
				g_ptr_array_add(order,
				    g_strdup(g_ptr_array_index(names, i)));
	}
	g_assert_cmpuint(order->len, >=, 16);
	for (guint kept = order->len; kept <= order->len; kept--)
		seal_again(&m, order, kept);
	unmake(&m);
}

/* A run never takes the place of another. */
static void
test_no_overwrite(void)
{
	struct made m;
	struct run_plan plan = { .name = "000001", .previous_head = "",
		.ledger_tip = "", .imports_tip = "" };
	struct open_run run;
	g_autoptr(GError) error = NULL;

	make(&m, FLAW_NONE, TRUE, FALSE);
	plan.parent = m.base;
	plan.settings = json_object();
	g_assert_cmpint(run_open(&plan, &run, &error), ==, -1);
	g_assert_nonnull(error);
	open_run_clear(&run);
	json_decref(plan.settings);
	g_assert_cmpint(check_quick(&m), ==, VERDICT_CONSISTENT);
	unmake(&m);
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*fn)(void);
	} tests[] = {
		{ "good", test_good },
		{ "key and roots from outside", test_outside },
		{ "an authority that lies", test_liar },
		{ "untimed", test_untimed },
		{ "unsigned", test_unsigned },
		{ "one byte of every file", test_every_file },
		{ "a byte more or less", test_ends },
		{ "a file more or less", test_files },
		{ "a link", test_link },
		{ "names the record and the exhibit", test_names_record },
		{ "forged facts", test_forged_facts },
		{ "unfinished", test_unfinished },
		{ "killed while sealing", test_killed_sealing },
		{ "no overwriting", test_no_overwrite },
	};

	g_test_init(&argc, &argv, NULL);
	for (unsigned i = 0; i < G_N_ELEMENTS(tests); i++) {
		g_autofree char *path = g_strconcat("/verify/", tests[i].name,
		    NULL);

		g_test_add_func(path, tests[i].fn);
	}
	return g_test_run();
}
