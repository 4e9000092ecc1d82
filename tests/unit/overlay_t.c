/*
 * Later authority: every signal fires and does not, notes stand where the table
 * says, and a base status never moves, whatever the table holds.
 */

#include <string.h>

#include "reports/matrix.h"
#include "tests/unit/recordkit.h"

static gboolean
fires(const struct kit *k, const char *id)
{
	g_autoptr(GPtrArray) findings = showing_assess(k->rec);
	g_autoptr(GPtrArray) notes = overlays_of(k->rec, findings);

	for (guint i = 0; i < notes->len; i++) {
		const struct overlay_note *n = notes->pdata[i];

		if (strcmp(n->row->id, id) == 0)
			return TRUE;
	}
	return FALSE;
}

/* ---- the table -------------------------------------------------------------- */

static void
all_known(const char *spaced, gboolean is_element)
{
	g_auto(GStrv) ids = g_strsplit(spaced, " ", -1);

	for (char **id = ids; *id != NULL; id++) {
		if (**id == '\0')
			continue;
		if (is_element)
			g_assert_nonnull(element_find(*id));
		else
			g_assert_nonnull(overlay_find(*id));
	}
}

static void
test_table(void)
{
	for (size_t i = 0; i < overlays_count; i++) {
		const struct overlay *o = &overlays[i];

		g_assert_true(overlay_find(o->id) == o);	/* one row each */
		g_assert_cmpint(*o->beside, !=, '\0');
		g_assert_true(g_str_has_suffix(o->says, "."));
		g_assert_cmpint(*signal_says(o->signal), !=, '\0');
		all_known(o->beside, TRUE);
		all_known(o->contrary, FALSE);
	}
}

/*
 * How far a row was checked is said in the words of the table it is from, and of
 * no row that it was checked: most opinions were not read whole.
 */
static void
test_verified(void)
{
	const struct overlay *post = overlay_find("E-CRIT");

	g_assert_cmpstr(verified_says(VERIFIED_PRIMARY), ==, "primary text "
	    "(opinion, rule, treaty) or the court's or agency's own "
	    "description seen");
	g_assert_cmpstr(verified_says(VERIFIED_SECONDARY), ==, "seen only in a "
	    "secondary source (law firm's note, case summary, news)");
	g_assert_cmpstr(verified_says(VERIFIED_RECALLED), ==, "recalled; must "
	    "be checked");
	/* A blog is no opinion, rule or treaty, nor a vendor's manual. */
	g_assert_cmpint(post->verified, ==, VERIFIED_PUBLISHED);
	g_assert_cmpint(overlay_find("V-GEO")->verified, ==,
	    VERIFIED_PUBLISHED);
	g_assert_cmpstr(verified_name(post->verified), ==, "V1");
	for (int v = 0; v <= VERIFIED_RECALLED; v++)
		g_assert_null(strstr(verified_says((enum verified)v),
		    "checked in"));
}

/* Court and year are printed behind an authority: they are not in it, and the
 * decision that they are of stands last. */
static void
test_court_once(void)
{
	for (size_t i = 0; i < overlays_count; i++) {
		const struct overlay *o = &overlays[i];
		g_autofree char *own = g_strdup_printf("(%s", o->court);

		if (*o->court == '\0')
			continue;
		g_assert_null(strstr(o->authority, own));
		g_assert_false(g_regex_match_simple("\\([^)]*\\d{4}\\)$",
		    o->authority, 0, 0));
	}
}

/* Contrary authority names its contrary: both sides are printed. */
static void
test_contrary(void)
{
	g_assert_true(word_in(overlay_find("O-WILL")->contrary, "O-WANAT"));
	g_assert_true(word_in(overlay_find("O-WANAT")->contrary, "O-WILL"));
	g_assert_false(word_in("O-WILLOW X", "O-WILL"));
	g_assert_false(word_in("XO-WILL", "O-WILL"));
	g_assert_true(word_in("A O-WILL", "O-WILL"));
}

/* ---- signals ------------------------------------------------------------------- */

static struct import *
add_import(struct kit *k, enum import_kind kind)
{
	struct import *m = import_new(kind);

	m->number = k->rec->imports->len + 1;
	g_free(m->id);
	m->id = g_strdup_printf("I-%04u", m->number);
	g_ptr_array_add(k->rec->imports, m);
	return m;
}

