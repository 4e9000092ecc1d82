/* Making, freeing and naming what people brought. */

#include "reports/import.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "probes/text.h"

#define SAID_BLOCK	256u

static const struct {
	const char	*name;
	size_t		 row;		/* bytes of a row, 0: not a table */
} kinds[IMPORT_KINDS] = {
	[IMPORT_ACTIVITY] = { "activity", sizeof(struct activity) },
	[IMPORT_NUMBERS] = { "numbers", sizeof(struct number) },
	[IMPORT_ADS] = { "ads", sizeof(struct ad) },
	[IMPORT_GEOLOCATION] = { "geolocation", sizeof(struct geolocation) },
	[IMPORT_HISTORY] = { "history", sizeof(struct history) },
	[IMPORT_MAIL] = { "mail", 0 },
	[IMPORT_DOCUMENT] = { "document", 0 },
	[IMPORT_MOTION] = { "motion", 0 },
};

static const char *const classes[REPLY_CLASSES] = {
	[REPLY_FORWARDED_ONLY] = "FORWARDED_ONLY",
	[REPLY_REFUSED_ABSENT_LOCAL_ORDER] = "REFUSED_ABSENT_LOCAL_ORDER",
	[REPLY_STATES_DATA_HELD] = "STATES_DATA_HELD",
	[REPLY_STATES_RETENTION] = "STATES_RETENTION",
	[REPLY_CLAIMS_CONTROL] = "CLAIMS_CONTROL",
	[REPLY_STATES_CUSTOMER] = "STATES_CUSTOMER",
	[REPLY_DENIES_DATA] = "DENIES_DATA",
	[REPLY_OFFERS_SALE] = "OFFERS_SALE",
	[REPLY_OTHER] = "OTHER",
};

static const struct {
	enum row_fault	 fault;
	const char	*says;
} faults[] = {
	{ ROW_TIME_NONE, "no time" },
	{ ROW_TIME_NO_ZONE, "a local time, and no zone is told" },
	{ ROW_TIME_AMBIGUOUS, "the time can be read in two ways" },
	{ ROW_TIME_BAD, "the time cannot be read" },
	{ ROW_TIME_FUTURE, "a time after the file was imported" },
	{ ROW_DATE_ONLY, "a day without a time" },
	{ ROW_IP_NONE, "no address" },
	{ ROW_IP_BAD, "the address cannot be read" },
	{ ROW_IP_RANGE, "a range of addresses, not one" },
	{ ROW_IP_SPECIAL, "an address for private or special use" },
	{ ROW_DUPLICATE, "the same event as an earlier row" },
	{ ROW_MALFORMED, "the row cannot be read" },
	{ ROW_PORT_BAD, "the port cannot be read" },
	{ ROW_VALUE_BAD, "the value is neither a number nor a band" },
	{ ROW_PLACE_BAD, "the place is no ISO 3166 code, and not WORLD" },
	{ ROW_PERIOD_BAD, "the period cannot be read" },
};

/* ---- one file ---------------------------------------------------------------- */

struct import *
import_new(enum import_kind kind)
{
	struct import *i = g_new0(struct import, 1);
	char **at[] = { &i->id, &i->exhibit, &i->file, &i->sha256, &i->at,
	    &i->who, &i->label, &i->describe, &i->entity, &i->withdrawn,
	    &i->withdrawn_by, &i->withdrawn_why };

	for (size_t n = 0; n < G_N_ELEMENTS(at); n++)
		*at[n] = g_strdup("");
	i->kind = kind;
	i->elements = g_new0(char *, 1);
	i->problems = g_ptr_array_new_with_free_func(g_free);
	i->columns = g_ptr_array_new_with_free_func(g_free);
	i->examples = g_ptr_array_new_with_free_func(g_free);
	i->chunk = g_string_chunk_new(4096);
	i->said = g_ptr_array_new_with_free_func(g_free);
	i->rows = g_array_new(FALSE, TRUE, kinds[kind].row > 0 ?
	    (guint)kinds[kind].row : 1);
	return i;
}

void
import_free(struct import *i)
{
	if (i == NULL)
		return;
	g_free(i->id);
	g_free(i->exhibit);
	g_free(i->file);
	g_free(i->sha256);
	g_free(i->at);
	g_free(i->who);
	g_free(i->label);
	g_free(i->describe);
	g_free(i->entity);
	g_free(i->withdrawn);
	g_free(i->withdrawn_by);
	g_free(i->withdrawn_why);
	g_strfreev(i->elements);
	g_ptr_array_unref(i->problems);
	g_ptr_array_unref(i->columns);
	g_ptr_array_unref(i->examples);
	g_clear_pointer(&i->repeats, g_array_unref);
	g_string_chunk_free(i->chunk);
	g_ptr_array_unref(i->said);
	g_array_unref(i->rows);
	mail_free(i->mail);
	g_clear_pointer(&i->bytes, g_bytes_unref);
	g_free(i);
}

