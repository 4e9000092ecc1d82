#include <string.h>

#include "probes/rdap_words.h"
#include "reports/delivery.h"
#include "reports/provider.h"

/* Endings that tell a legal form and nothing of who it is. */
static const char *const legal_forms[] = {
	"ab", "ag", "aps", "as", "asa", "bv", "co", "company", "corp",
	"corporation", "ehf", "eood", "gmbh", "hf", "inc", "incorporated", "kft",
	"limited", "llc", "llp", "lp", "ltd", "ltda", "nv", "ood", "oy", "oyj",
	"plc", "pte", "pty", "pvt", "sa", "sarl", "sas", "se", "sl", "spa",
	"spzoo", "srl", "sro", "ug", "uab",
};

static void
provider_free(void *p)
{
	struct provider *x = p;

	g_free(x->name);
	g_free(x->country);
	g_free(x->about);
	g_free(x);
}

static void
entity_view_free(void *p)
{
	struct entity_view *e = p;

	g_ptr_array_unref(e->seen);
	g_free(e);
}

/* ---- names ---------------------------------------------------------------- */

static gboolean
legal_form(const char *word)
{
	for (size_t i = 0; i < G_N_ELEMENTS(legal_forms); i++)
		if (strcmp(word, legal_forms[i]) == 0)
			return TRUE;
	return FALSE;
}

/* Letters and digits stay; a full stop goes ("B.V." is "bv"); all else parts
 * words. */
static GString *
company_fold(const char *name)
{
	g_autofree char *valid = g_utf8_make_valid(name, -1);
	g_autofree char *folded = g_utf8_casefold(valid, -1);
	GString *s = g_string_new(NULL);

	for (const char *p = folded; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (g_unichar_isalnum(c))
			g_string_append_unichar(s, c);
		else if (c != '.')
			g_string_append_c(s, ' ');
	}
	return s;
}

char **
company_words(const char *name)
{
	g_autoptr(GString) folded = company_fold(name);
	g_auto(GStrv) parts = g_strsplit(folded->str, " ", 64);
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);

	for (char **p = parts; *p != NULL; p++)
		if (**p != '\0')
			g_ptr_array_add(words, g_strdup(*p));
	while (words->len > 1 &&
	    legal_form(g_ptr_array_index(words, words->len - 1)))
		g_ptr_array_remove_index(words, words->len - 1);
	g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_free(words, FALSE);
}

/* "Google Ireland Limited" is another company than Google LLC. */
static gboolean
begins_with_place(char **words)
{
	static const char *const regions[] = { "africa", "apac", "asia", "emea",
		"eu", "europe", "us" };
	g_autofree char *two = NULL;

	if (words[0] == NULL)
		return FALSE;
	for (size_t i = 0; i < G_N_ELEMENTS(regions); i++)
		if (strcmp(words[0], regions[i]) == 0)
			return TRUE;
	two = g_strjoin(" ", words[0], words[1], NULL);
	return rdap_country(words[0]) != NULL || rdap_country(two) != NULL;
}

gboolean
entity_is(const char *entity, const char *name)
{
	g_auto(GStrv) a = company_words(entity);
	g_auto(GStrv) b = company_words(name);
	size_t i;

	for (i = 0; a[i] != NULL; i++)
		if (b[i] == NULL || strcmp(a[i], b[i]) != 0)
			return FALSE;
	return i > 0 && !begins_with_place(b + i);
}

gboolean
entity_is_host(const char *entity, const char *host)
{
	g_auto(GStrv) words = company_words(entity);
	g_autofree char *joined = g_strjoinv("", words);
	g_auto(GStrv) labels = g_strsplit(host, ".", 128);

	if (*joined == '\0')
		return FALSE;
	for (char **l = labels; *l != NULL; l++)
		if (g_ascii_strcasecmp(*l, joined) == 0)
			return TRUE;
	return FALSE;
}

/* Without what stands in parentheses: a remark, and no name. */
static char *
without_remarks(const char *name)
{
	GString *s = g_string_new(NULL);
	int depth = 0;

	for (; *name != '\0'; name++) {
		depth += *name == '(';
		if (depth == 0)
			g_string_append_c(s, *name);
		if (*name == ')' && depth > 0)
			depth--;
	}
	return g_string_free(s, FALSE);
}

