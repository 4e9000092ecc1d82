#include <string.h>

#include "probes/whois.h"

/*
 * What the words of keys and headings mean, whoever uses them.  A key is a word
 * of the domain ("creation date"), an attribute ("phone") of whom the heading
 * or the block is about, or both in one ("tech phone").
 */

enum attribute {
	ATTR_NONE,
	ATTR_NAME, ATTR_ORG, ATTR_STREET, ATTR_CITY, ATTR_STATE, ATTR_POSTCODE,
	ATTR_COUNTRY, ATTR_PHONE, ATTR_PHONE_EXT, ATTR_FAX, ATTR_FAX_EXT,
	ATTR_EMAIL, ATTR_HANDLE, ATTR_TYPE, ATTR_URL, ATTR_NUMBER, ATTR_ID,
	ATTRIBUTES,
};

struct word {
	const char	*word;
	int		 means;
};

struct plain {
	const char	*word, *field;
};

#define CONTACT(p)	{ NULL, p "_name", p "_org", p "_street", p "_city", \
	p "_state", p "_postcode", p "_country", p "_phone", p "_phone_ext", \
	p "_fax", p "_fax_ext", p "_email", p "_handle", p "_type", p "_url", \
	p "_number", NULL }

/* "" where the attribute of that one is left out. */
static const char *const fields[WHOIS_ROLES][ATTRIBUTES] = {
	[ROLE_HOLDER] = { NULL, "holder", "holder", "holder_street",
	    "holder_city", "holder_state", "holder_postcode", "country",
	    "phone", "phone_ext", "holder_fax", "holder_fax_ext", "email",
	    "holder_handle", "holder_type", "holder_url", "holder_number" },
	[ROLE_ADMIN] = CONTACT("admin"),
	[ROLE_TECH] = CONTACT("tech"),
	[ROLE_BILLING] = CONTACT("billing"),
	[ROLE_REGISTRAR] = { NULL, "registrar", "registrar",
	    "registrar_street", "registrar_city", "registrar_state",
	    "registrar_postcode", "registrar_country", "registrar_phone", NULL,
	    "registrar_fax", NULL, "registrar_email", "registrar_handle", NULL,
	    "registrar_url", "registrar_number", "registrar_id" },
	[ROLE_RESELLER] = { NULL, "reseller", "reseller", "reseller_street",
	    "reseller_city", "reseller_state", "reseller_postcode",
	    "reseller_country", "reseller_phone", NULL, NULL, NULL,
	    "reseller_email", "reseller_handle", NULL, "reseller_url",
	    "reseller_number" },
	[ROLE_SPONSOR] = { NULL, "sponsor", "sponsor", NULL, NULL, NULL, NULL,
	    "sponsor_country", NULL, NULL, NULL, NULL, "sponsor_email",
	    "sponsor_handle", NULL, "sponsor_url", NULL },
	[ROLE_REGISTRY] = { NULL, "registry", "registry", "registry_street",
	    NULL, NULL, NULL, "registry_country", "registry_phone", NULL, NULL,
	    NULL, "registry_email", NULL, NULL, "registry_url", NULL },
	[ROLE_ABUSE] = { [ATTR_EMAIL] = "abuse_email",
	    [ATTR_PHONE] = "abuse_phone" },
};

