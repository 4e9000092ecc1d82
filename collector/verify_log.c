/*
 * The log's chain, the record behind each line of it, and the facts read from
 * those bytes once more.
 *
 * The archive is read along the log: the members that a line names, and between
 * them nothing but the archive's head and records of failures.
 */

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "collector/line.h"
#include "collector/read.h"
#include "collector/verify_priv.h"
#include "collector/warc.h"
#include "probes/text.h"

#define WARC_FILE	"data/evidence.warc.gz"
#define LOG_FILE	"data/log.jsonl"
#define FACTS_FILE	"data/facts.jsonl"

/* A fold over the lines of one exchange's facts: H(before, line). */
struct fold {
	char		 again[65], stored[65];
	unsigned	 again_count, stored_count;
	enum probe_kind	 kind;
	gboolean	 skip;		/* its bytes could not be read */
};

struct walk {
	struct verifying *v;
	int		 fd;
	uint64_t	 pos;		/* of the archive, read so far */
	GHashTable	*folds;		/* n -> struct fold * */
	gboolean	 other_reader[PROBE_KINDS];
	uint64_t	 direct, joined, fact_ids;
};

/* --- facts, folded ---------------------------------------------------------- */

static void
fold_fact(char sum[65], struct fact *f)
{
	g_autoptr(GString) line = g_string_new(sum);
	uint32_t id = f->id;

	f->id = 0;	/* given by the collector, not by the reader */
	fact_write(f, line);
	f->id = id;
	text_sha256(sum, line->str, line->len);
}

static void
read_again(struct walk *w, struct exchange *x, gboolean sound)
{
	g_autoptr(GPtrArray) facts = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)fact_free);
	struct fold *fold = g_new0(struct fold, 1);

	fold->kind = x->q->kind;
	fold->skip = !sound;
	g_hash_table_insert(w->folds, GSIZE_TO_POINTER((gsize)x->n), fold);
	if (!sound || w->v->options->no_facts || exchange_read(x, facts) < 0)
		return;
	for (guint i = 0; i < facts->len; i++)
		fold_fact(fold->again, g_ptr_array_index(facts, i));
	fold->again_count = facts->len;
}

static void
take_direct(struct walk *w, struct fact *f)
{
	uint64_t n = fact_source(f);
	struct fold *fold = g_hash_table_lookup(w->folds,
	    GSIZE_TO_POINTER((gsize)n));

	w->direct++;
	if (f->from->len != 1 || fold == NULL) {
		verify_bad(w->v, PART_FACTS, FACTS_FILE, 0, "F-%06u "
		    "rests on no record of the log", f->id);
		return;
	}
	if (f->reader == NULL ||
	    strcmp(f->reader, reader_of(fold->kind)->version) != 0)
		w->other_reader[fold->kind] = TRUE;
	fold_fact(fold->stored, f);
	fold->stored_count++;
}

static void
take_joined(struct walk *w, const struct fact *f)
{
	w->joined++;
	for (guint i = 0; i < f->from->len; i++)
		if (g_array_index(f->from, uint64_t, i) >= f->id)
			verify_bad(w->v, PART_FACTS, FACTS_FILE, 0, "F-%06u "
			    "rests on no earlier fact", f->id);
}

static int
fact_line(const char *text, size_t len, void *data)
{
	struct walk *w = data;
	struct fact *f = fact_read(text, len);

	if (f == NULL || f->id != ++w->fact_ids || f->from == NULL) {
		verify_bad(w->v, PART_FACTS, FACTS_FILE, 0,
		    "%s: line %" G_GUINT64_FORMAT " is no fact in its order",
		    FACTS_FILE, w->fact_ids);
		fact_free(f);
		return 1;
	}
	if (f->type == OBSERVED)
		take_direct(w, f);
	else
		take_joined(w, f);
	fact_free(f);
	return 0;
}

static int
by_number(gconstpointer a, gconstpointer b)
{
	gsize x = GPOINTER_TO_SIZE(*(gconstpointer const *)a);
	gsize y = GPOINTER_TO_SIZE(*(gconstpointer const *)b);

	return x < y ? -1 : x > y;
}

static void
compare_folds(struct walk *w)
{
	g_autofree gpointer *keys = NULL;
	guint count = 0;

	keys = g_hash_table_get_keys_as_array(w->folds, &count);
	qsort(keys, count, sizeof(*keys), by_number);
	for (guint i = 0; i < count; i++) {
		const struct fold *f = g_hash_table_lookup(w->folds, keys[i]);

		if (f->skip || w->other_reader[f->kind] ||
		    strcmp(f->again, f->stored) == 0)
			continue;
		verify_bad(w->v, PART_FACTS, FACTS_FILE,
		    GPOINTER_TO_SIZE(keys[i]), "record %zu: %u facts are kept, "
		    "%u come out, and they are not the same",
		    GPOINTER_TO_SIZE(keys[i]), f->stored_count, f->again_count);
	}
}

