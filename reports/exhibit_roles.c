/*
 * Section 5: addresses with their roles, allocation, announcement and lists.
 *
 * One row an address.  Addresses of which all that is shown is the same, but for
 * the prefix, are one row that counts them, and one below it that names them, so
 * that fifty edges of a delivery network read as one thing.
 */

#include "reports/exhibit_html.h"

#include <string.h>

#include "reports/words.h"

enum { COLUMNS = 5, EQUAL_MIN = 4 };

struct address {
	const char	*ip;
	GPtrArray	*rows;		/* struct role_row *, one a role and name */
	char		*key;		/* equal keys: equal rows */
	guint		 order;
	gboolean	 shown;
};

static void
address_free(void *p)
{
	struct address *a = p;

	g_ptr_array_unref(a->rows);
	g_free(a->key);
	g_free(a);
}

/* ---- what is shown of one ---------------------------------------------------- */

static char *
key_of(const struct address *a)
{
	GString *s = g_string_new(NULL);
	const struct role_row *first = a->rows->pdata[0];

	for (guint i = 0; i < a->rows->len; i++) {
		const struct role_row *r = a->rows->pdata[i];

		/* Each of a log's has a row to cite. */
		g_string_append_printf(s, "%d|%s|%s|%s|%d|%s\n", (int)r->role,
		    r->name, r->delivery != NULL ? r->delivery : "",
		    r->platform != NULL ? r->platform : "",
		    r->parked != NULL, r->imports != NULL ? r->ip : "");
	}
	g_string_append_printf(s, "%s|%s|%d\n", role_org(first),
	    role_country(first), first->network != NULL);
	for (guint i = 0; i < first->origins->len; i++)
		g_string_append_printf(s, "%" G_GINT64_FORMAT "\n",
		    fact_int(first->origins->pdata[i], "asn", 0));
	for (guint i = 0; i < first->listed->len; i++)
		g_string_append_printf(s, "%s\n",
		    fact_str(first->listed->pdata[i], "list"));
	return g_string_free(s, FALSE);
}

static char *
prefix_of(const struct role_row *r)
{
	const json_t *cidr = r->network != NULL ?
	    fact_get(r->network, "cidr") : NULL;

	if (r->network == NULL)
		return NULL;
	if (json_array_size(cidr) == 1 &&
	    json_is_string(json_array_get(cidr, 0)))
		return g_strdup(json_string_value(json_array_get(cidr, 0)));
	return g_strdup_printf("%s to %s", fact_str(r->network, "start"),
	    fact_str(r->network, "end"));
}

static void
prefixes_say(struct html *h, const GPtrArray *prefixes, const char *name)
{
	if (prefixes->len == 0)
		html_raw(h, "network not in the record");
	for (guint i = 0; i < prefixes->len; i++)
		say(h, i > 0 ? ", %a" : "%a", prefixes->pdata[i]);
	if (*name != '\0')
		say(h, " %t", name);
}

/* What gives the role, by the kind of its facts. */
static void
given_say(struct html *h, const struct role_row *r)
{
	static const struct { enum fact_kind kind; const char *words; } by[] = {
		{ FACT_DNS_A, "A record" }, { FACT_DNS_AAAA, "AAAA record" },
		{ FACT_DNS_REFERRAL, "address in a referral" },
		{ FACT_DNS_PTR, "reverse name" },
		{ FACT_IP_LISTED, "published list" },
		{ FACT_AS_LISTED, "list of networks" },
		{ FACT_HTTP_HEADER, "header of its answers" },
		{ FACT_TLS_CERT, "certificate" },
	};
	g_autoptr(GPtrArray) seen = g_ptr_array_new();

	for (size_t i = 0; i < G_N_ELEMENTS(by); i++)
		for (guint k = 0; k < r->facts->len; k++) {
			const struct fact *f = r->facts->pdata[k];

			if (f->kind == by[i].kind &&
			    strings_add(seen, by[i].words))
				say(h, seen->len > 1 ? ", %t" : "<br>by: %t",
				    by[i].words);
		}
}

