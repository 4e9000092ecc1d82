/*
 * A difference as text for people and as JSON for programs.
 */

#include "reports/diff.h"

#include <stdlib.h>
#include <string.h>

#include "probes/text.h"

#define WORDS_MAX	600u	/* bytes of one statement in words */

/* ---- words */

static void
value_words(GString *out, const json_t *v)
{
	size_t i;
	const json_t *member;

	if (json_is_string(v)) {
		g_string_append(out, json_string_value(v));
	} else if (json_is_integer(v)) {
		g_string_append_printf(out, "%" JSON_INTEGER_FORMAT,
		    json_integer_value(v));
	} else if (json_is_boolean(v)) {
		g_string_append(out, json_is_true(v) ? "yes" : "no");
	} else if (json_is_array(v)) {
		json_array_foreach(v, i, member) {
			if (i > 0)
				g_string_append(out, ", ");
			if (!json_is_array(member))
				value_words(out, member);
		}
	} else if (json_is_object(v)) {
		g_string_append_printf(out, "b64:%s", json_string_value(
		    json_object_get(v, "b64")) != NULL ? json_string_value(
		    json_object_get(v, "b64")) : "");
	} else {
		g_string_append(out, "none");
	}
	if (out->len > WORDS_MAX) {
		size_t cut = WORDS_MAX;

		while (cut > 0 && ((unsigned char)out->str[cut] & 0xc0) == 0x80)
			cut--;
		g_string_truncate(out, cut);
		g_string_append(out, "...");
	}
}

static void
field_words(GString *out, const struct fact *f, const char *field)
{
	g_autoptr(GString) s = g_string_new(NULL);

	value_words(s, fact_get(f, field));
	g_string_append(out, s->len > 0 ? s->str : "none");
}

/* The fields of before, then those that only after has; without those that do
 * not count, or all. */
static GPtrArray *
fields_of(const struct fact *before, const struct fact *after, gboolean whole)
{
	GPtrArray *a = g_ptr_array_new();
	const char *name;
	json_t *v;

	json_object_foreach(before->value, name, v)
		if (whole || diff_counts(before->kind, name))
			g_ptr_array_add(a, (void *)(uintptr_t)name);
	if (after == NULL)
		return a;
	json_object_foreach(after->value, name, v)
		if ((whole || diff_counts(after->kind, name)) &&
		    fact_get(before, name) == NULL)
			g_ptr_array_add(a, (void *)(uintptr_t)name);
	return a;
}

static void
both_words(const struct change *c, GString *out)
{
	g_autoptr(GPtrArray) all = fields_of(c->before, c->after,
	    c->how == CHANGE_VOLATILE);
	g_autoptr(GPtrArray) differ = g_ptr_array_new();

	for (guint i = 0; i < all->len; i++)
		if (!diff_same(fact_get(c->before, all->pdata[i]),
		    fact_get(c->after, all->pdata[i])))
			g_ptr_array_add(differ, all->pdata[i]);
	for (guint i = 0; i < differ->len; i++) {
		const char *field = differ->pdata[i];

		if (i > 0)
			g_string_append(out, ", ");
		if (differ->len > 1 ||
		    fact_info(c->before->kind)->compare == CMP_IDENTITY)
			g_string_append_printf(out, "%s ", field);
		field_words(out, c->before, field);
		g_string_append(out, " -> ");
		field_words(out, c->after, field);
	}
}

/* The fields of the key; all of them where the key alone says too little. */
static void
one_words(const struct fact *f, GString *out)
{
	const struct fact_info *info = fact_info(f->kind);
	g_auto(GStrv) keys = g_strsplit(info->key, " ", -1);
	g_autoptr(GPtrArray) all = fields_of(f, NULL, FALSE);
	const char *between = "";

	for (size_t i = 0; info->compare == CMP_SET && keys[i] != NULL; i++) {
		g_string_append(out, i > 0 ? " " : "");
		field_words(out, f, keys[i]);
	}
	if (info->compare == CMP_SET && keys[0] != NULL)
		return;
	for (guint i = 0; i < all->len; i++) {
		const json_t *v = fact_get(f, all->pdata[i]);

		if ((json_is_string(v) && *json_string_value(v) == '\0') ||
		    (json_is_array(v) && json_array_size(v) == 0))
			continue;
		g_string_append_printf(out, "%s%s ", between,
		    (const char *)all->pdata[i]);
		field_words(out, f, all->pdata[i]);
		between = ", ";
	}
}

void
change_words(const struct change *c, GString *out)
{
	if (c->before != NULL && c->after != NULL)
		both_words(c, out);
	else
		one_words(c->before != NULL ? c->before : c->after, out);
}

/* ---- text */

/* "000001:12 000002:9": run and record. */
static void
cite(const struct diff *d, const struct change *c, GString *out)
{
	const struct fact *const facts[] = { c->before, c->after };
	const struct run *const runs[] = { d->a, d->b };

	for (size_t i = 0; i < 2; i++)
		if (facts[i] != NULL)
			g_string_append_printf(out, " %s:%" G_GUINT64_FORMAT,
			    runs[i]->name, fact_source(facts[i]));
}

