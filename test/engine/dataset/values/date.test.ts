import { compileDatePattern, readDate, readTime } from '../../../../engine/dataset/values';

describe('readDate', () => {
	test.each<[string, string | undefined, string | undefined, string | undefined]>([
		// text, day first, month first, year first
		['2024-12-31', '2024-12-31', '2024-12-31', '2024-12-31'],
		['2024/12/31', '2024-12-31', '2024-12-31', '2024-12-31'],
		['2024-1-5', '2024-01-05', '2024-01-05', '2024-01-05'],
		['2024. 12. 31.', '2024-12-31', '2024-12-31', '2024-12-31'],
		['31.12.2024', '2024-12-31', undefined, undefined],
		['12/31/2024', undefined, '2024-12-31', undefined],
		['1/2/2024', '2024-02-01', '2024-01-02', undefined],
		['31. 12. 2024', '2024-12-31', undefined, undefined],
		['5-6-24', '2024-06-05', '2024-05-06', undefined],
		['05.06.07', '2007-06-05', '2007-05-06', '2005-06-07'],
		['01.02.49', '2049-02-01', '2049-01-02', undefined],
		['01.02.50', '1950-02-01', '1950-01-02', undefined],
		['99/12/31', undefined, undefined, '1999-12-31'],
		['20241231', undefined, undefined, '2024-12-31'],
		['31.02.2024', undefined, undefined, undefined],
		['29.02.2024', '2024-02-29', undefined, undefined],
		['29.02.2023', undefined, undefined, undefined],
		['29.02.1900', undefined, undefined, undefined],
		['0000-00-00', undefined, undefined, undefined],
		['31.12.', undefined, undefined, undefined],
		['1.1.1', undefined, undefined, undefined],
		['31.12/2024', undefined, undefined, undefined],
		['2024-W10-1', undefined, undefined, undefined],
		['hello', undefined, undefined, undefined],
	])('%s', (text, dayFirst, monthFirst, yearFirst) => {
		expect(readDate(text, 'dmy')).toBe(dayFirst);
		expect(readDate(text, 'mdy')).toBe(monthFirst);
		expect(readDate(text, 'ymd')).toBe(yearFirst);
	});

	test.each([
		['31 Dec 2024', '2024-12-31'],
		['December 31st, 2024', '2024-12-31'],
		['Dec 31 2024', '2024-12-31'],
		['31-Dec-24', '2024-12-31'],
		['2024-Dec-31', '2024-12-31'],
		['31.Dez.2024', '2024-12-31'],
		['Dienstag, 31. Dezember 2024', '2024-12-31'],
		['5. März 2024', '2024-03-05'],
		['1er mars 2024', '2024-03-01'],
		['3 de mayo de 2024', '2024-05-03'],
		['9 juin 2024', '2024-06-09'],
		['Tue Dec 31 2024', '2024-12-31'],
	])('%s is read in any order', (text, iso) => {
		expect(readDate(text, 'dmy')).toBe(iso);
		expect(readDate(text, 'mdy')).toBe(iso);
		expect(readDate(text, 'ymd')).toBe(iso);
	});

	test.each(['Dec 2024', '31 Dec', '31 Foo 2024', '30 Feb 2024', 'April 1 fool 2024', 'May'])(
		'%s is no date',
		(text) => {
			expect(readDate(text, 'dmy')).toBeUndefined();
		},
	);

	test.each([
		['2024-12-31T10:11:12', '2024-12-31T10:11:12'],
		['2024-12-31 10:11', '2024-12-31T10:11:00'],
		['2024-12-31T10:11:12Z', '2024-12-31T10:11:12Z'],
		['2024-12-31T10:11:12.5+0200', '2024-12-31T10:11:12.500+02:00'],
		['2024-12-31T10:11:12.123456-05:30', '2024-12-31T10:11:12.123456-05:30'],
		['2024-12-31T10:11:12.000Z', '2024-12-31T10:11:12Z'],
		['2024-12-31 10:11:12 UTC', '2024-12-31T10:11:12Z'],
		['31.12.2024 9:05', '2024-12-31T09:05:00'],
		['31.12.2024, 9:05 PM', '2024-12-31T21:05:00'],
		['31/12/24 12:00 a.m.', '2024-12-31T00:00:00'],
		['31 Dec 2024 10:15', '2024-12-31T10:15:00'],
		['2024-12-31T24:00:00', undefined],
		['2024-12-31T10:60:00', undefined],
		['2024-12-31T10:11:12+25:00', undefined],
		['31.12.2024 at ten', undefined],
	])('%s with a time of day', (text, iso) => {
		expect(readDate(text, 'dmy')).toBe(iso);
	});

	test('every day from 1900 to 2100 is read back in every order', () => {
		const misread: string[] = [];
		for (let time = Date.UTC(1900, 0, 1); time <= Date.UTC(2100, 0, 1); time += 86_400_000) {
			const iso = new Date(time).toISOString().slice(0, 10);
			const [year, month, day] = iso.split('-');
			const readings = [
				readDate(iso, 'ymd'),
				readDate(`${day}.${month}.${year}`, 'dmy'),
				readDate(`${Number(month)}/${Number(day)}/${year}`, 'mdy'),
			];
			if (readings.some((reading) => reading !== iso)) misread.push(iso);
		}
		expect(misread).toEqual([]);
	});
});

