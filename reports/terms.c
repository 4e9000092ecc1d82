#include "reports/terms.h"

#include <string.h>

#include "reports/judge.h"

/* Words of a field, "text full-name", that ask who somebody is or who pays. */
static const char *const identity[] = {
	"fullname", "firstname", "lastname", "surname", "familyname",
	"givenname", "realname", "holder", "company", "organi", "street",
	"address", "postcode", "zipcode", "postal", "phone", "mobile", "tel ",
	"passport", "birth", "iban", "creditcard", "cardnumber",
	"contactname", "customername",
};
/* And of fields that ask something else. */
static const char *const aside[] = { "hidden ", "ipaddress", "macaddress" };

static gboolean
has_part(const char *low, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(low, words[i]) != NULL)
			return TRUE;
	return FALSE;
}

/* A name alone ("text name") is who
 * it is; a name of a user is not; an address of mail is none of a street. */
static enum terms_asks
field_asks(const char *field)
{
	g_autofree char *low = g_ascii_strdown(field, -1);
	g_autoptr(GString) joined = g_string_new(NULL);
	const char *name = strrchr(low, ' ');

	name = name != NULL ? name + 1 : low;
	for (const char *p = low; *p != '\0'; p++)
		if (*p != '-' && *p != '_')
			g_string_append_c(joined, *p);
	if (has_part(joined->str, aside, G_N_ELEMENTS(aside)))
		return TERMS_NOTHING;
	if (strstr(low, "mail") != NULL)
		return TERMS_MAIL;
	return strcmp(name, "name") == 0 || strcmp(name, "city") == 0 ||
	    has_part(joined->str, identity, G_N_ELEMENTS(identity)) ?
	    TERMS_WHO : TERMS_NOTHING;
}

enum terms_asks
terms_form_asks(const struct fact *fact)
{
	json_t *fields = fact_get(fact, "fields"), *x;
	size_t i;
	int most = TERMS_NOTHING;

	json_array_foreach(fields, i, x)
		if (json_is_string(x))
			most = MAX(most, (int)field_asks(json_string_value(x)));
	return (enum terms_asks)most;
}

gboolean
terms_is_sign_up(const struct fact *fact)
{
	return fact->kind == FACT_PAGE_FORM &&
	    strcmp(fact_str(fact, "purpose"), "sign-up") == 0;
}

static void
add_fields(GString *list, const struct fact *fact)
{
	json_t *fields = fact_get(fact, "fields"), *x;
	size_t i;

	json_array_foreach(fields, i, x)
		if (json_is_string(x) && list->len < 200)
			list_add(list, json_string_value(x));
}

/* Coins are paid without a name. */
static gboolean
is_coin(const struct fact *fact)
{
	static const char *const words[] = { "bitcoin", "monero", "litecoin",
		"ethereum", "crypto", "coin", "usdt", "tether" };
	g_autofree char *low = g_ascii_strdown(fact_str(fact, "text"), -1);

	return fact->kind == FACT_PAGE_WORDS &&
	    strcmp(fact_str(fact, "rule"), "payment-method") == 0 &&
	    has_part(low, words, G_N_ELEMENTS(words));
}

/* Each address once, and no more than a few. */
static void
terms_link(const struct fact *fact, struct terms *t)
{
	const char *href = fact_str(fact, "href"), *purpose = fact_str(fact,
	    "purpose");

	if (fact->kind != FACT_PAGE_LINK || (strcmp(purpose, "terms") != 0 &&
	    strcmp(purpose, "privacy") != 0) ||
	    strstr(t->linked->str, href) != NULL)
		return;
	t->links++;
	if (t->linked->len < 200)
		list_add(t->linked, href);
}

void
terms_init(struct terms *t)
{
	*t = (struct terms){ .fields = g_string_new(NULL),
		.linked = g_string_new(NULL) };
}

void
terms_clear(struct terms *t)
{
	g_string_free(t->fields, TRUE);
	g_string_free(t->linked, TRUE);
}

static void
terms_form(struct finding *f, const struct run *run, const struct fact *fact,
    struct terms *t)
{
	enum terms_asks asks = terms_form_asks(fact);

	add_fields(t->fields, fact);
	t->forms += asks == TERMS_WHO ? 1u : 0u;
	t->mail += asks == TERMS_MAIL ? 1u : 0u;
	t->bare += asks == TERMS_NOTHING ? 1u : 0u;
	if (asks != TERMS_NOTHING)
		finding_for(f, run, fact);
	else
		finding_against(f, run, fact);
}

static void
terms_visit(struct finding *f, const struct visit *v, struct terms *t)
{
	for (guint i = 0; i < v->facts->len; i++) {
		const struct fact *fact = g_ptr_array_index(v->facts, i);

		if (terms_is_sign_up(fact)) {
			terms_form(f, v->run, fact, t);
		} else if (is_coin(fact)) {
			t->coin++;
			finding_against(f, v->run, fact);
		} else {
			terms_link(fact, t);
		}
	}
}

/* Sites of the record whose name has the entity's name as a label. */
guint
terms_of(struct finding *f, struct terms *t)
{
	guint sites = 0;

	for (guint i = 0; i < f->sight->sites->len; i++) {
		const struct site *site =
		    g_ptr_array_index(f->sight->sites, i);

		if (!entity_is_host(f->scope, site->name))
			continue;
		sites++;
		for (guint k = 0; k < site->visits->len; k++)
			terms_visit(f, g_ptr_array_index(site->visits, k), t);
	}
	return sites;
}
