/* What replies say: a sentence that has the words, and one that nearly has. */

#include <string.h>

#include "reports/reply.h"

static const struct { const char *text; const char *classes; } cases[] = {
	/* the order's, and what its motion made of it */
	{ "We forwarded your abuse complaint to the customer in question.",
	    "FORWARDED_ONLY" },
	{ "We cannot share any customer details with third parties, unless the "
	    "customer agrees or there is a legal court order by a NL court "
	    "requesting us to forward specific details about this customer.",
	    "REFUSED_ABSENT_LOCAL_ORDER" },
	{ "We will not delete any customer details on short periods.",
	    "STATES_RETENTION" },
	/* forwarded */
	{ "Your notice has been passed on to our client.", "FORWARDED_ONLY" },
	{ "We have not forwarded your complaint.", "OTHER" },
	{ "We have notified our customer about your complaint.",
	    "FORWARDED_ONLY" },
	{ "Uw klacht is doorgestuurd naar de klant.", "FORWARDED_ONLY" },
	{ "Ihre Beschwerde wurde an unseren Kunden weitergeleitet.",
	    "FORWARDED_ONLY" },
	{ "Nous avons transmis votre plainte \xc3\xa0 notre client.",
	    "FORWARDED_ONLY" },
	/* refused */
	{ "We only disclose customer data upon receipt of a Dutch court order.",
	    "REFUSED_ABSENT_LOCAL_ORDER" },
	{ "A valid subpoena from a local court: we require a court order before "
	    "any customer data is released.", "REFUSED_ABSENT_LOCAL_ORDER" },
	{ "Without a court order we are unable to provide customer data.",
	    "REFUSED_ABSENT_LOCAL_ORDER" },
	{ "We cannot help you with this domain.", "OTHER" },
	{ "Wij mogen geen klantgegevens verstrekken zonder gerechtelijk bevel.",
	    "REFUSED_ABSENT_LOCAL_ORDER" },
	{ "Wir d\xc3\xbcrfen keine Kundendaten herausgeben, es sei denn, es "
	    "liegt ein richterlicher Beschluss vor.",
	    "REFUSED_ABSENT_LOCAL_ORDER" },
	{ "Nous ne pouvons pas communiquer ces donn\xc3\xa9""es sans ordonnance "
	    "d'un tribunal.", "REFUSED_ABSENT_LOCAL_ORDER" },
	/* data held */
	{ "We have the customer's name and payment details.",
	    "STATES_DATA_HELD" },
	{ "We hold his full name, postal address and e-mail address of the "
	    "customer on file.", "STATES_DATA_HELD" },
	{ "Our records show that the server was ordered in 2018.",
	    "STATES_DATA_HELD" },
	{ "We do not store any customer details.", "DENIES_DATA" },
	{ "We do not have any customer data.", "DENIES_DATA" },
	{ "If we have customer data, we will tell you.", "OTHER" },
	{ "We have received your request for customer data.", "OTHER" },
	{ "We are not able to say that we have the customer's name.", "OTHER" },
	{ "We forwarded your complaint to the customer. We have the customer's "
	    "name and address.", "STATES_DATA_HELD" },
	{ "Wij beschikken over de gegevens van de klant.", "STATES_DATA_HELD" },
	/* ... and what is said of somebody else's, or of nobody's */
	{ "The domain is registered with another company, please contact them.",
	    "OTHER" },
	{ "We do not know who the customer is; the service was paid with "
	    "Bitcoin.", "DENIES_DATA" },
	{ "Your e-mail address is stored in our system, this message is "
	    "automatic.", "OTHER" },
	{ "Your name and address are kept on file.", "OTHER" },
	{ "The account was opened with a credit card.", "STATES_DATA_HELD" },
	{ "The customer is renting the server from us.", "OTHER" },
	{ "The customer is from the US.", "STATES_CUSTOMER" },
	{ "The customer is a client of Virgin Media.", "OTHER" },
	{ "The customer is registered in the British Virgin Islands.",
	    "STATES_CUSTOMER" },
	/* retention */
	{ "Log files are kept for 90 days.", "STATES_RETENTION" },
	{ "Accounts are deleted after two years of inactivity; data are erased "
	    "within 30 days.", "STATES_RETENTION" },
	{ "Die Daten werden nach 7 Tagen gel\303\266scht.",
	    "STATES_RETENTION" },
	{ "Die IP-Adressen werden gespeichert und nach sieben Tagen entfernt.",
	    "STATES_RETENTION" },
	/* control */
	{ "I am the owner of the domain.", "CLAIMS_CONTROL" },
	{ "I am not the owner of the domain.", "OTHER" },
	{ "We operate the website.", "CLAIMS_CONTROL" },
	{ "We host the website of a customer.", "OTHER" },
	/* sale */
	{ "I would like to sell the domain names to you.", "OFFERS_SALE" },
	{ "I want to sell the domain names to you.", "OFFERS_SALE" },
	{ "The domain is for sale.", "OFFERS_SALE" },
	{ "This domain is not for sale.", "OTHER" },
	{ "Ich verkaufe die Domain.", "OFFERS_SALE" },
	/* ... by the reader, or bought */
	{ "Would you like to sell me your domain film.example?", "OTHER" },
	{ "Sell me the domain, then.", "OTHER" },
	{ "Are you willing to sell the site?", "OTHER" },
	{ "I would like to buy the domain from your client.", "OTHER" },
	{ "Verkoop mij uw domein.", "OTHER" },
	{ "Verkaufen Sie mir Ihre Domain.", "OTHER" },
	{ "Vendez-moi votre nom de domaine.", "OTHER" },
	{ "You can have film.example for 5,000 dollars.", "OFFERS_SALE" },
	{ "I sell your client the domain for 900 euros.", "OFFERS_SALE" },
	/* whose it is */
	{ "It is my site.", "CLAIMS_CONTROL" },
	{ "It is not my site.", "OTHER" },
	/* passed on by the reader */
	{ "Please forward your complaint to abuse@upstream.example.", "OTHER" },
	{ "You may forward your complaint to our customer.", "OTHER" },
	/* told to nobody */
	{ "We cannot tell you more about the customer without a court order.",
	    "REFUSED_ABSENT_LOCAL_ORDER" },
	/* held, as somebody else says, or as is asked or denied */
	{ "You write that we hold the customer's name and address. That is "
	    "wrong.", "OTHER" },
	{ "Plaintiff alleges that we hold the name of the customer.", "OTHER" },
	{ "We deny that we have the customer's name.", "OTHER" },
	{ "Do you think we hold the name and address of the customer?",
	    "OTHER" },
	{ "Sie behaupten, dass wir die Daten des Kunden haben.", "OTHER" },
	{ "For the customer who has rented the server since 2018 we hold the "
	    "name, the postal address and the payment details.",
	    "STATES_DATA_HELD" },
	{ "For this customer we hold no name and no address.", "DENIES_DATA" },
	{ "The name and the credit card of the customer who rents the server "
	    "192.0.2.10 since 2018 are on file with us.", "STATES_DATA_HELD" },
	/* held, and worth nothing */
	{ "We have a name and an address for this customer, but both turned out "
	    "to be false.", "OTHER" },
	/* the customer */
	{ "The customer is a private person who lives in Germany.",
	    "STATES_CUSTOMER" },
	{ "Our client is located in the Netherlands.", "STATES_CUSTOMER" },
	{ "The customer's country is Switzerland.", "STATES_CUSTOMER" },
	{ "The server is rented to a reseller.", "STATES_CUSTOMER" },
	{ "De klant is een bedrijf in Duitsland.", "STATES_CUSTOMER" },
	{ "Der Kunde ist eine Privatperson.", "STATES_CUSTOMER" },
	{ "Le client est une soci\xc3\xa9t\xc3\xa9.", "STATES_CUSTOMER" },
	{ "We do not know in which country the customer lives.", "OTHER" },
	{ "The customer is not a company.", "OTHER" },
	{ "The customer may be located in Germany.", "OTHER" },
	{ "The customer has been informed.", "OTHER" },
	/* nl, de, fr, es: one that has it, one that nearly has */
	{ "Wir haben Ihre Beschwerde an den Kunden weitergeleitet.",
	    "FORWARDED_ONLY" },
	{ "Wir haben den Kunden \303\274ber Ihre Beschwerde informiert.",
	    "FORWARDED_ONLY" },
	{ "Wir leiteten Ihre Beschwerde nicht weiter.", "OTHER" },
	{ "Votre plainte a \303\251t\303\251 transmise \303\240 notre "
	    "client.",
	    "FORWARDED_ONLY" },
	{ "Nous avons inform\303\251 notre client de votre plainte.",
	    "FORWARDED_ONLY" },
	{ "Nous n'avons pas transmis votre plainte.", "OTHER" },
	{ "Hemos reenviado su denuncia al cliente.", "FORWARDED_ONLY" },
	{ "Su queja fue remitida al cliente.", "FORWARDED_ONLY" },
	{ "No hemos reenviado su denuncia.", "OTHER" },
	{ "Wij hebben de klant over uw klacht ge\303\257nformeerd.",
	    "FORWARDED_ONLY" },
	{ "Kundendaten geben wir an Dritte nur auf Anordnung eines "
	    "deutschen Gerichts heraus.",
	    "REFUSED_ABSENT_LOCAL_ORDER" },
	{ "Ohne gerichtlichen Beschluss geben wir keine Auskunft.",
	    "REFUSED_ABSENT_LOCAL_ORDER" },
	{ "Wir geben keine Auskunft.", "OTHER" },
	{ "Les donn\303\251es ne sont communiqu\303\251es que sur "
	    "r\303\251quisition judiciaire.",
	    "REFUSED_ABSENT_LOCAL_ORDER" },
	{ "No podemos facilitar datos de clientes sin una orden "
	    "judicial.",
	    "REFUSED_ABSENT_LOCAL_ORDER" },
	{ "Solo con el consentimiento del cliente podemos revelar sus "
	    "datos.",
	    "REFUSED_ABSENT_LOCAL_ORDER" },
	{ "No podemos facilitar datos.", "OTHER" },
	{ "Klantgegevens worden alleen op vordering van de officier "
	    "verstrekt.",
	    "REFUSED_ABSENT_LOCAL_ORDER" },
	{ "Kundendaten werden nicht kurzfristig gel\303\266scht.",
	    "STATES_RETENTION" },
	{ "Nous ne supprimons pas les donn\303\251es des clients "
	    "\303\240 court terme.",
	    "STATES_RETENTION" },
	{ "No borramos los datos de los clientes a corto plazo.",
	    "STATES_RETENTION" },
	{ "Wij verwijderen klantgegevens niet.", "STATES_RETENTION" },
	{ "Disponemos del nombre y la direcci\303\263n del cliente.",
	    "STATES_DATA_HELD" },
	{ "No disponemos del nombre del cliente.", "DENIES_DATA" },
	{ "Der Kunde hat seine Anschrift angegeben.", "STATES_DATA_HELD" },
	{ "Die Domain geh\303\266rt mir.", "CLAIMS_CONTROL" },
	{ "Die Domain geh\303\266rt mir nicht.", "OTHER" },
	{ "Ich bin als Inhaber eingetragen.", "CLAIMS_CONTROL" },
	{ "Unsere Webseite ist seit 2015 am Netz.", "CLAIMS_CONTROL" },
	{ "Bitte nutzen Sie das Formular auf unserer Webseite.", "OTHER" },
	{ "Ce nom de domaine m'appartient.", "CLAIMS_CONTROL" },
	{ "Nous exploitons le site.", "CLAIMS_CONTROL" },
	{ "Je ne suis pas le titulaire du domaine.", "OTHER" },
	{ "Soy el titular del dominio.", "CLAIMS_CONTROL" },
	{ "El dominio es nuestro.", "CLAIMS_CONTROL" },
	{ "No soy el titular del dominio.", "OTHER" },
	{ "Het domein is van mij.", "CLAIMS_CONTROL" },
	{ "Het domein is niet van mij.", "OTHER" },
	{ "Wir bieten Ihnen die Domain zum Kauf an.", "OFFERS_SALE" },
	{ "Was zahlen Sie, wenn wir Ihnen die Domain verkaufen?",
	    "OFFERS_SALE" },
	{ "Wir werden die Domain nicht verkaufen.", "OTHER" },
	{ "Je souhaite vous vendre le nom de domaine.", "OFFERS_SALE" },
	{ "Le nom de domaine est \303\240 vendre.", "OFFERS_SALE" },
	{ "Le domaine n'est pas \303\240 vendre.", "OTHER" },
	{ "Estoy dispuesto a vender el dominio por 5000 euros.",
	    "OFFERS_SALE" },
	{ "El dominio no est\303\241 en venta.", "OTHER" },
	{ "U kunt het domein overnemen.", "OFFERS_SALE" },
	{ "The server is rented by a customer from Germany.",
	    "STATES_CUSTOMER" },
	{ "The account belongs to a German customer.", "STATES_CUSTOMER" },
	{ "We are a Dutch company.", "OTHER" },
	{ "Please write to the customer of us.", "OTHER" },
	{ "Der Kunde kommt aus Polen.", "STATES_CUSTOMER" },
	{ "Der Kunde wurde von unserer Firma informiert.", "OTHER" },
	{ "Le client r\303\251side en Belgique.", "STATES_CUSTOMER" },
	{ "Le client est inform\303\251 par notre soci\303\251t\303\251.",
	    "OTHER" },
	{ "El cliente es una empresa.", "STATES_CUSTOMER" },
	{ "El cliente reside en Espa\303\261a.", "STATES_CUSTOMER" },
	{ "De klant woont in Belgi\303\253.", "STATES_CUSTOMER" },
	/* said by another, or of him; denied in other words; past, or to come */
	{ "The previous owner offered to sell the domain to us.", "OTHER" },
	{ "Somebody else wants to sell the domain.", "OTHER" },
	{ "The domain was for sale last year.", "OTHER" },
	{ "You claim that I am the owner of the domain.", "OTHER" },
	{ "Are you saying that we operate the website?", "OTHER" },
	{ "Who says that I own the domain?", "OTHER" },
	{ "I deny that I own the domain.", "OTHER" },
	{ "It is false that we operate the site.", "OTHER" },
	{ "Allegedly I am the owner of the domain.", "OTHER" },
	{ "I was the owner of the domain until 2015.", "OTHER" },
	{ "You say that we have the customer's name.", "OTHER" },
	{ "The reseller has the customer's name and address.", "DENIES_DATA" },
	{ "We will have the customer's name once he verifies.", "OTHER" },
	{ "We had the customer's name, but have deleted it.", "OTHER" },
	{ "Ich bestreite, dass ich die Domain betreibe.", "OTHER" },
	{ "Angeblich bin ich der Inhaber der Domain.", "OTHER" },
	{ "Sie behaupten, dass ich der Inhaber der Domain bin.", "OTHER" },
	{ "Ik ontken dat ik de eigenaar van het domein ben.", "OTHER" },
	{ "U beweert dat ik de eigenaar van het domein ben.", "OTHER" },
	{ "Je nie que je suis le titulaire du domaine.", "OTHER" },
	{ "Vous pr\303\251tendez que je suis le titulaire du domaine.", "OTHER" },
	{ "Niego que soy el titular del dominio.", "OTHER" },
	{ "Usted afirma que soy el titular del dominio.", "OTHER" },
	{ "El antiguo titular quer\303\255a vender el dominio.", "OTHER" },
	/* and what nearly is one of these */
	{ "I confirm that I am the owner of the domain.", "CLAIMS_CONTROL" },
	{ "You say that it is for sale, and it is: you can have film.example for "
	    "900 euros.", "OFFERS_SALE" },
	{ "As you say, I am the owner of the domain.", "CLAIMS_CONTROL" },
	{ "The former owner gave it up; I operate the website.",
	    "CLAIMS_CONTROL" },
	{ "We know the customer's name.", "STATES_DATA_HELD" },
	{ "", "" },
	{ "Thank you.", "OTHER" },
};

