#include <string.h>

#include "probes/whois_words_priv.h"

/*
 * What the words of keys and headings mean, whoever uses them.  A key is a word
 * of the domain ("creation date"), an attribute ("phone") of whom the heading
 * or the block is about, or both in one ("tech phone").
 */

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

/* ---- the index, made once; it holds nothing but these tables */

/* What a word means, in each of its senses. */
struct entry {
	const char	*word;
	const char	*plain;		/* NULL: no word of the domain */
	enum whois_role	 role;
	enum attribute	 attribute;
};

#define SLOTS	2048	/* a power of two, and twice as many as words */

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
		g_assert((whois_plains_count + whois_roles_count +
		    whois_attributes_count) * 2 <= SLOTS);
		for (size_t i = 0; i < whois_plains_count; i++)
			entry_new(made, whois_plains[i].word)->plain =
			    whois_plains[i].field;
		for (size_t i = 0; i < whois_roles_count; i++)
			entry_new(made, whois_roles[i].word)->role =
			    (enum whois_role)whois_roles[i].means;
		for (size_t i = 0; i < whois_attributes_count; i++)
			entry_new(made, whois_attributes[i].word)->attribute =
			    (enum attribute)whois_attributes[i].means;
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
		if (fields[role][a] != NULL && *fields[role][a] == *field &&
		    strcmp(fields[role][a], field) == 0)
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
	    strcmp(field, "ds") == 0 || whois_field_ends(field, "_street");
}
