/*
 * Messages as they are sent, broken ones and hostile ones; and that what is
 * quoted of them stands where it is said to.
 */

#include <string.h>

#include "collector/mail.h"
#include "probes/text.h"
#include "reports/reply.h"

static GBytes *
file(const char *name)
{
	g_autofree char *path = g_strconcat("tests/data/mail/", name, NULL);
	char *s;
	gsize len;
	g_autoptr(GError) e = NULL;

	g_file_get_contents(path, &s, &len, &e);
	g_assert_no_error(e);
	return g_bytes_new_take(s, len);
}

static struct mail *
read_string(GString *s)
{
	g_autoptr(GBytes) b = g_bytes_new(s->str, s->len);

	return mail_read(b, MAIL_FROM_OTHER);
}

static const struct reply_words *
words(const struct mail *m, enum reply_class klass)
{
	for (guint i = 0; i < m->words->len; i++) {
		const struct reply_words *w = g_ptr_array_index(m->words, i);

		if (w->klass == klass)
			return w;
	}
	return NULL;
}

/* Where the words stand in the file as they are. */
static void
stands(GBytes *b, const struct reply_words *w)
{
	gsize len;
	const char *s = g_bytes_get_data(b, &len);

	g_assert_nonnull(w);
	g_assert_cmpuint(w->offset + w->len, <=, len);
	g_assert_cmpuint(w->len, ==, strlen(w->text));
	g_assert_true(memcmp(s + w->offset, w->text, w->len) == 0);
}

static gboolean
problem(const struct mail *m, const char *says)
{
	for (guint i = 0; i < m->problems->len; i++)
		if (strstr(g_ptr_array_index(m->problems, i), says) != NULL)
			return TRUE;
	return FALSE;
}

/* ---- the order's own message ------------------------------------------------------------- */

static void
test_order(void)
{
	g_autoptr(GBytes) b = file("order.eml");
	struct mail *m = mail_read(b, MAIL_FROM_PROVIDER);
	const struct mail_hop *hop;
	const struct mail_sign *sign;

	g_assert_cmpstr(m->from, ==, "Abuse Desk \xe2\x80\x93 LiteServer "
	    "<abuse@LiteServer.example>");
	g_assert_cmpstr(m->from_domain, ==, "liteserver.example");
	g_assert_cmpstr(m->subject, ==,
	    "Re: Copyright complaint \xc2\xa7 4 of the terms");
	g_assert_cmpstr(m->date, ==, "2019-04-30T09:15:04Z");
	g_assert_cmpstr(m->originating_ip, ==, "198.51.100.200");
	g_assert_cmpuint(m->hops->len, ==, 3);
	hop = g_ptr_array_index(m->hops, 0);
	g_assert_cmpstr(hop->ip, ==, "192.0.2.25");
	g_assert_cmpstr(hop->time, ==, "2019-04-30T09:15:09Z");
	g_assert_cmpstr(hop->by, ==, "mail.counsel.example (Postfix)");
	hop = g_ptr_array_index(m->hops, 2);
	g_assert_cmpstr(hop->ip, ==, "2001:db8:7::15");
	g_assert_cmpuint(m->signs->len, ==, 2);
	sign = g_ptr_array_index(m->signs, 0);
	g_assert_cmpstr(sign->result, ==, "dkim=pass");
	g_assert_cmpstr(sign->by, ==, "mx1.counsel.example");
	g_assert_cmpstr(sign->domain, ==, "liteserver.example");
	g_assert_cmpstr(sign->selector, ==, "s1");
	g_assert_false(m->automatic);
	g_assert_cmpuint(m->problems->len, ==, 0);
	stands(b, words(m, REPLY_FORWARDED_ONLY));
	stands(b, words(m, REPLY_REFUSED_ABSENT_LOCAL_ORDER));
	stands(b, words(m, REPLY_STATES_RETENTION));
	g_assert_cmpstr(words(m, REPLY_STATES_RETENTION)->text, ==,
	    "We will not delete any customer details on short periods.");
	g_assert_nonnull(strstr(words(m,
	    REPLY_REFUSED_ABSENT_LOCAL_ORDER)->text, "unless the\r\ncustomer"));
	/* What it quotes of others is not its own. */
	g_assert_null(words(m, REPLY_STATES_DATA_HELD));
	g_assert_null(strstr(m->text, "already"));
	g_assert_null(strstr(m->text, "wrote:"));
	mail_free(m);
}

