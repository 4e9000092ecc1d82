/* A message, put together from what mail_*.c find in it. */

#include <string.h>

#include "collector/mail_priv.h"
#include "collector/mail_sign.h"
#include "reports/reply.h"

#define HASHED_DEPTH	8	/* of a message in a message: it is hashed whole */

static void
set(char **at, char *value)
{
	g_free(*at);
	*at = value;
}

static char *
decoded(struct eml *m, const struct head *h, const char *name)
{
	g_autofree char *raw = head_value(m, h, name);

	return words_decode(raw);
}

/* ---- the header ------------------------------------------------------------------------ */

/* RFC 5322, 3.6: at most one each. */
static void
single_check(struct eml *m, const struct head *h)
{
	static const char *const once[] = { "From", "To", "Date", "Subject",
	    "Message-ID", "Reply-To", "Content-Type" };

	for (size_t i = 0; i < G_N_ELEMENTS(once); i++) {
		guint from = 0;
		const struct field *f;

		if (head_field(m, h, once[i], &from) == NULL)
			continue;
		f = head_field(m, h, once[i], &from);
		if (f != NULL)
			eml_problem(m, f->name, "a second %s field; the first "
			    "is read", once[i]);
	}
}

static void
sender_read(struct eml *m, const struct head *h, struct mail *mail)
{
	const struct field *f = head_field(m, h, "From", NULL);
	g_autofree char *raw = head_value(m, h, "From"), *address = NULL;
	guint count;

	address = address_first(raw, &count);
	set(&mail->from, words_decode(raw));
	g_free(mail->from_domain);
	mail->from_domain = address_domain(address);
	if (f == NULL)
		eml_problem(m, 0, "no From field");
	else if (*mail->from_domain == '\0')
		eml_problem(m, f->name, "From has no address");
	else if (!g_utf8_validate(mail->from_domain, -1, NULL))
		set(&mail->from_domain, bytes_utf8(mail->from_domain,
		    strlen(mail->from_domain), "utf-8"));
	if (f != NULL && count > 1)
		eml_problem(m, f->name, "From names %u senders; the first is "
		    "taken", count);
}

static void
date_read(struct eml *m, const struct head *h, struct mail *mail)
{
	const struct field *f = head_field(m, h, "Date", NULL);
	char *date;

	set(&mail->date_written, decoded(m, h, "Date"));
	if (f == NULL) {
		eml_problem(m, 0, "no Date field");
		return;
	}
	date = date_rfc3339(mail->date_written);
	if (date == NULL)
		eml_problem(m, f->name, "the date cannot be read: %.60s",
		    mail->date_written);
	else
		set(&mail->date, date);
}

/* When it arrived: what the newest Received says, or else the sender's date. */
static const char *
received(const struct mail *mail)
{
	for (guint i = 0; i < mail->hops->len; i++) {
		const struct mail_hop *hop = g_ptr_array_index(mail->hops, i);

		if (*hop->time != '\0')
			return hop->time;
	}
	return mail->date;
}

static void
signs_read(struct eml *m, const struct head *h, const struct record *rec,
    struct mail *mail)
{
	struct signing s = { .m = m, .h = h, .rec = rec,
	    .received = received(mail), .signs = mail->signs };

	sign_read(&s);
}

static void
header_read(struct eml *m, const struct head *h, struct mail *mail)
{
	single_check(m, h);
	sender_read(m, h, mail);
	date_read(m, h, mail);
	set(&mail->to, decoded(m, h, "To"));
	set(&mail->subject, decoded(m, h, "Subject"));
	set(&mail->message_id, decoded(m, h, "Message-ID"));
	trace_read(m, h, mail);
	signs_read(m, h, NULL, mail);
}

/* ---- parts -------------------------------------------------------------------------------- */

static void
part_add(const struct eml *m, const struct leaf *l, GPtrArray *parts)
{
	struct mail_part *p = g_new0(struct mail_part, 1);
	char hash[65] = "";

	if (!l->opened || l->depth <= HASHED_DEPTH)
		leaf_hash(m, l, hash, &p->size);
	p->type = bytes_utf8(l->type, strlen(l->type), "utf-8");
	p->name = g_strdup(l->name);
	p->sha256 = g_strdup(hash);
	p->depth = (int)l->depth;
	g_ptr_array_add(parts, p);
}

static void
body_read(struct eml *m, const struct head *h, struct mail *mail)
{
	g_autoptr(GArray) leaves = mime_leaves(m, h);
	g_autoptr(mapped_auto) own = NULL;

	for (guint i = 0; i < leaves->len; i++) {
		const struct leaf *l = &g_array_index(leaves, struct leaf, i);

		leaf_check(m, l);
		part_add(m, l, mail->parts);
	}
	own = mail_own(m, leaves);
	reply_classify(own, mail->words);
	set(&mail->text, g_strdup(own->text->str));
}

/* ---- files that are no message as it was sent ------------------------------------------- */

