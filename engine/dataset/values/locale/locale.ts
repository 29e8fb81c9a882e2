/**
 * The locale in the form of BCP 47: `de`, `pt-BR`; `pt_BR` is understood.
 *
 * @returns undefined when it is none, or one whose language the runtime has no data for
 */
export function knownLocale(locale: string): string | undefined {
	try {
		return Intl.NumberFormat.supportedLocalesOf([locale.trim().replaceAll('_', '-')])[0];
	} catch (error) {
		if (error instanceof RangeError) return undefined;
		throw error;
	}
}

/** Keeps what is made for a locale: formats of the runtime are costly to make, and there are few locales. */
export function perLocale<T>(make: (locale: string) => T): (locale: string) => T {
	const made = new Map<string, T>();
	return (locale) => {
		let value = made.get(locale);
		if (value === undefined) {
			value = make(locale);
			made.set(locale, value);
		}
		return value;
	};
}