static const struct word roles[] = {
	{ "registrant", ROLE_HOLDER }, { "holder", ROLE_HOLDER },
	{ "owner", ROLE_HOLDER }, { "domain owner", ROLE_HOLDER },
	{ "domain holder", ROLE_HOLDER }, { "registrant contact", ROLE_HOLDER },
	{ "registrant contact information", ROLE_HOLDER },
	{ "registrant information", ROLE_HOLDER },
	{ "registrant contact details", ROLE_HOLDER },
	{ "registrant details", ROLE_HOLDER },
	{ "holder of domain name", ROLE_HOLDER },
	{ "owner-contact", ROLE_HOLDER },
	{ "holder-c", ROLE_HOLDER }, { "owner-c", ROLE_HOLDER },
	{ "owner contact", ROLE_HOLDER }, { "titular", ROLE_HOLDER },
	{ "titulaire", ROLE_HOLDER }, { "domain owners / registrant", ROLE_HOLDER },
	{ "organization using domain name", ROLE_HOLDER },
	{ "organisation using domain name", ROLE_HOLDER },
	{ "organisation", ROLE_HOLDER }, { "organization", ROLE_HOLDER },
	{ "domain holder handle", ROLE_HOLDER },
	{ "domain registrant", ROLE_HOLDER }, { "subscriber", ROLE_HOLDER },
	{ "legal owner", ROLE_HOLDER },
	{ "admin", ROLE_ADMIN }, { "administrative", ROLE_ADMIN },
	{ "administrator", ROLE_ADMIN }, { "adm", ROLE_ADMIN },
	{ "admin contact", ROLE_ADMIN }, { "admin-c", ROLE_ADMIN },
	{ "admin c", ROLE_ADMIN }, { "tech c", ROLE_TECH },
	{ "administrative contact", ROLE_ADMIN },
	{ "administrative contacts", ROLE_ADMIN },
	{ "administrativ contact", ROLE_ADMIN },
	{ "administrative contact information", ROLE_ADMIN },
	{ "administrative contact/agent", ROLE_ADMIN },
	{ "administrative contact details", ROLE_ADMIN },
	{ "contact administratif", ROLE_ADMIN },
	{ "contacto administrativo", ROLE_ADMIN },
	{ "admin-contact", ROLE_ADMIN },
	{ "admin contact information", ROLE_ADMIN },
	{ "tech", ROLE_TECH }, { "technical", ROLE_TECH },
	{ "technical contact", ROLE_TECH }, { "tech contact", ROLE_TECH },
	{ "technical contacts", ROLE_TECH }, { "tec", ROLE_TECH },
	{ "technical contact information", ROLE_TECH },
	{ "technical contact details", ROLE_TECH },
	{ "registrar technical contacts", ROLE_TECH },
	{ "tech contact information", ROLE_TECH },
	{ "technical-contact", ROLE_TECH }, { "contact technique", ROLE_TECH },
	{ "contacto tecnico", ROLE_TECH }, { "tech-c", ROLE_TECH },
	{ "contacto técnico", ROLE_TECH },
	{ "tech-c handle", ROLE_TECH },
	{ "onsite", ROLE_TECH }, { "on-site", ROLE_TECH },
	{ "billing", ROLE_BILLING }, { "billing contact", ROLE_BILLING },
	{ "billing-c", ROLE_BILLING }, { "bill-c", ROLE_BILLING },
	{ "billing-contact", ROLE_BILLING }, { "bill", ROLE_BILLING },
	{ "bil", ROLE_BILLING }, { "billing contacts", ROLE_BILLING },
	{ "billing contact information", ROLE_BILLING },
	{ "contact financier", ROLE_BILLING },
	{ "contacto de cobranza", ROLE_BILLING },
	{ "contacto financiero", ROLE_BILLING },
	{ "registrar", ROLE_REGISTRAR }, { "registrar contact", ROLE_REGISTRAR },
	{ "sponsoring registrar", ROLE_REGISTRAR },
	{ "registrar information", ROLE_REGISTRAR },
	{ "registrar of record", ROLE_REGISTRAR },
	{ "domain registrar", ROLE_REGISTRAR },
	{ "registered through", ROLE_REGISTRAR },
	{ "current registrar", ROLE_REGISTRAR },
	{ "current registar", ROLE_REGISTRAR },
	{ "registration service provider", ROLE_RESELLER },
	{ "registrar contact information", ROLE_REGISTRAR },
	{ "domain managers", ROLE_REGISTRAR },
	{ "authorized agency", ROLE_REGISTRAR },
	{ "registration service provided by", ROLE_RESELLER },
	{ "reseller", ROLE_RESELLER }, { "reseller information", ROLE_RESELLER },
	{ "sponsor", ROLE_SPONSOR }, { "registry", ROLE_REGISTRY },
	{ "abuse contact", ROLE_ABUSE }, { "registrar abuse contact", ROLE_ABUSE },
	{ "abuse", ROLE_ABUSE }, { "registrar abuse", ROLE_ABUSE },
	{ "zone-c", ROLE_OTHER }, { "zone c", ROLE_OTHER },
	{ "zone contact", ROLE_OTHER },
	{ "nsl-id", ROLE_OTHER }, { "dnssec contact", ROLE_OTHER },
	{ "holder-c-alt", ROLE_OTHER },
};

