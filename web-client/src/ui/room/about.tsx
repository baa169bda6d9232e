import { ArrowDown, ArrowUp, HeartHandshake, Languages, MessagesSquare } from 'lucide-preact';
import { useSignal } from '@preact/signals';

import { dateOf, dayNumber, timeOf } from '../../i18n/format';
import { language, words } from '../../i18n/words';
import type { WebinarRecord } from '../../protocol/generated';
import { InTurn } from '../in-turn';
import { Hall } from '../pieces/hall';
import { addressOf, followLink } from '../route';
import { now } from '../today';
import { useSaid } from '../voice';
import { copyText } from '../conversation/texts';
import { useRoomView } from './room-view';
import { HostControls, useOpens } from './host-controls';

/** What this webinar is and how to take part: the stage while nothing is shown on it, and a phone's "about". */
export function About({ record, withTitle }: { record: WebinarRecord; withTitle: boolean }) {
  const says = words.value.webinar;
  const other = language.value === 'en' ? 'fr' : 'en';
  const host = useOpens();
  return (
    <div class="about">
      {withTitle && <Hall light={record.state === 'live' ? 'on' : 'off'} />}
      {withTitle && <h1 class="about-title" dir="auto" tabIndex={-1}>{record.title[language.value]}</h1>}
      {record.title[other] !== record.title[language.value] && (
        <p class="about-other">
          <span class="only-read-aloud">{other === 'fr' ? says.alsoFrench : says.alsoEnglish}: </span>
          <span lang={other} dir="auto">{record.title[other]}</span>
        </p>
      )}
      <InTurn>
        <Facts record={record} />
        {host && <HostControls record={record} />}
        <ModeratorLinks record={record} />
      </InTurn>
      <InTurn>
        <HowTo />
        {host && <Invite />}
      </InTurn>
      <InTurn><Keys /></InTurn>
    </div>
  );
}

function Facts({ record }: { record: WebinarRecord }) {
  const says = words.value.webinar;
  const names = record.hosts.map((host) => host.name);
  const since = sinceSentence(record);
  return (
    <div class="about-facts">
      {since !== undefined && <p>{since}</p>}
      {names.length > 0 && (
        <p>
          {says.hosts({ count: names.length })} · <strong dir="auto">{names.join(', ')}</strong>
        </p>
      )}
    </div>
  );
}

function sinceSentence(record: WebinarRecord): string | undefined {
  const says = words.value.webinar;
  if (record.state === 'live' && record.openedAt !== undefined) {
    const time = timeOf(record.openedAt);
    const today = dayNumber(record.openedAt) === dayNumber(now.value);
    return today ? says.liveSince({ time }) : says.liveSinceDay({ day: dateOf(record.openedAt), time });
  }
  if (record.state === 'ended' && record.closedAt !== undefined) {
    return says.endedOn({ day: dateOf(record.closedAt), time: timeOf(record.closedAt) });
  }
  return undefined;
}

/** For who moderates: what waits for a second look, and the summary once it is over. */
function ModeratorLinks({ record }: { record: WebinarRecord }) {
  const view = useRoomView();
  const says = words.value.room;
  if (!view.room.moderates.value) return null;
  const waiting = view.room.appeals.value?.waiting.value ?? 0;
  return (
    <div class="button-row about-moderator">
      <button type="button" class="button" aria-haspopup="dialog" onClick={() => view.showAppeals()}>
        {waiting === 0 ? says.secondLooks : `${says.secondLooks} (${waiting})`}
      </button>
      {record.state === 'ended' && (
        <a class="button" href={addressOf.summary(record.id)} onClick={followLink}>{says.readSummary}</a>
      )}
    </div>
  );
}

function HowTo() {
  const says = words.value.webinar;
  return (
    <section class="about-how">
      <h2 class="about-heading">{says.howTitle}</h2>
      <ul>
        <li><MessagesSquare size={20} aria-hidden="true" /><span>{says.howRead}</span></li>
        <li><Languages size={20} aria-hidden="true" /><span>{says.howWrite}</span></li>
        <li><HeartHandshake size={20} aria-hidden="true" /><span>{says.howLose}</span></li>
      </ul>
    </section>
  );
}

function Keys() {
  const says = words.value.webinar;
  return (
    <section class="about-keys only-laptop">
      <h2 class="about-heading">{says.keysTitle}</h2>
      <ul>
        <li><kbd>F6</kbd> {says.keysParts}</li>
        <li>
          <kbd><ArrowUp size={14} role="img" aria-label={says.upKey} /></kbd>{' '}
          <kbd><ArrowDown size={14} role="img" aria-label={says.downKey} /></kbd> {says.keysMessages}
        </li>
        <li><kbd>{says.enterKey}</kbd> {says.keysActions}</li>
        <li><kbd>{says.escapeKey}</kbd> {says.keysBack}</li>
      </ul>
    </section>
  );
}

function Invite() {
  const { room } = useRoomView();
  const copied = useSignal(false);
  const says = words.value.webinar;
  useSaid('copied', copied.value ? says.copied : undefined);
  const link = `${location.origin}/w/${room.webinar}`;
  return (
    <section class="about-invite">
      <h2 class="about-heading">{says.linkTitle}</h2>
      <div class="field-line">
        <input class="field-input" type="text" readOnly value={link} aria-label={says.link} onFocus={(event) => event.currentTarget.select()} />
        <button
          type="button"
          class="button"
          onClick={() => void copyText(link).then((done) => {
            copied.value = done;
          })}
        >
          {copied.value ? says.copied : says.copyLink}
        </button>
      </div>
    </section>
  );
}