static void
check_facts(struct walk *w)
{
	g_autofree char *path = g_build_filename(w->v->dir, FACTS_FILE, NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) other = g_string_new(NULL);
	uint64_t whole, left;

	if (line_each(path, fact_line, w, &whole, &error) < 0)
		verify_bad(w->v, PART_FACTS, FACTS_FILE, 0, "%s",
		    error->message);
	w->v->facts = w->fact_ids;
	if (!w->v->options->no_facts) {
		compare_folds(w);
		verify_joined(w->v);
	}
	for (int k = 0; k < PROBE_KINDS; k++)
		if (w->other_reader[k])
			g_string_append_printf(other, "%s %s", other->len > 0 ?
			    "," : "", probe_kind_name((enum probe_kind)k));
	left = w->joined - MIN(w->joined, w->v->joined_again);
	if (w->v->options->no_facts)
		verify_say(w->v, PART_FACTS, "not read again");
	else if (w->v->out->bad_of[PART_FACTS] > 0)
		verify_say(w->v, PART_FACTS, "not the same");
	else
		verify_say(w->v, PART_FACTS, "%" G_GUINT64_FORMAT " come out of "
		    "the bytes the same%s%s; %" G_GUINT64_FORMAT " of %"
		    G_GUINT64_FORMAT " joined from them come out the same%s",
		    w->direct, other->len > 0 ?
		    ", not compared where another version read:" : "",
		    other->str, w->v->joined_again, w->joined, left == 0 ? "" :
		    ", the others were not compared: the run was resumed or "
		    "closed early, or another version joined them");
}

/* --- records ---------------------------------------------------------------- */

/* Between named members: the archive's head, and records of failures. */
static void
pass_unnamed(struct walk *w, uint64_t until)
{
	while (w->pos < until) {
		g_autoptr(GError) error = NULL;
		struct warc_member m;
		char want[80];
		int rc = warc_read(w->fd, w->pos, WARC_BLOCK_MAX, &m, &error);
		gboolean first = w->pos == 0;

		if (rc <= 0) {
			verify_bad(w->v, PART_RECORDS, WARC_FILE, 0, "%s: %s",
			    WARC_FILE, rc == 0 ? "too short" : error->message);
			warc_member_clear(&m);
			w->pos = until;
			return;
		}
		g_snprintf(want, sizeof(want), "sha256:%s", m.sha256);
		if (strcmp(m.type, first ? "warcinfo" : "metadata") != 0 ||
		    m.record > w->v->lines + 1 || strcmp(m.digest, want) != 0)
			verify_bad(w->v, PART_RECORDS, WARC_FILE, m.record,
			    "%s: a record at byte %" G_GUINT64_FORMAT " that "
			    "the log does not name", WARC_FILE, w->pos);
		w->pos += m.len;
		warc_member_clear(&m);
	}
	if (w->pos > until) {
		verify_bad(w->v, PART_RECORDS, WARC_FILE, 0, "%s: records "
		    "overlap at byte %" G_GUINT64_FORMAT, WARC_FILE, until);
		w->pos = until;
	}
}

/* NULL where the record is what the line says; else what is wrong. */
static char *
check_member(struct walk *w, const struct exchange *x, const struct kept *k,
    GBytes **bytes)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *uri = warc_uri(x->q);
	struct warc_member m;
	char want[80];
	char *wrong = NULL;
	int rc = warc_read(w->fd, k->offset, WARC_BLOCK_MAX, &m, &error);

	if (rc > 0)
		g_snprintf(want, sizeof(want), "sha256:%s", m.sha256);
	if (rc <= 0)
		wrong = g_strdup(rc == 0 ? "the archive ends before it" :
		    error->message);
	else if (strcmp(m.sha256, k->sha256) != 0 ||
	    g_bytes_get_size(m.block) != k->size)
		wrong = g_strdup("its bytes do not match the log");
	else if (m.len != k->len || m.record != x->n ||
	    strcmp(m.digest, want) != 0 || strcmp(m.uri, uri) != 0)
		wrong = g_strdup("its head does not match the log");
	else
		*bytes = g_bytes_ref(m.block);
	warc_member_clear(&m);
	return wrong;
}

static gboolean
check_kept(struct walk *w, struct exchange *x, const struct kept *k,
    struct body *body)
{
	g_autofree char *wrong = NULL;

	if (!k->there)
		return TRUE;
	w->v->records++;
	pass_unnamed(w, k->offset);
	wrong = check_member(w, x, k, &body->bytes);
	w->pos = k->offset + k->len;
	if (wrong == NULL) {
		w->v->records_good++;
		return TRUE;
	}
	verify_bad(w->v, PART_RECORDS, WARC_FILE, x->n, "record %"
	    G_GUINT64_FORMAT ", %s: %s", x->n, x->q->name, wrong);
	return FALSE;
}

