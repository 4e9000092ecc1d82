#include "reports/gather.h"
#include "reports/provider.h"
#include "reports/quoted.h"

/*
 * Factor 3, whose services are used: infrastructure, never targeting.  A
 * provider counts by the country that the registration data of its addresses
 * gives for the holder, a registrar by its own entry, a registry by its
 * country-code domain, an entity by entities.csv.
 */

/* Points at a provider; the DNS fact that gives the role stands beside. */
static void
point_at(struct finding *f, const struct provider *p)
{
	if (p->how != NULL)
		finding_against(f, p->run, p->how);
	finding_against(f, p->run, p->fact);
}

static gboolean
has_role(const struct provider *p, const char *role)
{
	return strcmp(p->role, role) == 0;
}

static gboolean
is_service(const struct provider *p)
{
	return !has_role(p, "registrar") && !has_role(p, "registry") &&
	    !has_role(p, PROVIDER_LINKED);
}

/* Hosts that pages lead to may be anybody's, and count for neither side. */
static void
note_linked(struct finding *f)
{
	g_autoptr(GString) list = g_string_new(NULL);

	for (guint i = 0; i < f->sight->providers->len; i++) {
		const struct provider *p =
		    g_ptr_array_index(f->sight->providers, i);

		/* a domain of the record is counted for itself */
		if (has_role(p, PROVIDER_LINKED) &&
		    sight_site(f->sight, p->about) == NULL)
			list_add(list, p->about);
	}
	if (list->len > 0)
		finding_note(f, "not counted: hosts of names that pages lead "
		    "to: %s", list->str);
}

/* "Cloudflare, Inc. (DNS)" for each provider of the kind; how many rows. */
static guint
list_us(struct finding *f, GString *list)
{
	guint n = 0;

	for (guint i = 0; i < f->sight->providers->len; i++) {
		const struct provider *p =
		    g_ptr_array_index(f->sight->providers, i);
		g_autofree char *word = NULL;

		if (!is_service(p) || country_is_us(p->country) != 1)
			continue;
		n++;
		point_at(f, p);
		word = g_strdup_printf("%s: %s", p->role, p->name);
		list_add(list, word);
	}
	return n;
}

void
judge_us_providers(const struct record *rec, struct finding *f)
{
	g_autoptr(GString) list = g_string_new(NULL);

	(void)rec;
	if (judge_no_run(f))
		return;
	finding_missing(f, "an explanation why that provider or region was "
	    "chosen");
	if (list_us(f, list) > 0) {
		f->status = ST_INSUF;
		finding_note(f, "infrastructure of US companies: %s",
		    list->str);
		note_linked(f);
	} else if (!judge_providers_open(f)) {
		f->status = ST_NONE;
		finding_note(f, "no provider seen has a US holder");
	}
}

guint
judge_us_services(struct finding *f)
{
	g_autoptr(GString) list = g_string_new(NULL);

	return list_us(f, list);
}

/* An explanation of why they were chosen is somebody's, and quoted. */
void
judge_us_explained(const struct record *rec, struct finding *f)
{
	struct quoted q;

	judge_us_providers(rec, f);
	quoted_find(f, "K-15", NULL, &q);
	if (q.found == 0 || f->status != ST_INSUF)
		return;
	f->status = ST_PART;
	finding_missing_none(f);
	finding_missing(f, "what the explanation rests on, in counsel's "
	    "argument");
}

/* ---- K-16 ------------------------------------------------------------------- */

/* One line a country: "IS 1, NL 1"; each name counts once. */
static void
tally_add(GHashTable *countries, GPtrArray *order, GHashTable *names,
    const char *name, const char *country)
{
	g_autofree char *up = g_ascii_strup(country, -1);
	guint n;

	if (!g_hash_table_add(names, g_strdup(name)))
		return;
	n = GPOINTER_TO_UINT(g_hash_table_lookup(countries, up));
	if (n == 0)
		g_ptr_array_add(order, g_strdup(up));
	g_hash_table_insert(countries, g_steal_pointer(&up),
	    GUINT_TO_POINTER(n + 1));
}

static int
by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* In the order of their codes: which answer came first is nothing. */
static void
tally_say(GString *out, GHashTable *countries, GPtrArray *order)
{
	g_ptr_array_sort(order, by_text);
	for (guint i = 0; i < order->len; i++) {
		const char *c = g_ptr_array_index(order, i);

		g_string_append_printf(out, "%s%s %u", i > 0 ? ", " : "", c,
		    GPOINTER_TO_UINT(g_hash_table_lookup(countries, c)));
	}
}

static gint
compare_words(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "isnic" of "ISNIC - Internet a Islandi hf." */
static char *
first_word(const char *name)
{
	return g_ascii_strdown(name, (gssize)strcspn(name, " ,.-"));
}

/* What registrars are called, each once with its country: "isnic is". */
static GHashTable *
registrars(const struct finding *f)
{
	GHashTable *t = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);

	for (guint i = 0; i < f->sight->providers->len; i++) {
		const struct provider *p =
		    g_ptr_array_index(f->sight->providers, i);
		g_autofree char *name = NULL, *country = NULL;

		if (!has_role(p, "registrar"))
			continue;
		name = first_word(p->name);
		country = g_ascii_strdown(p->country, -1);
		g_hash_table_add(t, g_strjoin(" ", name, country, NULL));
	}
	return t;
}

