#include "reports/forum.h"

#include <string.h>

#include "probes/rdap_words.h"
#include "reports/towns.h"

static const struct { char code[3]; const char *name; } states[] = {
	{ "AL", "Alabama" }, { "AK", "Alaska" }, { "AZ", "Arizona" },
	{ "AR", "Arkansas" }, { "CA", "California" }, { "CO", "Colorado" },
	{ "CT", "Connecticut" }, { "DE", "Delaware" },
	{ "DC", "District of Columbia" }, { "FL", "Florida" },
	{ "GA", "Georgia" }, { "HI", "Hawaii" }, { "ID", "Idaho" },
	{ "IL", "Illinois" }, { "IN", "Indiana" }, { "IA", "Iowa" },
	{ "KS", "Kansas" }, { "KY", "Kentucky" }, { "LA", "Louisiana" },
	{ "ME", "Maine" }, { "MD", "Maryland" }, { "MA", "Massachusetts" },
	{ "MI", "Michigan" }, { "MN", "Minnesota" }, { "MS", "Mississippi" },
	{ "MO", "Missouri" }, { "MT", "Montana" }, { "NE", "Nebraska" },
	{ "NV", "Nevada" }, { "NH", "New Hampshire" }, { "NJ", "New Jersey" },
	{ "NM", "New Mexico" }, { "NY", "New York" },
	{ "NC", "North Carolina" }, { "ND", "North Dakota" }, { "OH", "Ohio" },
	{ "OK", "Oklahoma" }, { "OR", "Oregon" }, { "PA", "Pennsylvania" },
	{ "RI", "Rhode Island" }, { "SC", "South Carolina" },
	{ "SD", "South Dakota" }, { "TN", "Tennessee" }, { "TX", "Texas" },
	{ "UT", "Utah" }, { "VT", "Vermont" }, { "VA", "Virginia" },
	{ "WA", "Washington" }, { "WV", "West Virginia" },
	{ "WI", "Wisconsin" }, { "WY", "Wyoming" },
	/* Territories: ISO 3166-2 has them under US, ISO 3166-1 as countries. */
	{ "AS", "American Samoa" }, { "GU", "Guam" },
	{ "MP", "Northern Mariana Islands" }, { "PR", "Puerto Rico" },
	{ "VI", "U.S. Virgin Islands" }, { "VI", "US Virgin Islands" },
	{ "UM", "United States Minor Outlying Islands" },
};

static const char territories[][3] = { "AS", "GU", "MP", "PR", "UM", "VI" };

/* Words for the country, as pages and people write them. */
static const char *const countries[] = {
	"United States of America", "United States", "U.S.A.", "USA", "U.S.",
};

static const char *
state_code(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(states); i++)
		if (g_ascii_strcasecmp(name, states[i].name) == 0)
			return states[i].code;
	return NULL;
}

static gboolean
is_state(const char *code)
{
	for (size_t i = 0; i < G_N_ELEMENTS(states); i++)
		if (g_ascii_strcasecmp(code, states[i].code) == 0)
			return TRUE;
	return FALSE;
}

const char *
forum_name(const char *code)
{
	if (code == NULL)
		return NULL;
	if (strcmp(code, "US") == 0)
		return "the United States";
	for (size_t i = 0; i < G_N_ELEMENTS(states); i++)
		if (g_str_has_prefix(code, "US-") &&
		    strcmp(code + 3, states[i].code) == 0)
			return states[i].name;
	return NULL;
}

gboolean
place_is_territory(const char *country)
{
	for (size_t i = 0; i < G_N_ELEMENTS(territories); i++)
		if (g_ascii_strcasecmp(country, territories[i]) == 0)
			return TRUE;
	return FALSE;
}

/* ---- reading ---------------------------------------------------------------- */

static gboolean
two_letters(const char *s)
{
	return g_ascii_isalpha(s[0]) && g_ascii_isalpha(s[1]) && s[2] == '\0';
}

/* "us-hi" */
static gboolean
read_code(const char *s, char code[PLACE_CODE])
{
	size_t n = strlen(s);
	gboolean fits = n == 2 || (n > 3 && n <= 6 && s[2] == '-');

	if (!fits || !g_ascii_isalpha(s[0]) || !g_ascii_isalpha(s[1]))
		return FALSE;
	for (size_t i = 3; i < n; i++)
		if (!g_ascii_isalnum(s[i]))
			return FALSE;
	if (place_is_territory(s)) {
		g_snprintf(code, PLACE_CODE, "US-%c%c", g_ascii_toupper(s[0]),
		    g_ascii_toupper(s[1]));
		return TRUE;
	}
	for (size_t i = 0; i <= n; i++)
		code[i] = g_ascii_toupper(s[i]);
	return TRUE;
}

