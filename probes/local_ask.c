/*
 * Look-ups in local files: exchanges too, because facts rest on them.
 *
 *	local hints		the root servers' addresses, dns-root-data's file
 *	local listed-ip ...	an address, AS number or name in the dated lists
 *				(lists.h): listed-ip, -as, -ns, -reverse
 *	local anchor		the root's trust anchor, dns-root-data's file
 *	local rdap-service	where registration data of a name or address is
 *				served, per the lists of the run (services.h)
 *	local vantage		what the operator declares of this machine's place
 *	geo place		one address in one database
 *
 * They are over as soon as they have begun.
 */

#include <string.h>

#include "embed.h"
#include "geoip/geo.h"
#include "probes/ask.h"
#include "probes/lists.h"
#include "probes/services.h"
#include "probes/text.h"

static void
local_give(struct job *j, const char *asked, GBytes *found, const char *media)
{
	j->x->sent.bytes = g_bytes_new(asked, strlen(asked));
	j->x->sent.media = "text/plain";
	j->x->received.bytes = found;
	j->x->received.media = media;
}

/* What the program carries for where the file is not there. */
static const struct {
	const char	*type;
	const char	*begin, *end;
} carried[] = {
	{ "hints", embed_probes_data_named_root,
	    embed_probes_data_named_root_end },
	{ "anchor", embed_probes_data_root_anchors_xml,
	    embed_probes_data_root_anchors_xml_end },
};

static char *
carried_copy(const char *type, gsize *len)
{
	size_t i = 0;

	while (strcmp(carried[i].type, type) != 0)
		i++;
	*len = (gsize)(carried[i].end - carried[i].begin);
	return g_memdup2(carried[i].begin, *len);
}

static int
local_file(struct job *j)
{
	struct exchange *x = j->x;
	g_autofree char *text = NULL;
	gsize len = 0;
	char sha[65];

	if (g_file_get_contents(x->q->name, &text, &len, NULL) && len > 0) {
		exchange_meta(x, "file.name", x->q->name);
	} else {
		g_free(text);
		text = carried_copy(x->q->type, &len);
		exchange_meta(x, "file.name", "carried by the program");
	}
	text_sha256(sha, text, len);
	exchange_meta(x, "file.sha256", sha);
	local_give(j, x->q->type, g_bytes_new_take(g_steal_pointer(&text),
	    len), "text/plain");
	job_done(j, X_ANSWERED, "read");
	return 0;
}

static int
local_service(struct job *j)
{
	const char *subject = j->x->q->name;
	char *found = services_find(job_net(j)->services, subject);

	local_give(j, subject, found == NULL ? NULL :
	    g_bytes_new_take(found, strlen(found)), "application/json");
	job_done(j, X_ANSWERED, found != NULL ? "found" : "none");
	return 0;
}

static int
local_listed(struct job *j)
{
	const char *key = j->x->q->name;
	char *found = lists_answer(job_net(j)->lists,
	    j->x->q->type + strlen("listed-"), key);

	local_give(j, key, found == NULL ? NULL :
	    g_bytes_new_take(found, strlen(found)), "application/json");
	job_done(j, found == NULL ? X_MALFORMED : X_ANSWERED,
	    found == NULL ? "nothing that a list can hold" : "looked up");
	return 0;
}

static int
local_vantage(struct job *j)
{
	const char *text = j->x->q->name;

	exchange_meta(j->x, "declared.in", "settings of the run");
	local_give(j, "vantage", g_bytes_new(text, strlen(text)), "text/plain");
	job_done(j, X_ANSWERED, "declared");
	return 0;
}

static const struct {
	const char	*type;
	int		(*look)(struct job *);
} look_ups[] = {
	{ "hints",		local_file },
	{ "listed-ip",		local_listed },
	{ "listed-as",		local_listed },
	{ "listed-ns",		local_listed },
	{ "listed-reverse",	local_listed },
	{ "anchor",		local_file },
	{ "rdap-service",	local_service },
	{ "vantage",		local_vantage },
};

static int
local_start(struct job *j)
{
	for (size_t i = 0; i < G_N_ELEMENTS(look_ups); i++)
		if (strcmp(look_ups[i].type, j->x->q->type) == 0)
			return look_ups[i].look(j);
	return -1;
}

static int
geo_start(struct job *j)
{
	const struct geo_set *set = job_net(j)->geo;
	g_autoptr(GString) json = g_string_new(NULL);
	char network[64] = "";
	struct exchange *x = j->x;
	size_t i = 0;
	const struct geo_info *db;
	int rc;

	while (i < geo_set_count(set) &&
	    strcmp(geo_set_info(set, i)->file, x->q->host) != 0)
		i++;
	g_return_val_if_fail(i < geo_set_count(set), -1);
	db = geo_set_info(set, i);
	exchange_meta(x, "db.file", db->file);
	exchange_meta(x, "db.type", db->type);
	exchange_meta(x, "db.build", db->build);
	exchange_meta(x, "db.sha256", db->sha256);
	exchange_meta(x, "db.hashed", db->sha256_cached ?
	    "earlier; size, times and inode unchanged since" : "now");
	exchange_meta(x, "db.licence", db->licence);
	if (geo_info_caution(db) != NULL)
		exchange_meta(x, "db.caution", geo_info_caution(db));
	rc = geo_lookup(set, i, x->q->name, json, network);
	if (*network != '\0')
		exchange_meta(x, "db.network", network);
	local_give(j, x->q->name, rc == 1 ?
	    g_bytes_new(json->str, json->len) : NULL, "application/json");
	job_done(j, rc < 0 ? X_MALFORMED : X_ANSWERED,
	    rc == 1 ? "found" : rc == 0 ? "none" : "unreadable database");
	return 0;
}

const struct asker local_asker = {
	.kind = PROBE_LOCAL, .name = "local", .timeout = LIMIT_RUN_DEADLINE,
	.start = local_start,
};

const struct asker geo_asker = {
	.kind = PROBE_GEO, .name = "geo", .timeout = LIMIT_RUN_DEADLINE,
	.start = geo_start,
};
