/* DNS questions: how they are put, the message, and the ladder. */

#include <string.h>

#include <ldns/ldns.h>

#include "probes/dns.h"
#include "probes/seam.h"
#include "probes/text.h"

#define OPT_SIZE	11
#define SIZE_SMALL	512
#define DO_BIT		0x80

/* --- how it is put ------------------------------------------------------------ */

static gboolean
is_word(const char *w, size_t n, const char *word)
{
	return n == strlen(word) && memcmp(w, word, n) == 0;
}

struct dns_put
dns_put_of(const struct question *q)
{
	struct dns_put p = { .size = DNS_EDNS_SIZE };

	for (const char *w = q->options; *w != '\0';) {
		size_t n = strcspn(w, " ");

		if (is_word(w, n, "edns=512"))
			p.size = SIZE_SMALL;
		else if (is_word(w, n, "edns=none"))
			p.size = 0;
		else if (is_word(w, n, "tcp"))
			p.tcp = TRUE;
		else if (n > 0 && !is_word(w, n, "rd") &&
		    !is_word(w, n, "label=random") &&
		    !is_word(w, n, "label=invalid"))
			p.own = TRUE;
		w += n + strspn(w + n, " ");
	}
	return p;
}

char *
dns_put_words(const struct dns_put *p)
{
	const char *edns = p->size == 0 ? "no EDNS" : p->size == SIZE_SMALL ?
	    "EDNS 512" : "EDNS 1232, DO";

	return g_strconcat(edns, p->tcp ? ", TCP" : "", NULL);
}

const char *
dns_gave_words(enum dns_gave gave)
{
	static const char *const words[DNS_GIVES] = {
		[DNS_ANSWER] = "answer", [DNS_TRUNCATED] = "truncated",
		[DNS_CASE] = "another case", [DNS_FORMERR] = "FORMERR",
		[DNS_NOTIMP] = "NOTIMP", [DNS_BADVERS] = "BADVERS",
		[DNS_SILENT] = "no answer", [DNS_CLOSED] = "port closed",
		[DNS_SHUT] = "closed the connection",
		[DNS_UNREACHED] = "not reached",
		[DNS_GARBLED] = "not a DNS answer",
	};

	return words[gave];
}

/* --- the ladder ----------------------------------------------------------------- */

enum rung { RUNG_FULL, RUNG_SMALL, RUNG_NONE, RUNG_TCP, RUNG_END };

/* By what came of it and by the size it was put with; over UDP. */
static const enum rung next_rung[DNS_GIVES][RUNG_TCP] = {
	[DNS_ANSWER]	= { RUNG_END,	RUNG_END,	RUNG_END },
	[DNS_TRUNCATED]	= { RUNG_TCP,	RUNG_TCP,	RUNG_TCP },
	[DNS_CASE]	= { RUNG_TCP,	RUNG_TCP,	RUNG_TCP },
	[DNS_FORMERR]	= { RUNG_SMALL,	RUNG_NONE,	RUNG_END },
	[DNS_NOTIMP]	= { RUNG_SMALL,	RUNG_NONE,	RUNG_END },
	[DNS_BADVERS]	= { RUNG_NONE,	RUNG_NONE,	RUNG_END },
	[DNS_SILENT]	= { RUNG_SMALL,	RUNG_NONE,	RUNG_TCP },
	[DNS_CLOSED]	= { RUNG_END,	RUNG_END,	RUNG_END },
	[DNS_SHUT]	= { RUNG_END,	RUNG_END,	RUNG_END },
	[DNS_UNREACHED]	= { RUNG_END,	RUNG_END,	RUNG_END },
	[DNS_GARBLED]	= { RUNG_TCP,	RUNG_TCP,	RUNG_TCP },
};