static const struct word attributes[] = {
	{ "name", ATTR_NAME }, { "contact name", ATTR_NAME },
	{ "full name", ATTR_NAME }, { "person", ATTR_NAME },
	{ "role", ATTR_NAME }, { "personname", ATTR_NAME },
	{ "contact", ATTR_NAME }, { "contact person", ATTR_NAME },
	{ "name int", ATTR_NAME }, { "name loc", ATTR_NAME },
	{ "person-loc", ATTR_NAME }, { "responsible person", ATTR_NAME },
	{ "nom", ATTR_NAME }, { "nombre", ATTR_NAME },
	{ "given name", ATTR_NAME }, { "family name", ATTR_NAME },
	{ "first name", ATTR_NAME }, { "last name", ATTR_NAME },
	{ "organization", ATTR_ORG }, { "organisation", ATTR_ORG },
	{ "organization name", ATTR_ORG }, { "organisation name", ATTR_ORG },
	{ "contact organization", ATTR_ORG },
	{ "contact organisation", ATTR_ORG }, { "organizacion", ATTR_ORG },
	{ "organización", ATTR_ORG },
	{ "company", ATTR_ORG }, { "company name", ATTR_ORG },
	{ "company english name", ATTR_ORG }, { "org", ATTR_ORG },
	{ "org-name", ATTR_ORG }, { "org name", ATTR_ORG },
	{ "org int", ATTR_ORG }, { "org loc", ATTR_ORG },
	{ "organization-loc", ATTR_ORG },
	{ "street", ATTR_STREET }, { "address", ATTR_STREET },
	{ "street address", ATTR_STREET }, { "postal address", ATTR_STREET },
	{ "post address", ATTR_STREET }, { "address-loc", ATTR_STREET },
	{ "street1", ATTR_STREET }, { "street2", ATTR_STREET },
	{ "street3", ATTR_STREET }, { "address1", ATTR_STREET },
	{ "address2", ATTR_STREET }, { "address3", ATTR_STREET },
	{ "address 1", ATTR_STREET }, { "address 2", ATTR_STREET },
	{ "street 1", ATTR_STREET }, { "street 2", ATTR_STREET },
	{ "street 3", ATTR_STREET },
	{ "address line 1", ATTR_STREET }, { "address line 2", ATTR_STREET },
	{ "contact address1", ATTR_STREET }, { "contact address2", ATTR_STREET },
	{ "contact address", ATTR_STREET }, { "addr int", ATTR_STREET },
	{ "addr loc", ATTR_STREET }, { "registered address", ATTR_STREET },
	{ "adresse", ATTR_STREET },
	{ "direccion", ATTR_STREET }, { "dirección", ATTR_STREET },
	{ "city", ATTR_CITY }, { "town", ATTR_CITY }, { "locality", ATTR_CITY },
	{ "postal area", ATTR_CITY }, { "contact city", ATTR_CITY },
	{ "ville", ATTR_CITY }, { "ciudad", ATTR_CITY },
	{ "state", ATTR_STATE }, { "state/province", ATTR_STATE },
	{ "province", ATTR_STATE }, { "region", ATTR_STATE },
	{ "province/state", ATTR_STATE }, { "state / province", ATTR_STATE },
	{ "registered state", ATTR_STATE },
	{ "contact state", ATTR_STATE }, { "contact province", ATTR_STATE },
	{ "state or province", ATTR_STATE }, { "stateprovince", ATTR_STATE },
	{ "postal code", ATTR_POSTCODE }, { "postalcode", ATTR_POSTCODE },
	{ "postcode", ATTR_POSTCODE }, { "zip", ATTR_POSTCODE },
	{ "postal", ATTR_POSTCODE },
	{ "zip code", ATTR_POSTCODE }, { "zipcode", ATTR_POSTCODE },
	{ "postal-code", ATTR_POSTCODE }, { "contact postalcode", ATTR_POSTCODE },
	{ "pcode", ATTR_POSTCODE },
	{ "postal-code-loc", ATTR_POSTCODE },
	{ "registered postalcode", ATTR_POSTCODE },
	{ "zip/postal code", ATTR_POSTCODE },
	{ "country", ATTR_COUNTRY }, { "country code", ATTR_COUNTRY },
	{ "country/economy", ATTR_COUNTRY }, { "contact country", ATTR_COUNTRY },
	{ "countrycode", ATTR_COUNTRY }, { "country-loc", ATTR_COUNTRY },
	{ "country / region", ATTR_COUNTRY },
	{ "registered country", ATTR_COUNTRY },
	{ "pays", ATTR_COUNTRY }, { "pais", ATTR_COUNTRY },
	{ "phone", ATTR_PHONE }, { "phone number", ATTR_PHONE },
	{ "tel", ATTR_PHONE }, { "telephone", ATTR_PHONE },
	{ "voice", ATTR_PHONE }, { "voice number", ATTR_PHONE },
	{ "contact phone", ATTR_PHONE }, { "phone-no", ATTR_PHONE },
	{ "telephone number", ATTR_PHONE }, { "contact voice", ATTR_PHONE },
	{ "telefono", ATTR_PHONE }, { "teléfono", ATTR_PHONE },
	{ "phone ext", ATTR_PHONE_EXT }, { "fax ext", ATTR_FAX_EXT },
	{ "fax", ATTR_FAX }, { "fax number", ATTR_FAX }, { "fax-no", ATTR_FAX },
	{ "facsimile number", ATTR_FAX }, { "facsimile", ATTR_FAX },
	{ "contact fax", ATTR_FAX }, { "fax no", ATTR_FAX },
	{ "email", ATTR_EMAIL }, { "e-mail", ATTR_EMAIL },
	{ "email address", ATTR_EMAIL }, { "e-mail address", ATTR_EMAIL },
	{ "contact email", ATTR_EMAIL }, { "mail", ATTR_EMAIL },
	{ "customer service email", ATTR_EMAIL },
	{ "contact e-mail", ATTR_EMAIL }, { "emails", ATTR_EMAIL },
	{ "e-mailbox", ATTR_EMAIL },
	{ "handle", ATTR_HANDLE }, { "nic handle", ATTR_HANDLE },
	{ "nic-hdl", ATTR_HANDLE }, { "contact id", ATTR_HANDLE },
	{ "contactid", ATTR_HANDLE },
	{ "id", ATTR_HANDLE }, { "nic-handle", ATTR_HANDLE },
	{ "norid handle", ATTR_HANDLE }, { "contact handle", ATTR_HANDLE },
	{ "type", ATTR_TYPE }, { "entity type", ATTR_TYPE },
	{ "url", ATTR_URL }, { "registration url", ATTR_URL },
	{ "web", ATTR_URL }, { "website", ATTR_URL },
	{ "www", ATTR_URL }, { "web site", ATTR_URL }, { "homepage", ATTR_URL },
	{ "register number", ATTR_NUMBER }, { "regnr", ATTR_NUMBER },
	{ "registernumber", ATTR_NUMBER },
	{ "reg no", ATTR_NUMBER }, { "org id", ATTR_NUMBER },
	{ "organization id", ATTR_NUMBER }, { "id number", ATTR_NUMBER },
	{ "organisation id", ATTR_NUMBER }, { "tax id", ATTR_NUMBER },
	{ "business registration number", ATTR_NUMBER },
	{ "iana id", ATTR_ID }, { "iana-id", ATTR_ID },
};

