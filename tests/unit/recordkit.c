#include "tests/unit/recordkit.h"

#include "reports/overlay.h"

#include <string.h>

static void
set(char **field, const char *value)
{
	g_free(*field);
	*field = g_strdup(value);
}

void
kit_init(struct kit *k)
{
	*k = (struct kit){ .rec = record_new() };
}

void
kit_clear(struct kit *k)
{
	record_free(k->rec);
	*k = (struct kit){ .rec = NULL };
}

void
kit_run(struct kit *k, const char *day)
{
	g_autofree char *at = g_strdup_printf("%sT18:02:09.000001Z", day);

	k->run = run_new();
	k->run->number = k->rec->runs->len + 1;
	g_free(k->run->name);
	k->run->name = g_strdup_printf("%06u", k->run->number);
	set(&k->run->started, at);
	set(&k->run->ended, at);
	k->run->complete = TRUE;
	k->n = 1;
	k->asked = 0;
	g_ptr_array_add(k->rec->runs, k->run);
	set(&k->rec->as_of, day);
}

void
kit_target(struct kit *k, const char *name)
{
	g_ptr_array_add(k->run->targets, g_strdup(name));
	k->target = g_ptr_array_index(k->run->targets,
	    k->run->targets->len - 1);
}

void
kit_ask(struct kit *k, enum probe_kind kind, const char *name,
    const char *qtype, const char *host, const char *ip)
{
	struct log_row *row = log_row_new();
	g_autofree char *remote = g_strdup_printf("%s#443", ip);

	k->asked++;
	k->failed = k->fail == k->asked || k->fail == KIT_ALL;
	row->n = ++k->n;
	set(&row->type, "exchange");
	set(&row->target, k->target);
	set(&row->name, name);
	set(&row->qtype, qtype);
	set(&row->host, host);
	set(&row->server, ip);
	set(&row->remote, remote);
	row->kind = kind;
	row->status = k->failed ? X_TIMEOUT : X_ANSWERED;
	g_ptr_array_add(k->run->log, row);
}

void
kit_fact(struct kit *k, enum fact_kind kind, const char *subject,
    const char *value)
{
	g_autofree char *text = g_strdelimit(g_strdup(value), "'", '"');
	json_error_t e;
	json_t *v = json_loads(text, 0, &e);
	struct fact *f;

	if (v == NULL)
		g_error("%s: %s", text, e.text);
	if (k->failed) {
		json_decref(v);
		return;
	}
	f = fact_new(kind, subject, v);
	f->id = k->run->facts->len + 1;
	f->type = OBSERVED;
	g_free(f->target);
	f->target = g_strdup(k->target);
	g_free(f->at);
	f->at = g_strdup(k->run->ended);
	if (f->from == NULL)
		f->from = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	g_array_append_val(f->from, k->n);
	g_ptr_array_add(k->run->facts, f);
}

void
kit_party(struct kit *k, const char *label, const char *kind, const char *from,
    const char *to)
{
	struct party *p = g_new0(struct party, 1);

	p->label = g_strdup(label);
	p->kind = g_strdup(kind);
	p->from = g_strdup(from);
	p->to = g_strdup(to);
	p->note = g_strdup("");
	p->line = k->rec->parties->len + 2;
	g_ptr_array_add(k->rec->parties, p);
}

void
kit_entity(struct kit *k, const char *name, const char *country)
{
	struct entity *e = g_new0(struct entity, 1);

	e->name = g_strdup(name);
	e->country = g_strdup(country);
	e->sought_for = g_strdup("identity");
	e->letter = g_strdup("");
	e->note = g_strdup("");
	e->line = k->rec->entities->len + 2;
	g_ptr_array_add(k->rec->entities, e);
}

void
kit_statement(struct kit *k, enum fact_type type, const char *text)
{
	struct statement *s = g_new0(struct statement, 1);

	s->id = g_strdup("B-1");
	s->text = g_strdup(text);
	s->source = g_strdup("declaration");
	s->date = g_strdup("2026-11-01");
	s->type = type;
	s->line = k->rec->statements->len + 2;
	g_ptr_array_add(k->rec->statements, s);
}

