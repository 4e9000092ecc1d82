#include "collector/case_ini.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "collector/seal.h"
#include "probes/dns_other.h"
#include "probes/text.h"

#define INI_MAX		(1u << 20)
#define LIST_MAX	16u		/* members of a list */
#define AUTHORITIES	"http://timestamp.digicert.com " \
			"http://timestamp.sectigo.com"

/*
 * How a value is read: into the member at p; NULL, or what is wanted instead.
 * dir is where relative file names begin.
 */
typedef const char *value_fn(void *p, const char *value, const char *dir);

struct ini_key {
	const char	*group, *name;
	value_fn	*read;
	size_t		 at;		/* of the member in struct kase */
	const char	*standard;	/* the default, as it is written */
	const char	*says;		/* lines of comment */
};

static value_fn read_text, read_lines, read_date, read_forum, read_days,
    read_wait, read_flag, read_url, read_urls, read_file, read_addresses,
    read_page, read_names, read_ids, read_bytes, read_deadline,
    read_resolvers, read_subnets;

#define AT(m)	offsetof(struct kase, m)

static const struct ini_key keys[] = {
	{ "case", "title", read_text, AT(title), "",
	    "Stands on every page of every report." },
	{ "case", "court", read_text, AT(court), "",
	    "\"United States District Court for the District of Hawaii\"" },
	{ "case", "number", read_text, AT(number), "",
	    "The court's number of the case." },
	{ "case", "forum", read_forum, AT(forum), "",
	    "Forum state, ISO 3166-2: US-HI." },
	{ "case", "motion_filed", read_date, AT(motion_filed), "",
	    "When the motion was filed, YYYY-MM-DD." },
	{ "case", "service_date", read_date, AT(service_date), "",
	    "Until when service must be made, YYYY-MM-DD." },
	{ "case", "stale_after", read_days, AT(stale_after), "180",
	    "Days after which an observation is called stale." },
	{ "case", "own_domains", read_names, AT(own_domains), "",
	    "Sites of the plaintiff's side. What a target's pages have in common\n"
	    "with them is left out when sites are compared: a copied page carries\n"
	    "the identifiers of the page that it was copied from." },
	{ "case", "own_ids", read_ids, AT(own_ids), "",
	    "Identifiers of the plaintiff's side, left out in the same way:\n"
	    "G-XXXXXXXXXX, UA-1234567, pub-..." },

	{ "collector", "name", read_text, AT(name), "",
	    "Who runs this program; servers are told, see user_agent." },
	{ "collector", "organisation", read_text, AT(organisation), "", "" },
	{ "collector", "role", read_text, AT(role), "",
	    "\"investigator retained by counsel for the plaintiff\"" },
	{ "collector", "signing_key", read_file, AT(signing_key), "",
	    "Private key (PEM) that signs runs; empty: this user's own, made by\n"
	    "\"goodcause init\" under the user's data folder." },

	{ "time", "authorities", read_urls, AT(authorities), AUTHORITIES,
	    "RFC 3161 time-stamping authorities, URLs with blanks between.\n"
	    "Empty: runs are sealed untimed, and say so." },
	{ "time", "roots", read_file, AT(roots), "",
	    "Roots (PEM) of authorities that the system does not know." },
	{ "time", "wait", read_wait, AT(wait_ms), "10",
	    "Seconds to wait for an authority." },

	{ "collect", "vantage", read_text, AT(vantage), "",
	    "Where this machine stands, as you state it.  Any words; where they\n"
	    "end in an ISO 3166 code, and coordinates, the time that light takes\n"
	    "can be held against places: \"Honolulu, US-HI 21.31,-157.86\"." },
	{ "collect", "proxy", read_url, AT(proxy), "",
	    "socks5h://ADDRESS:PORT or http://ADDRESS:PORT: all that is recorded goes\n"
	    "through it, DNS by TCP; empty: direct. No other proxy is used, whatever\n"
	    "the environment says." },
	{ "collect", "proxy_password_file", read_file,
	    AT(proxy_password_file), "",
	    "File with \"user:password\"; masked wherever it would be recorded." },
	{ "collect", "user_agent", read_text, AT(user_agent), "",
	    "What servers are told; empty: goodcause, its version, the name\n"
	    "and organisation above." },
	{ "collect", "second_opinion", read_resolvers, AT(second_opinion),
	    "quad9 cloudflare",
	    "Public resolvers that are asked beside the zone's own servers:\n"
	    "quad9, cloudflare, google. Empty: none." },
	{ "collect", "client_subnets", read_subnets, AT(client_subnets), "",
	    "On whose behalf a zone's servers are asked as well (EDNS client\n"
	    "subnet), each with a label: US-HI:203.0.113.0/24 DE:198.51.100.0/24." },
	{ "collect", "own_address", read_flag, AT(own_address), "true",
	    "Ask names that echo it which address this machine is seen from." },
	{ "collect", "follow_hosts", read_flag, AT(follow_hosts), "false",
	    "Also ask about hosts that pages merely link to." },
	{ "collect", "max_bytes", read_bytes, AT(limits), "8388608",
	    "Bytes of one page (limit.http.body)." },
	{ "collect", "deadline", read_deadline, AT(limits), "14400",
	    "Seconds for one run, all of it (limit.run.deadline is in ms)." },
	{ "collect", "dns_servers", read_addresses, AT(dns_servers), "",
	    "Addresses of name servers to ask; empty: from the root down." },

	{ "report", "title", read_text, AT(report_title), "",
	    "Heading of reports; empty: the case's title." },
	{ "report", "letterhead", read_lines, AT(letterhead), "",
	    "Lines over the first page; \\n between two." },
	{ "report", "page_size", read_page, AT(page_size), "Letter",
	    "Letter or A4." },
	{ "report", "worksheet_heading", read_lines, AT(worksheet_heading), "",
	    "Counsel's heading of the worksheet; the program prints none of\n"
	    "its own." },
};

