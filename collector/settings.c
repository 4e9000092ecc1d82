#include <glib.h>

#include <idn2.h>
#include <ldns/ldns.h>
#include <libpsl.h>
#include <openssl/crypto.h>
#include <string.h>
#include <zlib.h>

#include "collector/seal.h"
#include "collector/settings.h"
#include "probes/loop.h"
#include "probes/reader.h"
#include "probes/text.h"

static json_t *
libraries(void)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}",
	    "libcurl", loop_curl_version(),
	    "c-ares", loop_ares_version(),
	    "openssl", OpenSSL_version(OPENSSL_VERSION),
	    "libldns", ldns_version(), "libpsl", psl_get_version(),
	    "libidn2", idn2_check_version(NULL), "zlib", zlibVersion(),
	    "jansson", jansson_version_str(), "public suffix list",
	    psl_builtin_filename());
}

static json_t *
readers(void)
{
	json_t *a = json_array();

	for (int k = 0; k < PROBE_KINDS; k++)
		json_array_append_new(a, json_string(
		    reader_of((enum probe_kind)k)->version));
	return a;
}

static json_t *
limits_json(const struct limits *l)
{
	json_t *o = json_object();

	for (int i = 0; i < LIMITS; i++)
		json_object_set_new(o, limit_info((enum limit)i)->name,
		    json_pack("{s:I, s:s}", "value",
		    (json_int_t)l->value[i], "unit",
		    limit_info((enum limit)i)->unit));
	return o;
}

static json_t *
databases(const struct geo_set *set)
{
	json_t *a = json_array();

	for (size_t i = 0; i < geo_set_count(set); i++) {
		const struct geo_info *d = geo_set_info(set, i);

		json_array_append_new(a, json_pack(
		    "{s:s, s:s, s:s, s:I, s:s, s:s}", "file", d->file, "type",
		    d->type, "build", d->build, "size", (json_int_t)d->size,
		    "sha256", d->sha256, "licence", d->licence));
	}
	return a;
}

static json_t *
lists_json(const struct lists *lists)
{
	json_t *a = json_array();

	for (size_t i = 0; i < lists_count(lists); i++) {
		const struct list_info *l = lists_info(lists, i);

		json_array_append_new(a, json_pack("{s:s, s:s, s:s, s:s, s:s, "
		    "s:s, s:s, s:I, s:s}", "name", l->name, "what", l->what,
		    "of", l->of, "date", l->date, "source", l->source,
		    "licence", l->licence, "from", l->from, "entries",
		    (json_int_t)l->entries, "sha256", l->sha256));
	}
	return a;
}

static void
input_add(json_t *inputs, const char *what, const char *path)
{
	g_autofree char *text = NULL;
	gsize len = 0;
	char sha[65];

	if (path == NULL || !g_file_get_contents(path, &text, &len, NULL))
		return;
	text_sha256(sha, text, len);
	json_array_append_new(inputs, json_pack("{s:s, s:s, s:s, s:I}",
	    "what", what, "file", path, "sha256", sha, "size",
	    (json_int_t)len));
}

static json_t *
names_json(char *const *names)
{
	json_t *a = json_array();

	for (; *names != NULL; names++)
		json_array_append_new(a, json_string(*names));
	return a;
}

json_t *
settings_make(const struct kase *k, const struct target *t, size_t n,
    const struct geo_set *geo, const struct lists *lists, const char *hints,
    const char *anchors, const char *bundle,
    const char *exit)
{
	json_t *o = json_pack("{s:s, s:s, s:s, s:s}", "goodcause",
	    goodcause_version, "schema", "settings/1", "program_sha256",
	    program_sha256(), "case_title", k->title);
	json_t *targets = json_array(), *given = json_array();
	json_t *inputs = json_array();

	for (size_t i = 0; i < n; i++) {
		json_array_append_new(targets, json_string(t[i].name));
		json_array_append_new(given, json_string(*t[i].url != '\0' ?
		    t[i].url : t[i].name));
	}
	input_add(inputs, "root hints", hints);
	input_add(inputs, "trust anchors", anchors);
	input_add(inputs, "CA bundle", bundle);
	json_object_set_new(o, "targets", targets);
	json_object_set_new(o, "targets_given", given);
	json_object_set_new(o, "user_agent", text_json(k->user_agent, strlen(
	    k->user_agent)));
	json_object_set_new(o, "exit", json_string(exit));
	json_object_set_new(o, "vantage", text_json(k->vantage, strlen(
	    k->vantage)));
	if (k->dns_servers != NULL && k->dns_servers[0] != NULL)
		json_object_set_new(o, "dns_servers", names_json(
		    k->dns_servers));
	json_object_set_new(o, "limits", limits_json(&k->limits));
	json_object_set_new(o, "readers", readers());
	json_object_set_new(o, "libraries", libraries());
	json_object_set_new(o, "databases", databases(geo));
	json_object_set_new(o, "lists", lists_json(lists));
	json_object_set_new(o, "inputs", inputs);
	return o;
}
