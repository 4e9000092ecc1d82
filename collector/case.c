#include "collector/case.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collector/case_ini.h"
#include "collector/cmd.h"
#include "collector/files.h"
#include "collector/seal.h"
#include "collector/tables.h"

#define INI_MAX		(1u << 20)
#define TARGETS_MAX	(16u << 20)

G_DEFINE_QUARK(goodcause-case-error, case_error)

int
case_status(const GError *e)
{
	return e->domain == CASE_ERROR && e->code == CASE_ERROR_USAGE ?
	    EXIT_USAGE_ : EXIT_CANNOT;
}

/* "case.ini" in ".", else "DIR/case.ini": as somebody would type it. */
static char *
path_in(const char *dir, const char *name)
{
	return strcmp(dir, ".") == 0 ? g_strdup(name) :
	    g_build_filename(dir, name, NULL);
}

static gboolean
exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

/* ---- case.ini and targets.txt */

/* A # begins a comment at the start of a line or after a blank: an URL may
 * hold one. */
static void
cut_comment(char *line)
{
	for (char *c = line; *c != '\0'; c++)
		if (*c == '#' && (c == line || g_ascii_isspace(c[-1]))) {
			*c = '\0';
			return;
		}
}

static int
read_targets(const char *dir, GPtrArray *out, GError **e)
{
	g_autofree char *path = path_in(dir, "targets.txt");
	g_autoptr(GBytes) bytes = NULL;
	g_auto(GStrv) lines = NULL;
	g_autofree char *text = NULL;
	gsize len;
	const char *data;

	if (!exists(path))
		return 0;
	bytes = file_get(path, TARGETS_MAX, e);
	if (bytes == NULL)
		return -1;
	data = g_bytes_get_data(bytes, &len);
	if (len >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0)
		data += 3, len -= 3;
	if (memchr(data, '\0', len) != NULL ||
	    !g_utf8_validate(data, (gssize)len, NULL)) {
		g_set_error(e, CASE_ERROR, CASE_ERROR_USAGE,
		    "%s: not UTF-8\nOne target a line, # comments.", path);
		return -1;
	}
	text = g_strndup(data, len);
	lines = g_strsplit(text, "\n", -1);
	for (size_t i = 0; lines[i] != NULL; i++) {
		cut_comment(lines[i]);
		if (*g_strstrip(lines[i]) != '\0')
			g_ptr_array_add(out, g_strdup(lines[i]));
	}
	return 0;
}

int
case_load(const char *dir, struct kase *k, GError **e)
{
	g_autofree char *path = path_in(dir, "case.ini");
	g_autoptr(GBytes) bytes = NULL;
	gsize len;
	const char *text;

	case_ini_defaults(k);
	if (!exists(path))
		return 0;
	bytes = file_get(path, INI_MAX, e);
	if (bytes == NULL)
		goto bad;
	text = g_bytes_get_data(bytes, &len);
	if (case_ini_read(path, text, len, k, e) != 0 ||
	    read_targets(dir, k->targets, e) != 0)
		goto bad;
	k->dir = g_strdup(dir);
	return 0;
bad:
	case_clear(k);
	return -1;
}

void
case_clear(struct kase *k)
{
	char *const strings[] = {
		k->dir, k->title, k->court, k->number, k->forum,
		k->motion_filed, k->service_date, k->name, k->organisation,
		k->role, k->signing_key, k->roots, k->vantage, k->proxy,
		k->proxy_password_file, k->user_agent, k->report_title,
		k->letterhead, k->page_size, k->worksheet_heading,
	};

	for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
		g_free(strings[i]);
	g_strfreev(k->authorities);
	g_strfreev(k->dns_servers);
	g_strfreev(k->own_domains);
	g_strfreev(k->own_ids);
	g_strfreev(k->second_opinion);
	g_strfreev(k->client_subnets);
	if (k->targets != NULL)
		g_ptr_array_unref(k->targets);
	memset(k, 0, sizeof(*k));
}

/* ---- making one */

static const char targets_comment[] =
    "# One target a line: a domain, an URL or an IP address. # begins a comment.\n";

static const char *const folders[] = {
	"runs", "stamps", "reports", "imports", "tables",
};

static int
put_text(const char *dir, const char *name, const char *text, GError **e)
{
	g_autofree char *path = path_in(dir, name);

	return file_put(path, text, strlen(text), e);
}

static int
put_tables(const char *dir, GError **e)
{
	for (const struct table *t = tables; t->file != NULL; t++) {
		g_autofree char *text = t->columns != NULL ?
		    g_strconcat(t->columns, "\n", NULL) : g_strdup(t->says);

		if (put_text(dir, t->file, text, e) != 0)
			return -1;
	}
	return put_text(dir, "targets.txt", targets_comment, e);
}

static int
check_new(const char *dir, const char *forum, const char *title, GError **e)
{
	const char *problem = case_forum_problem(forum);
	g_autofree char *ini = path_in(dir, "case.ini");

	if (problem != NULL) {
		g_set_error(e, CASE_ERROR, CASE_ERROR_USAGE,
		    "--forum: \"%s\" cannot be used\nWanted: %s.", forum,
		    problem);
		return -1;
	}
	if (title != NULL && (!g_utf8_validate(title, -1, NULL) ||
	    strpbrk(title, "\n\r\t\x1b") != NULL)) {
		g_set_error(e, CASE_ERROR, CASE_ERROR_USAGE,
		    "--title: not one line of UTF-8\nIt stands on every page.");
		return -1;
	}
	if (!exists(ini))
		return 0;
	g_set_error(e, CASE_ERROR, CASE_ERROR_USAGE, "%s: there is a case "
	    "already\nNothing was changed. Name another folder.", dir);
	return -1;
}