/* What is quoted of an earlier message, as programs of several languages mark it, or
 * do not: the offer in it is nobody's of this message. */
static void
test_quoted(void)
{
	static const char *const earlier[] = {
		"> We would like to sell you the domain.\n",
		"  > We would like to sell you the domain.\n",
		"On 3 May 2019 at 10:00, A <a@b.example> wrote:\n"
		    "We would like to sell you the domain.\n",
		"Il 3 maggio 2019 A <a@b.example> ha scritto:\n\n"
		    "> We would like to sell you the domain.\n",
		"De : A <a@b.example>\nEnvoy\303\251 : vendredi\nObjet : x\n\n"
		    "We would like to sell you the domain.\n",
		"De: A\nEnviado el: viernes\nPara: B\nAsunto: x\n\n"
		    "We would like to sell you the domain.\n",
		"Da: A\nInviato: venerd\303\254\nA: B\nOggetto: x\n\n"
		    "We would like to sell you the domain.\n",
		"Fr\303\245n: A\nSkickat: fredag\nTill: B\n\303\204mne: x\n\n"
		    "We would like to sell you the domain.\n",
		"-----Messaggio originale-----\n"
		    "We would like to sell you the domain.\n",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(earlier); i++) {
		g_autoptr(GString) s = g_string_new("From: c@d.example\n"
		    "Content-Type: text/plain; charset=utf-8\n\n"
		    "Thank you for your message.\n\n");
		struct mail *m;

		g_string_append(s, earlier[i]);
		m = read_string(s);
		if (words(m, REPLY_OFFERS_SALE) != NULL) {
			g_test_message("taken for the writer's own: %s",
			    earlier[i]);
			g_test_fail();
		}
		mail_free(m);
	}
}

/* And what is the writer's own, though it looks a little like that. */
static void
test_not_quoted(void)
{
	static const char *const own[] = {
		"In your letter you wrote:\nno terms. "
		    "We would like to sell you the domain.\n",
		"To: whom it may concern.\n"
		    "We would like to sell you the domain.\n",
		"On 3 May 2019, A <a@b.example> wrote:\n> What is it?\n"
		    "We would like to sell you the domain.\n",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(own); i++) {
		g_autoptr(GString) s = g_string_new("From: c@d.example\n\n");
		struct mail *m;

		g_string_append(s, own[i]);
		m = read_string(s);
		g_test_message("%s", own[i]);
		g_assert_nonnull(words(m, REPLY_OFFERS_SALE));
		mail_free(m);
	}
}

/* ---- parts --------------------------------------------------------------------------------- */

static void
test_parts(void)
{
	g_autoptr(GBytes) b = file("parts.eml");
	struct mail *m = mail_read(b, MAIL_FROM_OPERATOR);
	const struct mail_part *p;
	const struct reply_words *w;
	char hash[65];

	g_assert_cmpuint(m->problems->len, ==, 0);
	g_assert_cmpuint(m->parts->len, ==, 5);
	p = g_ptr_array_index(m->parts, 2);
	g_assert_cmpstr(p->name, ==, "r\xc3\xa9sum\xc3\xa9.txt");
	text_sha256(hash, "hello world", 11);
	g_assert_cmpstr(p->sha256, ==, hash);
	g_assert_cmpuint(p->size, ==, 11);
	p = g_ptr_array_index(m->parts, 3);
	g_assert_cmpstr(p->type, ==, "message/rfc822");
	g_assert_cmpint(p->depth, ==, 1);
	/* Text over HTML; the forwarded message's words are not theirs. */
	g_assert_null(words(m, REPLY_FORWARDED_ONLY));
	w = words(m, REPLY_CLAIMS_CONTROL);
	g_assert_cmpstr(w->text, ==, "I own this domain.");
	g_assert_cmpuint(w->len, ==, 20);
	g_assert_true(memcmp((const char *)g_bytes_get_data(b, NULL) +
	    w->offset, "I own this domain=2E", 20) == 0);
	w = words(m, REPLY_OFFERS_SALE);
	g_assert_nonnull(strstr(w->text, "willing to sell the domain"));
	g_assert_nonnull(strstr(m->text, "Caf\xc3\xa9 prices apply"));
	mail_free(m);
}

