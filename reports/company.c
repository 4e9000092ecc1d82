/* Names of companies, and how well two of them agree; see company.h. */

#include "reports/company.h"

#include <string.h>

#include "probes/rdap_words.h"

#define COMPANY_PART	5	/* letters of one of several names */

/* Endings that tell a legal form and nothing of who it is. */
static const char *const legal_forms[] = {
	"ab", "ag", "aps", "as", "asa", "bv", "co", "company", "corp",
	"corporation", "ehf", "eood", "gmbh", "hf", "inc", "incorporated", "kft",
	"limited", "llc", "llp", "lp", "ltd", "ltda", "nv", "ood", "oy", "oyj",
	"plc", "pte", "pty", "pvt", "sa", "sarl", "sas", "se", "sl", "spa",
	"spzoo", "srl", "sro", "ug", "uab",
};

static gboolean
legal_form(const char *word)
{
	for (size_t i = 0; i < G_N_ELEMENTS(legal_forms); i++)
		if (strcmp(word, legal_forms[i]) == 0)
			return TRUE;
	return FALSE;
}

/* Letters and digits stay; a full stop goes ("B.V." is "bv"); all else parts
 * words. */
static GString *
company_fold(const char *name)
{
	g_autofree char *valid = g_utf8_make_valid(name, -1);
	g_autofree char *folded = g_utf8_casefold(valid, -1);
	GString *s = g_string_new(NULL);

	for (const char *p = folded; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (g_unichar_isalnum(c))
			g_string_append_unichar(s, c);
		else if (c != '.')
			g_string_append_c(s, ' ');
	}
	return s;
}

char **
company_words(const char *name)
{
	g_autoptr(GString) folded = company_fold(name);
	g_auto(GStrv) parts = g_strsplit(folded->str, " ", 64);
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);

	for (char **p = parts; *p != NULL; p++)
		if (**p != '\0')
			g_ptr_array_add(words, g_strdup(*p));
	while (words->len > 1 &&
	    legal_form(g_ptr_array_index(words, words->len - 1)))
		g_ptr_array_remove_index(words, words->len - 1);
	g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_free(words, FALSE);
}

/* "Google Ireland Limited" is another company than Google LLC. */
static gboolean
begins_with_place(char **words)
{
	static const char *const regions[] = { "africa", "apac", "asia", "emea",
		"eu", "europe", "us" };
	g_autofree char *two = NULL;

	if (words[0] == NULL)
		return FALSE;
	for (size_t i = 0; i < G_N_ELEMENTS(regions); i++)
		if (strcmp(words[0], regions[i]) == 0)
			return TRUE;
	two = g_strjoin(" ", words[0], words[1], NULL);
	return rdap_country(words[0]) != NULL || rdap_country(two) != NULL;
}

/* Without what stands in parentheses: a remark, and no name. */
static char *
without_remarks(const char *name)
{
	GString *s = g_string_new(NULL);
	int depth = 0;

	for (; *name != '\0'; name++) {
		depth += *name == '(';
		if (depth == 0)
			g_string_append_c(s, *name);
		if (*name == ')' && depth > 0)
			depth--;
	}
	return g_string_free(s, FALSE);
}

/* " word word ": one blank before, between and after. */
static GString *
words_spaced(const char *text)
{
	g_autoptr(GString) folded = company_fold(text);
	GString *s = g_string_new(" ");

	for (const char *p = folded->str; *p != '\0'; p++)
		if (*p != ' ' || s->str[s->len - 1] != ' ')
			g_string_append_c(s, *p);
	if (s->str[s->len - 1] != ' ')
		g_string_append_c(s, ' ');
	return s;
}

static gboolean
words_same(char **a, char **b)
{
	while (*a != NULL && *b != NULL && strcmp(*a, *b) == 0) {
		a++;
		b++;
	}
	return *a == NULL && *b == NULL;
}

/* ---- several names in one ---------------------------------------------------- */

static const char *const part_signs[] = {
	" - ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", " / ", " d/b/a ", " dba ",
	" t/a ", " trading as ", " aka ", " a/k/a ", " f/k/a ", " formerly ",
};

