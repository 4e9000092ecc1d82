/*
 * Who the rows of a log are of, by the day; how many others there are, and who is
 * left out; places as people write them; acts of persons and of machines.
 */

#include <string.h>

#include "reports/human.h"
#include "reports/sight.h"
#include "tests/unit/linekit.h"

static void
add(struct kit *k, const char *const *lines)
{
	for (; *lines != NULL; lines++)
		linekit_line(k, *lines);
}

static void
base(struct kit *k, const char *const *lines)
{
	kit_init(k);
	linekit_line(k, "base page");
	add(k, lines);
}

/* "DOE_ACTIVITY 203.0.113.7 I-0001:1;..." */
static char *
roles_text(const struct kit *k, guint limit, guint *left)
{
	struct sight s;
	g_autoptr(GPtrArray) rows = NULL;
	GString *out = g_string_new(NULL);

	sight_init(&s, k->rec);
	rows = audience_roles(s.audience, limit, left);
	for (guint i = 0; i < rows->len; i++) {
		const struct role_row *r = rows->pdata[i];
		const struct role_source *from = &g_array_index(r->imports,
		    struct role_source, 0);

		g_string_append_printf(out, "%s%s %s %s:%u", i > 0 ? "; " : "",
		    role_name(r->role), r->ip, from->import->id, from->row);
	}
	g_clear_pointer(&rows, g_ptr_array_unref);
	sight_clear(&s);
	return g_string_free(out, FALSE);
}

static void
expect_roles(const struct kit *k, const char *want)
{
	guint left;
	g_autofree char *got = roles_text(k, 100, &left);

	g_assert_cmpstr(got, ==, want);
	g_assert_cmpuint(left, ==, 0);
}

/* The same row, on the day before and on the day. */
static void
test_flip(void)
{
	static const char *const lines[] = {
		"party Someone | named | 2026-01-01 | 2026-06-11",
		"party Someone | dismissed | 2026-06-12 |",
		"activity | 203.0.113.20 | 2026-03-01 | streamed | W | s | Someone",
		NULL,
	};
	struct kit k;

	base(&k, lines);
	linekit_line(&k, "as-of 2026-06-11");
	expect_roles(&k, "UNKNOWN 203.0.113.20 I-0001:1");
	linekit_line(&k, "as-of 2026-06-12");
	expect_roles(&k, "DISMISSED_PARTY 203.0.113.20 I-0001:1");
	kit_clear(&k);
}

/* A dismissal and another row of the same day: the dismissal, in either order. */
static void
test_overlap(void)
{
	static const char *const lines[] = {
		"party Someone | dismissed | 2026-06-12 |",
		"party Someone | named | 2026-01-01 |",
		"activity | 203.0.113.20 | 2026-03-01 | streamed | W | s | Someone",
		NULL,
	};
	struct kit k;

	base(&k, lines);
	expect_roles(&k, "DISMISSED_PARTY 203.0.113.20 I-0001:1");
	kit_clear(&k);
}

/* "DOE_ACTIVITY 203.0.113.1 AS; ..." of the run's own table of roles: what the
 * logs say in place of UNKNOWN, beside what the run says of the address. */
