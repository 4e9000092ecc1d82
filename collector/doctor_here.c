/*
 * What doctor looks at on this machine.
 */

#include <errno.h>
#include <ldns/ldns.h>
#include <libpsl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <time.h>

#include "collector/doctor.h"
#include "collector/files.h"
#include "collector/key.h"
#include "embed.h"
#include "geoip/geo.h"
#include "probes/lists.h"
#include "probes/rdap_bootstrap.h"
#include "probes/seam.h"
#include "probes/text.h"
#include "probes/trust.h"

#define FILE_MAX	(16u << 20)
#define DAY_US		(INT64_C(86400) * 1000000)
#define STALE_DAYS	30

static const char root_hints[] = "/usr/share/dns/root.hints";
static const char root_key[] = "/usr/share/dns/root.key";

void
doctor_clock(struct doctor *d)
{
	struct timex t = { .modes = 0 };
	int state = adjtimex(&t);
	gboolean good = state >= 0 && state != TIME_ERROR &&
	    (t.status & STA_UNSYNC) == 0;
	char now[32];

	text_time_s(now, clock_wall_us());
	if (good)
		doctor_say(d, "clock", DOCTOR_OK, "%s, synchronised, error at "
		    "most %ld.%03ld s", now, t.maxerror / 1000000,
		    t.maxerror / 1000 % 1000);
	else
		doctor_say(d, "clock", DOCTOR_NOTE, "%s, not known to be "
		    "synchronised", now);
}

/* ---- DNS */

static char *
file_text(const char *path)
{
	g_autoptr(GBytes) b = file_get(path, FILE_MAX, NULL);
	gsize len;
	const char *data;

	if (b == NULL)
		return NULL;
	data = g_bytes_get_data(b, &len);
	return g_strndup(data != NULL ? data : "", len);
}

char *
doctor_hints(const char **where)
{
	char *text = file_text(root_hints);

	*where = "this machine's";
	if (text != NULL)
		return text;
	*where = "the program's";
	return g_strdup(embed_probes_data_named_root);
}

/* "last update:     June 26, 2026": what follows the words, "" if nowhere. */
static char *
last_update(const char *hints)
{
	const char *at = strstr(hints, "last update:");
	const char *end;

	if (at == NULL)
		return g_strdup("");
	at += strlen("last update:");
	end = at + strcspn(at, "\r\n");
	return g_strstrip(g_strndup(at, (gsize)(end - at)));
}

/* Tags of the keys in a file of DNSKEY lines. */
static char *
anchor_tags(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", 64);
	GString *out = g_string_new(NULL);

	for (size_t i = 0; lines[i] != NULL; i++) {
		ldns_rr *rr = NULL;

		g_strstrip(lines[i]);
		if (*lines[i] == '\0' || *lines[i] == ';' ||
		    ldns_rr_new_frm_str(&rr, lines[i], 0, NULL, NULL) !=
		    LDNS_STATUS_OK)
			continue;
		if (ldns_rr_get_type(rr) == LDNS_RR_TYPE_DNSKEY)
			g_string_append_printf(out, "%s%u", out->len > 0 ?
			    ", " : "", (unsigned)ldns_calc_keytag(rr));
		ldns_rr_free(rr);
	}
	return g_string_free(out, FALSE);
}

void
doctor_root(struct doctor *d)
{
	const char *where;
	g_autofree char *hints = doctor_hints(&where);
	g_autofree char *when = last_update(hints);
	g_autofree char *key = file_text(root_key);
	g_autofree char *tags = anchor_tags(key != NULL ? key : "");

	doctor_say(d, "root hints", DOCTOR_OK, "%s, %s%s; anchors %s",
	    where, *when ? "of " : "", *when ? when : "undated", *tags ? tags : "none here");
}

/* ---- lists and databases */

static int64_t
days_since(int64_t us)
{
	return (clock_wall_us() - us) / DAY_US;
}

void
doctor_bootstrap(struct doctor *d)
{
	size_t len;
	const char *bytes = bootstrap_embedded("dns", &len);
	struct bootstrap *b = bytes == NULL ? NULL :
	    bootstrap_parse(bytes, len);
	g_autofree char *day = NULL;
	int64_t us;

	if (b == NULL) {
		doctor_say(d, "bootstrap", DOCTOR_FAULT,
		    "the RDAP list that the program carries cannot be read");
		return;
	}
	us = text_time_parse(bootstrap_publication(b));
	day = g_strndup(bootstrap_publication(b), 10);
	if (us == INT64_MIN)
		doctor_say(d, "bootstrap", DOCTOR_NOTE, "the program's RDAP "
		    "list: undated, %u entries", bootstrap_entries(b));
	else
		doctor_say(d, "bootstrap", DOCTOR_OK, "the program's RDAP "
		    "list: %s, %lld days, %u entries", day,
		    (long long)days_since(us), bootstrap_entries(b));
	bootstrap_free(b);
}

static unsigned
count_of(const char *text, const char *word)
{
	unsigned n = 0;

	while ((text = strstr(text, word)) != NULL) {
		text += strlen(word);
		n++;
	}
	return n;
}

void
doctor_trust(struct doctor *d)
{
	const char *file = trust_default_file();
	g_autofree char *text = file != NULL ? file_text(file) : NULL;
	unsigned n = text == NULL ? 0 :
	    count_of(text, "-----BEGIN CERTIFICATE-----");

	if (n == 0)
		doctor_say(d, "CA bundle", DOCTOR_NOTE, "%s: none; no chain "
		    "can be checked", file != NULL ? file : "no file");
	else
		doctor_say(d, "CA bundle", DOCTOR_OK, "%s, %u roots", file, n);
}

