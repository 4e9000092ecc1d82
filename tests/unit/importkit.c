#include "tests/unit/importkit.h"

#include <string.h>

#include "probes/text.h"

const char kit_reply[] =
	"Received: from mx.liteserver.example by mail.counsel.example;\r\n"
	" Mon, 31 Aug 2026 08:00:00 +0000\r\n"
	"From: Abuse Desk <abuse@liteserver.example>\r\n"
	"To: counsel@counsel.example\r\n"
	"Subject: Re: complaint 4711\r\n"
	"Date: Mon, 31 Aug 2026 08:00:00 +0000\r\n"
	"\r\n"
	"Dear Sirs,\r\n\r\n"
	"We have forwarded your abuse complaint to the customer in question.\r\n"
	"We cannot share any customer details\r\n"
	"with third parties, unless the customer agrees or there is a legal\r\n"
	"court order by a NL court. We will not delete any customer details on\r\n"
	"short periods.\r\n";

static void
set(char **to, const char *s)
{
	g_free(*to);
	*to = g_strdup(s);
}

struct import *
kit_import(struct kit *k, enum import_kind kind, const char *exhibit)
{
	struct import *m = import_new(kind);
	char sha[65];

	m->number = k->rec->imports->len + 1;
	g_free(m->id);
	m->id = g_strdup_printf("I-%04u", m->number);
	text_sha256(sha, m->id, strlen(m->id));
	set(&m->sha256, sha);
	set(&m->exhibit, exhibit);
	set(&m->at, "2026-11-20T10:00:00Z");
	set(&m->who, "A. Person");
	g_free(m->file);
	m->file = g_strdup_printf("%s.csv", import_kind_name(kind));
	g_ptr_array_add(k->rec->imports, m);
	return m;
}

static void
counted(struct import *m, uint32_t faults)
{
	m->counted += (faults & (ROW_MALFORMED | ROW_DUPLICATE)) == 0;
}

void
kit_activity(struct import *m, const char *doe, const char *ip,
    const char *time, const char *act, const char *work, uint32_t faults)
{
	const struct activity_said said = { doe, act, work, "swarm log", "" };
	struct activity a = { .row = m->rows->len + 1, .faults = faults,
		.time = TIME_UNKNOWN, .is = import_said(m, &said),
		.when = time };

	if (*time != '\0')
		a.time = text_time_parse(time);
	if (a.time == INT64_MIN)
		a.time = TIME_UNKNOWN;
	if (*ip != '\0')
		g_assert_cmpint(inet_read(ip, &a.ip), ==, 0);
	g_array_append_val(m->rows, a);
	counted(m, faults);
}

struct import *
kit_mail(struct kit *k, enum mail_from whose, const char *entity,
    const char *eml)
{
	struct import *m = kit_import(k, IMPORT_MAIL, "J-1");
	const char *body = strstr(eml, "\r\n\r\n");
	char sha[65];

	set(&m->file, "reply.eml");
	set(&m->entity, entity);
	text_sha256(sha, eml, strlen(eml));
	set(&m->sha256, sha);
	m->size = strlen(eml);
	m->bytes = g_bytes_new(eml, strlen(eml));
	m->mail = mail_new();
	m->mail->whose = whose;
	set(&m->mail->from, "Abuse Desk <abuse@liteserver.example>");
	set(&m->mail->from_domain, "liteserver.example");
	set(&m->mail->to, "counsel@counsel.example");
	set(&m->mail->subject, "Re: complaint 4711");
	set(&m->mail->date, "2026-08-31T08:00:00Z");
	set(&m->mail->date_written, "Mon, 31 Aug 2026 08:00:00 +0000");
	if (body != NULL)
		set(&m->mail->text, body + 4);
	return m;
}

void
kit_words(struct import *m, enum reply_class klass, const char *phrase)
{
	gsize len;
	const char *p = g_bytes_get_data(m->bytes, &len);
	const char *at = memmem(p, len, phrase, strlen(phrase));
	struct reply_words *w = g_new0(struct reply_words, 1);

	w->klass = klass;
	w->text = g_strdup(phrase);
	w->offset = at != NULL ? (uint64_t)(at - p) : 0;
	w->len = strlen(phrase);
	g_ptr_array_add(m->mail->words, w);
}

/* ---- one of every kind --------------------------------------------------------- */

static void
brought_activity(struct kit *k)
{
	struct import *m = kit_import(k, IMPORT_ACTIVITY, "I-1");

	for (int i = 1; i <= 40; i++)
		kit_activity(m, "Doe 1", "203.0.113.7",
		    "2026-07-04T10:00:00Z", "upload", "Film A", 0);
	kit_activity(m, "Doe 2", "", "2026-07-05T10:00:00Z", "upload",
	    "Film A", ROW_IP_NONE);
	kit_activity(m, "Doe 2", "203.0.113.9", "03/04/2026", "upload",
	    "Film A", ROW_TIME_AMBIGUOUS);
	kit_activity(m, "", "203.0.113.10", "2026-07-06T10:00:00Z",
	    "download", "Film A", ROW_DUPLICATE);
	g_ptr_array_add(m->problems, g_strdup("activity.csv:43:2: the time can "
	    "be read in two ways: 03/04/2026"));
	g_ptr_array_add(m->columns, g_strdup("peer_id"));
	g_ptr_array_add(m->examples, g_strdup("-GC0001-"));
}

