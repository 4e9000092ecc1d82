/* Autonomous system numbers in RDAP (RFC 9083 section 5.5). */

#include "probes/rdap.h"

/* The number that was asked for; -1 where the question names none. */
static json_int_t
asked(const struct rdap *r)
{
	guint64 n;

	if (g_ascii_strncasecmp(r->subject, "AS", 2) != 0 ||
	    !g_ascii_string_to_unsigned(r->subject + 2, 10, 0, G_MAXUINT32, &n,
	    NULL))
		return -1;
	return (json_int_t)n;
}

static void
contact(const struct rdap *r, const struct rdap_entity *e, void *unused)
{
	(void)unused;
	rdap_entity_emit(r, FACT_AS_CONTACT, e);
}

/* Some give the number in the handle only: "AS64500". */
static json_int_t
first_of(const json_t *o)
{
	const char *handle = rdap_str(o, "handle");
	json_int_t first = rdap_number(o, "startAutnum");
	guint64 n;

	if (first < 0 && g_ascii_strncasecmp(handle, "AS", 2) == 0 &&
	    g_ascii_string_to_unsigned(handle + 2, 10, 0, G_MAXUINT32, &n,
	    NULL))
		return (json_int_t)n;
	return first;
}

static json_t *
integer_or_null(json_int_t n)
{
	return n >= 0 ? json_integer(n) : json_null();
}

void
rdap_as_facts(const struct rdap *r)
{
	const json_t *o = r->object;
	json_int_t first = first_of(o), n = asked(r);
	json_int_t last = rdap_number(o, "endAutnum");
	gboolean known = first >= 0 && n >= 0;
	gboolean in;
	json_t *v = json_object(), *holder;

	last = last >= 0 ? last : first;
	in = first <= n && n <= last;
	json_object_set_new(v, "start", integer_or_null(first));
	json_object_set_new(v, "end", integer_or_null(last));
	json_object_set_new(v, "name", rdap_text(o, "name"));
	json_object_set_new(v, "handle", rdap_text(o, "handle"));
	json_object_set_new(v, "type", rdap_text(o, "type"));
	json_object_set_new(v, "country", rdap_text(o, "country"));
	json_object_set_new(v, "rir", json_string(rdap_registry(r)));
	json_object_set_new(v, "status", rdap_texts(o, "status"));
	json_object_set_new(v, "covers", known ? json_boolean(in) :
	    json_null());
	if (*rdap_national(r) != '\0')
		json_object_set_new(v, "nir", json_string(rdap_national(r)));
	rdap_emit(r, FACT_AS_NUMBER, v);
	if (known && !in)
		return;
	holder = rdap_holder(r);
	if (holder != NULL)
		rdap_emit(r, FACT_AS_HOLDER, holder);
	rdap_entities(r, contact, NULL);
	rdap_redacted_facts(r);
	rdap_events(r, FACT_AS_EVENT);
	rdap_notices(r);
}
