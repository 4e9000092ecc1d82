/*
 * Two values that stand in one, and a country that stands in the last line of
 * an address.
 */

#include <string.h>

#include "probes/rdap_words.h"
#include "probes/whois.h"

/* Codes of countries that are also those of states and provinces. */
static const char states[] = " AL AR AZ CA CO DE GA ID IL IN LA MA MD ME MN "
    "MO MS MT NC NE NL PA PE SA SC SD SK TN VA VI YT ";

/* Whose field it is. */
static enum whois_role
role_of(const char *field)
{
	for (int r = ROLE_HOLDER; r <= ROLE_SPONSOR; r++)
		if (whois_word_same((enum whois_role)r, (enum whois_role)r,
		    field) != NULL)
			return (enum whois_role)r;
	return ROLE_NONE;
}

/* A field behind field i, of the same line. */
static void
put_behind(GArray *fields, guint i, const char *field, gsize offset, gsize len)
{
	struct whois_field f = g_array_index(fields, struct whois_field, i);

	if (field == NULL || len == 0 || fields->len >= WHOIS_FIELDS)
		return;
	f.field = field;
	f.part = NULL;
	f.offset = offset;
	f.len = len;
	g_array_insert_val(fields, i + 1, f);
}

/* ---- names */

/* Digits, and a hyphen or capitals alone: "SGNIC-ORG1113988", "ne26-adnic",
 * "H1048884"; or what ends as roles do: "kino.com.ve-dom". */
static gboolean
is_handle(const char *s, gsize len)
{
	static const char *const ends[] = { "-dom", "-adm", "-tec", "-bil" };
	gboolean digits = FALSE, hyphen = FALSE, upper = FALSE, lower = FALSE;

	for (gsize i = 0; i < len; i++) {
		if (!g_ascii_isalnum(s[i]) && strchr("-_.", s[i]) == NULL)
			return FALSE;
		digits = digits || g_ascii_isdigit(s[i]);
		hyphen = hyphen || s[i] == '-';
		upper = upper || g_ascii_isupper(s[i]);
		lower = lower || g_ascii_islower(s[i]);
	}
	for (size_t i = 0; len > 6 && i < G_N_ELEMENTS(ends); i++)
		if (memcmp(s + len - 4, ends[i], 4) == 0)
			return TRUE;
	return len >= 4 && digits && (upper || lower) && (hyphen || !lower);
}

/* "Registrar One R45-ME", as Afilias' registries write it: how much stands before
 * the handle, 0 where there is none. */
static gsize
before_roid(const char *s, gsize len)
{
	gsize n = len, k;

	while (n > 0 && g_ascii_isupper(s[n - 1]))
		n--;
	if (n == len || n < 4 || s[n - 1] != '-')
		return 0;
	for (k = --n; k > 0 && g_ascii_isdigit(s[k - 1]); k--)
		;
	return k < n && k > 2 && s[k - 1] == 'R' && s[k - 2] == ' ' ?
	    k - 2 : 0;
}

/* A registrar's number stands behind him as a handle does. */
static gboolean
is_number(const char *s, gsize len)
{
	for (gsize i = 0; i < len; i++)
		if (!g_ascii_isdigit(s[i]))
			return FALSE;
	return len > 1;
}

static void
split_registrar(const struct whois_text *t, GArray *fields, guint i)
{
	struct whois_field *f = &g_array_index(fields, struct whois_field, i);
	gsize len = f->len, n = before_roid(t->text + f->offset, len);

	if (n == 0)
		return;
	f->len = n;
	put_behind(fields, i, "registrar_handle", f->offset + n + 1,
	    len - n - 1);
}

static gboolean
has_field(const GArray *fields, const char *field)
{
	for (guint i = 0; i < fields->len; i++)
		if (whois_field_is(&g_array_index(fields, struct whois_field,
		    i), field))
			return TRUE;
	return FALSE;
}

/* "admin-c: KIN-1 ana@kino.example" (joker.com): the address is said again where
 * the handle is resolved. */
