/* Names of hosts: their A-label form, and what keeps a text from being one. */

#include <idn2.h>
#include <string.h>

#include "probes/url.h"

/* What the URL standard takes for a part of an IPv4 address ("ends in a number
 * checker"): no top-level domain is one, and with its final dot gone such a
 * name would be read as an address. */
static gboolean
is_number(const char *label)
{
	size_t n = strspn(label, "0123456789");

	return label[n] == '\0' || (label[0] == '0' && label[1] == 'x' &&
	    label[2 + strspn(label + 2, "0123456789abcdef")] == '\0');
}

/* RFC 1035 2.3.4: labels of 1 to 63 bytes, 253 in all without the dot. */
static const char *
host_fault(const char *name)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-_";
	size_t n;

	if (*name == '\0')
		return "it is empty";
	if (strlen(name) > 253)
		return "it is longer than 253 bytes";
	for (;; name += n + 1) {
		n = strcspn(name, ".");
		if (n == 0)
			return "a label between two dots is empty";
		if (n > 63)
			return "a label is longer than 63 bytes";
		if (strspn(name, allowed) != n)
			return "it holds a character that host names do not have";
		if (name[0] == '-' || name[n - 1] == '-')
			return "a label begins or ends with a hyphen";
		if (name[n] == '\0')
			return is_number(name) ?
			    "no top-level domain is a number, and an address is "
			    "written in full, as 198.41.0.4" : NULL;
	}
}

static const char *
idn_fault(int rc)
{
	switch (rc) {
	case IDN2_TOO_BIG_LABEL:
		return "a label is longer than 63 bytes";
	case IDN2_TOO_BIG_DOMAIN:
		return "it is longer than 253 bytes";
	case IDN2_ENCODING_ERROR:
		return "it is not UTF-8";
	default:
		return "it is not a valid internationalised name (IDNA2008)";
	}
}

static gboolean
is_ascii(const char *s)
{
	while (*s > 0)
		s++;
	return *s == '\0';
}

/* Plain names need no IDNA; a label with "xn--" must be a true A-label. */
static char *
host_convert(const char *name, const char **fault)
{
	g_autofree char *low = g_ascii_strdown(name, -1);
	char *ascii = NULL, *copy;
	int rc;

	if (is_ascii(low) && strstr(low, "xn--") == NULL)
		return g_steal_pointer(&low);
	rc = idn2_to_ascii_8z(low, &ascii,
	    IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT);
	if (rc != IDN2_OK) {
		*fault = idn_fault(rc);
		return NULL;
	}
	copy = g_ascii_strdown(ascii, -1);
	idn2_free(ascii);
	return copy;
}

char *
host_canonical(const char *name, const char **why)
{
	g_autofree char *out = NULL;
	const char *fault = NULL;
	size_t n;

	if (strlen(name) > 1024) {
		fault = "it is longer than 253 bytes";
	} else {
		out = host_convert(name, &fault);
		if (out != NULL) {
			n = strlen(out);
			if (n > 1 && out[n - 1] == '.')
				out[n - 1] = '\0';
			fault = host_fault(out);
		}
	}
	if (why != NULL)
		*why = fault;
	return fault == NULL ? g_steal_pointer(&out) : NULL;
}
