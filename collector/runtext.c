/*
 * open.txt, bag-info.txt, head.txt.
 */

#include <string.h>
#include <sys/timex.h>
#include <time.h>

#include "collector/runtext.h"
#include "probes/seam.h"
#include "probes/text.h"

static void
line(GString *out, const char *label, const char *value)
{
	bag_line(out, label, value == NULL || *value == '\0' ? "none" : value);
}

static void
line_int(GString *out, const char *label, int64_t value)
{
	g_string_append_printf(out, "%s: %" G_GINT64_FORMAT "\n", label, value);
}

void
runtext_id(char out[65])
{
	unsigned char raw[32];

	random_bytes(raw, sizeof(raw));
	text_hex(out, raw, sizeof(raw));
}

/*
 * What the kernel says of its own clock.  A clock that nothing has ever set
 * shows as unsynchronised with an error of 16 s; that is printed, not judged.
 */
static void
clock_lines(GString *out)
{
	struct timex t = { 0 };
	struct timespec boot = { 0 };
	char when[32];
	int state = adjtimex(&t);

	text_time(when, clock_wall_us());
	clock_gettime(CLOCK_BOOTTIME, &boot);
	line(out, "clock-time", when);
	line_int(out, "clock-since-boot-ns",
	    (int64_t)boot.tv_sec * 1000000000 + boot.tv_nsec);
	line(out, "clock-status", state < 0 ? "unknown" :
	    state == TIME_ERROR || (t.status & STA_UNSYNC) != 0 ?
	    "unsynchronised" : "synchronised");
	line_int(out, "clock-maxerror-us", t.maxerror);
	line_int(out, "clock-esterror-us", t.esterror);
	line_int(out, "clock-tai-offset-s", t.tai);
}

static void
program_lines(GString *out)
{
	g_autofree char *program = g_strconcat("goodcause ", goodcause_version,
	    NULL);

	line(out, "program", program);
	line(out, "program-sha256", program_sha256());
}

GString *
runtext_open(const struct run_plan *plan, const char *id, const char *settings,
    const char *key)
{
	GString *out = g_string_new(NULL);

	line(out, "format", "goodcause-open/1");
	line(out, "run-id", id);
	line(out, "run", plan->name);
	line(out, "title", plan->title);
	line(out, "case", plan->case_id);
	line(out, "organisation", plan->organisation);
	line(out, "collector", plan->collector);
	line(out, "vantage", plan->vantage);
	program_lines(out);
	line(out, "settings-sha256", settings);
	line(out, "key-sha256", key);
	line(out, "previous-head", plan->previous_head);
	line(out, "ledger-tip", plan->ledger_tip);
	line(out, "imports-tip", plan->imports_tip);
	clock_lines(out);
	return out;
}

GString *
runtext_bag_info(const struct run_plan *plan, const GPtrArray *payload)
{
	GString *out = g_string_new(NULL);
	g_autofree char *agent = g_strconcat("goodcause ", goodcause_version,
	    NULL);
	char when[32];

	text_time_s(when, clock_wall_us());
	when[10] = '\0';	/* YYYY-MM-DD */
	if (plan->organisation != NULL && *plan->organisation != '\0')
		bag_line(out, "Source-Organization", plan->organisation);
	if (plan->collector != NULL && *plan->collector != '\0')
		bag_line(out, "Contact-Name", plan->collector);
	if (plan->title != NULL && *plan->title != '\0')
		bag_line(out, "External-Description", plan->title);
	if (plan->case_id != NULL && *plan->case_id != '\0')
		bag_line(out, "External-Identifier", plan->case_id);
	bag_line(out, "Internal-Sender-Identifier", plan->name);
	bag_line(out, "Bagging-Date", when);
	g_string_append_printf(out, "Payload-Oxum: %" G_GUINT64_FORMAT ".%u\n",
	    bag_octets(payload), payload->len);
	bag_line(out, "Bag-Software-Agent", agent);
	return out;
}

static void
head_opening(GString *out, const struct open_run *run)
{
	line(out, "opened", *run->open_token_sha256 == '\0' ? "untimed" :
	    run->opened);
	line(out, "opened-by", run->opened_by);
	line(out, "open-token-sha256", run->open_token_sha256);
}

static void
head_result(GString *out, const struct run_result *r,
    const struct run_count *count)
{
	line(out, "started", r->started);
	line(out, "ended", r->ended);
	line(out, "state", r->complete ? "complete" : "incomplete");
	line(out, "why", r->complete ? NULL : r->why);
	line_int(out, "exchanges", (int64_t)count->exchanges);
	line_int(out, "facts", (int64_t)count->facts);
	line_int(out, "log-lines", (int64_t)count->lines);
	line(out, "log-tip", count->tip);
}

static int
head_tags(GString *out, const char *dir, GError **error)
{
	g_autofree char *a = g_build_filename(dir, "tagmanifest-sha256.txt", NULL);
	g_autofree char *b = g_build_filename(dir, "tagmanifest-sha512.txt", NULL);
	g_autofree char *o = g_build_filename(dir, "open.txt", NULL);
	struct file_sums sa, sb, so;

	if (file_sums(a, &sa, error) < 0 || file_sums(b, &sb, error) < 0 ||
	    file_sums(o, &so, error) < 0)
		return -1;
	line(out, "open-sha256", so.sha256);
	line(out, "tagmanifest-sha256", sa.sha256);
	line(out, "tagmanifest-sha512", sb.sha512);
	return 0;
}

/* The fingerprint and the ledger's lines are those of open.txt: one source. */
static void
head_from_open(GString *out, const char *dir)
{
	static const char *const labels[] = { "key-sha256", "previous-head",
	    "ledger-tip", "imports-tip" };
	g_autofree char *path = g_build_filename(dir, "open.txt", NULL);
	g_autoptr(GBytes) bytes = file_get(path, 65536, NULL);
	g_autofree char *text = bytes == NULL || g_bytes_get_size(bytes) == 0 ?
	    g_strdup("") : g_strndup(
	    g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));

	for (unsigned i = 0; i < G_N_ELEMENTS(labels); i++) {
		g_autofree char *value = bag_value(text, labels[i]);

		line(out, labels[i], value);
	}
}

GString *
runtext_head(const struct run_plan *plan, const struct open_run *run,
    const struct run_result *result, const struct run_count *count,
    const GPtrArray *payload, GError **error)
{
	GString *out = g_string_new(NULL);

	line(out, "format", "goodcause-head/1");
	line(out, "run-id", run->id);
	line(out, "run", plan->name);
	line(out, "title", plan->title);
	line(out, "case", plan->case_id);
	program_lines(out);
	head_opening(out, run);
	head_result(out, result, count);
	line_int(out, "payload-files", (int64_t)payload->len);
	line_int(out, "payload-octets", (int64_t)bag_octets(payload));
	head_from_open(out, run->dir);
	if (head_tags(out, run->dir, error) == 0)
		return out;
	g_string_free(out, TRUE);
	return NULL;
}
