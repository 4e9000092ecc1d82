/* Sentences about addresses: to whom allocated, what seen doing, which place. */

#include "reports/facts_list.h"
#include "reports/words.h"

#include <string.h>

/* The network in one word: its first CIDR, else its first and last address. */
static void
network_text(struct html *h, const struct fact *net)
{
	const json_t *cidr = fact_get(net, "cidr");

	if (json_array_size(cidr) == 1) {
		html_json(h, json_array_get(cidr, 0));
		return;
	}
	say(h, "%P to %P", fact_str(net, "start"), fact_str(net, "end"));
}

static gboolean
same_network(const struct role_row *a, const struct role_row *b)
{
	return a->network != NULL && b->network != NULL &&
	    strcmp(fact_str(a->network, "start"),
	    fact_str(b->network, "start")) == 0 &&
	    strcmp(fact_str(a->network, "end"),
	    fact_str(b->network, "end")) == 0 &&
	    strcmp(role_org(a), role_org(b)) == 0 &&
	    strcmp(role_country(a), role_country(b)) == 0;
}

/* The first of the rows of the same network. */
static gboolean
is_first(const struct facts *l, guint at)
{
	const struct role_row *r = l->v->roles->pdata[at];

	for (guint i = 0; i < at; i++) {
		const struct role_row *o = l->v->roles->pdata[i];

		if (view_role(l->v, o) && same_network(o, r))
			return FALSE;
	}
	return TRUE;
}

static void
allocation(struct facts *l, guint at)
{
	const struct role_row *r = l->v->roles->pdata[at];
	g_autoptr(GPtrArray) ips = g_ptr_array_new();

	for (guint i = at; i < l->v->roles->len; i++) {
		const struct role_row *o = l->v->roles->pdata[i];

		if (!view_role(l->v, o) || !same_network(o, r))
			continue;
		if (strings_add(ips, o->ip)) {
			facts_cite(l, o->network);
			facts_cite(l, o->holder);
		}
	}
	say(l->h, "The RDAP server %P stated that ",
	    facts_server(l, r->network));
	network_text(l->h, r->network);
	html_raw(l->h, ", in which ");
	facts_spell(l, ips, facts_name);
	html_raw(l->h, ips->len == 1 ? " lies, is allocated" :
	    " lie, is allocated");
	if (*role_org(r) != '\0')
		say(l->h, " to %t", role_org(r));
	else
		html_raw(l->h, ", and named no holder");
	if (*role_country(r) != '\0')
		say(l->h, ", country %t as the registry states it",
		    role_country(r));
	html_stop(l->h);
}

void
facts_allocation(struct facts *l)
{
	for (guint i = 0; i < l->v->roles->len; i++) {
		const struct role_row *r = l->v->roles->pdata[i];

		if (!view_role(l->v, r) || r->network == NULL ||
		    !is_first(l, i) || !facts_begin(l))
			continue;
		allocation(l, i);
		facts_end(l, NULL);
	}
}

void
facts_special(struct facts *l)
{
	g_autoptr(GPtrArray) ips = view_subjects(l->v, FACT_IP_SPECIAL,
	    FACT_KINDS);

	for (guint i = 0; i < ips->len; i++) {
		const struct fact *f = view_first(l->v, FACT_IP_SPECIAL,
		    ips->pdata[i]);

		if (!facts_begin(l))
			continue;
		facts_cite(l, f);
		say(l->h, "An answer holds the address %P, which is not public "
		    "(%t); nothing was sent to it.", f->subject,
		    fact_str(f, "what"));
		facts_end(l, NULL);
	}
}

/* The addresses of one delivery network in one role; cites what says so. */
static GPtrArray *
edges_like(struct facts *l, const struct role_row *like)
{
	GPtrArray *ips = g_ptr_array_new();

	for (guint i = 0; i < l->v->roles->len; i++) {
		const struct role_row *r = l->v->roles->pdata[i];

		if (!view_role(l->v, r) || r->role != like->role ||
		    r->delivery == NULL ||
		    strcmp(r->delivery, like->delivery) != 0)
			continue;
		if (!strings_add(ips, r->ip))
			continue;
		for (guint k = 0; k < r->facts->len; k++)
			facts_cite(l, r->facts->pdata[k]);
	}
	return ips;
}

