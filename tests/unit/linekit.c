#include "tests/unit/linekit.h"

#include <stdlib.h>
#include <string.h>

enum { CELLS = 8 };

struct cells { char *cell[CELLS]; char **all; };

static void
cells_read(struct cells *c, const char *text)
{
	guint n;

	c->all = g_strsplit(text, "|", CELLS);
	n = g_strv_length(c->all);
	for (guint i = 0; i < CELLS; i++)
		c->cell[i] = i < n ? g_strstrip(c->all[i]) : (char *)"";
}

static void
set(char **field, const char *value)
{
	g_free(*field);
	*field = g_strdup(value);
}

/* ---- imports ----------------------------------------------------------------- */

static struct import *
last_import(const struct kit *k)
{
	guint n = k->rec->imports->len;

	return n > 0 ? g_ptr_array_index(k->rec->imports, n - 1) : NULL;
}

static struct import *
new_import(struct kit *k, enum import_kind kind)
{
	struct import *i = import_new(kind);

	i->number = k->rec->imports->len + 1;
	g_free(i->id);
	i->id = g_strdup_printf("I-%04u", i->number);
	g_free(i->exhibit);
	i->exhibit = g_strdup_printf("%c-%u", "INLHKMXW"[kind], i->number);
	set(&i->at, "2026-11-24T09:00:00Z");
	g_ptr_array_add(k->rec->imports, i);
	return i;
}

static struct import *
table_import(struct kit *k, enum import_kind kind)
{
	struct import *i = last_import(k);

	return i != NULL && i->kind == kind ? i : new_import(k, kind);
}

static const char *
keep(struct import *i, const char *text)
{
	return g_string_chunk_insert_const(i->chunk, text);
}

/* ---- times --------------------------------------------------------------------- */

static int64_t
time_read(const char *text, uint32_t *faults)
{
	g_autoptr(GDateTime) t = NULL;
	g_autofree char *day = NULL;

	if (*text == '\0') {
		*faults |= ROW_TIME_NONE;
	} else if (strchr(text, '/') != NULL) {
		*faults |= ROW_TIME_AMBIGUOUS;
	} else if (strlen(text) == 10) {
		*faults |= ROW_DATE_ONLY;
		day = g_strconcat(text, "T00:00:00Z", NULL);
		t = g_date_time_new_from_iso8601(day, NULL);
	} else if (strchr(text, 'Z') == NULL) {
		*faults |= ROW_TIME_NO_ZONE;
	} else {
		t = g_date_time_new_from_iso8601(text, NULL);
		if (t == NULL)
			*faults |= ROW_TIME_BAD;
	}
	if (t == NULL)
		return TIME_UNKNOWN;
	if (g_date_time_to_unix(t) > INT64_C(1900000000))
		*faults |= ROW_TIME_FUTURE;
	return g_date_time_to_unix(t) * 1000000;
}

static void
ip_read(const char *text, struct inet *ip, uint32_t *faults)
{
	if (*text == '\0')
		*faults |= ROW_IP_NONE;
	else if (inet_read(text, ip) != 0)
		*faults |= ROW_IP_BAD;
	else if (strchr(text, '/') != NULL)
		*faults |= ROW_IP_RANGE;
}

/* ---- rows ------------------------------------------------------------------------- */

static void
add_activity(struct kit *k, char *const *c)
{
	struct import *i = table_import(k, IMPORT_ACTIVITY);
	struct activity a = { .row = i->rows->len + 1 };
	const struct activity_said said = { keep(i, c[0]), keep(i, c[3]),
		keep(i, c[4]), keep(i, c[5]), keep(i, c[6]) };

	ip_read(c[1], &a.ip, &a.faults);
	a.when = keep(i, c[2]);
	a.time = time_read(c[2], &a.faults);
	a.is = import_said(i, &said);
	g_array_append_val(i->rows, a);
}

static void
add_number(struct kit *k, char *const *c)
{
	struct import *i = table_import(k, IMPORT_NUMBERS);
	struct number n = { .row = i->rows->len + 1 };

	n.measure = keep(i, c[0]);
	n.place = keep(i, c[1]);
	n.period_start = keep(i, c[2]);
	n.period_end = keep(i, c[3]);
	n.value = keep(i, c[4]);
	n.source = keep(i, c[5]);
	n.method = keep(i, c[6]);
	n.unit = n.scope = "";
	n.band = g_str_has_suffix(c[4], "+");
	n.low = strtoll(c[4], NULL, 10);
	n.high = n.band ? -1 : n.low;
	if (!g_ascii_isdigit(*c[4]))
		n.faults |= ROW_VALUE_BAD;
	if (*c[2] == '\0')
		n.faults |= ROW_PERIOD_BAD;
	g_array_append_val(i->rows, n);
}