static void
add_activity(struct kit *k, const char *doe, const char *ip)
{
	struct import *m = add_import(k, IMPORT_ACTIVITY);
	const struct activity_said said = { doe, "", "", "", "" };
	struct activity a = { .row = 1, .time = TIME_UNKNOWN,
		.is = import_said(m, &said), .when = "" };

	g_assert_cmpint(inet_read(ip, &a.ip), ==, 0);
	g_array_append_val(m->rows, a);
}

static void
add_number(struct kit *k, const char *measure, const char *place)
{
	struct import *m = add_import(k, IMPORT_NUMBERS);
	struct number n = { .row = 1, .measure = measure, .place = place,
		.period_start = "", .period_end = "", .value = "7", .low = 7,
		.high = 7, .unit = "", .source = "", .method = "",
		.scope = "" };

	g_array_append_val(m->rows, n);
}

static void
add_look_up(struct kit *k, const char *database, const char *declarant)
{
	struct import *m = add_import(k, IMPORT_GEOLOCATION);
	struct geolocation g = { .row = 1, .address = "192.0.2.1",
		.database = database, .build = "", .looked_up = "2026-01-01",
		.place = "Honolulu, HI", .radius_km = "20",
		.declarant = declarant, .source = "" };

	g_array_append_val(m->rows, g);
}

static void do_doe(struct kit *k) { add_activity(k, "Doe 1", "192.0.2.7"); }
static void do_nobody(struct kit *k) { add_activity(k, "", "192.0.2.7"); }
static void do_us(struct kit *k) { add_number(k, "downloads", "US"); }
static void do_world(struct kit *k) { add_number(k, "downloads", "WORLD"); }
static void do_visits(struct kit *k) { add_number(k, "visits", "US"); }
static void do_bare(struct kit *k) { add_look_up(k, "", "A. Person"); }
static void do_whole(struct kit *k) { add_look_up(k, "db 1", "A. Person"); }

static void
do_own(struct kit *k)
{
	g_ptr_array_add(k->rec->own, g_strdup("192.0.2.0/24"));
	add_activity(k, "", "192.0.2.7");
}

static void
do_other(struct kit *k)
{
	g_ptr_array_add(k->rec->own, g_strdup("198.51.100.0/24"));
	add_activity(k, "", "192.0.2.7");
}

static void
do_motion(struct kit *k)
{
	struct import *m = add_import(k, IMPORT_MOTION);

	m->bytes = g_bytes_new_static("Rule 4(K)(2) applies; Does induced it.",
	    38);
}

static void
do_shipping(struct kit *k)
{
	kit_fact(k, FACT_PAGE_LINK, "https://popcorn-time.com/",
	    "{'href':'https://popcorn-time.com/s','text':'Shipping to "
	    "Hawaii','purpose':'other'}");
}

/* A cookie that follows, and a device in the forum; one of a session; the same
 * cookie with no device there. */
static void
add_exhibit(struct kit *k, const char *exhibit)
{
	struct import *m = add_import(k, IMPORT_DOCUMENT);

	g_free(m->exhibit);
	m->exhibit = g_strdup(exhibit);
}

static void
do_tracked(struct kit *k)
{
	kit_fact(k, FACT_HTTP_HEADER, "https://popcorn-time.com/",
	    "{'name':'set-cookie','value':'_ga'}");
	g_free(k->run->vantage);
	k->run->vantage = g_strdup("Honolulu, Hawaii, US");
}

static void
do_session(struct kit *k)
{
	kit_fact(k, FACT_HTTP_HEADER, "https://popcorn-time.com/",
	    "{'name':'set-cookie','value':'PHPSESSID'}");
	g_free(k->run->vantage);
	k->run->vantage = g_strdup("Honolulu, Hawaii, US");
}

static void
do_tracked_abroad(struct kit *k)
{
	kit_fact(k, FACT_HTTP_HEADER, "https://popcorn-time.com/",
	    "{'name':'set-cookie','value':'_ga'}");
}

static void
do_registrant(struct kit *k)
{
	kit_fact(k, FACT_RDAP_ENTITY, "popcorn-time.com",
	    "{'roles':['registrant'],'name':'A. Person','org':'',"
	    "'withheld':false,'service':false}");
}

static void
do_withheld(struct kit *k)
{
	kit_fact(k, FACT_RDAP_ENTITY, "popcorn-time.com",
	    "{'roles':['registrant'],'name':'REDACTED','org':'',"
	    "'withheld':true,'service':false}");
}

