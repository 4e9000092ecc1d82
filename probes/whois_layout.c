/* Which layout an answer is in: the server's, the TLD's, or by its signs. */

#include <string.h>

#include "probes/rdap.h"
#include "probes/whois.h"

#define SIGNS	256	/* lines looked at for signs */

const char *
whois_layout_key(const struct whois_layout *l, const char *heading,
    const char *key)
{
	const char *plain = NULL;
	gsize h = strlen(heading);

	for (const struct whois_key_row *k = l->keys;
	    k != NULL && k->key != NULL; k++) {
		if (h > 0 && strncmp(k->key, heading, h) == 0 &&
		    k->key[h] == '/' && strcmp(k->key + h + 1, key) == 0)
			return k->field;
		if (plain == NULL && *k->key == *key &&
		    strcmp(k->key, key) == 0)
			plain = k->field;
	}
	return plain;
}

gboolean
whois_layout_section(const struct whois_layout *l, const char *heading)
{
	gsize h = strlen(heading);

	for (const struct whois_key_row *k = l->keys;
	    k != NULL && k->key != NULL; k++)
		if (strncmp(k->key, heading, h) == 0 && k->key[h] == '/')
			return TRUE;
	return FALSE;
}

void
whois_found_add(GArray *out, const char *field, const char *part, guint line,
    gsize offset, gsize len)
{
	struct whois_field f = { field, part, line, offset, len, FALSE };

	if (field == NULL)
		return;

	if (out->len < WHOIS_FIELDS && len > 0 && len <= WHOIS_VALUE)
		g_array_append_val(out, f);
}

gboolean
whois_layout_end(const struct whois_text *t, const struct whois_line *l)
{
	const char *s = t->text + l->offset + l->indent;
	gsize n = l->len - l->indent;

	if (n >= 3 && memcmp(s, ">>>", 3) == 0)
		return TRUE;
	return (n >= 7 && g_ascii_strncasecmp(s, "notice:", 7) == 0) ||
	    (n >= 12 && g_ascii_strncasecmp(s, "terms of use", 12) == 0);
}

gboolean
whois_names(const struct whois_text *t, const struct whois_line *l,
    const char *subject, gboolean *other)
{
	g_autofree char *value = whois_utf8(t, l->value, l->value_len);
	g_autofree char *host = NULL;

	*other = FALSE;
	value[strcspn(value, " \t[")] = '\0';
	if (g_ascii_strcasecmp(value, subject) == 0)
		return TRUE;
	host = rdap_hostname(value);
	if (host == NULL)
		return FALSE;
	*other = strcmp(host, subject) != 0;
	return !*other;
}

/* The beginning of the block in which the line stands. */
static guint
block_start(const struct whois_text *t, guint i)
{
	while (i > 0 && !whois_line_empty(whois_line(t, i - 1)))
		i--;
	return i;
}

/* Whether the line has the key of the domain's name. */
static gboolean
is_domain(const struct whois_text *t, const struct whois_line *l)
{
	char key[WHOIS_KEY + 1];

	if (l->key_len < 5 || l->value_len == 0 ||
	    g_ascii_tolower(t->text[l->key]) != 'd')
		return FALSE;
	whois_key(t, l, key);
	return g_strcmp0(whois_word_plain(key), "domain") == 0;
}

guint
whois_layout_next(const struct whois_text *t, guint i, const char *subject)
{
	gboolean other;

	for (i++; i < t->lines->len; i++)
		if (is_domain(t, whois_line(t, i)) &&
		    whois_names(t, whois_line(t, i), subject, &other))
			break;
	return i;
}

guint
whois_layout_start(const struct whois_text *t, const char *subject)
{
	gboolean before = FALSE;

	for (guint i = 0; i < t->lines->len; i++) {
		const struct whois_line *l = whois_line(t, i);
		gboolean other;

		if (!is_domain(t, l))
			continue;
		if (whois_names(t, l, subject, &other))
			return before ? block_start(t, i) : 0;
		before = TRUE;
	}
	return 0;
}

/* ---- signs */

/* The first character of a key as whois_key() gives it: a cheap look before a
 * dear one. */
static char
key_first(const struct whois_text *t, const struct whois_line *l)
{
	const char *s = t->text + l->key, *end = s + l->key_len;

	while (s < end && *s != '\0' && strchr(" \t*%#=-[", *s) != NULL)
		s++;
	return s < end ? g_ascii_tolower(*s) : '\0';
}

