// What is said of a text that was taken from its author, by what it was.

import { appealWords } from '../../i18n/words';
import type { AppealTarget } from '../../protocol/generated';

interface TakenWords {
  by(who: { name: string }): string;
  readonly upheld: string;
  readonly overturned: string;
  takenBy(who: { name: string }): string;
  readonly takenByYou: string;
  readonly giveBack: string;
  readonly giveBackSays: string;
  readonly keep: string;
  givenBackBy(who: { name: string; time: string }): string;
  keptBy(who: { name: string; time: string }): string;
  /** Who looks at it now. */
  readonly youDecided: string;
  readonly yourOwn: string;
}

export function takenWords(target: AppealTarget): TakenWords {
  const says = appealWords.value;
  if (target === 'question') {
    return {
      by: says.questionBy,
      upheld: says.upheldQuestion,
      overturned: says.overturnedQuestion,
      takenBy: says.dismissedBy,
      takenByYou: says.dismissedByYou,
      giveBack: says.publish,
      giveBackSays: says.publishSays,
      keep: says.keepDismissed,
      givenBackBy: says.publishedBy,
      keptBy: says.keptDismissedBy,
      youDecided: says.youDecided,
      yourOwn: says.yourOwn,
    };
  }
  const removed = {
    takenBy: says.removedBy,
    takenByYou: says.removedByYou,
    giveBack: says.putBack,
    giveBackSays: says.putBackSays,
    keep: says.keepRemoved,
    givenBackBy: says.putBackBy,
    keptBy: says.keptRemovedBy,
  };
  if (target === 'message') {
    const { messageBy: by, upheldMessage: upheld, overturnedMessage: overturned, youDecided, yourOwn } = says;
    return { ...removed, by, upheld, overturned, youDecided, yourOwn };
  }
  const { postBy: by, upheldPost: upheld, overturnedPost: overturned, youDecidedPost: youDecided, yourOwnPost: yourOwn } = says;
  return { ...removed, by, upheld, overturned, youDecided, yourOwn };
}