static void
test_run_roles(void)
{
	static const char *const lines[] = {
		"activity Doe 1 | 203.0.113.1 | 2026-03-01 | a | w | s",
		"activity | 203.0.113.1 | 2026-03-01 | a | w | s",
		"activity | 203.0.113.2 | 2026-03-01 | a | w | s", NULL,
	};
	static const char *const asked[] = {
		"203.0.113.1", "203.0.113.3", "203.0.113.2",
	};
	g_autoptr(GString) got = g_string_new(NULL);
	g_autoptr(GPtrArray) rows = NULL;
	struct kit k;

	base(&k, lines);
	for (size_t i = 0; i < G_N_ELEMENTS(asked); i++) {
		kit_ask(&k, PROBE_LOCAL, asked[i], "listed-ip", "", "");
		kit_fact(&k, FACT_IP_ORIGIN, asked[i],
		    "{\"asn\":64500,\"prefix\":\"203.0.113.0/24\","
		    "\"source\":\"routing data\"}");
	}
	rows = roles_with_logs(k.rec, NULL, k.run);
	for (guint i = 0; i < rows->len; i++) {
		const struct role_row *r = rows->pdata[i];

		if (g_str_has_prefix(r->ip, "203.0.113."))
			g_string_append_printf(got, "%s %s %u%s; ",
			    role_name(r->role), r->ip, r->origins->len,
			    r->imports != NULL ? " log" : "");
	}
	g_assert_cmpstr(got->str, ==, "DOE_ACTIVITY 203.0.113.1 1 log; "
	    "USER_THIRD_PARTY 203.0.113.1 1 log; UNKNOWN 203.0.113.3 1; "
	    "USER_THIRD_PARTY 203.0.113.2 1 log; ");
	g_clear_pointer(&rows, g_ptr_array_unref);
	kit_clear(&k);
}

static void
test_roles(void)
{
	static const char *const lines[] = {
		"own 203.0.113.32/29",
		"party Friend | third_party | |",
		"activity Doe 1 | 203.0.113.1 | 2026-03-01 | a | w | s",
		"activity | 203.0.113.1 | 2026-03-01 | a | w | s",
		"activity | 203.0.113.2 | 2026-03-01 | a | w | s",
		"activity | 203.0.113.3 | 2026-03-01 | a | w | s | Friend",
		"activity | 203.0.113.4 | 2026-03-01 | a | w | s | third_party",
		"activity | 203.0.113.5 | 2026-03-01 | a | w | s | Nobody Listed",
		"activity Doe 77 | 203.0.113.6 | 2026-03-01 | a | w | s",
		"activity | 203.0.113.33 | 2026-03-01 | a | w | s",
		"activity | 203.0.113.8 | 2026-03-01 | a | w | s | Bodyguard Productions, Inc.",
		"activity Doe 2 | 203.0.113.9 | 2026-03-01 | a | w | s",
		"listed 203.0.113.9 | tor",
		NULL,
	};
	struct kit k;

	base(&k, lines);
	expect_roles(&k, "DOE_ACTIVITY 203.0.113.1 I-0001:1; "
	    "USER_THIRD_PARTY 203.0.113.1 I-0001:1; "
	    "USER_THIRD_PARTY 203.0.113.2 I-0001:3; "
	    "USER_THIRD_PARTY 203.0.113.3 I-0001:4; "
	    "USER_THIRD_PARTY 203.0.113.4 I-0001:5; "
	    "UNKNOWN 203.0.113.5 I-0001:6; UNKNOWN 203.0.113.6 I-0001:7; "
	    "PLAINTIFF_SIDE 203.0.113.33 I-0001:8; "
	    "PLAINTIFF_SIDE 203.0.113.8 I-0001:9; "
	    "EXIT_PROXY 203.0.113.9 I-0001:10");
	kit_clear(&k);
}

static void
test_limit(void)
{
	struct kit k;
	guint left;
	g_autofree char *got = NULL;

	base(&k, (const char *const[]){ NULL });
	for (int i = 1; i <= 20; i++) {
		g_autofree char *line = g_strdup_printf("activity | 203.0.113."
		    "%d | 2026-03-01 | a | w | s", i);

		linekit_line(&k, line);
	}
	got = roles_text(&k, 3, &left);
	g_assert_cmpuint(left, ==, 17);
	g_assert_true(g_str_has_suffix(got, "203.0.113.3 I-0001:3"));
	kit_clear(&k);
}

/* ---- counts -------------------------------------------------------------------- */

