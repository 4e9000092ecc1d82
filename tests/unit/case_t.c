/*
 * What people who fill in a case rely on: a wrong key or value is named with
 * its line, and nothing is guessed; a bad row is named and no other is lost;
 * the ledger is a chain; two programs never work on one case; a table's bytes
 * are kept before they are used.
 */

#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "collector/case.h"
#include "collector/case_ini.h"
#include "collector/tables.h"
#include "probes/text.h"

/* ---- a folder */

struct place {
	char	*dir;		/* does not exist yet */
	char	*top;
};

static void
set_up(struct place *p, gconstpointer unused)
{
	(void)unused;
	p->top = g_dir_make_tmp("case-XXXXXX", NULL);
	p->dir = g_build_filename(p->top, "mycase", NULL);
}

static int
drop(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

static void
tear_down(struct place *p, gconstpointer unused)
{
	(void)unused;
	nftw(p->top, drop, 16, FTW_DEPTH | FTW_PHYS);
	g_free(p->top);
	g_free(p->dir);
}

static char *
read_in(const char *dir, const char *name)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);
	char *text = NULL;

	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	return text;
}

static void
write_in(const char *dir, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);

	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void
make(const struct place *p)
{
	g_autoptr(GError) e = NULL;

	case_make(p->dir, "US-HI", "A \\ title", &e);
	g_assert_no_error(e);
}

/* ---- case.ini */

static void
same_as_default(const struct kase *k)
{
	struct kase d;

	case_ini_defaults(&d);
	g_assert_cmpint(k->stale_after, ==, d.stale_after);
	g_assert_cmpint(k->wait_ms, ==, d.wait_ms);
	g_assert_cmpstr(k->page_size, ==, d.page_size);
	g_assert_cmpstr(k->user_agent, ==, d.user_agent);
	g_assert_cmpint(k->follow_hosts, ==, d.follow_hosts);
	g_assert_null(k->proxy);
	g_assert_null(k->signing_key);
	g_assert_cmpuint(g_strv_length(k->authorities), ==, 2);
	g_assert_cmpstr(k->authorities[0], ==, "http://timestamp.digicert.com");
	g_assert_true(memcmp(&k->limits, &d.limits, sizeof(d.limits)) == 0);
	case_clear(&d);
}

/* What "init" writes says the defaults; uncommented, it means them. */
static void
test_template(void)
{
	g_autofree char *text = case_ini_template("US-HI", "T \\ 1");
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autoptr(GString) bare = g_string_new(NULL);
	g_autoptr(GError) e = NULL;
	struct kase k;

	case_ini_defaults(&k);
	case_ini_read("case.ini", text, strlen(text), &k, &e);
	g_assert_no_error(e);
	g_assert_cmpstr(k.forum, ==, "US-HI");
	g_assert_cmpstr(k.title, ==, "T \\ 1");
	same_as_default(&k);
	case_clear(&k);
	for (size_t i = 0; lines[i] != NULL; i++)
		g_string_append_printf(bare, "%s\n", lines[i] +
		    (lines[i][0] == '#' && lines[i][1] != ' '));
	case_ini_defaults(&k);
	case_ini_read("case.ini", bare->str, bare->len, &k, &e);
	g_assert_no_error(e);
	same_as_default(&k);
	case_clear(&k);
}

static void
test_values(void)
{
	static const char text[] = "\xef\xbb\xbf[case]\r\ntitle = Caf\xc3\xa9\r\n"
	    "motion_filed=2024-02-29\nstale_after = 90\n[collector]\n"
	    "name = A. Person (x)\norganisation=Firm\n[time]\nauthorities =\n"
	    "roots = my roots.pem\nwait=3\n[collect]\nproxy = "
	    "socks5h://127.0.0.1:9050\nlimit.http.body = 1000\ndeadline = 60\n"
	    "dns_servers = 192.0.2.1#5353, 2001:db8::1\nfollow_hosts=true\n"
	    "[report]\nletterhead = One\\nTwo\npage_size=A4\n";
	g_autoptr(GError) e = NULL;
	struct kase k;

	case_ini_defaults(&k);
	case_ini_read("some/case.ini", text, strlen(text), &k, &e);
	g_assert_no_error(e);
	g_assert_cmpstr(k.title, ==, "Caf\xc3\xa9");
	g_assert_cmpstr(k.motion_filed, ==, "2024-02-29");
	g_assert_cmpint(k.stale_after, ==, 90);
	g_assert_cmpuint(g_strv_length(k.authorities), ==, 0);
	g_assert_cmpstr(k.roots, ==, "some/my roots.pem");
	g_assert_cmpint(k.wait_ms, ==, 3000);
	g_assert_cmpint(k.limits.value[LIMIT_HTTP_BODY], ==, 1000);
	g_assert_cmpint(k.limits.value[LIMIT_RUN_DEADLINE], ==, 60000);
	g_assert_cmpuint(g_strv_length(k.dns_servers), ==, 2);
	g_assert_true(k.follow_hosts);
	g_assert_cmpstr(k.letterhead, ==, "One\nTwo");
	/* A parenthesis must not end the comment of the User-Agent field. */
	g_assert_true(g_str_has_suffix(k.user_agent,
	    "(+evidence collection; A. Person ?x?, Firm)"));
	case_clear(&k);
}

