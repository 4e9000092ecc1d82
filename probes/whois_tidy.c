/* What layouts write in place of one plain value. */

#include <string.h>

#include "probes/rdap_words.h"
#include "probes/whois.h"

/* "not.defined" in place of a name server (.uz). */
static gboolean
no_host(const char *s, gsize len)
{
	return len >= 11 && memcmp(s, "not.defined", 11) == 0;
}

/* words: in lower case. */
static inline gboolean
says(const char *s, gsize len, const char *words)
{
	return strlen(words) == len &&
	    g_ascii_tolower(*s) == *words &&
	    g_ascii_strncasecmp(s, words, len) == 0;
}

/* "NOT AVAILABLE    NOT AVAILABLE", in place of two (.uy). */
static gboolean
not_available(const char *s, gsize len)
{
	gsize n = strlen("not available");

	while (len >= n && g_ascii_strncasecmp(s, "not available", n) == 0) {
		s += n, len -= n;
		while (len > 0 && *s == ' ')
			s++, len--;
		if (len == 0)
			return TRUE;
	}
	return FALSE;
}

/* "No name servers listed.", "No registrar listed.  This domain ..." (.uk) */
static gboolean
none_listed(const char *s, gsize len)
{
	/* "- (Please send an email)" */
	if (len > 4 && memcmp(s, "- (", 3) == 0)
		return TRUE;
	return len > 3 && g_ascii_strncasecmp(s, "no ", 3) == 0 &&
	    g_strstr_len(s, (gssize)len, " listed") != NULL;
}

static gboolean
stands_for_none(const char *s, gsize len)
{
	static const char words[][22] = {
		"-", "--", ".", "_", "null", "n/a", "***n/a***",
		"not applicable", "not defined", "not provided",
		"suspended domain name",
	};

	if (len >= sizeof(words[0]))
		return FALSE;
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (says(s, len, words[i]))
			return TRUE;
	return FALSE;
}

/* What stands where there is no value. */
static gboolean
is_no_value(const struct whois_field *f, const char *s, gsize len)
{
	if (len == 0)
		return TRUE;
	/* All of the words below begin so, and hardly a value does. */
	if (strchr("-._*nsuy", g_ascii_tolower(*s)) == NULL)
		return FALSE;
	if (stands_for_none(s, len))
		return TRUE;
	if (says(s, len, "none"))
		return whois_field_ends(f->field, "_number") ||
		    whois_field_is(f, "ns") || whois_field_is(f, "registrar");
	/* "Available: No" is no date; "Registrar Abuse Contact: Service not
	 * supported currently" no address. */
	if (whois_field_is(f, "free_from") && (says(s, len, "no") ||
	    says(s, len, "yes")))
		return TRUE;
	if (whois_field_is(f, "abuse_email") && len > 21 &&
	    g_ascii_strncasecmp(s, "service not supported", 21) == 0)
		return TRUE;
	/* "Domain record last updated: unknown" */
	if (says(s, len, "unknown"))
		return whois_field_is(f, "created") ||
		    whois_field_is(f, "changed") || whois_field_is(f, "expires");
	return no_host(s, len) || none_listed(s, len) ||
	    (!whois_field_is(f, "status") && not_available(s, len));
}

/* A holder of digits alone is his number; "NS1KINO0.SER" names a server's record
 * (.my). */
static gboolean
says_other(struct whois_field *f, const char *s)
{
	gsize i = 0;

	if (whois_field_is(f, "domain"))
		return f->len > 0 && *s == '(';
	if (whois_field_is(f, "ns"))
		return f->len > 4 && memcmp(s + f->len - 4, ".SER", 4) == 0;
	if (!whois_field_is(f, "holder"))
		return FALSE;
	while (i < f->len && g_ascii_isdigit(s[i]))
		i++;
	if (i == f->len) {
		f->field = "holder_number";
		f->part = NULL;
	}
	return FALSE;
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
	gboolean codes = FALSE;		/* "ST_CL_HOLD ST_CL_LOCK" */
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
		    no_host(s + i - word, word)))
			return FALSE;
		words += word > 0;
		if (!hosts && word > 3 && memcmp(s + i - word, "ST_", 3) == 0) {
			word = 0;
			codes = TRUE;
			continue;
		}
		/* "Registered until expiry, or so": words between commas. */
		if (!hosts && word > 0 && i < len && (s[i] == ' ' ||
		    s[i] == '\t'))
			return FALSE;
		word = 0;
	}
	return words > 1 && (comma || hosts || codes);
}

