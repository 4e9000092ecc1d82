#include "reports/delivery.h"
#include "reports/packed.h"
#include "reports/papers.h"
#include "reports/provider.h"
#include "reports/sender.h"
#include "reports/sight.h"

/* ---- an index of a run ----------------------------------------------------- */

static void
array_free(void *p)
{
	g_ptr_array_unref(p);
}

static void
index_add(GHashTable *table, const char *key, void *what)
{
	GPtrArray *a = g_hash_table_lookup(table, key);

	if (a == NULL) {
		a = g_ptr_array_new();
		g_hash_table_insert(table, g_strdup(key), a);
	}
	if (a->len == 0 || g_ptr_array_index(a, a->len - 1) != what)
		g_ptr_array_add(a, what);
}

/* What a question was about: RDAP asks for the last part of its URL's path. */
static char *
row_subject(const struct log_row *row)
{
	size_t n = strlen(row->name);
	const char *slash;

	if (row->kind == PROBE_DNS && n > 1 && row->name[n - 1] == '.')
		return g_strndup(row->name, n - 1);
	if (row->kind == PROBE_RDAP && (slash = strrchr(row->name, '/')) != NULL)
		return g_ascii_strdown(slash + 1, -1);
	return g_strdup(row->name);
}

struct index_tables {
	uint32_t	*facts;		/* places in run->facts, by subject */
	GHashTable	*rows;		/* char * -> GPtrArray of struct log_row * */
};

static struct sight_index *
index_new(const struct run *run)
{
	struct sight_index *x = g_new0(struct sight_index, 1);

	x->run = run;
	x->tables = g_new0(struct index_tables, 1);
	content_init(&x->content, run);
	return x;
}

static void
index_free(void *p)
{
	struct sight_index *x = p;

	g_free(x->tables->facts);
	g_clear_pointer(&x->tables->rows, g_hash_table_unref);
	g_free(x->tables);
	content_clear(&x->content);
	g_free(x);
}

static const struct fact *
fact_at(const struct sight_index *x, guint i)
{
	return x->run->facts->pdata[x->tables->facts[i]];
}

static int
by_subject(const void *a, const void *b, void *arg)
{
	struct fact *const *facts = arg;

	return strcmp(facts[*(const uint32_t *)a]->subject,
	    facts[*(const uint32_t *)b]->subject);
}

/* Of one subject they stand as in the run: the sort is a stable one. */
static uint32_t *
facts_sorted(const GPtrArray *facts)
{
	uint32_t *places = g_new(uint32_t, facts->len + 1);

	for (uint32_t i = 0; i < facts->len; i++)
		places[i] = i;
	g_qsort_with_data(places, (int)facts->len, sizeof(*places), by_subject,
	    facts->pdata);
	return places;
}

