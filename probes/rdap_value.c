#include <string.h>

#include "probes/rdap_value.h"
#include "probes/text.h"

/* Status words of RDAP.  EPP's are the same letters without blanks, but for
 * two (RFC 8056 section 2, RFC 9083 section 10.2.2). */
static const char *const statuses[] = {
	"active", "add period", "administrative", "associated",
	"auto renew period", "client delete prohibited", "client hold",
	"client renew prohibited", "client transfer prohibited",
	"client update prohibited", "delete prohibited", "inactive", "locked",
	"obscured", "pending create", "pending delete", "pending renew",
	"pending restore", "pending transfer", "pending update", "private",
	"proxy", "redemption period", "removed", "renew period",
	"renew prohibited", "reserved", "server delete prohibited",
	"server hold", "server renew prohibited", "server transfer prohibited",
	"server update prohibited", "transfer period", "transfer prohibited",
	"update prohibited", "validated",
};

static const struct {
	const char	*epp, *rdap;
} epp_only[] = {
	{ "ok",		"active" },
	{ "linked",	"associated" },
};

static const struct {
	const char	*said, *role;
} role_words[] = {
	{ "abusecontact",		"abuse" },
	{ "registrarabuse",		"abuse" },
	{ "registrarabusecontact",	"abuse" },
	{ "admin",			"administrative" },
	{ "adminc",			"administrative" },
	{ "admincontact",		"administrative" },
	{ "administrativecontact",	"administrative" },
	{ "administrator",		"administrative" },
	{ "billingc",			"billing" },
	{ "billingcontact",		"billing" },
	{ "tech",			"technical" },
	{ "techc",			"technical" },
	{ "techcontact",		"technical" },
	{ "technicalcontact",		"technical" },
	{ "zonec",			"technical" },
	{ "domainholder",		"registrant" },
	{ "holder",			"registrant" },
	{ "owner",			"registrant" },
	{ "ownerc",			"registrant" },
	{ "registrantcontact",		"registrant" },
	{ "sponsoringregistrar",	"registrar" },
};

/* The letters of a word, lower case, to the first thing that is none of "_-" or
 * a blank between letters; FALSE where it is too long for any table. */
static gboolean
letters(const char *s, char *out, size_t size)
{
	size_t n = 0;
	const char *link = strstr(s, "http");

	for (; *s != '\0' && s != link; s++) {
		if (g_ascii_isalpha(*s)) {
			if (n + 1 == size)
				return FALSE;
			out[n++] = g_ascii_tolower(*s);
		} else if (strchr(" _-\t(", *s) == NULL) {
			return FALSE;
		}
	}
	out[n] = '\0';
	return n > 0;
}

static gboolean
same_letters(const char *word, const char *plain)
{
	for (; *word != '\0'; word++)
		if (*word != ' ' && *word != *plain++)
			return FALSE;
	return *plain == '\0';
}

const char *
rdap_status(const char *said)
{
	char plain[40];

	if (!letters(said, plain, sizeof plain))
		return NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(epp_only); i++)
		if (strcmp(epp_only[i].epp, plain) == 0)
			return epp_only[i].rdap;
	for (size_t i = 0; i < G_N_ELEMENTS(statuses); i++)
		if (same_letters(statuses[i], plain))
			return statuses[i];
	return NULL;
}

static const char *const roles[] = {
	"registrant", "technical", "administrative", "abuse", "billing",
	"registrar", "reseller", "sponsor", "proxy", "notifications", "noc",
};

/* Events under other names than RFC 9083 section 10.2.3 has for them: their
 * letters. */
