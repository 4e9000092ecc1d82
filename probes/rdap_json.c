#include <string.h>

#include "probes/json_arena.h"
#include "probes/json_read.h"
#include "probes/json_text.h"
#include "probes/rdap_json.h"
#include "probes/text.h"

#include <idn2.h>	/* after GLib: both define G_GNUC_DEPRECATED */

/* RFC 8259 section 7 has control characters escaped; some servers do not. */
static json_t *
load_bent(const char *s, size_t len, int depth, gboolean *numbered)
{
	g_autofree char *copy = NULL;
	gboolean any = FALSE;

	for (size_t i = 0; i < len && !any; i++)
		any = (unsigned char)s[i] < 0x20;
	if (!any)
		return NULL;
	copy = g_memdup2(s, len);
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)copy[i] < 0x20)
			copy[i] = ' ';
	return json_read_numbered(copy, len, depth, JSON_ANY, numbered);
}

/* ---- lists that came as objects */

static gboolean
is_numbered(const json_t *o)
{
	const char *key;
	json_t *v;

	if (json_object_size(o) == 0)
		return FALSE;
	json_object_foreach((json_t *)(uintptr_t)o, key, v)
		if (*key == '\0' || strlen(key) > 6 ||
		    key[strspn(key, "0123456789")] != '\0')
			return FALSE;
	return TRUE;
}

static json_t	*listed(json_t *);

static void
list_members(json_t *v)
{
	const char *key;
	json_t *e;
	size_t i;

	json_object_foreach(v, key, e)
		/* The ids of JSContact's maps may be numbers. */
		if (g_ascii_strncasecmp(key, "js", 2) != 0 &&
		    (json_is_object(e) || json_is_array(e)))
			json_object_set_new_nocheck(v, key,
			    listed(json_incref(e)));
	json_array_foreach(v, i, e)
		if (json_is_object(e) || json_is_array(e))
			json_array_set_new(v, i, listed(json_incref(e)));
}

/* As deep as json_read() lets it be.  Takes v. */
static json_t *
listed(json_t *v)
{
	json_t *list, *e;
	const char *key;

	list_members(v);
	if (!is_numbered(v))
		return v;
	list = json_array();
	json_object_foreach(v, key, e)
		json_array_append(list, e);
	json_decref(v);
	return list;
}

json_t *
rdap_json_load(const char *s, size_t len, int depth)
{
	gboolean numbered = FALSE;
	json_t *o;

	if (len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0) {
		s += 3;
		len -= 3;
	}
	o = json_read_numbered(s, len, depth, JSON_ANY, &numbered);
	if (o == NULL)
		o = load_bent(s, len, depth, &numbered);
	return o != NULL && numbered ? listed(o) : o;
}

const char *
rdap_str(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s != NULL ? s : "";
}

/* Cut between characters. */
static size_t
cut_length(const char *s, size_t len)
{
	if (len <= RDAP_STRING)
		return len;
	for (len = RDAP_STRING; len > 0; len--)
		if (((unsigned char)s[len] & 0xc0) != 0x80)
			break;
	return len;
}

json_t *
rdap_text_of(const json_t *v)
{
	const char *s = json_string_value(v);

	if (s != NULL)
		return text_json(s, cut_length(s, json_string_length(v)));
	if (json_is_integer(v))
		return json_sprintf("%" JSON_INTEGER_FORMAT,
		    json_integer_value(v));
	return json_string("");
}

json_t *
rdap_text(const json_t *o, const char *key)
{
	return rdap_text_of(json_object_get(o, key));
}

json_t *
rdap_texts(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);
	json_t *list = json_array(), *e;
	size_t i;

	if (json_is_string(v))
		json_array_append_new(list, rdap_text_of(v));
	json_array_foreach(v, i, e) {
		if (i == RDAP_LIST)
			break;
		if (json_is_string(e))
			json_array_append_new(list, rdap_text_of(e));
	}
	return list;
}

void
rdap_put(GString *out, const char *key, const char *s)
{
	json_put_text(out, key, s, cut_length(s, strlen(s)));
}

void
rdap_put_member(GString *out, const char *key, const json_t *o,
    const char *member)
{
	const json_t *v = json_object_get(o, member);

	if (json_is_string(v)) {
		json_put_text(out, key, json_string_value(v), cut_length(
		    json_string_value(v), json_string_length(v)));
	} else {
		json_t *text = rdap_text_of(v);

		json_put_value(out, key, text);
		json_arena_drop(text);
	}
}