static void do_nl(struct kit *k) { kit_entity(k, "Host B.V.", "NL"); }
static void do_uk(struct kit *k) { kit_entity(k, "Host LP", "uk"); }
static void do_usa(struct kit *k) { kit_entity(k, "Host, Inc.", "US"); }
static void do_nothing(struct kit *k) { (void)k; }

static void
add_draft(struct kit *k, const char *text)
{
	add_import(k, IMPORT_MOTION)->bytes = g_bytes_new(text, strlen(text));
}

/* A list in the motion that entities.csv has not, and the same list. */
static void
do_other_list(struct kit *k)
{
	kit_entity(k, "Host B.V.", "NL");
	add_draft(k, "Letters go to Host B.V. and Other Hosting Ltd.");
}

static void
do_same_list(struct kit *k)
{
	kit_entity(k, "Host B.V.", "NL");
	add_draft(k, "Letters go to Host B.V.");
}

/* An exhibit that is cited and not there, and one that is. */
static void
do_absent(struct kit *k)
{
	add_exhibit(k, "H-1");
	add_draft(k, "See Exhibit H-1 and Exhibit Z-9.");
}

static void
do_present(struct kit *k)
{
	add_exhibit(k, "H-1");
	add_draft(k, "See Exhibit H-1.");
}

static void
do_registrar(struct kit *k)
{
	kit_fact(k, FACT_RDAP_ENTITY, "popcorn-time.com",
	    "{'roles':['registrar'],'name':'Names ApS','org':'','country':"
	    "'DK','under':'','withheld':false,'service':false}");
}

/* ---- the case as a whole ---- */

static void
add_act(struct kit *k, const char *doe, const char *act, const char *ip)
{
	struct import *m = add_import(k, IMPORT_ACTIVITY);
	const struct activity_said said = { doe, act, "", "", "" };
	struct activity a = { .row = 1, .time = TIME_UNKNOWN,
		.is = import_said(m, &said), .when = "" };

	if (*ip != '\0')
		g_assert_cmpint(inet_read(ip, &a.ip), ==, 0);
	g_array_append_val(m->rows, a);
}

static void
do_swarm(struct kit *k)
{
	add_act(k, "Doe 1", "seen in a BitTorrent swarm", "192.0.2.7");
}

static void
do_swarm_two(struct kit *k)
{
	do_swarm(k);
	add_act(k, "Doe 2", "seen in a BitTorrent swarm", "192.0.2.8");
}

static void
do_alias(struct kit *k)
{
	kit_party(k, "Doe 1", "doe", "", "");
	add_act(k, "Doe 1", "replied by mail to counsel", "");
}

/* The same, and an address that may be the Doe's own. */
static void
do_alias_with_address(struct kit *k)
{
	do_alias(k);
	add_act(k, "Doe 1", "logged in", "192.0.2.7");
}

static void
do_speech(struct kit *k)
{
	add_act(k, "Doe 1", "posted a review of the work", "");
}

static void do_taken(struct kit *k) { add_draft(k, "Doe impersonated him."); }

static void
do_words(struct kit *k, const char *value)
{
	kit_fact(k, FACT_PAGE_WORDS, "https://popcorn-time.com/", value);
}

static void
do_vpn(struct kit *k)
{
	do_words(k, "{'rule':'vpn-offer','text':'Hide with our VPN'}");
}

static void
do_vpn_us(struct kit *k)
{
	do_words(k, "{'rule':'vpn-offer','text':'A VPN for users in the "
	    "United States'}");
}

static void
do_torrent(struct kit *k)
{
	do_words(k, "{'rule':'torrent-link','text':'magnet'}");
}

static void
do_app(struct kit *k)
{
	do_words(k, "{'rule':'app-offer','text':'Get the application'}");
}

static void
do_sealed(struct kit *k)
{
	g_free(k->run->head);
	k->run->head = g_strdup("00");
}

static void
do_unsealed(struct kit *k)
{
	g_free(k->run->head);
	k->run->head = g_strdup("");
}

static void
do_one_user(struct kit *k)
{
	struct import *m = add_import(k, IMPORT_NUMBERS);
	struct number n = { .row = 1, .measure = "users", .place = "US",
		.period_start = "", .period_end = "", .value = "1", .low = 1,
		.high = 1, .unit = "", .source = "", .method = "",
		.scope = "" };

	g_array_append_val(m->rows, n);
}

