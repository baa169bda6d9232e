declare module 'virtual:words/*' {
  import type { Words } from './words.generated';
  import type { Runtime } from './runtime';

  const make: (...runtime: Runtime) => Words;
  export default make;
}
