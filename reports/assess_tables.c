#include "reports/assess_page.h"
#include "reports/judge.h"

/* ---- factor 3: two columns ----------------------------------------------------------------- */

/* The status of an element for a forum; NULL where it is not asked of it. */
static const struct finding *
forum_finding(const struct page *p, const struct element *e, gboolean us)
{
	for (guint i = 0; i < p->r->findings->len; i++) {
		const struct finding *f = page_finding(p, i);

		if (f->element == e &&
		    (g_strcmp0(f->forum, "US") == 0) == us)
			return f;
	}
	return NULL;
}

static const char *
forum_word(const struct page *p, const struct element *e, gboolean us)
{
	const struct finding *f = forum_finding(p, e, us);

	return f != NULL ? status_name(f->status) : "-";
}

/* Elements that have the same word in the state and in the United States. */
struct pair {
	char		*ids;
	const char	*state, *us;
};

static void
pair_free(void *data)
{
	struct pair *x = data;

	g_free(x->ids);
	g_free(x);
}

static struct pair *
pair_new(char *ids, const char *state, const char *us)
{
	struct pair *x = g_new0(struct pair, 1);

	*x = (struct pair){ ids, state, us };
	return x;
}

/* The list wraps in a column of its own; the words stand on its first line. */
static void
say_pair(struct page *p, const struct pair *x, int width)
{
	int columns = p->s.columns;
	GString *line = g_string_new(NULL), *out = p->s.out;
	g_auto(GStrv) lines = NULL;

	p->s.out = line;
	if (columns > 0)
		p->s.columns = width;
	screen_wrap(&p->s, "  ", 2, x->ids);
	p->s.out = out;
	p->s.columns = columns;
	lines = g_strsplit(line->str, "\n", -1);
	for (char **l = lines; *l != NULL && **l != '\0'; l++) {
		if (l == lines)
			g_string_append_printf(out, "%-*s%-8s%s\n", width + 2,
			    *l, x->state, x->us);
		else
			g_string_append_printf(out, "%s\n", *l);
	}
	g_string_free(line, TRUE);
}

/* How wide the lists are: as the terminal allows; in a pipe as the longest is. */
static int
pairs_width(const struct page *p, const GPtrArray *pairs)
{
	size_t widest = 0;

	if (p->s.columns > 24)
		return p->s.columns - 20;
	for (guint i = 0; i < pairs->len; i++) {
		const struct pair *x = g_ptr_array_index(pairs, i);

		widest = MAX(widest, strlen(x->ids));
	}
	return (int)widest + 2;
}

/* Elements with the same pair of words stand in one line, by first element. */
static void
add_pairs(const struct page *p, GPtrArray *pairs)
{
	g_autofree gboolean *done = g_new0(gboolean, elements_count);

	for (size_t i = 0; i < elements_count; i++) {
		g_autofree gboolean *set = g_new0(gboolean, elements_count);
		const char *state, *us;

		if (done[i] || elements[i].factor != FACTOR_3)
			continue;
		state = forum_word(p, &elements[i], FALSE);
		us = forum_word(p, &elements[i], TRUE);
		for (size_t k = i; k < elements_count; k++) {
			if (elements[k].factor != FACTOR_3 ||
			    strcmp(forum_word(p, &elements[k], FALSE), state) != 0 ||
			    strcmp(forum_word(p, &elements[k], TRUE), us) != 0)
				continue;
			set[k] = done[k] = TRUE;
		}
		g_ptr_array_add(pairs, pair_new(elements_ids(set), state, us));
	}
}

void
page_forums(struct page *p, const char *state)
{
	g_autoptr(GPtrArray) pairs = g_ptr_array_new_with_free_func(pair_free);
	int width;

	g_ptr_array_add(pairs, pair_new(g_strdup("by forum"), state, "US"));
	add_pairs(p, pairs);
	width = pairs_width(p, pairs);
	for (guint i = 0; i < pairs->len; i++)
		say_pair(p, g_ptr_array_index(pairs, i), width);
}

/* ---- factor 4: entity by entity ---------------------------------------------------------- */

static const char *
entity_word(const struct page *p, const char *id, const char *name)
{
	for (guint i = 0; i < p->r->findings->len; i++) {
		const struct finding *f = page_finding(p, i);

		if (strcmp(f->element->id, id) == 0 &&
		    strcmp(f->scope, name) == 0)
			return status_name(f->status);
	}
	return "-";
}

static void
entity_roles(struct page *p, const struct entity_view *e, GString *roles,
    GString *records)
{
	guint n = 0;

	for (guint i = 0; i < e->seen->len; i++) {
		const struct provider *x = g_ptr_array_index(e->seen, i);
		struct pointer at = { .run = x->run, .fact = x->fact,
		    .n = fact_source(x->fact) };

		list_add(roles, x->role);
		page_record(records, p, &at, &n);
	}
}

#define NAME_WIDTH	23	/* of an entity, on a terminal */
#define NAME_PIPED	48	/* and at most in a pipe; a longer one moves its row */

/* In a pipe no name is cut, and the columns stand below one another all the same. */
static int
names_width(const struct page *p)
{
	glong widest = NAME_WIDTH - 2;

	for (guint i = 0; p->s.columns == 0 &&
	    i < p->sight->entities->len; i++) {
		const struct entity_view *e =
		    g_ptr_array_index(p->sight->entities, i);

		widest = MAX(widest, g_utf8_strlen(e->name, -1));
	}
	return (int)MIN(widest, NAME_PIPED) + 2;
}

static void
say_entity(struct page *p, const struct entity_view *e, int width)
{
	static const char *const ids[] = { "L-01", "L-04", "L-06", "L-09" };
	g_autoptr(GString) roles = g_string_new(NULL);
	g_autoptr(GString) records = g_string_new(NULL);
	g_autofree char *tail = NULL;

	entity_roles(p, e, roles, records);
	tail = g_strdup_printf("%s%s%s", roles->len > 0 ? roles->str : "none",
	    records->len > 0 ? "  rec " : "", records->str);
	g_string_append(p->s.out, "  ");
	screen_cell(&p->s, e->name, width);
	screen_cell(&p->s, *e->country != '\0' ? e->country : "-", 5);
	for (size_t i = 0; i < G_N_ELEMENTS(ids); i++)
		screen_cell(&p->s, entity_word(p, ids[i], e->name), 7);
	screen_wrap_at(&p->s, width + 35, width + 35, tail);
}

void
page_entities(struct page *p)
{
	int width = names_width(p);

	if (p->sight->entities->len == 0) {
		screen_wrap(&p->s, "  ", 2, "no entity is listed in "
		    "entities.csv, and no provider is in the record");
		return;
	}
	g_string_append_printf(p->s.out, "  %-*s%-5s%-7s%-7s%-7s%-7s%s\n",
	    width, "entity", "", "L-01", "L-04", "L-06", "L-09", "role, records");
	for (guint i = 0; i < p->sight->entities->len; i++) {
		const struct entity_view *e =
		    g_ptr_array_index(p->sight->entities, i);

		if (e->entry == NULL && (i == 0 || ((const struct entity_view *)
		    g_ptr_array_index(p->sight->entities, i - 1))->entry != NULL))
			screen_wrap(&p->s, "  ", 2, "seen, and not in "
			    "entities.csv:");
		say_entity(p, e, width);
	}
}