const struct activity_said *
import_said(struct import *i, const struct activity_said *said)
{
	struct activity_said *block;

	if (i->said->len == 0 || i->said_last == SAID_BLOCK) {
		g_ptr_array_add(i->said, g_new(struct activity_said,
		    SAID_BLOCK));
		i->said_last = 0;
	}
	block = i->said->pdata[i->said->len - 1];
	block[i->said_last] = *said;
	return &block[i->said_last++];
}

const char when_z[] = "as its time, in UTC";

const char *
activity_when(const struct activity *a, char buf[32])
{
	if (a->when != when_z)
		return a->when;
	text_time_s(buf, a->time);
	return buf;
}

const char *
import_kind_name(enum import_kind kind)
{
	return kinds[kind].name;
}

int
import_kind_parse(const char *name)
{
	for (int i = 0; i < IMPORT_KINDS; i++)
		if (strcmp(kinds[i].name, name) == 0)
			return i;
	return -1;
}

const char *
reply_class_name(enum reply_class klass)
{
	return classes[klass];
}

const char *
row_fault_says(enum row_fault fault)
{
	for (size_t i = 0; i < G_N_ELEMENTS(faults); i++)
		if (faults[i].fault == fault)
			return faults[i].says;
	return "";
}

/* ---- mail ---------------------------------------------------------------------- */

static void
hop_free(void *p)
{
	struct mail_hop *h = p;

	g_free(h->from);
	g_free(h->by);
	g_free(h->with);
	g_free(h->ip);
	g_free(h->time);
	g_free(h);
}

static void
sign_free(void *p)
{
	struct mail_sign *s = p;

	g_free(s->kind);
	g_free(s->domain);
	g_free(s->selector);
	g_free(s->result);
	g_free(s->by);
	g_free(s->why);
	g_free(s);
}

static void
part_free(void *p)
{
	struct mail_part *x = p;

	g_free(x->type);
	g_free(x->name);
	g_free(x->sha256);
	g_free(x);
}

static void
words_free(void *p)
{
	struct reply_words *w = p;

	g_free(w->text);
	g_free(w);
}

struct mail *
mail_new(void)
{
	struct mail *m = g_new0(struct mail, 1);
	char **at[] = { &m->from, &m->from_domain, &m->to, &m->subject,
	    &m->message_id, &m->date, &m->date_written, &m->originating_ip,
	    &m->text };

	for (size_t n = 0; n < G_N_ELEMENTS(at); n++)
		*at[n] = g_strdup("");
	m->hops = g_ptr_array_new_with_free_func(hop_free);
	m->signs = g_ptr_array_new_with_free_func(sign_free);
	m->parts = g_ptr_array_new_with_free_func(part_free);
	m->words = g_ptr_array_new_with_free_func(words_free);
	m->problems = g_ptr_array_new_with_free_func(g_free);
	return m;
}

void
mail_free(struct mail *m)
{
	if (m == NULL)
		return;
	g_free(m->from);
	g_free(m->from_domain);
	g_free(m->to);
	g_free(m->subject);
	g_free(m->message_id);
	g_free(m->date);
	g_free(m->date_written);
	g_free(m->originating_ip);
	g_free(m->text);
	g_ptr_array_unref(m->hops);
	g_ptr_array_unref(m->signs);
	g_ptr_array_unref(m->parts);
	g_ptr_array_unref(m->words);
	g_ptr_array_unref(m->problems);
	g_free(m);
}

/* ---- addresses -------------------------------------------------------------------- */

static unsigned
width(const struct inet *a)
{
	return a->family == 4 ? 32 : 128;
}

/* Whether all bits after the prefix are clear. */
static gboolean
host_bits_clear(const struct inet *a)
{
	for (unsigned bit = a->prefix; bit < width(a); bit++)
		if (a->bytes[bit / 8] & (0x80u >> (bit % 8)))
			return FALSE;
	return TRUE;
}

