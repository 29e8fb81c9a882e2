export { openContainers, type OpenedContainers } from './open-containers';
export { unwrap } from './unwrap';