struct about
index_facts(const struct sight_index *x, const char *subject)
{
	struct about a = { .facts = x->run->facts };
	guint lo = 0, hi = x->run->facts->len;

	if (x->tables->facts == NULL)
		x->tables->facts = facts_sorted(x->run->facts);
	while (lo < hi) {
		guint mid = lo + (hi - lo) / 2;

		if (strcmp(fact_at(x, mid)->subject, subject) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	a.places = &x->tables->facts[lo];
	while (lo + a.n < x->run->facts->len &&
	    strcmp(fact_at(x, lo + a.n)->subject, subject) == 0)
		a.n++;
	return a;
}

const struct fact *
about_fact(const struct about *a, guint i)
{
	return a->facts->pdata[a->places[i]];
}

static void
index_fill_rows(struct index_tables *t, const struct run *run)
{
	t->rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    array_free);
	for (guint i = 0; i < run->log->len; i++) {
		struct log_row *row = g_ptr_array_index(run->log, i);
		g_autofree char *subject = NULL;

		if (strcmp(row->type, "exchange") != 0)
			continue;
		subject = row_subject(row);
		index_add(t->rows, subject, row);
	}
}

const GPtrArray *
index_rows(const struct sight_index *x, const char *subject)
{
	if (x->tables->rows == NULL)
		index_fill_rows(x->tables, x->run);
	return g_hash_table_lookup(x->tables->rows, subject);
}

const struct fact *
index_first(const struct sight_index *x, enum fact_kind kind,
    const char *subject)
{
	struct about a = index_facts(x, subject);

	for (guint i = 0; i < a.n; i++)
		if (about_fact(&a, i)->kind == kind)
			return about_fact(&a, i);
	return NULL;
}

/* Runs stand in the order of their numbers, which mostly follow one another. */
const struct sight_index *
sight_index_of(const struct sight *s, const struct run *run)
{
	const GPtrArray *runs = s->rec->runs;
	guint guess = runs->len == 0 ? 0 : run->number -
	    ((const struct run *)runs->pdata[0])->number;

	if (guess < runs->len && runs->pdata[guess] == run)
		return s->indexes->pdata[guess];
	for (guint i = 0; i < runs->len; i++)
		if (runs->pdata[i] == run)
			return s->indexes->pdata[i];
	return NULL;
}

/* ---- visits ------------------------------------------------------------------ */

static void
visit_free(void *p)
{
	struct visit *v = p;

	packed_unref(v->facts);
	packed_unref(v->rows);
	packed_unref(v->roles);
	g_free(v);
}

static void
site_free(void *p)
{
	struct site *s = p;

	g_ptr_array_unref(s->visits);
	g_free(s);
}

static struct site *
site_get(struct sight *s, const char *name)
{
	struct site *site;

	for (guint i = 0; i < s->sites->len; i++) {
		site = g_ptr_array_index(s->sites, i);
		if (strcmp(site->name, name) == 0)
			return site;
	}
	site = g_new0(struct site, 1);
	site->name = name;
	site->visits = g_ptr_array_new_with_free_func(visit_free);
	g_ptr_array_add(s->sites, site);
	return site;
}

/* A visit while its run is read. */
enum of { OF_FACTS, OF_ROWS, OF_ROLES, OFS };
struct filling {
	struct visit	*visit;
	GPtrArray	*of[OFS];
};

/* A visit is found under its target, and under the domains above it, because
 * registration data is kept for those. */
static void
filling_index(GHashTable *by_name, struct filling *x)
{
	const char *name = x->visit->target;

	do
		index_add(by_name, name, x);
	while ((name = strchr(name, '.')) != NULL &&
	    strchr(++name, '.') != NULL);
}

static void
visits_of(GHashTable *by_name, const char *name, void *what, enum of of)
{
	GPtrArray *a = name != NULL ? g_hash_table_lookup(by_name, name) : NULL;

	for (guint i = 0; a != NULL && i < a->len; i++) {
		GPtrArray *to = ((struct filling *)a->pdata[i])->of[of];

		if (to->len == 0 || g_ptr_array_index(to, to->len - 1) != what)
			g_ptr_array_add(to, what);
	}
}

static void
visits_fill(GHashTable *by_name, GHashTable *by_target, const struct run *run,
    const struct content *content)
{
	for (guint i = 0; i < run->facts->len; i++) {
		struct fact *f = g_ptr_array_index(run->facts, i);

		if (!content_has(content, f))
			continue;
		visits_of(by_target, f->target, f, OF_FACTS);
		visits_of(by_name, f->subject, f, OF_FACTS);
		/* A key that imported mail names is asked for nobody's sake. */
		if (f->kind == FACT_DNS_DKIM)
			visits_of(by_name, fact_str(f, "domain"), f, OF_FACTS);
	}
	for (guint i = 0; i < run->log->len && !run->lean; i++) {
		struct log_row *row = g_ptr_array_index(run->log, i);
		g_autofree char *subject = NULL;

		if (strcmp(row->type, "exchange") != 0)
			continue;
		subject = row_subject(row);
		visits_of(by_target, row->target, row, OF_ROWS);
		visits_of(by_name, subject, row, OF_ROWS);
	}
}

static void
visits_roles(GHashTable *by_target, const GPtrArray *roles)
{
	for (guint i = 0; i < roles->len; i++) {
		struct role_row *r = g_ptr_array_index(roles, i);

		visits_of(by_target, r->target, r, OF_ROLES);
	}
}

static struct filling *
filling_new(struct sight *s, const struct run *run,
    const struct sight_index *index, const char *target)
{
	struct filling *x = g_new0(struct filling, 1);

	x->visit = g_new0(struct visit, 1);
	x->visit->run = run;
	x->visit->index = index;
	x->visit->target = target;
	for (int i = 0; i < OFS; i++)
		x->of[i] = g_ptr_array_new();
	g_ptr_array_add(site_get(s, target)->visits, x->visit);
	return x;
}

static void
filling_end(void *p)
{
	struct filling *x = p;

	x->visit->facts = packed_of(x->of[OF_FACTS]);
	x->visit->rows = packed_of(x->of[OF_ROWS]);
	x->visit->roles = packed_of(x->of[OF_ROLES]);
	for (int i = 0; i < OFS; i++)
		g_ptr_array_unref(x->of[i]);
	g_free(x);
}

static void
sight_visit(struct sight *s, const struct run *run,
    const struct sight_index *index, const GPtrArray *roles)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(filling_end);
	g_autoptr(GHashTable) by_name = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, array_free);
	g_autoptr(GHashTable) by_target = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, array_free);

	for (guint i = 0; i < run->targets->len; i++) {
		const char *target = g_ptr_array_index(run->targets, i);
		struct filling *x;

		if (g_hash_table_contains(by_target, target))
			continue;
		x = filling_new(s, run, index, target);
		g_ptr_array_add(all, x);
		index_add(by_target, target, x);
		filling_index(by_name, x);
	}
	visits_fill(by_name, by_target, run, &index->content);
	visits_roles(by_target, roles);
}

