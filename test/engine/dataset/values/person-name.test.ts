import { readPersonName } from '../../../../engine/dataset/values';

describe('person names', () => {
	test.each<[string, object]>([
		['Ada Lovelace', { first: 'Ada', last: 'Lovelace' }],
		['Lovelace, Ada King', { first: 'Ada', middle: 'King', last: 'Lovelace' }],
		['Ludwig van Beethoven', { first: 'Ludwig', last: 'van Beethoven' }],
		['Vincent Willem van der Berg', { first: 'Vincent', middle: 'Willem', last: 'van der Berg' }],
		[
			'de la Vega, Dr. Juan Q., Jr.',
			{ title: 'Dr.', first: 'Juan', middle: 'Q.', last: 'de la Vega', suffix: 'Jr.' },
		],
		['Dr. med. Hans von der Heide', { title: 'Dr. med.', first: 'Hans', last: 'von der Heide' }],
		['Prof. Dr. Anna-Lena Müller', { title: 'Prof. Dr.', first: 'Anna-Lena', last: 'Müller' }],
		['Hassan bin Said', { first: 'Hassan', last: 'bin Said' }],
		['Maria Gómez y Ruiz', { first: 'Maria', last: 'Gómez y Ruiz' }],
		['Ana da Silva dos Santos', { first: 'Ana', middle: 'da Silva', last: 'dos Santos' }],
		['John Smith, PhD', { first: 'John', last: 'Smith', suffix: 'PhD' }],
		['John Smith MD PhD', { first: 'John', last: 'Smith', suffix: 'MD, PhD' }],
		['John Smith III', { first: 'John', last: 'Smith', suffix: 'III' }],
		['Jack Ma', { first: 'Jack', last: 'Ma' }],
		['Ma, Jack', { first: 'Jack', last: 'Ma' }],
		['Van Nguyen', { first: 'Van', last: 'Nguyen' }],
		['Dean Martin', { first: 'Dean', last: 'Martin' }],
		['J. R. R. Tolkien', { first: 'J.', middle: 'R. R.', last: 'Tolkien' }],
		['Robert "Bob" Miller', { first: 'Robert', last: 'Miller', nickname: 'Bob' }],
		['Robert (Bob) Miller', { first: 'Robert', last: 'Miller', nickname: 'Bob' }],
		["Sinead O'Connor", { first: 'Sinead', last: "O'Connor" }],
		['Mr. & Mrs. John Smith', { title: 'Mr. & Mrs.', first: 'John', last: 'Smith' }],
		['Mr. Smith', { title: 'Mr.', last: 'Smith' }],
		['Sir Elton', { title: 'Sir', first: 'Elton' }],
		[
			'Secretary of State Mary Jones',
			{ title: 'Secretary of State', first: 'Mary', last: 'Jones' },
		],
		['Assoc. Prof. Jane Roe', { title: 'Assoc. Prof.', first: 'Jane', last: 'Roe' }],
		['Lt.Gen. John Doe IV', { title: 'Lt.Gen.', first: 'John', last: 'Doe', suffix: 'IV' }],
		['Müller, Hans-Peter, Dr.', { title: 'Dr.', first: 'Hans-Peter', last: 'Müller' }],
		['John Doe Ph. D.', { first: 'John', last: 'Doe', suffix: 'Ph. D.' }],
		['Elizabeth II', { first: 'Elizabeth', suffix: 'II' }],
		['Andrews, M.D.', { last: 'Andrews', suffix: 'M.D.' }],
		['Abdul Salam Ahmed', { first: 'Abdul Salam', last: 'Ahmed' }],
		['DOE, JOHN', { first: 'JOHN', last: 'DOE' }],
		['Dr.', { title: 'Dr.' }],
		['Plato', { first: 'Plato' }],
		['Sam Smith 😊', { first: 'Sam', last: 'Smith' }],
		['', {}],
		[', ,', {}],
	])('%j', (text, parts) => {
		const none = { title: '', first: '', middle: '', last: '', suffix: '', nickname: '' };
		expect(readPersonName(text)).toEqual({ ...none, ...parts });
	});
});
