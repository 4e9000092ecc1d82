#include "reports/sender.h"

#include <string.h>

#include "probes/text.h"
#include "reports/delivery.h"
#include "reports/phrase.h"

/* ---- by whom no person is meant ------------------------------------------------- */

/* Services that stand before a registrant and pass messages on: what comes from
 * them was written by, or through, a provider. */
static const char *const relays[] = {
	"anonymize.com", "contactprivacy.com", "data-protected.net",
	"domainsbyproxy.com", "identity-protect.org",
	"namebrightprivacy.com", "o-w-o.info", "perfectprivacy.com",
	"privacyguardian.org", "privacyprotect.org", "whoisguard.com",
	"whoisprivacyprotect.com", "whoisprivacyservice.org",
	"whoisproxy.com", "withheldforprivacy.com",
};

static gboolean
is_relay(const char *domain)
{
	for (size_t i = 0; i < G_N_ELEMENTS(relays); i++)
		if (name_under(domain, relays[i]))
			return TRUE;
	return FALSE;
}

/* "noreply@", "mailer-daemon@": RFC 2142 has postmaster, which is a person's. */
static gboolean
is_machine(const char *from)
{
	static const char *const boxes[] = { "noreply", "no-reply", "no_reply",
		"donotreply", "do-not-reply", "mailer-daemon", "bounce",
		"bounces", "notification", "notifications", "auto-confirm" };
	const char *open = strrchr(from, '<');
	const char *at = open != NULL ? open + 1 : from;

	for (size_t i = 0; i < G_N_ELEMENTS(boxes); i++) {
		size_t n = strlen(boxes[i]);

		if (g_ascii_strncasecmp(at, boxes[i], n) == 0 &&
		    (at[n] == '@' || at[n] == '+' || at[n] == '-'))
			return TRUE;
	}
	return FALSE;
}

/* ---- from which domain ---------------------------------------------------------- */

const char *
sender_provider(const struct sight *s, const struct import *i)
{
	const char *domain = i->mail->from_domain;

	for (guint k = 0; k < s->entities->len && *domain != '\0'; k++) {
		const struct entity_view *e = g_ptr_array_index(s->entities,
		    k);

		if (entity_is_host(e->name, domain))
			return e->name;
	}
	return NULL;
}

static gboolean
is_own(const struct record *rec, const char *domain)
{
	for (guint i = 0; i < rec->own_domains->len; i++)
		if (name_under(domain, g_ptr_array_index(rec->own_domains, i)))
			return TRUE;
	return FALSE;
}

static gboolean
from_site(const struct sight *s, const struct mail *m)
{
	if (*m->from_domain == '\0' || is_own(s->rec, m->from_domain))
		return FALSE;
	for (guint i = 0; i < s->sites->len; i++) {
		const struct site *site = g_ptr_array_index(s->sites, i);

		if (name_under(m->from_domain, site->name))
			return TRUE;
	}
	return FALSE;
}

static gboolean
is_signed(const struct mail *m)
{
	for (guint i = 0; i < m->signs->len; i++) {
		const struct mail_sign *s = g_ptr_array_index(m->signs, i);

		if (strcmp(s->kind, "dkim") == 0 && s->domain != NULL &&
		    strcmp(s->result, "pass") == 0 &&
		    name_under(m->from_domain, s->domain))
			return TRUE;
	}
	return FALSE;
}

enum sender
sender_of(const struct sight *s, const struct import *i)
{
	const struct mail *m = i->mail;

	if (i->kind != IMPORT_MAIL || m == NULL)
		return SENDER_OTHER;
	if (m->whose == MAIL_FROM_PROVIDER || sender_provider(s, i) != NULL ||
	    is_relay(m->from_domain))
		return SENDER_PROVIDER;
	if (m->automatic || is_machine(m->from))
		return SENDER_OTHER;
	if (m->whose == MAIL_FROM_OPERATOR)
		return SENDER_SITE;
	if (!from_site(s, m))
		return SENDER_OTHER;
	return is_signed(m) ? SENDER_SITE_SIGNED : SENDER_SITE_NAMED;
}

