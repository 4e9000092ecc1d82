/*
 * The words that one registry alone uses, or uses in a sense of its own.  Those
 * that everybody uses are in whois_words.c.
 */

#include "probes/whois_keys_priv.h"

#define KEYS(name)	const struct whois_key_row OWN(name)[]
#define END		{ NULL, NULL }

KEYS(auda) = {
	{ "registrant contact id", "admin_handle" },
	{ "registrant contact name", "admin_name" },
	{ "registrant contact email", "admin_email" },
	{ "tech contact id", "tech_handle" },
	{ "tech contact name", "tech_name" },
	{ "eligibility name", "holder" }, { "eligibility id", "holder_number" },
	{ "registrant id", "holder_number" }, { "status reason", "" }, END
};
KEYS(uk) = {
	{ "registered through", "@reseller" },
	{ "registrant's address", "holder_street" },
	{ "registrant type", "holder_type" },
	{ "data quality", "@" }, { "data validation", "@" }, END
};
/* .ac.uk and .gov.uk */
KEYS(janet) = {
	{ "registered for", "holder" }, { "domain owner", "" },
	{ "registered by", "registrar" }, { "servers", "ns" },
	{ "registrant contact", "@admin" },
	{ "registrant address", "holder_street" }, { "entry updated", "changed" },
	{ "entry created", "created" }, END
};
KEYS(educause) = {
	{ "domain record activated", "created" },
	{ "domain record last updated", "changed" },
	{ "domain expires", "expires" }, END
};
KEYS(it) = { { "registrar/name", "registrar_handle" }, END };
KEYS(be) = {
	{ "registrar technical contacts/location", "tech_city" },
	{ "flags", "status" }, { "keys/keytag", "dnskey" }, END };