static void
split_contact(const struct whois_text *t, GArray *fields, guint i)
{
	struct whois_field *f = &g_array_index(fields, struct whois_field, i);
	const char *s = t->text + f->offset;
	const char *blank = memchr(s, ' ', f->len);
	const char *field = whois_word_of(role_of(f->field), "email");
	gsize n = blank != NULL ? (gsize)(blank - s) : 0, len = f->len;

	if (n == 0 || memchr(blank, '@', len - n) == NULL ||
	    memchr(blank + 1, ' ', len - n - 1) != NULL)
		return;
	f->len = n;
	if (field != NULL && !has_field(fields, field))
		put_behind(fields, i, field, f->offset + n + 1, len - n - 1);
}

/* "Registrar ID: R-365 (Registrar One)" (.cat) */
static void
split_handle(const struct whois_text *t, GArray *fields, guint i)
{
	struct whois_field *f = &g_array_index(fields, struct whois_field, i);
	const char *s = t->text + f->offset;
	const char *open = f->len > 4 && s[f->len - 1] == ')' ?
	    g_strstr_len(s, (gssize)f->len, " (") : NULL;
	gsize n = open != NULL ? (gsize)(open - s) : 0;
	gsize len = f->len;

	if (n == 0 || memchr(s, ' ', n) != NULL)
		return;
	f->len = n;
	put_behind(fields, i, "registrar", f->offset + n + 2, len - n - 3);
}

/* "Reseller: help@reseller.example", and lines of the same key with his number
 * and address, below the one with his name. */
static void
name_reseller(const struct whois_text *t, struct whois_field *f)
{
	const char *s = t->text + f->offset;
	gsize digits = 0, i;

	if (memchr(s, ' ', f->len) != NULL)
		return;
	for (i = 0; i < f->len && (g_ascii_isdigit(s[i]) ||
	    strchr("+.-()", s[i]) != NULL); i++)
		digits += g_ascii_isdigit(s[i]);
	if (memchr(s, '@', f->len) != NULL)
		f->field = "reseller_email";
	else if (f->len > 7 && memcmp(s, "http", 4) == 0)
		f->field = "reseller_url";
	else if (i == f->len && digits >= 7)
		f->field = "reseller_phone";
}

/* "Kino Alfa Inc. (KA100-ORG)", and .uk's "Registrar One [Tag = REGONE]". */
static void
split_name(const struct whois_text *t, GArray *fields, guint i)
{
	struct whois_field *f = &g_array_index(fields, struct whois_field, i);
	enum whois_role role = role_of(f->field);
	const char *s = t->text + f->offset, *field;
	gsize n = f->len, at = n, from;

	if (n < 6 || strchr(")]", s[n - 1]) == NULL)
		return;
	while (at > 1 && s[at - 1] != (s[n - 1] == ')' ? '(' : '['))
		at--;
	from = at;
	if (at < 3 || (s[at - 2] != ' ' && s[at - 2] != '\t'))
		return;
	if (s[n - 1] == ')' && (is_handle(s + at, n - 1 - at) ||
	    (role == ROLE_REGISTRAR && is_number(s + at, n - 1 - at))))
		field = whois_word_handle(role);
	else if (n - at > 9 && memcmp(s + at, "IANA ID: ", 9) == 0)
		field = whois_word_of(role, "iana id"), from += 9;
	else if (n - at > 8 && memcmp(s + at, "Tag = ", 6) == 0)
		field = whois_word_handle(role), from += 6;
	else
		return;
	if (field == NULL)
		return;
	for (at--; at > 0 && strchr(" \t-", s[at - 1]) != NULL; at--)
		;
	if (at == 0)
		return;
	f->len = at;
	put_behind(fields, i, field, f->offset + from, n - 1 - from);
}

/* "Registrant Contact: P-KIN12", beside "Registrant Name: Kino Alfa": a name that
 * is a handle, and not the only one. */