static gboolean
is_wide(const struct eml *m)
{
	const guchar *s = (const guchar *)m->s;

	return m->len >= 4 && ((s[0] == 0xff && s[1] == 0xfe) ||
	    (s[0] == 0xfe && s[1] == 0xff) || (s[0] == 0) != (s[1] == 0)) &&
	    (s[2] == 0) != (s[3] == 0);
}

/* Lines that end in CR alone, as an old Macintosh wrote them: a copy with LF, in
 * which each byte stands where it stood.  NULL: as they are. */
static char *
lines_of(struct eml *m)
{
	char *copy;

	if (memchr(m->s, '\n', m->len) != NULL ||
	    memchr(m->s, '\r', m->len) == NULL)
		return NULL;
	copy = g_malloc(m->len);
	for (size_t i = 0; i < m->len; i++)
		copy[i] = m->s[i] == '\r' ? '\n' : m->s[i];
	eml_problem(m, 0, "lines end in CR alone; read so");
	return copy;
}

/* A line "From " after an empty one, with a field in the next line. */
static gboolean
message_begins(const struct eml *m, const char *s)
{
	const char *end = m->s + m->len, *p = memchr(s, '\n', (size_t)(end - s));
	const char *name = p != NULL ? p + 1 : end;

	p = name;
	while (p < end && (g_ascii_isalnum(*p) || *p == '-'))
		p++;
	return p < end && p > name && *p == ':' && s - m->s >= 2 &&
	    (s[-2] == '\n' || (s[-2] == '\r' && s - m->s >= 3 && s[-3] == '\n'));
}

/* An mbox holds several: what another wrote must not be taken for this one's. */
static void
mailbox_cut(struct eml *m)
{
	const char *s = m->s, *end = m->s + m->len;

	if (m->len < 5 || memcmp(s, "From ", 5) != 0)
		return;
	while ((s = memchr(s, '\n', (size_t)(end - s))) != NULL) {
		if (end - ++s < 5 || memcmp(s, "From ", 5) != 0 ||
		    !message_begins(m, s))
			continue;
		eml_problem(m, (size_t)(s - m->s), "another message begins, as "
		    "in a mailbox (mbox): only the first is read; divide the "
		    "file");
		m->len = (size_t)(s - m->s);
		return;
	}
}

struct mail *
mail_read(GBytes *bytes, enum mail_from whose)
{
	struct mail *mail = mail_new();
	struct eml m = { .problems = mail->problems };
	g_autofree char *own = NULL;
	struct head h;

	m.s = g_bytes_get_data(bytes, &m.len);
	mail->whose = whose;
	if (m.len == 0 || m.len > UINT32_MAX) {
		g_ptr_array_add(mail->problems, g_strdup(m.len == 0 ?
		    "1:1: the file is empty" :
		    "1:1: a file of 4 GiB or more is not read"));
		return mail;
	}
	if (is_wide(&m)) {
		eml_problem(&m, 0, "UTF-16, as no message is sent: save it as "
		    "it came; nothing of it is read");
		return mail;
	}
	own = lines_of(&m);
	m.s = own != NULL ? own : m.s;
	mailbox_cut(&m);
	head_read(&m, 0, m.len, &h);
	if (h.fields->len == 0)
		eml_problem(&m, 0, "no header: not a message as it was sent");
	header_read(&m, &h, mail);
	body_read(&m, &h, mail);
	head_clear(&h);
	return mail;
}

/* ---- what the record knows of it --------------------------------------------------------- */

/* One who writes from the site's own domain is no provider of it. */
static void
whose_check(struct mail *mail, const struct record *rec)
{
	const struct run *run = record_last_run(rec);
	const char *from = mail->from_domain;
	size_t n = strlen(from);

	for (guint i = 0; run != NULL && n > 0 && i < run->targets->len &&
	    mail->whose == MAIL_FROM_PROVIDER; i++) {
		const char *target = g_ptr_array_index(run->targets, i);
		size_t k = strlen(target);

		if (n < k || strcmp(from + n - k, target) != 0 ||
		    (n > k && from[n - k - 1] != '.'))
			continue;
		g_ptr_array_add(mail->problems, g_strdup_printf("imported as "
		    "from a provider, but sent from %s, a target's own domain",
		    from));
	}
}

void
mail_check(struct mail *mail, GBytes *bytes, const struct record *rec)
{
	g_autoptr(GPtrArray) told = g_ptr_array_new_with_free_func(g_free);
	struct eml m = { .problems = told };
	struct head h;

	whose_check(mail, rec);
	m.s = g_bytes_get_data(bytes, &m.len);
	if (m.len == 0 || m.len > UINT32_MAX || mail->signs->len == 0)
		return;
	g_ptr_array_set_size(mail->signs, 0);
	head_read(&m, 0, m.len, &h);
	signs_read(&m, &h, rec, mail);
	head_clear(&h);
}