static void
role_cell(struct html *h, const struct role_row *r, const struct role_row *before)
{
	if (before == NULL || before->role != r->role)
		say(h, before != NULL ? "<br><strong>%t</strong>" :
		    "<strong>%t</strong>", role_name(r->role));
	if (*r->name != '\0')
		say(h, "<br>%n", r->name);
	given_say(h, r);
	if (r->delivery != NULL)
		say(h, r->role == ROLE_HOST ? "<br>may be %t: one sign" :
		    "<br>%t; the origin is not known", r->delivery);
	if (r->platform != NULL)
		say(h, "<br>hosted platform: %t", r->platform);
	if (!r->own && (r->role == ROLE_HOST || r->role == ROLE_CDN_EDGE))
		html_raw(h, "<br>a host that pages lead to");
	if (r->role == ROLE_EXIT_PROXY && r->facts->len > 0)
		say(h, "<br>per a list of %t",
		    fact_str(r->facts->pdata[0], "date"));
	for (guint i = 0; r->imports != NULL && i < r->imports->len; i++) {
		const struct role_source *s = &g_array_index(r->imports,
		    struct role_source, i);

		html_raw(h, "<br>per an imported log, ");
		html_import(h, s->import, s->row);
	}
	if (r->parked != NULL)
		say(h, "<br>parked, per a list of %t",
		    fact_str(r->parked, "date"));
}

static void
announced_say(struct html *h, const struct exhibit_doc *x,
    const struct role_row *r, GArray *records)
{
	html_raw(h, "<br>announced by ");
	if (r->origins->len == 0)
		html_raw(h, "nobody in the record");
	for (guint i = 0; i < r->origins->len; i++) {
		const struct fact *f = r->origins->pdata[i];
		g_autofree char *as = g_strdup_printf("AS%" G_GINT64_FORMAT,
		    fact_int(f, "asn", 0));
		const struct fact *name = run_first(x->v.run, FACT_AS_NAME, as);

		say(h, i > 0 ? ", %t" : "%t", as);
		if (name != NULL)
			say(h, " %t", fact_str(name, "name"));
		else if (*fact_str(f, "name") != '\0')
			say(h, " %t", fact_str(f, "name"));
		cites_fact(records, x->v.run, f);
		if (name != NULL)
			cites_fact(records, x->v.run, name);
	}
}

static void
reverse_say(struct html *h, const struct fact *f)
{
	const char *back = fact_str(f, "confirmed");

	say(h, "reverse: %n", fact_str(f, "name"));
	if (strcmp(back, "yes") == 0)
		html_raw(h, ", which leads back");
	else if (strcmp(back, "no") == 0)
		html_raw(h, ", which does not lead back");
	html_raw(h, "<br>");
}

static void
lists_cell(struct html *h, const struct exhibit_doc *x,
    const struct role_row *r, gboolean reverse, GArray *records)
{
	html_raw(h, "<td>");
	for (guint i = 0; reverse && i < r->reverse->len; i++) {
		reverse_say(h, r->reverse->pdata[i]);
		cites_fact(records, x->v.run, r->reverse->pdata[i]);
	}
	for (guint i = 0; i < r->listed->len; i++) {
		const struct fact *f = r->listed->pdata[i];

		say(h, "%t%t: %t, %D<br>", fact_str(f, "what"),
		    f->kind == FACT_AS_LISTED ? " (its network)" : "",
		    fact_str(f, "list"), fact_str(f, "date"));
		cites_fact(records, x->v.run, f);
	}
	html_raw(h, "</td>");
}

static void
cite_rows(const struct exhibit_doc *x, const struct address *a, GArray *records)
{
	for (guint i = 0; i < a->rows->len; i++) {
		const struct role_row *r = a->rows->pdata[i];

		for (guint k = 0; k < r->facts->len; k++)
			cites_fact(records, x->v.run, r->facts->pdata[k]);
		cites_fact(records, x->v.run, r->network);
		cites_fact(records, x->v.run, r->holder);
		if (r->parked != NULL)
			cites_fact(records, x->v.run, r->parked);
	}
}

static void
holder_say(struct html *h, const struct role_row *r)
{
	if (*role_org(r) == '\0' && *role_country(r) == '\0')
		return;
	say(h, "<br>%t", *role_org(r) != '\0' ? role_org(r) : "no holder named");
	if (*role_country(r) != '\0')
		say(h, ", %t", role_country(r));
}

/* All cells but the first, of one address or of equal ones. */
static void
cells(struct exhibit_doc *x, const struct address *a,
    const GPtrArray *prefixes, gboolean alone, GArray *records)
{
	const struct role_row *r = a->rows->pdata[0];
	struct html *h = &x->h;

	html_raw(h, "<td>");
	for (guint i = 0; i < a->rows->len; i++)
		role_cell(h, a->rows->pdata[i], i > 0 ?
		    a->rows->pdata[i - 1] : NULL);
	html_raw(h, "</td>");
	html_raw(h, "<td>");
	prefixes_say(h, prefixes, alone && r->network != NULL ?
	    fact_str(r->network, "name") : "");
	holder_say(h, r);
	announced_say(h, x, r, records);
	html_raw(h, "</td>");
	lists_cell(h, x, r, alone, records);
	html_raw(h, "<td>");
	if (alone)
		html_stretches(h, records);
	else
		say(h, "%d, below", (uint64_t)records->len);
	html_raw(h, "</td></tr>\n");
}