/* Where a key stands in the text. */
struct place {
	const char	*path;
	char		*dir;		/* where relative file names begin */
	const char	*group, *key;
	unsigned	 line;
};

/* ---- values */

static gboolean
has_control(const char *s, gboolean lines)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			if (!(lines && *s == '\n'))
				return TRUE;
	return FALSE;
}

static void
put(void *p, const char *value)
{
	char **s = p;

	g_free(*s);
	*s = g_strdup(value);
}

static const char *
read_text(void *p, const char *v, const char *dir)
{
	(void)dir;
	if (has_control(v, FALSE))
		return "one line of text";
	put(p, v);
	return NULL;
}

static const char *
read_lines(void *p, const char *v, const char *dir)
{
	(void)dir;
	if (has_control(v, TRUE))
		return "text, with \\n between lines";
	put(p, v);
	return NULL;
}

static gboolean
all_digits(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!g_ascii_isdigit(s[i]))
			return FALSE;
	return TRUE;
}

static const char *
read_date(void *p, const char *v, const char *dir)
{
	(void)dir;
	GDate day;

	if (*v != '\0') {
		if (strlen(v) != 10 || v[4] != '-' || v[7] != '-' ||
		    !all_digits(v, 4) || !all_digits(v + 5, 2) ||
		    !all_digits(v + 8, 2))
			return "a date as YYYY-MM-DD";
		if (!text_day(v, &day))
			return "a day that the calendar has";
	}
	put(p, v);
	return NULL;
}

const char *
case_forum_problem(const char *v)
{
	/* The subdivisions of ISO 3166-2:US that have a federal court. */
	static const char states[] =
	    " AL AK AZ AR CA CO CT DE DC FL GA GU HI ID IL IN IA KS KY LA ME"
	    " MD MA MI MN MP MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA PR"
	    " RI SC SD TN TX UT VT VI VA WA WV WI WY ";
	char wanted[5] = { ' ', 0, 0, ' ', 0 };

	if (strlen(v) != 5 || strncmp(v, "US-", 3) != 0 || v[3] == ' ' ||
	    v[4] == ' ')
		return "a forum as US-HI (ISO 3166-2)";
	wanted[1] = v[3];
	wanted[2] = v[4];
	return strstr(states, wanted) != NULL ? NULL :
	    "a state or territory with a federal district court, as US-HI";
}

