import { isCurrency } from './currencies';

/**
 * What people write for a currency in lists of prices, beside signs, codes and the abbreviations that numbers may have.
 * In lower case, without dots.
 */
const written = new Set(
	(
		'usd us$ u$s c$ ca$ can$ cad$ a$ au$ aud$ nz$ hk$ s$ sg$ nt$ nt mx$ mex$ r$ t$ g$ gy$ j$ bz$ b$ rd$ z$ fj$ ' +
		'euro euros eur€ dollar dollars pound pounds stg p £e e£ l£ gh₵ gh¢ ksh ush tsh sh ' +
		'руб рублей рубля рубль р грн гривен лв лева лев тг тенге сум сом дин ден км ман ' +
		'kč kc kcs korun kr kr kroner kronor sek dkk nok isk zł zl pln złotych ft huf lei leu ron din kn km ' +
		'fr sfr chf franken francs franc f fcfa cfa ' +
		'tl lira try ytl ₺ rs re inr rp rm rmb yuan 元 圆 円 圓 块 人民币 人民幣 日元 日圓 원 won baht บาท đ vnd dong ' +
		'درهم ريال دينار جنيه تومان ﷼ دا دت دم لل جم رس رق رع دك دب دإ دا عد شح nis ש"ח שח ' +
		'nfk br birr nu rf mk zk kz mt db ld le sl um dt da dh dhs kd bd jd id ro lek din d som soʻm som soms ' +
		"so'm s/ s' b/ bs gs ₲ q l c$ vt wt ws$ m n gel lari ლარი դր դրամ btc eth xbt ct cent cents"
	).split(' '),
);

const fold = (text: string) => text.toLowerCase().replace(/[.\s]/g, '').replaceAll('’', "'");

/** Short ones that are currencies in small letters too; others (`da`, `do`) are words then. */
const shortInSmallLetters = new Set([
	'kr',
	'zl',
	'zł',
	'ft',
	'rs',
	'tl',
	'fr',
	'km',
	'kn',
	'dh',
	'ct',
]);

const allCodes = new Set(Intl.supportedValuesOf('currency'));

/** Whether the text, as it stands beside an amount, names a currency. */
export function isPriceCurrency(text: string): boolean {
	if (/^[a-z.]{1,3}$/.test(text) && fold(text).length <= 2) {
		return shortInSmallLetters.has(fold(text));
	}
	if (allCodes.has(text)) return true;
	return isCurrency(text) || /^\p{L}{0,3}\p{Sc}\p{L}?$/u.test(text) || written.has(fold(text));
}

let codesBySign: Map<string, string> | undefined;

/** Signs that one currency alone has, with its code: `€`, `zł`, `₹`, but not `$` or `kr`. */
function signs(): Map<string, string> {
	const found = new Map<string, string | undefined>();
	for (const code of Intl.supportedValuesOf('currency')) {
		for (const currencyDisplay of ['symbol', 'narrowSymbol'] as const) {
			const format = new Intl.NumberFormat('en', {
				style: 'currency',
				currency: code,
				currencyDisplay,
			});
			const sign = format.formatToParts(1).find(({ type }) => type === 'currency')?.value ?? code;
			const known = found.get(sign);
			found.set(sign, !found.has(sign) || known === code ? code : undefined);
		}
	}
	found.set('US$', 'USD');
	const unique = [...found].filter((entry): entry is [string, string] => entry[1] !== undefined);
	return new Map(unique);
}

/** The ISO 4217 code of a currency as it is written; undefined where the sign is that of several. */
export function currencyCode(currency: string): string | undefined {
	codesBySign ??= signs();
	const upper = currency.toUpperCase();
	return codesBySign.get(currency) ?? (allCodes.has(upper) ? upper : undefined);
}

/** Digits behind the decimal sign that amounts in a currency have (ISO 4217). */
export function decimalsOf(code: string): number {
	const format = new Intl.NumberFormat('en', { style: 'currency', currency: code });
	return format.resolvedOptions().maximumFractionDigits ?? 2;
}