KEYS(eu) = { { "script", "" }, { "keys/flags", "dnskey" }, END };
KEYS(ch) = { { "whois", "" }, END };
KEYS(pl) = {
	{ "option created", "" }, { "option expiration date", "" },
	{ "location", "" }, { "technical contact/location", "tech_country" },
	{ "subscribers contact object", "holder_handle" },
	{ "registrant's handle", "holder_handle" }, END
};
KEYS(ee) = {
	{ "domain/name", "domain" }, { "domain/outzone", "" },
	{ "domain/expire", "expires" }, { "name servers/changed", "" },
	{ "dnssec/changed", "" }, { "dnssec/dnskey0", "dnskey" }, END
};
KEYS(guernsey) = {
	{ "registered on ", "created" }, { "registry fee due on ", "" },
	{ "relevant dates", "@" }, { "query", "domain" }, END
};
KEYS(fi) = {
	{ "holder transfer", "transfer" }, { "registrylock", "" },
	{ "holder/register number", "holder_number" },
	/* Until 2014 */
	{ "descr", "holder" }, { "address", "holder_street" },
	{ "phone", "phone" }, END
};
KEYS(dk) = { { "dns", "" }, { "vid", "" }, END };
KEYS(kz) = { { "registar created", "" }, END };
KEYS(norid) = {
	{ "name server handle", "" }, { "dnssec", "dnssec" },
	{ "registrar handle", "registrar_handle" },
	{ "contact/registrar handle", "" }, END
};
KEYS(tr) = {
	{ "frozen status", "" }, { "transfer status", "status" },
	{ "additional info", "@" }, { "additional info/created on", "created" },
	{ "additional info/expires on", "expires" }, END
};
KEYS(tw) = {
	{ "record expires on ", "expires" }, { "record created on ", "created" },
	{ "registration service provider", "registrar" },
	/* Of persons nothing else is shown. */
	{ "contact", "@admin" }, END
};
/* Saudi Arabia until 2012 */
KEYS(sa2012) = { { "reg-date", "created" }, { "req-date", "" }, END };
KEYS(nc) = {
	{ "contact firstname", "holder_contact" },
	{ "contact lastname", "holder_contact" }, END
};
/* "Domain KINO-ALFA.KG (ACTIVE)" */
KEYS(kg) = {
	{ "domain support: ", "" }, { "domain ", "domain" }, { "pid", "" },
	{ "record last updated on ", "changed" },
	{ "record expires on ", "expires" },
	{ "name servers in the listed order", "ns" }, END
};
KEYS(lv) = { { "whois/updated", "" }, END };
/* "Expires    on   2029-09-05" */
KEYS(md) = {
	{ "domain name ", "domain" }, { "domain state ", "status" },
	{ "registered on ", "created" }, { "expires on ", "expires" },
	{ "registrar ", "registrar" }, { "registrant ", "holder" },
	{ "nameserver ", "ns" }, END
};
KEYS(hk) = {
	{ "company chinese name", "" }, { "status information", "@" },
	{ "registrar contact information", "registrar_email" },
	{ "domain prohibit status", "status" },
	{ "re-registration status", "" }, { "account name", "" }, END
};
KEYS(ca) = { { "registrar/number", "registrar_handle" }, END };
KEYS(mx) = {
	{ "url", "registrar_url" }, { "dnssec ds records", "ds" }, END
};
KEYS(kr) = {
	{ "ac e-mail", "admin_email" }, { "ac phone number", "admin_phone" },
	{ "ip address", "ns_ip" }, END
};
KEYS(th) = {
	{ "tech contact", "tech_handle" }, { "personal id", "holder_handle" },
	END
};
KEYS(by) = {
	{ "org", "holder" }, { "person", "holder" }, { "country", "country" },
	{ "domain name administrator", "holder" },
	{ "address", "holder_street" }, { "phone", "phone" },
	{ "email", "email" },
	{ "registration or other identification number", "holder_number" },
	END
};
KEYS(lt) = {
	{ "contact organization", "holder" }, { "contact name", "holder" },
	{ "contact email", "email" }, { "contact address", "holder_street" },
	END
};
KEYS(lu) = {
	{ "org-name", "holder" }, { "org-address", "holder_street" },
	{ "org-zipcode", "holder_postcode" }, { "org-city", "holder_city" },
	{ "org-country", "country" }, { "org-email", "email" }, END
};
KEYS(nz) = {
	{ "query status", "status" }, { "domain dateregistered", "created" },
	{ "domain datebilleduntil", "expires" },
	{ "domain datelastmodified", "changed" },
	{ "domain datecreated", "" }, { "domain delegaterequested", "" },
	{ "domain signed", "dnssec" }, END
};
KEYS(coza) = {
	{ "registrant's address", "holder_street" },
	{ "registrar", "registrar" }, END
};
KEYS(icb) = {
	{ "owner orgname", "holder" }, { "owner addr", "holder_street" },
	{ "owner", "holder" }, END
};
KEYS(bg) = {
	{ "requested on", "" }, { "processed from", "" }, END
};
KEYS(my) = {
	{ "record created", "created" }, { "record expired", "expires" },
	{ "record last modified", "changed" }, { "registration no", "" },
	{ "invoicing party", "@" }, { "registrant code", "@holder#" },
	{ "sld organization", "" }, { "primary name server", "ns" },
	{ "secondary name server", "ns" },
	{ "administrative contact code", "@admin#" },
	{ "billing contact code", "@billing#" },
	{ "technical contact code", "@tech#" }, { "dnssec ", "dnssec" },
	END
};
/* "Description: Kino Alfa Ltd (Kino Alfa Ltd)" until 2012 */
KEYS(ug) = { { "description", "holder" }, { "renewed on", "" }, END };
/* Macau; French Polynesia; Tunisia; Togo; San Marino; Ecuador; Isle of Man */
KEYS(monic) = {
	{ "record created on ", "created" }, { "record expires on ", "expires" },
	END
};
KEYS(pf) = {
	{ "last renewed", "changed" }, { "tech 1 company name", "tech_org" },
	{ "tech 1 name", "tech_name" }, { "registrar name", "" }, END
};
KEYS(tn) = {
	{ "dns servers/name", "ns" }, END
};
KEYS(vu) = {
	{ "first name", "holder" }, { "last name", "holder" },
	{ "adress", "holder_street" }, { "city", "holder_city" },
	{ "country", "country" }, END
};
KEYS(st) = {
	{ "administrative contact/owner", "holder" }, { "whois at", "" }, END
};
KEYS(sm) = { { "dns servers/ip", "ns_ip" }, END };
/* CoCCA's program, until 2013 and some years after.  Whom the registrar
 * names for himself is no contact of the domain. */
KEYS(cocca) = {
	{ "query", "domain" }, { "registrar information", "@registrar" },
	{ "registrar information/admin contact", "" },
	{ "registrar information/admin email", "" },
	{ "registrar information/customer service contact", "" }, END
};
/* Benin, and Åland until 2017: "Domain: (Handle kino-alfa)" begins each
 * record. */