/* ---- all of it ------------------------------------------------------------------ */

static void
count_addresses(struct sight *s)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);

	for (guint i = 0; i < s->roles->len; i++) {
		const struct role_row *r = g_ptr_array_index(s->roles, i);
		char *key = g_strdup_printf("%d %s", (int)r->role, r->ip);

		if (g_hash_table_add(seen, g_strdup(r->ip)))
			s->addresses++;
		if (g_hash_table_add(seen, key))
			s->by_role[r->role]++;
	}
	for (guint i = 0; s->audience != NULL &&
	    i < s->audience->callers->len; i++) {
		const struct caller *c = &g_array_index(s->audience->callers,
		    struct caller, i);
		const struct inet *at = caller_ip(s->audience, c);
		g_autofree char *ip = book_find(s->book, at) != NULL ?
		    inet_words(at) : NULL;

		s->addresses += ip == NULL || !g_hash_table_contains(seen, ip);
	}
	for (unsigned r = 0; s->audience != NULL && r < ROLES; r++)
		s->by_role[r] += s->audience->by_role[r];
}

static void
begin(struct sight *s, const struct record *rec)
{
	*s = (struct sight){
		.rec = rec,
		.indexes = g_ptr_array_new_with_free_func(index_free),
		.role_arrays = g_ptr_array_new_with_free_func(array_free),
		.roles = g_ptr_array_new(),
		.papers = papers_new(),
		.sites = g_ptr_array_new_with_free_func(site_free),
	};
	for (guint i = 0; i < rec->runs->len; i++) {
		const struct run *run = g_ptr_array_index(rec->runs, i);
		GPtrArray *roles;

		g_ptr_array_add(s->indexes, index_new(run));
		if (run->told)
			continue;
		roles = roles_of_run(rec, run);
		g_ptr_array_add(s->role_arrays, roles);
		g_ptr_array_extend(s->roles, roles, NULL, NULL);
		sight_visit(s, run, g_ptr_array_index(s->indexes, i), roles);
	}
	s->book = book_new(rec, s->roles);
	s->providers = providers_of(s);
	s->entities = entities_of(s);
}

void
sight_init(struct sight *s, const struct record *rec)
{
	begin(s, rec);
	s->messages = sender_messages(s);
	s->audience = audience_new(rec, s->book, s->messages);
	count_addresses(s);
}

void
sight_init_network(struct sight *s, const struct record *rec)
{
	begin(s, rec);
	count_addresses(s);
}

void
sight_clear(struct sight *s)
{
	if (s->audience != NULL)
		audience_free(s->audience);
	if (s->messages != NULL)
		g_array_unref(s->messages);
	book_free(s->book);
	papers_free(s->papers);
	g_ptr_array_unref(s->entities);
	g_ptr_array_unref(s->providers);
	g_ptr_array_unref(s->sites);
	g_ptr_array_unref(s->roles);
	g_ptr_array_unref(s->role_arrays);
	g_ptr_array_unref(s->indexes);
}

const struct sight *
sight_or(const struct sight *there, struct sight *own, const struct record *rec)
{
	if (there != NULL)
		return there;
	sight_init_network(own, rec);
	return own;
}

void
sight_done(const struct sight *s, struct sight *own)
{
	if (s == own)
		sight_clear(own);
}

const struct site *
sight_site(const struct sight *s, const char *name)
{
	for (guint i = 0; i < s->sites->len; i++) {
		const struct site *site = g_ptr_array_index(s->sites, i);

		if (strcmp(site->name, name) == 0)
			return site;
	}
	return NULL;
}

const struct visit *
site_last(const struct site *site)
{
	return g_ptr_array_index(site->visits, site->visits->len - 1);
}

const struct entity_view *
sight_entity(const struct sight *s, const char *name)
{
	for (guint i = 0; i < s->entities->len; i++) {
		const struct entity_view *e = g_ptr_array_index(s->entities, i);

		if (strcmp(e->name, name) == 0)
			return e;
	}
	return NULL;
}
