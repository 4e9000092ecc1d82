/*
 * dnswords.h: the words of a dnsd script, a row each: when a rule fits
 * (whens[]) and what it does to an answer (whats[]).
 *
 * A new behaviour is a function and a row. Those on the records run on the
 * parsed message, in the order of the rule; those on the bytes run afterwards,
 * on the message as it will be sent.
 */
#ifndef LAB_DNSWORDS_H
#define LAB_DNSWORDS_H

#include <stdbool.h>
#include <stdio.h>
#include <strings.h>
#include <time.h>

#include <ldns/ldns.h>

#include "forkserve.h"

enum { RULES_MAX = 256, MESSAGE_MAX = 65535, UPSTREAM_MS = 2000 };

struct message {
	uint8_t wire[MESSAGE_MAX];
	size_t len;
	ldns_pkt *pkt;
};

struct rule {
	char *name, *types, *when, *what, *records;
	unsigned used;
};

static struct server {
	char addr[64], upstream[64], script[400];
	struct rule rules[RULES_MAX];
	size_t n_rules;
	int udp;
} *servers;

/* One question and what becomes of its answer. */
struct talk {
	struct server *s;
	struct rule *rule;
	bool tcp;
	struct message q, a;
	unsigned edns_size;	/* of the question; 0: no OPT */
	const uint8_t *ecs;	/* option data, or NULL */
	size_t ecs_len;
	/* What the actions leave for the end. */
	bool silent, no_opt, big, close;
	unsigned ext_rcode, delay_ms, copies, length;
	uint8_t options[512];
	size_t n_options;
	void (*wire[8])(struct talk *, const char *);
	const char *wire_arg[8];
	size_t n_wire;
	uint8_t *decoy;		/* sent before the answer */
	size_t decoy_len;
};

static unsigned get16(const uint8_t *p) { return p[0] * 256U + p[1]; }

