/*
 * reg.compared: RDAP and WHOIS beside each other, a fact a field that either
 * gives.  Values are compared in a plain form (letters and digits, days, states
 * in the words of RFC 8056) and shown as they were written.
 */

#include <string.h>

#include "probes/join_priv.h"
#include "probes/text.h"

/* What one of the two says of a field: values as written, the same in a form
 * that can be compared, and what they stand in. */
struct side {
	json_t		*values;
	GPtrArray	*keys;		/* char * */
	GPtrArray	*facts;		/* const struct fact * */
	gboolean	 withheld;
};

struct field {
	const char	*name;		/* and of whois.field */
	/* What RDAP says: takes from a fact what is of this field. */
	void	(*rdap)(const struct field *, const struct fact *,
		    struct side *);
	const char	*arg;		/* an event's action, a role */
	char	*(*plain)(const char *);
	gboolean (*same)(const char *, const char *);
	gboolean part;		/* they agree where one says no more than the other */
};

/* ---- plain forms */

/* Punctuation and blanks differ between the two services of one registry. */
static char *
plain_words(const char *s)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (; *s != '\0'; s++)
		if (g_ascii_isalnum(*s) || (*s & 0x80))
			g_string_append_c(out, g_ascii_tolower(*s));
	return g_string_free(g_steal_pointer(&out), FALSE);
}

/* "clientHold https://icann.org/epp#clientHold" and "client hold" (RFC 8056
 * section 2; two of the words are others there). */
static char *
plain_status(const char *s)
{
	const char *http = strstr(s, "http");
	g_autofree char *text = g_strndup(s, http != NULL ?
	    (gsize)(http - s) : strlen(s));
	g_autofree char *word = plain_words(text);

	if (strcmp(word, "ok") == 0)
		return g_strdup("active");
	if (strcmp(word, "linked") == 0)
		return g_strdup("associated");
	return g_steal_pointer(&word);
}

static char *
plain_dnssec(const char *s)
{
	static const char *const no[] = { "unsigned", "no", "n", "inactive",
	    "none" };
	g_autofree char *word = plain_words(s);

	for (size_t i = 0; i < G_N_ELEMENTS(no); i++)
		if (strcmp(word, no[i]) == 0 || (i == 0 &&
		    g_str_has_prefix(word, no[i])))
			return g_strdup("unsigned");
	if (g_str_has_prefix(word, "signed") || strcmp(word, "yes") == 0 ||
	    strcmp(word, "y") == 0 || strcmp(word, "active") == 0)
		return g_strdup("signed");
	return g_steal_pointer(&word);
}

/* UTC where the time has a zone, else the day. */
static char *
plain_date(const char *s)
{
	int64_t us = text_time_parse(s);
	char out[32];

	if (us == INT64_MIN)
		return g_strdup(s);
	text_time_s(out, us);
	return g_strdup(out);
}