static void
name_handle(const struct whois_text *t, GArray *fields, guint i)
{
	struct whois_field *f = &g_array_index(fields, struct whois_field, i);
	const char *s = t->text + f->offset;
	guint n = 0;

	if (memchr(s, '-', f->len) == NULL || !is_handle(s, f->len) ||
	    g_ascii_islower(*s))
		return;
	for (guint k = 0; k < fields->len; k++)
		n += strcmp(g_array_index(fields, struct whois_field, k).field,
		    f->field) == 0;
	if (n < 2)
		return;
	f->field = whois_word_handle(role_of(f->field));
	f->part = NULL;
}

/* ---- countries */

/* In capitals. */
static gboolean
is_code(const char *s, gsize len)
{
	return len == 2 && g_ascii_isupper(s[0]) && g_ascii_isupper(s[1]) &&
	    (rdap_country_code(s) || memcmp(s, "UK", 2) == 0);
}

/* How much of the text names a country: all of it, or what stands before the
 * same in another script. */
static gboolean
is_country(const char *s, gsize len)
{
	g_autofree char *text = g_strndup(s, len);
	gsize n = 0;
	char *in;

	if (rdap_country(text) != NULL)
		return TRUE;
	/* "Polska/Poland", "United States/Stany Zjednoczone" */
	if ((in = strchr(text, '/')) != NULL) {
		*in = '\0';
		return rdap_country(in + 1) != NULL ||
		    rdap_country(text) != NULL;
	}
	/* "UK (United Kingdom)" */
	in = len > 5 && text[2] == ' ' && text[3] == '(' &&
	    text[len - 1] == ')' && is_code(text, 2) ? text + 4 : NULL;
	if (in != NULL) {
		text[len - 1] = '\0';
		return rdap_country(in) != NULL;
	}
	while (n < len && (unsigned char)text[n] < 0x80)
		n++;
	if (n < 4 || n == len || text[n - 1] != ' ')
		return FALSE;
	text[n - 1] = '\0';
	return rdap_country(text) != NULL;
}

static gboolean
has_digit(const char *s, gsize len)
{
	for (gsize i = 0; i < len; i++)
		if (g_ascii_isdigit(s[i]))
			return TRUE;
	return FALSE;
}

/* A code or name that a state has too is a country's behind a line with a
 * postal code.  "tw" is one too (.tw); a code may be all there is to say where
 * (before: NULL), a name is more likely a town's then. */
static gboolean
names_country(const struct whois_text *t, const struct whois_field *f,
    const struct whois_field *before)
{
	const char *s = t->text + f->offset;
	char word[5] = { ' ', '\0', '\0', ' ', '\0' };
	gboolean code;

	if (f->len == 2)
		for (int i = 0; i < 2; i++)
			word[i + 1] = g_ascii_toupper(s[i]);
	code = f->len == 2 && is_code(word + 1, 2);
	if (!code && (before == NULL || !is_country(s, f->len)))
		return FALSE;
	if ((code && strstr(states, word) != NULL) ||
	    (f->len == 7 && g_ascii_strncasecmp(s, "georgia", 7) == 0))
		return before != NULL &&
		    has_digit(t->text + before->offset, before->len);
	return TRUE;
}

/* The field before i that has the same name, with nothing but other lines of
 * addresses between them; NULL: none. */
static const struct whois_field *
line_before(const GArray *fields, guint i)
{
	const struct whois_field *f = &g_array_index(fields,
	    struct whois_field, i), *g;

	while (i-- > 0) {
		g = &g_array_index(fields, struct whois_field, i);
		if (!whois_field_ends(g->field, "_street"))
			return NULL;
		if (strcmp(g->field, f->field) == 0)
			return g;
	}
	return NULL;
}

/* "(Redacted for privacy)" stands below a country (.tw). */
static gboolean
withheld_line(const struct whois_text *t, const struct whois_field *f)
{
	g_autofree char *s = t->text[f->offset] == '(' ?
	    whois_utf8(t, f->offset, f->len) : NULL;

	return s != NULL && rdap_withheld_whois(s);
}

