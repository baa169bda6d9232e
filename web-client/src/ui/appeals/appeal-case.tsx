import { useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';

import { momentOf } from '../../i18n/format';
import { appealWords, words } from '../../i18n/words';
import type { Appeal, AppealAct } from '../../store/appeal-api';
import { useConversationView } from '../conversation/conversation-view';
import { problemSentence } from '../problem';
import { now } from '../today';
import { useSaid } from '../voice';
import { AnswerForm } from './answer-form';
import { readableReason, readableReply, type Verdict } from './replies';
import { takenWords } from './taken-words';
import { useAppeals } from './use-appeals';

/** One request: what was taken, why and by whom, what its author says; then what one can do, large and low. */
export function AppealCase({ appeal, stay }: { appeal: Appeal; stay(): void }) {
  const appeals = useAppeals();
  const chosen = useSignal<Verdict | undefined>(undefined);
  const draft = useSignal('');
  const place = useRef<HTMLDivElement>(null);
  const { act } = appeal;
  const decided = appeal.state === 'open' ? undefined : decidedSentence(appeal);
  useSaid('appeal-decided', decided);

  const decide = (): void => {
    stay();
    appeals?.decide(appeal.id, chosen.value === 'overturn', draft.value.trim());
    chosen.value = undefined;
    place.current?.focus();
  };
  const undo = (): void => {
    if (act === undefined) return;
    draft.value = appeals?.discard(act.key) ?? draft.value;
    place.current?.focus();
  };
  return (
    <article class="appeal-case" aria-label={whatOf(appeal)}>
      <div class="appeal-context">
        <Context appeal={appeal} />
      </div>
      <div class="appeal-acts" ref={place} tabIndex={-1}>
        {decided !== undefined ? (
          <Decision sentence={decided} appeal={appeal} />
        ) : act !== undefined ? (
          <Deciding act={act} undo={undo} />
        ) : appeal.isForOthers ? (
          <ForOthers appeal={appeal} />
        ) : chosen.value === undefined ? (
          <Verbs appeal={appeal} choose={(verdict) => (chosen.value = verdict)} />
        ) : (
          <AnswerForm
            target={appeal.target}
            verdict={chosen.value}
            confirm={verbOf(appeal, chosen.value)}
            text={draft.value}
            onInput={(text) => (draft.value = text)}
            submit={decide}
            back={() => {
              chosen.value = undefined;
              place.current?.focus();
            }}
          />
        )}
      </div>
    </article>
  );
}

function whatOf({ target, author }: Appeal): string {
  return author === undefined ? appealWords.value.questionUnnamed : takenWords(target).by({ name: author.name });
}

function Context({ appeal }: { appeal: Appeal }) {
  const says = appealWords.value;
  return (
    <>
      <h3 class="appeal-what">{whatOf(appeal)}</h3>
      <blockquote class="appeal-removed" lang={appeal.lang} dir="auto">{appeal.removed}</blockquote>
      <dl class="returned-facts">
        <dt>{byOf(appeal)}</dt>
        <dd dir="auto">{readableReason(appeal.reason, useConversationView().says.value.remove)}</dd>
        <dt>{appeal.author === undefined ? says.askerSays : says.authorSays({ name: appeal.author.name })}</dt>
        <dd dir="auto">{appeal.text}</dd>
      </dl>
    </>
  );
}

function byOf({ target, decidedBy, decidedByMe }: Appeal): string {
  const says = takenWords(target);
  return decidedByMe ? says.takenByYou : says.takenBy({ name: decidedBy.name });
}

interface VerbsProps {
  appeal: Appeal;
  choose(verdict: Verdict): void;
}

function verbOf({ target }: Appeal, verdict: Verdict): string {
  const says = takenWords(target);
  return verdict === 'overturn' ? says.giveBack : says.keep;
}

function Verbs({ appeal, choose }: VerbsProps) {
  const says = appealWords.value;
  const consequences = { overturn: takenWords(appeal.target).giveBackSays, uphold: says.keepSays };
  return (
    <div class="appeal-verbs" role="group" aria-label={says.whatToDo}>
      {(['overturn', 'uphold'] as const).map((verdict) => (
        <button key={verdict} type="button" class="appeal-verb" onClick={() => choose(verdict)}>
          <strong>{verbOf(appeal, verdict)}</strong>
          <span>{consequences[verdict]}</span>
        </button>
      ))}
    </div>
  );
}

function ForOthers({ appeal: { decidedByMe, target } }: { appeal: Appeal }) {
  const says = takenWords(target);
  return (
    <div class="appeal-outcome">
      <p><strong>{appealWords.value.forOthers}</strong></p>
      <p>{decidedByMe ? says.youDecided : says.yourOwn}</p>
    </div>
  );
}

/** The decision on its way; or stopped, and why. */
function Deciding({ act, undo }: { act: AppealAct; undo(): void }) {
  const appeals = useAppeals();
  const says = appealWords.value;
  const stopped = act.state === 'failed' || act.state === 'aged';
  const why = act.problem === undefined || act.state === 'aged' ? '' : ` ${problemSentence(words.value, act.problem)}`;
  const sentence = stopped ? `${says.notDecided}${why}` : act.state === 'waiting' ? says.waitsForLine : says.deciding;
  useSaid('appeal-deciding', sentence);
  const isFinal = act.problem?.code === 'not_eligible' || act.problem?.code === 'state_changed';
  return (
    <div class="appeal-outcome">
      <p class={stopped ? 'field-error' : ''}>{sentence}</p>
      <p dir="auto" class="appeal-answer">{readableReply(act.text)}</p>
      <div class="button-row">
        {stopped && !isFinal && (
          <button type="button" class="button is-main" onClick={() => appeals?.retry(act.key)}>{words.value.message.retry}</button>
        )}
        {(stopped || act.state === 'waiting') && (
          <button type="button" class="button" onClick={undo}>{isFinal ? says.understood : says.doNotSend}</button>
        )}
      </div>
    </div>
  );
}

function decidedSentence({ state, target, answeredBy, answeredByMe, answeredAt = 0 }: Appeal): string {
  const says = appealWords.value;
  const who = { name: answeredByMe ? says.you : (answeredBy?.name ?? ''), time: momentOf(answeredAt, now.value) };
  return state === 'overturned' ? takenWords(target).givenBackBy(who) : takenWords(target).keptBy(who);
}

function Decision({ sentence, appeal: { answer = '' } }: { sentence: string; appeal: Appeal }) {
  const says = appealWords.value;
  return (
    <div class="appeal-outcome">
      <p><strong>{sentence}</strong></p>
      <dl class="returned-facts">
        <dt>{says.answer}</dt>
        <dd dir="auto">{readableReply(answer)}</dd>
      </dl>
    </div>
  );
}

/** One that has been decided, in short. */
export function DecidedCase({ appeal }: { appeal: Appeal }) {
  return (
    <article class="appeal-past">
      <p class="appeal-what">{whatOf(appeal)}</p>
      <p class="appeal-removed" lang={appeal.lang} dir="auto">{appeal.removed}</p>
      <Decision sentence={decidedSentence(appeal)} appeal={appeal} />
    </article>
  );
}
