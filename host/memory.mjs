/** The resident memory of a process, as the Linux kernel counts it; unknown on other systems. */
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * @param {number} pid
 * @returns {{ rssMb: number, peakRssMb: number } | undefined} memory now and its highest value, in
 * MB of 1,000,000 bytes; undefined when the process has ended or the system does not tell
 */
export function memoryOf(pid) {
	let status;
	try {
		status = readFileSync(`/proc/${pid}/status`, 'utf8');
	} catch {
		return undefined;
	}
	const megabytes = (field) => {
		const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1];
		return kibibytes === undefined ? undefined : Math.round(Number(kibibytes) * 1.024) / 1000;
	};
	const rssMb = megabytes('VmRSS');
	// a process that has ended and waits to be collected has a status without memory
	return rssMb === undefined ? undefined : { rssMb, peakRssMb: megabytes('VmHWM') };
}

/** Makes the peak start again from the memory in use now; false where that is not permitted. */
export function resetPeak(pid) {
	try {
		writeFileSync(`/proc/${pid}/clear_refs`, '5');
		return true;
	} catch {
		return false;
	}
}
