/*
 * What a user relies on: a line of the log never names bytes that are not on
 * disk; what was flushed survives a kill and a full disk; a torn tail is moved
 * aside and counted, never dropped.
 */

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "collector/files.h"
#include "collector/journal.h"
#include "collector/line.h"
#include "collector/warc.h"
#include "probes/text.h"

#ifdef __SANITIZE_ADDRESS__
#define RUNNING_SANITIZED TRUE
#else
#define RUNNING_SANITIZED FALSE
#endif

struct place {
	char	*dir;
};

static void
set_up(struct place *p, gconstpointer unused)
{
	g_autofree char *data = NULL;

	(void)unused;
	p->dir = g_dir_make_tmp("journal-XXXXXX", NULL);
	g_assert_nonnull(p->dir);
	data = g_build_filename(p->dir, "data", NULL);
	g_assert_cmpint(g_mkdir(data, 0755), ==, 0);
}

static void
tear_down(struct place *p, gconstpointer unused)
{
	g_autoptr(GPtrArray) all = file_tree(p->dir, "", NULL);
	static const char *const folders[] = { "data/torn", "data", "" };

	(void)unused;
	for (guint i = 0; all != NULL && i < all->len; i++) {
		g_autofree char *f = g_build_filename(p->dir,
		    g_ptr_array_index(all, i), NULL);

		g_unlink(f);
	}
	for (guint i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *f = g_build_filename(p->dir, folders[i], NULL);

		g_rmdir(f);
	}
	g_free(p->dir);
}

static GBytes *
bytes(const char *s)
{
	return g_bytes_new(s, strlen(s));
}

static struct exchange *
an_exchange(const char *url, const char *answer)
{
	struct question *q = question_new(PROBE_HTTP, url, "page",
	    "popcorn.example", "192.0.2.47", 443, "");
	struct exchange *x = exchange_new(q);

	question_unref(q);
	x->target = g_strdup("popcorn.example");
	x->cause = 1;
	x->rule = "dns.a";
	x->start = x->end = 1790000000000000;
	x->exit = "direct";
	g_strlcpy(x->remote, "192.0.2.47#443", sizeof(x->remote));
	g_strlcpy(x->detail, answer == NULL ? "" : "200", sizeof(x->detail));
	x->status = answer == NULL ? X_TIMEOUT : X_ANSWERED;
	x->sent.bytes = bytes("GET / HTTP/1.1\r\nHost: popcorn.example\r\n\r\n");
	if (answer != NULL)
		x->received.bytes = bytes(answer);
	exchange_meta(x, "tls.version", "TLSv1.3");
	return x;
}

static void
take(struct journal *j, const char *answer)
{
	struct exchange *x = an_exchange("https://popcorn.example/", answer);

	g_assert_cmpint(journal_exchange(j, x), ==, 0);
	exchange_free(x);
}

static struct journal *
begin(const struct place *p)
{
	g_autoptr(GError) error = NULL;
	struct journal *j = journal_create(p->dir,
	    json_pack("{s:s,s:s}", "run", "000001", "title", "A v. B"), &error);

	g_assert_no_error(error);
	g_assert_nonnull(j);
	return j;
}

static char *
in(const struct place *p, const char *name)
{
	return g_build_filename(p->dir, "data", name, NULL);
}

static char *
contents(const struct place *p, const char *name, gsize *len)
{
	g_autofree char *path = in(p, name);
	char *text = NULL;

	g_assert_true(g_file_get_contents(path, &text, len, NULL));
	return text;
}

/* --- the log ---------------------------------------------------------------- */

