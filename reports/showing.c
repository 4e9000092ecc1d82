#include "probes/text.h"
#include "reports/judge.h"
#include "reports/words.h"

#define ELEMENT(id_, factor_, kind_, scope_, forums_, section_, ...)	\
	{ .id = (id_), .factor = (factor_), .kind = (kind_),		\
	  .scope = (scope_), .forums = (forums_),			\
	  .both_forums = (forums_) == FORUMS_BOTH,			\
	  .section = (section_), __VA_ARGS__ },

const struct element elements[] = {
#include "reports/showing.def"
};
const size_t elements_count = G_N_ELEMENTS(elements);

static const char *const factor_titles[FACTORS] = {
	[FACTOR_SETTING] = "Setting",
	[FACTOR_1] = "Factor 1: who the Doe defendants are",
	[FACTOR_2] = "Factor 2: steps taken to locate and identify",
	[FACTOR_3] = "Factor 3: personal jurisdiction",
	[FACTOR_4] = "Factor 4: likely to lead to identity and service, "
	    "entity by entity",
	[FACTOR_TRAPS] = "Traps in the papers",
};

const struct element *
element_find(const char *id)
{
	for (size_t i = 0; i < elements_count; i++)
		if (g_ascii_strcasecmp(elements[i].id, id) == 0)
			return &elements[i];
	return NULL;
}

const char *
status_name(enum status status)
{
	return words_status[status].word;
}

int
status_parse(const char *name)
{
	for (int i = 0; i < STATUSES; i++)
		if (strcmp(words_status[i].word, name) == 0)
			return i;
	return -1;
}

/* Appends "P-01 to P-09" for a row of neighbours in the table. */
static void
ids_flush(GString *ids, size_t first, size_t last)
{
	if (ids->len > 0)
		g_string_append(ids, ", ");
	if (last >= first + 2)
		g_string_append_printf(ids, "%s to %s", elements[first].id,
		    elements[last].id);
	else if (last == first + 1)
		g_string_append_printf(ids, "%s, %s", elements[first].id,
		    elements[last].id);
	else
		g_string_append(ids, elements[first].id);
}

char *
elements_ids(const gboolean *set)
{
	GString *ids = g_string_new(NULL);
	size_t i = 0;

	while (i < elements_count) {
		size_t first = i;

		if (!set[i]) {
			i++;
			continue;
		}
		while (i < elements_count && set[i] &&
		    elements[i].id[0] == elements[first].id[0])
			i++;
		ids_flush(ids, first, i - 1);
	}
	return g_string_free(ids, FALSE);
}

const char *
factor_title(enum factor factor)
{
	return factor_titles[factor];
}

static void
finding_free_any(void *p)
{
	finding_free(p);
}

/* ---- dates ------------------------------------------------------------------ */

static const char *
run_day(const struct run *run)
{
	return *run->ended != '\0' ? run->ended : run->started;
}

/* Days from the newest run that a finding points at to the day of assessment;
 * -1 where either is not known. */
static int
age_of(const struct record *rec, const struct finding *f, const char **newest)
{
	const GArray *sides[] = { f->for_, f->against };
	GDate then, now;

	*newest = "";
	for (size_t s = 0; s < G_N_ELEMENTS(sides); s++)
		for (guint i = 0; i < sides[s]->len; i++) {
			const struct run *run = g_array_index(sides[s],
			    struct pointer, i).run;
			const char *day = run != NULL ? run_day(run) : "";

			if (strcmp(day, *newest) > 0)
				*newest = day;
		}
	if (!text_day(*newest, &then) || !text_day(rec->as_of, &now))
		return -1;
	return g_date_days_between(&then, &now);
}

/* What people brought has dates of its own: of a Doe or of the case, a run that
 * stands beside it ages nothing.  An entity's role is as old as its run. */
static gboolean
is_imported(const struct finding *f)
{
	const GArray *sides[] = { f->for_, f->against };

	if (f->element->scope != SCOPE_DOE && f->element->scope != SCOPE_CASE)
		return FALSE;
	for (size_t s = 0; s < G_N_ELEMENTS(sides); s++)
		for (guint i = 0; i < sides[s]->len; i++)
			if (g_array_index(sides[s], struct pointer, i).import !=
			    NULL)
				return TRUE;
	return FALSE;
}