KEYS(swhoisd) = {
	{ "name", "holder" }, { "country", "country" },
	{ "organization", "holder_number" }, { "email address", "email" },
	{ "address", "holder_street" }, { "telephone", "phone" },
	{ "fax no", "holder_fax" }, { "ns1 ip address", "ns_ip" },
	{ "ns2 ip address", "ns_ip" }, { "ns3 ip address", "ns_ip" },
	{ "ns4 ip address", "ns_ip" }, END
};
/* Côte d'Ivoire before 2013 */
KEYS(ci) = {
	{ "owner's handle", "holder_handle" },
	{ "administrative contact's handle", "admin_handle" },
	{ "technical contact's handle", "tech_handle" },
	{ "address of ", "ns_ip" }, END
};
/* Algeria, each key with a "#" behind it. */
KEYS(dz) = {
	{ "description", "holder" }, { "date de creation", "created" },
	{ "contact administratif", "admin_name" },
	{ "organisme administratif", "admin_org" },
	{ "adresse contact administratif", "admin_street" },
	{ "telephone contact administratif", "admin_phone" },
	{ "fax contact administratif", "admin_fax" },
	{ "mail contact administratif", "admin_email" },
	{ "contact technique", "tech_name" },
	{ "organisme technique", "tech_org" },
	{ "adresse contact technique", "tech_street" },
	{ "telephone contact technique", "tech_phone" },
	{ "fax contact technique", "tech_fax" },
	{ "mail contact technique", "tech_email" }, END
};
/* Anguilla until 2016 */
KEYS(ai) = {
	{ "complete domain name", "domain" }, { "(i)ndividual", "" },
	{ "primary server hostname", "ns" },
	{ "primary server netaddress", "ns_ip" },
	{ "secondary server hostname", "ns" },
	{ "secondary server netaddress", "ns_ip" },
	{ "third server hostname", "ns" },
	{ "third server netaddress", "ns_ip" },
	{ "fourth server hostname", "ns" },
	{ "fourth server netaddress", "ns_ip" }, END
};
/* "owner-contact: P-KIN12": a handle (Key-Systems; Dominica until 2019). */
KEYS(ksys) = {
	{ "owner-contact", "holder_handle" }, { "admin-contact", "admin_handle" },
	{ "tech-contact", "tech_handle" }, { "billing-contact", "billing_handle" },
	{ "url", "registrar_url" }, END
};
KEYS(im) = { { "domain details", "@" }, END };
/* Portuguese, with the English after a stroke; today English alone. */
KEYS(pt) = {
	{ "nome de domínio / domain name", "domain" },
	{ "data de registo / creation date", "created" },
	{ "data de expiração / expiration date", "expires" },
	{ "estado / status", "status" },
	{ "titular / registrant", "@holder" },
	{ "entidade gestora / billing contact", "@billing" },
	{ "responsável administrativo / admin contact", "@admin" },
	{ "responsável técnico / tech contact", "@tech" }, END
};
KEYS(pt2025) = { { "$. in ds ", "ds" }, END };
/* Chile until 2013 */
KEYS(ace) = {
	{ "ace", "domain" }, { "servidores de nombre", "ns" }, END
};
/* Venezuela before its registry used the program of .cz, Uruguay still. */
KEYS(spanish) = {
	{ "registrado por", "registrar" },
	{ "fecha de vencimiento", "expires" },
	{ "ultima actualización", "changed" },
	{ "ultima actualizacion", "changed" },
	{ "última actualización", "changed" },
	{ "fecha de registro", "created" },
	{ "fecha de creación", "created" }, { "fecha de creacion", "created" },
	{ "estatus del dominio", "status" }, { "servidor", "ns" }, END
};
KEYS(jprs) = {
	{ "administrative contact", "admin_handle" },
	{ "technical contact", "tech_handle" }, { "signing key", "ds" },
	{ "web page", "" }, { "organization", "holder" },
	{ "organization type", "holder_type" }, { "network service name", "" },
	/* Whom to write to; the holder is named above it. */
	{ "domain information", "" }, { "contact information", "@admin" },
	{ "ドメイン名", "domain" }, { "登録者名", "holder" },
	{ "組織名", "holder" }, { "組織種別", "holder_type" },
	{ "registrant", "holder" }, { "ネームサーバ", "ns" },
	{ "登録担当者", "admin_handle" }, { "技術連絡担当者", "tech_handle" },
	{ "署名鍵", "ds" }, { "状態", "status" },
	{ "ロック状態", "status" }, { "lock status", "status" },
	{ "登録年月日", "created" }, { "有効期限", "expires" },
	{ "接続年月日", "connected" }, { "最終更新", "changed" },
	{ "名前", "admin_name" }, { "電話番号", "admin_phone" },
	{ "fax番号", "admin_fax" }, { "郵便番号", "admin_postcode" },
	{ "住所", "admin_street" }, { "そしきめい", "" },
	{ "organization name", "" }, END
};
/* Contacts of .de as they were shown until 2018, in blocks of their own. */
KEYS(denic) = { { "domain-ace", "" }, { "regaccid", "registrar_handle" }, END };
KEYS(nicat) = { { "remarks", "ns_ip" }, END };
KEYS(afnic) = {
	{ "hold", "" }, { "nsl-id", "" }, { "deleted", "deletes" }, { "anniversary", "" },
	{ "contact/registrar", "" }, { "key1-tag", "ds" }, { "key2-tag", "ds" },
	{ "key3-tag", "ds" }, { "key4-tag", "ds" }, END
};
KEYS(br) = {
	{ "ownerid", "holder_number" }, { "responsible", "holder_contact" },
	{ "saci", "" }, { "nsstat", "" }, { "nslastaa", "" },
	{ "dsrecord", "ds" }, { "dsstatus", "" }, { "dslastok", "" },
	{ "ticket", "" }, { "provider", "reseller" }, END
};
KEYS(ir) = {
	{ "expire-date", "expires" }, { "last-updated", "changed" },
	{ "ascii", "" }, END
};
KEYS(il) = {
	{ "descr", "holder" }, { "reg-name", "" }, { "query", "" },
	{ "registrar info", "registrar_url" }, { "address ", "address" }, END
};
KEYS(tci) = {
	{ "admin-contact", "admin_url" }, { "e-mail", "email" }, END
};
KEYS(iedr) = {
	{ "descr", "holder" }, { "descr+", "holder_type" }, { "registration", "created" },
	{ "wipo-status", "" }, { "account name", "registrar" },
	{ "registrar abuse contact", "abuse_email" },
	/* Of an application, which is no registration yet. */
	{ "renewal status", "status" }, { "expiry", "free_from" }, END
};
KEYS(cz) = {
	{ "nsset", "" }, { "keyset", "" }, { "expire", "expires" }, END
};
KEYS(iis) = { { "registry-lock", "" }, END };
KEYS(isnic) = { { "descr", "holder" }, { "source", "" }, END };
KEYS(sk) = {
	{ "contact/registrar", "" }, { "billing contact", "" }, END
};
/* Until 2017, without colons. */
KEYS(sk2017) = {
	{ "domain-name ", "domain" }, { "domain-status ", "status" },
	{ "admin-id ", "admin_handle" }, { "admin-name ", "admin_name" },
	{ "admin-address ", "admin_street" },
	{ "admin-telephone ", "admin_phone" },
	{ "admin-email ", "admin_email" }, { "admin-org.-id ", "admin_number" },
	{ "tech-id ", "tech_handle" }, { "tech-name ", "tech_name" },
	{ "tech-address ", "tech_street" }, { "tech-telephone ", "tech_phone" },
	{ "tech-email ", "tech_email" }, { "tech-org.-id ", "tech_number" },
	{ "dns_name ", "ns" }, { "last-update ", "changed" },
	{ "valid-date ", "expires" }, END
};
/* "label ns1.example.net" and no more. */
KEYS(tonic) = { { "$ ", "ns" }, END };
/* Active 24 until 2014 */
KEYS(active24) = {
	{ "amended", "changed" }, { "organisation contact", "@holder" },
	{ "organisation contact/postaddress", "holder_street" },
	{ "organisation contact/postarea", "holder_city" },
	{ "administrative contact/postaddress", "admin_street" },
	{ "administrative contact/postarea", "admin_city" },
	{ "technical contact/postaddress", "tech_street" },
	{ "technical contact/postarea", "tech_city" },
	{ "billing contact/postaddress", "billing_street" },
	{ "billing contact/postarea", "billing_city" }, END
};
KEYS(internetbs) = {
	{ "domain ", "domain" }, { "registrar's website", "" }, END
};
KEYS(inwx) = { { "isp", "registrar" }, { "url", "registrar_url" }, END };
/* Other registrars have a contact of that name. */
KEYS(galcomm) = { { "domain registrar", "registrar" }, END };
/* The date of a transfer to it. */
KEYS(melbourneit) = { { "registration date", "" }, END };
/* Until 2014; what the contract's form calls a contact is a handle here. */
KEYS(rrpproxy) = {
	{ "registrant contact", "holder_handle" },
	{ "admin contact", "admin_handle" }, { "tech contact", "tech_handle" },
	{ "billing contact", "billing_handle" }, END
};
/* Samoa until 2014 */
KEYS(ws) = {
	{ "domain currently expires", "expires" },
	{ "domain last updated", "changed" },
	{ "current nameservers", "ns" }, { "registrar whois", "refer" }, END
};
/* Registrars of the years before their form was laid down. */
#define RECORD_ON { "record expires on ", "expires" }, \
	{ "record created on ", "created" }, \
	{ "record last updated on ", "changed" }, \
	{ "database last updated on ", "" }
KEYS(sections) = { RECORD_ON, { "reg created", "created" }, END };
KEYS(generic) = {
	RECORD_ON,
	{ "country", "country" }, { "email", "email" }, { "e-mail", "email" },
	{ "phone", "phone" }, { "address", "holder_street" },
	/* Of somebody, as a rule. */
	{ "state", "" }, END
};
/* Of a registry whose words are all common ones. */
KEYS(none) = { END };
