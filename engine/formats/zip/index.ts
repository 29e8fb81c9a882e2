export { ZipArchive } from './zip-archive';
export { cutOff, damaged } from './central-directory';