static const struct plain plains[] = {
	{ "domain name", "domain" }, { "domain", "domain" },
	{ "domainname", "domain" }, { "domain-name", "domain" },
	{ "domain name (ascii)", "domain" }, { "nom de domaine", "domain" },
	{ "nombre de dominio", "domain" }, { "dominio", "domain" }, { "the domain name", "domain" },
	{ "nome de domínio", "domain" },
	{ "registry domain id", "handle" }, { "domain id", "handle" },
	{ "roid", "handle" }, { "norid handle", "handle" },
	{ "registrar whois server", "refer" }, { "whois server", "refer" },
	{ "sponsoring registrar iana id", "registrar_id" },
	{ "registrar iana id", "registrar_id" },
	{ "registrar url", "registrar_url" },
	{ "registration service url", "registrar_url" },
	{ "registrar homepage", "registrar_url" },
	{ "referral url", "registrar_url" },
	{ "registrar abuse contact email", "abuse_email" },
	{ "registrar abuse contact phone", "abuse_phone" },
	{ "abuse-email", "abuse_email" }, { "abuse-phone", "abuse_phone" },
	{ "registrar name", "registrar" }, { "registrar id", "registrar_handle" },
	{ "registrar handle", "registrar_handle" },
	{ "registrar name service provider", "reseller" },
	{ "creation date", "created" }, { "created", "created" },
	{ "created on", "created" }, { "created date", "created" },
	{ "registered", "created" }, { "registered on", "created" },
	{ "registered date", "created" }, { "registration date", "created" },
	{ "registration time", "created" }, { "domain created", "created" },
	{ "domain registered", "created" }, { "registered at", "created" },
	{ "first registration date", "created" }, { "assigned", "created" },
	{ "created-date", "created" },
	{ "record created", "created" }, { "record created on", "created" }, { "activation", "created" },
	{ "domain registration date", "created" }, { "creation", "created" },
	{ "domain name commencement date", "created" },
	{ "domain create date", "created" }, { "create date", "created" },
	{ "activated on", "created" }, { "date registered", "created" },
	{ "date created", "created" },
	{ "connected date", "connected" },
	{ "updated date", "changed" }, { "changed", "changed" },
	{ "modified", "changed" }, { "last modified", "changed" },
	{ "last modified on", "changed" }, { "last updated", "changed" },
	{ "last updated on", "changed" }, { "last update", "changed" },
	{ "last updated date", "changed" }, { "updated", "changed" },
	{ "last-update", "changed" }, { "update date", "changed" },
	{ "modification date", "changed" }, { "modified date", "changed" },
	{ "record last updated on", "changed" }, { "record updated", "changed" }, { "updated on", "changed" },
	{ "domain last updated date", "changed" }, { "date modified", "changed" },
	{ "record modified on", "changed" }, { "updated-date", "changed" },
	{ "last changed", "changed" }, { "last-modified", "changed" },
	{ "record last updated", "changed" },
	{ "registry expiry date", "expires" }, { "expires", "expires" },
	{ "registrar registration expiration date", "expires" },
	{ "expiration date", "expires" }, { "expiry date", "expires" },
	{ "expires on", "expires" }, { "expire date", "expires" },
	{ "exp date", "expires" }, { "expiration time", "expires" },
	{ "expire", "expires" }, { "expiry", "expires" },
	{ "paid-till", "expires" }, { "renewal date", "expires" },
	{ "valid until", "expires" }, { "validity", "expires" },
	{ "record expires on", "expires" }, { "expires at", "expires" }, { "record expires", "expires" },
	{ "domain expiration date", "expires" }, { "renewal", "expires" },
	{ "valid-date", "expires" }, { "registration expiration", "expires" },
	{ "expiration", "expires" }, { "expires date", "expires" },
	{ "record will expire on", "expires" }, { "date expires", "expires" },
	{ "paid until", "expires" }, { "valid to", "expires" },
	{ "expired", "expires" }, { "expiration-date", "expires" },
	{ "registrar expiration date", "expires" }, { "tbr release date", "free_from" },
	{ "free-date", "free_from" }, { "available", "free_from" },
	{ "delete date", "deletes" }, { "delete", "deletes" },
	{ "transferred", "transfer" }, { "transfer date", "transfer" },
	{ "last transferred date", "transfer" }, { "transferred on", "transfer" },
	{ "status", "status" }, { "domain status", "status" },
	{ "state", "status" }, { "registration status", "status" },
	{ "epp status", "status" }, { "eppstatus", "status" },
	{ "domain state", "status" }, { "statut", "status" },
	{ "ren-status", "status" }, { "domaintype", "status" },
	/* Its address, where that has a line of its own. */
	{ "name server ip", "ns_ip" }, { "primary ip address", "ns_ip" },
	{ "secondary ip address", "ns_ip" }, { "ns ip4", "ns_ip" },
	{ "ns ip6", "ns_ip" }, { "ipv4 server", "ns_ip" },
	{ "ipv6 server", "ns_ip" }, { "ip address", "ns_ip" },
	{ "name server", "ns" }, { "name servers", "ns" },
	{ "ns", "ns" }, { "ns name", "ns" }, { "domain server", "ns" },
	{ "nameserver", "ns" }, { "nameservers", "ns" }, { "nserver", "ns" },
	{ "nservers", "ns" }, { "host name", "ns" }, { "hostname", "ns" },
	{ "domain nameservers", "ns" }, { "domain servers", "ns" },
	{ "domain servers in listed order", "ns" }, { "dns", "ns" },
	{ "name servers information", "ns" }, { "name server information", "ns" },
	{ "dns servers", "ns" }, { "name server handle", "" },
	{ "domain name servers", "ns" }, { "nameserver information", "ns" },
	{ "primary server", "ns" }, { "secondary server", "ns" },
	{ "primary nameserver", "ns" }, { "secondary nameserver", "ns" },
	{ "primary name server", "ns" }, { "secondary name server", "ns" },
	{ "nameserver in listed order", "ns" }, { "ns-server", "ns" },
	{ "nameservers in listed order", "ns" }, { "servers de noms", "ns" },
	{ "dnssec", "dnssec" }, { "signed", "dnssec" },
	{ "dnssec signed", "dnssec" }, { "dnssec status", "dnssec" },
	{ "ds record", "ds" }, { "ds-rdata", "ds" }, { "ds data", "ds" },
	{ "ds records", "ds" }, { "dnssec ds data", "ds" }, { "ds", "ds" },
	{ "ds rdata", "ds" }, { "dsrecord", "ds" }, { "dnssec delegation", "ds" },
	{ "dnskey", "dnskey" }, { "ds key tag", "ds" },
	{ "eligibility type", "holder_type" }, { "owner type", "holder_type" },
	{ "ownertype", "holder_type" }, { "registrant type", "holder_type" },
	{ "registrant id", "holder_handle" },
	{ "registry registrant id", "holder_handle" },
	{ "registry admin id", "admin_handle" },
	{ "registry tech id", "tech_handle" },
	{ "registry billing id", "billing_handle" },
};