static void
do_archive(struct kit *k)
{
	struct import *m = add_import(k, IMPORT_DOCUMENT);

	g_free(m->label);
	m->label = g_strdup("Wayback Machine capture");
}

static void
do_declaration(struct kit *k)
{
	struct import *m = add_import(k, IMPORT_MOTION);

	g_free(m->label);
	m->label = g_strdup("Declaration of counsel");
	m->bytes = g_bytes_new_static("I ran it.", 9);
}

/* On a record of nothing, what must be added for a note to fire, and what may
 * be added without. */
static const struct {
	const char	*id;
	void		(*yes)(struct kit *), (*no)(struct kit *);
} cases[] = {
	{ "M-COBBLER", do_doe, do_nobody },
	{ "O-LANGVAN", do_us, do_world },
	{ "O-GOES+", do_us, do_visits },
	{ "O-GOODJOB", do_us, do_nothing },
	{ "E-S3-DENY", do_bare, do_whole },
	{ "E-S3-GRANT", do_bare, do_nothing },
	{ "V-GEO", do_whole, do_nothing },
	{ "O-WALDEN", do_own, do_other },
	{ "O-FULD", do_motion, do_nothing },
	{ "O-HOLLAND", do_motion, do_nothing },
	{ "M-COX", do_motion, do_doe },
	{ "O-HERBAL", do_shipping, do_us },
	{ "O-BRISKIN", do_tracked, do_session },
	{ "O-BRISKIN", do_tracked, do_tracked_abroad },
	{ "V-WHOIS", do_registrant, do_withheld },
	{ "R-NL", do_nl, do_uk }, { "R-GB", do_uk, do_nl },
	{ "R-1781", do_nl, do_usa }, { "R-512H", do_usa, do_nl },
	{ "E-CRIT", do_nl, do_usa },
	{ "D-RAA", do_registrar, do_nothing },
	{ "D-NIS2", do_registrar, do_nl },
	{ "E-STEBBINS", do_other_list, do_same_list },
	{ "E-STEBBINS", do_other_list, do_absent },
	{ "E-MALIBU16", do_absent, do_present },
	{ "E-MALIBU16", do_absent, do_other_list },
	{ "E-BODY17", do_swarm, do_doe }, { "E-BODY17", do_swarm, do_nobody },
	{ "E-808", do_swarm_two, do_swarm },
	{ "E-BUNGIE", do_alias, do_alias_with_address },
	{ "E-BUNGIE", do_alias, do_doe },
	{ "E-LIK", do_taken, do_motion }, { "E-MGP", do_usa, do_nl },
	{ "E-ANON", do_speech, do_swarm }, { "E-BODY19", do_nl, do_usa },
	{ "E-WEBPROS", do_nl, do_usa }, { "M-LIQUID", do_vpn, do_app },
	{ "O-WICKED", do_vpn, do_torrent }, { "O-AYLA", do_vpn_us, do_vpn },
	{ "O-FAIZAN-1", do_torrent, do_vpn },
	{ "O-FAIZAN-2", do_torrent, do_app }, { "O-ZARLISH", do_app, do_vpn },
	{ "O-AXIOM", do_one_user, do_us },
	{ "O-KURBANOV", do_vpn, do_nothing },
	{ "V-902", do_sealed, do_unsealed },
	{ "V-HASHLIMIT", do_sealed, do_unsealed },
	{ "V-707", do_sealed, do_unsealed },
	{ "V-MACHINE", do_sealed, do_unsealed },
	{ "V-1746", do_declaration, do_same_list },
	{ "V-LR", do_declaration, do_same_list },
	{ "V-WAYBACK", do_archive, do_present },
	{ "V-1006", do_us, do_present }, { "V-RPC", do_nl, do_usa },
};

/* Each authority of the table has a row above, or one below. */
static gboolean
is_tried(const char *id)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		if (strcmp(cases[i].id, id) == 0)
			return TRUE;
	return FALSE;
}

static void
test_signals(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct kit yes, no;

		kit_nothing(&yes, 0);
		kit_nothing(&no, 0);
		cases[i].yes(&yes);
		cases[i].no(&no);
		g_test_message("%s", cases[i].id);
		g_assert_true(fires(&yes, cases[i].id));
		g_assert_false(fires(&no, cases[i].id));
		kit_clear(&yes);
		kit_clear(&no);
	}
}

