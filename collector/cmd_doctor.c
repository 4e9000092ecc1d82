/*
 * goodcause doctor: whether a run can be made here, and what it would lack.
 */

#include <ares.h>
#include <curl/curl.h>
#include <ldns/ldns.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collector/doctor.h"
#include "collector/seal.h"
#include "probes/text.h"

#define WORDS_WIDTH	64

static doctor_fn look_at_libraries;

static const struct check {
	doctor_fn	*look;
	gboolean	 network;
} checks[] = {
	{ look_at_libraries, FALSE },
	{ doctor_clock, FALSE },
	{ doctor_root, FALSE },
	{ doctor_bootstrap, FALSE },
	{ doctor_trust, FALSE },
	{ doctor_suffixes, FALSE },
	{ doctor_places, FALSE },
	{ doctor_dated, FALSE },
	{ doctor_servers, TRUE },
	{ doctor_stamping, TRUE },
	{ doctor_signing, FALSE },
	{ doctor_pdf, FALSE },
	{ doctor_case, FALSE },
};

static const char *const state_names[] = {
	[DOCTOR_OK] = "ok", [DOCTOR_NOTE] = "note", [DOCTOR_FAULT] = "fault",
};

static void
print_line(const struct doctor *d, const char *name, enum doctor_state state,
    const char *words)
{
	gboolean colour = state != DOCTOR_OK && cmd_colour(d->g, STDOUT_FILENO);
	g_autoptr(GString) s = g_string_new(NULL);

	text_term(s, words, -1);
	while (g_utf8_strlen(s->str, -1) < WORDS_WIDTH)
		g_string_append_c(s, ' ');
	printf("%-12s%s  %s%s%s\n", name, s->str,
	    !colour ? "" : state == DOCTOR_FAULT ? "\x1b[31m" : "\x1b[33m",
	    state_names[state], colour ? "\x1b[0m" : "");
	fflush(stdout);
}

void
doctor_say(struct doctor *d, const char *name, enum doctor_state state,
    const char *fmt, ...)
{
	g_autofree char *words = NULL;
	va_list ap;

	va_start(ap, fmt);
	words = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	d->notes += state == DOCTOR_NOTE;
	d->faults += state == DOCTOR_FAULT;
	if (d->g->json)
		json_array_append_new(d->lines, json_pack("{s:s, s:s, s:o}",
		    "name", name, "state", state_names[state], "text",
		    text_json(words, strlen(words))));
	else if (!d->g->quiet || state != DOCTOR_OK)
		print_line(d, name, state, words);
}

static void
look_at_libraries(struct doctor *d)
{
	const curl_version_info_data *c = curl_version_info(CURLVERSION_NOW);
	gboolean old = c->version_num < 0x075801;
	int ares = 0;
	const char *ares_name = ares_version(&ares);

	old |= ares < 0x011201 || OPENSSL_version_major() < 3;
	doctor_say(d, "libraries", old ? DOCTOR_FAULT : DOCTOR_OK,
	    "libcurl %s  c-ares %s  OpenSSL %s  ldns %s%s", c->version,
	    ares_name, OpenSSL_version(OPENSSL_VERSION_STRING), ldns_version(),
	    old ? ": older than the ones that work" : "");
}

static void
conclude(struct doctor *d)
{

	if (!d->g->json) {
		printf("%u note%s, %u fault%s. %s\n", d->notes,
		    d->notes == 1 ? "" : "s", d->faults,
		    d->faults == 1 ? "" : "s", d->faults == 0 ?
		    "A run can be made." : "No run can be made before the "
		    "faults are gone.");
		return;
	}
	cmd_json(json_pack("{s:s, s:s, s:O, s:i, s:i, s:b}", "goodcause",
	    goodcause_version, "schema", "doctor/1", "checks", d->lines,
	    "notes", (int)d->notes, "faults", (int)d->faults, "can_run",
	    d->faults == 0));
}

static int
look(const struct globals *g, gboolean offline)
{
	g_autoptr(GError) e = NULL;
	struct kase k;
	struct doctor d = { .g = g, .k = &k, .lines = json_array() };

	if (case_load(g->dir, &k, &e) != 0) {
		doctor_say(&d, "case", DOCTOR_FAULT, "%s", e->message);
		case_load("/nonexistent", &k, NULL);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(checks); i++)
		if (!offline || !checks[i].network)
			checks[i].look(&d);
	conclude(&d);
	json_decref(d.lines);
	case_clear(&k);
	return d.faults > 0 ? EXIT_SHORT : EXIT_DONE;
}

int
cmd_doctor(const struct globals *globals, int argc, char **argv)
{
	struct globals g = *globals;
	gboolean offline = FALSE;
	const GOptionEntry entries[] = {
		{ "offline", 0, 0, G_OPTION_ARG_NONE, &offline,
		    "ask nothing of the network", NULL },
		{ .long_name = NULL },
	};
	int over = cmd_options(&g, "doctor [--offline]",
	    "Looks at what a run needs: libraries, clock, root hints, lists, "
	    "certificates,\ndatabases, the reach of servers, the signing key. "
	    "A note is something a run\nwould do without; status 1 where "
	    "there is a fault.", entries, &argc, &argv);

	if (over != 0)
		return over - 1;
	if (argc > 1)
		return cmd_fail(EXIT_USAGE_, "It looks at this machine, and at "
		    "the case of -C.", "doctor: takes no argument");
	return look(&g, offline);
}
