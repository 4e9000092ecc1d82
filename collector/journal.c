/*
 * The journal: what a run is told becomes bytes, in an order that a power cut
 * cannot upset (disk.h).
 */

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "collector/files.h"
#include "collector/journal_priv.h"
#include "collector/line.h"
#include "probes/json_text.h"
#include "probes/seam.h"
#include "probes/text.h"

#define FLUSH_NS	(50 * 1000000LL)
#define FLUSH_BYTES	(256u << 10)	/* then without waiting so long */
#define WAITING_MOST	(2u << 20)	/* then the loop waits for the disk */
#define RECORD		2048		/* of a record and its line, bytes aside */

/* --- what was taken ------------------------------------------------------- */

struct item {
	struct exchange	*x;		/* a copy; NULL: an event */
	uint64_t	 n;
	const char	*type;		/* static */
	GString		*members;	/* NULL where it has none */
};

static void
item_free(void *p)
{
	struct item *it = p;

	if (it == NULL)
		return;
	exchange_free(it->x);
	if (it->members != NULL)
		g_string_free(it->members, TRUE);
	g_free(it);
}

static struct item *
item_add(struct journal *j, size_t weight)
{
	struct item *it = g_new0(struct item, 1);

	it->n = ++j->n;
	g_ptr_array_add(j->taken.taken, it);
	j->taken.weight += weight;
	return it;
}

static int
item_write(struct journal *j, struct batch *b, const struct item *it)
{
	unsigned char raw[16];
	char salt[33];

	if (it->x == NULL) {
		line_event(b->log, it->n, it->type, j->tip, it->members);
		return 0;
	}
	if (warc_exchange(j->writer, b->warc, j->archived, it->x) < 0)
		return -1;
	random_bytes(raw, sizeof(raw));
	text_hex(salt, raw, sizeof(raw));
	line_exchange(b->log, it->x, j->tip, salt);
	return 0;
}

/* In the disk's thread: records and lines, each line chained to the last. */
static int
prepare(struct batch *b, void *arg)
{
	struct journal *j = arg;

	for (guint i = 0; i < b->taken->len; i++) {
		gsize was = b->log->len;

		if (item_write(j, b, b->taken->pdata[i]) < 0)
			return -1;
		text_sha256(j->tip, b->log->str + was, b->log->len - was);
		/* What it was made of is not kept beside the record. */
		item_free(g_steal_pointer(&b->taken->pdata[i]));
	}
	j->archived += b->warc->len;
	return 0;
}

/* --- making --------------------------------------------------------------- */

struct journal *
journal_new(const char *dir)
{
	static const char zeros[65] = "00000000000000000000000000000000"
	    "00000000000000000000000000000000";
	struct journal *j = g_new0(struct journal, 1);

	j->dir = g_strdup(dir);
	j->writer = warc_new();
	batch_init(&j->taken, item_free);
	memcpy(j->tip, zeros, sizeof(j->tip));
	return j;
}

void
journal_free(struct journal *j)
{
	if (j == NULL)
		return;
	disk_close(j->disk);
	warc_free(j->writer);
	batch_clear(&j->taken);
	g_free(j->dir);
	g_free(j->error);
	g_free(j);
}

int
journal_open(struct journal *j, int flags, GError **error)
{
	const struct disk_setup setup = { .prepare = prepare, .arg = j,
	    .taken_free = item_free };

	j->disk = disk_open(j->dir, flags, &setup, error);
	return j->disk != NULL ? 0 : -1;
}

int
journal_flush_first(struct journal *j, GError **error)
{
	if (journal_flush(j) == 0)
		return 0;
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s", j->error);
	return -1;
}

struct journal *
journal_create(const char *rundir, json_t *first, GError **error)
{
	struct journal *j = journal_new(rundir);
	json_t *members = json_pack("{s:s}", "format", "run/1");
	const char *run = json_string_value(json_object_get(first, "run"));
	const char *title = json_string_value(json_object_get(first, "title"));
	int rc = -1;

	json_object_update_missing(members, first);
	if (journal_open(j, O_CREAT | O_EXCL, error) == 0 && warc_info(j->writer, j->taken.warc,
	    clock_wall_us(), run != NULL ? run : "", title != NULL ? title :
	    "") == 0 && journal_event(j, "open", json_incref(members)) == 1)
		rc = journal_flush_first(j, error);
	json_decref(members);
	json_decref(first);
	if (rc == 0)
		return j;
	journal_free(j);
	return NULL;
}

/* --- taking --------------------------------------------------------------- */

static int
stop(struct journal *j, const char *why)
{
	if (j->error == NULL)
		j->error = g_strdup(why);
	return -1;
}

int
journal_exchange(struct journal *j, struct exchange *x)
{
	struct item *it;

	if (j->error != NULL)
		return -1;
	it = item_add(j, RECORD + exchange_size(x));
	x->n = it->n;
	it->x = exchange_copy(x);
	j->exchanges++;
	return 0;
}

uint64_t
journal_event(struct journal *j, const char *type, json_t *members)
{
	struct item *it;

	if (j->error == NULL) {
		it = item_add(j, RECORD);
		it->type = type;
		if (json_object_size(members) > 0) {
			it->members = g_string_new("");
			json_put_members(it->members, members);
		}
	}
	json_decref(members);
	return j->error == NULL ? j->n : 0;
}

int
journal_fact(struct journal *j, struct fact *f)
{
	if (j->error != NULL)
		return -1;
	f->id = (uint32_t)++j->fact_count;
	fact_write(f, j->taken.facts);
	return 0;
}

/* --- making durable ------------------------------------------------------- */

static int
give(struct journal *j)
{
	j->taken.n = j->n;
	return disk_give(j->disk, &j->taken) == 0 ? 0 :
	    stop(j, disk_error(j->disk));
}

int
journal_flush(struct journal *j)
{
	if (j->error != NULL || give(j) < 0)
		return -1;
	return disk_wait(j->disk) == 0 ? 0 : stop(j, disk_error(j->disk));
}

int
journal_tick(struct journal *j, int64_t now_mono_ns)
{
	size_t waiting = batch_size(&j->taken);

	if (j->error == NULL && disk_error(j->disk) != NULL)
		stop(j, disk_error(j->disk));
	if (j->error != NULL)
		return -1;
	if (waiting == 0 || (waiting < FLUSH_BYTES &&
	    now_mono_ns - j->flushed < FLUSH_NS) ||
	    (waiting < WAITING_MOST && disk_busy(j->disk)))
		return 0;
	j->flushed = now_mono_ns;
	return give(j);
}

uint64_t
journal_durable(struct journal *j)
{
	return disk_durable(j->disk);
}

/* --- asking --------------------------------------------------------------- */

const char *
journal_error(const struct journal *j)
{
	return j->error;
}

uint64_t
journal_lines(const struct journal *j)
{
	return j->n;
}

uint64_t
journal_exchanges(const struct journal *j)
{
	return j->exchanges;
}

const char *
journal_tip(const struct journal *j)
{
	return j->tip;
}