/* Cuts on a terminal only; there the record stays and the words go. */
static void
line(GString *out, const char *head, const char *words, const char *tail,
    int columns)
{
	g_autoptr(GString) safe = g_string_new(NULL);
	glong room, len;

	text_term(safe, words, -1);
	room = columns - (glong)strlen(head) - (glong)strlen(tail);
	len = g_utf8_strlen(safe->str, -1);
	if (columns > 0 && len > room && room > 8) {
		char *end = g_utf8_offset_to_pointer(safe->str, room - 3);

		g_string_truncate(safe, (gsize)(end - safe->str));
		g_string_append(safe, "...");
	}
	g_string_append_printf(out, "%s%s%s\n", head, safe->str, tail);
}

static void
change_line(const struct diff *d, const struct change *c, int columns,
    GString *out)
{
	const struct fact *f = c->before != NULL ? c->before : c->after;
	g_autoptr(GString) words = g_string_new(f->subject);
	g_autoptr(GString) tail = g_string_new(NULL);
	g_autofree char *head = g_strdup_printf("  %-9s %-13s ",
	    c->how == CHANGE_UNSEEN ? "unseen" : c->how == CHANGE_FIRST ?
	    "first" : change_name(c->how),
	    fact_info(f->kind)->name);

	g_string_append_c(words, ' ');
	change_words(c, words);
	if (*c->why != '\0')
		g_string_append_printf(words, " (%s: %s)", c->how ==
		    CHANGE_FIRST ? d->a->name : d->b->name, c->why);
	cite(d, c, tail);
	line(out, head, words->str, tail->str, columns);
}

static void
targets_words(const struct run *r, GString *out)
{
	if (r->targets->len == 1)
		text_term(out, r->targets->pdata[0], -1);
	else
		g_string_append_printf(out, "%u targets", r->targets->len);
}

static void
headline(const struct diff *d, gboolean colour, GString *out)
{
	guint n = d->changes->len;

	g_string_append_printf(out, "%s %s ", d->b->ended, d->b->name);
	targets_words(d->b, out);
	if (n > 0)
		g_string_append_printf(out, " %sCHANGED%s %u",
		    colour ? "\x1b[33m" : "", colour ? "\x1b[0m" : "", n);
	else
		g_string_append(out, " unchanged");
	g_string_append_printf(out, " (against %s)\n", d->a->name);
}

static void
place_words(const struct run *r, GString *out)
{
	g_string_append_printf(out, "  %s from ", r->name);
	text_term(out, *r->vantage != '\0' ? r->vantage : "a place not stated",
	    -1);
	g_string_append(out, ", exit ");
	text_term(out, *r->exit != '\0' ? r->exit : "not recorded", -1);
	g_string_append_c(out, '\n');
}

void
diff_text(const struct diff *d, int columns, gboolean colour, gboolean verbose,
    GString *out)
{
	headline(d, colour, out);
	if (diff_elsewhere(d)) {
		place_words(d->a, out);
		place_words(d->b, out);
		g_string_append(out, "  " DIFF_ELSEWHERE "\n");
	}
	for (guint i = 0; i < d->changes->len; i++)
		change_line(d, d->changes->pdata[i], columns, out);
	if (d->unseen->len > 0)
		g_string_append_printf(out, "  observed in one run only, and "
		    "not answered in the other: %u\n", d->unseen->len);
	for (guint i = 0; i < d->unseen->len; i++)
		change_line(d, d->unseen->pdata[i], columns, out);
	if (d->volatiles->len > 0)
		g_string_append_printf(out, "  volatile, not counted: %u\n",
		    d->volatiles->len);
	for (guint i = 0; verbose && i < d->volatiles->len; i++)
		change_line(d, d->volatiles->pdata[i], columns, out);
}

/* ---- JSON */

static json_t *
fact_json(const struct fact *f)
{
	if (f == NULL)
		return json_null();
	return json_pack("{s:o, s:I, s:s, s:O}", "fact",
	    json_sprintf("F-%06llu", (unsigned long long)f->id), "record",
	    (json_int_t)fact_source(f), "at", f->at != NULL ? f->at : "",
	    "value", f->value);
}

static json_t *
changes_json(const GPtrArray *changes)
{
	json_t *a = json_array();

	for (guint i = 0; i < changes->len; i++) {
		const struct change *c = changes->pdata[i];
		const struct fact *f = c->before != NULL ? c->before : c->after;
		json_t *o = json_pack("{s:s, s:s, s:s, s:o, s:o}", "how",
		    change_name(c->how), "kind", fact_info(f->kind)->name,
		    "subject", f->subject, "before", fact_json(c->before),
		    "after", fact_json(c->after));

		if (*c->why != '\0')
			json_object_set_new(o, "why", json_string(c->why));
		json_array_append_new(a, o);
	}
	return a;
}

static json_t *
run_json(const struct run *r)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:b, s:s, s:s}", "run",
	    r->name, "id", r->id, "head", r->head, "started", r->started,
	    "ended", r->ended, "complete", r->complete, "vantage", r->vantage,
	    "exit", r->exit);
}

void
diff_json(const struct diff *d, const char *version, GString *out)
{
	json_t *o = json_pack("{s:s, s:s, s:s, s:o, s:o, s:b, s:b, s:o, s:o, s:o}",
	    "goodcause", version, "schema", "diff/1", "case", d->b->title,
	    "a", run_json(d->a), "b", run_json(d->b),
	    "two_places", diff_elsewhere(d),
	    "changed", d->changes->len > 0,
	    "changes", changes_json(d->changes),
	    "not_observed_again", changes_json(d->unseen),
	    "volatile", changes_json(d->volatiles));
	char *text = json_dumps(o, JSON_INDENT(2));

	g_string_append(out, text);
	g_string_append_c(out, '\n');
	free(text);
	json_decref(o);
}