static void
test_lines(struct place *p, gconstpointer unused)
{
	struct journal *j = begin(p);
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	char prev[65];

	(void)unused;
	memset(prev, '0', 64);
	prev[64] = '\0';
	take(j, "HTTP/1.1 200 OK\r\n\r\nhello");
	g_assert_cmpuint(journal_event(j, "limit",
	    json_pack("{s:s}", "text", "one page too many")), ==, 3);
	take(j, NULL);
	g_assert_cmpint(journal_flush(j), ==, 0);
	g_assert_cmpuint(journal_lines(j), ==, 4);
	g_assert_cmpuint(journal_exchanges(j), ==, 2);
	text = contents(p, "log.jsonl", NULL);
	lines = g_strsplit(text, "\n", -1);
	g_assert_cmpuint(g_strv_length(lines), ==, 5);
	for (int i = 0; i < 4; i++) {
		json_error_t why;
		json_t *line = json_loads(lines[i], JSON_REJECT_DUPLICATES, &why);
		g_autofree char *whole = g_strconcat(lines[i], "\n", NULL);

		g_assert_nonnull(line);
		g_assert_cmpint(json_integer_value(json_object_get(line, "n")),
		    ==, i + 1);
		g_assert_cmpstr(json_string_value(json_object_get(line, "prev")),
		    ==, prev);
		text_sha256(prev, whole, strlen(whole));
		json_decref(line);
	}
	g_assert_cmpstr(prev, ==, journal_tip(j));
	g_assert_true(g_str_has_prefix(lines[0], "{\"n\":1,\"type\":\"open\","));
	g_assert_nonnull(strstr(lines[0], "\"format\":\"run/1\""));
	g_assert_nonnull(strstr(lines[1], ",\"cause\":{\"n\":1,\"rule\":\"dns.a\"}"));
	g_assert_nonnull(strstr(lines[3], "\"received\":null}"));
	journal_free(j);
}

/* The bytes come back as they were, whatever they were. */
struct seen {
	int	 count;
	char	*bytes[8];
};

static void
see(struct exchange *x, void *data)
{
	struct seen *s = data;

	g_assert_cmpint(s->count, <, 8);
	s->bytes[s->count++] = x->received.bytes == NULL ? NULL :
	    g_bytes_get_size(x->received.bytes) == 0 ? g_strdup("") :
	    g_strndup(g_bytes_get_data(x->received.bytes, NULL),
	    g_bytes_get_size(x->received.bytes));
	g_assert_cmpstr(x->q->server, ==, "192.0.2.47");
	g_assert_cmpstr(x->target, ==, "popcorn.example");
	g_assert_cmpstr(exchange_meta_get(x, "tls.version"), ==, "TLSv1.3");
	g_assert_cmpint(x->start, ==, 1790000000000000);
	g_assert_cmpint(x->q->port, ==, 443);
	exchange_free(x);
}

static void
test_each(struct place *p, gconstpointer unused)
{
	struct journal *j = begin(p);
	struct seen s = { 0 };
	g_autoptr(GError) error = NULL;

	(void)unused;
	take(j, "one");
	take(j, NULL);
	take(j, "");
	g_assert_cmpint(journal_flush(j), ==, 0);
	journal_free(j);
	g_assert_cmpint(journal_each(p->dir, see, &s, &error), ==, 0);
	g_assert_no_error(error);
	g_assert_cmpint(s.count, ==, 3);
	g_assert_cmpstr(s.bytes[0], ==, "one");
	g_assert_null(s.bytes[1]);
	g_assert_cmpstr(s.bytes[2], ==, "");
	for (int i = 0; i < s.count; i++)
		g_free(s.bytes[i]);
}

/* --- killed ----------------------------------------------------------------- */

static void
append_to(const struct place *p, const char *name, const char *more)
{
	g_autofree char *path = in(p, name);
	int fd = open(path, O_WRONLY | O_APPEND);

	g_assert_cmpint(fd, >=, 0);
	g_assert_cmpint(write(fd, more, strlen(more)), ==, (ssize_t)strlen(more));
	close(fd);
}

static uint64_t
size_of(const struct place *p, const char *name)
{
	gsize len;
	g_autofree char *text = contents(p, name, &len);

	return len;
}