/* tests/data/case/ini/NAME.ini must be refused with the words of NAME.msg. */
static void
test_refused(gconstpointer data)
{
	const char *name = data;
	g_autofree char *ini = g_strdup_printf("tests/data/case/ini/%s.ini", name);
	g_autofree char *msg = g_strdup_printf("tests/data/case/ini/%s.msg", name);
	g_autofree char *text = NULL, *wanted = NULL;
	g_autoptr(GError) e = NULL;
	struct kase k;
	gsize len;

	g_assert_true(g_file_get_contents(ini, &text, &len, NULL));
	g_assert_true(g_file_get_contents(msg, &wanted, NULL, NULL));
	case_ini_defaults(&k);
	g_assert_cmpint(case_ini_read("case.ini", text, len, &k, &e), ==, -1);
	g_assert_error(e, CASE_ERROR, CASE_ERROR_USAGE);
	g_assert_cmpint(case_status(e), ==, 64);
	g_assert_cmpstr(e->message, ==, g_strchomp(wanted));
	case_clear(&k);
}

/* ---- tables */

/* Header, rows and problems, as NAME.out has them. */
static char *
dump(const struct csv *t)
{
	GString *s = g_string_new("columns");

	for (guint i = 0; i < t->header->len; i++)
		g_string_append_printf(s, "|%s", (char *)t->header->pdata[i]);
	g_string_append_c(s, '\n');
	for (guint r = 0; r < t->rows->len; r++) {
		const struct csv_row *row = t->rows->pdata[r];

		g_string_append_printf(s, "row %u", row->line);
		for (guint i = 0; i < row->cells->len; i++) {
			g_string_append_c(s, '|');
			text_term(s, row->cells->pdata[i], -1);
		}
		g_string_append_c(s, '\n');
	}
	for (guint i = 0; i < t->problems->len; i++)
		g_string_append_printf(s, "%s\n", (char *)t->problems->pdata[i]);
	return g_string_free(s, FALSE);
}

static void
test_csv(gconstpointer data)
{
	const char *name = data;
	g_autofree char *csv = g_strdup_printf("tests/data/case/csv/%s.csv", name);
	g_autofree char *out = g_strdup_printf("tests/data/case/csv/%s.out", name);
	g_autofree char *text = NULL, *wanted = NULL, *got = NULL;
	struct csv *t;
	gsize len;

	g_assert_true(g_file_get_contents(csv, &text, &len, NULL));
	g_assert_true(g_file_get_contents(out, &wanted, NULL, NULL));
	t = csv_read("t.csv", text, len);
	got = dump(t);
	g_assert_cmpstr(got, ==, wanted);
	csv_free(t);
	/* No prefix of it breaks the reader. */
	for (gsize i = 0; i < len; i++)
		csv_free(csv_read("t.csv", text, i));
}

/* ---- the case's folder */

static void
test_make(struct place *p, gconstpointer unused)
{
	g_autoptr(GError) e = NULL;
	g_autofree char *parties = NULL, *before = NULL, *after = NULL;
	struct kase k;

	(void)unused;
	make(p);
	case_load(p->dir, &k, &e);
	g_assert_no_error(e);
	g_assert_cmpstr(k.dir, ==, p->dir);
	g_assert_cmpstr(k.forum, ==, "US-HI");
	g_assert_cmpstr(k.title, ==, "A \\ title");
	g_assert_cmpuint(k.targets->len, ==, 0);
	case_clear(&k);
	parties = read_in(p->dir, "parties.csv");
	g_assert_cmpstr(parties, ==, "label,kind,from,to,note\n");
	/* A case that is there is left as it is. */
	before = read_in(p->dir, "ledger.jsonl");
	g_assert_cmpint(case_make(p->dir, "US-CA", NULL, &e), ==, -1);
	g_assert_error(e, CASE_ERROR, CASE_ERROR_USAGE);
	after = read_in(p->dir, "ledger.jsonl");
	g_assert_cmpstr(before, ==, after);
	g_clear_error(&e);
	g_assert_cmpint(case_make("/nonexistent/x", "US-XX", NULL, &e), ==, -1);
	g_assert_error(e, CASE_ERROR, CASE_ERROR_USAGE);
}