static void
add_ad(struct kit *k, char *const *c)
{
	struct import *i = table_import(k, IMPORT_ADS);
	struct ad a = { .row = i->rows->len + 1 };

	a.when = keep(i, c[0]);
	a.time = time_read(c[0], &a.faults);
	a.vantage = keep(i, c[1]);
	a.place_shown = keep(i, c[2]);
	a.advertiser = keep(i, c[3]);
	a.text = keep(i, c[4]);
	a.about_place = keep(i, c[5]);
	a.source = keep(i, c[6]);
	g_array_append_val(i->rows, a);
}

static void
add_geolocation(struct kit *k, char *const *c)
{
	struct import *i = table_import(k, IMPORT_GEOLOCATION);
	struct geolocation g = { .row = i->rows->len + 1 };

	ip_read(c[0], &g.ip, &g.faults);
	g.address = keep(i, c[0]);
	g.database = keep(i, c[1]);
	g.build = keep(i, c[2]);
	g.looked_up = keep(i, c[3]);
	g.place = keep(i, c[4]);
	g.radius_km = keep(i, c[5]);
	g.declarant = g.source = "";
	g_array_append_val(i->rows, g);
}

static void
add_history(struct kit *k, char *const *c)
{
	struct import *i = table_import(k, IMPORT_HISTORY);
	struct history h = { .row = i->rows->len + 1 };

	h.subject = keep(i, c[0]);
	h.type = keep(i, c[1]);
	h.value = keep(i, c[2]);
	h.first_seen = keep(i, c[3]);
	h.last_seen = keep(i, c[4]);
	h.source = keep(i, c[5]);
	g_array_append_val(i->rows, h);
}

/* ---- files --------------------------------------------------------------------------- */

static void
add_mail(struct kit *k, char *const *c)
{
	struct import *i = new_import(k, IMPORT_MAIL);
	struct mail *m = i->mail = mail_new();
	const char *at = strchr(c[2], '@');

	m->whose = strcmp(c[0], "provider") == 0 ? MAIL_FROM_PROVIDER :
	    strcmp(c[0], "operator") == 0 ? MAIL_FROM_OPERATOR :
	    MAIL_FROM_OTHER;
	set(&i->entity, c[1]);
	set(&m->from, c[2]);
	set(&m->from_domain, at != NULL ? at + 1 : "");
	set(&m->to, c[3]);
	set(&m->date, c[4]);
	set(&m->text, c[5]);
}

static void
add_headers(struct kit *k, char *const *c)
{
	struct mail_hop *h = g_new0(struct mail_hop, 1);

	(void)c;
	g_ptr_array_add(last_import(k)->mail->hops, h);
}

static void
add_signed(struct kit *k, char *const *c)
{
	struct mail_sign *s = g_new0(struct mail_sign, 1);

	s->kind = g_strdup("dkim");
	s->domain = g_strdup(c[0]);
	s->result = g_strdup(c[1]);
	s->by = g_strdup("");
	g_ptr_array_add(last_import(k)->mail->signs, s);
}

static void
add_originating(struct kit *k, char *const *c)
{
	set(&last_import(k)->mail->originating_ip, c[0]);
}

static void
add_automatic(struct kit *k, char *const *c)
{
	(void)c;
	last_import(k)->mail->automatic = TRUE;
}

static void
add_answers(struct kit *k, char *const *c)
{
	(void)c;
	last_import(k)->mail->answers = TRUE;
}

static void
add_hop(struct kit *k, char *const *c)
{
	struct mail_hop *h = g_new0(struct mail_hop, 1);

	h->ip = g_strdup(c[0]);
	h->with = g_strdup(c[1]);
	g_ptr_array_add(last_import(k)->mail->hops, h);
}

static void
add_elements(struct kit *k, char *const *c)
{
	struct import *i = last_import(k);

	g_strfreev(i->elements);
	i->elements = g_strsplit(c[0], ",", -1);
}

static void
add_says(struct kit *k, char *const *c)
{
	struct reply_words *w = g_new0(struct reply_words, 1);

	while (w->klass < REPLY_OTHER &&
	    strcmp(reply_class_name(w->klass), c[0]) != 0)
		w->klass++;
	w->text = g_strdup(c[1]);
	g_ptr_array_add(last_import(k)->mail->words, w);
}