/* ---- whole records ----------------------------------------------------------- */

void
kit_case(struct kit *k)
{
	set(&k->rec->title, "DEMONSTRATION");
	set(&k->rec->forum, "US-HI");
	k->rec->stale_after = 180;
	kit_party(k, "Bodyguard Productions, Inc.", "plaintiff", "", "");
	for (int i = 1; i <= 10; i++) {
		g_autofree char *label = g_strdup_printf("Doe %d", i);

		kit_party(k, label, "doe", "", "");
	}
	kit_party(k, "Alex Musante", "dismissed", "2019-06-12", "");
	kit_entity(k, "LiteServer B.V.", "NL");
	kit_entity(k, "ISNIC", "IS");
	kit_entity(k, "Instra Corporation", "AU");
	kit_entity(k, "IPSERVER LP", "UK");
}

static void
allocation(struct kit *k, const char *ip, const char *org, const char *country)
{
	g_autofree char *url = g_strdup_printf("https://rdap.example/ip/%s",
	    ip);
	g_autofree char *network = g_strdup_printf("{'name':'NET','country':"
	    "'%s'}", country);
	g_autofree char *holder = g_strdup_printf("{'org':'%s','country':'%s'}",
	    org, country);
	g_autofree char *place = g_strdup_printf("{'db':'a.mmdb','country':"
	    "'%s'}", country);

	kit_ask(k, PROBE_RDAP, url, "ip", "rdap.example", "193.0.6.150");
	kit_fact(k, FACT_IP_NETWORK, ip, network);
	kit_fact(k, FACT_IP_HOLDER, ip, holder);
	kit_ask(k, PROBE_GEO, ip, "place", "a.mmdb", "");
	kit_fact(k, FACT_GEO_PLACE, ip, place);
}

void
kit_address(struct kit *k, const char *name, const char *ip, const char *org,
    const char *country)
{
	g_autofree char *dotted = g_strconcat(name, ".", NULL);
	g_autofree char *value = g_strdup_printf("{'ip':'%s'}", ip);

	kit_ask(k, PROBE_DNS, dotted, "A", "", "198.41.0.4");
	kit_fact(k, FACT_DNS_A, name, value);
	allocation(k, ip, org, country);
}

static void
popcorn_names(struct kit *k)
{
	kit_address(k, "popcorn-time.ch", "5.2.64.1", "LiteServer B.V.", "NL");
	kit_ask(k, PROBE_DNS, "popcorn-time.ch.", "AAAA", "", "173.245.58.59");
	kit_fact(k, FACT_DNS_NODATA, "popcorn-time.ch", "{'type':'AAAA'}");
	kit_ask(k, PROBE_DNS, "popcorn-time.ch.", "NS", "", "130.59.31.41");
	kit_fact(k, FACT_DNS_NS, "popcorn-time.ch",
	    "{'ns':'ada.ns.cloudflare.com'}");
	kit_ask(k, PROBE_DNS, "popcorn-time.ch.", "MX", "", "173.245.58.59");
	kit_fact(k, FACT_DNS_MX, "popcorn-time.ch",
	    "{'exchange':'aspmx.l.google.com','preference':1}");
	kit_address(k, "ada.ns.cloudflare.com", "173.245.58.59",
	    "Cloudflare, Inc.", "US");
	kit_address(k, "aspmx.l.google.com", "142.250.102.26", "Google LLC",
	    "US");
}

