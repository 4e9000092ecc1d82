#include <string.h>

#include "embed.h"
#include "probes/rdap_words.h"

struct row {
	const char	*text;
	size_t		 len;
	gboolean	 whole;
};

/* Rows by their first byte: a text is walked once for a whole list.  At most
 * places no row begins, which two bytes tell. */
struct list {
	GArray		*rows;		/* struct row, sorted */
	guint		 from[257];
	unsigned char	 pairs[256][32];	/* bits: a row begins so */
};

static int
by_text(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int c = memcmp(x->text, y->text, MIN(x->len, y->len));

	return c != 0 ? c : (x->len > y->len) - (x->len < y->len);
}

static void
list_row(struct list *l, const char *line, size_t len)
{
	struct row r = { line, len, len > 0 && *line == '=' };

	if (r.whole) {
		r.text++;
		r.len--;
	}
	if (r.len > 0 && *line != '#')
		g_array_append_val(l->rows, r);
}

/* In either case, so that a text need not be made lower to be walked. */
static void
list_pair(struct list *l, const struct row *r)
{
	const char first[2] = { r->text[0], g_ascii_toupper(r->text[0]) };
	const char second[2] = { r->len > 1 ? r->text[1] : '\0',
	    r->len > 1 ? g_ascii_toupper(r->text[1]) : '\0' };

	for (size_t i = 0; i < 4; i++) {
		unsigned char *bits = l->pairs[(unsigned char)first[i / 2]];
		unsigned char b = (unsigned char)second[i % 2];

		if (r->len > 1)
			bits[b / 8] |= (unsigned char)(1u << b % 8);
		else
			memset(bits, 0xff, 32);
	}
}

static void
list_index(struct list *l)
{
	g_array_sort(l->rows, by_text);
	for (guint i = 0; i < l->rows->len; i++)
		list_pair(l, &g_array_index(l->rows, struct row, i));
	for (guint c = 0, i = 0; c <= 256; c++) {
		while (i < l->rows->len && (unsigned char)*g_array_index(
		    l->rows, struct row, i).text < c)
			i++;
		l->from[c] = i;
	}
}

static void
list_rows(struct list *l, const char *text, const char *end)
{
	while (text < end) {
		size_t n = (size_t)(end - text);
		const char *lf = memchr(text, '\n', n);

		list_row(l, text, lf != NULL ? (size_t)(lf - text) : n);
		text = lf != NULL ? lf + 1 : end;
	}
}

static struct list *
list_new(const char *text, const char *end)
{
	struct list *l = g_new0(struct list, 1);

	l->rows = g_array_new(FALSE, FALSE, sizeof(struct row));
	list_rows(l, text, end);
	list_index(l);
	return l;
}

/* The words of two lists: a text is walked once for both. */
static struct list *
list_of_both(void)
{
	struct list *l = g_new0(struct list, 1);

	l->rows = g_array_new(FALSE, FALSE, sizeof(struct row));
	list_rows(l, embed_probes_data_withheld_words_txt,
	    embed_probes_data_withheld_words_txt_end);
	list_rows(l, embed_probes_data_withheld_whois_txt,
	    embed_probes_data_withheld_whois_txt_end);
	list_index(l);
	return l;
}

static inline unsigned char
lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

static gboolean
row_is(const struct row *r, const char *text)
{
	for (size_t i = 0; i < r->len; i++)
		if (lower(text[i]) != (unsigned char)r->text[i])
			return FALSE;
	return TRUE;
}

static gboolean
list_at(const struct list *l, const char *text, size_t at, size_t len)
{
	unsigned char c = lower(text[at]);

	for (guint i = l->from[c]; i < l->from[c + 1]; i++) {
		const struct row *r = &g_array_index(l->rows, struct row, i);

		if (r->len <= len - at && (!r->whole ||
		    (at == 0 && r->len == len)) && row_is(r, text + at))
			return TRUE;
	}
	return FALSE;
}

static gboolean
list_holds(const struct list *l, const char *text, size_t most)
{
	size_t n = strnlen(text, most);
	unsigned char c, next = n > 0 ? (unsigned char)text[0] : 0;

	for (size_t at = 0; at < n; at++) {
		c = next;
		next = at + 1 < n ? (unsigned char)text[at + 1] : 0;
		if (l->pairs[c][next / 8] >> next % 8 & 1 &&
		    list_at(l, text, at, n))
			return TRUE;
	}
	return FALSE;
}

gboolean
rdap_withheld(const char *text)
{
	static struct list *l;

	if (g_once_init_enter(&l))
		g_once_init_leave(&l,
		    list_new(embed_probes_data_withheld_words_txt,
		    embed_probes_data_withheld_words_txt_end));
	return list_holds(l, text, RDAP_WORDS_TEXT);
}

gboolean
rdap_privacy_service(const char *text)
{
	static struct list *l;

	if (g_once_init_enter(&l))
		g_once_init_leave(&l,
		    list_new(embed_probes_data_privacy_services_txt,
		    embed_probes_data_privacy_services_txt_end));
	return list_holds(l, text, RDAP_WORDS_TEXT);
}

gboolean
rdap_withheld_whois(const char *text)
{
	static struct list *l;

	if (g_once_init_enter(&l))
		g_once_init_leave(&l, list_of_both());
	return list_holds(l, text, G_MAXSSIZE);
}

/* ---- countries */

static GHashTable *
countries_new(void)
{
	GHashTable *t = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	g_auto(GStrv) lines = g_strsplit(embed_probes_data_countries_tsv, "\n",
	    -1);

	for (char **l = lines; *l != NULL; l++) {
		g_auto(GStrv) part = g_strsplit(*l, "\t", 2);

		if (**l != '#' && part[0] != NULL && part[1] != NULL)
			g_hash_table_insert(t, g_ascii_strdown(part[1], -1),
			    (gpointer)g_intern_string(part[0]));
	}
	return t;
}

gboolean
rdap_country_code(const char *code)
{
	const char row[] = { '\n', code[0], code[1], '\t', '\0' };

	return strstr(embed_probes_data_countries_tsv, row) != NULL;
}

const char *
rdap_country(const char *name)
{
	static GHashTable *t;
	g_autofree char *low = NULL;

	if (g_once_init_enter(&t))
		/* cppcheck-suppress leakNoVarFunctionCall */
		g_once_init_leave(&t, countries_new());
	if (*name == '\0' || strlen(name) > 64)
		return NULL;
	low = g_ascii_strdown(name, -1);
	return g_hash_table_lookup(t, low);
}
