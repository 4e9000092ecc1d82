/*
 * The head against what it speaks of, the signature over it, and the tokens at
 * both ends.
 */

#include <string.h>

#include "collector/key.h"
#include "collector/tsa.h"
#include "collector/verify_priv.h"
#include "probes/text.h"
#include "reports/record.h"

/* --- the head's fields ------------------------------------------------------ */

static void
check_field(struct verifying *v, const char *label, const char *want)
{
	g_autofree char *value = bag_value(v->head, label);

	if (*want == '\0')
		want = "none";
	if (value == NULL || strcmp(value, want) != 0)
		verify_bad(v, PART_FILES, "head.txt", 0,
		    "head.txt: %s is %s, not what the run holds", label,
		    value == NULL ? "missing" : value);
}

static void
check_number(struct verifying *v, const char *label, uint64_t want)
{
	g_autofree char *text = g_strdup_printf("%" G_GUINT64_FORMAT, want);

	check_field(v, label, text);
}

static void
check_sum(struct verifying *v, const char *label, const char *file,
    gboolean sha512)
{
	g_autofree char *path = g_build_filename(v->dir, file, NULL);
	struct file_sums sums;

	if (file_sums(path, &sums, NULL) < 0)
		memset(&sums, 0, sizeof(sums));
	check_field(v, label, sha512 ? sums.sha512 : sums.sha256);
}

/* What open.txt said must still be what the head says. */
static void
check_from_open(struct verifying *v)
{
	static const char *const labels[] = { "run-id", "run", "title", "case",
	    "key-sha256", "previous-head", "ledger-tip", "imports-tip" };

	for (unsigned i = 0; i < G_N_ELEMENTS(labels); i++) {
		g_autofree char *value = bag_value(v->open, labels[i]);

		check_field(v, labels[i], value == NULL ? "missing" : value);
	}
}

static void
check_settings(struct verifying *v)
{
	g_autofree char *want = bag_value(v->open, "settings-sha256");
	g_autofree char *format = bag_value(v->open, "format");

	for (guint i = 0; i < v->payload->len; i++) {
		const struct bag_file *f = g_ptr_array_index(v->payload, i);

		if (strcmp(f->path, "data/settings.json") == 0 && want != NULL &&
		    strcmp(f->sums.sha256, want) != 0)
			verify_bad(v, PART_FILES, f->path, 0, "%s is not what "
			    "the run was opened with", f->path);
	}
	if (format == NULL || strcmp(format, "goodcause-open/1") != 0)
		verify_bad(v, PART_FILES, "open.txt", 0,
		    "open.txt is not of the format goodcause-open/1");
}

static void
check_fields(struct verifying *v)
{
	check_field(v, "format", "goodcause-head/1");
	check_from_open(v);
	check_settings(v);
	check_sum(v, "open-sha256", "open.txt", FALSE);
	check_sum(v, "tagmanifest-sha256", "tagmanifest-sha256.txt", FALSE);
	check_sum(v, "tagmanifest-sha512", "tagmanifest-sha512.txt", TRUE);
	check_number(v, "payload-files", v->payload->len);
	check_number(v, "payload-octets", bag_octets(v->payload));
	check_number(v, "log-lines", v->lines);
	check_number(v, "exchanges", v->exchanges);
	check_number(v, "facts", v->facts);
	check_field(v, "log-tip", v->tip);
	check_field(v, "open-token-sha256", v->open_token);
}

/* seal.txt is the sums of head.txt and head.sig and nothing else. */
static void
check_seal_text(struct verifying *v)
{
	static const char *const parts[] = { "head.txt", "head.sig" };
	g_autofree char *text = verify_text(v, "seal.txt");
	g_autoptr(GString) want = g_string_new(NULL);

	for (unsigned i = 0; i < G_N_ELEMENTS(parts); i++) {
		g_autofree char *path = g_build_filename(v->dir, parts[i], NULL);
		struct file_sums sums;

		if (file_sums(path, &sums, NULL) == 0)
			g_string_append_printf(want, "%s  %s\n", sums.sha256,
			    parts[i]);
	}
	if (strcmp(text, want->str) != 0)
		verify_bad(v, PART_FILES, "seal.txt", 0,
		    "seal.txt does not hold the sums of head.txt and head.sig");
}

/* --- the signature ----------------------------------------------------------- */

