/* What was sent and received, from the archive of a run. */

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "collector/case.h"
#include "collector/files.h"
#include "collector/line.h"
#include "collector/load_priv.h"
#include "collector/warc.h"

#define RECEIVED_EACH	(256u << 10)
#define RECEIVED_ALL	(32u << 20)

/* The journal's own account of a row: question, meta, where the bytes are. */
static struct exchange *
exchange_of(const struct log_row *row, GError **e)
{
	struct exchange *x = row->json != NULL ? line_read(row->json) : NULL;

	if (x == NULL)
		g_set_error(e, CASE_ERROR, CASE_ERROR_IO, "record %llu is no "
		    "exchange", (unsigned long long)row->n);
	return x;
}

static GBytes *
bytes_of(int fd, const struct kept *kept, GError **e)
{
	return kept->there ? warc_kept(fd, kept, e) : g_bytes_new(NULL, 0);
}

static int
open_evidence(const char *dir, GError **e)
{
	g_autofree char *path = g_build_filename(dir, "data",
	    "evidence.warc.gz", NULL);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	return fd >= 0 ? fd : file_fail(e, path, "open");
}

GBytes *
run_bytes(const char *dir, const struct log_row *row, char which, GError **e)
{
	struct exchange *x = exchange_of(row, e);
	GBytes *bytes = NULL;
	int fd;

	if (x == NULL)
		return NULL;
	fd = open_evidence(dir, e);
	if (fd >= 0) {
		bytes = bytes_of(fd, which == 's' ? &x->sent_kept :
		    &x->received_kept, e);
		close(fd);
	}
	exchange_free(x);
	return bytes;
}

struct exchange *
run_exchange(const char *dir, const struct log_row *row, GError **e)
{
	struct exchange *x = exchange_of(row, e);
	int fd = x == NULL ? -1 : open_evidence(dir, e);
	gboolean ok = fd >= 0;

	if (ok && x->sent_kept.there)
		ok = (x->sent.bytes = warc_kept(fd, &x->sent_kept, e)) != NULL;
	if (ok && x->received_kept.there)
		ok = (x->received.bytes = warc_kept(fd, &x->received_kept,
		    e)) != NULL;
	if (fd >= 0)
		close(fd);
	if (ok)
		return x;
	if (x != NULL)
		exchange_free(x);
	return NULL;
}

static gboolean
may_be_quoted(const struct log_row *row)
{
	return strcmp(row->type, "exchange") == 0 &&
	    (row->kind == PROBE_WHOIS || row->kind == PROBE_RDAP ||
	    row->kind == PROBE_HTTP) && *row->received_sha256 != '\0' &&
	    row->received_size <= RECEIVED_EACH;
}

/* What does not match its hash is left out: no report may quote it. */
void
load_received(struct run *r, const char *dir)
{
	uint64_t total = 0;
	int fd = open_evidence(dir, NULL);

	for (guint i = 0; fd >= 0 && i < r->log->len; i++) {
		const struct log_row *row = r->log->pdata[i];
		struct exchange *x;
		GBytes *bytes;

		if (!may_be_quoted(row) ||
		    total + row->received_size > RECEIVED_ALL ||
		    (x = exchange_of(row, NULL)) == NULL)
			continue;
		bytes = bytes_of(fd, &x->received_kept, NULL);
		exchange_free(x);
		if (bytes == NULL)
			continue;
		total += row->received_size;
		g_hash_table_insert(r->received, g_memdup2(&row->n,
		    sizeof(row->n)), bytes);
	}
	if (fd >= 0)
		close(fd);
}
