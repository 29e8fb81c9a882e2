export { OddRows, type OddRow } from './odd-rows';