/* ---- one row ------------------------------------------------------------------ */

static void
address_row(struct exhibit_doc *x, const struct address *a)
{
	g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
	    sizeof(uint64_t));
	g_autoptr(GPtrArray) prefixes = g_ptr_array_new_with_free_func(g_free);
	char *prefix = prefix_of(a->rows->pdata[0]);

	if (prefix != NULL)
		g_ptr_array_add(prefixes, prefix);
	cite_rows(x, a, records);
	say(&x->h, "<tr><th scope=\"row\">%a</th>", a->ip);
	cells(x, a, prefixes, TRUE, records);
}

static gboolean
has_string(const GPtrArray *all, const char *s)
{
	for (guint i = 0; i < all->len; i++)
		if (strcmp(all->pdata[i], s) == 0)
			return TRUE;
	return FALSE;
}

/* The addresses of a row, with their reverse names, and all of its records. */
static void
members_row(struct exhibit_doc *x, const GPtrArray *equal,
    const GArray *records)
{
	struct html *h = &x->h;

	say(h, "<tr><td colspan=\"%i\">", (uint64_t)COLUMNS);
	for (guint i = 0; i < equal->len; i++) {
		const struct address *a = equal->pdata[i];
		const struct role_row *r = a->rows->pdata[0];

		say(h, i > 0 ? ", %P" : "%P", a->ip);
		if (r->reverse->len > 0)
			say(h, " (%p)", fact_str(r->reverse->pdata[0],
			    "name"));
	}
	html_raw(h, "<br>Records ");
	html_stretches(h, records);
	html_raw(h, "</td></tr>\n");
}

static void
equal_rows(struct exhibit_doc *x, const GPtrArray *equal)
{
	g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
	    sizeof(uint64_t));
	g_autoptr(GPtrArray) prefixes = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < equal->len; i++) {
		const struct address *a = equal->pdata[i];
		char *prefix = prefix_of(a->rows->pdata[0]);

		cite_rows(x, a, records);
		if (prefix != NULL && !has_string(prefixes, prefix))
			g_ptr_array_add(prefixes, prefix);
		else
			g_free(prefix);
	}
	say(&x->h, "<tr><th scope=\"row\">%d addresses", (uint64_t)equal->len);
	if (prefixes->len > 0)
		say(&x->h, " in %d prefix%t", (uint64_t)prefixes->len,
		    prefixes->len == 1 ? "" : "es");
	html_raw(&x->h, ", below</th>");
	cells(x, equal->pdata[0], prefixes, FALSE, records);
	members_row(x, equal, records);
}

/* ---- all of them ------------------------------------------------------------------ */

/* The target's own servers first, those of mail and names, then others'. */
static guint
order_of(const struct address *a, guint at)
{
	guint best = 3;

	for (guint i = 0; i < a->rows->len; i++) {
		const struct role_row *r = a->rows->pdata[i];
		guint rank = 3;

		if (r->role == ROLE_HOST || r->role == ROLE_CDN_EDGE)
			rank = r->own ? 0 : 3;
		else if (r->role == ROLE_MAIL)
			rank = 1;
		else if (r->role == ROLE_DNS)
			rank = 2;
		best = MIN(best, rank);
	}
	return best * 0x100000 + MIN(at, 0xfffffU);
}

static gint
by_order(gconstpointer a, gconstpointer b)
{
	const struct address *const *x = a, *const *y = b;

	return ((*x)->order > (*y)->order) - ((*x)->order < (*y)->order);
}

/* roles: as the assessment has them; the rows borrow from it. */
static GPtrArray *
addresses_of(const struct view *v, const GPtrArray *roles)
{
	GPtrArray *all = g_ptr_array_new_with_free_func(address_free);
	g_autoptr(GHashTable) by_ip = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < roles->len; i++) {
		struct role_row *r = roles->pdata[i];
		struct address *a = g_hash_table_lookup(by_ip, r->ip);

		if (!view_role(v, r) || r->role == ROLE_REGISTRAR_WEB)
			continue;
		if (a == NULL) {
			a = g_new0(struct address, 1);
			a->ip = r->ip;
			a->rows = g_ptr_array_new();
			g_ptr_array_add(all, a);
			g_hash_table_insert(by_ip, r->ip, a);
		}
		g_ptr_array_add(a->rows, r);
	}
	for (guint i = 0; i < all->len; i++) {
		struct address *a = all->pdata[i];

		a->key = key_of(a);
		a->order = order_of(a, i);
	}
	g_ptr_array_sort(all, by_order);
	return all;
}

