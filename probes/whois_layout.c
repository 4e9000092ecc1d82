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
		if (h > 0 && *k->key == *heading &&
		    strncmp(k->key, heading, h) == 0 &&
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
	if (n < 7 || strchr("nNtT", *s) == NULL)
		return FALSE;
	return (n >= 7 && g_ascii_strncasecmp(s, "notice:", 7) == 0) ||
	    (n >= 12 && g_ascii_strncasecmp(s, "terms of use", 12) == 0);
}

/* "Domain: kino-alfa" and no more: of kino-alfa.be, once, and kino-alfa.eu. */
gboolean
whois_is_label(const char *value, const char *subject)
{
	gsize n = strcspn(subject, ".");

	return n > 0 && strlen(value) == n && subject[n] == '.' &&
	    strchr(subject + n + 1, '.') == NULL &&
	    g_ascii_strncasecmp(value, subject, n) == 0;
}

gboolean
whois_names(const struct whois_text *t, const struct whois_line *l,
    const char *subject, gboolean *other)
{
	g_autofree char *value = whois_utf8(t, l->value, l->value_len);
	g_autofree char *host = NULL;

	*other = FALSE;
	value[strcspn(value, " \t[")] = '\0';
	if (g_ascii_strcasecmp(value, subject) == 0 ||
	    whois_is_label(value, subject))
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

/* Whether the line begins the record of a host, which a registry may show above
 * the domain's where both have that name. */
static gboolean
is_host(const struct whois_text *t, const struct whois_line *l)
{
	return l->key_len == 11 && l->value_len > 0 &&
	    strcmp(whois_key(t, l), "server name") == 0;
}

/* Whether the line has the key of the domain's name. */
static gboolean
is_domain(const struct whois_text *t, const struct whois_line *l)
{
	const char *key;

	if (l->key_len < 5 || l->value_len == 0)
		return FALSE;
	key = whois_key(t, l);
	if (*key != 'd')
		return strcmp(key, "query") == 0;	/* CoCCA's, until 2012 */
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

		before = before || is_host(t, l);
		if (!is_domain(t, l))
			continue;
		if (whois_names(t, l, subject, &other))
			return before ? block_start(t, i) : 0;
		before = TRUE;
	}
	return 0;
}

/* ---- signs */

/* Layouts as bits. */
struct mask {
	guint64	bits[2];
};

static void
mask_set(struct mask *m, size_t i)
{
	m->bits[i / 64] |= G_GUINT64_CONSTANT(1) << i % 64;
}

static gboolean
mask_has(const struct mask *m, size_t i)
{
	return (m->bits[i / 64] >> i % 64 & 1) != 0;
}

/* The signs of all layouts, and by the first byte of a key the layouts whose
 * sign begins so. */
struct signs {
	struct mask	 by_first[256];
};

/* Made once; it holds nothing but the table of layouts. */
static const struct signs *
signs(void)
{
	static struct signs made;
	static gsize once;

	if (g_once_init_enter(&once)) {
		for (size_t i = 0; i < whois_layouts_count; i++) {
			const char *sign = whois_layouts[i].sign;

			if (sign != NULL)
				mask_set(&made.by_first[(unsigned char)
				    sign[*sign == '[']], i);
		}
		g_once_init_leave(&once, 1);
	}
	return &made;
}

/* Whether the line has the key that the layout is known by. */
static gboolean
is_sign(const struct whois_line *l, const char *key, const char *sign)
{
	gboolean bracket = *sign == '[';

	return l->bracket == bracket && (l->value_len > 0 || bracket) &&
	    strcmp(key, sign + bracket) == 0;
}

/* Of the layouts that may be, those whose sign is there. */
static struct mask
signed_ones(const struct whois_text *t, guint from, const struct mask *may)
{
	guint to = MIN(t->lines->len, from + SIGNS);
	const struct signs *of = signs();
	struct mask seen = { { 0, 0 } };

	for (guint i = from; i < to; i++) {
		const struct whois_line *l = whois_line(t, i);
		const char *key = whois_key(t, l);
		const struct mask *m = &of->by_first[(unsigned char)*key];

		for (size_t k = 0; k < 2; k++)
			for (guint64 left = m->bits[k] & may->bits[k] &
			    ~seen.bits[k]; left != 0; left &= left - 1) {
				int b = __builtin_ctzll(left);

				if (is_sign(l, key, whois_layouts[k * 64 +
				    (size_t)b].sign))
					seen.bits[k] |= left & -left;
			}
	}
	return seen;
}

/* The key (any where it is NULL) alone on its line, and something below it,
 * further in. */
static gboolean
has_heading(const struct whois_text *t, guint from, gboolean contact)
{
	guint to = MIN(t->lines->len, from + SIGNS);
	const char *key;

	for (guint i = from; i + 1 < to; i++) {
		const struct whois_line *l = whois_line(t, i);
		const struct whois_line *next = whois_line(t, i + 1);

		if (l->key_len > 0 && l->value_len == 0 &&
		    next->indent > l->indent && !whois_line_empty(next) &&
		    *(key = whois_key(t, l)) != '\0' &&
		    (!contact || whois_word_role(key) != ROLE_NONE))
			return TRUE;
	}
	return FALSE;
}

/* ---- whose layout it is */

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
		mask_set(m, i);
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
			mask_set(&m, i);
	return m;
}

static gboolean
fits(const struct whois_layout *l, const struct whois_text *t, guint from)
{
	if (l->headed && !has_heading(t, from, FALSE))
		return FALSE;
	return !l->flat || !has_heading(t, from, TRUE);
}

/* A layout counts where it gave more than a heading and its name; where none
 * did, the first of those that gave the most. */
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

void
whois_layout_read(const struct whois_text *t, const char *host,
    const char *subject, struct whois_found *found)
{
	const char *dot = strrchr(subject, '.');
	struct mask may = candidates(host, dot != NULL ? dot + 1 : subject);
	guint from = whois_layout_start(t, subject);
	struct mask seen = signed_ones(t, from, &may);
	GArray *fields = g_array_new(FALSE, FALSE, sizeof(struct whois_field));

	found->layout = NULL;
	found->fields = g_array_new(FALSE, FALSE, sizeof(struct whois_field));
	for (size_t i = 0; i < whois_layouts_count; i++) {
		const struct whois_layout *l = &whois_layouts[i];

		if (!mask_has(&may, i) || (l->sign != NULL &&
		    !mask_has(&seen, i)) || !fits(l, t, from))
			continue;
		read_as(l, t, start_after(t, from, l->after), subject,
		    fields);
		whois_tidy(l, t, fields);
		whois_split(t, fields);
		whois_tidy_orgs(t, fields);
		if (enough(fields) || fields->len > found->fields->len) {
			GArray *other = found->fields;

			found->fields = fields;
			found->layout = l;
			fields = other;
		}
		if (enough(found->fields))
			break;
		g_array_set_size(fields, 0);
	}
	g_array_unref(fields);
}

void
whois_found_clear(struct whois_found *found)
{
	g_clear_pointer(&found->fields, g_array_unref);
}
