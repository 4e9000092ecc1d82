#include <string.h>

#include "probes/converter.h"

struct converter {
	const char	*charset;
	GIConv		 conv;
};

GIConv
converter_take(const char *charset)
{
	static struct converter kept[CONVERTERS];
	struct converter *c = kept, *end = kept + CONVERTERS;

	while (c < end && c->charset != NULL && strcmp(c->charset, charset) != 0)
		c++;
	if (c == end)
		return (GIConv)-1;
	if (c->charset == NULL) {
		c->charset = charset;
		c->conv = g_iconv_open("UTF-8", charset);
	}
	if (c->conv != (GIConv)-1)
		g_iconv(c->conv, NULL, NULL, NULL, NULL);
	return c->conv;
}
