/* ip.sign: what an address was seen doing. */

#include <string.h>

#include "probes/join_priv.h"

struct doing {
	const char	*sign;
	enum fact_kind	 named;		/* the fact that names the host; */
	const char	*field;		/* in this field */
};

static const struct doing doings[] = {
	{ "name-server",	FACT_DNS_NS,		"ns" },
	{ "name-server",	FACT_DNS_REFERRAL,	"ns" },
	{ "mail-server",	FACT_DNS_MX,		"exchange" },
};

/* The fact by which a host has its place in the target's zone, or NULL. */
static const struct fact *
named_by(const struct join *j, const struct doing *d, const char *host)
{
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (join_is(f, d->named, j->registrable) &&
		    strcmp(fact_str(f, d->field), host) == 0)
			return f;
	}
	return NULL;
}

static struct fact *
sign_of(struct join *j, const char *ip)
{
	for (guint i = 0; i < j->out->len; i++)
		if (join_is(j->out->pdata[i], FACT_IP_SIGN, ip))
			return j->out->pdata[i];
	return join_fact(j, FACT_IP_SIGN, ip, json_pack("{s:[], s:[]}", "signs",
	    "names"));
}

static void
sign_add(struct join *j, const struct fact *address, const char *sign,
    const struct fact *why)
{
	struct fact *f = sign_of(j, fact_str(address, "ip"));

	join_array_add(fact_get(f, "signs"), sign);
	join_array_add(fact_get(f, "names"), address->subject);
	join_rests_on(f, address);
	if (why != NULL)
		join_rests_on(f, why);
}

void
join_signs(struct join *j)
{
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		/* An array of facts holds no NULL, which the analyser cannot know. */
		/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
		if (f->kind != FACT_DNS_A && f->kind != FACT_DNS_AAAA)
			continue;
		if (strcmp(f->subject, j->name) == 0)
			sign_add(j, f, "serves-name", NULL);
		for (size_t k = 0; k < G_N_ELEMENTS(doings); k++) {
			const struct fact *why = named_by(j, &doings[k],
			    f->subject);

			if (why != NULL)
				sign_add(j, f, doings[k].sign, why);
		}
	}
}
