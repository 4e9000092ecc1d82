/*
 * What signatures hold: a small tree of signed zones (the root, ch, site.ch),
 * made and signed here, its messages read by the reader, and the facts joined.
 * All keys are new each time, all times fixed.
 */

#include <string.h>

#include <ldns/ldns.h>

#include "probes/dnssec.h"
#include "probes/join.h"
#include "probes/reader.h"
#include "probes/text.h"

#define NOW		UINT32_C(1767225600)	/* 2026-01-01 */
#define DAY		UINT32_C(86400)

enum { ROOT, CH, SITE, OTHER, ZONES };
static const char *const zone_names[ZONES] = { ".", "ch.", "site.ch.", "ch." };

struct tree {
	ldns_key_list	*keys[ZONES];
	ldns_rr		*public[ZONES];
	GPtrArray	*log;
	uint64_t	 record;
	int64_t		 at;		/* us, of the next message's end */
	uint32_t	 from, until;	/* of the next signatures */
	ldns_pkt	*p;
	char		*name, *type, *zone;
};

/* --- the tree --------------------------------------------------------------- */

static void
key_make(struct tree *t, int z)
{
	ldns_key *k = ldns_key_new_frm_algorithm(LDNS_SIGN_ECDSAP256SHA256,
	    256);
	ldns_rdf *owner = NULL;

	g_assert_cmpint(ldns_str2rdf_dname(&owner, zone_names[z]), ==,
	    LDNS_STATUS_OK);
	ldns_key_set_pubkey_owner(k, owner);
	ldns_key_set_flags(k, 257);
	ldns_key_set_origttl(k, 300);
	t->public[z] = ldns_key2rr(k);
	ldns_key_set_keytag(k, ldns_calc_keytag(t->public[z]));
	t->keys[z] = ldns_key_list_new();
	ldns_key_list_push_key(t->keys[z], k);
}

static struct tree *
tree_new(void)
{
	struct tree *t = g_new0(struct tree, 1);

	for (int z = 0; z < ZONES; z++)
		key_make(t, z);
	t->log = g_ptr_array_new_with_free_func((GDestroyNotify)fact_free);
	t->at = (int64_t)NOW * 1000000;
	t->from = NOW - DAY;
	t->until = NOW + DAY;
	return t;
}

static void
tree_free(struct tree *t)
{
	for (int z = 0; z < ZONES; z++) {
		ldns_key_list_free(t->keys[z]);
		ldns_rr_free(t->public[z]);
	}
	g_ptr_array_unref(t->log);
	g_free(t);
}

/* --- messages --------------------------------------------------------------- */

static void
ask(struct tree *t, const char *name, const char *type, const char *zone)
{
	t->name = g_strdup(name);
	t->type = g_strdup(type);
	t->zone = g_strdup(zone);
	t->p = ldns_pkt_query_new(ldns_dname_new_frm_str(name),
	    ldns_get_rr_type_by_name(type), LDNS_RR_CLASS_IN, 0);
	ldns_pkt_set_qr(t->p, true);
	ldns_pkt_set_aa(t->p, true);
}

static ldns_rr_list *
set_of(const char *lines)
{
	g_auto(GStrv) line = g_strsplit(lines, "\n", -1);
	ldns_rr_list *l = ldns_rr_list_new();

	for (char **p = line; *p != NULL; p++) {
		ldns_rr *rr = NULL;

		if (**p == '\0')
			continue;
		g_assert_cmpint(ldns_rr_new_frm_str(&rr, *p, 300, NULL, NULL),
		    ==, LDNS_STATUS_OK);
		ldns_rr_list_push_rr(l, rr);
	}
	return l;
}

/* The set's signatures by a zone, or none for -1. */
static ldns_rr_list *
sign(struct tree *t, ldns_rr_list *set, int z)
{
	ldns_key *k;

	if (z < 0)
		return ldns_rr_list_new();
	k = ldns_key_list_key(t->keys[z], 0);
	ldns_key_set_inception(k, t->from);
	ldns_key_set_expiration(k, t->until);
	return ldns_sign_public(set, t->keys[z]);
}

