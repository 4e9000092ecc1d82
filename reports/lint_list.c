/*
 * Names that stand in one list with an entity of entities.csv: "letters to
 * LiteServer B.V., Instra and ISNIC", or items one below the other.  A list that
 * has one of those asked has nobody else in it, whatever form the name has.
 */

#include <string.h>

#include "probes/rdap_words.h"
#include "reports/lint_priv.h"
#include "reports/sight.h"

#define LIST_MOST	300	/* bytes to each side of the name that is known */
#define NAME_WORDS	7

/* ---- what may be a name ----------------------------------------------------------- */

static gboolean
is_name_word(const char *s)
{
	static const char *const small[] = { "of", "de", "the", "-", "\xc3\xa1",
		"van", "von", "&" };

	for (size_t i = 0; i < G_N_ELEMENTS(small); i++)
		if (strcmp(s, small[i]) == 0)
			return TRUE;
	return g_ascii_isupper(*s) || g_ascii_isdigit(*s) ||
	    ((guchar)*s & 0x80) != 0;
}

static gboolean
is_name(const char *s)
{
	static const char *const never[] = { "Court", "Plaintiff", "Defendant",
		"Doe", "Does", "Rule", "Exhibit", "District", "Hague", "ECF",
		"Civ", "Request", "Letters", "Letter", "Order", "Motion" };
	g_auto(GStrv) words = g_strsplit_set(s, " \n", -1);
	guint n = g_strv_length(words);

	if (!g_ascii_isupper(*s) || n > NAME_WORDS || strlen(s) < 3 ||
	    rdap_country(s) != NULL)
		return FALSE;
	for (guint i = 0; i < n; i++) {
		if (!is_name_word(words[i]))
			return FALSE;
		for (size_t k = 0; k < G_N_ELEMENTS(never); k++)
			if (g_str_has_prefix(words[i], never[k]))
				return FALSE;
	}
	return TRUE;
}

/* "Ltd." behind a comma belongs to the name before it. */
static gboolean
is_form(const char *s)
{
	static const char *const forms[] = { "Inc", "Ltd", "LLC", "LP", "LLP",
		"Limited", "Corp", "GmbH", "AG", "SA", "Pty", "Co", "L.L.C",
		"L.P", "B.V", "S.A" };
	g_autofree char *bare = g_strdup(s);
	size_t n = strlen(bare);

	if (n > 0 && bare[n - 1] == '.')
		bare[n - 1] = '\0';
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
		if (strcmp(bare, forms[i]) == 0)
			return TRUE;
	return FALSE;
}

/* ---- lists in a sentence ---------------------------------------------------------- */

/* Before which the list cannot have begun. */
static size_t
list_begin(const char *s, size_t at)
{
	static const char *const before[] = { " to ", " from ", " upon ", " on ",
		" against ", "\nto ", " to\n", ": ", ":\n" };
	size_t least = at > LIST_MOST ? at - LIST_MOST : 0;

	for (size_t i = at; i > least; i--)
		for (size_t k = 0; k < G_N_ELEMENTS(before); k++)
			if (g_str_has_prefix(s + i - 1, before[k]) &&
			    i - 1 + strlen(before[k]) <= at)
				return i - 1 + strlen(before[k]);
	return at;
}

static size_t
list_end(const char *s, size_t at, size_t len)
{
	static const char *const behind[] = { " that ", " who ", " which ",
		" requesting ", " for ", " to ", " asking ", " seeking ",
		" in order", " as ", " by ", " under ", " is ", " are ",
		" has ", " have ", " will " };
	size_t most = MIN(len, at + LIST_MOST);

	for (size_t i = at; i < most; i++)
		for (size_t k = 0; k < G_N_ELEMENTS(behind); k++)
			if (g_str_has_prefix(s + i, behind[k]))
				return i;
	return most;
}

/* Remarks in parentheses go out; "and" and "or" become commas. */
static char *
commas(const char *s, size_t len)
{
	GString *out = g_string_new(NULL);
	unsigned deep = 0;

	for (size_t i = 0; i < len; i++) {
		if (s[i] == '(')
			deep++;
		else if (s[i] == ')' && deep > 0)
			deep--;
		else if (deep == 0)
			g_string_append_c(out, s[i] == '\n' ? ' ' :
			    s[i] == ';' ? ',' : s[i]);
	}
	g_string_replace(out, " and ", ", ", 0);
	g_string_replace(out, " or ", ", ", 0);
	return g_string_free(out, FALSE);
}

static void
list_names(const char *list, lint_name_fn *fn, void *arg)
{
	g_auto(GStrv) parts = g_strsplit(list, ",", 40);

	for (guint i = 0; parts[i] != NULL; i++) {
		char *s = g_strstrip(parts[i]);

		for (; g_str_has_prefix(s, "the ") ||
		    g_str_has_prefix(s, "to "); s = strchr(s, ' ') + 1)
			;
		if (g_str_has_suffix(s, ".") && parts[i + 1] == NULL)
			s[strlen(s) - 1] = '\0';
		if (is_name(s) && !is_form(s))
			fn(s, arg);
	}
}

void
lint_list_sentence(const char *text, size_t len, size_t at, lint_name_fn *fn,
    void *arg)
{
	size_t from = list_begin(text, at), to = list_end(text, at, len);
	g_autofree char *list = commas(text + from, to - from);

	list_names(list, fn, arg);
}

/* ---- items ------------------------------------------------------------------------------ */

size_t
lint_enumerator(const char *s)
{
	size_t n = 0, digits;

	n += *s == '(';
	digits = strspn(s + n, "0123456789");
	if (digits == 0 || digits > 2)
		digits = g_ascii_isalpha(s[n]) ? 1 : 0;
	n += digits;
	if (digits == 0 || (s[n] != '.' && s[n] != ')') ||
	    !g_ascii_isspace(s[n + 1]))
		return 0;
	return n + 1 + strspn(s + n + 1, " \t\n");
}

char *
lint_item_name(const char *text, size_t len)
{
	g_autofree char *line = g_strndup(text, MIN(len, 200));
	g_autofree char *list = NULL;
	char *s = line + lint_enumerator(line), *end;

	list = commas(s, strlen(s));
	end = strchr(list, ',');
	if (end != NULL)
		*end = '\0';
	for (size_t i = 0; i < 3; i++) {
		static const char *const cut[] = { ": ", " which ", " for " };

		end = strstr(list, cut[i]);
		if (end != NULL)
			*end = '\0';
	}
	g_strstrip(list);
	return is_name(list) ? g_strdup(list) : NULL;
}
