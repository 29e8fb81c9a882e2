import { weighBooleans } from './boolean';
import { weighDates } from './date';
import { weighEmails } from './email';
import { weighJson } from './json';
import { weighNumbers } from './number';
import { weighPhones } from './phone';
import { weighTimes } from './time';
import { weighUrls } from './url';
import type { Weigh } from './verdict';

/** All that a column may be found to be, in the order in which it is asked. The first that fits decides. */
export const weighings: readonly Weigh[] = [
	weighJson,
	weighBooleans,
	weighNumbers,
	weighDates,
	weighTimes,
	weighEmails,
	weighUrls,
	weighPhones,
];

export { LEAST_FITTING, type Verdict, type Weigh } from './verdict';