static const char *
read_forum(void *p, const char *v, const char *dir)
{
	const char *problem = *v == '\0' ? NULL : case_forum_problem(v);

	(void)dir;
	if (problem == NULL)
		put(p, v);
	return problem;
}

/* A positive whole number of at most max, or 0. */
static int64_t
number(const char *v, int64_t max)
{
	guint64 n;

	if (!g_ascii_string_to_unsigned(v, 10, 1, (guint64)max, &n, NULL))
		return 0;
	return (int64_t)n;
}

static const char *
read_days(void *p, const char *v, const char *dir)
{
	int64_t n = number(v, 36500);

	(void)dir;
	if (n == 0)
		return "a number of days, 1 to 36500";
	*(int *)p = (int)n;
	return NULL;
}

static const char *
read_wait(void *p, const char *v, const char *dir)
{
	int64_t n = number(v, 600);

	(void)dir;
	if (n == 0)
		return "a number of seconds, 1 to 600";
	*(int64_t *)p = n * 1000;
	return NULL;
}

static const char *
read_flag(void *p, const char *v, const char *dir)
{
	gboolean yes = strcmp(v, "true") == 0 || strcmp(v, "yes") == 0;

	(void)dir;
	if (!yes && strcmp(v, "false") != 0 && strcmp(v, "no") != 0)
		return "true or false";
	*(gboolean *)p = yes;
	return NULL;
}

static gboolean
is_url(const char *v, const char *const *schemes)
{
	g_autoptr(GUri) u = g_uri_parse(v, G_URI_FLAGS_NONE, NULL);

	return u != NULL && g_strv_contains(schemes, g_uri_get_scheme(u)) &&
	    g_uri_get_host(u) != NULL && *g_uri_get_host(u) != '\0';
}

static const char *
read_url(void *p, const char *v, const char *dir)
{
	static const char *const schemes[] = {
		"http", "https", "socks5", "socks5h", "socks4", "socks4a", NULL,
	};

	(void)dir;
	if (*v != '\0' && !is_url(v, schemes))
		return "a proxy's URL, as socks5h://127.0.0.1:9050";
	g_clear_pointer((char **)p, g_free);
	if (*v != '\0')
		put(p, v);
	return NULL;
}

/* Members of a list: blanks, commas or semicolons stand between them. */
static char **
members(const char *v)
{
	g_auto(GStrv) all = g_strsplit_set(v, " ,;\t", -1);
	g_autoptr(GPtrArray) some = g_ptr_array_new();

	for (size_t i = 0; all[i] != NULL; i++)
		if (*all[i] != '\0')
			g_ptr_array_add(some, g_strdup(all[i]));
	g_ptr_array_add(some, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&some), FALSE);
}

static void
put_list(void *p, char **list)
{
	char ***at = p;

	g_strfreev(*at);
	*at = list;
}

static const char *
read_urls(void *p, const char *v, const char *dir)
{
	static const char *const schemes[] = { "http", "https", NULL };
	g_auto(GStrv) list = members(v);

	(void)dir;
	for (size_t i = 0; list[i] != NULL; i++)
		if (i >= LIST_MAX || !is_url(list[i], schemes))
			return "at most 16 URLs beginning with http:// or "
			    "https://, blanks between";
	put_list(p, g_steal_pointer(&list));
	return NULL;
}

#define OWN_MAX		64u