static const struct {
	const char	*said, *action;
} event_words[] = {
	{ "changed",			"last changed" },
	{ "lastchanged",		"last changed" },
	{ "lastmodified",		"last changed" },
	{ "lastupdate",			"last changed" },
	{ "lastupdated",		"last changed" },
	{ "modified",			"last changed" },
	{ "update",			"last changed" },
	{ "updated",			"last changed" },
	{ "updateddate",		"last changed" },
	{ "expirationdate",		"expiration" },
	{ "expires",			"expiration" },
	{ "expiry",			"expiration" },
	{ "expirydate",			"expiration" },
	{ "created",			"registration" },
	{ "creation",			"registration" },
	{ "creationdate",		"registration" },
	{ "registered",			"registration" },
	{ "registrationdate",		"registration" },
	{ "registrarexpirationdate",	"registrar expiration" },
	{ "lasttransfer",		"transfer" },
	{ "transferred",		"transfer" },
	{ "lastupdateofrdapdatabase",	"last update of RDAP database" },
	{ "lastupdateofrdapdb",		"last update of RDAP database" },
};

const char *
rdap_event(const char *said)
{
	char plain[40];

	if (!letters(said, plain, sizeof plain))
		return NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(event_words); i++)
		if (strcmp(event_words[i].said, plain) == 0 &&
		    strcmp(event_words[i].action, said) != 0)
			return event_words[i].action;
	return NULL;
}

gboolean
rdap_is_role(const char *word)
{
	for (size_t i = 0; i < G_N_ELEMENTS(roles); i++)
		if (g_ascii_strcasecmp(roles[i], word) == 0)
			return TRUE;
	return FALSE;
}

const char *
rdap_role(const char *said)
{
	char plain[40];

	if (!letters(said, plain, sizeof plain))
		return NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(role_words); i++)
		if (strcmp(role_words[i].said, plain) == 0)
			return role_words[i].role;
	return NULL;
}

/* ---- times */

/* An offset as RFC 3339 has it; caller frees. */
static char *
offset_of(const char *zone)
{
	static const char *const utc[] = { "UTC", "GMT", "+0000Z", "+00:00Z" };

	zone += *zone == ' ';
	for (size_t i = 0; i < G_N_ELEMENTS(utc); i++)
		if (strcmp(zone, utc[i]) == 0)
			return g_strdup("Z");
	if ((*zone == '+' || *zone == '-') && strlen(zone) == 5)
		return g_strdup_printf("%.3s:%s", zone, zone + 3);
	if ((*zone == '+' || *zone == '-') && strlen(zone) == 3)
		return g_strdup_printf("%s:00", zone);
	return g_strdup(zone);
}

/*
 * RFC 3339 is what text_time_parse() takes.  Servers leave out the seconds, put
 * a blank for the "T" and before the offset, write that without a colon, as a
 * name, or twice: "+0000Z".
 */
char *
rdap_utc(const char *s)
{
	g_autofree char *day = g_strndup(s, 10);
	const char *clock = strlen(s) > 11 ? s + 11 : "";
	size_t n = strspn(clock, "0123456789:.");
	g_autofree char *at = g_strndup(clock, n);
	g_autofree char *offset = offset_of(clock + n);
	g_autofree char *text = NULL;
	gint64 us;
	char out[32];

	if (strlen(s) > 64 || *clock == '\0' || strchr("Tt ", s[10]) == NULL)
		return NULL;
	text = g_strconcat(day, "T", at, n == 5 ? ":00" : "", offset, NULL);
	us = text_time_parse(text);
	if (us == INT64_MIN)
		return NULL;
	text_time_s(out, us);
	return g_strdup(out);
}

/* "Sun, 06 Nov 1994 08:49:37 GMT" */
gint64
rdap_http_wait(const char *date, gint64 since)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	g_autofree char *month = NULL, *iso = NULL;
	const char *at;
	gint64 us;

	if (strlen(date) != 29 || strcmp(date + 25, " GMT") != 0)
		return -1;
	month = g_strndup(date + 8, 3);
	at = strstr(months, month);
	if (at == NULL || (at - months) % 3 != 0)
		return -1;
	iso = g_strdup_printf("%.4s-%02d-%.2sT%.8sZ", date + 12,
	    (int)((at - months) / 3 + 1), date + 5, date + 17);
	us = text_time_parse(iso);
	if (us == INT64_MIN)
		return -1;
	return MAX(us - since, 0) / G_USEC_PER_SEC;
}
