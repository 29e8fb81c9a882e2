import {
	compileDatesInAnyLanguage,
	compileLocaleDates,
} from '../../../../../engine/dataset/values';
import { ambiguous } from '../../../../../engine/dataset/values';

describe('dates in a locale', () => {
	test.each<[string, string, string | undefined]>([
		['en-US', '12/5/23', '2023-12-05'],
		['en-GB', '5/12/23', '2023-12-05'],
		['en-US', '31/12/2024', undefined],
		['en-US', 'Sept. 5, 2024, 2:30 PM', '2024-09-05T14:30:00'],
		['en-US', 'Jan 31, 2024, 9:30 AM GMT+0200', '2024-01-31T09:30:00+02:00'],
		['en-US', '12 AM, May 5, 2024', '2024-05-05T00:00:00'],
		['en', 'Wednesday, 22nd of June, 2016', '2016-06-22'],
		['en', 'Marchand 5, 2024', undefined],
		['en', '31 Foo 2024', undefined],
		['en', 'Feb 30, 2024', undefined],
		['en', 'March 2024', undefined],
		['en', 'March 5', undefined],
		['en', 'yesterday', undefined],
		['en', '13:00 PM May 5, 2024', '2024-05-05T13:00:00'],
		['en', '2024-01-31T09:30:00Z', '2024-01-31T09:30:00Z'],
		['en-CA', '05/12/2023', undefined],
		['en-CA', '25/12/2023', '2023-12-25'],
		['de', '31. Dez. 2024, 14:30 Uhr', '2024-12-31T14:30:00'],
		['de', '31.12.24', '2024-12-31'],
		['de', '23. März 2012 18.37 Uhr', '2012-03-23T18:37:00'],
		['fr', '1er août 2024 à 14 h 05', '2024-08-01T14:05:00'],
		['es', 'mar. 5 mar. 2024', '2024-03-05'],
		['fi', '5.7.2018 5.45 ip.', '2018-07-05T17:45:00'],
		['hr', '28. u studenom 2017.', '2017-11-28'],
		['ru', 'птн, 11 янв. 2019 г. 12:15', '2019-01-11T12:15:00'],
		['lt', '2023 m. gruodžio 5 d., antradienis', '2023-12-05'],
		['eu', '2025(e)ko martxoaren 12(a)', '2025-03-12'],
		['ja', '2024年1月31日水曜日', '2024-01-31'],
		['ja', '令和6年1月31日', '2024-01-31'],
		['zh', '2016年9月14日晚8:00', '2016-09-14T20:00:00'],
		['zh-TW', '民國113年1月31日', '2024-01-31'],
		['ko', '2024년 1월 31일 오후 2:30', '2024-01-31T14:30:00'],
		['th', 'วันพุธที่ 31 มกราคม ค.ศ. 2024', '2024-01-31'],
		['th', '31 มกราคม 2567', '2024-01-31'],
		['fa', '۱۴ آذر ۱۴۰۲', '2023-12-05'],
		['fa', '۱۴۰۲/۹/۱۴', '2023-12-05'],
		['ar', '١٤ رجب ١٤٤٥', '2024-01-26'],
		['ar-EG', '٠٥\u200f/١٢\u200f/٢٠٢٣', '2023-12-05'],
		['he', 'יום רביעי, 31 בינואר 2024', '2024-01-31'],
		['vi', 'Thứ Tư, 12 tháng 3, 2025', '2025-03-12'],
	])('%s: %j is %j', (locale, text, expected) => {
		expect(compileLocaleDates(locale)(text)).toBe(expected);
	});

	const days = ['2024-01-31', '1999-07-04', '2025-03-12', '2023-12-25', '2024-10-09'];
	const locales =
		'en-US en-GB de fr es it pt-BR nl sv nb da fi is pl cs sk hu ro bg hr sr sl mk uk ru el tr kk ka hy he ar hi bn mr ta th vi id ms ja ko zh zh-TW et lv lt ga cy ca eu gl af sw sq';

	test.each(locales.split(' '))('%s: what the runtime writes is read back', (locale) => {
		const read = compileLocaleDates(locale);
		const wrong = [];
		for (const day of days) {
			for (const dateStyle of ['short', 'medium', 'long', 'full'] as const) {
				const format = new Intl.DateTimeFormat(locale, {
					dateStyle,
					calendar: 'gregory',
					timeZone: 'UTC',
				});
				const text = format.format(new Date(`${day}T00:00:00Z`));
				if (read(text) !== day) wrong.push([text, read(text), day]);
			}
		}
		expect(wrong).toEqual([]);
	});

	test('an order that is set goes before the one of the locale', () => {
		expect(compileLocaleDates('en-US', { order: 'dmy' })('05/12/2023')).toBe('2023-12-05');
	});

	test.each<[string, string, string | undefined]>([
		['en', 'yesterday', '2024-03-30'],
		['en', '2 weeks ago', '2024-03-17'],
		['en', 'a month ago', '2024-02-29'],
		['en', 'in 1 year', '2025-03-31'],
		['en', '2 hours ago', '2024-03-31T10:00:00'],
		['en', 'last week', undefined],
		['en', 'Friday', '2024-03-29'],
		['en', 'March 5', '2024-03-05'],
		['en', '10:04am', '2024-03-31T10:04:00'],
		['de', 'vorgestern', '2024-03-29'],
		['de', 'vor einer Woche', '2024-03-24'],
		['fr', 'il y a 3 jours', '2024-03-28'],
		['ru', '3 дня назад', '2024-03-28'],
		['ja', '3 日前', '2024-03-28'],
	])('%s, from a reference date: %j is %j', (locale, text, expected) => {
		expect(compileLocaleDates(locale, { reference: '2024-03-31T12:00:00' })(text)).toBe(expected);
	});
});

describe('dates in any language', () => {
	test.each([
		['3 mars 2024', '2024-03-03'],
		['17.Şubat.2014, 17:51', '2014-02-17T17:51:00'],
		['24 ян 2015г.', '2015-01-24'],
		['12 जनवरी  1997 11:08 अपराह्न', '1997-01-12T23:08:00'],
		['Нд 14 сакавіка 2015 у 7 гадзін 10 хвілін', '2015-03-14T07:10:00'],
		['Martes 21 de Octubre de 2014', '2014-10-21'],
		['5 בינואר 2015', '2015-01-05'],
		['平成27年3月1日', '2015-03-01'],
		['۱۲ اردیبهشت ۱۳۹۴', '2015-05-02'],
		['12.Jan.2015 18:30 Uhr', '2015-01-12T18:30:00'],
		['Monday', '2012-11-12'],
		['11 listopada 2014', ambiguous],
		['31.01.2024', '2024-01-31'],
		['вчера', '2012-11-12'],
		['mañana', '2012-11-14'],
		['02/03/2024', ambiguous],
		['11. 12. 2014', ambiguous],
		['lorem ipsum', undefined],
		['x'.repeat(200), undefined],
	])('%j is %p', (text, expected) => {
		expect(compileDatesInAnyLanguage({ reference: '2012-11-13' })(text)).toBe(expected);
	});

	test('without a reference nothing counts from today', () => {
		expect(compileDatesInAnyLanguage()('вчера')).toBeUndefined();
		expect(compileDatesInAnyLanguage()('10:04')).toBeUndefined();
	});
});
