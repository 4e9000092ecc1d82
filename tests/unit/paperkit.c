#include <string.h>

#include "collector/mail.h"
#include "tests/unit/paperkit.h"

#define FILLER	"These words are here so that the paragraph has enough of " \
		"them to be argument and not a bare mention of something. "
#define CITED	FILLER FILLER "Exhibit I-1 at 2.\n\n"

const char paperkit_whole[] = "# M\n\n## First factor\n\n" CITED
    "## Steps taken\n\n" CITED "The letters go to LiteServer B.V., IPSERVER LP, "
    "ISNIC and Instra Corporation.\n\n## Motion to dismiss\n\n" CITED
    "## Rule 4(k)(2)\n\n" CITED "## Likely to lead\n\n" CITED;

static struct import *
import_add(struct record *rec, enum import_kind kind, const char *exhibit,
    const char *at)
{
	struct import *im = import_new(kind);

	im->number = rec->imports->len + 1;
	g_free(im->id);
	im->id = g_strdup_printf("I-%04u", im->number);
	g_free(im->exhibit);
	im->exhibit = g_strdup(exhibit);
	g_free(im->at);
	im->at = g_strdup(at);
	g_free(im->file);
	im->file = g_strdup_printf("%s.file", exhibit);
	g_ptr_array_add(rec->imports, im);
	return im;
}

static void
set(char **at, const char *s)
{
	g_free(*at);
	*at = g_strdup(s);
}

void
paperkit(struct kit *k, gboolean after)
{
	struct import *im;
	char *s;
	gsize len;

	kit_init(k);
	kit_case(k);
	set(&k->rec->motion_filed, "2019-06-23");
	set(&k->rec->as_of, "2019-07-02");
	im = import_add(k->rec, IMPORT_MAIL, "I-1", "2019-06-10T00:00:00Z");
	g_assert_true(g_file_get_contents("tests/data/mail/order.eml", &s, &len,
	    NULL));
	im->bytes = g_bytes_new_take(s, len);
	im->mail = mail_read(im->bytes, MAIL_FROM_PROVIDER);
	set(&im->entity, "LiteServer B.V.");
	set(&im->label, "ECF 17-1");
	if (!after)
		return;
	im = import_add(k->rec, IMPORT_DOCUMENT, "H-1", "2019-07-01T00:00:00Z");
	im->bytes = g_bytes_new_static("a word", 6);
}

void
paperkit_add(struct kit *k, const char *label, const char *text)
{
	struct import *im = import_add(k->rec, IMPORT_MOTION, "W-1",
	    "2019-06-22T00:00:00Z");

	set(&im->label, label);
	set(&im->file, "paper.md");
	im->bytes = g_bytes_new(text, strlen(text));
}