static GPtrArray *
equal_to(const GPtrArray *all, const struct address *a)
{
	GPtrArray *equal = g_ptr_array_new();

	for (guint i = 0; i < all->len; i++) {
		struct address *o = all->pdata[i];

		if (!o->shown && strcmp(o->key, a->key) == 0)
			g_ptr_array_add(equal, o);
	}
	return equal;
}

/* Addresses with the role of a Doe's activity, and with one that a log gives. */
struct seen { guint does, logs; };

static void
rows_count(const struct address *a, struct seen *seen)
{
	for (guint i = 0; i < a->rows->len; i++) {
		const struct role_row *r = a->rows->pdata[i];

		seen->does += r->role == ROLE_DOE_ACTIVITY ? 1 : 0;
		seen->logs += r->imports != NULL ? 1 : 0;
	}
}

static void
rows(struct exhibit_doc *x, struct seen *seen)
{
	g_autoptr(GPtrArray) roles = roles_with_logs(x->v.rec,
	    x->v.rep->sight, x->v.run);
	g_autoptr(GPtrArray) all = addresses_of(&x->v, roles);
	guint n = 0;

	for (guint i = 0; i < all->len; i++) {
		struct address *a = all->pdata[i];
		g_autoptr(GPtrArray) equal = NULL;

		rows_count(a, seen);
		if (a->shown)
			continue;
		if (exhibit_full(x, n++, COLUMNS, all->len))
			break;
		equal = equal_to(all, a);
		if (equal->len < EQUAL_MIN) {
			address_row(x, a);
			continue;
		}
		equal_rows(x, equal);
		for (guint k = 0; k < equal->len; k++)
			((struct address *)equal->pdata[k])->shown = TRUE;
	}
}

static const struct {
	enum role	 role;
	const char	*says;
} legends[] = {
	{ ROLE_HOST, "a name has the address" },
	{ ROLE_CDN_EDGE, "the same, with two agreeing signs of a delivery "
	    "network; the origin is not known" },
	{ ROLE_DNS, "a name server of the zone has it" },
	{ ROLE_MAIL, "a mail server has it" },
	{ ROLE_REGISTRAR_WEB, "a registrar\xe2\x80\x99s or registry\xe2\x80"
	    "\x99s own service has it" },
	{ ROLE_EXIT_PROXY, "a list of that date holds it as an exit of Tor or "
	    "of a VPN service" },
	{ ROLE_PLAINTIFF_SIDE, "the case\xe2\x80\x99s table of own addresses "
	    "holds it" },
	{ ROLE_UNKNOWN, "nothing in the record says more" },
}, log_legends[] = {
	{ ROLE_DOE_ACTIVITY, "an imported log has it in a row of a Doe of "
	    "parties.csv, and nothing keeps it from being the Doe\xe2\x80\x99s "
	    "own" },
	{ ROLE_USER_THIRD_PARTY, "an imported log has it in a row of nobody "
	    "of the case" },
	{ ROLE_DISMISSED_PARTY, "an imported log has it in a row of a party "
	    "who is dismissed" },
};

static void
legend(struct html *h, gboolean logs)
{
	html_raw(h, "<p class=\"note\">");
	for (size_t i = 0; i < G_N_ELEMENTS(legends); i++)
		say(h, "%t: %t. ", role_name(legends[i].role),
		    legends[i].says);
	for (size_t i = 0; logs && i < G_N_ELEMENTS(log_legends); i++)
		say(h, "%t: %t. ", role_name(log_legends[i].role),
		    log_legends[i].says);
	say(h, "Country is that of the holder or network as the registry "
	    "states it, never a place. Who announces an address is what routing "
	    "data or a database says; a list says what its maker put into it on "
	    "its date. %t</p>\n", words_edge);
}

void
exhibit_addresses(struct exhibit_doc *x)
{
	static const struct column columns[COLUMNS] = {
		{ 18, "Address" }, { 20, "Role and name" },
		{ 27, "Network, to whom allocated (RDAP), announced by" },
		{ 24, "Reverse name, lists" }, { 11, "Records" },
	};
	g_autofree char *where = exhibit_range(x->v.run, 'E');
	struct html *h = &x->h;
	struct seen seen = { 0, 0 };

	exhibit_table(x, "", "Addresses, roles and allocation", where, columns,
	    G_N_ELEMENTS(columns));
	rows(x, &seen);
	html_table_end(h);
	legend(h, seen.logs > 0);
	exhibit_networks(x);
	say(h, "<p>%t", words_identity);
	if (seen.does == 0)
		say(h, " %t", words_host);
	say(h, " Addresses of the role DOE_ACTIVITY: %d. <cite>[%t]</cite></p>"
	    "\n", (uint64_t)seen.does, *where != '\0' ? where : "Exhibit B-1");
}
