/* ns.compared, dns.glue: parent and zone; dns.name, caa.found: what kind of
 * names there are. */

#include <string.h>

#include "probes/join_priv.h"

#define CLIMB_MOST	10

/* --- parent and zone ------------------------------------------------------------ */

static json_t *
only_in(const json_t *a, const json_t *b)
{
	json_t *out = json_array(), *v;
	size_t i;

	json_array_foreach(a, i, v)
		if (!join_array_has(b, json_string_value(v)))
			json_array_append(out, v);
	return out;
}

void
join_name_servers(struct join *j)
{
	json_t *parent = json_array(), *child = json_array();
	struct fact *f = fact_new(FACT_NS_COMPARED, j->registrable, NULL);

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *g = j->facts->pdata[i];
		gboolean up = join_is(g, FACT_DNS_REFERRAL, j->registrable);

		if (!up && !join_is(g, FACT_DNS_NS, j->registrable))
			continue;
		join_array_add(up ? parent : child, fact_str(g, "ns"));
		join_rests_on(f, g);
	}
	if (json_array_size(parent) > 0 && json_array_size(child) > 0) {
		json_object_set_new(f->value, "agree",
		    json_boolean(join_array_same(parent, child)));
		json_object_set(f->value, "parent", parent);
		json_object_set(f->value, "child", child);
		json_object_set_new(f->value, "only_parent",
		    only_in(parent, child));
		json_object_set_new(f->value, "only_child",
		    only_in(child, parent));
		join_give(j, f);
	} else
		fact_free(f);
	json_decref(parent);
	json_decref(child);
}

/* --- glue ------------------------------------------------------------------------- */

static gboolean
is_below(const char *name, const char *zone)
{
	size_t n = strlen(name), z = strlen(zone);

	return n > z && z > 0 && name[n - z - 1] == '.' &&
	    strcmp(name + n - z, zone) == 0;
}

static const char *
glue_what(const json_t *glue, const json_t *own, gboolean needed,
    gboolean outside)
{
	if (json_array_size(glue) == 0)
		return needed ? "missing" : outside ? "outside" :
		    "not needed";
	if (json_array_size(own) == 0)
		return "not compared";
	return join_array_same(glue, own) ? "same" : "differs";
}

static void
glue_of(struct join *j, const char *ns)
{
	json_t *glue = json_array(), *own = json_array(), *ip;
	struct fact *f = join_fact(j, FACT_DNS_GLUE, ns, NULL);
	gboolean outside = FALSE;
	size_t k;

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *g = j->facts->pdata[i];

		if (join_is(g, FACT_DNS_REFERRAL, j->registrable) &&
		    strcmp(fact_str(g, "ns"), ns) == 0) {
			json_array_foreach(fact_get(g, "ips"), k, ip)
				join_array_add(glue, json_string_value(ip));
			outside |= fact_get(g, "outside") != NULL;
		} else if (join_is(g, FACT_DNS_A, ns) ||
		    join_is(g, FACT_DNS_AAAA, ns))
			join_array_add(own, fact_str(g, "ip"));
		else
			continue;
		join_rests_on(f, g);
	}
	json_object_set_new(f->value, "zone", json_string(j->registrable));
	json_object_set_new(f->value, "what", json_string(glue_what(glue, own,
	    is_below(ns, j->registrable), outside)));
	json_object_set_new(f->value, "glue", glue);
	json_object_set_new(f->value, "own", own);
}

void
join_glue(struct join *j)
{
	json_t *seen = json_array(), *ns;
	size_t k;

	for (guint i = 0; i < j->facts->len; i++)
		if (join_is(j->facts->pdata[i], FACT_DNS_REFERRAL,
		    j->registrable))
			join_array_add(seen, fact_str(j->facts->pdata[i],
			    "ns"));
	json_array_foreach(seen, k, ns)
		glue_of(j, json_string_value(ns));
	json_decref(seen);
}

/* --- names that are there and names that are not ------------------------------------ */

