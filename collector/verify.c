/*
 * Checking a run: the order of it, and the report.
 */

#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>

#include "collector/verify_priv.h"
#include "probes/text.h"

static const char *const part_names[PARTS] = {
	[PART_FILES] = "files",
	[PART_LOG] = "log",
	[PART_RECORDS] = "records",
	[PART_SIGNATURE] = "signature",
	[PART_OPENING] = "opening",
	[PART_CLOSING] = "closing",
	[PART_FACTS] = "facts",
};

static const char *const verdict_names[] = {
	[VERDICT_BAD] = "does not verify",
	[VERDICT_CONSISTENT] =
	    "consistent with the key and roots in this folder, not verified",
	[VERDICT_VERIFIED] = "verified",
};

const char *
verify_part_name(enum verify_part part)
{
	return part_names[part];
}

const char *
verdict_name(enum verdict verdict)
{
	return verdict_names[verdict];
}

/* --- findings ---------------------------------------------------------------- */

static void
add_finding(struct verify_report *out, enum verify_part part, gboolean bad,
    uint64_t record, char *text)
{
	struct verify_finding *f = g_new0(struct verify_finding, 1);

	f->part = part;
	f->bad = bad;
	f->record = record;
	f->text = text;
	g_ptr_array_add(out->findings, f);
	if (out->findings->len > FINDINGS_MAX)
		g_ptr_array_set_size(out->findings, FINDINGS_MAX);
}

void
verify_bad(struct verifying *v, enum verify_part part, const char *file,
    uint64_t record, const char *fmt, ...)
{
	va_list ap;

	v->out->bad++;
	v->out->bad_of[part]++;
	va_start(ap, fmt);
	add_finding(v->out, part, TRUE, record, g_strdup_vprintf(fmt, ap));
	va_end(ap);
	if (file != NULL && g_hash_table_size(v->out->bad_files) < FINDINGS_MAX)
		g_hash_table_add(v->out->bad_files, g_strdup(file));
	if (record > 0 && part != PART_FILES &&
	    v->out->bad_records->len < FINDINGS_MAX)
		g_array_append_val(v->out->bad_records, record);
}

void
verify_note(struct verifying *v, enum verify_part part, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_finding(v->out, part, FALSE, 0, g_strdup_vprintf(fmt, ap));
	va_end(ap);
}

void
verify_say(struct verifying *v, enum verify_part part, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	g_free(v->out->summary[part]);
	v->out->summary[part] = g_strdup_vprintf(fmt, ap);
	va_end(ap);
}

static void
finding_clear(struct verify_finding *f)
{
	g_free(f->text);
	g_free(f);
}

/* --- files of the run -------------------------------------------------------- */

GBytes *
verify_bytes(const struct verifying *v, const char *name)
{
	g_autofree char *path = g_build_filename(v->dir, name, NULL);
	GBytes *bytes = file_get(path, TEXT_MAX, NULL);

	return bytes == NULL ? g_bytes_new(NULL, 0) : bytes;
}

/* A text with a NUL in it is none of ours: it reads as empty. */
char *
verify_text(const struct verifying *v, const char *name)
{
	g_autoptr(GBytes) bytes = verify_bytes(v, name);
	gsize len;
	const char *data = g_bytes_get_data(bytes, &len);

	if (len == 0 || memchr(data, '\0', len) != NULL)
		return g_strdup("");
	return g_strndup(data, len);
}

gboolean
verify_has(const struct verifying *v, const char *name)
{
	g_autofree char *path = g_build_filename(v->dir, name, NULL);
	struct stat st;

	return lstat(path, &st) == 0;
}

/* --- the whole --------------------------------------------------------------- */

static enum verdict
judge(const struct verify_report *out)
{
	if (out->bad > 0 || out->unfinished)
		return VERDICT_BAD;
	return out->key_outside && out->opened_outside && out->closed_outside ?
	    VERDICT_VERIFIED : VERDICT_CONSISTENT;
}

static char *
open_value(const struct verifying *v, const char *label)
{
	char *value = bag_value(v->open, label);

	if (value != NULL && strcmp(value, "none") != 0)
		return value;
	g_free(value);
	return g_strdup("");
}

