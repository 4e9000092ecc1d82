#include "reports/steps.h"

#include <string.h>

#include "reports/exhibit_list.h"
#include "reports/view.h"

static void
step_free(void *data)
{
	struct step *s = data;

	g_array_unref(s->records);
	g_ptr_array_unref(s->named);
	g_hash_table_unref(s->known);
	g_ptr_array_unref(s->said);
	g_array_unref(s->ends);
	g_free(s);
}

/* ---- what belongs together --------------------------------------------------- */

static const char *
object_of(const struct log_row *r)
{
	return exhibit_object(r->kind, r->name);
}

static const char *
name_of(const struct log_row *r)
{
	return r->name;
}

/* What local data is called. */
static const char *
file_of(const struct log_row *r)
{
	static const struct {
		const char	*type, *name;
	} files[] = {
		{ "hints", "root hints" }, { "anchor", "trust anchor" },
		{ "vantage", "the vantage as stated" },
		{ "listed-ip", "dated lists" }, { "listed-as", "dated lists" },
		{ "listed-ns", "dated lists" },
		{ "listed-reverse", "dated lists" },
		{ "rdap-service", "lists of registration services" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
		if (strcmp(files[i].type, r->qtype) == 0)
			return files[i].name;
	return r->qtype;
}

static const char *
database_of(const struct log_row *r)
{
	return r->host;
}

static const char *
address_of(const struct log_row *r)
{
	return r->server;
}

static const char *
nothing_of(const struct log_row *r)
{
	(void)r;
	return "";
}

static const char *
target_of(const struct log_row *r)
{
	return r->target;
}

/*
 * The first row that fits an exchange is its family: by kind, and by type where
 * one is given.  Those of a family with equal keys are one step; named is what
 * each of them asked about.
 */
static const struct family {
	enum step_family	 family;
	enum probe_kind		 kind;
	const char		*type;		/* NULL: any other */
	const char		*(*key)(const struct log_row *);
	const char		*(*more)(const struct log_row *);
	const char		*(*named)(const struct log_row *);
} families[] = {
	{ STEP_FILES, PROBE_LOCAL, NULL, nothing_of, nothing_of, file_of },
	{ STEP_PLACES, PROBE_GEO, NULL, nothing_of, nothing_of, database_of },
	{ STEP_DISTANCES, PROBE_REACH, NULL, target_of, nothing_of,
	    address_of },
	{ STEP_HANDSHAKES, PROBE_TLS, NULL, target_of, nothing_of, name_of },
	{ STEP_PAGES, PROBE_HTTP, NULL, target_of, row_server, name_of },
	{ STEP_BOOTSTRAP, PROBE_RDAP, "bootstrap", nothing_of, nothing_of,
	    object_of },
	{ STEP_NUMBERS, PROBE_RDAP, "ip", row_server, nothing_of, object_of },
	{ STEP_NUMBERS, PROBE_RDAP, "autnum", row_server, nothing_of,
	    object_of },
	{ STEP_REGISTRATION, PROBE_RDAP, NULL, row_server, object_of,
	    object_of },
	{ STEP_REGISTRATION, PROBE_WHOIS, NULL, row_server, name_of, name_of },
	{ STEP_REVERSE, PROBE_DNS, "PTR", target_of, nothing_of, name_of },
	{ STEP_DNS, PROBE_DNS, NULL, nothing_of, nothing_of, name_of },
};

static const struct family *
family_of(const struct log_row *r)
{
	for (size_t i = 0; i < G_N_ELEMENTS(families); i++)
		if (families[i].kind == r->kind && (families[i].type == NULL ||
		    strcmp(families[i].type, r->qtype) == 0))
			return &families[i];
	g_assert_not_reached();
}

/* A run, and what is found in it while its steps are made. */
struct stepping {
	const struct run	*run;
	GHashTable		*exhibits;	/* uint64_t * -> struct exhibit * */
	GHashTable		*by_key;	/* struct step *, borrowed */
	GHashTable		*by_record;	/* uint64_t * -> struct step * */
	GPtrArray		*steps;
};

static char *
key_of(const struct stepping *p, const struct log_row *r,
    const struct family *f)
{
	const struct exhibit *x = g_hash_table_lookup(p->exhibits, &r->n);

	if (row_failed(r))
		return g_strdup_printf("- %d %s %d %s", (int)r->kind,
		    row_server(r), (int)r->status, r->detail);
	if (f->family == STEP_DNS)
		return g_strdup_printf("%d %s", (int)f->family,
		    x != NULL ? x->id : "");
	return g_strdup_printf("%d %s %s", (int)f->family, f->key(r),
	    f->more(r));
}

static struct step *
step_new(const struct stepping *p, const struct log_row *r,
    const struct family *f)
{
	const struct exhibit *x = g_hash_table_lookup(p->exhibits, &r->n);
	struct step *s = g_new0(struct step, 1);

	s->family = row_failed(r) ? STEP_UNANSWERED : f->family;
	s->first = r;
	s->target = r->target;
	s->title = x != NULL ? x->title : "";
	s->records = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	s->named = g_ptr_array_new();
	s->known = g_hash_table_new(g_str_hash, g_str_equal);
	s->said = g_ptr_array_new_with_free_func(g_free);
	s->ends = g_array_new(FALSE, FALSE, sizeof(struct step_end));
	return s;
}

static void
count_end(struct step *s, const struct log_row *r)
{
	const char *how = *r->detail != '\0' ? r->detail :
	    xstatus_name(r->status);
	const struct step_end end = { how, 1 };

	for (guint i = 0; i < s->ends->len; i++) {
		struct step_end *e = &g_array_index(s->ends, struct step_end,
		    i);

		if (strcmp(e->how, how) == 0) {
			e->n++;
			return;
		}
	}
	g_array_append_val(s->ends, end);
}

/* ---- what answers said ---------------------------------------------------------- */

static char *
said_address(const struct run *run, const struct fact *f)
{
	for (guint i = 0; i < run->targets->len; i++)
		if (strcmp(run->targets->pdata[i], f->subject) == 0)
			return g_strdup_printf("address %s", fact_str(f, "ip"));
	return NULL;
}

static char *
said_person(const char *what, const char *name, const struct fact *f)
{
	if (json_is_true(fact_get(f, "withheld")))
		return g_strdup_printf("%s withheld", what);
	if (*name == '\0')
		return NULL;
	return g_strdup_printf("%s %s%s", what, name, json_is_true(fact_get(f,
	    "service")) ? " (a privacy service)" : "");
}

static char *
said_entity(const struct run *run, const struct fact *f)
{
	static const char *const roles[] = { "registrar", "registrant" };
	const char *name = *fact_str(f, "org") != '\0' ? fact_str(f, "org") :
	    fact_str(f, "name");

	(void)run;
	for (size_t i = 0; i < G_N_ELEMENTS(roles); i++)
		if (fact_list_has(f, "roles", roles[i]))
			return said_person(roles[i], name, f);
	return NULL;
}

static char *
said_redacted(const struct run *run, const struct fact *f)
{
	g_autofree char *field = g_ascii_strdown(fact_str(f, "field"), -1);

	(void)run;
	return strstr(field, "registrant") != NULL ?
	    g_strdup("registrant withheld") : NULL;
}

static char *
said_field(const struct run *run, const struct fact *f)
{
	const char *field = fact_str(f, "field");

	(void)run;
	if (strcmp(field, "registrar") == 0)
		return said_person("registrar", fact_str(f, "value"), f);
	if (strcmp(field, "holder") == 0)
		return said_person("registrant", fact_str(f, "value"), f);
	return NULL;
}

static char *
said_none(const struct run *run, const struct fact *f)
{
	(void)run;
	return g_strdup_printf("no record: %s", fact_str(f, "what"));
}

static char *
said_holder(const struct run *run, const struct fact *f)
{
	const char *country = fact_str(f, "country");

	(void)run;
	return *fact_str(f, "org") == '\0' ? NULL : g_strdup_printf("%s%s%s",
	    fact_str(f, "org"), *country != '\0' ? ", " : "", country);
}

/* A new kind whose words belong into the chronology is a row. */
static const struct {
	enum fact_kind	 kind;
	enum step_family family;
	char		*(*words)(const struct run *, const struct fact *);
} sayings[] = {
	{ FACT_DNS_A, STEP_DNS, said_address },
	{ FACT_DNS_AAAA, STEP_DNS, said_address },
	{ FACT_RDAP_ENTITY, STEP_REGISTRATION, said_entity },
	{ FACT_RDAP_REDACTED, STEP_REGISTRATION, said_redacted },
	{ FACT_WHOIS_FIELD, STEP_REGISTRATION, said_field },
	{ FACT_WHOIS_NONE, STEP_REGISTRATION, said_none },
	{ FACT_IP_HOLDER, STEP_NUMBERS, said_holder },
	{ FACT_AS_HOLDER, STEP_NUMBERS, said_holder },
};

static void
say_fact(const struct run *run, GHashTable *step_of, const struct fact *f)
{
	uint64_t n = fact_source(f);
	struct step *s;

	for (size_t i = 0; i < G_N_ELEMENTS(sayings); i++) {
		g_autofree char *words = NULL;

		if (sayings[i].kind != f->kind)
			continue;
		s = g_hash_table_lookup(step_of, &n);
		if (s == NULL || s->family != sayings[i].family)
			return;
		words = sayings[i].words(run, f);
		if (words != NULL && !g_ptr_array_find_with_equal_func(s->said,
		    words, g_str_equal, NULL))
			g_ptr_array_add(s->said, g_steal_pointer(&words));
		return;
	}
}

/* ---- all of it ------------------------------------------------------------------- */

static void
step_add(struct step *s, const struct log_row *r, const struct family *f)
{
	const char *named = f->named(r);

	g_array_append_val(s->records, r->n);
	if (g_hash_table_add(s->known, (void *)(uintptr_t)named))
		g_ptr_array_add(s->named, (void *)(uintptr_t)named);
	count_end(s, r);
}

static void
take_row(struct stepping *p, const struct log_row *r)
{
	const struct family *f = family_of(r);
	char *key = key_of(p, r, f);
	struct step *s = g_hash_table_lookup(p->by_key, key);

	if (s == NULL) {
		s = step_new(p, r, f);
		g_ptr_array_add(p->steps, s);
		g_hash_table_insert(p->by_key, key, s);
	} else {
		g_free(key);
	}
	g_hash_table_insert(p->by_record, (void *)(uintptr_t)&r->n, s);
	step_add(s, r, f);
}

GPtrArray *
steps_of(const struct run *run)
{
	g_autoptr(GHashTable) exhibits = g_hash_table_new(g_int64_hash,
	    g_int64_equal);
	g_autoptr(GHashTable) by_key = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) by_record = g_hash_table_new(g_int64_hash,
	    g_int64_equal);
	struct stepping p = { run, exhibits, by_key, by_record,
	    g_ptr_array_new_with_free_func(step_free) };

	for (guint i = 0; i < run->exhibits->len; i++) {
		struct exhibit *x = run->exhibits->pdata[i];

		for (guint k = 0; k < x->records->len; k++)
			g_hash_table_insert(exhibits, &g_array_index(
			    x->records, uint64_t, k), x);
	}
	for (guint i = 0; i < run->log->len; i++)
		if (row_exchange(run->log->pdata[i]))
			take_row(&p, run->log->pdata[i]);
	for (guint i = 0; i < run->facts->len; i++) {
		const struct fact *f = run->facts->pdata[i];

		if (f->type == OBSERVED)
			say_fact(run, by_record, f);
	}
	return p.steps;
}
