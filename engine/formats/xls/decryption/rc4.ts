/** The key stream of RC4, which the cryptography of newer platforms leaves out. */
export class Rc4 {
	readonly #state = Uint8Array.from({ length: 256 }, (_, index) => index);

	#i = 0;

	#j = 0;

	constructor(key: Uint8Array) {
		const state = this.#state;
		for (let i = 0, j = 0; i < 256; i++) {
			const value = state[i] ?? 0;
			j = (j + value + (key[i % key.length] ?? 0)) & 0xff;
			state[i] = state[j] ?? 0;
			state[j] = value;
		}
	}

	/** Encrypts or decrypts the bytes in place. */
	apply(bytes: Uint8Array): void {
		const state = this.#state;
		for (let at = 0; at < bytes.length; at++) {
			this.#i = (this.#i + 1) & 0xff;
			const value = state[this.#i] ?? 0;
			this.#j = (this.#j + value) & 0xff;
			const other = state[this.#j] ?? 0;
			state[this.#i] = other;
			state[this.#j] = value;
			bytes[at] = (bytes[at] ?? 0) ^ (state[(value + other) & 0xff] ?? 0);
		}
	}
}
