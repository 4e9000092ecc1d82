/* What raises what: a second opinion, and what a visitor elsewhere is told. */

#include <string.h>

#include "probes/dns_other.h"
#include "probes/raise_priv.h"

#define PORT_DNS	53
#define ECS_SERVERS	4	/* of a zone, for one name and type */

static const struct {
	const char	*prefix, *type;
	gboolean	 address;
} names[] = {
	{ "",		"A",	TRUE },
	{ "",		"AAAA",	TRUE },
	{ "",		"NS",	FALSE },
	{ "",		"MX",	FALSE },
	{ "www.",	"A",	TRUE },
	{ "www.",	"AAAA",	TRUE },
};

static void
resolver_ask(struct raiser *r, const struct resolver *who, const char *name,
    const char *type, const char *options)
{
	g_autofree char *note = g_strconcat(NOTE_RESOLVER, who->operator,
	    NULL);

	r->ask(r, &(struct wish){ .kind = PROBE_DNS, .name = name,
	    .type = type, .host = who->host, .server = who->addresses[0],
	    .port = PORT_DNS, .note = note, .options = options,
	    .rule = "second.opinion" });
}

/* "US-HI:203.0.113.0/24": the prefix behind the label. */
static const char *
subnet_of(const char *text)
{
	const char *at = strchr(text, ':');

	return at != NULL ? at + 1 : text;
}

static void
subnets_ask(struct raiser *r, const char *name, const char *type)
{
	for (guint i = 0; r->set->all != NULL && i < r->set->all->len; i++) {
		const struct resolver *who = r->set->all->pdata[i];

		for (char **s = r->set->subnets; who->ecs && s != NULL &&
		    *s != NULL; s++) {
			g_autofree char *o = g_strconcat("ecs=",
			    subnet_of(*s), " rd", NULL);

			resolver_ask(r, who, name, type, o);
		}
	}
}

void
raise_second(struct raiser *r)
{
	if (r->set == NULL || *r->registrable == '\0')
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *name = g_strconcat(names[i].prefix, r->name,
		    ".", NULL);

		if (*names[i].prefix != '\0' &&
		    g_str_has_prefix(r->name, names[i].prefix))
			continue;
		for (guint k = 0; r->set->resolvers != NULL &&
		    k < r->set->resolvers->len; k++)
			resolver_ask(r, r->set->resolvers->pdata[k], name,
			    names[i].type, "rd");
		if (names[i].address)
			subnets_ask(r, name, names[i].type);
	}
}

/* The server that gave an address is asked again on behalf of each subnet. */
void
fact_subnets(struct raiser *r, const struct fact *f)
{
	const char *type = f->kind == FACT_DNS_A ? "A" : "AAAA";
	g_autofree char *name = g_strconcat(f->subject, ".", NULL);
	unsigned k = 0;

	/* What a resolver of the case's answers is no zone's word. */
	if (r->set == NULL || r->set->subnets == NULL ||
	    r->set->recursive != NULL ||
	    *r->registrable == '\0' || !raise_concerns(r, f->subject))
		return;
	while (k < ECS_SERVERS && !g_hash_table_add(r->seen, g_strdup_printf(
	    "ecs%u %s %s", k, type, f->subject)))
		k++;
	for (char **s = r->set->subnets; k < ECS_SERVERS && *s != NULL; s++) {
		g_autofree char *o = g_strconcat("ecs=", subnet_of(*s), NULL);
		g_autofree char *label = g_strndup(*s,
		    (gsize)(subnet_of(*s) - *s));
		g_autofree char *note = NULL;

		if (*label != '\0')
			label[strlen(label) - 1] = '\0';
		note = g_strconcat(NOTE_SUBNET, label, NULL);
		r->ask(r, &(struct wish){ .kind = PROBE_DNS, .name = name,
		    .type = type, .host = r->x->q->host,
		    .server = fact_str(f, "server"), .port = PORT_DNS,
		    .note = note, .options = o, .rule = "client.subnet" });
	}
}