/* Facts seen only too long ago are shown with their date, not counted; an
 * adverse one stays printed beside. */
static void
mark_stale(const struct record *rec, struct finding *f)
{
	const char *newest;

	if (f->status != ST_SUP && f->status != ST_PART &&
	    f->status != ST_INSUF && f->status != ST_ADV)
		return;
	if (rec->stale_after <= 0 || is_imported(f) ||
	    age_of(rec, f, &newest) <= rec->stale_after)
		return;
	f->status = ST_STALE;
	finding_note(f, "last seen on %.10s, more than %d days before %s",
	    newest, rec->stale_after, rec->as_of);
	finding_missing(f, "the same, collected again");
}

/* ---- what holds for all ------------------------------------------------------------ */

static gboolean
is_belief(const struct record *rec, const struct pointer *p)
{
	for (guint i = 0; g_strcmp0(p->table, "statements.csv") == 0 &&
	    i < rec->statements->len; i++) {
		const struct statement *s =
		    g_ptr_array_index(rec->statements, i);

		if (s->line == p->n && s->type == BELIEF)
			return TRUE;
	}
	return FALSE;
}

static gboolean
has_support(const struct record *rec, const GArray *pointers)
{
	for (guint i = 0; i < pointers->len; i++)
		if (!is_belief(rec, &g_array_index(pointers, struct pointer,
		    i)))
			return TRUE;
	return FALSE;
}

/*
 * The gate: a status that says what the record contains rests on something that
 * it contains, and a belief is nothing (L-05).  No predicate relies on it.
 */
static void
gate(const struct record *rec, struct finding *f)
{
	gboolean carried = has_support(rec, f->for_);

	if (f->status == ST_INSUF || f->status == ST_ADV)
		carried = carried || has_support(rec, f->against);
	else if (f->status != ST_SUP && f->status != ST_PART)
		return;
	if (carried)
		return;
	f->status = ST_NC;
	finding_note(f, "nothing in the record carries it");
}

/* ---- scopes ------------------------------------------------------------------- */

static void
scope_add(GPtrArray *to, const char *scope)
{
	for (guint i = 0; i < to->len; i++)
		if (strcmp(g_ptr_array_index(to, i), scope) == 0)
			return;
	g_ptr_array_add(to, g_strdup(scope));
}

static void
scope_does(GPtrArray *to, const struct record *rec)
{
	for (guint i = 0; i < rec->parties->len; i++) {
		const struct party *p = g_ptr_array_index(rec->parties, i);

		if (g_ascii_strcasecmp(p->kind, "doe") == 0 &&
		    party_valid(rec, p))
			scope_add(to, p->label);
	}
}

static GPtrArray *
scopes_of(const struct sight *s, enum scope_kind kind)
{
	GPtrArray *to = g_ptr_array_new_with_free_func(g_free);

	switch (kind) {
	case SCOPE_CASE:
		scope_add(to, "case");
		break;
	case SCOPE_DOE:
		scope_does(to, s->rec);
		break;
	case SCOPE_DOMAIN:
		for (guint i = 0; i < s->sites->len; i++) {
			const struct site *x = g_ptr_array_index(s->sites, i);

			if (!g_hostname_is_ip_address(x->name))
				scope_add(to, x->name);
		}
		break;
	case SCOPE_ADDRESS:
		for (guint i = 0; i < s->roles->len; i++) {
			const struct role_row *r =
			    g_ptr_array_index(s->roles, i);

			scope_add(to, r->ip);
		}
		break;
	case SCOPE_ENTITY:
		for (guint i = 0; i < s->entities->len; i++) {
			const struct entity_view *e =
			    g_ptr_array_index(s->entities, i);

			scope_add(to, e->name);
		}
		break;
	}
	return to;
}

GPtrArray *
showing_scopes(const struct record *rec, enum scope_kind kind)
{
	struct sight sight;
	GPtrArray *to;

	sight_init_network(&sight, rec);
	to = scopes_of(&sight, kind);
	sight_clear(&sight);
	return to;
}

