/* Where a message says that it came from: Received, dates, automatic ones. */

#include <string.h>

#include "collector/mail_priv.h"
#include "probes/text.h"

#define HOPS_MOST	200

/* ---- dates ------------------------------------------------------------------------------ */

static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun",
	"jul", "aug", "sep", "oct", "nov", "dec" };

/* RFC 5322, 4.3; the letters of the military zones were used with either
 * sign, so they tell nothing. */
static const struct { const char *name; int minutes; } zones[] = {
	{ "ut", 0 }, { "gmt", 0 }, { "utc", 0 }, { "z", 0 },
	{ "est", -300 }, { "edt", -240 }, { "cst", -360 }, { "cdt", -300 },
	{ "mst", -420 }, { "mdt", -360 }, { "pst", -480 }, { "pdt", -420 },
};

static gboolean
zone_minutes(const char *s, int *minutes)
{
	size_t n = strcspn(s, " \t(");
	const char *c = s + 1;
	int h, m;

	if ((*s == '+' || *s == '-') && n == 5 &&
	    text_digits(&c, 2, &h) == 2 && text_digits(&c, 2, &m) == 2 &&
	    m < 60 && h < 24) {
		*minutes = (*s == '-' ? -1 : 1) * (h * 60 + m);
		return TRUE;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(zones); i++)
		if (strlen(zones[i].name) == n &&
		    g_ascii_strncasecmp(s, zones[i].name, n) == 0) {
			*minutes = zones[i].minutes;
			return TRUE;
		}
	return FALSE;
}

static const char *
blanks(const char *s)
{
	return s + strspn(s, " \t\r\n\v\f");
}

/* A month's name, short or long, and the blanks around it; 0 where there is
 * none. */
static int
month_word(const char **s)
{
	const char *word = blanks(*s), *end = word;

	while (end - word < 11 && g_ascii_isalpha(*end))
		end++;
	*s = blanks(end);
	for (int i = 0; i < 12; i++)
		if (g_ascii_strncasecmp(word, months[i], 3) == 0)
			return i + 1;
	return 0;
}

/* "12:34" or "12:34:56"; what follows it, or NULL. */
static const char *
clock_read(const char *s, int hms[3])
{
	hms[2] = 0;
	if (text_digits(&s, 2, &hms[0]) == 0 || *s++ != ':' ||
	    text_digits(&s, 2, &hms[1]) == 0)
		return NULL;
	if (*s == ':' && (s++, text_digits(&s, 2, &hms[2]) == 0))
		return NULL;
	return s + strspn(s, " \t");
}

char *
date_rfc3339(const char *s)
{
	int d, y, hms[3], zone, month;
	char out[32];
	const char *comma = strchr(s, ','), *rest;
	g_autoptr(GDateTime) when = NULL;

	if (comma != NULL && comma - s < 20)
		s = comma + 1;
	s = blanks(s);
	if (text_digits(&s, 2, &d) == 0 || (month = month_word(&s)) == 0 ||
	    text_digits(&s, 4, &y) == 0)
		return NULL;
	y += y < 50 ? 2000 : y < 1000 ? 1900 : 0;
	rest = clock_read(blanks(s), hms);
	if (rest == NULL || !zone_minutes(rest, &zone))
		return NULL;
	when = g_date_time_new_utc(y, month, d, hms[0], hms[1],
	    hms[2] == 60 ? 59 : hms[2]);
	if (when == NULL)
		return NULL;
	text_time_s(out, (g_date_time_to_unix(when) - zone * 60) * 1000000);
	return g_strdup(out);
}

/* ---- Received (RFC 5321, 4.4) ------------------------------------------------------------ */

/* The text after the word up to the next of the clause's words. */
static char *
clause(const char *s, const char *word)
{
	static const char *const stops[] = { " from ", " by ", " with ",
	    " for ", " id ", " via " };
	g_autofree char *spaced = g_strconcat(" ", s, " ", NULL);
	g_autofree char *find = g_strconcat(" ", word, " ", NULL);
	const char *at = strstr(spaced, find), *end;
	char *out;

	if (at == NULL)
		return g_strdup("");
	at += strlen(find);
	end = spaced + strlen(spaced);
	for (size_t i = 0; i < G_N_ELEMENTS(stops); i++) {
		const char *stop = strstr(at - 1, stops[i]);

		if (stop != NULL && stop < end)
			end = stop;
	}
	out = g_strndup(at, end > at ? (size_t)(end - at) : 0);
	return g_strstrip(out);
}