static const char *
read_names(void *p, const char *v, const char *dir)
{
	g_auto(GStrv) list = members(v);

	(void)dir;
	for (size_t i = 0; list[i] != NULL; i++) {
		char *low = g_ascii_strdown(list[i], -1);

		if (i >= OWN_MAX || strchr(low, '.') == NULL ||
		    strspn(low, "abcdefghijklmnopqrstuvwxyz0123456789.-") !=
		    strlen(low)) {
			g_free(low);
			return "at most 64 names (A-labels), as example.com, "
			    "blanks between";
		}
		g_free(list[i]);
		list[i] = low;
	}
	put_list(p, g_steal_pointer(&list));
	return NULL;
}

static const char *
read_ids(void *p, const char *v, const char *dir)
{
	g_auto(GStrv) list = members(v);

	(void)dir;
	if (g_strv_length(list) > OWN_MAX)
		return "at most 64 identifiers, blanks between";
	put_list(p, g_steal_pointer(&list));
	return NULL;
}

static const char *
read_addresses(void *p, const char *v, const char *dir)
{
	g_auto(GStrv) list = members(v);
	unsigned char a[16];

	(void)dir;
	for (size_t i = 0; list[i] != NULL; i++)
		if (i >= LIST_MAX || (inet_pton(AF_INET, list[i], a) != 1 &&
		    inet_pton(AF_INET6, list[i], a) != 1))
			return "at most 16 IP addresses, blanks between";
	put_list(p, g_steal_pointer(&list));
	return NULL;
}

static const char *
read_resolvers(void *p, const char *v, const char *dir)
{
	g_auto(GStrv) list = members(v);
	g_autoptr(GPtrArray) known = resolvers_load(list);

	(void)dir;
	if (known->len != g_strv_length(list))
		return "names of quad9, cloudflare and google, blanks "
		    "between";
	put_list(p, g_steal_pointer(&list));
	return NULL;
}

/* "LABEL:PREFIX". */
static gboolean
is_subnet(const char *s)
{
	const char *colon = strchr(s, ':');
	uint8_t wire[20];

	return colon != NULL && colon > s && (gsize)(colon - s) < 32 &&
	    subnet_wire(colon + 1, wire) > 0;
}

static const char *
read_subnets(void *p, const char *v, const char *dir)
{
	g_auto(GStrv) list = members(v);

	(void)dir;
	for (size_t i = 0; list[i] != NULL; i++)
		if (i >= 8 || has_control(list[i], FALSE) ||
		    !is_subnet(list[i]))
			return "at most 8 of LABEL:PREFIX, as "
			    "US-HI:203.0.113.0/24, blanks between";
	put_list(p, g_steal_pointer(&list));
	return NULL;
}

static const char *
read_file(void *p, const char *v, const char *dir)
{
	char **at = p;

	if (has_control(v, FALSE))
		return "a file's name";
	g_clear_pointer(at, g_free);
	if (*v != '\0')
		*at = g_path_is_absolute(v) ? g_strdup(v) :
		    g_build_filename(dir, v, NULL);
	return NULL;
}

static const char *
read_page(void *p, const char *v, const char *dir)
{
	(void)dir;
	if (strcmp(v, "Letter") != 0 && strcmp(v, "A4") != 0)
		return "Letter or A4";
	put(p, v);
	return NULL;
}

static const char *
read_bytes(void *p, const char *v, const char *dir)
{
	(void)dir;
	return limits_set(p, "http.body", number(v, 1 << 30)) == 0 ? NULL :
	    "a number of bytes, 1 to 1073741824";
}

static const char *
read_deadline(void *p, const char *v, const char *dir)
{
	(void)dir;
	return limits_set(p, "run.deadline", number(v, 2592000) * 1000) == 0 ?
	    NULL : "a number of seconds, 1 to 2592000";
}

/* ---- lines */

static int G_GNUC_PRINTF(4, 5)
wrong(const struct place *at, GError **e, const char *remedy,
    const char *fmt, ...)
{
	g_autofree char *what = NULL;
	va_list ap;

	va_start(ap, fmt);
	what = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	g_strdelimit(what, "\n", ' ');
	g_set_error(e, CASE_ERROR, CASE_ERROR_USAGE, "%s:%u: %s\n%s",
	    at->path, at->line, what, remedy);
	return -1;
}