/* The order's own record: US providers, a foreign list, a VPN offer. */
static void
test_popcorn(void)
{
	static const char *const yes[] = { "O-WILL", "O-WEBGROUP", "O-MAV",
		"O-WANAT", "O-42V-1", "O-FULD", "O-HOLLAND", "M-COX", "R-NL",
		"R-IS", "R-AU", "R-GB", "R-1781", "D-CCTLD", "V-GEO",
		"E-FISHER", "O-FRASER", "O-KURBANOV", "M-LIQUID", "V-PK",
		"V-BERK", "V-SWGDE", "V-RPC", "E-WEBPROS" };
	static const char *const no[] = { "R-CH", "R-DE", "O-LANGVAN",
		"O-HERBAL", "M-COBBLER", "D-RAA", "V-WHOIS", "E-S3-DENY",
		"E-BODY17", "E-808", "E-BUNGIE", "E-LIK", "E-MGP", "E-ANON",
		"V-WAYBACK", "O-AXIOM" };
	struct kit k;

	kit_popcorn(&k, 0);
	for (size_t i = 0; i < G_N_ELEMENTS(yes); i++) {
		g_test_message("%s", yes[i]);
		g_assert_true(fires(&k, yes[i]));
	}
	for (size_t i = 0; i < G_N_ELEMENTS(no); i++) {
		g_test_message("%s", no[i]);
		g_assert_false(fires(&k, no[i]));
	}
	kit_clear(&k);
}

/* Pages were asked for and did not come, and nothing was accessible. */
static void
test_no_pages(void)
{
	static const char *const no[] = { "V-PK", "V-BERK", "V-SWGDE",
		"O-FRASER" };
	struct kit k;

	kit_nothing(&k, KIT_ALL);
	for (size_t i = 0; i < G_N_ELEMENTS(no); i++) {
		g_test_message("%s", no[i]);
		g_assert_false(fires(&k, no[i]));
	}
	kit_clear(&k);
}

/* Those that fire beside each other on one signal are tried by one of them. */
static void
test_tried(void)
{
	for (size_t i = 0; i < overlays_count; i++) {
		gboolean tried = FALSE;

		g_test_message("%s", overlays[i].id);
		for (size_t k = 0; k < overlays_count; k++)
			tried |= overlays[k].signal == overlays[i].signal &&
			    (is_tried(overlays[k].id) ||
			    overlays[k].signal == SIGNAL_PAGES ||
			    overlays[k].signal == SIGNAL_INSUFFICIENT ||
			    overlays[k].signal == SIGNAL_US_SERVICE ||
			    overlays[k].signal == SIGNAL_STEPS ||
			    overlays[k].signal == SIGNAL_CCTLD);
		g_assert_true(tried);
	}
}

/* ---- where notes stand ------------------------------------------------------------ */

static guint
beside(const GPtrArray *notes, const char *id, const struct finding *f)
{
	guint n = 0;

	for (guint i = 0; i < notes->len; i++) {
		const struct overlay_note *x = notes->pdata[i];

		n += strcmp(x->row->id, id) == 0 && overlay_beside(x, f);
	}
	return n;
}

static void
test_beside(void)
{
	struct kit k;
	g_autoptr(GPtrArray) findings = NULL, notes = NULL;

	kit_popcorn(&k, 0);
	findings = showing_assess(k.rec);
	notes = overlays_of(k.rec, findings);
	g_assert_cmpuint(beside(notes, "R-NL", kit_finding(findings, "L-06",
	    "LiteServer B.V.", NULL)), ==, 1);
	g_assert_cmpuint(beside(notes, "R-NL", kit_finding(findings, "L-06",
	    "ISNIC", NULL)), ==, 0);
	g_assert_cmpuint(beside(notes, "O-WILL", kit_finding(findings, "K-15",
	    NULL, NULL)), ==, 1);
	g_assert_cmpuint(beside(notes, "O-WILL", kit_finding(findings, "P-04",
	    NULL, NULL)), ==, 0);
	g_clear_pointer(&notes, g_ptr_array_unref);
	g_clear_pointer(&findings, g_ptr_array_unref);
	kit_clear(&k);
}

