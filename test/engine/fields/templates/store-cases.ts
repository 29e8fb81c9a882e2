import { makeTemplate, type MappingTemplate, type TemplateStore } from '../../../../engine';

/** A place for templates that the cases run on; nothing is in it yet. */
export interface StoreBench {
	/** A store as another process has it: each call makes a new one. */
	open(): TemplateStore;
	/** Writes past the store: the JSON of a template under a name. */
	put(name: string, content: string): Promise<void>;
}

const columns = ['E-mail', 'Company'].map((name) => ({ name, type: 'text' as const }));

export const template = (name: string, more: Partial<MappingTemplate> = {}): MappingTemplate =>
	makeTemplate({
		name,
		fields: [{ name: 'email', column: 'E-mail', type: 'email' }, { name: 'owner' }],
		unmapped: 'skip',
		learned: {},
		columns,
		...more,
	});

/** What holds for every place that templates are kept in. */
export function describeTemplateStore(bench: () => StoreBench): void {
	const names = async () => await bench().open().names();

	test('S81, S83, S84: templates are saved under a name, listed, read and deleted', async () => {
		const store = bench().open();
		expect(await store.list()).toEqual([]);
		expect(await store.names()).toEqual([]);
		expect(await store.find('x')).toBeUndefined();
		expect(await store.delete('x')).toBe(false);
		await expect(store.read('x')).rejects.toMatchObject({
			code: 'RUN_TEMPLATE',
			message: 'There is no template "x"',
			issue: { hint: expect.stringMatching(/^No template is saved in .* yet\. Set Save as/) },
		});
		const leads = template('Leads');
		expect(await store.save(leads)).toBe('created');
		expect(await store.save(template('Leads'))).toBe('unchanged');
		expect(await store.save(template('Leads', { unmapped: 'keep' }))).toBe('replaced');
		expect(await store.save(template('Ärzte'))).toBe('created');
		expect(await store.list()).toEqual([
			{
				name: 'Ärzte',
				savedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
				fields: ['email', 'owner'],
				columns: ['E-mail', 'Company'],
				hasContract: false,
			},
			expect.objectContaining({ name: 'Leads' }),
		]);
		expect(await bench().open().read('Leads')).toEqual({
			...leads,
			unmapped: 'keep',
			savedAt: expect.any(String),
		});
		await expect(store.read('x')).rejects.toMatchObject({
			issue: { hint: expect.stringMatching(/^The templates in .* are "Ärzte", "Leads"\.$/) },
		});
		expect(await store.delete('Leads')).toBe(true);
		expect(await names()).toEqual(['Ärzte']);
	});

	test('S81, S141: a template with record groups is listed with them, and read as it was saved', async () => {
		const store = bench().open();
		const student = {
			name: 'student',
			table: 'students',
			matchOn: ['email'],
			fields: [{ name: 'email', column: 'E-mail' }],
			learned: { Company: null },
		};
		const grades = template('Grades', { fields: [], groups: [student] });
		expect(await store.save(grades)).toBe('created');
		expect(await store.save(grades)).toBe('unchanged');
		expect(await store.list()).toMatchObject([
			{ name: 'Grades', groups: ['student'], fields: ['student.email'] },
		]);
		expect(await bench().open().read('Grades')).toEqual({ ...grades, savedAt: expect.any(String) });
	});

	test('names are compared as they are written', async () => {
		const store = bench().open();
		const written = ['Leads', 'leads', 'LEADS', 'Läads', 'O\'Brien \\ "x" `y` %s', '名前'];
		for (const name of written) expect(await store.save(template(name))).toBe('created');
		expect(new Set(await names())).toEqual(new Set(written));
		expect(await store.delete('LEADS')).toBe(true);
		expect(await store.find('LEADS')).toBeUndefined();
		expect((await store.read('leads')).name).toBe('leads');
	});

	test('what is in a template comes back as it is: any characters, and a megabyte', async () => {
		const constant = `\\ ' " \n \t \u0001 ? $1 :x {} 😀 ${'ä'.repeat(500_000)}`;
		const odd = template('Odd', { fields: [{ name: 'f', constant }] });
		await bench().open().save(odd);
		expect(await bench().open().read('Odd')).toEqual(odd);
	});

	test('several save different templates at the same time, the first ones of all, and nothing is lost', async () => {
		const saved = Array.from({ length: 12 }, (_, i) => `T${i}`);
		const outcomes = await Promise.all(
			saved.map(async (name) => await bench().open().save(template(name))),
		);
		expect(outcomes).toEqual(saved.map(() => 'created'));
		expect(new Set(await names())).toEqual(new Set(saved));
	});

	test('several change the same template at the same time: each change is based on the one before', async () => {
		const headers = Array.from({ length: 8 }, (_, i) => `Header ${i}`);
		const outcomes = await Promise.all(
			headers.map(
				async (header) =>
					await bench()
						.open()
						.update('Shared', (before) =>
							template('Shared', { learned: { ...before?.learned, [header]: 'email' } }),
						),
			),
		);
		expect(outcomes.sort()).toEqual(['created', ...headers.slice(1).map(() => 'replaced')]);
		const { learned } = await bench().open().read('Shared');
		expect(Object.keys(learned).sort()).toEqual(headers);
	});

	test('a change that changes nothing is not written', async () => {
		const store = bench().open();
		await store.save(template('Leads'));
		expect(await store.update('Leads', (before) => before!)).toBe('unchanged');
		const kept = template('Leads', { unmapped: 'keep' });
		expect(await store.update('Leads', () => kept)).toBe('replaced');
		expect((await store.read('Leads')).unmapped).toBe('keep');
	});

	test('a template of another version does not hide the others, and is said to be one; a new save replaces it', async () => {
		const store = bench().open();
		await store.save(template('Leads'));
		await bench().put('New', '{"kind":"data-import-template","version":9,"name":"New"}');
		expect((await store.list()).map(({ name, fields }) => [name, fields.length])).toEqual([
			['Leads', 2],
			['New', 0],
		]);
		await expect(store.read('New')).rejects.toMatchObject({
			code: 'RUN_TEMPLATE',
			message: 'The template has version 9, which is not known',
		});
		expect(await store.save(template('New'))).toBe('replaced');
		expect((await store.read('New')).fields).toHaveLength(2);
	});
}