static void
push(struct tree *t, ldns_pkt_section s, ldns_rr_list *set,
    ldns_rr_list *sigs)
{
	for (size_t i = 0; i < ldns_rr_list_rr_count(set); i++)
		ldns_pkt_push_rr(t->p, s, ldns_rr_list_rr(set, i));
	for (size_t i = 0; i < ldns_rr_list_rr_count(sigs); i++)
		ldns_pkt_push_rr(t->p, s, ldns_rr_list_rr(sigs, i));
	ldns_rr_list_free(set);
	ldns_rr_list_free(sigs);
}

static void
answer(struct tree *t, const char *lines, int z)
{
	ldns_rr_list *set = set_of(lines);

	push(t, LDNS_SECTION_ANSWER, set, sign(t, set, z));
}

static void
authority(struct tree *t, const char *lines, int z)
{
	ldns_rr_list *set = set_of(lines);

	push(t, LDNS_SECTION_AUTHORITY, set, sign(t, set, z));
}

/* The set of a wildcard, given out for a name. */
static void
expanded(struct tree *t, const char *name, const char *lines, int z)
{
	ldns_rr_list *set = set_of(lines), *sigs = sign(t, set, z);
	ldns_rr_list *all[2] = { set, sigs };

	for (int k = 0; k < 2; k++)
		for (size_t i = 0; i < ldns_rr_list_rr_count(all[k]); i++) {
			ldns_rr *rr = ldns_rr_list_rr(all[k], i);

			ldns_rdf_deep_free(ldns_rr_owner(rr));
			ldns_rr_set_owner(rr, ldns_dname_new_frm_str(name));
		}
	push(t, LDNS_SECTION_ANSWER, set, sigs);
}

static void
lines_take(struct tree *t, GString *lines)
{
	g_auto(GStrv) line = g_strsplit(lines->str, "\n", -1);
	char at[32];

	text_time(at, t->at);
	t->record++;
	for (char **p = line; *p != NULL; p++) {
		struct fact *f = **p != '\0' ? fact_from_line(*p,
		    strlen(*p)) : NULL;

		if (f == NULL)
			continue;
		f->id = t->log->len + 1;
		g_array_append_val(f->from, t->record);
		g_free(f->at);
		f->at = g_strdup(at);
		g_ptr_array_add(t->log, f);
	}
}

static void
exchange_take(struct tree *t, enum probe_kind kind, const char *name,
    const char *type, const char *note, const void *bytes, gsize len)
{
	struct question *q = question_new(kind, name, type, "", "192.0.2.53",
	    53, note);
	struct exchange *x = exchange_new(q);
	g_autoptr(GString) out = g_string_new(NULL);

	x->received.bytes = g_bytes_new(bytes, len);
	g_assert_cmpint(reader_run(x, out), ==, 0);
	lines_take(t, out);
	exchange_free(x);
	question_unref(q);
}

static void
said(struct tree *t)
{
	g_autofree char *note = g_strconcat("zone ", t->zone, NULL);
	uint8_t *wire = NULL;
	size_t len = 0;

	g_assert_cmpint(ldns_pkt2wire(&wire, t->p, &len), ==, LDNS_STATUS_OK);
	exchange_take(t, PROBE_DNS, t->name, t->type, note, wire, len);
	free(wire);
	ldns_pkt_free(t->p);
	g_clear_pointer(&t->name, g_free);
	g_clear_pointer(&t->type, g_free);
	g_clear_pointer(&t->zone, g_free);
}

/* --- the usual parts of the tree -------------------------------------------- */

static char *
ds_line(const struct tree *t, int z, ldns_hash hash)
{
	ldns_rr *ds = ldns_key_rr2ds(t->public[z], hash);
	char *raw = ldns_rr2str(ds), *s = g_strdup(raw);

	free(raw);
	ldns_rr_free(ds);
	return s;
}

