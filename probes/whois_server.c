#include <string.h>

#include "embed.h"
#include "probes/whois_query.h"

gboolean
whois_server_find(const char *suffix, char host[WHOIS_HOST])
{
	const char *table = (const char *)embed_probes_data_whois_servers_tsv;
	g_autofree char *row = g_strdup_printf("\n%s\t", suffix);
	const char *at = strstr(table, row);
	gsize n;

	*host = '\0';
	if (at == NULL)
		return FALSE;
	at += strlen(row);
	n = strcspn(at, "\t\n");
	if (n < WHOIS_HOST && *at != '-') {
		memcpy(host, at, n);
		host[n] = '\0';
	}
	return TRUE;
}
