#ifndef PROBES_RAISE_PRIV_H
#define PROBES_RAISE_PRIV_H

/*
 * What the files of the rules share: raise.c (the table, what a target raises
 * by itself), and a file a noun with the rules that the table names:
 * raise_names.c, raise_registration.c, raise_addresses.c, raise_pages.c,
 * crawl.c, crawl_pages.c, and raise_limits.c for servers that ask to wait.
 */

#include "probes/raise.h"

#define PORT_HTTP	80
#define PORT_WHOIS	43
#define PORT_DNS	53
#define PORT_TLS	443

/* raise.c */
/* A URL as it is asked, so that hops are counted along it; NULL where none. */
char	*url_plain(const char *text);
/* Fetches what the URL names; nothing where it is none. */
void	 fetch_url(struct raiser *, enum probe_kind, const char *url,
	    const char *type, const char *note, const char *rule);

/* raise_limits.c */
void	 fact_rdap_refused(struct raiser *, const struct fact *);
void	 fact_whois_none(struct raiser *, const struct fact *);
void	 fact_retry_header(struct raiser *, const struct fact *);

/* TRUE the first time for this target. */
gboolean raise_once(struct raiser *, const char *what, const char *of);

/* raise_names.c */
/* A server of the target's own zone is known by its address. */
void	 raise_server(struct raiser *, const char *ns, const char *ip);
void	 fact_glue(struct raiser *, const struct fact *);
void	 fact_authority(struct raiser *, const struct fact *);
void	 fact_rung(struct raiser *, const struct fact *);
void	 fact_own_address(struct raiser *, const struct fact *);
void	 fact_random(struct raiser *, const struct fact *);
void	 fact_absent(struct raiser *, const struct fact *);
void	 fact_spf(struct raiser *, const struct fact *);
void	 fact_name_server(struct raiser *, const struct fact *);
void	 fact_mail_server(struct raiser *, const struct fact *);

/* raise_second.c */
void	 raise_second(struct raiser *);
void	 fact_subnets(struct raiser *, const struct fact *);

/* raise_dnssec.c */
/* A name of the target's, or one that its aliases lead to. */
gboolean raise_concerns(const struct raiser *, const char *name);
void	 raise_dnssec(struct raiser *);
void	 fact_alias(struct raiser *, const struct fact *);
void	 fact_signed(struct raiser *, const struct fact *);

/* raise_registration.c */
/* Both services for a domain, once a target. */
void	 raise_registration(struct raiser *, const char *domain,
	    const char *rule);
void	 fact_service(struct raiser *, const struct fact *);
void	 fact_rdap_link(struct raiser *, const struct fact *);
void	 fact_rdap_none(struct raiser *, const struct fact *);
void	 fact_geofeed(struct raiser *, const struct fact *);
void	 fact_whois_refer(struct raiser *, const struct fact *);
void	 fact_address_whois(struct raiser *, const struct fact *);

/* raise_addresses.c */
void	 fact_origin(struct raiser *, const struct fact *);
void	 fact_reverse(struct raiser *, const struct fact *);

/* raise_addresses.c */
void	 fact_handshake(struct raiser *, const struct fact *);

/* raise_pages.c */
/* TRUE of the target's own name and those of its registrable domain. */
gboolean own_name(const struct raiser *, const char *host);
void	 fact_redirect(struct raiser *, const struct fact *);
void	 fact_link(struct raiser *, const struct fact *);
void	 fact_part(struct raiser *, const struct fact *);

/* crawl_others.c */
void	 fact_app(struct raiser *, const struct fact *);
void	 fact_seller(struct raiser *, const struct fact *);

/* crawl.c, crawl_pages.c */
void	 fact_page(struct raiser *, const struct fact *);
void	 fact_file(struct raiser *, const struct fact *);
void	 fact_robots(struct raiser *, const struct fact *);
void	 fact_site_map(struct raiser *, const struct fact *);
void	 crawl_link(struct raiser *, const struct fact *);
void	 crawl_mapped(struct raiser *, const struct fact *);

#endif
