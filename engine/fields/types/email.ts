import type { Cell } from '../../dataset';
import { isEmail } from '../../dataset/values/email';
import { Misfit, quoted } from '../misfit';
import { coerceWritten, type CompileType } from './coercion';

/** An e-mail address without the blanks around it; its upper and lower case stay. */
export const compileEmail: CompileType = () =>
	coerceWritten((text) => (isEmail(text) ? text : notAnEmail(text)), notAnEmail);

const notAnEmail = (cell: Cell) =>
	new Misfit('CELL_EMAIL', `${quoted(cell)} is not an e-mail address`);
