#include "probes/html_form.h"

#include <string.h>

#include "probes/ascii.h"
#include "probes/json_text.h"
#include "probes/text.h"

#define PART	64		/* bytes of a field's name */

struct form {
	const GumboNode	*node;
	json_t		*fields;
	GString		*says;		/* what the rules look at, lower case */
	size_t		 pos;
	size_t		 text_at;	/* length of the page's text at its start */
	gboolean	 loose;		/* in a table: its fields stand beside it */
	unsigned	 passwords, mailboxes, searches, files, texts;
};

void
html_form_free(struct form *f)
{
	if (f == NULL)
		return;
	json_decref(f->fields);
	g_string_free(f->says, TRUE);
	g_free(f);
}

static void
say(struct form *f, const char *s)
{
	if (s == NULL || f->says->len > 8192)
		return;
	g_string_append_len(f->says, s, (gssize)strnlen(s, 256));
	g_string_append_c(f->says, '\n');
}

void
html_form_enter(struct walk *w, const GumboNode *n)
{
	static const char *const told[] = { "action", "id", "class", "name",
		"role" };
	struct form *f;
	size_t i;

	if (w->form != NULL && w->form->loose)
		html_form_end(w);
	if (w->form != NULL)
		return;		/* no form stands in another */
	f = g_new0(struct form, 1);
	f->node = n;
	f->fields = json_array();
	f->says = g_string_new(NULL);
	f->pos = w->last_pos;
	f->text_at = w->text->text->len;
	for (i = 0; i < G_N_ELEMENTS(told); i++)
		say(f, walk_attr(n, told[i]));
	w->form = f;
}

static gboolean
is(const char *s, const char *word)
{
	return s != NULL && ascii_is(s, word);
}

static void
count_field(struct form *f, const char *type, const char *name)
{
	if (is(type, "password"))
		f->passwords++;
	if (is(type, "email") || is(name, "email"))
		f->mailboxes++;
	if (is(type, "file"))
		f->files++;
	if (is(type, "textarea"))
		f->texts++;
	if (is(type, "search") || is(name, "q") || is(name, "s"))
		f->searches++;
}

void
html_form_field(struct walk *w, const GumboNode *n)
{
	const char *tag = gumbo_normalized_tagname(n->v.element.tag);
	const char *type = walk_attr(n, "type"), *name = walk_attr(n, "name");
	struct form *f = w->form;
	GString *s;

	if (f == NULL || (is(type, "hidden") && !is(name, "q")))
		return;
	if (type == NULL || *type == '\0')
		type = strcmp(tag, "input") == 0 ? "text" : tag;
	count_field(f, type, name);
	say(f, name);
	say(f, walk_attr(n, "autocomplete"));
	say(f, walk_attr(n, "placeholder"));
	say(f, walk_attr(n, "value"));
	if (json_array_size(f->fields) >= FORM_FIELDS)
		return;
	s = g_string_new(NULL);
	g_string_append_len(s, type, (gssize)strnlen(type, PART));
	if (name != NULL && *name != '\0') {
		g_string_append_c(s, ' ');
		g_string_append_len(s, name, (gssize)strnlen(name, PART));
	}
	json_array_append_new(f->fields, text_json(s->str, s->len));
	g_string_free(s, TRUE);
}

static unsigned
look(const struct form *f)
{
	g_autofree char *low = g_ascii_strdown(f->says->str, -1);
	unsigned found = 0;
	size_t i;

	for (i = 0; i < field_rules_count; i++)
		if (strstr(low, field_rules[i].fragment) != NULL)
			found |= field_rules[i].what;
	return found;
}

static const char *
purpose(const struct form *f)
{
	unsigned found = look(f);

	if (found & FIELD_CARD)
		return "payment";
	if (f->passwords > 0 && (f->passwords > 1 ||
	    found & (FIELD_NEW | FIELD_JOIN)))
		return "sign-up";
	if (f->passwords > 0)
		return "log-in";
	if (f->mailboxes > 0 && found & FIELD_JOIN)
		return "sign-up";
	if (f->files > 0)
		return "upload";
	if (f->texts > 0 && found & FIELD_COMMENT)
		return "comment";
	if (f->texts > 0 && (f->mailboxes > 0 || found & FIELD_CONTACT))
		return "contact";
	if (f->mailboxes > 0 && found & FIELD_NEWS)
		return "newsletter";
	if (f->searches > 0 || found & FIELD_FIND)
		return "search";
	return "other";
}

static json_t *
action(const struct walk *w, const GumboNode *n)
{
	const char *s = walk_attr(n, "action");
	g_autofree char *url = NULL;

	if (s == NULL || *s == '\0')
		s = w->src->url;
	url = walk_resolve(w, s);
	if (url != NULL)
		s = url;
	return text_json(s, strnlen(s, WALK_URL));
}

/* The parser leaves a form that stands between rows or cells empty. */
static gboolean
is_loose(const GumboNode *n)
{
	if (n->v.element.children.length > 0 || n->parent == NULL ||
	    n->parent->type != GUMBO_NODE_ELEMENT)
		return FALSE;
	switch (n->parent->v.element.tag) {
	case GUMBO_TAG_TABLE:
	case GUMBO_TAG_TBODY:
	case GUMBO_TAG_THEAD:
	case GUMBO_TAG_TFOOT:
	case GUMBO_TAG_TR:
		return TRUE;
	default:
		return FALSE;
	}
}

void
html_form_leave(struct walk *w, const GumboNode *n)
{
	if (w->form == NULL || w->form->node != n)
		return;
	w->form->loose = is_loose(n);
	if (!w->form->loose)
		html_form_end(w);
}

void
html_form_table(struct walk *w, const GumboNode *n)
{
	(void)n;
	if (w->form != NULL && w->form->loose)
		html_form_end(w);
}

void
html_form_end(struct walk *w)
{
	struct form *f = w->form;
	const char *method, *what;
	g_autoptr(GString) key = g_string_new(NULL);
	GString *v;
	json_t *value;
	size_t len;

	if (f == NULL)
		return;
	method = walk_attr(f->node, "method");
	len = MIN(w->text->text->len - f->text_at, 1024);
	g_string_append_len(f->says, w->text->text->str + f->text_at,
	    (gssize)len);
	what = purpose(f);
	value = json_object();
	json_object_set_new(value, "action", action(w, f->node));
	json_object_set_new(value, "method", json_string(is(method, "post") ?
	    "post" : is(method, "dialog") ? "dialog" : "get"));
	json_object_set_new(value, "fields", json_incref(f->fields));
	json_object_set_new(value, "purpose", json_string(what));
	json_text(key, value);
	v = page_facts_add(w->facts, FACT_PAGE_FORM, "", key->str, key->len,
	    f->pos);
	if (v != NULL)
		json_put_members(v, value);
	json_decref(value);
	html_form_free(f);
	w->form = NULL;
}