static void
check_exchange(struct walk *w, struct exchange *x)
{
	gboolean sound;

	w->v->exchanges++;
	sound = check_kept(w, x, &x->received_kept, &x->received);
	sound = check_kept(w, x, &x->sent_kept, &x->sent) && sound;
	if (x->cause >= x->n)
		verify_bad(w->v, PART_LOG, LOG_FILE, x->n, "record %"
		    G_GUINT64_FORMAT " names a cause that is not before it", x->n);
	read_again(w, x, sound);
}

/* --- the log ---------------------------------------------------------------- */

static const char *
string_of(const json_t *line, const char *key)
{
	const char *s = json_string_value(json_object_get(line, key));

	return s == NULL ? "" : s;
}

static void
check_first(struct walk *w, const json_t *line)
{
	g_strlcpy(w->v->open_token, string_of(line, "open_token_sha256"), 65);
	if (strcmp(string_of(line, "type"), "open") != 0 ||
	    strcmp(string_of(line, "format"), "run/1") != 0)
		verify_bad(w->v, PART_LOG, LOG_FILE, 1,
		    "the log does not begin with a line that opens a run/1");
}

static int
log_line(const char *text, size_t len, void *data)
{
	struct walk *w = data;
	struct verifying *v = w->v;
	json_t *line = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
	json_int_t n = json_integer_value(json_object_get(line, "n"));
	gboolean exchange = strcmp(string_of(line, "type"), "exchange") == 0;
	struct exchange *x = exchange ? line_read(line) : NULL;
	int rc = 0;

	if (n != (json_int_t)v->lines + 1 || (exchange && x == NULL)) {
		verify_bad(v, PART_LOG, LOG_FILE, v->lines + 1, "line %"
		    G_GUINT64_FORMAT " of the log is not one", v->lines + 1);
		rc = 1;
	} else if (strcmp(string_of(line, "prev"), v->tip) != 0) {
		verify_bad(v, PART_LOG, LOG_FILE, v->lines + 1, "line %"
		    G_GUINT64_FORMAT " does not hold the hash of the line "
		    "before", v->lines + 1);
	}
	if (rc == 0 && n == 1)
		check_first(w, line);
	if (rc == 0 && x != NULL)
		check_exchange(w, x);
	if (rc == 0) {
		v->lines++;
		text_sha256(v->tip, text, len + 1);
	}
	if (x != NULL)
		exchange_free(x);
	json_decref(line);
	return rc;
}

static void
walk_log(struct walk *w)
{
	struct verifying *v = w->v;
	g_autofree char *path = g_build_filename(v->dir, LOG_FILE, NULL);
	g_autoptr(GError) error = NULL;
	struct file_sums sums = { .size = 0 };
	uint64_t whole = 0;

	memset(v->tip, '0', 64);
	if (v->out->unfinished && !verify_has(v, LOG_FILE))
		verify_note(v, PART_LOG, "killed before its log began");
	else if (line_each(path, log_line, w, &whole, &error) < 0 ||
	    file_sums(path, &sums, &error) < 0)
		verify_bad(v, PART_LOG, LOG_FILE, 0, "%s", error->message);
	else if (whole != sums.size && v->out->unfinished)
		verify_note(v, PART_LOG, "the log ends in the middle of a line: "
		    "%" G_GUINT64_FORMAT " bytes", sums.size - whole);
	else if (whole != sums.size)
		verify_bad(v, PART_LOG, LOG_FILE, 0,
		    "the log does not end with a whole line of its chain");
	verify_say(v, PART_LOG, "%" G_GUINT64_FORMAT " lines, chain %s",
	    v->lines, v->out->bad_of[PART_LOG] == 0 ? "unbroken" : "BROKEN");
}

void
verify_log(struct verifying *v)
{
	g_autofree char *path = g_build_filename(v->dir, WARC_FILE, NULL);
	struct walk w = { .v = v };
	off_t end;

	w.folds = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	w.fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (w.fd < 0 && !v->out->unfinished)
		verify_bad(v, PART_RECORDS, WARC_FILE, 0, "%s is missing",
		    WARC_FILE);
	walk_log(&w);
	end = w.fd < 0 ? -1 : lseek(w.fd, 0, SEEK_END);
	if (end >= 0 && !v->out->unfinished)
		pass_unnamed(&w, (uint64_t)end);
	verify_say(v, PART_RECORDS, "%" G_GUINT64_FORMAT " of %"
	    G_GUINT64_FORMAT " match the hash in the log", v->records_good,
	    v->records);
	if (!v->out->unfinished)
		check_facts(&w);
	else
		verify_say(v, PART_FACTS, "not compared: the run was not sealed");
	if (w.fd >= 0)
		close(w.fd);
	g_hash_table_destroy(w.folds);
}