static void
add_document(struct kit *k, char *const *c)
{
	struct import *i = new_import(k, IMPORT_DOCUMENT);

	i->bytes = g_bytes_new(c[2], strlen(c[2]));
	set(&i->file, c[1]);
	set(&i->entity, c[3]);
	add_elements(k, c);
}

static void
add_motion(struct kit *k, char *const *c)
{
	struct import *i = new_import(k, IMPORT_MOTION);

	set(&i->file, "motion.txt");
	i->bytes = g_bytes_new(c[0], strlen(c[0]));
}

static void
add_statement(struct kit *k, char *const *c)
{
	struct statement *s;

	kit_statement(k, strcmp(c[0], "BELIEF") == 0 ? BELIEF : IMPORTED, c[1]);
	s = g_ptr_array_index(k->rec->statements, k->rec->statements->len - 1);
	set(&s->source, c[2]);
	set(&s->date, c[3]);
}

/* ---- the record around them ------------------------------------------------------------- */

static void
page_base(struct kit *k)
{
	kit_init(k);
	kit_case(k);
	kit_run(k, "2026-11-23");
	linekit_line(k, "target a.ch");
	linekit_line(k, "address a.ch | 192.0.2.1 | LiteServer B.V. | NL");
	linekit_line(k, "nothing a.ch | AAAA");
	linekit_line(k, "nothing a.ch | NS");
	linekit_line(k, "nothing a.ch | MX");
	kit_ask(k, PROBE_RDAP, "https://rdap.nic.ch/domain/a.ch", "domain",
	    "rdap.nic.ch", "130.59.31.245");
	kit_fact(k, FACT_RDAP_DOMAIN, "a.ch", "{}");
	kit_ask(k, PROBE_TLS, "a.ch", "chain", "", "192.0.2.1");
	kit_ask(k, PROBE_HTTP, "https://a.ch/", "page", "a.ch", "192.0.2.1");
	kit_fact(k, FACT_HTTP_PAGE, "https://a.ch/", "{'status':200}");
}

static void
add_base(struct kit *k, char *const *c)
{
	kit_clear(k);
	if (strcmp(c[0], "popcorn") == 0)
		kit_popcorn(k, 0);
	else if (strcmp(c[0], "nothing") == 0)
		kit_nothing(k, 0);
	else if (strcmp(c[0], "failed") == 0)
		kit_popcorn(k, KIT_ALL);
	else if (strcmp(c[0], "page") == 0)
		page_base(k);
	else
		g_error("base %s", c[0]);
	k->fail = 0;
}

static void
add_forum(struct kit *k, char *const *c)
{
	set(&k->rec->forum, c[0]);
}

static void
add_as_of(struct kit *k, char *const *c)
{
	set(&k->rec->as_of, c[0]);
}

static void
add_run(struct kit *k, char *const *c)
{
	kit_run(k, c[0]);
}

static void
add_target(struct kit *k, char *const *c)
{
	kit_target(k, c[0]);
}

static void
add_address(struct kit *k, char *const *c)
{
	kit_address(k, c[0], c[1], c[2], c[3]);
}

static void
add_nothing(struct kit *k, char *const *c)
{
	g_autofree char *dotted = g_strconcat(c[0], ".", NULL);
	g_autofree char *v = g_strdup_printf("{'type':'%s'}", c[1]);

	kit_ask(k, PROBE_DNS, dotted, c[1], "", "198.41.0.4");
	kit_fact(k, FACT_DNS_NODATA, c[0], v);
}

static void
add_holder(struct kit *k, char *const *c)
{
	g_autofree char *url = g_strdup_printf("https://rdap.example/ip/%s",
	    c[0]);
	g_autofree char *v = g_strdup_printf("{'org':'%s','country':'%s'}",
	    c[1], c[2]);

	kit_ask(k, PROBE_RDAP, url, "ip", "rdap.example", "193.0.6.150");
	if (*c[1] == '\0')
		kit_fact(k, FACT_RDAP_NONE, c[0], "{'code':404}");
	else
		kit_fact(k, FACT_IP_HOLDER, c[0], v);
}

static void
add_place(struct kit *k, char *const *c)
{
	g_autofree char *v = g_strdup_printf("{'country':'%s','region':'%s',"
	    "'db':'%s','build':'%s','radius_km':'%s'}", c[1], c[2], c[3], c[4],
	    c[5]);

	kit_ask(k, PROBE_GEO, c[0], "place", c[3], "");
	kit_fact(k, FACT_GEO_PLACE, c[0], v);
}