static void
anchor(struct tree *t)
{
	char *line = ldns_rr2str(t->public[ROOT]);

	exchange_take(t, PROBE_LOCAL, "root.key", "anchor", "", line,
	    strlen(line));
	free(line);
}

static void
keys_said(struct tree *t, int z)
{
	char *line = ldns_rr2str(t->public[z]);

	ask(t, zone_names[z], "DNSKEY", zone_names[z]);
	answer(t, line, z);
	said(t);
	free(line);
}

static void
ds_said(struct tree *t, int z, int up, const char *line)
{
	g_autofree char *own = ds_line(t, z, LDNS_SHA256);

	ask(t, zone_names[z], "DS", zone_names[up]);
	answer(t, line != NULL ? line : own, up);
	said(t);
}

/* The anchor, the root's keys, and those of ch. */
static void
upper(struct tree *t)
{
	anchor(t);
	keys_said(t, ROOT);
	ds_said(t, CH, ROOT, NULL);
	keys_said(t, CH);
}

static struct tree *
whole(void)
{
	struct tree *t = tree_new();

	upper(t);
	ds_said(t, SITE, CH, NULL);
	keys_said(t, SITE);
	return t;
}

static void
address_said(struct tree *t, int z)
{
	ask(t, "site.ch.", "A", "site.ch.");
	answer(t, "site.ch. 300 IN A 192.0.2.1", z);
	said(t);
}

static const char apex3[] = "NS SOA RRSIG DNSKEY NSEC3PARAM";

/* The one NSEC3 of a zone that has nothing else: its span is all names. */
static char *
nsec3_line(const char *zone, int flags, int iterations)
{
	ldns_rdf *name = ldns_dname_new_frm_str(zone);
	ldns_rdf *hash = ldns_nsec3_hash_name(name, 1, (uint16_t)iterations,
	    0, NULL);
	char *raw = ldns_rdf2str(hash);
	char *line;

	raw[strcspn(raw, ".")] = '\0';
	line = g_strdup_printf("%s.%s 300 IN NSEC3 1 %d %d - %s %s", raw,
	    zone, flags, iterations, raw, apex3);
	free(raw);
	ldns_rdf_deep_free(hash);
	ldns_rdf_deep_free(name);
	return line;
}

static void
referral_said(struct tree *t, const char *proof, int z)
{
	ask(t, "site.ch.", "NS", "ch.");
	ldns_pkt_set_aa(t->p, false);
	authority(t, "site.ch. 300 IN NS ns.site.ch.", -1);
	if (proof != NULL)
		authority(t, proof, z);
	said(t);
}

/* --- what comes out --------------------------------------------------------- */

static void
expect(struct tree *t, const char *name, const char *type,
    const char *status, const char *why)
{
	g_autoptr(GPtrArray) out = target_join("site.ch", "site.ch", t->log);

	for (guint i = 0; i < out->len; i++) {
		const struct fact *f = out->pdata[i];

		if (f->kind != FACT_DNSSEC_STATUS ||
		    strcmp(f->subject, name) != 0 ||
		    strcmp(fact_str(f, "type"), type) != 0)
			continue;
		g_assert_cmpstr(fact_str(f, "why"), ==, why);
		g_assert_cmpstr(fact_str(f, "status"), ==, status);
		g_assert_cmpuint(f->from->len, >, strcmp(status,
		    "indeterminate") == 0 ? 0 : 2);
		return;
	}
	g_assert_not_reached();
}

#define HOLDS(t)		expect(t, "site.ch", "A", "secure", "")
#define BREAKS(t, why)		expect(t, "site.ch", "A", "bogus", why)
#define OPEN(t, why)		expect(t, "site.ch", "A", "insecure", why)

static void
test_secure(void)
{
	struct tree *t = whole();

	address_said(t, SITE);
	HOLDS(t);
	expect(t, "site.ch", "MX", "indeterminate",
	    "no server answered for it");
	tree_free(t);
}