/* The code of a country by name or code; FALSE where it is none. */
static gboolean
read_country(const char *s, char code[PLACE_CODE])
{
	const char *known;

	for (size_t i = 0; i < G_N_ELEMENTS(countries); i++)
		if (g_ascii_strcasecmp(s, countries[i]) == 0) {
			g_strlcpy(code, "US", PLACE_CODE);
			return TRUE;
		}
	if (two_letters(s))
		return read_code(s, code);
	known = rdap_country(s);
	return known != NULL && read_code(known, code);
}

static gboolean
read_state(const char *s, char code[PLACE_CODE])
{
	const char *known = state_code(s);

	if (known == NULL && two_letters(s) && is_state(s))
		known = s;
	if (known == NULL)
		known = town_state(s);
	if (known == NULL)
		return FALSE;
	g_snprintf(code, PLACE_CODE, "US-%c%c", g_ascii_toupper(known[0]),
	    g_ascii_toupper(known[1]));
	return TRUE;
}

gboolean
place_of(const char *country, const char *region, char code[PLACE_CODE])
{
	char state[PLACE_CODE];

	*code = '\0';
	if (!read_country(country, code))
		return FALSE;
	if (strcmp(code, "US") == 0 && read_state(region, state))
		g_strlcpy(code, state, PLACE_CODE);
	return TRUE;
}

/* One part: a code, a country, a state's name. Georgia is both, and none. */
static gboolean
read_one(const char *s, char code[PLACE_CODE])
{
	char state[PLACE_CODE];
	gboolean is = (state_code(s) != NULL || town_state(s) != NULL) &&
	    read_state(s, state);
	gboolean other = read_country(s, code);

	if (is && other && strcmp(code, state) != 0) {
		*code = '\0';
		return FALSE;
	}
	if (is)
		g_strlcpy(code, state, PLACE_CODE);
	return is || other || read_code(s, code);
}

/* Two letters of a state that are a country's as well: "Portland, ME". */
static gboolean
is_both(const char *letters)
{
	static const char both[][3] = { "AL", "AR", "AZ", "CA", "CO", "DE",
		"GA", "ID", "IL", "IN", "KY", "LA", "MA", "MD", "ME", "MN",
		"MO", "MS", "MT", "NC", "NE", "PA", "SC", "SD", "TN", "VA" };

	for (size_t i = 0; i < G_N_ELEMENTS(both); i++)
		if (g_ascii_strcasecmp(letters, both[i]) == 0)
			return TRUE;
	return FALSE;
}

/* The last part is a country, and the one before may be its state; or it is a
 * state, and the country is not written. */
static gboolean
read_parts(char **parts, guint n, char code[PLACE_CODE])
{
	const char *last = parts[n - 1], *before = parts[n - 2];

	if (!two_letters(last))
		return read_one(last, code) && (g_str_has_prefix(code, "US-") ||
		    place_of(last, before, code));
	if (is_state(last) && !is_both(last))
		return read_state(last, code);
	if (is_both(last) && n == 2)
		return town_state(before) != NULL &&
		    g_ascii_strcasecmp(town_state(before), last) == 0 &&
		    read_state(last, code);
	return place_of(last, before, code);
}

gboolean
place_of_words(const char *text, char code[PLACE_CODE])
{
	g_auto(GStrv) parts = g_strsplit(text, ",", 8);
	guint n = g_strv_length(parts);
	gboolean found = FALSE;

	*code = '\0';
	for (guint i = 0; i < n; i++)
		g_strstrip(parts[i]);
	if (n == 1)
		found = read_one(parts[0], code);
	else if (n > 1)
		found = read_parts(parts, n, code);
	if (!found)
		*code = '\0';
	return found;
}

/* "HI" beside the country, or "Hawaii": a state, and not a town in it. */
static gboolean
is_state_word(const char *s)
{
	return state_code(s) != NULL || (two_letters(s) && is_state(s));
}