static void
test_html(void)
{
	g_autoptr(GBytes) b = file("html.eml");
	struct mail *m = mail_read(b, MAIL_FROM_PROVIDER);
	const struct reply_words *w = words(m, REPLY_FORWARDED_ONLY);
	g_autofree char *cut = NULL;
	g_autofree guchar *raw = NULL;
	gsize len;

	g_assert_null(words(m, REPLY_STATES_DATA_HELD));
	g_assert_cmpstr(m->from_domain, ==, "host.example");
	g_assert_cmpstr(m->date, ==, "2020-05-03T15:00:00Z");
	g_assert_cmpstr(w->text, ==, "We forwarded\xc2\xa0your \"complaint\" "
	    "to the customer.");
	/* The stretch of base64 holds the words; it may begin within four. */
	cut = g_strndup((const char *)g_bytes_get_data(b, NULL) + w->offset,
	    w->len);
	g_assert_cmpint(*cut, ==, 'V');
	raw = g_base64_decode(cut, &len);
	g_assert_true(len > 12 && memcmp(raw, "We forwarded", 12) == 0);
	mail_free(m);
}

static void
test_broken(void)
{
	g_autoptr(GBytes) b = file("broken.eml");
	struct mail *m = mail_read(b, MAIL_FROM_OTHER);

	g_assert_cmpstr(m->from_domain, ==, "b.example");
	g_assert_cmpstr(m->date, ==, "");
	g_assert_cmpstr(m->date_written, ==, "yesterday");
	g_assert_true(problem(m, "2:1: a second From field"));
	g_assert_true(problem(m, "3:1: not a header field"));
	g_assert_true(problem(m, "4:1: the date cannot be read"));
	g_assert_true(problem(m, "From names 2 senders"));
	g_assert_true(problem(m, "6:1: a multipart without a boundary"));
	g_assert_true(problem(m, "the transfer encoding 8bits-or-so"));
	g_assert_true(g_utf8_validate(m->subject, -1, NULL));
	mail_free(m);
}

static void
test_unclosed(void)
{
	g_autoptr(GBytes) b = file("unclosed.eml");
	struct mail *m = mail_read(b, MAIL_FROM_OTHER);

	g_assert_true(m->automatic);
	g_assert_cmpstr(m->date, ==, "");	/* a military zone tells nothing */
	g_assert_true(problem(m, "7:1: a multipart whose closing"));
	g_assert_true(problem(m, "klingon-1 is not known"));
	g_assert_null(words(m, REPLY_STATES_DATA_HELD));
	g_assert_cmpuint(m->parts->len, ==, 1);
	mail_free(m);
}

/* ---- how text is written ------------------------------------------------------------------- */

static struct mail *
read_text(const char *type, const char *encoding, const char *subject,
    const char *body, gsize len, GBytes **whole)
{
	GString *s = g_string_new("From: a@b.example\r\nDate: Sun, 3 May 2020 "
	    "08:00:00 +0000\r\n");

	g_string_append_printf(s, "Subject: %s\r\nContent-Type: text/plain; %s"
	    "\r\nContent-Transfer-Encoding: %s\r\n\r\n", subject, type,
	    encoding);
	g_string_append_len(s, body, (gssize)len);
	*whole = g_string_free_to_bytes(s);
	return mail_read(*whole, MAIL_FROM_PROVIDER);
}

/* A word that is broken over two lines is one; where the words stand in the file is
 * still told. */