static gboolean
has_parts(const char *name)
{
	if (strchr(name, '(') != NULL)
		return TRUE;
	for (size_t i = 0; i < G_N_ELEMENTS(part_signs); i++)
		if (strstr(name, part_signs[i]) != NULL)
			return TRUE;
	return FALSE;
}

/* "ISNIC - Internet á Íslandi hf." is known by either. */
static char **
company_parts(const char *name)
{
	g_autofree char *bare = without_remarks(name);
	g_autoptr(GString) s = g_string_new(bare);

	for (size_t i = 0; i < G_N_ELEMENTS(part_signs); i++)
		g_string_replace(s, part_signs[i], "\n", 0);
	return g_strsplit(s->str, "\n", 8);
}

/* One of several is a name only where it could be nobody else's: no country, no
 * two or three letters. */
static gboolean
part_names(char **words, gboolean several)
{
	g_autofree char *joined = g_strjoinv("", words);

	if (!several)
		return *words != NULL;
	return g_utf8_strlen(joined, -1) >= COMPANY_PART &&
	    !begins_with_place(words);
}

static gboolean
parts_fit(const char *entity, const char *name)
{
	g_auto(GStrv) a = company_parts(entity);
	g_auto(GStrv) b = company_parts(name);

	for (char **p = a; *p != NULL; p++) {
		g_auto(GStrv) x = company_words(*p);

		if (!part_names(x, a[1] != NULL))
			continue;
		for (char **q = b; *q != NULL; q++) {
			g_auto(GStrv) y = company_words(*q);

			if (words_same(x, y))
				return TRUE;
		}
	}
	return FALSE;
}

/* ---- how well two names agree -------------------------------------------------- */

static gboolean
begins(char **a, char **b)
{
	size_t i;

	for (i = 0; a[i] != NULL; i++)
		if (b[i] == NULL || strcmp(a[i], b[i]) != 0)
			return FALSE;
	return !begins_with_place(b + i);
}

enum company_fit
company_fit(const char *entity, const char *name)
{
	g_auto(GStrv) a = company_words(entity);
	g_auto(GStrv) b = company_words(name);

	if (a[0] == NULL || b[0] == NULL)
		return FIT_NONE;
	if (words_same(a, b)) {
		g_autoptr(GString) x = words_spaced(entity);
		g_autoptr(GString) y = words_spaced(name);

		return strcmp(x->str, y->str) == 0 ? FIT_WHOLE : FIT_WORDS;
	}
	if ((has_parts(entity) || has_parts(name)) && parts_fit(entity, name))
		return FIT_PART;
	return begins(a, b) ? FIT_BEGINS : FIT_NONE;
}

gboolean
entity_is(const char *entity, const char *name)
{
	return company_fit(entity, name) != FIT_NONE;
}

static gboolean
labels_have(char **words, const char *host)
{
	g_autofree char *joined = g_strjoinv("", words);
	g_auto(GStrv) labels = g_strsplit(host, ".", 128);

	for (char **l = labels; *l != NULL; l++)
		if (*joined != '\0' && g_ascii_strcasecmp(*l, joined) == 0)
			return TRUE;
	return FALSE;
}

gboolean
entity_is_host(const char *entity, const char *host)
{
	g_auto(GStrv) parts = company_parts(entity);

	for (char **p = parts; *p != NULL; p++) {
		g_auto(GStrv) words = company_words(*p);

		if (part_names(words, parts[1] != NULL) &&
		    labels_have(words, host))
			return TRUE;
	}
	return FALSE;
}

gboolean
entity_named(const char *entity, const char *text)
{
	g_autofree char *bare = without_remarks(entity);
	g_auto(GStrv) words = company_words(bare);
	g_autofree char *joined = g_strjoinv(" ", words);
	g_autofree char *wanted = g_strdup_printf(" %s ", joined);
	g_autoptr(GString) in = words_spaced(text);

	return *joined != '\0' && strstr(in->str, wanted) != NULL;
}