/* ---- the index, made once; it holds nothing but these tables */

/* What a word means, in each of its senses. */
struct entry {
	const char	*word;
	const char	*plain;		/* NULL: no word of the domain */
	enum whois_role	 role;
	enum attribute	 attribute;
};

#define SLOTS	2048	/* a power of two, and twice as many as words */

G_STATIC_ASSERT((G_N_ELEMENTS(plains) + G_N_ELEMENTS(roles) +
    G_N_ELEMENTS(attributes)) * 2 <= SLOTS);

/* Where the word is, or is to be: FNV-1a, and the next free place. */
static struct entry *
place_of(struct entry *slots, const char *word)
{
	guint32 h = 2166136261u;

	for (const char *p = word; *p != '\0'; p++)
		h = (h ^ (unsigned char)*p) * 16777619u;
	for (h %= SLOTS; slots[h].word != NULL; h = (h + 1) % SLOTS)
		if (*slots[h].word == *word &&
		    strcmp(slots[h].word, word) == 0)
			break;
	return &slots[h];
}

static struct entry *
entry_new(struct entry *slots, const char *word)
{
	struct entry *e = place_of(slots, word);

	e->word = word;
	return e;
}

static const struct entry *
entry_of(const char *word)
{
	static struct entry made[SLOTS];
	static gsize once;

	if (g_once_init_enter(&once)) {
		for (size_t i = 0; i < G_N_ELEMENTS(plains); i++)
			entry_new(made, plains[i].word)->plain =
			    plains[i].field;
		for (size_t i = 0; i < G_N_ELEMENTS(roles); i++)
			entry_new(made, roles[i].word)->role =
			    (enum whois_role)roles[i].means;
		for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++)
			entry_new(made, attributes[i].word)->attribute =
			    (enum attribute)attributes[i].means;
		g_once_init_leave(&once, 1);
	}
	return place_of(made, word);
}

