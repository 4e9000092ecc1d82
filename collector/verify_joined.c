/*
 * Joined facts, computed again from the direct facts that a target's joining
 * saw: those of the records that bear its name in the log, and of those that
 * an "also" line says it was interested in.
 *
 * Not compared where another version joined; and not in a run that was resumed,
 * or in which a target was closed before its time, because there the log does
 * not say which answers had come by then.
 */

#include <string.h>

#include "collector/line.h"
#include "collector/verify_priv.h"
#include "probes/join.h"
#include "probes/target.h"
#include "reports/record.h"

#define FACTS_FILE	"data/facts.jsonl"
#define LOG_FILE	"data/log.jsonl"

struct joined {
	GHashTable	*targets;	/* name -> GHashTable of n */
	GPtrArray	*order;		/* char *: names, borrowed */
	GPtrArray	*direct, *stored;	/* struct fact * */
	gboolean	 cut;		/* resumed, or closed early */
};

static void
saw(struct joined *j, const char *target, uint64_t n)
{
	GHashTable *set;

	if (*target == '\0' || n == 0)
		return;
	set = g_hash_table_lookup(j->targets, target);
	if (set == NULL) {
		char *name = g_strdup(target);

		set = g_hash_table_new(NULL, NULL);
		g_hash_table_insert(j->targets, name, set);
		g_ptr_array_add(j->order, name);
	}
	g_hash_table_add(set, GSIZE_TO_POINTER((gsize)n));
}

static int
log_line(const char *text, size_t len, void *arg)
{
	struct joined *j = arg;
	struct log_row *r = log_row_read(text, len);

	if (r == NULL)
		return 1;
	if (strcmp(r->type, "exchange") == 0)
		saw(j, r->target, r->n);
	else if (strcmp(r->type, "also") == 0)
		saw(j, r->target, (uint64_t)json_integer_value(
		    json_object_get(r->json, "record")));
	else if (strcmp(r->type, "resume") == 0 ||
	    (strcmp(r->type, "close") == 0 &&
	    !json_is_true(json_object_get(r->json, "complete"))))
		j->cut = TRUE;
	log_row_free(r);
	return 0;
}

static int
fact_line(const char *text, size_t len, void *arg)
{
	struct joined *j = arg;
	struct fact *f = fact_read(text, len);

	if (f == NULL)
		return 1;
	g_ptr_array_add(f->type == DERIVED ? j->stored : j->direct, f);
	return 0;
}

/* ids are the collector's: the rest of the line is what is compared. */
static char *
fact_text(struct fact *f)
{
	g_autoptr(GString) s = g_string_new(NULL);
	uint32_t id = f->id;

	f->id = 0;
	fact_write(f, s);
	f->id = id;
	return g_string_free(g_steal_pointer(&s), FALSE);
}

static GPtrArray *
join_again(const struct joined *j, const char *target, GHashTable *set)
{
	g_autoptr(GPtrArray) facts = g_ptr_array_new();
	GPtrArray *out;
	struct target t;
	g_autofree char *why = NULL;

	if (target_parse(target, &t, &why) != 0)
		return g_ptr_array_new();
	for (guint i = 0; i < j->direct->len; i++) {
		struct fact *f = j->direct->pdata[i];

		if (g_hash_table_contains(set,
		    GSIZE_TO_POINTER((gsize)fact_source(f))))
			g_ptr_array_add(facts, f);
	}
	out = target_join(t.name, t.registrable, facts);
	target_clear(&t);
	return out;
}

static void
target_compare(struct verifying *v, const struct joined *j, const char *target)
{
	g_autoptr(GPtrArray) again = join_again(j, target,
	    g_hash_table_lookup(j->targets, target));
	guint k = 0;

	for (guint i = 0; i < j->stored->len; i++) {
		struct fact *f = j->stored->pdata[i], *g;
		g_autofree char *was = NULL, *is = NULL;

		if (g_strcmp0(f->target, target) != 0 ||
		    strcmp(f->reader, JOIN_VERSION) != 0)
			continue;
		g = k < again->len ? again->pdata[k++] : NULL;
		was = fact_text(f);
		if (g != NULL) {
			g->target = g_strdup(target);
			is = fact_text(g);
		}
		if (g_strcmp0(was, is) == 0) {
			v->joined_again++;
			continue;
		}
		v->joined_bad++;
		verify_bad(v, PART_FACTS, FACTS_FILE, 0, "F-%06u is "
		    "not what its facts give", f->id);
	}
}

void
verify_joined(struct verifying *v)
{
	g_autofree char *log = g_build_filename(v->dir, LOG_FILE, NULL);
	g_autofree char *facts = g_build_filename(v->dir, FACTS_FILE, NULL);
	struct joined j = {
		.targets = g_hash_table_new_full(g_str_hash, g_str_equal,
		    g_free, (GDestroyNotify)g_hash_table_unref),
		.order = g_ptr_array_new(),
		.direct = g_ptr_array_new_with_free_func(
		    (GDestroyNotify)fact_free),
		.stored = g_ptr_array_new_with_free_func(
		    (GDestroyNotify)fact_free),
	};
	uint64_t whole;

	/* Lines that are none were told of by those who read them before. */
	if (line_each(log, log_line, &j, &whole, NULL) == 0 && !j.cut &&
	    line_each(facts, fact_line, &j, &whole, NULL) == 0)
		for (guint i = 0; i < j.order->len; i++)
			target_compare(v, &j, j.order->pdata[i]);
	g_ptr_array_unref(j.order);
	g_hash_table_unref(j.targets);
	g_ptr_array_unref(j.direct);
	g_ptr_array_unref(j.stored);
}
