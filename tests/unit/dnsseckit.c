#include "tests/unit/dnsseckit.h"

#include <string.h>

const char *const zone_names[ZONES] = { ".", "ch.", "site.ch.", "ch." };

static void
tree_key_make(struct tree *t, int z)
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

struct tree *
tree_new(void)
{
	struct tree *t = g_new0(struct tree, 1);

	for (int z = 0; z < ZONES; z++)
		tree_key_make(t, z);
	t->log = g_ptr_array_new_with_free_func((GDestroyNotify)fact_free);
	t->at = (int64_t)NOW * 1000000;
	t->from = NOW - DAY;
	t->until = NOW + DAY;
	return t;
}

void
tree_free(struct tree *t)
{
	for (int z = 0; z < ZONES; z++) {
		ldns_key_list_free(t->keys[z]);
		ldns_rr_free(t->public[z]);
	}
	g_ptr_array_unref(t->log);
	g_free(t);
}

void
tree_ask(struct tree *t, const char *name, const char *type, const char *zone)
{
	t->name = g_strdup(name);
	t->type = g_strdup(type);
	t->zone = g_strdup(zone);
	t->p = ldns_pkt_query_new(ldns_dname_new_frm_str(name),
	    ldns_get_rr_type_by_name(type), LDNS_RR_CLASS_IN, 0);
	ldns_pkt_set_qr(t->p, true);
	ldns_pkt_set_aa(t->p, true);
}

ldns_rr_list *
tree_set_of(const char *lines)
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

ldns_rr_list *
tree_sign(struct tree *t, ldns_rr_list *set, int z)
{
	ldns_key *k;

	if (z < 0)
		return ldns_rr_list_new();
	k = ldns_key_list_key(t->keys[z], 0);
	ldns_key_set_inception(k, t->from);
	ldns_key_set_expiration(k, t->until);
	return ldns_sign_public(set, t->keys[z]);
}

void
tree_push(struct tree *t, ldns_pkt_section s, ldns_rr_list *set,
    ldns_rr_list *sigs)
{
	for (size_t i = 0; i < ldns_rr_list_rr_count(set); i++)
		ldns_pkt_push_rr(t->p, s, ldns_rr_list_rr(set, i));
	for (size_t i = 0; i < ldns_rr_list_rr_count(sigs); i++)
		ldns_pkt_push_rr(t->p, s, ldns_rr_list_rr(sigs, i));
	ldns_rr_list_free(set);
	ldns_rr_list_free(sigs);
}

void
tree_answer(struct tree *t, const char *lines, int z)
{
	ldns_rr_list *set = tree_set_of(lines);

	tree_push(t, LDNS_SECTION_ANSWER, set, tree_sign(t, set, z));
}

void
tree_authority(struct tree *t, const char *lines, int z)
{
	ldns_rr_list *set = tree_set_of(lines);

	tree_push(t, LDNS_SECTION_AUTHORITY, set, tree_sign(t, set, z));
}

void
tree_expanded(struct tree *t, const char *name, const char *lines, int z)
{
	ldns_rr_list *set = tree_set_of(lines), *sigs = tree_sign(t, set, z);
	ldns_rr_list *all[2] = { set, sigs };

	for (int k = 0; k < 2; k++)
		for (size_t i = 0; i < ldns_rr_list_rr_count(all[k]); i++) {
			ldns_rr *rr = ldns_rr_list_rr(all[k], i);

			ldns_rdf_deep_free(ldns_rr_owner(rr));
			ldns_rr_set_owner(rr, ldns_dname_new_frm_str(name));
		}
	tree_push(t, LDNS_SECTION_ANSWER, set, sigs);
}

static void
tree_lines_take(struct tree *t, GString *lines)
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

void
tree_exchange_take(struct tree *t, enum probe_kind kind, const char *name,
    const char *type, const char *note, const void *bytes, gsize len)
{
	struct question *q = question_new(kind, name, type, "", "192.0.2.53",
	    53, note);
	struct exchange *x = exchange_new(q);
	g_autoptr(GString) out = g_string_new(NULL);

	x->received.bytes = g_bytes_new(bytes, len);
	g_assert_cmpint(reader_run(x, out), ==, 0);
	tree_lines_take(t, out);
	exchange_free(x);
	question_unref(q);
}

void
tree_said(struct tree *t)
{
	g_autofree char *note = g_strconcat("zone ", t->zone, NULL);
	uint8_t *wire = NULL;
	size_t len = 0;

	g_assert_cmpint(ldns_pkt2wire(&wire, t->p, &len), ==, LDNS_STATUS_OK);
	tree_exchange_take(t, PROBE_DNS, t->name, t->type, note, wire, len);
	free(wire);
	ldns_pkt_free(t->p);
	g_clear_pointer(&t->name, g_free);
	g_clear_pointer(&t->type, g_free);
	g_clear_pointer(&t->zone, g_free);
}

char *
tree_ds_line(const struct tree *t, int z, ldns_hash hash)
{
	ldns_rr *ds = ldns_key_rr2ds(t->public[z], hash);
	char *raw = ldns_rr2str(ds), *s = g_strdup(raw);

	free(raw);
	ldns_rr_free(ds);
	return s;
}

static void
tree_anchor(struct tree *t)
{
	char *line = ldns_rr2str(t->public[ROOT]);

	tree_exchange_take(t, PROBE_LOCAL, "root.key", "anchor", "", line,
	    strlen(line));
	free(line);
}

void
tree_keys_said(struct tree *t, int z)
{
	char *line = ldns_rr2str(t->public[z]);

	tree_ask(t, zone_names[z], "DNSKEY", zone_names[z]);
	tree_answer(t, line, z);
	tree_said(t);
	free(line);
}

void
tree_ds_said(struct tree *t, int z, int up, const char *line)
{
	g_autofree char *own = tree_ds_line(t, z, LDNS_SHA256);

	tree_ask(t, zone_names[z], "DS", zone_names[up]);
	tree_answer(t, line != NULL ? line : own, up);
	tree_said(t);
}

void
tree_upper(struct tree *t)
{
	tree_anchor(t);
	tree_keys_said(t, ROOT);
	tree_ds_said(t, CH, ROOT, NULL);
	tree_keys_said(t, CH);
}

struct tree *
tree_whole(void)
{
	struct tree *t = tree_new();

	tree_upper(t);
	tree_ds_said(t, SITE, CH, NULL);
	tree_keys_said(t, SITE);
	return t;
}

void
tree_address_said(struct tree *t, int z)
{
	tree_ask(t, "site.ch.", "A", "site.ch.");
	tree_answer(t, "site.ch. 300 IN A 192.0.2.1", z);
	tree_said(t);
}

const char apex3[] = "NS SOA RRSIG DNSKEY NSEC3PARAM";

/* The one NSEC3 of a zone that has nothing else: its span is all names. */
char *
tree_nsec3_line(const char *zone, int flags, int iterations)
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

void
tree_referral_said(struct tree *t, const char *proof, int z)
{
	tree_ask(t, "site.ch.", "NS", "ch.");
	ldns_pkt_set_aa(t->p, false);
	tree_authority(t, "site.ch. 300 IN NS ns.site.ch.", -1);
	if (proof != NULL)
		tree_authority(t, proof, z);
	tree_said(t);
}

void
tree_expect(struct tree *t, const char *name, const char *type,
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
