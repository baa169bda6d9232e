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

declare module 'virtual:words/appeals/*' {
  import type { AppealWords } from './words';
  import type { Runtime } from './runtime';

  const make: (...runtime: Runtime) => AppealWords;
  export default make;
}

declare module 'virtual:words/summary/*' {
  import type { SummaryWords } from './words';
  import type { Runtime } from './runtime';

  const make: (...runtime: Runtime) => SummaryWords;
  export default make;
}
