/*
 * Registrations of other countries, as they are met on British roads. The same rule holds: what could be a part of a
 * British one counts only where its hyphens, or the country's name, say what it is.
 */

/** Whatever stands between their parts: no British one begins like these. */
const unlikeOurs = [
  // France, Italy, Albania, Serbia, Slovakia: AB-123-CD.
  /^[A-Z]{2}\d{3}[A-Z]{2}$/,
  // Germany, Greece: three letters and four digits.
  /^[A-Z]{3}\d{4}[EH]?$/,
  // Hungary, and Germany's longer ones.
  /^[A-Z]{4}\d{3}$/,
  // Spain: four digits and three letters, none a vowel.
  /^\d{4}[BCDFGHJ-NPR-TV-Z]{3}$/,
  // Belgium: 1-ABC-123.
  /^\d[A-Z]{3}\d{3}$/,
  // Poland: two or three letters, then five or four signs.
  /^[A-Z]{2}(?:\d{5}|\d{4}[A-Z]|\d[A-Z]\d{3}|\d{2}[A-Z]\d{2}|\d[A-Z]{2}\d{2}|\d{2}[A-Z]{2}\d)$/,
  /^[A-Z]{3}(?:\d{5}|\d{4}[A-Z]|\d{3}[A-Z]{2}|[A-Z]\d{3}|\d{2}[A-Z]{2}|\d[A-Z]\d{2}|\d{2}[A-Z]\d|\d[A-Z]{2}\d)$/,
  // Norway, Denmark, Switzerland.
  /^[A-Z]{2}\d{5,6}$/,
  // Bulgaria, Ukraine, Croatia, Austria.
  /^[A-Z]{1,2}\d{4,5}[A-Z]{1,2}$/,
  // The Czech Republic: 1AB 2345.
  /^\d[A-Z][A-Z\d]\d{4}$/,
  // Turkey: 34 ABC 123.
  /^\d{2}(?:[A-Z]\d{4,5}|[A-Z]{2}\d{3,4}|[A-Z]{3}\d{2,3})$/,
  // Russia: A 123 BC 77.
  /^[A-Z]\d{3}[A-Z]{2}\d{2,3}$/,
]

/** Where three parts are told apart: Germany's district, letters and number; the Netherlands and Portugal. */
const inParts = [
  /^[A-ZÄÖÜ]{1,3}[ -][A-Z]{1,2}[ -]?\d{1,4} ?[EH]?$/,
  /^(?:[A-Z]{2}-\d{2}-\d{2}|\d{2}-\d{2}-[A-Z]{2}|\d{2}-[A-Z]{2}-\d{2}|[A-Z]{2}-\d{2}-[A-Z]{2}|[A-Z]{2}-[A-Z]{2}-\d{2}|\d{2}-[A-Z]{2}-[A-Z]{2})$/,
  /^(?:\d{2}-[A-Z]{3}-\d|\d-[A-Z]{3}-\d{2}|[A-Z]{2}-\d{3}-[A-Z]|[A-Z]-\d{3}-[A-Z]{2}|[A-Z]{3}-\d{2}-[A-Z]|\d-[A-Z]{2}-\d{3}|\d{3}-[A-Z]{2}-\d)$/,
]
/** The same form as a part of ours, with the sign of its country before it: `LT ABC 123`. */
const withSign = /^(?:LT|LV|EE|EST|FI|FIN|HU|H|MD|MT|SE|S)[ -]([A-Z]{3})[ -]?(\d{3})$/
const withUmlaut = /^(?=[A-Z]*[ÄÖÜ])[A-ZÄÖÜ]{2,5}\d{1,4}[EH]?$/

/** A whole registration of another country, in its one spelling. `said` has its spaces and hyphens, `plain` has not. */
export function foreign(said: string, plain: string): string | undefined {
  const signed = withSign.exec(said)
  if (signed !== null) return `${signed[1]}${signed[2]}`
  return isForeign(said, plain) ? plain : undefined
}

function isForeign(said: string, plain: string): boolean {
  return (
    unlikeOurs.some((format) => format.test(plain)) ||
    inParts.some((format) => format.test(said)) ||
    withUmlaut.test(plain)
  )
}

const countries =
  /\b(?:ALBANIAN?|AUSTRIAN?|BELGI(?:AN|UM)|BULGARIAN?|CROATIAN?|CZECH|DANISH|DENMARK|DUTCH|NETHERLANDS|ESTONIAN?|EU|EUROPEAN|FINNISH|FINLAND|FOREIGN|FRENCH|FRANCE|GERMANY?|GREEK|GREECE|HUNGARIAN|HUNGARY|ITALIAN|ITALY|LATVIAN?|LITHUANIAN?|MALTESE|MALTA|MOLDOVAN?|NORWEGIAN|NORWAY|POLISH|POLAND|PORTUGUESE|PORTUGAL|ROMANIAN?|SERBIAN?|SLOVAK(?:IAN?)?|SLOVENIAN?|SPANISH|SPAIN|SWEDISH|SWEDEN|SWISS|SWITZERLAND|TURKISH|TURKEY|UKRAINIAN|UKRAINE)\b/
const anyCountrys = /^(?=.*\d)(?=.*[A-ZÄÖÜ])[A-Z\dÄÖÜ]{5,9}$/

/** Whether it is one where the country is named: Lithuania's `ABC 123` is whole. */
export function isForeignByName(upper: string, plain: string): boolean {
  return countries.test(upper) && anyCountrys.test(plain)
}