/* "name server 1", "ns_name_02": one of several. */
static const char *
numbered(const char *key)
{
	gsize n = strlen(key);
	char word[WHOIS_KEY + 1];
	const char *field;

	if (n == 0 || n > WHOIS_KEY || !g_ascii_isdigit(key[n - 1]))
		return NULL;
	while (n > 0 && (g_ascii_isdigit(key[n - 1]) || key[n - 1] == ' '))
		n--;
	memcpy(word, key, n);
	word[n] = '\0';
	field = entry_of(word)->plain;
	return field != NULL && (g_str_has_prefix(field, "ns") ||
	    strcmp(field, "ds") == 0) ? field : NULL;
}

const char *
whois_word_plain(const char *key)
{
	const char *field = entry_of(key)->plain;

	if (field == NULL)
		field = numbered(key);
	return field != NULL && *field != '\0' ? field : NULL;
}

enum whois_role
whois_word_role(const char *key)
{
	return entry_of(key)->role;
}

static enum attribute
attribute_of(const char *key)
{
	return entry_of(key)->attribute;
}

const char *
whois_word_of(enum whois_role role, const char *key)
{
	return fields[role][attribute_of(key)];
}

const char *
whois_word_same(enum whois_role role, enum whois_role other, const char *field)
{
	for (int a = ATTR_NAME; a < ATTRIBUTES; a++)
		if (g_strcmp0(fields[role][a], field) == 0)
			return fields[other][a];
	return NULL;
}

