/*
 * The table of the keys of case.ini, and the commented file made of it.
 */

#include "collector/case_keys.h"

#include <stddef.h>
#include <string.h>

#include "collector/case_ini.h"

#define AUTHORITIES	"http://timestamp.digicert.com " \
			"http://timestamp.sectigo.com"

#define AT(m)	offsetof(struct kase, m)

const struct ini_key ini_keys[] = {
	{ "case", "title", value_text, AT(title), "",
	    "Stands on every page of every report." },
	{ "case", "court", value_text, AT(court), "",
	    "\"United States District Court for the District of Hawaii\"" },
	{ "case", "number", value_text, AT(number), "",
	    "The court's number of the case." },
	{ "case", "forum", value_forum, AT(forum), "",
	    "Forum state, ISO 3166-2: US-HI." },
	{ "case", "motion_filed", value_date, AT(motion_filed), "",
	    "When the motion was filed, YYYY-MM-DD." },
	{ "case", "service_date", value_date, AT(service_date), "",
	    "Until when service must be made, YYYY-MM-DD." },
	{ "case", "stale_after", value_days, AT(stale_after), "180",
	    "Days after which an observation is called stale." },
	{ "case", "own_domains", value_names, AT(own_domains), "",
	    "Sites of the plaintiff's side. What a target's pages have in common\n"
	    "with them is left out when sites are compared: a copied page carries\n"
	    "the identifiers of the page that it was copied from." },
	{ "case", "own_ids", value_ids, AT(own_ids), "",
	    "Identifiers of the plaintiff's side, left out in the same way:\n"
	    "G-XXXXXXXXXX, UA-1234567, pub-..." },

	{ "collector", "name", value_text, AT(name), "",
	    "Who runs this program; servers are told, see user_agent." },
	{ "collector", "organisation", value_text, AT(organisation), "", "" },
	{ "collector", "role", value_text, AT(role), "",
	    "\"investigator retained by counsel for the plaintiff\"" },
	{ "collector", "signing_key", value_file, AT(signing_key), "",
	    "Private key (PEM) that signs runs; empty: this user's own, made by\n"
	    "\"goodcause init\" under the user's data folder." },

	{ "time", "authorities", value_urls, AT(authorities), AUTHORITIES,
	    "RFC 3161 time-stamping authorities, URLs with blanks between.\n"
	    "Empty: runs are sealed untimed, and say so." },
	{ "time", "roots", value_file, AT(roots), "",
	    "Roots (PEM) of authorities that the system does not know." },
	{ "time", "wait", value_wait, AT(wait_ms), "10",
	    "Seconds to wait for an authority." },

	{ "collect", "vantage", value_text, AT(vantage), "",
	    "Where this machine stands, as you state it.  Any words; where they\n"
	    "end in an ISO 3166 code, and coordinates, the time that light takes\n"
	    "can be held against places: \"Honolulu, US-HI 21.31,-157.86\"." },
	{ "collect", "proxy", value_url, AT(proxy), "",
	    "socks5h://ADDRESS:PORT or http://ADDRESS:PORT: all that is recorded goes\n"
	    "through it, DNS by TCP; empty: direct. No other proxy is used, whatever\n"
	    "the environment says." },
	{ "collect", "proxy_password_file", value_file,
	    AT(proxy_password_file), "",
	    "File with \"user:password\"; masked wherever it would be recorded." },
	{ "collect", "user_agent", value_text, AT(user_agent), "",
	    "What servers are told; empty: goodcause, its version, the name\n"
	    "and organisation above." },
	{ "collect", "second_opinion", value_resolvers, AT(second_opinion),
	    "quad9 cloudflare",
	    "Public resolvers that are asked beside the zone's own servers:\n"
	    "quad9, cloudflare, google. Empty: none." },
	{ "collect", "client_subnets", value_subnets, AT(client_subnets), "",
	    "On whose behalf a zone's servers are asked as well (EDNS client\n"
	    "subnet), each with a label: US-HI:203.0.113.0/24 DE:198.51.100.0/24." },
	{ "collect", "own_address", value_flag, AT(own_address), "true",
	    "Ask names that echo it which address this machine is seen from." },
	{ "collect", "follow_hosts", value_flag, AT(follow_hosts), "false",
	    "Also ask about hosts that pages merely link to." },
	{ "collect", "max_bytes", value_bytes, AT(limits), "8388608",
	    "Bytes of one page (limit.http.body)." },
	{ "collect", "deadline", value_deadline, AT(limits), "14400",
	    "Seconds for one run, all of it (limit.run.deadline is in ms)." },
	{ "collect", "dns_servers", value_addresses, AT(dns_servers), "",
	    "Recursive name servers that are asked for every name in place\n"
	    "of the walk: ADDRESS or ADDRESS#PORT. All that rests on them\n"
	    "says so. Empty: from the root down." },

	{ "report", "title", value_text, AT(report_title), "",
	    "Heading of reports; empty: the case's title." },
	{ "report", "letterhead", value_lines, AT(letterhead), "",
	    "Lines over the first page; \\n between two." },
	{ "report", "page_size", value_page, AT(page_size), "Letter",
	    "Letter or A4." },
	{ "report", "worksheet_heading", value_lines, AT(worksheet_heading), "",
	    "Counsel's heading of the worksheet; the program prints none of\n"
	    "its own." },	{ .group = NULL },
};

static void
append_comment(GString *s, const char *says)
{
	g_auto(GStrv) lines = g_strsplit(says, "\n", -1);

	for (size_t i = 0; lines[i] != NULL; i++)
		if (*lines[i] != '\0')
			g_string_append_printf(s, "# %s\n", lines[i]);
}

static const char *
given(const struct ini_key *key, const char *forum, const char *title)
{
	if (key->at == AT(forum))
		return forum;
	if (key->at == AT(title))
		return title;
	return NULL;
}

static void
append_key(GString *s, const struct ini_key *key, const char *value)
{
	append_comment(s, key->says);
	if (value == NULL) {
		g_string_append_printf(s, "#%s = %s\n\n", key->name,
		    key->standard);
		return;
	}
	g_string_append_printf(s, "%s = ", key->name);
	for (const char *c = value; *c != '\0'; c++) {
		if (*c == '\\')
			g_string_append_c(s, '\\');
		g_string_append_c(s, *c);
	}
	g_string_append(s, "\n\n");
}

static void
append_limits(GString *s)
{
	g_string_append(s, "# Any limit, by its name:\n\n");
	for (int i = 0; i < LIMITS; i++) {
		const struct limit_info *l = limit_info((enum limit)i);

		g_string_append_printf(s, "# %s%s%s%s\n#limit.%s = %lld\n\n",
		    l->why, *l->unit ? " (" : "", l->unit, *l->unit ? ")" : "",
		    l->name, (long long)l->value);
	}
}

char *
case_ini_template(const char *forum, const char *title)
{
	GString *s = g_string_new(
	    "# A case of goodcause. Lines that begin with # are comments; a key\n"
	    "# that is one shows its default. goodcause(1) says more.\n");
	const char *group = "";

	for (const struct ini_key *k = ini_keys; k->group != NULL; k++) {
		if (strcmp(group, k->group) != 0) {
			if (strcmp(group, "collect") == 0)
				append_limits(s);
			group = k->group;
			g_string_append_printf(s, "\n[%s]\n", group);
		}
		append_key(s, k, given(k, forum, title));
	}
	return g_string_free(s, FALSE);
}
