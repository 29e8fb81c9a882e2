export { ZipArchive } from './zip-archive';
export { damaged, readCentralDirectory, type ZipEntry } from './central-directory';
export { unpack, UnpackBudget } from './unpack';
