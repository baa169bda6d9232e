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

declare module 'virtual:words/boards/*' {
  import type { BoardWords } from './words';
  import type { Runtime } from './runtime';

  const make: (...runtime: Runtime) => BoardWords;
  export default make;
}

declare module 'virtual:words/news/*' {
  import type { NewsWords } from './words';
  import type { Runtime } from './runtime';

  const make: (...runtime: Runtime) => NewsWords;
  export default make;
}

declare module 'virtual:words/threads/*' {
  import type { ThreadWords } from './words';
  import type { Runtime } from './runtime';

  const make: (...runtime: Runtime) => ThreadWords;
  export default make;
}