describe('readTime', () => {
	test.each([
		['9:30', '09:30:00'],
		['09:30:15', '09:30:15'],
		['09:30:15.25', '09:30:15.250'],
		['9:30 PM', '21:30:00'],
		['12 am', '00:00:00'],
		['12:15 p.m.', '12:15:00'],
		['24:00', undefined],
		['13:00 pm', undefined],
		['9', undefined],
		['9.30', undefined],
		['noon', undefined],
	])('%s', (text, iso) => {
		expect(readTime(text)).toBe(iso);
	});
});

describe('compileDatePattern', () => {
	test.each([
		['dd.MM.yyyy', '31.12.2024', '2024-12-31'],
		['dd.MM.yyyy', '1.12.2024', undefined],
		['d.M.yy', '1.2.24', '2024-02-01'],
		['dd.MM.yyyy HH:mm', '31.12.2024 09:05', '2024-12-31T09:05:00'],
		['dd.MM.yyyy HH:mm', '31.12.2024', undefined],
		['MM/dd/yyyy h:mm a', '12/31/2024 9:05 PM', '2024-12-31T21:05:00'],
		['yyyyMMdd', '20241231', '2024-12-31'],
		['yyyyMMddHHmmss', '20241231090507', '2024-12-31T09:05:07'],
		["yyyy-MM-dd'T'HH:mm:ss.SSSZ", '2024-12-31T09:05:07.250+0100', '2024-12-31T09:05:07.250+01:00'],
		['EEEE, d. MMMM yyyy', 'Dienstag, 31. Dezember 2024', '2024-12-31'],
		['d MMM yyyy', '3 Aug 2024', '2024-08-03'],
		["dd.MM.yyyy 'um' HH.mm 'Uhr'", '31.12.2024 um 09.05 Uhr', '2024-12-31T09:05:00'],
		['DD.MM.YYYY', '31.12.2024', '2024-12-31'],
		['dd.MM.yyyy', '31.02.2024', undefined],
		['dd.MM.yyyy', '31.12.2024x', undefined],
	])('%s reads %s', (pattern, text, iso) => {
		expect(compileDatePattern(pattern).read(text)).toBe(iso);
	});

	test('a pattern without a year, or with an unknown field, is refused', () => {
		expect(() => compileDatePattern('dd.MM.')).toThrow('has no year (yyyy)');
		expect(() => compileDatePattern('dd.MM.yyyy qq')).toThrow('unknown field "qq"');
	});
});