/* ---- headers ----------------------------------------------------------------------- */

gboolean
sender_broken(const struct mail *m)
{
	for (guint i = 0; i < m->signs->len; i++) {
		const struct mail_sign *s = g_ptr_array_index(m->signs, i);

		if (strcmp(s->kind, "dkim") == 0 &&
		    strcmp(s->result, "fail") == 0)
			return TRUE;
	}
	return FALSE;
}

gboolean
sender_headed(const struct mail *m)
{
	return *m->from_domain != '\0' && (m->hops->len > 0 ||
	    *m->message_id != '\0' || m->answers);
}

gboolean
sender_whole(const struct mail *m)
{
	return m->hops->len > 0 && *m->date != '\0' && !sender_broken(m);
}

/* Of the subject of an answer: English, German, Dutch, French, Nordic, Spanish,
 * Italian, Portuguese, Polish. */
static const char *const answer_marks[] = {
	"re:", "re ", "re : ", "re[", "aw:", "antw:", "antwort:", "antwoord:",
	"sv:", "vs:", "r\303\251p:", "r\303\251p :", "rep:", "resp:",
	"respuesta:", "ref:", "rif:", "r:", "odp:", "res:",
};

static const char *const answer_words[] = {
	"your ?last|recent|previous|kind|abuse|copyright message|messages|letter|letters|email|emails|e-mail|e-mails|mail|notice|notices|complaint|complaints|request|requests|inquiry|enquiry|offer|question|questions|note",
	"you wrote|write|asked|ask|contacted",
	"thank|thanks ?you for ~3 writing|contacting|message|letter|email|e-mail|mail",
	"ihr|ihre|ihrem|ihren|ihrer|deine nachricht|mail|e-mail|schreiben|brief|anfrage|meldung|angebot|abmahnung|beschwerde",
	"uw bericht|brief|mail|e-mail|melding|verzoek|klacht|sommatie|aanbod",
	"votre message|lettre|courriel|mail|demande|plainte|courrier|notification|offre",
	"su mensaje|carta|correo|solicitud|queja|denuncia|requerimiento|oferta|escrito",
};

static gboolean
words_answer(const char *text)
{
	return patterns_in(text, MIN(strlen(text), 8192), answer_words,
	    G_N_ELEMENTS(answer_words), NULL);
}

/* "Name <a@b.example>" and "a@b.example" hold the address. */
static gboolean
wrote_to(const struct record *rec, const struct mail *m)
{
	const char *open = strrchr(m->from, '<');
	g_autofree char *who = g_strdup(open != NULL ? open + 1 : m->from);

	who[strcspn(who, ">")] = '\0';
	for (guint i = 0; i < rec->imports->len && strchr(who, '@') != NULL;
	    i++) {
		const struct import *o = g_ptr_array_index(rec->imports, i);

		if (o->mail != NULL && o->mail != m && *o->mail->date != '\0' &&
		    strcmp(o->mail->date, m->date) < 0 &&
		    strstr(o->mail->to, who) != NULL)
			return TRUE;
	}
	return FALSE;
}

gboolean
sender_answers(const struct record *rec, const struct import *i)
{
	g_autofree char *said = g_ascii_strdown(i->describe, -1);
	const struct mail *m = i->mail;

	if (m->answers || strstr(said, "reply") != NULL ||
	    strstr(said, "answer") != NULL || strstr(said, "response") != NULL)
		return TRUE;
	for (size_t k = 0; k < G_N_ELEMENTS(answer_marks); k++)
		if (g_ascii_strncasecmp(m->subject, answer_marks[k],
		    strlen(answer_marks[k])) == 0)
			return TRUE;
	return wrote_to(rec, m) || words_answer(m->text);
}

/* ---- from which address ---------------------------------------------------------------- */