static char *
classes_of(const char *text)
{
	g_autoptr(mapped_auto) m = mapped_new();
	struct mail *mail = mail_new();
	GPtrArray *words = mail->words;
	GString *out = g_string_new(NULL);

	mapped_same(m, text, strlen(text), 0);
	reply_classify(m, words);
	for (guint i = 0; i < words->len; i++) {
		struct reply_words *w = g_ptr_array_index(words, i);
		const char *name = reply_class_name(w->klass);

		g_assert_cmpuint(w->len, ==, strlen(w->text));
		g_assert_true(memcmp(text + w->offset, w->text, w->len) == 0);
		if (strstr(out->str, name) == NULL)
			g_string_append_printf(out, "%s%s",
			    out->len > 0 ? " " : "", name);
	}
	mail_free(mail);
	return g_string_free(out, FALSE);
}

static void
test_cases(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *got = classes_of(cases[i].text);

		if (strcmp(got, cases[i].classes) != 0) {
			g_test_message("%s: %s, wanted %s", cases[i].text, got,
			    cases[i].classes);
			g_test_fail();
		}
	}
}

/* Sentences in many languages, a line each: its classes, |, itself. */
static void
test_sentences(void)
{
	g_autofree char *all = NULL;
	g_auto(GStrv) lines = NULL;

	g_assert_true(g_file_get_contents("tests/data/reply/sentences.txt",
	    &all, NULL, NULL));
	lines = g_strsplit(all, "\n", -1);
	for (guint i = 0; lines[i] != NULL; i++) {
		g_auto(GStrv) part = g_strsplit(lines[i], " | ", 2);
		g_autofree char *got = NULL;

		if (*lines[i] == '#' || *lines[i] == '\0')
			continue;
		got = classes_of(part[1]);
		if (strcmp(got, part[0]) != 0) {
			g_test_message("%s: %s, wanted %s", part[1], got,
			    part[0]);
			g_test_fail();
		}
	}
}

/* A sentence without an end is quoted around its phrase. */
static void
test_endless(void)
{
	g_autoptr(GString) s = g_string_new(NULL);
	g_autofree char *got = NULL;

	for (int i = 0; i < 100000; i++)
		g_string_append(s, "we have not forwarded ");
	got = classes_of(s->str);
	g_assert_cmpstr(got, ==, "OTHER");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/reply/cases", test_cases);
	g_test_add_func("/reply/sentences", test_sentences);
	g_test_add_func("/reply/endless", test_endless);
	return g_test_run();
}