static struct verify_report *
report_new(const char *dir)
{
	struct verify_report *out = g_new0(struct verify_report, 1);

	out->path = g_strdup(dir);
	out->findings = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)finding_clear);
	out->bad_files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	out->bad_records = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	out->exhibits = g_ptr_array_new_with_free_func(g_free);
	out->not_before = g_strdup("");
	out->not_after = g_strdup("");
	out->head = g_strdup("");
	out->key = g_strdup("");
	for (int i = 0; i < PARTS; i++)
		out->summary[i] = g_strdup("");
	return out;
}

struct verify_report *
verify_run(const char *dir, const struct verify_options *options)
{
	struct verifying v = { .dir = dir, .options = options };
	g_autofree char *name = g_path_get_basename(dir);

	v.out = report_new(dir);
	v.out->unfinished = g_str_has_suffix(name, ".part");
	v.out->roots_outside = options->roots_pem != NULL;
	v.open = verify_text(&v, "open.txt");
	v.out->previous_head = open_value(&v, "previous-head");
	v.out->ledger_tip = open_value(&v, "ledger-tip");
	v.out->imports_tip = open_value(&v, "imports-tip");
	v.out->title = open_value(&v, "title");
	verify_files(&v);
	verify_log(&v);
	if (!v.out->unfinished)
		verify_head(&v);
	else
		verify_say(&v, PART_SIGNATURE, "none: the run was not sealed");
	verify_tokens(&v);
	verify_exhibits(&v);
	v.out->verdict = judge(v.out);
	g_ptr_array_unref(v.payload);
	g_free(v.open);
	g_free(v.head);
	return v.out;
}

void
verify_report_free(struct verify_report *out)
{
	if (out == NULL)
		return;
	g_free(out->path);
	for (int i = 0; i < PARTS; i++)
		g_free(out->summary[i]);
	g_ptr_array_unref(out->findings);
	g_hash_table_unref(out->bad_files);
	g_array_unref(out->bad_records);
	g_ptr_array_unref(out->exhibits);
	g_free(out->not_before);
	g_free(out->not_after);
	g_free(out->head);
	g_free(out->previous_head);
	g_free(out->ledger_tip);
	g_free(out->imports_tip);
	g_free(out->key);
	g_free(out->title);
	g_free(out);
}

/* --- as JSON ------------------------------------------------------------------ */

static json_t *
text_or_null(const char *s)
{
	return *s == '\0' ? json_null() : text_json(s, strlen(s));
}

json_t *
verify_report_json(const struct verify_report *out)
{
	json_t *parts = json_object(), *findings = json_array();
	json_t *exhibits = json_array(), *root;

	for (int i = 0; i < PARTS; i++)
		json_object_set_new(parts, part_names[i],
		    text_json(out->summary[i], strlen(out->summary[i])));
	for (guint i = 0; i < out->findings->len; i++) {
		const struct verify_finding *f =
		    g_ptr_array_index(out->findings, i);

		json_array_append_new(findings, json_pack("{s:s,s:b,s:o?,s:o}",
		    "part", part_names[f->part], "bad", f->bad, "record",
		    f->record == 0 ? NULL : json_integer((json_int_t)f->record),
		    "text", text_json(f->text, strlen(f->text))));
	}
	for (guint i = 0; i < out->exhibits->len; i++)
		json_array_append_new(exhibits, text_json(
		    g_ptr_array_index(out->exhibits, i),
		    strlen(g_ptr_array_index(out->exhibits, i))));
	root = json_pack("{s:o,s:s,s:b,s:b,s:b,s:b,s:i}", "path",
	    text_json(out->path, strlen(out->path)), "verdict",
	    out->unfinished && out->bad == 0 ? "not sealed" :
	    verdict_names[out->verdict], "unfinished", out->unfinished,
	    "unsigned", out->unsigned_, "key_from_outside", out->key_outside,
	    "roots_from_outside", out->roots_outside, "faults", (int)out->bad);
	json_object_set_new(root, "not_before", text_or_null(out->not_before));
	json_object_set_new(root, "not_after", text_or_null(out->not_after));
	json_object_set_new(root, "head", text_or_null(out->head));
	json_object_set_new(root, "key", text_or_null(out->key));
	json_object_set_new(root, "parts", parts);
	json_object_set_new(root, "findings", findings);
	json_object_set_new(root, "exhibits", exhibits);
	return root;
}