/* Private, shared and link-local space (RFC 6890) is nobody's address. */
static gboolean
is_private(const struct inet *a)
{
	static const char *const nets[] = {
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8",
		"169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
		"224.0.0.0/4", "240.0.0.0/4", "::/8", "fc00::/7", "fe80::/10",
		"ff00::/8",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(nets); i++) {
		struct inet net;

		if (inet_read(nets[i], &net) == 0 && inet_holds(&net, a))
			return TRUE;
	}
	return FALSE;
}

/* RFC 3848 (ESMTPA, ESMTPSA), RFC 6531 (UTF8SMTPA, UTF8SMTPSA), and webmail. */
static gboolean
had_logged_in(const char *with)
{
	static const char *const ways[] = {
		"ESMTPA", "ESMTPSA", "ASMTP", "UTF8SMTPA", "UTF8SMTPSA",
		"HTTP", "HTTPS", "HTTPREST",
	};
	size_t n = strcspn(with, " \t;(");

	for (size_t i = 0; i < G_N_ELEMENTS(ways); i++)
		if (strlen(ways[i]) == n &&
		    g_ascii_strncasecmp(with, ways[i], n) == 0)
			return TRUE;
	return FALSE;
}

static gboolean
may_be_own(const char *text, struct inet *ip)
{
	return inet_read(text, ip) == 0 && !is_private(ip);
}

gboolean
sender_address(const struct mail *m, struct inet *ip, const char **where)
{
	*where = "X-Originating-IP";
	if (may_be_own(m->originating_ip, ip))
		return TRUE;
	*where = "its oldest Received field";
	for (guint i = m->hops->len; i-- > 0;) {
		const struct mail_hop *h = g_ptr_array_index(m->hops, i);

		if (h->with != NULL && had_logged_in(h->with))
			return h->ip != NULL && may_be_own(h->ip, ip);
		if (h->ip != NULL && may_be_own(h->ip, ip))
			return FALSE;	/* one server at another's door */
	}
	return FALSE;
}

/* ---- of which Doe --------------------------------------------------------------------------- */

const struct party *
sender_doe(const struct record *rec, const struct import *i, gboolean *named)
{
	const struct party *p = party_doe(rec, i->entity);

	*named = p != NULL;
	if (p != NULL)
		return p;
	/* said to be somebody else's: a Doe not of that day, a name */
	return *i->entity == '\0' ? party_only_doe(rec) : NULL;
}

static void
message_add(const struct sight *s, guint number, GArray *to)
{
	const struct import *i = g_ptr_array_index(s->rec->imports, number);
	struct doe_message m = { .import = number };
	enum sender of = sender_of(s, i);
	gboolean named;
	int64_t at;

	if (of != SENDER_SITE && of != SENDER_SITE_SIGNED)
		return;
	m.doe = sender_doe(s->rec, i, &named);
	if (m.doe == NULL || !sender_address(i->mail, &m.row.ip, &m.where))
		return;
	at = text_time_parse(i->mail->date);
	m.row.time = at != INT64_MIN ? at : TIME_UNKNOWN;
	m.row.faults = at == INT64_MIN ? (uint32_t)ROW_TIME_NONE : 0;
	m.row.when = i->mail->date;
	m.said = (struct activity_said){ .doe = m.doe->label, .act = "",
		.work = "", .party = "", .source = named &&
		sender_whole(i->mail) ? i->exhibit : "" };
	g_array_append_val(to, m);
}

GArray *
sender_messages(const struct sight *s)
{
	GArray *to = g_array_new(FALSE, TRUE, sizeof(struct doe_message));

	for (guint i = 0; i < s->rec->imports->len; i++) {
		const struct import *m = g_ptr_array_index(s->rec->imports, i);

		if (m->kind == IMPORT_MAIL && m->mail != NULL)
			message_add(s, i, to);
	}
	/* Now that none of them moves any more. */
	for (guint i = 0; i < to->len; i++) {
		struct doe_message *m = &g_array_index(to, struct doe_message,
		    i);

		m->row.is = &m->said;
	}
	return to;
}