/* Authority, what fired it, contrary, how far checked: in one paragraph. */
static void
test_text(void)
{
	struct kit k;
	g_autoptr(GPtrArray) findings = NULL, notes = NULL;
	g_autofree char *text = NULL;

	kit_popcorn(&k, 0);
	findings = showing_assess(k.rec);
	notes = overlays_of(k.rec, findings);
	text = overlay_text(notes->pdata[0]);
	g_assert_true(g_str_has_prefix(text,
	    "Will Co. v. Lee, 47 F.4th 917 (9th Cir. 2022). The order gave"));
	g_assert_nonnull(strstr(text, "Cloudflare, Inc."));
	g_assert_nonnull(strstr(text, "no number of US audience or revenue "
	    "imported"));
	g_assert_nonnull(strstr(text, "Contrary: AMA Multimedia v. Wanat"));
	g_assert_true(g_str_has_suffix(text, "table of 2026-07-31. Status "
	    "unchanged."));
	g_clear_pointer(&notes, g_ptr_array_unref);
	g_clear_pointer(&findings, g_ptr_array_unref);
	kit_clear(&k);
}

/* ---- the base does not move -------------------------------------------------------- */

static char *
render_with(const struct kit *k, const GPtrArray *findings,
    const GPtrArray *notes, renderer_fn *render)
{
	const struct report r = { .rec = k->rec, .run = k->run,
		.findings = (GPtrArray *)(uintptr_t)findings,
		.overlays = notes, .version = "test", .verbose = TRUE };
	GString *out = g_string_new(NULL);

	render(&r, out);
	return g_string_free(out, FALSE);
}

static void
same_json(const struct kit *k, const GPtrArray *findings,
    const GPtrArray *notes, const GPtrArray *none)
{
	g_autofree char *with = render_with(k, findings, notes,
	    render_assess_json);
	g_autofree char *without = render_with(k, findings, none,
	    render_assess_json);
	char *a = kit_base_json(with), *b = kit_base_json(without);

	g_assert_cmpstr(with, !=, without);
	g_assert_cmpstr(a, ==, b);
	free(a);
	free(b);
}

/* Text: the same but for the one block, which is whole lines. */
static void
same_text(const struct kit *k, const GPtrArray *findings,
    const GPtrArray *notes, const GPtrArray *none)
{
	g_autofree char *with = render_with(k, findings, notes,
	    render_assess_text);
	g_autofree char *without = render_with(k, findings, none,
	    render_assess_text);
	char *from = strstr(with, "\nLater authority"), *to;

	g_assert_nonnull(from);
	to = strstr(from + 1, "\n\n");
	g_assert_nonnull(to);
	memmove(from, to + 1, strlen(to + 1) + 1);
	g_assert_cmpstr(with, ==, without);
}

static void
test_base(void)
{
	static const unsigned fails[] = { 0, 3, KIT_ALL };

	for (size_t i = 0; i < G_N_ELEMENTS(fails); i++) {
		struct kit k;
		g_autoptr(GPtrArray) findings = NULL, notes = NULL, none = NULL;
		struct sight sight;

		kit_popcorn(&k, fails[i]);
		do_doe(&k);
		do_us(&k);
		findings = showing_assess(k.rec);
		notes = overlays_of(k.rec, findings);
		sight_init_network(&sight, k.rec);
		none = overlays_from(overlays, 0, &sight, findings);
		sight_clear(&sight);
		g_assert_cmpuint(notes->len, >, 0);
		g_assert_cmpuint(none->len, ==, 0);
		same_json(&k, findings, notes, none);
		same_text(&k, findings, notes, none);
		g_clear_pointer(&none, g_ptr_array_unref);
		g_clear_pointer(&notes, g_ptr_array_unref);
		g_clear_pointer(&findings, g_ptr_array_unref);
		kit_clear(&k);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/overlay/table", test_table);
	g_test_add_func("/overlay/verified", test_verified);
	g_test_add_func("/overlay/court once", test_court_once);
	g_test_add_func("/overlay/contrary", test_contrary);
	g_test_add_func("/overlay/signals", test_signals);
	g_test_add_func("/overlay/popcorn", test_popcorn);
	g_test_add_func("/overlay/no-pages", test_no_pages);
	g_test_add_func("/overlay/tried", test_tried);
	g_test_add_func("/overlay/beside", test_beside);
	g_test_add_func("/overlay/text", test_text);
	g_test_add_func("/overlay/base", test_base);
	return g_test_run();
}
