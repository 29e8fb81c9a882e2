export { endingOf, fitsEnding, formatLabel, formatOfEnding } from './endings';
export { beginsAs } from './magic';
export { zipContent } from './zip-content';