static char *
list_keys(const char *group)
{
	GString *s = g_string_new(NULL);

	g_string_printf(s, "Keys of [%s]:", group);
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		if (strcmp(keys[i].group, group) == 0)
			g_string_append_printf(s, " %s", keys[i].name);
	if (strcmp(group, "collect") == 0)
		g_string_append(s, " limit.NAME");
	return g_string_free(s, FALSE);
}

static gboolean
is_group(const char *group)
{
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		if (strcmp(keys[i].group, group) == 0)
			return TRUE;
	return FALSE;
}

static int
unreadable(const struct place *at, GError **e)
{
	return wrong(at, e, "A backslash begins \\n, \\t, \\s or \\\\.",
	    "%s: the value cannot be read", at->key);
}

/* value is NULL where GKeyFile could not read it. */
static int
set_limit(const struct place *at, const char *value, struct kase *k,
    GError **e)
{
	const char *name = at->key + strlen("limit.");
	g_autoptr(GString) all = g_string_new("Limits:");

	for (int i = 0; i < LIMITS; i++) {
		const struct limit_info *info = limit_info((enum limit)i);

		g_string_append_printf(all, " %s", info->name);
		if (strcmp(info->name, name) != 0)
			continue;
		if (value == NULL)
			return unreadable(at, e);
		if (limits_set(&k->limits, name, number(value, INT64_MAX)) == 0)
			return 0;
		return wrong(at, e, "A limit is a positive whole number.",
		    "%s: \"%s\" is not a number%s%s", at->key, value,
		    *info->unit != '\0' ? " of " : "", info->unit);
	}
	return wrong(at, e, all->str, "no limit is called \"%s\"", name);
}

static int
set_key(const struct place *at, const char *value, struct kase *k, GError **e)
{
	g_autofree char *remedy = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		const struct ini_key *key = &keys[i];
		const char *wanted;

		if (strcmp(key->group, at->group) != 0 ||
		    strcmp(key->name, at->key) != 0)
			continue;
		if (value == NULL)
			return unreadable(at, e);
		wanted = key->read((char *)k + key->at, value, at->dir);
		if (wanted == NULL)
			return 0;
		remedy = g_strdup_printf("Wanted: %s.", wanted);
		return wrong(at, e, remedy, "%s: \"%s\" cannot be used",
		    key->name, value);
	}
	if (strcmp(at->group, "collect") == 0 &&
	    g_str_has_prefix(at->key, "limit."))
		return set_limit(at, value, k, e);
	remedy = list_keys(at->group);
	return wrong(at, e, remedy, "unknown key \"%s\" in [%s]", at->key,
	    at->group);
}

/* The text before '=' of a line, blanks off; NULL where there is no '='. */
static char *
key_of(const char *line)
{
	const char *eq = strchr(line, '=');

	return eq == NULL ? NULL :
	    g_strstrip(g_strndup(line, (gsize)(eq - line)));
}

static int
enter_group(struct place *at, const char *line, char **group, GError **e)
{
	size_t len = strlen(line);

	if (len < 3 || line[len - 1] != ']')
		return wrong(at, e, "A group is a line as [case].",
		    "\"%s\" is no group", line);
	g_free(*group);
	*group = g_strndup(line + 1, len - 2);
	at->group = *group;
	if (is_group(*group))
		return 0;
	return wrong(at, e, "Groups: case collector time collect report",
	    "unknown group [%s]", *group);
}

static int
one_line(struct place *at, GKeyFile *file, GHashTable *seen, const char *line,
    struct kase *k, GError **e)
{
	g_autofree char *key = key_of(line), *value = NULL;
	g_autoptr(GError) why = NULL;
	char *id;

