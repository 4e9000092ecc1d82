#ifndef PROBES_APP_LINKS_H
#define PROBES_APP_LINKS_H

/*
 * Which applications a site says are its own: app.link facts.
 *
 *	/.well-known/assetlinks.json			Digital Asset Links
 *	/.well-known/apple-app-site-association		Apple's associated domains
 *
 * Both are JSON, and the site's own word: of an Android application its package
 * and the SHA-256 of the certificate that signs it, of one of Apple's the prefix
 * of whoever signs it (a developer's team) and its bundle; also other sites, and
 * other lists that are to count.  No application is ever fetched, so whether one
 * is signed with that certificate is not known here.
 *
 * What is not of the form is passed over; of one file APP_LINKS facts at most.
 */

#include "probes/http_facts.h"

#define APP_LINKS	200

http_file_fn assetlinks_facts, apple_app_facts;

#endif