void
rdap_each(const json_t *o, const char *key, rdap_each_fn *fn, void *arg)
{
	rdap_each_of(json_object_get(o, key), fn, arg);
}

void
rdap_each_of(const json_t *v, rdap_each_fn *fn, void *arg)
{
	const json_t *e;
	size_t i;

	if (json_is_object(v))
		fn(v, arg);
	/* A list of one list is that list. */
	if (json_array_size(v) == 1 && json_is_array(json_array_get(v, 0)))
		v = json_array_get(v, 0);
	json_array_foreach(v, i, e) {
		if (i == RDAP_LIST)
			break;
		if (json_object_size(e) > 0)
			fn(e, arg);
	}
}

int
rdap_bool(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);
	const char *s = json_string_value(v);

	if (json_is_boolean(v))
		return json_is_true(v);
	if (json_is_integer(v))
		return json_integer_value(v) != 0;
	if (s != NULL && g_ascii_strcasecmp(s, "true") == 0)
		return 1;
	if (s != NULL && g_ascii_strcasecmp(s, "false") == 0)
		return 0;
	return -1;
}

json_int_t
rdap_number(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);
	const char *s = json_string_value(v);
	guint64 n;

	if (json_is_integer(v) && json_integer_value(v) >= 0 &&
	    json_integer_value(v) <= G_MAXUINT32)
		return json_integer_value(v);
	if (s != NULL && g_ascii_string_to_unsigned(s, 10, 0, G_MAXUINT32, &n,
	    NULL))
		return (json_int_t)n;
	return -1;
}

gboolean
rdap_has(const json_t *o, const char *key, const char *word)
{
	const json_t *v = json_object_get(o, key), *e;
	size_t i;

	if (json_is_string(v))
		return g_ascii_strcasecmp(json_string_value(v), word) == 0;
	json_array_foreach(v, i, e) {
		if (i == RDAP_LIST)
			break;
		if (json_is_string(e) &&
		    g_ascii_strcasecmp(json_string_value(e), word) == 0)
			return TRUE;
	}
	return FALSE;
}

gboolean
rdap_url_ok(const char *s)
{
	const char *host;
	size_t n;

	if (g_ascii_strncasecmp(s, "https://", 8) == 0)
		host = s + 8;
	else if (g_ascii_strncasecmp(s, "http://", 7) == 0)
		host = s + 7;
	else
		return FALSE;
	n = strcspn(host, "/?#");
	if (n == 0 || *host == ':' || memchr(host, '@', n) != NULL)
		return FALSE;
	for (n = 0; s[n] != '\0'; n++)
		if (s[n] <= 0x20 || s[n] >= 0x7f || n == RDAP_URL ||
		    strchr("<>\"\\^`{}|", s[n]) != NULL)
			return FALSE;
	return TRUE;
}

char *
rdap_url(const char *base, const char *ref)
{
	g_autofree char *url = NULL;

	if (*ref == '\0' || strlen(ref) > RDAP_URL)
		return NULL;
	url = g_uri_resolve_relative(base, ref, G_URI_FLAGS_ENCODED, NULL);
	return url != NULL && rdap_url_ok(url) ? g_steal_pointer(&url) : NULL;
}

/* RFC 952 and 1123, underscores let pass: they are in use. */
static gboolean
is_hostname(const char *s)
{
	size_t label = 0, n;

	for (n = 0; s[n] != '\0'; n++) {
		char c = s[n];

		if (c == '.' ? label == 0 : !g_ascii_isalnum(c) && c != '_' &&
		    (c != '-' || label == 0))
			return FALSE;
		label = c == '.' ? 0 : label + 1;
		if (label > 63 || (c == '.' && s[n - 1] == '-'))
			return FALSE;
	}
	return label > 0 && n <= 253 && s[n - 1] != '-';
}

char *
rdap_hostname(const char *name)
{
	g_autofree char *s = NULL;
	size_t n = strlen(name);
	char *ascii = NULL;

	if (n > 1 && name[n - 1] == '.')
		n--;
	if (n == 0 || n > 1024)
		return NULL;
	s = g_strndup(name, n);
	if (!g_str_is_ascii(s)) {
		if (idn2_to_ascii_8z(s, &ascii, IDN2_NONTRANSITIONAL |
		    IDN2_NFC_INPUT) != IDN2_OK)
			return NULL;
		g_free(s);
		s = g_strdup(ascii);
		idn2_free(ascii);
	}
	for (char *p = s; *p != '\0'; p++)
		*p = g_ascii_tolower(*p);
	return is_hostname(s) ? g_steal_pointer(&s) : NULL;
}