static gboolean
same_text(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static guint32
day_of(const char *s)
{
	GDate date;

	return text_day(s, &date) ? g_date_get_julian(&date) : 0;
}

/* The same day; the next or the last one too where one of them is the day of
 * some zone that is not said. */
static gboolean
same_day(const char *a, const char *b)
{
	guint32 one = day_of(a), two = day_of(b);
	guint32 most = strlen(a) == 10 || strlen(b) == 10 ? 1 : 0;

	if (one == 0 || two == 0)
		return strcmp(a, b) == 0;
	return (one > two ? one - two : two - one) <= most;
}

/* ---- what each says */

static void
add(const struct field *d, struct side *s, const json_t *value,
    const char *key, const struct fact *f)
{
	g_autofree char *plain = NULL;

	if (json_is_string(value) && *json_string_value(value) == '\0')
		return;
	plain = d->plain(key);
	for (guint i = 0; i < s->keys->len; i++)
		if (strcmp(s->keys->pdata[i], plain) == 0)
			return;
	json_array_append(s->values, (json_t *)value);
	g_ptr_array_add(s->keys, g_steal_pointer(&plain));
	g_ptr_array_add(s->facts, (gpointer)f);
}

static void
add_string(const struct field *d, struct side *s, const char *value,
    const struct fact *f)
{
	json_t *v = json_string(value);

	if (v != NULL)
		add(d, s, v, value, f);
	json_decref(v);
}

/* The registry's and registrar's own people, not those of an entity. */
static gboolean
entity_of(const struct field *d, const struct fact *f)
{
	return f->kind == FACT_RDAP_ENTITY && *fact_str(f, "under") == '\0' &&
	    join_array_has(fact_get(f, "roles"), d->arg);
}

static void
rdap_name(const struct field *d, const struct fact *f, struct side *s)
{
	if (!entity_of(d, f))
		return;
	if (json_is_true(fact_get(f, "withheld"))) {
		s->withheld = TRUE;
		return;
	}
	add_string(d, s, fact_str(f, "name"), f);
	add_string(d, s, fact_str(f, "org"), f);
}

static void
rdap_iana(const struct field *d, const struct fact *f, struct side *s)
{
	if (entity_of(d, f))
		add_string(d, s, fact_str(f, "iana_id"), f);
}

static void
rdap_country(const struct field *d, const struct fact *f, struct side *s)
{
	if (entity_of(d, f))
		add_string(d, s, fact_str(f, "country"), f);
}

/* A registrar's own day is a "registrar expiration", which WHOIS has for one. */
static void
rdap_event(const struct field *d, const struct fact *f, struct side *s)
{
	const char *action = fact_str(f, "action");

	if (f->kind != FACT_RDAP_EVENT)
		return;
	if (g_str_has_prefix(action, "registrar "))
		action += strlen("registrar ");
	if (strcmp(action, d->arg) == 0)
		add_string(d, s, fact_str(f, "date"), f);
}

static void
rdap_status(const struct field *d, const struct fact *f, struct side *s)
{
	const json_t *v;
	size_t i;

	if (f->kind == FACT_RDAP_DOMAIN)
		json_array_foreach(fact_get(f, "status"), i, v)
			if (json_is_string(v))
				add(d, s, v, json_string_value(v), f);
}

static void
rdap_server(const struct field *d, const struct fact *f, struct side *s)
{
	if (f->kind == FACT_RDAP_NS)
		add_string(d, s, fact_str(f, "ns"), f);
}

static void
rdap_dnssec(const struct field *d, const struct fact *f, struct side *s)
{
	if (f->kind == FACT_RDAP_DOMAIN)
		add_string(d, s, fact_str(f, "dnssec"), f);
}

/* "ok, clientHold" on one line. */
static void
whois_states(const struct field *d, const struct fact *f, struct side *s)
{
	g_auto(GStrv) states = g_strsplit(fact_str(f, "value"), ",", 32);

	for (char **p = states; *p != NULL; p++)
		if (*g_strstrip(*p) != '\0')
			add_string(d, s, *p, f);
}

static void
whois_value(const struct field *d, const struct fact *f, struct side *s)
{
	const char *read = fact_str(f, "read");

	if (f->kind != FACT_WHOIS_FIELD ||
	    strcmp(fact_str(f, "field"), d->name) != 0)
		return;
	if (json_is_true(fact_get(f, "withheld")))
		s->withheld = TRUE;
	else if (d->rdap == rdap_status)
		whois_states(d, f, s);
	else if (json_is_string(fact_get(f, "value")))
		add(d, s, fact_get(f, "value"), d->plain == plain_date &&
		    *read != '\0' ? read : fact_str(f, "value"), f);
}

static const struct field fields[] = {
	{ "registrar", rdap_name, "registrar", plain_words, same_text, TRUE },
	{ "registrar_id", rdap_iana, "registrar", plain_words, same_text,
	    FALSE },
	{ "created", rdap_event, "registration", plain_date, same_day, FALSE },
	{ "changed", rdap_event, "last changed", plain_date, same_day, FALSE },
	{ "expires", rdap_event, "expiration", plain_date, same_day, FALSE },
	{ "status", rdap_status, NULL, plain_status, same_text, FALSE },
	{ "ns", rdap_server, NULL, plain_words, same_text, FALSE },
	{ "holder", rdap_name, "registrant", plain_words, same_text, TRUE },
	{ "country", rdap_country, "registrant", plain_words, same_text, FALSE },
	{ "dnssec", rdap_dnssec, NULL, plain_dnssec, same_text, FALSE },
};

/* ---- the comparison */

static void
side_init(struct side *s)
{
	*s = (struct side){ json_array(), g_ptr_array_new_with_free_func(g_free),
	    g_ptr_array_new(), FALSE };
}

static void
side_clear(struct side *s)
{
	json_decref(s->values);
	g_ptr_array_unref(s->keys);
	g_ptr_array_unref(s->facts);
}

/* Whether each of a is one of b. */
static gboolean
within(const struct field *d, const struct side *a, const struct side *b)
{
	for (guint i = 0; i < a->keys->len; i++) {
		gboolean found = FALSE;

		for (guint k = 0; !found && k < b->keys->len; k++)
			found = d->same(a->keys->pdata[i], b->keys->pdata[k]);
		if (!found)
			return FALSE;
	}
	return TRUE;
}

static const char *
outcome(const struct field *d, const struct side *rdap,
    const struct side *whois)
{
	gboolean one, two;

	if (rdap->keys->len == 0)
		return rdap->withheld ? "withheld by RDAP" : "only WHOIS";
	if (whois->keys->len == 0)
		return whois->withheld ? "withheld by WHOIS" : "only RDAP";
	one = within(d, rdap, whois);
	two = within(d, whois, rdap);
	if ((one && two) || (d->part && (one || two)))
		return "agree";
	/* "AT" and "Austria": a code and a name are not compared. */
	if (strcmp(d->name, "country") == 0 &&
	    (strlen(rdap->keys->pdata[0]) == 2) !=
	    (strlen(whois->keys->pdata[0]) == 2))
		return "not compared";
	return "differ";
}

static void
rest_on(struct fact *f, const struct side *s)
{
	for (guint i = 0; i < s->facts->len; i++)
		if (i == 0 || s->facts->pdata[i] != s->facts->pdata[i - 1])
			join_rests_on(f, s->facts->pdata[i]);
}

static void
compare(struct join *j, const struct field *d, const struct side *rdap,
    const struct side *whois)
{
	const char *says = outcome(d, rdap, whois);
	json_t *v = json_pack("{s:s, s:O, s:O, s:s, s:b}", "field", d->name,
	    "rdap", rdap->values, "whois", whois->values, "says", says,
	    "agree", strcmp(says, "agree") == 0);
	struct fact *f;

	if (strcmp(d->name, "registrar") == 0 && rdap->keys->len > 0 &&
	    whois->keys->len > 0) {
		json_object_set(v, "registrar_rdap",
		    json_array_get(rdap->values, 0));
		json_object_set(v, "registrar_whois",
		    json_array_get(whois->values, 0));
	}
	f = join_fact(j, FACT_REG_COMPARED, j->registrable, v);
	rest_on(f, rdap);
	rest_on(f, whois);
}

/* One service alone is not compared with nothing. */
static gboolean
both_answered(const struct join *j)
{
	gboolean rdap = FALSE, whois = FALSE;

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		rdap = rdap || join_is(f, FACT_RDAP_DOMAIN, j->registrable) ||
		    join_is(f, FACT_RDAP_ENTITY, j->registrable);
		whois = whois || join_is(f, FACT_WHOIS_FIELD, j->registrable);
	}
	return rdap && whois;
}

void
join_registrars(struct join *j)
{
	if (!both_answered(j))
		return;
	for (size_t k = 0; k < G_N_ELEMENTS(fields); k++) {
		struct side rdap, whois;

		side_init(&rdap);
		side_init(&whois);
		for (guint i = 0; i < j->facts->len; i++) {
			const struct fact *f = j->facts->pdata[i];

			if (strcmp(f->subject, j->registrable) != 0)
				continue;
			fields[k].rdap(&fields[k], f, &rdap);
			whois_value(&fields[k], f, &whois);
		}
		if (rdap.keys->len + whois.keys->len > 0)
			compare(j, &fields[k], &rdap, &whois);
		side_clear(&rdap);
		side_clear(&whois);
	}
}