static gboolean
line_after(const struct whois_text *t, const GArray *fields, guint i)
{
	const struct whois_field *f = &g_array_index(fields,
	    struct whois_field, i), *g;

	for (i++; i < fields->len; i++) {
		g = &g_array_index(fields, struct whois_field, i);
		if (!whois_field_ends(g->field, "_street"))
			return FALSE;
		if (strcmp(g->field, f->field) == 0 && !withheld_line(t, g))
			return TRUE;
	}
	return FALSE;
}

/* "Example City  AU", "Example City, CA 94043 US": how much stands before a
 * code in a column of its own, or behind a postal code; 0: neither. */
static gsize
before_code(const char *s, gsize len)
{
	gsize n = len > 4 ? len - 2 : 0, k;

	if (n == 0 || !is_code(s + n, 2))
		return 0;
	for (k = n; k > 0 && (s[k - 1] == ' ' || s[k - 1] == '\t'); k--)
		;
	if (k == 0 || k == n)
		return 0;
	if (n - k > 1 || s[k] == '\t')
		return k;
	for (n = k; n > 0 && (g_ascii_isdigit(s[n - 1]) || s[n - 1] == '-'); n--)
		;
	return k - n >= 4 && n > 0 && s[n - 1] == ' ' ? k : 0;
}

static void
move_country(const struct whois_text *t, GArray *fields, guint i)
{
	struct whois_field *f = &g_array_index(fields, struct whois_field, i);
	const struct whois_field *before = line_before(fields, i);
	const char *country = whois_word_of(role_of(f->field), "country");
	gsize n, len = f->len;

	if (country == NULL || line_after(t, fields, i) ||
	    has_field(fields, country))
		return;
	if ((n = before_code(t->text + f->offset, len)) > 0) {
		f->len = n;
		put_behind(fields, i, country, f->offset + len - 2, 2);
	} else if (names_country(t, f, before))
		f->field = country;
}

/* "TH (...)" with the name in another script: a code is enough. */
static void
only_code(const struct whois_text *t, GArray *fields, guint i)
{
	struct whois_field *f = &g_array_index(fields, struct whois_field, i);
	const char *s = t->text + f->offset;

	if (f->len > 5 && memcmp(s + 2, " (", 2) == 0 && is_code(s, 2) &&
	    (unsigned char)s[4] >= 0x80)
		f->len = 2;
}

/* ---- */

static void
split_holder(const struct whois_text *t, GArray *fields, guint i)
{
	split_name(t, fields, i);
	name_handle(t, fields, i);
}

static void
split_named_registrar(const struct whois_text *t, GArray *fields, guint i)
{
	split_name(t, fields, i);
	split_registrar(t, fields, i);
}

static void
split_reseller(const struct whois_text *t, GArray *fields, guint i)
{
	split_holder(t, fields, i);
	name_reseller(t, &g_array_index(fields, struct whois_field, i));
}

/* By the end of the field's name; the first row holds. */
#define END(s)	s, sizeof(s) - 1
static const struct {
	const char *end;
	gsize	 len;
	gboolean whole;		/* it is the name */
	void	(*split)(const struct whois_text *, GArray *, guint i);
} splits[] = {
	{ END("holder"), TRUE, split_holder },
	{ END("registrar"), TRUE, split_named_registrar },
	{ END("reseller"), TRUE, split_reseller },
	{ END("_name"), FALSE, split_holder },
	{ END("registrar_handle"), TRUE, split_handle },
	{ END("_handle"), FALSE, split_contact },
	{ END("country"), FALSE, only_code },
	{ END("_street"), FALSE, move_country },
};

void
whois_split(const struct whois_text *t, GArray *fields)
{
	for (guint i = fields->len; i > 0; i--) {
		const char *field = g_array_index(fields, struct whois_field,
		    i - 1).field;
		gsize n = strlen(field), k;

		for (size_t r = 0; r < G_N_ELEMENTS(splits); r++) {
			k = splits[r].len;
			if (n < k || (splits[r].whole && n != k) ||
			    memcmp(field + n - k, splits[r].end, k) != 0)
				continue;
			splits[r].split(t, fields, i - 1);
			break;
		}
	}
}