/* A few by name, many by their number: the table names them. */
static void
spell_edges(struct facts *l, GPtrArray *ips)
{
	if (ips->len <= 4)
		facts_spell(l, ips, facts_name);
	else
		say(l->h, "%d addresses", (uint64_t)ips->len);
}

static void
delivery_sentence(struct facts *l, const struct role_row *r)
{
	g_autoptr(GPtrArray) ips = edges_like(l, r);
	gboolean one = ips->len == 1;

	if (r->role == ROLE_CDN_EDGE) {
		html_raw(l->h, "Two signs agree that ");
		spell_edges(l, ips);
		say(l->h, one ? " is an edge of the delivery network %t; the "
		    "origin is not known: the host behind it was not "
		    "observed." : " are edges of the delivery network %t; the "
		    "origin is not known: the host behind them was not "
		    "observed.", r->delivery);
		return;
	}
	html_raw(l->h, "One sign says that ");
	spell_edges(l, ips);
	say(l->h, one ? " may be an edge of the delivery network %t." :
	    " may be edges of the delivery network %t.", r->delivery);
}

static void
hint_say(struct facts *l, const struct role_hint *h)
{
	if (h->earlier) {
		say(l->h, "%P (the name had it in run %t)", h->ip,
		    h->run->name);
		return;
	}
	say(l->h, "%P (%t %P)", h->ip, fact_str(h->fact, "how"),
	    fact_str(h->fact, "name"));
	facts_cite(l, h->fact);
}

/* Hints, one sentence; a prefix of an SPF record is one too. */
static void
hints_sentence(struct facts *l)
{
	g_autoptr(GArray) hints = role_hints(l->v->rec, l->v->run,
	    l->v->target, l->v->roles);

	if (hints->len == 0 || !facts_begin(l))
		return;
	html_raw(l->h, "Other addresses that the records of the zone name: ");
	for (guint i = 0; i < hints->len && i < 12; i++) {
		if (i > 0)
			html_raw(l->h, "; ");
		hint_say(l, &g_array_index(hints, struct role_hint, i));
	}
	if (hints->len > 12)
		say(l->h, "; and %d more", (uint64_t)hints->len - 12);
	html_raw(l->h, ". Each is a hint of where a host may be; none is shown "
	    "to be it.");
	facts_end(l, NULL);
}

void
facts_delivery(struct facts *l)
{
	g_autoptr(GPtrArray) seen = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < l->v->roles->len; i++) {
		const struct role_row *r = l->v->roles->pdata[i];
		char *key;

		if (!view_role(l->v, r) || r->delivery == NULL ||
		    (r->role != ROLE_CDN_EDGE && r->role != ROLE_HOST))
			continue;
		key = g_strdup_printf("%d %s", (int)r->role, r->delivery);
		if (!strings_add(seen, key)) {
			g_free(key);
			continue;
		}
		if (!facts_begin(l))
			continue;
		delivery_sentence(l, r);
		facts_end(l, NULL);
	}
	hints_sentence(l);
}

/* "Ex. E-1 to E-5": the exhibits of a letter, from first to last. */
static char *
exhibits_of(const struct run *run, char letter)
{
	const char *first = NULL, *last = NULL;

	for (guint i = 0; i < run->exhibits->len; i++) {
		const struct exhibit *x = run->exhibits->pdata[i];

		if (x->id[0] != letter)
			continue;
		if (first == NULL)
			first = x->id;
		last = x->id;
	}
	if (first == NULL)
		return g_strdup("Ex. B-1");
	return first == last ? g_strdup_printf("Ex. %s", first) :
	    g_strdup_printf("Ex. %s to %s", first, last);
}