	if (key == NULL || *key == '\0')
		return wrong(at, e, "A line is a [group], key = value, or a "
		    "comment after #.", "\"%s\" is none of these", line);
	if (at->group == NULL)
		return wrong(at, e, "Begin with a line as [case].",
		    "\"%s\" stands before the first group", key);
	at->key = key;
	id = g_strdup_printf("%s %s", at->group, key);
	if (!g_hash_table_add(seen, id))
		return wrong(at, e, "One of the two lines must go.",
		    "\"%s\" stands twice in [%s]", key, at->group);
	value = g_key_file_get_string(file, at->group, key, &why);
	if (why != NULL)
		g_clear_pointer(&value, g_free);
	return set_key(at, value != NULL ? g_strstrip(value) : NULL, k, e);
}

static int
each_line(struct place *at, GKeyFile *file, const char *text, struct kase *k,
    GError **e)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);
	g_autofree char *group = NULL;

	for (size_t i = 0; lines[i] != NULL; i++) {
		char *line = g_strstrip(lines[i]);

		at->line = (unsigned)i + 1;
		if (*line == '\0' || *line == '#')
			continue;
		if (*line == '[') {
			if (enter_group(at, line, &group, e) != 0)
				return -1;
		} else if (one_line(at, file, seen, line, k, e) != 0) {
			return -1;
		}
	}
	return 0;
}

/* What the agent says of itself: printable ASCII that ends no comment. */
static char *
default_agent(const struct kase *k)
{
	g_autofree char *who = *k->name != '\0' && *k->organisation != '\0' ?
	    g_strdup_printf("%s, %s", k->name, k->organisation) :
	    g_strdup_printf("%s%s", k->name, k->organisation);

	for (char *c = who; *c != '\0'; c++)
		if (*c < 0x20 || *c > 0x7e || strchr("()\\", *c) != NULL)
			*c = '?';
	return g_strdup_printf("goodcause/%s (+evidence collection; %s)",
	    goodcause_version, *who != '\0' ? who : "contact in case.ini");
}

void
case_ini_defaults(struct kase *k)
{
	memset(k, 0, sizeof(*k));
	limits_default(&k->limits);
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		if (keys[i].at != AT(limits))
			keys[i].read((char *)k + keys[i].at, keys[i].standard,
			    ".");
	g_free(k->user_agent);
	k->user_agent = default_agent(k);
	k->targets = g_ptr_array_new_with_free_func(g_free);
}

int
case_ini_read(const char *path, const char *text, size_t len, struct kase *k,
    GError **e)
{
	struct place at = { .path = path, .line = 1 };
	g_autofree char *dir = g_path_get_dirname(path), *copy = NULL;
	g_autoptr(GKeyFile) file = g_key_file_new();
	const char *end;

	at.dir = dir;
	if (len > INI_MAX)
		return wrong(&at, e, "At most 1 MiB.", "the file is too long");
	if (!g_utf8_validate(text, (gssize)len, &end)) {
		for (const char *c = text; c < end; c++)
			at.line += *c == '\n';
		return wrong(&at, e, "Save it as UTF-8.",
		    "the text is not UTF-8");
	}
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		text += 3, len -= 3;
	copy = g_strndup(text, len);
	/* Where this fails, the line that it fails at is named below. */
	g_key_file_load_from_data(file, copy, len, G_KEY_FILE_NONE, NULL);
	g_clear_pointer(&k->user_agent, g_free);
	k->user_agent = g_strdup("");
	if (each_line(&at, file, copy, k, e) != 0)
		return -1;
	if (*k->user_agent == '\0') {
		g_free(k->user_agent);
		k->user_agent = default_agent(k);
	}
	return 0;
}

/* ---- the template */

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

	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		if (strcmp(group, keys[i].group) != 0) {
			if (strcmp(group, "collect") == 0)
				append_limits(s);
			group = keys[i].group;
			g_string_append_printf(s, "\n[%s]\n", group);
		}
		append_key(s, &keys[i], given(&keys[i], forum, title));
	}
	return g_string_free(s, FALSE);
}