static void
brought_numbers(struct kit *k)
{
	struct import *m = kit_import(k, IMPORT_NUMBERS, "K-1");
	struct number n = { .row = 1, .measure = "downloads", .place = "US",
		.period_start = "2026-01-01", .period_end = "2026-06-30",
		.value = "50,000+", .low = 50000, .high = -1, .band = TRUE,
		.unit = "installs", .source = "store console", .method =
		"export by country", .scope = "" };

	g_array_append_val(m->rows, n);
	n.row = 2;
	n.place = "";
	n.faults = ROW_PLACE_BAD;
	g_array_append_val(m->rows, n);
	m->counted = 2;
}

static void
brought_ads(struct kit *k)
{
	struct import *m = kit_import(k, IMPORT_ADS, "L-1");
	struct ad a = { .row = 1, .time = TIME_UNKNOWN, .when = "2026-08-01",
		.vantage = "Honolulu", .place_shown = "US-HI", .advertiser =
		"Hotel", .text = "Rooms in Waikiki", .about_place = "US-HI",
		.source = "screen recording" };

	g_array_append_val(m->rows, a);
	m->counted = 1;
}

static void
brought_places(struct kit *k)
{
	struct import *m = kit_import(k, IMPORT_GEOLOCATION, "H-9");
	struct geolocation g = { .row = 1, .address = "203.0.113.7",
		.database = "Vendor City", .build = "2026-06-30", .looked_up =
		"2026-07-04", .place = "Honolulu, HI, US", .radius_km = "20",
		.declarant = "B. Person", .source = "vendor report" };
	struct import *x = kit_import(k, IMPORT_HISTORY, "N-1");
	struct history h = { .row = 1, .subject = "popcorn-time.ch",
		.type = "A", .value = "198.51.100.9", .first_seen =
		"2019-01-01", .last_seen = "2019-05-01", .source =
		"passive DNS" };

	g_array_append_val(m->rows, g);
	m->counted = 1;
	g_array_append_val(x->rows, h);
	x->counted = 1;
}

static void
brought_mail(struct kit *k)
{
	struct import *m = kit_mail(k, MAIL_FROM_PROVIDER, "LiteServer B.V.",
	    kit_reply);
	struct mail_hop *hop = g_new0(struct mail_hop, 1);
	struct mail_sign *sign = g_new0(struct mail_sign, 1);
	struct mail_part *part = g_new0(struct mail_part, 1);

	kit_words(m, REPLY_FORWARDED_ONLY,
	    "forwarded your abuse complaint to the customer in question");
	kit_words(m, REPLY_REFUSED_ABSENT_LOCAL_ORDER,
	    "cannot share any customer details\r\nwith third parties, unless "
	    "the customer agrees or there is a legal\r\ncourt order by a NL "
	    "court");
	kit_words(m, REPLY_STATES_RETENTION, "will not delete any customer "
	    "details on\r\nshort periods");
	*hop = (struct mail_hop){ g_strdup("mx.liteserver.example"),
	    g_strdup("mail.counsel.example"), g_strdup("ESMTPS"),
	    g_strdup("192.0.2.25"), g_strdup("Mon, 31 Aug 2026 08:00:00 "
	    "+0000") };
	g_ptr_array_add(m->mail->hops, hop);
	*sign = (struct mail_sign){ g_strdup("dkim"),
	    g_strdup("liteserver.example"), g_strdup("s1"), g_strdup("no key"),
	    g_strdup("this program"), g_strdup("no run asked for the key") };
	g_ptr_array_add(m->mail->signs, sign);
	*part = (struct mail_part){ g_strdup("text/plain"), g_strdup(""),
	    g_strnfill(64, 'b'), 300, 0 };
	g_ptr_array_add(m->mail->parts, part);
}

void
kit_brought(struct kit *k)
{
	struct import *m;

	brought_activity(k);
	brought_numbers(k);
	brought_ads(k);
	brought_places(k);
	brought_mail(k);
	m = kit_import(k, IMPORT_DOCUMENT, "Q-1");
	set(&m->file, "terms of ISNIC.pdf");
	set(&m->entity, "ISNIC");
	set(&m->describe, "rules of the registry");
	m = kit_import(k, IMPORT_MOTION, "");
	set(&m->file, "motion.txt");
	m->bytes = g_bytes_new_static("Rule 4(k)(2).", 13);
}
