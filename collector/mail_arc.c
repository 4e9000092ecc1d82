/*
 * The chain of RFC 8617: sets of three fields, each sealed by who added it.
 * What a set says of the message is its author's statement; that the seals
 * hold is what can be checked here.
 */

#include <stdlib.h>
#include <string.h>

#include "collector/mail_sign.h"

#define SETS	50	/* RFC 8617, 5.1.1.1 */

enum { RESULTS, MESSAGE, SEAL, KINDS };

static const char *const names[KINDS] = { "ARC-Authentication-Results",
    "ARC-Message-Signature", "ARC-Seal" };

struct chain {
	const struct field *field[SETS + 1][KINDS];
	int	 sets;
	const char *bad;
};

/* The instance, 0 where it is none: "i=2; ..." or a tag of the list. */
static long
instance(struct signing *s, const struct field *f)
{
	g_autofree char *value = field_value(s->m, f);
	g_auto(GStrv) pairs = g_strsplit(value, ";", 60);

	for (char **p = pairs; *p != NULL; p++) {
		g_strstrip(*p);
		if (**p == 'i' && strchr("= \t", (*p)[1]) != NULL &&
		    (*p)[1] != '\0')
			return strtol(*p + 1 + strspn(*p + 1, "= \t"), NULL,
			    10);
	}
	return 0;
}

static void
chain_read(struct signing *s, struct chain *c)
{
	for (size_t k = 0; k < KINDS; k++) {
		const struct field *f;
		guint from = 0;

		while ((f = head_field(s->m, s->h, names[k], &from)) != NULL) {
			long i = instance(s, f);

			if (i < 1 || i > SETS) {
				c->bad = "a set without a number of 1 to 50";
				continue;
			}
			if (c->field[i][k] != NULL)
				c->bad = "a set has a field twice";
			c->field[i][k] = f;
			c->sets = MAX(c->sets, (int)i);
		}
	}
	for (int i = 1; i <= c->sets; i++)
		for (size_t k = 0; k < KINDS; k++)
			if (c->field[i][k] == NULL)
				c->bad = "a set is not whole";
}

/* The sets up to the sealed one, in their order, the last seal unsigned. */
static void
seal_data(const struct signing *s, const struct chain *c, int sealed,
    GString *out)
{
	for (int i = 1; i <= sealed; i++)
		for (size_t k = 0; k < KINDS; k++) {
			gboolean last = i == sealed && k == SEAL;

			canon_field(s->m, c->field[i][k], CANON_RELAXED, last,
			    out);
			if (!last)
				g_string_append(out, "\r\n");
		}
}

static const char *
seal_bad(const struct chain *c, const struct tags *t, int i)
{
	const char *cv = tag_value(t, "cv");

	if (c->bad != NULL)
		return c->bad;
	if (tags_bad(t) || *tag_value(t, "b") == '\0' ||
	    *tag_value(t, "h") != '\0' || !key_knows(tag_value(t, "a")))
		return "the seal cannot be read";
	if (strcmp(cv, i == 1 ? "none" : "pass") != 0)
		return "the chain says of itself that it does not hold (cv=)";
	return NULL;
}

static void
seal_check(struct signing *s, const struct chain *c, int i,
    const struct tags *t, struct mail_sign *sign)
{
	g_autoptr(GString) data = g_string_new(NULL);
	g_autofree char *b = tag_packed(t, "b"), *why = NULL;
	struct signed_data d = { tag_value(t, "a"), data, b,
	    tag_value(t, "d"), tag_value(t, "s") };
	const char *bad = seal_bad(c, t, i);

	if (bad != NULL) {
		sign_says(sign, "malformed", g_strdup_printf("seal of the ARC "
		    "set %d: %s", i, bad));
		return;
	}
	seal_data(s, c, i, data);
	key_check(s, &d, sign);
	why = g_strdup_printf("seal of the ARC set %d, which says cv=%s; %s", i,
	    tag_value(t, "cv"), sign->why);
	g_free(sign->why);
	sign->why = bytes_utf8(why, strlen(why), "utf-8");
}

/* Only the newest set's signature is over the message as it is now. */
static void
message_check(struct signing *s, const struct chain *c)
{
	const struct field *f = c->field[c->sets][MESSAGE];
	g_autofree char *value = NULL, *why = NULL;
	struct mail_sign *sign;
	struct tags *t;

	if (c->bad != NULL)
		return;
	value = field_value(s->m, f);
	t = tags_read(value);
	sign = sign_add(s, "arc", tag_value(t, "d"), tag_value(t, "s"));
	dkim_check(s, f, t, "a b bh d h s", sign);
	why = g_strdup_printf("message signature of the ARC set %d%s%s",
	    c->sets, *sign->why != '\0' ? "; " : "", sign->why);
	g_free(sign->why);
	sign->why = g_steal_pointer(&why);
	tags_free(t);
}

void
arc_read(struct signing *s)
{
	struct chain c = { .sets = 0 };

	chain_read(s, &c);
	for (int i = c.sets; i >= 1 && s->signs->len < MAIL_SIGNS; i--) {
		g_autofree char *value = c.field[i][SEAL] != NULL ?
		    field_value(s->m, c.field[i][SEAL]) : NULL;
		struct tags *t = tags_read(value != NULL ? value : "");

		seal_check(s, &c, i, t, sign_add(s, "arc", tag_value(t, "d"),
		    tag_value(t, "s")));
		tags_free(t);
	}
	if (c.sets > 0)
		message_check(s, &c);
}