static void
test_flowed(void)
{
	static const char body[] = "We forwa \r\nrded your  \r\ncomplaint to "
	    " \r\nthe customer.\r\n> we keep all IP  \r\n> addresses  \r\n"
	    " >not a quotation, but stuffed\r\n-- \r\nDesk\r\n";
	g_autoptr(GBytes) b = NULL;
	struct mail *m = read_text("charset=utf-8; format=flowed; DelSp=yes",
	    "7bit", "Re: complaint", body, strlen(body), &b);
	const struct reply_words *w = words(m, REPLY_FORWARDED_ONLY);
	const char *s = g_bytes_get_data(b, NULL);

	g_assert_nonnull(w);
	g_assert_cmpstr(w->text, ==, "We forwarded your complaint to the "
	    "customer.");
	g_assert_true(strncmp(s + w->offset, "We forwa \r\nrded", 15) == 0);
	g_assert_true(strncmp(s + w->offset + w->len - 9, "customer.", 9) ==
	    0);
	g_assert_null(strstr(m->text, "we keep"));
	g_assert_null(strstr(m->text, "addresses"));
	g_assert_nonnull(strstr(m->text, ">not a quotation"));
	g_assert_nonnull(strstr(m->text, "-- \r\nDesk"));
	mail_free(m);
	g_clear_pointer(&b, g_bytes_unref);
	/* Without DelSp the space is a space, and lines stay as sent. */
	m = read_text("format=flowed", "7bit", "Re", "We forwarded your \r\n"
	    "complaint to the customer.\r\n", 46, &b);
	stands(b, words(m, REPLY_FORWARDED_ONLY));
	mail_free(m);
}

static void
test_soft_breaks(void)
{
	static const char body[] = "We forward=\r\ned your=20=\r\ncomplaint to "
	    "the custome=\r\nr=2E\r\n";
	g_autoptr(GBytes) b = NULL;
	struct mail *m = read_text("charset=utf-8", "quoted-printable", "Re",
	    body, strlen(body), &b);
	const struct reply_words *w = words(m, REPLY_FORWARDED_ONLY);
	const char *s = g_bytes_get_data(b, NULL);

	g_assert_nonnull(w);
	g_assert_cmpstr(w->text, ==, "We forwarded your complaint to the "
	    "customer.");
	g_assert_true(strncmp(s + w->offset, "We forward=", 11) == 0);
	g_assert_true(strncmp(s + w->offset + w->len - 4, "r=2E", 4) == 0);
	mail_free(m);
}