static void
test_resume(struct place *p, gconstpointer unused)
{
	struct journal *j = begin(p);
	g_autoptr(GError) error = NULL;
	g_autofree char *torn = NULL, *log = NULL;
	uint64_t warc;

	(void)unused;
	take(j, "one");
	take(j, NULL);		/* its metadata record is named by no line */
	g_assert_cmpint(journal_flush(j), ==, 0);
	journal_free(j);
	warc = size_of(p, "evidence.warc.gz");
	append_to(p, "log.jsonl", "{\"n\":4,\"type\":\"exch");
	append_to(p, "evidence.warc.gz", "half a member");
	append_to(p, "facts.jsonl", "{\"id\":");
	j = journal_resume(p->dir, json_pack("{s:s}", "why", "killed"), &error);
	g_assert_no_error(error);
	g_assert_nonnull(j);
	g_assert_cmpuint(journal_lines(j), ==, 4);
	g_assert_cmpuint(journal_exchanges(j), ==, 2);
	g_assert_cmpuint(size_of(p, "evidence.warc.gz"), ==, warc);
	g_assert_cmpuint(size_of(p, "facts.jsonl"), ==, 0);
	torn = contents(p, "torn/001.torn_log", NULL);
	g_assert_cmpstr(torn, ==, "{\"n\":4,\"type\":\"exch");
	g_clear_pointer(&torn, g_free);
	torn = contents(p, "torn/001.torn_warc", NULL);
	g_assert_cmpstr(torn, ==, "half a member");
	take(j, "two");
	g_assert_cmpint(journal_flush(j), ==, 0);
	journal_free(j);
	log = contents(p, "log.jsonl", NULL);
	g_assert_nonnull(strstr(log, "\"why\":\"killed\",\"torn_log\":19,"
	    "\"torn_warc\":13}"));
}

/* A line that names bytes beyond the archive is no record: say so and stop. */
static void
test_resume_refuses(struct place *p, gconstpointer unused)
{
	struct journal *j = begin(p);
	g_autoptr(GError) error = NULL;
	g_autofree char *path = in(p, "evidence.warc.gz");

	(void)unused;
	take(j, "one");
	g_assert_cmpint(journal_flush(j), ==, 0);
	journal_free(j);
	g_assert_cmpint(truncate(path, 100), ==, 0);
	g_assert_null(journal_resume(p->dir, NULL, &error));
	g_assert_nonnull(error);
	g_assert_nonnull(strstr(error->message, "evidence.warc.gz"));
}

/* Every length that a power cut can leave log.jsonl at. */
static void
test_every_cut(struct place *p, gconstpointer unused)
{
	struct journal *j = begin(p);
	g_autofree char *log = in(p, "log.jsonl"), *warc = in(p, "evidence.warc.gz");
	g_autofree char *log_was = NULL, *warc_was = NULL;
	gsize log_len, warc_len, first;

	(void)unused;
	take(j, "one");
	take(j, "two");
	g_assert_cmpint(journal_flush(j), ==, 0);
	journal_free(j);
	log_was = contents(p, "log.jsonl", &log_len);
	warc_was = contents(p, "evidence.warc.gz", &warc_len);
	first = (gsize)(strchr(log_was, '\n') - log_was) + 1;
	for (gsize cut = first; cut <= log_len; cut += 7) {
		g_autoptr(GError) error = NULL;
		struct seen s = { 0 };

		g_assert_true(g_file_set_contents(log, log_was, (gssize)cut, NULL));
		g_assert_true(g_file_set_contents(warc, warc_was,
		    (gssize)warc_len, NULL));
		j = journal_resume(p->dir, NULL, &error);
		g_assert_no_error(error);
		take(j, "three");
		g_assert_cmpint(journal_flush(j), ==, 0);
		journal_free(j);
		g_assert_cmpint(journal_each(p->dir, see, &s, &error), ==, 0);
		g_assert_cmpstr(s.bytes[s.count - 1], ==, "three");
		for (int i = 0; i < s.count; i++)
			g_free(s.bytes[i]);
	}
}