static gboolean
is_record(const struct fact *f)
{
	switch (f->kind) {
	case FACT_DNS_A:
	case FACT_DNS_AAAA:
	case FACT_DNS_CNAME:
	case FACT_DNS_DNAME:
	case FACT_DNS_MX:
	case FACT_DNS_NS:
	case FACT_DNS_SOA:
	case FACT_DNS_TXT:
	case FACT_DNS_CAA:
	case FACT_DNS_HTTPS:
		return TRUE;
	default:
		return FALSE;
	}
}

const struct fact *
join_record_of(const struct join *j, const char *name, gboolean at)
{
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (is_record(f) && (at ? strcmp(f->subject, name) == 0 :
		    is_below(f->subject, name)))
			return f;
	}
	return NULL;
}

/* RFC 8020: what is below a name that is not there is not there either; some
 * servers say so all the same. */
static void
name_denied(struct join *j, const struct fact *denial)
{
	const struct fact *below = join_record_of(j, denial->subject, FALSE);
	gboolean nx = denial->kind == FACT_DNS_NXDOMAIN;
	struct fact *f;

	if (below == NULL || (!nx && (strcmp(fact_str(denial, "type"), "A") !=
	    0 || join_record_of(j, denial->subject, TRUE) != NULL)))
		return;
	for (guint i = 0; i < j->out->len; i++)
		if (join_is(j->out->pdata[i], FACT_DNS_NAME,
		    denial->subject))
			return;
	f = join_fact(j, FACT_DNS_NAME, denial->subject, json_pack(
	    "{s:s, s:s}", "how", nx ? "fake-nxdomain" : "empty", "below",
	    below->subject));
	join_rests_on(f, denial);
	join_rests_on(f, below);
}

void
join_name_kinds(struct join *j)
{
	g_autofree char *www = g_strconcat("www.", j->name, NULL);

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if ((f->kind == FACT_DNS_NXDOMAIN ||
		    f->kind == FACT_DNS_NODATA) &&
		    is_below(f->subject, j->registrable))
			name_denied(j, f);
	}
	join_name_source(j, j->name);
	join_name_source(j, www);
}

/* --- CAA --------------------------------------------------------------------------------- */

/* All CAA records at a name; TRUE where the name was answered for: rests is NULL
 * where nothing is to be noted. */
static gboolean
caa_at(struct join *j, const char *name, struct fact *f, json_t *issuers,
    json_t *accounts, gboolean *found)
{
	gboolean answered = FALSE;

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *g = j->facts->pdata[i];
		gboolean caa = join_is(g, FACT_DNS_CAA, name);

		if (!caa && !((join_is(g, FACT_DNS_NODATA, name) ||
		    join_is(g, FACT_DNS_NXDOMAIN, name)) &&
		    strcmp(fact_str(g, "type"), "CAA") == 0))
			continue;
		answered = TRUE;
		*found |= caa;
		join_rests_on(f, g);
		if (*fact_str(g, "issuer") != '\0')
			join_array_add(issuers, fact_str(g, "issuer"));
		if (*fact_str(g, "account") != '\0')
			join_array_add(accounts, fact_str(g, "account"));
	}
	return answered;
}

/* RFC 8659 3: the nearest name at or above that has any. */
void
join_caa(struct join *j)
{
	struct fact *f = fact_new(FACT_CAA_FOUND, j->name, json_pack(
	    "{s:s, s:[], s:[]}", "at", "", "issuers", "accounts"));
	const char *name = j->name;
	gboolean found = FALSE, answered = *name != '\0';

	for (int i = 0; i < CLIMB_MOST && name != NULL && answered && !found;
	    i++) {
		answered = caa_at(j, name, f, fact_get(f, "issuers"),
		    fact_get(f, "accounts"), &found);
		if (found)
			json_object_set_new(f->value, "at", json_string(name));
		name = strchr(name, '.');
		name = name != NULL ? name + 1 : NULL;
	}
	if (!answered || (!found && name != NULL)) {
		fact_free(f);
		return;
	}
	join_give(j, f);
}
