#include "reports/towns.h"

#include <string.h>

/* Towns and islands by which a state is meant wherever they are named; one that
 * another state, another country or a person has for a name as well is none
 * (Portland, Birmingham, Madison). */
static const struct { const char *state, *name; } towns[] = {
	{ "AK", "Anchorage" }, { "AK", "Fairbanks" }, { "AK", "Juneau" },
	{ "AL", "Huntsville" }, { "AL", "Tuscaloosa" },
	{ "AR", "Little Rock" }, { "AR", "Bentonville" }, { "AZ", "Phoenix" },
	{ "AZ", "Tucson" }, { "AZ", "Scottsdale" }, { "AZ", "Flagstaff" },
	{ "CA", "Los Angeles" }, { "CA", "San Francisco" },
	{ "CA", "San Diego" }, { "CA", "Hollywood" }, { "CA", "San Jose" },
	{ "CA", "Sacramento" }, { "CA", "Oakland" }, { "CA", "Fresno" },
	{ "CA", "Silicon Valley" }, { "CA", "Long Beach" },
	{ "CA", "Anaheim" }, { "CA", "Santa Monica" }, { "CA", "Malibu" },
	{ "CA", "Beverly Hills" }, { "CA", "Burbank" }, { "CA", "Berkeley" },
	{ "CA", "Palo Alto" }, { "CA", "Bay Area" }, { "CA", "Lake Tahoe" },
	{ "CA", "Palm Springs" }, { "CO", "Denver" },
	{ "CO", "Colorado Springs" }, { "CO", "Aspen" }, { "CT", "Hartford" },
	{ "CT", "New Haven" }, { "CT", "Bridgeport" },
	{ "DC", "Washington, D.C." }, { "DC", "Washington D.C." },
	{ "DC", "Washington, DC" }, { "DC", "Washington DC" },
	{ "FL", "Miami" }, { "FL", "Orlando" }, { "FL", "Tampa" },
	{ "FL", "Jacksonville" }, { "FL", "Tallahassee" },
	{ "FL", "Fort Lauderdale" }, { "FL", "Key West" }, { "GA", "Atlanta" },
	{ "HI", "Honolulu" }, { "HI", "Waikiki" }, { "HI", "Oahu" },
	{ "HI", "Maui" }, { "HI", "Kauai" }, { "HI", "Hilo" },
	{ "HI", "Lahaina" }, { "HI", "Molokai" }, { "HI", "Lanai" },
	{ "HI", "Kailua" }, { "HI", "Pearl Harbor" }, { "HI", "O\312\273ahu" },
	{ "HI", "Hawai\312\273i" }, { "HI", "Hawai'i" },
	{ "HI", "Hawai\342\200\230i" },
	{ "IA", "Des Moines" }, { "IA", "Cedar Rapids" }, { "ID", "Boise" },
	{ "IL", "Chicago" }, { "IN", "Indianapolis" }, { "IN", "Fort Wayne" },
	{ "KS", "Wichita" }, { "KS", "Topeka" }, { "KY", "Louisville" },
	{ "LA", "New Orleans" }, { "LA", "Baton Rouge" },
	{ "LA", "Shreveport" }, { "MA", "Boston" }, { "MA", "Cape Cod" },
	{ "MD", "Baltimore" }, { "MD", "Annapolis" }, { "MI", "Detroit" },
	{ "MI", "Grand Rapids" }, { "MI", "Ann Arbor" },
	{ "MN", "Minneapolis" }, { "MN", "Saint Paul" }, { "MN", "St. Paul" },
	{ "MN", "Duluth" }, { "MO", "St. Louis" }, { "MO", "Saint Louis" },
	{ "MS", "Biloxi" }, { "MT", "Bozeman" }, { "MT", "Missoula" },
	{ "NC", "Raleigh" }, { "NC", "Greensboro" }, { "NC", "Asheville" },
	{ "ND", "Fargo" }, { "ND", "Bismarck" }, { "NE", "Omaha" },
	{ "NH", "Nashua" }, { "NJ", "Newark" }, { "NJ", "Jersey City" },
	{ "NJ", "Atlantic City" }, { "NJ", "Trenton" },
	{ "NM", "Albuquerque" }, { "NM", "Santa Fe" }, { "NV", "Las Vegas" },
	{ "NV", "Reno" }, { "NV", "Carson City" }, { "NY", "Manhattan" },
	{ "NY", "Brooklyn" }, { "NY", "Albany" }, { "NY", "Long Island" },
	{ "OH", "Cleveland" }, { "OH", "Cincinnati" }, { "OH", "Akron" },
	{ "OK", "Oklahoma City" }, { "OK", "Tulsa" }, { "PA", "Philadelphia" },
	{ "PA", "Pittsburgh" }, { "PA", "Harrisburg" },
	{ "SC", "Myrtle Beach" }, { "SC", "Hilton Head" },
	{ "SD", "Sioux Falls" }, { "SD", "Rapid City" }, { "TN", "Nashville" },
	{ "TN", "Memphis" }, { "TN", "Knoxville" }, { "TN", "Chattanooga" },
	{ "TX", "Houston" }, { "TX", "Dallas" }, { "TX", "San Antonio" },
	{ "TX", "Austin" }, { "TX", "Fort Worth" }, { "TX", "El Paso" },
	{ "TX", "Galveston" }, { "TX", "Lubbock" }, { "UT", "Salt Lake City" },
	{ "UT", "Park City" }, { "VA", "Virginia Beach" }, { "VA", "Roanoke" },
	{ "VT", "Montpelier" }, { "WA", "Seattle" }, { "WA", "Tacoma" },
	{ "WA", "Spokane" }, { "WI", "Milwaukee" }, { "WV", "Morgantown" },
	{ "WY", "Cheyenne" }, { "WY", "Jackson Hole" }, { "WY", "Laramie" },
	{ "AS", "Pago Pago" }, { "GU", "Hag\303\245t\303\261a" },
	{ "GU", "Hagatna" }, { "GU", "Tamuning" }, { "GU", "Dededo" },
	{ "MP", "Saipan" }, { "PR", "Mayag\303\274ez" },
	{ "PR", "Mayaguez" }, { "PR", "Bayam\303\263n" },
	{ "PR", "Bayamon" }, { "VI", "Charlotte Amalie" },
};

const char *
town_state(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(towns); i++)
		if (strcmp(name, towns[i].name) == 0)
			return towns[i].state;
	return NULL;
}

/* At p, where a word begins with a capital, as all of them do. */
static gboolean
town_at(const char *p, const char *state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(towns); i++) {
		const char *name = towns[i].name;
		size_t n;

		if (*name != *p ||
		    (state != NULL && strcmp(towns[i].state, state) != 0))
			continue;
		n = strlen(name);
		if (strncmp(p, name, n) == 0 && !g_ascii_isalnum(p[n]))
			return TRUE;
	}
	return FALSE;
}

gboolean
towns_in(const char *text, const char *state)
{
	for (const char *p = text; *p != '\0'; p++)
		if (g_ascii_isupper(*p) &&
		    (p == text || !g_ascii_isalnum(p[-1])) &&
		    town_at(p, state))
			return TRUE;
	return FALSE;
}
