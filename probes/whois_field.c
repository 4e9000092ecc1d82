/* A field of a record as a fact. */

#include "probes/append.h"
#include "probes/json_text.h"
#include "probes/rdap.h"
#include "probes/whois_priv.h"

/* What is known of fields by their names. */
enum trait {
	HOST	= 1,	/* a name, in lower case */
	SERVER	= 2,	/* a name server, with its addresses */
	DATE	= 4,
	PERSON	= 8,	/* may be a privacy service */
	GIVEN	= 16,	/* never withheld: who and where are, not when */
	UNSAID	= 32,	/* no fact of its own */
};

/* Those that begin alike stand together. */
static const struct {
	const char	*field;
	unsigned	 traits;
} traits[] = {
	{ "admin_name", PERSON }, { "admin_org", PERSON },
	{ "created", DATE | GIVEN }, { "changed", DATE | GIVEN },
	{ "connected", DATE },
	{ "domain", HOST | GIVEN }, { "ds", GIVEN }, { "dnssec", GIVEN },
	{ "dnskey", GIVEN }, { "deletes", DATE },
	{ "expires", DATE | GIVEN }, { "free_from", DATE },
	{ "holder", PERSON },
	/* The next server is a fact of another kind, an address its name
	 * server's. */
	{ "ns", HOST | SERVER | GIVEN }, { "ns_ip", UNSAID },
	{ "registrar", GIVEN }, { "registrar_id", GIVEN },
	{ "registrar_url", GIVEN }, { "refer", UNSAID },
	{ "status", GIVEN },
	{ "tech_name", PERSON }, { "tech_org", PERSON }, { "transfer", DATE },
};

/* The row with which those that begin so begin, from 1. */
static const unsigned char *
firsts(void)
{
	static unsigned char made[256];
	static gsize once;

	if (g_once_init_enter(&once)) {
		for (size_t i = G_N_ELEMENTS(traits); i > 0; i--)
			made[(unsigned char)*traits[i - 1].field] =
			    (unsigned char)i;
		g_once_init_leave(&once, 1);
	}
	return made;
}

static unsigned
traits_of(const struct whois_field *f)
{
	size_t i = firsts()[(unsigned char)*f->field];

	for (; i > 0 && i <= G_N_ELEMENTS(traits) &&
	    *traits[i - 1].field == *f->field; i++)
		if (strcmp(traits[i - 1].field, f->field) == 0)
			return traits[i - 1].traits;
	return 0;
}

gboolean
whois_field_said(const struct whois_field *f)
{
	return !whois_field_is(f, "refer") && !whois_field_is(f, "ns_ip");
}

/* ---- hosts */

/* A host's name in lower case; returns what is written behind it. */
static const char *
put_host(const struct whois *w, const struct whois_field *f, char *text)
{
	gsize n = strcspn(text, " \t[(|<");
	const char *rest = text[n] != '\0' ? text + n + 1 : "";
	g_autofree char *host = NULL;

	text[n] = '\0';
	host = g_str_is_ascii(text) ? rdap_hostname(text) : NULL;
	if (host != NULL)
		json_put(w->out, "value", host);
	else
		whois_put(&w->text, w->out, "value", f->offset, f->len);
	return rest;
}

/* The addresses among the words of a text.  "192.0.2.4/32" is one. */
static void
put_addresses(const struct whois *w, const char *text, gboolean *any)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \t[](),;|/", -1);

	for (char **p = words; *p != NULL; p++) {
		if (!g_hostname_is_ip_address(*p))
			continue;
		if (!*any) {
			json_key(w->out, "ips");
			json_open(w->out, '[');
		}
		json_item(w->out, *p);
		*any = TRUE;
	}
}

/* What lines below the name server give as its addresses. */
static void
put_below(const struct whois *w, const struct whois_field *ns, gboolean *any)
{
	const struct whois_field *end = &g_array_index(w->found.fields,
	    struct whois_field, 0) + w->found.fields->len;

	for (const struct whois_field *f = ns + 1; f < end &&
	    whois_field_is(f, "ns_ip"); f++) {
		g_autofree char *text = whois_utf8(&w->text, f->offset, f->len);

		put_addresses(w, text, any);
	}
}