static void
add_nowhere(struct kit *k, char *const *c)
{
	g_autofree char *v = g_strdup_printf("{'db':'%s'}", c[1]);

	kit_ask(k, PROBE_GEO, c[0], "place", c[1], "");
	kit_fact(k, FACT_GEO_NONE, c[0], v);
}

static void
add_listed(struct kit *k, char *const *c)
{
	g_autofree char *v = g_strdup_printf("{'list':'l','what':'%s','key':"
	    "'%s'}", c[1], c[0]);

	kit_ask(k, PROBE_LOCAL, c[0], "ip", "l", "");
	kit_fact(k, FACT_IP_LISTED, c[0], v);
}

static void
add_fact(struct kit *k, char *const *c)
{
	int kind = fact_kind_parse(c[0]);

	if (kind < 0)
		g_error("no kind %s", c[0]);
	kit_fact(k, (enum fact_kind)kind, c[1], c[2]);
}

static void
add_unanswered(struct kit *k, char *const *c)
{
	unsigned before = k->fail;

	k->fail = KIT_ALL;
	kit_ask(k, strcmp(c[0], "geo") == 0 ? PROBE_GEO :
	    strcmp(c[0], "rdap") == 0 ? PROBE_RDAP :
	    strcmp(c[0], "http") == 0 ? PROBE_HTTP : PROBE_DNS, c[1],
	    strcmp(c[0], "http") == 0 ? "page" : "A", "", "192.0.2.1");
	k->fail = before;
}

static void
add_party(struct kit *k, char *const *c)
{
	kit_party(k, c[0], c[1], c[2], c[3]);
}

static void
add_entity(struct kit *k, char *const *c)
{
	struct entity *e;

	kit_entity(k, c[0], c[1]);
	e = g_ptr_array_index(k->rec->entities, k->rec->entities->len - 1);
	set(&e->letter, c[2]);
}

static void
add_own(struct kit *k, char *const *c)
{
	g_ptr_array_add(k->rec->own, g_strdup(c[0]));
}

/* ---- lines ---------------------------------------------------------------------------------- */

static const struct {
	const char	*word;
	void		(*add)(struct kit *, char *const *);
	gboolean	 row;
} lines[] = {
	{ "base", add_base, FALSE }, { "forum", add_forum, FALSE },
	{ "as-of", add_as_of, FALSE }, { "run", add_run, FALSE },
	{ "target", add_target, FALSE }, { "address", add_address, FALSE },
	{ "nothing", add_nothing, FALSE }, { "holder", add_holder, FALSE },
	{ "place", add_place, FALSE }, { "nowhere", add_nowhere, FALSE },
	{ "listed", add_listed, FALSE }, { "fact", add_fact, FALSE },
	{ "unanswered", add_unanswered, FALSE },
	{ "party", add_party, TRUE }, { "entity", add_entity, FALSE },
	{ "own", add_own, TRUE }, { "activity", add_activity, TRUE },
	{ "number", add_number, TRUE }, { "ad", add_ad, TRUE },
	{ "geolocation", add_geolocation, TRUE },
	{ "history", add_history, TRUE }, { "mail", add_mail, FALSE },
	{ "headers", add_headers, FALSE }, { "signed", add_signed, FALSE },
	{ "originating", add_originating, FALSE },
	{ "automatic", add_automatic, FALSE },
	{ "answers", add_answers, FALSE }, { "hop", add_hop, FALSE },
	{ "elements", add_elements, FALSE }, { "says", add_says, FALSE },
	{ "document", add_document, TRUE }, { "motion", add_motion, TRUE },
	{ "statement", add_statement, TRUE },
};

static int
line_find(const char *line, const char **rest)
{
	size_t n = strcspn(line, " ");

	*rest = line + n + (line[n] == ' ');
	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
		if (strlen(lines[i].word) == n &&
		    strncmp(line, lines[i].word, n) == 0)
			return (int)i;
	return -1;
}

void
linekit_line(struct kit *k, const char *line)
{
	const char *rest;
	int i = line_find(line, &rest);
	struct cells c;

	if (i < 0)
		g_error("not a line of a record: %s", line);
	cells_read(&c, rest);
	lines[i].add(k, c.cell);
	g_strfreev(c.all);
}

gboolean
linekit_is_row(const char *line)
{
	const char *rest;
	int i = line_find(line, &rest);

	return i >= 0 && lines[i].row;
}
