/** ISO 4217, the codes in use. */
const codes =
	'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF ' +
	'CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG ' +
	'HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA ' +
	'MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD ' +
	'RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX ' +
	'USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL';

/** What people write instead of the code or the sign. */
const abbreviations = [
	'US$',
	'CA$',
	'C$',
	'A$',
	'AU$',
	'NZ$',
	'HK$',
	'S$',
	'R$',
	'kr',
	'kr.',
	'zł',
	'Kč',
	'Ft',
	'lei',
	'Fr.',
	'SFr.',
	'Rs',
	'Rs.',
	'лв.',
	'руб.',
	'Euro',
];

const words = new Set([...codes.split(' '), ...abbreviations].map((word) => word.toUpperCase()));

const currencySign = /^\p{Sc}$/u;

/** Whether the text names a currency as it may stand before or after an amount: a sign, an ISO 4217 code, an abbreviation. */
export function isCurrency(text: string): boolean {
	return currencySign.test(text) || words.has(text.toUpperCase());
}