static int
prefix_parse(const char *s, struct inet *a)
{
	char *end;
	unsigned long n;

	if (!g_ascii_isdigit(*s))
		return -1;
	n = strtoul(s, &end, 10);
	if (*end != '\0' || n > width(a))
		return -1;
	a->prefix = (uint8_t)n;
	return host_bits_clear(a) ? 0 : -1;
}

/* RFC 4291 section 2.5.5.2: a node that has an IPv4 address only. */
static void
unmap(struct inet *a)
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };

	if (a->family != 6 || a->prefix < 96 ||
	    memcmp(a->bytes, mapped, sizeof(mapped)) != 0)
		return;
	memmove(a->bytes, a->bytes + 12, 4);
	memset(a->bytes + 4, 0, 12);
	a->family = 4;
	a->prefix = (uint8_t)(a->prefix - 96);
}

/* The prefix that ends where two addresses first differ; the network where they
 * are its first and its last. */
static int
span_network(const struct inet *from, const struct inet *to, struct inet *net)
{
	unsigned n = 0, w = width(from);

	if (from->family != to->family || from->prefix != w || to->prefix != w)
		return -1;
	while (n < w && !((from->bytes[n / 8] ^ to->bytes[n / 8]) &
	    (0x80u >> (n % 8))))
		n++;
	for (unsigned bit = n; bit < w; bit++)
		if (!(to->bytes[bit / 8] & (0x80u >> (bit % 8))))
			return -1;
	*net = *from;
	net->prefix = (uint8_t)n;
	return host_bits_clear(net) ? 0 : -1;
}

int
inet_read_network(const char *s, struct inet *a)
{
	g_auto(GStrv) part = g_strsplit(s, "-", 3);
	struct inet from, to;

	if (inet_read(s, a) == 0)
		return 0;
	if (g_strv_length(part) != 2 ||
	    inet_read(g_strstrip(part[0]), &from) != 0 ||
	    inet_read(g_strstrip(part[1]), &to) != 0)
		return -1;
	return span_network(&from, &to, a);
}

int
inet_read(const char *s, struct inet *a)
{
	const char *slash = strchr(s, '/');
	size_t len = slash != NULL ? (size_t)(slash - s) : strlen(s);
	char text[INET6_ADDRSTRLEN];

	memset(a, 0, sizeof(*a));
	if (len >= sizeof(text))
		return -1;
	memcpy(text, s, len);
	text[len] = '\0';
	if (inet_pton(AF_INET, text, a->bytes) == 1)
		a->family = 4;
	else if (inet_pton(AF_INET6, text, a->bytes) == 1)
		a->family = 6;
	else
		return -1;
	a->prefix = (uint8_t)width(a);
	if (slash != NULL && prefix_parse(slash + 1, a) != 0)
		return -1;
	unmap(a);
	return 0;
}

const char *
inet_find(const char **p, struct inet *a)
{
	static const char of_address[] = "0123456789abcdefABCDEF:.";

	while (**p != '\0') {
		const char *at = *p;
		size_t n = strspn(at, of_address), len = n;
		g_autofree char *word = g_strndup(at, n);

		*p += MAX(n, 1);
		/* the end of a sentence, or of what introduces one */
		while (len > 0 && strchr(":.", word[len - 1]) != NULL)
			word[--len] = '\0';
		if (len > 3 && inet_read(word, a) == 0)
			return at;
	}
	return NULL;
}

char *
inet_words(const struct inet *a)
{
	char text[INET6_ADDRSTRLEN];

	if (a->family == 0 || inet_ntop(a->family == 4 ? AF_INET : AF_INET6,
	    a->bytes, text, sizeof(text)) == NULL)
		return g_strdup("");
	return a->prefix == width(a) ? g_strdup(text) :
	    g_strdup_printf("%s/%u", text, a->prefix);
}

gboolean
inet_same(const struct inet *a, const struct inet *b)
{
	return a->family == b->family && a->prefix == b->prefix &&
	    memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

gboolean
inet_holds(const struct inet *net, const struct inet *a)
{
	unsigned whole = net->prefix / 8u, rest = net->prefix % 8u;

	if (net->family == 0 || net->family != a->family ||
	    a->prefix < net->prefix ||
	    memcmp(net->bytes, a->bytes, whole) != 0)
		return FALSE;
	return rest == 0 ||
	    ((net->bytes[whole] ^ a->bytes[whole]) >> (8 - rest)) == 0;
}

gboolean
import_is_for(const struct import *i, const char *id)
{
	for (char **e = i->elements; *e != NULL; e++)
		if (g_ascii_strcasecmp(*e, id) == 0)
			return TRUE;
	return FALSE;
}