/* Addresses behind a name server or below it: glue as the registry has it. */
static void
put_glue(const struct whois *w, const struct whois_field *f, const char *rest)
{
	gboolean any = FALSE;

	if (*rest != '\0')
		put_addresses(w, rest, &any);
	put_below(w, f, &any);
	if (any)
		json_close(w->out, ']');
}

/* ---- dates */

/* The order of days and months that the answer shows where it writes a day that
 * is no month. */
static enum whois_order
order_shown(const struct whois *w)
{
	enum whois_order seen = ORDER_NONE;

	for (guint i = 0; i < w->found.fields->len && seen == ORDER_NONE;
	    i++) {
		const struct whois_field *f = &g_array_index(w->found.fields,
		    struct whois_field, i);

		if ((traits_of(f) & DATE) != 0)
			seen = whois_date_order(w->text.text + f->offset,
			    f->len);
	}
	return seen;
}

static void
put_date(const struct whois *w, const char *text)
{
	enum whois_order order = w->found.layout->order;
	gboolean by_layout = FALSE, known;
	char read[32];

	known = whois_date(text, order, read, &by_layout);
	if (!known && order == ORDER_NONE) {
		order = order_shown(w);
		known = order != ORDER_NONE &&
		    whois_date(text, order, read, &by_layout);
	}
	if (!known) {
		json_put_null(w->out, "read");
		return;
	}
	json_put(w->out, "read", read);
	if (by_layout)
		json_put(w->out, "order", order == ORDER_DMY ? "day first" :
		    "month first");
}

/* ---- the fact */

/* A privacy service has a name, and that is given; nothing but a name is. */
static gboolean
is_withheld(unsigned is, const char *text)
{
	return rdap_withheld_whois(text) && ((is & PERSON) == 0 ||
	    !rdap_privacy_service(text));
}

/* A page with a form to write to the holder by is no address of his. */
static gboolean
is_page(const struct whois_field *f, const char *text)
{
	return whois_field_ends(f->field, "email") &&
	    g_str_has_prefix(text, "http") && strchr(text, '@') == NULL;
}

/* text: the value, which is written on. */
static void
put_value(const struct whois *w, const struct whois_field *f, unsigned is,
    char *text)
{
	/* A date that has no digit is none. */
	gboolean withheld = ((is & GIVEN) == 0 || ((is & DATE) != 0 &&
	    strpbrk(text, "0123456789") == NULL)) && (is_withheld(is, text) ||
	    is_page(f, text));
	const char *rest = "";

	json_put_plain(w->out, "field", f->field);
	if ((is & HOST) != 0)
		rest = put_host(w, f, text);
	else
		whois_put(&w->text, w->out, "value", f->offset, f->len);
	append_text(w->out, ",\"line\":");
	json_text_integer(w->out, (json_int_t)f->line + 1);
	append_text(w->out, ",\"offset\":");
	json_text_integer(w->out, (json_int_t)whois_raw(&w->text,
	    whois_line(&w->text, f->line), f->offset));
	append_text(w->out, withheld ? ",\"withheld\":true" :
	    ",\"withheld\":false");
	if ((is & SERVER) != 0)
		put_glue(w, f, rest);
}

void
whois_field_fact(const struct whois *w, const struct whois_field *f)
{
	unsigned is = traits_of(f);
	char text[WHOIS_VALUE + 1];

	if ((is & UNSAID) != 0)
		return;
	memcpy(text, w->text.text + f->offset, f->len);
	text[f->len] = '\0';
	append_bytes(w->out, w->head->str, w->head->len);
	put_value(w, f, is, text);
	if (f->part != NULL)
		json_put_plain(w->out, "part", f->part);
	if ((is & PERSON) != 0)
		json_put_bool(w->out, "service", rdap_privacy_service(text));
	if ((is & DATE) != 0)
		put_date(w, text);
	if (f->unfollowed)
		json_put_bool(w->out, "followed", FALSE);
	append_bytes(w->out, w->tail->str, w->tail->len);
}