/* Subject and words in sets that are not UTF-8, one of them with shifts. */
static void
test_sets(void)
{
	static const struct { const char *set, *before, *after, *subject; } sets[] = {
		{ "windows-1252", "\x93Gr\xfc\xdf""e\x94 ", " \x96 \x80",
		    "\xe2\x80\x9cGr\xc3\xbc\xc3\x9f""e\xe2\x80\x9d "
		    "\xe2\x80\x93 \xe2\x82\xac" },
		{ "iso-2022-jp", "\x1b$BF|K\\\x1b(B ", " \x1b$B8l\x1b(B",
		    "\xe6\x97\xa5\xe6\x9c\xac \xe8\xaa\x9e" },
		{ "gb18030", "\xc4\xe3\xba\xc3 ", " \x81\x30\x81\x30",
		    "\xe4\xbd\xa0\xe5\xa5\xbd \xc2\x80" },
		{ "koi8-r", "\xf0\xd2\xc9\xd7\xc5\xd4 ", " \xd7",
		    "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82 "
		    "\xd0\xb2" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(sets); i++) {
		g_autofree char *raw = g_strconcat(sets[i].before,
		    sets[i].after + 1, NULL);
		g_autofree char *b64 = g_base64_encode((guchar *)raw,
		    strlen(raw));
		g_autofree char *subject = g_strdup_printf("=?%s?B?%s?=",
		    sets[i].set, b64);
		g_autofree char *body = g_strconcat(sets[i].before, ".\r\nWe "
		    "forwarded your complaint to the customer.\r\n",
		    sets[i].after, "\r\n", NULL);
		g_autofree char *type = g_strconcat("charset=", sets[i].set,
		    NULL);
		g_autoptr(GBytes) b = NULL;
		struct mail *m = read_text(type, "8bit", subject, body,
		    strlen(body), &b);

		g_assert_cmpstr(m->subject, ==, sets[i].subject);
		g_assert_cmpuint(m->problems->len, ==, 0);
		stands(b, words(m, REPLY_FORWARDED_ONLY));
		g_assert_true(g_utf8_validate(m->text, -1, NULL));
		g_assert_true(strncmp(m->text, sets[i].subject, 6) == 0);
		mail_free(m);
	}
}

/* ---- hostile -------------------------------------------------------------------------------- */

static void
head(GString *s)
{
	g_string_append(s, "From: a@b.example\r\nDate: Sun, 3 May 2020 "
	    "08:00:00 +0000\r\n");
}

static void
test_deep(void)
{
	g_autoptr(GString) s = g_string_new(NULL);
	struct mail *m;

	head(s);
	for (int i = 0; i < 200; i++)
		g_string_append_printf(s, "Content-Type: multipart/mixed; "
		    "boundary=b%d\r\n\r\n--b%d\r\n", i, i);
	g_string_append(s, "\r\nwe forwarded your complaint\r\n");
	m = read_string(s);
	g_assert_true(problem(m, "nested more than 64 deep"));
	g_assert_cmpuint(m->parts->len, >, 0);
	mail_free(m);
	g_string_truncate(s, 0);
	head(s);
	for (int i = 0; i < 200; i++)
		g_string_append(s, "Content-Type: message/rfc822\r\n\r\n");
	m = read_string(s);
	g_assert_true(problem(m, "nested more than 64 deep"));
	g_assert_cmpuint(m->parts->len, ==, 65);
	mail_free(m);
}

/* 50 MB of base64 and one long line: hashed from where they lie. */
static void
test_large(void)
{
	g_autoptr(GString) s = g_string_sized_new(54u << 20);
	struct mail *m;
	const struct mail_part *p;
	gint64 began;

	head(s);
	g_string_append(s, "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
	    "--b\r\n\r\nwe forwarded your complaint to the customer\r\n--b\r\n"
	    "Content-Type: application/zip; name=big.zip\r\n"
	    "Content-Transfer-Encoding: base64\r\n\r\n");
	for (int i = 0; i < 690000; i++)
		g_string_append(s, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
		    "AAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n");
	g_string_append(s, "\r\n--b--\r\n");
	began = g_get_monotonic_time();
	m = read_string(s);
	g_test_message("%" G_GINT64_FORMAT " ms for %" G_GSIZE_FORMAT " bytes",
	    (g_get_monotonic_time() - began) / 1000, s->len);
	p = g_ptr_array_index(m->parts, 1);
	g_assert_cmpuint(p->size, ==, 690000u * 54);
	g_assert_nonnull(words(m, REPLY_FORWARDED_ONLY));
	mail_free(m);
}

static void
test_long_header(void)
{
	g_autoptr(GString) s = g_string_new("Subject: ");
	struct mail *m;

	for (int i = 0; i < 1 << 20; i++)
		g_string_append_c(s, 'x');
	g_string_append(s, "\r\n");
	for (int i = 0; i < 6000; i++)
		g_string_append(s, "Received: from a by b; nothing\r\n");
	head(s);
	g_string_append(s, "\r\n\r\n");
	m = read_string(s);
	g_assert_cmpuint(strlen(m->subject), ==, MAIL_VALUE - 1);
	g_assert_cmpuint(m->problems->len, <=, MAIL_PROBLEMS);
	g_assert_cmpuint(m->hops->len, <=, 200);
	mail_free(m);
	g_string_truncate(s, 0);
	m = read_string(s);
	g_assert_true(problem(m, "the file is empty"));
	mail_free(m);
}

/* ---- files that are no message as it was sent ------------------------------------------------ */

#define HEAD	"From: Abuse <a@b.example>\nDate: Mon, 31 Aug 2026 08:00:00 +0000\n"
#define SAYS	"We have forwarded your complaint to the customer.\n"

/* What is wrong is one sentence with line and column, and the words are read. */
static void
test_damage(void)
{
	static const struct { const char *eml, *says; gboolean words; } all[] = {
		{ HEAD "Content-Transfer-Encoding: base64\n\nV2UgaGF2ZSBmb3J3"
		    "YXJkZWQg\neW91ciBj!!b21wbGFpbnQgdG8gdGhlIGN1c3RvbWVyLgo=\n",
		    "6:9: 2 bytes not of Base64; left out", TRUE },
		{ HEAD "Content-Transfer-Encoding: base64\n\nV2UgaGF2ZSBmb3J3"
		    "YXJkZWQgeW91ciBjb21wbGFpbnQgdG8gdGhlIGN1c3RvbWVyLgo\n",
		    "6:1: Base64 that ends within a group", TRUE },
		{ HEAD "Content-Transfer-Encoding: quoted-printable\n\n=ZZ We "
		    "have =\nforwarded your complaint to the customer.\n",
		    "5:1: 1 \"=\" as quoted-printable has none", TRUE },
		{ "\xef\xbb\xbf" HEAD "\n" SAYS, "1:1: a byte-order mark", TRUE },
		{ "From: a@b.example\rDate: Mon, 31 Aug 2026 08:00:00 +0000\r\r"
		    "We have forwarded your complaint to the customer.\r",
		    "1:1: lines end in CR alone; read so", TRUE },
		{ "From a@b Mon Aug 31 08:00:00 2026\n" HEAD "\n" SAYS "\nFrom "
		    "the start we said so.\n\nFrom c@d Mon Aug 31 09:00:00 2026\n"
		    "From: c@d.example\n\nThe domain is for sale.\n",
		    "9:1: another message begins, as in a mailbox", TRUE },
		{ HEAD "X-One: 1\nno field at all\n\n" SAYS,
		    "4:1: not a header field", TRUE },
		{ HEAD "X: \xc3\xb6\nContent-Type: multipart/mixed; "
		    "boundary=b\n\n--b\n\n" SAYS,
		    "4:1: a multipart whose closing boundary", TRUE },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
		g_autoptr(GString) s = g_string_new(all[i].eml);
		struct mail *m = read_string(s);

		for (guint k = 0; k < m->problems->len; k++)
			g_test_message("%zu %s", i,
			    (char *)m->problems->pdata[k]);
		g_assert_true(problem(m, all[i].says));
		g_assert_cmpuint(m->problems->len, ==, 1);
		g_assert_nonnull(words(m, REPLY_FORWARDED_ONLY));
		g_assert_null(words(m, REPLY_OFFERS_SALE));
		g_assert_nonnull(strstr(m->from, "@"));
		mail_free(m);
	}
}

/* A header of a hundred thousand fields is one sentence. */
static void
test_many_fields(void)
{
	g_autoptr(GString) s = g_string_new(HEAD);
	struct mail *m;

	for (int i = 0; i < 100000; i++)
		g_string_append_printf(s, "X-%d: y\n", i);
	g_string_append(s, "\n" SAYS);
	m = read_string(s);
	g_assert_true(problem(m, "5001:1: more than 5000 header fields"));
	g_assert_cmpuint(m->problems->len, ==, 1);
	g_assert_nonnull(words(m, REPLY_FORWARDED_ONLY));
	mail_free(m);
}

/* A message in a mailbox whose last line begins as another would, and does not end:
 * it was looked for behind the end of the file. */
static void
test_mailbox_end(void)
{
	g_autoptr(GString) s = g_string_new("From a@b Mon Aug 31 08:00:00 2026\n"
	    HEAD "\n" SAYS "\nFrom here on");
	struct mail *m = read_string(s);

	g_assert_cmpuint(m->problems->len, ==, 0);
	g_assert_nonnull(words(m, REPLY_FORWARDED_ONLY));
	mail_free(m);
}

static void
test_wide(void)
{
	g_autoptr(GBytes) b = g_bytes_new_static("\xff\xfe" "F\0r\0o\0m\0:\0",
	    12);
	struct mail *m = mail_read(b, MAIL_FROM_OTHER);

	g_assert_true(problem(m, "1:1: UTF-16"));
	g_assert_cmpuint(m->problems->len, ==, 1);
	mail_free(m);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/mail/quoted", test_quoted);
	g_test_add_func("/mail/damage", test_damage);
	g_test_add_func("/mail/many-fields", test_many_fields);
	g_test_add_func("/mail/wide", test_wide);
	g_test_add_func("/mail/mailbox end", test_mailbox_end);
	g_test_add_func("/mail/not-quoted", test_not_quoted);
	g_test_add_func("/mail/order", test_order);
	g_test_add_func("/mail/parts", test_parts);
	g_test_add_func("/mail/html", test_html);
	g_test_add_func("/mail/broken", test_broken);
	g_test_add_func("/mail/unclosed", test_unclosed);
	g_test_add_func("/mail/flowed", test_flowed);
	g_test_add_func("/mail/soft-breaks", test_soft_breaks);
	g_test_add_func("/mail/sets", test_sets);
	g_test_add_func("/mail/deep", test_deep);
	g_test_add_func("/mail/large", test_large);
	g_test_add_func("/mail/long-header", test_long_header);
	return g_test_run();
}
