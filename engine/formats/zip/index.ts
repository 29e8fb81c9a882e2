export { ZipArchive } from './zip-archive';
export { cutOff, damaged, readCentralDirectory, type ZipEntry } from './central-directory';
export { unpack, UnpackBudget } from './unpack';