/* "a@kino.example,b@kino.example" (.pt) */
static gboolean
is_mail_list(const char *s, gsize len)
{
	gsize mails = 0, words = 0;
	gboolean word = FALSE;

	if (memchr(s, ',', len) == NULL && memchr(s, ';', len) == NULL)
		return FALSE;
	for (gsize i = 0; i < len; i++) {
		words += !word && !separates(s[i]);
		word = !separates(s[i]);
		mails += s[i] == '@';
	}
	return words > 1 && mails == words;
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

/* "OK-UNTIL 20121204000000": a status and a date (.ua until 2013). */
static void
split_until(const struct whois_text *t, GArray *fields, guint i)
{
	struct whois_field *f = &g_array_index(fields, struct whois_field, i);
	struct whois_field date = *f;

	if (f->len < 10 || memcmp(t->text + f->offset, "OK-UNTIL ", 9) != 0)
		return;
	f->len = 2;
	date.field = "expires";
	date.offset += 9;
	date.len -= 9;
	if (fields->len < WHOIS_FIELDS)
		g_array_insert_val(fields, i + 1, date);
}

/* A further field from a place inside another's value, behind it. */
static void
add_behind(GArray *fields, guint i, const char *name, gsize at, gsize len)
{
	struct whois_field f = g_array_index(fields, struct whois_field, i);

	f.field = name;
	f.part = NULL;
	f.offset += at;
	f.len = len;
	if (fields->len < WHOIS_FIELDS && len > 0)
		g_array_insert_val(fields, i + 1, f);
}

/* "Registrar One (http://registrar.example)", "Registrar One ( https://nic.at/
 * registrar/1 )"; the latter is the registry's page about it. */
static void
split_url(const struct whois_text *t, GArray *fields, guint i)
{
	struct whois_field *f = &g_array_index(fields, struct whois_field, i);
	const char *s = t->text + f->offset;
	const char *url = memchr(s, '(', f->len);
	gsize n = url != NULL ? (gsize)(url - s) : 0, name = n;
	gsize rest = f->len - n;

	if (n == 0 || rest < 10 || s[f->len - 1] != ')')
		return;
	while (name > 1 && s[name - 1] == ' ')
		name--;
	if (memcmp(url, "( http", 6) == 0) {
		f->len = name;
	} else if (memcmp(url, "(http", 5) == 0 &&
	    memchr(url, ' ', rest) == NULL) {
		f->len = name;
		add_behind(fields, i, "registrar_url", n + 1, rest - 2);
	}
}

/* "org_name_eng: Kino Alfa Ltd. %CLASS{registrar}" (.hu until 2011) */
static void
take_org(const struct whois_text *t, struct whois_field *f)
{
	const char *s = t->text + f->offset, *class;

	if (f->len > 14 && memcmp(s, "org_name_", 9) == 0 &&
	    memcmp(s + 12, ": ", 2) == 0) {
		f->offset += 14;
		f->len -= 14;
		s += 14;
	}
	if (f->len == 0 || s[f->len - 1] != '}')
		return;
	class = g_strstr_len(s, (gssize)f->len, "CLASS");
	if (class == NULL || class < s + 2 || g_strstr_len(class,
	    (gssize)(s + f->len - class), "registrar") != class + 6)
		return;
	for (f->len = (gsize)(class - s); f->len > 0 &&
	    strchr("% ", s[f->len - 1]) != NULL; f->len--)
		;
}

/* What is called the registrar's name is its handle, where it has another name
 * (.it). */
static void
name_registrar(GArray *fields)
{
	struct whois_field *handle = NULL;

	for (guint i = 0; i < fields->len; i++) {
		struct whois_field *f = &g_array_index(fields,
		    struct whois_field, i);

		if (whois_field_is(f, "registrar"))
			return;
		if (handle == NULL && whois_field_is(f, "registrar_handle"))
			handle = f;
	}
	if (handle != NULL)
		handle->field = "registrar";
}

/* "kino-alfa.com.fj	Status: Active" */
static void
split_status(const struct whois_text *t, GArray *fields, guint i)
{
	struct whois_field *f = &g_array_index(fields, struct whois_field, i);
	const char *s = t->text + f->offset;
	const char *status = g_strstr_len(s, (gssize)f->len, "\tStatus: ");
	gsize n = status != NULL ? (gsize)(status - s) : 0, rest = f->len - n;

	if (n == 0)
		return;
	f->len = n;
	add_behind(fields, i, "status", n + 9, rest - 9);
}

/* "Email: x@registrar.example  Hotline: ..." (.hk) */
static void
take_mail(const struct whois_text *t, struct whois_field *f)
{
	const char *s = t->text + f->offset;
	gsize n = 0;

	if (f->len < 8 || memcmp(s, "Email: ", 7) != 0)
		return;
	f->offset += 7;
	while (n < f->len - 7 && s[7 + n] != ' ')
		n++;
	f->len = n;
}

/* Of lines that are all called "Owner" the first names; where there are six, the
 * second is the organisation; the others say where. */
static void
tidy_owners(GArray *fields)
{
	guint n = 0, k = 0;

	for (guint i = 0; i < fields->len; i++)
		if (whois_field_is(&g_array_index(fields, struct whois_field,
		    i), "holder"))
			n++;
	for (guint i = 0; i < fields->len; i++) {
		struct whois_field *f = &g_array_index(fields,
		    struct whois_field, i);

		if (!whois_field_is(f, "holder") || f->part != NULL)
			continue;
		if (k > 1 || (k == 1 && n < 6))
			f->field = "holder_street";
		k++;
	}
}

/* "clientHold - ": words on the status would follow (.kz). */
static void
cut_hyphen(const struct whois_text *t, struct whois_field *f)
{
	const char *s = t->text + f->offset;

	if (f->len > 2 && memcmp(s + f->len - 2, " -", 2) == 0)
		f->len -= 2;
}

/* What stands beside a value of that field. */
static void
split_one(const struct whois_text *t, GArray *fields, guint i)
{
	struct whois_field *f = &g_array_index(fields, struct whois_field, i);

	if (*f->field != 'd')
		take_org(t, f);
	if (whois_field_ends(f->field, "email") &&
	    is_mail_list(t->text + f->offset, f->len))
		split_list(t, fields, i);
	else if (whois_field_is(f, "registrar"))
		split_url(t, fields, i);
	else if (whois_field_is(f, "domain"))
		split_status(t, fields, i);
	else if (whois_field_is(f, "registrar_email"))
		take_mail(t, f);
}

void
whois_tidy(const struct whois_layout *l, const struct whois_text *t, GArray *fields)
{
	if (l->owners)
		tidy_owners(fields);
	for (guint i = fields->len; i > 0; i--) {
		struct whois_field *f =
		    &g_array_index(fields, struct whois_field, i - 1);
		const char *s = t->text + f->offset;
		gboolean hosts = whois_field_is(f, "ns");

		if (is_no_value(f, s, f->len) || says_other(f, s)) {
			g_array_remove_index(fields, i - 1);
			continue;
		}
		if (!hosts && !whois_field_is(f, "status")) {
			split_one(t, fields, i - 1);
			continue;
		}
		if (hosts)
			take_record(t, f);
		else
			split_until(t, fields, i - 1);
		f = &g_array_index(fields, struct whois_field, i - 1);
		cut_hyphen(t, f);
		if (is_list(t->text + f->offset, f->len, hosts))
			split_list(t, fields, i - 1);
	}
	if (g_strcmp0(whois_layout_key(l, "registrar", "name"),
	    "registrar_handle") == 0)
		name_registrar(fields);
}

static gboolean
same_value(const struct whois_text *t, const struct whois_field *a,
    const struct whois_field *b)
{
	return a->len == b->len && g_ascii_strncasecmp(t->text + a->offset,
	    t->text + b->offset, a->len) == 0;
}

/* "REDACTED" stands for a name and for a street. */
static gboolean
is_withheld(const struct whois_text *t, const struct whois_field *f)
{
	g_autofree char *s = whois_utf8(t, f->offset, f->len);

	return rdap_withheld_whois(s);
}

/* The holder's name, where below a name the address would begin, is whom that
 * one is of. */
void
whois_tidy_orgs(const struct whois_text *t, GArray *fields)
{
	const struct whois_field *holder = NULL;

	for (guint i = 1; i < fields->len; i++) {
		struct whois_field *f =
		    &g_array_index(fields, struct whois_field, i);
		const struct whois_field *before = f - 1;

		if (holder == NULL && whois_field_is(before, "holder"))
			holder = before;
		if (holder == NULL || !whois_field_ends(f->field, "_street") ||
		    !same_value(t, holder, f) || is_withheld(t, f))
			continue;
		for (int r = ROLE_HOLDER; r <= ROLE_BILLING; r++)
			if (strcmp(f->field, whois_word_of((enum whois_role)r,
			    "street")) == 0 && whois_field_is(before,
			    whois_word_of((enum whois_role)r, "name"))) {
				f->field = whois_word_of((enum whois_role)r,
				    "organization");
				f->part = r == ROLE_HOLDER ? "org" : NULL;
				break;
			}
	}
}
