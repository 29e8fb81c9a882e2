import { decideEncoding, prepareEncodings } from '../../../../../engine/formats/encoding';
import { languages } from '../../../../../engine/formats/encoding/statistics/languages';
import { prepareMultiByte } from '../../../../../engine/formats/encoding/statistics/multi-byte';
import { prepareSingleByte } from '../../../../../engine/formats/encoding/statistics/single-byte';

const latin1 = Buffer.from('Name;Straße\nMüller;Gärtnerstraße\nJäger;Königsallee\n', 'latin1');

test('plain UTF-8 needs no tables to guess with', async () => {
	await prepareEncodings(Buffer.from('Müller'));
	expect([...prepareSingleByte()]).toHaveLength(languages.length + 1);
});

test('the tables are made a language or an encoding at a time, once', async () => {
	expect([...prepareMultiByte()]).toHaveLength(5);
	await prepareEncodings(latin1);
	expect([...prepareSingleByte()]).toEqual([]);
	expect(decideEncoding(latin1)).toMatchObject({ value: 'windows-1252' });
});
