/*
 * The kinds of value that keys of case.ini have.
 */

#include <arpa/inet.h>
#include <string.h>

#include "collector/case_ini.h"
#include "collector/case_keys.h"
#include "probes/dns_other.h"
#include "probes/text.h"

#define LIST_MAX	16u		/* members of a list */
#define OWN_MAX		64u		/* of the plaintiff's side's */

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

const char *
value_text(void *p, const char *v, const char *dir)
{
	(void)dir;
	if (has_control(v, FALSE))
		return "one line of text";
	put(p, v);
	return NULL;
}

const char *
value_lines(void *p, const char *v, const char *dir)
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

const char *
value_date(void *p, const char *v, const char *dir)
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

const char *
value_forum(void *p, const char *v, const char *dir)
{
	const char *problem = *v == '\0' ? NULL : case_forum_problem(v);

	(void)dir;
	if (problem == NULL)
		put(p, v);
	return problem;
}

int64_t
value_number(const char *v, int64_t max)
{
	guint64 n;

	if (!g_ascii_string_to_unsigned(v, 10, 1, (guint64)max, &n, NULL))
		return 0;
	return (int64_t)n;
}

const char *
value_days(void *p, const char *v, const char *dir)
{
	int64_t n = value_number(v, 36500);

	(void)dir;
	if (n == 0)
		return "a number of days, 1 to 36500";
	*(int *)p = (int)n;
	return NULL;
}

const char *
value_wait(void *p, const char *v, const char *dir)
{
	int64_t n = value_number(v, 600);

	(void)dir;
	if (n == 0)
		return "a number of seconds, 1 to 600";
	*(int64_t *)p = n * 1000;
	return NULL;
}

const char *
value_flag(void *p, const char *v, const char *dir)
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

const char *
value_url(void *p, const char *v, const char *dir)
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

const char *
value_urls(void *p, const char *v, const char *dir)
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

const char *
value_names(void *p, const char *v, const char *dir)
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

const char *
value_ids(void *p, const char *v, const char *dir)
{
	g_auto(GStrv) list = members(v);

	(void)dir;
	if (g_strv_length(list) > OWN_MAX)
		return "at most 64 identifiers, blanks between";
	put_list(p, g_steal_pointer(&list));
	return NULL;
}

const char *
value_addresses(void *p, const char *v, const char *dir)
{
	g_auto(GStrv) list = members(v);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);
	char ip[ADDR_TEXT];
	uint16_t port;

	(void)dir;
	for (size_t i = 0; list[i] != NULL; i++)
		if (i >= LIST_MAX || dns_server_read(list[i], ip, &port) != 0)
			return "at most 16 IP addresses, blanks between; a "
			    "port behind a \"#\"";
		else if (!g_hash_table_add(seen, g_strdup(ip)))
			return "one address once";
	put_list(p, g_steal_pointer(&list));
	return NULL;
}

const char *
value_resolvers(void *p, const char *v, const char *dir)
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

const char *
value_subnets(void *p, const char *v, const char *dir)
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

const char *
value_file(void *p, const char *v, const char *dir)
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

const char *
value_page(void *p, const char *v, const char *dir)
{
	(void)dir;
	if (strcmp(v, "Letter") != 0 && strcmp(v, "A4") != 0)
		return "Letter or A4";
	put(p, v);
	return NULL;
}

const char *
value_bytes(void *p, const char *v, const char *dir)
{
	(void)dir;
	return limits_set(p, "http.body", value_number(v, 1 << 30)) == 0 ? NULL :
	    "a number of bytes, 1 to 1073741824";
}

const char *
value_deadline(void *p, const char *v, const char *dir)
{
	(void)dir;
	return limits_set(p, "run.deadline", value_number(v, 2592000) * 1000) == 0 ?
	    NULL : "a number of seconds, 1 to 2592000";
}