void
doctor_suffixes(struct doctor *d)
{
	const char *file = psl_dist_filename();
	psl_ctx_t *psl = psl_latest(NULL);
	struct stat st;
	char when[32] = "unknown date";

	if (psl == NULL) {
		doctor_say(d, "suffixes", DOCTOR_FAULT,
		    "libpsl has no public suffix list");
		return;
	}
	if (file != NULL && stat(file, &st) == 0)
		text_time_s(when, (int64_t)st.st_mtime * 1000000);
	when[10] = '\0';
	doctor_say(d, "suffixes", DOCTOR_OK, "public suffix list, %s, of %s",
	    file != NULL && *file ? "installed" : "built in", when);
	psl_free(psl);
}

static void
one_place(struct doctor *d, const struct geo_info *info)
{
	int64_t built = text_time_parse(info->build);
	int64_t age = built == INT64_MIN ? 0 : days_since(built);
	gboolean stale = built == INT64_MIN || age > STALE_DAYS;
	g_autofree char *days = built == INT64_MIN ? g_strdup("undated") :
	    g_strdup_printf("%.10s, %lld days%s", info->build, (long long)age,
	    stale ? ": renew" : "");

	doctor_say(d, "place data", stale ? DOCTOR_NOTE : DOCTOR_OK,
	    "%s %s, %s, hash %s", info->file, days, info->licence,
	    info->sha256_cached ? "known" : "taken now");
	if (d->g->verbose > 0)
		doctor_say(d, "", DOCTOR_OK, "%s, %s, sha256 %s%s%s",
		    info->path, info->type, info->sha256,
		    geo_info_caution(info) != NULL ? "; " : "",
		    geo_info_caution(info) != NULL ? geo_info_caution(info) :
		    "");
}

void
doctor_places(struct doctor *d)
{
	struct geo_set *set = geo_set_open();
	const char *problem;

	if (geo_set_count(set) == 0)
		doctor_say(d, "place data", DOCTOR_NOTE,
		    "no database: addresses get no place (make geoip)");
	for (size_t i = 0; i < geo_set_count(set); i++)
		one_place(d, geo_set_info(set, i));
	for (size_t i = 0; (problem = geo_set_problem(set, i)) != NULL; i++)
		doctor_say(d, "place data", DOCTOR_NOTE, "%s", problem);
	geo_set_free(set);
}

void
doctor_dated(struct doctor *d)
{
	struct lists *lists = lists_open();
	const char *problem;
	size_t entries = 0;

	for (size_t i = 0; i < lists_count(lists); i++)
		entries += lists_info(lists, i)->entries;
	doctor_say(d, "dated lists", DOCTOR_OK, "%zu lists, %zu entries",
	    lists_count(lists), entries);
	for (size_t i = 0; i < lists_count(lists); i++) {
		const struct list_info *l = lists_info(lists, i);

		if (strcmp(l->from, LISTS_CARRIED) != 0)
			doctor_say(d, "", DOCTOR_OK, "%s, %s, of %s, sha256 %s",
			    l->from, l->what, l->date, l->sha256);
	}
	for (size_t i = 0; (problem = lists_problem(lists, i)) != NULL; i++)
		doctor_say(d, "dated lists", DOCTOR_NOTE, "%s", problem);
	lists_free(lists);
}

/* ---- ours */

void
doctor_signing(struct doctor *d)
{
	g_autofree char *path = d->k->signing_key != NULL ?
	    g_strdup(d->k->signing_key) : key_default_path();
	g_autoptr(GError) e = NULL;
	struct stat st;
	struct key *key;
	char print[65];

	if (lstat(path, &st) != 0) {
		doctor_say(d, "signing", DOCTOR_NOTE, "no key: runs are "
		    "unsigned (goodcause init makes one)");
		return;
	}
	key = key_load(path, &e);
	if (key == NULL) {
		doctor_say(d, "signing", DOCTOR_FAULT, "%s", e->message);
		return;
	}
	key_fingerprint(key, print);
	doctor_say(d, "signing", DOCTOR_OK, "key %.12s, readable by you alone",
	    print);
	key_free(key);
}

void
doctor_pdf(struct doctor *d)
{
	g_autofree char *path = g_find_program_in_path("weasyprint");
	g_autofree char *said = NULL;
	char *argv[] = { path, (char[]){ "--version" }, NULL };

	if (path == NULL) {
		doctor_say(d, "report PDF", DOCTOR_NOTE,
		    "weasyprint is not installed: reports are HTML only");
		return;
	}
	if (!g_spawn_sync(NULL, argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL,
	    NULL, &said, NULL, NULL, NULL) || said == NULL) {
		doctor_say(d, "report PDF", DOCTOR_NOTE,
		    "%s cannot be run", path);
		return;
	}
	doctor_say(d, "report PDF", DOCTOR_OK, "%s", g_strstrip(said));
}

void
doctor_case(struct doctor *d)
{
	g_autoptr(GArray) parts = NULL;
	struct statvfs fs;
	uint64_t room;

	if (d->k->dir == NULL)
		return;
	parts = case_run_numbers(d->k->dir, TRUE);
	if (statvfs(d->k->dir, &fs) != 0) {
		doctor_say(d, "case", DOCTOR_FAULT, "%s: %s", d->k->dir,
		    g_strerror(errno));
		return;
	}
	room = (uint64_t)fs.f_bavail * fs.f_frsize / (1 << 20);
	doctor_say(d, "case", room < 64 ? DOCTOR_FAULT : room < 1024 ||
	    parts->len > 0 || d->k->targets->len == 0 ? DOCTOR_NOTE :
	    DOCTOR_OK, "last run %u, %u unfinished, %u targets, %llu MiB free",
	    case_last_run(d->k->dir), parts->len, d->k->targets->len,
	    (unsigned long long)room);
}
