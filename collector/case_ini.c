/*
 * Reads case.ini: GLib reads the values, and each line is gone through beside
 * it, so that a fault has the number of its line.
 */

#include "collector/case_ini.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "collector/case_keys.h"
#include "collector/seal.h"

#define INI_MAX		(1u << 20)

/* Where a key stands in the text. */
struct place {
	const char	*path;
	char		*dir;		/* where relative file names begin */
	const char	*group, *key;
	unsigned	 line;
};

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
	for (const struct ini_key *k = ini_keys; k->group != NULL; k++)
		if (strcmp(k->group, group) == 0)
			g_string_append_printf(s, " %s", k->name);
	if (strcmp(group, "collect") == 0)
		g_string_append(s, " limit.NAME");
	return g_string_free(s, FALSE);
}

static gboolean
is_group(const char *group)
{
	for (const struct ini_key *k = ini_keys; k->group != NULL; k++)
		if (strcmp(k->group, group) == 0)
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
		if (limits_set(&k->limits, name, value_number(value, INT64_MAX)) == 0)
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

	for (const struct ini_key *key = ini_keys; key->group != NULL; key++) {
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
	for (const struct ini_key *key = ini_keys; key->group != NULL; key++)
		if (key->at != offsetof(struct kase, limits))
			key->read((char *)k + key->at, key->standard, ".");
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