static void
check_unsigned(struct verifying *v)
{
	g_autofree char *said = bag_value(v->head, "key-sha256");

	v->out->unsigned_ = TRUE;
	if (said == NULL || strcmp(said, "none") != 0 ||
	    verify_has(v, "collector.pub") || verify_has(v, "head.sig"))
		verify_bad(v, PART_SIGNATURE, "head.sig", 0,
		    "the signature or its key is missing");
	else if (v->options->key != NULL)
		verify_bad(v, PART_SIGNATURE, "head.sig", 0,
		    "unsigned, and a key was given to check it with");
	verify_say(v, PART_SIGNATURE, "none: the run was made without a key");
}

static void
check_signature(struct verifying *v)
{
	g_autoptr(GBytes) pem = verify_bytes(v, "collector.pub");
	g_autoptr(GBytes) head = verify_bytes(v, "head.txt");
	g_autoptr(GBytes) sig = verify_bytes(v, "head.sig");
	struct key *key;
	char print[65] = "";

	if (!verify_has(v, "head.sig") || !verify_has(v, "collector.pub")) {
		check_unsigned(v);
		return;
	}
	key = key_load_public(g_bytes_get_data(pem, NULL), g_bytes_get_size(pem),
	    NULL);
	if (key != NULL)
		key_fingerprint(key, print);
	if (key == NULL || !key_verify(key, head, sig))
		verify_bad(v, PART_SIGNATURE, "head.sig", 0,
		    "the signature does not match head.txt and collector.pub");
	else if (v->options->key != NULL &&
	    g_ascii_strcasecmp(v->options->key, print) != 0)
		verify_bad(v, PART_SIGNATURE, "collector.pub", 0,
		    "signed with another key than the one given: %s", print);
	else
		v->out->key_outside = v->options->key != NULL;
	check_field(v, "key-sha256", print);
	g_free(v->out->key);
	v->out->key = g_strdup(print);
	verify_say(v, PART_SIGNATURE, "%s", v->out->key_outside ?
	    "matches the key given from outside" :
	    "matches the key in this folder");
	key_free(key);
}

void
verify_head(struct verifying *v)
{
	char sum[65];

	v->head = verify_text(v, "head.txt");
	text_sha256(sum, v->head, strlen(v->head));
	g_free(v->out->head);
	v->out->head = g_strdup(sum);
	check_fields(v);
	check_seal_text(v);
	check_signature(v);
}

/* --- tokens ------------------------------------------------------------------ */

struct end {			/* one end of the run's time */
	enum verify_part part;
	enum bag_part	 files;
	const char	*stem, *about;
	gboolean	*good, *outside;
	char		**time;		/* the earliest good one */
};

/* Of the opening tokens only the one in the log's first line bounds the run. */
static gboolean
counts(const struct verifying *v, const struct end *e, GBytes *reply)
{
	char sum[65];
	gsize len;
	const void *bytes = g_bytes_get_data(reply, &len);

	if (e->part != PART_OPENING)
		return TRUE;
	text_sha256(sum, bytes, len);
	return strcmp(sum, v->open_token) == 0;
}

static void
take_time(const struct end *e, const char *time)
{
	int64_t a = text_time_parse(*e->time), b = text_time_parse(time);

	if (**e->time != '\0' && a <= b)
		return;
	g_free(*e->time);
	*e->time = g_strdup(time);
}

/* One token: first with the roots from outside, then for itself. */
static void
check_token(struct verifying *v, const struct end *e, const char *name,
    GBytes *data)
{
	g_autofree char *stem = g_strndup(name, strlen(name) - 4);
	g_autofree char *tsq = g_strconcat(stem, ".tsq", NULL);
	g_autofree char *pem = g_strconcat(stem, ".chain.pem", NULL);
	g_autofree char *chain = verify_text(v, pem);
	g_autoptr(GBytes) query = verify_bytes(v, tsq);
	g_autoptr(GBytes) reply = verify_bytes(v, name);
	struct tsa_answer *a = g_new0(struct tsa_answer, 1);
	g_autofree char *outside = v->options->roots_pem == NULL ? NULL :
	    tsa_check(data, query, reply, chain, v->options->roots_pem, NULL, a);
	gboolean trusted = v->options->roots_pem != NULL && outside == NULL;
	g_autofree char *problem = trusted ? NULL :
	    tsa_check(data, query, reply, chain, NULL, NULL, a);

	if (g_str_has_suffix(stem, ".rejected")) {
		verify_note(v, e->part, "%s was not accepted when it came (%s)",
		    name, problem == NULL ? "holds together now" : problem);
	} else if (problem != NULL) {
		verify_bad(v, e->part, name, 0, "%s: %s", name, problem);
	} else if (!counts(v, e, reply)) {
		verify_note(v, e->part, "%s, good at %s, is kept beside the one "
		    "that opened the run", name, a->time);
	} else {
		*e->good = TRUE;
		*e->outside |= trusted;
		take_time(e, a->time);
		if (outside != NULL)
			verify_note(v, e->part, "%s: not under the roots given "
			    "(%s)", name, outside);
	}
	tsa_answer_free(a);
}