/* " word word ": one blank before, between and after. */
static GString *
words_spaced(const char *text)
{
	g_autoptr(GString) folded = company_fold(text);
	GString *s = g_string_new(" ");

	for (const char *p = folded->str; *p != '\0'; p++)
		if (*p != ' ' || s->str[s->len - 1] != ' ')
			g_string_append_c(s, *p);
	if (s->str[s->len - 1] != ' ')
		g_string_append_c(s, ' ');
	return s;
}

gboolean
entity_named(const char *entity, const char *text)
{
	g_autofree char *bare = without_remarks(entity);
	g_auto(GStrv) words = company_words(bare);
	g_autofree char *joined = g_strjoinv(" ", words);
	g_autofree char *wanted = g_strdup_printf(" %s ", joined);
	g_autoptr(GString) in = words_spaced(text);

	return *joined != '\0' && strstr(in->str, wanted) != NULL;
}

int
country_is_us(const char *country)
{
	static const char *const names[] = { "US", "USA", "United States",
	    "United States of America" };

	if (*country == '\0')
		return -1;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (g_ascii_strcasecmp(country, names[i]) == 0)
			return 1;
	return 0;
}

/* ---- providers -------------------------------------------------------------- */

static gboolean
provider_same(const struct provider *p, const char *name, const char *role,
    const char *target, const struct run *run)
{
	return p->run == run && strcmp(p->target, target) == 0 &&
	    strcmp(p->role, role) == 0 && strcmp(p->name, name) == 0;
}

/* One answer may name a company without its country and another with it; which
 * came first must not matter. */
static void
provider_country(struct provider *p, const struct provider *later,
    const char *country)
{
	if (*p->country != '\0' || *country == '\0')
		return;
	g_free(p->country);
	p->country = g_strdup(country);
	p->fact = later->fact;
	p->how = later->how;
}

static void
provider_add(GPtrArray *to, struct provider p, const char *name,
    const char *country, const char *about)
{
	if (*name == '\0')
		return;
	/* Those of one visit stand together, the newest last. */
	for (guint i = to->len; i-- > 0;) {
		struct provider *had = g_ptr_array_index(to, i);

		if (had->run != p.run)
			break;
		if (!provider_same(had, name, p.role, p.target, p.run))
			continue;
		provider_country(had, &p, country);
		return;
	}
	p.name = g_strdup(name);
	p.country = g_strdup(country);
	p.about = g_strdup(about);
	g_ptr_array_add(to, g_memdup2(&p, sizeof(p)));
}

/* Country of the holder where the registry gives one, else of the network. */
static const char *
holder_country(const struct role_row *r)
{
	const char *c = r->holder != NULL ? fact_str(r->holder, "country") : "";

	if (*c == '\0' && r->network != NULL)
		c = fact_str(r->network, "country");
	return c;
}

/* The host of a name that a page leads to is not the target's host. */
static const char *
provider_role(const struct role_row *r)
{
	if ((r->role == ROLE_HOST || r->role == ROLE_CDN_EDGE) && !r->own)
		return PROVIDER_LINKED;
	return role_name(r->role);
}

/* A name that a page leads to has the target's own address: it is the target's host
 * that is seen, and said of the target. */
static gboolean
is_own_too(const struct visit *v, const struct role_row *r)
{
	if (r->own || (r->role != ROLE_HOST && r->role != ROLE_CDN_EDGE))
		return FALSE;
	for (guint i = 0; i < v->roles->len; i++) {
		const struct role_row *o = g_ptr_array_index(v->roles, i);

		if (o->own && (o->role == ROLE_HOST ||
		    o->role == ROLE_CDN_EDGE) && strcmp(o->ip, r->ip) == 0)
			return TRUE;
	}
	return FALSE;
}

static void
provider_of_role(GPtrArray *to, const struct role_row *r)
{
	const struct fact *f = r->holder != NULL ? r->holder : r->network;

	if (f == NULL || (r->role != ROLE_HOST && r->role != ROLE_CDN_EDGE &&
	    r->role != ROLE_DNS && r->role != ROLE_MAIL))
		return;
	provider_add(to, (struct provider){ .role = provider_role(r),
	    .target = r->target, .run = r->run, .fact = f,
	    .how = g_ptr_array_index(r->facts, 0) },
	    fact_str(f, f == r->holder ? "org" : "name"), holder_country(r),
	    *r->name != '\0' ? r->name : r->ip);
}

static gboolean
has_role(const struct fact *f, const char *role)
{
	json_t *roles = fact_get(f, "roles"), *r;
	size_t i;

	json_array_foreach(roles, i, r)
		if (json_is_string(r) &&
		    g_ascii_strcasecmp(json_string_value(r), role) == 0)
			return TRUE;
	return FALSE;
}