static void
test_targets(struct place *p, gconstpointer unused)
{
	struct kase k;

	(void)unused;
	make(p);
	write_in(p->dir, "targets.txt", "# none\n a.example # one\r\n\n"
	    "https://b.example/#part\n");
	g_assert_cmpint(case_load(p->dir, &k, NULL), ==, 0);
	g_assert_cmpuint(k.targets->len, ==, 2);
	g_assert_cmpstr(k.targets->pdata[0], ==, "a.example");
	g_assert_cmpstr(k.targets->pdata[1], ==, "https://b.example/#part");
	case_clear(&k);
}

static void
test_outside(struct place *p, gconstpointer unused)
{
	g_autoptr(GError) e = NULL;
	struct kase k;

	(void)unused;
	g_assert_cmpint(case_load(p->top, &k, NULL), ==, 0);
	g_assert_null(k.dir);
	same_as_default(&k);
	g_assert_null(case_record(&k, &e));
	g_assert_cmpint(case_status(e), ==, 64);
	case_clear(&k);
}

/* Each line's prev is the SHA-256 of the line before, LF included. */
static unsigned
check_chain(const char *dir)
{
	g_autofree char *text = read_in(dir, "ledger.jsonl");
	g_autofree char *tip = ledger_tip(dir);
	char prev[65] = "";
	unsigned n = 0;

	for (char *line = text, *lf; (lf = strchr(line, '\n')) != NULL;
	    line = lf + 1) {
		json_t *o = json_loadb(line, (size_t)(lf - line), 0, NULL);

		g_assert_nonnull(o);
		g_assert_cmpint(json_integer_value(json_object_get(o, "n")),
		    ==, ++n);
		g_assert_cmpstr(json_string_value(json_object_get(o, "prev")),
		    ==, prev);
		text_sha256(prev, line, (size_t)(lf - line) + 1);
		json_decref(o);
	}
	g_assert_cmpstr(tip, ==, prev);
	return n;
}

static void
test_ledger(struct place *p, gconstpointer unused)
{
	g_autoptr(GError) e = NULL;
	g_autofree char *path = NULL, *torn = NULL, *text = NULL;
	FILE *f;

	(void)unused;
	make(p);
	for (int i = 0; i < 40; i++)
		ledger_append(p->dir, "run sealed", json_pack("{s:i}", "i", i),
		    &e);
	g_assert_no_error(e);
	g_assert_cmpuint(check_chain(p->dir), ==, 41);
	/* A writer was killed in the middle of a line. */
	path = g_build_filename(p->dir, "ledger.jsonl", NULL);
	f = fopen(path, "a");
	g_assert_nonnull(f);
	fputs("{\"n\":42,\"at", f);
	fclose(f);
	g_assert_cmpint(ledger_append(p->dir, "x", NULL, &e), ==, 0);
	g_assert_cmpuint(check_chain(p->dir), ==, 42);
	torn = read_in(p->dir, "ledger.jsonl.torn");
	g_assert_cmpstr(torn, ==, "{\"n\":42,\"at");
	text = read_in(p->dir, "ledger.jsonl");
	g_assert_nonnull(strstr(text, "\"torn_bytes\":11"));
	/* Whole, but no line of ours: nothing is chained to it. */
	write_in(p->dir, "ledger.jsonl", "rubbish\n");
	g_assert_cmpint(ledger_append(p->dir, "x", NULL, &e), ==, -1);
	g_assert_nonnull(strstr(e->message, "ledger.jsonl"));
}

static void
test_lock(struct place *p, gconstpointer unused)
{
	int fd, status = 0;
	pid_t pid;

	(void)unused;
	make(p);
	fd = case_lock(p->dir);
	g_assert_cmpint(fd, >=, 0);
	pid = fork();
	if (pid == 0) {
		close(fd);
		g_assert_nonnull(freopen("/dev/null", "w", stderr));
		_exit(case_lock(p->dir) == -1 ? 75 : 0);
	}
	g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
	g_assert_cmpint(WEXITSTATUS(status), ==, 75);
	close(fd);
	fd = case_lock(p->dir);
	g_assert_cmpint(fd, >=, 0);
	close(fd);
}