const char *
whois_word_handle(enum whois_role role)
{
	return fields[role][ATTR_HANDLE];
}

/* "registrant name": as most keys are. */
static const char *
two_words(const char *key)
{
	gsize n = strcspn(key, " -");
	char word[32];
	enum whois_role r;

	if (key[n] == '\0' || n == 0 || n >= sizeof(word))
		return NULL;
	memcpy(word, key, n);
	word[n] = '\0';
	r = whois_word_role(word);
	return r != ROLE_NONE ? fields[r][attribute_of(key + n + 1)] : NULL;
}

/* The longest role that the key begins with, and an attribute after it. */
const char *
whois_word_both(const char *key)
{
	const char *field = two_words(key);
	char role[WHOIS_KEY + 1];
	gsize n;
	enum whois_role r;

	if (field != NULL)
		return field;
	n = g_strlcpy(role, key, sizeof(role));
	r = whois_word_role(key);
	if (r != ROLE_NONE)
		return fields[r][ATTR_NAME];
	for (n = MIN(n, WHOIS_KEY); n > 1; n--) {
		if (role[n - 1] != ' ' && role[n - 1] != '-')
			continue;
		role[n - 1] = '\0';
		r = whois_word_role(role);
		if (r != ROLE_NONE && attribute_of(key + n) != ATTR_NONE)
			return fields[r][attribute_of(key + n)];
	}
	return NULL;
}

/* By its last words: "registrant organization" is one, "owner" is not said. */
const char *
whois_word_part(const char *key)
{
	for (const char *p = key; p != NULL; p = strpbrk(p, " -")) {
		enum attribute a;

		if (p != key)
			p++;
		a = attribute_of(p);
		if (a == ATTR_NAME || a == ATTR_ORG)
			return a == ATTR_NAME ? "name" : "org";
	}
	return NULL;
}

gboolean
whois_word_list(const char *field)
{
	return strcmp(field, "ns") == 0 || strcmp(field, "status") == 0 ||
	    strcmp(field, "ds") == 0 || g_str_has_suffix(field, "_street");
}
