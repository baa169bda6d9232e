// All the screens about questions, fetched together when the conversation is there.

export { QuestionsPanel } from './questions-panel';
export { RulesDialog } from './rules-dialog';
export { SpokenQuestions } from './spoken-questions';
export { StagedQuestion } from './staged-question';
