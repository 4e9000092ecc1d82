/*
 * The trust anchor of the root, as a local file has it: lines of a zone file
 * with DNSKEY or DS records (dns-root-data), or IANA's root-anchors.xml (RFC
 * 9718).  Of the latter no more is read than it uses: its elements stand flat,
 * one KeyDigest a key.
 */

#include <string.h>

#include "probes/dnssec.h"
#include "probes/text.h"

#define ANCHORS	16	/* keys read of one file */

static void
anchor_emit(const struct exchange *x, const ldns_rr *ds, const char *form,
    const char *from, const char *until, GString *out)
{
	char *digest = ldns_rdf2str(ldns_rr_rdf(ds, 3));
	const char *file = exchange_meta_get(x, "file.name");
	const char *sha = exchange_meta_get(x, "file.sha256");
	json_t *v = json_pack("{s:i, s:i, s:i, s:s, s:s}", "tag",
	    (int)ldns_rdf2native_int16(ldns_rr_rdf(ds, 0)), "algorithm",
	    (int)ldns_rdf2native_int8(ldns_rr_rdf(ds, 1)), "digest_type",
	    (int)ldns_rdf2native_int8(ldns_rr_rdf(ds, 2)), "digest",
	    digest != NULL ? digest : "", "form", form);

	if (from != NULL)
		json_object_set_new(v, "valid_from", json_string(from));
	if (until != NULL)
		json_object_set_new(v, "valid_until", json_string(until));
	json_object_set_new(v, "file", json_string(file != NULL ? file : ""));
	json_object_set_new(v, "sha256", json_string(sha != NULL ? sha : ""));
	fact_emit(out, FACT_DNSSEC_ANCHOR, ".", v);
	free(digest);
}

/* --- a zone file ---------------------------------------------------------- */

static int
anchor_line(const struct exchange *x, const char *line, GString *out)
{
	ldns_rr *rr = NULL, *ds = NULL;
	int n = 0;

	if (ldns_rr_new_frm_str(&rr, line, 0, NULL, NULL) != LDNS_STATUS_OK)
		return 0;
	if (ldns_dname_label_count(ldns_rr_owner(rr)) > 0)
		n = 0;
	else if (ldns_rr_get_type(rr) == LDNS_RR_TYPE_DS &&
	    ldns_rr_rd_count(rr) >= 4) {
		anchor_emit(x, rr, "DS", NULL, NULL, out);
		n = 1;
	} else if (ldns_rr_get_type(rr) == LDNS_RR_TYPE_DNSKEY &&
	    ldns_rr_rd_count(rr) >= 4 &&
	    (ds = ldns_key_rr2ds(rr, LDNS_SHA256)) != NULL) {
		anchor_emit(x, ds, "DNSKEY", NULL, NULL, out);
		n = 1;
	}
	ldns_rr_free(ds);
	ldns_rr_free(rr);
	return n;
}

static int
zone_file(const struct exchange *x, const char *text, GString *out)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", 256);
	int n = 0;

	for (char **l = lines; *l != NULL && n < ANCHORS; l++) {
		(*l)[strcspn(*l, ";\r")] = '\0';
		if (**l != '\0')
			n += anchor_line(x, *l, out);
	}
	return n;
}

/* --- IANA's XML ----------------------------------------------------------- */

/* What stands between two words, in a piece of the text; caller frees. */
static char *
between(const char *text, const char *before, const char *after)
{
	const char *from = strstr(text, before), *to;

	if (from == NULL)
		return NULL;
	from += strlen(before);
	to = strstr(from, after);
	return to != NULL ? g_strstrip(g_strndup(from, (gsize)(to - from))) :
	    NULL;
}

static int
key_digest(const struct exchange *x, const char *element, GString *out)
{
	g_autofree char *from = between(element, "validFrom=\"", "\"");
	g_autofree char *until = between(element, "validUntil=\"", "\"");
	g_autofree char *tag = between(element, "<KeyTag>", "<");
	g_autofree char *alg = between(element, "<Algorithm>", "<");
	g_autofree char *type = between(element, "<DigestType>", "<");
	g_autofree char *digest = between(element, "<Digest>", "<");
	g_autofree char *line = NULL;
	ldns_rr *ds = NULL;
	int n = 0;

	if (tag == NULL || alg == NULL || type == NULL || digest == NULL)
		return 0;
	line = g_strdup_printf(". 0 IN DS %s %s %s %s", tag, alg, type,
	    digest);
	if (ldns_rr_new_frm_str(&ds, line, 0, NULL, NULL) == LDNS_STATUS_OK &&
	    ldns_rr_rd_count(ds) >= 4) {
		anchor_emit(x, ds, "KeyDigest", from, until, out);
		n = 1;
	}
	ldns_rr_free(ds);
	return n;
}

static int
anchor_xml(const struct exchange *x, const char *text, GString *out)
{
	g_auto(GStrv) part = g_strsplit(text, "<KeyDigest", ANCHORS + 1);
	int n = 0;

	for (guint i = 1; part[0] != NULL && part[i] != NULL; i++)
		n += key_digest(x, part[i], out);
	return n;
}

int
anchor_read(const struct exchange *x, const char *text, size_t len,
    GString *out)
{
	g_autofree char *all = g_strndup(text, len);
	gboolean xml = strstr(all, "<TrustAnchor") != NULL;
	int n = xml ? anchor_xml(x, all, out) : zone_file(x, all, out);

	return n > 0 ? 0 : -1;
}
