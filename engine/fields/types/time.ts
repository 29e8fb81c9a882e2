import type { Cell } from '../../dataset';
import { readTime } from '../../dataset/values/time';
import { Misfit, quoted } from '../misfit';
import { coerceWritten, type CompileType } from './coercion';

/** A time of day as `HH:MM:SS`, with `.fff` where the cell has a fraction of a second. */
export const compileTime: CompileType = () =>
	coerceWritten((text) => readTime(text) ?? notATime(text), notATime);

const notATime = (cell: Cell) => new Misfit('CELL_TIME', `${quoted(cell)} is not a time of day`);
