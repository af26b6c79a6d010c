/** The airports of the data, as people call them. */
export const airports: Readonly<Record<string, string>> = {
  "ATLANTA INTL": "Atlanta",
  "ATLANTIC CITY INTL": "Atlantic City",
  "AUSTIN-BERGSTROM INTL": "Austin",
  "BALTIMORE WASH INTL": "Baltimore",
  "BARKSDALE AIR FORCE BASE ARPT": "Barksdale Air Force Base",
  "CHARLESTON AFB/INTL ARPT": "Charleston",
  "CHARLOTTE/DOUGLAS INTL ARPT": "Charlotte",
  "CHICAGO MIDWAY INTL ARPT": "Chicago Midway",
  "CHICAGO O'HARE INTL ARPT": "Chicago O'Hare",
  "CINCINNATI/NORTHERN KENTUCKY INTL ARPT": "Cincinnati",
  "CLEVELAND-HOPKINS INTL ARPT": "Cleveland",
  "DALLAS/FORT WORTH INTL ARPT": "Dallas/Fort Worth",
  "DENVER INTL AIRPORT": "Denver",
  "DETROIT METRO WAYNE COUNTY ARPT": "Detroit",
  "EPPLEY AIRFIELD": "Omaha",
  "FORT LAUDERDALE/HOLLYWOOD INTL": "Fort Lauderdale",
  "GEORGE BUSH INTERCONTINENTAL": "Houston Intercontinental",
  "GREATER PITTSBURGH": "Pittsburgh",
  "HONOLULU INTL ARPT": "Honolulu",
  "HOUSTON-HOBBY": "Houston Hobby",
  "INDIANAPOLIS INTL": "Indianapolis",
  "JOHN F KENNEDY INTL": "New York Kennedy",
  "KANSAS CITY INTL": "Kansas City",
  "LAGUARDIA NY": "New York LaGuardia",
  "LAMBERT-ST LOUIS INTL": "St. Louis",
  "LIHUE ARPT": "Lihue",
  "LOGAN INTL": "Boston",
  "LOS ANGELES INTL": "Los Angeles",
  "LOUISVILLE INTL ARPT": "Louisville",
  "MEMPHIS INTL": "Memphis",
  "METRO OAKLAND INTL": "Oakland",
  "MINETA SAN JOSE INTL": "San Jose",
  "MINNEAPOLIS-ST PAUL INTL": "Minneapolis",
  "NASHVILLE INTL": "Nashville",
  "NEW ORLEANS INTL": "New Orleans",
  "NEWARK LIBERTY INTL ARPT": "Newark",
  "ORLANDO INTL": "Orlando",
  "PHILADELPHIA INTL": "Philadelphia",
  "PHOENIX SKY HARBOR": "Phoenix",
  "PORT COLUMBUS INTL": "Columbus",
  "PORTLAND INTL (OR)": "Portland",
  "RONALD REAGAN WASHINGTON NATL": "Washington National",
  "SACRAMENTO INTL": "Sacramento",
  "SALT LAKE CITY INTL": "Salt Lake City",
  "SAN ANTONIO INTL": "San Antonio",
  "SAN FRANCISCO INTL ARPT": "San Francisco",
  "SEATTLE-TACOMA INTL": "Seattle",
  "TETERBORO AIRPORT": "Teterboro",
  "WASHINGTON DULLES INTL ARPT": "Washington Dulles",
  "WILL ROGERS WORLD ARPT": "Oklahoma City",
};

/** Operators whose names capitals at the start of each word would get wrong. */
const operators: Readonly<Record<string, string>> = {
  "ABX AIR": "ABX Air",
  AIRTRAN: "AirTran",
  "AIRTRAN AIRWAYS": "AirTran Airways",
  ALLEGHENYAIRLINES: "Allegheny Airlines",
  "ASTAR AIR CARGO": "ASTAR Air Cargo",
  BUSINESS: "Business flight",
  COMMUTAIR: "CommutAir",
  "EXPRESSJET (CONTINENTAL EXPRS)": "ExpressJet",
  "FEDEX EXPRESS": "FedEx Express",
  "JETBLUE AIRWAYS": "JetBlue Airways",
  "PRIVATELY OWNED": "Private flight",
  "PSA AIRLINES": "PSA Airlines",
  "SKYWEST AIRLINES": "SkyWest Airlines",
  "UPS AIRLINES": "UPS Airlines",
  "US AIRWAYS*": "US Airways",
};

export function operatorName(raw: string): string {
  return operators[raw] ?? raw.toLowerCase().replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

/** Damage as the reports code it. B and C are classes of mishaps that the Air Force writes into the same field. */
export const damages: Readonly<Record<string, string>> = {
  None: "None",
  Minor: "Minor",
  Medium: "Some",
  Substantial: "Substantial",
  B: "Substantial",
  C: "Substantial",
};

/** Animals that nobody could name: "Unknown bird - small" is an unknown small bird. */
export function animalName(raw: string): string {
  return raw.replace(/^Unknown bird - (\w+)$/, "Unknown $1 bird");
}
