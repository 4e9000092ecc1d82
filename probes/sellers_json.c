#include "probes/sellers_json.h"

#include <string.h>

#include "probes/json_read.h"
#include "probes/text.h"

#define BEFORE		2048	/* bytes of an object before its account */
#define OBJECT		8192	/* and all of it */
#define ENDS		32	/* braces tried as its end */
#define HITS		20000	/* places looked at for one account */
#define TEXT		200

gboolean
sellers_account_ok(const char *s)
{
	size_t n = strlen(s);

	return n > 0 && n <= SELLERS_ACCOUNT && strspn(s,
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789._-") == n;
}

/* The text of a member, or its number. */
static gboolean
is_account(const json_t *o, const char *account)
{
	const json_t *id = json_object_get(o, "seller_id");
	char number[32];

	if (!json_is_integer(id))
		return g_strcmp0(json_string_value(id), account) == 0;
	g_snprintf(number, sizeof(number), "%" JSON_INTEGER_FORMAT,
	    json_integer_value(id));
	return strcmp(number, account) == 0;
}

/* The smallest object around a place that is the account's; NULL: none. */
static json_t *
object_around(const char *text, size_t len, size_t at, const char *account)
{
	size_t least = at > BEFORE ? at - BEFORE : 0;
	const char *open = memrchr(text + least, '{', at - least);
	const char *end = text + at;

	for (int i = 0; open != NULL && i < ENDS; i++) {
		json_t *o;

		end = memchr(end, '}', len - (size_t)(end - text));
		if (end == NULL || end - open > OBJECT)
			break;
		end++;
		o = json_read(open, (size_t)(end - open), 4, JSON_ANY);
		if (o != NULL && is_account(o, account))
			return o;
		json_decref(o);
		if (o != NULL)
			break;
	}
	return NULL;
}

static json_t *
find(const char *text, size_t len, const char *account, size_t *place)
{
	size_t n = strlen(account), at = 0;
	const char *hit;

	for (int i = 0; i < HITS && at < len && (hit = memmem(text + at,
	    len - at, account, n)) != NULL; i++) {
		json_t *o;

		*place = (size_t)(hit - text);
		at = *place + n;
		/* A value, and not the middle of another one. */
		if (*place == 0 || strchr("\": \t", hit[-1]) == NULL ||
		    (at < len && g_ascii_isalnum(text[at])))
			continue;
		o = object_around(text, len, *place, account);
		if (o != NULL)
			return o;
	}
	return NULL;
}

static json_t *
member(const json_t *o, const char *key, gboolean folded)
{
	const char *s = json_string_value(json_object_get(o, key));
	g_autofree char *low = s != NULL && folded ? g_ascii_strdown(s, -1) :
	    g_strdup(s != NULL ? s : "");

	return http_text(low, strlen(low), TEXT);
}

static gboolean
is_confidential(const json_t *o)
{
	const json_t *c = json_object_get(o, "is_confidential");

	return json_is_true(c) || json_integer_value(c) == 1;
}

static void
account_read(const struct exchange *x, const char *text, size_t len,
    const char *account, GString *out)
{
	size_t at = 0;
	json_t *o = find(text, len, account, &at), *v;

	if (o == NULL && x->status == X_LIMIT)
		return;
	v = json_pack("{s:s, s:s, s:b}", "system", x->q->host, "account",
	    account, "there", o != NULL);
	json_object_set_new(v, "name", member(o, "name", FALSE));
	json_object_set_new(v, "domain", member(o, "domain", TRUE));
	json_object_set_new(v, "type", member(o, "seller_type", FALSE));
	json_object_set_new(v, "confidential", json_boolean(
	    is_confidential(o)));
	if (o != NULL) {
		json_object_set_new(v, "offset", json_integer((json_int_t)at));
		json_object_set_new(v, "in", json_string("body"));
	}
	fact_emit(out, FACT_ADS_LISTED, x->q->name, v);
	json_decref(o);
}

void
sellers_facts(const struct exchange *x, const char *text, size_t len,
    GString *out)
{
	g_autofree char *list = question_option(x->q, "accounts");
	g_auto(GStrv) account = g_strsplit(list != NULL ? list : "", ",",
	    SELLERS_ACCOUNTS + 1);

	for (size_t i = 0; i < SELLERS_ACCOUNTS && account[i] != NULL; i++)
		if (sellers_account_ok(account[i]))
			account_read(x, text, len, account[i], out);
}