static void
popcorn_registration(struct kit *k)
{
	kit_ask(k, PROBE_RDAP, "https://rdap.nic.ch/domain/popcorn-time.ch",
	    "domain", "rdap.nic.ch", "130.59.31.245");
	kit_fact(k, FACT_RDAP_DOMAIN, "popcorn-time.ch",
	    "{'ldh':'popcorn-time.ch','server':'rdap.nic.ch'}");
	kit_fact(k, FACT_RDAP_ENTITY, "popcorn-time.ch",
	    "{'roles':['registrar'],'handle':'INSTRA-LAB','name':'Instra "
	    "Corporation Pty Ltd.','org':'','country':'AU','under':'',"
	    "'withheld':false,'service':false}");
	kit_fact(k, FACT_RDAP_ENTITY, "popcorn-time.ch",
	    "{'roles':['registrant'],'name':'REDACTED FOR PRIVACY','org':'',"
	    "'under':'','withheld':true,'service':false}");
}

static void
popcorn_pages(struct kit *k)
{
	kit_ask(k, PROBE_TLS, "popcorn-time.ch", "chain", "", "5.2.64.1");
	kit_fact(k, FACT_TLS_CERT, "popcorn-time.ch@5.2.64.1",
	    "{'depth':0,'sha256':'aa','org':'','names':['popcorn-time.ch']}");
	kit_ask(k, PROBE_HTTP, "https://popcorn-time.ch/", "page",
	    "popcorn-time.ch", "5.2.64.1");
	kit_fact(k, FACT_HTTP_PAGE, "https://popcorn-time.ch/",
	    "{'status':200,'type':'text/html'}");
	kit_fact(k, FACT_PAGE_FORM, "https://popcorn-time.ch/",
	    "{'action':'/search','method':'get','fields':['text q'],'purpose':"
	    "'search'}");
	kit_fact(k, FACT_PAGE_LINK, "https://popcorn-time.ch/",
	    "{'href':'https://popcorn-time.ch/get','text':'Download',"
	    "'purpose':'download'}");
	kit_fact(k, FACT_PAGE_WORDS, "https://popcorn-time.ch/",
	    "{'rule':'vpn-offer','text':'Hide your address with our VPN'}");
	kit_fact(k, FACT_PAGE_PRICE, "https://popcorn-time.ch/",
	    "{'amount':'3.99','currency':'USD','text':'$3.99'}");
}

void
kit_popcorn(struct kit *k, unsigned fail)
{
	kit_init(k);
	k->fail = fail;
	kit_case(k);
	kit_run(k, "2026-11-23");
	kit_target(k, "popcorn-time.ch");
	popcorn_names(k);
	popcorn_registration(k);
	popcorn_pages(k);
}

void
kit_nothing(struct kit *k, unsigned fail)
{
	static const char *const types[] = { "A", "AAAA", "NS", "MX" };

	kit_init(k);
	k->fail = fail;
	kit_case(k);
	g_ptr_array_set_size(k->rec->entities, 0);
	kit_run(k, "2026-11-23");
	kit_target(k, "popcorn-time.com");
	for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
		g_autofree char *v = g_strdup_printf("{'type':'%s'}", types[i]);

		kit_ask(k, PROBE_DNS, "popcorn-time.com.", types[i], "",
		    "192.5.6.30");
		kit_fact(k, FACT_DNS_NODATA, "popcorn-time.com", v);
	}
	kit_ask(k, PROBE_RDAP, "https://rdap.verisign.com/com/v1/domain/"
	    "popcorn-time.com", "domain", "rdap.verisign.com", "192.30.45.30");
	kit_fact(k, FACT_RDAP_NONE, "popcorn-time.com",
	    "{'code':404,'title':''}");
}

/* ---- looking ------------------------------------------------------------------ */

const struct finding *
kit_finding(const GPtrArray *findings, const char *id, const char *scope,
    const char *forum)
{
	for (guint i = 0; i < findings->len; i++) {
		const struct finding *f = g_ptr_array_index(findings, i);

		if (strcmp(f->element->id, id) == 0 &&
		    (scope == NULL || strcmp(f->scope, scope) == 0) &&
		    (forum == NULL || g_strcmp0(f->forum, forum) == 0))
			return f;
	}
	return NULL;
}