static void
test_counts(void)
{
	static const char *const lines[] = {
		"own 203.0.113.40",
		"party Gone | dismissed | |",
		"activity | 203.0.113.1 | 2026-03-01 | a | w | s",
		"activity | 203.0.113.1 | 2026-04-01 | a | w | s",
		"activity | 203.0.113.2 | 2026-03-02 | a | w | s",
		"activity | 2001:db8:1:2::1 | 2026-03-02 | a | w | s",
		"activity | 2001:db8:1:2::2 | 2026-03-02 | a | w | s",
		"activity | 203.0.113.3 | 2026-03-02 | a | w | s | Gone",
		"activity | 203.0.113.40 | 2026-03-02 | a | w | s",
		"activity | 203.0.113.50 | 2026-03-02 | a | w | s",
		"activity | 203.0.113.51 | 2026-03-02 | a | w | s",
		"activity | 203.0.113.0/24 | 2026-03-02 | a | w | s",
		"activity | nonsense | 2026-03-02 | a | w | s",
		"place 203.0.113.1 | US | Hawaii | c.mmdb | 2026-11-01 | 5",
		"place 203.0.113.2 | US | California | c.mmdb | 2026-11-01 | 5",
		"place 2001:db8:1:2::1 | US | Hawaii | c.mmdb | 2026-11-01 | 5",
		"place 2001:db8:1:2::2 | US | Hawaii | c.mmdb | 2026-11-01 | 5",
		"place 203.0.113.3 | US | Hawaii | c.mmdb | 2026-11-01 | 5",
		"place 203.0.113.50 | US | Hawaii | c.mmdb | 2026-11-01 | 5",
		"place 203.0.113.50 | NL | Utrecht | d.mmdb | 2026-11-01 | 5",
		NULL,
	};
	struct kit k;
	struct sight s;
	const struct crowd *hi, *us;

	base(&k, lines);
	sight_init(&s, k.rec);
	hi = audience_crowd(s.audience, "US-HI");
	us = audience_crowd(s.audience, "US");
	g_assert_cmpuint(hi->users, ==, 3);
	g_assert_cmpuint(hi->households, ==, 2);
	g_assert_cmpuint(hi->elsewhere, ==, 1);
	g_assert_cmpuint(hi->unknown, ==, 1);
	g_assert_cmpuint(hi->conflict, ==, 1);
	g_assert_cmpuint(hi->parties, ==, 1);
	g_assert_cmpuint(hi->own, ==, 1);
	g_assert_cmpuint(hi->months, ==, 2);
	g_assert_cmpuint(us->users, ==, 4);
	g_assert_cmpuint(us->households, ==, 3);
	g_assert_cmpuint(s.audience->left[__builtin_ctz(ROW_IP_RANGE)], ==, 1);
	g_assert_cmpuint(s.audience->left[__builtin_ctz(ROW_IP_BAD)], ==, 1);
	sight_clear(&s);
	kit_clear(&k);
}

/* Many rows: each address found again among all the others. */
static void
test_many(void)
{
	struct kit k;
	struct sight s;
	struct import *i = import_new(IMPORT_ACTIVITY);
	static const struct activity_said nothing = { "", "", "", "", "" };

	base(&k, (const char *const[]){ NULL });
	i->number = 1;
	for (uint32_t n = 0; n < 60000; n++) {
		struct activity a = { .row = n + 1, .time = TIME_UNKNOWN,
			.is = &nothing, .when = "", .ip = { .family = 4,
			.prefix = 32 } };
		uint32_t ip = 10u << 24 | n % 20000;

		a.ip.bytes[0] = (uint8_t)(ip >> 24);
		a.ip.bytes[2] = (uint8_t)(ip >> 8);
		a.ip.bytes[3] = (uint8_t)ip;
		g_array_append_val(i->rows, a);
	}
	g_ptr_array_add(k.rec->imports, i);
	sight_init(&s, k.rec);
	g_assert_cmpuint(s.audience->callers->len, ==, 20000);
	g_assert_cmpuint(s.audience->rows, ==, 60000);
	g_assert_cmpuint(s.audience->state.unknown, ==, 20000);
	sight_clear(&s);
	kit_clear(&k);
}