static void
check_end(struct verifying *v, const struct end *e)
{
	g_autoptr(GPtrArray) names = bag_part_names(v->dir, e->files, NULL);
	g_autoptr(GBytes) data = verify_bytes(v, e->about);

	for (guint i = 0; names != NULL && i < names->len; i++) {
		const char *name = g_ptr_array_index(names, i);

		if (g_str_has_prefix(name, e->stem) &&
		    g_str_has_suffix(name, ".tsr"))
			check_token(v, e, name, data);
	}
	if (!*e->good)
		verify_say(v, e->part, "no good token: untimed at this end");
	else
		verify_say(v, e->part, "token good at %s, %s", *e->time,
		    *e->outside ? "authority given from outside" :
		    "authority known from this folder only");
	if (*e->good && v->options->roots_pem != NULL && !*e->outside)
		verify_bad(v, e->part, NULL, 0,
		    "no token here is under the roots given");
}

/* The log names one opening token; it must be there, and its time the head's. */
static void
check_opening_is_named(struct verifying *v)
{
	g_autoptr(GPtrArray) names = bag_part_names(v->dir, BAG_TAG, NULL);
	gboolean found = *v->open_token == '\0';

	for (guint i = 0; names != NULL && i < names->len; i++) {
		const char *name = g_ptr_array_index(names, i);
		g_autofree char *path = g_build_filename(v->dir, name, NULL);
		struct file_sums sums;

		if (g_str_has_suffix(name, ".tsr") &&
		    file_sums(path, &sums, NULL) == 0 &&
		    strcmp(sums.sha256, v->open_token) == 0)
			found = TRUE;
	}
	if (!found)
		verify_bad(v, PART_OPENING, NULL, 0,
		    "the opening token that the log's first line names is missing");
}

void
verify_tokens(struct verifying *v)
{
	struct verify_report *out = v->out;
	const struct end ends[] = {
		{ PART_OPENING, BAG_TAG, "open.", "open.txt", &out->opened,
		    &out->opened_outside, &out->not_before },
		{ PART_CLOSING, BAG_AFTER, "seal.", "seal.txt", &out->closed,
		    &out->closed_outside, &out->not_after },
	};

	check_end(v, &ends[0]);
	check_opening_is_named(v);
	if (!out->unfinished)
		check_end(v, &ends[1]);
	else
		verify_say(v, PART_CLOSING, "none: the run was not sealed");
	if (out->opened && out->closed && text_time_parse(out->not_before) >
	    text_time_parse(out->not_after))
		verify_bad(v, PART_CLOSING, NULL, 0,
		    "the closing token is older than the opening token");
}

/* --- exhibits that rest on what is bad --------------------------------------- */

static gboolean
rests_on(const struct verify_report *out, const struct exhibit *e)
{
	for (guint i = 0; i < e->records->len; i++)
		for (guint k = 0; k < out->bad_records->len; k++)
			if (g_array_index(e->records, uint64_t, i) ==
			    g_array_index(out->bad_records, uint64_t, k))
				return TRUE;
	return FALSE;
}

void
verify_exhibits(struct verifying *v)
{
	g_autofree char *text = verify_text(v, "data/exhibits.jsonl");
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **l = lines; *l != NULL && v->out->bad_records->len > 0; l++) {
		struct exhibit *e = **l == '\0' ? NULL :
		    exhibit_read(*l, strlen(*l));

		if (e != NULL && rests_on(v->out, e))
			g_ptr_array_add(v->out->exhibits, g_strdup(e->id));
		if (e != NULL)
			exhibit_free(e);
	}
}