/* --- the disk is full ------------------------------------------------------- */

/* In a child: files may not grow past what they are now and a little. */
static int
child_fills_disk(const struct place *p)
{
	struct journal *j = begin(p);
	struct rlimit room = { 6000, 6000 };
	GString *large = g_string_new("HTTP/1.1 200 OK\r\n\r\n");
	uint64_t warc;

	take(j, "kept");
	if (journal_flush(j) != 0)
		return 10;
	warc = size_of(p, "evidence.warc.gz");
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &room);
	for (int i = 0; i < 20000; i++)
		g_string_append_printf(large, "%x", (unsigned)g_random_int());
	take(j, large->str);
	if (journal_flush(j) != -1)
		return 11;
	if (journal_error(j) == NULL ||
	    strstr(journal_error(j), "evidence.warc.gz") == NULL ||
	    strstr(journal_error(j), g_strerror(EFBIG)) == NULL)
		return 12;
	if (size_of(p, "evidence.warc.gz") != warc)
		return 13;
	if (journal_event(j, "limit", json_object()) != 0)
		return 14;
	return 0;
}

static void
test_full(struct place *p, gconstpointer unused)
{
	pid_t pid = fork();
	int status = 0;
	struct seen s = { 0 };
	g_autoptr(GError) error = NULL;
	struct journal *j;

	(void)unused;
	if (pid == 0)
		_exit(child_fills_disk(p));
	waitpid(pid, &status, 0);
	g_assert_cmpint(WEXITSTATUS(status), ==, 0);
	j = journal_resume(p->dir, NULL, &error);
	g_assert_no_error(error);
	journal_free(j);
	g_assert_cmpint(journal_each(p->dir, see, &s, &error), ==, 0);
	g_assert_cmpint(s.count, ==, 1);
	g_assert_cmpstr(s.bytes[0], ==, "kept");
	g_free(s.bytes[0]);
}

/* --- how much it takes ------------------------------------------------------ */

static void
test_cost(struct place *p, gconstpointer unused)
{
	struct journal *j = begin(p);
	struct exchange *x[60];
	g_autofree char *body = g_strnfill(600, 'x');
	g_autofree char *answer = g_strconcat("HTTP/1.1 200 OK\r\n\r\n", body,
	    NULL);
	struct timespec a, b;
	double ms;

	(void)unused;
	for (int i = 0; i < 60; i++)
		x[i] = an_exchange("https://popcorn.example/", answer);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
	for (int i = 0; i < 60; i++)
		g_assert_cmpint(journal_exchange(j, x[i]), ==, 0);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
	ms = (double)(b.tv_sec - a.tv_sec) * 1e3 +
	    (double)(b.tv_nsec - a.tv_nsec) / 1e6;
	g_test_message("60 exchanges: %.2f ms of CPU", ms);
	g_assert_cmpint(journal_flush(j), ==, 0);
	for (int i = 0; i < 60; i++)
		exchange_free(x[i]);
	journal_free(j);
	if (!RUNNING_SANITIZED)
		g_assert_cmpfloat(ms, <, 30);
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*fn)(struct place *, gconstpointer);
	} tests[] = {
		{ "/journal/lines", test_lines },
		{ "/journal/bytes come back", test_each },
		{ "/journal/resume", test_resume },
		{ "/journal/resume refuses a short archive", test_resume_refuses },
		{ "/journal/every cut", test_every_cut },
		{ "/journal/full disk", test_full },
		{ "/journal/cost", test_cost },
	};

	g_test_init(&argc, &argv, NULL);
	for (unsigned i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].name, struct place, NULL, set_up,
		    tests[i].fn, tear_down);
	return g_test_run();
}
