import { existsSync } from 'node:fs';
import { installDebianPackages } from './debian.mjs';

const PLACES = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/usr/bin/google-chrome-stable',
	'/snap/bin/chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const installed = () =>
	[process.env.CHROMIUM_PATH, ...PLACES].find((place) => place !== undefined && existsSync(place));

/** Path of a Chromium: the one named by CHROMIUM_PATH, else what is installed, else it is installed. */
export function findChromium() {
	const found = installed();
	if (found !== undefined) return found;
	return installDebianPackages('chromium') ? installed() : undefined;
}