gboolean
place_of_name(const char *text, char code[PLACE_CODE])
{
	g_auto(GStrv) parts = g_strsplit(text, ",", 3);
	guint n = g_strv_length(parts);

	*code = '\0';
	for (guint i = 0; i < n; i++)
		g_strstrip(parts[i]);
	if (n == 1)
		return town_state(parts[0]) == NULL &&
		    !read_code(parts[0], code) && read_one(parts[0], code);
	return n == 2 && is_state_word(parts[0]) &&
	    read_country(parts[1], code) && strcmp(code, "US") == 0 &&
	    read_state(parts[0], code);
}

/* ---- holding one against another --------------------------------------------- */

enum within
place_within(const char *code, const char *forum)
{
	size_t n = forum != NULL ? strlen(forum) : 0;
	char own[PLACE_CODE];

	if (place_is_territory(code) && read_code(code, own))
		code = own;
	if (n == 0 || *code == '\0' || strcmp(code, "WORLD") == 0)
		return WITHIN_UNKNOWN;
	if (strcmp(code, forum) == 0 ||
	    (strncmp(code, forum, n) == 0 && code[n] == '-'))
		return WITHIN_IN;
	if (g_str_has_prefix(forum, code) && forum[strlen(code)] == '-')
		return WITHIN_UNKNOWN;
	return WITHIN_OUT;
}

gboolean
places_differ(const char *a, const char *b)
{
	if (*a == '\0' || *b == '\0' || strcmp(a, b) == 0)
		return FALSE;
	return strncmp(a, b, 2) != 0 || (a[2] == '-' && b[2] == '-');
}

/* Whether the whole word stands at p, where one begins: "Maine" is not in "Mainer".
 * any: in capitals or not. */
static gboolean
word_at(const char *p, const char *word, gboolean any)
{
	size_t n;

	if (*p != *word && (!any || g_ascii_tolower(*p) !=
	    g_ascii_tolower(*word)))
		return FALSE;
	n = strlen(word);
	return (any ? g_ascii_strncasecmp(p, word, n) : strncmp(p, word, n)) ==
	    0 && !g_ascii_isalnum(p[n]);
}

/* The next place from p at which a word begins; NULL: no more.  A page has many
 * words, and there are many states: each word is held against all of them. */
static const char *
word_next(const char *text, const char *p)
{
	for (; *p != '\0'; p++)
		if (g_ascii_isalpha(*p) &&
		    (p == text || !g_ascii_isalnum(p[-1])))
			return p;
	return NULL;
}

static gboolean
has_word(const char *text, const char *word)
{
	const char either[] = { g_ascii_tolower(*word), g_ascii_toupper(*word),
	    '\0' };

	/* Of one word alone, by its first letter. */
	for (const char *p = text; (p = strpbrk(p, either)) != NULL; p++)
		if ((p == text || !g_ascii_isalnum(p[-1])) &&
		    word_at(p, word, TRUE))
			return TRUE;
	return FALSE;
}

/* A state's name, or one of a territory's two. */
static gboolean
has_state(const char *text, const char *code)
{
	for (size_t i = 0; i < G_N_ELEMENTS(states); i++)
		if (strcmp(code, states[i].code) == 0 &&
		    has_word(text, states[i].name))
			return TRUE;
	return FALSE;
}

/* "the US": the pronoun in a line of capitals is none; what stands beside tells. */
static gboolean
us_at(const char *p)
{
	static const char *const beside[] = { "the US", "US user", "US users",
		"US customer", "US customers", "US resident", "US residents",
		"US audience", "US visitors", "US viewers", "US market",
		"US store", "US readers", "US citizens", "US only" };

	for (size_t i = 0; i < G_N_ELEMENTS(beside); i++)
		if (word_at(p, beside[i], FALSE))
			return TRUE;
	return FALSE;
}

static gboolean
country_at(const char *p)
{
	for (size_t i = 0; i < G_N_ELEMENTS(countries); i++)
		if (word_at(p, countries[i], strlen(countries[i]) > 6))
			return TRUE;
	for (size_t i = 0; i < G_N_ELEMENTS(states); i++)
		if (word_at(p, states[i].name, TRUE) &&
		    strcmp(states[i].name, "Georgia") != 0)
			return TRUE;
	return us_at(p);
}

gboolean
words_name_forum(const char *text, const char *forum)
{
	if (forum_name(forum) == NULL)
		return FALSE;
	if (strcmp(forum, "US") != 0)
		return has_state(text, forum + 3) || towns_in(text, forum + 3);
	for (const char *p = text; (p = word_next(text, p)) != NULL; p++)
		if (country_at(p))
			return TRUE;
	return towns_in(text, NULL);
}
