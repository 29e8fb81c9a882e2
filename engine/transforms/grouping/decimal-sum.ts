import type { Cell } from '../../dataset';
import { canonicalDecimal, decimalText } from '../../dataset/values';

const decimal = /^(-?)(\d+)(?:\.(\d+))?$/;

/** More decimals than a double has; further ones of a value are cut. */
const MOST_DECIMALS = 400;

/** Adds decimal numbers exactly: 0.1 and 0.2 are 0.3, and cents do not get lost over a million rows. */
export class DecimalSum {
	/** The sum times 10 to the power of `#scale`. */
	#units = 0n;

	#scale = 0;

	/** How many numbers were added. */
	count = 0;

	/** Adds a number or decimal text; anything else adds nothing. */
	add(cell: Cell): void {
		const text =
			typeof cell === 'number' ? decimalText(cell) : typeof cell === 'string' ? cell : '';
		const match = decimal.exec(text);
		if (match === null) return;
		const [, sign = '', whole = '', fraction = ''] = match;
		const decimals = fraction.slice(0, MOST_DECIMALS);
		if (decimals.length > this.#scale) {
			this.#units *= 10n ** BigInt(decimals.length - this.#scale);
			this.#scale = decimals.length;
		}
		const units = BigInt(whole + decimals.padEnd(this.#scale, '0'));
		this.#units += sign === '-' ? -units : units;
		this.count++;
	}

	/** The sum as decimal text. */
	get total(): string {
		const negative = this.#units < 0n;
		const digits = String(negative ? -this.#units : this.#units).padStart(this.#scale + 1, '0');
		const point = digits.length - this.#scale;
		return canonicalDecimal(negative, digits.slice(0, point), digits.slice(point));
	}

	/** The average, to 15 significant digits; null when nothing was added. */
	get average(): number | null {
		return this.count === 0 ? null : Number((Number(this.total) / this.count).toPrecision(15));
	}
}