/* ---- one element within another --------------------------------------------------------- */

static struct finding *
within(const struct finding *f, const char *id)
{
	const struct element *e = element_find(id);
	struct finding *g = finding_new(f->sight, e, e->scope == SCOPE_CASE ?
	    "case" : f->scope, f->forum);

	e->judge(f->sight->rec, g);
	gate(f->sight->rec, g);
	return g;
}

static enum status
within_free(struct finding *g)
{
	enum status status = g->status;

	g->sight = NULL;
	finding_free(g);
	return status;
}

struct finding *
judge_part(struct finding *f, const char *id)
{
	struct finding *g = within(f, id);

	finding_point_as(f, g);
	g->sight = NULL;
	return g;
}

enum status
judge_also(struct finding *f, const char *id)
{
	return within_free(judge_part(f, id));
}

enum status
judge_status(const struct finding *f, const char *id)
{
	return within_free(within(f, id));
}

enum status
judge_of(struct finding *f, const char *id, const char *scope)
{
	const struct element *e = element_find(id);
	struct finding *g = finding_new(f->sight, e, scope, f->forum);
	enum status status;

	e->judge(f->sight->rec, g);
	gate(f->sight->rec, g);
	status = g->status;
	if (status == ST_SUP)
		finding_for_as(f, g);
	g->sight = NULL;
	finding_free(g);
	return status;
}

/* ---- assessing ------------------------------------------------------------------ */

static const char *const scope_empty[] = {
	[SCOPE_CASE] = "", [SCOPE_DOE] = "no Doe is listed in parties.csv",
	[SCOPE_DOMAIN] = "no domain is in the record",
	[SCOPE_ADDRESS] = "no address is in the record",
	[SCOPE_ENTITY] = "no entity is listed in entities.csv, and no "
	    "provider is in the record",
};

static void
assess_one(GPtrArray *to, const struct sight *s, const struct element *e,
    const char *scope, const char *forum)
{
	struct finding *f = finding_new(s, e, scope != NULL ? scope : "case",
	    forum);

	e->judge(s->rec, f);
	if (scope == NULL)
		finding_note(f, "%s", scope_empty[e->scope]);
	if ((e->forums == FORUMS_BOTH || e->forums == FORUMS_STATE) &&
	    forum == NULL)
		finding_note(f, "no forum is set in case.ini");
	gate(s->rec, f);
	mark_stale(s->rec, f);
	if (f->notes->len == 0)
		finding_note(f, "%s", words_status[f->status].label);
	f->sight = NULL;
	g_ptr_array_add(to, f);
}

static void
assess_scope(GPtrArray *to, const struct sight *s, const struct element *e,
    const char *scope)
{
	const char *state = s->rec->forum;

	if (*state == '\0')
		state = NULL;
	if (e->forums == FORUMS_NONE) {
		assess_one(to, s, e, scope, NULL);
		return;
	}
	if (e->forums == FORUMS_STATE || (e->forums == FORUMS_BOTH &&
	    g_strcmp0(state, "US") != 0))
		assess_one(to, s, e, scope, state);
	if (e->forums != FORUMS_STATE)
		assess_one(to, s, e, scope, "US");
}

GPtrArray *
showing_assess_sight(const struct sight *sight)
{
	GPtrArray *to = g_ptr_array_new_with_free_func(finding_free_any);

	for (size_t i = 0; i < elements_count; i++) {
		g_autoptr(GPtrArray) scopes = scopes_of(sight,
		    elements[i].scope);

		if (scopes->len == 0)
			assess_scope(to, sight, &elements[i], NULL);
		for (guint k = 0; k < scopes->len; k++)
			assess_scope(to, sight, &elements[i],
			    g_ptr_array_index(scopes, k));
	}
	return to;
}

GPtrArray *
showing_assess(const struct record *rec)
{
	struct sight sight;
	GPtrArray *to;

	sight_init(&sight, rec);
	to = showing_assess_sight(&sight);
	sight_clear(&sight);
	return to;
}