static void
test_times(void)
{
	static const struct {
		uint32_t	 from, until;
		const char	*why;
	} times[] = {
		{ NOW - 2 * DAY, NOW - 1, "the signature had expired" },
		{ NOW + 1, NOW + DAY, "the signature was not yet valid" },
		{ NOW, NOW, NULL },
		{ NOW - DAY, NOW, NULL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(times); i++) {
		struct tree *t = whole();

		t->from = times[i].from;
		t->until = times[i].until;
		address_said(t, SITE);
		if (times[i].why != NULL)
			BREAKS(t, times[i].why);
		else
			HOLDS(t);
		tree_free(t);
	}
}

/* RFC 4034 3.1.5: the clock of signatures goes round in 2106. */
static void
test_serial(void)
{
	struct tree *t = tree_new();

	t->at = (INT64_C(0x100000000) + 60) * 1000000;
	t->from = UINT32_C(0xffffff00);
	t->until = 3600;
	upper(t);
	ds_said(t, SITE, CH, NULL);
	keys_said(t, SITE);
	address_said(t, SITE);
	HOLDS(t);
	tree_free(t);
}

static void
test_bad_signature(void)
{
	struct tree *t = whole();

	ask(t, "site.ch.", "A", "site.ch.");
	answer(t, "site.ch. 300 IN A 192.0.2.1", SITE);
	ldns_rdf_deep_free(ldns_rr_pop_rdf(ldns_rr_list_rr(ldns_pkt_answer(
	    t->p), 0)));
	ldns_rr_push_rdf(ldns_rr_list_rr(ldns_pkt_answer(t->p), 0),
	    ldns_rdf_new_frm_str(LDNS_RDF_TYPE_A, "192.0.2.2"));
	said(t);
	BREAKS(t, "bad signature");
	tree_free(t);
}

static void
test_no_signature(void)
{
	struct tree *t = whole();

	address_said(t, -1);
	BREAKS(t, "no signature");
	tree_free(t);
}

static void
test_another_zone(void)
{
	struct tree *t = whole();

	address_said(t, CH);
	BREAKS(t, "signed by another zone");
	tree_free(t);
}

/* One of two servers takes the signature off. */
static void
test_servers_differ(void)
{
	struct tree *t = whole();

	address_said(t, SITE);
	address_said(t, -1);
	BREAKS(t, "no signature");
	tree_free(t);
}

static void
test_ds_mismatch(void)
{
	struct tree *t = tree_new();
	g_autofree char *other = ds_line(t, OTHER, LDNS_SHA256);
	g_autofree char *line = g_strdup_printf("site.ch. 300 IN %s",
	    strstr(other, "DS"));

	upper(t);
	ds_said(t, SITE, CH, line);
	keys_said(t, SITE);
	address_said(t, SITE);
	BREAKS(t, "no key of the zone matches its DS");
	tree_free(t);
}

/* RFC 4509 3: a right digest of type 1 beside a wrong one of type 2. */
static void
test_digest(void)
{
	struct tree *t = tree_new();
	g_autofree char *sha1 = ds_line(t, SITE, LDNS_SHA1);
	g_autofree char *sha2 = g_strdup_printf(
	    "site.ch. 300 IN DS %u 13 2 %064d",
	    ldns_calc_keytag(t->public[SITE]), 0);
	g_autofree char *both = g_strconcat(sha1, sha2, NULL);

	upper(t);
	ds_said(t, SITE, CH, both);
	keys_said(t, SITE);
	address_said(t, SITE);
	BREAKS(t, "no key of the zone matches its DS");
	tree_free(t);
	t = tree_new();
	upper(t);
	g_free(sha1);
	sha1 = ds_line(t, SITE, LDNS_SHA1);
	ds_said(t, SITE, CH, sha1);
	keys_said(t, SITE);
	address_said(t, SITE);
	HOLDS(t);
	tree_free(t);
}

static void
test_algorithm(void)
{
	struct tree *t = tree_new();

	upper(t);
	ds_said(t, SITE, CH, "site.ch. 300 IN DS 4711 200 2 "
	    "000000000000000000000000000000000000000000000000"
	    "0000000000000000");
	keys_said(t, SITE);
	address_said(t, SITE);
	OPEN(t, "no DS of an algorithm that is known here");
	tree_free(t);
}

static void
test_keys_missing(void)
{
	struct tree *t = tree_new();

	upper(t);
	ds_said(t, SITE, CH, NULL);
	address_said(t, SITE);
	expect(t, "site.ch", "A", "indeterminate",
	    "the zone's keys were not had");
	tree_free(t);
}

/* --- delegations without DS --------------------------------------------------- */

static void
test_unsigned(void)
{
	static const char nsec[] =
	    "site.ch. 300 IN NSEC z.ch. NS RRSIG NSEC";
	g_autofree char *optout = nsec3_line("ch.", 1, 0);
	g_autofree char *closed = nsec3_line("ch.", 0, 0);
	g_autofree char *costly = nsec3_line("ch.", 0, 151);
	g_autofree char *most = nsec3_line("ch.", 1, 150);
	const struct { const char *proof; int z; const char *status, *why; }
	cases[] = {
		{ nsec, CH, "insecure", "no DS: its absence is signed" },
		{ optout, CH, "insecure",
		    "no DS: the delegation lies in a span with opt-out" },
		{ most, CH, "insecure",
		    "no DS: the delegation lies in a span with opt-out" },
		{ costly, CH, "insecure",
		    "NSEC3 with more iterations than are held to" },
		{ closed, CH, "bogus", "a delegation with neither DS nor "
		    "proof that there is none" },
		{ nsec, OTHER, "bogus", "a delegation with neither DS nor "
		    "proof that there is none" },
		{ NULL, 0, "bogus", "a delegation with neither DS nor "
		    "proof that there is none" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct tree *t = tree_new();

		upper(t);
		referral_said(t, cases[i].proof, cases[i].z);
		address_said(t, -1);
		expect(t, "site.ch", "A", cases[i].status, cases[i].why);
		tree_free(t);
	}
}

/* The child's own record may not deny what the parent holds. */
static void
test_child_denies(void)
{
	struct tree *t = tree_new();

	upper(t);
	referral_said(t, "site.ch. 300 IN NSEC z.ch. NS SOA RRSIG NSEC", CH);
	address_said(t, -1);
	BREAKS(t, "a delegation with neither DS nor proof that there is "
	    "none");
	tree_free(t);
}

static void
test_no_anchor_key(void)
{
	struct tree *t = tree_new();
	char *line = ldns_rr2str(t->public[OTHER]);
	g_autofree char *root = g_strdup_printf(". 300 IN %s",
	    strstr(line, "DNSKEY"));

	exchange_take(t, PROBE_LOCAL, "root.key", "anchor", "", root,
	    strlen(root));
	keys_said(t, ROOT);
	ds_said(t, CH, ROOT, NULL);
	keys_said(t, CH);
	address_said(t, SITE);
	BREAKS(t, "no key of the zone matches its DS");
	free(line);
	tree_free(t);
}

/* --- what is not there ------------------------------------------------------------ */

static void
denied(struct tree *t, const char *name, const char *type, int rcode,
    const char *proof, const char *more)
{
	ask(t, name, type, "site.ch.");
	ldns_pkt_set_rcode(t->p, (uint8_t)rcode);
	authority(t, "site.ch. 300 IN SOA ns.site.ch. h.site.ch. 1 2 3 4 5",
	    SITE);
	if (proof != NULL)
		authority(t, proof, SITE);
	if (more != NULL)
		authority(t, more, SITE);
	said(t);
}

static void
test_absent(void)
{
	struct tree *t = whole();

	denied(t, "site.ch.", "MX", 0,
	    "site.ch. 300 IN NSEC site.ch. NS SOA TXT RRSIG NSEC", NULL);
	denied(t, "site.ch.", "TXT", 0,
	    "site.ch. 300 IN NSEC site.ch. NS SOA TXT RRSIG NSEC", NULL);
	denied(t, "site.ch.", "CAA", 0, NULL, NULL);
	expect(t, "site.ch", "MX", "secure", "");
	expect(t, "site.ch", "TXT", "bogus", "no proof that it is not there");
	expect(t, "site.ch", "CAA", "bogus", "no proof that it is not there");
	tree_free(t);
}

static void
test_no_such_name(void)
{
	static const char span[] = "a.site.ch. 300 IN NSEC z.site.ch. A";
	static const char apex[] = "site.ch. 300 IN NSEC a.site.ch. NS SOA";
	struct tree *t = whole();

	denied(t, "www.site.ch.", "A", 3, span, apex);
	denied(t, "www.site.ch.", "AAAA", 0,
	    "www.site.ch. 300 IN NSEC \\000.www.site.ch. RRSIG NSEC TYPE128",
	    NULL);
	expect(t, "www.site.ch", "A", "secure", "");
	expect(t, "www.site.ch", "AAAA", "secure", "");
	tree_free(t);
	/* Nothing said of the wildcard. */
	t = whole();
	denied(t, "www.site.ch.", "A", 3, span, NULL);
	expect(t, "www.site.ch", "A", "bogus",
	    "no proof that it is not there");
	tree_free(t);
}

static void
test_no_such_name_hashed(void)
{
	g_autofree char *all = nsec3_line("site.ch.", 0, 0);
	g_autofree char *optout = nsec3_line("site.ch.", 1, 0);
	struct tree *t = whole();

	denied(t, "www.site.ch.", "A", 3, all, NULL);
	denied(t, "site.ch.", "A", 0, optout, NULL);
	expect(t, "www.site.ch", "A", "secure", "");
	expect(t, "site.ch", "A", "secure", "");
	tree_free(t);
	t = whole();
	denied(t, "www.site.ch.", "A", 3, optout, NULL);
	expect(t, "www.site.ch", "A", "insecure",
	    "its absence lies in a span with opt-out");
	tree_free(t);
}

static void
test_wildcard(void)
{
	static const char star[] = "*.site.ch. 300 IN A 192.0.2.9";
	static const char why[] = "a wildcard's answer with no proof that the "
	    "name itself is not there";
	struct tree *t = whole();

	ask(t, "www.site.ch.", "A", "site.ch.");
	expanded(t, "www.site.ch.", star, SITE);
	authority(t, "a.site.ch. 300 IN NSEC z.site.ch. A", SITE);
	said(t);
	ask(t, "www.site.ch.", "AAAA", "site.ch.");
	expanded(t, "www.site.ch.", "*.site.ch. 300 IN AAAA 2001:db8::9",
	    SITE);
	said(t);
	expect(t, "www.site.ch", "A", "secure", "");
	expect(t, "www.site.ch", "AAAA", "bogus", why);
	tree_free(t);
}

/* --- aliases ---------------------------------------------------------------------- */

static void
test_alias(void)
{
	struct tree *t = whole();

	ask(t, "www.site.ch.", "A", "site.ch.");
	answer(t, "www.site.ch. 300 IN CNAME site.ch.", SITE);
	answer(t, "site.ch. 300 IN A 192.0.2.1", SITE);
	said(t);
	expect(t, "www.site.ch", "A", "secure", "");
	tree_free(t);
	/* The last link leads out of what is signed. */
	t = tree_new();
	upper(t);
	ds_said(t, SITE, CH, NULL);
	keys_said(t, SITE);
	ask(t, "edge.ch.", "NS", "ch.");
	ldns_pkt_set_aa(t->p, false);
	authority(t, "edge.ch. 300 IN NS ns.edge.ch.", -1);
	authority(t, "edge.ch. 300 IN NSEC z.ch. NS RRSIG NSEC", CH);
	said(t);
	ask(t, "www.site.ch.", "A", "site.ch.");
	answer(t, "www.site.ch. 300 IN CNAME x.edge.ch.", SITE);
	said(t);
	ask(t, "x.edge.ch.", "A", "edge.ch.");
	answer(t, "x.edge.ch. 300 IN A 192.0.2.7", -1);
	said(t);
	expect(t, "www.site.ch", "A", "insecure",
	    "no DS: its absence is signed");
	tree_free(t);
}

/* --- the anchor ----------------------------------------------------------------- */

static void
test_anchor_xml(void)
{
	static const char xml[] = "<TrustAnchor><Zone>.</Zone>"
	    "<KeyDigest id=\"a\" validFrom=\"2010-07-15T00:00:00+00:00\""
	    " validUntil=\"2019-01-11T00:00:00+00:00\"><KeyTag>19036</KeyTag>"
	    "<Algorithm>8</Algorithm><DigestType>2</DigestType><Digest>"
	    "49AAC11D7B6F6446702E54A1607371607A1A41855200FD2CE1CDDE32F24E8FB5"
	    "</Digest></KeyDigest><KeyDigest><KeyTag>1</KeyTag></TrustAnchor>";
	struct tree *t = tree_new();
	const struct fact *f;

	exchange_take(t, PROBE_LOCAL, "a.xml", "anchor", "", xml,
	    sizeof(xml) - 1);
	g_assert_cmpuint(t->log->len, ==, 1);
	f = t->log->pdata[0];
	g_assert_cmpint(fact_int(f, "tag", 0), ==, 19036);
	g_assert_cmpstr(fact_str(f, "valid_until"), ==,
	    "2019-01-11T00:00:00+00:00");
	keys_said(t, ROOT);
	address_said(t, SITE);
	/* Its time is over. */
	expect(t, "site.ch", "A", "indeterminate", "no trust anchor was had");
	tree_free(t);
}

/* Many signatures that do not hold cost no more than their bound. */
static void
test_flood(void)
{
	struct tree *t = whole();
	ldns_rr_list *set, *sigs, *one;

	ask(t, "site.ch.", "A", "site.ch.");
	set = set_of("site.ch. 300 IN A 192.0.2.1");
	sigs = ldns_rr_list_new();
	for (int i = 0; i < 100; i++) {
		t->until = NOW - DAY + (uint32_t)i;
		t->from = t->until - DAY;
		one = sign(t, set, SITE);
		ldns_rr_list_cat(sigs, one);
		ldns_rr_list_free(one);
	}
	push(t, LDNS_SECTION_ANSWER, set, sigs);
	said(t);
	BREAKS(t, "the signature had expired");
	tree_free(t);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/dnssec/secure", test_secure);
	g_test_add_func("/dnssec/bogus/times", test_times);
	g_test_add_func("/dnssec/times go round", test_serial);
	g_test_add_func("/dnssec/bogus/bad signature", test_bad_signature);
	g_test_add_func("/dnssec/bogus/no signature", test_no_signature);
	g_test_add_func("/dnssec/bogus/another zone's", test_another_zone);
	g_test_add_func("/dnssec/bogus/servers differ", test_servers_differ);
	g_test_add_func("/dnssec/bogus/DS mismatch", test_ds_mismatch);
	g_test_add_func("/dnssec/bogus/not the anchor's", test_no_anchor_key);
	g_test_add_func("/dnssec/digest 1 beside 2", test_digest);
	g_test_add_func("/dnssec/insecure/algorithm", test_algorithm);
	g_test_add_func("/dnssec/insecure/no DS", test_unsigned);
	g_test_add_func("/dnssec/insecure/not by the child",
	    test_child_denies);
	g_test_add_func("/dnssec/indeterminate", test_keys_missing);
	g_test_add_func("/dnssec/absent/type", test_absent);
	g_test_add_func("/dnssec/absent/name", test_no_such_name);
	g_test_add_func("/dnssec/absent/hashed", test_no_such_name_hashed);
	g_test_add_func("/dnssec/wildcard", test_wildcard);
	g_test_add_func("/dnssec/alias", test_alias);
	g_test_add_func("/dnssec/anchor/xml", test_anchor_xml);
	g_test_add_func("/dnssec/flood", test_flood);
	return g_test_run();
}