static void put16(uint8_t *p, unsigned v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

/* ---- the question ---------------------------------------------------------- */

/* OPT is the last thing in every question that our kind of client sends. */
static void opt_read(struct talk *t)
{
	size_t at = LDNS_HEADER_SIZE, end;
	const uint8_t *w = t->q.wire;

	while (at < t->q.len && w[at])
		at += w[at] + 1U;
	at += 5;
	if (get16(w + 10) == 0 || at + 11 > t->q.len || w[at] != 0 ||
	    get16(w + at + 1) != 41)
		return;
	t->edns_size = get16(w + at + 3);
	end = at + 11 + get16(w + at + 9);
	for (at += 11; end <= t->q.len && at + 4 <= end;
	     at += 4 + get16(w + at + 2)) {
		if (get16(w + at) == 8 && at + 4 + get16(w + at + 2) <= end) {
			t->ecs = w + at + 4;
			t->ecs_len = get16(w + at + 2);
		}
	}
}

/* ecs=PREFIX: the subnet in the question lies within it. */
static bool ecs_within(const struct talk *t, const char *prefix)
{
	uint8_t net[16], got[16] = { 0 };
	char text[64], *slash;
	int family = strchr(prefix, ':') ? AF_INET6 : AF_INET;
	unsigned bits, i;

	snprintf(text, sizeof(text), "%s", prefix);
	slash = strchr(text, '/');
	if (!slash || !t->ecs || t->ecs_len < 4)
		return false;
	*slash = '\0';
	bits = (unsigned)atoi(slash + 1);
	if (inet_pton(family, text, net) != 1 || bits > 128 ||
	    get16(t->ecs) != (family == AF_INET ? 1U : 2U) || t->ecs[2] < bits)
		return false;
	memcpy(got, t->ecs + 4, t->ecs_len - 4 < 16 ? t->ecs_len - 4 : 16);
	for (i = 0; i < bits; i++)
		if ((net[i / 8] ^ got[i / 8]) & (0x80 >> i % 8))
			return false;
	return true;
}

/* ---- rows: when a rule fits -------------------------------------------------- */

static bool when_udp(const struct talk *t, const char *a) { (void)a; return !t->tcp; }
static bool when_tcp(const struct talk *t, const char *a) { (void)a; return t->tcp; }
static bool when_edns(const struct talk *t, const char *a) { (void)a; return t->edns_size != 0; }
static bool when_plain(const struct talk *t, const char *a) { (void)a; return t->edns_size == 0; }
static bool when_over(const struct talk *t, const char *a) { return t->edns_size > (unsigned)atoi(a); }
static bool when_first(const struct talk *t, const char *a) { return t->rule->used < (unsigned)atoi(a); }
static bool when_ecs(const struct talk *t, const char *a) { return *a ? ecs_within(t, a) : t->ecs != NULL; }

static const struct {
	const char *word;
	bool (*fits)(const struct talk *, const char *arg);
} whens[] = {
	{ "udp", when_udp }, { "tcp", when_tcp }, { "edns", when_edns },
	{ "noedns", when_plain }, { "over", when_over },
	{ "first", when_first }, { "ecs", when_ecs },
};

/* ---- actions on the records --------------------------------------------------- */

static void empty_sections(ldns_pkt *p)
{
	ldns_pkt_section s;

	for (s = LDNS_SECTION_ANSWER; s <= LDNS_SECTION_ADDITIONAL; s++) {
		ldns_rr_list_deep_free(s == LDNS_SECTION_ANSWER ?
			ldns_pkt_answer(p) : s == LDNS_SECTION_AUTHORITY ?
			ldns_pkt_authority(p) : ldns_pkt_additional(p));
		ldns_pkt_set_section_count(p, s, 0);
	}
	ldns_pkt_set_answer(p, ldns_rr_list_new());
	ldns_pkt_set_authority(p, ldns_rr_list_new());
	ldns_pkt_set_additional(p, ldns_rr_list_new());
}

static void do_rcode(struct talk *t, const char *a)
{
	unsigned rcode = (unsigned)atoi(a);

	empty_sections(t->a.pkt);
	ldns_pkt_set_rcode(t->a.pkt, rcode & 15);
	ldns_pkt_set_aa(t->a.pkt, rcode == 3);
	t->ext_rcode = rcode >> 4;
	t->no_opt = t->no_opt || rcode == 1 || rcode == 4;
}

static void do_silent(struct talk *t, const char *a) { (void)a; t->silent = true; }
static void do_close(struct talk *t, const char *a) { (void)a; t->close = t->silent = true; }
static void do_length(struct talk *t, const char *a) { t->length = (unsigned)atoi(a); }
static void do_noaa(struct talk *t, const char *a) { (void)a; ldns_pkt_set_aa(t->a.pkt, false); }
static void do_aa(struct talk *t, const char *a) { (void)a; ldns_pkt_set_aa(t->a.pkt, true); }
static void do_noopt(struct talk *t, const char *a) { (void)a; t->no_opt = true; }
static void do_big(struct talk *t, const char *a) { (void)a; t->big = true; }
static void do_delay(struct talk *t, const char *a) { t->delay_ms = (unsigned)atoi(a); }
static void do_copies(struct talk *t, const char *a) { t->copies = (unsigned)atoi(a); }

static void do_empty(struct talk *t, const char *a)
{
	(void)a;
	empty_sections(t->a.pkt);
	ldns_pkt_set_rcode(t->a.pkt, LDNS_RCODE_NOERROR);
}

static void push_text(struct talk *t, ldns_pkt_section s, const char *text)
{
	ldns_rr *rr = NULL;

	if (ldns_rr_new_frm_str(&rr, text, 300, NULL, NULL) == LDNS_STATUS_OK)
		ldns_pkt_push_rr(t->a.pkt, s, rr);
	else
		warnx("%s: not a record: %s", t->s->script, text);
}

static void push_all(struct talk *t, ldns_pkt_section s)
{
	char *copy = strdup(t->rule->records), *at = copy, *one;

	while ((one = strsep(&at, "|")) != NULL)
		if (strspn(one, " -") != strlen(one))
			push_text(t, s, one);
	free(copy);
}

static void do_upward(struct talk *t, const char *a)
{
	(void)a;
	do_empty(t, "");
	ldns_pkt_set_aa(t->a.pkt, false);
	push_text(t, LDNS_SECTION_AUTHORITY,
		  ". 518400 IN NS a.root-servers.net.");
}

static void do_answer(struct talk *t, const char *a)
{
	do_empty(t, a);
	ldns_pkt_set_aa(t->a.pkt, true);
	push_all(t, LDNS_SECTION_ANSWER);
}

/* flood=N: so many addresses more, of the name that was asked for. */
static void do_flood(struct talk *t, const char *a)
{
	ldns_rr *question = ldns_rr_list_rr(ldns_pkt_question(t->q.pkt), 0);
	char *name = ldns_rdf2str(ldns_rr_owner(question)), text[400];
	unsigned i, n = (unsigned)atoi(a);

	for (i = 0; i < n; i++) {
		snprintf(text, sizeof(text), "%s 60 IN A 192.0.%u.%u", name,
			 42 + i / 250, 1 + i % 250);
		push_text(t, LDNS_SECTION_ANSWER, text);
	}
	free(name);
}

static void do_refer(struct talk *t, const char *a)
{
	do_empty(t, a);
	ldns_pkt_set_aa(t->a.pkt, false);
	push_all(t, LDNS_SECTION_AUTHORITY);
}

static void do_add(struct talk *t, const char *a) { (void)a; push_all(t, LDNS_SECTION_ANSWER); }
static void do_authority(struct talk *t, const char *a) { (void)a; push_all(t, LDNS_SECTION_AUTHORITY); }
static void do_extra(struct talk *t, const char *a) { (void)a; push_all(t, LDNS_SECTION_ADDITIONAL); }

/* Every record of these types, in all sections. */
static void each_rr(struct talk *t, void (*fn)(ldns_rr *, const char *),
		    ldns_rr_type type, const char *arg)
{
	ldns_rr_list *l[3] = { ldns_pkt_answer(t->a.pkt),
		ldns_pkt_authority(t->a.pkt), ldns_pkt_additional(t->a.pkt) };
	size_t i, k;

	for (i = 0; i < 3; i++)
		for (k = 0; l[i] && k < ldns_rr_list_rr_count(l[i]); k++)
			if (ldns_rr_get_type(ldns_rr_list_rr(l[i], k)) == type)
				fn(ldns_rr_list_rr(l[i], k), arg);
}

static void serial_set(ldns_rr *rr, const char *arg)
{
	ldns_rdf_deep_free(ldns_rr_set_rdf(rr, ldns_native2rdf_int32(
		LDNS_RDF_TYPE_INT32, (uint32_t)strtoul(arg, NULL, 10)), 2));
}

static void signature_break(ldns_rr *rr, const char *arg)
{
	ldns_rdf *sig = ldns_rr_rdf(rr, 8);

	(void)arg;
	ldns_rdf_data(sig)[ldns_rdf_size(sig) / 2] ^= 1;
}

static void signature_age(ldns_rr *rr, const char *arg)
{
	uint8_t *end = ldns_rdf_data(ldns_rr_rdf(rr, 4));
	uint32_t past = (uint32_t)time(NULL) - (uint32_t)atoi(arg) * 86400U;

	ldns_write_uint32(end, past);
}

static void ttl_set(ldns_rr *rr, const char *arg)
{
	ldns_rr_set_ttl(rr, (uint32_t)strtoul(arg, NULL, 10));
}

static void do_serial(struct talk *t, const char *a) { each_rr(t, serial_set, LDNS_RR_TYPE_SOA, a); }
static void do_badsig(struct talk *t, const char *a) { each_rr(t, signature_break, LDNS_RR_TYPE_RRSIG, a); }
static void do_expired(struct talk *t, const char *a) { each_rr(t, signature_age, LDNS_RR_TYPE_RRSIG, a); }
static void do_ttl(struct talk *t, const char *a) { each_rr(t, ttl_set, ldns_rr_get_type(ldns_rr_list_rr(ldns_pkt_question(t->q.pkt), 0)), a); }

/* drop=TYPE: without the records of that type, wherever they stand. */
static void do_drop(struct talk *t, const char *a)
{
	ldns_rr_type type = ldns_get_rr_type_by_name(a);
	ldns_rr_list *l[3] = { ldns_pkt_answer(t->a.pkt),
		ldns_pkt_authority(t->a.pkt), ldns_pkt_additional(t->a.pkt) };
	size_t i, k, kept;

	for (i = 0; i < 3; i++) {
		for (k = kept = 0; l[i] && k < ldns_rr_list_rr_count(l[i]); k++) {
			ldns_rr *rr = ldns_rr_list_rr(l[i], k);

			if (ldns_rr_get_type(rr) != type)
				ldns_rr_list_set_rr(l[i], rr, kept++);
		}
		if (l[i])
			ldns_rr_list_set_rr_count(l[i], kept);
		ldns_pkt_set_section_count(t->a.pkt,
			(ldns_pkt_section)(LDNS_SECTION_ANSWER + i),
			(uint16_t)kept);
	}
}

static void do_tc(struct talk *t, const char *a)
{
	(void)a;
	if (t->tcp)
		return;
	empty_sections(t->a.pkt);
	ldns_pkt_set_tc(t->a.pkt, true);
}

/* ---- actions on EDNS ------------------------------------------------------------- */

static void option_add(struct talk *t, unsigned code, const uint8_t *data,
		       size_t len)
{
	if (t->n_options + 4 + len > sizeof(t->options))
		return;
	put16(t->options + t->n_options, code);
	put16(t->options + t->n_options + 2, (unsigned)len);
	memcpy(t->options + t->n_options + 4, data, len);
	t->n_options += 4 + len;
}

/* ede=CODE or ede=CODE:TEXT, "_" for a blank (RFC 8914). */
static void do_ede(struct talk *t, const char *a)
{
	uint8_t data[256];
	const char *text = strchr(a, ':');
	size_t n = 2;

	put16(data, (unsigned)atoi(a));
	for (text = text ? text + 1 : ""; *text && n < sizeof(data); text++)
		data[n++] = (uint8_t)(*text == '_' ? ' ' : *text);
	option_add(t, 15, data, n);
}

/* scope=BITS: the question's subnet comes back with that scope (RFC 7871). */
static void do_scope(struct talk *t, const char *a)
{
	uint8_t data[64];

	if (!t->ecs || t->ecs_len > sizeof(data) || t->ecs_len < 4)
		return;
	memcpy(data, t->ecs, t->ecs_len);
	data[3] = (uint8_t)atoi(a);
	option_add(t, 8, data, t->ecs_len);
}

/* option=CODE:HEX, any other. */
static void do_option(struct talk *t, const char *a)
{
	uint8_t data[128];
	const char *p = strchr(a, ':');
	unsigned byte;
	size_t n = 0;

	for (p = p ? p + 1 : ""; n < sizeof(data) &&
	     sscanf(p, "%2x", &byte) == 1; p += 2)
		data[n++] = (uint8_t)byte;
	option_add(t, (unsigned)atoi(a), data, n);
}

/* ---- actions on the bytes ----------------------------------------------------------- */

static void wire_id(struct talk *t, const char *a) { (void)a; t->a.wire[0] ^= 0x55; }
static void wire_cut(struct talk *t, const char *a) { if ((size_t)atoi(a) < t->a.len) t->a.len = (size_t)atoi(a); }
static void wire_noqr(struct talk *t, const char *a) { (void)a; t->a.wire[2] &= 0x7f; }

/* Upper becomes lower: a client that mixes case does not get its own back. */
static void wire_case(struct talk *t, const char *a)
{
	size_t i;

	(void)a;
	for (i = LDNS_HEADER_SIZE; i < t->a.len && t->a.wire[i]; i++)
		if (t->a.wire[i] >= 'A' && t->a.wire[i] <= 'Z')
			t->a.wire[i] = (uint8_t)(t->a.wire[i] + 32);
}

static void wire_question(struct talk *t, const char *a)
{
	(void)a;
	t->a.wire[LDNS_HEADER_SIZE + 1] ^= 1;
}

/* The answer of a server from before EDNS: the header alone. */
static void wire_header(struct talk *t, const char *a)
{
	(void)a;
	memset(t->a.wire + 4, 0, 8);
	t->a.len = LDNS_HEADER_SIZE;
}

static void wire_garbage(struct talk *t, const char *a)
{
	size_t i;

	(void)a;
	for (i = LDNS_HEADER_SIZE; i < t->a.len; i++)
		t->a.wire[i] = (uint8_t)(i * 167 + 13);
}

/* Compression that leads to itself, in the first owner after the question. */
static void wire_loop(struct talk *t, const char *a)
{
	size_t at = LDNS_HEADER_SIZE;

	(void)a;
	while (at < t->a.len && t->a.wire[at])
		at += t->a.wire[at] + 1U;
	at += 5;
	if (at + 2 <= t->a.len)
		put16(t->a.wire + at, 0xc000U | (unsigned)at);
}

/* A forged answer of another id comes first. */
static void wire_decoy(struct talk *t, const char *a)
{
	(void)a;
	t->decoy = malloc(t->a.len);
	if (!t->decoy)
		return;
	t->decoy_len = t->a.len;
	memcpy(t->decoy, t->a.wire, t->a.len);
	t->decoy[1] ^= 0x55;
}

/* ---- rows: what a rule does ------------------------------------------------------------ */

static const struct {
	const char *word;
	void (*act)(struct talk *, const char *arg);	/* on the records */
	void (*wire)(struct talk *, const char *arg);	/* on the bytes */
	const char *arg;	/* where the word has none of its own */
} whats[] = {
	{ "pass", NULL, NULL, "" },
	{ "rcode", do_rcode, NULL, "2" },
	{ "formerr", do_rcode, NULL, "1" },
	{ "servfail", do_rcode, NULL, "2" },
	{ "nxdomain", do_rcode, NULL, "3" },
	{ "notimp", do_rcode, NULL, "4" },
	{ "refused", do_rcode, NULL, "5" },
	{ "badvers", do_rcode, NULL, "16" },
	{ "silent", do_silent, NULL, "" },
	{ "close", do_close, NULL, "" },
	{ "length", do_length, NULL, "65535" },
	{ "flood", do_flood, NULL, "600" },
	{ "upward", do_upward, NULL, "" },
	{ "aa", do_aa, NULL, "" },
	{ "noaa", do_noaa, NULL, "" },
	{ "empty", do_empty, NULL, "" },
	{ "answer", do_answer, NULL, "" },
	{ "refer", do_refer, NULL, "" },
	{ "add", do_add, NULL, "" },
	{ "authority", do_authority, NULL, "" },
	{ "extra", do_extra, NULL, "" },
	{ "drop", do_drop, NULL, "RRSIG" },
	{ "serial", do_serial, NULL, "1" },
	{ "ttl", do_ttl, NULL, "0" },
	{ "badsig", do_badsig, NULL, "" },
	{ "expired", do_expired, NULL, "1" },
	{ "tc", do_tc, NULL, "" },
	{ "big", do_big, NULL, "" },
	{ "noopt", do_noopt, NULL, "" },
	{ "ede", do_ede, NULL, "0" },
	{ "scope", do_scope, NULL, "24" },
	{ "option", do_option, NULL, "0" },
	{ "delay", do_delay, NULL, "100" },
	{ "copies", do_copies, NULL, "2" },
	{ "id", NULL, wire_id, "" },
	{ "question", NULL, wire_question, "" },
	{ "lowercase", NULL, wire_case, "" },
	{ "noqr", NULL, wire_noqr, "" },
	{ "cut", NULL, wire_cut, "20" },
	{ "header", NULL, wire_header, "" },
	{ "garbage", NULL, wire_garbage, "" },
	{ "loop", NULL, wire_loop, "" },
	{ "decoy", NULL, wire_decoy, "" },
};

/* The word's row and its argument; -1 where there is no such word. */
static int what_find(char *word, const char **arg)
{
	char *eq = strchr(word, '=');
	size_t n = eq ? (size_t)(eq - word) : strlen(word), i;

	for (i = 0; i < sizeof(whats) / sizeof(*whats); i++)
		if (strlen(whats[i].word) == n &&
		    strncmp(whats[i].word, word, n) == 0) {
			*arg = eq ? eq + 1 : whats[i].arg;
			return (int)i;
		}
	return -1;
}

static int when_find(const char *word, const char **arg)
{
	const char *eq = strchr(word, '=');
	size_t n = eq ? (size_t)(eq - word) : strlen(word), i;

	for (i = 0; i < sizeof(whens) / sizeof(*whens); i++)
		if (strlen(whens[i].word) == n &&
		    strncmp(whens[i].word, word, n) == 0) {
			*arg = eq ? eq + 1 : "";
			return (int)i;
		}
	return -1;
}

#endif