/* A bare address in brackets, or after a blank: [192.0.2.1], [IPv6:...]. */
static char *
ip_in(const char *s)
{
	for (; *s != '\0'; s++) {
		g_autofree char *word = NULL;
		const char *at = s + 1;
		struct inet ip;

		if (*s != '[' && *s != '(' && *s != ' ')
			continue;
		if (g_ascii_strncasecmp(at, "IPv6:", 5) == 0)
			at += 5;
		word = g_strndup(at, strcspn(at, "])( ;,"));
		if (strchr(word, '/') == NULL && inet_read(word, &ip) == 0)
			return inet_words(&ip);
	}
	return g_strdup("");
}

/* RFC 5321, 4.4: what the client said of itself comes first, what the server saw
 * of the connection stands in parentheses after it. */
static char *
ip_of(const char *from)
{
	const char *paren = strchr(from, '(');
	char *ip = ip_in(paren != NULL ? paren : from);

	if (*ip != '\0' || paren == NULL)
		return ip;
	g_free(ip);
	return ip_in(from);
}

static char *
utf8(const char *s)
{
	return bytes_utf8(s, strlen(s), "utf-8");
}

static struct mail_hop *
hop_read(const char *value)
{
	struct mail_hop *h = g_new0(struct mail_hop, 1);
	const char *semi = strrchr(value, ';');
	g_autofree char *stamp = g_strndup(value, semi != NULL ?
	    (size_t)(semi - value) : strlen(value));
	g_autofree char *clean = utf8(stamp);

	h->from = clause(clean, "from");
	h->by = clause(clean, "by");
	h->with = clause(clean, "with");
	h->ip = ip_of(h->from);
	h->time = semi != NULL ? date_rfc3339(semi + 1) : NULL;
	if (h->time == NULL)
		h->time = g_strdup("");
	return h;
}

static void
hops_read(struct eml *m, const struct head *h, struct mail *mail)
{
	const struct field *f;
	guint from = 0;

	while ((f = head_field(m, h, "Received", &from)) != NULL) {
		g_autofree char *value = field_value(m, f);
		struct mail_hop *hop;

		if (mail->hops->len >= HOPS_MOST) {
			eml_problem(m, f->name, "more than %u Received fields; "
			    "the older ones are not read", HOPS_MOST);
			break;
		}
		hop = hop_read(value);
		if (*hop->time == '\0')
			eml_problem(m, f->name, "a Received field without a "
			    "time that can be read");
		g_ptr_array_add(mail->hops, hop);
	}
}

/* ---- sent by no person --------------------------------------------------------------------- */

/* Fields that say so, and the values with which they do not. */
static const struct {
	const char	*field;
	const char	*but;		/* this value says the contrary */
	const char	*only;		/* only this one says it, "" any */
} robots[] = {
	{ "Auto-Submitted", "no", "" },		/* RFC 3834, 5 */
	{ "X-Autoreply", "no", "" },
	{ "X-Autorespond", "no", "" },
	{ "X-Autogenerated", "no", "" },
	{ "X-Auto-Reply-From", "", "" },
	{ "Precedence", "", "auto_reply" },
	{ "Return-Path", "", "<>" },		/* RFC 5321, 4.5.5 */
};

static gboolean
is_robot(struct eml *m, const struct head *h)
{
	g_autofree char *type = head_value(m, h, "Content-Type");
	g_autofree char *first = value_first(type);

	for (size_t i = 0; i < G_N_ELEMENTS(robots); i++) {
		const struct field *f = head_field(m, h, robots[i].field, NULL);
		g_autofree char *v = f != NULL ? field_value(m, f) : NULL;
		g_autofree char *word = v != NULL ? value_first(v) : NULL;

		if (word != NULL && *word != '\0' &&
		    strcmp(word, robots[i].but) != 0 &&
		    (*robots[i].only == '\0' ||
		    strcmp(word, robots[i].only) == 0))
			return TRUE;
	}
	return strcmp(first, "multipart/report") == 0;	/* RFC 6522 */
}

/* RFC 5322, 3.6.4: a reply names what it replies to. */
static gboolean
names_another(struct eml *m, const struct head *h)
{
	return head_field(m, h, "In-Reply-To", NULL) != NULL ||
	    head_field(m, h, "References", NULL) != NULL;
}

static void
origin_read(struct eml *m, const struct head *h, struct mail *mail)
{
	const struct field *f = head_field(m, h, "X-Originating-IP", NULL);
	g_autofree char *v = f != NULL ? field_value(m, f) : NULL;
	g_autofree char *padded = NULL;

	if (v == NULL)
		return;
	padded = g_strconcat(" ", v, NULL);
	g_free(mail->originating_ip);
	mail->originating_ip = ip_in(padded);
	if (*mail->originating_ip == '\0')
		eml_problem(m, f->name, "X-Originating-IP is no address");
}

void
trace_read(struct eml *m, const struct head *h, struct mail *mail)
{
	hops_read(m, h, mail);
	origin_read(m, h, mail);
	mail->automatic = is_robot(m, h);
	mail->answers = names_another(m, h);
}
