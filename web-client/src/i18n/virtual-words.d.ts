declare module 'virtual:words/*' {
  import type { Words } from './words';
  import type { Runtime } from './runtime';

  const make: (...runtime: Runtime) => Words;
  export default make;
}

declare module 'virtual:words/questions/*' {
  import type { QuestionWords } from './words';
  import type { Runtime } from './runtime';

  const make: (...runtime: Runtime) => QuestionWords;
  export default make;
}