static gboolean
has_key(const struct whois_text *t, guint from, const char *sign)
{
	char key[WHOIS_KEY + 1];
	guint to = MIN(t->lines->len, from + SIGNS);
	gboolean bracket = *sign == '[';

	for (guint i = from; i < to; i++) {
		const struct whois_line *l = whois_line(t, i);

		if (l->key_len > 0 && l->bracket == bracket &&
		    (l->value_len > 0 || bracket) &&
		    key_first(t, l) == sign[bracket] &&
		    whois_key(t, l, key) > 0 && strcmp(key, sign + bracket) == 0)
			return TRUE;
	}
	return FALSE;
}

/* The key (any where it is NULL) alone on its line, and something below it,
 * further in. */
static gboolean
has_heading(const struct whois_text *t, guint from, gboolean contact)
{
	guint to = MIN(t->lines->len, from + SIGNS);
	char key[WHOIS_KEY + 1];

	for (guint i = from; i + 1 < to; i++) {
		const struct whois_line *l = whois_line(t, i);
		const struct whois_line *next = whois_line(t, i + 1);

		if (l->key_len > 0 && l->value_len == 0 &&
		    next->indent > l->indent && !whois_line_empty(next) &&
		    whois_key(t, l, key) > 0 &&
		    (!contact || whois_word_role(key) != ROLE_NONE))
			return TRUE;
	}
	return FALSE;
}

/* ---- whose layout it is */

/* The layouts of a server or TLD, as bits. */
struct mask {
	guint64	bits[2];
};

struct owners {
	GHashTable	*hosts, *tlds;	/* word -> struct mask */
};

static void
owners_add(GHashTable *t, const char *list, size_t i)
{
	g_auto(GStrv) words = list != NULL ? g_strsplit(list, " ", -1) : NULL;

	for (char **w = words; w != NULL && *w != NULL; w++) {
		struct mask *m = g_hash_table_lookup(t, *w);

		if (**w == '\0')
			continue;
		if (m == NULL) {
			m = g_new0(struct mask, 1);
			g_hash_table_insert(t, g_strdup(*w), m);
		}
		m->bits[i / 64] |= G_GUINT64_CONSTANT(1) << i % 64;
	}
}

/* Made once; it holds nothing but the table of layouts. */
static const struct owners *
owners(void)
{
	static struct owners made;
	static gsize once;

	if (g_once_init_enter(&once)) {
		g_assert(whois_layouts_count <= 128);
		made.hosts = g_hash_table_new(g_str_hash, g_str_equal);
		made.tlds = g_hash_table_new(g_str_hash, g_str_equal);
		for (size_t i = 0; i < whois_layouts_count; i++) {
			owners_add(made.hosts, whois_layouts[i].hosts, i);
			owners_add(made.tlds, whois_layouts[i].tlds, i);
		}
		g_once_init_leave(&once, 1);
	}
	return &made;
}

static void
mask_add(struct mask *m, GHashTable *t, const char *word)
{
	g_autofree char *low = g_ascii_strdown(word, -1);
	const struct mask *of = g_hash_table_lookup(t, low);

	for (size_t i = 0; of != NULL && i < 2; i++)
		m->bits[i] |= of->bits[i];
}

/* Those that are the server's or the TLD's, and those that are nobody's. */
static struct mask
candidates(const char *host, const char *tld)
{
	struct mask m = { { 0, 0 } };

	mask_add(&m, owners()->hosts, host);
	mask_add(&m, owners()->tlds, tld);
	for (size_t i = 0; i < whois_layouts_count; i++)
		if (whois_layouts[i].hosts == NULL &&
		    whois_layouts[i].tlds == NULL)
			m.bits[i / 64] |= G_GUINT64_CONSTANT(1) << i % 64;
	return m;
}

static gboolean
fits(const struct whois_layout *l, const struct whois_text *t, guint from)
{
	if (l->headed && !has_heading(t, from, FALSE))
		return FALSE;
	return (l->sign == NULL || has_key(t, from, l->sign)) &&
	    (!l->flat || !has_heading(t, from, TRUE));
}

/* A layout counts where it gave more than a heading and its name. */
static gboolean
enough(const GArray *fields)
{
	for (guint i = 0; i < fields->len; i++) {
		const char *f =
		    g_array_index(fields, struct whois_field, i).field;

		if (strcmp(f, "domain") != 0 && strcmp(f, "status") != 0)
			return TRUE;
	}
	return FALSE;
}

static void
read_as(const struct whois_layout *l, const struct whois_text *t, guint from,
    const char *subject, GArray *out)
{
	if (l->form == FORM_OBJECTS)
		whois_objects(t, l, from, subject, out);
	else
		whois_pairs(t, l, from, subject, out);
}

/* The line after the one that consists of these words, or from. */
static guint
start_after(const struct whois_text *t, guint from, const char *words)
{
	gsize n = words != NULL ? strlen(words) : 0;

	for (guint i = from; n > 0 && i < t->lines->len; i++) {
		const struct whois_line *l = whois_line(t, i);

		if (l->len - l->indent == n && g_ascii_strncasecmp(
		    t->text + l->offset + l->indent, words, n) == 0)
			return i + 1;
	}
	return from;
}