static void
test_runs(struct place *p, gconstpointer unused)
{
	static const char *const names[] = {
		"000002", "000010", "000011.part", "12", "000003.tmp",
		"00000x", "0000000000007", "popcorn",
	};
	g_autofree char *runs = NULL, *dir = NULL, *part = NULL;

	(void)unused;
	make(p);
	g_assert_cmpuint(case_next_run(p->dir), ==, 1);
	g_assert_cmpuint(case_last_run(p->dir), ==, 0);
	runs = g_build_filename(p->dir, "runs", NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = g_build_filename(runs, names[i], NULL);

		g_assert_cmpint(g_mkdir(path, 0755), ==, 0);
	}
	g_assert_cmpuint(case_last_run(p->dir), ==, 10);
	g_assert_cmpuint(case_next_run(p->dir), ==, 12);
	dir = case_run_named(p->dir, "2");
	g_assert_true(g_str_has_suffix(dir, "/runs/000002"));
	part = case_run_named(p->dir, "11");
	g_assert_true(g_str_has_suffix(part, "/runs/000011.part"));
}

/* The bytes used are kept under their hash, once, and told once. */
static void
test_record(struct place *p, gconstpointer unused)
{
	g_autoptr(GError) e = NULL;
	g_autofree char *kept = NULL, *path = NULL;
	const struct file_hash *f;
	struct record *r;
	struct kase k;
	unsigned lines;

	(void)unused;
	make(p);
	write_in(p->dir, "parties.csv", "note,kind,extra,label\n"
	    "\"a, b\",doe,x,Doe 1\n");
	write_in(p->dir, "statements.csv", "id,type,text,source,date\n"
	    "S1,BELIEF,we think,counsel,2026-01-01\n"
	    "S2,IMPORTED,he said,letter,2026-01-02\n");
	write_in(p->dir, "own_addresses.txt", "# ours\n192.0.2.0/24\n2001:db8::1\n");
	g_assert_cmpint(case_load(p->dir, &k, NULL), ==, 0);
	r = case_record(&k, &e);
	g_assert_no_error(e);
	g_assert_cmpuint(r->parties->len, ==, 1);
	g_assert_cmpstr(((struct party *)r->parties->pdata[0])->label, ==, "Doe 1");
	g_assert_cmpstr(((struct party *)r->parties->pdata[0])->note, ==, "a, b");
	g_assert_cmpint(((struct statement *)r->statements->pdata[0])->type, ==,
	    BELIEF);
	g_assert_cmpint(((struct statement *)r->statements->pdata[1])->type, ==,
	    IMPORTED);
	g_assert_cmpuint(r->own->len, ==, 2);
	g_assert_cmpstr(r->as_of, ==, "");
	g_assert_cmpuint(r->table_hashes->len, ==, 5);
	f = r->table_hashes->pdata[1];
	g_assert_cmpstr(f->path, ==, "parties.csv");
	path = g_build_filename("tables", f->sha256, NULL);
	kept = read_in(p->dir, path);
	g_assert_true(g_str_has_prefix(kept, "note,kind,extra,label"));
	lines = check_chain(p->dir);
	g_assert_cmpuint(lines, ==, 6);
	record_free(r);
	record_free(case_record(&k, NULL));
	g_assert_cmpuint(check_chain(p->dir), ==, lines);
	write_in(p->dir, "own_addresses.txt", "192.0.2.1\n");
	record_free(case_record(&k, NULL));
	g_assert_cmpuint(check_chain(p->dir), ==, lines + 1);
	case_clear(&k);
}

/* ---- all of it */

static void
add_folder(const char *sub, const char *suffix, GTestDataFunc fn)
{
	g_autofree char *dir = g_build_filename("tests/data/case", sub, NULL);
	GDir *d = g_dir_open(dir, 0, NULL);
	const char *name;
	unsigned n = 0;

	g_assert_nonnull(d);
	for (; (name = g_dir_read_name(d)) != NULL; ) {
		g_autofree char *path = NULL;
		char *stem;

		if (!g_str_has_suffix(name, suffix))
			continue;
		stem = g_strndup(name, strlen(name) - strlen(suffix));
		path = g_strdup_printf("/case/%s/%s", sub, stem);
		g_test_add_data_func_full(path, stem, fn, g_free);
		n++;
	}
	g_dir_close(d);
	g_assert_cmpuint(n, >, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/case/template", test_template);
	g_test_add_func("/case/values", test_values);
	add_folder("ini", ".ini", test_refused);
	add_folder("csv", ".csv", test_csv);
#define FOLDER(name, fn) g_test_add("/case/" name, struct place, NULL, \
	set_up, fn, tear_down)
	FOLDER("make", test_make);
	FOLDER("targets", test_targets);
	FOLDER("outside", test_outside);
	FOLDER("ledger", test_ledger);
	FOLDER("lock", test_lock);
	FOLDER("runs", test_runs);
	FOLDER("record", test_record);
	return g_test_run();
}