int
case_make(const char *dir, const char *forum, const char *title, GError **e)
{
	g_autofree char *ini = NULL;
	json_t *made;

	if (check_new(dir, forum, title, e) != 0)
		return -1;
	if (g_mkdir_with_parents(dir, 0755) != 0)
		return file_fail(e, dir, "make");
	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *path = path_in(dir, folders[i]);

		if (!exists(path) && dir_make(path, e) != 0)
			return -1;
	}
	if (put_tables(dir, e) != 0)
		return -1;
	made = json_pack("{s:s, s:s, s:s}", "program", goodcause_version,
	    "forum", forum, "title", title != NULL ? title : "");
	if (ledger_append(dir, "case made", made, e) != 0)
		return -1;
	/* Last: what has a case.ini is a case, and whole. */
	ini = case_ini_template(forum, title);
	return put_text(dir, "case.ini", ini, e);
}

/* ---- the lock */

/* Says who holds it, as far as is known: a process wrote its number inside. */
static int
busy(const char *dir, int fd)
{
	char pid[24] = "";
	ssize_t n = pread(fd, pid, sizeof(pid) - 1, 0);
	g_autofree char *who = NULL;
	guint64 holder;

	pid[strcspn(pid, "\n")] = '\0';
	if (n > 0 && g_ascii_string_to_unsigned(pid, 10, 1, G_MAXINT32, &holder,
	    NULL))
		who = g_strdup_printf(" (process %d)", (int)holder);
	close(fd);
	cmd_fail(EXIT_BUSY, "Wait for it to end, then try again.",
	    "%s: another goodcause is at work on this case%s", dir,
	    who != NULL ? who : "");
	return -1;
}

int
case_lock(const char *dir)
{
	g_autofree char *path = path_in(dir, ".lock");
	char pid[24];
	int fd, n;

	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (fd < 0) {
		cmd_fail(EXIT_CANNOT, "The case's folder must be writable.",
		    "%s: cannot lock: %s", path, g_strerror(errno));
		return -2;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno == EWOULDBLOCK)
			return busy(dir, fd);
		cmd_fail(EXIT_CANNOT, NULL, "%s: cannot lock: %s", path,
		    g_strerror(errno));
		close(fd);
		return -2;
	}
	n = snprintf(pid, sizeof(pid), "%ld\n", (long)getpid());
	/* A courtesy to whoever comes second; the lock does not rest on it. */
	if (ftruncate(fd, 0) != 0 || pwrite(fd, pid, (size_t)n, 0) != n)
		return fd;
	return fd;
}

/* ---- runs */

/* The number of "000012", or of "000012.part" with unfinished; 0 for others. */
static unsigned
run_number(const char *name, gboolean unfinished)
{
	size_t digits = strspn(name, "0123456789");
	const char *rest = name + digits;

	if (digits < 6 || digits > 9 ||
	    strcmp(rest, unfinished ? ".part" : "") != 0)
		return 0;
	return (unsigned)strtoul(name, NULL, 10);
}

static int
compare_numbers(const void *a, const void *b)
{
	unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;

	return x < y ? -1 : x > y;
}

GArray *
case_run_numbers(const char *dir, gboolean unfinished)
{
	GArray *out = g_array_new(FALSE, FALSE, sizeof(unsigned));
	g_autofree char *runs = path_in(dir, "runs");
	GDir *d = g_dir_open(runs, 0, NULL);
	const char *name;

	while (d != NULL && (name = g_dir_read_name(d)) != NULL) {
		unsigned n = run_number(name, unfinished);

		if (n > 0)
			g_array_append_val(out, n);
	}
	if (d != NULL)
		g_dir_close(d);
	g_array_sort(out, compare_numbers);
	return out;
}

unsigned
case_last_run(const char *dir)
{
	g_autoptr(GArray) all = case_run_numbers(dir, FALSE);

	return all->len > 0 ? g_array_index(all, unsigned, all->len - 1) : 0;
}

unsigned
case_next_run(const char *dir)
{
	g_autoptr(GArray) part = case_run_numbers(dir, TRUE);
	unsigned last = case_last_run(dir);

	if (part->len > 0)
		last = MAX(last, g_array_index(part, unsigned, part->len - 1));
	return last + 1;
}

char *
case_run_dir(const char *dir, unsigned n)
{
	g_autofree char *name = g_strdup_printf("%06u", n);
	g_autofree char *runs = path_in(dir, "runs");

	return g_build_filename(runs, name, NULL);
}

char *
case_run_named(const char *dir, const char *run)
{
	g_autofree char *part = NULL;
	char *path;
	guint64 n;

	if (!g_ascii_string_to_unsigned(run, 10, 1, 999999999, &n, NULL))
		return g_strdup(run);
	path = case_run_dir(dir, (unsigned)n);
	part = g_strconcat(path, ".part", NULL);
	if (!exists(path) && exists(part)) {
		g_free(path);
		return g_steal_pointer(&part);
	}
	return path;
}