static void
provider_of_registrar(GPtrArray *to, const struct visit *v,
    const struct fact *f)
{
	const char *name = "", *country = "";

	if (f->kind == FACT_RDAP_ENTITY && has_role(f, "registrar") &&
	    *fact_str(f, "under") == '\0') {
		name = fact_str(f, "org");
		if (*name == '\0')
			name = fact_str(f, "name");
		country = fact_str(f, "country");
	} else if (f->kind == FACT_WHOIS_FIELD &&
	    strcmp(fact_str(f, "field"), "registrar") == 0) {
		name = fact_str(f, "value");
	}
	provider_add(to, (struct provider){ .role = "registrar",
	    .target = v->target, .run = v->run, .fact = f }, name, country,
	    f->subject);
}

/* The server that answered for the whole top-level domain is its registry's;
 * a two-letter one is a country's. */
static void
provider_of_registry(GPtrArray *to, const struct visit *v, const struct fact *f)
{
	const struct log_row *row;
	const char *dot = strrchr(f->subject, '.');
	g_autofree char *country = NULL;

	if ((f->kind != FACT_RDAP_DOMAIN && f->kind != FACT_WHOIS_RECORD) ||
	    dot == NULL || (row = run_row(v->run, fact_source(f))) == NULL ||
	    (strcmp(row->qtype, "domain") != 0 && strcmp(row->qtype, "tld") != 0))
		return;
	if (strlen(dot + 1) == 2)
		country = g_ascii_strup(dot + 1, -1);
	provider_add(to, (struct provider){ .role = "registry",
	    .target = v->target, .run = v->run, .fact = f }, row->host,
	    country != NULL ? country : "", f->subject);
}

GPtrArray *
providers_of(const struct sight *s)
{
	GPtrArray *to = g_ptr_array_new_with_free_func(provider_free);

	for (guint i = 0; i < s->sites->len; i++) {
		const struct site *site = g_ptr_array_index(s->sites, i);

		for (guint k = 0; k < site->visits->len; k++) {
			const struct visit *v =
			    g_ptr_array_index(site->visits, k);

			for (guint r = 0; r < v->roles->len; r++)
				if (!is_own_too(v,
				    g_ptr_array_index(v->roles, r)))
					provider_of_role(to,
					    g_ptr_array_index(v->roles, r));
			for (guint f = 0; f < v->facts->len; f++) {
				provider_of_registrar(to, v,
				    g_ptr_array_index(v->facts, f));
				provider_of_registry(to, v,
				    g_ptr_array_index(v->facts, f));
			}
		}
	}
	return to;
}

/* ---- entities ---------------------------------------------------------------- */

static gboolean
provider_is(const struct provider *p, const char *entity)
{
	return entity_is(entity, p->name) ||
	    (strcmp(p->role, "registry") == 0 && entity_is_host(entity, p->name));
}

static struct entity_view *
entity_add(GPtrArray *to, const struct entity *entry, const char *name,
    const char *country)
{
	struct entity_view *e = g_new0(struct entity_view, 1);

	e->entry = entry;
	e->name = name;
	e->country = country;
	e->seen = g_ptr_array_new();
	g_ptr_array_add(to, e);
	return e;
}

/* Everyone seen goes to the entities that bear the name; where there is none,
 * a row of its own.  A registry is known by its server's name only, which is
 * nobody's name. */
static void
entity_seen(GPtrArray *to, struct provider *p)
{
	gboolean found = FALSE;

	for (guint i = 0; i < to->len; i++) {
		struct entity_view *e = g_ptr_array_index(to, i);

		if (!provider_is(p, e->name))
			continue;
		found = TRUE;
		g_ptr_array_add(e->seen, p);
		if (*e->country == '\0')
			e->country = p->country;
	}
	if (!found && strcmp(p->role, "registry") != 0)
		g_ptr_array_add(entity_add(to, NULL, p->name,
		    p->country)->seen, p);
}

GPtrArray *
entities_of(const struct sight *s)
{
	GPtrArray *to = g_ptr_array_new_with_free_func(entity_view_free);

	for (guint i = 0; i < s->rec->entities->len; i++) {
		const struct entity *e = g_ptr_array_index(s->rec->entities, i);

		if (*e->name != '\0')
			entity_add(to, e, e->name, e->country);
	}
	for (guint i = 0; i < s->providers->len; i++)
		entity_seen(to, g_ptr_array_index(s->providers, i));
	return to;
}
