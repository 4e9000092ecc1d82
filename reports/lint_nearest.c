/* What an exhibit says where a quotation is not in it: the sentence next to it. */

#include <string.h>

#include "reports/keyed.h"
#include "reports/lint_priv.h"

/* Words of the quotation that the sentence has, of those in it. */
static guint
shared(const struct words *w, size_t first, size_t end,
    const struct keyed *quote)
{
	guint n = 0;

	for (size_t i = first; i < end; i++)
		n += keyed_has_text(quote, words_at(w, i)->low) ? 1 : 0;
	return n;
}

static struct keyed *
word_set_of(const char *quote)
{
	struct hash_key key;
	struct keyed *set;
	struct words w;

	hash_key_of(&key, quote, strlen(quote));
	set = keyed_new(&key);
	words_init(&w, quote, strlen(quote));
	for (guint i = 0; i < w.tokens->len; i++)
		if (words_at(&w, i)->len > 2)
			keyed_add_text(set, words_at(&w, i)->low);
	words_clear(&w);
	return set;
}

/* The sentence of a piece that shares most with the quotation. */
static char *
nearest_in(const char *piece, const struct keyed *quote, guint *best)
{
	struct words w;
	char *out = NULL;

	words_init(&w, piece, strlen(piece));
	for (size_t i = 0; i < w.tokens->len;) {
		size_t first, end, at;
		guint n;

		words_sentence(&w, i, &first, &end);
		n = shared(&w, first, end, quote);
		if (n > *best) {
			*best = n;
			at = words_at(&w, first)->at;
			g_free(out);
			out = lint_shown(piece + at, words_at(&w, end - 1)->at +
			    words_at(&w, end - 1)->len - at);
		}
		i = end;
	}
	words_clear(&w);
	return out;
}

char *
lint_nearest(const struct source *s, const char *quote)
{
	struct keyed *set = word_set_of(quote);
	char *out = NULL;
	guint best = 1;

	for (guint i = 0; i < s->pieces->len; i++) {
		char *found = nearest_in(g_ptr_array_index(s->pieces, i), set,
		    &best);

		if (found != NULL) {
			g_free(out);
			out = found;
		}
	}
	keyed_free(set);
	return out != NULL ? out : g_strdup("");
}