/* Names of a whole country or state, and nothing that is less or a code. */
static void
test_names(void)
{
	static const struct { const char *text, *code; } c[] = {
		{ "Hawaii", "US-HI" }, { "Hawaii, US", "US-HI" },
		{ "HI, USA", "US-HI" }, { "United States", "US" },
		{ "Puerto Rico", "US-PR" }, { "Guam, US", "US-GU" },
		{ "Netherlands", "NL" }, { "Honolulu", NULL },
		{ "Honolulu, Hawaii, US", NULL }, { "Honolulu, US", NULL },
		{ "Georgia", NULL }, { "HI", NULL }, { "US-XX", NULL },
		{ "", NULL }, { "everywhere", NULL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(c); i++) {
		char code[PLACE_CODE];
		gboolean is = place_of_name(c[i].text, code);

		g_test_message("%s", c[i].text);
		g_assert_cmpstr(is ? code : NULL, ==, c[i].code);
	}
}

/* ---- places ------------------------------------------------------------------------ */

static void
test_places(void)
{
	static const struct { const char *text, *code; } c[] = {
		{ "US-HI", "US-HI" }, { "us-hi", "US-HI" }, { "US", "US" },
		{ "NL", "NL" }, { "Hawaii", "US-HI" }, { "hawaii", "US-HI" },
		{ "Honolulu, HI, US", "US-HI" },
		{ "Honolulu, Hawaii, United States", "US-HI" },
		{ "Honolulu, HI", "US-HI" }, { "Honolulu, Hawaii", "US-HI" },
		{ "Hawaii, US", "US-HI" }, { "United States", "US" },
		{ "Amsterdam, Netherlands", "NL" }, { "Utrecht, NL", "NL" },
		{ "San Diego, CA, US", "US-CA" },
		/* two places could have written these */
		{ "Ontario, CA", "" }, { "Georgia", "" },
		{ "Portland, ME", "" }, { "Tbilisi, Georgia", "" },
		{ "Atlanta, Georgia, US", "US-GA" },
		/* a territory is of the United States by each of its codes */
		{ "PR", "US-PR" }, { "us-pr", "US-PR" },
		{ "Puerto Rico", "US-PR" }, { "San Juan, PR", "US-PR" },
		{ "San Juan, Puerto Rico", "US-PR" },
		{ "Ponce, Puerto Rico, US", "US-PR" },
		{ "San Juan, San Juan, AR", "AR" }, { "GU", "US-GU" },
		{ "Guam", "US-GU" }, { "U.S. Virgin Islands", "US-VI" },
		{ "American Samoa", "US-AS" }, { "Saipan, MP", "US-MP" },
		{ "", "" }, { "somewhere", "" }, { "1", "" }, { ",,,", "" },
		{ "US-HAWAII-LONG", "" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(c); i++) {
		char code[PLACE_CODE];

		g_test_message("%s", c[i].text);
		place_of_words(c[i].text, code);
		g_assert_cmpstr(code, ==, c[i].code);
	}
}

static void
test_within(void)
{
	static const struct { const char *place, *forum; enum within in; }
	    c[] = {
		{ "US-HI", "US-HI", WITHIN_IN }, { "US-HI", "US", WITHIN_IN },
		{ "US", "US-HI", WITHIN_UNKNOWN }, { "US", "US", WITHIN_IN },
		{ "US-CA", "US-HI", WITHIN_OUT }, { "NL", "US", WITHIN_OUT },
		{ "WORLD", "US", WITHIN_UNKNOWN }, { "", "US", WITHIN_UNKNOWN },
		{ "US-HI", "", WITHIN_UNKNOWN },
		{ "US-HI", NULL, WITHIN_UNKNOWN },
		{ "PR", "US-PR", WITHIN_IN }, { "PR", "US", WITHIN_IN },
		{ "GU", "US-HI", WITHIN_OUT }, { "US", "US-PR", WITHIN_UNKNOWN },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(c); i++) {
		g_test_message("%s in %s", c[i].place, c[i].forum);
		g_assert_cmpint(place_within(c[i].place, c[i].forum), ==,
		    c[i].in);
	}
	g_assert_true(places_differ("US-HI", "US-CA"));
	g_assert_true(places_differ("US", "NL"));
	g_assert_false(places_differ("US", "US-CA"));
	g_assert_false(places_differ("", "US-CA"));
	g_assert_true(words_name_forum("hotels in Hawaii.", "US-HI"));
	g_assert_false(words_name_forum("Hawaiian shirts", "US-HI"));
	g_assert_true(words_name_forum("the USA only", "US"));
	g_assert_false(words_name_forum("USAGE", "US"));
}

/* ---- acts ---------------------------------------------------------------------------- */

struct said { const char *act; unsigned is; };

static void
said_all(const struct said *c, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned is = human_acts(c[i].act, NULL);

		if (is != c[i].is) {
			g_test_message("%s: 0x%x, wanted 0x%x", c[i].act, is,
			    c[i].is);
			g_test_fail();
		}
	}
}

static void
test_acts(void)
{
	static const struct said c[] = {
		{ "intercepted and deleted an email",
		    HUMAN_ACT | HUMAN_MAIL_TAKEN },
		{ "sent a FORGED e-mail", HUMAN_ACT | HUMAN_MAIL_TAKEN },
		{ "opened a bank account", HUMAN_ACT | HUMAN_BANK },
		{ "replied", HUMAN_ACT | HUMAN_CONTACT },
		{ "sent an e-mail to counsel", HUMAN_ACT | HUMAN_CONTACT },
		{ "sent a forged email from a deceptive address",
		    HUMAN_ACT | HUMAN_MAIL_TAKEN },
		{ "hat geantwortet", HUMAN_ACT | HUMAN_CONTACT },
		{ "a ouvert un compte bancaire", HUMAN_ACT | HUMAN_BANK },
		{ "replicated a piece", 0 }, { "forgot its password", 0 },
		{ "wrote to the tracker", 0 }, { "HTTP POSTs", 0 },
		/* names of works, and idioms, are no acts */
		{ "downloaded The Bank Job", 0 }, { "uploaded Cash Truck", 0 },
		{ "shared file named in DMCA claim", 0 },
		{ "withdrew from the swarm", 0 }, { "received a DMCA claim", 0 },
		{ "streamed Phone Booth", 0 },
		{ "withdrew 300 EUR at a bank", HUMAN_ACT | HUMAN_BANK },
		{ "claimed that he owns the site", HUMAN_ACT | HUMAN_CLAIM },
		{ "offered to sell the domain", HUMAN_ACT | HUMAN_OFFER },
		{ "claims the registration", HUMAN_ACT | HUMAN_CLAIM },
		{ "promoted the site", HUMAN_PROMOTED },
		{ "newsletter", HUMAN_SENT }, { "purchase", HUMAN_SOLD },
		{ "seeding", 0 }, { "download", 0 }, { "streamed", 0 },
		{ "automatic reply", 0 }, { "http get of email.js", 0 },
		{ "tracker announce", 0 }, { "", 0 }, { "embankment", 0 },
		/* other words for them, and what nearly is one */
		{ "transferred EUR 500 from the account", HUMAN_ACT | HUMAN_BANK },
		{ "transferred 500 pieces", 0 },
		{ "published a blog post", HUMAN_ACT }, { "called counsel", HUMAN_ACT },
		{ "called the API", 0 }, { "posted on https://a.example/", HUMAN_ACT },
		{ "bot sent a message", 0 }, { "robots.txt posted", 0 },
		{ "both mailed", HUMAN_ACT | HUMAN_CONTACT },
		{ "listed the domain for sale", HUMAN_ACT | HUMAN_OFFER },
		{ "said that he is the owner", HUMAN_ACT | HUMAN_CLAIM },
		{ "sent a link to the site", HUMAN_PROMOTED },
		/* nl, de, fr, es */
		{ "opende een bankrekening", HUMAN_ACT | HUMAN_BANK },
		{ "nam geld op: geld opgenomen", HUMAN_ACT | HUMAN_BANK },
		{ "verwijderde een e-mail", HUMAN_ACT | HUMAN_MAIL_TAKEN },
		{ "er\303\266ffnete ein Bankkonto", HUMAN_ACT | HUMAN_BANK },
		{ "\303\234BERWIES Geld", HUMAN_ACT | HUMAN_BANK },
		{ "f\303\244lschte eine E-Mail", HUMAN_ACT | HUMAN_MAIL_TAKEN },
		{ "eine gef\303\244lschte E-Mail", HUMAN_ACT | HUMAN_MAIL_TAKEN },
		{ "bot die Domain zum Kauf an", HUMAN_ACT | HUMAN_OFFER },
		{ "retira des fonds", HUMAN_ACT | HUMAN_BANK },
		{ "supprima un courriel", HUMAN_ACT | HUMAN_MAIL_TAKEN },
		{ "abri\303\263 una cuenta bancaria", HUMAN_ACT | HUMAN_BANK },
		{ "envi\303\263 una carta", HUMAN_ACT | HUMAN_CONTACT },
		{ "ofreci\303\263 vender el dominio", HUMAN_ACT | HUMAN_OFFER },
		/* in the negative */
		{ "refused to sell the domain", 0 },
		{ "never opened a bank account", 0 },
		{ "did not reply", 0 },
		{ "said that he does not own the domain", HUMAN_ACT },
		{ "replied that the domain is not for sale",
		    HUMAN_ACT | HUMAN_CONTACT },
		{ "hat nie geantwortet", 0 },
		{ "wilde het domein niet verkopen", 0 },
		{ "refusa de vendre le domaine", 0 },
		/* to buy, and to let buy */
		{ "an email from counsel who offered to buy the domain", 0 },
		{ "offered to buy the domain of the plaintiff", HUMAN_ACT },
		{ "offered counsel the chance to buy the domain",
		    HUMAN_ACT | HUMAN_OFFER },
	};

	said_all(c, G_N_ELEMENTS(c));
}

/* What is told as not done, not yet done, or no more than thought of. */
static void
test_acts_undone(void)
{
	static const struct said c[] = {
		{ "did not transfer the money", 0 },
		{ "No email was sent to counsel", 0 },
		{ "no bank account was opened", 0 },
		{ "nobody replied", 0 },
		{ "failed to reply within the week", 0 },
		{ "replied without delay", HUMAN_ACT | HUMAN_CONTACT },
		{ "left the forum without replying", 0 },
		{ "replied that no funds were withdrawn",
		    HUMAN_ACT | HUMAN_CONTACT },
		{ "wrote that he never opened a bank account",
		    HUMAN_ACT | HUMAN_CONTACT },
		{ "denied that he had forged the e-mail", 0 },
		{ "did not reply, but opened a bank account",
		    HUMAN_ACT | HUMAN_BANK },
		{ "did not reply and then withdrew the funds",
		    HUMAN_ACT | HUMAN_BANK },
		{ "withdrew the funds, and did not reply",
		    HUMAN_ACT | HUMAN_BANK },
		{ "claimed that the domain is not his", HUMAN_ACT },
		/* to come, or on a condition */
		{ "would open a bank account", 0 },
		{ "could have deleted the email", 0 },
		{ "will delete the message", 0 },
		{ "the email will be deleted", 0 },
		{ "may have opened a bank account", 0 },
		{ "on 3 May opened a bank account", HUMAN_ACT | HUMAN_BANK },
		{ "is going to withdraw the money", 0 },
		{ "plans to withdraw the money", 0 },
		{ "opened account no. 12 at the bank", HUMAN_ACT | HUMAN_BANK },
		{ "is said to have opened a bank account", 0 },
		{ "reportedly opened a bank account", 0 },
		{ "auto-reply received", 0 },
		{ "told counsel that the domain is for sale",
		    HUMAN_ACT | HUMAN_OFFER },
		{ "told counsel that the domain is not for sale", HUMAN_ACT },
		{ "bot die Domain nicht zum Kauf an", 0 },
		{ "asked the host to delete the mailbox", 0 },
		{ "asked counsel to reply by e-mail", 0 },
		{ "threatened to delete the mailbox", HUMAN_ACT },
		{ "said he would sell the domain", HUMAN_ACT | HUMAN_OFFER },
		{ "might offer to sell the domain", 0 },
		/* thought of by somebody */
		{ "allegedly withdrew the funds", 0 },
		{ "is believed to have forged an e-mail", 0 },
		{ "is suspected of opening a bank account", 0 },
		{ "probably replied from a second mailbox", 0 },
		/* nl, de, fr, es */
		{ "antwoordde niet", 0 }, { "niemand antwoordde", 0 },
		{ "antwoordde dat hij het niet was", HUMAN_ACT | HUMAN_CONTACT },
		{ "zou een bankrekening openen", 0 },
		{ "heeft vermoedelijk geld opgenomen", 0 },
		{ "antwortete nicht", 0 },
		{ "hat kein Bankkonto er\303\266ffnet", 0 },
		{ "er\303\266ffnete kein Bankkonto", 0 },
		{ "antwortete, er sei es nicht gewesen",
		    HUMAN_ACT | HUMAN_CONTACT },
		{ "wird die E-Mail f\303\244lschen", 0 },
		{ "soll ein Bankkonto er\303\266ffnet haben", 0 },
		{ "hat angeblich Geld abgehoben", 0 },
		{ "hob am 3. Mai 2019 bei der Bank 500 Euro ab",
		    HUMAN_ACT | HUMAN_BANK },
		{ "ne r\303\251pondit pas", 0 },
		{ "n'a jamais ouvert de compte bancaire", 0 },
		{ "r\303\251pondit qu'il n'est pas titulaire du domaine",
		    HUMAN_ACT | HUMAN_CONTACT },
		{ "r\303\251pondra demain", 0 },
		{ "aurait retir\303\251 des fonds", 0 },
		{ "no respondi\303\263", 0 }, { "nadie respondi\303\263", 0 },
		{ "respondi\303\263 a la carta del abogado",
		    HUMAN_ACT | HUMAN_CONTACT },
		{ "habr\303\255a abierto una cuenta bancaria", 0 },
		{ "no abri\303\263 ninguna cuenta bancaria", 0 },
	};

	said_all(c, G_N_ELEMENTS(c));
}

/* What another than the Doe did, in a row of his. */
static void
test_acts_of_others(void)
{
	static const struct said c[] = {
		{ "counsel sent an e-mail to Doe 1", 0 },
		{ "plaintiff's counsel wrote a letter", 0 },
		{ "our investigator then wrote to him", 0 },
		{ "the host replied", 0 },
		{ "hosting provider replied to the complaint", 0 },
		{ "reply from the provider", 0 },
		{ "was contacted by plaintiff's counsel", 0 },
		{ "letter written by counsel", 0 },
		{ "counsel, who wrote a letter", 0 },
		{ "received an e-mail from counsel", 0 },
		{ "the provider replied, and he wrote to counsel",
		    HUMAN_ACT | HUMAN_CONTACT },
		{ "counsel was called by Doe 1", HUMAN_ACT },
		{ "replied to the e-mail from counsel",
		    HUMAN_ACT | HUMAN_CONTACT },
		{ "wrote to counsel claiming that he owns the site",
		    HUMAN_ACT | HUMAN_CONTACT | HUMAN_CLAIM },
		{ "contacted us by e-mail", HUMAN_ACT | HUMAN_CONTACT },
		{ "replied by mail to counsel", HUMAN_ACT | HUMAN_CONTACT },
		{ "de advocaat schreef een brief", 0 },
		{ "schreef een brief aan de advocaat",
		    HUMAN_ACT | HUMAN_CONTACT },
		{ "belde de advocaat", HUMAN_ACT },
		{ "der Anwalt schrieb einen Brief", 0 },
		{ "schrieb dem Anwalt", HUMAN_ACT | HUMAN_CONTACT },
		{ "vom Anwalt kontaktiert", 0 },
		{ "l'h\303\251bergeur a r\303\251pondu", 0 },
		{ "a r\303\251pondu \303\240 l'h\303\251bergeur",
		    HUMAN_ACT | HUMAN_CONTACT },
		{ "el proveedor respondi\303\263", 0 },
		{ "respondi\303\263 al proveedor", HUMAN_ACT | HUMAN_CONTACT },
	};

	said_all(c, G_N_ELEMENTS(c));
}

/* An act needs its object, near it, and not behind an "after" or in a sentence of
 * its own. */
static void
test_acts_order(void)
{
	static const struct said c[] = {
		{ "deleted the app after an e-mail from counsel", 0 },
		{ "deleted the app. An e-mail was received", 0 },
		{ "deleted, on the same day, all e-mails",
		    HUMAN_ACT | HUMAN_MAIL_TAKEN },
		{ "the e-mail was intercepted", HUMAN_ACT | HUMAN_MAIL_TAKEN },
		{ "visited bank website", 0 },
		{ "opened e-mail from bank about account", 0 },
		{ "withdrew from the swarm because of a message from his bank",
		    0 },
		{ "transferred 20 pieces; the account is unknown", 0 },
		{ "opened the player before the account was closed", 0 },
		{ "l\303\266schte das Programm, nachdem eine Nachricht kam",
		    0 },
		{ "supprima le programme apr\303\250s un courriel", 0 },
	};

	said_all(c, G_N_ELEMENTS(c));
}

/* Names of the case are others as well. */
static void
test_acts_of_entities(void)
{
	static char *host[] = { (char *)"liteserver", NULL };
	static char *two[] = { (char *)"some", (char *)"registry", NULL };
	g_autoptr(GPtrArray) others = g_ptr_array_new();
	const unsigned contact = HUMAN_ACT | HUMAN_CONTACT;

	g_ptr_array_add(others, host);
	g_ptr_array_add(others, two);
	g_assert_cmphex(human_acts("LiteServer B.V. replied", others), ==, 0);
	g_assert_cmphex(human_acts("LiteServer replied", NULL), ==, contact);
	g_assert_cmphex(human_acts("Some Registry sent an e-mail", others), ==,
	    0);
	g_assert_cmphex(human_acts("Some replied", others), ==, contact);
	g_assert_cmphex(human_acts("replied to LiteServer B.V.", others), ==,
	    contact);
	g_assert_cmphex(human_acts("reply from LiteServer", others), ==, 0);
	g_assert_cmphex(human_acts("Liteservers replied", others), ==, contact);
	g_assert_cmphex(human_acts("Jan Voorbeeld of LiteServer replied",
	    others), ==, 0);
	g_assert_cmphex(human_acts("deleted the mail of LiteServer", others), ==,
	    HUMAN_ACT | HUMAN_MAIL_TAKEN);
	g_assert_cmphex(human_acts("mail of LiteServer deleted", others), ==,
	    HUMAN_ACT | HUMAN_MAIL_TAKEN);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/audience/flip", test_flip);
	g_test_add_func("/audience/overlap", test_overlap);
	g_test_add_func("/audience/roles", test_roles);
	g_test_add_func("/audience/roles-of-a-run", test_run_roles);
	g_test_add_func("/audience/limit", test_limit);
	g_test_add_func("/audience/counts", test_counts);
	g_test_add_func("/audience/many", test_many);
	g_test_add_func("/audience/places", test_places);
	g_test_add_func("/audience/names", test_names);
	g_test_add_func("/audience/within", test_within);
	g_test_add_func("/audience/acts", test_acts);
	g_test_add_func("/audience/acts-undone", test_acts_undone);
	g_test_add_func("/audience/acts-of-others", test_acts_of_others);
	g_test_add_func("/audience/acts-of-entities", test_acts_of_entities);
	g_test_add_func("/audience/acts-in-order", test_acts_order);
	return g_test_run();
}
