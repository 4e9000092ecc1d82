/*
 * Reads our own account of several TCP handshakes (reach_ask.c): the least of
 * those that were answered, by a connection or by a refusal, is the fact.
 */

#include <string.h>

#include "probes/rdap_json.h"
#include "probes/reader.h"

#define SHAKES		64			/* read of one exchange */
#define NS_MOST		INT64_C(60000000000)	/* of one: a minute */

/* What one of them took, the lesser of the two figures; 0 where it does not
 * count. */
static json_int_t
shake_ns(const json_t *o)
{
	const char *how = json_string_value(json_object_get(o, "how"));
	json_int_t ns = json_integer_value(json_object_get(o, "ns"));
	json_int_t kernel = json_integer_value(json_object_get(o,
	    "kernel_ns"));

	if (how == NULL || (strcmp(how, "established") != 0 &&
	    strcmp(how, "refused") != 0) || ns <= 0 || ns > NS_MOST)
		return 0;
	return kernel > 0 && kernel < ns ? kernel : ns;
}

static json_t *
rtt(const struct exchange *x, const json_t *all)
{
	json_t *each = json_array(), *v;
	json_int_t least = 0;
	size_t i, sent = MIN(json_array_size(all), SHAKES), taken = 0;
	gboolean refused = FALSE;

	for (i = 0; i < sent; i++) {
		const json_t *o = json_array_get(all, i);
		json_int_t ns = shake_ns(o);
		const char *how;

		if (ns == 0)
			continue;
		how = json_string_value(json_object_get(o, "how"));
		refused |= strcmp(how, "refused") == 0;
		json_array_append_new(each, json_integer(ns));
		least = least == 0 ? ns : MIN(least, ns);
		taken++;
	}
	v = json_pack("{s:i, s:I, s:i, s:i, s:s, s:o}", "port",
	    (int)x->q->port, "least", least, "count", (int)taken, "sent",
	    (int)sent, "how", refused ? "refused" : "established", "each",
	    each);
	return v;
}

int
reach_parse(const struct exchange *x, GString *out)
{
	gsize len = 0;
	const char *text = x->received.bytes != NULL ?
	    g_bytes_get_data(x->received.bytes, &len) : NULL;
	json_t *o = text != NULL ? rdap_json_load(text, len, 8) : NULL;
	const json_t *all = json_object_get(o, "handshakes");
	json_t *v;

	if (!json_is_array(all)) {
		json_decref(o);
		return -1;
	}
	v = rtt(x, all);
	if (json_integer_value(json_object_get(v, "count")) > 0)
		fact_emit(out, FACT_NET_RTT, x->q->server, v);
	else
		json_decref(v);
	json_decref(o);
	return 0;
}