const char *
kit_status(const struct kit *k, const char *id, const char *scope,
    const char *forum)
{
	g_autoptr(GPtrArray) findings = showing_assess(k->rec);
	const struct finding *f = kit_finding(findings, id, scope, forum);

	return f != NULL ? status_name(f->status) : "not there";
}

char *
kit_render(const struct kit *k, renderer_fn *render, int columns,
    gboolean verbose)
{
	g_autoptr(GPtrArray) findings = showing_assess(k->rec);
	g_autoptr(GPtrArray) notes = overlays_of(k->rec, findings);
	const struct report r = { .rec = k->rec, .run = k->run,
		.findings = findings, .overlays = notes, .columns = columns, .verbose = verbose,
		.version = "test" };
	GString *out = g_string_new(NULL);

	render(&r, out);
	return g_string_free(out, FALSE);
}

guint
kit_count(const char *text, const char *what)
{
	guint n = 0;

	for (; (text = strstr(text, what)) != NULL; text++)
		n++;
	return n;
}

void
kit_host(struct kit *k, const char *registry, const char *a, const char *b)
{
	g_autofree char *network = g_strdup_printf("{'name':'N','country':"
	    "'%s'}", registry);

	kit_init(k);
	kit_case(k);
	kit_run(k, "2026-11-23");
	kit_target(k, "a.com");
	kit_ask(k, PROBE_DNS, "a.com.", "A", "", "198.41.0.4");
	kit_fact(k, FACT_DNS_A, "a.com", "{'ip':'192.0.2.1'}");
	kit_ask(k, PROBE_DNS, "a.com.", "AAAA", "", "198.41.0.4");
	kit_fact(k, FACT_DNS_NODATA, "a.com", "{'type':'AAAA'}");
	k->fail = *registry == '!' ? KIT_ALL : 0;
	kit_ask(k, PROBE_RDAP, "https://rdap.example/ip/192.0.2.1", "ip",
	    "rdap.example", "193.0.6.150");
	kit_fact(k, FACT_IP_NETWORK, "192.0.2.1", network);
	for (int i = 0; i < 2; i++) {
		const char *c = i == 0 ? a : b;
		g_autofree char *place = g_strdup_printf("{'db':'%d.mmdb',"
		    "'country':'%s'}", i, c);

		if (*c == '\0')
			continue;
		k->fail = *c == '!' ? KIT_ALL : 0;
		kit_ask(k, PROBE_GEO, "192.0.2.1", "place", "db", "");
		kit_fact(k, FACT_GEO_PLACE, "192.0.2.1", place);
	}
	k->fail = 0;
}

void
kit_page(struct kit *k, const char *domain, const char *ip)
{
	g_autofree char *dotted = g_strconcat(domain, ".", NULL);
	g_autofree char *url = g_strdup_printf("https://%s/", domain);

	kit_target(k, domain);
	kit_address(k, domain, ip, "LiteServer B.V.", "NL");
	kit_ask(k, PROBE_DNS, dotted, "AAAA", "", "198.41.0.4");
	kit_fact(k, FACT_DNS_NODATA, domain, "{'type':'AAAA'}");
	kit_ask(k, PROBE_HTTP, url, "page", domain, ip);
	kit_fact(k, FACT_HTTP_PAGE, url, "{'status':200}");
}

void
kit_page_alone(struct kit *k)
{
	kit_init(k);
	kit_case(k);
	kit_run(k, "2026-11-23");
	kit_page(k, "a.ch", "192.0.2.1");
}

char *
kit_base_json(const char *text)
{
	json_t *doc = json_loads(text, 0, NULL), *o;
	size_t i;
	char *base;

	g_assert_nonnull(doc);
	json_object_set_new(doc, "overlays", json_array());
	json_array_foreach(json_object_get(doc, "findings"), i, o)
		json_object_set_new(o, "overlays", json_array());
	json_array_foreach(json_object_get(doc, "entities"), i, o)
		json_object_del(json_object_get(o, "facets"), "route");
	base = json_dumps(doc, JSON_INDENT(1));
	json_decref(doc);
	return base;
}