/* The question's other words, and those of the rung, sorted. */
static char *
rung_options(const struct question *q, enum rung edns, gboolean tcp)
{
	g_auto(GStrv) word = g_strsplit(q->options, " ", 16);
	g_autoptr(GPtrArray) all = g_ptr_array_new();

	for (guint i = 0; word[i] != NULL; i++)
		if (*word[i] != '\0' && strcmp(word[i], "tcp") != 0 &&
		    !g_str_has_prefix(word[i], "edns="))
			g_ptr_array_add(all, word[i]);
	if (edns == RUNG_SMALL)
		g_ptr_array_add(all, (char *)(uintptr_t)"edns=512");
	else if (edns == RUNG_NONE)
		g_ptr_array_add(all, (char *)(uintptr_t)"edns=none");
	if (tcp)
		g_ptr_array_add(all, (char *)(uintptr_t)"tcp");
	g_ptr_array_sort(all, text_order);
	g_ptr_array_add(all, NULL);
	return g_strjoinv(" ", (char **)all->pdata);
}

char *
dns_rung_next(const struct question *q, enum dns_gave gave)
{
	struct dns_put p = dns_put_of(q);
	enum rung now = p.size == 0 ? RUNG_NONE : p.size == SIZE_SMALL ?
	    RUNG_SMALL : RUNG_FULL, next = next_rung[gave][now];

	if (next == RUNG_END)
		return NULL;
	/* An option of ours needs an OPT record; without it the question would
	 * be another. */
	if (p.own && next != RUNG_TCP)
		return NULL;
	if (!p.tcp)
		return next == RUNG_TCP ? rung_options(q, now, TRUE) :
		    rung_options(q, next, FALSE);
	/* Over TCP already: only what EDNS itself gave leads further. */
	if (next == RUNG_TCP || gave == DNS_SILENT)
		return NULL;
	return rung_options(q, next, TRUE);
}

/* --- the message ------------------------------------------------------------------ */

static void
put16(uint8_t *at, unsigned v)
{
	at[0] = (uint8_t)(v >> 8);
	at[1] = (uint8_t)v;
}

/* Each letter's case by a random bit (draft-vixie-dnsext-dns0x20): a stranger
 * who answers has to guess them all.  A length is below 64, so no letter. */
static void
case_mix(uint8_t *name, size_t n)
{
	uint8_t bits[LDNS_MAX_DOMAINLEN / 8 + 1];

	random_bytes(bits, n / 8 + 1);
	for (size_t i = 0; i < n; i++)
		if (g_ascii_isalpha(name[i]) && bits[i / 8] >> i % 8 & 1)
			name[i] ^= 0x20;
}

static void
opt_put(uint8_t *at, const struct dns_put *put)
{
	memset(at, 0, OPT_SIZE);
	put16(at + 1, LDNS_RR_TYPE_OPT);
	put16(at + 3, put->size);
	at[7] = put->size > SIZE_SMALL ? DO_BIT : 0;
}

/* The name in wire form is libldns's; the fixed fields around it are ours,
 * because ldns_pkt2wire() takes 64 KiB for every message. */
int
dns_query_make(const struct question *q, uint8_t **wire, size_t *len)
{
	ldns_rdf *owner = NULL;
	ldns_rr_type t = ldns_get_rr_type_by_name(q->type);
	struct dns_put put = dns_put_of(q);
	size_t n;
	uint8_t *p;

	if (t == 0 || ldns_str2rdf_dname(&owner, q->name) != LDNS_STATUS_OK)
		return -1;
	n = ldns_rdf_size(owner);
	*len = DNS_HEADER + n + 4 + (put.size > 0 ? OPT_SIZE : 0);
	*wire = p = calloc(1, *len);
	if (p == NULL)
		g_error("no memory for a question");
	random_bytes(p, 2);
	put16(p + 4, 1);			/* one question */
	put16(p + 10, put.size > 0 ? 1 : 0);	/* additional: OPT */
	memcpy(p + DNS_HEADER, ldns_rdf_data(owner), n);
	case_mix(p + DNS_HEADER, n);
	put16(p + DNS_HEADER + n, t);
	put16(p + DNS_HEADER + n + 2, LDNS_RR_CLASS_IN);
	if (put.size > 0)
		opt_put(p + DNS_HEADER + n + 4, &put);
	ldns_rdf_deep_free(owner);
	return 0;
}

const char *
dns_rcode_name(unsigned rcode)
{
	static const char *const names[] = {
		"NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP",
		"REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET", "NOTAUTH",
		"NOTZONE",
	};

	return rcode < G_N_ELEMENTS(names) ? names[rcode] : "RCODE";
}