/* Some registries are registrars as well, and answer from a host of that name:
 * ISNIC, whois.isnic.is.  They are counted once. */
static gboolean
is_registrar_too(GHashTable *names, const struct provider *registry)
{
	const struct log_row *row = registry->fact != NULL ?
	    run_row(registry->run, fact_source(registry->fact)) : NULL;
	g_auto(GStrv) labels = g_strsplit(row != NULL ? row->host : "", ".", 8);
	g_autofree char *country = g_ascii_strdown(registry->country, -1);

	for (size_t i = 0; labels[i] != NULL; i++) {
		g_autofree char *name = g_strjoin(" ", labels[i], country, NULL);

		if (g_hash_table_contains(names, name))
			return TRUE;
	}
	return FALSE;
}

static void
tally_providers(struct finding *f, GString *out)
{
	g_autoptr(GHashTable) countries = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) registrar = registrars(f);
	g_autoptr(GPtrArray) order = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < f->sight->providers->len; i++) {
		const struct provider *p =
		    g_ptr_array_index(f->sight->providers, i);

		if (country_is_us(p->country) != 0 ||
		    has_role(p, PROVIDER_LINKED))
			continue;
		point_at(f, p);
		if (has_role(p, "registry") && is_registrar_too(registrar, p))
			continue;
		/* a registry is one, whatever servers it answers from */
		tally_add(countries, order, names, has_role(p, "registry") ?
		    p->country : p->name, p->country);
	}
	/* by name: which provider was met first is a matter of its answers */
	g_ptr_array_sort(order, compare_words);
	tally_say(out, countries, order);
}

static void
tally_entities(struct finding *f, const struct record *rec, GString *out)
{
	for (guint i = 0; i < rec->entities->len; i++) {
		const struct entity *e = g_ptr_array_index(rec->entities, i);

		if (country_is_us(e->country) != 0)
			continue;
		list_add(out, e->country);
		finding_against_table(f, "entities.csv", e->line);
	}
}

void
judge_foreign_providers(const struct record *rec, struct finding *f)
{
	g_autoptr(GString) seen = g_string_new(NULL);
	g_autoptr(GString) sought = g_string_new(NULL);

	tally_providers(f, seen);
	tally_entities(f, rec, sought);
	if (seen->len == 0 && sought->len == 0) {
		if (judge_no_run(f) || judge_providers_open(f))
			return;
		f->status = ST_NONE;
		finding_note(f, "no provider, registrar, registry or entity "
		    "outside the United States");
		return;
	}
	f->status = ST_ADV;
	f->adverse = TRUE;
	if (seen->len > 0)
		finding_note(f, "providers outside the United States: %s",
		    seen->str);
	if (sought->len > 0)
		finding_note(f, "entities.csv names entities in: %s",
		    sought->str);
	note_linked(f);
}

/* ---- K-17 ----------------------------------------------------------------- */

static gboolean
is_google(const char *exchange)
{
	static const char *const zones[] = { "google.com", "googlemail.com",
		"smtp.goog" };

	for (size_t i = 0; i < G_N_ELEMENTS(zones); i++) {
		size_t n = strlen(exchange), z = strlen(zones[i]);

		if (n >= z && strcmp(exchange + n - z, zones[i]) == 0 &&
		    (n == z || exchange[n - z - 1] == '.'))
			return TRUE;
	}
	return FALSE;
}

static void
google_visit(struct finding *f, const struct visit *v, void *arg)
{
	GHashTable *names = arg;

	for (guint i = 0; i < v->facts->len; i++) {
		const struct fact *fact = g_ptr_array_index(v->facts, i);

		if (fact->kind != FACT_DNS_MX ||
		    strcmp(fact->subject, v->target) != 0 ||
		    !is_google(fact_str(fact, "exchange")))
			continue;
		g_hash_table_add(names, (gpointer)(uintptr_t)
		    fact_str(fact, "exchange"));
		finding_against(f, v->run, fact);
	}
}

void
judge_google_mail(const struct record *rec, struct finding *f)
{
	/* One that is named for several sites is one. */
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash,
	    g_str_equal);
	guint n;

	(void)rec;
	if (judge_no_run(f))
		return;
	judge_visits(f, google_visit, names);
	n = g_hash_table_size(names);
	if (n > 0) {
		f->status = ST_INSUF;
		finding_note(f, "%u mail server%s of Google (role: MAIL): "
		    "infrastructure", PLURAL(n));
		finding_lacks(f, SUPPLY_NOBODY, "nothing: this row "
		    "never serves K-05");
	} else if (!judge_sites_open(f, LOOK_MAIL)) {
		f->status = ST_NONE;
		finding_note(f, "no mail server of Google");
	}
}