/* A hyphen stands where there is no value; in objects "n/a" does, and in place
 * of a name server "not.defined" (.uz). */
static gboolean
is_no_value(const struct whois_layout *l, const char *s, gsize len)
{
	return (len == 1 && *s == '-') || (len == 3 &&
	    l->form == FORM_OBJECTS && memcmp(s, "n/a", 3) == 0) ||
	    (len >= 11 && memcmp(s, "not.defined", 11) == 0);
}

static gboolean
separates(char c)
{
	return c == ',' || c == ';' || c == ' ' || c == '\t';
}

/* Whether a value is a list of words on one line: "clientHold,clientRenew", or
 * names of hosts.  A name with its addresses is none. */
static gboolean
is_list(const char *s, gsize len, gboolean hosts)
{
	gsize word = 0, words = 0;
	gboolean comma = memchr(s, ',', len) != NULL ||
	    (hosts && memchr(s, ';', len) != NULL);

	for (gsize i = 0; i <= len; i++) {
		if (i < len && !separates(s[i])) {
			word++;
			if (hosts && strchr(":[]()/", s[i]) != NULL)
				return FALSE;
			continue;
		}
		if (word > 0 && hosts && (g_ascii_isdigit(s[i - 1]) ||
		    memchr(s + i - word, '.', word) == NULL ||
		    g_str_has_prefix(s + i - word, "not.defined")))
			return FALSE;
		words += word > 0;
		/* "Registered until expiry, or so": words between commas. */
		if (!hosts && word > 0 && i < len && (s[i] == ' ' ||
		    s[i] == '\t'))
			return FALSE;
		word = 0;
	}
	return words > 1 && (comma || hosts);
}

/* The words of a list, in the place of field i. */
static void
split_list(const struct whois_text *t, GArray *fields, guint i)
{
	struct whois_field f = g_array_index(fields, struct whois_field, i);
	gsize at = f.offset, end = f.offset + f.len;

	g_array_remove_index(fields, i);
	while (at < end && fields->len < WHOIS_FIELDS) {
		while (at < end && separates(t->text[at]))
			at++;
		f.offset = at;
		while (at < end && !separates(t->text[at]))
			at++;
		f.len = at - f.offset;
		if (f.len > 0)
			g_array_insert_val(fields, i++, f);
	}
}

/* "example.net	NS	ns1.example.com.": the last is meant. */
static void
take_record(const struct whois_text *t, struct whois_field *f)
{
	const char *s = t->text + f->offset;
	const char *ns = g_strstr_len(s, (gssize)f->len, "\tNS\t");

	if (ns != NULL) {
		f->len -= (gsize)(ns - s) + 4;
		f->offset += (gsize)(ns - s) + 4;
	}
}

/* What several layouts write in place of one plain value. */
static void
tidy(const struct whois_layout *l, const struct whois_text *t, GArray *fields)
{
	for (guint i = fields->len; i > 0; i--) {
		struct whois_field *f =
		    &g_array_index(fields, struct whois_field, i - 1);
		const char *s = t->text + f->offset;
		gboolean hosts = strcmp(f->field, "ns") == 0;

		if (is_no_value(l, s, f->len)) {
			g_array_remove_index(fields, i - 1);
			continue;
		}
		if (!hosts && strcmp(f->field, "status") != 0)
			continue;
		if (hosts)
			take_record(t, f);
		if (is_list(t->text + f->offset, f->len, hosts))
			split_list(t, fields, i - 1);
	}
}

void
whois_layout_read(const struct whois_text *t, const char *host,
    const char *subject, struct whois_found *found)
{
	const char *dot = strrchr(subject, '.');
	struct mask may = candidates(host, dot != NULL ? dot + 1 : subject);
	guint from = whois_layout_start(t, subject);
	size_t last = whois_layouts_count - 1;

	found->layout = NULL;
	found->fields = g_array_new(FALSE, FALSE, sizeof(struct whois_field));
	for (size_t i = 0; i <= last; i++) {
		const struct whois_layout *l = &whois_layouts[i];

		if ((may.bits[i / 64] >> i % 64 & 1) == 0 || !fits(l, t, from))
			continue;
		read_as(l, t, start_after(t, from, l->after), subject,
		    found->fields);
		tidy(l, t, found->fields);
		if (enough(found->fields) ||
		    (i == last && found->fields->len > 0)) {
			found->layout = l;
			return;
		}
		g_array_set_size(found->fields, 0);
	}
}

void
whois_found_clear(struct whois_found *found)
{
	g_clear_pointer(&found->fields, g_array_unref);
}
