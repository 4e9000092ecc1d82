/*
 * A finding: the status of an element for one scope, and what it points at.
 */

#include <string.h>

#include "reports/showing.h"

enum { POINTERS = 100 };	/* of one finding, each way */

static const char *const supplies[SUPPLIES] = {
#define SUPPLY(name, says) [SUPPLY_##name] = (says),
#include "reports/supply.def"
#undef SUPPLY
};

const char *
supply_says(enum supply by)
{
	return supplies[by];
}

struct finding *
finding_new(const struct sight *sight, const struct element *e,
    const char *scope, const char *forum)
{
	struct finding *f = g_new0(struct finding, 1);

	f->element = e;
	f->scope = g_strdup(scope);
	f->forum = forum;
	f->status = ST_NC;
	f->for_ = g_array_new(FALSE, FALSE, sizeof(struct pointer));
	f->against = g_array_new(FALSE, FALSE, sizeof(struct pointer));
	f->missing = g_ptr_array_new_with_free_func(g_free);
	f->supply = g_array_new(FALSE, FALSE, sizeof(enum supply));
	f->notes = g_ptr_array_new_with_free_func(g_free);
	f->sight = sight;
	return f;
}

void
finding_free(struct finding *f)
{
	if (f == NULL)
		return;
	g_free(f->scope);
	g_array_unref(f->for_);
	g_array_unref(f->against);
	g_ptr_array_unref(f->missing);
	g_array_unref(f->supply);
	g_ptr_array_unref(f->notes);
	g_free(f);
}

/* A joined fact names facts; the record is that of the first of them. */
static uint64_t
record_of(const struct run *run, const struct fact *fact)
{
	uint64_t n = fact_source(fact);

	if (fact->type != DERIVED)
		return n;
	for (guint i = 0; i < run->facts->len; i++) {
		const struct fact *f = g_ptr_array_index(run->facts, i);

		if (f->id == n && f->type != DERIVED)
			return fact_source(f);
	}
	return 0;
}

gboolean
pointer_same(const struct pointer *a, const struct pointer *b)
{
	return a->run == b->run && a->fact == b->fact && a->n == b->n &&
	    a->import == b->import && g_strcmp0(a->table, b->table) == 0;
}

/* The first of many, and the newest: how old a finding is follows from it. */
static void
point(GArray *to, struct pointer p)
{
	for (guint i = 0; i < to->len; i++) {
		const struct pointer *x = &g_array_index(to, struct pointer, i);

		if (x->fact == p.fact && x->n == p.n && pointer_same(x, &p))
			return;
	}
	if (to->len < POINTERS)
		g_array_append_val(to, p);
	else if (p.run != NULL)
		g_array_index(to, struct pointer, POINTERS - 1) = p;
}

char *
pointer_text(const struct pointer *p)
{
	if (p->import != NULL && p->n == 0)
		return g_strdup(p->import->id);
	if (p->import != NULL || p->table != NULL)
		return g_strdup_printf("%s:%" G_GUINT64_FORMAT,
		    p->import != NULL ? p->import->id : p->table, p->n);
	if (p->fact != NULL)
		return g_strdup_printf("%s/F-%06u", p->run->name,
		    p->fact->id);
	return g_strdup_printf("%s:%" G_GUINT64_FORMAT, p->run->name, p->n);
}

#define NAMED	3	/* of pointers in a sentence */

char *
pointers_text(const GArray *pointers)
{
	GString *s = g_string_new(NULL);

	for (guint i = 0; i < pointers->len && i < NAMED; i++) {
		g_autofree char *text = pointer_text(&g_array_index(pointers,
		    struct pointer, i));

		g_string_append_printf(s, "%s%s", i > 0 ? ", " : "", text);
	}
	if (pointers->len > NAMED)
		g_string_append_printf(s, " and %u more",
		    pointers->len - NAMED);
	return g_string_free(s, FALSE);
}

void
finding_for(struct finding *f, const struct run *run, const struct fact *fact)
{
	point(f->for_, (struct pointer){
	    .run = run, .fact = fact, .n = record_of(run, fact) });
}

void
finding_against(struct finding *f, const struct run *run,
    const struct fact *fact)
{
	point(f->against, (struct pointer){
	    .run = run, .fact = fact, .n = record_of(run, fact) });
}

void
finding_for_row(struct finding *f, const struct run *run, uint64_t n)
{
	point(f->for_, (struct pointer){ .run = run, .n = n });
}

void
finding_against_row(struct finding *f, const struct run *run, uint64_t n)
{
	point(f->against, (struct pointer){ .run = run, .n = n });
}

void
finding_for_import(struct finding *f, const struct import *i, uint64_t row)
{
	point(f->for_, (struct pointer){ .import = i, .n = row });
}

void
finding_against_import(struct finding *f, const struct import *i, uint64_t row)
{
	point(f->against, (struct pointer){ .import = i, .n = row });
}

void
finding_for_table(struct finding *f, const char *table, unsigned line)
{
	point(f->for_, (struct pointer){ .table = table, .n = line });
}

void
finding_against_table(struct finding *f, const char *table, unsigned line)
{
	point(f->against, (struct pointer){ .table = table, .n = line });
}

gboolean
finding_for_statement(struct finding *f, const struct statement *s)
{
	if (s->type == BELIEF) {
		finding_against_table(f, "statements.csv", s->line);
		return FALSE;
	}
	finding_for_table(f, "statements.csv", s->line);
	return TRUE;
}

/* FALSE: it is there already. */
static gboolean G_GNUC_PRINTF(2, 0)
add_text(GPtrArray *to, const char *fmt, va_list ap)
{
	g_autofree char *text = g_strdup_vprintf(fmt, ap);

	for (guint i = 0; i < to->len; i++)
		if (strcmp(g_ptr_array_index(to, i), text) == 0)
			return FALSE;
	g_ptr_array_add(to, g_steal_pointer(&text));
	return TRUE;
}

void
finding_missing(struct finding *f, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	if (add_text(f->missing, fmt, ap))
		g_array_append_val(f->supply, f->element->supplier);
	va_end(ap);
}

void
finding_lacks(struct finding *f, enum supply by, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	if (add_text(f->missing, fmt, ap))
		g_array_append_val(f->supply, by);
	va_end(ap);
}

void
finding_missing_none(struct finding *f)
{
	g_ptr_array_set_size(f->missing, 0);
	g_array_set_size(f->supply, 0);
}

static void
supplier_add(GPtrArray *list, enum supply by)
{
	const char *says = supply_says(by);

	if (!g_ptr_array_find(list, says, NULL))
		g_ptr_array_add(list, (gpointer)(guintptr)says);
}

void
finding_suppliers(const struct finding *f, GPtrArray *list)
{
	for (guint i = 0; i < f->supply->len; i++)
		supplier_add(list, g_array_index(f->supply, enum supply, i));
	if (f->supply->len == 0)
		supplier_add(list, f->element->supplier);
}

void
finding_head(struct finding *f, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	g_ptr_array_insert(f->notes, 0, g_strdup_vprintf(fmt, ap));
	va_end(ap);
}

void
finding_note(struct finding *f, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_text(f->notes, fmt, ap);
	va_end(ap);
}

static void
point_all(GArray *to, const GArray *from)
{
	for (guint i = 0; i < from->len; i++)
		point(to, g_array_index(from, struct pointer, i));
}

void
finding_for_as(struct finding *f, const struct finding *other)
{
	point_all(f->for_, other->for_);
}

void
finding_point_as(struct finding *f, const struct finding *other)
{
	finding_for_as(f, other);
	point_all(f->against, other->against);
}