void
facts_doe(struct facts *l)
{
	g_autoptr(GPtrArray) ips = g_ptr_array_new();
	g_autoptr(GPtrArray) does = g_ptr_array_new();
	g_autofree char *where = exhibits_of(l->v->run, 'E');

	for (guint i = 0; i < l->v->roles->len; i++) {
		const struct role_row *r = l->v->roles->pdata[i];

		if (!view_role(l->v, r))
			continue;
		strings_add(ips, r->ip);
		if (r->role == ROLE_DOE_ACTIVITY)
			strings_add(does, r->ip);
	}
	if (!facts_begin(l))
		return;
	if (does->len == 0)
		say(l->h, "%t ", words_host);
	say(l->h, "Addresses in this record: %d; addresses of the role "
	    "DOE_ACTIVITY: %d.", (uint64_t)ips->len, (uint64_t)does->len);
	facts_end(l, where);
}

/* ---- place ---------------------------------------------------------------- */

static void
place_of(struct facts *l, const struct fact *f)
{
	static const char *const parts[] = { "city", "region", "country" };
	gboolean any = FALSE;

	say(l->h, "%P", fact_str(f, "db"));
	if (*fact_str(f, "build") != '\0') {
		g_autofree char *day = g_strndup(fact_str(f, "build"), 10);
		say(l->h, " (built %D)", day);
	}
	html_raw(l->h, " returns ");
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
		const char *s = fact_str(f, parts[i]);

		if (*s == '\0')
			continue;
		say(l->h, "%t%t", any ? ", " : "", s);
		any = TRUE;
	}
	if (!any)
		html_raw(l->h, "a record without a place");
	if (*fact_str(f, "radius_km") != '\0')
		say(l->h, ", radius %t km", fact_str(f, "radius_km"));
}

static const struct fact_about about_place = {
	"For ", "For each of ", ", ", ", ", facts_name,
};

static void
places(struct facts *l, const char *ip)
{
	const struct fact *f, *c = view_first(l->v, FACT_PLACE_COMPARED, ip);
	guint at = 0, n = 0;

	facts_about(l, &about_place, ip);
	while ((f = view_next(l->v, FACT_GEO_PLACE, ip, &at)) != NULL) {
		if (n++ > 0)
			html_raw(l->h, "; ");
		place_of(l, f);
		facts_cite(l, f);
	}
	at = 0;
	while ((f = view_next(l->v, FACT_GEO_NONE, ip, &at)) != NULL) {
		say(l->h, "; %P has no place for it", fact_str(f, "db"));
		facts_cite(l, f);
	}
	if (c != NULL && fact_int(c, "databases", 0) > 1)
		html_raw(l->h, json_is_true(fact_get(c, "agree")) ?
		    "; they agree on the country" :
		    "; they differ on the country");
	html_stop(l->h);
}

static gboolean
serves_name(const struct facts *l, const char *ip)
{
	for (guint i = 0; i < l->v->roles->len; i++) {
		const struct role_row *r = l->v->roles->pdata[i];

		if (strcmp(r->ip, ip) == 0 && view_role(l->v, r) &&
		    (r->role == ROLE_HOST || r->role == ROLE_CDN_EDGE))
			return TRUE;
	}
	return FALSE;
}

void
facts_place(struct facts *l)
{
	g_autoptr(GPtrArray) ips = view_subjects(l->v, FACT_GEO_PLACE,
	    FACT_KINDS);

	for (guint i = 0; i < ips->len; i++) {
		if (!serves_name(l, ips->pdata[i]) || !facts_begin(l))
			continue;
		places(l, ips->pdata[i]);
		facts_end(l, NULL);
	}
}

void
facts_places_else(struct facts *l)
{
	g_autoptr(GPtrArray) ips = view_subjects(l->v, FACT_GEO_PLACE,
	    FACT_KINDS);
	g_autofree char *where = exhibits_of(l->v->run, 'H');
	guint n = 0;

	for (guint i = 0; i < ips->len; i++)
		if (!serves_name(l, ips->pdata[i]))
			n++;
	if (n == 0 || !facts_begin(l))
		return;
	say(l->h, "The databases were asked for %d further address%t, of name "
	    "servers or mail servers; the section on geolocation lists what they return.",
	    (uint64_t)n, n == 1 ? "" : "es");
	facts_end(l, where);
}
